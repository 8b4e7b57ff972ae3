"""Orders are canceled at once: it can be undone. What has to be paid back is said with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from orderdesk.domain.money import Money
from orderdesk.services.tasks import Progress, do_to_each
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.desk import Desk
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.services.steps import Step


def cancel_orders(desk: Desk, order_ids: Sequence[int]) -> None:
    """Cancel what is open of these orders, and say what their customers have paid for it."""

    def steps(store: Store, now: datetime, progress: Progress) -> tuple[list[Step], list[Money]]:
        def cancel(order_id: int) -> Step:
            return _for_others(late.orders.cancel_order(store, order_id, now=now), order_ids)

        done = do_to_each(store, order_ids, cancel, progress)
        return done, [owed for order_id in order_ids if (owed := late.refunds.owed(store, order_id)) is not None]

    def said(answer: tuple[list[Step], list[Money]]) -> None:
        (first, *rest), owed = answer
        say_steps(desk, [replace(first, summary=" · ".join([first.summary, *_to_pay_back(owed)])), *rest])

    title = counted(len(order_ids), "Canceling {} order", "Canceling {} orders") if len(order_ids) > 1 else ""
    desk.perform(steps, said, title=title)


def _for_others(step: Step, canceled: Collection[int]) -> Step:
    """The step without the units that went to an order that is canceled after it: they have gone on since."""
    return replace(step, gained=tuple(shift for shift in step.gained if shift.order_id not in canceled))


def _to_pay_back(owed: Iterable[Money]) -> list[str]:
    """The sums, one for each currency."""
    sums: dict[str, int] = {}
    for each in owed:
        sums[each.currency] = sums.get(each.currency, 0) + each.minor
    return [tr("{} to pay back").replace("{}", formats.money(Money(minor, currency))) for currency, minor in sums.items()]
