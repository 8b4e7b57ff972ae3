"""The field for the channel that an order or a listing is on."""

from __future__ import annotations

from orderdesk.domain.channels import OWN_SHOP
from orderdesk.ui import formats
from orderdesk.ui.forms import Field
from orderdesk.ui.words import marked

_USUAL = formats.channel_choices(OWN_SHOP, "ebay", "etsy", "amazon", "shopify")


def channel_field(token: str) -> Field:
    """The usual channels, and the one that it is on, which may have come with a file."""
    choices = _USUAL if token in dict(_USUAL) else (*_USUAL, (token, formats.channel(token)))
    return Field("channel", marked("Channel"), kind="choice", half=True, choices=choices)
