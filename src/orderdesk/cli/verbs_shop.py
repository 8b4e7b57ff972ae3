"""Verbs about the shop's profile, its products and their stock, its customers and listings."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from orderdesk.cli import documents, listing_texts, outcomes, texts
from orderdesk.cli.context import Answer, Context
from orderdesk.cli.settings import pairs
from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.orders import QueuePolicy
from orderdesk.domain.shop import Paper, ShopProfile
from orderdesk.exchange.countries import country_code
from orderdesk.services import customer_data, customers, listings, products
from orderdesk.services.shop import proposed_profile, save_shop_profile, shop_profile
from orderdesk.services.shop_pictures import Picture, picture_file, save_picture
from orderdesk.storage.queries.customers import CustomersView, customer_ids, customer_rows
from orderdesk.storage.queries.listings import ListingsView, listings_shown
from orderdesk.storage.queries.lookup import customer_handle
from orderdesk.storage.queries.products import ProductsView, product_ids, product_rows

# The profile's keys; those of pictures take the file of one.
_PROFILE = tuple(ShopProfile.__dataclass_fields__)
_YES_NO = {"yes": True, "no": False}
_CHOICES: dict[str, type[Paper] | type[QueuePolicy]] = {"paper": Paper, "queue": QueuePolicy}


def shop(context: Context, words: Namespace) -> Answer:
    if words.settings:
        given = pairs(words.settings, _PROFILE)
        files = {purpose: given.pop(purpose) for purpose in Picture if purpose in given}
        changes: dict[str, Any] = {name: _setting(name, value) for name, value in given.items()}
        if changes:
            saved = save_shop_profile(context.store, replace(_before(context, changes), **changes), now=context.now)
            context.notes += texts.shifts(saved.shifts)
        for purpose, path in files.items():
            _save_picture(context, purpose, path)
        del context.profile
    profile = {name: _written(value) for name, value in asdict(context.profile).items()}
    return Answer(profile, "\n".join(f"{name}={value}" for name, value in profile.items()))


def _save_picture(context: Context, purpose: Picture, path: str) -> None:
    content = picture_file(purpose, Path(path)) if path else b""
    try:
        save_picture(context.store, purpose, content, now=context.now)
    except InvalidValueError as error:
        raise InvalidValueError(error.field, Path(path).name, f"{error.expected}; it is {error.value}") from error


def _before(context: Context, changes: dict[str, Any]) -> ShopProfile:
    """The profile as it is; of a shop that has none yet, what is usual in its country."""
    if shop_profile(context.store) is None and changes.get("country"):
        return proposed_profile(changes["country"], context.profile.time_zone)
    return context.profile


def _written(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _setting(name: str, value: str) -> Any:
    if name == "reply_slip":
        if value not in _YES_NO:
            raise InvalidValueError(name, value, "yes or no")
        return _YES_NO[value]
    if name == "mail_port":
        return _number(name, value.strip(), "a port from 1 to 65535, mostly 587 or 465")
    if name == "handling_days":
        return _number(name, value.strip(), "0 to 60 days")
    if name == "country":
        return country_code(value.strip())
    choices = _CHOICES.get(name)
    if choices is None:
        return value.strip()
    if value not in list(choices):
        raise InvalidValueError(name, value, " or ".join(choices))
    return choices(value)


def _number(name: str, value: str, expected: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 5):
        raise InvalidValueError(name, value, expected)
    return int(value)


def list_products(context: Context, words: Namespace) -> Answer:
    with context.store.read() as view:
        ids = product_ids(view, ProductsView(search=words.search), today=context.today)
        rows = product_rows(view, ids, today=context.today)
    form = documents.full_product if words.full else documents.product
    cells = [
        (
            *(row.sku, row.title, row.on_hand, row.allocated, row.available, row.backordered or "", row.pending or ""),
            texts.words(row.status),
        )
        for row in rows
    ]
    columns = ("SKU", "Product", "On hand", "Allocated", "Available", "Backordered", "Pending", "Status")
    return Answer([form(row) for row in rows], texts.table(columns, cells, empty="No products."))


def list_customers(context: Context, words: Namespace) -> Answer:
    with context.store.read() as view:
        ids = customer_ids(view, CustomersView(words.filter, words.search), today=context.today)
        rows = customer_rows(view, ids, today=context.today)
    cells = [
        (customer_handle(row.id), row.name, row.company, row.country, row.orders, row.open_backorders or "", row.email)
        for row in rows
    ]
    columns = ("Handle", "Name", "Company", "Country", "Orders", "Backorders", "E-mail")
    return Answer([documents.customer(row) for row in rows], texts.table(columns, cells, empty="No customers."))


def export_customer(context: Context, words: Namespace) -> Answer:
    """Everything about one customer, for them to have."""
    path = Path(words.file).absolute()
    customer_data.export_customer(context.store, customers.find_customer(context.store, words.who), path)
    return Answer({"file": str(path)}, str(path))


def merge(context: Context, words: Namespace) -> Answer:
    kept, other = (customers.find_customer(context.store, each) for each in (words.kept, words.other))
    step = customers.merge_customers(context.store, kept, other, now=context.now)
    return Answer(outcomes.step(step), texts.step(step))


def erase_customer(context: Context, words: Namespace) -> Answer:
    who = customers.find_customer(context.store, words.who)
    step = customer_data.erase_customer(context.store, who, although_owed=words.although_owed, now=context.now)
    context.notes.append("Backups, exports and copies in other folders that were made before still hold what was erased.")
    return Answer(outcomes.step(step), texts.step(step))


def list_listings(context: Context, words: Namespace) -> Answer:
    """Every listing with what to do with it; or marks as done what was advised for some, or removes some."""
    acts = ((words.done, listings.mark_done), (words.mark_ended, listings.mark_ended), (words.remove, listings.remove_listings))
    for named, act in acts:
        if not named:
            continue
        step = act(context.store, [listings.find_listing(context.store, each) for each in named], now=context.now)
        return Answer(outcomes.step(step), texts.step(step))
    with context.store.read() as view:
        rows = listings_shown(view, ListingsView(words.filter), today=context.today)
    cells = [
        (
            row.listing_id,
            row.channel,
            row.sku,
            row.format,
            row.ends_on,
            row.quantity,
            row.bids,
            listing_texts.advice(row),
            listing_texts.reason(row),
        )
        for row in rows
    ]
    columns = ("Listing", "Channel", "SKU", "Format", "Ends", "Offered", "Bids", "Advice", "Why")
    return Answer([documents.listing(row) for row in rows], texts.table(columns, cells, empty="No listings."))


def snippet(context: Context, words: Namespace) -> Answer:
    """What a listing says of backorders, to copy."""
    text = listings.snippet(context.store, words.channel or "", words.language or "", today=context.today)
    return Answer({"channel": words.channel, "text": text}, text)


def receive(context: Context, words: Namespace) -> Answer:
    product = products.find_product(context.store, words.sku)
    step = products.receive_stock(context.store, product, words.units, now=context.now)
    return Answer(outcomes.step(step), texts.step(step))


def count(context: Context, words: Namespace) -> Answer:
    product = products.find_product(context.store, words.sku)
    step = products.count_stock(context.store, product, words.units, words.reason, now=context.now)
    return Answer(outcomes.step(step), texts.step(step))
