"""Is the shop's file sound?"""

from __future__ import annotations

from orderdesk.storage import checks
from orderdesk.storage.store import Store


def check(store: Store) -> list[str]:
    """Every problem of the file and of the shop's invariants as a sentence; none if all is well."""
    with store.inspect() as view:
        return checks.problems(view)
