"""Lists of coupons, their figures and the rules for offers as JSON documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from orderdesk.cli import documents
from orderdesk.cli.documents import Document
from orderdesk.domain.money import money_or_none
from orderdesk.domain.offer_rules import OfferRule
from orderdesk.storage.queries.coupon_figures import CouponFigures
from orderdesk.storage.queries.coupons import CouponRow, LedgerRow, UsedCoupon


def coupon(row: CouponRow, ledger: Iterable[LedgerRow], today: date) -> Document:
    """A coupon with all that happened to it."""
    return {
        **coupon_row(row, today),
        "ledger": [
            {
                "at": documents.iso(entry.at),
                "kind": entry.kind,
                "amount": documents.money(entry.amount),
                "order_number": entry.order_number,
            }
            for entry in ledger
        ],
    }


def coupon_row(row: CouponRow, today: date) -> Document:
    """A coupon in a list: `status` is open, not_given, used, voided or expired."""
    return {
        "code": row.code,
        "kind": row.kind,
        "value": documents.offer_value(row.offer),
        "balance": documents.money(row.balance),
        "minimum_order": documents.money(row.minimum_order),
        "status": row.state(today),
        "issued_at": documents.iso(row.issued_at),
        "valid_through": documents.iso(row.valid_through),
        "void_reason": row.void_reason or None,
        "customer": row.customer,
        "order_numbers": list(row.order_numbers),
        "used_on": list(row.used_on),
    }


def used(row: UsedCoupon) -> Document:
    """A coupon that was used on an order."""
    return {
        "at": documents.iso(row.at),
        "code": row.coupon.code,
        "kind": row.coupon.kind,
        "applied": documents.money(row.applied),
    }


def coupon_figures(row: CouponFigures) -> Document:
    """The figures of one currency; the rate is a share of 1, rounded."""
    rate = row.redemption_rate
    return {
        "currency": row.currency,
        **{name: getattr(row, name) for name in ("issued", "open", "not_given", "redeemed", "voided", "expired")},
        "outstanding": documents.money(row.outstanding),
        "pieces": row.pieces,
        "taken_off": documents.money(row.taken_off),
        "used": row.used,
        "redemption_rate": None if rate is None else round(rate, 4),
        "median_days": row.median_days,
    }


def offer_rule(rule: OfferRule, currency: str) -> Document:
    """A rule for offers; null is no bound, "" any channel."""

    def amount(minor: int | None) -> Document | None:
        return documents.money(money_or_none(minor, currency))

    return {
        "channel": rule.channel,
        "days_late": rule.days_late,
        "value_from": amount(rule.value_from_minor),
        "told_before": rule.told_before,
        "offer": rule.offer,
        "minimum_order": amount(rule.minimum_order_minor),
        "months": rule.months,
    }
