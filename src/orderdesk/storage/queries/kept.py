"""What keeps units with an order, whoever is ahead of it."""

from __future__ import annotations

from enum import StrEnum


class KeptBy(StrEnum):
    """Why an order's units stay with it."""

    SLIP = "slip"
    HAND = "hand"
    TOLD = "told"
    BOUGHT = "bought"


# By the kind of the step that keeps them; a letter tells its customer by whichever way it goes out.
_KINDS = {"packed": KeptBy.SLIP, "keep": KeptBy.HAND, "receive": KeptBy.BOUGHT}
_TELLING = ("told", "printed", "emailed", "drafted", "copied", "apologize", "good_news")
# The kind of the last step by which more units of an order line stay with it.
KEPT_SINCE = """(
    SELECT e.kind FROM row_change r CROSS JOIN event e ON e.id = r.event_id
    WHERE r.table_name = 'order_line' AND r.row_id = {line} AND e.undone_by IS NULL AND r.before ->> 'firm' < coalesce(
        (SELECT n.before ->> 'firm' FROM row_change n
            WHERE n.table_name = 'order_line' AND n.row_id = r.row_id AND n.id > r.id ORDER BY n.id LIMIT 1),
        (SELECT firm FROM order_line WHERE id = r.row_id))
    ORDER BY r.id DESC LIMIT 1)
"""


def kept_by(kind: str | None) -> KeptBy | None:
    """By a step of that kind; None where it is not known."""
    return KeptBy.TOLD if kind in _TELLING else _KINDS.get(kind or "")
