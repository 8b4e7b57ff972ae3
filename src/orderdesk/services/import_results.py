"""What an import did, or would do, file by file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from orderdesk.domain.changes import AllocationShift
from orderdesk.domain.errors import UnreadableFileError
from orderdesk.exchange.records import Question, SkippedRow


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the seller says of the files: a format's name, the encoding, the currency of a bare `$`, the date order (MDY, DMY).

    `supplier`: whose stock a feed is. `treat_as_paid`: an order counts as paid when it was placed, for files that say nothing of
    payment.
    """

    format: str | None = None
    currency: str | None = None
    date_order: str | None = None
    treat_as_paid: bool = False
    encoding: str | None = None
    supplier: str = ""


DEFAULT_OPTIONS = ImportOptions()


@dataclass(slots=True)
class Tally:
    """Counts of records while a file is taken in; `notes` are worth knowing but stop nothing; `unpaid` of the new are orders that
    await payment.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    unpaid: int = 0
    skipped: list[SkippedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file: recognized as `format`, called `title`, a file of `kind`; counts are records, `samples` its first ones.

    `unpaid` of the new ones are orders that await payment. `digest` is of the content that was read.
    """

    path: Path
    format: str
    title: str
    kind: str
    new: int
    changed: int
    unchanged: int
    skipped: tuple[SkippedRow, ...]
    questions: tuple[Question, ...]
    notes: tuple[str, ...]
    samples: tuple[str, ...]
    unpaid: int = 0
    digest: str = ""

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """Those that nobody has answered; whose stock it is was, once somebody is named."""
        return tuple(each for each in self.questions if each.id != "supplier" or not each.assumed)

    @property
    def brings_nothing(self) -> bool:
        """Whether there are rows in it, and none of them can be taken in."""
        waits_for_answer = any(each.id == "supplier" for each in self.open_questions)
        return bool(self.skipped) and not (self.new or self.changed or self.unchanged or waits_for_answer)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """One import, undone as one step. `import_id` is None for a preview, or where nothing was new.

    `refused`: what is wrong with the files that can't be imported at all.
    """

    import_id: int | None
    files: tuple[FileResult, ...]
    gained: tuple[AllocationShift, ...]
    lost: tuple[AllocationShift, ...]
    refused: tuple[UnreadableFileError, ...] = ()
