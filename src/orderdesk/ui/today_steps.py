"""What can be done from Today: each a step of its own, its question or its letter in the pane."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from orderdesk.services.tasks import Progress, do_to_each
from orderdesk.storage.queries.listings import ListingRow
from orderdesk.storage.queries.orders import OrderRow
from orderdesk.storage.queries.parcels import last_parcel
from orderdesk.storage.queries.refunds import OwedRefund, Takings
from orderdesk.storage.queries.telling import ToldNext, letters_ready
from orderdesk.storage.queries.unblocking import Unblocked
from orderdesk.storage.store import Store
from orderdesk.storage.view import View
from orderdesk.ui import late
from orderdesk.ui.apologizing import apologize, print_notices
from orderdesk.ui.desk import Desk
from orderdesk.ui.side_pane import SidePane
from orderdesk.ui.telling_form import ask_how_told, say_told
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.domain.notices import ToldBy
    from orderdesk.services.drafts import RefundDraft
    from orderdesk.services.endings import EndingLetter
    from orderdesk.services.steps import Step
    from orderdesk.ui.forms import DraftForm


class TodaySteps:
    """One method per button of the cards."""

    def __init__(self, desk: Desk, pane: SidePane) -> None:
        self._desk = desk
        self._pane = pane

    def tell(self, who: ToldNext) -> None:
        apologize(self._desk, who.order_ids, self.show_letter)

    def tell_all(self) -> None:
        """Everyone who is to be told, also those whom the list has no room for, in its order."""

        def found(order_ids: list[int]) -> None:
            apologize(self._desk, order_ids, self.show_letter)

        self._desk.perform(lambda store, now, _: late.apologies.orders_to_tell(store, now=now), found)

    def print_all(self) -> None:
        """Print every letter that is ready, as one job."""
        self._desk.ask(_may_leave, lambda notices: print_notices(self._desk, notices))

    def save_all(self) -> None:
        """Every letter that is ready as one file, for a printer elsewhere."""

        def step(store: Store, _now: datetime, _: Progress) -> tuple[int, Path]:
            with store.read() as view:
                ready = _may_leave(view, self._desk.today())
            return len(ready), late.batch.save_batch(store, ready, store.folder)

        def saved(found: tuple[int, Path]) -> None:
            count, path = found
            opener = self._desk.outside.opener
            ways = [(tr("Open"), partial(opener.open, path)), (tr("Folder"), partial(opener.open, path.parent))]
            said = counted(count, "{} letter in one file", "{} letters in one file")
            self._desk.say(f"{said}: {path.name}", ways)

        self._desk.perform(step, saved, title=tr("Saving the letters"))

    def mark_all(self) -> None:
        """Ask how the customers of all letters that are ready were told: printed elsewhere, say."""

        def found(letters: list[int]) -> None:
            named = counted(len(letters), "{} letter that is ready", "{} letters that are ready")
            ask_how_told(self._desk, self._pane, named, letters, partial(self._mark_all, letters))

        self._desk.ask(_may_leave, found)

    def _mark_all(self, letters: list[int], by: ToldBy, canceled: str) -> None:
        self._desk.perform(
            lambda store, now, progress: do_to_each(
                store, letters, lambda letter: late.telling.mark_told(store, letter, by, now=now), progress
            ),
            partial(say_told, self._desk, canceled),
            title=counted(len(letters), "Marking {} letter", "Marking {} letters"),
        )

    def listing_done(self, listing: ListingRow) -> None:
        """What is advised for the listing was done where it is."""

        self._do(lambda store, now, _: late.listings.mark_done(store, [listing.id], now=now))

    def cancel(self, order: OrderRow) -> None:
        """Cancel what waits, and tell the customer of the refund."""
        self._write(order, late.endings.cancel_without_answer)

    def good_news(self, order: OrderRow) -> None:
        """Tell the customer that it is here."""
        self._write(order, late.endings.write_good_news)

    def _write(self, order: OrderRow, write: Callable[..., EndingLetter]) -> None:
        def shown(made: EndingLetter) -> None:
            self.show_letter(made.notice_id, (order.id,))

        self._desk.perform(lambda store, now, _: write(store, order.id, now=now), shown)

    def pay_back(self, refund: OwedRefund) -> None:
        """Ask what went back to the customer."""
        self._desk.perform(
            lambda store, _now, _: late.refunds.refund_to_note(store, refund.order_id),
            lambda found: self._pay_back(refund, *found),
        )

    def _pay_back(self, refund: OwedRefund, draft: RefundDraft, so_far: Takings) -> None:
        form = late.refund_form.RefundForm(refund.order_id, refund.order_number, draft, so_far, self._desk)
        self._ask(form, form.note)

    def put_first(self, order: Unblocked) -> None:
        """Show who would lose units by it, and ask whether the order gets them."""
        self._desk.perform(
            lambda store, now, _: late.priority.preview_priority(store, order.order_id, now=now), partial(self._put_first, order)
        )

    def _put_first(self, order: Unblocked, seen: Step) -> None:
        self._ask(
            late.order_questions.put_first_form(order.order_number, seen),
            lambda store, now, _: late.priority.prioritize(store, order.order_id, now=now),
        )

    def let_go(self, order: OrderRow) -> None:
        """Its units go by the queue again."""
        self._do(lambda store, now, _: late.firm.let_go(store, order.id, now=now))

    def ship(self, order: OrderRow) -> None:
        """Ship at once, then say what has left and ask for the number of the parcel, which may stay empty."""

        def shipped(step: Step) -> None:
            say_steps(self._desk, [step])
            self._desk.ask(
                lambda view, _: last_parcel(view, order.id),
                lambda parcel: self._ask(*late.order_questions.tracking_form(order, parcel, self._desk)),
            )

        self._desk.perform(lambda store, now, _: late.orders.ship_order(store, order.id, now=now), shipped)

    def show_letter(self, notice_id: int, order_ids: tuple[int, ...]) -> None:
        """Show a letter in the pane."""
        self._pane.show()
        late.letter_pane.show_letter(self._desk, self._pane, notice_id, order_ids)

    def _do(self, step: Callable[[Store, datetime, Progress], Step]) -> None:
        """Do the step, and say so with the way back."""
        self._desk.perform(step, lambda done: say_steps(self._desk, [done]))

    def _ask(self, form: DraftForm, step: Callable[[Store, datetime, Progress], Step | None]) -> None:
        """Show a form in the pane, and do the step when it is submitted, of which nothing may come."""

        def done(step: Step | None) -> None:
            if self._pane.top is form:
                self._pane.close_top()
            if step is not None:
                say_steps(self._desk, [step])

        form.submitted.connect(lambda: self._desk.perform(step, done, otherwise=form.refuse))
        form.closed.connect(self._pane.close_top)
        self._pane.show()
        self._pane.show_form(form)


def _may_leave(view: View, today: date) -> list[int]:
    """The letters that are ready and say what is so."""
    ready = letters_ready(view, today=today)
    overtaken = late.overtaken.overtaken_here(view, ready, today=today)
    return [notice_id for notice_id in ready if notice_id not in overtaken]
