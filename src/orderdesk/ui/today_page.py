"""Today: whom to tell, what to ship, what runs low."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.services.tasks import Progress
from orderdesk.storage.queries.listings import ListingRow
from orderdesk.storage.queries.orders import OrderRow
from orderdesk.storage.queries.products import ProductRow
from orderdesk.storage.queries.refunds import OwedRefund
from orderdesk.storage.queries.telling import ToldNext, ToTell, Wait, letters_ready
from orderdesk.storage.queries.today import Today
from orderdesk.storage.queries.today import today as today_query
from orderdesk.storage.queries.unblocking import Unblocked
from orderdesk.storage.store import Store
from orderdesk.ui import badges, formats, late
from orderdesk.ui.apologizing import apologize, print_notices
from orderdesk.ui.desk import Desk
from orderdesk.ui.empty import EmptyState
from orderdesk.ui.listing_columns import advice_badge, reason
from orderdesk.ui.product_columns import units
from orderdesk.ui.sheet import Line
from orderdesk.ui.side_pane import SidePane
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.widgets import button, card, clear, column, label, row
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.services.drafts import RefundDraft
    from orderdesk.services.steps import Step
    from orderdesk.ui.forms import DraftForm
    from orderdesk.ui.window_actions import WindowActions

_SHOWN = 12
_LETTERS = 70
_HOURS_SHOWN = 48


class TodayPage(QWidget):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__()
        self.setObjectName("page.today")
        self.setProperty("kind", "page")
        self.desk = desk
        self._window = window
        self._shown: Today | None = None
        self.pane = SidePane("today", lambda: None)
        self.pane.setMinimumWidth(380)
        self.pane.hide()
        self.pane.closed.connect(self.pane.hide)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self._cards = column(inside, spacing=12)
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setAccessibleName(tr("Today"))
        self.setFocusProxy(area)
        layout = row(self, spacing=10)
        layout.addWidget(area, 1)
        layout.addWidget(self.pane)
        desk.feed.committed.connect(self._committed)

    def enter(self) -> None:
        if self.desk.is_open:
            self.desk.ask(lambda view, today: today_query(view, today=today), self._show)

    # -- what can be done

    def tell(self, who: ToldNext) -> None:
        apologize(self.desk, who.order_ids, self._show_letter)

    def tell_all(self) -> None:
        """Everyone who is to be told, also those whom the list has no room for."""

        def found(order_ids: list[int]) -> None:
            apologize(self.desk, order_ids, self._show_letter)

        self.desk.perform(lambda store, now, _: late.apologies.orders_to_tell(store, now=now), found)

    def print_all(self) -> None:
        """Print every letter that is ready, as one job."""
        self.desk.ask(lambda view, today: letters_ready(view, today=today), lambda notices: print_notices(self.desk, notices))

    def listing_done(self, listing: ListingRow) -> None:
        """What is advised for the listing was done where it is."""

        self._do(lambda store, now, _: late.listings.mark_done(store, [listing.id], now=now))

    def cancel(self, order: OrderRow) -> None:
        """Cancel what waits, and tell the customer of the refund."""

        def step(store: Store, now: datetime, _: Progress) -> int:
            made: int = late.endings.cancel_without_answer(store, order.id, now=now).notice_id
            return made

        self.desk.perform(step, lambda notice_id: self._show_letter(notice_id, (order.id,)))

    def pay_back(self, refund: OwedRefund) -> None:
        """Ask what went back to the customer."""
        self.desk.perform(
            lambda store, _now, _: late.refunds.draft_of_refund(store, refund.order_id), partial(self._pay_back, refund)
        )

    def _pay_back(self, refund: OwedRefund, draft: RefundDraft) -> None:
        self._ask(
            late.order_questions.refund_form(refund.order_number, draft, self.desk.today()),
            lambda store, now, _: late.refunds.record_refund(store, refund.order_id, draft, now=now),
        )

    def put_first(self, order: Unblocked) -> None:
        """Show who would lose units by it, and ask whether the order gets them."""
        self.desk.perform(
            lambda store, now, _: late.priority.preview_priority(store, order.order_id, now=now), partial(self._put_first, order)
        )

    def _put_first(self, order: Unblocked, seen: Step) -> None:
        self._ask(
            late.order_questions.put_first_form(order.order_number, seen),
            lambda store, now, _: late.priority.prioritize(store, order.order_id, now=now),
        )

    def _ask(self, form: DraftForm, step: Callable[[Store, datetime, Progress], Step]) -> None:
        """Show a form in the pane, and do the step when it is submitted."""

        def done(step: Step) -> None:
            self.pane.close_top()
            say_steps(self.desk, [step])

        form.submitted.connect(lambda: self.desk.perform(step, done, otherwise=form.refuse))
        form.closed.connect(self.pane.close_top)
        self.pane.show()
        self.pane.show_form(form)

    def ship(self, order: OrderRow) -> None:
        self._do(lambda store, now, _: late.orders.ship_order(store, order.id, now=now))

    def _do(self, step: Callable[[Store, datetime, Progress], Step]) -> None:
        """Do the step, and say so with the way back."""
        self.desk.perform(step, lambda done: say_steps(self.desk, [done]))

    # -- what is shown

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes to the page begins at its top."""
        super().showEvent(event)
        if not event.spontaneous():
            self._area.verticalScrollBar().setValue(0)

    def _committed(self, _: Changes) -> None:
        if self.isVisible():
            self.enter()

    def _show(self, found: Today) -> None:
        self._window.show_count("today", found.to_tell.count)
        if found == self._shown:
            return
        self._shown = found
        focused = QApplication.focusWidget()
        if focused is not None and self._area.isAncestorOf(focused):
            self._area.setFocus()  # from what goes away it would pass to the next button, and the next, with the view behind it
        clear(self._cards)
        self._cards.addWidget(label(tr("Today"), "title"))
        if not (
            found.to_tell.count
            or found.unanswered_count
            or found.offered_count
            or found.refunds
            or found.unblocked
            or found.ready_count
            or found.low_count
            or found.uncounted
        ):
            empty = EmptyState()
            why = tr("Nobody waits for news, nothing is ready to ship, nothing runs low.")
            empty.show_message(
                "circle-check", tr("Nothing is waiting"), why, tr("Show orders"), partial(self._window.go, "orders")
            )
            self._cards.addWidget(empty, 1)
            return
        self._add_to_tell(found.to_tell)
        self._add_unanswered(found)
        self._add_refunds(found)
        self._add_offered(found)
        self._add_unblocked(found)
        self._add_ready(found)
        self._add_low(found)
        self._cards.addStretch(1)

    def _add_to_tell(self, found: ToTell) -> None:
        if found.longest is None:
            return
        oldest = tr("oldest {}").replace("{}", self._waited(found.longest))
        inside, head = self._card(tr("Tell the customer now ({})"), found.count, oldest)
        if any(who.notice_id is not None for who in found.first):
            head.addWidget(button(tr("Print letters"), self.print_all, image="printer", name="today.print_all"))
        if found.count > 1:
            head.addWidget(button(tr("Apologize to all"), self.tell_all, kind="primary", image="mail", name="today.tell_all"))
        for who in found.first[:_SHOWN]:
            badge = _badge(who)
            text = f"{who.customer} · {', '.join(who.order_numbers)}"
            below = f"{who.items} · {counted(who.units_short, '{} unit short', '{} units short')}"
            if who.deadline.tell_by is not None:
                below += " · " + formats.tell_by(who.deadline.tell_by, who.deadline.silence, self.desk.today())
            line = self._line(text, self._waited(who.wait), below, badge, highlighted=True)
            if who.notice_id is not None:
                line.add_button(button(tr("Show letter"), partial(self._show_letter, who.notice_id, who.order_ids)))
            else:
                line.add_button(button(tr("Apologize"), partial(self.tell, who), image="mail", name="today.apologize"))
            inside.addWidget(line)
        self._add_rest(inside, found.count, "orders", "not_told")

    def _waited(self, wait: Wait) -> str:
        """How long: in hours for the first two days, then in days as on the Orders page."""
        hours = wait.hours(self.desk.now())
        return formats.hours(hours) if hours < _HOURS_SHOWN else counted(wait.days, "{} day", "{} days")

    def _add_unanswered(self, found: Today) -> None:
        """Orders that are canceled by what their customers were told, as they did not answer."""
        if not found.unanswered_count:
            return
        inside, _ = self._card(tr("No answer in time ({})"), found.unanswered_count, tr("their letters say: then it is canceled"))
        for order in found.unanswered[:_SHOWN]:
            below = " · ".join((order.items, counted(order.units_short, "{} unit short", "{} units short")))
            line = self._line(f"{order.number} · {order.customer}", "", below, badges.ORDER[order.status], highlighted=True)
            line.add_button(button(tr("Cancel and write"), partial(self.cancel, order), image="package-x", name="today.cancel"))
            inside.addWidget(line)
        self._add_rest(inside, found.unanswered_count, "orders", "unanswered")

    def _add_refunds(self, found: Today) -> None:
        """Money for what was canceled that has not gone back."""
        if not found.refunds:
            return
        inside, _ = self._card(tr("Pay back ({})"), len(found.refunds), tr("for what was canceled"))
        for refund in found.refunds:
            amount = tr("amount unknown") if refund.amount is None else formats.money(refund.amount)
            by, today = refund.by, self.desk.today()
            below = tr("by {}").replace("{}", formats.day(by, today)) if by else tr("no day promised")
            badge = badges.OVERDUE if by and by < today else badges.ORDER["canceled"]
            line = self._line(f"{refund.order_number} · {refund.customer}", amount, below, badge)
            line.add_button(button(tr("Paid back…"), partial(self.pay_back, refund), image="wallet", name="today.refund"))
            inside.addWidget(line)

    def _add_offered(self, found: Today) -> None:
        """Listings that may sell what isn't there, the next to end first."""
        if not found.offered_count:
            return
        today = self.desk.today()
        inside, _ = self._card(tr("Change these listings ({})"), found.offered_count, tr("before they sell what isn't there"))
        for listing in found.offered[:_SHOWN]:
            ends = tr("ends {}").replace("{}", formats.day(listing.ends_on, today)) if listing.ends_on else ""
            below = " · ".join(part for part in (formats.channel(listing.channel), ends, reason(listing, today)) if part)
            line = self._line(f"{listing.listing_id} · {listing.title}", "", below, advice_badge(listing, today))
            line.add_button(button(tr("Done"), partial(self.listing_done, listing), image="circle-check", name="today.done"))
            inside.addWidget(line)
        self._add_rest(inside, found.offered_count, "listings", "to_change")

    def _add_unblocked(self, found: Today) -> None:
        """Orders that could leave with what lies with orders that can't."""
        if not found.unblocked:
            return
        aside = tr("with units of orders that wait to be complete")
        inside, _ = self._card(tr("Could leave today ({})"), len(found.unblocked), aside)
        for each in found.unblocked:
            below = counted(each.units, "{} unit from", "{} units from") + " " + ", ".join(each.holders)
            line = self._line(f"{each.order_number} · {each.customer}", "", below, badges.ORDER["partly_ready"])
            line.add_button(button(tr("Put first"), partial(self.put_first, each), image="upload", name="today.put_first"))
            inside.addWidget(line)

    def _add_ready(self, found: Today) -> None:
        if not found.ready_count:
            return
        inside, _ = self._card(tr("Ready to ship ({})"), found.ready_count, "")
        for order in found.ready[:_SHOWN]:
            due = tr("ship by {}").replace("{}", formats.day(order.ship_by, self.desk.today())) if order.ship_by else ""
            below = " · ".join(part for part in (order.items, formats.channel(order.channel), due) if part)
            badge = badges.OVERDUE if order.overdue else badges.ORDER[order.status]
            line = self._line(f"{order.number} · {order.customer}", formats.money(order.total), below, badge)
            line.add_button(button(tr("Ship"), partial(self.ship, order), image="truck", name="today.ship"))
            inside.addWidget(line)
        self._add_rest(inside, found.ready_count, "orders", "ready")

    def _add_low(self, found: Today) -> None:
        if found.low_count:
            inside, head = self._card(tr("Running low ({})"), found.low_count, "")
            head.addWidget(button(tr("Reorder"), partial(self._window.go, "reorder"), image="package-plus", name="today.reorder"))
            for product in found.low[:_SHOWN]:
                inside.addWidget(self._product_line(product))
            self._add_rest(inside, found.low_count, "inventory", "low")
        if found.uncounted:
            inside, _ = self._card(tr("To be counted ({})"), found.uncounted, tr("their orders wait until somebody has looked"))
            self._add_rest(inside, found.uncounted + _SHOWN, "inventory", "count_me")

    def _product_line(self, product: ProductRow) -> Line:
        below = tr("{} available · reorder at {} · {} on order")
        point = None if product.supply is None else product.supply.point
        for value in (units(product.available), units(point), units(product.on_order)):
            below = below.replace("{}", value, 1)
        title = f"{product.sku} · {product.title}" if product.sku else product.title
        return self._line(title, product.supplier, below, badges.PRODUCT[product.status], highlighted=product.backordered > 0)

    def _card(self, title: str, count: int, aside: str) -> tuple[QVBoxLayout, QHBoxLayout]:
        surface = card()
        layout = column(surface, margins=12, spacing=6)
        head = row()
        head.addWidget(label(title.replace("{}", f"{count:,}"), "strong", wrap=False))
        head.addWidget(label(aside, "muted", wrap=False))
        head.addStretch(1)
        layout.addLayout(head)
        self._cards.addWidget(surface)
        return layout, head

    def _line(self, text: str, amount: str, below: str, badge: badges.Badge, *, highlighted: bool = False) -> Line:
        return Line(self.desk.theme, text, amount, below, badge, highlighted=highlighted, letters=_LETTERS)

    def _add_rest(self, layout: QVBoxLayout, count: int, page: str, filter_key: str) -> None:
        if count > _SHOWN:
            show = partial(self._window.go_filtered, page, filter_key)
            layout.addWidget(button(tr("Show all"), show, kind="link"), 0, Qt.AlignmentFlag.AlignLeading)

    def _show_letter(self, notice_id: int, order_ids: tuple[int, ...]) -> None:
        letter = late.letter_pane.LetterPane(self.desk, notice_id, tuple(order_ids))
        letter.closed.connect(self.pane.close_top)
        self.pane.show()
        self.pane.show_form(letter)


def _badge(who: ToldNext) -> badges.Badge:
    """Why they are to be told: again, as a date slipped or word of one was promised, or for the first time."""
    if who.notice_id is not None:
        return badges.LETTER_READY
    if not who.slipped:
        return badges.NOT_TOLD
    return badges.SLIPPED if who.deadline.given is not None else badges.WORD_DUE
