"""What is asked about an order before it is written, held, put first, answered for or tracked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from orderdesk.domain.cases import AnswerKind
from orderdesk.storage.queries.answers import can_be_waited_for
from orderdesk.storage.queries.lookup import line_ids
from orderdesk.storage.queries.orders import OrderRow
from orderdesk.storage.queries.parcels import LastParcel, last_parcel, last_shipment
from orderdesk.storage.queries.refunds import RefundDue, refund_if_canceled
from orderdesk.ui import late
from orderdesk.ui.defects import counted_words
from orderdesk.ui.refund_letters import canceling_words
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from orderdesk.domain.defects import CancellationRecord
    from orderdesk.services.drafts import OrderDraft, RefundDraft
    from orderdesk.services.steps import Step
    from orderdesk.services.tasks import Progress
    from orderdesk.storage.queries.refunds import Takings
    from orderdesk.storage.store import Store
    from orderdesk.storage.view import View
    from orderdesk.ui.desk import Desk
    from orderdesk.ui.forms import DraftForm
    from orderdesk.ui.page import TablePage
    from orderdesk.ui.small_drafts import AnswerDraft, TrackingDraft


class OrderQuestions:
    """Each shows its form in the pane of the orders page."""

    def __init__(self, page: TablePage[OrderRow]) -> None:
        self._page = page

    def new_date(self, row: OrderRow, show_notice: Callable[[int, tuple[int, ...]], None]) -> None:
        """The date that the customer has to hear of now."""
        draft, desk = late.small_drafts.NewDateDraft(), self._page.desk
        fields = late.small_drafts.NEW_DATE_FIELDS
        form = late.forms.DraftForm(tr("New date"), draft, fields, tr("Write the letter"), about=_name(row), desk=desk)

        def write() -> None:
            day = draft.value("new_date")
            late.apologizing.apologize(desk, [row.id], show_notice, new_date=day, otherwise=form.refuse)

        form.submitted.connect(write)
        form.closed.connect(self._page.pane.close_top)
        self._page.pane.show_form(form)

    def answer(self, row: OrderRow) -> None:
        """What a customer who waits wants, once it is known whether there is something to wait for, and what goes back else."""

        def found(view: View, today: date) -> tuple[bool, bool, RefundDue | None]:
            can_wait = can_be_waited_for(view, row.id, today=today)
            is_over = late.ways_out.telling_would_cancel(view, row.id, today=today) is not None
            return can_wait, is_over, refund_if_canceled(view, [row.id], line_ids(view, row.id))

        self._page.desk.ask(found, lambda answer: self._answer(row, *answer))

    def _answer(self, row: OrderRow, can_wait: bool, is_over: bool, refund: RefundDue | None) -> None:
        fields, title = late.small_drafts.answer_fields(can_wait), tr("What {} wants").replace("{}", row.customer)
        draft = late.small_drafts.AnswerDraft(AnswerKind.AGREED if can_wait else AnswerKind.CANCELED)
        by_their_word = (
            tr("The day to ask them by has passed: they wait on only if they have said so.") if can_wait and is_over else ""
        )
        about = "\n".join(filter(None, (_name(row), by_their_word, canceling_words(refund))))
        form = late.forms.DraftForm(title, draft, fields, tr("Record it"), about=about)
        self._page.submit_with(form, partial(_answer, row.id, draft), partial(self._offer_letter, row, draft), of_row=row.id)

    def _offer_letter(self, row: OrderRow, draft: AnswerDraft, step: Step) -> None:
        """Who has canceled is to hear of the money: the letter is one click away."""
        if draft.answer == AnswerKind.CANCELED:
            say_steps(self._page.desk, [step], ways=[(tr("Write the letter"), partial(self._write_cancellation, row))])

    def _write_cancellation(self, row: OrderRow) -> None:
        self._page.desk.perform(
            lambda store, now, _: late.endings.write_cancellation(store, row.id, now=now),
            lambda made: self._page.show_notice(made.notice_id, (row.id,)),
        )

    def track(self, row: OrderRow) -> None:
        """By whom the last parcel travels, and under which number."""
        self._track(row, row.id)

    def _track(self, row: OrderRow, of_row: int | None) -> None:
        self._page.desk.ask(lambda view, _: last_parcel(view, row.id), partial(self._show_parcel, row, of_row))

    def _show_parcel(self, row: OrderRow, of_row: int | None, parcel: LastParcel) -> None:
        self._page.submit_with(*tracking_form(row, parcel, self._page.desk), of_row=of_row)
        if self._page.table.picked_ids() != [row.id]:
            self._page.table.clearSelection()  # it has left the list: no other order shall look like the one asked about

    def ship(self, row: OrderRow) -> None:
        """Ship at once, then say what has left and ask for the number of the parcel, which may stay empty."""

        def shipped(step: Step) -> None:
            self._page.said(step)
            self._track(row, None)  # it stays, though the order may leave a list of those that are ready

        self._page.desk.perform(lambda store, now, _: late.orders.ship_order(store, row.id, now=now), shipped)

    def put_first(self, row: OrderRow) -> None:
        """Whether to serve an order first, once it is known who loses units by it."""
        self._page.desk.perform(
            lambda store, now, _: late.priority.preview_priority(store, row.id, now=now), partial(self._put_first, row)
        )

    def _put_first(self, row: OrderRow, seen: Step) -> None:
        form = put_first_form(row.number, seen)
        self._page.submit_with(form, lambda store, now, _: late.priority.prioritize(store, row.id, now=now), of_row=row.id)

    def cancel(self, rows: Sequence[OrderRow], cancel: Callable[[], None]) -> None:
        """Cancel at once, unless a marketplace counts it: then once the seller knows."""
        ids = [row.id for row in rows]
        self._page.desk.ask(
            lambda view, today: late.defects.if_orders_canceled(view, ids, today=today), partial(self._cancel, rows, cancel)
        )

    def _cancel(self, rows: Sequence[OrderRow], cancel: Callable[[], None], records: list[CancellationRecord]) -> None:
        if not records:
            cancel()
            return
        title = tr("Cancel {}").replace("{}", ", ".join(row.number for row in rows))
        about = counted_words(records, self._page.desk.today())
        form = late.forms.DraftForm(title, late.small_drafts.NothingDraft(), (), tr("Cancel anyway"), about=about)
        form.submitted.connect(self._page.pane.close_top)
        form.submitted.connect(cancel)
        form.closed.connect(self._page.pane.close_top)
        self._page.pane.show_form(form)

    def refund(self, row: OrderRow) -> None:
        """What went back to the customer, with what is still owed to them filled in."""
        self._page.desk.perform(
            lambda store, _now, _: late.refunds.refund_to_note(store, row.id), lambda found: self._refund(row, *found)
        )

    def _refund(self, row: OrderRow, draft: RefundDraft, so_far: Takings) -> None:
        form = late.refund_form.RefundForm(row.id, row.number, draft, so_far, self._page.desk)
        self._page.submit_with(form, form.note, of_row=row.id)

    def hold(self, row: OrderRow) -> None:
        """Why the order waits."""
        draft, title = late.small_drafts.HoldDraft(), tr("Hold order {}").replace("{}", row.number)
        form = late.forms.DraftForm(title, draft, late.small_drafts.HOLD_FIELDS, tr("Hold"))
        self._page.submit_with(
            form, lambda store, now, _: late.orders.hold_order(store, row.id, draft.reason, now=now), of_row=row.id
        )

    def new(self) -> None:
        """All that makes an order."""
        form = late.order_editor.OrderEditor(self._page.desk, tr("New order"), None, tr("Add order"), is_new=True)

        def added(order_id: int) -> None:
            self._page.pick_when_there(order_id)
            self._page.desk.perform(lambda store, _now, _: _added(store, order_id, form.order), self._page.said)

        self._page.submit_with(form, lambda store, now, _: late.order_entry.add_order(store, form.order, now=now), added)

    def edit(self, row: OrderRow) -> None:
        """What is other than the order says by now."""
        self._page.desk.perform(lambda store, _now, _: late.order_entry.draft_of_order(store, row.id), partial(self._edit, row))

    def _edit(self, row: OrderRow, draft: OrderDraft) -> None:
        title = tr("Edit order {}").replace("{}", row.number)
        form = late.order_editor.OrderEditor(self._page.desk, title, draft, tr("Save"), is_new=False)

        def edited(_: Step) -> None:
            if form.order.coupon.strip():
                self._page.desk.perform(lambda store, _now, _: _redeemed(store, row.id), self._page.said)

        self._page.submit_with(
            form, lambda store, now, _: late.order_entry.edit_order(store, row.id, form.order, now=now), edited
        )


def _added(store: Store, order_id: int, draft: OrderDraft) -> Step:
    """The step that the order came with, and how its coupon was used where it has one."""
    made: Step = _redeemed(store, order_id) if draft.coupon.strip() else late.steps.step_that_added(store, "orders", order_id)
    return made


def _redeemed(store: Store, order_id: int) -> Step:
    """The step that used a coupon on the order, and how."""
    done = late.coupons.redemption_on(store, order_id)
    made: Step = late.steps.step_made(store, done.event_id)
    return replace(made, summary=f"{made.summary}\n{late.coupon_forms.redeemed_text(done)}")


def tracking_form(
    row: OrderRow, parcel: LastParcel, desk: Desk
) -> tuple[DraftForm, Callable[[Store, datetime, Progress], Step | None]]:
    """What was in the last parcel and how it travels, which may stay empty, and the step that notes it.

    It closes once that parcel is not the last one any more.
    """
    draft, fields = late.small_drafts.TrackingDraft(parcel.carrier, parcel.tracking), late.small_drafts.TRACKING_FIELDS
    title = tr("Latest parcel of order {}").replace("{}", row.number)
    form = late.forms.DraftForm(title, draft, fields, tr("Save"), about=_parcel_text(parcel))
    late.closing.ClosesWhenOver(form, desk, lambda view: last_shipment(view, row.id) == parcel.shipment_id)
    return form, partial(_track, row.id, parcel, draft)


def put_first_form(number: str, seen: Step) -> DraftForm:
    """Who would lose units if the order were served first, and the button that does it."""
    losers = [f"{shift.order_number}: {shift.title}, {shift.before} → {shift.after}" for shift in seen.lost]
    if losers:
        about = "\n".join([tr("These orders lose units:"), *losers])
    elif any(shift.order_number == number for shift in seen.gained):
        about = tr("Nobody loses units by it.")
    else:
        about = tr("It gains nothing now, and nobody loses units. It comes first when units come in.")
    title = tr("Put order {} first").replace("{}", number)
    form: DraftForm = late.forms.DraftForm(title, late.small_drafts.NothingDraft(), (), tr("Put it first"), about=about)
    return form


def _answer(order_id: int, draft: AnswerDraft, store: Store, now: datetime, _: Progress) -> Step:
    done: Step
    if draft.answer == AnswerKind.NONE:
        done = late.endings.note_no_answer(store, order_id, draft.words, now=now).step
        return done
    act = late.answers.agree_to_wait if draft.answer == AnswerKind.AGREED else late.answers.cancel_what_waits
    done = act(store, order_id, draft.words, now=now)
    return done


def _track(order_id: int, parcel: LastParcel, draft: TrackingDraft, store: Store, now: datetime, _: Progress) -> Step | None:
    """None where nothing is noted but what was."""
    if (draft.value("carrier"), draft.value("tracking")) == (parcel.carrier, parcel.tracking):
        return None
    done: Step = late.orders.track_parcel(store, order_id, draft.carrier, draft.tracking, now=now)
    return done


def _parcel_text(parcel: LastParcel) -> str:
    """What is in it, and what of the order is not."""
    units = counted(sum(each for each, _ in parcel.left), "{} unit has left", "{} units have left")
    said = [f"{units}: {_listed(parcel.left)}."]
    if parcel.behind:
        said.append(tr("Still to come: {}.").replace("{}", _listed(parcel.behind)))
    return "\n".join(said)


def _listed(parts: Sequence[tuple[int, str]]) -> str:
    return ", ".join(f"{units:,} × {title}" for units, title in parts)


def _name(row: OrderRow) -> str:
    return tr("Order {}").replace("{}", row.number)
