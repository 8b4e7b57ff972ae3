"""Reorder: what runs low, why, how many to order, and purchase orders of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.domain.counts import first_names
from orderdesk.storage.queries.reorder import ReorderRow
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.page import TablePage
from orderdesk.ui.page_shell import PageSpec
from orderdesk.ui.reorder_columns import COLUMNS, COMMANDS, FILTERS, SOURCE, sentence
from orderdesk.ui.reorder_sheet import LotEdit, lots_sheet, reorder_sheet
from orderdesk.ui.supplier_form import ask_offer
from orderdesk.ui.ways_back import take_back
from orderdesk.ui.words import marked, tr

if TYPE_CHECKING:
    from orderdesk.services.purchases import Drafted
    from orderdesk.ui.window_actions import WindowActions

SPEC: PageSpec[ReorderRow] = PageSpec(
    name="reorder",
    title=marked("Reorder"),
    icon="package-plus",
    hint=marked("Search SKUs, products, suppliers…   Ctrl+F"),
    nouns=(marked("{} product"), marked("{} products")),
    picked=(marked("{} product selected"), marked("{} products selected")),
    unpicked=marked("Select a product to see why it should be ordered."),
    new="reorder.draft_all",
    columns=COLUMNS,
    filters=FILTERS,
    commands=COMMANDS,
    source=SOURCE,
    sort=(("supplier", False), ("sku", False)),
    key=lambda row: row.product_id,
    highlighted=lambda row: row.backordered > 0,
    sentence=sentence,
)


class ReorderPage(TablePage[ReorderRow]):
    keeps_worked_on = True

    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__(desk, SPEC)
        self._window = window
        self._lot: LotEdit | None = None
        # What the seller wants instead, by product and what was suggested: another suggestion asks anew.
        self._chosen: dict[tuple[int, int], int] = {}

    # -- commands

    def draft(self) -> None:
        """A draft for each supplier of what is picked."""
        self._draft(self.picked_rows())

    def draft_all(self) -> None:
        """The same of all that is shown."""
        self._draft(self.model.rows_of(self.model.ids))

    @override
    def edit(self) -> None:
        if self._lot is not None:
            self._lot.field.setFocus()
            self._lot.field.selectAll()

    def supplier(self) -> None:
        """Ask who sells the product that is picked, so that it can be drafted."""
        for row in self.picked_rows()[:1]:
            ask_offer(self, row.product_id, row.title, late.drafts.SupplierProductDraft())

    def product(self) -> None:
        for row in self.picked_rows()[:1]:
            self._window.show_product(row.product_id)

    def purchases(self) -> None:
        self._window.go("purchases")

    # -- what is shown

    @override
    def fetch(self, ids: Sequence[int]) -> Sequence[ReorderRow]:
        return [
            replace(row, quantity=self._chosen.get((row.product_id, row.quantity), row.quantity)) for row in super().fetch(ids)
        ]

    @override
    def show_detail(self) -> None:
        picked = self.picked_rows()
        if len(picked) == 1:
            self._show_one(picked[0])
        elif picked:
            self._lot = None
            if not self.pane.shows(picked):
                self.pane.show_sheet(picked, lots_sheet(self.desk.theme, picked, self.commands))
        else:
            self._lot = None
            self.show_words(0, tr(self.spec.unpicked))

    @override
    def touched_by(self, changes: Changes) -> bool:
        """Any step may have sold units, brought some, or put them on a draft."""
        return True

    @override
    def show_nothing_yet(self) -> None:
        why = tr("Everything is above its reorder point, or stands on a draft.")
        self.empty.show_message("circle-check", tr("Nothing is to be ordered"), why, tr("Show purchases"), self.purchases)

    def _show_one(self, row: ReorderRow) -> None:
        """Its facts; while these stay the same the quantity is left alone, which somebody may be typing."""
        facts = replace(row, quantity=row.supply.quantity)
        if self.pane.shows(facts):
            return
        self._lot = None if row.draft else LotEdit(row, lambda units: self._choose(row, units), self.table.setFocus)
        self.pane.show_sheet(facts, reorder_sheet(self.desk.theme, row, self.commands, self._lot))

    def _choose(self, row: ReorderRow, units: int) -> None:
        self._chosen[row.product_id, row.supply.quantity] = units
        self.model.forget()

    def _draft(self, rows: Sequence[ReorderRow]) -> None:
        wanted = {row.product_id: row.quantity for row in rows}
        if wanted:
            self.desk.perform(lambda store, now, _: late.purchases.draft_reorders(store, wanted, now=now), self._drafted)

    def _drafted(self, made: Drafted) -> None:
        """Say what was made and what was left out, with the ways back and on."""
        left_out = tr("no supplier for {}").replace("{}", first_names(made.without_supplier))
        text = " · ".join([made.step.summary, *([left_out] if made.without_supplier else [])])
        undo = partial(take_back, self.desk, [made.step.event_id])
        self.desk.say(text, [(tr("Undo"), undo), (tr("Show"), self.purchases)])
