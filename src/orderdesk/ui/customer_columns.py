"""The customers page, declared."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date

from orderdesk.storage.queries.customers import CustomerRow, CustomersView, customer_counts, customer_ids, customer_rows
from orderdesk.storage.view import View
from orderdesk.ui import badges, formats
from orderdesk.ui.badges import Badge
from orderdesk.ui.chips import Filter
from orderdesk.ui.commands import Command, always, one, some
from orderdesk.ui.delegates import PICK
from orderdesk.ui.listing import Source, Wanted
from orderdesk.ui.product_columns import some_units
from orderdesk.ui.table_model import Column
from orderdesk.ui.words import counted, marked, tr


def told_badge(row: CustomerRow) -> Badge | None:
    """Whether the customer knows of what they wait for; None where they wait for nothing."""
    if row.told is None:
        return None
    if row.told:
        return badges.TOLD
    return badges.LETTER_MADE if row.letter_ready else badges.NOT_TOLD


def _told(row: CustomerRow) -> str:
    badge = told_badge(row)
    return tr(badge.word) if badge else ""


def sentence(row: CustomerRow) -> str:
    """The whole row for a screen reader."""
    words = [row.name, row.country, counted(row.orders, "{} order", "{} orders")]
    if row.open_backorders:
        words += [counted(row.open_backorders, "{} open backorder", "{} open backorders"), _told(row)]
    return ", ".join(word for word in words if word)


def columns(today: date) -> tuple[Column[CustomerRow], ...]:
    """The columns of the customers page."""
    return (
        Column(PICK, marked("Select"), lambda row: "", 32, sorts=False),
        Column("name", marked("Name"), lambda row: row.name, 130, look="strong", stretch=True),
        Column("country", marked("Country"), lambda row: row.country, 70, look="muted", roomy=True),
        Column("orders", marked("Orders"), lambda row: some_units(row.orders), 62, numeric=True),
        Column("spent", marked("Spent"), lambda row: formats.moneys(row.spent), 80, numeric=True, sorts=False),
        Column(
            "last_order", marked("Last order"), lambda row: formats.day(row.last_order_on, today), 104, look="muted", roomy=True
        ),
        Column("open_backorders", marked("Backorders"), lambda row: some_units(row.open_backorders), 96, numeric=True),
        Column("told", marked("Told"), _told, 94, sorts=False, badge=told_badge),
        Column("coupons", marked("Coupons"), lambda row: some_units(row.open_coupons), 82, numeric=True, sorts=False),
        Column("email", marked("E-mail"), lambda row: row.email, 120, stretch=True),
        Column("phone", marked("Phone"), lambda row: row.phone, 120, sorts=False, shown=False),
        Column("company", marked("Company"), lambda row: row.company, 130, sorts=False, shown=False),
        Column("username", marked("User name"), lambda row: row.username, 120, sorts=False, shown=False),
        Column("language", marked("Language"), lambda row: row.language, 80, sorts=False, shown=False),
        Column("note", marked("Note"), lambda row: row.note, 160, sorts=False, shown=False),
    )


_PAIR = 2
FILTERS = (
    Filter("all", marked("All")),
    Filter("waiting", marked("Waiting"), good=marked("Nobody waits for anything")),
    Filter("not_told", marked("Not told"), good=marked("Everybody who waits was told")),
    Filter("with_coupon", marked("With a coupon")),
    Filter("twice", marked("Perhaps twice"), usual=False, good=marked("Nobody seems to be there twice")),
)
COMMANDS = (
    Command(
        "customers.apologize",
        marked("Apologize"),
        "mail",
        "Ctrl+Shift+A",
        lambda rows: any(row.open_backorders for row in rows),
        row=True,
        bulk=True,
    ),
    Command("customers.labels", marked("Address labels…"), "tag", "Ctrl+Shift+L", some, row=True, bulk=True),
    Command("customers.export", marked("Export all about them…"), "download", None, one, row=True),
    Command("customers.merge", marked("Merge…"), "users", None, lambda rows: len(rows) == _PAIR, bulk=True),
    Command("customers.erase", marked("Erase…"), "x", None, one, row=True),
    Command("customers.new", marked("New customer"), "user-plus", "Ctrl+N", always, separated=True),
    Command("customers.edit", marked("Edit customer…"), "pencil", None, one, row=True, separated=True),
)


def _view(wanted: Wanted) -> CustomersView:
    return CustomersView(wanted.filter, wanted.search, wanted.sort)


def _ids(view: View, wanted: Wanted, today: date) -> array[int]:
    return customer_ids(view, _view(wanted), today=today)


def _rows(view: View, ids: Sequence[int], today: date) -> list[CustomerRow]:
    return customer_rows(view, ids, today=today)


def _counts(view: View, wanted: Wanted, today: date) -> dict[str, int]:
    return customer_counts(view, search=wanted.search, today=today)


SOURCE: Source[CustomerRow] = Source(_ids, _rows, _counts)
