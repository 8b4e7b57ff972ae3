"""The verb about the shop's figures."""

from __future__ import annotations

from argparse import Namespace
from datetime import timedelta
from pathlib import Path

from orderdesk.cli import coupon_documents, documents, texts
from orderdesk.cli.context import Answer, Context
from orderdesk.cli.documents import Document
from orderdesk.domain.figures import AGES, FillRate, Notifying, PerCase, Share, Worth
from orderdesk.services.figure_files import save_figures
from orderdesk.storage.queries.causes import Cause
from orderdesk.storage.queries.figures import Figures
from orderdesk.storage.queries.figures import figures as figures_of
from orderdesk.storage.queries.outcomes import OUTCOMES
from orderdesk.storage.queries.trends import Month, Week

_CAUSED = ("Backorders", "Units now", "Lines now")


def figures(context: Context, words: Namespace) -> Answer:
    """Fill rate, backorders by age, how fast customers are told, and what causes it."""
    if words.out:
        path = save_figures(context.store, Path(words.out), now=context.now, since=words.since)
        return Answer({"file": str(path)}, f"Saved {path}")
    with context.store.read() as view:
        found = figures_of(view, now=context.now, since=words.since)
    return Answer(_document(found), _text(found))


def _document(found: Figures) -> Document:
    return {
        "fill_rate": _rates(found.fill),
        "fill_rate_of_open_orders": _rates(found.open_fill),
        "backordered": {
            "lines": found.lines,
            "units": found.units,
            "orders": found.orders,
            "value": [_worth(each) for each in found.value],
        },
        "lines_by_days_waited": {_age(*age): count for age, count in zip(AGES, found.ages, strict=True)},
        "time_to_notify": _notifying(found.notifying),
        "days_to_fill": {
            "filled": found.filling.filled,
            "median_days": _days(found.filling.median),
            "worst_days": _days(found.filling.worst),
        },
        "outcomes": dict(zip(OUTCOMES, found.outcomes.orders, strict=True)),
        "ordered_again": _share(found.outcomes.kept),
        "goodwill": [documents.money(amount) for amount in found.outcomes.goodwill],
        "goodwill_per_case": [_per_case(each) for each in found.outcomes.per_case],
        "coupons": [coupon_documents.coupon_figures(each) for each in found.coupons],
        "products": [_cause(each) for each in found.products],
        "suppliers": [_cause(each) for each in found.suppliers],
        "weeks": [_week(each) for each in found.weeks],
        "months": [_month(each) for each in found.months],
    }


def _text(found: Figures) -> str:
    shares = [*_rows("at once, of all orders", found.fill), *_rows("by now, of open orders", found.open_fill)]
    ages = [(f"{_age(*age)} days", count) for age, count in zip(AGES, found.ages, strict=True)]
    spent = [(each.cost.currency, each.cases, each.cost, each.average) for each in found.outcomes.per_case]
    coupons = [(each.currency, each.open, each.outstanding, each.redeemed, each.taken_off) for each in found.coupons]
    now = (
        found.lines,
        found.units,
        found.orders,
        ", ".join(str(each.amount or f"unknown {each.currency}") for each in found.value),
    )
    products = [(each.sku, each.name, *_cause_cells(each)) for each in found.products]
    suppliers = [(each.name, *_cause_cells(each)) for each in found.suppliers]
    months = [(f"{month.begins:%Y-%m}", ", ".join(map(str, month.goodwill)), month.kept) for month in found.months]
    return "\n\n".join(
        (
            texts.table(("Filled", "", "Filled", "Ordered", "Rate"), shares, empty=""),
            texts.table(("Backordered now", "Units", "Orders", "Worth"), [now], empty=""),
            texts.table(("Backordered for", "Lines"), ages, empty=""),
            texts.table(("", "Orders", "Median", "Worst"), [_told(found), _filled(found)], empty=""),
            texts.table(("Wait ended", "Orders"), list(zip(OUTCOMES, found.outcomes.orders, strict=True)), empty=""),
            texts.table(("Goodwill", "Orders", "Taken off", "Per case"), spent, empty="Nobody has had a letter."),
            texts.table(("Coupons", "Open", "Outstanding", "Redeemed", "Taken off"), coupons, empty="No coupons."),
            texts.table(("SKU", "Product", *_CAUSED), products, empty="No product was backordered."),
            texts.table(("Supplier", *_CAUSED), suppliers, empty="No supplier is known of what was backordered."),
            texts.table(
                ("Week from", "Units", "Filled at once", "Told", "Median", "Within 24 h"), map(_week_row, found.weeks), empty=""
            ),
            texts.table(("Month", "Taken off", "Ordered again"), months, empty=""),
        )
    )


def _cause_cells(cause: Cause) -> tuple[int, int, int]:
    return cause.backorders, cause.units, cause.lines


def _told(found: Figures) -> tuple[object, ...]:
    told = found.notifying
    return "Told after", told.told, *(_said(hours, "h") for hours in (_hours(told.median), _hours(told.worst)))


def _filled(found: Figures) -> tuple[object, ...]:
    filled = found.filling
    return "Filled after", filled.filled, *(_said(days, "days") for days in (_days(filled.median), _days(filled.worst)))


def _said(number: float | None, unit: str) -> str:
    return "" if number is None else f"{number} {unit}"


def _rows(which: str, fill: FillRate) -> list[tuple[object, ...]]:
    rates = (("units", fill.units), ("lines", fill.lines), ("orders", fill.orders))
    return [(which, name, share.part, share.whole, _percent(share)) for name, share in rates]


def _rates(fill: FillRate) -> Document:
    return {"units": _share(fill.units), "lines": _share(fill.lines), "orders": _share(fill.orders)}


def _share(share: Share) -> Document:
    return {"part": share.part, "whole": share.whole, "percent": None if share.rate is None else round(100 * share.rate, 2)}


def _percent(share: Share) -> str:
    return "" if share.rate is None else f"{100 * share.rate:.2f} %"


def _age(first: int, last: int | None) -> str:
    return f"{first}+" if last is None else f"{first}-{last}"


def _hours(took: timedelta | None) -> float | None:
    return None if took is None else round(took.total_seconds() / 3600, 1)


def _days(took: timedelta | None) -> float | None:
    return None if took is None else round(took / timedelta(days=1), 1)


def _per_case(spent: PerCase) -> Document:
    return {"cases": spent.cases, "cost": documents.money(spent.cost), "average": documents.money(spent.average)}


def _worth(worth: Worth) -> Document:
    return documents.money(worth.amount) or {"amount": None, "currency": worth.currency}


def _notifying(told: Notifying) -> Document:
    return {
        "told": told.told,
        "not_told": told.waiting,
        "median_hours": _hours(told.median),
        "worst_hours": _hours(told.worst),
        "within_24_hours": _share(told.within_a_day),
    }


def _week_row(week: Week) -> tuple[object, ...]:
    told = week.told
    return (
        week.begins,
        week.fill.whole,
        _percent(week.fill),
        told.told,
        _said(_hours(told.median), "h"),
        _percent(told.within_a_day),
    )


def _week(week: Week) -> Document:
    return {
        "begins": documents.iso(week.begins),
        "filled_units": _share(week.fill),
        "told": week.told.told,
        "median_hours": _hours(week.told.median),
        "within_24_hours": _share(week.told.within_a_day),
    }


def _month(month: Month) -> Document:
    return {
        "begins": documents.iso(month.begins),
        "goodwill": [documents.money(amount) for amount in month.goodwill],
        "ordered_again": month.kept,
    }


def _cause(cause: Cause) -> Document:
    """`units` and `lines` are short now."""
    return {
        "name": cause.name,
        "sku": cause.sku or None,
        "backorders": cause.backorders,
        "units": cause.units,
        "lines": cause.lines,
    }
