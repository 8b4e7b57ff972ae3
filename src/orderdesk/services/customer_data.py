"""What a customer may ask for: everything that is known about them, in one file."""

from __future__ import annotations

import json
from pathlib import Path

from orderdesk.domain.errors import StoreError
from orderdesk.files import write_atomically
from orderdesk.storage.queries.customer_data import everything_about
from orderdesk.storage.store import Store


def export_customer(store: Store, customer_id: int, path: Path) -> None:
    """Write all of it as JSON, the letters' words included. Raises NotFoundError, or StoreError where the disk refuses."""
    with store.read() as view:
        known = everything_about(view, customer_id)
    try:
        write_atomically(path, json.dumps(known, indent=2, ensure_ascii=False).encode())
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror}.", "Choose another folder, or free some space.") from error
