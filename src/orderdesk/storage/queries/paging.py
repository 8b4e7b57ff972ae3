"""Ordering and searching for the tables on screen: ids of a whole view first, rows for the page that is seen."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from orderdesk.storage.view import View, match_words

Sort = tuple[tuple[str, bool], ...]


def ids(view: View, sql: str, parameters: Mapping[str, Any]) -> array[int]:
    """The first column of every row, as compact as a million of them need it."""
    return array("q", chain.from_iterable(view.connection.execute(sql, parameters)))


def order_by(sort: Sort, columns: Mapping[str, str], last: str, *, first: str = "") -> str:
    """An ORDER BY from (column key, descending) pairs; keys that do not sort are passed over, `last` breaks ties.

    The expressions have {} where the direction goes; what is not known comes last whichever that is. Rows of which `first` holds
    come before all others.
    """
    parts = [columns[key].format("DESC" if descending else "ASC") for key, descending in sort if key in columns]
    return "ORDER BY " + ", ".join([*([f"NOT coalesce({first}, 0)"] if first else []), *parts, last])


def searched(table: str, search: str, where: Sequence[str]) -> tuple[str, dict[str, str]]:
    """A WHERE of all conditions and, if anything is searched for, of the full-text table's hits; :typed is the search whole."""
    words = match_words(search)
    conditions = [condition for condition in where if condition]
    if words:
        conditions.append(f"t.id IN (SELECT rowid FROM {table} WHERE {table} MATCH :words)")
    clause = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return clause, {"words": words, "typed": search.strip()} if words else {}


def count_each(
    view: View, table: str, filters: Mapping[str, str], columns: str, where: str, values: Mapping[str, Any]
) -> dict[str, int]:
    """How many rows of a table each filter leaves, by its name.

    Without a WHERE each filter counts by its own index; with one the rows found are gone through once,
    with just the `columns` that the filters look at.
    """
    if where:
        counted = ", ".join(f"sum({condition})" if condition else "count(*)" for condition in filters.values())
        sql = f"WITH found AS MATERIALIZED (SELECT {columns} FROM {table} t {where}) SELECT {counted} FROM found t"
    else:
        counted = ", ".join(f"(SELECT count(*) FROM {table} t {_where(condition)})" for condition in filters.values())
        sql = f"SELECT {counted}"
    row = view.one(sql, values) or ()
    return {name: count or 0 for name, count in zip(filters, row, strict=True)}


def _where(condition: str) -> str:
    return f"WHERE {condition}" if condition else ""


def as_json(ids_wanted: Sequence[int]) -> str:
    return json.dumps(list(ids_wanted))
