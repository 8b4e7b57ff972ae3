"""A later file about orders the shop knows: paid, shipped, canceled, corrected. What the file does not say stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from orderdesk.domain.coupons import names_code
from orderdesk.domain.errors import OrderDeskError
from orderdesk.domain.orders import Order, OrderLine, PaidStatus
from orderdesk.domain.shop import ShopProfile
from orderdesk.exchange.records import LineRecord, OrderRecord, SkippedRow, minor_units
from orderdesk.services.import_moments import canceled_on, is_paid, paid_moment
from orderdesk.services.import_results import Tally
from orderdesk.storage import bulk
from orderdesk.storage.instants import parse_day, parse_instant
from orderdesk.storage.queries.kits import counted_units
from orderdesk.storage.transaction import Transaction

ProductIds = Mapping[tuple[str, str], int]
_ADDRESS = ("name", "company", "line1", "line2", "city", "region", "postal_code", "country")
_COMPARED = (
    *("currency", "external_id", "paid", "ship_by", "hold", "hold_reason", "priority", "ship_policy", "on_credit", "canceled_on"),
    *("coupon_codes", "shipping_minor", "tax_minor", "discount_minor", "stated_total_minor"),
    *("buyer_name", "email", "phone", "username", "note", "tags", *(f"ship_{part}" for part in _ADDRESS)),
)


class _Line(Protocol):
    """What tells one line of an order from another."""

    @property
    def line_id(self) -> str: ...
    @property
    def position(self) -> int: ...
    @property
    def sku(self) -> str: ...
    @property
    def title(self) -> str: ...


Known = TypeVar("Known", bound=_Line)


def update_orders(
    transaction: Transaction, records: Sequence[tuple[int, OrderRecord]], products: ProductIds, profile: ShopProfile, tally: Tally
) -> None:
    """Bring known orders (id, record) up to date; those that already say the same are left untouched."""
    ids = [order_id for order_id, _ in records]
    rows = bulk.rows_by_id(transaction.view, "orders", _COMPARED, ids)
    lines = bulk.lines_of(transaction.view, ids)
    taken_off = bulk.taken_off(transaction.view, ids)
    for order_id, record in records:
        record.currency = rows[order_id]["currency"]
        news = _news(record, rows[order_id], taken_off.get(order_id, []))
        line_news = _lines_differ(record, lines.get(order_id, []))
        if not news and not line_news:
            tally.unchanged += 1
            continue
        try:
            with transaction.savepoint():
                _update(transaction, transaction.order(order_id), record, news, products, profile, tally)
            tally.changed += 1
        except OrderDeskError as error:
            tally.skipped.append(
                SkippedRow(record.row, "", f"order {record.order_number} stays as it was: {error} {error.remedy}".strip())
            )


def _news(record: OrderRecord, known: Mapping[str, Any], taken_off: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """The facts of the order that the file knows and that differ from the shop's."""
    currency = record.currency or ""
    to = record.ship_to
    said = {
        "external_id": record.external_id,
        "paid": 1 if is_paid(record) else None,
        "ship_by": record.ship_by and record.ship_by.isoformat(),
        "hold": 1 if record.paid_status == PaidStatus.REFUNDED else None if record.hold is None else int(record.hold),
        "hold_reason": "Refunded" if record.paid_status == PaidStatus.REFUNDED else "",
        "priority": record.priority,
        "ship_policy": record.ship_policy,
        "on_credit": None if record.on_credit is None else int(record.on_credit),
        "stated_total_minor": minor_units(record.total, currency),
        "shipping_minor": minor_units(record.shipping, currency),
        "tax_minor": minor_units(record.tax, currency),
        "discount_minor": _discount(record, known["coupon_codes"], taken_off),
        "coupon_codes": record.coupon,
        "canceled_on": "canceled" if record.canceled and known["canceled_on"] is None else None,
        "buyer_name": record.buyer_name,
        "email": record.email,
        "phone": record.phone,
        "username": record.buyer_username,
        **{f"ship_{part}": getattr(to, part) for part in _ADDRESS},
        "note": record.note,
        "tags": record.tags,
    }
    return {name: value for name, value in said.items() if value not in (None, "") and value != known[name]}


def _discount(record: OrderRecord, known_codes: str, taken_off: Sequence[tuple[str, int]]) -> int | None:
    """The file's discount, and what the shop's coupons took off that the channel knows nothing of."""
    said = minor_units(record.discount, record.currency or "")
    if said is None:
        return None
    return said + sum(minor for code, minor in taken_off if not names_code(f"{record.coupon} {known_codes}", code))


def _matched(said: Sequence[LineRecord], known: Sequence[Known]) -> list[tuple[LineRecord, Known | None]]:
    """Each line of the file with the shop's: by the channel's line id, else by product, where several have it by place."""
    left = list(known)
    pairs: list[tuple[LineRecord, Known | None]] = []
    for line in said:
        if line.line_id:
            same = [each for each in left if each.line_id == line.line_id]
        else:
            same = [each for each in left if each.sku == line.sku and (line.sku or each.title == line.title)]
        found = min(same, key=lambda each: abs(each.position - line.ordinal), default=None)
        if found is not None:
            left.remove(found)
        pairs.append((line, found))
    return pairs


def _lines_differ(record: OrderRecord, known: Sequence[bulk.KnownLine]) -> bool:
    return any(mine is None or _line_differs(line, record, mine) for line, mine in _matched(record.lines, known))


def _line_differs(line: LineRecord, record: OrderRecord, known: bulk.KnownLine) -> bool:
    said_price = minor_units(line.unit_price, record.currency or "")
    return (
        line.quantity != known.ordered
        or (line.shipped or 0) > known.shipped
        or (line.canceled or 0) > known.canceled
        or (said_price is not None and said_price != known.unit_price_minor)
    )


def _update(
    transaction: Transaction,
    order: Order,
    record: OrderRecord,
    news: Mapping[str, Any],
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
    for said, line in _matched(record.lines, list(order.lines)):
        if line is None:
            order.lines.append(_new_line(order, said, record, products))
        else:
            _update_line(transaction, line, said, record, tally)
    if "canceled_on" in news:
        order.canceled_on = canceled_on(record, profile, transaction.at)
        for line in order.lines:
            if line.open:
                line.cancel(line.open, line.title)


def _update_line(transaction: Transaction, line: OrderLine, said: LineRecord, record: OrderRecord, tally: Tally) -> None:
    price = minor_units(said.unit_price, record.currency or "")
    if price is not None:
        line.unit_price_minor = price
    if said.quantity != line.ordered:
        line.change_ordered(said.quantity, line.title)
    newly_canceled = (said.canceled or 0) - line.canceled
    if newly_canceled > 0:
        line.cancel(newly_canceled, line.title)
    newly_shipped = (said.shipped or 0) - line.shipped
    if newly_shipped > 0:
        _ship(transaction, line, newly_shipped, record, tally)


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
