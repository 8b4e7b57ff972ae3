"""How the shop is set up: who it is, its pictures, its words, its printers, the offers it makes."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Text

from orderdesk.storage.parts import currency, one_of, row_id, rule, table, units, words, yes_no

shop = table(
    "shop",
    row_id(),
    *(words(name) for name in ("name", "line1", "line2", "city", "region", "postal_code")),
    words("country"),
    *(words(name) for name in ("email", "phone", "site", "owner")),
    currency(server_default="USD"),
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
