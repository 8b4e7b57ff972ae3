"""A printer as it is typed, in the window and on the command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.printers import MOST_COPIES, PrinterSettings
from orderdesk.services.draft_fields import Draft, Reader


def _read_copies(_: Draft, name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= MOST_COPIES:
        raise InvalidValueError(name, text, f"1 to {MOST_COPIES}")
    return int(text)


def _read_millimeters(_: Draft, name: str, text: str) -> int:
    """Thousandths of a millimeter; "" is none."""
    try:
        return round(float(text.replace(",", ".") or 0) * 1000)
    except (ValueError, OverflowError) as error:
        raise InvalidValueError(name, text, "millimeters, such as 1.5 or -0.5") from error


@dataclass
class PrinterDraft(Draft):
    """A printer as the seller sets it; `right` and `down` in millimeters."""

    tray: str = ""
    copies: str = "1"
    right: str = ""
    down: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"copies": _read_copies, "right": _read_millimeters, "down": _read_millimeters}

    def settings(self, name: str) -> PrinterSettings:
        """What is meant. Raises InvalidValueError."""
        return PrinterSettings(name, self.value("tray"), self.value("copies"), self.value("right"), self.value("down"))


def draft_of_printer(settings: PrinterSettings) -> PrinterDraft:
    right, down = (f"{um / 1000:g}" if um else "" for um in (settings.right_um, settings.down_um))
    return PrinterDraft(settings.tray, str(settings.copies), right, down)
