"""The lines of an order typed in by hand: new, changed, taken off, given as a gift."""

from __future__ import annotations

from itertools import count

from orderdesk.domain.errors import InvalidValueError, RefusedError
from orderdesk.domain.money import TOO_MUCH, Money
from orderdesk.domain.orders import Order, OrderLine, StandIn
from orderdesk.domain.products import Product
from orderdesk.services.drafts import LineDraft
from orderdesk.services.used_coupons import require_not_given_back
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.lookup import OrderedProduct
from orderdesk.storage.transaction import Transaction


def add_gift(transaction: Transaction, order: Order, gift: str) -> None:
    """Add one unit free of charge to an order, within a step: of the product with that SKU or title, else of a new one."""
    product_id = lookup.product_called(transaction.view, gift)
    if product_id is None:
        product_id = transaction.add(Product("", gift, currency=order.currency))
    draft = LineDraft(product_id=product_id, unit_price="0")
    order.lines.append(new_line(transaction, draft, _next_position(order), order.currency))


def stand_in(
    transaction: Transaction, line: OrderLine, product: OrderedProduct, units: int, price_minor: int | None, kind: StandIn
) -> None:
    """Add a line to the order that stands in for units of another one; without a price, at the lower of the two."""
    order = transaction.order(line.order_id)
    if price_minor is None:
        known = product.price_minor if product.currency == order.currency else None
        price_minor = min((each for each in (line.unit_price_minor, known) if each is not None), default=None)
    other = OrderLine(_next_position(order), product.id, product.sku, product.title, units, price_minor)
    other.replaces_id, other.stand_in = line.id, kind
    order.lines.append(other)
    order.canceled_on = None  # something of it is wanted again
    require_amounts(order)


def _next_position(order: Order) -> int:
    return max((line.position for line in order.lines), default=0) + 1


def edit_lines(transaction: Transaction, order: Order, drafts: list[LineDraft]) -> None:
    """Make the order's lines those of the forms.

    Raises RefusedError for one taken off that has shipped or that a letter speaks of, and for other units of one that stands in.
    """
    kept = {draft.line_id: draft for draft in drafts if draft.line_id is not None}
    was_over = order.is_over
    free = count(_next_position(order))  # lines are put in before others are taken off: no two are ever in one place
    for line in list(order.lines):
        draft = kept.get(line.id)
        if draft is None:
            _take_off(transaction, order, line)
        else:
            _edit_line(line, draft, order.currency)
    for draft in drafts:
        if draft.line_id is None:
            order.lines.append(new_line(transaction, draft, next(free), order.currency))
    if was_over and not order.is_over:
        require_not_given_back(transaction.view, order)
        order.canceled_on = None  # something of it is wanted again


def _take_off(transaction: Transaction, order: Order, line: OrderLine) -> None:
    if line.shipped:
        raise RefusedError(f"{line.title} can't be taken off: {line.shipped} of it have shipped.", "Cancel what is still open.")
    if lookup.letter_names_line(transaction.view, line.id):
        raise RefusedError(f"{line.title} can't be taken off: a letter speaks of it.", "Cancel the line instead.")
    if lookup.was_bought_for(transaction.view, line.id):
        raise RefusedError(f"{line.title} can't be taken off: units were bought for it.", "Cancel the line instead.")
    if lookup.is_linked(transaction.view, line.id):
        raise RefusedError(f"{line.title} can't be taken off: it stands in for another line.", "Cancel the line instead.")
    order.lines.remove(line)


def _edit_line(line: OrderLine, draft: LineDraft, currency: str) -> None:
    draft.currency = currency
    quantity, price = draft.value("quantity"), draft.value("unit_price")
    _require_as_agreed(line, quantity, price)
    line.title = draft.value("title") or line.title
    line.unit_price_minor = price
    line.ship_policy = draft.value("ship_policy")
    if quantity != line.ordered:
        line.change_ordered(quantity, line.title)


def _require_as_agreed(line: OrderLine, quantity: int, price_minor: int | None) -> None:
    """Raise RefusedError for other units or another price of what stands in for something: its money has paid for just these."""
    if line.stand_in and (quantity != line.ordered or line.unit_price_minor not in (None, price_minor)):
        raise RefusedError(
            f"{line.title} goes out in place of something else: its units and its price stay.",
            "Cancel units of it, or add a line for more.",
        )


def new_line(transaction: Transaction, draft: LineDraft, position: int, currency: str) -> OrderLine:
    """A line for an order; a SKU or title that is new makes a product. Raises InvalidValueError."""
    draft.currency = currency
    quantity = draft.value("quantity")
    if not quantity:
        raise InvalidValueError("quantity", draft.quantity, "a whole number of 1 or more")
    product = product_for(transaction, draft, currency)
    title, price = draft.value("title"), draft.value("unit_price")
    if draft.product_id is None and not draft.value("sku"):  # typed out: as when it is chosen, with its title and price
        title = product.title
        price = product.price_minor if price is None and product.currency == currency else price
    return OrderLine(
        position=position,
        product_id=product.id,
        sku=product.sku,
        title=title or product.title,
        ordered=quantity,
        unit_price_minor=price,
        ship_policy=draft.value("ship_policy"),
    )


def product_for(transaction: Transaction, draft: LineDraft, currency: str) -> OrderedProduct:
    """The product that the form names, without SKU as a person typed it; a SKU or title that is new makes one."""
    if draft.product_id is not None:
        return lookup.ordered_product(transaction.view, draft.product_id)
    sku, title = draft.value("sku"), draft.value("title")
    if not sku and not title:
        raise InvalidValueError("product", "", "a SKU or a title")
    known = lookup.product_named(transaction.view, sku, title) if sku else lookup.product_typed(transaction.view, title)
    if known is None:
        known = transaction.add(Product(sku, title or sku, price_minor=draft.value("unit_price"), currency=currency))
    return lookup.ordered_product(transaction.view, known)


def require_amounts(order: Order, before: int | None = None) -> None:
    """Raise RefusedError for an order that comes to too much to be added up, InvalidValueError for a discount beyond all of it.

    `before` is what it came to: one that came in with such a discount may be edited all the same.
    """
    lines = sum(line.ordered * (line.unit_price_minor or 0) for line in order.lines)
    whole = Money(lines + (order.shipping_minor or 0) + (order.tax_minor or 0), order.currency)
    if whole.amount >= TOO_MUCH:
        raise RefusedError(
            f"Order {order.order_number} would come to {whole}.", f"An order comes to less than {TOO_MUCH:,}: check its lines."
        )
    to_pay = order.to_pay_minor
    if to_pay is not None and to_pay < min(0, before or 0):
        discount = Money(order.discount_minor or 0, order.currency)
        raise InvalidValueError("discount", str(discount.amount), "no more than the order's goods, shipping and tax")


def require_lines(order: Order) -> None:
    """Raise RefusedError for an order without any."""
    if not order.lines:
        raise RefusedError("An order needs at least one line.", "Add a product to it.")
