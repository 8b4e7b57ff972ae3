"""What a goodwill offer says on its coupon."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from babel.numbers import format_percent

from orderdesk.documents.letter import Coupon, Reference
from orderdesk.documents.text import clean
from orderdesk.documents.wording import fill, priced, spelled
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ApologyFacts, NoticeKind
from orderdesk.domain.shop import ShopProfile


def key_of_offer(sums: Collection[Money], *, with_choice: bool) -> str:
    """The key of what is said of the coupon to who has a choice, gets those sums back, or has nothing to get back."""
    if with_choice:
        return "offer"
    return "offer_refund" if not sums or any(back.minor for back in sums) else "offer_refund_none"


def coupon_of(facts: ApologyFacts, words: dict[str, Any], locale: str, made_out: str) -> Coupon | None:
    """The coupon of the letter; None without an offer. Raises ValueError for an offer without code or last day."""
    offer = facts.offer
    if offer is None:
        return None
    if facts.coupon_code is None or facts.valid_through is None:
        raise ValueError("an offer needs a coupon code and a last day")
    waits = facts.kind is not NoticeKind.REFUND and not facts.nothing_comes
    value, meaning = _value(offer, words, locale, "" if waits else "_never")
    return Coupon(
        thanks=words["thanks"],
        value=value,
        meaning=meaning,
        kind=words["promotional"],
        code_label=words["code"],
        code=facts.coupon_code,
        valid=Reference(words["valid"], spelled(facts.valid_through, locale)),
        made_out=Reference(words["made_out"], made_out),
        redeem=Reference(words["redeem"], words["redeem_how"]),
        terms=_terms(facts, offer, words, locale),
    )


def _value(offer: Offer, words: dict[str, Any], locale: str, form: str) -> tuple[str, str]:
    """What is set large on the coupon, and the words below it: in a form of their own where nothing is waited for."""
    if offer.amount is not None:
        meaning = words[("gift_card_meaning" if offer.kind is OfferKind.GIFT_CARD else "off") + form]
        return priced(offer.amount, locale, short=True), meaning
    if offer.rate is not None:
        return format_percent(offer.rate / 100, locale=locale), words[f"off{form}"]
    if offer.gift is not None:
        return words["gift"], fill(words["gift_meaning"], gift=clean(offer.gift))
    return words["free_shipping"], words[f"free_shipping_meaning{form}"]


def _terms(facts: ApologyFacts, offer: Offer, words: dict[str, Any], locale: str) -> str:
    """The small print: on which orders it may be used, how often and where."""
    key = "terms_gift_card" if offer.kind is OfferKind.GIFT_CARD else "terms"
    least = facts.minimum_order
    size = words[f"{key}_any_order"] if least is None else fill(words[f"{key}_minimum"], minimum=priced(least, locale))
    return fill(words[key], size=size, where=_where(facts.shop, words))


def _where(shop: ShopProfile, words: dict[str, Any]) -> str:
    places = [place for place in (clean(shop.site) or clean(shop.email), clean(shop.phone)) if place]
    return fill(words["where"], places=words["or"].join(places)) if places else ""
