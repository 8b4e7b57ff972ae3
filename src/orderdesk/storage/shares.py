"""What each line gets: the queues of the products that a step touched, and what the rules give out along them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.allocation import Demand, Reallocation, allocate, allocate_together, over_allocated

# Whether a product's lines compete for stock: it is counted, or needs none; of a kit, every part.
IS_COUNTED = """coalesce((SELECT min(max(part.stock_known, 1 - part.tracked)) FROM kit_part k JOIN product part ON part.id = k.part_id
        WHERE k.kit_id = p.id), max(p.stock_known, 1 - p.tracked))"""

# The queue: priority first, then paid at, else placed at, then the order number as people count.
# Under the policy "ship_by" the promised day comes before the date of payment.
QUEUE_KEY = """printf('%03d|', 999 - o.priority)
        || CASE (SELECT queue FROM shop) WHEN 'ship_by' THEN coalesce(o.ship_by, '9999-12-31') ELSE '' END
        || '|' || coalesce(o.paid_at, o.placed_at) || '|' || o.number_key"""

# What open lines of kits take of a product.
IN_KITS = """FROM kit_part k JOIN order_line kl INDEXED BY ix_order_line_queue ON kl.product_id = k.kit_id
        AND kl.ordered > kl.canceled + kl.shipped AND kl.eligible = 1 WHERE k.part_id = p.id"""
_SHELVES = "SELECT p.id, p.on_hand, p.tracked FROM touched_product t CROSS JOIN product p ON p.id = t.id"
# The product comes first and the columns of a Demand after it, and no others: there may be a million rows.
_QUEUES = """
SELECT t.id, l.id, l.wanted, l.firm, l.allocated
FROM touched_product t CROSS JOIN order_line l INDEXED BY ix_order_line_queue
    ON l.product_id = t.id AND l.ordered > l.canceled + l.shipped AND l.eligible = 1
WHERE t.id NOT IN (SELECT kit_id FROM kit_part UNION SELECT part_id FROM kit_part)
ORDER BY t.id, l.queue_key, l.position, l.id
"""
_DEMAND, _WANTED = itemgetter(slice(1, None)), itemgetter(2)
_IN_KITS = "FROM touched_product t CROSS JOIN product p ON p.id = t.id AND p.id IN (SELECT kit_id FROM kit_part UNION SELECT part_id FROM kit_part)"
_QUEUE_OF_KITS = f"""
SELECT p.id, l.id, l.wanted, l.firm, l.allocated {_IN_KITS}
CROSS JOIN order_line l ON l.product_id = p.id AND l.ordered > l.canceled + l.shipped AND l.eligible = 1
ORDER BY l.queue_key, l.position, l.id
"""


def reallocations(connection: sqlite.Connection) -> tuple[list[Reallocation], int]:
    """The lines of touched products (the temporary table `touched_product`) whose share is other than the one they have.

    And how many of the firm units are beyond what is on hand.
    """
    moved: list[Reallocation] = []
    beyond = 0
    shelves = {product: on_hand if tracked else None for product, on_hand, tracked in connection.execute(_SHELVES)}
    for product, of_product in groupby(connection.execute(_QUEUES), key=itemgetter(0)):
        on_hand, rows = shelves[product], list(of_product)
        if on_hand is None or sum(map(_WANTED, rows)) <= on_hand:  # there is enough for everyone
            moved += [Reallocation(line, allocated, wanted) for _, line, wanted, _, allocated in rows if wanted != allocated]
            continue
        queue = [Demand._make(row) for row in map(_DEMAND, rows)]
        moved += _moved(queue, allocate(on_hand, queue))
        beyond += over_allocated(on_hand, queue)
    together, lacking = _reallocations_of_kits(connection)
    return moved + together, beyond + lacking


def _reallocations_of_kits(connection: sqlite.Connection) -> tuple[list[Reallocation], int]:
    """The same for kits and their parts, in one walk along the queue."""
    family = connection.execute(f"SELECT p.id, p.on_hand, p.tracked {_IN_KITS}").fetchall()
    if not family:
        return [], 0
    on_hand = {product: units for product, units, tracked in family if tracked}
    parts: dict[int, dict[int, int]] = {product: {product: 1} for product in on_hand}
    for kit, part, quantity in connection.execute(
        f"SELECT k.kit_id, k.part_id, k.quantity {_IN_KITS} JOIN kit_part k ON k.kit_id = p.id"
    ):
        of_kit = parts.setdefault(kit, {})
        if part in on_hand:
            of_kit[part] = quantity
    queue = [(Demand(*row), parts.get(product, {})) for product, *row in connection.execute(_QUEUE_OF_KITS)]
    shares = allocate_together(on_hand, queue)
    firm = {product: sum(demand.firm * of_line.get(product, 0) for demand, of_line in queue) for product in on_hand}
    beyond = sum(max(0, units - on_hand[product]) for product, units in firm.items())
    return _moved([demand for demand, _ in queue], shares), beyond


def _moved(queue: Sequence[Demand], shares: Sequence[int]) -> list[Reallocation]:
    return [
        Reallocation(demand.line_id, demand.allocated, share)
        for demand, share in zip(queue, shares, strict=True)
        if share != demand.allocated
    ]
