"""What canceling gives back and by when, and what of it has been paid back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from orderdesk.domain.working_days import working_days_after

_WORKING_DAYS = 7


@dataclass(eq=False)
class Refund:
    """Money that went back to the customer of an order, in minor units of the order's currency; `how` as the seller puts it.

    `settles_minor` of it was owed when it went back. The rest was given for what came back or as goodwill, and stands by itself:
    it is taken off nothing that is owed later, and never asked back. Who got back all they paid is owed nothing.
    """

    order_id: int
    amount_minor: int
    settles_minor: int
    refunded_on: date
    how: str = ""
    id: int = field(init=False)


def refund_due(canceled: int, ordered: int, discount: int, tax: int, shipping: int) -> int:
    """The price of the canceled units less their share of the discount, plus that of the tax, plus the shipping to pay back.

    Never less than nothing: a discount may be more than the lines cost, as it may take off the shipping.

    All in minor units. `ordered` is the price of everything ordered, over which discount and tax are spread; half a unit of a
    share rounds up.
    """
    return max(canceled - _share(discount, canceled, ordered) + _share(tax, canceled, ordered) + shipping, 0)


def goods_paid(units: int, ordered: int, discount: int) -> int:
    """What was paid for units of that price: the price less their share of the discount. `ordered` as for `refund_due`."""
    return refund_due(units, ordered, discount, tax=0, shipping=0)


def refund_by(canceled_on: date, country: str, given: date | None = None) -> date:
    """The last day to pay back what was canceled: that of the strictest law that OrderDesk knows, wherever the shop is.

    `given`: the one in a letter that the cancellation carries out. It stands even where the seller got round to that later.
    """
    counted = working_days_after(canceled_on, _WORKING_DAYS, country)
    return counted if given is None else min(counted, given)


def day_to_promise(owed_by: date, letter_on: date, country: str) -> date:
    """By when a letter says that the money is sent: the day that it is owed by; where that has passed the next working day, as
    the letter is read after the day that it is written on.
    """
    return owed_by if owed_by >= letter_on else working_days_after(letter_on, 1, country)


def _share(amount: int, part: int, whole: int) -> int:
    return (2 * amount * part + whole) // (2 * whole) if whole else 0
