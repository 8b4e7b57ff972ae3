"""The inventory page, declared."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date

from orderdesk.storage.queries.products import ProductRow, ProductsView, product_counts, product_ids, product_rows
from orderdesk.storage.view import View
from orderdesk.ui import badges, formats
from orderdesk.ui.chips import Filter
from orderdesk.ui.commands import Command, always, one
from orderdesk.ui.delegates import PICK
from orderdesk.ui.listing import Source, Wanted
from orderdesk.ui.table_model import Column
from orderdesk.ui.words import marked, tr


def units(number: int | None) -> str:
    """Units as text; an em dash where nobody knows."""
    return "—" if number is None else f"{number:,}"


def some_units(number: int | None) -> str:
    """Units as text; nothing for none."""
    return f"{number:,}" if number else ""


def stock_units(row: ProductRow) -> str:
    return units(row.on_hand) if row.tracked else ""


def sentence(row: ProductRow) -> str:
    """The whole row for a screen reader."""
    words = [row.sku, row.title, tr(badges.PRODUCT[row.status].word), tr("{} on hand").replace("{}", units(row.on_hand))]
    if row.backordered:
        words.append(tr("{} backordered").replace("{}", str(row.backordered)))
    return ", ".join(word for word in words if word)


def columns(today: date) -> tuple[Column[ProductRow], ...]:
    """The columns of the inventory page."""
    return (
        Column(PICK, marked("Select"), lambda row: "", 32, sorts=False),
        Column("sku", marked("SKU"), lambda row: row.sku, 110, look="strong"),
        Column("title", marked("Product"), lambda row: row.title, 180, stretch=True),
        Column("on_hand", marked("On hand"), stock_units, 76, numeric=True),
        Column("allocated", marked("Allocated"), lambda row: some_units(row.allocated), 82, numeric=True),
        Column(
            "available",
            marked("Available"),
            lambda row: units(row.available) if row.tracked or row.is_kit else "",
            80,
            numeric=True,
        ),
        Column(
            "supplier_quantity",
            marked("Supplier has"),
            lambda row: "" if row.supplier_quantity is None else units(row.supplier_quantity),
            108,
            numeric=True,
            sorts=False,
            roomy=True,
        ),
        Column("seen", marked("Seen"), lambda row: _seen(row, today), 96, sorts=False, roomy=True),
        Column("sold", marked("Sold per week"), _sold_per_week, 118, numeric=True, sorts=False, roomy=True),
        Column("cover", marked("Days of cover"), _days_of_cover, 116, numeric=True, sorts=False, roomy=True),
        Column("reorder_point", marked("Reorder point"), lambda row: units(row.reorder_point), 104, numeric=True, roomy=True),
        Column("backordered", marked("Backordered"), lambda row: some_units(row.backordered), 98, numeric=True),
        Column("pending", marked("Pending"), lambda row: some_units(row.pending), 82, numeric=True, sorts=False, shown=False),
        Column(
            "listings", marked("Live listings"), lambda row: some_units(row.listings), 96, numeric=True, sorts=False, roomy=True
        ),
        Column(
            "status",
            marked("Status"),
            lambda row: tr(badges.PRODUCT[row.status].word),
            128,
            badge=lambda row: badges.PRODUCT[row.status],
        ),
        Column("on_order", marked("On order"), lambda row: some_units(row.on_order), 82, numeric=True, shown=False),
        Column("expected", marked("Expected"), lambda row: _expected(row, today), 82, sorts=False, shown=False),
        Column("price", marked("Price"), lambda row: formats.money(row.price), 84, numeric=True, shown=False),
        Column("cost", marked("Cost"), lambda row: formats.money(row.cost), 84, numeric=True, sorts=False, shown=False),
        Column("supplier", marked("Supplier"), lambda row: row.supplier, 130, shown=False),
        Column("lead_time", marked("Lead time"), _lead_time, 84, numeric=True, sorts=False, shown=False),
        Column(
            "safety_stock",
            marked("Safety stock"),
            lambda row: some_units(row.safety_stock),
            98,
            numeric=True,
            sorts=False,
            shown=False,
        ),
    )


def _seen(row: ProductRow, today: date) -> str:
    return "" if row.supplier_seen_at is None else formats.moment(row.supplier_seen_at, today)


def _expected(row: ProductRow, today: date) -> str:
    return tr(badges.OVERDUE.word) if row.overdue_since else formats.day(row.on_order_expected_on, today)


def _sold_per_week(row: ProductRow) -> str:
    return formats.tenths(row.sold_per_week) if row.sold else ""


def _days_of_cover(row: ProductRow) -> str:
    return formats.waiting(row.supply.days_of_cover if row.supply else None)


def _lead_time(row: ProductRow) -> str:
    return formats.waiting(row.lead_time_days)


FILTERS = (
    Filter("all", marked("All")),
    Filter("low", marked("Low"), good=marked("Nothing runs low")),
    Filter("out", marked("Out"), good=marked("Nothing is out of stock")),
    Filter("backordered", marked("Backordered"), good=marked("Nothing is backordered")),
    Filter("count_me", marked("Count me"), good=marked("Every product is counted")),
    Filter("supply_old", marked("Supplier data old"), good=marked("All that suppliers said is of today")),
    Filter("discontinued", marked("Discontinued")),
)
COMMANDS = (
    Command(
        "inventory.receive",
        marked("Receive…"),
        "package-plus",
        "Ctrl+Shift+R",
        lambda rows: any(row.tracked for row in rows),
        row=True,
        bulk=True,
    ),
    Command(
        "inventory.count",
        marked("Count…"),
        "clipboard-pen",
        "Ctrl+Shift+C",
        lambda rows: any(row.tracked for row in rows),
        row=True,
        bulk=True,
    ),
    Command(
        "inventory.count_on",
        marked("Count down the list…"),
        "clipboard-list",
        "F2",
        lambda rows: one(rows) and rows[0].tracked,
        row=True,
    ),
    Command(
        "inventory.tell",
        marked("Apologize to who waits"),
        "mail",
        "Ctrl+Shift+A",
        lambda rows: any(r.backordered for r in rows),
        row=True,
        bulk=True,
    ),
    Command(
        "inventory.supplier", marked("Add a supplier…"), "truck", None, lambda rows: one(rows) and not rows[0].is_kit, row=True
    ),
    Command("inventory.new", marked("New product"), "plus", "Ctrl+N", always, separated=True),
    Command("inventory.edit", marked("Edit product…"), "pencil", None, one, row=True, separated=True),
)


def _view(wanted: Wanted) -> ProductsView:
    return ProductsView(wanted.filter, wanted.search, wanted.sort)


def _ids(view: View, wanted: Wanted, today: date) -> array[int]:
    return product_ids(view, _view(wanted), today=today)


def _rows(view: View, ids: Sequence[int], today: date) -> list[ProductRow]:
    return product_rows(view, ids, today=today)


def _counts(view: View, wanted: Wanted, today: date) -> dict[str, int]:
    return product_counts(view, search=wanted.search, today=today)


SOURCE: Source[ProductRow] = Source(_ids, _rows, _counts)
