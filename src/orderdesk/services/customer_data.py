"""What a customer may ask for: everything that is known about them in one file, or that it is forgotten."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from orderdesk.domain.errors import RefusedError, StoreError
from orderdesk.files import write_atomically
from orderdesk.services.letters import finish_letters
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.erasure import erase
from orderdesk.storage.queries.customer_data import everything_about
from orderdesk.storage.store import Store


def erase_customer(store: Store, customer_id: int, *, now: datetime) -> Step:
    """Take out of the shop who the customer is: name, address, everything they are known by, their words, in letters too.

    Orders, money and coupons stay; it can't be undone. Raises RefusedError while something of theirs is still to be shipped.
    """
    with store.begin("erase", "", now=now, undoable=False) as transaction:
        waiting = transaction.view.value(
            "SELECT order_number FROM orders WHERE customer_id = ? AND open_units > 0 ORDER BY placed_at LIMIT 1", (customer_id,)
        )
        if waiting is not None:
            raise RefusedError(f"Order {waiting} of this customer is still open.", "Ship or cancel it first.")
        transaction.customer(customer_id)
        name = f"Erased customer {customer_id}"
        erase(transaction, customer_id, name)
        summary = f"Erased who customer {customer_id} was"
        transaction.describe(summary)
    finish_letters(store)
    return step_of(transaction, summary)


def export_customer(store: Store, customer_id: int, path: Path) -> None:
    """Write all of it as JSON, the letters' words included. Raises NotFoundError, or StoreError where the disk refuses."""
    with store.read() as view:
        known = everything_about(view, customer_id)
    try:
        write_atomically(path, json.dumps(known, indent=2, ensure_ascii=False).encode())
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror}.", "Choose another folder, or free some space.") from error
