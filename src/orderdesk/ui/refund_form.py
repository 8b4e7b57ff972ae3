"""The form that notes what was paid back to the customer of an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from orderdesk.domain.errors import NotOwedError
from orderdesk.storage.queries.refunds import refund_to_make
from orderdesk.ui import formats, late
from orderdesk.ui.closing import ClosesWhenOver
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.small_drafts import REFUND_FIELDS
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from datetime import datetime

    from orderdesk.domain.money import Money
    from orderdesk.services.drafts import RefundDraft
    from orderdesk.services.steps import Step
    from orderdesk.services.tasks import Progress
    from orderdesk.storage.queries.refunds import Takings
    from orderdesk.storage.store import Store
    from orderdesk.ui.desk import Desk


class RefundForm(DraftForm):
    """What came in for an order, what goes back to its customer, and the button that notes it.

    More than is owed is noted once that was said and the button is pressed again. Where what is owed was filled in, the form
    closes when nothing is any more; `came_back` is filled in in its place, what was paid for units that came back: up to that
    nothing is asked, as the seller has just said what it is for.
    """

    def __init__(
        self, order_id: int, number: str, draft: RefundDraft, so_far: Takings, desk: Desk, came_back: Money | None = None
    ) -> None:
        if came_back is not None:
            draft.amount, draft.currency = str(came_back.amount), came_back.currency
        title = tr("Refund for order {}").replace("{}", number)
        notes = tr("OrderDesk notes what you have paid back; the money goes the way the customer paid.")
        super().__init__(title, draft, REFUND_FIELDS, tr("Paid back"), f"{_takings_text(so_far)}\n{notes}", desk=desk)
        self._order_id = order_id
        self._refund = draft
        self._came_back = came_back
        self._warned_of = ""
        if draft.amount and came_back is None:
            ClosesWhenOver(self, desk, lambda view: refund_to_make(view, order_id) is not None)

    def note(self, store: Store, now: datetime, _: Progress) -> Step:
        """The step that the form asks for."""
        is_meant = self._refund.amount == self._warned_of or self._is_for_what_came_back()
        made: Step = late.refunds.record_refund(store, self._order_id, self._refund, although_not_owed=is_meant, now=now)
        return made

    def _is_for_what_came_back(self) -> bool:
        return self._came_back is not None and bool(self._refund.value("amount") <= self._came_back.minor)

    @override
    def refuse(self, error: Exception) -> None:
        if not isinstance(error, NotOwedError):
            super().refuse(error)
            return
        self._warned_of = self._refund.amount
        self.offer_again()
        self.say_below(f"{error} {error.remedy} {tr('Press “Paid back” again to note it all the same.')}")


def _takings_text(so_far: Takings) -> str:
    if so_far.paid is None:
        came = tr("What the customer paid is not known.")
    else:
        came = tr("The customer paid {}.").replace("{}", formats.money(so_far.paid))
    gone = tr("{} of it has gone back before.").replace("{}", formats.money(so_far.back)) if so_far.back.minor else ""
    return f"{came} {gone}".strip()
