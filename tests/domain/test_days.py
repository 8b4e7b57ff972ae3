"""Days counted on the calendar, and which day an instant is of."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orderdesk
from orderdesk.domain.days import day_of, last_months, last_weeks, months_after, start_of

SOURCE = Path(orderdesk.__file__).parent


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


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_the_last_weeks_and_months_end_with_those_of_the_day(day: date) -> None:
    weeks, months = last_weeks(day, 12), last_months(day, 6)
    assert [each.weekday() for each in weeks] == [0] * 12
    assert 0 <= (day - weeks[-1]).days < 7 and (day - weeks[0]).days // 7 == 11
    assert (months[-1], {each.day for each in months}) == (day.replace(day=1), {1})
    assert [months_after(each, 1) for each in months[:-1]] == months[1:]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 120))
def test_months_are_counted_as_people_do(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day and day.day - later.day <= 3


@pytest.mark.parametrize(("zone", "day"), [("America/Los_Angeles", 17), ("UTC", 18), ("Europe/Berlin", 18), ("Asia/Tokyo", 18)])
def test_an_instant_is_of_the_day_that_it_is_in_the_time_zone(zone: str, day: int) -> None:
    assert day_of(datetime(2026, 11, 18, 4, tzinfo=UTC), ZoneInfo(zone)) == date(2026, 11, day)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["Europe/Berlin", "America/Sao_Paulo", "Asia/Beirut"]))
def test_a_day_begins_on_that_day_though_its_midnight_may_be_left_out(day: date, zone: str) -> None:
    """Clocks are put forward at midnight in some places."""
    assert day_of(start_of(day, ZoneInfo(zone)), ZoneInfo(zone)) == day


def test_days_are_taken_from_instants_in_one_place() -> None:
    """Anywhere else the day would be that of UTC."""
    calls = {
        (path.relative_to(SOURCE).as_posix(), node.lineno)
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "date"
    }
    assert {name for name, _ in calls} == {"domain/days.py"}, sorted(calls)
