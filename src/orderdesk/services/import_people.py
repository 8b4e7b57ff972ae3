"""Whose orders these are: customers matched by what is known of them, new ones made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from orderdesk.domain.customers import identity_keys
from orderdesk.storage import bulk
from orderdesk.storage.identities import know_customers_as
from orderdesk.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Person:
    """What a record says of a customer: a field for each column, and `channel`, where the user name is known."""

    channel: str
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
    language: str = ""
    note: str = ""

    @property
    def keys(self) -> list[str]:
        return identity_keys(self.channel, self.customer_id, self.username, self.email, self.name, self.postal_code, self.country)


COLUMNS = tuple(column.name for column in fields(Person) if column.name != "channel")


def customer_ids(transaction: Transaction, people: Sequence[Person]) -> list[int]:
    """The customer of each person, in their order; people who share a key are one customer, unknown ones are added."""
    keys = [person.keys for person in people]
    known = bulk.customers_known_as(transaction.view, (key for each in keys for key in each))
    own_ids = bulk.own_ids(transaction.view, known.values())
    next_id = bulk.next_id(transaction.view, "customer")
    added: list[tuple[object, ...]] = []
    learned: list[tuple[str, int]] = []
    answers = []
    for person, their_keys in zip(people, keys, strict=True):
        customer = next(
            (known[key] for key in their_keys if key in known and _may_be(person, key, own_ids.get(known[key]))), None
        )
        if customer is None:
            customer = next_id + len(added)
            added.append((customer, *(getattr(person, name) for name in COLUMNS)))
            if person.customer_id:
                own_ids[customer] = person.customer_id
        for key in their_keys:
            if key not in known:
                known[key] = customer
                learned.append((key, customer))
        answers.append(customer)
    bulk.insert(transaction, "customer", ("id", *COLUMNS), added)
    know_customers_as(transaction, learned)
    return answers


def _may_be(person: Person, key: str, own_id: str | None) -> bool:
    """Two different keys of the seller's are two customers, whatever else they share; one who was merged goes by both."""
    return key == f"id:{person.customer_id}" or not person.customer_id or not own_id or person.customer_id == own_id
