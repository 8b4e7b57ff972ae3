"""A customer in the pane: address, coupons, letters, orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from orderdesk.domain.coupons import CouponStatus
from orderdesk.domain.goodwill import OfferKind
from orderdesk.storage.queries.coupons import CouponRow
from orderdesk.storage.queries.customers import CustomerDetail
from orderdesk.storage.queries.orders import OrderRow
from orderdesk.ui import badges, formats
from orderdesk.ui.commands import CommandSet
from orderdesk.ui.letter_lines import add_notice
from orderdesk.ui.order_columns import status_badge
from orderdesk.ui.order_sheet import address_text
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.theme import Theme
from orderdesk.ui.widgets import button, command_button
from orderdesk.ui.words import counted, tr

_ORDERS_SHOWN = 50


def customer_sheet(
    theme: Theme,
    detail: CustomerDetail,
    today: date,
    commands: CommandSet,
    *,
    show_order: Callable[[int], None],
    show_letter: Callable[[int], None],
    use_coupon: Callable[[CouponRow], None],
) -> Sheet:
    """The sheet of one customer."""
    sheet = Sheet(theme)
    _add_head(sheet, detail, commands)
    sheet.section(tr("Address"))
    sheet.text(address_text(detail.address) or tr("No address is known."))
    for name, value in _facts(detail):
        sheet.fact(name, value)
    if detail.coupons:
        sheet.section(tr("Coupons"))
        for coupon in detail.coupons:
            _add_coupon(sheet, coupon, today, use_coupon)
    if detail.notices:
        sheet.section(tr("Letters"))
        for notice in detail.notices:
            add_notice(sheet, notice, today, show_letter)
    if detail.orders:
        sheet.section(tr("Orders"))
        for order in detail.orders[:_ORDERS_SHOWN]:
            _add_order(sheet, order, today, show_order)
    return sheet


def _add_head(sheet: Sheet, detail: CustomerDetail, commands: CommandSet) -> None:
    customer = detail.row
    sheet.title(customer.name, " · ".join(part for part in (customer.company, formats.country(customer.country)) if part))
    if customer.told is not None:
        heading = counted(customer.open_backorders, "{} order of theirs is backordered", "{} orders of theirs are backordered")
        waits = tr("Their letter is made.") if customer.letter_ready else tr("They do not know yet.")
        news = tr("They know.") if customer.told else waits
        sheet.note("told" if customer.told else "backordered", heading, news)
    if commands.action("customers.apologize").isEnabled() and not customer.told:
        sheet.add(command_button(commands.action("customers.apologize"), "mail", "primary"))
    sheet.add(command_button(commands.action("customers.edit"), "pencil"))


def _facts(detail: CustomerDetail) -> list[tuple[str, str]]:
    customer = detail.row
    return [
        (tr("E-mail"), customer.email),
        (tr("Phone"), customer.phone),
        (tr("User name"), customer.username),
        (tr("Language"), formats.any_language(customer.language)),
        (tr("Offers"), tr("wants to hear of them") if detail.wants_offers else tr("has not asked for them")),
        (tr("Spent"), formats.moneys(customer.spent)),
        (tr("Note"), customer.note),
    ]


def _add_coupon(sheet: Sheet, coupon: CouponRow, today: date, use_coupon: Callable[[CouponRow], None]) -> None:
    until = tr("through {}").replace("{}", formats.day(coupon.valid_through, today))
    left = tr("{} left").replace("{}", formats.money(coupon.balance)) if coupon.kind == OfferKind.GIFT_CARD else ""
    below = " · ".join(part for part in (until, left, coupon.void_reason) if part)
    line = sheet.line(formats.read_code(coupon.code), formats.offer(coupon.offer), below, badges.COUPON[coupon.status])
    if coupon.status == CouponStatus.ISSUED:
        line.add_small_buttons([button(tr("Redeem…"), lambda: use_coupon(coupon), kind="link")])


def _add_order(sheet: Sheet, order: OrderRow, today: date, show_order: Callable[[int], None]) -> None:
    text = f"{order.number} · {order.items}"
    below = " · ".join(part for part in (formats.day(order.placed_on, today), formats.money(order.total)) if part)
    sheet.line(text, "", below, status_badge(order), highlighted=order.backordered_lines > 0, act=lambda: show_order(order.id))
