"""Which format a file has, by what its header row says: never by its name, never by guessing at its delimiter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from orderdesk.domain.errors import UnreadableFileError
from orderdesk.exchange.profile import Column, LookAlike, Profile
from orderdesk.exchange.tables import BrokenRow, Table
from orderdesk.exchange.text import LOST

_HEADER_WITHIN = 25
# Other shops' files have a sku and a price too: one column in so many must be known.
_KNOWN_SHARE = 4
_SHOWN_CELLS = 6
_SHOWN_LETTERS = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """How one file is laid out.

    `first_number` is the number of the first row as spreadsheets count (they don't show a `sep=` line), `header_number` that
    of the header row; `places` says at which indexes each column's cells stand.
    """

    profile: Profile
    table: Table
    first_number: int
    header_number: int
    header: tuple[str, ...]
    places: Mapping[Column, tuple[int, ...]]
    unknown_columns: tuple[str, ...]

    def header_of(self, column: Column) -> str:
        """What the file calls the column."""
        places = self.places.get(column)
        return self.header[places[0]] if places else column.headers[0]


def plain(header: str) -> str:
    """A column's name without case and superfluous space; "order_number" and "Order number" are one."""
    return " ".join(header.replace("\ufeff", "").replace("_", " ").split()).casefold()


def find_layout(tables: Iterable[Table], profiles: Sequence[Profile], look_alikes: Sequence[LookAlike], file_name: str) -> Layout:
    """The best fitting format over all the ways to read the file. Without look-alikes the seller has named the format.

    Raises UnreadableFileError that says what the file seems to be, or what its first line has.
    """
    fits: list[_Fit] = []
    first_line: Sequence[str] = ()
    for table in tables:
        fit, line = _fit(table, (*profiles, *look_alikes), asked_for=not look_alikes)
        fits += [fit] if fit else []
        first_line = max(first_line, line, key=len)
    if not fits:
        raise _unknown(file_name, first_line, profiles)
    return _layout(max(fits, key=lambda fit: fit.score), file_name)


def _fit(table: Table, candidates: Sequence[Profile | LookAlike], *, asked_for: bool) -> tuple[_Fit | None, Sequence[str]]:
    """The format whose header is the first to come in the table, and its first line that says something."""
    first_line: Sequence[str] = ()
    first_cell = ""
    for number, row in enumerate(islice(table.rows(), _HEADER_WITHIN)):
        if isinstance(row, BrokenRow):
            continue
        first_cell = first_cell if number else "".join(row[:1])
        first_line = first_line or [cell for cell in row if cell.strip()]
        names = {plain(cell) for cell in row} - {""}
        score, at = max((_score(candidate, names, asked_for=asked_for), -place) for place, candidate in enumerate(candidates))
        if score:
            return _Fit(score, candidates[-at], table, first_cell, number, row), first_line
    return None, first_line


@dataclass(frozen=True, slots=True)
class _Fit:
    """A row that could be the header of a format, and how many of the format's columns it has."""

    score: int
    found: Profile | LookAlike
    table: Table
    first_cell: str
    number: int
    row: Sequence[str]


def _score(candidate: Profile | LookAlike, names: set[str], *, asked_for: bool) -> int:
    """How many of the row's names the format knows; 0 where the row can't be its header."""
    if isinstance(candidate, LookAlike):
        known = {plain(name) for name in candidate.headers}
        return len(known) if known <= names else 0
    if not all(any(plain(name) in names for name in group) for group in candidate.signature):
        return 0
    score = len(names & _known(candidate))
    return score if asked_for or score * _KNOWN_SHARE >= len(names) else 0


def _known(profile: Profile) -> set[str]:
    return {plain(name) for column in profile.columns for name in column.headers} | {plain(name) for name in profile.ignored}


def _layout(fit: _Fit, file_name: str) -> Layout:
    profile = fit.found
    if isinstance(profile, LookAlike):
        raise UnreadableFileError(f"{file_name} looks like {profile.title}, which can't be imported.", profile.hint)
    at: dict[str, int] = {}
    for place, name in enumerate(fit.row):
        at.setdefault(plain(name.replace(LOST, "\ufffd")), place)
    places = {column: tuple(at[plain(name)] for name in column.headers if plain(name) in at) for column in profile.columns}
    known = _known(profile)
    header = tuple(name.replace("\ufeff", "").replace(LOST, "\ufffd").strip() for name in fit.row)
    unused = (
        name if at[plain(name)] == place else f"{name} (a second column of that name)"
        for place, name in enumerate(header)
        if plain(name) and (plain(name) not in known or at[plain(name)] != place)
    )
    unknown = tuple(dict.fromkeys(unused))
    first_number = 0 if fit.first_cell.lower().startswith("sep=") else 1
    return Layout(
        profile,
        fit.table,
        first_number,
        first_number + fit.number,
        header,
        {column: at for column, at in places.items() if at},
        unknown,
    )


def _unknown(file_name: str, first_line: Sequence[str], profiles: Sequence[Profile]) -> UnreadableFileError:
    cells = [cell.strip()[:_SHOWN_LETTERS] for cell in first_line[:_SHOWN_CELLS]]
    shown = ", ".join(f"“{''.join(letter for letter in cell if letter.isprintable())}”" for cell in cells)
    more = ", …" if len(first_line) > _SHOWN_CELLS else ""
    has = f"Its first line has {shown}{more}." if shown else "It has no header row."
    if len(profiles) == 1:
        lacks = f"{file_name} lacks the columns of this format: {profiles[0].title}. {has}"
        return UnreadableFileError(lacks, "Leave the format open, and it is recognized by its columns.")
    known = ", ".join(profile.title for profile in profiles)
    return UnreadableFileError(f"{file_name} is no file OrderDesk knows. {has}", f"It can import: {known}.")
