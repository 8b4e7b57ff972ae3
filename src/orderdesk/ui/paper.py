"""To paper: CUPS gets the PDF itself and keeps it sharp; elsewhere its pages are drawn onto Qt's printer."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2 as pdfium
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from orderdesk.domain.errors import StoreError
from orderdesk.ui.words import marked, tr

# Qt's printer claims 1200 dpi; a page drawn at that takes seconds and no eye sees it.
MOST_DPI = 300
_SPOOLER_SECONDS = 60
_KEPT = marked("Check it, then print again; the letter is kept.")


def print_pdf(path: Path, title: str) -> None:
    """Print on the default printer. Raises StoreError where it refuses or there is none."""
    command = shutil.which("lp")
    if command:
        hand_to_spooler(command, path, title)
    else:
        print_pages(path, title)


def hand_to_spooler(command: str, path: Path, title: str) -> None:
    """Give the file to `lp`. Raises StoreError with the spooler's own reason."""
    try:
        done = subprocess.run(
            [command, "-t", title[:120], "--", str(path)], capture_output=True, text=True, timeout=_SPOOLER_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StoreError(tr("The printer does not answer."), tr(_KEPT)) from error
    if done.returncode != 0:
        reason = done.stderr.strip().removeprefix("lp: ") or tr("no reason given")
        raise StoreError(tr("The printer refused the letter: {}").replace("{}", reason), tr(_KEPT))


def print_pages(path: Path, title: str) -> None:
    """Draw the file on Qt's default printer. Raises StoreError where there is none."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title[:120])
    printer.setFullPage(True)
    if not printer.isValid():
        raise StoreError(tr("This computer has no printer."), tr("Add one, or save the letter and print it elsewhere."))
    draw_pages(path, printer)


def draw_pages(path: Path, printer: QPrinter) -> None:
    """Draw every page of the file, filling the paper, at 300 dpi at most."""
    printer.setResolution(min(printer.resolution(), MOST_DPI))
    document = pdfium.PdfDocument(path)
    painter = QPainter()
    try:
        if not painter.begin(printer):
            raise StoreError(tr("The printer can't be used."), tr(_KEPT))
        for number in range(len(document)):
            if number:
                printer.newPage()
            bitmap = document[number].render(scale=printer.resolution() / 72, rev_byteorder=True, prefer_bgrx=True)
            image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)
            painter.drawImage(QRect(0, 0, bitmap.width, bitmap.height), image)
    finally:
        if painter.isActive():
            painter.end()
        document.close()
