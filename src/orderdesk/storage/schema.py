"""The whole layout of the file as statements: tables, indexes, views, full-text search, triggers.

A shop's file is only ever made by the migrations, which say their statements themselves. This is what all of them together must
arrive at: a file is held against it by the tests, by a check and before it takes the place of a shop; nothing else runs it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from orderdesk.storage.parts import metadata
from orderdesk.storage.search import SEARCHES
from orderdesk.storage.triggers import trigger_statements

# What coupons were used for, but for what was taken back.
REDEMPTION = (
    "CREATE VIEW redemption AS SELECT e.coupon_id, e.event_id, e.amount_minor, e.order_id, e.at FROM coupon_entry e "
    "JOIN event s ON s.id = e.event_id WHERE e.kind = 'redeemed' AND s.undone_by IS NULL"
)


def schema_statements() -> Iterator[str]:
    """CREATE statements in an order that can be executed one by one on an empty file."""
    dialect = sqlite.dialect()
    for table in metadata.sorted_tables:
        yield str(CreateTable(table).compile(dialect=dialect)).strip()
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect)).strip()
    yield REDEMPTION
    for search in SEARCHES:
        yield search.create
    yield from trigger_statements()
