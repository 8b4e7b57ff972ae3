"""What could not be made while the rest was: named, with the reason, until it is read."""

from __future__ import annotations

from collections.abc import Sequence

from orderdesk.domain.errors import OrderDeskError
from orderdesk.ui.desk import Desk
from orderdesk.ui.words import counted

_SHOWN = 8


def say_left_out(desk: Desk, reasons: Sequence[str]) -> None:
    """Each of them with its reason above the page; nothing where there is none."""
    if reasons:
        rest = len(reasons) - _SHOWN
        more = [counted(rest, "and {} more", "and {} more")] if rest > 0 else []
        heading = counted(len(reasons), "{} was left out:", "{} were left out:")
        desk.failed.emit(OrderDeskError(heading, "\n".join([*reasons[:_SHOWN], *more])))
