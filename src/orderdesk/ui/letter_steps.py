"""Steps with letters that take several use cases: show, take back. Run by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from orderdesk.domain.errors import NothingToDoError
from orderdesk.storage.queries.history import HistoryRow, history_of_order
from orderdesk.storage.queries.notices import NoticeRow, notice
from orderdesk.storage.queries.orders import order_rows
from orderdesk.storage.store import Store
from orderdesk.storage.view import View
from orderdesk.ui import late
from orderdesk.ui.words import tr


@dataclass(frozen=True, slots=True)
class LetterContents:
    """A letter with its pages as PDF; `rules` are the sentences of the law in it, each with the rule that it comes from."""

    row: NoticeRow
    order_ids: tuple[int, ...]
    letter: bytes
    coupon: bytes | None
    rules: dict[str, str]


def letter_contents(store: Store, notice_id: int, order_ids: Sequence[int]) -> LetterContents:
    """A letter with its files' bytes, drawn again from the record where they are lost."""
    files = late.letters.files_of(store, notice_id)
    with store.read() as view:
        row = notice(view, notice_id)
    if row is None:
        raise NothingToDoError(tr("That letter is gone."))
    coupon = files.coupon.read_bytes() if files.coupon else None
    rules = late.letters.rules_of(store, notice_id)
    return LetterContents(row, tuple(order_ids), files.letter.read_bytes(), coupon, rules)


def take_back_letter(store: Store, notice_id: int, order_ids: Sequence[int], now: datetime) -> str:
    """Undo the apology and every change to it since: the letter is voided, the coupon worthless. What was taken back.

    Raises RefusedError where a later step has built on it.
    """
    summary = ""
    while True:
        with store.read() as view:
            row = notice(view, notice_id)
            if row is None or row.voided_at is not None:
                break
            steps = _letter_steps(view, row, order_ids)
        if not steps:
            raise NothingToDoError(tr("There is nothing to take back."))
        summary = late.history.undo(store, event_id=steps[0].event_id, now=now).summary
    late.letters.finish_letters(store)
    return summary


def _letter_steps(view: View, row: NoticeRow, order_ids: Sequence[int]) -> list[HistoryRow]:
    """The steps that made and changed the letter, newest first."""
    order = next(each for each in order_rows(view, order_ids, today=row.reserved_on) if each.number in row.order_numbers)
    return [step for step in history_of_order(view, order.id) if not step.undone and step.kind in _LETTER_STEPS]


_LETTER_STEPS = ("apologize", "revise_apology", "told", "printed", "copied", "drafted", "good_news", "cancellation")
