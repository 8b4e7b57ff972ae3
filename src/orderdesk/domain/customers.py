"""Customers: who waits for an order, and when two records are the same person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Marketplaces hand out aliases that change per order or stop working; an alias says nothing about who it is.
_MARKETPLACE_DOMAINS = ("marketplace.amazon.", "members.ebay.")
_RELAY_DOMAINS = (*_MARKETPLACE_DOMAINS, "relay.", "privaterelay.")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
# What lists call a customer of whom only the order is known.
_NAMELESS = "Customer of order "


@dataclass(eq=False)
class Customer:
    """A person or firm that orders. `customer_id` is the seller's own key, "" where there is none; "" is unknown throughout."""

    name: str
    customer_id: str = ""
    email: str = ""
    phone: str = ""
    username: str = ""
    company: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    language: str = ""
    note: str = ""
    id: int = field(init=False)


def is_email(address: str) -> bool:
    """Whether mail could be sent there: something before and after one @, and a domain with a dot."""
    return _EMAIL.fullmatch(address) is not None


def is_relay(email: str) -> bool:
    """Whether the address is a marketplace's alias rather than the customer's own."""
    domain = email.rpartition("@")[2].casefold()
    return domain.startswith(_RELAY_DOMAINS)


def takes_mail(email: str) -> bool:
    """Whether a letter can be sent to the address: a marketplace's alias takes only what it lets through by itself."""
    return bool(email) and not email.rpartition("@")[2].casefold().startswith(_MARKETPLACE_DOMAINS)


def identity_keys(
    channel: str, customer_id: str, username: str, email: str, name: str, postal_code: str, country: str
) -> list[str]:
    """Keys under which a customer is known, strongest first; two records that share one are the same customer.

    The seller's or channel's id, then the channel's user name, then an e-mail address of their own,
    then name + postal code + country when all three are known.
    """
    keys = []
    if customer_id:
        keys.append(f"id:{customer_id}")
    if username:
        keys.append(f"user:{channel}:{username.casefold()}")
    if email and not is_relay(email):
        keys.append(f"email:{email.casefold()}")
    if name and postal_code and country:
        keys.append("post:" + "|".join(part.casefold() for part in (name, postal_code, country)))
    return keys


def called_by_order(order_number: str) -> str:
    """What a customer without a name is called in lists."""
    return _NAMELESS + order_number


def own_name(name: str) -> str:
    """The name, for what goes to the customer: "" where it only stands for an order."""
    return "" if name.startswith(_NAMELESS) else name
