"""Listings changed as the guard advises, once the seller has done so at the marketplace; and what they say of backorders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from orderdesk.documents.messages import Channel
from orderdesk.documents.snippet import listing_snippet
from orderdesk.documents.wording import language_of
from orderdesk.domain.channels import OWN_SHOP
from orderdesk.domain.errors import NothingToDoError
from orderdesk.domain.listings import Advice
from orderdesk.domain.offer_rules import standing_offer
from orderdesk.services.days import shop_day
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.bulk import delete, update
from orderdesk.storage.instants import instant_text
from orderdesk.storage.queries.figures import fill_of
from orderdesk.storage.queries.listings import ListingRow, listing_rows
from orderdesk.storage.queries.lookup import listing_id
from orderdesk.storage.queries.offer_rules import offer_rules
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction

# The shop speaks for itself by so many days.
SNIPPET_DAYS = 90
_BY_THE_SELLER = "ended by hand"


def find_listing(store: Store, number: str) -> int:
    """The id of a listing by its number, or `channel:number`. Raises NotFoundError, RefusedError where several match."""
    with store.read() as view:
        return listing_id(view, number)


def snippet(store: Store, channel: str, language: str, *, today: date) -> str:
    """The text for listings on that channel, from the shop's own figures; "" is the language of the shop's country."""
    known = Channel(channel) if channel in list(Channel) else None
    with store.read() as view:
        filled = fill_of(view, since=today - timedelta(days=SNIPPET_DAYS)).units
        shop = profile_of(view)
        offer = standing_offer(offer_rules(view), channel or OWN_SHOP)
    written = language or language_of(shop.country)
    return listing_snippet(filled, SNIPPET_DAYS, known, written, shop.country, offer=offer, currency=shop.currency)


def mark_done(store: Store, listing_ids: Sequence[int], *, now: datetime) -> Step:
    """These listings were reduced, shortened or ended as advised: the shop's record follows. What is over stays as it is.

    Raises NothingToDoError where the guard advises nothing for any of them.
    """
    with store.begin("listings", "", now=now) as transaction:
        today = shop_day(transaction.view, now)
        rows = [
            row
            for row in listing_rows(transaction.view, listing_ids, today=today)
            if row.advice not in (Advice.KEEP, Advice.ENDED)
        ]
        if not rows:
            raise NothingToDoError("These listings may stay as they are.", "There is nothing to do.")
        for row in rows:
            _follow(transaction, row)
        summary = f"Followed the advice for {_named(rows)}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def mark_ended(store: Store, listing_ids: Sequence[int], *, now: datetime) -> Step:
    """The seller ended these listings where they are, whatever was advised.

    Raises NothingToDoError where all of them are over already.
    """
    with store.begin("listings", "", now=now) as transaction:
        rows = listing_rows(transaction.view, listing_ids, today=shop_day(transaction.view, now))
        live = [row for row in rows if row.advice is not Advice.ENDED]
        if not live:
            raise NothingToDoError("These listings are over already.", "There is nothing to do.")
        for row in live:
            update(transaction, "listing", row.id, {"ended_at": instant_text(transaction.at), "ended_why": _BY_THE_SELLER})
        summary = f"Ended {_named(live)}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def remove_listings(store: Store, listing_ids: Sequence[int], *, now: datetime) -> Step:
    """These listings go off the list, as over or put there by mistake."""
    with store.begin("remove_listings", "", now=now) as transaction:
        rows = listing_rows(transaction.view, listing_ids, today=shop_day(transaction.view, now))
        for row in rows:
            delete(transaction, "listing", row.id)
        summary = f"Removed {_named(rows)}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def moved_end(ends_at: datetime, ends_on: date, day: date) -> str:
    """The instant at which what ends at that instant, on that day where the shop is, would end on another day, at its hour."""
    return instant_text(ends_at + (day - ends_on))


def _named(rows: Sequence[ListingRow]) -> str:
    return f"listing {rows[0].listing_id}" if len(rows) == 1 else f"{len(rows)} listings"


def _follow(transaction: Transaction, row: ListingRow) -> None:
    if row.advice is Advice.REDUCE:
        update(transaction, "listing", row.id, {"quantity": row.keep})
    elif row.advice is Advice.SHORTEN and row.end_by is not None and row.ends_at is not None and row.ends_on is not None:
        update(transaction, "listing", row.id, {"ends_at": moved_end(row.ends_at, row.ends_on, row.end_by)})
    else:
        update(transaction, "listing", row.id, {"ended_at": instant_text(transaction.at), "ended_why": _why(row)})


def _why(row: ListingRow) -> str:
    if row.scarce is None:
        return f"{row.offered} on offer, stock for {row.free}"
    return f"{row.scarce.offered} of its part {row.scarce.sku} on offer, stock for {row.scarce.free}"
