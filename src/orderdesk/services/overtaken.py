"""What a letter that lies ready says and is not so any more: it may not go out as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orderdesk.documents.letter import Letter
from orderdesk.domain.coupons import CouponState
from orderdesk.domain.days import spelled_out
from orderdesk.domain.money import Money
from orderdesk.domain.packs import Remedy
from orderdesk.domain.shop import ShopProfile
from orderdesk.services.apology_letter import BY_DEFAULT, Wishes, new_dates, standings
from orderdesk.services.letter_products import substitutes
from orderdesk.storage.outbox import reserved
from orderdesk.storage.queries.cases import Group, Waiting
from orderdesk.storage.queries.coupons import coupon_of_notice
from orderdesk.storage.queries.notices import days_given, units_said
from orderdesk.storage.queries.refunds import left_if_canceled
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.view import View


def is_outdated(profile: ShopProfile, group: Group, today: date) -> bool:
    """Whether the letter that is made leaves a choice, or takes one, otherwise than one of today would."""
    return bool(_outdated_orders(profile, group, today))


def _outdated_orders(profile: ShopProfile, group: Group, today: date) -> list[Waiting]:
    """The orders of which it does: a deadline has passed meanwhile, or their customer has agreed to wait."""
    found = standings(profile, group, BY_DEFAULT, today)
    return [order for order in group.orders if order.refunded != (found[order.order_number].remedy is Remedy.REFUND)]


def still_holds(view: View, group: Group, today: date) -> bool:
    """Whether the letter that is made is that of these orders and may go out as it is."""
    return group.covered and next(overtaken_by(view, group, today), None) is None


def overtaken_by(view: View, group: Group, today: date) -> Iterator[str]:
    """What the letter that is made to the group says and is not so any more, as what it does; nothing where it may go out."""
    notice_id = group.notice_id
    assert notice_id is not None
    for order in _outdated_orders(profile_of(view), group, today):
        yield _choice_changed(order)
    yield from _lines_changed(group, units_said(view, notice_id))
    if not dates_hold(view, group, today):
        yield "gives a date that does not hold any more"
    made = Letter.from_json(reserved(view, notice_id).letter)
    yield from promises_too_much(made, left_if_canceled(view, group.order_ids, [line.line_id for line in group.lines]))
    offered = made.substitute
    if offered and offered not in [other.title for other in substitutes(view, group.lines)]:
        yield f"offers “{offered}”, of which there is not enough any more"
    coupon = coupon_of_notice(view, notice_id)
    if coupon is not None and coupon.state(today) is CouponState.EXPIRED and not coupon.used_on:
        yield f"brings a coupon that was valid through {spelled_out(coupon.valid_through)}"


def promises_too_much(made: Letter, left: Money | None) -> Iterator[str]:
    """That less is left to go back than the letter says, where that is known: some has gone back since."""
    if left is not None and sum(each.minor for each in made.sums) > left.minor:
        yield f"says that {', '.join(map(str, made.sums))} goes back, and {left} is left to go back"


def _choice_changed(order: Waiting) -> str:
    if not order.refunded:
        return "came too late to leave a choice: a deadline has passed"
    return f"would cancel order {order.order_number}, and its customer {'agreed to' if order.open_ended else 'may still'} wait"


def _lines_changed(group: Group, said: dict[int, tuple[int, str]]) -> Iterator[str]:
    """What the letter leaves out, says another number of, or speaks of in vain."""
    short = {line.line_id: line for line in group.lines}
    for line in group.lines:
        units, _ = said.get(line.line_id, (0, ""))
        if not units:
            yield f"leaves out “{line.title}”, which waits too"
        elif units != line.quantity:
            yield f"says {units} × “{line.title}”, of which {line.quantity} {'waits' if line.quantity == 1 else 'wait'} now"
    yield from (f"speaks of “{title}”, which does not wait any more" for key, (_, title) in said.items() if key not in short)


def dates_hold(view: View, group: Group, today: date) -> bool:
    """Whether the letter that is made gives the dates that one of today would (the seller's own, else the supply's), and says of
    the same lines that they never arrive; and promises word, or asks for an answer about those, for days that lie ahead, where it
    does. Refunds wait for none."""
    given = days_given(view, group.notice_id or 0)
    refunded = {order.order_number for order in group.orders if order.refunded}
    due = zip(group.lines, new_dates(group, Wishes(new_date=given.wished), today), strict=True)
    waiting = [(line, day) for line, day in due if line.order_number not in refunded]
    held = all(given.of_lines.get(line.line_id, day) == day for line, day in waiting)
    never = {line.line_id for line, day in waiting if line.never_arrives(day)}
    ahead = [*given.never.values(), *([given.update_on] if given.update_on else [])]
    return held and never == set(given.never) and all(day > today for day in ahead)
