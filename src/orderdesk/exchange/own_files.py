"""OrderDesk's own files, declared once: the readers take the columns from here, and so do the exports."""

from __future__ import annotations

from collections.abc import Mapping

from orderdesk.domain.shop import ADDRESS_PARTS
from orderdesk.exchange.profile import Column, Kind, Profile, Shape
from orderdesk.exchange.yes_no import YES_NO

_POLICIES = {word: word for word in ("partial", "complete", "cancel_remainder")}
_PAID = {
    **{word: "paid" if is_so else "unpaid" for word, is_so in YES_NO.items()},
    **dict.fromkeys(("paid", "bezahlt", "payé", "payée", "pagado", "pagada"), "paid"),
    **dict.fromkeys(("unpaid", "not paid", "pending", "authorized"), "unpaid"),
    **dict.fromkeys(("unbezahlt", "nicht bezahlt", "impayé", "impayée", "non payé", "non payée"), "unpaid"),
    **dict.fromkeys(("no pagado", "no pagada", "pendiente"), "unpaid"),
    "refunded": "refunded",
}
# What sellers call the parts of an address, and a product's title, in files of their own.
_EVERYDAY = {
    "line1": ("address", "address 1", "address1", "address line 1", "street", "street address"),
    "line2": ("address 2", "address2", "address line 2"),
    "city": ("city", "town"),
    "region": ("region", "state", "province"),
    "postal_code": ("postal code", "postcode", "zip", "zip code", "zipcode"),
    "country": ("country",),
    "title": ("product", "product name", "item name"),
}
LISTING_FORMATS = {"auction": "auction", **dict.fromkeys(("fixed_price", "fixed price", "fixedprice"), "fixed_price")}


def _column(header: str, kind: Kind = Kind.TEXT, words: Mapping[str, str] | None = None, also: tuple[str, ...] = ()) -> Column:
    """`also`: what sellers call the column in files of their own."""
    return Column(header, (header, *also), kind, words=words or {})


def _of_order(
    header: str, kind: Kind = Kind.TEXT, field: str = "", words: Mapping[str, str] | None = None, also: tuple[str, ...] = ()
) -> Column:
    return Column(field or header, (header, *also), kind, of_order=True, words=words or {})


PRODUCTS = Profile(
    name="orderdesk-products",
    title="OrderDesk products",
    kind="products",
    shape=Shape.RECORD,
    columns=(
        _column("sku"),
        _column("title", also=("name", *_EVERYDAY["title"])),
        _column("on_hand", Kind.COUNT),
        _column("price", Kind.MONEY),
        _column("cost", Kind.MONEY),
        _column("currency", Kind.CURRENCY),
        _column("reorder_point", Kind.COUNT),
        _column("safety_stock", Kind.COUNT),
        _column("supplier"),
        _column("supplier_sku"),
        _column("lead_time_days", Kind.COUNT),
        _column("on_order", Kind.COUNT),
        _column("on_order_expected_on", Kind.DAY),
        _column("discontinued", Kind.YES_NO),
        _column("barcode", Kind.IDENTIFIER),
        _column("tracked", Kind.YES_NO),
        _column("parts"),
    ),
    signature=(("sku",), ("title", "on_hand", "price", "reorder_point", "discontinued")),
    named=("sku", "title"),
    keys=(("sku",), ("title",)),
    guarded=True,
)

CUSTOMERS = Profile(
    name="orderdesk-customers",
    title="OrderDesk customers",
    kind="customers",
    shape=Shape.RECORD,
    columns=(
        _column("customer_id", Kind.IDENTIFIER),
        *(_column(header) for header in ("name", "email", "phone", "username", "company")),
        *(_column(part, also=_EVERYDAY[part]) for part in ("line1", "line2", "city", "region", "postal_code")),
        _column("country", Kind.COUNTRY),
        _column("language"),
        _column("note", Kind.NOTE),
    ),
    signature=(("name",), ("customer_id", "email", "line1", "username")),
    named=("name", "username", "email", "company"),
    keys=(("customer_id",),),
    guarded=True,
)

ORDERS = Profile(
    name="orderdesk-orders",
    title="OrderDesk orders",
    kind="orders",
    shape=Shape.EVERY_ROW,
    columns=(
        _of_order("order_number", Kind.ORDER_NUMBER, also=("order no",)),
        _of_order("channel"),
        _of_order("placed_at", Kind.MOMENT, "placed", also=("date", "order date")),
        _of_order("paid_at", Kind.MOMENT, "paid"),
        _of_order("paid_status", Kind.PAID, words=_PAID, also=("paid",)),
        _of_order("ship_by", Kind.DAY),
        _of_order("hold", Kind.YES_NO),
        _of_order("priority", Kind.PRIORITY),
        _of_order("ship_policy", Kind.WORD, words=_POLICIES),
        _of_order("on_credit", Kind.YES_NO),
        _of_order("currency", Kind.CURRENCY),
        _of_order("shipping", Kind.MONEY),
        _of_order("tax", Kind.MONEY),
        _of_order("discount", Kind.REDUCTION),
        _of_order("total", Kind.MONEY),
        _of_order("coupon_codes", field="coupon"),
        _of_order("customer_id", Kind.IDENTIFIER),
        _of_order("customer_name", field="buyer_name", also=("customer",)),
        _of_order("email"),
        _of_order("phone"),
        _of_order("username", field="buyer_username"),
        *(
            _of_order(f"ship_{part}", field=f"ship_to.{part}", also=_EVERYDAY.get(part, ()))
            for part in ADDRESS_PARTS
            if part != "country"
        ),
        _of_order("ship_country", Kind.COUNTRY, "ship_to.country", also=_EVERYDAY["country"]),
        _column("line_id", Kind.IDENTIFIER),
        _column("sku"),
        _column("title", also=_EVERYDAY["title"]),
        _column("quantity", Kind.QUANTITY, also=("qty",)),
        _column("unit_price", Kind.MONEY, also=("price",)),
        _column("shipped", Kind.COUNT),
        _column("canceled", Kind.COUNT),
        _of_order("note", Kind.NOTE),
        _of_order("tags"),
    ),
    signature=(("order_number", "order no"), ("sku", "title", *_EVERYDAY["title"]), ("quantity", "qty")),
    guarded=True,
)

LISTINGS = Profile(
    name="orderdesk-listings",
    title="OrderDesk listings",
    kind="listings",
    shape=Shape.RECORD,
    columns=(
        _column("listing_id", Kind.IDENTIFIER),
        _column("channel"),
        _column("sku"),
        _column("format", Kind.WORD, words=LISTING_FORMATS),
        _column("quantity", Kind.COUNT),
        _column("bids", Kind.COUNT),
        _column("price", Kind.MONEY),
        _column("currency", Kind.CURRENCY),
        _column("ends_at", Kind.MOMENT),
        _column("title"),
        _column("ended_at", Kind.MOMENT),
        _column("ended_why"),
    ),
    signature=(("listing_id",), ("sku",)),
    named=("listing_id",),
    keys=(("listing_id", "channel", "sku", "title"),),
    guarded=True,
)

OWN_FILES = (ORDERS, PRODUCTS, CUSTOMERS, LISTINGS)


def headers(profile: Profile) -> tuple[str, ...]:
    """The header row of one of OrderDesk's own files."""
    return tuple(column.headers[0] for column in profile.columns)
