"""What a listing says of backorders: in every language, with a coupon only where a channel takes one."""

from __future__ import annotations

import pytest

from orderdesk.documents.messages import Channel
from orderdesk.documents.snippet import listing_snippet
from orderdesk.documents.wording import LANGUAGES, wording
from orderdesk.domain.figures import Share


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("channel", "coupon"),
    [(None, True), (Channel.SHOPIFY, True), (Channel.EBAY, False), (Channel.ETSY, False), (Channel.AMAZON, False)],
)
def test_a_coupon_is_named_only_where_the_channel_takes_one(language: str, channel: Channel | None, coupon: bool) -> None:
    words = wording(language)["snippet"]
    for usual_offer, said in ((True, words["coupon_usual"]), (False, words["coupon"])):
        assert (said in listing_snippet(Share(97, 100), 90, channel, language, "", usual_offer=usual_offer)) == coupon
    text = listing_snippet(Share(97, 100), 90, channel, language, "", usual_offer=True)
    assert words["backorder"] in text
    assert "97" in text
    assert "{" not in text


@pytest.mark.parametrize("filled", [Share(0, 0), Share(19, 19), Share(89, 100)])
def test_a_rate_that_says_little_or_speaks_against_the_shop_is_left_out(filled: Share) -> None:
    assert "%" not in listing_snippet(filled, 90, None, "en", "US", usual_offer=True)


def test_a_rate_is_never_rounded_up() -> None:
    assert "99%" in listing_snippet(Share(1999, 2000), 90, None, "en", "US", usual_offer=True)
