"""Whether the file is sound and every invariant of the shop holds: what SQL can't forbid is looked for here."""

from __future__ import annotations

from orderdesk.storage.layout import differences
from orderdesk.storage.shares import IN_KITS, IS_COUNTED, QUEUE_KEY
from orderdesk.storage.view import View

# Each query returns one text per violation; the sentence before it says which rule is broken.
_RULES = {
    "On hand differs from the sum of its movements": """
        SELECT coalesce(nullif(p.sku, ''), p.title) FROM product p
        LEFT JOIN stock_movement m ON m.product_id = p.id GROUP BY p.id HAVING p.on_hand <> coalesce(sum(m.quantity), 0)""",
    "Movements of a product that is gone do not cancel out": """
        SELECT product_id FROM stock_movement WHERE product_id NOT IN (SELECT id FROM product)
        GROUP BY product_id HAVING sum(quantity) <> 0""",
    "Allocated differs from the sum over the lines": f"""
        SELECT coalesce(nullif(p.sku, ''), p.title) FROM product p LEFT JOIN order_line l ON l.product_id = p.id GROUP BY p.id
        HAVING p.tracked = 1 AND p.allocated <> coalesce(sum(l.allocated), 0) + coalesce((SELECT sum(kl.allocated * k.quantity) {IN_KITS}), 0)""",
    "More is allocated than is on hand": "SELECT coalesce(nullif(sku, ''), title) FROM product WHERE allocated > on_hand",
    "A line waits while stock lies idle": """
        SELECT o.order_number || ' ' || l.sku FROM order_line l JOIN orders o ON o.id = l.order_id JOIN product p ON p.id = l.product_id
        WHERE l.backordered > 0 AND NOT EXISTS (
            SELECT 1 FROM product part LEFT JOIN kit_part k ON k.kit_id = p.id AND k.part_id = part.id
            WHERE part.id IN (SELECT p.id UNION ALL SELECT part_id FROM kit_part WHERE kit_id = p.id)
            AND part.tracked = 1 AND part.on_hand - part.allocated < coalesce(k.quantity, 1))""",
    "A line is served before one that stands ahead of it": """
        WITH queue AS (
            SELECT l.order_id, l.sku, l.allocated, l.firm, sum(l.wanted - l.allocated) OVER (
                PARTITION BY l.product_id ORDER BY l.queue_key, l.position, l.id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS short_ahead
            FROM order_line l WHERE l.eligible = 1 AND l.ordered > l.canceled + l.shipped)
        SELECT o.order_number || ' ' || q.sku FROM queue q JOIN orders o ON o.id = q.order_id
        WHERE q.allocated > q.firm AND q.short_ahead > 0""",
    "A line's eligibility is not that of its order and product": f"""
        SELECT o.order_number || ' ' || l.sku FROM order_line l JOIN orders o ON o.id = l.order_id JOIN product p ON p.id = l.product_id
        WHERE l.ordered > l.canceled + l.shipped AND l.eligible <> o.paid * (1 - o.hold) * {IS_COUNTED}""",
    "A line's place in the queue is not that of its order": f"""
        SELECT o.order_number || ' ' || l.sku FROM order_line l JOIN orders o ON o.id = l.order_id
        WHERE l.ordered > l.canceled + l.shipped AND l.queue_key <> {QUEUE_KEY}""",
    "An order's sums differ from its lines": """
        SELECT o.order_number FROM orders o LEFT JOIN order_line l ON l.order_id = o.id GROUP BY o.id
        HAVING (o.open_units, o.allocated_units, o.backordered_units, o.pending_units, o.shipped_units, o.line_count) IS NOT
        (coalesce(sum(l.ordered - l.canceled - l.shipped), 0), coalesce(sum(l.allocated), 0), coalesce(sum(l.backordered), 0),
         coalesce(sum(l.pending), 0), coalesce(sum(l.shipped), 0), count(l.id))""",
    "An order has no lines": "SELECT order_number FROM orders WHERE id NOT IN (SELECT order_id FROM order_line)",
    "A backordered order has no beginning of its wait": """
        SELECT order_number FROM orders WHERE backordered_units > 0 AND backordered_since IS NULL""",
    "An order waits though nothing is short": """
        SELECT order_number FROM orders WHERE backordered_units + pending_units = 0 AND backordered_since IS NOT NULL""",
    "An order names a letter that was voided": """
        SELECT o.order_number FROM orders o JOIN notice n ON n.id = o.notice_id WHERE n.voided_at IS NOT NULL""",
    "A coupon's balance differs from its ledger": """
        SELECT c.code FROM coupon c JOIN coupon_entry e ON e.coupon_id = c.id
        WHERE c.balance_minor IS NOT NULL GROUP BY c.id HAVING c.balance_minor <> sum(e.amount_minor)""",
    "A coupon was redeemed without an entry": """
        SELECT code FROM coupon c WHERE status = 'redeemed'
        AND NOT EXISTS (SELECT 1 FROM redemption r WHERE r.coupon_id = c.id)""",
    "A coupon of another letter than its customer's": """
        SELECT c.code FROM coupon c JOIN notice n ON n.id = c.notice_id WHERE n.customer_id <> c.customer_id""",
    # A letter may speak of orders that had one together with others that had none; its coupon is for those.
    "Two coupons stand for one wait of an order": """
        WITH given AS (
            SELECT DISTINCT n.id AS notice_id, o.id AS order_id, o.order_number,
                o.backordered_since IS NOT NULL AND (n.id = o.notice_id OR n.reserved_at >= o.backordered_since) AS of_this_wait
            FROM coupon c JOIN notice n ON n.id = c.notice_id JOIN notice_line nl ON nl.notice_id = n.id
            JOIN order_line l ON l.id = nl.order_line_id JOIN orders o ON o.id = l.order_id WHERE c.status <> 'voided')
        SELECT min(g.order_number) FROM given g GROUP BY g.notice_id HAVING min(g.of_this_wait AND EXISTS (
            SELECT 1 FROM given e WHERE e.order_id = g.order_id AND e.notice_id < g.notice_id AND e.of_this_wait))""",
    "A product's sums differ from its lines": f"""
        SELECT coalesce(nullif(p.sku, ''), p.title) FROM product p
        LEFT JOIN order_line l ON l.product_id = p.id AND l.eligible = 1 AND l.ordered > l.canceled + l.shipped GROUP BY p.id
        HAVING (p.backordered, p.open_demand) IS NOT (coalesce(sum(l.backordered), 0),
            coalesce(sum(l.wanted), 0) + coalesce((SELECT sum(kl.wanted * k.quantity) {IN_KITS}), 0))""",
    "A coupon was used up and still has a balance": "SELECT code FROM coupon WHERE status = 'redeemed' AND balance_minor > 0",
    "The shop's profile was saved and is not there": """
        SELECT max(summary) FROM event WHERE kind = 'shop' AND undone_by IS NULL AND NOT EXISTS (SELECT 1 FROM shop) HAVING count(*) > 0""",
    "A step was never finished": "SELECT summary FROM event WHERE finished = 0",
    "The search does not know a product": "SELECT title FROM product WHERE id NOT IN (SELECT rowid FROM product_search)",
    "The search does not know a customer": "SELECT name FROM customer WHERE id NOT IN (SELECT rowid FROM customer_search)",
    "The search does not know an order": "SELECT order_number FROM orders WHERE id NOT IN (SELECT rowid FROM order_search)",
}


def problems(view: View) -> list[str]:
    """Every broken invariant as a sentence; none for a sound shop."""
    found = [f"The file is damaged: {row[0]}." for row in view.all("PRAGMA integrity_check(20)") if row[0] != "ok"]
    parts = differences(view.connection)
    found += parts.values()
    if any(kind in ("table", "view") for kind, _ in parts):  # what is not there can't be asked
        return found
    found += [f"A row of {row[0]} names one of {row[2]} that is not there." for row in view.all("PRAGMA foreign_key_check")]
    for sentence, sql in _RULES.items():
        found += [f"{sentence}: {row[0]}." for row in view.all(sql)]
    return found
