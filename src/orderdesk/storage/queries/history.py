"""What happened, newest first."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries import paging
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A step as the timeline shows it; `detail` says which units moved. `undoable`: it could be taken back when it was made."""

    event_id: int
    at: datetime
    kind: str
    summary: str
    detail: str
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class StepsView:
    """What the history page shows: a filter and a search."""

    filter: str = "all"
    search: str = ""


_KINDS = {
    "orders": (
        "add_order",
        "edit_order",
        "cancel",
        "hold",
        "release",
        "paid",
        "prioritize",
        "ship_policy",
        "drop_ship",
        "answer",
        "refund",
    ),
    "stock": (
        "receive",
        "count",
        "return",
        "add_product",
        "edit_product",
    ),
    "purchases": (
        "source",
        "draft_purchases",
        "edit_purchase",
        "send_purchase",
        "cancel_purchase",
        "add_supplier",
        "edit_supplier",
        "set_offer",
        "drop_offer",
    ),
    "shipped": ("ship", "packed", "keep", "let_go", "track"),
    "letters": ("apologize", "revise_apology", "told", "printed", "emailed", "drafted", "copied", "good_news", "cancellation"),
    "coupons": ("redeem", "void"),
    "customers": ("add_customer", "edit_customer", "merge", "erase"),
    "listings": ("listings", "add_listing", "edit_listing", "remove_listings"),
    "imports": ("import", "sample"),
}
_FILTERS = {
    "all": "",
    **{name: f"t.kind IN ({', '.join(repr(kind) for kind in kinds)})" for name, kinds in _KINDS.items()},
    "undone": "t.undone_by IS NOT NULL AND t.kind NOT IN ('undo', 'redo')",
}
STEP_FILTERS = tuple(_FILTERS)
_STEPS = """
SELECT t.id, t.at, t.kind, t.summary, coalesce((
    SELECT group_concat(o.order_number || ': ' || coalesce(nullif(l.sku, ''), l.title) || ' ' || a.before || ' → ' || a.after, ', ')
    FROM allocation_change a JOIN order_line l ON l.id = a.order_line_id JOIN orders o ON o.id = l.order_id
    WHERE a.event_id = t.id AND a.before <> a.after), ''), t.undone_by IS NOT NULL, t.undoable
FROM json_each(:ids) j CROSS JOIN event t ON t.id = j.value ORDER BY j.key
"""
# CROSS JOIN keeps the order of the tables: from the few lines of the order to the log, never through the whole log.
_OF_ORDER = """
WITH mine AS MATERIALIZED (SELECT id, coalesce(nullif(sku, ''), title) AS name, position FROM order_line WHERE order_id = :order),
letters AS MATERIALIZED (
    SELECT n.notice_id AS id FROM mine CROSS JOIN notice_line n ON n.order_line_id = mine.id
    UNION SELECT before ->> 'notice_id' FROM row_change WHERE table_name = 'orders' AND row_id = :order AND before ->> 'notice_id' IS NOT NULL),
answers AS MATERIALIZED (
    SELECT id FROM answer WHERE order_id = :order
    UNION SELECT row_id FROM row_change WHERE table_name = 'answer' AND before ->> 'order_id' = :order),
refunds AS MATERIALIZED (
    SELECT id FROM refund WHERE order_id = :order
    UNION SELECT row_id FROM row_change WHERE table_name = 'refund' AND before ->> 'order_id' = :order),
bought AS MATERIALIZED (
    SELECT b.id, b.purchase_order_id AS purchase FROM mine CROSS JOIN purchase_line b ON b.order_line_id = mine.id
    UNION SELECT r.row_id, r.before ->> 'purchase_order_id' FROM row_change r
    WHERE r.table_name = 'purchase_line' AND r.before ->> 'order_line_id' IN (SELECT id FROM mine)),
parcels AS MATERIALIZED (SELECT id FROM shipment WHERE order_id = :order),
moves AS MATERIALIZED (
    SELECT a.event_id AS id, group_concat(mine.name || ' ' || a.before || ' → ' || a.after, ', ' ORDER BY mine.position) AS detail
    FROM mine CROSS JOIN allocation_change a ON a.order_line_id = mine.id AND a.before <> a.after GROUP BY a.event_id),
redeemed AS MATERIALIZED (
    SELECT c.event_id AS id, group_concat('coupon ' || substr(k.code, 1, 4) || '-' || substr(k.code, 5, 4) || '-' || substr(k.code, 9)
        || ' redeemed', ', ') AS detail
    FROM coupon_entry c CROSS JOIN coupon k ON k.id = c.coupon_id WHERE c.kind = 'redeemed' AND c.order_id = :order GROUP BY c.event_id),
steps AS MATERIALIZED (
    SELECT event_id AS id FROM row_change WHERE table_name = 'orders' AND row_id = :order
    UNION SELECT r.event_id FROM mine CROSS JOIN row_change r ON r.table_name = 'order_line' AND r.row_id = mine.id
    UNION SELECT r.event_id FROM letters CROSS JOIN row_change r ON r.table_name = 'notice' AND r.row_id = letters.id
    UNION SELECT r.event_id FROM answers CROSS JOIN row_change r ON r.table_name = 'answer' AND r.row_id = answers.id
    UNION SELECT r.event_id FROM refunds CROSS JOIN row_change r ON r.table_name = 'refund' AND r.row_id = refunds.id
    UNION SELECT r.event_id FROM bought CROSS JOIN row_change r ON r.table_name = 'purchase_line' AND r.row_id = bought.id
    UNION SELECT r.event_id FROM bought CROSS JOIN row_change r ON r.table_name = 'purchase_order' AND r.row_id = bought.purchase
    UNION SELECT r.event_id FROM parcels CROSS JOIN row_change r ON r.table_name = 'shipment' AND r.row_id = parcels.id
    UNION SELECT d.event_id FROM letters CROSS JOIN delivery d ON d.notice_id = letters.id
    UNION SELECT id FROM moves
    UNION SELECT id FROM redeemed)
SELECT e.id, e.at, e.kind, e.summary,
    coalesce(moves.detail || ', ' || redeemed.detail, redeemed.detail, moves.detail, ''), e.undone_by IS NOT NULL, e.undoable
FROM steps CROSS JOIN event e ON e.id = steps.id LEFT JOIN moves ON moves.id = e.id
LEFT JOIN redeemed ON redeemed.id = e.id AND e.kind <> 'redeem' ORDER BY e.id DESC LIMIT :limit
"""


def step_ids(view: View, wanted: StepsView) -> array[int]:
    """Ids of every step of the view, the newest first; those in which all that is typed occurs."""
    where, values = _searched(wanted.search, _FILTERS[wanted.filter])
    return paging.ids(view, f"SELECT t.id FROM event t {where} ORDER BY t.id DESC", values)


def step_rows(view: View, ids: Sequence[int]) -> list[HistoryRow]:
    """The steps of these ids, in their order."""
    return [_row(row) for row in view.all(_STEPS, {"ids": paging.as_json(ids)})]


def step_counts(view: View, *, search: str = "") -> dict[str, int]:
    """How many steps each filter would show."""
    where, values = _searched(search, "")
    return paging.count_each(view, "event", _FILTERS, "t.kind, t.undone_by", where, values)


def _searched(search: str, condition: str) -> tuple[str, dict[str, str]]:
    typed = search.split()
    conditions = [condition, *(f"instr(lower(t.summary), :word{place})" for place in range(len(typed)))]
    kept = [each for each in conditions if each]
    clause = f"WHERE {' AND '.join(kept)}" if kept else ""
    return clause, {f"word{place}": word.lower() for place, word in enumerate(typed)}


def history_of_order(view: View, order_id: int, *, limit: int | None = None) -> list[HistoryRow]:
    """The steps that changed the order, its lines, letters, answers and refunds, or what was bought for it (all that was taken
    back too), sent a letter, used a coupon, or moved units: the last of them, or all.
    """
    return [_row(row) for row in view.all(_OF_ORDER, {"order": order_id, "limit": -1 if limit is None else limit})]


def _row(row: tuple[object, ...]) -> HistoryRow:
    event_id, at, kind, summary, detail, undone, undoable = row
    return HistoryRow(
        int(str(event_id)), parse_instant(str(at)), str(kind), str(summary), str(detail), bool(undone), bool(undoable)
    )
