"""Verbs about paper: print, printers, labels, coupon-sheet, calibrate."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from orderdesk.cli import texts
from orderdesk.cli.context import PROGRESS, Answer, Context, UsageError
from orderdesk.cli.refund_letters import counted_if_told
from orderdesk.cli.settings import pairs
from orderdesk.documents.labels import LabelForm
from orderdesk.domain.errors import StoreError
from orderdesk.domain.printers import PrinterSettings, Queue
from orderdesk.services import customers, deliveries, orders, printing, printouts
from orderdesk.services.cups import CupsPrinter, has_cups
from orderdesk.services.ports import Printer
from orderdesk.services.printer_drafts import draft_of_printer
from orderdesk.services.printouts import Printout

_KEYS = ("tray", "copies", "right", "down")


def print_letters(context: Context, words: Namespace) -> Answer:
    """Print letters as one job; their customers count as told."""
    if bool(words.orders) == words.all:
        raise UsageError("Name one or more orders, or --all for every letter whose customer was not told.")
    left_out: list[str] = []
    if words.all:
        to_print = printing.letters_to_print(context.store, now=context.now)
        notices, left_out = to_print.notice_ids, to_print.left_out
    else:
        found = [orders.find_order(context.store, each) for each in words.orders]
        notices = list(dict.fromkeys(deliveries.letter_to_hand_over(context.store, each) for each in found))
    counted = counted_if_told(context, notices)
    count = printing.print_letters(
        context.store,
        notices,
        _printer(),
        now=context.now,
        name=words.printer or "",
        copies=words.copies,
        tray=words.tray,
        progress=PROGRESS,
    )
    context.notes += [*left_out, *counted]
    return Answer({"printed": count, "printer": words.printer, "left_out": left_out}, f"Letters printed: {count}.")


def printers(context: Context, words: Namespace) -> Answer:
    """The printers of this computer, or how one of them is used."""
    if not words.name:
        queues = _printer().queues()
        lines = texts.table(
            ("Printer", "Trays"), [(queue.name, ", ".join(queue.trays)) for queue in queues], empty="No printers."
        )
        return Answer([_queue(queue) for queue in queues], lines)
    settings = printing.printer_settings(context.store, words.name)
    if words.settings:
        draft = replace(draft_of_printer(settings), **pairs(words.settings, _KEYS))
        settings = draft.settings(words.name)
        printing.save_printer(context.store, settings, now=context.now)
    shown = _settings(settings)
    return Answer(shown, "\n".join(f"{name}={value}" for name, value in shown.items()))


def labels(context: Context, words: Namespace) -> Answer:
    """Address labels for the parcels of orders, or for customers."""
    form = LabelForm(words.form) if words.form else None
    if bool(words.orders) == bool(words.customer):
        raise UsageError("Name one or more orders, or customers with --customer.")
    if words.customer:
        chosen = [customers.find_customer(context.store, each) for each in words.customer]
        made = printouts.labels_of_customers(context.store, chosen, now=context.now, form=form, first=words.first)
    else:
        chosen = [orders.find_order(context.store, each) for each in words.orders]
        made = printouts.labels_of_orders(context.store, chosen, now=context.now, form=form, first=words.first)
    return _saved_or_printed(context, made, words)


def coupon_sheet(context: Context, words: Namespace) -> Answer:
    """Coupons that are still good, three to a sheet."""
    return _saved_or_printed(context, printouts.coupons_to_cut(context.store, words.codes, now=context.now), words)


def calibrate(context: Context, words: Namespace) -> Answer:
    """The page that shows by how much a printer is off."""
    return _saved_or_printed(context, printouts.calibration_page(context.store, now=context.now), words)


def _saved_or_printed(context: Context, made: Printout, words: Namespace) -> Answer:
    if words.print or words.printer:
        printouts.print_printout(context.store, made, _printer(), name=words.printer or "")
        return Answer({"printed": made.name, "printer": words.printer}, f"Printed: {made.name}.")
    path = printouts.save_printout(context.store, made, Path(words.out).absolute() if words.out else None)
    return Answer({"file": str(path)}, str(path))


def _printer() -> Printer:
    if not has_cups():
        raise StoreError("This computer has no CUPS to print with.", "Print from the window, or open the PDF and print it there.")
    return CupsPrinter()


def _queue(queue: Queue) -> dict[str, Any]:
    return {"name": queue.name, "trays": list(queue.trays)}


def _settings(settings: PrinterSettings) -> dict[str, Any]:
    return {
        "name": settings.name,
        "tray": settings.tray,
        "copies": settings.copies,
        "right": settings.right_um / 1000,
        "down": settings.down_um / 1000,
    }
