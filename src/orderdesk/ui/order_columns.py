"""The orders page, declared: columns, filters, commands, and where its rows come from."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date

from orderdesk.domain.orders import OrderStatus, ShipPolicy
from orderdesk.storage.queries.orders import OrderRow, OrdersView, order_counts, order_ids, order_rows
from orderdesk.storage.view import View
from orderdesk.ui import badges, formats
from orderdesk.ui.badges import Badge
from orderdesk.ui.chips import Filter
from orderdesk.ui.commands import Command, always, one, some
from orderdesk.ui.delegates import PICK
from orderdesk.ui.listing import Source, Wanted
from orderdesk.ui.table_model import Column
from orderdesk.ui.words import counted, marked, tr


def status_badge(row: OrderRow) -> Badge:
    """What the seller has to settle comes first; an order that is late says so beside where it stands."""
    if row.over_allocated:
        return badges.OVER_ALLOCATED
    return (badges.LATE_ORDER if row.is_late else badges.ORDER)[row.status]


def told_badge(row: OrderRow) -> Badge | None:
    """Whether the customer knows of the backorder, or has a letter about it to come; None where there is none."""
    if not row.backordered_lines:
        return badges.TOLD if row.told else None
    if row.letter_ready:
        return badges.LETTER_MADE
    return badges.TOLD if row.told else badges.NOT_TOLD


def told_text(row: OrderRow, today: date) -> str:
    """When the customer was told, or that they were not."""
    if row.told_on is not None:
        return tr("Told {}").replace("{}", formats.day(row.told_on, today))
    badge = told_badge(row)
    return tr(badge.word) if badge else ""


def paid_text(row: OrderRow, today: date) -> str:
    """When it was paid; that it was, where nobody knows when."""
    return formats.day(row.paid_on, today) or (tr("yes") if row.paid else "")


def missing_words(row: OrderRow) -> str:
    """How many of the units that are kept for an order are not there."""
    return counted(row.over_allocated, "{} unit kept for it is not on hand", "{} units kept for it are not on hand")


def sentence(row: OrderRow) -> str:
    """The whole row for a screen reader."""
    words = [tr("Order {}").replace("{}", row.number), row.customer, row.items, tr(status_badge(row).word)]
    if row.backordered_lines:
        words.append(tr("Backordered") if row.status is not OrderStatus.BACKORDERED else "")
        words.append(tr("Told") if row.told else tr("Not told"))
    return ", ".join(word for word in words if word)


def columns(today: date) -> tuple[Column[OrderRow], ...]:
    """The columns of the orders page; days are said as seen from `today`."""

    def day(value: date | None) -> str:
        return formats.day(value, today)

    return (
        Column(PICK, marked("Select"), lambda row: "", 32, sorts=False),
        Column("number", marked("Order"), lambda row: row.number, 76, look="strong", elide_middle=True),
        Column("placed", marked("Placed"), lambda row: day(row.placed_on), 104, look="muted", roomy=True),
        Column("customer", marked("Customer"), lambda row: row.customer, 126, stretch=True),
        Column("channel", marked("Channel"), lambda row: formats.channel(row.channel), 84, look="muted", roomy=True),
        Column("items", marked("Items"), lambda row: row.items, 64, sorts=False, stretch=True),
        Column("status", marked("Status"), lambda row: tr(status_badge(row).word), 180, badge=status_badge),
        Column("waiting", marked("Waiting"), lambda row: formats.waiting(row.waiting_days), 74, numeric=True, roomy=True),
        Column("told", marked("Told"), lambda row: told_text(row, today), 130),
        Column("total", marked("Total"), lambda row: formats.money(row.total), 96, numeric=True),
        Column("ship_by", marked("Ship by"), lambda row: day(row.ship_by), 76, shown=False),
        Column("promised", marked("Promised"), lambda row: day(row.promised_on), 76, sorts=False, shown=False),
        Column("tracking", marked("Tracking"), lambda row: row.tracking, 136, sorts=False, shown=False),
        Column("paid", marked("Paid"), lambda row: paid_text(row, today), 76, sorts=False, shown=False),
        Column("country", marked("Country"), lambda row: row.country, 76, shown=False),
        Column("coupon", marked("Coupon"), lambda row: formats.code(row.coupon_code or ""), 136, sorts=False, shown=False),
        Column("tags", marked("Tags"), lambda row: row.tags, 120, sorts=False, shown=False),
        Column("note", marked("Note"), lambda row: row.note, 160, sorts=False, shown=False),
    )


FILTERS = (
    Filter("all", marked("All")),
    Filter("to_do", marked("To do"), good=marked("Nothing is to be done")),
    Filter("backordered", marked("Backordered"), good=marked("Nothing is backordered")),
    Filter("not_told", marked("Not told"), good=marked("Everybody who waits was told")),
    Filter("unanswered", marked("No answer"), usual=False, good=marked("Nobody owes you an answer")),
    Filter("slipped", marked("Date slipped"), usual=False, good=marked("Every date that was given holds")),
    Filter("arrived", marked("Here, and not told so"), usual=False, good=marked("Nobody has good news to come")),
    Filter("over_allocated", marked("Over-allocated"), usual=False, good=marked("All that is kept is on hand")),
    Filter("discontinued", marked("Discontinued"), usual=False),
    Filter("ready", marked("Ready")),
    Filter("overdue", marked("Overdue"), good=marked("Nothing is overdue")),
    Filter("partly_ready", marked("Partly ready"), usual=False),
    Filter("awaiting_supplier", marked("Awaiting supplier"), usual=False),
    Filter("awaiting_payment", marked("Awaiting payment"), usual=False, good=marked("Every order is paid")),
    Filter("on_hold", marked("On hold"), usual=False),
    Filter("shipped", marked("Shipped"), usual=False),
    Filter("canceled", marked("Canceled"), usual=False),
)


def _waiting(rows: Sequence[OrderRow]) -> bool:
    """Anybody who has to be told; of those who have had the letter, only its date is left to change."""
    return any(row.backordered_lines and (row.letter_ready or row.notice_id is None) for row in rows)


def why_no_apology(rows: Sequence[OrderRow]) -> str:
    """Why nobody is apologized to for what is picked."""
    if len(rows) != 1:
        return tr("None of these orders has anything to apologize for.") if rows else tr("Select an order first.")
    (row,) = rows
    if row.status is OrderStatus.AWAITING_PAYMENT:
        why = tr("Order {} is not paid: nothing of it is late yet. Mark it as paid first.")
    elif row.status is OrderStatus.ON_HOLD:
        why = tr("Order {} is on hold: nothing of it is late. Release it first.")
    elif row.backordered_lines:
        why = tr("The customer of order {} was told. New date… writes to them again.")
    else:
        why = tr("Nothing of order {} is backordered: there is nothing to apologize for.")
    return why.replace("{}", row.number)


def is_to_hear(row: OrderRow) -> bool:
    """Whether the customer has something to hear: that it waits, or what the letter says that lies ready."""
    return bool(row.backordered_lines) and (row.letter_ready or not row.told)


def _to_mark_told(rows: Sequence[OrderRow]) -> bool:
    return any(map(is_to_hear, rows))


def _with_letter(rows: Sequence[OrderRow]) -> bool:
    return any(row.notice_id is not None for row in rows)


def _told_by_letter(rows: Sequence[OrderRow]) -> bool:
    """One whose customer has had the letter about what still waits: another date would be news."""
    return one(rows) and rows[0].notice_id is not None and not rows[0].letter_ready and bool(rows[0].backordered_lines)


def _waits(rows: Sequence[OrderRow]) -> bool:
    return one(rows) and bool(rows[0].backordered_lines or rows[0].silent_by)


def _here(rows: Sequence[OrderRow]) -> bool:
    return one(rows) and may_ship(rows[0])


def _taken_off(rows: Sequence[OrderRow]) -> bool:
    return one(rows) and rows[0].canceled > 0


def may_ship(row: OrderRow) -> bool:
    """Whether any unit may leave under the order's policy."""
    may_leave_short = row.ship_policy == ShipPolicy.CANCEL_REMAINDER and row.allocated > 0
    return row.status in (OrderStatus.READY, OrderStatus.PARTLY_READY) or may_leave_short


def may_pay(row: OrderRow) -> bool:
    """Whether money of it is still to come."""
    return row.has_rest_to_pay or not row.paid


def _shippable(rows: Sequence[OrderRow]) -> bool:
    return any(map(may_ship, rows))


def _packed(rows: Sequence[OrderRow]) -> bool:
    return any(may_ship(row) or row.status is OrderStatus.SHIPPED for row in rows)


def _to_keep(rows: Sequence[OrderRow]) -> bool:
    return any(row.allocated > row.firm for row in rows)


def _waits_behind(rows: Sequence[OrderRow]) -> bool:
    return one(rows) and rows[0].units_short > 0


def is_open(row: OrderRow) -> bool:
    """Whether any unit of it is still to come."""
    return row.status not in (OrderStatus.SHIPPED, OrderStatus.CANCELED)


COMMANDS = (
    Command("orders.apologize", marked("Apologize"), "mail", "Ctrl+Shift+A", _waiting, row=True, bulk=True),
    Command(
        "orders.show_letter",
        marked("Show letter"),
        "mail-check",
        "Space",
        lambda rows: one(rows) and _with_letter(rows),
        row=True,
    ),
    Command("orders.new_date", marked("New date…"), "calendar", None, _told_by_letter, row=True),
    Command("orders.answer", marked("Answer…"), "clipboard-pen", "Ctrl+Shift+W", _waits, row=True),
    Command("orders.refund", marked("Refund…"), "wallet", None, lambda rows: one(rows) and rows[0].paid, row=True),
    Command("orders.good_news", marked("Write: it is here"), "package-check", None, _here, row=True),
    Command("orders.cancellation", marked("Write: it was canceled"), "package-x", None, _taken_off, row=True),
    Command("orders.print_letters", marked("Print letters"), "printer", "Ctrl+P", _with_letter, row=True, bulk=True),
    Command("orders.mark_told", marked("Mark as told…"), "mail-check", None, _to_mark_told, row=True, bulk=True),
    Command("orders.packing_slip", marked("Packing slip"), "clipboard-list", "Ctrl+Shift+P", _packed, row=True, bulk=True),
    Command("orders.labels", marked("Address labels…"), "tag", "Ctrl+Shift+L", some, row=True, bulk=True),
    Command("orders.ship", marked("Ship now"), "truck", "Ctrl+Shift+S", _shippable, row=True, bulk=True, separated=True),
    Command("orders.track", marked("Tracking…"), "truck", None, lambda rows: one(rows) and rows[0].shipped > 0, row=True),
    Command("orders.mark_paid", marked("Mark as paid"), "wallet", None, lambda rows: any(map(may_pay, rows)), row=True),
    Command("orders.prioritize", marked("Put first…"), "upload", None, _waits_behind, row=True),
    Command(
        "orders.end_priority",
        marked("End priority"),
        "undo-2",
        None,
        lambda rows: any(row.priority for row in rows),
        row=True,
    ),
    Command("orders.keep", marked("Keep units"), "archive-restore", None, _to_keep, row=True),
    Command("orders.let_go", marked("Release units"), "undo-2", None, lambda rows: any(r.firm for r in rows), row=True),
    Command(
        "orders.hold",
        marked("Hold…"),
        "pause",
        None,
        lambda rows: one(rows) and is_open(rows[0]) and rows[0].status is not OrderStatus.ON_HOLD,
        row=True,
    ),
    Command(
        "orders.release",
        marked("Release"),
        "play",
        None,
        lambda rows: any(r.status is OrderStatus.ON_HOLD for r in rows),
        row=True,
    ),
    Command("orders.new", marked("New order"), "plus", "Ctrl+N", always, separated=True),
    Command("orders.edit", marked("Edit order…"), "pencil", None, one, row=True, separated=True),
    Command(
        "orders.cancel",
        marked("Cancel order"),
        "ban",
        "Del",
        lambda rows: some(rows) and any(map(is_open, rows)),
        row=True,
        bulk=True,
    ),
)


def _view(wanted: Wanted) -> OrdersView:
    return OrdersView(wanted.filter, wanted.search, wanted.channel, wanted.sort)


def _ids(view: View, wanted: Wanted, today: date) -> array[int]:
    return order_ids(view, _view(wanted), today=today)


def _rows(view: View, ids: Sequence[int], today: date) -> list[OrderRow]:
    return order_rows(view, ids, today=today)


def _counts(view: View, wanted: Wanted, today: date) -> dict[str, int]:
    return order_counts(view, search=wanted.search, channel=wanted.channel, today=today)


SOURCE: Source[OrderRow] = Source(_ids, _rows, _counts)
