"""To paper without CUPS: the pages of a PDF are drawn onto Qt's printer."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from orderdesk.domain.errors import NoPrinterError, StoreError
from orderdesk.domain.printers import PrinterSettings, Queue
from orderdesk.ui.words import marked, tr

# Qt's printer claims 1200 dpi; a page drawn at that takes seconds and no eye sees it.
MOST_DPI = 300
_KEPT = marked("Check it, then print again; nothing is lost.")


def queues() -> list[Queue]:
    """The printers that Qt knows, the default first; it can ask none of them for a tray by name."""
    default = QPrinterInfo.defaultPrinterName()
    names = sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name.casefold()))
    return [Queue(name) for name in names]


def print_pages(path: Path, title: str, settings: PrinterSettings) -> None:
    """Draw the file on a printer, Qt's default where none is named. Raises StoreError where there is none."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if printer.outputFormat() != QPrinter.OutputFormat.NativeFormat:  # Qt writes files where it knows of no printer
        raise NoPrinterError
    if settings.name:
        printer.setPrinterName(settings.name)
    printer.setDocName(title[:120])
    printer.setFullPage(True)
    printer.setCopyCount(settings.copies)
    if not printer.isValid():
        raise NoPrinterError
    draw_pages(path, printer)


def draw_pages(path: Path, printer: QPrinter) -> None:
    """Draw every page of the file, filling the paper, at 300 dpi at most."""
    printer.setResolution(min(printer.resolution(), MOST_DPI))
    document = pdfium.PdfDocument(path)
    painter = QPainter()
    try:
        # Else the page lies on whatever paper the printer takes for usual.
        printer.setPageSize(QPageSize(QSizeF(*document.get_page_size(0)), QPageSize.Unit.Point))
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
