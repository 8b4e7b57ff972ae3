"""The figures as bars: what each is called, how long it is, what it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from orderdesk.domain.figures import AGES, Share
from orderdesk.storage.queries.causes import Cause
from orderdesk.storage.queries.outcomes import OUTCOMES
from orderdesk.storage.queries.trends import Month, Week
from orderdesk.ui import formats
from orderdesk.ui.bar_chart import Bar
from orderdesk.ui.words import counted, marked, tr

_ENDED = {
    "waited": marked("Waited for it"),
    "sourced": marked("Bought elsewhere"),
    "substituted": marked("Took something else"),
    "canceled": marked("Canceled"),
    "waiting": marked("Still waits"),
}


def percent(share: Share) -> str:
    """A share as text; nothing of nothing."""
    return "" if share.rate is None else f"{100 * share.rate:.1f} %"


def ages(counts: Sequence[int]) -> list[Bar]:
    """Backordered lines by how long they wait."""
    return [Bar(_age(*age), count, counted(count, "{} line", "{} lines")) for age, count in zip(AGES, counts, strict=True)]


def outcomes(counts: Sequence[int]) -> list[Bar]:
    """How waits ended."""
    ended = zip(OUTCOMES, counts, strict=True)
    return [Bar(tr(_ENDED[name]), count, counted(count, "{} order", "{} orders")) for name, count in ended]


def causes(found: Sequence[Cause]) -> list[Bar]:
    """Products and suppliers by how often they left a line short, with what is short now."""
    return [_cause(each) for each in found]


def _cause(cause: Cause) -> Bar:
    often = counted(cause.backorders, "{} backorder", "{} backorders")
    now = counted(cause.units, "{} unit short now", "{} units short now") if cause.units else tr("nothing short now")
    return Bar(" · ".join(filter(None, (cause.name, cause.sku))), cause.backorders, f"{often} · {now}")


def filled(weeks: Sequence[Week], today: date) -> list[Bar]:
    """Units filled at once, by week."""
    return [
        Bar(
            formats.day(week.begins, today),
            100 * (week.fill.rate or 0),
            _whole(week.fill),
            _of(week.fill, "{} of {} unit", "{} of {} units"),
        )
        for week in weeks
    ]


def told_in_time(weeks: Sequence[Week], today: date) -> list[Bar]:
    """Customers told within a day, by the week in which they were told, or that day was over."""
    shares = [(week.begins, week.told.within_a_day) for week in weeks]
    return [
        Bar(formats.day(begins, today), 100 * (share.rate or 0), _whole(share), _of(share, "{} of {} order", "{} of {} orders"))
        for begins, share in shares
    ]


def hours_until_told(weeks: Sequence[Week], today: date) -> list[Bar]:
    """The median of the hours until customers were told, by the week in which they were."""
    bars = []
    for week in weeks:
        name, median = formats.day(week.begins, today), week.told.median
        if median is None:
            bars.append(Bar(name, 0, "", tr("nobody was told")))
            continue
        hours = median / timedelta(hours=1)
        told = counted(week.told.told, "{} order", "{} orders")
        said = tr("half of {} within {} hours").replace("{}", told, 1).replace("{}", formats.tenths(hours))
        bars.append(Bar(name, hours, formats.tenths(hours), said))
    return bars


def goodwill(months: Sequence[Month], currency: str) -> list[Bar]:
    """What coupons in a currency took off, by month."""
    bars = []
    for month in months:
        amount = next((each for each in month.goodwill if each.currency == currency), None)
        words, said = formats.money(amount), tr("nothing was taken off")
        bars.append(Bar(formats.month(month.begins), amount.minor if amount else 0, words, words or said))
    return bars


def kept(months: Sequence[Month]) -> list[Bar]:
    """Customers who ordered again after a letter, by month."""
    return [
        Bar(
            formats.month(month.begins),
            month.kept,
            f"{month.kept:,}" if month.kept else "",
            counted(month.kept, "{} customer ordered again", "{} customers ordered again"),
        )
        for month in months
    ]


def _whole(share: Share) -> str:
    """A share over a column, where there is no room for decimals."""
    return "" if share.rate is None else f"{100 * share.rate:.0f} %"


def _of(share: Share, one: str, many: str) -> str:
    """A part of the whole; in `one` the whole is a single thing."""
    if not share.whole:
        return tr("none")
    said = tr(one if share.whole == 1 else many).replace("{}", f"{share.part:,}", 1)
    return f"{said.replace('{}', f'{share.whole:,}')}, {percent(share)}"


def _age(first: int, last: int | None) -> str:
    if last is None:
        return tr("{} days and more").replace("{}", str(first))
    return tr("{} to {} days").replace("{}", str(first), 1).replace("{}", str(last))
