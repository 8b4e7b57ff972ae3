"""What is asked about a line of an order before units of it are canceled, counted or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderdesk.storage.queries.orders import OrderRow
from orderdesk.ui import late
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.storage.queries.order_detail import LineRow
    from orderdesk.ui.page import TablePage


class LineQuestions:
    """Each shows its form in the pane of the orders page."""

    def __init__(self, page: TablePage[OrderRow]) -> None:
        self._page = page

    def cancel(self, line: LineRow) -> None:
        """How many units of the line are canceled."""
        draft = late.small_drafts.UnitsDraft(str(line.ordered - line.shipped - line.canceled))
        title = tr("Cancel units of {}").replace("{}", line.title)
        form = late.forms.DraftForm(title, draft, late.small_drafts.UNITS_FIELDS, tr("Cancel units"), about=self._order(line))
        self._page.submit_with(
            form,
            lambda store, now, _: late.orders.cancel_line(store, line.id, draft.value("quantity"), now=now),
            of_row=line.order_id,
        )

    def count(self, line: LineRow) -> None:
        """How many units of a product that was never counted the shelf holds."""
        draft = late.small_drafts.CountDraft()
        form = late.forms.DraftForm(tr("Count"), draft, late.small_drafts.COUNT_FIELDS, tr("Save the count"), about=line.title)
        self._page.submit_with(
            form,
            lambda store, now, _: late.products.count_stock(
                store, line.product_id, draft.value("quantity"), draft.reason, now=now
            ),
            of_row=line.order_id,
        )

    def buy_elsewhere(self, line: LineRow) -> None:
        """Where the units that the line is short of are bought, for how much, and when they will be here."""
        draft = late.drafts.SourceDraft()
        title = tr("Buy {} elsewhere").replace("{}", line.title)
        form = late.forms.DraftForm(title, draft, late.small_drafts.SOURCE_FIELDS, tr("Bought"), about=self._order(line))
        self._page.submit_with(
            form,
            lambda store, now, _: late.purchases.source_line(store, line.id, draft, now=now).step,
            of_row=line.order_id,
        )

    def substitute(self, line: LineRow) -> None:
        """What the customer takes in place of what they wait for."""
        draft = late.drafts.SubstituteDraft(quantity=str(line.backordered))
        title = tr("Send something else for {}").replace("{}", line.title)
        form = late.forms.DraftForm(title, draft, late.small_drafts.SUBSTITUTE_FIELDS, tr("Send it"), about=self._order(line))
        self._page.submit_with(
            form,
            lambda store, now, _: late.answers.send_substitute(store, line.id, draft, now=now),
            of_row=line.order_id,
        )

    def take_back(self, line: LineRow) -> None:
        """How many units came back, and whether they can be sold again."""
        draft = late.small_drafts.ReturnDraft(str(line.shipped - line.returned))
        title = tr("Units of {} that came back").replace("{}", line.title)
        form = late.forms.DraftForm(title, draft, late.small_drafts.RETURN_FIELDS, tr("Take back"), about=self._order(line))
        self._page.submit_with(
            form,
            lambda store, now, _: late.returns.return_units(
                store, line.id, draft.value("quantity"), resalable=draft.resalable, now=now
            ),
            of_row=line.order_id,
        )

    def _order(self, line: LineRow) -> str:
        return ", ".join(tr("Order {}").replace("{}", row.number) for row in self._page.picked_rows() if row.id == line.order_id)
