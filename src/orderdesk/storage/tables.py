"""The shop's file, table by table: here what each step changed, in the modules beside it everything else, by subject.

What SQL can hold as a rule, it holds: CHECKs here, the rest in triggers.py. Columns marked *derived* are worked out again by the
settling of every transaction (settle.py) and are no facts of their own.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from orderdesk.storage.parts import instant, refers, row_id, table, yes_no
from orderdesk.storage.tables_letters import answer, coupon, notice, notice_line
from orderdesk.storage.tables_orders import (
    customer,
    customer_key,
    marketing_consent,
    order_line,
    orders,
    refund,
    shipment,
    shipment_line,
)
from orderdesk.storage.tables_shop import offer_rule, printer, shop, wording
from orderdesk.storage.tables_supply import kit_part, listing, product, purchase_line, purchase_order, supplier, supplier_product

event = table(
    "event",
    row_id(),
    Column("kind", Text, nullable=False),
    instant("at", nullable=False),
    Column("summary", Text, nullable=False),
    yes_no("undoable", "1"),
    refers("undoes", "event", nullable=True),
    refers("undone_by", "event", nullable=True),
    # False while its transaction is under way: only then may it give out stock, and the history be written.
    yes_no("finished"),
    # The first of the steps that this one was done with at one go; null for that one, and for a step on its own.
    Column("batch", Integer),
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
