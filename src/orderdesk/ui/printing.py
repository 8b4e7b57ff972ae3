"""To paper: CUPS gets the PDF itself and keeps it sharp; elsewhere its pages are drawn onto Qt's printer."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2 as pdfium
from PySide6.QtCore import QRect, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from typing_extensions import override

from orderdesk.domain.errors import StoreError
from orderdesk.services.ports import Opener, Printer
from orderdesk.ui.words import tr

# Qt's printer claims 1200 dpi; a page drawn at that takes seconds and no eye sees it.
MOST_DPI = 300
_SPOOLER_SECONDS = 60


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
            raise StoreError(tr("The printer does not answer."), tr("Check it, then print again; the letter is kept.")) from error
        if done.returncode != 0:
            reason = done.stderr.strip().removeprefix("lp: ") or tr("no reason given")
            raise StoreError(
                tr("The printer refused the letter: {}").replace("{}", reason), tr("Check it, then print again; the letter is kept.")
            )


class RasterPrinter(Printer):
    """Draws the pages onto the default printer."""

    @override
    def print_pdf(self, path: Path, title: str) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title[:120])
        printer.setFullPage(True)
        if not printer.isValid():
            raise StoreError(tr("This computer has no printer."), tr("Add one, or save the letter and print it elsewhere."))
        draw_pdf(path, printer)


def draw_pdf(path: Path, printer: QPrinter) -> None:
    """Draw every page of the file, filling the paper, at 300 dpi at most."""
    printer.setResolution(min(printer.resolution(), MOST_DPI))
    document = pdfium.PdfDocument(path)
    painter = QPainter()
    try:
        if not painter.begin(printer):
            raise StoreError(tr("The printer can't be used."), tr("Check it, then print again; the letter is kept."))
        for number in range(len(document)):
            if number:
                printer.newPage()
            bitmap = document[number].render(scale=printer.resolution() / 72, rev_byteorder=True, prefer_bgrx=True)
            image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)  # type: ignore[arg-type]
            painter.drawImage(QRect(0, 0, bitmap.width, bitmap.height), image)
    finally:
        if painter.isActive():
            painter.end()
        document.close()


class DesktopOpener(Opener):
    """Opens with what the desktop has for the kind of file."""

    @override
    def open(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
