"""Writing the record of a letter: its lines, its coupon's ledger, its orders."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from orderdesk.domain.packs import Remedy, Standing
from orderdesk.storage.instants import instant_text
from orderdesk.storage.outbox import changed_by
from orderdesk.storage.queries.short_lines import ShortLine
from orderdesk.storage.transaction import Transaction

_NO_ORDER_LEFT = "NOT EXISTS (SELECT 1 FROM orders WHERE orders.notice_id = notice.id)"
# Whose coupon was used has had the letter, whatever was recorded.
_UNUSED = """
NOT EXISTS (SELECT 1 FROM coupon c JOIN redemption r ON r.coupon_id = c.id WHERE c.notice_id = notice.id)
"""
_VOID_IF_EMPTY = f"""
UPDATE notice SET voided_at = ?, letter_sha256 = NULL, coupon_sha256 = NULL
WHERE id = ? AND voided_at IS NULL AND told_at IS NULL AND {_NO_ORDER_LEFT} AND {_UNUSED}
"""
_VOID_COUPON_IF_EMPTY = """
UPDATE coupon SET status = 'voided', void_reason = 'Replaced by a later letter'
WHERE status = 'issued' AND notice_id = (SELECT id FROM notice WHERE id = ? AND voided_at IS NOT NULL)
"""

_VOID_TOLD = "UPDATE notice SET voided_at = ? WHERE id = ? AND told_at IS NOT NULL AND voided_at IS NULL"
_VOID_COUPON_OF_TOLD = """
UPDATE coupon SET status = 'voided', void_reason = 'Undone'
WHERE status = 'issued' AND notice_id = (SELECT id FROM notice WHERE id = ? AND told_at IS NOT NULL)
"""

_OF_EARLIER_WAITS = """
SELECT DISTINCT n.id FROM json_each(?) j CROSS JOIN order_line l ON l.order_id = j.value
JOIN notice_line nl ON nl.order_line_id = l.id JOIN notice n ON n.id = nl.notice_id
WHERE n.told_at IS NULL AND n.voided_at IS NULL AND n.kind NOT IN ('good_news', 'cancellation')
"""


def file_stem(order_number: str, notice_id: int) -> str:
    """How a letter's files are called: `1042-17`, whatever the order number holds."""
    return f"{slug(order_number)}-{notice_id}"


def slug(order_number: str) -> str:
    """The order's number as part of a file's name, whatever it holds."""
    return re.sub(r"[^A-Za-z0-9]+", "-", order_number).strip("-")[:40] or "order"


def cover(
    transaction: Transaction,
    notice_id: int,
    lines: Sequence[ShortLine],
    new_dates: Sequence[date | None],
    standings: Mapping[str, Standing],
) -> None:
    """The letter speaks of these lines and their orders, promises these dates, and says what the law makes of each order.

    A letter that loses all of its orders to it is void.
    """
    orders = sorted({line.order_id for line in lines})
    replaced = transaction.view.all(
        "SELECT DISTINCT notice_id FROM orders WHERE notice_id <> ? AND id IN (SELECT value FROM json_each(?))",
        (notice_id, json.dumps(orders)),
    )
    transaction.execute("DELETE FROM notice_line WHERE notice_id = ?", (notice_id,))
    add_lines(transaction, notice_id, lines, new_dates, standings)
    transaction.execute_many("UPDATE orders SET notice_id = ? WHERE id = ?", [(notice_id, order) for order in orders])
    _void_if_empty(transaction, replaced)


def void_untold(transaction: Transaction, orders: Sequence[int]) -> None:
    """Letters about an earlier wait of these orders that nobody was told of, and that no order has any more, are void."""
    _void_if_empty(transaction, transaction.view.all(_OF_EARLIER_WAITS, (json.dumps(orders),)))


def _void_if_empty(transaction: Transaction, notices: Sequence[tuple[int]]) -> None:
    transaction.execute_many(_VOID_IF_EMPTY, [(instant_text(transaction.at), notice_id) for (notice_id,) in notices])
    transaction.execute_many(_VOID_COUPON_IF_EMPTY, notices)


def void_told(transaction: Transaction, notice_ids: Sequence[int]) -> None:
    """Letters that their customers have are void, and so are their coupons: undo then leaves them as they were told."""
    transaction.execute_many(_VOID_TOLD, [(instant_text(transaction.at), notice_id) for notice_id in notice_ids])
    transaction.execute_many(_VOID_COUPON_OF_TOLD, [(notice_id,) for notice_id in notice_ids])


def add_lines(
    transaction: Transaction,
    notice_id: int,
    lines: Sequence[ShortLine],
    new_dates: Sequence[date | None],
    standings: Mapping[str, Standing],
) -> None:
    """The lines that a letter speaks of, and what it says of each."""
    transaction.execute_many(
        "INSERT INTO notice_line (notice_id, order_line_id, quantity, never_arrives, new_date, silence, answer_by, refund_by, chosen_on) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_row(notice_id, line, day, standings[line.order_number]) for line, day in zip(lines, new_dates, strict=True)],
    )


def _row(notice_id: int, line: ShortLine, new_date: date | None, of_order: Standing) -> tuple[object, ...]:
    never = line.never_arrives(new_date)
    said = of_order.of_line(never_arrives=never)
    promised = None if said.remedy is Remedy.REFUND else new_date
    days = [day and day.isoformat() for day in (promised, said.answer_by, said.refund_by, line.chosen_on)]
    return notice_id, line.line_id, line.quantity, int(never), days[0], said.silence and said.silence.value, *days[1:]


def mark_orders_told(transaction: Transaction, notice_id: int, at: datetime) -> None:
    """The customer knows that these orders wait: since then, or since they heard of it first."""
    transaction.execute("UPDATE orders SET told_at = coalesce(told_at, ?) WHERE notice_id = ?", (instant_text(at), notice_id))


def keep_what_is_here(transaction: Transaction, order_id: int) -> None:
    """Let the step by which a customer is told without a letter say what each line has: what comes in after it is news.

    Later steps don't tell that: who ships, cancels or holds an order takes units from it that no other order is given.
    """
    transaction.execute(
        "INSERT INTO allocation_change (event_id, order_line_id, before, after) "
        "SELECT ?, id, allocated, allocated FROM order_line WHERE order_id = ?",
        (transaction.event_id, order_id),
    )


def add_delivery(transaction: Transaction, notice_id: int, way: str, detail: str, at: datetime) -> None:
    """The letter went out of the door; kept for good."""
    transaction.execute(
        "INSERT INTO delivery (notice_id, event_id, way, detail, at) VALUES (?, ?, ?, ?, ?)",
        (notice_id, transaction.event_id, way, detail, instant_text(at)),
    )


def add_entry(
    transaction: Transaction, coupon_id: int, kind: str, amount_minor: int | None, *, order_id: int | None = None
) -> None:
    """Add a row to the coupon's ledger; the amounts add up to its balance."""
    transaction.execute(
        "INSERT INTO coupon_entry (coupon_id, event_id, kind, amount_minor, order_id, at) VALUES (?, ?, ?, ?, ?, ?)",
        (coupon_id, transaction.event_id, kind, amount_minor, order_id, instant_text(transaction.at)),
    )


def draw_again_what_changed(transaction: Transaction) -> list[int]:
    """The letters that this step changed; their files no longer match the record."""
    changed = changed_by(transaction.view, transaction.event_id)
    for notice_id in changed:
        draw_again(transaction, notice_id)
    return changed


def draw_again(transaction: Transaction, notice_id: int) -> None:
    """The files no longer match the record."""
    transaction.execute("UPDATE notice SET letter_sha256 = NULL, coupon_sha256 = NULL WHERE id = ?", (notice_id,))
