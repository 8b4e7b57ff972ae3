"""Products that a letter names beside those that are late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.naming import split_title
from orderdesk.documents.pictures import Pictures
from orderdesk.documents.render import check_printable
from orderdesk.domain.errors import OrderDeskError
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ApologyFacts, Substitute
from orderdesk.domain.products import words_of_title
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.alternatives import Alternative, alternatives
from orderdesk.storage.queries.short_lines import ShortLine
from orderdesk.storage.view import View

_ALIKE = 0.5
# What is dearer by more than this is not given away at the price of the late product.
_DEAREST = 1.25


def as_named(view: View, offer: Offer) -> Offer:
    """The offer as customers read it: a gift that was given by its SKU under its title."""
    product_id = lookup.product_called(view, offer.gift) if offer.gift is not None else None
    title = str(view.record("product", product_id)["title"]) if product_id is not None else ""
    return replace(offer, gift=title) if title.strip() else offer


def substitutes(view: View, lines: Sequence[ShortLine]) -> Iterator[Substitute]:
    """What the customer may have now for the one line that is late: alike, in plenty, at the lower of the two prices, best first.

    None for several lines, where a price is not known, and where nothing is alike enough to be offered unasked.
    """
    line, *others = lines
    if others or line.unit_price_minor is None:
        return
    product_id = view.record("order_line", line.line_id)["product_id"]
    for other in alternatives(view, product_id, line.title, line.quantity, Money(line.unit_price_minor, line.currency)):
        price = _lower_price(other, line.unit_price_minor, line.currency)
        if price is not None and _is_alike(other.title, line.title):
            yield Substitute(other.title, price)


def with_room(facts: ApologyFacts, shop_pictures: Pictures) -> ApologyFacts:
    """The facts without a substitute that the letter has no room for, or whose title can't be printed.

    Raises UnprintableTextError and its like for what else can't be printed.
    """
    if facts.substitute is None:
        return facts
    without = replace(facts, substitute=None)
    pages = check_printable(compose_apology(without), shop_pictures)
    try:
        return facts if check_printable(compose_apology(facts), shop_pictures) <= pages else without
    except OrderDeskError:
        return without


def _lower_price(other: Alternative, late_minor: int, currency: str) -> Money | None:
    """The lower of the two prices; None where the other's is not known in that currency, or is too high to be forgone."""
    if not other.price_minor or other.currency != currency or other.price_minor > late_minor * _DEAREST:
        return None
    return Money(min(other.price_minor, late_minor), currency)


def _is_alike(one: str, other: str) -> bool:
    """Whether it is the same thing in another color or size, or shares half of its words."""
    if split_title(one)[0].lower() == split_title(other)[0].lower():
        return True
    words, others = (set(words_of_title(title.lower())) for title in (one, other))
    return bool(words) and len(words & others) >= _ALIKE * len(words | others)
