"""A letter as a line of a sheet: how far it has come, and why it may not go out where it may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from orderdesk.storage.queries.notices import NoticeRow
from orderdesk.ui import badges, formats
from orderdesk.ui.badges import Badge
from orderdesk.ui.letter_notes import told_words
from orderdesk.ui.refund_letters import letter_badge
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.services.overtaken import Overtaken


def add_notice(
    sheet: Sheet, notice: NoticeRow, today: date, show_letter: Callable[[int], None], withheld: Overtaken | None = None
) -> None:
    """A letter as a line that opens it; `withheld`: why it may not go out as it is."""
    given = notice.coupon
    coupon = f"{formats.read_code(given.code)} · {formats.offer(given.offer)}" if given else tr("No coupon")
    when = formats.day(notice.reserved_on, today)
    title = tr("Letter for {}").replace("{}", ", ".join(notice.order_numbers))
    note = told_words(notice, today) if notice.voided_at is not None else withheld.why if withheld else ""
    badge = _badge_of(notice, is_overtaken=withheld is not None)
    sheet.line(title, when, coupon, badge, note=note, act=lambda: show_letter(notice.id))


def _badge_of(notice: NoticeRow, *, is_overtaken: bool) -> Badge:
    """How far a letter has come."""
    if notice.voided_at is not None:
        return badges.VOID
    if notice.told_at is not None:
        return badges.TOLD
    return letter_badge(notice.cancels, is_overtaken=is_overtaken) if notice.to_go_out else badges.NOT_NEEDED
