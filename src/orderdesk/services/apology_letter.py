"""What an apology says and offers: the facts of a group of backordered lines, put into a letter."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.letter import Letter
from orderdesk.documents.proof import errors, proofread
from orderdesk.documents.render import check_printable
from orderdesk.documents.wording import language_to
from orderdesk.domain.cases import has_slipped
from orderdesk.domain.coupons import Promise
from orderdesk.domain.errors import RefusedError, ToneError
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ApologyFacts, DateChange, DelayedLine, GivenBack, NoticeKind, date_change
from orderdesk.domain.packs import Delay, Remedy, Standing, standing
from orderdesk.domain.shop import Paper, ShopProfile
from orderdesk.services.letter_products import as_named, substitute_for, with_room
from orderdesk.storage.queries.cases import Group, ShortLine, Waiting
from orderdesk.storage.queries.notices import days_given
from orderdesk.storage.queries.pictures import pictures
from orderdesk.storage.queries.refunds import refund_if_canceled
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.wordings import own_words, suppliers
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the seller wants other than by default; None takes the default.

    `new_date` replaces the dates that the supply gives, `by_deliveries` takes one back that was given before; `concern` is the
    customer's own, `paper` the shop's and `language` ("de") the customer's unless said.
    """

    offer: Offer | None = None
    new_date: date | None = None
    concern: str | None = None
    paper: Paper | None = None
    by_deliveries: bool = False
    language: str | None = None


BY_DEFAULT = Wishes()


def compose_letter(
    view: View,
    group: Group,
    wishes: Wishes,
    today: date,
    promise: Promise | None,
    kind: NoticeKind = NoticeKind.FIRST,
) -> Letter:
    """The letter to a group, with the coupon that is promised.

    Raises UnprintableTextError, before anything is recorded, for what no font covers.
    """
    profile = profile_of(view)
    said = standings(profile, group, wishes, today)
    refunded = {number for number, each in said.items() if each.remedy is Remedy.REFUND and kind is not NoticeKind.REFUND}
    due = refund_if_canceled(view, group.order_ids, [line.line_id for line in group.lines if line.order_number not in refunded])
    days = days_to_give(group, wishes, today, said)
    language = wishes.language or language_to(group.address, group.language, profile.country)
    facts = ApologyFacts(
        shop=replace(profile, paper=wishes.paper) if wishes.paper else profile,
        customer=group.address,
        letter_on=today,
        lines=tuple(delayed_line(line, day) for line, day in zip(group.lines, days, strict=True)),
        rest_can_ship=group.rest_can_ship,
        refund=due.amount if due else None,
        refund_lacks_tax=due is not None and due.lacks_tax,
        concern=wishes.concern or "",
        offer=as_named(view, promise.offer) if promise else None,
        coupon_code=promise.code if promise else None,
        valid_through=promise.valid_through if promise else None,
        minimum_order=promise.minimum_order if promise else None,
        language=language,
        kind=kind,
        change=_change_for(group, wishes, today),
        standings=said,
        own_words=own_words(view, language or "en"),
        given_back=dict(_given_back(view, group, refunded)),
        substitute=substitute_for(view, group.lines) if kind.leaves_a_choice else None,
        apologized=all(order.told_before for order in group.orders),
    )
    return sound_letter(view, facts)


def _given_back(view: View, group: Group, refunded: Collection[str]) -> Iterator[tuple[str, GivenBack]]:
    """What each of the orders gives back that the law leaves only the refund of, where it is known."""
    for order_id, number in zip(group.order_ids, group.order_numbers, strict=True):
        lines = [line.line_id for line in group.lines if line.order_number == number]
        due = refund_if_canceled(view, [order_id], lines) if number in refunded else None
        if due is not None:
            yield number, GivenBack(due.amount, due.lacks_tax)


def sound_letter(view: View, facts: ApologyFacts) -> Letter:
    """The letter, of which holds: it says who writes, it can be drawn, today or after a crash, and its words may go out.

    Raises RefusedError where the shop has not said who it is, UnprintableTextError and its like, and ToneError for the seller's
    own words; the usual ones need no second reading.
    """
    _require_sender(facts.shop)
    shop_pictures = pictures(view)
    facts = with_room(facts, shop_pictures)
    letter = compose_apology(facts)
    check_printable(letter, shop_pictures)
    for finding in errors(proofread(facts, suppliers(view))) if facts.own_words else ():
        raise ToneError(finding.id, finding.text)
    return letter


def _require_sender(shop: ShopProfile) -> None:
    known = {
        "its name": shop.name,
        "the owner's name": shop.owner,
        "a way to answer (address, e-mail or phone)": shop.line1 + shop.email + shop.phone,
    }
    lacking = [what for what, said in known.items() if not said.strip()]
    if lacking:
        listed = " and ".join(filter(None, [", ".join(lacking[:-1]), lacking[-1]]))
        raise RefusedError(
            f"A letter has to say who writes; the shop's profile lacks {listed}.",
            "Fill it in under Settings, or by orderdesk shop KEY=VALUE.",
        )


def standings(profile: ShopProfile, group: Group, wishes: Wishes, today: date) -> dict[str, Standing]:
    """What the country packs make of each order's delay, by order number, for a letter of today."""
    days: dict[str, list[date | None]] = {}
    for line, day in zip(group.lines, new_dates(group, wishes, today), strict=True):
        days.setdefault(line.order_number, []).append(day)
    return {
        order.order_number: standing(
            profile.country,
            order.country,
            Delay(
                order.ordered_on,
                order.promised_on,
                today,
                last_of(days[order.order_number]),
                order.told_before,
                order.waits_until,
                order.on_credit,
                order.open_ended,
            ),
        )
        for order in group.orders
    }


def kind_of(profile: ShopProfile, group: Group, wishes: Wishes, today: date) -> NoticeKind:
    """What a letter of today to the group is; one that still leaves a choice for any order is no refund letter."""
    if all(found.remedy is Remedy.REFUND for found in standings(profile, group, wishes, today).values()):
        return NoticeKind.REFUND
    if not all(order.told_before for order in group.orders):
        return NoticeKind.FIRST
    better = (DateChange.EARLIER, DateChange.KNOWN)
    return NoticeKind.DATE_CHANGE if _change_for(group, wishes, today) in better else NoticeKind.RENEWED


def _change_for(group: Group, wishes: Wishes, today: date) -> DateChange | None:
    """What the dates have become that the group was given; None where it was given none."""
    told = {order.order_number: order.last_given for order in group.orders if order.told_before}
    pairs = zip(group.lines, new_dates(group, wishes, today), strict=True)
    dates = [(told[line.order_number], new) for line, new in pairs if line.order_number in told]
    return date_change(dates) if dates else None


def has_slipped_for(group: Group, today: date) -> bool:
    """Whether a date that the group's customer was given will not hold any more, or they were promised word by now."""
    days: dict[str, list[date]] = {}
    for line in group.lines:
        if line.expected_on is not None:
            days.setdefault(line.order_number, []).append(line.expected_on)
    return any(
        order.told_before
        and has_slipped(order.last_given, max(days.get(order.order_number, []), default=None), today, order.update_on)
        for order in group.orders
    )


def is_outdated(profile: ShopProfile, group: Group, today: date) -> bool:
    """Whether the letter that is made leaves a choice, or takes one, otherwise than one of today would."""
    return bool(outdated_orders(profile, group, today))


def outdated_orders(profile: ShopProfile, group: Group, today: date) -> list[Waiting]:
    """The orders of which it does: a deadline has passed meanwhile, or their customer has agreed to wait."""
    found = standings(profile, group, BY_DEFAULT, today)
    return [order for order in group.orders if order.refunded != (found[order.order_number].remedy is Remedy.REFUND)]


def still_holds(view: View, group: Group, today: date) -> bool:
    """Whether the letter that is made may go out as it is: it is about these lines, and its choice and dates are today's."""
    return group.covered and not is_outdated(profile_of(view), group, today) and dates_hold(view, group, today)


def dates_hold(view: View, group: Group, today: date) -> bool:
    """Whether the letter that is made gives the dates that one of today would (the seller's own, else the supply's), and promises
    word, where it does, for a day that lies ahead; refunds wait for none."""
    given = days_given(view, group.notice_id or 0)
    refunded = {order.order_number for order in group.orders if order.refunded}
    due = zip(group.lines, new_dates(group, Wishes(new_date=given.wished), today), strict=True)
    waiting = [(line.line_id, day) for line, day in due if line.order_number not in refunded]
    held = all(given.of_lines.get(line_id, day) == day for line_id, day in waiting)
    return held and (given.update_on is None or given.update_on > today)


def last_of(days: Sequence[date | None]) -> date | None:
    """The latest of the days; None where there is none or one of them is not known."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def new_dates(group: Group, wishes: Wishes, today: date) -> list[date | None]:
    """Per line the date to promise: the seller's, else that of the supply if it still lies ahead."""
    return [
        wishes.new_date or (line.expected_on if line.expected_on and line.expected_on >= today else None) for line in group.lines
    ]


def days_to_give(group: Group, wishes: Wishes, today: date, said: Mapping[str, Standing]) -> list[date | None]:
    """The same, but none for what the law leaves only the refund of."""
    pairs = zip(group.lines, new_dates(group, wishes, today), strict=True)
    return [None if said[line.order_number].remedy is Remedy.REFUND else day for line, day in pairs]


def delayed_line(line: ShortLine, new_date: date | None) -> DelayedLine:
    """A line as a letter shows it."""
    return DelayedLine(
        order_number=line.order_number,
        placed_on=line.placed_on,
        sku=line.sku,
        title=line.title,
        quantity=line.quantity,
        unit_price=None if line.unit_price_minor is None else Money(line.unit_price_minor, line.currency),
        promised_on=line.promised_on,
        new_date=new_date,
    )
