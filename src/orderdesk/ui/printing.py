"""The printer and the opener of this computer, as the services know them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from orderdesk.ui import late


class SystemPrinter:
    """The default printer: CUPS where there is one, else Qt's."""

    def print_pdf(self, path: Path, title: str) -> None:
        """Hand the file to the spooler; returns once it has accepted. Raises StoreError where it refuses."""
        late.paper.print_pdf(path, title)


def system_printer() -> SystemPrinter:
    return SystemPrinter()


class DesktopOpener:
    """Opens with what the desktop has for the kind of file."""

    def open(self, path: Path) -> None:
        """Show a file or folder."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
