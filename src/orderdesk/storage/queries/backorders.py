"""Backordered lines, in the order of the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.deadlines import deadlines
from orderdesk.storage.queries.expected import Coverage, coverage
from orderdesk.storage.queries.given import LAST_TOLD_AT, LINE_NOT_TOLD
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class BackorderRow:
    """A line that is short by `backordered` units. `coverage`: how incoming supply covers it, None for not at all; `told_at`: when
    its customer heard of them all last.

    `deadline_on` is the next day that the law counts by.
    """

    order_number: str
    channel: str
    customer_id: int
    customer: str
    sku: str
    title: str
    ordered: int
    allocated: int
    backordered: int
    coverage: Coverage | None
    told_at: datetime | None
    deadline_on: date | None
    discontinued: bool

    @property
    def expected_on(self) -> date | None:
        """When all of them can be sent, as far as that is known."""
        return self.coverage.on if self.coverage else None


def backordered_lines(view: View, *, today: date) -> list[BackorderRow]:
    """Every backordered line, first in the queue first."""
    rows = view.all(
        "SELECT l.id, l.product_id, o.id, o.order_number, o.channel, c.id, c.name, l.sku, l.title, l.ordered, l.allocated, l.backordered, "
        f"iif({LINE_NOT_TOLD}, NULL, {LAST_TOLD_AT}), "
        "p.discontinued FROM order_line l JOIN orders o ON o.id = l.order_id JOIN customer c ON c.id = o.customer_id "
        "JOIN product p ON p.id = l.product_id WHERE l.eligible = 1 AND l.allocated < l.ordered - l.canceled - l.shipped - l.drop_ship "
        "ORDER BY l.queue_key, l.position, l.id"
    )
    covered = coverage(view, {row[1] for row in rows}, today=today)
    due = deadlines(view, {row[2] for row in rows}, today=today)
    return [
        BackorderRow(
            *(number, channel, customer_id, customer, sku, title, ordered, allocated, short, covered.get(line)),
            told_at=parse_instant(told) if told else None,
            deadline_on=due[order].next_on if order in due else None,
            discontinued=bool(gone),
        )
        for line, _, order, number, channel, customer_id, customer, sku, title, ordered, allocated, short, told, gone in rows
    ]
