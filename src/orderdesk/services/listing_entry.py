"""Listings by hand: add and edit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from orderdesk.domain.errors import AlreadyThereError
from orderdesk.domain.money import Money
from orderdesk.exchange.records import Moment
from orderdesk.services.days import local_day
from orderdesk.services.import_moments import end_of
from orderdesk.services.listing_drafts import ListingDraft
from orderdesk.services.listings import moved_end
from orderdesk.services.steps import Step, step_of
from orderdesk.storage import bulk
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries.lookup import listing_numbered, ordered_product, product_chosen
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store
from orderdesk.storage.transaction import Transaction
from orderdesk.storage.view import View


def add_listing(store: Store, draft: ListingDraft, *, now: datetime) -> int:
    """Add a listing; its id. Raises NotFoundError for a product that is not there, AlreadyThereError for a listing that is."""
    with store.begin("add_listing", "", now=now) as transaction:
        facts = _facts(transaction, draft, None)
        key = bulk.next_id(transaction.view, "listing")
        row = {**facts, "ended_at": None, "ended_why": ""}
        bulk.insert(transaction, "listing", bulk.LISTING, [tuple(row[name] for name in bulk.LISTING)])
        transaction.describe(f"Added listing {facts['listing_id']}")
    return key


def edit_listing(store: Store, key: int, draft: ListingDraft, *, now: datetime) -> Step:
    """Change a listing. One whose last day stays the same, or moves, keeps its hour. Raises what `add_listing` raises."""
    with store.edit("edit_listing", "", now=now) as transaction:
        facts = _facts(transaction, draft, key)
        bulk.update(transaction, "listing", key, facts)
        summary = f"Edited listing {facts['listing_id']}"
        transaction.describe(summary)
    return step_of(transaction, summary)


def draft_of_listing(store: Store, key: int) -> ListingDraft:
    """The form filled with what is known of a listing."""
    with store.read() as view:
        row = view.record("listing", key)
        product, zone = ordered_product(view, row["product_id"]), profile_of(view).time_zone
    price, currency = row["price_minor"], row["currency"] or ""
    return ListingDraft(
        product_id=product.id,
        sku=product.sku or product.title,
        price="" if price is None else str(Money(price, currency or "USD").amount),
        currency=currency,
        ends_on=local_day(parse_instant(row["ends_at"]), zone).isoformat() if row["ends_at"] else "",
        **{name: str(row[name]) for name in ("listing_id", "channel", "format", "quantity", "bids")},
    )


def _facts(transaction: Transaction, draft: ListingDraft, key: int | None) -> dict[str, Any]:
    """The columns of the listing, or of a new one."""
    view = transaction.view
    draft.currency = draft.currency.strip() or profile_of(view).currency
    said, product = draft.values("product_id", "sku"), product_chosen(view, draft.product_id, draft.value("sku"))
    number = said["listing_id"] or product.sku or product.title
    if listing_numbered(view, said["channel"], number, product.id) not in (None, key):
        raise AlreadyThereError("listing", number)
    return {
        **{name: said[name] for name in ("channel", "quantity", "bids", "currency")},
        "listing_id": number,
        "product_id": product.id,
        "format": said["format"].value,
        "price_minor": said["price"],
        "ends_at": _end(view, said["ends_on"], view.record("listing", key)["ends_at"] if key is not None else None),
    }


def _end(view: View, day: date | None, before: str | None) -> str | None:
    """The instant at which it ends on that day: at the hour it had, else with the day."""
    profile = profile_of(view)
    if day is None:
        return None
    if before is None:
        return end_of(Moment(day, None, ""), profile)
    return moved_end(parse_instant(before), local_day(parse_instant(before), profile.time_zone), day)
