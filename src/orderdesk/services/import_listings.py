"""Listings from a file: new ones, known ones brought up to date, and those that have ended since."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from orderdesk.domain.channels import OWN_SHOP
from orderdesk.domain.days import spelled_out
from orderdesk.domain.listings import ListingFormat
from orderdesk.domain.shop import ShopProfile
from orderdesk.exchange.records import ListingRecord, SkippedRow, minor_units
from orderdesk.services.days import local_day
from orderdesk.services.import_moments import end_of
from orderdesk.services.import_products import products_named
from orderdesk.services.import_results import Tally
from orderdesk.storage import bulk
from orderdesk.storage.instants import instant_text, parse_instant
from orderdesk.storage.transaction import Transaction

# What a new listing is where the file does not say.
_NEW = {"format": ListingFormat.FIXED_PRICE.value, "quantity": 0, "bids": 0, "ended_why": ""}
_LIVE = {"ended_at": None, "ended_why": ""}
_GONE = "it is not among the active listings any more"

Key = tuple[str, str, int]
"""A listing: its channel, its number there, its product."""


def import_listings(
    transaction: Transaction,
    records: Sequence[ListingRecord],
    profile: ShopProfile,
    *,
    live_on: str = "",
    is_complete: bool = True,
) -> Tally:
    """Take listings in. A product that the shop does not have is added where the file has its title, else its row is skipped.

    `live_on`: the file has everything that is live on that channel, so what it has is live, and what it lacks has ended, unless
    it `is_complete` no more because rows are left out.
    """
    tally = Tally()
    known = bulk.listings(transaction.view)
    said = _by_key(records, _products(transaction, records, profile, tally), tally)
    added: list[tuple[Any, ...]] = []
    for key, record in said.items():
        listing_id, row = known.get(key, (None, {}))
        values = _values(record, key, row.get("currency") or profile.currency, profile)
        if listing_id is None:
            complete = {**values, **{name: value for name, value in _NEW.items() if values[name] is None}}
            added.append(tuple(complete[name] for name in bulk.LISTING))
        else:
            _update(transaction, listing_id, row, values, tally, is_live=bool(live_on))
    bulk.insert(transaction, "listing", bulk.LISTING, added)
    tally.new += len(added)
    if live_on:
        missing = {key: known[key] for key in known.keys() - said.keys()}
        _end(transaction, missing, live_on, tally, is_complete=is_complete and not tally.skipped)
        _say_what_is_over(said.values(), profile, instant_text(transaction.at), tally)
    return tally


def _say_what_is_over(records: Collection[ListingRecord], profile: ShopProfile, now: str, tally: Tally) -> None:
    """A report of what is live has listings that have ended only where it is an old one."""
    ends = [end_of(record.ends_at, profile) for record in records if record.ends_at]
    over = [end for end in ends if end < now]
    if not over:
        return
    last = spelled_out(local_day(parse_instant(max(over)), profile.time_zone))
    if len(over) == len(records):
        what = "Its only listing has" if len(over) == 1 else f"All {len(over)} listings in it have"
    else:
        what = f"{len(over)} of the {len(records)} listings in it {'has' if len(over) == 1 else 'have'}"
    said = f"{what} ended since, the last on {last}: they go to Ended. A newer report has those that are live."
    tally.notes.insert(0, said)  # before what is said of single products


def _update(
    transaction: Transaction, listing_id: int, row: dict[str, Any], values: dict[str, Any], tally: Tally, *, is_live: bool
) -> None:
    """What the file does not say of a listing stays as it is."""
    news = {name: value for name, value in values.items() if value is not None and value != row[name]}
    if is_live and row["ended_at"]:
        news |= _LIVE
    if news:
        bulk.update(transaction, "listing", listing_id, news)
    tally.changed += bool(news)
    tally.unchanged += not news


def _products(
    transaction: Transaction, records: Sequence[ListingRecord], profile: ShopProfile, tally: Tally
) -> dict[tuple[str, str], int]:
    """The products that are on offer. A price that stands is the product's; what an auction is at is not."""
    named: dict[tuple[str, str], tuple[str, str, int | None]] = {}
    for record in records:
        currency = record.currency or profile.currency
        price = record.price if record.format != ListingFormat.AUCTION else None
        named.setdefault(record.product, (record.title, currency, minor_units(price, currency)))
    return products_named(transaction, named, tally)


def _by_key(records: Sequence[ListingRecord], products: dict[tuple[str, str], int], tally: Tally) -> dict[Key, ListingRecord]:
    """What the file says of each listing. Variations that are the same product are offered together."""
    said: dict[Key, ListingRecord] = {}
    for record in records:
        product = products.get(record.product)
        if product is None:
            why = f"no product {record.sku}; import or add it first" if record.sku else "there is neither a SKU nor a title"
            tally.skipped.append(SkippedRow(record.row, "sku", why))
            continue
        first = said.setdefault((record.channel or OWN_SHOP, record.listing_id, product), record)
        if first is record:
            continue
        if first.variation == record.variation:
            why = f"listing {record.listing_id} of {record.sku or record.title} stands in the file twice; the first row was taken"
            tally.skipped.append(SkippedRow(record.row, "", why))
        elif record.quantity is not None:
            first.quantity = (first.quantity or 0) + record.quantity
    return said


def _end(
    transaction: Transaction, missing: dict[Key, tuple[int, dict[str, Any]]], channel: str, tally: Tally, *, is_complete: bool
) -> None:
    """Mark as ended what is live in the shop's books alone."""
    now = instant_text(transaction.at)
    gone = [
        listing_id
        for (place, _, _), (listing_id, row) in missing.items()
        if place == channel and not row["ended_at"] and (row["ends_at"] or now) >= now
    ]
    if not gone:
        return
    what = "1 listing is" if len(gone) == 1 else f"{len(gone)} listings are"
    if not is_complete:
        tally.notes.append(f"{what} not among the rows that could be read; none was marked as ended.")
        return
    for listing_id in gone:
        bulk.update(transaction, "listing", listing_id, {"ended_at": now, "ended_why": _GONE})
    tally.changed += len(gone)
    tally.notes.append(f"{what} not in this file any more, and so marked as ended.")


def _values(record: ListingRecord, key: Key, usual_currency: str, profile: ShopProfile) -> dict[str, Any]:
    channel, listing_id, product_id = key
    currency = record.currency or usual_currency
    return {
        "channel": channel,
        "listing_id": listing_id,
        "product_id": product_id,
        "format": record.format or None,
        "quantity": record.quantity,
        "bids": record.bids,
        "price_minor": minor_units(record.price, currency),
        "currency": currency,
        "ends_at": end_of(record.ends_at, profile) if record.ends_at else None,
        "ended_at": end_of(record.ended_at, profile) if record.ended_at else None,
        "ended_why": record.ended_why or None,
    }
