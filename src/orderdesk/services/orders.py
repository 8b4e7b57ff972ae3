"""What happens to orders: held, released, paid, canceled, shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from orderdesk.domain.counts import counted
from orderdesk.domain.errors import NothingToDoError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.orders import Order, OrderLine, ShipPolicy
from orderdesk.domain.shipping import Shipment, ShippedUnits, Waiting, given_up, leaving
from orderdesk.services.days import shop_day
from orderdesk.services.kits import move_units
from orderdesk.services.steps import Step, step_of
from orderdesk.services.used_coupons import give_back
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.accounts import accounts, rests_to_pay
from orderdesk.storage.queries.endings import here_in_silence
from orderdesk.storage.queries.parcels import last_shipment
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction

_SHIPS = {
    None: "as the order does",
    ShipPolicy.PARTIAL: "send what is here",
    ShipPolicy.COMPLETE: "wait until all is here",
    ShipPolicy.CANCEL_REMAINDER: "send what is here, cancel the rest",
}


def find_order(store: Store, number: str) -> int:
    """The id of an order by number, or `channel:number`. Raises NotFoundError, RefusedError where several match."""
    with store.read() as view:
        return lookup.order_id(view, number)


def find_line(store: Store, order_id: int, sku: str) -> int:
    """The id of an order's line by SKU, or POSITION:SKU where several have it."""
    with store.read() as view:
        return lookup.line_of(view, order_id, sku)


def cancel_order(store: Store, order_id: int, *, now: datetime) -> Step:
    """Cancel everything of the order that is still open; its units go to the head of the queue."""
    with store.begin("cancel", "", now=now) as transaction:
        order = transaction.order(order_id)
        summary = f"Canceled order {order.order_number}"
        open_lines = [line for line in order.lines if line.open]
        if not open_lines:
            raise NothingToDoError(
                f"Order {order.order_number} has nothing open to cancel.", "It has shipped or was canceled already."
            )
        for line in open_lines:
            line.cancel(line.open, line.title)
        order.canceled_on = shop_day(transaction.view, now)
        summary += give_back(transaction, order)
        transaction.describe(summary)
    return step_of(transaction, summary)


def cancel_line(store: Store, line_id: int, quantity: int, *, now: datetime) -> Step:
    """Cancel open units of a line: backordered ones first. Raises TooManyError beyond what is open."""
    with store.begin("cancel", "", now=now) as transaction:
        line = transaction.order_line(line_id)
        order = transaction.order(line.order_id)
        summary = f"Canceled {quantity} of {line.title} in order {order.order_number}"
        line.cancel(quantity, line.title)
        summary += close_if_empty(transaction, order)
        transaction.describe(summary)
    return step_of(transaction, summary)


def close_if_empty(transaction: Transaction, order: Order) -> str:
    """An order of which nothing is left was canceled today; what the history adds, "" for nothing."""
    if any(each.open or each.shipped for each in order.lines):
        return ""
    order.canceled_on = shop_day(transaction.view, transaction.at)
    return give_back(transaction, order)


def hold_order(store: Store, order_id: int, reason: str = "", *, now: datetime) -> Step:
    """Take the order out of the queue; its units are free for others, and it is said which of them were kept for it."""
    with store.begin("hold", "", now=now) as transaction:
        order = transaction.order(order_id)
        _require(not order.hold, f"Order {order.order_number} is on hold already.")
        order.hold, order.hold_reason = True, reason.strip()
        summary = f"Put order {order.order_number} on hold{_let_to_others(order)}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def _let_to_others(order: Order) -> str:
    """What was kept for the order and is not while it is held, as the history has it; "" for nothing."""
    kept = [(line.title, min(line.firm, line.allocated)) for line in order.lines]
    named = ", ".join(f"{units} × {title}" for title, units in kept if units)
    return f"; until it is released, others may get what was kept for it: {named}" if named else ""


def release_order(store: Store, order_id: int, *, now: datetime) -> Step:
    """Put a held order back to its place in the queue."""
    with store.begin("release", "", now=now) as transaction:
        order = transaction.order(order_id)
        _require(order.hold, f"Order {order.order_number} is not on hold.")
        order.hold, order.hold_reason = False, ""
        summary = f"Released order {order.order_number}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def mark_paid(store: Store, order_id: int, *, now: datetime) -> Step:
    """The money is there: the order queues from this moment. Of one that was paid, what was still to come in is there too."""
    with store.begin("paid", "", now=now) as transaction:
        order = transaction.order(order_id)
        if order.paid:
            summary = _pay_rest(transaction, order)
        else:
            pay(transaction, order, shop_day(transaction.view, now), now)
            summary = f"Marked order {order.order_number} as paid"
        transaction.describe(summary)
    return step_of(transaction, summary)


def pay(transaction: Transaction, order: Order, day: date, now: datetime) -> None:
    """All that an order comes to was paid, which is without what was canceled of it by then."""
    transaction.flush()
    order.paid, order.paid_on, order.paid_at = True, day, now
    (account,) = accounts(transaction.view, [order.id])
    order.lowered_minor -= account.credit + account.gone - account.settled


def _pay_rest(transaction: Transaction, order: Order) -> str:
    rest = rests_to_pay(transaction.view, [order.id]).get(order.id, 0)
    _require(rest > 0, f"Order {order.order_number} is paid already.")
    order.lowered_minor += rest
    return f"Marked the rest of order {order.order_number} as paid, {Money(rest, order.currency)}"


def ship_order(store: Store, order_id: int, quantities: Mapping[int, int] | None = None, *, now: datetime) -> Step:
    """Send out what may leave under the order's policy, or the given units by line id; what a policy gives up is canceled.

    Raises NothingToDoError where nothing may leave, TooManyError beyond what is allocated, RefusedError for what came in after
    its customer's silence had canceled it.
    """
    with store.begin("ship", "", now=now) as transaction:
        order = transaction.order(order_id)
        wanted = dict(zip([line.id for line in order.lines], may_leave(order), strict=True)) if quantities is None else quantities
        parcel = [(line, wanted[line.id]) for line in order.lines if wanted.get(line.id)]
        _require_still_wanted(transaction, order, parcel)
        if not parcel:
            raise NothingToDoError(f"Nothing of order {order.order_number} is ready to ship.", _why_not(order))
        for line, quantity in parcel:
            _ship_line(transaction, line, quantity)
        units = [ShippedUnits(line.id, quantity) for line, quantity in parcel]
        transaction.add(Shipment(order.id, transaction.at, units=units))
        summary = f"Shipped {counted(sum(quantity for _, quantity in parcel), 'unit')} of order {order.order_number}"
        given_up = sum(_give_up(order, line) for line in order.lines)
        summary += f" and canceled {given_up} that would have followed" if given_up else ""
        transaction.describe(summary)
    return step_of(transaction, summary)


def _require_still_wanted(transaction: Transaction, order: Order, parcel: Sequence[tuple[OrderLine, int]]) -> None:
    """What came in after its customer's silence had canceled it does not leave. Raises RefusedError."""
    silent = here_in_silence(transaction.view, order.id, today=shop_day(transaction.view, transaction.at))
    if any(quantity > line.allocated - silent.get(line.id, 0) for line, quantity in parcel if line.id in silent):
        raise RefusedError(
            f"The customer of order {order.order_number} was told that without an answer what is late is canceled; none came.",
            "Ask them: note that they agreed to wait if they still want it, else that they gave no answer, which cancels it.",
        )


def may_leave(order: Order) -> list[int]:
    """The units of each of the order's lines that may leave now."""
    return leaving(order.ship_policy, [_waiting(line) for line in order.lines])


def _waiting(line: OrderLine) -> Waiting:
    return Waiting(line.allocated, line.wanted - line.allocated, line.ship_policy)


def set_ship_policy(store: Store, order_id: int, policy: ShipPolicy, *, now: datetime) -> Step:
    """Say how the order ships. Raises RefusedError where it is so already."""
    with store.begin("ship_policy", "", now=now) as transaction:
        order = transaction.order(order_id)
        _require(order.ship_policy != policy, f"Order {order.order_number} ships like that already.")
        order.ship_policy = policy
        summary = f"Changed how order {order.order_number} ships: {_SHIPS[policy]}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def set_line_policy(store: Store, order_id: int, line_id: int, policy: ShipPolicy | None, *, now: datetime) -> Step:
    """Say how one line of the order ships, None as the order does. Raises RefusedError where it is so already."""
    with store.begin("ship_policy", "", now=now) as transaction:
        order, line = transaction.order(order_id), transaction.order_line(line_id)
        _require(line.ship_policy != policy, f"{line.title} of order {order.order_number} ships like that already.")
        line.ship_policy = policy
        summary = f"Changed how {line.title} of order {order.order_number} ships: {_SHIPS[policy]}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def track_parcel(store: Store, order_id: int, carrier: str, tracking: str, *, now: datetime) -> Step:
    """Note by whom the order's last parcel travels, and its number there. Raises NothingToDoError where none has left."""
    with store.begin("track", "", now=now) as transaction:
        order = transaction.order(order_id)
        last = last_shipment(transaction.view, order_id)
        if last is None:
            raise NothingToDoError(f"No parcel of order {order.order_number} has left.", "Ship it first.")
        shipment = transaction.shipment(last)
        shipment.carrier, shipment.tracking = carrier.strip(), tracking.strip()
        noted = " ".join(filter(None, (shipment.carrier, shipment.tracking))) or "nothing noted"
        summary = f"Parcel of order {order.order_number}: {noted}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def _ship_line(transaction: Transaction, line: OrderLine, quantity: int) -> None:
    line.ship(quantity, line.title)
    move_units(transaction, line, "shipped", -quantity)


def _give_up(order: Order, line: OrderLine) -> int:
    """Cancel what a line lacks if its policy is to send what is here and no more; how many units."""
    units = given_up(order.ship_policy, _waiting(line))
    if units:
        line.cancel(units, line.title)
    return units


def _why_not(order: Order) -> str:
    if not order.paid:
        return "It is not paid yet: mark it as paid first."
    if order.hold:
        return "It is on hold: release it first."
    if any(line.allocated for line in order.lines):
        return "It ships only when it is complete: change that, or say which units leave."
    if any(line.drop_ship for line in order.lines):
        return "Its supplier sends it directly: note it when it has left them."
    return "Receive or count its products first."


def _require(holds: bool, refusal: str) -> None:
    if not holds:
        raise RefusedError(refusal)
