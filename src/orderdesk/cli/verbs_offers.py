"""Verbs about coupons as a whole, and the rules for the offer made by default."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from orderdesk.cli import coupon_documents, coupon_texts, texts
from orderdesk.cli.context import Answer, Context
from orderdesk.cli.verbs_entry import filled
from orderdesk.domain.coupons import looks_like_a_code, parse_code, printed
from orderdesk.domain.errors import InvalidRuleError, InvalidValueError
from orderdesk.domain.goodwill import usual_bounds
from orderdesk.domain.money import Money
from orderdesk.domain.offer_rules import OfferRule
from orderdesk.exchange.rule_files import read_rule_rows
from orderdesk.services import offer_rules
from orderdesk.services.offer_rules import OfferRuleDraft
from orderdesk.storage.queries.coupon_figures import coupon_figures
from orderdesk.storage.queries.coupons import CouponRow, CouponsView, coupon_ids, coupon_rows


def list_coupons(context: Context, words: Namespace) -> Answer:
    """Coupons by state and search, or their figures by currency."""
    if words.figures:
        return _figures(context)
    wanted = CouponsView(filter=words.filter, search=words.search)
    with context.store.read() as view:
        rows = coupon_rows(view, coupon_ids(view, wanted, today=context.today))
    if not rows and looks_like_a_code(words.search):
        parse_code(words.search)  # a mistyped one is said to be that, rather than not found
    columns = ("Code", "Customer", "For order", "Kind", "Left", "Status", "Valid through", "Used on")
    cells = [_coupon_cells(row, context.today) for row in rows]
    return Answer(
        [coupon_documents.coupon_row(row, context.today) for row in rows], texts.table(columns, cells, empty="No coupons.")
    )


def _coupon_cells(row: CouponRow, today: date) -> tuple[object, ...]:
    orders, used_on = (", ".join(numbers) for numbers in (row.order_numbers, row.used_on))
    state, left = coupon_texts.standing(row, today), row.left(today)
    return printed(row.code), row.customer, orders, texts.words(row.kind), left, state, row.valid_through, used_on


def _figures(context: Context) -> Answer:
    with context.store.read() as view:
        rows = coupon_figures(view, today=context.today)
    columns = (
        "Currency",
        "Issued",
        "Open",
        "Not given",
        "Redeemed",
        "Voided",
        "Expired",
        "Outstanding",
        "Pieces",
        "Taken off",
        "Rate",
        "Days",
    )
    cells = [
        (
            *(
                row.currency,
                row.issued,
                row.open,
                row.not_given,
                row.redeemed,
                row.voided,
                row.expired,
                row.outstanding,
                row.pieces,
                row.taken_off,
            ),
            *("" if row.redemption_rate is None else f"{row.redemption_rate:.0%}", row.median_days),
        )
        for row in rows
    ]
    return Answer([coupon_documents.coupon_figures(row) for row in rows], texts.table(columns, cells, empty="No coupons."))


def offers(context: Context, words: Namespace) -> Answer:
    """The rules as they are, once those of a file have taken their place or all of them are gone."""
    if words.set or words.clear:
        rows = read_rule_rows(Path(words.set)) if words.set else []
        drafts = [_draft(context, place, row) for place, row in enumerate(rows, start=1)]
        offer_rules.save_offer_rules(context.store, offer_rules.rules_of(drafts), now=context.now)
    rules, currency = offer_rules.offer_rules(context.store), context.profile.currency
    columns = ("Channel", "Days late", "Value from", "Told before", "Offer", "Smallest order", "Months")
    cells = [_cells(rule, currency) for rule in rules]
    least, most = usual_bounds(currency)
    usual = f"a tenth of what is late, rounded up, from {least} to {most}, but never more than it costs"
    empty = f"No rules: everyone is made the usual offer, for 12 months: {usual}."
    return Answer([coupon_documents.offer_rule(rule, currency) for rule in rules], texts.table(columns, cells, empty=empty))


def _draft(context: Context, place: int, row: dict[str, str]) -> OfferRuleDraft:
    # An empty cell is no condition; an offer has to be named.
    given = {name: cell for name, cell in row.items() if cell or name == "offer"}
    try:
        return filled(OfferRuleDraft(currency=context.profile.currency), given)
    except InvalidValueError as error:
        raise InvalidRuleError(place, error.field, error.value, error.expected) from error


def _cells(rule: OfferRule, currency: str) -> tuple[object, ...]:
    bounds = [None if minor is None else Money(minor, currency) for minor in (rule.value_from_minor, rule.minimum_order_minor)]
    told = "yes" if rule.told_before else ""
    return rule.channel or "any", rule.days_late or "", bounds[0], told, rule.offer, bounds[1], rule.months
