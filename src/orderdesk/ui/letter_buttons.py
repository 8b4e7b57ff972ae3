"""The buttons below a letter: what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QGridLayout, QMenu, QPushButton, QWidget

from orderdesk.domain.notices import NoticeKind, ToldBy, Way
from orderdesk.storage.queries.notices import NoticeRow
from orderdesk.ui.small_drafts import TOLD_BY
from orderdesk.ui.widgets import button, let_go_of_keyboard, say
from orderdesk.ui.words import tooltip, tr

if TYPE_CHECKING:
    from orderdesk.services.overtaken import Overtaken
    from orderdesk.ui.letter_pane import LetterPane


class LetterButtons(QWidget):
    """One button per thing that the pane can do, in rows of three, and whether the coupon goes with e-mails and texts."""

    def __init__(self, pane: LetterPane) -> None:
        super().__init__()
        self._print = button(tr("Print"), pane.print_letter, kind="primary", image="printer", name="letter.print")
        self._again = button(tr("Apologize again"), pane.make_again, kind="primary", image="mail", name="letter.again")
        self._told = _told_button(pane)
        self._send = button(tr("Send"), pane.send, image="mail", name="letter.send")
        self._copy = button(tr("Copy text"), pane.copy, image="copy", name="letter.copy")
        self._copy.setToolTip(tooltip(tr("Puts the text for a message on the clipboard: the customer counts as told then.")))
        self._coupon = _coupon_box()
        draft = button(tr("Mail draft"), pane.draft, image="pencil", name="letter.draft")
        self._ways_out = (self._print, self._told, draft, self._copy, self._send)
        buttons = (
            self._print,
            self._told,
            button(tr("Undo"), pane.take_back, image="undo-2", name="letter.undo"),
            button(tr("Save as…"), pane.save_as, image="download", name="letter.save"),
            button(tr("Open"), pane.open_letter, image="external-link", name="letter.open"),
            button(tr("Folder"), pane.open_folder, image="folder-open", name="letter.folder"),
            draft,
            self._copy,
            self._send,
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for side in range(3):
            grid.setColumnStretch(side, 1)
        for place, each in enumerate(buttons):
            grid.addWidget(each, place // 3, place % 3)
        grid.addWidget(self._again, 0, 0)  # in the place of the one that prints
        grid.addWidget(self._coupon, len(buttons) // 3, 0, 1, 3)
        self.setEnabled(False)  # until there is a letter

    @property
    def with_coupon(self) -> bool:
        """Whether the seller wants the coupon in e-mails and copied text."""
        return self._coupon.isChecked() and not self._coupon.isHidden()

    def show_letter(self, letter: NoticeRow, overtaken: Overtaken | None) -> None:
        """Enable what fits how far the letter has come; one that may not go out as it is, is to be made again first."""
        follows = overtaken is not None and overtaken.follows
        about_a_wait = NoticeKind(letter.kind).is_about_a_wait
        say(self._again, tr("Apologize again") if about_a_wait else tr("Write again"), beside_image=True)
        self._again.setVisible(follows)
        self._print.setVisible(not follows)
        self.setEnabled(letter.voided_at is None)
        for way in self._ways_out:
            way.setEnabled(letter.may_leave and (overtaken is None or way is self._told))  # they may be told by phone
        if letter.told_at is not None:
            let_go_of_keyboard(self._told)
        self._coupon.setVisible(letter.coupon is not None)
        self._told.setVisible(letter.told_at is None and letter.voided_at is None)
        say(self._print, tr("Print again") if Way.PRINTED in letter.left else tr("Print"), beside_image=True)
        say(self._send, tr("Send again") if Way.EMAILED in letter.left else tr("Send"), beside_image=True)


def _coupon_box() -> QCheckBox:
    """Off: the printed letter alone brings the coupon, unless the seller wants it otherwise. Its place stays."""
    made = QCheckBox(tr("Coupon in e-mails and copied text, too"))
    place = made.sizePolicy()
    place.setRetainSizeWhenHidden(True)
    made.setSizePolicy(place)
    made.setObjectName("letter.with_coupon")
    why = tr(
        "Else the printed letter alone brings it: in an e-mail, some laws take a coupon for advertising, which a customer has "
        "to want. eBay, Etsy and Amazon take none in their messages."
    )
    made.setToolTip(tooltip(why))
    return made


def _told_button(pane: LetterPane) -> QPushButton:
    """It asks how the customer was told."""
    made = button(tr("Mark as told"), lambda: None, image="mail-check", name="letter.told")
    menu = QMenu(made)
    for by, title in TOLD_BY:
        menu.addAction(tr(title), partial(pane.mark_told, ToldBy(by)))
    made.setMenu(menu)
    return made
