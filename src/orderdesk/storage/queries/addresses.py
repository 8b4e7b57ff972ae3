"""Where parcels and letters go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orderdesk.domain.customers import own_name
from orderdesk.domain.errors import NoAddressError
from orderdesk.domain.shop import Address
from orderdesk.storage.queries import paging
from orderdesk.storage.view import View

# In the order of Address; for `address_of`, those of an order `o` and its customer `c`.
ON_ORDER = (
    "o.ship_name, o.ship_company, o.ship_line1, o.ship_line2, o.ship_city, o.ship_region, o.ship_postal_code, o.ship_country"
)
ON_FILE = "c.name, c.company, c.line1, c.line2, c.city, c.region, c.postal_code, c.country"
_OF_ORDERS = f"""
SELECT o.order_number, {ON_ORDER}, {ON_FILE} FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value
JOIN customer c ON c.id = o.customer_id ORDER BY j.key
"""
_OF_CUSTOMERS = f"SELECT {ON_FILE} FROM json_each(?) j CROSS JOIN customer c ON c.id = j.value ORDER BY j.key"


def address_of(on_order: Sequence[str], on_file: Sequence[str]) -> Address:
    """A parcel's address if it has one, the customer's own otherwise; by the customer's name where it names nobody.

    Who is called after an order has no name: post and parcels are addressed to the place alone.
    """
    place = on_order if on_order[2] or on_order[4] else on_file
    named = on_order[0] or ("" if place is on_order and on_order[1] else own_name(on_file[0]))
    return Address(named, *place[1:])


def address_in(row: Mapping[str, Any]) -> Address:
    """The same, of a row by column name that holds them."""
    on_order, on_file = ([row[column.partition(".")[2]] for column in names.split(", ")] for names in (ON_ORDER, ON_FILE))
    return address_of(on_order, on_file)


def addresses_of_orders(view: View, order_ids: Sequence[int]) -> list[tuple[str, Address]]:
    """Where these orders go, in their order, each with whose address it is."""
    rows = view.all(_OF_ORDERS, (paging.as_json(order_ids),))
    return [(f"Order {number}", address_of(parts[:8], parts[8:])) for number, *parts in rows]


def addresses_of_customers(view: View, customer_ids: Sequence[int]) -> list[tuple[str, Address]]:
    """Where these customers live, in their order, each with whose address it is."""
    found = [Address(own_name(name), *place) for name, *place in view.all(_OF_CUSTOMERS, (paging.as_json(customer_ids),))]
    return [(f"Customer {address.name or address.company}", address) for address in found]


def require_somewhere(address: Address, whose: str) -> None:
    """Raise NoAddressError for an address that says nothing of where it is."""
    if not (address.line1 or address.city or address.postal_code):
        raise NoAddressError(whose)
