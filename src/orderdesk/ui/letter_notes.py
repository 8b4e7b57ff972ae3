"""What stands above a letter in its pane: how far it has come, what its coupon is worth, which rules it follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel

from orderdesk.storage.queries.notices import NoticeRow
from orderdesk.ui import formats
from orderdesk.ui.widgets import callout, label
from orderdesk.ui.words import counted, tooltip, tr

if TYPE_CHECKING:
    from orderdesk.services.letters import Wording


def state_of(letter: NoticeRow, today: date) -> QFrame:
    """Void, told or ready, with the coupon."""
    worth = _worth(letter, today)
    if letter.voided_at is not None:
        return callout("neutral", tr("Void: this letter and its coupon do not count."), worth)
    if letter.told_at is not None:
        return callout("told", tr("Told on {}").replace("{}", formats.moment(letter.told_at, today)), worth)
    return callout("info", tr("Ready to print or send"), worth)


def wording_label(wording: Wording) -> QLabel:
    """The letter's language, its length, and whether its tone is checked: one with a fault is not made."""
    tone = tr("tone checked") if wording.tone_checked else tr("tone not checked")
    said = (formats.language(wording.language), counted(wording.words, "{} word", "{} words"), tone)
    shown = label(" · ".join(said), "muted")
    shown.setObjectName("letter.wording")
    return shown


def rules_label(rules: dict[str, str]) -> QLabel:
    """The rules that the letter follows; each with its sentence where the mouse rests on them."""
    shown = label(tr("By law: {}").replace("{}", "; ".join(dict.fromkeys(rules.values()))), "muted")
    shown.setObjectName("letter.rules")
    shown.setToolTip(tooltip("\n\n".join(f"{sentence}\n{rule}" for sentence, rule in rules.items())))
    return shown


def _worth(letter: NoticeRow, today: date) -> str:
    coupon = letter.coupon
    if coupon is None:
        return ""
    valid = tr("valid through {}").replace("{}", formats.day(coupon.valid_through, today))
    return f"{formats.code(coupon.code)} · {formats.offer(coupon.offer)} · {valid}"
