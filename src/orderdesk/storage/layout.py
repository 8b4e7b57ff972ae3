"""How a shop's file is laid out, and whether as this version lays one out: its tables, indexes, views and triggers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from functools import cache

from pysqlite3 import dbapi2 as sqlite

from orderdesk.storage.schema import schema_statements

# What the migrations and SQLite itself keep there.
_OTHERS = re.compile("alembic_version|sqlite_.*")

Layout = Mapping[tuple[str, str], str]


def layout_of(connection: sqlite.Connection) -> Layout:
    """The statement that made each part, by its kind and name; how that is spaced is no difference."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {(kind, name): re.sub(r"\s+", " ", sql).strip() for kind, name, sql in rows if not _OTHERS.fullmatch(name)}


@cache
def fresh_layout() -> Layout:
    """That of a file which this version makes."""
    with closing(sqlite.connect(":memory:", isolation_level=None)) as connection:
        for statement in schema_statements():
            connection.execute(statement)
        return layout_of(connection)


def differences(connection: sqlite.Connection) -> dict[tuple[str, str], str]:
    """Every part that is not there, that was added or that is another, with a sentence; none for a file of this version."""
    found, fresh = layout_of(connection), fresh_layout()
    wrong = {part: "is not there" for part in fresh if part not in found}
    wrong |= {part: "is none of OrderDesk's" for part in found if part not in fresh}
    wrong |= {part: "is not laid out as it should be" for part in fresh if part in found and found[part] != fresh[part]}
    return {(kind, name): f"The {kind} {name} {what}." for (kind, name), what in wrong.items()}
