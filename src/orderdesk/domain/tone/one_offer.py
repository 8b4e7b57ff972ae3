"""T25: what a letter offers for the wait, of which there is one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from orderdesk.domain.goodwill import OfferKind
from orderdesk.domain.tone.patterns import any_of

_SUM = r"(?:[$€£¥] ?\d[\d.,]*|\d[\d.,]* ?(?:[$€£¥]|(?:usd|eur|gbp|dollars?|euros?|pounds?)\b))"
_COUPON = r"(?:coupon|voucher|(?:discount|promo|promotion|coupon) code)s?"
_MADE_OF = r"(?:pure|organic|recycled|natural|cotton|wool|merino|linen|silk|cashmere|hemp|leather|bamboo)"
_GIVEN = r"(?:add|enclos|includ|send|put|slip|tuck|throw)\w*"

# How each kind of offer is named. A percent sign is the same in any language; the others are words of English.
NAMED: Mapping[OfferKind, re.Pattern[str]] = {
    OfferKind.PERCENT: re.compile(
        rf"(?<![\d.,])(?!100\b)\d{{1,2}}(?:[.,]\d+)?\s?(?:%|(?:percent|per cent)\b)(?! {_MADE_OF}\b)", re.IGNORECASE
    ),
    OfferKind.AMOUNT: re.compile(
        rf"{_SUM} (?:off|discount|{_COUPON})\b"
        rf"|(?<!gift )\b{_COUPON} (?:for|of|worth|over|that is worth) {_SUM}"
        rf"|\bdiscount of {_SUM}",
        re.IGNORECASE,
    ),
    # The rest of an order that is sent at no cost is no offer.
    OfferKind.FREE_SHIPPING: any_of(
        r"(?:free|complimentary) (?:shipping|delivery|postage)"
        r"(?! (?:for|on|of|with) (?:the (?:rest|others?|late)|what|your other|these|those|this order))",
        r"(?:shipping|delivery|postage) (?:on|for|of|with) your next (?:order|purchase) (?:is|will be|comes) (?:free|on us)",
        r"next (?:order|purchase) (?:ships|will ship) (?:for )?free",
    ),
    OfferKind.GIFT_CARD: any_of(r"(?:e-?)?gift (?:card|certificate|voucher|token)s?(?! (?:that )?you (?:paid|used|bought))"),
    OfferKind.GIFT: any_of(
        r"(?:free|small|little|extra|surprise|bonus|thank-you) gifts?(?! (?:card|certificate|voucher|token))",
        r"(?:free|bonus) (?:item|product|sample)s?",
        r"gifts? from (?:us|me)",
        rf"{_GIVEN} (?:you |in )?(?:a|another) (?:\w+ )?gift(?! (?:card|certificate|voucher|token))",
        r"freebies?",
    ),
}
IN_ANY_LANGUAGE = (OfferKind.PERCENT,)
# What joins an offer to a coupon that was named before it, so that there are two: "a coupon and free shipping".
_JOINED = re.compile(
    rf"\b{_COUPON}\b[^.]{{0,60}}?\b(?:and|or|plus)(?: (?:an?|our|your|some|another))? $"
    rf"|\b{_COUPON}\b.{{0,300}}\b(?:also|plus|in addition|on top|as well as|along with|together with|besides)\b[^.]{{0,60}}$",
    re.IGNORECASE | re.DOTALL,
)
_REACH = 400
_WORTH = re.compile(r"[.,]00\b|\D")


def named_offers(text: str, kinds: Collection[OfferKind] = tuple(OfferKind)) -> Iterator[tuple[OfferKind, re.Match[str]]]:
    """Each offer that a text names, in its order."""
    found = [(kind, match) for kind in kinds for match in NAMED[kind].finditer(text)]
    yield from sorted(found, key=lambda each: each[1].start())


def offers_beyond(most: int, text: str, kinds: Collection[OfferKind] = tuple(OfferKind)) -> Iterator[re.Match[str]]:
    """Where a text names more offers than that many; the same one may be named again, and a coupon is what it is good for."""
    seen: set[tuple[OfferKind | None, str]] = set()
    for kind, match in named_offers(text, kinds):
        if not seen and _JOINED.search(text[max(0, match.start() - _REACH) : match.start()]):
            seen.add((None, ""))
        offer = kind, _WORTH.sub("", match[0])
        if offer not in seen and len(seen | {offer}) > most:
            yield match
        seen.add(offer)
