"""Who bought what: customers, their orders, and the parcels and refunds that went out to them."""

from __future__ import annotations

from sqlalchemy import Column, Computed, Index, Integer, Text, text

from orderdesk.domain.shop import ADDRESS_PARTS
from orderdesk.storage.parts import DERIVED, currency, day, instant, one_of, refers, row_id, rule, table, units, words, yes_no

customer = table(
    "customer",
    row_id(),
    words("customer_id"),
    *(words(name) for name in ("name", "email", "phone", "username", "company", "line1", "line2")),
    *(words(name) for name in ("city", "region", "postal_code", "country", "language", "note")),
    Index("uq_customer_customer_id", "customer_id", unique=True, sqlite_where=text("customer_id <> ''")),
)

# Whether a customer wants to hear of offers; letters about their own orders need no such consent, and go by none.
marketing_consent = table(
    "marketing_consent",
    row_id(),
    refers("customer_id", "customer", unique=True),
    instant("given_at", nullable=False),
    instant("withdrawn_at"),
)

customer_key = table(
    "customer_key",
    row_id(),
    Column("key", Text, nullable=False, unique=True),
    refers("customer_id", "customer", index=True),
)

orders = table(
    "orders",
    row_id(),
    Column("channel", Text, nullable=False),
    Column("order_number", Text, nullable=False),
    refers("customer_id", "customer", index=True),
    day("placed_on", nullable=False),
    instant("placed_at", nullable=False),
    currency(),
    words("placed_printed"),
    words("external_id"),
    yes_no("paid"),
    yes_no("on_credit"),
    day("paid_on"),
    instant("paid_at"),
    day("ship_by"),
    yes_no("hold"),
    words("hold_reason"),
    units("priority"),
    Column("ship_policy", Text, nullable=False, server_default="partial"),
    *(Column(name, Integer) for name in ("shipping_minor", "tax_minor", "discount_minor", "stated_total_minor")),
    words("coupon_codes"),
    day("canceled_on"),
    *(words(name) for name in ("buyer_name", "email", "phone", "username")),
    *(words(f"ship_{part}") for part in ADDRESS_PARTS),
    words("note"),
    words("number_key"),
    instant("backordered_since"),
    refers("notice_id", "notice", nullable=True),
    instant("told_at"),
    *(units(f"{name}_units", derived=True) for name in ("open", "allocated", "backordered", "pending", "shipped")),
    units("line_count", derived=True),
    units("backordered_lines", derived=True),
    Column("total_minor", Integer, info=DERIVED),
    Column(
        "status",
        Text,
        Computed(
            "CASE WHEN open_units = 0 THEN CASE WHEN shipped_units > 0 THEN 'shipped' ELSE 'canceled' END "
            "WHEN paid = 0 THEN 'awaiting_payment' WHEN hold = 1 THEN 'on_hold' "
            "WHEN backordered_units + pending_units = 0 THEN iif(allocated_units = 0, 'awaiting_supplier', 'ready') "
            "WHEN allocated_units > 0 AND ship_policy = 'partial' THEN 'partly_ready' "
            "WHEN backordered_units > 0 THEN 'backordered' ELSE 'pending' END",
            persisted=False,
        ),
        info=DERIVED,
    ),
    words("tags"),
    # By how much less the order comes to than was paid, as it was edited since; below zero to more.
    Column("lowered_minor", Integer, nullable=False, server_default="0"),
    one_of("ship_policy", "partial", "complete", "cancel_remainder"),
    rule("priority", "priority BETWEEN 0 AND 999"),
    Index("uq_orders_channel_order_number", "channel", "order_number", unique=True),
    Index("ix_orders_newest", text("placed_at DESC"), text("id DESC")),
    Index("ix_orders_status", "status", text("placed_at DESC"), text("id DESC")),
    Index("ix_orders_lowered", "id", sqlite_where=text("lowered_minor > 0")),
    Index("ix_orders_backordered", text("placed_at DESC"), text("id DESC"), sqlite_where=text("backordered_units > 0")),
)

order_line = table(
    "order_line",
    row_id(),
    refers("order_id", "orders"),
    Column("position", Integer, nullable=False),
    words("line_id"),
    refers("product_id", "product"),
    words("sku"),
    Column("title", Text, nullable=False),
    Column("ordered", Integer, nullable=False),
    Column("unit_price_minor", Integer, rule("unit_price", "unit_price_minor >= 0")),
    *(units(name) for name in ("shipped", "canceled", "returned", "drop_ship", "firm")),
    units("allocated", derived=True),
    yes_no("eligible", derived=True),
    Column("queue_key", Text, nullable=False, server_default="", info=DERIVED),
    Column("wanted", Integer, Computed("ordered - canceled - shipped - drop_ship", persisted=False), info=DERIVED),
    Column(
        "backordered",
        Integer,
        Computed("(ordered - canceled - shipped - drop_ship - allocated) * eligible", persisted=False),
        info=DERIVED,
    ),
    Column(
        "pending", Integer, Computed("(ordered - canceled - shipped - drop_ship) * (1 - eligible)", persisted=False), info=DERIVED
    ),
    # The line that this one stands in for, and how: it has paid for this one. A trigger keeps both in one order.
    Column("replaces_id", Integer),
    Column("stand_in", Text, rule("stand_in", "coalesce(stand_in IN ('substitute', 'exchange'), 0) = (replaces_id IS NOT NULL)")),
    Column("ship_policy", Text, rule("ship_policy", "ship_policy IN ('partial', 'complete', 'cancel_remainder')")),
    # Of the units asked for, those that were there when the line first asked and those that were not (first_served.py).
    Column("filled_at_once", Integer, info=DERIVED),
    Column("short_at_once", Integer, info=DERIVED),
    rule("ordered", "ordered > 0"),
    rule("quantities", "shipped >= 0 AND canceled >= 0 AND drop_ship >= 0 AND returned BETWEEN 0 AND shipped"),
    rule("within_ordered", "shipped + canceled + drop_ship <= ordered"),
    rule("firm", "firm BETWEEN 0 AND ordered - canceled - shipped - drop_ship"),
    rule("allocated", "allocated BETWEEN 0 AND (ordered - canceled - shipped - drop_ship) * eligible"),
    Index("uq_order_line_order_id_position", "order_id", "position", unique=True),
    Index("uq_order_line_order_id_line_id", "order_id", "line_id", unique=True, sqlite_where=text("line_id <> ''")),
    Index("ix_order_line_product_id", "product_id"),
    Index("ix_order_line_canceled", "order_id", sqlite_where=text("canceled > 0")),
    Index("ix_order_line_queue", "product_id", "queue_key", "position", "id", sqlite_where=text("ordered > canceled + shipped")),
    Index(
        "ix_order_line_backordered",
        "queue_key",
        "position",
        "id",
        sqlite_where=text("eligible = 1 AND allocated < ordered - canceled - shipped - drop_ship"),
    ),
)

shipment = table(
    "shipment",
    row_id(),
    refers("order_id", "orders", index=True),
    instant("at", nullable=False),
    *(words(name) for name in ("carrier", "tracking")),
)

shipment_line = table(
    "shipment_line",
    row_id(),
    refers("shipment_id", "shipment", index=True),
    refers("order_line_id", "order_line", index=True),
    Column("quantity", Integer, nullable=False),
    rule("quantity", "quantity > 0"),
)

refund = table(
    "refund",
    row_id(),
    refers("order_id", "orders", index=True),
    Column("amount_minor", Integer, nullable=False),
    Column("settles_minor", Integer, nullable=False),
    day("refunded_on", nullable=False),
    words("how"),
    rule("amount", "amount_minor > 0"),
    rule("settles", "settles_minor BETWEEN 0 AND amount_minor"),
)
