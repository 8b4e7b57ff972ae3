"""A later file about orders the shop knows: paid, shipped, canceled, corrected. What the file does not say stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

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
from orderdesk.storage import bulk
from orderdesk.storage.instants import parse_day, parse_instant
from orderdesk.storage.nobody import is_erased, open_for_nobody
from orderdesk.storage.queries.kits import counted_units
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View

ProductIds = Mapping[tuple[str, str], int]

# So many orders are held at a time, however many the file has.
_AT_A_TIME = 500


class _OrderNews(NamedTuple):
    """What a file says of a known order that is news."""

    order_id: int
    record: OrderRecord
    facts: Facts
    lines: Sequence[LineNews]


class _Sent(NamedTuple):
    """Units of a line that went out, as its channel says."""

    line: OrderLine
    quantity: int
    record: OrderRecord


def update_orders(
    transaction: Transaction, records: Sequence[tuple[int, OrderRecord]], products: ProductIds, profile: ShopProfile, tally: Tally
) -> None:
    """Bring known orders (id, record) up to date; those that already say the same are left untouched."""
    known = known_orders(transaction.view, [order_id for order_id, _ in records])
    news = [_news(transaction.view, record, known[order_id]) for order_id, record in records]
    changing = [each for each in news if each.facts or each.lines]
    tally.unchanged += len(news) - len(changing)
    before = standings(transaction.view, [each.order_id for each in changing])
    for start in range(0, len(changing), _AT_A_TIME):
        _update(transaction, changing[start : start + _AT_A_TIME], products, profile, tally)
    settle_elsewhere(transaction, before)


def _news(view: View, record: OrderRecord, known: KnownOrder) -> _OrderNews:
    record.currency = known.facts["currency"]
    return _OrderNews(known.id, record, order_news(view, record, known), line_news(view, record, known))


def _update(
    transaction: Transaction, news: Sequence[_OrderNews], products: ProductIds, profile: ShopProfile, tally: Tally
) -> None:
    """Asked for and written together, as one by one takes four times as long; what can't be done is refused before that."""
    orders = transaction.orders([each.order_id for each in news])
    sent: list[_Sent] = []
    for each in news:
        order = orders[each.order_id]
        was_over = order.is_over
        try:
            sent += _change_for_somebody(transaction.view, order, each, products, profile)
        except OrderDeskError as error:
            transaction.forget(order)
            tally.skipped.append(_stays(each.record, error))
            continue
        tally.changed += 1
        if "canceled_on" in each.facts:
            _cancel(transaction, order, each.record, profile)
        elif not was_over:
            close_if_empty(transaction, order)
    _take_off_shelf(transaction, sent, tally)


def _stays(record: OrderRecord, error: OrderDeskError) -> SkippedRow:
    return SkippedRow(record.row, "", f"order {record.order_number} stays as it was: {error} {error.remedy}".strip())


def _change_for_somebody(view: View, order: Order, news: _OrderNews, products: ProductIds, profile: ShopProfile) -> list[_Sent]:
    """As below, but nothing more is left to ship to a customer who was erased: this order alone is refused then."""
    before = {line: line.open for line in order.lines}
    sent = _change(order, news, products, profile)
    opened = any(line.open > before.get(line, 0) for line in order.lines)
    if opened and is_erased(view.record("customer", order.customer_id)["name"]):
        raise open_for_nobody(order.order_number)
    return sent


def _change(order: Order, news: _OrderNews, products: ProductIds, profile: ShopProfile) -> list[_Sent]:
    """Make the order as the file says, but for an end of all of it; what has left by that. Raises TooManyError.

    Nothing is written yet, so that an order that is refused can be forgotten.
    """
    facts, record = news.facts, news.record
    for name, value in facts.items():
        if name not in ("paid", "canceled_on", "ship_by", "hold", "on_credit"):
            setattr(order, name, value)
    order.hold = bool(facts.get("hold", order.hold))
    order.on_credit = bool(facts.get("on_credit", order.on_credit))
    if "ship_by" in facts:
        order.ship_by = record.ship_by
    if "paid" in facts:
        paid_on, paid_at = paid_moment(record, profile)
        order.paid, order.paid_on = True, parse_day(paid_on)
        order.paid_at = parse_instant(paid_at) if paid_at else None
    return _change_lines(order, news, products)


def _change_lines(order: Order, news: _OrderNews, products: ProductIds) -> list[_Sent]:
    known, sent = {line.id: line for line in order.lines}, list[_Sent]()
    for each in news.lines:
        if each.id is None:
            order.lines.append(_new_line(order, each.said, news.record, products))
        else:
            quantity = _change_line(known[each.id], each.facts)
            sent.append(_Sent(known[each.id], quantity, news.record))
    return [each for each in sent if each.quantity]


def _change_line(line: OrderLine, facts: Facts) -> int:
    """Make the line as the file says; how many units have left by that."""
    line.line_id = facts.get("line_id", line.line_id)
    line.unit_price_minor = facts.get("unit_price_minor", line.unit_price_minor)
    if "ordered" in facts:
        line.change_ordered(facts["ordered"], line.title)
    if "canceled" in facts:
        line.cancel(facts["canceled"] - line.canceled, line.title)
    sent: int = facts.get("shipped", line.shipped) - line.shipped
    if sent:
        line.record_shipped(sent, line.title)
    return sent


def _cancel(transaction: Transaction, order: Order, record: OrderRecord, profile: ShopProfile) -> None:
    order.canceled_on = canceled_on(record, profile, transaction.at)
    for line in order.lines:
        if line.open:
            line.cancel(line.open, line.title)
    give_back(transaction, order)


def _take_off_shelf(transaction: Transaction, sent: Sequence[_Sent], tally: Tally) -> None:
    """What the channel says went out leaves the shelf, even where the shop had not given it to that order."""
    for line, quantity, record in sent:
        units = dict(counted_units(transaction.view, line.product_id))
        shelf = bulk.rows_by_id(transaction.view, "product", ("title", "stock_known", "on_hand"), units)
        for product_id, each in units.items():
            product, left = shelf[product_id], quantity * each
            if not product["stock_known"]:
                continue
            taken = min(left, product["on_hand"])
            if taken:
                transaction.move_stock(product_id, "shipped", -taken, order_line_id=line.id)
            if taken < left:
                short = f"order {record.order_number} shipped {left} of {product['title']}, but only {taken} were on hand"
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
