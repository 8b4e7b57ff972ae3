"""The page of what runs low, declared."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from orderdesk.domain.products import ProductStatus
from orderdesk.domain.purchases import PurchaseStatus
from orderdesk.storage.queries.reorder import ReorderRow, ReorderView, reorder_counts, reorder_figures, reorder_ids
from orderdesk.storage.view import View
from orderdesk.ui import badges, formats
from orderdesk.ui.badges import Badge
from orderdesk.ui.chips import Filter
from orderdesk.ui.commands import Command, always, one
from orderdesk.ui.delegates import PICK
from orderdesk.ui.listing import Source, Wanted
from orderdesk.ui.product_columns import some_units, units
from orderdesk.ui.table_model import Column
from orderdesk.ui.words import counted, marked, tr


def status_badge(row: ReorderRow) -> Badge:
    """How much it hurries, or the draft that it stands on."""
    if row.draft:
        return replace(badges.PURCHASE[PurchaseStatus.DRAFT], word=row.draft)
    return badges.PRODUCT[ProductStatus.LOW if row.available > 0 else ProductStatus.OUT]


def advice(row: ReorderRow) -> str:
    """What to do about it."""
    if row.draft:
        return tr("Runs low, and stands on draft {}").replace("{}", row.draft)
    return tr("Suggested: order {}").replace("{}", counted(row.supply.quantity, "{} unit", "{} units"))


def why(row: ReorderRow) -> str:
    """Which figures say so."""
    supply = row.supply
    said = tr("{} sold in 30 days, {} for the supplier, {} with what is on order, reorder at {}, order up to {}.")
    left = (tr("{} short") if supply.position < 0 else tr("{} left")).replace("{}", f"{abs(supply.position):,}")
    lead = counted(supply.lead_days, "{} day", "{} days")
    for value in (f"{row.sold:,}", lead, left, f"{supply.point:,}", f"{supply.up_to:,}"):
        said = said.replace("{}", value, 1)
    return said if supply.lead_time_days is not None else said + " " + tr("The lead time is assumed: nobody has entered it.")


def sentence(row: ReorderRow) -> str:
    """The whole row for a screen reader."""
    order = tr("order {}").replace("{}", units(row.quantity))
    return ", ".join(word for word in (row.sku, row.title, _supplier(row), tr(status_badge(row).word), order) if word)


def _supplier(row: ReorderRow) -> str:
    return row.supplier or tr("No supplier")


def _point(row: ReorderRow) -> str:
    """The seller's own reorder point; in brackets the one that is suggested where none is set."""
    return units(row.supply.point) if row.supply.reorder_point is not None else f"({units(row.supply.point)})"


COLUMNS: tuple[Column[ReorderRow], ...] = (
    Column(PICK, marked("Select"), lambda row: "", 32, sorts=False),
    Column("sku", marked("SKU"), lambda row: row.sku, 88, look="strong"),
    Column("title", marked("Product"), lambda row: row.title, 160, stretch=True),
    Column("supplier", marked("Supplier"), _supplier, 116),
    Column("available", marked("Available"), lambda row: units(row.available), 78, numeric=True),
    Column("on_order", marked("On order"), lambda row: some_units(row.on_order), 78, numeric=True, roomy=True),
    Column("sold", marked("Sold"), lambda row: some_units(row.sold), 48, numeric=True),
    Column(
        "cover", marked("Days of cover"), lambda row: formats.waiting(row.supply.days_of_cover), 116, numeric=True, roomy=True
    ),
    Column("point", marked("Reorder point"), _point, 106, numeric=True),
    Column("quantity", marked("Order"), lambda row: units(row.quantity), 56, numeric=True, look="strong"),
    Column("lot", marked("Total"), lambda row: formats.money(row.lot), 96, numeric=True, sorts=False),
    Column("status", marked("Status"), lambda row: tr(status_badge(row).word), 78, sorts=False, badge=status_badge),
)


def can_be_drafted(row: ReorderRow) -> bool:
    return bool(row.supplier) and not row.draft


def _some_to_draft(rows: Sequence[ReorderRow]) -> bool:
    return any(map(can_be_drafted, rows))


def _one_to_order(rows: Sequence[ReorderRow]) -> bool:
    return one(rows) and not rows[0].draft


def _one_without_supplier(rows: Sequence[ReorderRow]) -> bool:
    return one(rows) and not rows[0].supplier


FILTERS = (
    Filter("to_order", marked("To order")),
    Filter("no_supplier", marked("No supplier"), good=marked("All that runs low has a supplier")),
    Filter("drafted", marked("On a draft")),
)
COMMANDS = (
    Command("reorder.draft", marked("Draft purchase orders"), "truck", "Ctrl+Return", _some_to_draft, row=True, bulk=True),
    Command("reorder.edit", marked("Order another quantity"), "pencil", None, _one_to_order, row=True),
    Command("reorder.supplier", marked("Add a supplier…"), "truck", None, _one_without_supplier, row=True),
    Command("reorder.product", marked("Show the product"), "boxes", None, one, row=True),
    Command("reorder.draft_all", marked("Draft all of these"), "plus", "Ctrl+N", always, separated=True),
    Command("reorder.purchases", marked("Show purchases"), "truck", None, always),
)


def _ids(view: View, wanted: Wanted, today: date) -> array[int]:
    return reorder_ids(view, ReorderView(wanted.filter, wanted.search, wanted.sort), today=today)


def _rows(view: View, ids: Sequence[int], today: date) -> list[ReorderRow]:
    found = reorder_figures(view, ids, today=today)
    return [found[key] for key in ids if key in found]


def _counts(view: View, wanted: Wanted, today: date) -> dict[str, int]:
    return reorder_counts(view, search=wanted.search, today=today)


SOURCE: Source[ReorderRow] = Source(_ids, _rows, _counts)
