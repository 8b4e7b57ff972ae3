"""What is canceled but was never owed here, as a channel paid it back or it was not paid, is not owed once its price is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orderdesk.storage import bulk
from orderdesk.storage.queries.accounts import accounts
from orderdesk.storage.queries.refund_days import units_never_owed
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Standing:
    """How an order stands: what is due, None where a price is not known, and what of it never was owed, as far as prices are."""

    due: int | None
    never_owed: int


NEW = Standing(due=0, never_owed=0)


def standings(view: View, order_ids: Iterable[int]) -> dict[int, Standing]:
    """By order id, how they stand."""
    orders = list(order_ids)
    units = units_never_owed(view, orders)
    never_owed = {order: accounts(view, [order], just=lines)[0].gone for order, lines in units.items()}
    return {
        each.order_id: Standing(None if each.unknown else each.due, never_owed.get(each.order_id, 0))
        for each in accounts(view, orders)
    }


def settle_elsewhere(transaction: Transaction, before: Mapping[int, Standing]) -> None:
    """What a file changed of orders, its channel has paid back or taken in: what is owed or still to come in stays as it was."""
    _settle(transaction, before, paid_elsewhere=True)


def settle_found_out(transaction: Transaction, before: Mapping[int, Standing]) -> None:
    """What was changed here is owed, but for what never was: of that the price alone is known now, or is no more."""
    _settle(transaction, before, paid_elsewhere=False)


def _settle(transaction: Transaction, before: Mapping[int, Standing], *, paid_elsewhere: bool) -> None:
    transaction.flush()
    by = []
    for order_id, now in standings(transaction.view, before).items():
        was = before[order_id]
        if was.due is None or now.due is None:
            by.append((was.never_owed - now.never_owed, order_id))
        elif paid_elsewhere:
            by.append((was.due - now.due, order_id))
    bulk.lower(transaction, [each for each in by if each[0]])
