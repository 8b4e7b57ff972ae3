"""Days counted on the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.days import months_after


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 11, 17), 12, date(2027, 11, 17)),
        (date(2026, 11, 17), 1, date(2026, 12, 17)),
        (date(2026, 11, 17), 2, date(2027, 1, 17)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, last: date) -> None:
    assert months_after(day, months) == last


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 120))
def test_months_are_counted_as_people_do(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day and day.day - later.day <= 3
