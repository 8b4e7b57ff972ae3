"""Whose orders these are: customers matched by what is known of them, new ones made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orderdesk.domain.customers import identity_keys
from orderdesk.storage import bulk
from orderdesk.storage.identities import know_customers_as
from orderdesk.storage.transaction import Transaction

COLUMNS = (
    *(
        "customer_id",
        "name",
        "email",
        "phone",
        "username",
        "company",
        "line1",
        "line2",
        "city",
        "region",
        "postal_code",
        "country",
    ),
    *("language", "note"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """What a record says of a customer, in the order of COLUMNS; `channel` is where the user name is known."""

    channel: str
    values: tuple[str, ...]

    @property
    def own_id(self) -> str:
        return self.values[0]

    @property
    def keys(self) -> list[str]:
        customer_id, name, email, _, username, _, _, _, _, _, postal_code, country = self.values[:12]
        return identity_keys(self.channel, customer_id, username, email, name, postal_code, country)


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
            added.append((customer, *person.values))
            if person.own_id:
                own_ids[customer] = person.own_id
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
    return key == f"id:{person.own_id}" or not person.own_id or not own_id or person.own_id == own_id
