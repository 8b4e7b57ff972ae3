"""Ordering and searching for the tables on screen: ids of a whole view first, rows for the page that is seen."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from orderdesk.storage.view import View, match_words

Sort = tuple[tuple[str, bool], ...]


def ids(view: View, sql: str, parameters: Mapping[str, Any]) -> array[int]:
    """The first column of every row, as compact as a million of them need it."""
    return array("q", [row[0] for row in view.connection.execute(sql, parameters)])


def order_by(sort: Sort, columns: Mapping[str, str], last: str) -> str:
    """An ORDER BY from (column key, descending) pairs; keys that do not sort are passed over, `last` breaks ties."""
    parts = [
        f"{expression} {'DESC' if descending else 'ASC'}"
        for key, descending in sort
        if key in columns
        for expression in columns[key].split("; ")
    ]
    return "ORDER BY " + ", ".join([*parts, last])


def searched(table: str, search: str, where: Sequence[str]) -> tuple[str, dict[str, str]]:
    """A WHERE of all conditions and, if anything is searched for, of the full-text table's hits."""
    words = match_words(search)
    conditions = [condition for condition in where if condition]
    if words:
        conditions.append(f"t.id IN (SELECT rowid FROM {table} WHERE {table} MATCH :words)")
    clause = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return clause, {"words": words} if words else {}


def as_json(ids_wanted: Sequence[int]) -> str:
    return json.dumps(list(ids_wanted))
