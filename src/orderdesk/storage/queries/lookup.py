"""Finding the one row that a seller, a file or a script names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from orderdesk.domain.coupons import parse_code
from orderdesk.domain.errors import CouponError, InvalidValueError, NotFoundError, RefusedError
from orderdesk.storage.view import View

_HANDLE = re.compile("#([1-9][0-9]{0,17})")
_MOST_NAMED = 5
_PLACED = re.compile("([1-9][0-9]{0,6}):(.*)")
_LISTINGS_NAMED = """
SELECT id, place, whole FROM (
    SELECT t.id, t.listing_id AS number, t.channel || ':' || t.listing_id AS place,
        t.channel || ':' || t.listing_id || ':' || coalesce(nullif(p.sku, ''), p.title) AS whole
    FROM listing t JOIN product p ON p.id = t.product_id)
WHERE :name IN (number, place, whole) ORDER BY place, id
"""


class OrderedProduct(NamedTuple):
    """A product as an order's line takes it over; `price_minor` is None where it is not known."""

    id: int
    sku: str
    title: str
    price_minor: int | None
    currency: str | None


def order_id(view: View, number: str) -> int:
    """The id of an order by its number, or `channel:number` where several channels have that number."""
    rows = view.all("SELECT id, channel FROM orders WHERE order_number = ? ORDER BY channel", (number,))
    if not rows and ":" in number:
        channel, _, rest = number.partition(":")
        rows = view.all("SELECT id, channel FROM orders WHERE channel = ? AND order_number = ?", (channel, rest))
    if not rows and not number.startswith("#"):
        rows = view.all("SELECT id, channel FROM orders WHERE order_number = ?", (f"#{number}",))
    if not rows:
        raise NotFoundError("order", number)
    if len(rows) > 1:
        names = " or ".join(f"{channel}:{number}" for _, channel in rows)
        raise RefusedError(f"Several channels have an order {number}.", f"Say which: {names}.")
    return int(rows[0][0])


def product_id(view: View, sku: str) -> int:
    """The id of a product by its SKU, to the letter; a look-alike is pointed out."""
    found = view.value("SELECT id FROM product WHERE sku = ? AND sku <> ''", (sku,))
    if found is None:
        similar = view.value("SELECT sku FROM product WHERE sku = ? COLLATE NOCASE AND sku <> ''", (sku,))
        raise NotFoundError("product", f"{sku} (there is {similar})" if similar else sku)
    return int(found)


def listing_id(view: View, number: str) -> int:
    """The id of a listing by its number; `channel:number` or `channel:number:SKU` where several have that number."""
    rows = view.all(_LISTINGS_NAMED, {"name": number})
    if not rows:
        raise NotFoundError("listing", number)
    if len(rows) > 1:
        is_one_place = len({place for _, place, _ in rows}) == 1
        names = " or ".join(dict.fromkeys(whole if is_one_place else place for _, place, whole in rows))
        raise RefusedError(f"There are {len(rows)} listings {number}.", f"Say which: {names}.")
    return int(rows[0][0])


def listing_numbered(view: View, channel: str, number: str, product: int) -> int | None:
    """The id of the listing of a product that a channel knows by that number."""
    sql = "SELECT id FROM listing WHERE channel = ? AND listing_id = ? AND product_id = ?"
    found = view.value(sql, (channel, number, product))
    return None if found is None else int(found)


def customer_handle(customer: int) -> str:
    """What names a customer however many are called alike: "#12"."""
    return f"#{customer}"


def customer_id(view: View, key: str) -> int:
    """The id of a customer by handle, the seller's own key, e-mail address or name, if just one has it. Nobody is meant by ""."""
    if not key.strip():
        raise InvalidValueError("customer", key, "a name, an e-mail address or a handle such as #12")
    handle = _HANDLE.fullmatch(key)
    if handle and view.value("SELECT 1 FROM customer WHERE id = ?", (int(handle[1]),)):
        return int(handle[1])
    for column in ("customer_id", "email", "name"):
        rows = view.all(f"SELECT id FROM customer WHERE {column} = ? COLLATE NOCASE ORDER BY id", (key,))
        if len(rows) == 1:
            return int(rows[0][0])
        if rows:
            names = " or ".join(customer_handle(row[0]) for row in rows[:_MOST_NAMED]) + (" …" if len(rows) > _MOST_NAMED else "")
            raise RefusedError(f"{len(rows)} customers have the {column} {key}.", f"Say which: {names}.")
    raise NotFoundError("customer", key)


def customer_known_as(view: View, keys: Sequence[str]) -> int | None:
    """The id of the customer who is known under the first of these identity keys that anyone has."""
    for key in keys:
        found = view.value("SELECT customer_id FROM customer_key WHERE key = ?", (key,))
        if found is not None:
            return int(found)
    return None


def coupon_id(view: View, typed: str) -> int:
    """The id of a coupon by its code as typed. Raises CouponError for a mistyped or unknown code."""
    found = view.value("SELECT id FROM coupon WHERE code = ?", (parse_code(typed),))
    if found is None:
        raise CouponError(f"This shop has issued no coupon {typed.strip().upper()}.", "Check the shop's name on the coupon.")
    return int(found)


def lines_called(view: View, order: int, name: str) -> list[tuple[int, int]]:
    """Id and position of the order's lines with that SKU, or of the one that is meant by POSITION:SKU."""
    sql = "SELECT id, position FROM order_line WHERE order_id = ? AND sku = ? AND ? IN (0, position) ORDER BY position"
    found = view.all(sql, (order, name, 0)) if name else []
    if not found and (placed := _PLACED.fullmatch(name)):
        found = view.all(sql, (order, placed[2], int(placed[1])))
    return found


def line_of(view: View, order: int, name: str) -> int:
    """The id of an order's line by SKU or POSITION:SKU. RefusedError where several lines are meant."""
    found = lines_called(view, order, name)
    if not found:
        raise NotFoundError("line", f"{name} in that order" if name else "")
    if len(found) > 1:
        names = " or ".join(f"{position}:{name}" for _, position in found)
        raise RefusedError(f"Several lines of that order are {name}.", f"Say which: {names}.")
    return int(found[0][0])


def next_order_number(view: View) -> str:
    """One more than the highest plain number among the shop's own orders, from 1001."""
    highest = view.value(
        "SELECT max(CAST(order_number AS INTEGER)) FROM orders WHERE channel = 'own' AND order_number NOT GLOB '*[^0-9]*'"
    )
    return str(max(1000, highest or 0) + 1)


def ordered_product(view: View, key: int) -> OrderedProduct:
    """What an order's line takes from its product. Raises NotFoundError."""
    row = view.one("SELECT id, sku, title, price_minor, currency FROM product WHERE id = ?", (key,))
    if row is None:
        raise NotFoundError("product", f"with the number {key}")
    return OrderedProduct(*row)


def product_named(view: View, sku: str, title: str) -> int | None:
    """The id of the product with that SKU, or, for a blank SKU, of the one without SKU that has exactly that title."""
    if sku:
        found = view.value("SELECT id FROM product WHERE sku = ?", (sku,))
    else:
        found = view.value("SELECT id FROM product WHERE sku = '' AND title = ?", (title,))
    return None if found is None else int(found)


def product_called(view: View, name: str) -> int | None:
    """The id of the product with that SKU, else of the first with exactly that title."""
    found = view.value("SELECT id FROM product WHERE :name IN (sku, title) ORDER BY sku <> :name, id", {"name": name})
    return None if found is None else int(found)


def product_typed(view: View, name: str) -> int | None:
    """The id of the product of which somebody types the SKU or title; in other case too where one alone is spelled so."""
    exact = product_called(view, name) if name else None
    if exact is not None or not name:
        return exact
    alike = view.all("SELECT id FROM product WHERE :name COLLATE NOCASE IN (sku, title) LIMIT 2", {"name": name})
    return int(alike[0][0]) if len(alike) == 1 else None


def product_meant(view: View, name: str) -> int:
    """The id of the product that a person means, as `product_typed`. Raises NotFoundError as `product_id`."""
    found = product_typed(view, name)
    return product_id(view, name) if found is None else found


def product_chosen(view: View, chosen: int | None, named: str) -> OrderedProduct:
    """The product that was chosen from a list, else the one that is `named`. Raises NotFoundError as `product_meant`."""
    return ordered_product(view, product_meant(view, named) if chosen is None else chosen)


def customer_with_own_id(view: View, customer_id: str) -> int | None:
    """The id of the customer whom the seller calls by that key."""
    found = view.value("SELECT id FROM customer WHERE customer_id = ? AND customer_id <> ''", (customer_id,))
    return None if found is None else int(found)


def wants_marketing(view: View, customer_id: int) -> bool:
    """Whether the customer has said that they want to hear of offers."""
    sql = "SELECT 1 FROM marketing_consent WHERE customer_id = ? AND withdrawn_at IS NULL"
    return view.value(sql, (customer_id,)) is not None


def letter_names_line(view: View, line: int) -> bool:
    """Whether any letter, voided or not, speaks of the order's line."""
    return view.value("SELECT 1 FROM notice_line WHERE order_line_id = ? LIMIT 1", (line,)) is not None


def was_bought_for(view: View, line: int) -> bool:
    """Whether any purchase order was made for the order's line."""
    return view.value("SELECT 1 FROM purchase_line WHERE order_line_id = ? LIMIT 1", (line,)) is not None


def is_linked(view: View, line: int) -> bool:
    """Whether the order's line stands in for another one, or another one for it."""
    sql = """SELECT 1 FROM order_line mine JOIN order_line other ON other.order_id = mine.order_id
        WHERE mine.id = ? AND (other.replaces_id = mine.id OR other.id = mine.replaces_id) LIMIT 1"""
    return view.value(sql, (line,)) is not None


def order_numbered(view: View, channel: str, number: str) -> int | None:
    """The id of the order that a channel knows by that number."""
    found = view.value("SELECT id FROM orders WHERE channel = ? AND order_number = ?", (channel, number))
    return None if found is None else int(found)


def backordered_lines_of(view: View, order: int) -> list[int]:
    """The ids of an order's lines that wait, in their order."""
    sql = "SELECT id FROM order_line WHERE order_id = ? AND backordered > 0 ORDER BY position"
    return [line_id for (line_id,) in view.all(sql, (order,))]


def line_ids(view: View, order: int) -> list[int]:
    """The ids of an order's lines, in their order."""
    return [line_id for (line_id,) in view.all("SELECT id FROM order_line WHERE order_id = ? ORDER BY position", (order,))]
