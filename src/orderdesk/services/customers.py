"""Customers: add and edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from orderdesk.domain.customers import Customer, identity_keys
from orderdesk.domain.errors import AlreadyThereError, RefusedError
from orderdesk.domain.shop import ADDRESS_PARTS
from orderdesk.services.drafts import CustomerDraft
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.identities import forget_customer_as, know_customer_as, merge_rows, set_marketing_consent
from orderdesk.storage.nobody import is_erased
from orderdesk.storage.queries.lookup import customer_id as _customer_id
from orderdesk.storage.queries.lookup import customer_known_as, customer_with_own_id, wants_marketing
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction

_IN_KEYS = ("customer_id", "username", "email", "name", "postal_code", "country")
_ADDRESS = tuple(part for part in ADDRESS_PARTS if part != "name")


def find_customer(store: Store, key: str) -> int:
    """The id of a customer by handle ("#12"), customer_id, e-mail address or name.

    Raises NotFoundError, RefusedError if several match.
    """
    with store.read() as view:
        return _customer_id(view, key)


def add_customer(store: Store, draft: CustomerDraft, *, now: datetime) -> int:
    """Add a customer; the new id. Raises AlreadyThereError for a customer_id that is taken."""
    with store.begin("add_customer", f"Added customer {draft.name.strip()}", now=now) as transaction:
        return new_customer(transaction, draft)


def edit_customer(store: Store, customer_id: int, draft: CustomerDraft, *, now: datetime) -> Step:
    """Change what is known of a customer. Orders keep the address they were placed with."""
    values = draft.values("marketing")
    summary = f"Edited customer {draft.name.strip()}"
    with store.edit("edit_customer", summary, now=now) as transaction:
        _require_free(transaction, draft.customer_id.strip(), customer_id)
        customer = transaction.customer(customer_id)
        former = keys_of(customer)
        for name, value in values.items():
            setattr(customer, name, value)
        current = keys_of(customer)
        forget_customer_as(transaction, customer_id, [key for key in former if key not in current])
        know_customer_as(transaction, customer_id, current)
        set_marketing_consent(transaction, customer_id, wanted=draft.marketing)
    return step_of(transaction, summary)


def draft_of_customer(store: Store, customer_id: int) -> CustomerDraft:
    """The form filled with what is known of a customer."""
    with store.read() as view:
        row = view.record("customer", customer_id)
        marketing = wants_marketing(view, customer_id)
    known = {each.name: row[each.name] for each in fields(CustomerDraft) if each.name != "marketing"}
    return CustomerDraft(**known, marketing=marketing)


def known_or_new_customer(transaction: Transaction, draft: CustomerDraft) -> int:
    """The customer who is known by what the draft says, or a new one, within a step."""
    known = customer_known_as(transaction.view, _keys(draft.values("marketing")))
    return new_customer(transaction, draft) if known is None else known


def new_customer(transaction: Transaction, draft: CustomerDraft) -> int:
    """Add a customer within a step; the new id."""
    _require_free(transaction, draft.customer_id.strip(), 0)
    customer = Customer(**draft.values("marketing"))
    customer_id = transaction.add(customer)
    know_customer_as(transaction, customer_id, keys_of(customer))
    set_marketing_consent(transaction, customer_id, wanted=draft.marketing)
    return customer_id


def merge_customers(store: Store, kept_id: int, other_id: int, *, now: datetime) -> Step:
    """Two records are one person: the orders, letters and coupons of the other become those of the one that is kept.

    What is not known of the kept one is taken over. Raises RefusedError for one and the same, and for one who
    was erased.
    """
    with store.begin("merge", "", now=now) as transaction:
        if kept_id == other_id:
            raise RefusedError("That is one and the same customer.", "Name the other one.")
        kept, other = transaction.customer(kept_id), transaction.customer(other_id)
        _require_known(kept, other)
        summary = f"Merged customer {other.name} into {kept.name}"
        facts = _unknown_of(kept, other)
        keys = (*keys_of(kept), *keys_of(other))
        merge_rows(transaction, kept_id, other_id)
        for name, value in facts.items():
            setattr(kept, name, value)
        know_customer_as(transaction, kept_id, keys)
        transaction.describe(summary)
    return step_of(transaction, summary)


def _require_known(*customers: Customer) -> None:
    """What is left of one who was erased is nobody's: neither does it get a name back, nor others' orders to lose theirs."""
    for each in customers:
        if is_erased(each.name):
            raise RefusedError(
                f"{each.name} can't be merged: who that was is not known any more.", "Leave the two records apart."
            )


def _unknown_of(kept: Customer, other: Customer) -> dict[str, str]:
    """What the other record knows and the kept one does not. An address is taken over whole: two halves are nobody's."""
    facts = {name: value for name, value in vars(other).items() if isinstance(value, str) and name not in _ADDRESS}
    news = {name: value for name, value in facts.items() if value and not getattr(kept, name)}
    is_partial = any(getattr(kept, name) for name in _ADDRESS)
    if not _is_placed(kept) and (_is_placed(other) or not is_partial):
        news |= {name: getattr(other, name) for name in _ADDRESS}
    return news


def _is_placed(customer: Customer) -> bool:
    return bool(customer.line1 or customer.line2 or customer.city)


def keys_of(customer: Customer) -> list[str]:
    """The identity keys of a customer of the shop's own."""
    return _keys({name: getattr(customer, name) for name in _IN_KEYS})


def _keys(facts: Mapping[str, str]) -> list[str]:
    return identity_keys("own", *(facts[name] for name in _IN_KEYS))


def _require_free(transaction: Transaction, key: str, customer_id: int) -> None:
    if customer_with_own_id(transaction.view, key) not in (None, customer_id):
        raise AlreadyThereError("customer", key)
