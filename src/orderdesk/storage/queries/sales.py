"""What products sold of late: the rate that reorder points, days of cover and listings are judged by."""

from __future__ import annotations

from datetime import date, timedelta

# How far back the rate of sales looks, today among the days.
RATE_DAYS = 30

# What was returned still was sold, and so was what went out in kits. An order is of the day that it shows; its instant lies a day
# before that at the most, and has the index.
_SOLD = """
WITH wanted AS ({wanted}), sale AS MATERIALIZED (
    SELECT l.product_id, sum(l.ordered - l.canceled) AS units FROM {lines}
    WHERE o.placed_at >= date(:rated_since, '-1 day') AND o.placed_on >= :rated_since GROUP BY l.product_id)
SELECT product_id, sum(units) AS sold FROM (
    SELECT product_id, units FROM sale
    UNION ALL SELECT k.part_id, s.units * k.quantity FROM sale s CROSS JOIN kit_part k ON k.kit_id = s.product_id)
GROUP BY product_id
"""
# (product_id, sold) of every product that sold, by the orders of these days.
SOLD = _SOLD.format(wanted="SELECT NULL", lines="orders o CROSS JOIN order_line l ON l.order_id = o.id")
# The same of the products `:ids`, by their own lines and those of the kits that they go into. Of others it says nothing right.
SOLD_OF_IDS = _SOLD.format(
    wanted="""SELECT j.value AS id FROM json_each(:ids) j
    UNION SELECT k.kit_id FROM json_each(:ids) j CROSS JOIN kit_part k ON k.part_id = j.value""",
    lines="wanted w CROSS JOIN order_line l ON l.product_id = w.id JOIN orders o ON o.id = l.order_id",
)


def rated_since(today: date) -> str:
    """The first of the days that the rate looks at, as `:rated_since` wants it."""
    return (today - timedelta(days=RATE_DAYS - 1)).isoformat()
