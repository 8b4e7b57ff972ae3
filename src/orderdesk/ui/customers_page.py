"""Customers: who orders, what they were told, which coupons they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog
from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.services.drafts import CustomerDraft
from orderdesk.services.tasks import Progress
from orderdesk.storage.queries.coupons import CouponRow
from orderdesk.storage.queries.customers import CustomerDetail, CustomerRow, customer_detail
from orderdesk.storage.queries.refunds import OwedRefund
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.apologizing import apologize
from orderdesk.ui.coupon_forms import ask_to_redeem
from orderdesk.ui.customer_columns import COMMANDS, FILTERS, SOURCE, columns, sentence
from orderdesk.ui.customer_sheet import customer_sheet
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.page import TablePage
from orderdesk.ui.page_shell import PageSpec
from orderdesk.ui.words import marked, tr

if TYPE_CHECKING:
    from orderdesk.ui.window_actions import WindowActions

_FIELDS = (
    Field("name", marked("Name")),
    Field("company", marked("Company")),
    Field("email", marked("E-mail")),
    Field("phone", marked("Phone"), half=True),
    Field("customer_id", marked("Your key for them"), half=True),
    Field("line1", marked("Street")),
    Field("line2", marked("Second line")),
    Field("city", marked("City"), half=True),
    Field("region", marked("State or region"), half=True),
    Field("postal_code", marked("Postal code"), half=True),
    Field("country", marked("Country"), example="US", half=True),
    Field("username", marked("User name"), half=True),
    Field("language", marked("Language"), example="en", half=True),
    Field("marketing", marked("Wants to hear of offers"), kind="check"),
    Field("note", marked("Note"), kind="long"),
)


def customers_spec(today: date) -> PageSpec[CustomerRow]:
    """The customers page, declared."""
    return PageSpec(
        name="customers",
        title=marked("Customers"),
        icon="users",
        hint=marked("Search names, towns, e-mail…   Ctrl+F"),
        nouns=(marked("{} customer"), marked("{} customers")),
        picked=(marked("{} customer selected"), marked("{} customers selected")),
        unpicked=marked("Select a customer to see orders, letters and coupons."),
        new="customers.new",
        columns=columns(today),
        filters=FILTERS,
        commands=COMMANDS,
        source=SOURCE,
        sort=(("name", False),),
        highlighted=lambda row: row.open_backorders > 0,
        sentence=sentence,
    )


class CustomersPage(TablePage[CustomerRow]):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__(desk, customers_spec(desk.today()))
        self._window = window

    # -- commands

    def apologize(self) -> None:
        ids = [row.id for row in self.picked_rows() if row.open_backorders]
        self.desk.ask(
            lambda view, today: [
                order.id for each in ids for order in customer_detail(view, each, today=today).orders if order.backordered_lines
            ],
            self._apologize,
        )

    def _apologize(self, order_ids: list[int]) -> None:
        apologize(self.desk, order_ids, self.show_notice)

    def new(self) -> None:
        draft = CustomerDraft()
        form = DraftForm(tr("New customer"), draft, _FIELDS, tr("Add customer"))
        self.submit_with(form, lambda store, now, _: late.customers.add_customer(store, draft, now=now), self.pick_when_there)

    @override
    def edit(self) -> None:
        for row in self.picked_rows()[:1]:
            self._edit(row.id)

    def export(self) -> None:
        """Ask where, then write everything about the picked customer there."""
        for row in self.picked_rows()[:1]:
            proposed = str(Path.home() / f"{row.name}.json".replace("/", "-"))
            chosen, _ = QFileDialog.getSaveFileName(self, tr("Export all about them"), proposed, tr("JSON (*.json)"))
            if chosen:
                self.export_to(row.id, Path(chosen))

    def export_to(self, customer_id: int, path: Path) -> None:
        """Write everything about that customer to a file."""
        self.desk.perform(
            lambda store, _now, _: late.customer_data.export_customer(store, customer_id, path),
            lambda _: self.desk.say(tr("All that is known about them is in {}.").replace("{}", path.name)),
        )

    def merge(self) -> None:
        """Ask which of two records is kept; the other's orders, letters and coupons become theirs."""
        first, second = self.picked_rows()
        draft = late.small_drafts.MergeDraft(kept=str(first.id))
        names = tuple((str(row.id), " · ".join(filter(None, (row.name, row.email, row.country)))) for row in (first, second))
        about = tr("Orders, letters and coupons of both are kept.")
        form = DraftForm(
            tr("Merge two customers"), draft, (Field("kept", tr("Keep"), kind="choice", choices=names),), tr("Merge"), about
        )

        def step(store: Store, now: datetime, _: Progress) -> object:
            kept, other = (first.id, second.id) if draft.kept == str(first.id) else (second.id, first.id)
            return late.customers.merge_customers(store, kept, other, now=now)

        self.submit_with(form, step)

    def erase(self) -> None:
        """Ask once more before who a customer is goes for good, with what is owed to them."""
        for row in self.picked_rows()[:1]:
            self.desk.perform(partial(_owed_to, row.id), partial(self._ask_to_erase, row))

    def _ask_to_erase(self, row: CustomerRow, owed: Sequence[OwedRefund]) -> None:
        draft = late.small_drafts.NothingDraft()
        about = "\n".join(
            (
                *map(_owed_words, owed),
                tr("Name, address and words go for good, in letters and the history too."),
                tr("Slips, drafts, batches and sheets in the shop's folder that may name them are thrown away."),
                tr("Orders, money and coupons stay. So do backups, exports, and copies in other folders."),
            )
        )
        form = DraftForm(tr("Erase {}").replace("{}", row.name), draft, (), tr("Erase for good"), about)
        form.setFocusProxy(form.leave)  # what can't be taken back is not one Enter away
        self.submit_with(form, partial(self._erase, row.id), of_row=row.id)

    @staticmethod
    def _erase(customer_id: int, store: Store, now: datetime, _: Progress) -> object:
        return late.customer_data.erase_customer(store, customer_id, although_owed=True, now=now)  # the form has said what

    def labels(self) -> None:
        """Ask for the sheet of labels that the addresses of these customers are printed on."""
        ids = [row.id for row in self.picked_rows()]
        late.printing_out.show_labels_form(self, ids, late.printouts.labels_of_customers)

    # -- the pane

    @override
    def show_one(self, row_id: int) -> None:
        self.desk.ask(lambda view, today: customer_detail(view, row_id, today=today), self._detail_came)

    @override
    def touched_by(self, changes: Changes) -> bool:
        return changes.everything or bool(changes.customers or changes.orders)

    @override
    def show_nothing_yet(self) -> None:
        why = tr("They come with their orders, or add one by hand.")
        self.empty.show_message(
            "users", tr("No customers yet"), why, tr("New customer"), self.new, (tr("Import…"), self._window.import_files)
        )

    def _detail_came(self, detail: CustomerDetail) -> None:
        if self.table.picked_ids() != [detail.row.id] or self.pane.shows(detail):
            return
        order_ids = tuple(order.id for order in detail.orders)
        sheet = customer_sheet(
            self.desk.theme,
            detail,
            self.desk.today(),
            self.commands,
            show_order=self._window.show_order,
            show_letter=lambda notice_id: self.show_notice(notice_id, order_ids),
            use_coupon=self._use,
        )
        self.pane.show_sheet(detail, sheet)

    def _use(self, coupon: CouponRow) -> None:
        ask_to_redeem(self, formats.code(coupon.code))

    def _edit(self, customer_id: int) -> None:
        def filled(store: Store, _now: datetime, _: Progress) -> CustomerDraft:
            return late.customers.draft_of_customer(store, customer_id)

        def show(draft: CustomerDraft) -> None:
            form = DraftForm(tr("Edit customer"), draft, _FIELDS, tr("Save"), about=draft.name)
            self.submit_with(form, lambda store, now, _: late.customers.edit_customer(store, customer_id, draft, now=now))

        self.desk.perform(filled, show)


def _owed_to(customer_id: int, store: Store, _now: datetime, _: Progress) -> list[OwedRefund]:
    owed: list[OwedRefund] = late.customer_data.owed_to(store, customer_id)
    return owed


def _owed_words(owed: OwedRefund) -> str:
    """What could not be paid back any more, as nobody would know to whom."""
    words = tr("{} of order {} is still to be paid back: do that first.")
    return words.replace("{}", formats.known_money(owed.amount), 1).replace("{}", owed.order_number)
