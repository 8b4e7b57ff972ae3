"""Reads a file of the world into records: the front door of this room."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orderdesk.domain.errors import InvalidValueError, NotFoundError, UnreadableFileError
from orderdesk.exchange.answers import Answers
from orderdesk.exchange.columnar import Rows
from orderdesk.exchange.detection import Layout, find_layout
from orderdesk.exchange.encodings import ENCODINGS, GUESSES, find_encoding
from orderdesk.exchange.flat_records import FlatReader
from orderdesk.exchange.look_alikes import LOOK_ALIKES
from orderdesk.exchange.marketplaces import MARKETPLACES
from orderdesk.exchange.order_records import OrderReader
from orderdesk.exchange.own_files import OWN_FILES
from orderdesk.exchange.profile import Kind, Profile, Shape
from orderdesk.exchange.records import ParsedFile, Question
from orderdesk.exchange.spreadsheets import is_spreadsheet, sheets
from orderdesk.exchange.supplier_feeds import SUPPLIER_FEEDS
from orderdesk.exchange.tables import BrokenRow, Table, TextTable

MAX_BYTES = 100 * 1024 * 1024

_DELIMITERS = (",", ";", "\t")
_IN_TWO_ORDERS = ("utf-16", "utf-32")  # of bytes, under one name
_WHICH_ENCODING = "The file does not say how it writes letters beyond English ones. In which encoding do names look right?"
_PROFILES = (*OWN_FILES, *MARKETPLACES, *SUPPLIER_FEEDS)


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be imported: the name to ask for it by, the kind of its records, its title in words."""

    name: str
    kind: str
    title: str


def formats() -> tuple[Format, ...]:
    """All formats that can be imported."""
    return tuple(Format(profile.name, profile.kind, profile.title) for profile in _PROFILES)


def read_file(
    path: Path,
    *,
    format: str | None = None,  # noqa: A002 - the word the command line has for it
    encoding: str | None = None,
    currency: str | None = None,
    date_order: str | None = None,
    usual_currency: str | None = None,
    country: str = "",
) -> ParsedFile:
    """What the file says. Its format is recognized by its columns unless `format` names one of `formats()`.

    `encoding` is one of ENCODINGS, to read text with instead of the one found. `currency` (ISO 4217) is the seller's answer for
    amounts that have none in the file, `date_order` ("MDY", "DMY") for dates in digits; `usual_currency` is the shop's, which a
    bare `$` is taken for if it is a dollar, and `country` the shop's, which says what letters are likely.

    Raises UnreadableFileError for a file that can't be read at all, NotFoundError for an unknown format, InvalidValueError for
    another argument that is none. Rows that can't be read are in `skipped` instead.
    """
    if encoding not in (None, *ENCODINGS):
        raise InvalidValueError("encoding", str(encoding), f"one of {', '.join(ENCODINGS)}")
    content = content_of(path)
    tables = _tables(content, path.name, encoding, country)
    layout = find_layout(tables, _chosen(format), () if format else LOOK_ALIKES, path.name)
    answers = Answers(
        currency=currency,
        date_order=date_order,
        usual_currency=usual_currency,
        decimal_mark="," if layout.table.delimiter == ";" else ".",
        printed_dates=lambda: _printed_dates(layout),
    )
    if not encoding and layout.table.encoding in GUESSES:
        answers.questions.append(Question("encoding", _WHICH_ENCODING, GUESSES, layout.table.encoding))
    return _parsed(layout, answers, hashlib.sha256(content).hexdigest())


def _parsed(layout: Layout, answers: Answers, digest: str) -> ParsedFile:
    profile, rows = layout.profile, Rows(layout)
    reader = FlatReader(layout, answers) if profile.shape is Shape.RECORD else OrderReader(layout, answers)
    with _collector_paused():
        reader.read(rows)
    records: dict[str, Any] = {profile.kind: reader.records}
    return ParsedFile(
        format=profile.name,
        kind=profile.kind,
        encoding=layout.table.encoding,
        skipped=reader.skipped,
        questions=answers.questions,
        unknown_columns=list(layout.unknown_columns),
        live_on=profile.constants["channel"] if profile.is_whole else "",
        rows_read=rows.read,
        rows_taken=reader.rows_taken,
        digest=digest,
        **records,
    )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Reading makes many objects and no cycles; looking for some among them again and again takes half of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _chosen(name: str | None) -> Sequence[Profile]:
    if name is None:
        return _PROFILES
    chosen = [profile for profile in _PROFILES if profile.name == name]
    if not chosen:
        raise NotFoundError("format", name)
    return chosen


def content_of(path: Path) -> bytes:
    """The bytes of a file that may be read. Raises UnreadableFileError for one that is none, too large or empty."""
    try:
        if not path.is_file():
            raise UnreadableFileError(f"{path.name} is no file.", "Choose a CSV file or a spreadsheet.")
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFileError(f"{path.name} is larger than 100 MB.", "Split it, then import the parts.")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"{path.name} can't be read: {error.strerror}.", "Close other programs that use it, then retry."
        ) from error
    if not content.strip(b"\xef\xbb\xbf\r\n\t ,;\0"):
        raise UnreadableFileError(f"{path.name} is empty.", "Export it again, then import.")
    return content


def _tables(content: bytes, file_name: str, encoding: str | None, country: str) -> Iterator[Table]:
    if is_spreadsheet(content):
        yield from sheets(content, file_name)
        return
    if encoding in (None, *_IN_TWO_ORDERS):
        found = find_encoding(content, country)
        if encoding and not found.startswith(encoding):
            raise UnreadableFileError(f"{file_name} is not written in {encoding}.", "Name another encoding, or none.")
        encoding = found
    for delimiter in _DELIMITERS:
        yield TextTable(content, encoding, delimiter)


def _printed_dates(layout: Layout) -> Iterator[str]:
    places = [at for column, ats in layout.places.items() if column.kind in (Kind.DAY, Kind.MOMENT) for at in ats]
    for number, row in enumerate(layout.table.rows(), layout.first_number):
        if number > layout.header_number and not isinstance(row, BrokenRow):
            yield from (row[place] for place in places if place < len(row))
