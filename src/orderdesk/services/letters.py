"""The outbox: letters that are reserved in the store become files, now or after a crash, byte for byte the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from orderdesk.documents.letter import Letter
from orderdesk.documents.messages import without_coupon
from orderdesk.documents.render import render_coupon, render_letter
from orderdesk.domain.errors import OrderDeskError, StoreError
from orderdesk.domain.tone.languages import CHECKED
from orderdesk.domain.tone.measures import words_of
from orderdesk.files import sweep
from orderdesk.services.batch import batches_with
from orderdesk.services.editions import edition, is_others, may_be_taken_away, save_beside
from orderdesk.services.saving import save_file
from orderdesk.storage import outbox
from orderdesk.storage.queries.notices import coupon_path, draft_path, letter_path
from orderdesk.storage.queries.pictures import pictures
from orderdesk.storage.store import Store


@dataclass(frozen=True, slots=True)
class LetterFiles:
    """Where the letter and its coupon lie; no coupon for a letter without an offer."""

    letter: Path
    coupon: Path | None

    @property
    def paths(self) -> list[Path]:
        return [path for path in (self.letter, self.coupon) if path is not None]


def finish_letters(store: Store) -> list[OrderDeskError]:
    """Bring the files in line with the record: draw what is reserved, take away what was voided and never told.

    Returns what could not be written; those letters stay reserved and are tried again. A shop that can only be read keeps them.
    """
    if store.read_only:
        return []
    sweep(store.folder)
    failures: list[OrderDeskError] = []
    with store.read() as view:
        waiting = outbox.unfinished(view)
    for notice_id in waiting:
        try:
            finish_letter(store, notice_id)
        except OrderDeskError as error:
            failures.append(error)
    return failures


def finish_letter(store: Store, notice_id: int) -> LetterFiles:
    """Draw one letter and its coupon from the record, or take away the files of a void one that nobody has; with what was made of
    it as it was before. Raises StoreError.
    """
    while True:
        with store.read() as view:
            row, shop_pictures = outbox.reserved(view, notice_id), pictures(view)
        files = _paths(row)
        if row.voided and not row.held:
            _take_away(row, store.folder)
            hashes = ("", "")
        else:
            hashes = _draw(Letter.from_json(row.letter), shop_pictures, files, store.folder)
        if not row.finished:
            _throw_away_what_it_was(row, store.folder)
        if _is_noted(store, row, hashes):
            return files
        # Another window or script has changed the letter meanwhile: draw what it says now.


def _is_noted(store: Store, row: outbox.ReservedLetter, hashes: tuple[str, str]) -> bool:
    """Whether the letter is as it was drawn, and noted as finished. Raises StoreError, which speaks of that alone."""
    try:
        with store.bookkeeping() as view:
            return outbox.mark_finished(view, row, *hashes)
    except StoreError as error:
        raise StoreError(
            f"That the letter {row.stem} is finished can't be noted yet: {error}",
            "It is made again, the same, at the next start.",
        ) from error


def _take_away(row: outbox.ReservedLetter, home: Path) -> None:
    try:
        for path in (letter_path(row.folder, row.stem), coupon_path(row.folder, row.stem)):
            if may_be_taken_away(path, home):
                path.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"The voided letter {row.stem} can't be taken out of {row.folder}: {error.strerror}.", "Throw it away by hand."
        ) from error


def _throw_away_what_it_was(row: outbox.ReservedLetter, home: Path) -> None:
    """The draft of the letter as it was before it changed, and the batches that may show it so: nobody sends or prints them."""
    batches = [path for folder in {row.folder, home} for path in batches_with(folder, [row.notice_id], home)]
    draft = draft_path(row.folder, row.stem)
    for path in (*([draft] if may_be_taken_away(draft, home) else []), *batches):
        with suppress(OSError):  # open elsewhere it stays: the letter itself is made anew all the same
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Wording:
    """How a letter is worded: its language ("en"), how many words it has beside the law's, whether its tone is checked in it.

    `rules`: the sentences that the law has it say, each with the rule that it comes from as of its day. `has_address`: there is
    more in its window than a name.
    """

    language: str
    words: int
    tone_checked: bool
    rules: dict[str, str]
    has_address: bool


def wording_of(store: Store, notice_id: int) -> Wording:
    """How a letter that is made is worded."""
    with store.read() as view:
        letter = Letter.from_json(outbox.reserved(view, notice_id).letter)
    language = letter.language.partition("-")[0]
    rules = {rule.value: rule.label for rule in letter.rules}
    words = len(words_of(letter.said())) - len(words_of(letter.note))
    return Wording(language, words, language in CHECKED, rules, len(letter.address) > 1)


def files_of(store: Store, notice_id: int) -> LetterFiles:
    """The files of a letter; drawn again from the record where they are lost."""
    with store.read() as view:
        row = outbox.reserved(view, notice_id)
    files = _paths(row)
    if row.finished and all(path.exists() and not is_others(path, store.folder) for path in files.paths):
        return files
    return finish_letter(store, notice_id)


def pages_of(store: Store, notice_id: int) -> tuple[bytes, bytes | None]:
    """The PDFs of a letter and its coupon as they lie there; of one that was taken back, whose files are gone, as they were."""
    with store.read() as view:
        row, shop_pictures = outbox.reserved(view, notice_id), pictures(view)
    if row.voided:
        letter = Letter.from_json(row.letter)
        return render_letter(letter, shop_pictures), render_coupon(letter) if row.has_coupon else None
    files = files_of(store, notice_id)
    return files.letter.read_bytes(), files.coupon.read_bytes() if files.coupon else None


def _paths(row: outbox.ReservedLetter) -> LetterFiles:
    return LetterFiles(letter_path(row.folder, row.stem), coupon_path(row.folder, row.stem) if row.has_coupon else None)


def copied_to(folder: Path | None, files: LetterFiles, home: Path) -> LetterFiles:
    """The same files in another folder, if one is asked for. Raises StoreError."""
    if folder is None or files.letter.parent == folder:
        return files
    copies = [save_beside(folder / path.name, path.read_bytes(), home, called=f"The letter {path}") for path in files.paths]
    return LetterFiles(copies[0], copies[1] if files.coupon else None)


def _draw(letter: Letter, shop_pictures: Mapping[str, bytes], files: LetterFiles, home: Path) -> tuple[str, str]:
    pages = render_letter(letter, shop_pictures)
    coupon = render_coupon(letter) if files.coupon else b""
    hashes = [_save(path, drawn, home) for path, drawn in zip(files.paths, (pages, coupon), strict=False)]
    return hashes[0], hashes[1] if files.coupon else ""


def _save(path: Path, pdf: bytes, home: Path) -> str:
    """The hash of what was saved."""
    called, kept = f"The letter {path}", "It is kept in the shop with its coupon and is saved as soon as"
    if is_others(path, home):
        raise StoreError(f"{called} can't be saved: a file of somebody else's lies there.", f"{kept} that file is moved away.")
    content = edition(pdf, home, path.name)
    save_file(path, content, called=called, remedy=f"{kept} the folder can be written to.")
    return _sha256(content)


def letter_without_coupon(store: Store, notice_id: int) -> bytes:
    """The letter as a PDF that mentions no coupon, for an e-mail that brings none."""
    with store.read() as view:
        letter, shop_pictures = Letter.from_json(outbox.reserved(view, notice_id).letter), pictures(view)
    return render_letter(without_coupon(letter), shop_pictures)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
