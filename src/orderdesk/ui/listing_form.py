"""The form of a listing: which product is on offer, where, how and how long."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from orderdesk.domain.orders import OWN_SHOP
from orderdesk.services.listing_drafts import ListingDraft
from orderdesk.storage.queries.products import ProductRow
from orderdesk.ui import formats
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.listing_columns import FORMATS
from orderdesk.ui.lookup import Lookup, find_products
from orderdesk.ui.words import marked, tr

_PRODUCT = Field("sku", marked("Product"))
_CHANNEL = Field("channel", marked("Channel"), kind="choice", half=True)
_FIELDS = (
    Field("listing_id", marked("Number there"), hint=marked("the SKU"), half=True),
    Field("format", marked("Format"), kind="choice", half=True, choices=tuple((each.value, FORMATS[each]) for each in FORMATS)),
    Field("ends_on", marked("Ends"), kind="day", hint=marked("Dec 4"), half=True),
    Field("quantity", marked("Units offered"), half=True),
    Field("bids", marked("Bids"), half=True),
    Field("price", marked("Price"), half=True),
    Field("currency", marked("Currency"), hint="USD", half=True),
)
_CHANNELS = formats.channel_choices(OWN_SHOP, "ebay", "etsy", "amazon", "shopify")


class ListingForm(DraftForm):
    """A new listing, or one to change."""

    def __init__(self, desk: Desk, draft: ListingDraft, *, is_new: bool) -> None:
        self._listing = draft
        self.product = Lookup(desk, find_products)
        self.product.setPlaceholderText(tr("SKU or product"))
        if draft.product_id is not None:
            self.product.show_row(draft.sku, draft)
        is_known = draft.channel in dict(_CHANNELS)
        choices = _CHANNELS if is_known else (*_CHANNELS, (draft.channel, formats.channel(draft.channel)))
        title, verb = (tr("New listing"), tr("Add listing")) if is_new else (tr("Edit listing"), tr("Save"))
        super().__init__(title, draft, (replace(_CHANNEL, choices=choices), *_FIELDS), verb, today=desk.today())
        self.setFocusProxy(self.product)

    @override
    def extra(self, layout: QVBoxLayout) -> None:
        """The product stands first."""
        layout.insertWidget(0, self.cell(_PRODUCT, self.product))
        self.product.chosen.connect(lambda _: self.editor("listing_id").setFocus())

    @override
    def read(self) -> None:
        super().read()
        draft, product = self._listing, self.product.row
        if isinstance(product, ProductRow):
            draft.product_id = product.id
        elif product is None:
            draft.product_id, draft.sku = None, self.product.text().strip()
