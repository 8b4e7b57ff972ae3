"""Counting what the shelf holds: one product, one after the other down the list, or several with one number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from orderdesk.services.tasks import Progress
from orderdesk.storage.queries.products import ProductRow
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.small_drafts import COUNT_FIELDS, CountDraft
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.services.steps import Step
    from orderdesk.ui.page import TablePage


def count_picked(page: TablePage[ProductRow]) -> None:
    """Ask how many there are of the product that is picked, or of each of them."""
    rows = [row for row in page.picked_rows() if row.tracked]
    if len(rows) == 1:
        _count(page, rows[0], tr("Save the count"))
    elif rows:
        _count_all(page, [row.id for row in rows])


def count_down(page: TablePage[ProductRow]) -> None:
    """Count the product that is picked, then the one below it: down the list by number and Enter."""
    for row in page.picked_rows()[:1]:
        place = page.model.place_of(row.id)
        below = list(page.model.ids[place + 1 : place + 2]) if place is not None else []
        _count(page, row, tr("Save and count the next"), partial(_go_on, page, below))


def _go_on(page: TablePage[ProductRow], below: Sequence[int], _: object) -> None:
    if below and page.table.pick(below[0]):
        count_down(page)


def _count(page: TablePage[ProductRow], row: ProductRow, verb: str, then: Callable[[object], None] | None = None) -> None:
    draft = CountDraft("" if row.on_hand is None else str(row.on_hand))
    form = DraftForm(tr("Count"), draft, COUNT_FIELDS, verb, about=formats.product(row.sku, row.title))
    page.submit_with(
        form,
        lambda store, now, _: late.products.count_stock(store, row.id, draft.value("quantity"), draft.reason, now=now),
        then,
        of_row=row.id,
    )


def _count_all(page: TablePage[ProductRow], ids: Sequence[int]) -> None:
    draft = CountDraft("")
    about = counted(len(ids), "{} product, as many as this", "{} products, as many as this of each")

    def step(store: Store, now: datetime, progress: Progress) -> Step:
        done: Step = late.products.count_stocks(store, ids, draft.value("quantity"), draft.reason, now=now, progress=progress)
        return done

    form = DraftForm(tr("Count"), draft, COUNT_FIELDS, tr("Save the counts"), about=about)
    page.submit_with(form, step, title=counted(len(ids), "Counting {} product", "Counting {} products"))
