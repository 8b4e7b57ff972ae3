"""What the house needs of the world outside: a printer, and whatever opens a file for the seller."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Printer(Protocol):
    def print_pdf(self, path: Path, title: str) -> None:
        """Hand the file to the spooler; returns once it has accepted. Raises OrderDeskError where it refuses."""


class Opener(Protocol):
    def open(self, path: Path) -> None:
        """Show a file or folder in the program that the seller uses for it."""
