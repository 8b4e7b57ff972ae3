"""What there is to do now: whom to tell, what to ship, what runs low."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from orderdesk.storage.queries.cancels import TellingCancels, telling_cancels
from orderdesk.storage.queries.due import Due, due_next, due_of
from orderdesk.storage.queries.endings import letters_of_good_news, unheard_of
from orderdesk.storage.queries.listings import ListingRow, ListingsView, listing_ids, listing_rows
from orderdesk.storage.queries.orders import OrderRow, OrdersView, order_ids, order_rows
from orderdesk.storage.queries.products import ProductsView, product_ids
from orderdesk.storage.queries.purchases import PurchaseRow, overdue_purchases
from orderdesk.storage.queries.refunds import OwedRefund, refunds_owed
from orderdesk.storage.queries.reorder import ReorderRow, reorder_figures
from orderdesk.storage.queries.telling import ARRIVED, ToTell, to_tell
from orderdesk.storage.queries.unblocking import Unblocked, unblocked
from orderdesk.storage.view import View

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Today:
    """The lists are cut at 50; the counts are of all. `offered` are listings that may sell what isn't there.

    `unanswered`: orders whose customers were told that without an answer what waits is canceled, and did not give one in time, also
    where it came in since: those are not `ready` until the seller has said whether they are still wanted;
    `due`: of which a day comes next that their customers were told;
    `arrived`: of what customers were told to wait for, is here, and they have not heard so; `good_news`: by order, the letter that
    says it and lies ready;
    `over_allocated`: orders with units that are kept for them and not on hand, which only the seller can settle;
    `overdue` are deliveries that should be here by now;
    `unblocked` are orders that could leave with units of those that wait to be complete;
    `refunds` are owed and not paid back; of the orders in `unheard_of` the customers have had no letter about what was canceled;
    `cancels` is by letter, of those that take something off orders once their customers are told.
    """

    to_tell: ToTell
    cancels: Mapping[int, TellingCancels]
    offered: list[ListingRow]
    offered_count: int
    unanswered: list[Due]
    unanswered_count: int
    due: list[Due]
    due_count: int
    arrived: list[OrderRow]
    arrived_count: int
    good_news: Mapping[int, int]
    over_allocated: list[OrderRow]
    over_allocated_count: int
    unblocked: list[Unblocked]
    refunds: list[OwedRefund]
    unheard_of: set[int]
    overdue: list[PurchaseRow]
    ready: list[OrderRow]
    ready_count: int
    low: list[ReorderRow]
    low_count: int
    uncounted: int

    @property
    def nothing_waits(self) -> bool:
        """Whether there is nothing to do."""
        orders = (self.to_tell.count, self.unanswered_count, self.arrived_count, self.over_allocated_count, self.ready_count)
        others = (self.due_count, self.offered_count, self.low_count, self.uncounted)
        return not (any(orders) or any(others) or self.refunds or self.unblocked or self.overdue)


def agenda(view: View, *, today: date) -> Today:
    """What there is to say now; `today` is the day where the shop is."""
    offered = listing_ids(view, ListingsView(filter="to_change", sort=(("ends", False),)), today=today)
    telling = to_tell(view, today=today, shown=_SHOWN)
    letters = [who.notice_id for who in telling.first if who.notice_id is not None]
    due, due_count = due_next(view, today=today, slipped=telling.slipped, shown=_SHOWN)
    unanswered = order_ids(view, OrdersView(filter="unanswered", sort=(("waiting", True),)), today=today)
    arrived = order_ids(view, ARRIVED, today=today)
    conflicts = order_ids(view, OrdersView(filter="over_allocated", sort=(("placed", False),)), today=today)
    asked = set(unanswered)
    shippable = order_ids(view, OrdersView(filter="ready", sort=(("ship_by", False), ("placed", False))), today=today)
    ready = [order for order in shippable if order not in asked]
    low = product_ids(view, ProductsView(filter="low", sort=(("available", False),)), today=today)
    refunds = refunds_owed(view)
    figures = reorder_figures(view, low[:_SHOWN], today=today)
    return Today(
        to_tell=telling,
        cancels=telling_cancels(view, letters),
        offered=listing_rows(view, offered[:_SHOWN], today=today) if offered else [],
        offered_count=len(offered),
        unanswered=due_of(view, unanswered[:_SHOWN], today=today),
        unanswered_count=len(unanswered),
        due=due,
        due_count=due_count,
        arrived=order_rows(view, arrived[:_SHOWN], today=today) if arrived else [],
        arrived_count=len(arrived),
        good_news=letters_of_good_news(view, arrived[:_SHOWN]),
        over_allocated=order_rows(view, conflicts[:_SHOWN], today=today) if conflicts else [],
        over_allocated_count=len(conflicts),
        unblocked=unblocked(view),
        refunds=refunds,
        unheard_of=unheard_of(view, [refund.order_id for refund in refunds]),
        overdue=overdue_purchases(view, today=today),
        ready=order_rows(view, ready[:_SHOWN], today=today),
        ready_count=len(ready),
        low=[figures[key] for key in low[:_SHOWN]],
        low_count=len(low),
        uncounted=len(product_ids(view, ProductsView(filter="count_me"), today=today)),
    )
