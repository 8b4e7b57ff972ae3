"""Contacts as files have them: what can't be is left out, with a note, and costs no row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from orderdesk.domain.counts import first_names
from orderdesk.domain.customers import is_email
from orderdesk.exchange.countries import may_be_country
from orderdesk.exchange.languages import is_language
from orderdesk.exchange.records import CustomerRecord, OrderRecord
from orderdesk.services.import_results import Tally

_LeftOut = list[str]


def leave_out_impossible(records: Sequence[OrderRecord] | Sequence[CustomerRecord], tally: Tally) -> None:
    """Blank e-mail addresses, countries and languages that are none, and note in which rows."""
    emails: _LeftOut = []
    countries: _LeftOut = []
    languages: _LeftOut = []
    for record in records:
        record.email = _kept(record.email, is_email, record.row, emails)
        if isinstance(record, OrderRecord):
            country = _kept(record.ship_to.country, may_be_country, record.row, countries)
            if country != record.ship_to.country:
                record.ship_to = replace(record.ship_to, country=country)
        else:
            record.country = _kept(record.country, may_be_country, record.row, countries)
            record.language = _kept(record.language, is_language, record.row, languages)
    tally.notes += _notes((("no e-mail address", emails), ("no country", countries), ("no language", languages)))


def _kept(value: str, may_be: Callable[[str], bool], row: int, left_out: _LeftOut) -> str:
    if not value or may_be(value):
        return value
    left_out.append(f"“{value}” in row {row}")
    return ""


def _notes(found: Iterable[tuple[str, _LeftOut]]) -> list[str]:
    return [f"Left out, as it is {what}: {first_names(left_out)}." for what, left_out in found if left_out]
