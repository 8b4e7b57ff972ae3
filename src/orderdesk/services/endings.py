"""Letters at the end of a wait: it is here, or it was canceled. Recorded, drawn, printed and taken back like any other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from orderdesk.documents.wording import language_to
from orderdesk.domain.cases import AnswerKind
from orderdesk.domain.days import spelled_out, working_days_after
from orderdesk.domain.errors import NothingToDoError, RefusedError
from orderdesk.domain.notices import ApologyFacts, Notice, NoticeKind
from orderdesk.domain.orders import Order
from orderdesk.domain.packs import Remedy, Silence, Standing
from orderdesk.services.answers import cancel_backordered, name_of, record_answer, waiting_order
from orderdesk.services.apology_letter import delayed_line, sound_letter
from orderdesk.services.days import local_day, shop_day
from orderdesk.services.letters import finish_letter
from orderdesk.services.steps import Step, step_of
from orderdesk.storage import notices as records
from orderdesk.storage.queries.cases import ShortLine
from orderdesk.storage.queries.deadlines import Deadline, deadlines
from orderdesk.storage.queries.endings import arrived_lines, canceled_lines, was_told
from orderdesk.storage.queries.notices import home_of
from orderdesk.storage.queries.parcels import parcel
from orderdesk.storage.queries.refunds import refund_of_canceled
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.wordings import own_words
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction

_REFUND_WORKING_DAYS = 7


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


def write_good_news(store: Store, order_id: int, *, now: datetime, folder: Path | None = None) -> EndingLetter:
    """Tell a customer who was told of a delay that it is over. Raises NothingToDoError where that would be no news."""
    with store.begin("good_news", "", now=now) as transaction:
        lines = arrived_lines(transaction.view, order_id)
        if not lines:
            number = transaction.order(order_id).order_number
            raise NothingToDoError(
                f"There is no good news about order {number}.",
                "No letter told of a delay, or what it was about still waits or has left already.",
            )
        notice_id = _record(transaction, order_id, NoticeKind.GOOD_NEWS, lines, now, folder or store.folder)
        transaction.describe(f"Good news about order {lines[0].order_number}")
    return EndingLetter(notice_id, finish_letter(store, notice_id).letter)


def write_cancellation(store: Store, order_id: int, *, now: datetime, folder: Path | None = None) -> EndingLetter:
    """Tell a customer what was canceled, and what they get back until when. Raises NothingToDoError where nothing was."""
    with store.begin("cancellation", "", now=now) as transaction:
        lines = canceled_lines(transaction.view, order_id)
        if not lines:
            number = transaction.order(order_id).order_number
            raise NothingToDoError(f"Nothing of order {number} was canceled.", "Cancel the order or a line of it first.")
        if not transaction.order(order_id).paid:
            raise NothingToDoError(
                f"Order {lines[0].order_number} was never paid, so there is no refund to write of.", "Tell the customer yourself."
            )
        notice_id = _record(transaction, order_id, NoticeKind.CANCELLATION, lines, now, folder or store.folder)
        transaction.describe(f"Letter about what was canceled in order {lines[0].order_number}")
    return EndingLetter(notice_id, finish_letter(store, notice_id).letter)


def cancel_without_answer(store: Store, order_id: int, *, now: datetime, folder: Path | None = None) -> EndingLetter:
    """Cancel what waits, as the customer was told would happen without an answer, and write of the refund, in one step.

    Raises NothingToDoError where nothing of the order waits.
    """
    with store.begin("cancel", "", now=now) as transaction:
        order = waiting_order(transaction, order_id)
        summary, notice_id = _cancel_unanswered(transaction, order, "", now, folder or store.folder)
        transaction.describe(summary)
    return EndingLetter(notice_id, finish_letter(store, notice_id).letter)


def note_no_answer(store: Store, order_id: int, words: str = "", *, now: datetime, folder: Path | None = None) -> Unanswered:
    """The customer gave no answer: noted while they have time for one, then what their letter said of silence is done.

    Raises NothingToDoError where nothing of the order waits, RefusedError where they were not told or have answered.
    """
    with store.begin("answer", "", now=now) as transaction:
        order = waiting_order(transaction, order_id)
        said = deadlines(transaction.view, [order_id])[order_id]
        _require_asked(order, said)
        over = said.answer_by is not None and said.answer_by < shop_day(transaction.view, now)
        notice_id = None
        if over and said.silence == Silence.CANCELLATION:
            summary, notice_id = _cancel_unanswered(transaction, order, words, now, folder or store.folder)
        else:
            summary = f"{name_of(transaction, order)} gave no answer about order {order.order_number}{_meaning(said, over)}"
            record_answer(transaction, order, AnswerKind.SILENCE if over else AnswerKind.NONE, words)
        transaction.describe(summary)
    letter = None if notice_id is None else EndingLetter(notice_id, finish_letter(store, notice_id).letter)
    return Unanswered(step_of(transaction, summary), letter)


def _require_asked(order: Order, said: Deadline) -> None:
    if order.told_at is None:
        raise RefusedError(f"The customer of order {order.order_number} was not told that it waits.", "Tell them first.")
    if said.answer is not None:
        raise RefusedError(f"The customer of order {order.order_number} has answered.", "Note another answer if they change it.")


def _meaning(said: Deadline, over: bool) -> str:
    """What follows, as the history says it."""
    if over:
        return ", which counts as consent to wait"
    return f" yet, and has until {spelled_out(said.answer_by)}" if said.answer_by else " yet"


def _cancel_unanswered(transaction: Transaction, order: Order, words: str, now: datetime, folder: Path) -> tuple[str, int]:
    """Within a step, cancel what waits and write of the refund: what the history says of it, and the letter's id."""
    record_answer(transaction, order, AnswerKind.SILENCE, words)
    units = cancel_backordered(transaction, order)
    what = f"{units} units" if units != 1 else "1 unit"
    summary = f"Canceled {what} that order {order.order_number} was waiting for, as nobody answered"
    transaction.settle()
    lines = canceled_lines(transaction.view, order.id)
    return summary, _record(transaction, order.id, NoticeKind.CANCELLATION, lines, now, folder)


def _record(
    transaction: Transaction, order_id: int, kind: NoticeKind, lines: list[ShortLine], now: datetime, folder: Path
) -> int:
    profile, to = profile_of(transaction.view), parcel(transaction.view, order_id)
    today = local_day(now, profile.time_zone)
    canceled = kind is NoticeKind.CANCELLATION
    standing = _refunded(today) if canceled else Standing()
    due = refund_of_canceled(transaction.view, order_id) if canceled else None
    language = language_to(to.address.country, to.language, profile.country)
    facts = ApologyFacts(
        shop=profile,
        customer=to.address,
        letter_on=today,
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
        standings={to.order_number: standing},
        own_words=own_words(transaction.view, language or "en"),
        apologized=was_told(transaction.view, order_id),
    )
    letter = sound_letter(transaction.view, facts)
    notice = Notice(to.customer_id, letter.to_json(), now, str(folder), "", kind.value, home=home_of(transaction.view))
    notice_id = transaction.add(notice)
    notice.stem = records.file_stem(to.order_number, notice_id)
    leaves_on = None if canceled else facts.leaves_on
    records.add_lines(transaction, notice_id, lines, [leaves_on] * len(lines), {to.order_number: standing})
    return notice_id


def _refunded(today: date) -> Standing:
    """The refund goes out as fast as the strictest law that we know asks for, wherever the shop is."""
    refund_by = working_days_after(today, _REFUND_WORKING_DAYS)
    return Standing(remedy=Remedy.REFUND, refund_by=refund_by, sentences=("refund",))
