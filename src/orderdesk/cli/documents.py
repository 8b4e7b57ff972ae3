"""The shop's things as JSON documents. Money is {"amount", "currency"}, days and instants ISO 8601, unknown is null."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from orderdesk.cli import listing_texts
from orderdesk.domain.defects import CancellationRecord
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.money import Money
from orderdesk.domain.tone.check import Finding
from orderdesk.storage.queries.answers import AnswerRow
from orderdesk.storage.queries.backorders import BackorderRow
from orderdesk.storage.queries.customers import CustomerRow
from orderdesk.storage.queries.decisions import Option
from orderdesk.storage.queries.history import HistoryRow
from orderdesk.storage.queries.listings import ListingRow
from orderdesk.storage.queries.lookup import customer_handle
from orderdesk.storage.queries.notices import NoticeRow
from orderdesk.storage.queries.parcels import ShipmentRow
from orderdesk.storage.queries.products import ProductRow
from orderdesk.storage.queries.refunds import OwedRefund, RefundRow
from orderdesk.storage.queries.reorder import ReorderRow
from orderdesk.storage.queries.unblocking import Unblocked

Document = dict[str, Any]


def money(amount: Money | None) -> Document | None:
    return None if amount is None else {"amount": str(amount.amount), "currency": amount.currency}


def iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def offer(given: Offer | None) -> Document | None:
    if given is None:
        return None
    return {"kind": given.kind.value, "value": offer_value(given)}


def offer_value(given: Offer) -> Any:
    """What an offer is worth: money, a rate in percent, a gift's name; None for free shipping."""
    return money(given.amount) if given.amount else given.rate if given.rate is not None else given.gift


def notice(row: NoticeRow) -> Document:
    return {
        "kind": row.kind,
        "order_numbers": list(row.order_numbers),
        "customer": row.customer,
        "prepared_at": iso(row.reserved_at),
        "told_at": iso(row.told_at),
        "told_by": row.told_by,
        "voided_at": iso(row.voided_at),
        "new_date": iso(row.new_date),
        "concern": row.concern,
        "letter": str(row.letter_path),
        "coupon": str(row.coupon_path) if row.coupon_path else None,
        "coupon_code": row.coupon.code if row.coupon else None,
    }


def answer(row: AnswerRow) -> Document:
    return {"kind": row.kind, "words": row.words, "at": iso(row.at)}


def refund(row: RefundRow) -> Document:
    return {"on": iso(row.on), "amount": money(row.amount), "how": row.how}


def owed_refund(row: OwedRefund) -> Document:
    return {"order_number": row.order_number, "customer": row.customer, "refund_by": iso(row.by), "amount": money(row.amount)}


def parcel(row: ShipmentRow) -> Document:
    return {"at": iso(row.at), "units": row.units, "carrier": row.carrier, "tracking": row.tracking}


def option(row: Option) -> Document:
    return {
        "choice": row.choice.value,
        "on": iso(row.on),
        "days": row.days,
        "money": money(row.money),
        "lacks_tax": row.lacks_tax,
        "detail": row.detail,
        "value": money(row.value),
        "waits": money(row.waits),
        "difference": money(row.difference),
        "offer": offer(row.offer),
        "consent_after": iso(row.consent_after),
        "refund_by": iso(row.telling.refund_by) if row.telling else None,
        "cost": money(row.cost),
        "there": row.there,
        "stale": row.is_stale,
        "lacks": row.lacks,
        "counted": [cancellation_record(record) for record in row.counted],
    }


def cancellation_record(record: CancellationRecord) -> Document:
    return {
        "channel": record.channel,
        "since": iso(record.since),
        "sales": record.sales,
        "canceled": record.canceled,
        "percent": round(record.percent, 2),
        "limit_percent": record.limit_percent,
    }


def unblocked(row: Unblocked) -> Document:
    return {
        "order_number": row.order_number,
        "customer": row.customer,
        "status": row.status,
        "units": row.units,
        "held_by": list(row.holders),
    }


def event(row: HistoryRow) -> Document:
    return {
        "id": row.event_id,
        "at": iso(row.at),
        "kind": row.kind,
        "summary": row.summary,
        "detail": row.detail,
        "undone": row.undone,
    }


def product(row: ProductRow) -> Document:
    return {
        "sku": row.sku,
        "title": row.title,
        "on_hand": row.on_hand,
        "allocated": row.allocated,
        "available": row.available,
        "backordered": row.backordered,
        "pending": row.pending,
        "on_order": row.on_order,
        "on_order_expected_on": iso(row.on_order_expected_on),
        "overdue_since": iso(row.overdue_since),
        "reorder_point": row.reorder_point,
        "safety_stock": row.safety_stock,
        "status": row.status,
        "price": money(row.price),
        "discontinued": row.discontinued,
    }


def full_product(row: ProductRow) -> Document:
    more = ("supplier", "supplier_sku", "lead_time_days", "barcode", "tracked", "is_kit")
    return {**product(row), "cost": money(row.cost), **{name: getattr(row, name) for name in more}}


def customer(row: CustomerRow) -> Document:
    return {
        "handle": customer_handle(row.id),
        "customer_id": row.customer_id,
        "name": row.name,
        "company": row.company,
        "country": row.country,
        "email": row.email,
        "phone": row.phone,
        "orders": row.orders,
        "spent": [money(amount) for amount in row.spent],
        "last_order_on": iso(row.last_order_on),
        "open_backorders": row.open_backorders,
        "told": row.told,
        "open_coupons": row.open_coupons,
    }


def listing(row: ListingRow) -> Document:
    return {
        **{name: getattr(row, name) for name in ("listing_id", "channel", "sku", "quantity", "bids")},
        "format": row.format.value,
        "ends_at": iso(row.ends_at),
        "price": money(row.price),
        "free_to_list": row.free,
        "offered": row.offered,
        "advice": row.advice.value,
        "why": listing_texts.reason(row),
        "keep": row.keep,
        "end_by": iso(row.end_by),
        "ended_at": iso(row.ended_at),
        "ended_why": row.ended_why,
    }


def reorder(row: ReorderRow) -> Document:
    supply = row.supply
    return {
        "sku": row.sku,
        "title": row.title,
        "supplier": row.supplier,
        "supplier_sku": row.supplier_sku,
        "cost": money(row.cost),
        "sold_in_30_days": row.sold,
        "backordered": row.backordered,
        "lead_time_days": supply.lead_time_days,
        "days_of_cover": supply.days_of_cover,
        "position": supply.position,
        "reorder_point": supply.reorder_point,
        "suggested_reorder_point": supply.suggested_point,
        "order_up_to": supply.up_to,
        "quantity": supply.quantity,
    }


def backorder(row: BackorderRow) -> Document:
    return {
        "order_number": row.order_number,
        "channel": row.channel,
        "customer": row.customer,
        "sku": row.sku,
        "title": row.title,
        "ordered": row.ordered,
        "allocated": row.allocated,
        "backordered": row.backordered,
        "expected_on": iso(row.expected_on),
        "told_at": iso(row.told_at),
        "deadline_on": iso(row.deadline_on),
        "discontinued": row.discontinued,
    }


def finding(found: Finding) -> Document:
    return {"id": found.id, "level": found.level.value, "start": found.start, "end": found.end, "text": found.text}
