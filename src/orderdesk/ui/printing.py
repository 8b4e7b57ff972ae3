"""To paper: CUPS gets the PDF itself and keeps it sharp; elsewhere its pages are drawn onto Qt's printer."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from typing_extensions import override

from orderdesk.domain.errors import StoreError
from orderdesk.services.ports import Opener, Printer
from orderdesk.ui import late
from orderdesk.ui.words import marked, tr

_SPOOLER_SECONDS = 60
_KEPT = marked("Check it, then print again; the letter is kept.")


def system_printer() -> Printer:
    """The printer of this computer: CUPS where there is one, else Qt's."""
    command = shutil.which("lp")
    return CupsPrinter(command) if command else RasterPrinter()


class CupsPrinter(Printer):
    """Hands the file to `lp`."""

    def __init__(self, command: str) -> None:
        self._command = command

    @override
    def print_pdf(self, path: Path, title: str) -> None:
        try:
            done = subprocess.run(
                [self._command, "-t", title[:120], "--", str(path)],
                capture_output=True,
                text=True,
                timeout=_SPOOLER_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise StoreError(tr("The printer does not answer."), tr(_KEPT)) from error
        if done.returncode != 0:
            reason = done.stderr.strip().removeprefix("lp: ") or tr("no reason given")
            raise StoreError(tr("The printer refused the letter: {}").replace("{}", reason), tr(_KEPT))


class RasterPrinter(Printer):
    """Draws the pages onto the default printer."""

    @override
    def print_pdf(self, path: Path, title: str) -> None:
        late.raster.print_pages(path, title)


class DesktopOpener(Opener):
    """Opens with what the desktop has for the kind of file."""

    @override
    def open(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
