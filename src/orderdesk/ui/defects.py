"""What a marketplace would count against the seller, in words, before something is canceled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from orderdesk.domain.defects import CancellationRecord
from orderdesk.ui import formats, late
from orderdesk.ui.desk import Desk
from orderdesk.ui.words import tr


def counted_words(records: Sequence[CancellationRecord], today: date) -> str:
    """The seller's record at each marketplace with this cancellation in it; nothing where none counts it."""
    return "\n".join(_counted(record, today) for record in records)


def tell_knowingly(
    desk: Desk, notice_ids: Sequence[int], tell: Callable[[], None], ask: Callable[[str, Callable[[], None]], None]
) -> None:
    """Tell the customers of these letters; where that cancels what a marketplace counts, `ask` does it first, in these words."""

    def found(records: list[CancellationRecord]) -> None:
        if records:
            ask(counted_words(records, desk.today()), tell)
        else:
            tell()

    desk.ask(lambda view, today: late.defects.if_told(view, notice_ids, today=today), found)


def _counted(record: CancellationRecord, today: date) -> str:
    channel = formats.channel(record.channel)
    figures = (
        tr("{} counts it: with this, {} of {} sales since {} canceled for lack of stock, {}\u00a0%; its limit is {}\u00a0%.")
        .replace("{}", channel, 1)
        .replace("{}", f"{record.canceled:,}", 1)
        .replace("{}", f"{record.sales:,}", 1)
        .replace("{}", formats.day(record.since, today), 1)
        .replace("{}", formats.tenths(record.percent), 1)
        .replace("{}", str(record.limit_percent), 1)
    )
    return f"{figures} {tr('What the buyer asks to cancel does not count.')}"
