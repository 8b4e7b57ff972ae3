"""Redeeming and voiding a coupon by its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from orderdesk.domain.goodwill import OfferKind
from orderdesk.services.draft_fields import Draft, Reader, read_coupon, read_price, read_required, typed_money
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.page import TablePage
from orderdesk.ui.words import marked, tr

if TYPE_CHECKING:
    from orderdesk.services.coupons import Redemption
    from orderdesk.services.steps import Step


def read_code(draft: Draft, name: str, text: str) -> str:
    """A coupon's code, which must be there."""
    return read_coupon(draft, name, read_required(draft, name, text))


@dataclass
class RedeemDraft(Draft):
    """A coupon to use on an order; `amount` only for a gift card, "" is all of it."""

    code: str = ""
    order_number: str = ""
    amount: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"code": read_code, "order_number": read_required, "amount": read_price}


@dataclass
class VoidDraft(Draft):
    """A coupon to make worthless, and why."""

    code: str = ""
    reason: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"code": read_code, "reason": read_required}


_REDEEM_FIELDS = (
    Field("code", marked("Code on the coupon"), example="K7QF-9M2X-4TBV"),
    Field("order_number", marked("For order"), example="1042"),
    Field("amount", marked("Amount (gift cards only)"), kind="money", usual=marked("all that is left")),
)
VOID_FIELDS = (
    Field("code", marked("Code on the coupon"), example="K7QF-9M2X-4TBV"),
    Field("reason", marked("Why"), example=marked("lost in the mail")),
)


def ask_to_redeem(page: TablePage[Any], code: str, order_number: str = "") -> None:
    """Ask for the code and the order that it is to be used on; what is known stands there already."""
    draft = RedeemDraft(code=code, order_number=order_number)
    form = DraftForm(tr("Redeem a coupon"), draft, _REDEEM_FIELDS, tr("Redeem"))
    page.submit_with(form, lambda store, now, _: _redeem(store, draft, now))


def _redeem(store: Store, draft: RedeemDraft, now: datetime) -> Step:
    """Use the coupon; the step says what was applied."""
    known = late.coupons.find_coupon(store, draft.code)
    amount = typed_money(draft.amount.strip(), known.currency) if draft.amount.strip() else None
    done = late.coupons.redeem_coupon(store, draft.code, draft.order_number.strip(), amount=amount, now=now)
    return replace(late.steps.step_made(store, done.event_id), summary=redeemed_text(done))


def redeemed_text(done: Redemption) -> str:
    """What the toast says of a redeemed coupon."""
    worth = formats.money(done.applied) if done.applied is not None else formats.offer(done.coupon.offer)
    text = tr("Coupon {} redeemed on {}: {}").replace("{}", formats.code(done.coupon.code), 1)
    text = text.replace("{}", done.order_number, 1).replace("{}", worth)
    if done.coupon.kind == OfferKind.GIFT_CARD and done.coupon.balance is not None:
        text += " · " + tr("{} left").replace("{}", formats.money(done.coupon.balance))
    other, made_out_to = done.other_customer, done.coupon.customer
    if other is not None and other.name == made_out_to:
        text += "\n" + tr("It was made out to another customer called {}.").replace("{}", made_out_to)
    elif other is not None:
        strangers = tr("It was made out to {}; the order is from {}.")
        text += "\n" + strangers.replace("{}", made_out_to, 1).replace("{}", other.name)
    return text
