"""Saving copies of a letter and its coupon where the seller wants them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from orderdesk.files import write_atomically
from orderdesk.storage.queries.notices import NoticeRow
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.words import tr


def save_letter_as(parent: QWidget, letter: NoticeRow, desk: Desk) -> None:
    """Ask where, then write the letter there and the coupon beside it, as they are by then."""
    proposed = Path.home() / letter.letter_path.name
    chosen, _ = QFileDialog.getSaveFileName(parent, tr("Save the letter"), str(proposed), tr("PDF (*.pdf)"))
    if chosen:
        desk.perform(lambda store, now, progress: copy_letter(*late.letters.pages_of(store, letter.id), Path(chosen)), desk.say)


def copy_letter(pages: bytes, coupon_pages: bytes | None, target: Path) -> str:
    """Write both files; a sentence that names them."""
    target = target if target.suffix.lower() == ".pdf" else target.with_name(target.name + ".pdf")
    write_atomically(target, pages)
    if coupon_pages is None:
        return tr("Saved {}").replace("{}", target.name)
    coupon = target.with_name(f"{target.stem}-coupon.pdf")
    write_atomically(coupon, coupon_pages)
    return tr("Saved {} and {}").replace("{}", target.name, 1).replace("{}", coupon.name)
