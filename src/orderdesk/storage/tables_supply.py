"""What is sold and where it comes from: products and their stock, suppliers, purchase orders, listings."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Text, text

from orderdesk.storage.parts import currency, day, instant, one_of, refers, row_id, rule, table, units, words, yes_no

product = table(
    "product",
    row_id(),
    words("sku"),
    Column("title", Text, nullable=False),
    yes_no("tracked", "1"),
    yes_no("stock_known"),
    Column("price_minor", Integer),
    Column("cost_minor", Integer),
    Column("currency", Text),
    Column("reorder_point", Integer),
    units("safety_stock"),
    words("supplier"),
    words("supplier_sku"),
    Column("lead_time_days", Integer),
    units("on_order"),
    day("on_order_expected_on"),
    yes_no("discontinued"),
    words("barcode"),
    units("on_hand", derived=True),
    units("allocated", derived=True),
    units("backordered", derived=True),
    units("open_demand", derived=True),
    rule("on_hand", "on_hand >= 0"),
    rule("allocated_within_on_hand", "allocated BETWEEN 0 AND on_hand"),
    rule("quantities", "safety_stock >= 0 AND on_order >= 0 AND coalesce(reorder_point, 0) >= 0"),
    rule("prices", "coalesce(price_minor, 0) >= 0 AND coalesce(cost_minor, 0) >= 0"),
    rule("named", "sku <> '' OR title <> ''"),
    Index("uq_product_sku", "sku", unique=True, sqlite_where=text("sku <> ''")),
    Index("uq_product_title_without_sku", "title", unique=True, sqlite_where=text("sku = ''")),
)

# What a kit is put together from. A kit is a product without stock of its own; triggers keep kits from being parts.
kit_part = table(
    "kit_part",
    row_id(),
    refers("kit_id", "product"),
    refers("part_id", "product", index=True),
    Column("quantity", Integer, nullable=False),
    rule("quantity", "quantity > 0"),
    rule("not_of_itself", "kit_id <> part_id"),
    Index("uq_kit_part_kit_id_part_id", "kit_id", "part_id", unique=True),
)

stock_movement = table(
    "stock_movement",
    row_id(),
    # No foreign keys: the ledger outlives a product or line whose making was undone.
    Column("product_id", Integer, nullable=False, index=True),
    refers("event_id", "event", index=True),
    Column("kind", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    words("reason"),
    Column("order_line_id", Integer),
    one_of("kind", "received", "shipped", "returned", "adjusted"),
    rule("moves_something", "quantity <> 0"),
    rule("reason", "kind <> 'adjusted' OR reason <> ''"),
)

supplier = table(
    "supplier",
    row_id(),
    Column("name", Text, nullable=False),
    *(words(name) for name in ("email", "phone", "site", "note")),
    rule("name", "name <> ''"),
    Index("uq_supplier_name", text("name COLLATE NOCASE"), unique=True),
)

# What a supplier asks for a product, how long it takes, how many they had when somebody last looked, and what they expect next.
supplier_product = table(
    "supplier_product",
    row_id(),
    refers("supplier_id", "supplier"),
    refers("product_id", "product", index=True),
    words("supplier_sku"),
    Column("cost_minor", Integer),
    Column("currency", Text),
    Column("lead_time_days", Integer),
    Column("quantity", Integer),
    instant("quantity_at"),
    Column("next_units", Integer, rule("next_units", "next_units >= 0")),
    day("next_on"),
    rule("numbers", "coalesce(cost_minor, 0) >= 0 AND coalesce(lead_time_days, 0) >= 0 AND coalesce(quantity, 0) >= 0"),
    rule("cost_in_a_currency", "cost_minor IS NULL OR currency IS NOT NULL"),
    rule("quantity_at", "(quantity IS NULL) = (quantity_at IS NULL)"),
    Index("uq_supplier_product_supplier_id_product_id", "supplier_id", "product_id", unique=True),
)

purchase_order = table(
    "purchase_order",
    row_id(),
    Column("number", Text, nullable=False, unique=True),
    Column("supplier", Text, nullable=False),
    currency(),
    day("placed_on", nullable=False),
    day("expected_on"),
    day("sent_on"),
    day("canceled_on"),
    rule("supplier", "supplier <> ''"),
)

# `order_line_id`: bought for that line of a customer's order, and firm for it once it is here.
purchase_line = table(
    "purchase_line",
    row_id(),
    refers("purchase_order_id", "purchase_order"),
    Column("position", Integer, nullable=False),
    refers("product_id", "product", index=True),
    refers("order_line_id", "order_line", nullable=True, index=True),
    Column("quantity", Integer, nullable=False),
    *(units(name) for name in ("received", "canceled")),
    Column("cost_minor", Integer),
    rule("quantity", "quantity > 0"),
    rule("within_quantity", "received >= 0 AND canceled >= 0 AND received + canceled <= quantity"),
    rule("cost", "coalesce(cost_minor, 0) >= 0"),
    Index("uq_purchase_line_purchase_order_id_position", "purchase_order_id", "position", unique=True),
)

# `ended_at`: it ended then, whatever `ends_at` says.
listing = table(
    "listing",
    row_id(),
    Column("channel", Text, nullable=False),
    Column("listing_id", Text, nullable=False),
    refers("product_id", "product", index=True),
    Column("format", Text, nullable=False),
    *(Column(name, Integer, rule(name, f"{name} >= 0"), nullable=False, server_default="0") for name in ("quantity", "bids")),
    Column("price_minor", Integer),
    Column("currency", Text),
    instant("ends_at"),
    instant("ended_at"),
    words("ended_why"),
    one_of("format", "auction", "fixed_price"),
    Index("uq_listing_channel_listing_id_product_id", "channel", "listing_id", "product_id", unique=True),
)
