"""An error as a sentence and a remedy. Two families: the seller's world, and our own mistakes."""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import override

from orderdesk.domain.errors import NoPrinterError, NotSetUpError, OrderDeskError
from orderdesk.ui.words import tr


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happened, what to do. `ours`: a mistake of the program, worth a report. `page`: where it is mended, "" for nowhere."""

    sentence: str
    remedy: str
    ours: bool = False
    page: str = ""

    @override
    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}".strip()


def explain(error: BaseException) -> Explanation:
    """The error in the seller's words; never a traceback, never a customer's data."""
    if isinstance(error, NoPrinterError):
        return Explanation(str(error), error.remedy, page="printers")
    if isinstance(error, NotSetUpError):
        return Explanation(str(error), error.in_settings, page="settings")
    if isinstance(error, OrderDeskError):
        return Explanation(str(error), error.remedy)
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return Explanation(
            tr("The computer refused: {}.").replace("{}", (error.strerror or type(error).__name__) + where),
            tr("Nothing was changed. Check the folder and the free space, then try again."),
        )
    return Explanation(
        tr("OrderDesk made a mistake ({}).").replace("{}", type(error).__name__),
        tr("Nothing was lost: every finished step is in the shop's file. Help > Copy report tells what went wrong."),
        ours=True,
    )
