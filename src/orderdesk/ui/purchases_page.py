"""Purchases: what was ordered from suppliers, what is still to come, and drafts of what runs low."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.domain.kits import parts_text
from orderdesk.domain.purchases import PurchaseStatus
from orderdesk.services.tasks import Progress
from orderdesk.storage.queries.purchases import PurchaseLineRow, PurchaseRow
from orderdesk.ui import formats, late
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.page import TablePage
from orderdesk.ui.page_shell import PageSpec
from orderdesk.ui.purchase_columns import COMMANDS, FILTERS, SOURCE, columns, is_late, sentence, status_badge
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.small_drafts import DELIVERY_FIELDS, PURCHASE_FIELDS
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.widgets import command_button
from orderdesk.ui.words import counted, marked, tr

if TYPE_CHECKING:
    from orderdesk.services.drafts import DeliveryDraft
    from orderdesk.services.steps import Step
    from orderdesk.storage.store import Store
    from orderdesk.ui.window_actions import WindowActions


def purchases_spec(today: date) -> PageSpec[PurchaseRow]:
    """The purchases page, declared."""
    return PageSpec(
        name="purchases",
        title=marked("Purchases"),
        icon="truck",
        hint=marked("Search numbers, suppliers, products…   Ctrl+F"),
        nouns=(marked("{} purchase order"), marked("{} purchase orders")),
        new="purchases.reorder",
        columns=columns(today),
        filters=FILTERS,
        commands=COMMANDS,
        source=SOURCE,
        sort=(),
        key=lambda row: row.id,
        highlighted=lambda row: is_late(row, today),
        sentence=lambda row: sentence(row, today),
    )


class PurchasesPage(TablePage[PurchaseRow]):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__(desk, purchases_spec(desk.today()))
        self._window = window

    def reorder(self) -> None:
        """Where what runs low is looked over and drafted."""
        self._window.go("reorder")

    def new(self) -> None:
        """A draft by hand."""
        draft = late.drafts.PurchaseDraft()
        form = DraftForm(tr("New purchase order"), draft, PURCHASE_FIELDS, tr("Draft it"), today=self.desk.today())

        def step(store: Store, now: datetime, _: Progress) -> str:
            wanted = late.purchases.products_named(store, draft.value("products"))
            supplier, expected = draft.value("supplier"), draft.value("expected_on")
            number: str = late.purchases.draft_purchase(store, supplier, wanted, expected_on=expected, now=now)
            return number

        self.submit_with(form, step, lambda number: self.desk.say(tr("Drafted {}").replace("{}", number)))

    def receive_part(self) -> None:
        """Ask what came: all that is to come, unless the seller says less."""
        for row in self.picked_rows()[:1]:
            to_come = [(line.sku or line.title, line.to_come) for line in row.lines if line.to_come]
            draft = late.drafts.DeliveryDraft(parts_text(to_come))
            form = DraftForm(tr("Receive a part"), draft, DELIVERY_FIELDS, tr("Receive"), about=f"{row.supplier}, {row.number}")
            self.submit_with(form, partial(self._receive_part, row.id, draft), of_row=row.id)

    @staticmethod
    def _receive_part(purchase_id: int, draft: DeliveryDraft, store: Store, now: datetime, _: Progress) -> object:
        came = late.purchases.lines_named(store, purchase_id, draft.value("came"))
        return late.purchases.receive_purchase(store, purchase_id, came, now=now)

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
    def show_detail(self) -> None:
        picked = self.picked_rows()
        if len(picked) == 1:
            if not self.pane.shows(picked[0]):
                self.pane.show_sheet(picked[0], self._sheet(picked[0]))
        else:
            many = counted(len(picked), "{} purchase order selected", "{} purchase orders selected")
            self.show_words(len(picked), many if picked else tr("Select a purchase order to see what is on it."))

    @override
    def touched_by(self, changes: Changes) -> bool:
        """Any step may have made a draft, or brought what is on one."""
        return True

    @override
    def show_nothing_yet(self) -> None:
        why = tr("OrderDesk suggests what to order, and drafts one for each supplier.")
        self.empty.show_message("truck", tr("No purchase orders yet"), why, tr("See what runs low"), self.reorder)

    def _each(self, act: Callable[..., Step], *possible: PurchaseStatus) -> None:
        ids = [row.id for row in self.picked_rows() if row.status in possible]

        def step(store: Store, now: datetime, _: Progress) -> list[Step]:
            return [act(store, key, now=now) for key in ids]

        self.desk.perform(step, partial(say_steps, self.desk))

    def _sheet(self, row: PurchaseRow) -> Sheet:
        today, sheet = self.desk.today(), Sheet(self.desk.theme)
        sheet.title(row.supplier, row.number)
        sheet.badges([status_badge(row)])
        if is_late(row, today):
            sheet.note("backordered", tr("It should be here by now"), tr("Ask the supplier, and tell who waits for it."))
        for name, icon in (("send", "truck"), ("receive", "package-plus"), ("receive_part", "package"), ("save", "download")):
            action = self.commands.action(f"purchases.{name}")
            if action.isEnabled():
                sheet.add(command_button(action, icon, "primary" if name in ("send", "receive") else ""))
        sheet.section(tr("Products"))
        for line in row.lines:
            _add_line(sheet, line)
        sheet.section(tr("Purchase order"))
        sheet.fact(tr("Total"), formats.money(row.total))
        sheet.fact(tr("Made"), formats.day(row.placed_on, today))
        sheet.fact(tr("Sent"), formats.day(row.sent_on, today))
        sheet.fact(tr("Expected"), formats.day(row.expected_on, today))
        return sheet


def _add_line(sheet: Sheet, line: PurchaseLineRow) -> None:
    amount = tr("{} of {} to come").replace("{}", f"{line.to_come:,}", 1).replace("{}", f"{line.quantity:,}")
    bought_for = tr("for order {}").replace("{}", line.for_order) if line.for_order else ""
    below = " · ".join(part for part in (line.supplier_sku or line.sku, formats.money(line.cost), bought_for) if part)
    sheet.line(line.title, amount, below, None, highlighted=bool(line.for_order))
