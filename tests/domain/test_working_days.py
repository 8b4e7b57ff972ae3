"""Working days against the calendars that countries have published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.working_days import is_working_day, public_holidays, working_day_by, working_days_after

# opm.gov, gov.uk/bank-holidays (England and Wales), and the calendar of the German ministry of the interior.
PUBLISHED = {
    ("US", 2026): "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    ("US", 2027): "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    ("US", 2028): "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    ("GB", 2021): "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    ("GB", 2024): "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    ("GB", 2026): "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    ("GB", 2027): "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    ("GB", 2028): "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    ("GB", 2033): "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27",
    ("DE", 2026): "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26",
    ("DE", 2027): "01-01 03-26 03-29 05-01 05-06 05-17 10-03 12-25 12-26",
    ("DE", 2038): "01-01 04-23 04-26 05-01 06-03 06-14 10-03 12-25 12-26",
    ("CA", 2026): "",
}


@pytest.mark.parametrize(("country", "year"), PUBLISHED)
def test_public_holidays_are_those_published(country: str, year: int) -> None:
    found = sorted(public_holidays(country, year))
    assert [f"{day:%m-%d}" for day in found] == PUBLISHED[country, year].split()
    assert all(day.year == year for day in found)


@pytest.mark.parametrize(
    ("country", "start", "count", "end"),
    [
        ("US", "2026-11-25", 7, "2026-12-07"),  # Thanksgiving
        ("DE", "2026-11-25", 7, "2026-12-04"),
        ("US", "2027-01-11", 7, "2027-01-21"),  # the birthday of Martin Luther King, Jr.
        ("DE", "2027-01-11", 7, "2027-01-20"),
        ("GB", "2026-12-24", 1, "2026-12-29"),  # Boxing Day is a Saturday: kept on Monday the 28th
        ("gb", "2026-12-24", 1, "2026-12-29"),
        ("FR", "2026-12-24", 1, "2026-12-25"),  # a country whose holidays are not known
        ("", "2026-12-24", 1, "2026-12-25"),
    ],
)
def test_working_days_are_those_of_the_country(country: str, start: str, count: int, end: str) -> None:
    assert working_days_after(date.fromisoformat(start), count, country) == date.fromisoformat(end)


COUNTRIES = st.sampled_from(["US", "DE", "GB", "FR"])
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(country=COUNTRIES, start=DAYS, count=st.integers(0, 40))
def test_working_days_are_counted_without_the_first_and_with_the_last(country: str, start: date, count: int) -> None:
    end = working_days_after(start, count, country)
    between = [start + timedelta(days=each) for each in range(1, (end - start).days + 1)]
    assert sum(is_working_day(each, country) for each in between) == count
    assert not count or is_working_day(end, country)


@given(country=COUNTRIES, day=DAYS)
def test_the_working_day_by_a_day_is_the_last_that_is_not_after_it(country: str, day: date) -> None:
    found = working_day_by(day, country)
    assert is_working_day(found, country)
    assert working_days_after(found, 1, country) > day
