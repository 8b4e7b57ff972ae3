"""Listings by hand: added, edited, and judged like those from files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orderdesk.domain.errors import AlreadyThereError, InvalidValueError, NotFoundError
from orderdesk.domain.listings import ListingFormat
from orderdesk.services import history
from orderdesk.services.checks import check
from orderdesk.services.listing_drafts import ListingDraft
from orderdesk.services.listing_entry import add_listing, draft_of_listing, edit_listing
from orderdesk.services.listings import remove_listings
from tests.builders import Shop
from tests.services.test_listings import advice, listed, seen


def test_a_listing_by_hand_is_judged_like_any_other_and_taken_back_by_undo(shop: Shop) -> None:
    shop.stock("A", 2)
    draft = ListingDraft(
        sku="A", listing_id="88213", channel="ebay", format="auction", bids="2", price="9.50", ends_on="2026-11-20"
    )
    add_listing(shop.store, draft, now=shop.tick())
    add_listing(shop.store, ListingDraft(sku="Product A", quantity="4"), now=shop.tick())
    fixed, auction = seen(shop)
    assert (auction.channel, auction.bids, str(auction.price), auction.ends_on) == ("ebay", 2, "9.50 USD", date(2026, 11, 20))
    assert (fixed.channel, fixed.listing_id, fixed.ends_on, fixed.price) == ("own", "A", None, None)
    assert advice(shop) == {"88213": ("keep", 1), "A": ("reduce", 1)}
    history.undo(shop.store, now=shop.tick())
    assert list(advice(shop)) == ["88213"]
    assert check(shop.store) == []


def test_an_edit_keeps_the_hour_and_what_is_not_in_the_form(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 2)
    shop.stock("B", 1)
    listed(shop, tmp_path, "X,ebay,A,auction,1,0,5,USD,2026-11-20T18:00:00Z\n")
    (before,) = seen(shop)
    draft = draft_of_listing(shop.store, before.id)
    assert (draft.sku, draft.ends_on) == ("A", "2026-11-20")
    draft.bids, draft.ends_on = "3", "2026-11-22"
    step = edit_listing(shop.store, before.id, draft, now=shop.tick())
    assert step.summary == "Edited listing X"
    (row,) = seen(shop)
    assert row.ends_at is not None and row.ends_at.isoformat() == "2026-11-22T18:00:00+00:00"
    assert (row.bids, row.price) == (3, before.price)
    draft = draft_of_listing(shop.store, row.id)
    draft.product_id, draft.sku, draft.ends_on = None, "B", ""
    edit_listing(shop.store, row.id, draft, now=shop.tick())
    assert [(each.sku, each.ends_at) for each in seen(shop)] == [("B", None)]
    for _ in range(2):
        history.undo(shop.store, now=shop.tick())
    assert seen(shop) == [before]


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"sku": ""}, InvalidValueError, "sku"),
        ({"format": "raffle"}, InvalidValueError, "format"),
        ({"quantity": "many"}, InvalidValueError, "quantity"),
        ({"channel": ""}, InvalidValueError, "channel"),
        ({"ends_on": "soon"}, InvalidValueError, "ends_on"),
        ({"sku": "NONE"}, NotFoundError, None),
        ({"listing_id": "X"}, AlreadyThereError, None),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_added(
    shop: Shop, tmp_path: Path, change: dict[str, str], error: type[Exception], field: str | None
) -> None:
    shop.stock("A", 2)
    listed(shop, tmp_path, "X,own,A,fixed_price,1,0,5,USD,\n")
    with pytest.raises(error) as refused:
        add_listing(shop.store, ListingDraft(**{"sku": "A", "listing_id": "Y"} | change), now=shop.tick())
    assert getattr(refused.value, "field", None) == field
    assert [row.listing_id for row in seen(shop)] == ["X"]


DRAFTS = st.builds(
    ListingDraft,
    product_id=st.none(),
    sku=st.just("A"),
    listing_id=st.text("0123456789:é", min_size=1, max_size=20),
    channel=st.sampled_from(("own", "ebay", "mystore")),
    format=st.sampled_from([each.value for each in ListingFormat]),
    quantity=st.integers(0, 1_000_000).map(str),
    bids=st.integers(0, 1_000_000).map(str),
    price=st.just("") | st.decimals(0, 999_999, places=2).map(str),
    currency=st.just("USD"),
    ends_on=st.just("") | st.dates(date(2026, 1, 1), date(2030, 1, 1)).map(str),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draft=DRAFTS)
def test_the_form_of_a_listing_says_what_was_typed(shop: Shop, draft: ListingDraft) -> None:
    product = shop.products.get("A") or shop.stock("A", 2)
    key = add_listing(shop.store, draft, now=shop.tick())
    again = draft_of_listing(shop.store, key)
    draft.product_id = product
    assert again == draft
    before = [row for row in seen(shop) if row.id == key]
    edit_listing(shop.store, key, again, now=shop.tick())
    assert [row for row in seen(shop) if row.id == key] == before
    remove_listings(shop.store, [key], now=shop.tick())
