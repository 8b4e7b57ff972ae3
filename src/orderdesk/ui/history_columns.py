"""The history page, declared."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date

from orderdesk.storage.queries.history import HistoryRow, StepsView, step_counts, step_ids, step_rows
from orderdesk.storage.view import View
from orderdesk.ui import formats
from orderdesk.ui.badges import Badge
from orderdesk.ui.chips import Filter
from orderdesk.ui.commands import Command, one
from orderdesk.ui.listing import Source, Wanted
from orderdesk.ui.table_model import Column
from orderdesk.ui.ways_back import done
from orderdesk.ui.words import marked, tr

_UNDONE = Badge("neutral", "undo-2", marked("Undone"))


def state_badge(row: HistoryRow) -> Badge | None:
    return _UNDONE if row.undone and row.kind not in ("undo", "redo") else None


def state(row: HistoryRow) -> str:
    badge = state_badge(row)
    return tr(badge.word) if badge else ""


def sentence(row: HistoryRow, today: date) -> str:
    """The whole row for a screen reader."""
    return ", ".join(part for part in (formats.moment(row.at, today), done(row.summary), state(row)) if part)


def columns(today: date) -> tuple[Column[HistoryRow], ...]:
    """The columns of the history page."""
    return (
        Column("at", marked("When"), lambda row: formats.moment(row.at, today), 120, look="muted", sorts=False),
        Column("summary", marked("What was done"), lambda row: done(row.summary), 300, stretch=True, sorts=False),
        Column("state", marked("State"), state, 110, sorts=False, badge=state_badge),
    )


def may_undo(row: HistoryRow) -> bool:
    """Whether it can be taken back, unless a later step has built on it."""
    return row.undoable and not row.undone and row.kind not in ("undo", "redo")


FILTERS = (
    Filter("all", marked("All")),
    Filter("orders", marked("Orders")),
    Filter("stock", marked("Stock")),
    Filter("shipped", marked("Shipped")),
    Filter("letters", marked("Letters")),
    Filter("purchases", marked("Purchases"), usual=False),
    Filter("coupons", marked("Coupons"), usual=False),
    Filter("customers", marked("Customers"), usual=False),
    Filter("listings", marked("Listings"), usual=False),
    Filter("imports", marked("Imports")),
    Filter("undone", marked("Undone")),
)
COMMANDS = (Command("history.undo", marked("Undo this"), "undo-2", None, lambda rows: one(rows) and may_undo(rows[0]), row=True),)


def _ids(view: View, wanted: Wanted, _: date) -> array[int]:
    return step_ids(view, StepsView(wanted.filter, wanted.search))


def _rows(view: View, ids: Sequence[int], _: date) -> list[HistoryRow]:
    return step_rows(view, ids)


def _counts(view: View, wanted: Wanted, _: date) -> dict[str, int]:
    return step_counts(view, search=wanted.search)


SOURCE: Source[HistoryRow] = Source(_ids, _rows, _counts)
