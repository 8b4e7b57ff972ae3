"""Inventory: what is on the shelf, what is promised, and who waits for what is not there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.services.drafts import ProductDraft
from orderdesk.services.tasks import Progress
from orderdesk.storage.queries.product_detail import ProductDetail, product_detail
from orderdesk.storage.queries.products import ProductRow
from orderdesk.storage.queries.purchases import bought_for_lines
from orderdesk.storage.queries.reorder import ReorderRow, reorder_figures
from orderdesk.storage.store import Store
from orderdesk.storage.view import View
from orderdesk.ui import late
from orderdesk.ui.apologizing import apologize
from orderdesk.ui.counting import count_down, count_picked
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.page import TablePage
from orderdesk.ui.page_shell import PageSpec
from orderdesk.ui.product_columns import COMMANDS, FILTERS, SOURCE, columns, sentence
from orderdesk.ui.product_sheet import ProductActs, product_sheet
from orderdesk.ui.receiving import receive_picked
from orderdesk.ui.supplier_form import ask_offer
from orderdesk.ui.words import marked, tr

if TYPE_CHECKING:
    from orderdesk.storage.queries.suppliers import OfferRow
    from orderdesk.ui.window_actions import WindowActions

_EDIT_FIELDS = (
    Field("title", marked("Product")),
    Field("sku", marked("SKU"), half=True),
    Field("barcode", marked("Barcode"), half=True),
    Field("price", marked("Price"), kind="money", half=True),
    Field("cost", marked("Cost"), kind="money", half=True),
    Field("currency", marked("Currency"), example="USD", half=True),
    Field("reorder_point", marked("Reorder point"), half=True),
    Field("safety_stock", marked("Safety stock"), half=True),
    Field("lead_time_days", marked("Lead time in days"), half=True),
    Field("supplier", marked("Supplier"), kind="supplier", half=True),
    Field("supplier_sku", marked("Supplier's SKU"), half=True),
    Field("on_order", marked("On order"), half=True),
    Field("on_order_expected_on", marked("Expected"), kind="day", half=True),
    Field("parts", marked("Parts, if it is a kit"), example=marked("2 x LAMP; 1 x SHADE")),
    Field("tracked", marked("Stock is tracked"), kind="check"),
    Field("discontinued", marked("Discontinued: no more will come"), kind="check"),
)
_NEW_FIELDS = (*_EDIT_FIELDS[:6], Field("on_hand", marked("On hand"), half=True), *_EDIT_FIELDS[6:])


def inventory_spec(today: date) -> PageSpec[ProductRow]:
    """The inventory page, declared."""
    return PageSpec(
        name="inventory",
        title=marked("Inventory"),
        icon="boxes",
        hint=marked("Search SKUs, products, suppliers…   Ctrl+F"),
        nouns=(marked("{} product"), marked("{} products")),
        picked=(marked("{} product selected"), marked("{} products selected")),
        unpicked=marked("Select a product to see who waits for it."),
        new="inventory.new",
        columns=columns(today),
        filters=FILTERS,
        commands=COMMANDS,
        source=SOURCE,
        sort=(("sku", False),),
        highlighted=lambda row: row.backordered > 0,
        sentence=sentence,
    )


class InventoryPage(TablePage[ProductRow]):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__(desk, inventory_spec(desk.today()))
        self._window = window

    # -- commands

    def receive(self) -> None:
        """Ask how many units came in of what is picked."""
        rows = [row for row in self.picked_rows() if row.tracked]
        self.desk.ask(partial(_for_the_shelf, rows), partial(receive_picked, self, rows))

    def count(self) -> None:
        """Ask how many the shelf holds: of one product, or the same number of each that is picked."""
        count_picked(self)

    def count_on(self) -> None:
        """Count one product, then the one below it."""
        count_down(self)

    def tell(self) -> None:
        """Apologize to everyone who waits for what is picked."""
        ids = [row.id for row in self.picked_rows() if row.backordered]
        self.desk.ask(
            lambda view, today: [
                who.order_id for each in ids for who in product_detail(view, each, today=today).waiting if not who.told
            ],
            self._tell,
        )

    def supplier(self) -> None:
        """Ask what a supplier wants for the product that is picked."""
        for row in self.picked_rows()[:1]:
            ask_offer(self, row.id, row.title, late.drafts.SupplierProductDraft())

    def new(self) -> None:
        draft = ProductDraft(currency=self.desk.profile.currency if self.desk.profile else "")
        form = DraftForm(tr("New product"), draft, _NEW_FIELDS, tr("Add product"), desk=self.desk)
        self.submit_with(form, lambda store, now, _: late.products.add_product(store, draft, now=now), self.pick_when_there)

    @override
    def edit(self) -> None:
        for row in self.picked_rows()[:1]:
            self._edit(row.id)

    # -- the pane

    @override
    def show_one(self, row_id: int) -> None:
        self.desk.ask(
            lambda view, today: (
                product_detail(view, row_id, today=today),
                reorder_figures(view, [row_id], today=today),
            ),
            self._detail_came,
        )

    @override
    def touched_by(self, changes: Changes) -> bool:
        return changes.everything or bool(changes.products or changes.orders)

    @override
    def show_nothing_yet(self) -> None:
        why = tr("Import a product list, or add one by hand.")
        self.empty.show_message(
            "boxes", tr("No products yet"), why, tr("New product"), self.new, (tr("Import…"), self._window.import_files)
        )

    def _detail_came(self, found: tuple[ProductDetail, dict[int, ReorderRow]]) -> None:
        detail, figures = found
        if self.table.picked_ids() == [detail.row.id] and not self.pane.shows(found):
            supply = figures.get(detail.row.id)
            acts = ProductActs(
                self._window.show_order, partial(self._change_offer, detail.row), partial(self._drop_offer, detail.row)
            )
            sheet = product_sheet(self.desk.theme, detail, supply, self.desk.now(), self.desk.today(), self.commands, acts)
            self.pane.show_sheet(found, sheet)

    def _change_offer(self, row: ProductRow, offer: OfferRow) -> None:
        ask_offer(self, row.id, row.title, late.suppliers.draft_of_offer(offer))

    def _drop_offer(self, row: ProductRow, offer: OfferRow) -> None:
        self.desk.perform(lambda store, now, _: late.suppliers.drop_offer(store, row.id, offer.supplier, now=now), self.said)

    def _tell(self, order_ids: list[int]) -> None:
        if not order_ids:
            self.desk.say(tr("Everybody who waits for it was told."))
            return
        apologize(self.desk, order_ids, self.show_notice)

    def _edit(self, product_id: int) -> None:
        def filled(store: Store, _now: datetime, _: Progress) -> ProductDraft:
            return late.products.draft_of_product(store, product_id)

        def show(draft: ProductDraft) -> None:
            form = DraftForm(tr("Edit product"), draft, _EDIT_FIELDS, tr("Save"), about=draft.title, desk=self.desk)
            self.submit_with(form, lambda store, now, _: late.products.edit_product(store, product_id, draft, now=now))

        self.desk.perform(filled, show)


def _for_the_shelf(rows: Sequence[ProductRow], view: View, _: date) -> list[int]:
    """Of each, units on order that were bought for no customer's line: those come by their purchase orders."""
    return [max(0, row.on_order - sum(bought_for_lines(view, row.id).values())) for row in rows]
