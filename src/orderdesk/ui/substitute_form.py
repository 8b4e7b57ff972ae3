"""What a customer takes in place of what they wait for."""

from __future__ import annotations

from orderdesk.services.drafts import SubstituteDraft
from orderdesk.storage.queries.order_detail import LineRow
from orderdesk.storage.queries.products import ProductRow
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.lookup import ProductLookup, product_called, product_facts
from orderdesk.ui.small_drafts import SUBSTITUTE_FIELDS
from orderdesk.ui.words import tr


class SubstituteForm(DraftForm):
    """Product, units and price. Below the product stands what it is, how much of it is there and what it costs; `why` says of the
    one that is filled in where it comes from.
    """

    def __init__(self, desk: Desk, line: LineRow, draft: SubstituteDraft, about: str, why: str = "") -> None:
        title = tr("Send something else for {}").replace("{}", line.title)
        super().__init__(title, draft, SUBSTITUTE_FIELDS, tr("Send it"), about=about, desk=desk)
        product = self.editor("sku")
        assert isinstance(product, ProductLookup)
        product.leave_out(line.product_id)
        product.textEdited.connect(lambda _: self.remark("sku", ""))
        for told in (product.chosen, product.settled):
            told.connect(self._describe)
        self._product = product
        if draft.sku:
            desk.ask(
                lambda view, today: product_called(view, draft.sku, today), lambda found: self._open_on(draft.sku, found, why)
            )

    def _open_on(self, named: str, product: ProductRow | None, why: str) -> None:
        if self._product.text() == named:
            self._describe(product, why)

    def _describe(self, product: ProductRow | None, why: str = "") -> None:
        said = " · ".join(filter(None, (product.title, product_facts(product)))) if product is not None else ""
        self.remark("sku", f"{why} {said}".strip())
