"""What is said in one place stays in one place: the rooms keep to what is theirs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import orderdesk

HOUSE = Path(orderdesk.__file__).parent
SQL = re.compile(r"\b(SELECT|INSERT INTO|INSERT OR|UPDATE \w+ SET|DELETE FROM)\b")


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of these rooms, by its path in the house."""
    for path in (each for room in rooms for each in sorted((HOUSE / room).rglob("*.py"))):
        yield path.relative_to(HOUSE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_only_the_storage_speaks_sql() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, module in modules("services", "ui", "cli", "documents", "exchange", "domain")
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    ]
    assert found == []


def test_what_a_shop_is_by_default_is_said_where_it_is_read() -> None:
    """A profile that is not there yet is asked for by `profile_of`; the window alone knows that it is missing."""
    found = [
        f"{name}:{node.lineno}"
        for name, module in modules("services", "cli")
        for node in ast.walk(module)
        if isinstance(node, ast.BoolOp) and "ShopProfile()" in map(ast.unparse, node.values)
    ]
    assert found == []
