"""Letters at the end of a wait: it is here, or it was canceled. Recorded, drawn, printed and taken back like any other."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from orderdesk.documents.letter import Letter
from orderdesk.documents.wording import language_to
from orderdesk.domain.cases import AnswerKind
from orderdesk.domain.counts import counted
from orderdesk.domain.days import spelled_out
from orderdesk.domain.errors import NothingToDoError, RefusedError, StoreError
from orderdesk.domain.notices import ApologyFacts, Notice, NoticeKind, has_lain_too_long
from orderdesk.domain.orders import Order
from orderdesk.domain.packs import Remedy, Silence, Standing
from orderdesk.domain.refunds import day_to_promise, refund_by
from orderdesk.services.answers import asked_order, cancel_units, name_of, record_answer
from orderdesk.services.apology_letter import delayed_line, sound_letter
from orderdesk.services.days import shop_day
from orderdesk.services.editions import free_stem
from orderdesk.services.letters import copied_to, files_of, finish_letter
from orderdesk.services.steps import Step, step_of
from orderdesk.storage import notices as records
from orderdesk.storage.outbox import changed_by
from orderdesk.storage.queries.deadlines import Deadline, deadlines
from orderdesk.storage.queries.endings import (
    canceled_by_silence,
    ended_lines,
    here_in_silence,
    lines_still_waiting,
    made_ending,
    not_heard_of,
    refund_to_write_of,
    standing_of_rest,
    untold_endings,
    was_told,
)
from orderdesk.storage.queries.notices import home_of
from orderdesk.storage.queries.parcels import parcel
from orderdesk.storage.queries.refunds import cost_nothing, owed_by
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.short_lines import ShortLine
from orderdesk.storage.queries.wordings import own_words
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class EndingLetter:
    """A letter of either kind, and where it lies."""

    notice_id: int
    letter: Path


@dataclass(frozen=True, slots=True)
class Unanswered:
    """That no answer came, and the letter about the refund where it was canceled for that."""

    step: Step
    letter: EndingLetter | None


@dataclass(frozen=True, slots=True)
class _Ending:
    """A letter with what it says of its lines: when they leave (None of canceled ones), and by when the refund is sent."""

    letter: Letter
    lines: list[ShortLine]
    leaves_on: date | None
    standing: Standing


_SUMMARIES = {
    NoticeKind.GOOD_NEWS: "Good news about order {}",
    NoticeKind.CANCELLATION: "Letter about what was canceled in order {}",
}


def write_good_news(store: Store, order_id: int, *, now: datetime, folder: Path | None = None) -> EndingLetter:
    """Tell a customer who was told of a delay that it is over. Raises NothingToDoError where that would be no news."""
    return _write(store, order_id, NoticeKind.GOOD_NEWS, now, folder)


def write_cancellation(store: Store, order_id: int, *, now: datetime, folder: Path | None = None) -> EndingLetter:
    """Tell a customer what was canceled, and what they get back until when. Raises NothingToDoError where nothing was."""
    return _write(store, order_id, NoticeKind.CANCELLATION, now, folder)


def _write(store: Store, order_id: int, kind: NoticeKind, now: datetime, folder: Path | None) -> EndingLetter:
    """The letter that says of the order what there is to say: the one that is there, while it does, or one of today."""
    with store.read() as view:
        said = _said_by(view, order_id, kind, shop_day(view, now))
    if said is not None:
        return EndingLetter(said, copied_to(folder, files_of(store, said), store.folder).letter)
    with store.begin(kind.value, "", now=now) as transaction:
        notice_id = _record(transaction, order_id, kind, now, folder or store.folder)
        number = transaction.order(order_id).order_number
        transaction.describe(_SUMMARIES[kind].format(number))
    return _drawn(store, transaction.event_id, notice_id, folder)


def cancel_without_answer(store: Store, order_id: int, *, now: datetime, folder: Path | None = None) -> EndingLetter:
    """Cancel what waits, as the customer was told would happen without an answer, and write of the refund, in one step.

    Raises NothingToDoError where nothing of the order waits, RefusedError where their letter does not say so, they have time
    for an answer still, or gave one.
    """
    with store.begin("cancel", "", now=now) as transaction:
        order = asked_order(transaction, order_id)
        _require_canceled_by_silence(transaction.view, order, shop_day(transaction.view, now))
        summary, notice_id = _cancel_unanswered(transaction, order, "", now, folder or store.folder)
        transaction.describe(summary)
    return _drawn(store, transaction.event_id, notice_id, folder)


def note_no_answer(store: Store, order_id: int, words: str = "", *, now: datetime) -> Unanswered:
    """The customer gave no answer: noted while they have time for one, then what their letter said of silence is done.

    Raises NothingToDoError where nothing of the order waits, RefusedError where they were not told or have answered.
    """
    with store.begin("answer", "", now=now) as transaction:
        order = asked_order(transaction, order_id)
        today, notice_id = shop_day(transaction.view, now), None
        if canceled_by_silence(transaction.view, order_id, today=today):
            summary, notice_id = _cancel_unanswered(transaction, order, words, now, store.folder)
        else:
            summary = _note_silence(transaction, order, words, today)
        transaction.describe(summary)
    letter = None if notice_id is None else _drawn(store, transaction.event_id, notice_id, None)
    return Unanswered(step_of(transaction, summary), letter)


def _note_silence(transaction: Transaction, order: Order, words: str, today: date) -> str:
    """Within a step, note that no answer came, which cancels nothing: what the history says of it."""
    said = deadlines(transaction.view, [order.id], today=today)[order.id]
    _require_asked(order, said)
    over = said.answer_by is not None and said.answer_by < today
    record_answer(transaction, order, AnswerKind.SILENCE if over else AnswerKind.NONE, words)
    return f"{name_of(transaction, order)} gave no answer about order {order.order_number}{_meaning(said, over)}"


def _require_asked(order: Order, said: Deadline) -> None:
    if order.told_at is None:
        raise RefusedError(f"The customer of order {order.order_number} was not told that it waits.", "Tell them first.")
    if said.answer is not None:
        raise RefusedError(f"The customer of order {order.order_number} has answered.", "Note another answer if they change it.")


def _require_canceled_by_silence(view: View, order: Order, today: date) -> None:
    if canceled_by_silence(view, order.id, today=today):
        return
    said = deadlines(view, [order.id], today=today)[order.id]
    _require_asked(order, said)
    if said.silence is Silence.CANCELLATION and said.answer_by is not None:
        raise RefusedError(
            f"The customer of order {order.order_number} has until {spelled_out(said.answer_by)} to answer.",
            "Cancel it once that day has passed, or when they ask for it.",
        )
    raise RefusedError(
        f"The customer of order {order.order_number} was not told that without an answer it is canceled.",
        "Ask them, or cancel the order itself.",
    )


def _meaning(said: Deadline, over: bool) -> str:
    """What follows, as the history says it."""
    if over:
        return ", which counts as consent to wait"
    return f" yet, and has until {spelled_out(said.answer_by)}" if said.answer_by else " yet"


def _cancel_unanswered(transaction: Transaction, order: Order, words: str, now: datetime, folder: Path) -> tuple[str, int]:
    """Within a step, cancel what waits and write of the refund: what the history says of it, and the letter's id.

    Beside what their time for an answer is over of, the customer may wait on for the rest.
    """
    view, today = transaction.view, shop_day(transaction.view, now)
    over, is_here = (find(view, order.id, today=today) for find in (canceled_by_silence, here_in_silence))
    kept = any(line.backordered and over.get(line.id) == is_here.get(line.id) for line in order.lines)
    record_answer(transaction, order, AnswerKind.NONE if kept else AnswerKind.SILENCE, words)
    units = cancel_units(transaction, order, over)
    summary = f"Canceled {counted(units, 'unit')} that order {order.order_number} was waiting for, as nobody answered"
    transaction.settle()
    return summary, _record(transaction, order.id, NoticeKind.CANCELLATION, now, folder)


def _said_by(view: View, order_id: int, kind: NoticeKind, today: date) -> int | None:
    """The letter that says all there is to say: of the customer who was told of it, or one that would be written just so today.

    Raises NothingToDoError where there is nothing to say.
    """
    made = made_ending(view, order_id, kind)
    if made is None:
        return None
    if not _news(view, order_id, kind, today):
        return made.notice_id
    if made.is_told:
        return None
    then, current = (_ending(view, order_id, kind, day) for day in (Letter.from_json(made.letter).dated, today))
    said, now = ((each.leaves_on, each.standing, each.letter.digest_of_rest) for each in (then, current))
    unchanged = then.letter.to_json() == made.letter and said == now
    return made.notice_id if unchanged and not has_lain_too_long(then.letter.dated, today) else None


def _news(view: View, order_id: int, kind: NoticeKind, today: date) -> list[ShortLine]:
    """What the customer has not heard yet. Raises NothingToDoError where there was nothing to hear."""
    order = view.record("orders", order_id)
    ended = ended_lines(view, order_id, kind, today=today)
    if not ended:
        raise _nothing_to_say(kind, order["order_number"])
    if kind is NoticeKind.CANCELLATION and not order["paid"]:
        raise NothingToDoError(
            f"Order {order['order_number']} was never paid, so there is no refund to write of.", "Tell the customer yourself."
        )
    return not_heard_of(view, order_id, kind, ended)


def _nothing_to_say(kind: NoticeKind, number: str) -> NothingToDoError:
    if kind is NoticeKind.CANCELLATION:
        return NothingToDoError(f"Nothing of order {number} was canceled.", "Cancel the order or a line of it first.")
    return NothingToDoError(
        f"There is no good news about order {number}.",
        "The customer was told of no delay, or what it was about still waits, was canceled or has left already.",
    )


def _ending(view: View, order_id: int, kind: NoticeKind, day: date) -> _Ending:
    """What a letter of a day says of the order. Raises what `_news` and `sound_letter` do."""
    profile, to, lines = profile_of(view), parcel(view, order_id, today=day), _news(view, order_id, kind, day)
    canceled = kind is NoticeKind.CANCELLATION
    standing = _refunded(view, order_id, day) if canceled else Standing()
    due = refund_to_write_of(view, order_id) if canceled else None
    waits = [] if canceled else lines_still_waiting(view, order_id, today=day)
    units = [(line.line_id, line.quantity) for line in (*lines, *waits)]
    language = language_to(to.address, to.language, profile.country)
    facts = ApologyFacts(
        shop=profile,
        customer=to.address,
        letter_on=day,
        lines=tuple(delayed_line(line, None) for line in lines),
        rest_can_ship=False,
        refund=due.amount if due else None,
        refund_lacks_tax=due is not None and due.lacks_tax,
        concern="",
        offer=None,
        coupon_code=None,
        valid_through=None,
        language=language,
        kind=kind,
        standings={to.order_number: standing if canceled else standing_of_rest(view, order_id, today=day)},
        own_words=own_words(view, language or "en"),
        heard=[to.order_number] if was_told(view, order_id) else [],
        free=[to.order_number] if (due.was_free if due else not canceled and cost_nothing(view, order_id, units)) else [],
        rest=tuple(delayed_line(line, line.last_given) for line in waits),
    )
    return _Ending(sound_letter(view, facts), lines, None if canceled else facts.leaves_on, standing)


def _record(transaction: Transaction, order_id: int, kind: NoticeKind, now: datetime, folder: Path) -> int:
    """Within a step, a letter that says what there is to say today; what it says in the place of others, makes them void."""
    view = transaction.view
    made, today = made_ending(view, order_id, kind), shop_day(view, now)
    if made is not None and not _news(view, order_id, kind, today):
        return made.notice_id
    ending, order = _ending(view, order_id, kind, today), transaction.order(order_id)
    for untold in untold_endings(view, order_id, kind):
        transaction.notice(untold).voided_at = now
        records.draw_again(transaction, untold)
    notice = Notice(order.customer_id, ending.letter.to_json(), now, str(folder), "", kind.value, home=home_of(view))
    notice_id = transaction.add(notice)
    notice.stem = free_stem(folder, view.folder, records.file_stem(order.order_number, notice_id))
    leave_on, said = [ending.leaves_on] * len(ending.lines), {order.order_number: ending.standing}
    records.add_lines(transaction, notice_id, ending.lines, leave_on, said)
    return notice_id


def _drawn(store: Store, event_id: int, notice_id: int, folder: Path | None) -> EndingLetter:
    """The letter that a step recorded as a file; those of the letters in whose place it is are taken away."""
    with store.read() as view:
        changed = changed_by(view, event_id)
    for replaced in changed:
        if replaced != notice_id:
            with suppress(StoreError):  # stays in the outbox and is tried again
                finish_letter(store, replaced)
    return EndingLetter(notice_id, copied_to(folder, finish_letter(store, notice_id), store.folder).letter)


def _refunded(view: View, order_id: int, today: date) -> Standing:
    """The refund goes out by the day that it is due; where that has passed, the next working day."""
    country = profile_of(view).country
    due = owed_by(view, order_id) or refund_by(today, country)
    return Standing(remedy=Remedy.REFUND, refund_by=day_to_promise(due, today, country), sentences=("refund",))
