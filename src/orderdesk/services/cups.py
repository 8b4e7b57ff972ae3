"""CUPS: it gets the PDF itself and keeps it sharp. Its programs are asked in plain English, their words taken as they are."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from typing_extensions import override

from orderdesk.documents.paper import media_of
from orderdesk.domain.errors import NoPrinterError, StoreError, UnknownOutcomeError
from orderdesk.domain.printers import PrinterSettings, Queue
from orderdesk.services.ports import Printer

_SECONDS = 60
_KEPT = "Check it, then print again; nothing is lost."
_LONGEST_TITLE = 120


class CupsPrinter(Printer):
    """The printers of this computer."""

    @override
    def queues(self) -> list[Queue]:
        names = _said("lpstat", "-e").split()
        default = _said("lpstat", "-d").rpartition(":")[2].strip()
        return [Queue(name, _trays(name)) for name in sorted(names, key=lambda name: (name != default, name.casefold()))]

    @override
    def print_pdf(self, path: Path, title: str, settings: PrinterSettings) -> None:
        to = [f"-d{settings.name}"] if settings.name else []
        tray = ["-o", f"InputSlot={settings.tray}"] if settings.tray else []
        plain = "".join(letter for letter in title if letter.isprintable())[:_LONGEST_TITLE]
        # The page has its own margins: nothing is to be scaled, nor centered on the paper that the queue takes for usual.
        page = ["-o", "print-scaling=none", "-o", f"media={media_of(path)}"]
        words = [*to, "-n", str(settings.copies), "-t", plain, *page, *tray, "--", str(path)]
        try:
            done = _run("lp", words)
        except subprocess.TimeoutExpired as error:
            raise UnknownOutcomeError(
                "The printer has not said whether it took the job.", "Look at the printer; print again only if nothing comes."
            ) from error
        if "no default destination" in done.stderr.casefold():
            raise NoPrinterError
        if done.returncode != 0:
            reason = " ".join(done.stderr.split()).removeprefix("lp: ").rstrip(".") or "no reason given"
            raise StoreError(f"The printer refused the job: {reason}.", _KEPT)


def has_cups() -> bool:
    return shutil.which("lp") is not None


def _trays(name: str) -> tuple[str, ...]:
    """From a line such as `InputSlot/Media Source: *Auto Tray1 Tray2`."""
    for line in _said("lpoptions", "-p", name, "-l").splitlines():
        key, _, choices = line.partition(":")
        if key.partition("/")[0] == "InputSlot":
            return tuple(choice.lstrip("*") for choice in choices.split())
    return ()


def _said(program: str, *words: str) -> str:
    try:
        return _run(program, words).stdout if shutil.which(program) else ""
    except subprocess.TimeoutExpired as error:
        raise StoreError("The printer does not answer.", _KEPT) from error


def _run(program: str, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    try:
        return subprocess.run(
            [shutil.which(program) or program, *words],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            check=False,
            env=environment,
        )
    except OSError as error:
        raise StoreError("The printer does not answer.", _KEPT) from error
