"""What customers are told and offered: letters and how they left, the answers to them, coupons."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Text, text

from orderdesk.storage.parts import DERIVED, currency, day, instant, one_of, refers, row_id, rule, table, words, yes_no

notice = table(
    "notice",
    row_id(),
    refers("customer_id", "customer", index=True),
    Column("kind", Text, nullable=False),
    Column("letter", Text, nullable=False),
    Column("concern", Text, nullable=False, server_default=""),
    instant("reserved_at", nullable=False),
    Column("folder", Text, nullable=False),
    Column("stem", Text, nullable=False),
    Column("letter_sha256", Text, info=DERIVED),
    Column("coupon_sha256", Text, info=DERIVED),
    instant("leaving_since", derived=True),
    Column("leaving_by", Text, info=DERIVED),
    instant("told_at"),
    Column("told_by", Text),
    instant("voided_at"),
    words("home"),
    day("update_on"),
    words("language"),
    one_of("kind", "first", "renewed", "date_change", "refund", "good_news", "cancellation"),
    rule("told_by", "(told_at IS NULL) = (told_by IS NULL)"),
    rule("leaving_by", "(leaving_since IS NULL) = (leaving_by IS NULL)"),
)

notice_line = table(
    "notice_line",
    row_id(),
    refers("notice_id", "notice"),
    refers("order_line_id", "order_line", index=True),
    Column("quantity", Integer, nullable=False),
    day("new_date"),
    Column("silence", Text),
    day("answer_by"),
    day("refund_by"),
    yes_no("never_arrives"),
    day("chosen_on"),
    rule("quantity", "quantity > 0"),
    one_of("silence", "consent", "cancellation"),
    Index("uq_notice_line_notice_id_order_line_id", "notice_id", "order_line_id", unique=True),
    Index("ix_notice_line_answer_by", "answer_by", sqlite_where=text("silence = 'cancellation'")),
)

# Each time that a letter went out of the door, whether or not the customer had been told before.
delivery = table(
    "delivery",
    row_id(),
    refers("notice_id", "notice", index=True),
    refers("event_id", "event", index=True),
    Column("way", Text, nullable=False),
    words("detail"),
    instant("at", nullable=False),
    one_of("way", "printed", "emailed", "drafted", "copied"),
)

answer = table(
    "answer",
    row_id(),
    refers("order_id", "orders", index=True),
    refers("notice_id", "notice", nullable=True),
    Column("kind", Text, nullable=False),
    words("words"),
    instant("at", nullable=False),
    yes_no("open_ended"),
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
    currency(),
    Column("balance_minor", Integer),
    Column("status", Text, nullable=False, server_default="issued"),
    instant("issued_at", nullable=False),
    day("valid_through", nullable=False),
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
    instant("at", nullable=False),
    one_of("kind", "issued", "redeemed", "voided", "restored", "changed"),
    rule("redeemed_takes", "kind <> 'redeemed' OR coalesce(amount_minor, 0) <= 0"),
    rule("redeemed_on_order", "(kind = 'redeemed') = (order_id IS NOT NULL)"),
    Index("ix_coupon_entry_order_id", "order_id", sqlite_where=text("kind = 'redeemed'")),
    Index("ix_coupon_entry_coupon_id", "coupon_id"),
)
