"""The form of a listing: which product is on offer, where, how and how long."""

from __future__ import annotations

from typing_extensions import override

from orderdesk.services.listing_drafts import ListingDraft
from orderdesk.ui.channel_field import channel_field
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.listing_columns import FORMATS
from orderdesk.ui.words import marked, tr

_PRODUCT = Field("sku", marked("Product, by SKU or title"), kind="product")
_FIELDS = (
    Field("listing_id", marked("Number there"), usual=marked("the SKU"), half=True),
    Field("format", marked("Format"), kind="choice", half=True, choices=tuple((each.value, FORMATS[each]) for each in FORMATS)),
    Field("ends_on", marked("Ends"), kind="day", half=True),
    Field("quantity", marked("Units offered"), half=True),
    Field("bids", marked("Bids"), half=True),
    Field("price", marked("Price"), kind="money", half=True),
    Field("currency", marked("Currency"), example="USD", half=True),
)


class ListingForm(DraftForm):
    """A new listing, or one to change."""

    def __init__(self, desk: Desk, draft: ListingDraft, *, is_new: bool) -> None:
        self._listing, self._product = draft, (draft.sku, draft.product_id)
        title, verb = (tr("New listing"), tr("Add listing")) if is_new else (tr("Edit listing"), tr("Save"))
        super().__init__(title, draft, (_PRODUCT, channel_field(draft.channel), *_FIELDS), verb, desk=desk)

    @override
    def read(self) -> None:
        """The product stays the one that it was while nothing else is typed."""
        super().read()
        named, product_id = self._product
        if self._listing.sku == named:
            self._listing.product_id = product_id
