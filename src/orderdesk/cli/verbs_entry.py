"""Verbs that add and edit products, customers, orders and listings, from KEY=VALUE words: the same forms as in the window."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from textwrap import fill
from typing import TypeVar

from orderdesk.cli import coupon_texts, documents, order_documents, texts
from orderdesk.cli.context import Answer, Context, UsageError
from orderdesk.cli.settings import pairs
from orderdesk.domain.errors import InvalidValueError
from orderdesk.services import coupons, customers, listing_entry, listings, order_entry, orders, products
from orderdesk.services.draft_fields import Draft
from orderdesk.services.drafts import CustomerDraft, LineDraft, OrderDraft, ProductDraft
from orderdesk.services.listing_drafts import ListingDraft
from orderdesk.services.steps import Step, step_that_added
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.customers import customer_rows
from orderdesk.storage.queries.listings import listing_rows
from orderdesk.storage.queries.order_detail import order_records
from orderdesk.storage.queries.products import product_rows
from orderdesk.storage.queries.slipped import slipped_orders
from orderdesk.storage.view import View

Form = TypeVar("Form", bound=Draft)
_FORMS: dict[str, type[Draft]] = {
    "product": ProductDraft,
    "customer": CustomerDraft,
    "order": OrderDraft,
    "listing": ListingDraft,
}
# What is typed when it is added alone; stock moves by receiving and counting.
_ONCE = {"product": ("on_hand",), "order": ("order_number", "currency")}
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class _Entry:
    """How one kind of thing is added, edited and shown."""

    add: Callable[[Context, list[str]], int]
    edit: Callable[[Context, str, list[str]], tuple[int, Step]]
    shown: Callable[[Context, View, int], documents.Document]


def add(context: Context, words: Namespace) -> Answer:
    document = _document(context, words.what, _ENTRIES[words.what].add(context, words.settings))
    name = next(document[key] for key in ("order_number", "listing_id", "sku", "title", "name") if document.get(key))
    return Answer(document, f"Added {words.what} {name}.")


def edit(context: Context, words: Namespace) -> Answer:
    key, step = _ENTRIES[words.what].edit(context, words.which, words.settings)
    context.notes += texts.shifts(step.shifts)
    context.notes += texts.idle(step) if words.json else []
    return Answer(_document(context, words.what, key), f"{step.summary}.")


def _document(context: Context, what: str, key: int) -> documents.Document:
    with context.store.read() as view:
        return _ENTRIES[what].shown(context, view, key)


def _add_product(context: Context, settings: list[str]) -> int:
    draft = filled(ProductDraft(), pairs(settings, _keys("product")))
    return products.add_product(context.store, draft, now=context.now)


def _edit_product(context: Context, which: str, settings: list[str]) -> tuple[int, Step]:
    key = products.find_product(context.store, which)
    draft = filled(products.draft_of_product(context.store, key), pairs(settings, _keys("product", edited=True)))
    return key, products.edit_product(context.store, key, draft, now=context.now)


def _add_customer(context: Context, settings: list[str]) -> int:
    draft = filled(CustomerDraft(), pairs(settings, _keys("customer")))
    return customers.add_customer(context.store, draft, now=context.now)


def _edit_customer(context: Context, which: str, settings: list[str]) -> tuple[int, Step]:
    key = customers.find_customer(context.store, which)
    draft = filled(customers.draft_of_customer(context.store, key), pairs(settings, _keys("customer", edited=True)))
    return key, customers.edit_customer(context.store, key, draft, now=context.now)


def _add_listing(context: Context, settings: list[str]) -> int:
    draft = filled(ListingDraft(), pairs(settings, _keys("listing")))
    return listing_entry.add_listing(context.store, draft, now=context.now)


def _edit_listing(context: Context, which: str, settings: list[str]) -> tuple[int, Step]:
    key = listings.find_listing(context.store, which)
    values = pairs(settings, _keys("listing", edited=True))
    draft = filled(listing_entry.draft_of_listing(context.store, key), values)
    draft.product_id = None if "sku" in values else draft.product_id
    return key, listing_entry.edit_listing(context.store, key, draft, now=context.now)


def _add_order(context: Context, settings: list[str]) -> int:
    draft, lines = _order_draft(context, OrderDraft(), settings, _keys("order"))
    if draft.customer_id is None:
        raise UsageError(
            "Name the customer: customer=KEY, with a handle (#12), customer_id, e-mail address or name (add customer first)."
        )
    if not lines:
        raise UsageError("Name what is ordered: line=SKU*QUANTITY@PRICE, as often as there are lines.")
    draft.lines = [_line(context, *words) for words in lines]
    key = order_entry.add_order(context.store, draft, now=context.now)
    context.notes += texts.shifts(step_that_added(context.store, "orders", key).shifts)
    _note_coupon(context, draft, key)
    return key


def _edit_order(context: Context, which: str, settings: list[str]) -> tuple[int, Step]:
    key = orders.find_order(context.store, which)
    draft = order_entry.draft_of_order(context.store, key)
    draft, lines = _order_draft(context, draft, settings, _keys("order", edited=True))
    for name, quantity, price in lines:
        _change_line(context, key, draft, name, quantity, price)
    step = order_entry.edit_order(context.store, key, draft, now=context.now)
    _note_coupon(context, draft, key)
    return key, step


def _note_coupon(context: Context, draft: OrderDraft, key: int) -> None:
    """Note how the coupon was used that the order has taken."""
    if draft.coupon.strip():
        done = coupons.redemption_on(context.store, key)
        context.notes += [coupon_texts.redeemed(done), *coupon_texts.notes(done)]


def _order_draft(
    context: Context, draft: OrderDraft, settings: list[str], known: Sequence[str]
) -> tuple[OrderDraft, list[tuple[str, str, str]]]:
    """An order's words: its fields, `customer=` a known customer; and name, quantity and price of each `line=`."""
    lines = [word.removeprefix("line=") for word in settings if word.startswith("line=")]
    rest = pairs([word for word in settings if not word.startswith("line=")], known)
    customer = rest.pop("customer", None)
    if customer is not None:
        draft.customer_id = customers.find_customer(context.store, customer)
    return filled(draft, rest), [_line_words(word) for word in lines]


def _line_words(word: str) -> tuple[str, str, str]:
    """SKU (or POSITION:SKU), quantity and price of SKU*QUANTITY@PRICE, "" for what is not there."""
    product, _, price = word.rpartition("@") if "@" in word else (word, "", "")
    sku, star, quantity = product.rpartition("*")
    return (sku, quantity, price) if star else (product, "", price)


def _line(context: Context, name: str, quantity: str, price: str) -> LineDraft:
    return LineDraft(product_id=products.find_product(context.store, name), quantity=quantity or "1", unit_price=price)


def _change_line(context: Context, order: int, draft: OrderDraft, name: str, quantity: str, price: str) -> None:
    """Change the order's line of that name; where it has none, add one."""
    with context.store.read() as view:
        line_id = lookup.line_of(view, order, name) if lookup.lines_called(view, order, name) else None
    if line_id is None:
        draft.lines.append(_line(context, name, quantity, price))
        return
    if not quantity and not price:
        raise UsageError(f"Say what the line {name} becomes: line={name}*QUANTITY@PRICE.")
    line = next(each for each in draft.lines if each.line_id == line_id)
    line.quantity, line.unit_price = quantity or line.quantity, price or line.unit_price


def keys_for_help(*, edited: bool = False) -> str:
    """The keys of each kind of thing, a paragraph each."""
    paragraphs = [f"Keys of {what}s: {', '.join(_keys(what, edited=edited))}." for what in _FORMS]
    line = "A line of an order is line=SKU*QUANTITY@PRICE, as often as there are lines."
    return "\n".join(fill(each, width=100, subsequent_indent="  ") for each in (*paragraphs, line))


def _keys(what: str, *, edited: bool = False) -> list[str]:
    """What can be typed of a product, a customer, an order or a listing."""
    left_out = _ONCE.get(what, ()) if edited else ()
    typed = [each.name for each in fields(_FORMS[what]) if each.type in ("str", "bool") and each.name not in left_out]  # type: ignore[arg-type]
    return [*typed, "customer", "line"] if what == "order" else typed


def filled(draft: Form, values: dict[str, str]) -> Form:
    """The form with these fields set as typed. Raises InvalidValueError for what is neither yes nor no."""
    yes_or_no = {each.name for each in fields(draft) if each.type == "bool"}  # type: ignore[arg-type]
    for name, value in values.items():
        setattr(draft, name, _truth(name, value) if name in yes_or_no else value)
    return draft


def _truth(name: str, value: str) -> bool:
    if value.lower() not in _YES:
        raise InvalidValueError(name, value, "yes or no")
    return _YES[value.lower()]


def _product(context: Context, view: View, key: int) -> documents.Document:
    (row,) = product_rows(view, [key], today=context.today)
    return documents.full_product(row)


def _customer(context: Context, view: View, key: int) -> documents.Document:
    return documents.customer(customer_rows(view, [key], today=context.today)[0])


def _order(context: Context, view: View, key: int) -> documents.Document:
    (record,) = order_records(view, [key], today=context.today)
    return order_documents.order(record, slipped_orders(view, today=context.today))


def _listing(context: Context, view: View, key: int) -> documents.Document:
    return documents.listing(listing_rows(view, [key], today=context.today)[0])


_ENTRIES: dict[str, _Entry] = {
    "product": _Entry(_add_product, _edit_product, _product),
    "customer": _Entry(_add_customer, _edit_customer, _customer),
    "order": _Entry(_add_order, _edit_order, _order),
    "listing": _Entry(_add_listing, _edit_listing, _listing),
}
