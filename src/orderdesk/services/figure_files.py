"""The shop's figures as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from orderdesk.domain.errors import StoreError
from orderdesk.domain.figures import AGES, FillRate
from orderdesk.exchange.exports import Value, write_table
from orderdesk.storage.queries.figures import Figures, figures
from orderdesk.storage.queries.outcomes import OUTCOMES
from orderdesk.storage.store import Store


def save_figures(store: Store, path: Path, *, now: datetime, since: date | None = None) -> Path:
    """A table with a row for each figure: what it is about, which one, its value, and of how many; CSV or XLSX by its ending.

    Raises RefusedError for another ending, StoreError where it can't be saved.
    """
    with store.read() as view:
        found = figures(view, now=now, since=since)
    try:
        write_table(path, ("about", "name", "value", "of"), _rows(found))
    except OSError as error:
        raise StoreError(f"{path} can't be saved: {error.strerror}.", "Choose another folder.") from error
    return path


def _rows(found: Figures) -> Iterator[tuple[Value, ...]]:
    yield from _rates("filled at once", found.fill)
    yield from _rates("filled by now, open orders", found.open_fill)
    for name, value in (("lines", found.lines), ("units", found.units), ("orders", found.orders)):
        yield "backordered", name, value, ""
    for worth in found.value:
        yield "backordered", worth.currency, worth.amount.amount if worth.amount else "unknown", ""
    for (first, last), count in zip(AGES, found.ages, strict=True):
        yield "lines by days waited", f"{first}+" if last is None else f"{first} to {last}", count, found.lines
    yield "told within 24 hours", "customers", found.notifying.within_a_day.part, found.notifying.within_a_day.whole
    for name, took in (("median", found.notifying.median), ("worst", found.notifying.worst)):
        yield "hours until told", name, "" if took is None else _hours(took), found.notifying.told
    for name, took in (("median", found.filling.median), ("worst", found.filling.worst)):
        yield "days until filled", name, "" if took is None else round(Decimal(took / timedelta(days=1)), 1), found.filling.filled
    for name, count in zip(OUTCOMES, found.outcomes.orders, strict=True):
        yield "how waits ended, orders", name, count, sum(found.outcomes.orders)
    yield "ordered again after a letter", "customers", found.outcomes.kept.part, found.outcomes.kept.whole
    for amount in found.outcomes.goodwill:
        yield "taken off by coupons", amount.currency, amount.amount, ""
    yield from _coupons(found)
    for about, causes in (("product", found.products), ("supplier", found.suppliers)):
        for cause in causes:
            yield f"backorders by {about}", cause.sku or cause.name, cause.backorders, ""
            yield f"units short by {about}", cause.sku or cause.name, cause.units, found.units
    yield from _weeks(found)
    yield from _months(found)


def _weeks(found: Figures) -> Iterator[tuple[Value, ...]]:
    """The last weeks, each by its Monday."""
    for week in found.weeks:
        yield "filled at once by week, units", week.begins, week.fill.part, week.fill.whole
    for week in found.weeks:
        yield "told within 24 hours by week", week.begins, week.told.within_a_day.part, week.told.within_a_day.whole
    for week in found.weeks:
        median = week.told.median
        yield "hours until told by week, median", week.begins, "" if median is None else _hours(median), week.told.told


def _months(found: Figures) -> Iterator[tuple[Value, ...]]:
    """What goodwill cost in the last months, and who came back in them."""
    for month in found.months:
        for amount in month.goodwill:
            yield "taken off by coupons by month", f"{month.begins:%Y-%m} {amount.currency}", amount.amount, ""
        yield "ordered again by month, customers", f"{month.begins:%Y-%m}", month.kept, ""


def _hours(took: timedelta) -> Decimal:
    return round(Decimal(took / timedelta(hours=1)), 1)


def _coupons(found: Figures) -> Iterator[tuple[Value, ...]]:
    """What goodwill cost for each order, and what coupons may still take and were redeemed for, by currency."""
    for spent in found.outcomes.per_case:
        yield "goodwill per case", spent.average.currency, spent.average.amount, spent.cases
    for each in found.coupons:
        yield "coupons", f"{each.currency} open", each.open, each.issued
        yield "coupons", f"{each.currency} redeemed", each.redeemed, each.issued
        yield "coupons outstanding", each.currency, each.outstanding.amount, ""
        yield "coupons redeemed", each.currency, each.taken_off.amount, ""


def _rates(about: str, fill: FillRate) -> Iterator[tuple[Value, ...]]:
    for name, share in (("units", fill.units), ("lines", fill.lines), ("orders", fill.orders)):
        yield about, name, share.part, share.whole
