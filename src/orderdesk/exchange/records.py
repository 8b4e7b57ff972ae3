"""What a file says, in plain values, before the shop has decided anything about it.

Text that is not there is "", every other unknown value is None, never 0. Money is a Decimal in whole units
(`Decimal("12.50")`) of the record's currency, exactly as printed; `minor_units` turns it into the store's integers.
`row` is the row a spreadsheet shows, counted from 1. Records are not frozen: a hundred thousand of them are made
per import, and freezing triples what that costs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from typing_extensions import override

from orderdesk.domain.money import Money
from orderdesk.domain.shop import Address


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as a file prints it: the day in the file's own offset, and the aware instant where time and offset stand there.

    `clock` is a time without an offset, which only the shop's own time zone makes an instant.
    """

    on: date
    at: datetime | None
    printed: str
    clock: time | None = None


@dataclass(slots=True)
class LineRecord:
    """One product of an order. `ordinal` counts from 1 within the order; `line_id` is "" where the format has none."""

    row: int
    ordinal: int
    line_id: str
    sku: str
    title: str
    quantity: int
    unit_price: Decimal | None
    shipped: int | None
    canceled: int | None


@dataclass(slots=True)
class OrderRecord:
    """An order with its lines. `row` is its first row.

    `paid_status` is a PaidStatus or "" (the file does not say). `shipped` and `canceled` are about the
    whole order; where the file says so of the order, the lines' own quantities agree with it.
    `coupon` are the codes as printed, `phone` the recipient's, else the buyer's. `ship_to.country` is an
    ISO 3166 alpha-2 code, or the printed text where it names no country.
    """

    row: int
    channel: str
    order_number: str
    external_id: str = ""
    placed: Moment | None = None
    paid: Moment | None = None
    paid_status: str = ""
    ship_by: date | None = None
    hold: bool | None = None
    priority: int | None = None
    ship_policy: str = ""
    on_credit: bool | None = None
    currency: str | None = None
    shipping: Decimal | None = None
    tax: Decimal | None = None
    discount: Decimal | None = None
    total: Decimal | None = None
    coupon: str = ""
    customer_id: str = ""
    buyer_name: str = ""
    buyer_username: str = ""
    email: str = ""
    phone: str = ""
    ship_to: Address = field(default_factory=Address)
    shipped: bool | None = None
    canceled: bool | None = None
    canceled_at: Moment | None = None
    note: str = ""
    tags: str = ""
    lines: list[LineRecord] = field(default_factory=list)


@dataclass(slots=True)
class ProductRecord:
    """A product and what the file says of its stock and supply; quantities are units.

    `parts` are those of a kit, as `domain.kits.parse_parts` reads them.
    """

    row: int
    sku: str
    title: str
    on_hand: int | None
    price: Decimal | None
    cost: Decimal | None
    currency: str | None
    reorder_point: int | None
    safety_stock: int | None
    supplier: str
    supplier_sku: str
    lead_time_days: int | None
    on_order: int | None
    on_order_expected_on: date | None
    discontinued: bool | None
    barcode: str
    tracked: bool | None
    parts: str


@dataclass(slots=True)
class CustomerRecord:
    """A customer; `country` as in OrderRecord.ship_to."""

    row: int
    customer_id: str
    name: str
    email: str
    phone: str
    username: str
    company: str
    line1: str
    line2: str
    city: str
    region: str
    postal_code: str
    country: str
    language: str
    note: str


@dataclass(slots=True)
class ListingRecord:
    """Something on offer in a marketplace. `format` is "auction", "fixed_price" or "".

    `variation` says, as the file prints it, which one it is of several under the same number; `ended_at` and `ended_why` that it
    is over.
    """

    row: int
    listing_id: str
    channel: str
    sku: str
    format: str
    quantity: int | None
    bids: int | None
    price: Decimal | None
    currency: str | None
    ends_at: Moment | None
    title: str = ""
    variation: str = ""
    ended_at: Moment | None = None
    ended_why: str = ""

    @property
    def product(self) -> tuple[str, str]:
        """What is on offer: (sku, ""), or ("", title) where it has no SKU."""
        return (self.sku, "") if self.sku else ("", self.title)


@dataclass(slots=True)
class FeedRecord:
    """What a supplier has of a product, by their SKU. `next_units` are what they expect themselves, on `next_on`."""

    row: int
    supplier_sku: str
    barcode: str
    quantity: int | None
    cost: Decimal | None
    currency: str | None
    lead_time_days: int | None
    next_units: int | None
    next_on: date | None
    discontinued: bool | None


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was not taken: where, and why, with what to do. `column` is "" where the whole row is meant."""

    row: int
    column: str
    reason: str

    @override
    def __str__(self) -> str:
        where = f"Row {self.row}, column {self.column}" if self.column else f"Row {self.row}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Question:
    """What the file cannot answer itself; the file was read as if `assumed` were the answer.

    `id` is the argument of `read_file` that answers it: "currency", "date_order" or "encoding".
    """

    id: str
    text: str
    choices: tuple[str, ...]
    assumed: str


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file as it was read; `rows_read = rows_taken + len(skipped)`. Exactly one of the five lists can hold records.

    `live_on` names the channel of which the file has every listing that is live, "" where it may have some only. Rows are those
    that hold something: neither blank rows nor headers and footers count. `digest` is of the file's content.
    """

    format: str
    kind: str
    encoding: str
    orders: list[OrderRecord] = field(default_factory=list)
    products: list[ProductRecord] = field(default_factory=list)
    customers: list[CustomerRecord] = field(default_factory=list)
    listings: list[ListingRecord] = field(default_factory=list)
    supplier_stock: list[FeedRecord] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    live_on: str = ""
    rows_read: int = 0
    rows_taken: int = 0
    digest: str = ""

    @property
    def records(self) -> list[OrderRecord] | list[ProductRecord] | list[CustomerRecord] | list[ListingRecord] | list[FeedRecord]:
        """The records of whatever kind the file has, in order of first appearance."""
        return self.orders or self.products or self.customers or self.listings or self.supplier_stock


@lru_cache(maxsize=65536)
def minor_units(amount: Decimal | None, currency: str) -> int | None:
    """An amount of a record in minor units of the currency, rounded half up; None stays None."""
    return None if amount is None else Money.of(amount, currency).minor
