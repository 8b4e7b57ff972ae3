"""Verbs that add and edit products, customers and orders, from KEY=VALUE words: the same forms as in the window."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import fields
from typing import Any, TypeVar

from orderdesk.cli.context import Answer, Context
from orderdesk.cli.verbs_shop import pairs
from orderdesk.domain.errors import InvalidValueError
from orderdesk.services import customers, order_entry, orders, products
from orderdesk.services.drafts import CustomerDraft, Draft, LineDraft, OrderDraft, ProductDraft

Form = TypeVar("Form", bound=Draft)
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def add(context: Context, words: Namespace) -> Answer:
    match words.what:
        case "product":
            draft = _filled(ProductDraft(), pairs(words.settings, ProductDraft))
            key = products.add_product(context.store, draft, now=context.now)
        case "customer":
            key = customers.add_customer(
                context.store, _filled(CustomerDraft(), pairs(words.settings, CustomerDraft)), now=context.now
            )
        case _:
            key = order_entry.add_order(context.store, _order_draft(context, OrderDraft(), words.settings), now=context.now)
    return Answer({"id": key}, f"Added the {words.what}.")


def edit(context: Context, words: Namespace) -> Answer:
    store, now = context.store, context.now
    match words.what:
        case "product":
            key = products.find_product(store, words.which)
            draft = _filled(products.draft_of_product(store, key), pairs(words.settings, ProductDraft))
            step = products.edit_product(store, key, draft, now=now)
        case "customer":
            key = customers.find_customer(store, words.which)
            form = _filled(customers.draft_of_customer(store, key), pairs(words.settings, CustomerDraft))
            step = customers.edit_customer(store, key, form, now=now)
        case _:
            key = orders.find_order(store, words.which)
            order = _order_draft(context, order_entry.draft_of_order(store, key), words.settings)
            step = order_entry.edit_order(store, key, order, now=now)
    return Answer({"id": key}, f"{step.summary}.")


def _order_draft(context: Context, draft: OrderDraft, settings: list[str]) -> OrderDraft:
    """An order's words: its fields, `customer=` a known customer, `line=SKU*QUANTITY[@PRICE]` as often as there are lines."""
    lines = [word.removeprefix("line=") for word in settings if word.startswith("line=")]
    named = [word.removeprefix("customer=") for word in settings if word.startswith("customer=")]
    rest = [word for word in settings if not word.startswith(("line=", "customer="))]
    _filled(draft, pairs(rest, OrderDraft))
    if named:
        draft.customer_id = customers.find_customer(context.store, named[-1])
    draft.lines += [_line(context, word) for word in lines]
    return draft


def _line(context: Context, word: str) -> LineDraft:
    product, _, price = word.partition("@")
    sku, star, quantity = product.rpartition("*")
    key = products.find_product(context.store, sku if star else product)
    return LineDraft(product_id=key, quantity=quantity if star else "1", unit_price=price)


def _filled(draft: Form, values: dict[str, str]) -> Form:
    for name, value in values.items():
        setattr(draft, name, _value(draft, name, value))
    return draft


def _value(draft: Draft, name: str, value: str) -> Any:
    kinds = {each.name: each.type for each in fields(draft)}  # type: ignore[arg-type]
    if kinds[name] == "bool":
        if value.lower() not in _YES:
            raise InvalidValueError(name, value, "yes or no")
        return _YES[value.lower()]
    if kinds[name] != "str":
        raise InvalidValueError(name, value, "a field of text")
    return value
