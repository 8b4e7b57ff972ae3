"""Orders: what came in, what waits, and the one click that makes letter and coupon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from typing_extensions import override

from orderdesk.domain.orders import OrderStatus
from orderdesk.services.tasks import do_to_each
from orderdesk.storage.queries.orders import OrderRow
from orderdesk.ui import late
from orderdesk.ui.channel_chooser import ChannelChooser
from orderdesk.ui.order_columns import (
    COMMANDS,
    FILTERS,
    SOURCE,
    columns,
    is_open,
    is_to_hear,
    may_pay,
    may_ship,
    sentence,
    why_no_apology,
)
from orderdesk.ui.page import TablePage
from orderdesk.ui.page_shell import PageSpec
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.words import counted, marked, tr

if TYPE_CHECKING:
    from orderdesk.domain.changes import Changes
    from orderdesk.domain.notices import ToldBy
    from orderdesk.services.endings import EndingLetter
    from orderdesk.services.steps import Step
    from orderdesk.storage.store import Store
    from orderdesk.ui.desk import Desk
    from orderdesk.ui.order_seen import OrderSeen
    from orderdesk.ui.window_actions import WindowActions


def orders_spec(today: date) -> PageSpec[OrderRow]:
    """The orders page, declared."""
    return PageSpec(
        name="orders",
        title=marked("Orders"),
        icon="shopping-cart",
        hint=marked("Search orders, customers, SKUs…   Ctrl+F"),
        nouns=(marked("{} order"), marked("{} orders")),
        picked=(marked("{} order selected"), marked("{} orders selected")),
        unpicked=marked("Select an order to see it here."),
        new="orders.new",
        columns=columns(today),
        filters=FILTERS,
        commands=COMMANDS,
        source=SOURCE,
        sort=(("placed", True),),
        highlighted=lambda row: row.backordered_lines > 0,
        sentence=sentence,
    )


class OrdersPage(TablePage[OrderRow]):
    keeps_worked_on = True

    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__(desk, orders_spec(desk.today()))
        self._window = window
        self._questions = late.order_questions.OrderQuestions(self)
        self._channel = ChannelChooser(desk)
        self._channel.chosen.connect(lambda token: self.want(replace(self.wanted, channel=token)))
        self.top_bar.insert_widget(1, self._channel)

    @override
    def why_not(self, action: QAction) -> str:
        is_apology = action is self.commands.action("orders.apologize")
        return why_no_apology(self.picked_rows(2)) if is_apology else super().why_not(action)

    # -- commands

    def apologize(self) -> None:
        """Tell those who wait; of several, only those who have something to hear. A single one's letter is shown again."""
        waiting = [row for row in self.picked_rows() if row.backordered_lines]
        untold = [row for row in waiting if is_to_hear(row)]
        if len(waiting) > 1 and not untold:
            self.desk.say(tr("All of these customers were told."))
            return
        chosen = waiting if len(waiting) == 1 else untold
        late.apologizing.apologize(self.desk, [row.id for row in chosen], self.show_notice)

    def show_letter(self) -> None:
        for row in self.picked_rows()[:1]:
            if row.notice_id is not None:
                self.show_notice(row.notice_id, (row.id,))

    def new_date(self) -> None:
        """Ask for the date that the customer has to hear of now."""
        for row in self.picked_rows()[:1]:
            self._questions.new_date(row, self.show_notice)

    def answer(self) -> None:
        """Ask what a customer who waits wants."""
        for row in self.picked_rows()[:1]:
            self._questions.answer(row)

    def good_news(self) -> None:
        self._write_ending(late.endings.write_good_news)

    def cancellation(self) -> None:
        self._write_ending(late.endings.write_cancellation)

    def _write_ending(self, write: Callable[..., EndingLetter]) -> None:
        order_ids = tuple(row.id for row in self.picked_rows()[:1])
        self.desk.perform(
            lambda store, now, _: write(store, *order_ids, now=now),
            lambda made: self.show_notice(made.notice_id, order_ids),
        )

    def letters_picked(self) -> list[int]:
        """The letters about the orders that are picked, each once."""
        return list(dict.fromkeys(row.notice_id for row in self.picked_rows() if row.notice_id is not None))

    def print_letters(self) -> None:
        late.apologizing.print_notices(self.desk, self.letters_picked())

    def packing_slip(self) -> None:
        """A packing slip for each order that is packed or has left; the first one is shown."""
        packed = [row for row in self.picked_rows() if may_ship(row) or row.status is OrderStatus.SHIPPED]
        late.printing_out.make_slips(self, [(row.id, row.number) for row in packed])

    def prioritize(self) -> None:
        """Ask before an order is served first, naming who loses units by it."""
        for row in self.picked_rows()[:1]:
            self._questions.put_first(row)

    def end_priority(self) -> None:
        ids = [row.id for row in self.picked_rows() if row.priority]
        self._each(ids, lambda store, order_id, now: late.priority.end_priority(store, order_id, now=now))

    def keep(self) -> None:
        ids = [row.id for row in self.picked_rows() if row.allocated > row.firm]
        self._each(ids, lambda store, order_id, now: late.firm.keep_units(store, order_id, now=now))

    def let_go(self) -> None:
        ids = [row.id for row in self.picked_rows() if row.firm]
        self._each(ids, lambda store, order_id, now: late.firm.let_go(store, order_id, now=now))

    def track(self) -> None:
        for row in self.picked_rows()[:1]:
            self._questions.track(row)

    def labels(self) -> None:
        """Ask for the sheet of labels that the addresses of these orders are printed on."""
        ids = [row.id for row in self.picked_rows()]
        late.printing_out.show_labels_form(self, ids, late.printouts.labels_of_orders)

    def mark_told(self) -> None:
        """Ask how these customers were told."""
        rows = [row for row in self.picked_rows() if is_to_hear(row)]
        ids = list({row.notice_id or -row.id: row.id for row in rows}.values())  # one letter tells of all of its orders
        letters = [row.notice_id for row in rows if row.notice_id is not None]
        named = tr("Order {}").replace("{}", rows[0].number) if len(rows) == 1 else counted(len(rows), "{} order", "{} orders")
        late.telling_form.ask_how_told(self.desk, self.pane, named, letters, partial(self._told, ids))

    def _told(self, ids: list[int], by: ToldBy, canceled: str) -> None:
        self._each(
            ids,
            lambda store, order_id, now: late.telling.mark_order_told(store, order_id, by, now=now),
            partial(late.telling_form.say_told, self.desk, canceled),
        )

    def ship(self) -> None:
        """Ship what is ready; of a single order the parcel's number can be noted right away."""
        rows = [row for row in self.picked_rows() if may_ship(row)]
        if len(rows) == 1:
            self._questions.ship(rows[0])
        else:
            ids, note = [row.id for row in rows], tr("Each order's Tracking… takes the number of its parcel.")
            say = partial(say_steps, self.desk, note=note)
            self._each(ids, lambda store, order_id, now: late.orders.ship_order(store, order_id, now=now), say)

    def mark_paid(self) -> None:
        ids = [row.id for row in self.picked_rows() if may_pay(row)]
        self._each(ids, lambda store, order_id, now: late.orders.mark_paid(store, order_id, now=now))

    def release(self) -> None:
        ids = [row.id for row in self.picked_rows() if row.status is OrderStatus.ON_HOLD]
        self._each(ids, lambda store, order_id, now: late.orders.release_order(store, order_id, now=now))

    def cancel(self) -> None:
        rows = [row for row in self.picked_rows() if is_open(row)]
        ids = [row.id for row in rows]
        self._questions.cancel(rows, partial(late.canceling.cancel_orders, self.desk, ids))

    def refund(self) -> None:
        """Ask what went back to the customer."""
        for row in self.picked_rows()[:1]:
            self._questions.refund(row)

    def hold(self) -> None:
        for row in self.picked_rows()[:1]:
            self._questions.hold(row)

    def new(self) -> None:
        self._questions.new()

    @override
    def edit(self) -> None:
        for row in self.picked_rows()[:1]:
            self._questions.edit(row)

    @override
    def show_all(self) -> None:
        self._channel.show_channel("")
        super().show_all()

    # -- the pane

    @override
    def show_one(self, row_id: int) -> None:
        self.desk.ask(partial(late.order_seen.order_seen, row_id), self._order_came)

    @override
    def touched_by(self, changes: Changes) -> bool:
        return changes.everything or bool(changes.orders or changes.products or changes.customers)

    @override
    def show_nothing_yet(self) -> None:
        self.empty.show_message(
            "shopping-cart",
            tr("No orders yet"),
            tr("Import a marketplace's file, or add one by hand."),
            tr("New order"),
            self.new,
            (tr("Import…"), self._window.import_files),
        )

    def _order_came(self, seen: OrderSeen) -> None:
        order_id = seen.detail.row.id
        if self.table.picked_ids() != [order_id] or self.pane.shows(seen):
            return
        sheet = late.order_sheet.order_sheet(
            self.desk.theme,
            seen,
            self.desk.today(),
            self.commands,
            show_letter=lambda notice_id: self.show_notice(notice_id, (order_id,)),
            questions=late.line_questions.LineQuestions(self),
        )
        self.pane.show_sheet(seen, sheet)

    # -- several at once

    def _each(
        self, ids: list[int], step: Callable[[Store, int, datetime], Step], say: Callable[[list[Step]], None] | None = None
    ) -> None:
        """Do the same to each order, with progress, and say so; one that refuses stops there and says why."""

        title = counted(len(ids), "Working on {} order", "Working on {} orders") if len(ids) > 1 else ""
        self.desk.perform(
            lambda store, now, progress: do_to_each(store, ids, lambda order_id: step(store, order_id, now), progress),
            say or partial(say_steps, self.desk),
            title=title,
        )
