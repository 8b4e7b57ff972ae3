"""What telling customers of letters that came too late to leave a choice takes off their orders."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from orderdesk.storage.queries.given import REFUNDED
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.queries.refunds import RefundDue, in_one, refunds_if_canceled
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class TellingCancels:
    """What telling takes off a customer's orders, and what goes back for it by when. `refund` is None where a price is not known."""

    customer: str
    units: int
    refund: RefundDue | None
    refund_by: date

    @property
    def pays_back(self) -> bool:
        """Whether something goes back for it, or may."""
        return self.refund is None or self.refund.amount.minor > 0


# A cancellation speaks of what is taken off already.
_TAKEN_OFF = f"""
FROM json_each(?) j CROSS JOIN notice n ON n.id = j.value AND n.told_at IS NULL AND n.kind <> 'cancellation'
CROSS JOIN notice_line nl ON nl.notice_id = n.id AND {REFUNDED} JOIN order_line l ON l.id = nl.order_line_id
"""
_TO_CANCEL = f"SELECT nl.order_line_id, nl.quantity, l.backordered {_TAKEN_OFF} ORDER BY nl.id"
_BY_LETTER = f"""
SELECT n.id, (SELECT name FROM customer WHERE id = n.customer_id), sum(nl.quantity), json_group_array(DISTINCT l.order_id), json_group_array(l.id), min(nl.refund_by) {_TAKEN_OFF} GROUP BY n.id
"""


def lines_to_cancel(view: View, notice_id: int) -> list[tuple[int, int, int]]:
    """What telling of a letter takes off orders: (line id, units, units that wait now)."""
    return [(line, units, short) for line, units, short in view.all(_TO_CANCEL, (as_json([notice_id]),))]


def telling_cancels(view: View, notice_ids: Iterable[int]) -> dict[int, TellingCancels]:
    """By letter, what telling of it takes off orders; letters that take nothing off are left out."""
    found = [
        (key, customer, units, json.loads(orders), json.loads(lines), date.fromisoformat(by))
        for key, customer, units, orders, lines, by in view.all(_BY_LETTER, (as_json(list(notice_ids)),))
    ]
    all_orders = {order for _, _, _, orders, *_ in found for order in orders}
    due = refunds_if_canceled(view, all_orders, [line for *_, lines, _ in found for line in lines]) if found else {}
    return {
        key: TellingCancels(customer, units, in_one(due[order] for order in orders), by)
        for key, customer, units, orders, _, by in found
    }
