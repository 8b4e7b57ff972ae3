"""What the pane shows of an order, gathered by the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orderdesk.storage.queries.cancels import TellingCancels
from orderdesk.storage.queries.notices import NoticeRow
from orderdesk.storage.queries.order_detail import OrderDetail, order_detail
from orderdesk.storage.view import View
from orderdesk.ui import late

if TYPE_CHECKING:
    from datetime import date

    from orderdesk.services.overtaken import Kept


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """An order whole. `letter` is the one about what waits that has still to go out, `kept` why it may not as it is; `cancels`
    what telling the customer takes off orders, by that letter or else by one of today.
    """

    detail: OrderDetail
    letter: NoticeRow | None
    kept: Kept | None
    cancels: TellingCancels | None


def order_seen(order_id: int, view: View, today: date) -> OrderSeen:
    """What there is to see of an order. Raises NotFoundError."""
    detail = order_detail(view, order_id, today=today)
    row = detail.row
    has_letter = bool(row.backordered_lines) and row.letter_ready
    letter = next(each for each in detail.notices if each.id == row.notice_id) if has_letter else None
    kept = late.overtaken.kept_here(view, [letter.id], today=today).get(letter.id) if letter else None
    if letter is not None and kept is None:
        return OrderSeen(detail, letter, None, letter.cancels)
    is_to_hear = bool(row.backordered_lines) and (letter is not None or detail.slipped or not row.told)
    cancels = late.ways_out.telling_would_cancel(view, order_id, today=today) if is_to_hear else None
    return OrderSeen(detail, letter, kept, cancels)
