"""What the coupons have cost and may still cost, by currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from statistics import median
from typing import Any

from orderdesk.domain.coupons import CouponStatus
from orderdesk.domain.days import day_of
from orderdesk.domain.money import Money
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.coupons import SPENT, is_open
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class CouponFigures:
    """The coupons of one currency. `issued` = `open` + `not_given` + `redeemed` + `voided` + `expired`.

    `outstanding` is what open amounts and gift cards may still take, `pieces` how many open coupons have no amount (percent, free
    shipping, gift). `taken_off` is what they took off orders and did not get back, where it is known. `used`: coupons used at least
    once and not given back, `median_days` from their issue to that first time, None where none was.
    """

    currency: str
    issued: int
    open: int
    not_given: int
    redeemed: int
    voided: int
    expired: int
    outstanding: Money
    pieces: int
    taken_off: Money
    used: int
    median_days: float | None

    @property
    def redemption_rate(self) -> float | None:
        """The share used of the coupons that were given and not voided; None without any."""
        counted = self.issued - self.voided - self.not_given
        return self.used / counted if counted else None


_COUNTS = f"""
WITH seen AS MATERIALIZED (SELECT t.*, {is_open("t")} AS is_open FROM coupon t)
SELECT s.currency, count(*), sum(s.is_open), sum(s.status = 'issued' AND s.valid_through >= :today AND NOT s.is_open),
    sum(s.status = 'redeemed'), sum(s.status = 'voided'), sum(s.status = 'issued' AND s.valid_through < :today),
    coalesce(sum(s.balance_minor) FILTER (WHERE s.is_open), 0), sum(s.is_open AND s.balance_minor IS NULL)
FROM seen s GROUP BY s.currency ORDER BY count(*) DESC, s.currency
"""
_USED = f"""
SELECT c.currency, c.status, c.issued_at, min(r.at), -coalesce(sum(r.amount_minor), 0)
FROM {SPENT} r JOIN coupon c ON c.id = r.coupon_id GROUP BY c.id
"""


def coupon_figures(view: View, *, today: date) -> list[CouponFigures]:
    """The figures per currency, that of most coupons first; `today` is the day where the shop is."""
    uses = view.all(_USED)
    zone = shop_zone(view)
    return [
        _figures(counts, [use for use in uses if use[0] == counts[0]], zone)
        for counts in view.all(_COUNTS, {"today": today.isoformat()})
    ]


def _figures(counts: Sequence[Any], uses: Sequence[Sequence[Any]], zone: tzinfo | None) -> CouponFigures:
    currency, issued, still_open, not_given, redeemed, voided, expired, outstanding, pieces = counts
    days = [_days(issued_at, used_at, zone) for _, _, issued_at, used_at, _ in uses]
    return CouponFigures(
        currency=currency,
        issued=issued,
        open=still_open,
        not_given=not_given,
        redeemed=redeemed,
        voided=voided,
        expired=expired,
        outstanding=Money(outstanding, currency),
        pieces=pieces,
        taken_off=Money(sum(minor for *_, minor in uses), currency),
        used=sum(status != CouponStatus.VOIDED for _, status, *_ in uses),
        median_days=median(days) if days else None,
    )


def _days(issued_at: str, used_at: str, zone: tzinfo | None) -> int:
    """Days of the shop's calendar from one to the other."""
    first, last = (day_of(parse_instant(at), zone) for at in (issued_at, used_at))
    return (last - first).days
