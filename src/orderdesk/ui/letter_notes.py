"""What stands above a letter in its pane: how far it has come, what its coupon is worth, which rules it follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from orderdesk.domain.notices import Way
from orderdesk.domain.tone.reasons import NOT_CHECKED
from orderdesk.storage.queries.notices import NoticeRow
from orderdesk.ui import formats
from orderdesk.ui.refund_letters import telling_words
from orderdesk.ui.widgets import button, callout, clear, column, label, row
from orderdesk.ui.words import counted, tooltip, tr

if TYPE_CHECKING:
    from orderdesk.services.letters import Wording
    from orderdesk.services.overtaken import Overtaken


class Messages(QWidget):
    """What there is to say of the last thing that was tried; one message at a time, in the place of the `notes`."""

    def __init__(self, notes: QWidget) -> None:
        super().__init__()
        self._notes = notes
        self._layout = column(self)

    def show_message(self, message: QFrame) -> None:
        self.drop()
        self._notes.hide()
        self._layout.addWidget(message)

    def drop(self) -> None:
        clear(self._layout)
        self._notes.show()


def title_of(letter: NoticeRow) -> str:
    """To whom, about which orders; a void letter is about none any more."""
    to = tr("Letter to {}").replace("{}", letter.customer)
    numbers = ", ".join(letter.order_numbers)
    order = tr("order {}") if len(letter.order_numbers) == 1 else tr("orders {}")
    return f"{to} – {order.replace('{}', numbers)}" if numbers else to


def state_of(letter: NoticeRow, overtaken: Overtaken | None, today: date) -> QFrame:
    """Void, told, ready, or made and not to go out as it is; with the coupon."""
    worth = _worth(letter, today)
    told = told_words(letter, today)
    if letter.voided_at is not None:
        return callout("neutral", tr("Void: this letter and its coupon do not count."), told, worth)
    if told:
        return callout("told", told, worth)
    if not letter.to_go_out:
        return callout("neutral", tr("Not needed now: nothing that it is about is still to be told."), worth)
    if overtaken is not None:
        return callout("backordered", tr("It can't go out as it is"), overtaken.why, overtaken.remedy, worth)
    if letter.cancels is not None:
        return callout("danger", tr("Refund letter, ready to print or send"), telling_words(letter.cancels, today), worth)
    if Way.DRAFTED in letter.left:
        return callout("info", tr("Draft made; mark as told once it is sent"), worth)
    return callout("info", tr("Ready to print or send"), worth)


def told_words(letter: NoticeRow, today: date) -> str:
    """Since when its customer has it, "" where they do not."""
    return tr("Told on {}").replace("{}", formats.moment(letter.told_at, today)) if letter.told_at is not None else ""


def wording_label(wording: Wording) -> QLabel:
    """The letter's language, its length, and whether its tone is checked, else why not: one with a fault is not made."""
    tone = tr("tone checked") if wording.tone_checked else tr("tone not checked, as that knows English only")
    said = (formats.language(wording.language), counted(wording.words, "{} word", "{} words"), tone)
    shown = label(" · ".join(said), "muted")
    shown.setObjectName("letter.wording")
    if not wording.tone_checked:
        shown.setToolTip(tooltip(tr(NOT_CHECKED)))
    return shown


def rules_label(rules: dict[str, str]) -> QLabel:
    """The rules that the letter follows; each with its sentence where the mouse rests on them."""
    follows = tr("It follows the law: {}")
    shown = label(follows.replace("{}", "; ".join(dict.fromkeys(rules.values()))), "muted")
    shown.setObjectName("letter.rules")
    shown.setToolTip(tooltip("\n\n".join(f"{sentence}\n{rule}" for sentence, rule in rules.items())))
    return shown


def undo_question(letter: NoticeRow, undo: Callable[[], None], keep: Callable[[], None]) -> QFrame:
    """What goes with a letter whose customer was told, and whether it shall."""
    told = tr("{} does not count as told any more; the letter stays listed as void.").replace("{}", letter.customer)
    code = formats.read_code(letter.coupon.code) if letter.coupon else ""
    coupon = tr("Coupon {} is worthless, also in the customer's hand.").replace("{}", code) if code else ""
    less = tr("To take back only that they were told, undo that step under History.")
    asked = callout("backordered", tr("Take this letter back?"), told, coupon, less)
    yes = button(tr("Take it back"), undo, name="letter.undo.yes")
    return _with_answers(asked, yes, button(tr("Keep it"), keep, name="letter.undo.no"))


def telling_question(words: str, tell: Callable[[], None], leave: Callable[[], None]) -> QFrame:
    """What a marketplace makes of it that telling cancels, and whether the customer shall be told."""
    asked = callout("backordered", tr("Tell the customer?"), words)
    yes = button(tr("Tell anyway"), tell, name="letter.tell.yes")
    return _with_answers(asked, yes, button(tr("Not now"), leave, name="letter.tell.no"))


def _with_answers(asked: QFrame, *buttons: QWidget) -> QFrame:
    answers = row(spacing=6)
    for each in buttons:
        answers.addWidget(each)
    answers.addStretch(1)
    holder = QWidget()
    holder.setLayout(answers)
    layout = asked.layout()
    if layout is not None:
        layout.addWidget(holder)
    return asked


def _worth(letter: NoticeRow, today: date) -> str:
    coupon = letter.coupon
    if coupon is None:
        return ""
    valid = tr("valid through {}").replace("{}", formats.day(coupon.valid_through, today))
    return f"{formats.read_code(coupon.code)} · {formats.offer(coupon.offer)} · {valid}"
