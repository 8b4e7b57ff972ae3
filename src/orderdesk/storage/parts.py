"""The parts that the tables are made of: their naming, and the kinds of columns and rules that recur."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Table, Text

from orderdesk.storage.types import Day, Instant, YesNo

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
DERIVED = {"derived": True}
# How they lie in the file, and how every comparison and sum of days relies on them to lie.
_DAY = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]"
_INSTANT = f"{_DAY}T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"


def words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def units(name: str, *, derived: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0", info=DERIVED if derived else {})


def yes_no(name: str, default: str = "0", *, derived: bool = False) -> Column[bool]:
    only = rule(name, f"{name} IN (0, 1)")
    return Column(name, YesNo, only, nullable=False, server_default=default, info=DERIVED if derived else {})


def day(name: str, *, nullable: bool = True) -> Column[date]:
    return Column(name, Day, rule(f"{name}_is_a_day", f"{name} GLOB '{_DAY}'"), nullable=nullable)


def instant(name: str, *, nullable: bool = True, derived: bool = False) -> Column[datetime]:
    looks = rule(f"{name}_is_an_instant", f"{name} GLOB '{_INSTANT}'")
    return Column(name, Instant, looks, nullable=nullable, info=DERIVED if derived else {})


def currency(**options: Any) -> Column[str]:
    """That of the amounts of a row: three capitals."""
    return Column("currency", Text, rule("currency", "currency GLOB '[A-Z][A-Z][A-Z]'"), nullable=False, **options)


def row_id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def refers(name: str, to: str, *, nullable: bool = False, **options: Any) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{to}.id", ondelete="RESTRICT"), nullable=nullable, **options)


def rule(name: str, sql: str) -> CheckConstraint:
    return CheckConstraint(sql, name=name)


def one_of(column: str, *words: str) -> CheckConstraint:
    return rule(column, f"{column} IN ({', '.join(repr(word) for word in words)})")


def table(name: str, *parts: Any) -> Table:
    # AUTOINCREMENT: an id is never given twice, so the ledgers can name rows that are gone.
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_autoincrement=True)
