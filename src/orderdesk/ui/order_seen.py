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
    from collections.abc import Mapping
    from datetime import date

    from orderdesk.services.overtaken import Overtaken


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """An order whole. `letter` is the one about what waits that has still to go out; `withheld` is why letters may not go out as
    they are, by their ids; `cancels` what telling the customer takes off orders, by that letter or else by one of today.
    """

    detail: OrderDetail
    letter: NoticeRow | None
    withheld: Mapping[int, Overtaken]
    cancels: TellingCancels | None

    @property
    def overtaken(self) -> Overtaken | None:
        """Why the letter may not."""
        return self.withheld.get(self.letter.id) if self.letter is not None else None


def order_seen(order_id: int, view: View, today: date) -> OrderSeen:
    """What there is to see of an order. Raises NotFoundError."""
    detail = order_detail(view, order_id, today=today)
    row = detail.row
    has_letter = bool(row.backordered_lines) and row.letter_ready
    letter = next(each for each in detail.notices if each.id == row.notice_id) if has_letter else None
    untold = [each.id for each in detail.notices if each.told_at is None and each.voided_at is None]
    withheld = late.overtaken.overtaken_here(view, untold, today=today)
    if letter is None and not (row.backordered_lines and (detail.slipped or not row.told)):
        return OrderSeen(detail, None, withheld, None)  # its customer has nothing to hear
    by_letter, may_leave = letter.cancels if letter else None, letter is not None and letter.id not in withheld
    cancels = late.ways_out.what_telling_cancels(view, order_id, by_letter, may_leave=may_leave, today=today)
    return OrderSeen(detail, letter, withheld, cancels)
