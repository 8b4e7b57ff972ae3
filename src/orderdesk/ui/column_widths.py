"""How the width of a table is shared out among its columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orderdesk.ui.table_model import Column

_LEAST_STRETCHED = 64


def share_out(room: int, columns: Mapping[int, Column[Any]], needed: Mapping[int, int]) -> dict[int, int]:
    """How wide each column is. `needed`: what it takes to show title and contents whole, where that has been measured.

    Each has that, up to its declared width; then those that do not stretch have what they lack, and the others share the rest.
    These give way, down to where a word can still be read, before anything is cut off at the edge.
    """
    given = {place: least(column, needed.get(place)) for place, column in columns.items()}
    left = room - sum(given.values())
    for place, column in columns.items():
        lacking = needed.get(place, 0) - given[place]
        if not column.stretch and 0 < lacking <= left:
            given[place] += lacking
            left -= lacking
    stretching = {place: needed.get(place, column.width) for place, column in columns.items() if column.stretch}
    return given | _poured(left + sum(given[place] for place in stretching), stretching)


def least(column: Column[Any], needed: int | None) -> int:
    """What a column is to have before others get more than that: what it needs, up to its declared width."""
    return column.width if needed is None else min(needed, column.width)


def _poured(room: int, wanted: Mapping[int, int]) -> dict[int, int]:
    """None has more than it wants while another lacks; what is over goes to all of them."""
    given: dict[int, int] = {}
    for place in sorted(wanted, key=wanted.__getitem__):
        fair = room // (len(wanted) - len(given))
        given[place] = max(_LEAST_STRETCHED, min(wanted[place], fair))
        room -= given[place]
    over = max(0, room) // max(1, len(wanted))
    return {place: width + over for place, width in given.items()}
