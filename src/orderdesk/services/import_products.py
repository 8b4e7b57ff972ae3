"""The products that a file names: known ones are found, new ones added, still to be counted."""

from __future__ import annotations

from collections.abc import Mapping

from orderdesk.services.import_results import Tally
from orderdesk.storage import bulk
from orderdesk.storage.transaction import Transaction

Name = tuple[str, str]
"""(sku, ""), or ("", title) of a product without a SKU."""


def products_named(transaction: Transaction, named: Mapping[Name, tuple[str, str, int | None]], tally: Tally) -> dict[Name, int]:
    """Ids of these products, each with its title, currency and price. One that the shop does not have is added and noted.

    Without a title it is not added.
    """
    found = bulk.product_ids(transaction.view, named)
    missing = [name for name, (title, _, _) in named.items() if name not in found and title]
    first = bulk.next_id(transaction.view, "product")
    found.update({name: first + place for place, name in enumerate(missing)})
    rows = []
    for name in missing:
        title, currency, price = named[name]
        rows.append((found[name], name[0], title, price, currency))
    bulk.insert(transaction, "product", ("id", "sku", "title", "price_minor", "currency"), rows)
    if missing:
        new, them = ("1 product is", "it") if len(missing) == 1 else (f"{len(missing):,} products are", "them")
        tally.notes.append(f"{new} new; count {them}, as nothing is known of the stock.")
    added = {sku for sku, _ in missing if sku}
    for sku, other in bulk.look_alikes(transaction.view, added):
        if other not in added or sku < other:  # of two new ones, once
            tally.notes.append(f"The new SKU {sku} looks like {other}; they are kept apart.")
    return found
