"""Letters that came too late to leave a choice: telling them cancels, and a marketplace may count that."""

from __future__ import annotations

from collections.abc import Iterable

from orderdesk.cli import texts
from orderdesk.cli.context import Context
from orderdesk.storage.queries.defects import if_told


def counted_if_told(context: Context, notice_ids: Iterable[int]) -> list[str]:
    """What a marketplace would count once the customers of these letters are told."""
    with context.store.read() as view:
        return [texts.cancellation_record(record) for record in if_told(view, notice_ids, today=context.today)]
