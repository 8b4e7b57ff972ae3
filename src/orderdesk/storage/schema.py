"""The whole layout of the file as statements: tables, indexes, full-text search, triggers."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from orderdesk.storage.parts import metadata
from orderdesk.storage.search import SEARCHES
from orderdesk.storage.triggers import trigger_statements


def schema_statements() -> Iterator[str]:
    """CREATE statements in an order that can be executed one by one on an empty file."""
    dialect = sqlite.dialect()
    for table in metadata.sorted_tables:
        yield str(CreateTable(table).compile(dialect=dialect)).strip()
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect)).strip()
    for search in SEARCHES:
        yield search.create
    yield from trigger_statements()
