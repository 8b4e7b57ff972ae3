"""What an apology says and offers: the facts of a group of backordered lines, put into a letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.letter import Letter
from orderdesk.documents.proof import errors, proofread, require_sound_concern
from orderdesk.documents.render import check_printable
from orderdesk.documents.wording import language_to
from orderdesk.domain.cases import has_slipped
from orderdesk.domain.coupons import Promise
from orderdesk.domain.errors import ToneError
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.money import money_or_none
from orderdesk.domain.notices import ApologyFacts, DateChange, DelayedLine, GivenBack, NoticeKind, date_change, digest_of_rest
from orderdesk.domain.packs import Delay, Remedy, Standing, standing, standing_of_never
from orderdesk.domain.shop import Paper, ShopProfile, require_sender
from orderdesk.services.days import require_clock
from orderdesk.services.letter_products import as_named, substitutes, with_room
from orderdesk.storage.queries.cases import Group, Waiting
from orderdesk.storage.queries.endings import lines_still_waiting, standing_of_rest
from orderdesk.storage.queries.pictures import pictures
from orderdesk.storage.queries.refunds import RefundDue, in_one, refunds_if_canceled
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.short_lines import ShortLine
from orderdesk.storage.queries.suppliers import supplier_names
from orderdesk.storage.queries.wordings import own_words
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the seller wants other than by default; None takes the default.

    `new_date` replaces the dates that the supply gives, `by_deliveries` takes those back that were given before, both of the
    orders `of_orders`, None of all that the letter is about; `concern` is the customer's own, `paper` the shop's and `language`
    ("de") the customer's unless said.
    """

    offer: Offer | None = None
    new_date: date | None = None
    concern: str | None = None
    paper: Paper | None = None
    by_deliveries: bool = False
    language: str | None = None
    of_orders: frozenset[int] | None = None

    def asks_of(self, line: ShortLine) -> bool:
        """Whether the dates that are wished are for this line."""
        return self.of_orders is None or line.order_id in self.of_orders


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
    return sound_letter(view, _facts(view, group, wishes, today, promise, kind))


def _facts(view: View, group: Group, wishes: Wishes, today: date, promise: Promise | None, kind: NoticeKind) -> ApologyFacts:
    profile = profile_of(view)
    said = standings(profile, group, wishes, today)
    refunded = {number for number, each in said.items() if each.remedy is Remedy.REFUND and kind is not NoticeKind.REFUND}
    dues = _dues(view, group)
    due = in_one(each for number, each in dues.items() if number not in refunded)
    days = days_to_give(group, wishes, today, said)
    language = wishes.language or language_to(group.address, group.language, profile.country)
    return ApologyFacts(
        shop=replace(profile, paper=wishes.paper) if wishes.paper else profile,
        customer=group.address,
        letter_on=today,
        lines=tuple(delayed_line(line, day) for line, day in zip(group.lines, days, strict=True)),
        rest_can_ship=group.rest_can_ship,
        rest_follows=group.rest_follows,
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
        given_back={
            number: GivenBack(each.amount, each.lacks_tax)
            for number, each in dues.items()
            if each is not None and number in refunded
        },
        substitute=next(substitutes(view, group.lines), None) if kind.leaves_a_choice else None,
        heard=[order.order_number for order in group.orders if order.told_before],
        free=[number for number, each in dues.items() if each is not None and each.was_free],
    )


def _dues(view: View, group: Group) -> dict[str, RefundDue | None]:
    """By order number, what goes back where all that the order waits for is canceled."""
    found = refunds_if_canceled(view, group.order_ids, [line.line_id for line in group.lines])
    return {number: found[order_id] for order_id, number in zip(group.order_ids, group.order_numbers, strict=True)}


def sound_letter(view: View, facts: ApologyFacts) -> Letter:
    """The letter, of which holds: it says who writes, it can be drawn, today or after a crash, and its words may go out.

    Raises RefusedError for a day before its orders, NotSetUpError where the shop has not said who it is, UnprintableTextError and
    its like, and ToneError for the seller's own words; the usual ones need no second reading. InvalidValueError for a concern
    that can't be quoted.
    """
    require_sender(facts.shop)
    for line in facts.lines:
        require_clock(facts.letter_on, f"order {line.order_number} was placed on", line.placed_on)
    suppliers = supplier_names(view) if facts.concern or facts.own_words else ()
    require_sound_concern(facts.concern, facts.language, suppliers)
    shop_pictures = pictures(view)
    facts = with_room(facts, shop_pictures)
    letter = compose_apology(facts)
    check_printable(letter, shop_pictures)
    faults = errors(proofread(facts, suppliers)) if facts.own_words else []
    if faults:
        raise ToneError(faults[0].id, faults[0].text)
    return letter


def standings(profile: ShopProfile, group: Group, wishes: Wishes, today: date) -> dict[str, Standing]:
    """What the country packs make of each order's delay, by order number, for a letter of today."""
    coming: dict[str, list[date | None]] = {order.order_number: [] for order in group.orders}
    never = set()
    for line, day in zip(group.lines, new_dates(group, wishes, today), strict=True):
        if line.never_arrives(day):
            never.add(line.order_number)
        else:
            coming[line.order_number].append(day)
    return {
        order.order_number: _standing(profile, order, today, coming[order.order_number], some_never=order.order_number in never)
        for order in group.orders
    }


def _standing(profile: ShopProfile, order: Waiting, today: date, coming: Sequence[date | None], *, some_never: bool) -> Standing:
    """The same for one order, given the dates of its lines that can be waited for."""
    delay = Delay(
        order.ordered_on,
        order.promised_on,
        today,
        last_of(coming),
        order.told_before,
        order.waits_until,
        order.on_credit,
        order.open_ended,
        order.paid_on,
    )
    found = standing(profile.country, order.country, delay)
    if not some_never or found.remedy is Remedy.REFUND:
        return found
    never = standing_of_never(profile.country, order.country, today)
    return replace(found, never=never) if coming else never


def kind_of(profile: ShopProfile, group: Group, wishes: Wishes, today: date) -> NoticeKind:
    """What a letter of today to the group is; one that still leaves a choice for any order is no refund letter."""
    if all(found.remedy is Remedy.REFUND for found in standings(profile, group, wishes, today).values()):
        return NoticeKind.REFUND
    if not all(order.told_before for order in group.orders):
        return NoticeKind.FIRST
    better = (DateChange.EARLIER, DateChange.KNOWN)
    return NoticeKind.DATE_CHANGE if _change_for(group, wishes, today) in better else NoticeKind.RENEWED


def _change_for(group: Group, wishes: Wishes, today: date) -> DateChange | None:
    """What has become of what the group was told; None where it was told nothing."""
    told = {order.order_number for order in group.orders if order.told_before}
    pairs = list(zip(group.lines, new_dates(group, wishes, today), strict=True))
    if told and any(line.never_arrives(new) for line, new in pairs):
        return DateChange.NEVER
    if any(line.more_than_told for line in group.lines):
        return DateChange.MORE
    dates = [(line.last_given, new) for line, new in pairs if line.order_number in told]
    return date_change(dates) if dates else None


def is_news(group: Group, wishes: Wishes, today: date) -> bool:
    """Whether a customer who was told has to hear of more that waits, or of another day: the seller's, or one that holds."""
    orders = {order.order_number: order for order in group.orders}
    return group.is_told_too_little or any(_is_other_day(line, orders[line.order_number], wishes, today) for line in group.lines)


def _is_other_day(line: ShortLine, order: Waiting, wishes: Wishes, today: date) -> bool:
    """Whether a line comes on another day than its customer was told, or they were promised word by now."""
    chosen = chosen_day(line, wishes, today)
    if chosen is not None:
        return chosen != line.last_given
    if line.said_never or not order.told_before:
        return False
    return has_slipped(line.last_given, line.expected_on, today, order.update_on, chosen=line.given_by_hand)


def last_of(days: Sequence[date | None]) -> date | None:
    """The latest of the days; None where there is none or one of them is not known."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def new_dates(group: Group, wishes: Wishes, today: date) -> list[date | None]:
    """Per line the date to promise: the seller's, else that of the supply, as long as it lies ahead."""
    return [chosen_day(line, wishes, today) or ahead(line.expected_on, today) for line in group.lines]


def chosen_day(line: ShortLine, wishes: Wishes, today: date) -> date | None:
    """The seller's own day for a line: the one that is wished for it now, else the one that they gave it before."""
    if not wishes.asks_of(line) or not (wishes.new_date or wishes.by_deliveries):
        return ahead(line.chosen_on, today)
    return ahead(wishes.new_date, today)


def ahead(day: date | None, today: date) -> date | None:
    """The day, where it can still be promised."""
    return day if day is not None and day >= today else None


def days_to_give(group: Group, wishes: Wishes, today: date, said: Mapping[str, Standing]) -> list[date | None]:
    """The same, but none for what the law leaves only the refund of."""
    pairs = zip(group.lines, new_dates(group, wishes, today), strict=True)
    return [None if said[line.order_number].remedy is Remedy.REFUND else day for line, day in pairs]


def delayed_line(line: ShortLine, new_date: date | None) -> DelayedLine:
    """A line as a letter shows it: promised is what the customer was told last, else what the order came with."""
    return DelayedLine(
        order_number=line.order_number,
        placed_on=line.placed_on,
        sku=line.sku,
        title=line.title,
        quantity=line.quantity,
        unit_price=money_or_none(line.unit_price_minor, line.currency),
        promised_on=line.last_given or line.promised_on,
        new_date=new_date,
        never_arrives=line.never_arrives(new_date),
    )


def rest_of_today(view: View, order_id: int, today: date) -> str:
    """What good news of today would say still waits beside it: how much, by when, and until when to answer; as its digest."""
    rest = [delayed_line(line, line.last_given) for line in lines_still_waiting(view, order_id, today=today)]
    return digest_of_rest(rest, [standing_of_rest(view, order_id, today=today)])
