"""What is asked about a line of an order before units of it are canceled, counted or taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from orderdesk.storage.queries.orders import OrderRow
from orderdesk.ui import formats, late
from orderdesk.ui.defects import counted_words
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from datetime import datetime

    from orderdesk.domain.defects import CancellationRecord
    from orderdesk.domain.money import Money
    from orderdesk.services.drafts import RefundDraft
    from orderdesk.services.steps import Step
    from orderdesk.services.tasks import Progress
    from orderdesk.services.ways_out import Instead
    from orderdesk.storage.queries.decisions import Choice, Option
    from orderdesk.storage.queries.order_detail import LineRow
    from orderdesk.storage.queries.refunds import Takings
    from orderdesk.storage.store import Store
    from orderdesk.storage.view import View
    from orderdesk.ui.page import TablePage
    from orderdesk.ui.small_drafts import ReturnDraft


class LineQuestions:
    """Each shows its form in the pane of the orders page."""

    def __init__(self, page: TablePage[OrderRow]) -> None:
        self._page = page

    def decide(self, line: LineRow) -> None:
        """The ways out for a line that is short, with their days and money."""
        desk = self._page.desk
        now = desk.now()
        desk.ask(
            lambda view, today: late.ways_out.ways_out(view, line.id, today=today, now=now), partial(self._show_options, line)
        )

    def _show_options(self, line: LineRow, found: list[Option]) -> None:
        choices = late.decisions.Choice
        acts: dict[Choice, Callable[[Option], None]] = {
            choices.BUY_ELSEWHERE: lambda option: self.buy_elsewhere(line, option),
            choices.SUBSTITUTE: lambda option: self.substitute(line, option.detail),
            choices.SHIP_REST: lambda _: self._page.commands.action("orders.ship").trigger(),
            choices.CANCEL: lambda _: self.cancel(line),
        }
        about = self._order(line)
        if not about:  # another row was picked since
            return
        card = late.decision_card.DecisionCard(self._page.desk.theme, line, about, found, self._page.desk.today(), acts)
        card.closed.connect(self._page.pane.close_top)
        self._page.show_about(card, line.order_id)

    def cancel(self, line: LineRow) -> None:
        """How many units of the line are canceled, once it is known what a marketplace would make of it."""
        self._page.desk.ask(
            lambda view, today: late.defects.if_canceled(view, [line.id], today=today), partial(self._ask_to_cancel, line)
        )

    def _ask_to_cancel(self, line: LineRow, counted: list[CancellationRecord]) -> None:
        """What is short of it, else all that is open."""
        order = self._order(line)
        if not order:  # another row was picked since
            return
        draft = late.small_drafts.UnitsDraft(str(line.backordered or line.ordered - line.shipped - line.canceled))
        title = tr("Cancel units of {}").replace("{}", line.title)
        about = f"{order}\n{counted_words(counted, self._page.desk.today())}".strip()
        form = late.forms.DraftForm(title, draft, late.small_drafts.UNITS_FIELDS, tr("Cancel units"), about=about)
        self._page.submit_with(
            form,
            lambda store, now, _: late.orders.cancel_line(store, line.id, draft.value("quantity"), now=now),
            of_row=line.order_id,
        )

    def count(self, line: LineRow) -> None:
        """How many units of a product that was never counted the shelf holds."""
        draft = late.small_drafts.CountDraft()
        about, fields = formats.product(line.sku, line.title), late.small_drafts.COUNT_FIELDS
        form = late.forms.DraftForm(tr("Count"), draft, fields, tr("Save the count"), about=about)
        self._page.submit_with(
            form,
            lambda store, now, _: late.products.count_stock(
                store, line.product_id, draft.value("quantity"), draft.reason, now=now
            ),
            of_row=line.order_id,
        )

    def buy_elsewhere(self, line: LineRow, option: Option | None = None) -> None:
        """Where the units that the line is short of are bought, for how much, and when they will be here."""
        draft = late.drafts.SourceDraft()
        if option is not None:
            draft.supplier, draft.expected_on = option.detail, option.on.isoformat() if option.on else ""
            draft.cost = "" if option.cost is None else str(option.cost.amount)
        form = late.source_form.SourceForm(self._page.desk, line, draft, self._order(line))
        self._page.submit_with(
            form,
            lambda store, now, _: late.purchases.source_line(store, line.id, draft, now=now).step,
            of_row=line.order_id,
        )

    def suggest(self, line: LineRow) -> None:
        """What the customer takes instead, at first what their letter offers, else what is alike."""
        now = self._page.desk.now()
        self._page.desk.ask(
            lambda view, today: late.ways_out.first_instead(view, line.id, today=today, now=now), partial(self._suggest, line)
        )

    def _suggest(self, line: LineRow, found: Instead | None) -> None:
        if found is None:
            self.substitute(line, "")
        else:
            self.substitute(line, found.named, tr("Offered in their letter:") if found.by_letter else tr("Suggested, as alike:"))

    def substitute(self, line: LineRow, sku: str, why: str = "") -> None:
        """What the customer takes in place of what they wait for; `why` says of the one that is filled in where it comes from."""
        draft = late.drafts.SubstituteDraft(sku=sku, quantity=str(line.backordered))
        form = late.substitute_form.SubstituteForm(self._page.desk, line, draft, self._order(line), why)
        self._page.submit_with(
            form,
            lambda store, now, _: late.answers.send_substitute(store, line.id, draft, now=now),
            of_row=line.order_id,
        )

    def take_back(self, line: LineRow) -> None:
        """How many units came back, and whether they can be sold again."""
        draft = late.small_drafts.ReturnDraft(str(line.shipped - line.returned))
        title = tr("Units of {} that came back").replace("{}", line.title)
        fields = late.small_drafts.RETURN_FIELDS
        form = late.forms.DraftForm(title, draft, fields, tr("Take back"), about=self._order(line), desk=self._page.desk)
        self._page.submit_with(
            form, partial(_take_back, line, draft), partial(self._offer_refund, line, draft), of_row=line.order_id
        )

    def _offer_refund(self, line: LineRow, draft: ReturnDraft, step: Step) -> None:
        """What a return gives back is the seller's to say: to note it is one click away. In exchange nothing goes back."""
        desk, units = self._page.desk, draft.value("quantity")

        def found(paid: Money | None) -> None:
            if paid is not None:
                say_steps(desk, [step], ways=[(tr("Refund…"), partial(self._refund, line, units, paid))])

        if not draft.value("exchange"):
            desk.ask(lambda view, _: late.returns.paid_for(view, line.id, units), found)

    def _refund(self, line: LineRow, units: int, paid: Money) -> None:
        """The form that notes what went back, which closes with an undo of what came back."""

        def show(found: tuple[RefundDraft, Takings, str]) -> None:
            draft, so_far, number = found
            form = late.refund_form.RefundForm(line.order_id, number, draft, so_far, self._page.desk, came_back=paid)
            late.closing.ClosesWhenOver(form, self._page.desk, lambda view: _came_back(view, line) >= line.returned + units)
            self._page.submit_with(form, form.note, of_row=line.order_id)

        def step(store: Store, _now: datetime, _: Progress) -> tuple[RefundDraft, Takings, str]:
            with store.read() as view:
                number = str(view.record("orders", line.order_id)["order_number"])
            return *late.refunds.refund_to_note(store, line.order_id), number

        self._page.desk.perform(step, show)

    def send_direct(self, line: LineRow) -> None:
        """How many units the supplier sends to the customer directly."""
        short = line.backordered or line.ordered - line.shipped - line.canceled - line.drop_ship
        self._ask_units(line, tr("Units of {} from the supplier directly"), short, late.drop_ship.send_direct)

    def supplier_shipped(self, line: LineRow) -> None:
        """How many units have left the supplier."""
        self._ask_units(line, tr("Units of {} that left the supplier"), line.drop_ship, late.drop_ship.supplier_shipped)

    def _ask_units(self, line: LineRow, title: str, units: int, act: Callable[..., Step]) -> None:
        draft = late.small_drafts.UnitsDraft(str(units))
        form = late.forms.DraftForm(
            title.replace("{}", line.title), draft, late.small_drafts.UNITS_FIELDS, tr("Save"), about=self._order(line)
        )
        self._page.submit_with(
            form, lambda store, now, _: act(store, line.id, draft.value("quantity"), now=now), of_row=line.order_id
        )

    def _order(self, line: LineRow) -> str:
        """The order and whose it is; empty where it is not the one that is picked."""
        picked = (row for row in self._page.picked_rows() if row.id == line.order_id)
        return ", ".join(f"{tr('Order {}').replace('{}', row.number)} · {row.customer}" for row in picked)


def _came_back(view: View, line: LineRow) -> int:
    return int(view.record("order_line", line.id)["returned"])


def _take_back(line: LineRow, draft: ReturnDraft, store: Store, now: datetime, _: Progress) -> Step:
    units, resalable = draft.value("quantity"), draft.resalable
    done: Step
    if named := draft.value("exchange"):
        other = draft.product_id or late.products.find_product_meant(store, named)
        done = late.returns.exchange_units(store, line.id, units, other, resalable=resalable, now=now)
    else:
        done = late.returns.return_units(store, line.id, units, resalable=resalable, now=now)
    return done
