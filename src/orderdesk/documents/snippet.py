"""What a listing says up front: how rarely something runs out here, and what happens then."""

from __future__ import annotations

from typing import Any

from babel.numbers import format_percent

from orderdesk.documents.messages import RULES, Channel
from orderdesk.documents.wording import fill, locale_of, priced, wording
from orderdesk.domain.figures import Share
from orderdesk.domain.goodwill import parse_offer
from orderdesk.domain.offer_rules import NO_OFFER, USUAL

# A rate is told when it is of enough units to mean something, and speaks for the shop.
_FEWEST_UNITS = 20
_WORTH_SAYING = 0.9


def listing_snippet(
    filled: Share, days: int, channel: Channel | None, language: str, country: str, *, offer: str, currency: str
) -> str:
    """The sentences for a listing on that channel, None for the shop's own site; `filled` are the units served at once in so
    many days. A coupon is named where the channel allows one and all orders get one, with what it is worth (`offer`, as
    domain.offer_rules.standing_offer has it, in the shop's currency).
    """
    words, locale = wording(language)["snippet"], locale_of(language, country, country)
    sentences = [words["backorder"]]
    if filled.rate is not None and filled.whole >= _FEWEST_UNITS and filled.rate >= _WORTH_SAYING:
        percent = format_percent(int(100 * filled.rate) / 100, locale=locale)
        sentences.insert(0, fill(words["rate"], days=str(days), percent=percent))
    if offer != NO_OFFER and (channel is None or RULES[channel].coupon):
        sentences.append(_coupon(words, offer, currency, locale))
    return " ".join(sentences)


def _coupon(words: dict[str, Any], offer: str, currency: str, locale: str) -> str:
    if offer in ("", USUAL):
        return str(words["coupon_usual" if offer else "coupon"])
    worth = parse_offer(offer, currency)
    percent = "" if worth.rate is None else format_percent(worth.rate / 100, locale=locale)
    price = "" if worth.amount is None else priced(worth.amount, locale, short=True)
    return fill(words[f"coupon_{worth.kind}"], percent=percent, price=price)
