"""What a listing says of backorders: in every language, with a coupon only where a channel takes one."""

from __future__ import annotations

import pytest

from orderdesk.documents.messages import Channel
from orderdesk.documents.snippet import listing_snippet
from orderdesk.documents.wording import LANGUAGES, wording
from orderdesk.domain.figures import Share
from orderdesk.domain.offer_rules import NO_OFFER, USUAL
from orderdesk.domain.tone.check import check_form, check_words


def snippet(
    filled: Share, channel: Channel | None = None, language: str = "en", country: str = "US", *, offer: str = USUAL
) -> str:
    return listing_snippet(filled, 90, channel, language, country, offer=offer, currency="EUR")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("offer", "worth"), [("free_shipping", ""), ("percent:12", "12"), ("amount:5", "5"), ("gift_card:25.50", "25")]
)
def test_what_every_order_gets_is_named_in_words_that_pass_the_tone_check(language: str, offer: str, worth: str) -> None:
    text = snippet(Share(97, 100), None, language, "", offer=offer)
    assert wording(language)["snippet"]["coupon"] not in text
    assert worth in text.rpartition(". ")[2]
    assert "{" not in text
    assert (check_words(text) if language == "en" else check_form(text)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("channel", "coupon"),
    [(None, True), (Channel.SHOPIFY, True), (Channel.EBAY, False), (Channel.ETSY, False), (Channel.AMAZON, False)],
)
def test_a_coupon_is_named_only_where_the_channel_takes_one(language: str, channel: Channel | None, coupon: bool) -> None:
    words = wording(language)["snippet"]
    for offer, said in ((USUAL, words["coupon_usual"]), ("", words["coupon"]), ("free_shipping", words["coupon_free_shipping"])):
        assert (said in snippet(Share(97, 100), channel, language, "", offer=offer)) == coupon
    assert words["backorder"] == snippet(Share(0, 0), channel, language, offer=NO_OFFER)
    text = snippet(Share(97, 100), channel, language, "")
    assert words["backorder"] in text
    assert "97" in text
    assert "{" not in text


@pytest.mark.parametrize("filled", [Share(0, 0), Share(19, 19), Share(89, 100)])
def test_a_rate_that_says_little_or_speaks_against_the_shop_is_left_out(filled: Share) -> None:
    assert "%" not in snippet(filled)


def test_a_rate_is_never_rounded_up() -> None:
    assert "99%" in snippet(Share(1999, 2000))
