"""Orders from a file: new ones placed, known ones brought up to date, nothing added twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from orderdesk.domain.channels import OWN_SHOP
from orderdesk.domain.customers import called_by_order
from orderdesk.domain.order_numbers import number_key
from orderdesk.domain.orders import PaidStatus
from orderdesk.domain.shop import ADDRESS_PARTS, ShopProfile
from orderdesk.exchange.records import OrderRecord, SkippedRow, minor_units
from orderdesk.services.days import local_day
from orderdesk.services.import_contacts import leave_out_impossible
from orderdesk.services.import_moments import canceled_on, is_paid, paid_moment, placed_day, placed_moment
from orderdesk.services.import_people import Person, customer_ids
from orderdesk.services.import_products import products_named
from orderdesk.services.import_results import Tally
from orderdesk.services.import_updates import update_orders
from orderdesk.services.settling import NEW, settle_elsewhere
from orderdesk.storage import bulk
from orderdesk.storage.transaction import Transaction

ORDER_COLUMNS = (
    *("id", "channel", "order_number", "number_key", "customer_id", "placed_on", "placed_at", "placed_printed", "currency"),
    *("external_id", "paid", "paid_on", "paid_at", "ship_by", "hold", "hold_reason", "priority", "ship_policy", "on_credit"),
    *("shipping_minor", "tax_minor", "discount_minor", "stated_total_minor", "coupon_codes", "canceled_on"),
    *("buyer_name", "email", "phone", "username"),
    *(*(f"ship_{part}" for part in ADDRESS_PARTS), "note", "tags"),
)
LINE_COLUMNS = (
    *("order_id", "position", "line_id", "product_id", "sku", "title", "ordered", "unit_price_minor", "shipped", "canceled"),
)

Known = Mapping[tuple[str, str], int]
"""Orders of the shop by channel and number."""


def import_orders(
    transaction: Transaction, records: Sequence[OrderRecord], profile: ShopProfile, *, treat_as_paid: bool
) -> Tally:
    """Take orders in, each sound and named once, as readers give them.

    An order without a currency gets the shop's; a SKU that is new makes a product still to be counted.
    """
    tally = Tally()
    for record in records:
        record.channel = record.channel or OWN_SHOP
        if treat_as_paid and not record.paid_status and record.paid is None:
            record.paid_status = PaidStatus.PAID
    leave_out_impossible(records, tally)
    known = bulk.orders_by_number(transaction.view, ((record.channel, record.order_number) for record in records))
    records = _possible(transaction, records, known, profile, tally)
    for record in records:
        record.currency = record.currency or profile.currency
    new = [record for record in records if (record.channel, record.order_number) not in known]
    old = [
        (known[record.channel, record.order_number], record)
        for record in records
        if (record.channel, record.order_number) in known
    ]
    products = products_for(transaction, records, tally)
    _place(transaction, new, products, profile)
    tally.new += len(new)
    tally.unpaid += sum(not is_paid(record) and not record.canceled for record in new)
    update_orders(transaction, old, products, profile, tally)
    return tally


def _possible(
    transaction: Transaction, records: Sequence[OrderRecord], known: Known, profile: ShopProfile, tally: Tally
) -> list[OrderRecord]:
    """The orders that can be as the file has them; the others are skipped."""
    today = local_day(transaction.at, profile.time_zone)
    currencies = bulk.rows_by_id(transaction.view, "orders", ("currency",), known.values())
    possible = []
    for record in records:
        order_id = known.get((record.channel, record.order_number))
        currency = record.currency if order_id is None else currencies[order_id]["currency"]
        placed_on = placed_day(record.placed, profile)
        if placed_on and placed_on > today:
            why = f"order {record.order_number} would be of {placed_on}; it is only {today}. Correct the day, then import again."
        elif record.currency and record.currency != currency:
            why = f"order {record.order_number} is in {currency}, here in {record.currency}. Correct the file, then import again."
        else:
            possible.append(record)
            continue
        tally.skipped.append(SkippedRow(record.row, "", why))
    return possible


def products_for(transaction: Transaction, records: Sequence[OrderRecord], tally: Tally) -> dict[tuple[str, str], int]:
    """Product ids by (sku, "") or ("", title). Products that no one has counted yet are added and noted."""
    titles: dict[tuple[str, str], tuple[str, str, int | None]] = {}
    for record in records:
        currency = record.currency or ""
        for line in record.lines:
            key = (line.sku, "") if line.sku else ("", line.title)
            if key not in titles:
                titles[key] = (line.title or line.sku, currency, minor_units(line.unit_price, currency))
    found = products_named(transaction, titles, tally)
    _name_lines(transaction, records, found)
    return found


def _name_lines(transaction: Transaction, records: Sequence[OrderRecord], products: dict[tuple[str, str], int]) -> None:
    """A line of which the file has only the SKU is called what the product is called."""
    nameless = [line for record in records for line in record.lines if not line.title]
    titles = bulk.product_titles(transaction.view, {products[line.sku, ""] for line in nameless})
    for line in nameless:
        line.title = titles[products[line.sku, ""]]


def _place(
    transaction: Transaction, records: Sequence[OrderRecord], products: dict[tuple[str, str], int], profile: ShopProfile
) -> None:
    customers = customer_ids(transaction, [_buyer(record) for record in records])
    first = bulk.next_id(transaction.view, "orders")
    bulk.insert(
        transaction,
        "orders",
        ORDER_COLUMNS,
        [
            _order_row(first + place, record, customer, profile, transaction.at)
            for place, (record, customer) in enumerate(zip(records, customers, strict=True))
        ],
    )
    bulk.insert(
        transaction,
        "order_line",
        LINE_COLUMNS,
        [row for place, record in enumerate(records) for row in _line_rows(first + place, record, products)],
    )
    canceled = [place for place, record in enumerate(records) if record.canceled or any(line.canceled for line in record.lines)]
    settle_elsewhere(transaction, dict.fromkeys((first + place for place in canceled), NEW))


def _buyer(record: OrderRecord) -> Person:
    to = record.ship_to
    name = record.buyer_name or to.name or record.buyer_username or record.email or called_by_order(record.order_number)
    return Person(
        channel=record.channel,
        customer_id=record.customer_id,
        name=name,
        email=record.email,
        phone=record.phone,
        username=record.buyer_username,
        company=to.company,
        line1=to.line1,
        line2=to.line2,
        city=to.city,
        region=to.region,
        postal_code=to.postal_code,
        country=to.country,
    )


def _order_row(order_id: int, record: OrderRecord, customer: int, profile: ShopProfile, now: datetime) -> tuple[object, ...]:
    currency = record.currency or profile.currency
    paid_on, paid_at = paid_moment(record, profile)
    refunded = record.paid_status == PaidStatus.REFUNDED
    return (
        *(order_id, record.channel, record.order_number, number_key(record.order_number), customer),
        *placed_moment(record.placed, profile, now),
        *(currency, record.external_id, int(is_paid(record)), paid_on, paid_at, record.ship_by and record.ship_by.isoformat()),
        *(int(bool(record.hold) or refunded), "Refunded" if refunded else ""),
        *(record.priority or 0, record.ship_policy or "partial", int(bool(record.on_credit))),
        *(minor_units(amount, currency) for amount in (record.shipping, record.tax, record.discount, record.total)),
        *(record.coupon, day.isoformat() if (day := canceled_on(record, profile, now)) else None),
        *(record.buyer_name, record.email, record.phone, record.buyer_username),
        *(*(getattr(record.ship_to, part) for part in ADDRESS_PARTS), record.note, record.tags),
    )


def _line_rows(order_id: int, record: OrderRecord, products: dict[tuple[str, str], int]) -> list[tuple[object, ...]]:
    currency = record.currency or ""
    return [
        (
            *(order_id, line.ordinal, line.line_id, products[(line.sku, "") if line.sku else ("", line.title)], line.sku),
            *(line.title or line.sku, line.quantity, minor_units(line.unit_price, currency), line.shipped or 0),
            (line.quantity - (line.shipped or 0)) if record.canceled else line.canceled or 0,
        )
        for line in record.lines
    ]
