"""Verbs about letters and coupons: apologize, told, coupon, redeem, void."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from orderdesk.cli import documents, texts
from orderdesk.cli.context import PROGRESS, Answer, Context
from orderdesk.domain.coupons import printed
from orderdesk.domain.errors import RefusedError
from orderdesk.domain.goodwill import parse_offer
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.shop import Paper
from orderdesk.services import apologies, coupons, orders
from orderdesk.services.apologies import Apology, ApologyRun
from orderdesk.services.apology_letter import Wishes


def apologize(context: Context, words: Namespace) -> Answer:
    if not words.orders and not words.all:
        raise RefusedError("No order was named.", "Name one or more orders, or --all for everyone who was not told.")
    wishes = Wishes(
        offer=parse_offer(words.offer, _currency(context, words.orders)) if words.offer else None,
        new_date=words.expected,
        concern=words.concern,
        paper=Paper(words.paper) if words.paper else None,
    )
    chosen = (
        apologies.orders_to_tell(context.store)
        if words.all
        else [orders.find_order(context.store, each) for each in words.orders]
    )
    folder = Path(words.out).absolute() if words.out else None
    run = apologies.apologize(
        context.store, chosen, now=context.now, folder=folder, wishes=wishes, batch=words.all, progress=PROGRESS
    )
    return Answer(apology_run(run), _told_people(run), done=bool(run.apologies) or not run.refused)


def _currency(context: Context, numbers: list[str]) -> str:
    """The currency that an offer's amount is in: that of the first order, or the shop's for all."""
    if not numbers:
        return context.profile.currency
    with context.store.read() as view:
        return str(view.record("orders", orders.find_order(context.store, numbers[0]))["currency"])


def told(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    step = apologies.mark_order_told(context.store, order, ToldBy(words.channel), now=context.now)
    return Answer(documents.step(step), texts.step(step))


def show_coupon(context: Context, words: Namespace) -> Answer:
    return _coupon(context, words.code)


def redeem(context: Context, words: Namespace) -> Answer:
    found = coupons.find_coupon(context.store, words.code)
    amount = Money.of(words.amount, found.currency) if words.amount else None
    redemption = coupons.redeem_coupon(context.store, words.code, words.order, amount=amount, now=context.now)
    answer = _coupon(context, words.code)
    applied = f"{redemption.applied} applied" if redemption.applied else "redeemed"
    return Answer(
        {**answer.document, "applied": documents.money(redemption.applied)}, f"{applied} to order {words.order}. {answer.text}"
    )


def void(context: Context, words: Namespace) -> Answer:
    coupons.void_coupon(context.store, words.code, words.reason, now=context.now)
    return _coupon(context, words.code)


def apology_run(run: ApologyRun) -> dict[str, Any]:
    """A run as JSON. What silence means, and by when, is not said in this release: null."""
    return {
        "apologies": [_apology(each) for each in run.apologies],
        "batch": str(run.batch) if run.batch else None,
        "refused": [{"order_number": each.order_number, "reason": each.reason} for each in run.refused],
    }


def _apology(made: Apology) -> dict[str, Any]:
    unsaid = {"silence_means": None, "answer_by": None, "refund_by": None}
    return {
        "order_numbers": list(made.order_numbers),
        "customer": made.customer,
        "letter": str(made.letter),
        "coupon": str(made.coupon) if made.coupon else None,
        "coupon_code": made.coupon_code,
        "offer": documents.offer(made.offer),
        "valid_through": documents.iso(made.valid_through),
        "new_date": documents.iso(made.new_date),
        "notice": "first",
        **unsaid,
        "orders": [
            {"order_number": number, "new_date": documents.iso(day), **unsaid}
            for number, day in zip(made.order_numbers, made.new_dates, strict=True)
        ],
    }


def _told_people(run: ApologyRun) -> str:
    lines = [
        f"{made.customer} ({', '.join(made.order_numbers)}): {made.letter}"
        + (f", coupon {printed(made.coupon_code)}" if made.coupon_code else "")
        for made in run.apologies
    ]
    lines += [f"Refused {each.order_number}: {each.reason}" for each in run.refused]
    if run.batch:
        lines.append(f"All letters in one file: {run.batch}")
    return "\n".join(lines) or "Nobody is waiting to be told."


def _coupon(context: Context, code: str) -> Answer:
    row = coupons.find_coupon(context.store, code)
    ledger = coupons.coupon_ledger_of(context.store, code)
    left = f", {row.balance} left" if row.balance and row.status == "issued" else ""
    text = f"Coupon {printed(row.code)} for {row.customer}: {row.status}{left}, valid through {row.valid_through}."
    return Answer(documents.coupon(row, ledger), text)
