"""What the house needs of the world outside: a printer, a mail server, and whatever opens a file for the seller."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from orderdesk.domain.printers import PrinterSettings, Queue

if TYPE_CHECKING:
    from orderdesk.documents.mail import Mail


class Printer(Protocol):
    def queues(self) -> list[Queue]:
        """The printers that the system knows, its default first."""

    def print_pdf(self, path: Path, title: str, settings: PrinterSettings) -> None:
        """Hand the file to the spooler; returns once it has accepted. Raises OrderDeskError where it refuses."""


class Opener(Protocol):
    def open(self, path: Path) -> None:
        """Show a file or folder in the program that the seller uses for it."""


class Mailer(Protocol):
    def send(self, mail: Mail) -> None:
        """Hand the e-mail to a mail server; returns once it has accepted.

        Raises SendingError where nothing has left, UnknownOutcomeError where that can't be known.
        """


class Passwords(Protocol):
    def find(self, host: str, user: str) -> str | None:
        """The password of that user at that mail server; None where none is kept. Raises SendingError."""

    def keep(self, host: str, user: str, password: str) -> None:
        """Keep the password for later. Raises SendingError."""
