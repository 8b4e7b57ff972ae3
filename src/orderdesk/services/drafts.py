"""Forms as plain data: text as typed, checked field by field, read once for the window and the command line alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, ClassVar

from orderdesk.domain.coupons import parse_code
from orderdesk.domain.days import FIRST_YEAR, LAST_YEAR
from orderdesk.domain.errors import CouponError, InvalidValueError
from orderdesk.domain.kits import parse_parts
from orderdesk.domain.money import Money
from orderdesk.domain.orders import ShipPolicy

_MOST_UNITS = 1_000_000
_LONGEST = 4_000

Reader = Callable[["Draft", str, str], Any]


class Draft:
    """A form. READERS says per field how its text is read; fields without a reader are kept as text."""

    READERS: ClassVar[Mapping[str, Reader]] = {}

    def problems(self) -> dict[str, str]:
        """Per field that can't be read, what was expected."""
        found = {}
        for name in (each.name for each in fields(self)):  # type: ignore[arg-type]
            try:
                self.value(name)
            except InvalidValueError as error:
                found[name] = error.expected
        return found

    def value(self, name: str) -> Any:
        """The field's value. Raises InvalidValueError, which names the field."""
        text = getattr(self, name)
        if isinstance(text, str):
            text = text.strip()
            if len(text) > _LONGEST:
                raise InvalidValueError(name, text[:20] + "…", f"at most {_LONGEST:,} characters")
        reader = self.READERS.get(name)
        return reader(self, name, text) if reader else text

    def needs(self, name: str) -> bool:
        """Whether the field can't be left empty."""
        reader = self.READERS.get(name)
        if reader is None or not isinstance(getattr(self, name), str):
            return False
        try:
            reader(self, name, "")
        except InvalidValueError:
            return True
        return False

    def values(self, *left_out: str) -> dict[str, Any]:
        """All values by field. Raises InvalidValueError for the first that can't be read."""
        return {each.name: self.value(each.name) for each in fields(self) if each.name not in left_out}  # type: ignore[arg-type]


def read_required(_: Draft, name: str, text: str) -> str:
    if not text:
        raise InvalidValueError(name, text, "some text")
    return text


def read_ship_policy(_: Draft, name: str, text: str) -> ShipPolicy:
    if text not in list(ShipPolicy):
        raise InvalidValueError(name, text, f"one of {', '.join(ShipPolicy)}")
    return ShipPolicy(text)


def read_coupon(_: Draft, name: str, text: str) -> str:
    """A coupon's code as typed, or none; the check symbol shows a mistyped one at once."""
    try:
        return parse_code(text) if text else ""
    except CouponError as error:
        raise InvalidValueError(name, text, f"{error} {error.remedy}".rstrip(". ")) from error


def read_units(_: Draft, name: str, text: str) -> int | None:
    """A whole number of units from 0 to a million; "" is unknown."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > _MOST_UNITS:
        raise InvalidValueError(name, text, f"a whole number from 0 to {_MOST_UNITS:,}")
    return int(text)


def read_units_or_zero(draft: Draft, name: str, text: str) -> int:
    """The same where unknown counts as 0."""
    return read_units(draft, name, text) or 0


def read_price(draft: Draft, name: str, text: str) -> int | None:
    """An amount in whole units of the draft's currency, as minor units; "" is unknown."""
    if not text:
        return None
    try:
        minor = Money.of(text, str(getattr(draft, "currency", "")) or "USD").minor
    except InvalidValueError as error:
        raise InvalidValueError(name, text, error.expected) from error
    if minor < 0:
        raise InvalidValueError(name, text, "an amount of 0 or more")
    return minor


def read_day(_: Draft, name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValueError(name, text, "a day such as 2026-12-04") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidValueError(name, text, f"a day from {FIRST_YEAR} to {LAST_YEAR}")
    return day


def read_currency(_: Draft, name: str, text: str) -> str | None:
    if not text:
        return None
    if len(text) != 3 or not text.isascii() or not text.isalpha():
        raise InvalidValueError(name, text, "a currency's three letters, such as USD")
    return text.upper()


def read_country(_: Draft, name: str, text: str) -> str:
    if text and (len(text) != 2 or not text.isascii() or not text.isalpha()):
        raise InvalidValueError(name, text, "a country's two letters, such as US")
    return text.upper()


def read_tags(_: Draft, _name: str, text: str) -> str:
    """Words or short phrases between commas, each once."""
    return ", ".join(dict.fromkeys(filter(None, (" ".join(tag.split()) for tag in text.split(",")))))


def read_parts(_: Draft, name: str, text: str) -> dict[str, int]:
    return parse_parts(name, text)


@dataclass
class ProductDraft(Draft):
    """A product as typed; with `parts` it is a kit.

    `on_hand` counts only when the product is added; later stock moves by receiving and counting.
    """

    sku: str = ""
    title: str = ""
    tracked: bool = True
    price: str = ""
    cost: str = ""
    currency: str = ""
    reorder_point: str = ""
    safety_stock: str = ""
    supplier: str = ""
    supplier_sku: str = ""
    lead_time_days: str = ""
    on_order: str = ""
    on_order_expected_on: str = ""
    discontinued: bool = False
    barcode: str = ""
    parts: str = ""
    on_hand: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {
        "title": read_required,
        "price": read_price,
        "cost": read_price,
        "currency": read_currency,
        "reorder_point": read_units,
        "safety_stock": read_units_or_zero,
        "lead_time_days": read_units,
        "on_order": read_units_or_zero,
        "on_order_expected_on": read_day,
        "parts": read_parts,
        "on_hand": read_units,
    }


@dataclass
class SupplierDraft(Draft):
    """A supplier as typed."""

    name: str = ""
    email: str = ""
    phone: str = ""
    site: str = ""
    note: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"name": read_required}


@dataclass
class SupplierProductDraft(Draft):
    """What a supplier asks for one unit of a product, as typed; `quantity` is what they have now."""

    supplier: str = ""
    supplier_sku: str = ""
    cost: str = ""
    currency: str = ""
    lead_time_days: str = ""
    quantity: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {
        "supplier": read_required,
        "cost": read_price,
        "currency": read_currency,
        "lead_time_days": read_units,
        "quantity": read_units,
    }


@dataclass
class SourceDraft(Draft):
    """Where units are bought for a line, as typed: `cost` is for one of them, `expected_on` when they will be here."""

    supplier: str = ""
    cost: str = ""
    expected_on: str = ""
    currency: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"supplier": read_required, "cost": read_price, "expected_on": read_day}


@dataclass
class PurchaseDraft(Draft):
    """A purchase order as typed; `products` are units by SKU."""

    supplier: str = ""
    products: str = ""
    expected_on: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"supplier": read_required, "products": read_parts, "expected_on": read_day}


@dataclass
class DeliveryDraft(Draft):
    """What came of a purchase order, as typed: units by SKU."""

    came: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"came": read_parts}


@dataclass
class SubstituteDraft(Draft):
    """What a customer takes for units they wait for, as typed. No quantity is all of them, no price the lower of the two."""

    product_id: int | None = None
    sku: str = ""
    title: str = ""
    quantity: str = ""
    unit_price: str = ""
    currency: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"quantity": read_units, "unit_price": read_price}


@dataclass
class CustomerDraft(Draft):
    """A customer as typed. `marketing`: they want to hear of offers."""

    customer_id: str = ""
    name: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    username: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    language: str = ""
    note: str = ""
    marketing: bool = False

    READERS: ClassVar[Mapping[str, Reader]] = {"name": read_required, "country": read_country}


@dataclass
class LineDraft(Draft):
    """A line of an order as typed; `line_id` is that of a line already there, `product_id` of a product chosen."""

    line_id: int | None = None
    product_id: int | None = None
    sku: str = ""
    title: str = ""
    quantity: str = "1"
    unit_price: str = ""
    currency: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"quantity": read_units_or_zero, "unit_price": read_price}


@dataclass
class OrderDraft(Draft):
    """An order as typed. `order_number` "" takes the next free one; the customer is chosen (`customer_id`) or new."""

    channel: str = "own"
    order_number: str = ""
    customer_id: int | None = None
    customer: CustomerDraft = field(default_factory=CustomerDraft)
    placed_on: str = ""
    paid: bool = True
    on_credit: bool = False
    ship_by: str = ""
    ship_policy: str = "partial"
    currency: str = ""
    shipping: str = ""
    tax: str = ""
    discount: str = ""
    note: str = ""
    tags: str = ""
    ship_name: str = ""
    ship_company: str = ""
    ship_line1: str = ""
    ship_line2: str = ""
    ship_city: str = ""
    ship_region: str = ""
    ship_postal_code: str = ""
    ship_country: str = ""
    coupon: str = ""
    lines: list[LineDraft] = field(default_factory=list)

    READERS: ClassVar[Mapping[str, Reader]] = {
        "channel": read_required,
        "placed_on": read_day,
        "ship_by": read_day,
        "ship_policy": read_ship_policy,
        "tags": read_tags,
        "currency": read_currency,
        "shipping": read_price,
        "tax": read_price,
        "discount": read_price,
        "coupon": read_coupon,
        "ship_country": read_country,
    }
