"""How the seller's printers are used."""

from __future__ import annotations

from orderdesk.domain.printers import PrinterSettings
from orderdesk.storage.view import View


def printer_settings(view: View, name: str) -> PrinterSettings:
    """The settings of a printer; as it comes where there are none."""
    row = view.one("SELECT name, tray, copies, right_um, down_um FROM printer WHERE name = ?", (name,))
    return PrinterSettings(*row) if row else PrinterSettings(name)
