"""Keeping how a printer is used."""

from __future__ import annotations

from dataclasses import asdict

from orderdesk.domain.printers import PrinterSettings
from orderdesk.storage.transaction import Transaction


def keep_printer(transaction: Transaction, settings: PrinterSettings) -> None:
    transaction.execute(
        "INSERT INTO printer (name, tray, copies, right_um, down_um) VALUES (:name, :tray, :copies, :right_um, :down_um) "
        "ON CONFLICT (name) DO UPDATE SET tray = excluded.tray, copies = excluded.copies, right_um = excluded.right_um, "
        "down_um = excluded.down_um",
        asdict(settings),
    )
