"""Letters between their record and their file: what is reserved, drawn, at the printer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orderdesk.domain.errors import NotFoundError
from orderdesk.storage.instants import instant_text, parse_instant
from orderdesk.storage.queries.notices import letters_folder
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class ReservedLetter:
    """What is needed to draw a letter. `letter` is its snapshot as JSON; `held`: its customer has it, voided or not."""

    notice_id: int
    letter: str
    folder: Path
    stem: str
    has_coupon: bool
    voided: bool
    held: bool
    finished: bool


def reserved(view: View, notice_id: int) -> ReservedLetter:
    row = view.one(
        "SELECT n.id, n.letter, n.folder, n.home, n.stem, c.id IS NOT NULL, n.voided_at IS NOT NULL, n.told_at IS NOT NULL, "
        "n.letter_sha256 IS NOT NULL FROM notice n LEFT JOIN coupon c ON c.notice_id = n.id WHERE n.id = ?",
        (notice_id,),
    )
    if row is None:
        raise NotFoundError("letter", f"with the number {notice_id}")
    return ReservedLetter(row[0], row[1], letters_folder(view, row[2], row[3]), row[4], *(bool(each) for each in row[5:]))


def unfinished(view: View) -> list[int]:
    """Letters whose files do not match the record yet, oldest first."""
    return [notice_id for (notice_id,) in view.all("SELECT id FROM notice WHERE letter_sha256 IS NULL ORDER BY id")]


def changed_by(view: View, event_id: int) -> list[int]:
    """Letters that a step made or changed."""
    return [
        notice_id
        for (notice_id,) in view.all(
            "SELECT DISTINCT row_id FROM row_change WHERE event_id = ? AND table_name = 'notice' "
            "UNION SELECT c.notice_id FROM row_change r JOIN coupon c ON c.id = r.row_id WHERE r.event_id = ? AND r.table_name = 'coupon'",
            (event_id, event_id),
        )
    ]


def mark_finished(view: View, row: ReservedLetter, letter_sha256: str, coupon_sha256: str) -> bool:
    """False where the record has changed since the row was read, so that the files are not its own."""
    done = view.connection.execute(
        "UPDATE notice SET letter_sha256 = ?, coupon_sha256 = ? WHERE id = ? AND letter = ? AND (voided_at IS NOT NULL) = ?",
        (letter_sha256, coupon_sha256, row.notice_id, row.letter, int(row.voided)),
    )
    return bool(done.rowcount)


def mark_leaving(view: View, notice_id: int, since: datetime, way: str) -> None:
    """The letter is being handed to a printer or a mail server."""
    view.connection.execute(
        "UPDATE notice SET leaving_since = ?, leaving_by = ? WHERE id = ?", (instant_text(since), way, notice_id)
    )


def mark_left(view: View, notice_id: int) -> None:
    """It is no longer being handed over, whatever came of it."""
    view.connection.execute("UPDATE notice SET leaving_since = NULL, leaving_by = NULL WHERE id = ?", (notice_id,))


def has_left(view: View, notice_id: int, way: str, at: datetime) -> bool:
    """Whether the letter that was handed over at that moment is recorded as gone."""
    gone = "SELECT EXISTS (SELECT 1 FROM delivery WHERE notice_id = ? AND way = ? AND at = ?)"
    return bool(view.value(gone, (notice_id, way, instant_text(at))))


def was_copied(view: View, notice_id: int, detail: str) -> bool:
    """Whether the letter's text is recorded as copied for that channel, in a step that stands."""
    copied = (
        "SELECT EXISTS (SELECT 1 FROM delivery d JOIN event e ON e.id = d.event_id "
        "WHERE d.notice_id = ? AND d.way = 'copied' AND d.detail = ? AND e.undone_by IS NULL)"
    )
    return bool(view.value(copied, (notice_id, detail)))


def sent_at(view: View, notice_id: int) -> datetime | None:
    """When a mail server last took the letter."""
    at = view.value("SELECT max(at) FROM delivery WHERE notice_id = ? AND way = 'emailed'", (notice_id,))
    return None if at is None else parse_instant(at)


def leaving_since(view: View, notice_id: int) -> tuple[datetime, str] | None:
    """Since when a letter is being handed over, and the way it takes; None where it is not."""
    row = view.one("SELECT leaving_since, leaving_by FROM notice WHERE id = ? AND leaving_since IS NOT NULL", (notice_id,))
    return None if row is None else (parse_instant(row[0]), row[1])


def leaving(view: View) -> list[tuple[int, str]]:
    """Letters that are being handed over, or were when a program ended, with the way they take."""
    rows = view.all("SELECT id, leaving_by FROM notice WHERE leaving_since IS NOT NULL ORDER BY id")
    return [(notice_id, way) for notice_id, way in rows]
