"""The purchases page, declared."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date

from orderdesk.domain.purchases import PurchaseStatus
from orderdesk.storage.queries.purchases import UNDER_WAY_STATES, PurchaseRow, purchase_counts, purchase_rows, purchases
from orderdesk.storage.view import View
from orderdesk.ui import badges, formats
from orderdesk.ui.badges import Badge
from orderdesk.ui.chips import Filter
from orderdesk.ui.commands import Command, always, one
from orderdesk.ui.delegates import PICK
from orderdesk.ui.listing import Source, Wanted
from orderdesk.ui.product_columns import some_units, units
from orderdesk.ui.table_model import Column
from orderdesk.ui.words import marked, tr


def status_badge(row: PurchaseRow, today: date) -> Badge:
    return badges.OVERDUE if row.is_overdue(today) else badges.PURCHASE[row.status]


def sentence(row: PurchaseRow, today: date) -> str:
    """The whole row for a screen reader."""
    words = [row.number, row.supplier, tr(status_badge(row, today).word), formats.day(row.expected_on, today)]
    return ", ".join(word for word in words if word)


def columns(today: date) -> tuple[Column[PurchaseRow], ...]:
    """The columns of the purchases page."""

    def badge(row: PurchaseRow) -> Badge:
        return status_badge(row, today)

    return (
        Column(PICK, marked("Select"), lambda row: "", 32, sorts=False),
        Column("number", marked("Number"), lambda row: row.number, 84, sorts=False, look="strong"),
        Column("supplier", marked("Supplier"), lambda row: row.supplier, 120, stretch=True, sorts=False),
        Column("products", marked("Products"), lambda row: units(len(row.lines)), 88, numeric=True, sorts=False),
        Column("units", marked("Units"), lambda row: units(row.units), 60, numeric=True, sorts=False),
        Column("to_come", marked("To come"), lambda row: some_units(row.to_come), 74, numeric=True, sorts=False),
        Column("total", marked("Total"), lambda row: formats.money(row.total), 92, numeric=True, sorts=False),
        Column("expected", marked("Expected"), lambda row: formats.day(row.still_expected_on, today), 82, sorts=False),
        Column("status", marked("Status"), lambda row: tr(badge(row).word), 138, sorts=False, badge=badge),
    )


def _drafts(rows: Sequence[PurchaseRow]) -> bool:
    return any(row.status is PurchaseStatus.DRAFT for row in rows)


def _under_way(rows: Sequence[PurchaseRow]) -> bool:
    return any(row.status in UNDER_WAY_STATES for row in rows)


def _one_open(rows: Sequence[PurchaseRow]) -> bool:
    return one(rows) and (_drafts(rows) or _under_way(rows))


def _one_under_way(rows: Sequence[PurchaseRow]) -> bool:
    return one(rows) and _under_way(rows)


FILTERS = (
    Filter("all", marked("All")),
    Filter("drafts", marked("Drafts")),
    Filter("under_way", marked("Under way")),
    Filter("received", marked("Received")),
)
COMMANDS = (
    Command("purchases.send", marked("Mark as sent"), "truck", "Ctrl+Return", _drafts, row=True, bulk=True),
    Command("purchases.receive", marked("Receive"), "package-plus", "Ctrl+Shift+R", _under_way, row=True, bulk=True),
    Command("purchases.receive_part", marked("Receive a part…"), "package", None, _one_under_way, row=True),
    Command("purchases.edit", marked("Edit purchase order…"), "pencil", None, _one_open, row=True, separated=True),
    Command("purchases.save", marked("Save as PDF"), "download", "Ctrl+P", bool, row=True, bulk=True),
    Command(
        "purchases.cancel",
        marked("Cancel purchase order"),
        "ban",
        "Ctrl+Backspace",
        lambda rows: _drafts(rows) or _under_way(rows),
        row=True,
        bulk=True,
    ),
    Command("purchases.new", marked("New purchase order…"), "plus", "Ctrl+N", always),
    Command("purchases.reorder", marked("Order what runs low"), "package-plus", None, always, separated=True),
)


def _ids(view: View, wanted: Wanted, _: date) -> array[int]:
    return array("q", (row.id for row in purchases(view, shown=wanted.filter, search=wanted.search)))


def _rows(view: View, ids: Sequence[int], _: date) -> list[PurchaseRow]:
    return purchase_rows(view, ids)


def _counts(view: View, wanted: Wanted, _: date) -> dict[str, int]:
    return purchase_counts(view, search=wanted.search)


SOURCE: Source[PurchaseRow] = Source(_ids, _rows, _counts)
