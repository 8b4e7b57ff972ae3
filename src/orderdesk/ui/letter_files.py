"""Saving copies of a letter and its coupon where the seller wants them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from orderdesk.files import write_atomically
from orderdesk.ui.desk import Desk
from orderdesk.ui.letter_steps import LetterContents
from orderdesk.ui.words import tr


def save_letter_as(parent: QWidget, contents: LetterContents, desk: Desk) -> None:
    """Ask where, then write the letter there and the coupon beside it."""
    proposed = Path.home() / contents.row.letter_path.name
    chosen, _ = QFileDialog.getSaveFileName(parent, tr("Save the letter"), str(proposed), tr("PDF (*.pdf)"))
    if chosen:
        desk.perform(lambda store, now, progress: copy_letter(contents, Path(chosen)), desk.say)


def copy_letter(contents: LetterContents, target: Path) -> str:
    """Write both files; a sentence that names them."""
    target = target if target.suffix.lower() == ".pdf" else target.with_name(target.name + ".pdf")
    write_atomically(target, contents.letter)
    if contents.coupon is None:
        return tr("Saved {}").replace("{}", target.name)
    coupon = target.with_name(f"{target.stem}-coupon.pdf")
    write_atomically(coupon, contents.coupon)
    return tr("Saved {} and {}").replace("{}", target.name, 1).replace("{}", coupon.name)
