"""Asking what a supplier wants for a product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orderdesk.ui import late
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.small_drafts import SUPPLIER_FIELDS
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.services.drafts import SupplierProductDraft
    from orderdesk.ui.page import TablePage


def ask_offer(page: TablePage[Any], product_id: int, title: str, draft: SupplierProductDraft) -> None:
    """The form in the pane, with what is known of the supplier by now; the first of a product is its usual one."""
    heading = tr("What a supplier asks for {}").replace("{}", title)
    form = DraftForm(heading, draft, SUPPLIER_FIELDS, tr("Save"), desk=page.desk)
    page.submit_with(form, lambda store, now, _: late.suppliers.set_offer(store, product_id, draft, now=now), of_row=product_id)
