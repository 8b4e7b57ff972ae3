"""Letters that leave no choice: that telling takes units off orders, and what goes back for them, in words and as a badge."""

from __future__ import annotations

from datetime import date

from orderdesk.storage.queries.cancels import TellingCancels
from orderdesk.storage.queries.refunds import RefundDue
from orderdesk.ui import badges, formats
from orderdesk.ui.badges import Badge
from orderdesk.ui.words import counted, tr


def letter_badge(cancels: TellingCancels | None, *, is_overtaken: bool = False) -> Badge:
    """Of a letter that is made: that it is ready and what for, or may not go out as it is."""
    if is_overtaken:
        return badges.LETTER_OVERTAKEN
    return badges.LETTER_READY if cancels is None else badges.REFUND_LETTER_READY


def telling_words(cancels: TellingCancels | None, today: date) -> str:
    """What telling the customer does; "" for a letter that takes nothing off an order."""
    if cancels is None:
        return ""
    units = counted(cancels.units, "Telling the customer cancels {} unit", "Telling the customer cancels {} units")
    by = formats.day(cancels.refund_by, today)
    if cancels.refund is None:
        return f"{units}; {tr('what was paid for it goes back by {}').replace('{}', by)}"
    if not cancels.pays_back:
        return f"{units}; {tr('nothing is left to pay back')}"
    text = tr("{} and its tax goes back by {}") if cancels.refund.lacks_tax else tr("{} goes back by {}")
    return f"{units}; {text.replace('{}', formats.money(cancels.refund.amount), 1).replace('{}', by)}"


def canceling_words(refund: RefundDue | None) -> str:
    """What goes back where the customer cancels."""
    if refund is None:
        return tr("If they cancel, what was paid for it goes back.")
    if not refund.amount.minor:
        return tr("If they cancel, nothing is left to pay back.")
    text = tr("If they cancel, {} and its tax goes back.") if refund.lacks_tax else tr("If they cancel, {} goes back.")
    return text.replace("{}", formats.money(refund.amount))
