"""The one click, wherever it comes from: letters and coupons are made, the first one shown, the toast says what is ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from orderdesk.domain.errors import NotSetUpError
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.defects import tell_knowingly
from orderdesk.ui.desk import Desk
from orderdesk.ui.left_out import say_left_out
from orderdesk.ui.task_runner import Task
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.services.apologies import Apology, ApologyRun

# Under which name this computer remembers its printer; "" is the system's default.
CHOSEN_PRINTER = "printer/name"

ShowLetter = Callable[[int, tuple[int, ...]], None]


def apologize(
    desk: Desk,
    order_ids: Sequence[int],
    show_letter: ShowLetter,
    *,
    new_date: date | None = None,
    otherwise: Callable[[Exception], None] | None = None,
) -> Task:
    """Apologize for these orders, or write of a `new_date` to who was told; `show_letter` gets the first letter made.

    `otherwise` gets the error where nothing could be begun.
    """
    ids = tuple(order_ids)

    def step(store: Store, now: datetime, progress: Progress) -> ApologyRun:
        wishes = late.apology_letter.Wishes(new_date=new_date)
        return late.apologies.apologize(store, ids, now=now, wishes=wishes, batch=len(ids) > 1, progress=progress)

    def made(run: ApologyRun) -> None:
        if run.apologies:
            show_letter(run.apologies[0].notice_id, ids)
        _announce(desk, run)

    title = counted(len(ids), "Apologizing for {} order", "Apologizing for {} orders")
    return desk.perform(step, made, title=title, otherwise=otherwise)


def _announce(desk: Desk, run: ApologyRun) -> None:
    made = run.apologies
    _say_refused(desk, run)
    if not made:
        if not run.refused:
            desk.say(tr("Canceled: no letter was made."))
        return
    actions = [
        (tr("Print"), lambda: _print(desk, made)),
        (tr("Open"), lambda: desk.outside.opener.open(run.batch or made[0].letter)),
    ]
    if any(apology.first_time for apology in made):
        actions.append((tr("Undo"), lambda: _take_back(desk, made)))
    desk.say(announcement(run), actions)


def _say_refused(desk: Desk, run: ApologyRun) -> None:
    """Why no letter was made for some, until it is read; what keeps every letter from being made is said once."""
    errors = {refusal.reason: refusal.error for refusal in run.refused}
    not_set_up = [error for error in errors.values() if isinstance(error, NotSetUpError)]
    if not_set_up or (len(errors) == 1 and not run.apologies):
        desk.failed.emit(next(iter(not_set_up or errors.values())))
    else:
        say_left_out(desk, [refusal.named for refusal in run.refused])


def announcement(run: ApologyRun) -> str:
    """What the toast says of a run that made letters."""
    made = run.apologies
    if len(made) == 1:
        only = made[0]
        numbers = ", ".join(only.order_numbers)
        if only.coupon_code is None:
            text = tr("Letter ready for {}").replace("{}", numbers)
        elif only.first_time:
            text = tr("Letter and coupon {} ready for {}").replace("{}", formats.code(only.coupon_code), 1).replace("{}", numbers)
        else:
            said = tr("The letter for {} says how it stands now") if only.follows else tr("The letter for {} was made before")
            text = said.replace("{}", numbers)
    else:
        text = counted(len(made), "{} letter ready", "{} letters ready")
    if run.refused:
        text += " · " + counted(len(run.refused), "{} order left out", "{} orders left out")
    if run.canceled:
        text += " · " + tr("canceled")
    return " · ".join(part for part in (text, run.batch_failure, *_advice(made)) if part)


def _advice(made: Sequence[Apology]) -> tuple[str, ...]:
    """What to think over of a single letter; of many, how many promise money back."""
    if len(made) == 1:
        return made[0].advice
    refunds = sum(apology.kind == "refund" for apology in made)
    text = counted(
        refunds,
        "{} letter came too late to leave a choice: the money goes back, and telling the customer cancels what waits",
        "{} letters came too late to leave a choice: the money goes back, and telling the customers cancels what waits",
    )
    return (text,) if refunds else ()


def _print(desk: Desk, made: Sequence[Apology]) -> None:
    notice_ids = [apology.notice_id for apology in made]
    print_notices(desk, notice_ids)


def print_notices(desk: Desk, notice_ids: Sequence[int]) -> None:
    """Print letters, and say how many; their customers count as told. Where a marketplace counts that, ask first."""

    def ask(words: str, tell: Callable[[], None]) -> None:
        heading = tr("Print letters that cancel orders?")
        desk.wonder(heading, words, [(tr("Print anyway"), tell), (tr("Not now"), lambda: None)])

    tell_knowingly(desk, notice_ids, lambda: _print_now(desk, notice_ids), ask)


def _print_now(desk: Desk, notice_ids: Sequence[int]) -> None:
    printer, name = desk.outside.printer, desk.memory.recall(CHOSEN_PRINTER, "")
    desk.perform(
        lambda store, now, progress: late.printing.print_letters(
            store, notice_ids, printer, now=now, name=name, progress=progress
        ),
        lambda count: desk.say(
            counted(count, "{} letter printed; the customer counts as told", "{} letters printed; the customers count as told")
        ),
        title=counted(len(notice_ids), "Printing {} letter", "Printing {} letters"),
    )


def _take_back(desk: Desk, made: Sequence[Apology]) -> None:
    first_times = [apology.notice_id for apology in made if apology.first_time]

    def step(store: Store, now: datetime, _: Progress) -> str:
        summary: str = late.history.take_back_letters(store, first_times, now=now).summary
        return summary

    def taken(summary: str) -> None:
        many = tr("Undid: {} letters").replace("{}", str(len(first_times)))
        desk.say(summary if len(first_times) == 1 else many)

    desk.perform(step, taken)
