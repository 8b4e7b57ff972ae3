"""The cards of Today: each kind of thing that waits, the first ones of it as lines with what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from orderdesk.storage.queries.cancels import TellingCancels
from orderdesk.storage.queries.due import Due
from orderdesk.storage.queries.orders import OrderRow
from orderdesk.storage.queries.reorder import ReorderRow
from orderdesk.storage.queries.telling import ToldNext, ToTell
from orderdesk.storage.queries.today import Today
from orderdesk.ui import badges, formats
from orderdesk.ui.desk import Desk
from orderdesk.ui.empty import EmptyState
from orderdesk.ui.listing_columns import advice_badge, reason
from orderdesk.ui.order_columns import missing_words, status_badge
from orderdesk.ui.refund_letters import letter_badge, telling_words
from orderdesk.ui.reorder_columns import advice, why
from orderdesk.ui.reorder_columns import status_badge as supply_badge
from orderdesk.ui.today_card import TodayCard
from orderdesk.ui.today_steps import TodaySteps
from orderdesk.ui.today_telling import has_letters, short_words, telling_badge, waited
from orderdesk.ui.widgets import button, clear, label
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.services.overtaken import Overtaken
    from orderdesk.ui.window_ways import WindowWays

SHOWN = 12
"""So many of each kind of thing."""


class TodayCards:
    """Fills a layout with what there is to do."""

    def __init__(self, layout: QVBoxLayout, desk: Desk, window: WindowWays, steps: TodaySteps) -> None:
        self._layout = layout
        self._desk = desk
        self._window = window
        self._steps = steps

    def show(self, found: Today, overtaken: Mapping[int, Overtaken], cancels: Mapping[int, TellingCancels]) -> None:
        """`overtaken`: of the letters that are made, those that may not go out, and why; `cancels`: by the first of their orders,
        what telling customers cancels.
        """
        clear(self._layout)
        self._layout.addWidget(label(tr("Today"), "title"))
        if found.nothing_waits:
            self._add_nothing()
            return
        self._add_to_tell(found.to_tell, cancels, overtaken)
        self._add_due(found)
        self._add_arrived(found, overtaken)
        self._add_over_allocated(found)
        self._add_refunds(found)
        self._add_overdue(found)
        self._add_offered(found)
        self._add_unblocked(found)
        self._add_ready(found)
        self._add_low(found)
        self._layout.addStretch(1)
        self._show_at_once()

    def _show_at_once(self) -> None:
        """Else new cards are shown as the window comes to it, which it does not while one answer follows the other."""
        for place in range(self._layout.count()):
            item = self._layout.itemAt(place)
            if item is not None and (card := item.widget()) is not None:
                card.show()

    def _add_nothing(self) -> None:
        empty = EmptyState()
        why = tr("Nobody waits for news, nothing is ready to ship, nothing runs low.")
        show = partial(self._window.go, "orders")
        empty.show_message("circle-check", tr("Nothing is waiting"), why, tr("Show orders"), show)
        self._layout.addWidget(empty, 1)

    def _add_to_tell(self, found: ToTell, cancels: Mapping[int, TellingCancels], overtaken: Mapping[int, Overtaken]) -> None:
        if found.longest is None:
            return
        oldest = tr("oldest {}").replace("{}", waited(found.longest, self._desk.now()))
        card = self._card(tr("Tell the customer now ({})"), found.count, oldest)
        self._add_ways_to_tell(card, found, overtaken)
        for who in found.first[:SHOWN]:
            self._add_one_to_tell(card, who, cancels.get(who.order_ids[0]), overtaken.get(who.made_id or 0))
        self._add_rest(card, "orders", "not_told")

    def _add_one_to_tell(self, card: TodayCard, who: ToldNext, taken: TellingCancels | None, overtaken: Overtaken | None) -> None:
        text, today = f"{who.customer} · {', '.join(who.order_numbers)}", self._desk.today()
        if who.notice_id is not None and overtaken is None:
            act = button(tr("Show letter"), partial(self._steps.show_letter, who.notice_id, who.order_ids))
        else:
            named = tr("Apologize again") if overtaken else tr("Apologize")
            act = button(named, partial(self._steps.tell, who), image="mail", name="today.apologize")
        below = " · ".join(
            filter(None, (short_words(who, today), overtaken.why if overtaken else "", telling_words(taken, today)))
        )
        opens = partial(self._window.show_order, who.order_ids[0])
        card.add_line(
            text,
            waited(who.wait, self._desk.now()),
            below,
            telling_badge(who, taken, overtaken, today),
            act,
            opens=opens,
            highlighted=True,
        )

    def _add_ways_to_tell(self, card: TodayCard, found: ToTell, overtaken: Mapping[int, Overtaken]) -> None:
        """First letters are made, then they go out: the main button is what is next."""
        all_ready = found.letters_for_all and not any(who.made_id in overtaken for who in found.first)
        if has_letters(found, overtaken):
            self._add_ways_out(card, "primary" if all_ready else "")
        if found.count > 1 and not all_ready:
            to_all = button(tr("Apologize to all"), self._steps.tell_all, kind="primary", image="mail", name="today.tell_all")
            card.add_button(to_all)

    def _add_ways_out(self, card: TodayCard, kind: str) -> None:
        """The ways out of the door of all letters that lie ready."""
        steps = self._steps
        card.add_button(button(tr("Print letters"), steps.print_all, kind=kind, image="printer", name="today.print_all"))
        card.add_button(button(tr("Save as one PDF"), steps.save_all, image="download", name="today.save_all"))
        card.add_button(button(tr("Mark as told…"), steps.mark_all, image="mail-check", name="today.mark_all"))

    def _add_due(self, found: Today) -> None:
        """What customers were told: orders that are canceled by it, as they did not answer, then those whose day comes next."""
        count = found.unanswered_count + found.due_count
        if not count:
            return
        card = self._card(tr("Told, and due ({})"), count, tr("answers that did not come, and what the next three days bring"))
        for each in found.unanswered[:SHOWN]:
            act = button(tr("Cancel and write"), partial(self._steps.cancel, each.order), image="package-x", name="today.cancel")
            self._add_due_line(card, each, badges.NO_ANSWER, act)
        if found.unanswered_count > SHOWN:
            self._add_way(card, "orders", "unanswered")
        for each in found.due[:SHOWN]:
            self._add_due_line(card, each, badges.TOLD)
        if found.due_count > SHOWN:
            card.add_link(label(tr("and {} more").replace("{}", str(found.due_count - SHOWN)), "muted"))

    def _add_due_line(self, card: TodayCard, due: Due, badge: badges.Badge, act: QPushButton | None = None) -> None:
        order, said = due.order, formats.deadline(due.deadline, self._desk.today())
        short = counted(order.units_short, "{} unit short", "{} units short") if order.units_short else tr("it has come in since")
        opens = partial(self._window.show_order, order.id)
        below = f"{order.items} · {short} · {said}"
        card.add_line(f"{order.number} · {order.customer}", "", below, badge, act, opens=opens, highlighted=act is not None)

    def _add_arrived(self, found: Today, overtaken: Mapping[int, Overtaken]) -> None:
        """What customers were told to wait for and that is here: good news, unless the parcel is as fast. Its letters go out with
        those above, where there are any.
        """
        if not found.arrived_count:
            return
        card = self._card(
            tr("Good news to tell ({})"), found.arrived_count, tr("it is here; a parcel that leaves now says so itself")
        )
        ready = [letter for letter in found.good_news.values() if letter not in overtaken]
        if ready and not has_letters(found.to_tell, overtaken):
            self._add_ways_out(card, "primary" if len(ready) == found.arrived_count else "")
        for order in found.arrived[:SHOWN]:
            made = found.good_news.get(order.id)
            self._add_one_arrived(card, order, made, overtaken.get(made) if made is not None else None)
        self._add_rest(card, "orders", "arrived")

    def _add_one_arrived(self, card: TodayCard, order: OrderRow, made: int | None, overtaken: Overtaken | None) -> None:
        if made is not None and overtaken is None:
            act = button(tr("Show letter"), partial(self._steps.show_letter, made, (order.id,)), name="today.show_good_news")
        else:
            named = tr("Write again") if overtaken else tr("Write")
            act = button(named, partial(self._steps.good_news, order), image="package-check", name="today.good_news")
        badge = badges.ORDER[order.status] if made is None else letter_badge(None, is_overtaken=overtaken is not None)
        below = " · ".join(filter(None, (order.items, overtaken.why if overtaken else "")))
        opens = partial(self._window.show_order, order.id)
        card.add_line(f"{order.number} · {order.customer}", "", below, badge, act, opens=opens)

    def _add_over_allocated(self, found: Today) -> None:
        """Orders whose units are gone that were to stay with them: a conflict that only the seller can settle."""
        if not found.over_allocated_count:
            return
        card = self._card(
            tr("Kept, and not on hand ({})"), found.over_allocated_count, tr("receive or count the product, or release the units")
        )
        for order in found.over_allocated[:SHOWN]:
            below = " · ".join((order.items, missing_words(order)))
            act = button(tr("Release units"), partial(self._steps.let_go, order), image="undo-2", name="today.let_go")
            badge, opens = badges.OVER_ALLOCATED, partial(self._window.show_order, order.id)
            card.add_line(f"{order.number} · {order.customer}", "", below, badge, act, opens=opens, highlighted=True)
        self._add_way(card, "orders", "over_allocated")

    def _add_refunds(self, found: Today) -> None:
        """Money for what was canceled that has not gone back."""
        if not found.refunds:
            return
        card = self._card(tr("Pay back ({})"), len(found.refunds), tr("for what was canceled, or what an order comes to less"))
        for refund in found.refunds:
            amount = tr("amount unknown") if refund.amount is None else formats.money(refund.amount)
            by, today = refund.by, self._desk.today()
            letter = tr("the customer has no letter about it yet") if refund.order_id in found.unheard_of else ""
            below = " · ".join(filter(None, (tr("by {}").replace("{}", formats.day(by, today)), letter)))
            why = badges.FOR_CANCELED_UNITS if refund.canceled else badges.LESS_THAN_PAID
            badge = badges.OVERDUE if by < today else why
            act = button(tr("Paid back…"), partial(self._steps.pay_back, refund), image="wallet", name="today.refund")
            opens = partial(self._window.show_order, refund.order_id)
            card.add_line(f"{refund.order_number} · {refund.customer}", amount, below, badge, act, opens=opens)

    def _add_overdue(self, found: Today) -> None:
        """Deliveries that should be here: nobody who waits for one is told its day any more."""
        if not found.overdue:
            return
        card = self._card(tr("Overdue deliveries ({})"), len(found.overdue), tr("ask the supplier, or say when they come"))
        card.add_button(button(tr("Show"), partial(self._window.go, "purchases"), image="truck", name="today.purchases"))
        for purchase in found.overdue[:SHOWN]:
            due = tr("expected {}").replace("{}", formats.day(purchase.expected_on, self._desk.today()))
            below = " · ".join((counted(purchase.to_come, "{} unit to come", "{} units to come"), due))
            named, opens = f"{purchase.number} · {purchase.supplier}", partial(self._window.show_purchase, purchase.id)
            card.add_line(named, "", below, badges.OVERDUE, opens=opens, highlighted=True)

    def _add_offered(self, found: Today) -> None:
        """Listings that may sell what isn't there, the next to end first."""
        if not found.offered_count:
            return
        today = self._desk.today()
        card = self._card(tr("Change these listings ({})"), found.offered_count, tr("before they sell what isn't there"))
        for listing in found.offered[:SHOWN]:
            ends = tr("ends {}").replace("{}", formats.day(listing.ends_on, today)) if listing.ends_on else ""
            below = " · ".join(part for part in (formats.channel(listing.channel), ends, reason(listing, today)) if part)
            act = button(tr("Done"), partial(self._steps.listing_done, listing), image="circle-check", name="today.done")
            named, opens = f"{listing.listing_id} · {listing.title}", partial(self._window.show_listing, listing.id)
            card.add_line(named, "", below, advice_badge(listing, today), act, opens=opens)
        self._add_rest(card, "listings", "to_change")

    def _add_unblocked(self, found: Today) -> None:
        """Orders that could leave with what lies with orders that can't."""
        if not found.unblocked:
            return
        aside = tr("with units of orders that wait to be complete")
        card = self._card(tr("Could leave today ({})"), len(found.unblocked), aside)
        for each in found.unblocked:
            below = counted(each.units, "{} unit from", "{} units from") + " " + ", ".join(each.holders)
            act = button(tr("Put first"), partial(self._steps.put_first, each), image="upload", name="today.put_first")
            badge, opens = badges.ORDER[each.status], partial(self._window.show_order, each.order_id)
            card.add_line(f"{each.order_number} · {each.customer}", "", below, badge, act, opens=opens)

    def _add_ready(self, found: Today) -> None:
        if not found.ready_count:
            return
        card = self._card(tr("Ready to ship ({})"), found.ready_count, "")
        for order in found.ready[:SHOWN]:
            due = tr("ship by {}").replace("{}", formats.day(order.ship_by, self._desk.today())) if order.ship_by else ""
            below = " · ".join(part for part in (order.items, formats.channel(order.channel), due) if part)
            act = button(tr("Ship"), partial(self._steps.ship, order), image="truck", name="today.ship")
            opens = partial(self._window.show_order, order.id)
            named, total = f"{order.number} · {order.customer}", formats.money(order.total)
            card.add_line(named, total, below, status_badge(order), act, opens=opens)
        self._add_rest(card, "orders", "ready")

    def _add_low(self, found: Today) -> None:
        if found.low_count:
            card = self._card(tr("Running low ({})"), found.low_count, "")
            card.add_button(
                button(tr("Reorder"), partial(self._window.go, "reorder"), image="package-plus", name="today.reorder")
            )
            for product in found.low[:SHOWN]:
                self._add_low_line(card, product)
            self._add_rest(card, "inventory", "low")
        if found.uncounted:
            its, their = tr("its orders wait until somebody has looked"), tr("their orders wait until somebody has looked")
            aside = its if found.uncounted == 1 else their
            card = self._card(tr("To be counted ({})"), found.uncounted, aside)
            self._add_way(card, "inventory", "count_me")

    def _add_low_line(self, card: TodayCard, product: ReorderRow) -> None:
        named, opens = formats.product(product.sku, product.title), partial(self._window.show_product, product.product_id)
        short = counted(product.backordered, "{} unit short", "{} units short") if product.backordered else ""
        below = " · ".join(filter(None, (advice(product), short, why(product))))
        card.add_line(named, product.supplier, below, supply_badge(product), opens=opens, highlighted=product.backordered > 0)

    def _card(self, title: str, count: int, aside: str) -> TodayCard:
        made = TodayCard(self._desk.theme, title, count, aside)
        self._layout.addWidget(made.surface)
        return made

    def _add_rest(self, card: TodayCard, page: str, filter_key: str) -> None:
        """The way to all of them, where the card has room for the first ones only."""
        if card.count > SHOWN:
            self._add_way(card, page, filter_key)

    def _add_way(self, card: TodayCard, page: str, filter_key: str) -> None:
        card.add_link(button(tr("Show all"), partial(self._window.go_filtered, page, filter_key), kind="link"))
