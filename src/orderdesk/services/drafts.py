"""Forms as plain data: text as typed, checked field by field, read once for the window and the command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from orderdesk.domain.channels import OWN_SHOP
from orderdesk.domain.orders import ShipPolicy
from orderdesk.services.draft_fields import (
    Draft,
    Reader,
    read_came,
    read_country,
    read_coupon,
    read_currency,
    read_day,
    read_email,
    read_language,
    read_line_policy,
    read_order_number,
    read_parts,
    read_price,
    read_required,
    read_ship_policy,
    read_some_money,
    read_some_units,
    read_tags,
    read_units,
    read_units_or_zero,
)


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

    READERS: ClassVar[Mapping[str, Reader]] = {"name": read_required, "email": read_email}


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
class RefundDraft(Draft):
    """Money that went back to a customer, as typed; without a day it was today."""

    amount: str = ""
    day: str = ""
    how: str = ""
    currency: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"amount": read_some_money, "day": read_day}


@dataclass
class SourceDraft(Draft):
    """Where units are bought for a line, as typed: `cost` is for one of them, `expected_on` when they will be here. "" is what
    is known of the supplier.
    """

    supplier: str = ""
    cost: str = ""
    expected_on: str = ""
    currency: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"supplier": read_required, "cost": read_price, "expected_on": read_day}


@dataclass
class PurchaseLineDraft(Draft):
    """A line of a purchase order as typed; `line_id` is that of a line already there, `product_id` of a product chosen.

    A new line without a cost is at what is known of it.
    """

    line_id: int | None = None
    product_id: int | None = None
    sku: str = ""
    title: str = ""
    quantity: str = "1"
    cost: str = ""
    currency: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"quantity": read_some_units, "cost": read_price}


@dataclass
class PurchaseDraft(Draft):
    """A purchase order as typed."""

    supplier: str = ""
    expected_on: str = ""
    currency: str = ""
    lines: list[PurchaseLineDraft] = field(default_factory=list)

    READERS: ClassVar[Mapping[str, Reader]] = {"supplier": read_required, "expected_on": read_day}


@dataclass
class DeliveryLineDraft(Draft):
    """How many units came of a purchase order's line or of a product, as typed; nothing typed is none. `to_come`: no more than so
    many can, None for any number.
    """

    id: int
    title: str
    to_come: int | None
    came: str

    READERS: ClassVar[Mapping[str, Reader]] = {"came": read_came}


@dataclass
class DeliveryDraft(Draft):
    """What came in, as typed."""

    lines: list[DeliveryLineDraft]

    @property
    def came(self) -> dict[int, int]:
        """Units by line or product, of those of which some came."""
        return {line.id: units for line in self.lines if (units := line.value("came"))}


@dataclass
class SubstituteDraft(Draft):
    """What a customer takes for units they wait for, as typed. No quantity is all of them, no price the lower of the two.

    `product_id` is that of a product chosen; else `sku` is its SKU or title.
    """

    product_id: int | None = None
    sku: str = ""
    quantity: str = ""
    unit_price: str = ""
    currency: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"sku": read_required, "quantity": read_units, "unit_price": read_price}


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

    READERS: ClassVar[Mapping[str, Reader]] = {
        "name": read_required,
        "email": read_email,
        "country": read_country,
        "language": read_language,
    }


@dataclass
class LineDraft(Draft):
    """A line of an order as typed; `line_id` is that of a line already there, `product_id` of a product chosen.

    `ship_policy` "" is that of the order.
    """

    line_id: int | None = None
    product_id: int | None = None
    sku: str = ""
    title: str = ""
    quantity: str = "1"
    unit_price: str = ""
    currency: str = ""
    ship_policy: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {
        "quantity": read_units_or_zero,
        "unit_price": read_price,
        "ship_policy": read_line_policy,
    }


@dataclass
class OrderDraft(Draft):
    """An order as typed. `order_number` "" takes the next free one; the customer is chosen (`customer_id`) or new."""

    channel: str = OWN_SHOP
    order_number: str = ""
    customer_id: int | None = None
    customer: CustomerDraft = field(default_factory=CustomerDraft)
    placed_on: str = ""
    paid: bool = True
    on_credit: bool = False
    ship_by: str = ""
    ship_policy: str = ShipPolicy.PARTIAL.value
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
        "order_number": read_order_number,
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
