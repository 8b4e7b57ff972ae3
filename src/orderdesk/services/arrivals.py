"""Units that come in: onto the shelf, off what is on order, and firm for the line they were bought for."""

from __future__ import annotations

from collections.abc import Collection

from orderdesk.domain.products import Product
from orderdesk.domain.purchases import PurchaseLine, PurchaseOrder
from orderdesk.services.kits import require_own_stock
from orderdesk.storage.queries.purchases import open_purchases_of
from orderdesk.storage.transaction import Transaction


def take_in(
    transaction: Transaction, product_id: int, quantity: int, lines: Collection[PurchaseLine]
) -> list[tuple[PurchaseLine, int]]:
    """Put the units on the shelf; as many as these lines of purchase orders await fill them, in their order.

    Returns the lines that got some, with how many. What was bought for a customer's line and is none of these stays on order.
    Raises RefusedError for a kit.
    """
    require_own_stock(transaction, product_id)
    product = transaction.product(product_id)
    product.stock_known = True
    others = (line for line in _under_way(transaction, product_id) if line.order_line_id is not None and line not in lines)
    product.take_off_order(min(quantity, max(0, product.on_order - sum(line.open for line in others))))
    transaction.move_stock(product_id, "received", quantity)
    booked = []
    for line in lines:
        units = min(quantity, line.open)
        if units:
            line.receive(units, product.title)
            _keep_for_its_line(transaction, line, units)
            quantity -= units
            booked.append((line, units))
    expect_deliveries(transaction, product)
    return booked


def expect_deliveries(transaction: Transaction, product: Product, *sent: PurchaseOrder) -> None:
    """Let the product be expected when what is still under way is, the purchase orders just `sent` among it."""
    under_way = {*sent, *(transaction.purchase(key) for key in open_purchases_of(transaction.view, product.id))}
    lines = [(line, purchase.expected_on) for purchase in under_way for line in purchase.lines if line.product_id == product.id]
    product.expect([(line.open, day) for line, day in lines if line.open])


def awaited_lines(transaction: Transaction, product_id: int) -> list[PurchaseLine]:
    """The lines of purchase orders that await units of the product for the shelf, the earliest expected first."""
    return [line for line in _under_way(transaction, product_id) if line.order_line_id is None]


def _under_way(transaction: Transaction, product_id: int) -> list[PurchaseLine]:
    purchases = (transaction.purchase(key) for key in open_purchases_of(transaction.view, product_id))
    return [line for purchase in purchases for line in purchase.lines if line.product_id == product_id and line.open]


def _keep_for_its_line(transaction: Transaction, line: PurchaseLine, units: int) -> None:
    """What was bought for a customer's line is theirs, whoever is ahead in the queue, as far as they still want it."""
    if line.order_line_id is not None:
        wanting = transaction.order_line(line.order_line_id)
        wanting.firm = min(wanting.wanted, wanting.firm + units)
