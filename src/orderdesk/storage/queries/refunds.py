"""What is to be paid back for what was canceled or taken off after it was paid, what has been, and what letters have promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from orderdesk.domain.errors import NotFoundError
from orderdesk.domain.money import Money, money_or_none
from orderdesk.storage.queries.accounts import accounts, rests_to_pay
from orderdesk.storage.queries.credits import CREDIT, credit_days
from orderdesk.storage.queries.refund_days import refund_days
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class RefundRow:
    """Money that went back."""

    on: date
    amount: Money
    how: str


@dataclass(frozen=True, slots=True)
class Takings:
    """What was paid for an order, None where that is not known, and what of it has gone back."""

    paid: Money | None
    back: Money


@dataclass(frozen=True, slots=True)
class OwedRefund:
    """What is still to be paid back, and by when; None where a price is not known. `canceled`: for units that were, not only as
    the order comes to less than was paid.
    """

    order_id: int
    order_number: str
    customer: str
    by: date
    amount: Money | None
    canceled: bool


@dataclass(frozen=True, slots=True)
class RefundDue:
    """What is still to go back for what is canceled; `lacks_tax`: the tax is neither known nor in the prices, so that it comes on
    top. `was_free`: nothing goes back as nothing was paid.
    """

    amount: Money
    lacks_tax: bool
    was_free: bool


_MADE = """
SELECT r.refunded_on, r.amount_minor, o.currency, r.how FROM refund r JOIN orders o ON o.id = r.order_id
WHERE r.order_id = ? ORDER BY r.refunded_on DESC, r.id DESC
"""
_TAKINGS = f"""
SELECT total_minor + {CREDIT}, currency, coalesce((SELECT sum(amount_minor) FROM refund WHERE order_id = o.id), 0) FROM orders o WHERE o.id = ?
"""
_TO_LOOK_AT = """
SELECT o.id, o.order_number, c.name FROM (SELECT order_id FROM order_line WHERE canceled > 0 UNION SELECT order_id FROM redemption
    UNION SELECT id FROM orders WHERE lowered_minor > 0) k
CROSS JOIN orders o ON o.id = k.order_id CROSS JOIN customer c ON c.id = o.customer_id WHERE o.paid = 1
"""


def refund_of_canceled(view: View, order_id: int, heard: int) -> RefundDue | None:
    """What is still to go back in all, beyond the minor units that the customer has heard of, went back or not.

    None where a price is unknown.
    """
    (account,) = accounts(view, [order_id])
    if account.unknown:
        return None
    unheard = min(account.left, max(0, account.due - heard))
    return RefundDue(Money(unheard, account.currency), account.lacks_tax, account.was_free)


def refund_if_canceled(view: View, order_ids: Iterable[int], line_ids: Iterable[int]) -> RefundDue | None:
    """What goes back where all that these lines wait for is canceled, beyond what is owed already.

    None where a price is unknown or currencies differ.
    """
    return in_one(refunds_if_canceled(view, order_ids, line_ids).values())


def refunds_if_canceled(view: View, order_ids: Iterable[int], line_ids: Iterable[int]) -> dict[int, RefundDue | None]:
    """By order id, what goes back where all that these lines wait for is canceled, beyond what is owed already."""
    orders = list(order_ids)
    now = {each.order_id: each.left for each in accounts(view, orders)}
    return {
        each.order_id: None
        if each.unknown
        else RefundDue(Money(each.left - now[each.order_id], each.currency), each.lacks_tax, each.was_free)
        for each in accounts(view, orders, line_ids)
    }


def left_if_canceled(view: View, order_ids: Iterable[int], line_ids: Iterable[int]) -> Money | None:
    """What is to go back of these orders in all, with what is owed already, where all that these lines wait for is canceled.

    None where a price is unknown or currencies differ.
    """
    found = accounts(view, order_ids, line_ids)
    currencies = {each.currency for each in found}
    if any(each.unknown for each in found) or len(currencies) != 1:
        return None
    return Money(sum(each.left for each in found), currencies.pop())


def refund_if_replaced(view: View, order_id: int, line_id: int, price_minor: int) -> Money | None:
    """What sending something else at that price for all that a line waits for gives back; None where a price is unknown."""
    (now,), (then,) = accounts(view, [order_id]), accounts(view, [order_id], [line_id], instead=price_minor)
    return None if then.unknown else Money(then.left - now.left, then.currency)


def paid_for(view: View, order_id: int, units: Mapping[int, int]) -> Money | None:
    """What so many units of each line of an order, by its id, were sold for: after its discount and with its tax; None where a price is unknown."""
    (account,) = accounts(view, [order_id], just=units)
    return None if account.unknown else Money(account.gone, account.currency)


def cost_nothing(view: View, order_id: int, units: Iterable[tuple[int, int]]) -> bool:
    """Whether it is known that nothing was to be paid for these units of an order, as (line id, units)."""
    of_line = Counter[int]()
    for line_id, quantity in units:
        of_line[line_id] += quantity
    paid = paid_for(view, order_id, of_line)
    return paid is not None and not paid.minor


def margin_of(view: View, line_id: int, units: int, cost: Money | None) -> Money | None:
    """What is left of what was paid for units of a line, where they are bought at that cost; None where that is not known.

    What is still to come in for their order, counts as theirs.
    """
    order_id = view.record("order_line", line_id)["order_id"]
    (account,) = accounts(view, [order_id], just={line_id: units})
    if account.unknown or cost is None or cost.currency != account.currency:
        return None
    rest = rests_to_pay(view, [order_id]).get(order_id, 0)
    return Money(max(0, account.goods - rest) - units * cost.minor, account.currency)


def in_one(dues: Iterable[RefundDue | None]) -> RefundDue | None:
    """The sum of several refunds; None where one is not known or currencies differ."""
    found = list(dues)
    known = [each for each in found if each is not None]
    currencies = {each.amount.currency for each in known}
    if len(known) < len(found) or len(currencies) != 1:
        return None
    return RefundDue(
        Money(sum(each.amount.minor for each in known), currencies.pop()),
        any(each.lacks_tax for each in known),
        all(each.was_free for each in known),
    )


def refund_to_make(view: View, order_id: int) -> Money | None:
    """What the seller still owes for units that were canceled here, and as the order comes to less than was paid.

    None where nothing is owed or a price is not known.

    What a file said was canceled has been paid back where it was.
    """
    left = refunds_left(view, [order_id])[order_id]
    return left if left is not None and left.minor else None


def refunds_left(view: View, order_ids: Iterable[int]) -> dict[int, Money | None]:
    """By order id, what is still to be paid back, of canceled units their tax with it: 0 for what was never paid.

    None where a price is not known and nothing has been settled.
    """
    left: dict[int, Money | None] = {}
    for each in accounts(view, order_ids):
        unsure = each.paid and each.unknown and not each.settled
        left[each.order_id] = None if unsure else Money(each.left, each.currency)
    return left


def refunds_of_order(view: View, order_id: int) -> list[RefundRow]:
    """What has been paid back, the newest first."""
    return [
        RefundRow(date.fromisoformat(on), Money(minor, currency), how)
        for on, minor, currency, how in view.all(_MADE, (order_id,))
    ]


def takings(view: View, order_id: int) -> Takings:
    """What came in for an order and what of it has gone back. Raises NotFoundError."""
    found = view.one(_TAKINGS, (order_id,))
    if found is None:
        raise NotFoundError("order", f"with the number {order_id}")
    minor, currency, back = found
    return Takings(money_or_none(minor, currency), Money(back, currency))


def owed_by(view: View, order_id: int) -> date | None:
    """The day by which what is owed of an order is to go back, in letters as in lists; None where none was canceled here or owed."""
    days = _days(view, [order_id], _still_owed(view, [order_id]))
    return min((day for found in days for day in found.values()), default=None)


def _still_owed(view: View, order_ids: Iterable[int]) -> dict[int, Money | None]:
    """By order id, what is still to be paid back of those that owe something; None where a price is not known."""
    return {order: amount for order, amount in refunds_left(view, order_ids).items() if amount is None or amount.minor}


def _days(view: View, order_ids: Collection[int], owing: Collection[int]) -> tuple[dict[int, date], dict[int, date]]:
    """By order id, that day as units were canceled, and of those that owe something as they come to less than was paid."""
    canceled = refund_days(view, order_ids)
    return canceled, credit_days(view, owing, beside=canceled)


def refunds_owed(view: View) -> list[OwedRefund]:
    """What is still to be paid back for what was canceled here, promised in letters or taken off, the most urgent first."""
    named = {order: (number, customer) for order, number, customer in view.all(_TO_LOOK_AT)}
    left = _still_owed(view, named)
    if not left:
        return []
    canceled, lowered = _days(view, left, left)
    days = {order: min(filter(None, (canceled.get(order), lowered.get(order)))) for order in {*canceled, *lowered}}
    return [
        OwedRefund(order, *named[order], days[order], left[order], canceled=order in canceled)
        for order in sorted(days, key=lambda each: (days[each], each))
    ]
