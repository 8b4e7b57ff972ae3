"""What a listing says up front: how rarely something runs out here, and what happens then."""

from __future__ import annotations

from babel.numbers import format_percent

from orderdesk.documents.messages import RULES, Channel
from orderdesk.documents.wording import fill, locale_of, wording
from orderdesk.domain.figures import Share

# A rate is told when it is of enough units to mean something, and speaks for the shop.
_FEWEST_UNITS = 20
_WORTH_SAYING = 0.9


def listing_snippet(filled: Share, days: int, channel: Channel | None, language: str, country: str, *, usual_offer: bool) -> str:
    """The sentences for a listing on that channel, None for the shop's own site; `filled` are the units served at once in so
    many days. A coupon is named where the channel allows one, and what it is worth where the shop makes the `usual_offer`.
    """
    words = wording(language)["snippet"]
    sentences = [words["backorder"]]
    if filled.rate is not None and filled.whole >= _FEWEST_UNITS and filled.rate >= _WORTH_SAYING:
        percent = format_percent(int(100 * filled.rate) / 100, locale=locale_of(language, country, country))
        sentences.insert(0, fill(words["rate"], days=str(days), percent=percent))
    if channel is None or RULES[channel].coupon:
        sentences.append(words["coupon_usual" if usual_offer else "coupon"])
    return " ".join(sentences)
