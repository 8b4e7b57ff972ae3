"""The whole shop, table by table, for the exports: dictionaries of plain values under the names of the files' columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orderdesk.domain.money import Money
from orderdesk.storage.view import View

Row = dict[str, Any]

_PRODUCTS = """
SELECT sku, title, CASE WHEN stock_known THEN on_hand END AS on_hand, price_minor AS price, cost_minor AS cost, currency, reorder_point,
    safety_stock, supplier, supplier_sku, lead_time_days, on_order, on_order_expected_on, discontinued, barcode, tracked,
    coalesce((SELECT group_concat(k.quantity || ' x ' || coalesce(nullif(part.sku, ''), part.title), '; ')
        FROM kit_part k JOIN product part ON part.id = k.part_id WHERE k.kit_id = p.id), '') AS parts
FROM product p ORDER BY id
"""
_OWN_ID = "coalesce(nullif(c.customer_id, ''), 'OD' || c.id)"
_CUSTOMERS = f"""
SELECT {_OWN_ID} AS customer_id, name, email, phone, username, company, line1, line2, city, region, postal_code, country, language, note
FROM customer c ORDER BY c.id
"""
_ORDERS = f"""
SELECT o.order_number, o.channel, o.placed_on, o.placed_at, o.placed_printed, o.paid, o.paid_on, o.paid_at, o.ship_by, o.hold, o.priority,
    o.ship_policy, o.on_credit, o.currency, o.shipping_minor AS shipping, o.tax_minor AS tax, o.discount_minor AS discount, o.total_minor AS total,
    o.coupon_codes, {_OWN_ID} AS customer_id, coalesce(nullif(o.buyer_name, ''), c.name) AS customer_name, o.email, o.phone, o.username,
    o.ship_name, o.ship_company, o.ship_line1, o.ship_line2, o.ship_city, o.ship_region, o.ship_postal_code, o.ship_country,
    l.line_id, l.sku, l.title, l.ordered AS quantity, l.unit_price_minor AS unit_price, l.shipped, l.canceled, o.note, o.tags
FROM orders o JOIN customer c ON c.id = o.customer_id JOIN order_line l ON l.order_id = o.id ORDER BY o.id, l.position
"""
_LISTINGS = """
SELECT t.listing_id, t.channel, p.sku, t.format, t.quantity, t.bids, t.price_minor AS price, t.currency, t.ends_at, p.title,
    t.ended_at, t.ended_why
FROM listing t JOIN product p ON p.id = t.product_id ORDER BY t.id
"""
_COUPONS = """
SELECT c.code, c.kind, c.value_minor AS value, c.rate, c.gift, c.currency, c.balance_minor AS balance,
    c.minimum_order_minor AS minimum_order, c.status, c.issued_at, c.valid_through,
    c.void_reason, cu.name AS customer FROM coupon c JOIN customer cu ON cu.id = c.customer_id ORDER BY c.id
"""
_NOTICES = """
SELECT n.id AS notice, n.kind, cu.name AS customer, n.reserved_at AS prepared_at, n.told_at, n.told_by, n.voided_at, o.order_number, l.sku, l.title,
    nl.quantity, nl.new_date, nl.silence, nl.answer_by, nl.refund_by, k.code AS coupon_code
FROM notice n JOIN customer cu ON cu.id = n.customer_id JOIN notice_line nl ON nl.notice_id = n.id JOIN order_line l ON l.id = nl.order_line_id
JOIN orders o ON o.id = l.order_id LEFT JOIN coupon k ON k.notice_id = n.id ORDER BY n.id, nl.id
"""
_HISTORY = "SELECT id AS event, at, kind, summary, undone_by IS NOT NULL AS undone FROM event ORDER BY id"
_MONEY = ("price", "cost", "shipping", "tax", "discount", "total", "unit_price", "value", "balance", "minimum_order")

KINDS = {
    "products": _PRODUCTS,
    "customers": _CUSTOMERS,
    "orders": _ORDERS,
    "listings": _LISTINGS,
    "coupons": _COUPONS,
    "notices": _NOTICES,
    "history": _HISTORY,
}


def exported(view: View, kind: str) -> Iterator[Row]:
    """Every row of a kind (one of KINDS); money as decimals in whole units, None is unknown."""
    cursor = view.connection.execute(KINDS[kind])
    columns = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(columns, values, strict=True))
        currency = row.get("currency") or "USD"
        for name in _MONEY:
            if row.get(name) is not None:
                row[name] = Money(row[name], currency).amount
        yield row


def columns(view: View, kind: str) -> list[str]:
    """The columns of a kind that is exported for reading only."""
    return [column[0] for column in view.connection.execute(f"{KINDS[kind]} LIMIT 0").description]
