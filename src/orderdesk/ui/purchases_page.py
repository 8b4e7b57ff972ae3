"""Purchases: what was ordered from suppliers, what is still to come, and drafts of what runs low."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.domain.purchases import PurchaseStatus
from orderdesk.services.tasks import Progress, do_to_each
from orderdesk.storage.queries.purchases import PurchaseLineRow, PurchaseRow, products_on_order
from orderdesk.ui import formats, late
from orderdesk.ui.desk import Desk
from orderdesk.ui.empty import Action
from orderdesk.ui.page import TablePage
from orderdesk.ui.page_shell import PageSpec
from orderdesk.ui.purchase_columns import COMMANDS, FILTERS, SOURCE, columns, sentence, status_badge
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.widgets import command_button
from orderdesk.ui.words import counted, marked, tr

if TYPE_CHECKING:
    from orderdesk.services.drafts import DeliveryLineDraft, PurchaseDraft
    from orderdesk.services.steps import Step
    from orderdesk.storage.store import Store
    from orderdesk.ui.purchase_forms import DeliveryForm
    from orderdesk.ui.window_actions import WindowActions


# Where one was marked as sent, a further click only asks what came: it receives nothing.
_BUTTONS = (
    ("send", "truck"),
    ("receive_part", "package"),
    ("receive", "package-plus"),
    ("edit", "pencil"),
    ("save", "download"),
    ("cancel", "ban"),
)


def purchases_spec(today: date) -> PageSpec[PurchaseRow]:
    """The purchases page, declared."""
    return PageSpec(
        name="purchases",
        title=marked("Purchases"),
        icon="truck",
        hint=marked("Search numbers, suppliers, products…   Ctrl+F"),
        nouns=(marked("{} purchase order"), marked("{} purchase orders")),
        picked=(marked("{} purchase order selected"), marked("{} purchase orders selected")),
        unpicked=marked("Select a purchase order to see what is on it."),
        new="purchases.reorder",
        columns=columns(today),
        filters=FILTERS,
        commands=COMMANDS,
        source=SOURCE,
        sort=(),
        highlighted=lambda row: row.is_overdue(today),
        sentence=lambda row: sentence(row, today),
    )


class PurchasesPage(TablePage[PurchaseRow]):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__(desk, purchases_spec(desk.today()))
        self._window = window
        self.top_bar.insert_widget(self.top_bar.count() - 1, command_button(self.commands.action("purchases.new"), "plus"))

    def reorder(self) -> None:
        """Where what runs low is looked over and drafted."""
        self._window.go("reorder")

    def new(self) -> None:
        """A draft by hand."""
        draft = late.drafts.PurchaseDraft()
        form = late.purchase_forms.PurchaseEditor(self.desk, draft)
        self.submit_with(form, partial(_made, draft))

    @override
    def edit(self) -> None:
        """A draft in all that it asks for, one under way in its day and its quantities."""
        for row in self.picked_rows()[:1]:
            if self.commands.action("purchases.edit").isEnabled():
                self.desk.perform(partial(_as_it_is, row.id), partial(self._edit, row))

    def _edit(self, row: PurchaseRow, draft: PurchaseDraft) -> None:
        form = late.purchase_forms.PurchaseEditor(self.desk, draft, row)
        self.submit_with(form, lambda store, now, _: late.purchase_edits.edit_purchase(store, row.id, draft, now=now))

    def receive_part(self) -> None:
        """Ask what came: all that is to come, unless the seller says less."""
        for row in self.picked_rows()[:1]:
            form = late.purchase_forms.DeliveryForm(tr("Receive a part"), _to_come(row), f"{row.supplier}, {row.number}")
            self.submit_with(form, partial(_receive, row.id, form), of_row=row.id)

    def send(self) -> None:
        self._each(late.purchases.send_purchase, PurchaseStatus.DRAFT)

    def receive(self) -> None:
        self._each(late.purchases.receive_purchase, PurchaseStatus.SENT, PurchaseStatus.PARTLY_RECEIVED)

    def cancel(self) -> None:
        self._each(late.purchases.cancel_purchase, PurchaseStatus.DRAFT, PurchaseStatus.SENT, PurchaseStatus.PARTLY_RECEIVED)

    def save(self) -> None:
        """A PDF of each for its supplier; the first one is shown."""
        ids = [row.id for row in self.picked_rows()]

        def step(store: Store, _now: datetime, _: Progress) -> list[Path]:
            return [late.slips.save_purchase(store, key) for key in ids]

        def saved(paths: list[Path]) -> None:
            self.said_files(paths, marked("{} purchase order saved"), marked("{} purchase orders saved"))

        self.desk.perform(step, saved)

    @override
    def touched_by(self, changes: Changes) -> bool:
        """Any step may have made a draft, or brought what is on one."""
        return True

    @override
    def show_nothing_yet(self) -> None:
        why = tr("OrderDesk suggests what to order, and drafts one for each supplier.")
        ways = (tr("See what runs low"), self.reorder, (tr("New purchase order…"), self.new))
        self.empty.show_message("truck", tr("No purchase orders yet"), why, *ways)
        self.desk.ask(lambda view, _: products_on_order(view), partial(self._tell_of_lists, why, ways))

    def _tell_of_lists(self, why: str, ways: tuple[str, Callable[[], None], Action], on_order: int) -> None:
        """Units can be on order by the product list alone."""
        if on_order and not self.model.ids:
            listed = tr("Your product list has units of {} on order: receive those in Inventory.")
            products = counted(on_order, "{} product", "{} products")
            self.empty.show_message("truck", tr("No purchase orders yet"), f"{why}\n{listed.replace('{}', products)}", *ways)

    def _each(self, act: Callable[..., Step], *possible: PurchaseStatus) -> None:
        ids = [row.id for row in self.picked_rows() if row.status in possible]

        def step(store: Store, now: datetime, progress: Progress) -> list[Step]:
            return do_to_each(store, ids, lambda key: act(store, key, now=now), progress)

        self.desk.perform(step, partial(say_steps, self.desk))

    @override
    def sheet_of(self, row: PurchaseRow) -> Sheet:
        today, sheet = self.desk.today(), Sheet(self.desk.theme)
        sheet.title(row.supplier, row.number)
        sheet.badges([status_badge(row, today)])
        if row.is_overdue(today):
            sheet.note("backordered", tr("It should be here by now"), tr("Ask the supplier, and tell who waits for it."))
        for name, icon in _BUTTONS:
            action = self.commands.action(f"purchases.{name}")
            if action.isEnabled():
                sheet.add(command_button(action, icon, "primary" if name in ("send", "receive") else ""))
        sheet.section(tr("Products"))
        for line in row.lines:
            _add_line(sheet, line, _how_many(row, line))
        sheet.section(tr("Purchase order"))
        sheet.fact(tr("Total"), formats.money(row.total))
        sheet.fact(tr("Made"), formats.day(row.placed_on, today))
        sheet.fact(tr("Sent"), formats.day(row.sent_on, today))
        sheet.fact(tr("Expected"), formats.day(row.still_expected_on, today))
        sheet.fact(tr("Received"), formats.day(row.received_on, today))
        return sheet


def _as_it_is(purchase_id: int, store: Store, _now: datetime, _: Progress) -> PurchaseDraft:
    draft: PurchaseDraft = late.purchase_edits.draft_of_purchase(store, purchase_id)
    return draft


def _to_come(row: PurchaseRow) -> list[DeliveryLineDraft]:
    """At first all that is to come."""
    drafted = late.drafts.DeliveryLineDraft
    return [
        drafted(line.line_id, formats.product(line.sku, line.title), line.to_come, str(line.to_come))
        for line in row.lines
        if line.to_come
    ]


def _receive(purchase_id: int, form: DeliveryForm, store: Store, now: datetime, _: Progress) -> Step:
    step: Step = late.purchases.receive_purchase(store, purchase_id, form.came, now=now)
    return step


def _made(draft: PurchaseDraft, store: Store, now: datetime, _: Progress) -> Step:
    """The draft that the form asks for; a product that stands there twice is ordered once."""
    wanted: Counter[int] = Counter()
    for line in draft.lines:
        wanted[line.product_id or late.products.find_product_meant(store, line.sku)] += line.value("quantity")
    supplier, expected = draft.value("supplier"), draft.value("expected_on")
    number = late.purchases.draft_purchase(store, supplier, wanted, expected_on=expected, now=now)
    step: Step = late.steps.step_that_added(store, "purchase_order", late.purchases.find_purchase(store, number))
    return step


def _how_many(row: PurchaseRow, line: PurchaseLineRow) -> str:
    """What a draft asks for, what is to come of what was sent, what came of what is over."""
    if row.status is PurchaseStatus.DRAFT:
        return counted(line.quantity, "{} unit", "{} units")
    words, units = (tr("{} of {} to come"), line.to_come) if line.to_come else (tr("{} of {} came"), line.received)
    return words.replace("{}", f"{units:,}", 1).replace("{}", f"{line.quantity:,}")


def _add_line(sheet: Sheet, line: PurchaseLineRow, amount: str) -> None:
    bought_for = tr("for order {}").replace("{}", line.for_order) if line.for_order else ""
    below = " · ".join(part for part in (line.supplier_sku or line.sku, formats.money(line.cost), bought_for) if part)
    sheet.line(line.title, amount, below, None, highlighted=bool(line.for_order))
