"""How the seller's printer is used: tray, copies, and how far its paper is off."""

from __future__ import annotations

from dataclasses import dataclass

from orderdesk.domain.errors import InvalidValueError

MOST_COPIES = 99
# Nobody's paper is off by more than an inch.
MOST_OFFSET_UM = 25_000


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """A printer by its name ("" is the system's default). `tray` as the printer calls it, "" is its own choice.

    `right_um` and `down_um`: by how many thousandths of a millimeter the page is moved before it is printed.
    """

    name: str = ""
    tray: str = ""
    copies: int = 1
    right_um: int = 0
    down_um: int = 0

    def require_sound(self) -> None:
        """Raise InvalidValueError for the first setting that can't be."""
        if not 1 <= self.copies <= MOST_COPIES:
            raise InvalidValueError("copies", str(self.copies), f"1 to {MOST_COPIES}")
        for name in ("right_um", "down_um"):
            if abs(getattr(self, name)) > MOST_OFFSET_UM:
                millimeters = getattr(self, name) / 1000
                raise InvalidValueError(name.removesuffix("_um"), f"{millimeters:g}", "-25 to 25 millimeters")


@dataclass(frozen=True, slots=True)
class Queue:
    """A printer that the system knows, and the trays that can be asked for."""

    name: str
    trays: tuple[str, ...] = ()
