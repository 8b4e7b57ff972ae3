"""Coupons: every one with its state and ledger, found by code or customer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.domain.coupons import CouponState, looks_like_a_code, parse_code
from orderdesk.domain.errors import CouponError
from orderdesk.storage.queries.coupon_figures import coupon_figures
from orderdesk.storage.queries.coupons import CouponRow, LedgerRow, coupon_row, ledger
from orderdesk.ui import formats, late
from orderdesk.ui.coupon_columns import COMMANDS, FILTERS, SOURCE, columns, sentence
from orderdesk.ui.coupon_forms import VOID_FIELDS, VoidDraft, ask_to_redeem
from orderdesk.ui.coupon_sheet import coupon_sheet, figures_sheet
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.page import TablePage
from orderdesk.ui.page_shell import PageSpec
from orderdesk.ui.words import counted, marked, tr

if TYPE_CHECKING:
    from orderdesk.ui.window_actions import WindowActions


def coupons_spec(today: date) -> PageSpec[CouponRow]:
    """The coupons page, declared."""
    return PageSpec(
        name="coupons",
        title=marked("Coupons"),
        icon="ticket",
        hint=marked("Search codes and customers…   Ctrl+F"),
        nouns=(marked("{} coupon"), marked("{} coupons")),
        picked=(marked("{} coupon selected"), marked("{} coupons selected")),
        unpicked=marked("Select a coupon to see where it went."),
        new="coupons.redeem",
        columns=columns(today),
        filters=FILTERS,
        commands=COMMANDS,
        source=SOURCE,
        sort=(("issued", True),),
        sentence=sentence,
    )


class CouponsPage(TablePage[CouponRow]):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__(desk, coupons_spec(desk.today()))
        self._window = window

    # -- commands

    def redeem(self) -> None:
        """Ask for code and order; the picked coupon's own code is there already, if it is open."""
        picked = [row for row in self.picked_rows()[:1] if row.state(self.desk.today()) is CouponState.OPEN]
        ask_to_redeem(self, formats.code(picked[0].code) if picked else "")

    def void(self) -> None:
        for row in self.picked_rows()[:1]:
            self.void_code(formats.code(row.code))

    def void_code(self, code: str) -> None:
        """Ask why the coupon is voided, and for the code where it is ""."""
        draft = VoidDraft(code=code)
        form = DraftForm(tr("Void a coupon"), draft, VOID_FIELDS, tr("Void"))
        self.submit_with(form, lambda store, now, _: late.coupons.void_coupon(store, draft.code, draft.reason, now=now))

    def to_cut(self) -> None:
        """The picked coupons once more, three to a sheet; those that are not good any more are named."""
        codes = [row.code for row in self.picked_rows()]
        late.printing_out.make_printout(
            self.desk,
            lambda store, now: late.printouts.coupons_to_cut(store, codes, now=now, those_that_can=True),
            lambda made: counted(len(codes) - len(made.left_out), "{} coupon ready to print", "{} coupons ready to print"),
        )

    def letter(self) -> None:
        for row in self.picked_rows()[:1]:
            self.show_notice(row.notice_id, ())

    def figures(self) -> None:
        self.desk.ask(
            lambda view, today: coupon_figures(view, today=today),
            lambda figures: self.pane.show_sheet(("figures", figures), figures_sheet(self.desk.theme, figures)),
        )

    def rules(self) -> None:
        self._window.go("offers")

    # -- the pane

    @override
    def open_picked(self) -> None:
        self.letter()

    @override
    def show_one(self, row_id: int) -> None:
        self.desk.ask(lambda view, _: (coupon_row(view, row_id), ledger(view, row_id)), self._detail_came)

    @override
    def touched_by(self, changes: Changes) -> bool:
        return changes.everything or bool(changes.customers or changes.orders)

    @override
    def show_nothing_yet(self) -> None:
        why = tr("Each apology letter brings one.")
        self.empty.show_message("ticket", tr("No coupons yet"), why, tr("Rules for offers…"), self.rules)

    @override
    def show_nothing_found(self) -> None:
        """A whole code that is none is mistyped, and its check symbol tells."""
        try:
            if looks_like_a_code(self.wanted.search):
                parse_code(self.wanted.search)
        except CouponError as error:
            self.empty.show_message("search", tr("Mistyped"), f"{error} {error.remedy}", tr("Show all"), self.show_all)
        else:
            super().show_nothing_found()

    def _detail_came(self, found: tuple[CouponRow, list[LedgerRow]]) -> None:
        coupon, entries = found
        if self.table.picked_ids() == [coupon.id] and not self.pane.shows(found):
            self.pane.show_sheet(found, coupon_sheet(self.desk.theme, coupon, entries, self.desk.today(), self.commands))
