"""A later file about orders the shop knows: paid, shipped, canceled, corrected. What the file does not say stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from orderdesk.domain.errors import OrderDeskError
from orderdesk.domain.orders import Order, OrderLine
from orderdesk.domain.shop import ShopProfile
from orderdesk.exchange.records import LineRecord, OrderRecord, SkippedRow, minor_units
from orderdesk.services.import_moments import canceled_on, paid_moment
from orderdesk.services.import_news import Facts, KnownOrder, LineNews, known_orders, line_news, order_news
from orderdesk.services.import_results import Tally
from orderdesk.services.orders import close_if_empty
from orderdesk.services.settling import settle_elsewhere, standings
from orderdesk.services.used_coupons import give_back
from orderdesk.storage.instants import parse_day, parse_instant
from orderdesk.storage.queries.kits import counted_units
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View

ProductIds = Mapping[tuple[str, str], int]


def update_orders(
    transaction: Transaction, records: Sequence[tuple[int, OrderRecord]], products: ProductIds, profile: ShopProfile, tally: Tally
) -> None:
    """Bring known orders (id, record) up to date; those that already say the same are left untouched."""
    known = known_orders(transaction.view, [order_id for order_id, _ in records])
    told = [(order_id, record, *_news(transaction.view, record, known[order_id])) for order_id, record in records]
    changing = [each for each in told if any(each[2:])]
    tally.unchanged += len(told) - len(changing)
    before = standings(transaction.view, [order_id for order_id, *_ in changing])
    for order_id, record, news, lines in changing:
        try:
            with transaction.savepoint():
                _update(transaction, transaction.order(order_id), record, news, lines, products, profile, tally)
            tally.changed += 1
        except OrderDeskError as error:
            tally.skipped.append(
                SkippedRow(record.row, "", f"order {record.order_number} stays as it was: {error} {error.remedy}".strip())
            )
    settle_elsewhere(transaction, before)


def _news(view: View, record: OrderRecord, known: KnownOrder) -> tuple[Facts, list[LineNews]]:
    record.currency = known.facts["currency"]
    return order_news(view, record, known), line_news(view, record, known)


def _update(
    transaction: Transaction,
    order: Order,
    record: OrderRecord,
    news: Facts,
    lines: Sequence[LineNews],
    products: ProductIds,
    profile: ShopProfile,
    tally: Tally,
) -> None:
    for name, value in news.items():
        if name not in ("paid", "canceled_on", "ship_by", "hold", "on_credit"):
            setattr(order, name, value)
    order.hold = bool(news.get("hold", order.hold))
    order.on_credit = bool(news.get("on_credit", order.on_credit))
    if "ship_by" in news:
        order.ship_by = record.ship_by
    if "paid" in news:
        paid_on, paid_at = paid_moment(record, profile)
        order.paid, order.paid_on = True, parse_day(paid_on)
        order.paid_at = parse_instant(paid_at) if paid_at else None
    known, was_over = {line.id: line for line in order.lines}, order.is_over
    for each in lines:
        if each.id is None:
            order.lines.append(_new_line(order, each.said, record, products))
        else:
            _update_line(transaction, known[each.id], each.facts, record, tally)
    if "canceled_on" in news:
        _cancel(transaction, order, record, profile)
    elif not was_over:
        close_if_empty(transaction, order)


def _cancel(transaction: Transaction, order: Order, record: OrderRecord, profile: ShopProfile) -> None:
    order.canceled_on = canceled_on(record, profile, transaction.at)
    for line in order.lines:
        if line.open:
            line.cancel(line.open, line.title)
    give_back(transaction, order)


def _update_line(transaction: Transaction, line: OrderLine, news: Facts, record: OrderRecord, tally: Tally) -> None:
    line.line_id = news.get("line_id", line.line_id)
    line.unit_price_minor = news.get("unit_price_minor", line.unit_price_minor)
    if "ordered" in news:
        line.change_ordered(news["ordered"], line.title)
    if "canceled" in news:
        line.cancel(news["canceled"] - line.canceled, line.title)
    if "shipped" in news:
        _ship(transaction, line, news["shipped"] - line.shipped, record, tally)


def _ship(transaction: Transaction, line: OrderLine, quantity: int, record: OrderRecord, tally: Tally) -> None:
    """The channel says these units went out: they leave the shelf, even where the shop had not given them to this order."""
    line.record_shipped(quantity, line.title)
    for product_id, each in counted_units(transaction.view, line.product_id):
        product = transaction.product(product_id)
        if product.stock_known:
            left = quantity * each
            taken = min(left, transaction.on_hand(product_id))
            if taken:
                transaction.move_stock(product_id, "shipped", -taken, order_line_id=line.id)
            if taken < left:
                short = f"order {record.order_number} shipped {left} of {product.title}, but only {taken} were on hand"
                tally.notes.append(f"Row {record.row}: {short}; count it.")


def _new_line(order: Order, said: LineRecord, record: OrderRecord, products: ProductIds) -> OrderLine:
    return OrderLine(
        position=max(line.position for line in order.lines) + 1,
        product_id=products[(said.sku, "") if said.sku else ("", said.title)],
        sku=said.sku,
        title=said.title or said.sku,
        ordered=said.quantity,
        unit_price_minor=minor_units(said.unit_price, record.currency or ""),
        shipped=said.shipped or 0,
        canceled=said.canceled or 0,
        line_id=said.line_id,
    )
