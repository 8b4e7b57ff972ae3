"""Letters to paper: one job for all of them, each recorded once the spooler has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from orderdesk.documents.letter import Letter
from orderdesk.documents.moved import moved
from orderdesk.documents.render import render_batch
from orderdesk.domain.errors import InvalidValueError, NothingToDoError
from orderdesk.domain.notices import Way
from orderdesk.domain.printers import PrinterSettings
from orderdesk.files import sweep, unfinished_path
from orderdesk.services.days import shop_day
from orderdesk.services.deliveries import hand_over_all
from orderdesk.services.letters import files_of
from orderdesk.services.overtaken import overtaken_here
from orderdesk.services.ports import Printer
from orderdesk.services.saving import save_file
from orderdesk.services.steps import Step, step_of
from orderdesk.services.tasks import NO_PROGRESS, Progress
from orderdesk.storage import outbox
from orderdesk.storage.printers import keep_printer
from orderdesk.storage.queries.made_letters import made_letter
from orderdesk.storage.queries.notices import untold_letters
from orderdesk.storage.queries.pictures import pictures
from orderdesk.storage.queries.printers import printer_settings as _stored_settings
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store


def printer_settings(store: Store, name: str) -> PrinterSettings:
    """How a printer is used; as it comes where the seller has not said."""
    with store.read() as view:
        return _stored_settings(view, name)


def save_printer(store: Store, settings: PrinterSettings, *, now: datetime) -> Step:
    """Keep how a printer is used. Raises InvalidValueError."""
    settings.require_sound()
    summary = f"Printer {settings.name} set"
    with store.begin("printer", summary, now=now) as transaction:
        keep_printer(transaction, settings)
    return step_of(transaction, summary)


def settings_of(store: Store, printer: Printer, name: str) -> PrinterSettings:
    """How the printer of that name is used, "" for the system's default, whatever that is called today."""
    return printer_settings(store, name or next((queue.name for queue in printer.queues()), ""))


@dataclass(frozen=True, slots=True)
class LettersToPrint:
    """Letters that may go out, and why the others may not."""

    notice_ids: list[int]
    left_out: list[str]


def letters_to_print(store: Store, *, now: datetime) -> LettersToPrint:
    """The letters whose customers were not told. Raises NothingToDoError where there is none, or none that may go out."""
    with store.read() as view:
        found = untold_letters(view)
        overtaken = overtaken_here(view, found, today=shop_day(view, now))
    if not found:
        raise NothingToDoError("There is no letter to print.", "Apologize first.")
    left_out = [f"{each.why} {each.remedy}" for each in overtaken.values()]
    if len(overtaken) == len(found):
        raise NothingToDoError(" ".join(left_out))
    return LettersToPrint([notice_id for notice_id in found if notice_id not in overtaken], left_out)


def print_letters(
    store: Store,
    notice_ids: Sequence[int],
    printer: Printer,
    *,
    now: datetime,
    name: str = "",
    copies: int | None = None,
    tray: str | None = None,
    progress: Progress = NO_PROGRESS,
) -> int:
    """Print letters as one job on a printer by name, "" for the default; how many. The customers count as told.

    Raises RefusedError for a letter that may not go out, InvalidValueError for a tray that the printer lacks, and what the
    spooler says where it refuses: then none was printed.
    """
    settings = settings_of(store, printer, name)
    settings = replace(
        settings,
        copies=settings.copies if copies is None else copies,
        tray=settings.tray if tray is None else tray,
    )
    settings.require_sound()
    require_tray(printer, settings)
    progress.step(0, len(notice_ids), "")
    with _as_one_file(store, notice_ids, settings) as path:
        title = _title(store, notice_ids)
        hand_over_all(store, notice_ids, Way.PRINTED, settings.name, lambda: printer.print_pdf(path, title, settings), now=now)
    return len(notice_ids)


def require_tray(printer: Printer, settings: PrinterSettings) -> None:
    """Raise InvalidValueError for a tray that the printer lacks: the spooler would take the job, and another tray.

    Where the system lists no trays, nobody can know.
    """
    if not settings.tray:
        return
    trays = next((queue.trays for queue in printer.queues() if queue.name == settings.name), ())
    if trays and settings.tray not in trays:
        raise InvalidValueError("tray", settings.tray, "one of " + ", ".join(trays))


@contextmanager
def _as_one_file(store: Store, notice_ids: Sequence[int], settings: PrinterSettings) -> Iterator[Path]:
    """A single letter as it lies there; several, or pages that are to be moved, in a file that is gone afterwards."""
    if len(notice_ids) == 1 and not (settings.right_um or settings.down_um):
        yield files_of(store, notice_ids[0]).letter
        return
    with store.read() as view:
        letters = [Letter.from_json(outbox.reserved(view, notice_id).letter) for notice_id in notice_ids]
        pages = render_batch(letters, pictures(view), profile_of(view).country)
    with as_file(store, pages, settings) as path:
        yield path


@contextmanager
def as_file(store: Store, pages: bytes, settings: PrinterSettings) -> Iterator[Path]:
    """A PDF, moved as the printer wants it, in a file that is gone afterwards: unless it crashes here, with a later sweep.

    Raises StoreError where it can't be saved.
    """
    if settings.right_um or settings.down_um:
        pages = moved(pages, settings.right_um, settings.down_um)
    sweep(store.folder)
    path = unfinished_path(store.folder / "pages").with_suffix(".tmp.pdf")  # Windows knows by its end what to print it with
    save_file(
        path, pages, called="What is to be printed", remedy="See that its folder has room and can be written, then try again."
    )
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _title(store: Store, notice_ids: Sequence[int]) -> str:
    if len(notice_ids) > 1:
        return f"{len(notice_ids)} letters"
    with store.read() as view:
        return f"Letter to {made_letter(view, notice_ids[0]).customer}"
