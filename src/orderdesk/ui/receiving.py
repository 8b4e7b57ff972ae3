"""Receiving what came in: units of one product, or a number for each of several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from orderdesk.services.tasks import Progress, do_to_each
from orderdesk.storage.queries.products import ProductRow
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.small_drafts import UNITS_FIELDS, UnitsDraft
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.services.steps import Step
    from orderdesk.ui.page import TablePage


def receive_picked(page: TablePage[ProductRow], rows: Sequence[ProductRow], awaited: Sequence[int]) -> None:
    """Ask how many units came of each of these products; what is `awaited` of them stands there already."""
    if len(rows) == 1:
        _receive(page, rows[0], *awaited)
    elif rows:
        _receive_all(page, rows, awaited)


def _receive(page: TablePage[ProductRow], row: ProductRow, awaited: int) -> None:
    draft = UnitsDraft(_typed(awaited))
    form = DraftForm(tr("Receive"), draft, UNITS_FIELDS, tr("Receive"), about=formats.product(row.sku, row.title))
    page.submit_with(
        form,
        lambda store, now, _: late.products.receive_stock(store, row.id, draft.value("quantity"), now=now),
        of_row=row.id,
    )


def _receive_all(page: TablePage[ProductRow], rows: Sequence[ProductRow], awaited: Sequence[int]) -> None:
    drafted = late.drafts.DeliveryLineDraft
    lines = [
        drafted(row.id, formats.product(row.sku, row.title), None, _typed(units))
        for row, units in zip(rows, awaited, strict=True)
    ]
    form = late.purchase_forms.DeliveryForm(tr("Receive"), lines, counted(len(rows), "{} product", "{} products"))

    def step(store: Store, now: datetime, progress: Progress) -> list[Step]:
        def receive(product_id: int) -> Step:
            received: Step = late.products.receive_stock(store, product_id, form.came[product_id], now=now)
            return received

        return do_to_each(store, list(form.came), receive, progress)

    page.submit_with(form, step, partial(say_steps, page.desk))


def _typed(awaited: int) -> str:
    return str(awaited) if awaited else ""
