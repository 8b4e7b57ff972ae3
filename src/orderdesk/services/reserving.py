"""Recording a letter with its coupon: reserved before anything is drawn, and changed until it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from orderdesk.documents.letter import Letter
from orderdesk.domain.coupons import Coupon, printed
from orderdesk.domain.errors import CouponError, RefusedError
from orderdesk.domain.notices import Notice, NoticeKind, next_update
from orderdesk.services.apology_letter import Wishes, chosen_day, compose_letter, days_to_give, standings
from orderdesk.services.days import shop_day
from orderdesk.services.editions import free_stem
from orderdesk.services.letter_offers import not_offered, promise_for, require_fitting, require_living_coupon
from orderdesk.storage import notices as records
from orderdesk.storage.queries.cases import Group
from orderdesk.storage.queries.notices import home_of
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.transaction import Transaction


def reserve(transaction: Transaction, group: Group, now: datetime, folder: Path, wishes: Wishes, kind: NoticeKind) -> int:
    """Record letter and coupon, so that no code ever leaves the house that the store does not know.

    Raises RefusedError for an offer in a letter that brings no coupon.
    """
    today = shop_day(transaction.view, now)
    again = kind in (NoticeKind.RENEWED, NoticeKind.DATE_CHANGE)
    if again and wishes.offer:
        raise _no_coupon(group)
    promise = None if again else promise_for(transaction.view, group, wishes, today)
    letter = compose_letter(transaction.view, group, wishes, today, promise, kind)
    concern, home = wishes.concern or "", home_of(transaction.view)
    notice = Notice(group.customer_id, letter.to_json(), now, str(folder), "", kind.value, concern, home=home)
    notice.language = wishes.language or ""
    notice_id = transaction.add(notice)
    notice.stem = free_stem(folder, transaction.view.folder, records.file_stem(group.order_numbers[0], notice_id))
    if promise:
        offer, last_day = promise.offer, promise.valid_through
        currency = not_offered(transaction.view, group).currency
        coupon = Coupon(promise.code, notice_id, group.customer_id, offer.kind.value, currency, now, last_day)
        coupon.give(offer, promise.minimum_order)
        records.add_entry(transaction, transaction.add(coupon), "issued", coupon.value_minor)
    _cover(transaction, notice_id, group, wishes, today)
    return notice_id


def _no_coupon(group: Group) -> RefusedError:
    return RefusedError(
        f"The letter to {group.customer} about {', '.join(group.order_numbers)} brings no coupon.", "Leave the offer as it is."
    )


def _cover(transaction: Transaction, notice_id: int, group: Group, wishes: Wishes, today: date) -> None:
    profile = profile_of(transaction.view)
    said = standings(profile, group, wishes, today)
    days = days_to_give(group, wishes, today, said)
    pairs = zip(group.lines, days, strict=True)
    coming = [(line.order_number, day) for line, day in pairs if not line.never_arrives(day)]
    chosen = [chosen_day(line, wishes, today) for line in group.lines]
    notice = transaction.notice(notice_id)
    notice.update_on = next_update(today, coming, said, profile.country)
    lines = [replace(line, chosen_on=day) for line, day in zip(group.lines, chosen, strict=True)]
    records.cover(transaction, notice_id, lines, days, said)


def settle_wishes(notice: Notice, wishes: Wishes) -> Wishes:
    """What is wished of a letter, or of the one that takes its place: what is not said now stays as it was, and so do the days
    that the seller gave its lines.
    """
    return replace(
        wishes,
        concern=notice.concern if wishes.concern is None else wishes.concern,
        language=wishes.language or notice.language,
        paper=wishes.paper or Letter.from_json(notice.letter).paper,
    )


def revise(transaction: Transaction, notice: Notice, group: Group, wishes: Wishes, today: date) -> None:
    """Have the letter say what is wished now; what is not stays. Raises CouponError where the coupon's offer can't be changed,
    RefusedError for an offer where there is no coupon, and where the coupon was voided or used up.
    """
    require_living_coupon(transaction.view, notice.id)
    coupon = transaction.coupon_of(notice.id)
    written_on, settled = Letter.from_json(notice.letter).dated, settle_wishes(notice, wishes)
    notice.concern, notice.language = settled.concern or "", settled.language or ""
    offer = wishes.offer or (coupon.offer if coupon else None)
    require_fitting(transaction.view, not_offered(transaction.view, group), wishes.offer)
    if wishes.offer and coupon is None:
        raise _no_coupon(group)
    if coupon and offer and offer != coupon.offer:
        if not coupon.is_unused:
            raise CouponError(f"Coupon {printed(coupon.code)} was used in part.", "Its offer can't be changed any more.")
        worth = coupon.balance_minor or 0
        coupon.give(offer)
        records.add_entry(transaction, coupon.id, "changed", (coupon.balance_minor or 0) - worth)
    if coupon and coupon.is_unused:
        coupon.renew(written_on, today)
    promise, kind = coupon.promise if coupon else None, NoticeKind(notice.kind)
    letter = compose_letter(transaction.view, group, settled, today, promise, kind)
    notice.letter = letter.to_json()
    _cover(transaction, notice.id, group, settled, today)
    records.draw_again(transaction, notice.id)
