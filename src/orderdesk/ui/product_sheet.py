"""A product in the pane: its stock, who waits for it in which order, how its stock moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from orderdesk.domain.money import money_or_none
from orderdesk.domain.products import ProductStatus
from orderdesk.storage.queries.product_detail import MovementRow, ProductDetail, WaitingRow
from orderdesk.storage.queries.products import ProductRow
from orderdesk.storage.queries.reorder import ReorderRow
from orderdesk.storage.queries.suppliers import OfferRow
from orderdesk.ui import badges, formats
from orderdesk.ui.commands import CommandSet
from orderdesk.ui.product_columns import units
from orderdesk.ui.reorder_columns import advice, why
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.theme import Theme
from orderdesk.ui.widgets import button, command_button
from orderdesk.ui.words import counted, tr


@dataclass(frozen=True, slots=True)
class ProductActs:
    """What a click in the sheet does: an order that waits is shown, what a supplier asks is changed or taken off."""

    show_order: Callable[[int], None]
    change_offer: Callable[[OfferRow], None]
    drop_offer: Callable[[OfferRow], None]


def product_sheet(
    theme: Theme,
    detail: ProductDetail,
    figures: ReorderRow | None,
    now: datetime,
    today: date,
    commands: CommandSet,
    acts: ProductActs,
) -> Sheet:
    """The sheet of one product; without `figures` nothing is said of ordering it again."""
    sheet, product = Sheet(theme), detail.row
    sheet.title(product.title, product.sku)
    sheet.badges([badges.PRODUCT[product.status]])
    if product.backordered:
        _add_waiting_note(sheet, detail, today)
    elif product.status is ProductStatus.COUNT_ME:
        sheet.note("info", tr("Nobody has counted it yet"), tr("Its orders wait until it is received or counted."))
    if figures is not None and figures.supply.quantity:
        sheet.note("info", advice(figures), why(figures))
    sheet.add(_buttons(commands, detail))
    _add_stock(sheet, product, figures, today)
    _add_kits(sheet, detail)
    _add_alternatives(sheet, detail)
    if detail.waiting:
        sheet.section(tr("Who waits, first come first served"))
        for place, who in enumerate(detail.waiting, start=1):
            _add_waiting(sheet, place, who, today, acts.show_order)
    if not product.is_kit:
        _add_suppliers(sheet, detail, now, today, acts)
        sheet.add(command_button(commands.action("inventory.supplier"), "truck"))
    if detail.movements:
        sheet.section(tr("Stock movements"))
        for movement in detail.movements:
            _add_movement(sheet, movement, today)
    return sheet


def _add_suppliers(sheet: Sheet, detail: ProductDetail, now: datetime, today: date, acts: ProductActs) -> None:
    """What each asks; the usual one stands first where nothing else is known of it."""
    product = detail.row
    sheet.section(tr("Suppliers"))
    if product.supplier.casefold() not in ("", *(offer.supplier.casefold() for offer in detail.offers)):
        below = (formats.money(product.cost), formats.waiting(product.lead_time_days), product.supplier_sku)
        sheet.line(product.supplier, "", " · ".join(part for part in below if part), None)
    for offer in detail.offers:
        _add_offer(sheet, offer, now, today, acts)


def _add_waiting_note(sheet: Sheet, detail: ProductDetail, today: date) -> None:
    product = detail.row
    heading = tr("{} backordered for {}").replace("{}", counted(product.backordered, "{} unit", "{} units"), 1)
    heading = heading.replace("{}", counted(len(detail.waiting), "{} order", "{} orders"))
    if product.discontinued:
        news = tr("It is discontinued: no more will come.")
    elif product.overdue_since:
        news = tr("{} on order, overdue since {}.").replace("{}", units(product.on_order), 1)
        news = news.replace("{}", formats.day(product.overdue_since, today))
    elif product.on_order and product.on_order_expected_on:
        news = tr("{} on order, expected {}.").replace("{}", units(product.on_order), 1)
        news = news.replace("{}", formats.day(product.on_order_expected_on, today))
    else:
        news = tr("No delivery is expected yet.")
    sheet.note("backordered", heading, news)


def _buttons(commands: CommandSet, detail: ProductDetail) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 2, 0, 2)
    grid.setSpacing(6)
    tell = commands.action("inventory.tell")
    grid.addWidget(
        command_button(commands.action("inventory.receive"), "package-plus", "" if tell.isEnabled() else "primary", compact=True),
        1,
        0,
    )
    grid.addWidget(command_button(commands.action("inventory.count"), "clipboard-pen", compact=True), 1, 1)
    grid.addWidget(command_button(commands.action("inventory.edit"), "pencil"), 2, 0, 1, 2)
    if tell.isEnabled():
        told = command_button(tell, "mail", "primary")
        if all(who.told for who in detail.waiting):
            told.setEnabled(False)
            told.setToolTip(tr("Everybody who waits for it was told."))
        grid.addWidget(told, 0, 0, 1, 2)
    return holder


def _add_stock(sheet: Sheet, product: ProductRow, figures: ReorderRow | None, today: date) -> None:
    sheet.section(tr("Stock"))
    if product.tracked:
        sheet.fact(tr("On hand"), units(product.on_hand))
        sheet.fact(tr("Allocated"), units(product.allocated))
        sheet.fact(tr("Available"), units(product.available))
        sheet.fact(tr("Backordered"), units(product.backordered))
        sheet.fact(tr("Pending"), _pending(product))
        sheet.fact(tr("On order"), units(product.on_order) if product.on_order else "")
        sheet.fact(tr("Overdue since"), formats.day(product.overdue_since, today))
        sheet.fact(tr("Expected"), formats.day(product.on_order_expected_on, today))
        sheet.fact(tr("Reorder point"), "" if product.reorder_point is None else units(product.reorder_point))
        if figures is not None:
            sheet.fact(tr("Suggested reorder point"), units(figures.supply.suggested_point))
            cover = figures.supply.days_of_cover
            sheet.fact(tr("Days of cover"), "" if cover is None else counted(cover, "{} day", "{} days"))
    elif product.is_kit:
        sheet.fact(tr("Can be put together"), units(product.available))
        sheet.fact(tr("Backordered"), units(product.backordered))
        sheet.fact(tr("Pending"), _pending(product))
    sheet.fact(tr("Price"), formats.money(product.price))
    sheet.fact(tr("Cost"), formats.money(product.cost))
    sheet.fact(tr("Supplier"), " · ".join(part for part in (product.supplier, product.supplier_sku) if part))
    sheet.fact(tr("Lead time"), formats.waiting(product.lead_time_days))


def _pending(product: ProductRow) -> str:
    """What orders want that have no place in the queue yet."""
    if not product.pending:
        return ""
    why = tr("{} until it is counted") if product.status is ProductStatus.COUNT_ME else tr("{} not paid or on hold")
    return why.replace("{}", units(product.pending))


def _add_kits(sheet: Sheet, detail: ProductDetail) -> None:
    """What a kit is put together from, and which kits a product goes into."""
    for heading, products in ((tr("Put together from"), detail.parts), (tr("Goes into"), detail.kits)):
        if products:
            sheet.section(heading)
        for part in products:
            sheet.line(part.title, f"{part.quantity:,} ×", part.sku, None)


def _add_alternatives(sheet: Sheet, detail: ProductDetail) -> None:
    """What is there in plenty when this has run out."""
    if detail.instead:
        sheet.section(tr("Alike, and in plenty"))
    for other in detail.instead:
        price = money_or_none(other.price_minor, other.currency)
        below = " · ".join(part for part in (other.sku, formats.money(price)) if part)
        sheet.line(other.title, tr("{} free").replace("{}", f"{other.free:,}"), below, None)


def _add_offer(sheet: Sheet, offer: OfferRow, now: datetime, today: date, acts: ProductActs) -> None:
    """A supplier's figures; a quantity that is too old to count is said to be so."""
    below = [formats.money(offer.cost), formats.waiting(offer.lead_time_days), offer.supplier_sku]
    if offer.seen_at is not None:
        below.append(tr("seen {}").replace("{}", formats.moment(offer.seen_at, today)))
    if offer.next_on is not None:
        below.append(_expects(offer, formats.day(offer.next_on, today)))
    there = "" if offer.quantity is None else tr("has {}").replace("{}", f"{offer.quantity:,}")
    badge = badges.OLD_SUPPLY if offer.is_stale(now) else None
    line = sheet.line(offer.supplier, there, " · ".join(part for part in below if part), badge)
    name = offer.supplier
    change = button(tr("Change…"), partial(acts.change_offer, offer), kind="link", name=f"supplier.change.{name}")
    drop = button(tr("Take off"), partial(acts.drop_offer, offer), kind="link", name=f"supplier.drop.{name}")
    line.add_small_buttons([change, drop])


def _expects(offer: OfferRow, day: str) -> str:
    """When a supplier gets more themselves, and how many where they say so."""
    if not offer.next_units:
        return tr("expects more {}").replace("{}", day)
    return tr("expects {} {}").replace("{}", f"{offer.next_units:,}", 1).replace("{}", day)


def _add_waiting(sheet: Sheet, place: int, who: WaitingRow, today: date, show_order: Callable[[int], None]) -> None:
    amount = tr("{} of {} short").replace("{}", str(who.backordered), 1).replace("{}", str(who.ordered))
    below = tr("order {}, placed {}").replace("{}", who.order_number, 1).replace("{}", formats.day(who.placed_on, today))
    badge = badges.TOLD if who.told else badges.NOT_TOLD
    sheet.line(f"{place}. {who.customer}", amount, below, badge, highlighted=True, act=lambda: show_order(who.order_id))


def _add_movement(sheet: Sheet, movement: MovementRow, today: date) -> None:
    sign = "+" if movement.quantity > 0 else "−"
    below = " · ".join(part for part in (formats.moment(movement.at, today), movement.reason) if part)
    sheet.line(movement.summary, f"{sign}{abs(movement.quantity):,}", below, None)
