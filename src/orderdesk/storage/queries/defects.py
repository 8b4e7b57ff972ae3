"""What canceling lines that are short would do to the seller's record at a marketplace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from orderdesk.domain.days import months_after
from orderdesk.domain.defects import LIMITS, CancellationLimit, CancellationRecord
from orderdesk.storage.queries.cancels import lines_to_cancel
from orderdesk.storage.queries.lookup import line_ids as lines_of
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.view import View

# Something sent in place of something else is no sale of its own.
_SALES = """
FROM orders o JOIN order_line l ON l.order_id = o.id WHERE o.channel = :channel AND o.placed_on >= :since AND l.stand_in IS NULL
"""
# What the buyer asked to cancel or never paid was not canceled for lack of stock, nor was what something else was sent for.
_CANCELED = f"""
SELECT sum(l.canceled > 0), sum(l.canceled > 0 OR l.backordered > 0 AND l.id IN (SELECT value FROM json_each(:lines))) {_SALES}
    AND o.paid = 1 AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.order_id = o.id AND a.kind = 'canceled')
    AND NOT EXISTS (SELECT 1 FROM order_line r WHERE r.replaces_id = l.id)
"""


def if_canceled(view: View, line_ids: Iterable[int], *, today: date) -> list[CancellationRecord]:
    """The record at each channel that would count it if the seller canceled those of the lines that are short."""
    lines = as_json(list(line_ids))
    found = (_record(view, channel, limit, lines, today) for channel, limit in LIMITS.items())
    return [record for record in found if record is not None]


def if_orders_canceled(view: View, order_ids: Iterable[int], *, today: date) -> list[CancellationRecord]:
    """The same for all that is short in whole orders."""
    return if_canceled(view, [line for order in order_ids for line in lines_of(view, order)], today=today)


def if_told(view: View, notice_ids: Iterable[int], *, today: date) -> list[CancellationRecord]:
    """The same for what telling the customers of these letters takes off their orders."""
    lines = [line for notice_id in notice_ids for line, _, _ in lines_to_cancel(view, notice_id)]
    return if_canceled(view, lines, today=today)


def _record(view: View, channel: str, limit: CancellationLimit, lines: str, today: date) -> CancellationRecord | None:
    asked = {"channel": channel, "lines": lines, "since": months_after(today, -limit.busy_months).isoformat()}
    since = limit.counts_since(today, view.value(f"SELECT count(*) {_SALES}", asked))
    asked["since"] = since.isoformat()
    before, after = view.all(_CANCELED, asked)[0]
    if before == after:
        return None
    return CancellationRecord(channel, since, view.value(f"SELECT count(*) {_SALES}", asked), after, limit.percent)
