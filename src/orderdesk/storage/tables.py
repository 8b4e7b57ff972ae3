"""The shop's file, table by table. What SQL can hold as a rule, it holds: CHECKs here, the rest in triggers.py.

Columns marked *derived* are worked out again by the settling of every transaction (settle.py) and are no facts of their own.
"""

from __future__ import annotations

from sqlalchemy import Column, Computed, Index, Integer, LargeBinary, Table, Text, text

from orderdesk.storage.parts import DERIVED, one_of, refers, row_id, rule, table, units, words, yes_no
from orderdesk.storage.types import Day, Instant

shop = table(
    "shop",
    row_id(),
    *(words(name) for name in ("name", "line1", "line2", "city", "region", "postal_code")),
    words("country"),
    *(words(name) for name in ("email", "phone", "site", "owner")),
    Column("currency", Text, nullable=False, server_default="USD"),
    Column("paper", Text, nullable=False, server_default="letter"),
    Column("time_zone", Text, nullable=False, server_default="UTC"),
    Column("accent", Text, nullable=False, server_default="#1F4F3C"),
    Column("queue", Text, nullable=False, server_default="order_date"),
    yes_no("reply_slip"),
    *(words(name) for name in ("register", "logo", "signature")),
    *(words(name) for name in ("mail_host", "mail_user")),
    Column("mail_port", Integer, nullable=False, server_default="587"),
    Column("handling_days", Integer, rule("handling_days", "handling_days BETWEEN 0 AND 60"), nullable=False, server_default="0"),
    rule("only_one", "id = 1"),
    one_of("paper", "letter", "a4", "a4_form_a", "a4_uk"),
    one_of("queue", "order_date", "ship_by"),
)

# The shop's logo and signature, named by what they are: a letter drawn again finds the picture that it was made with.
picture = table(
    "picture",
    row_id(),
    Column("sha256", Text, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
    rule("sha256", "length(sha256) = 64"),
)

wording = table(
    "wording",
    row_id(),
    Column("language", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("uq_wording_language_name", "language", "name", unique=True),
)

printer = table(
    "printer",
    row_id(),
    Column("name", Text, nullable=False, unique=True),
    words("tray"),
    Column("copies", Integer, nullable=False, server_default="1"),
    Column("right_um", Integer, nullable=False, server_default="0"),
    Column("down_um", Integer, nullable=False, server_default="0"),
    rule("copies", "copies BETWEEN 1 AND 99"),
    rule("offsets", "right_um BETWEEN -25000 AND 25000 AND down_um BETWEEN -25000 AND 25000"),
)

offer_rule = table(
    "offer_rule",
    row_id(),
    Column("position", Integer, nullable=False),
    words("channel"),
    units("days_late"),
    Column("value_from_minor", Integer),
    yes_no("told_before"),
    words("offer"),
    Column("minimum_order_minor", Integer),
    Column("months", Integer, nullable=False, server_default="12"),
    rule("numbers", "days_late >= 0 AND coalesce(value_from_minor, 0) >= 0 AND coalesce(minimum_order_minor, 0) >= 0"),
    rule("months", "months BETWEEN 1 AND 120"),
    Index("uq_offer_rule_position", "position", unique=True),
)

event = table(
    "event",
    row_id(),
    Column("kind", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("summary", Text, nullable=False),
    yes_no("undoable", "1"),
    refers("undoes", "event", nullable=True),
    refers("undone_by", "event", nullable=True),
)

row_change = table(
    "row_change",
    row_id(),
    refers("event_id", "event"),
    Column("table_name", Text, nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("before", Text),
    Index("ix_row_change_event", "event_id", "table_name", "row_id"),
    Index("ix_row_change_row", "table_name", "row_id"),
)

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
    Column("on_order_expected_on", Day),
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

supplier = table(
    "supplier",
    row_id(),
    Column("name", Text, nullable=False),
    *(words(name) for name in ("email", "phone", "site", "note")),
    rule("name", "name <> ''"),
    Index("uq_supplier_name", text("name COLLATE NOCASE"), unique=True),
)

# What a supplier asks for a product, how long it takes, and how many they had when somebody last looked.
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
    Column("quantity_at", Instant),
    rule("numbers", "coalesce(cost_minor, 0) >= 0 AND coalesce(lead_time_days, 0) >= 0 AND coalesce(quantity, 0) >= 0"),
    rule("cost_in_a_currency", "cost_minor IS NULL OR currency IS NOT NULL"),
    rule("quantity_at", "(quantity IS NULL) = (quantity_at IS NULL)"),
    Index("uq_supplier_product_supplier_id_product_id", "supplier_id", "product_id", unique=True),
)

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
    Column("given_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
)

customer_key = table(
    "customer_key",
    row_id(),
    Column("key", Text, nullable=False, unique=True),
    refers("customer_id", "customer", index=True),
)

notice = table(
    "notice",
    row_id(),
    refers("customer_id", "customer", index=True),
    Column("kind", Text, nullable=False),
    Column("letter", Text, nullable=False),
    Column("concern", Text, nullable=False, server_default=""),
    Column("new_date", Day),
    Column("reserved_at", Instant, nullable=False),
    Column("folder", Text, nullable=False),
    Column("stem", Text, nullable=False),
    Column("letter_sha256", Text, info=DERIVED),
    Column("coupon_sha256", Text, info=DERIVED),
    Column("leaving_since", Instant, info=DERIVED),
    Column("leaving_by", Text, info=DERIVED),
    Column("told_at", Instant),
    Column("told_by", Text),
    Column("voided_at", Instant),
    words("home"),
    Column("update_on", Day),
    one_of("kind", "first", "renewed", "date_change", "refund", "good_news", "cancellation"),
    rule("told_by", "(told_at IS NULL) = (told_by IS NULL)"),
    rule("leaving_by", "(leaving_since IS NULL) = (leaving_by IS NULL)"),
)

# Each time that a letter went out of the door, whether or not the customer had been told before.
delivery = table(
    "delivery",
    row_id(),
    refers("notice_id", "notice", index=True),
    refers("event_id", "event", index=True),
    Column("way", Text, nullable=False),
    words("detail"),
    Column("at", Instant, nullable=False),
    one_of("way", "printed", "emailed", "drafted", "copied"),
)

orders = table(
    "orders",
    row_id(),
    Column("channel", Text, nullable=False),
    Column("order_number", Text, nullable=False),
    refers("customer_id", "customer", index=True),
    Column("placed_on", Day, nullable=False),
    Column("placed_at", Instant, nullable=False),
    Column("currency", Text, nullable=False),
    words("placed_printed"),
    words("external_id"),
    yes_no("paid"),
    yes_no("on_credit"),
    Column("paid_on", Day),
    Column("paid_at", Instant),
    Column("ship_by", Day),
    yes_no("hold"),
    words("hold_reason"),
    units("priority"),
    Column("ship_policy", Text, nullable=False, server_default="partial"),
    *(Column(name, Integer) for name in ("shipping_minor", "tax_minor", "discount_minor", "stated_total_minor")),
    words("coupon_codes"),
    Column("canceled_on", Day),
    *(words(name) for name in ("buyer_name", "email", "phone", "username")),
    *(words(f"ship_{name}") for name in ("name", "company", "line1", "line2", "city", "region", "postal_code", "country")),
    words("note"),
    words("number_key"),
    Column("backordered_since", Instant),
    refers("notice_id", "notice", nullable=True),
    Column("told_at", Instant),
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
            "WHEN backordered_units + pending_units = 0 THEN 'ready' "
            "WHEN allocated_units > 0 AND ship_policy = 'partial' THEN 'partly_ready' "
            "WHEN backordered_units > 0 THEN 'backordered' ELSE 'pending' END",
            persisted=False,
        ),
        info=DERIVED,
    ),
    words("tags"),
    one_of("ship_policy", "partial", "complete", "cancel_remainder"),
    rule("priority", "priority BETWEEN 0 AND 999"),
    Index("uq_orders_channel_order_number", "channel", "order_number", unique=True),
    Index("ix_orders_newest", text("placed_at DESC"), text("id DESC")),
    Index("ix_orders_status", "status", text("placed_at DESC"), text("id DESC")),
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
    Column("unit_price_minor", Integer),
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

notice_line = table(
    "notice_line",
    row_id(),
    refers("notice_id", "notice"),
    refers("order_line_id", "order_line", index=True),
    Column("quantity", Integer, nullable=False),
    Column("new_date", Day),
    Column("silence", Text),
    Column("answer_by", Day),
    Column("refund_by", Day),
    rule("quantity", "quantity > 0"),
    one_of("silence", "consent", "cancellation"),
    Index("uq_notice_line_notice_id_order_line_id", "notice_id", "order_line_id", unique=True),
    Index("ix_notice_line_answer_by", "answer_by", sqlite_where=text("silence = 'cancellation'")),
)

shipment = table(
    "shipment",
    row_id(),
    refers("order_id", "orders", index=True),
    Column("at", Instant, nullable=False),
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
    Column("refunded_on", Day, nullable=False),
    words("how"),
    rule("amount", "amount_minor > 0"),
)

answer = table(
    "answer",
    row_id(),
    refers("order_id", "orders", index=True),
    refers("notice_id", "notice", nullable=True),
    Column("kind", Text, nullable=False),
    words("words"),
    Column("at", Instant, nullable=False),
    one_of("kind", "none", "silence", "agreed", "canceled", "substitute"),
)

coupon = table(
    "coupon",
    row_id(),
    Column("code", Text, nullable=False, unique=True),
    refers("notice_id", "notice", unique=True),
    refers("customer_id", "customer", index=True),
    Column("kind", Text, nullable=False),
    Column("value_minor", Integer),
    Column("rate", Integer),
    Column("gift", Text),
    Column("currency", Text, nullable=False),
    Column("balance_minor", Integer),
    Column("status", Text, nullable=False, server_default="issued"),
    Column("issued_at", Instant, nullable=False),
    Column("valid_through", Day, nullable=False),
    Column("minimum_order_minor", Integer),
    words("void_reason"),
    one_of("kind", "free_shipping", "percent", "amount", "gift", "gift_card"),
    one_of("status", "issued", "redeemed", "voided"),
    rule("code", "length(code) = 12"),
    rule("value", "(kind IN ('amount', 'gift_card')) = (value_minor IS NOT NULL) AND coalesce(value_minor, 1) > 0"),
    rule(
        "balance",
        "(value_minor IS NULL) = (balance_minor IS NULL) AND coalesce(balance_minor, 0) BETWEEN 0 AND coalesce(value_minor, 0)",
    ),
    rule("rate", "(kind = 'percent') = (rate IS NOT NULL) AND coalesce(rate, 1) BETWEEN 1 AND 100"),
    rule("gift", "(kind = 'gift') = (gift IS NOT NULL)"),
    rule("minimum_order", "coalesce(minimum_order_minor, 1) > 0"),
    rule("voided_with_reason", "(status = 'voided') = (void_reason <> '')"),
)

coupon_entry = table(
    "coupon_entry",
    row_id(),
    refers("coupon_id", "coupon"),
    refers("event_id", "event"),
    Column("kind", Text, nullable=False),
    Column("amount_minor", Integer),
    # No reference: an order that was added with the coupon can be taken back, its redemption stays in the ledger.
    Column("order_id", Integer),
    Column("at", Instant, nullable=False),
    one_of("kind", "issued", "redeemed", "voided", "restored", "changed"),
    rule("redeemed_on_order", "(kind = 'redeemed') = (order_id IS NOT NULL)"),
    Index("ix_coupon_entry_order_id", "order_id", sqlite_where=text("kind = 'redeemed'")),
    Index("ix_coupon_entry_coupon_id", "coupon_id"),
)

listing = table(
    "listing",
    row_id(),
    Column("channel", Text, nullable=False),
    Column("listing_id", Text, nullable=False),
    refers("product_id", "product", index=True),
    Column("format", Text, nullable=False),
    units("quantity"),
    units("bids"),
    Column("price_minor", Integer),
    Column("currency", Text),
    Column("ends_at", Instant),
    one_of("format", "auction", "fixed_price"),
    Index("uq_listing_channel_listing_id_product_id", "channel", "listing_id", "product_id", unique=True),
)

purchase_order = table(
    "purchase_order",
    row_id(),
    Column("number", Text, nullable=False, unique=True),
    Column("supplier", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("placed_on", Day, nullable=False),
    Column("expected_on", Day),
    Column("sent_on", Day),
    Column("canceled_on", Day),
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

allocation_change = table(
    "allocation_change",
    row_id(),
    refers("event_id", "event"),
    Column("order_line_id", Integer, nullable=False, index=True),
    Column("before", Integer, nullable=False),
    Column("after", Integer, nullable=False),
    Index("ix_allocation_change_event_id", "event_id"),
)

# Facts that the seller entered or imported: each change of them is kept in row_change, so that every step can be undone.
UNDOABLE = (
    shop,
    wording,
    printer,
    offer_rule,
    product,
    kit_part,
    supplier,
    supplier_product,
    customer,
    customer_key,
    marketing_consent,
    notice,
    orders,
    order_line,
    shipment,
    shipment_line,
    notice_line,
    answer,
    refund,
    coupon,
    listing,
    purchase_order,
    purchase_line,
)


def facts(of: Table) -> list[str]:
    """The columns of a table that are facts of their own, not derived."""
    return [column.name for column in of.columns if not column.info.get("derived")]
