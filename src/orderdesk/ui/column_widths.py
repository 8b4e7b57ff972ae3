"""How the width of a table is shared out among its columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from orderdesk.ui.table_model import Column

_LEAST_STRETCHED = 64
# So much of what stretches is to be read before other columns are shown, or shown in full.
_READABLE = 110


def share_out(room: int, columns: Mapping[int, Column[Any]], needed: Mapping[int, int]) -> dict[int, int]:
    """How wide each column is. `needed`: what it takes to show title and contents whole, where that has been measured.

    Each has that, up to its declared width; then those that stretch are made readable, and the others have what they lack, in
    part where what they leave out is in the middle. What is over is shared by those that stretch, so that they come to be alike.
    These give way, down to where a word can still be read, before anything is cut off at the edge.
    """
    given = {place: least(column, needed.get(place)) for place, column in columns.items()}
    left = room - sum(given.values())
    readable = sum(lacks(each, needed.get(place, 0), given[place]) for place, each in columns.items() if each.stretch)
    for place, column in columns.items():
        lacking, spare = needed.get(place, 0) - given[place], max(0, left - readable)
        more = min(lacking, spare) if column.elide_middle else lacking
        if not column.stretch and 0 < more <= spare:
            given[place] += more
            left -= more
    stretching = [place for place, column in columns.items() if column.stretch]
    floors = {place: max(_LEAST_STRETCHED, given[place]) if left >= 0 else _LEAST_STRETCHED for place in stretching}
    wanted = {place: needed.get(place, columns[place].width) if left >= 0 else given[place] for place in stretching}
    return given | _poured(left + sum(given[place] for place in stretching), wanted, floors)


def least(column: Column[Any], needed: int | None) -> int:
    """What a column is to have before others get more than that: what it needs, up to its declared width."""
    return column.width if needed is None else min(needed, column.width)


def lacks(column: Column[Any], needed: int, given: int) -> int:
    """What it is short of to be read."""
    return max(0, (min(needed, _READABLE) if column.stretch else needed) - given)


def _poured(room: int, wanted: Mapping[int, int], floors: Mapping[int, int]) -> dict[int, int]:
    """Above its floor none has more than it wants while another lacks; what is over goes to all of them."""

    def filled(level: int) -> dict[int, int]:
        return {place: max(floors[place], min(wide, level)) for place, wide in wanted.items()}

    given = filled(bisect_right(range(room), room, key=lambda level: sum(filled(level).values())) - 1)
    over, odd = divmod(max(0, room - sum(given.values())), max(1, len(wanted)))
    return {place: width + over + (number < odd) for number, (place, width) in enumerate(given.items())}
