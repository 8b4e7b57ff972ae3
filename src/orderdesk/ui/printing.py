"""The printer and the opener of this computer, as the services know them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from orderdesk.domain.printers import PrinterSettings, Queue
from orderdesk.ui import late


class SystemPrinter:
    """CUPS where there is one, else Qt's printers."""

    def queues(self) -> list[Queue]:
        """The printers that the system knows, its default first."""
        return late.cups.CupsPrinter().queues() if late.cups.has_cups() else late.paper.queues()

    def print_pdf(self, path: Path, title: str, settings: PrinterSettings) -> None:
        """Hand the file to the spooler; returns once it has accepted. Raises StoreError where it refuses."""
        if late.cups.has_cups():
            late.cups.CupsPrinter().print_pdf(path, title, settings)
        else:
            late.paper.print_pages(path, title, settings)


def system_printer() -> SystemPrinter:
    return SystemPrinter()


class DesktopOpener:
    """Opens with what the desktop has for the kind of file."""

    def open(self, path: Path) -> None:
        """Show a file or folder."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
