"""Buying from suppliers: what runs low on drafts, drafts sent, deliveries taken in, and units bought elsewhere for one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from orderdesk.domain.counts import counted, first_names, require_units
from orderdesk.domain.errors import NothingToDoError, RefusedError
from orderdesk.domain.money import Money, money_or_none
from orderdesk.domain.orders import OrderLine
from orderdesk.domain.products import Product
from orderdesk.domain.purchases import PurchaseLine, PurchaseOrder, PurchaseStatus
from orderdesk.domain.reorder import ASSUMED_LEAD_DAYS
from orderdesk.services.arrivals import expect_deliveries, take_in
from orderdesk.services.days import require_not_past, shop_day
from orderdesk.services.drafts import SourceDraft
from orderdesk.services.kits import require_own_stock
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.queries.purchases import bought_for, next_purchase_number, purchase_numbered
from orderdesk.storage.queries.refunds import margin_of
from orderdesk.storage.queries.reorder import ReorderRow, low_rows, reorder_figures
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.suppliers import arrives_on, offer_of
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafts made, by number, and the products that were left out because no supplier is known for them."""

    step: Step
    numbers: tuple[str, ...]
    without_supplier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sourced:
    """Units bought elsewhere for a line: the purchase order's number, and what is left of the price, None where it is unknown."""

    step: Step
    number: str
    margin: Money | None


def find_purchase(store: Store, number: str) -> int:
    """The id of the purchase order with that number. Raises NotFoundError."""
    with store.read() as view:
        return purchase_numbered(view, number)


def draft_purchase(
    store: Store, supplier: str, quantities: Mapping[int, int], *, expected_on: date | None = None, now: datetime
) -> str:
    """A draft to a supplier for so many units of each product, at the cost that is known of it; its number.

    Raises InvalidValueError for a supplier without a name, less than one unit or too many, or a day that has passed;
    RefusedError for costs in several currencies.
    """
    name = SourceDraft(supplier=supplier).value("supplier")
    _require_some(quantities)
    with store.begin("draft_purchases", "", now=now) as transaction:
        wanted = [(transaction.product(key), quantity) for key, quantity in quantities.items()]
        today = shop_day(transaction.view, now)
        require_not_past("expected_on", expected_on, today)
        number = _draft(transaction, name, wanted, today, expected_on)
        transaction.describe(f"Drafted {number} to {name}")
    return number


def draft_reorders(store: Store, quantities: Mapping[int, int] | None = None, *, now: datetime) -> Drafted:
    """A draft for each supplier of all that is to be ordered now, or of so many units of each of these products.

    What stands on a draft already is left out. Raises NothingToDoError where nothing remains, or no supplier is known;
    InvalidValueError for less than one unit or too many.
    """
    if quantities is not None:
        _require_some(quantities)
    with store.begin("draft_purchases", "", now=now) as transaction:
        today = shop_day(transaction.view, now)
        wanted = _to_order(transaction, quantities, today)
        named = [row for row in wanted if row.supplier and not row.draft]
        if not named:
            raise _nothing_to_draft(wanted)
        numbers = [
            _draft(transaction, supplier, [(transaction.product(row.product_id), row.quantity) for row in lot], today, None)
            for supplier, lot in _lots(named)
        ]
        summary = f"Drafted {first_names(numbers)}"
        transaction.describe(summary)
    return Drafted(step_of(transaction, summary), tuple(numbers), _without_supplier(wanted))


def send_purchase(store: Store, purchase_id: int, *, now: datetime) -> Step:
    """The draft went to its supplier: its units are on order from now on. Raises RefusedError for kits, and what is no draft."""
    with store.begin("send_purchase", "", now=now) as transaction:
        purchase = transaction.purchase(purchase_id)
        require_status(purchase, PurchaseStatus.DRAFT)
        purchase.sent_on = shop_day(transaction.view, now)
        purchase.expected_on = purchase.expected_on or purchase.sent_on + timedelta(days=_lead_days(transaction, purchase))
        _put_on_order(transaction, purchase)
        summary = f"Marked {purchase.number} as sent to {purchase.supplier}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def receive_purchase(store: Store, purchase_id: int, quantities: Mapping[int, int] | None = None, *, now: datetime) -> Step:
    """A delivery came: units by line id, or all that is to come. The head of each queue gains, but what was bought for a line.

    Raises TooManyError beyond what is to come, NothingToDoError for no unit at all, RefusedError for a purchase order that is not
    under way.
    """
    with store.begin("receive", "", now=now) as transaction:
        purchase = transaction.purchase(purchase_id)
        require_status(purchase, PurchaseStatus.SENT, PurchaseStatus.PARTLY_RECEIVED)
        came = {line.id: line.open for line in purchase.lines if line.open} if quantities is None else dict(quantities)
        if not any(came.values()):
            raise NothingToDoError(f"Nothing of {purchase.number} came.", "Say how many units did.")
        for line in purchase.lines:
            if units := came.get(line.id, 0):
                line.require_to_come(units, transaction.product(line.product_id).title)
                take_in(transaction, line.product_id, units, [line])
        units = sum(came.values())
        summary = f"Received {counted(units, 'unit')} of {purchase.number} from {purchase.supplier}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def cancel_purchase(store: Store, purchase_id: int, *, now: datetime) -> Step:
    """What has not come will not; lines that it was bought for are plainly backordered again.

    Raises RefusedError where all has come, or it was canceled before.
    """
    with store.begin("cancel_purchase", "", now=now) as transaction:
        purchase = transaction.purchase(purchase_id)
        require_status(purchase, PurchaseStatus.DRAFT, PurchaseStatus.SENT, PurchaseStatus.PARTLY_RECEIVED)
        for line in purchase.lines:
            if purchase.sent_on is not None:
                transaction.product(line.product_id).take_off_order(line.open)
            line.cancel()
        for line in purchase.lines:
            expect_deliveries(transaction, transaction.product(line.product_id))
        purchase.canceled_on = shop_day(transaction.view, now)
        summary = f"Canceled {purchase.number} to {purchase.supplier}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def source_line(store: Store, line_id: int, draft: SourceDraft, *, now: datetime) -> Sourced:
    """Buy what a line is short of elsewhere: a purchase order that is under way at once, and firm for the line when it comes.

    Without a cost it is at what is known of it, where that is in the order's currency; without a day it is expected when it is
    known to be here from that supplier.
    Raises NothingToDoError where nothing is short, or all of it was bought already, InvalidValueError for a day that has passed.
    """
    with store.begin("source", "", now=now) as transaction:
        line = transaction.order_line(line_id)
        order = transaction.order(line.order_id)
        require_own_stock(transaction, line.product_id)
        bought_already = bought_for(transaction.view, line_id)
        short = line.backordered - sum(bought_already.values())
        if short <= 0:
            raise _nothing_to_buy(line, order.order_number, list(bought_already))
        draft.currency = order.currency
        facts, today = draft.values(), shop_day(transaction.view, now)
        require_not_past("expected_on", facts["expected_on"], today)
        expected_on = facts["expected_on"] or arrives_on(transaction.view, facts["supplier"], line.product_id, today=today)
        number = next_purchase_number(transaction.view)
        cost = facts["cost"] if facts["cost"] is not None else _known_in(transaction, facts["supplier"], line, order.currency)
        bought = PurchaseLine(1, line.product_id, short, cost, order_line_id=line_id)
        purchase = PurchaseOrder(number, facts["supplier"], order.currency, today, expected_on, today, lines=[bought])
        transaction.add(purchase)
        _put_on_order(transaction, purchase)
        summary = f"Bought {short} of {line.title} from {purchase.supplier} for order {order.order_number}"
        transaction.describe(summary)
        margin = margin_of(transaction.view, line_id, short, money_or_none(cost, order.currency))
    return Sourced(step_of(transaction, summary), number, margin)


def _require_some(quantities: Mapping[int, int]) -> None:
    """Some of at least one product."""
    for units in quantities.values() or (0,):
        require_units(units, least=1)


def _to_order(transaction: Transaction, quantities: Mapping[int, int] | None, today: date) -> list[ReorderRow]:
    if quantities is None:
        return low_rows(transaction.view, today=today)
    found = reorder_figures(transaction.view, list(quantities), today=today).values()
    return [replace(row, quantity=quantities[row.product_id]) for row in found]


def _nothing_to_draft(wanted: Sequence[ReorderRow]) -> NothingToDoError:
    """Why no draft can be made of these."""
    nameless = _without_supplier(wanted)
    drafts = sorted({row.draft for row in wanted if row.draft})
    if nameless:
        return NothingToDoError(f"No supplier is known for {first_names(nameless)}.", "Enter one at the product.")
    if drafts:
        return NothingToDoError(f"What runs low stands on a draft already: {first_names(drafts)}.", "Send it to its supplier.")
    return NothingToDoError("Nothing runs low.", "What is short or sells out soon is listed here.")


def _without_supplier(wanted: Sequence[ReorderRow]) -> tuple[str, ...]:
    return tuple(row.sku or row.title for row in wanted if not (row.supplier or row.draft))


def _lots(rows: Sequence[ReorderRow]) -> Iterator[tuple[str, list[ReorderRow]]]:
    """What goes on one draft: of one supplier, in one currency; what has no cost goes with the first."""
    for _, mine in groupby(sorted(rows, key=_supplier), key=_supplier):
        together = list(mine)
        currencies = sorted({row.cost.currency for row in together if row.cost is not None}) or [""]
        for currency in currencies:
            lot = [row for row in together if (currencies[0] if row.cost is None else row.cost.currency) == currency]
            yield lot[0].supplier, lot


def _supplier(row: ReorderRow) -> str:
    return row.supplier.casefold()


def _draft(
    transaction: Transaction, supplier: str, wanted: Sequence[tuple[Product, int]], today: date, expected_on: date | None
) -> str:
    costs = [known_cost(transaction, supplier, product) for product, _ in wanted]
    currencies = {cost.currency for cost in costs if cost is not None}
    if len(currencies) > 1:
        raise RefusedError("A purchase order has one currency.", f"Order apart what costs {' and '.join(sorted(currencies))}.")
    currency = next(iter(currencies), profile_of(transaction.view).currency)
    number = next_purchase_number(transaction.view)
    lines = []
    for place, ((product, units), cost) in enumerate(zip(wanted, costs, strict=True), 1):
        require_own_stock(transaction, product.id)
        lines.append(PurchaseLine(place, product.id, units, None if cost is None else cost.minor))
    transaction.add(PurchaseOrder(number, supplier, currency, today, expected_on, lines=lines))
    return number


def known_cost(transaction: Transaction, supplier: str, product: Product) -> Money | None:
    """What the supplier asks for one unit, else what the product cost before."""
    offer = offer_of(transaction.view, supplier, product.id)
    if offer is not None and offer.cost is not None:
        return offer.cost
    known = product.cost_minor is not None and product.currency
    return Money(product.cost_minor or 0, product.currency or "") if known else None


def _known_in(transaction: Transaction, supplier: str, line: OrderLine, currency: str) -> int | None:
    cost = known_cost(transaction, supplier, transaction.product(line.product_id))
    return cost.minor if cost is not None and cost.currency == currency else None


def _nothing_to_buy(line: OrderLine, order_number: str, bought_on: Sequence[str]) -> NothingToDoError:
    """Why nothing is bought for the line."""
    if line.backordered:
        sentence = f"All that order {order_number} is short of {line.title} is bought already on {first_names(bought_on)}."
        return NothingToDoError(sentence, "Receive it, or cancel that purchase order first.")
    return NothingToDoError(f"{line.title} of order {order_number} is not short of any unit.", "Nothing is to be bought.")


def _put_on_order(transaction: Transaction, purchase: PurchaseOrder) -> None:
    for line in purchase.lines:
        require_own_stock(transaction, line.product_id)
        transaction.product(line.product_id).on_order += line.open
        expect_deliveries(transaction, transaction.product(line.product_id), purchase)


def _lead_days(transaction: Transaction, purchase: PurchaseOrder) -> int:
    """As long as the slowest of its products takes from that supplier."""
    offers = [(line.product_id, offer_of(transaction.view, purchase.supplier, line.product_id)) for line in purchase.lines]
    known = (
        transaction.product(product_id).lead_time_days if offer is None or offer.lead_time_days is None else offer.lead_time_days
        for product_id, offer in offers
    )
    return max(ASSUMED_LEAD_DAYS if days is None else days for days in known)


def require_status(purchase: PurchaseOrder, *possible: PurchaseStatus) -> None:
    """Raise RefusedError for a purchase order in any other state."""
    if purchase.status not in possible:
        state, remedy = purchase.status.value.replace("_", " "), "Look at the purchase order for what can be done with it."
        if purchase.status is PurchaseStatus.DRAFT:
            remedy = f"Mark it as sent first. By the command line: orderdesk purchase {purchase.number} --send."
        raise RefusedError(f"{purchase.number} is {state}.", remedy)
