"""Whether a letter that lies ready may go out: what it says that is not so any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from orderdesk.documents.frame import letterhead
from orderdesk.documents.letter import Letter
from orderdesk.documents.text import clean
from orderdesk.documents.wording import language_to
from orderdesk.domain.days import spelled_out
from orderdesk.domain.errors import OvertakenError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.notices import LETTER_KEEPS_DAYS, NoticeKind, digest_of, has_lain_too_long
from orderdesk.domain.packs import Remedy
from orderdesk.domain.shop import Address, ShopProfile
from orderdesk.services.apology_letter import BY_DEFAULT, Wishes, delayed_line, is_news, new_dates, rest_of_today, standings
from orderdesk.services.days import require_clock
from orderdesk.services.letter_offers import require_living_coupon
from orderdesk.services.letter_products import substitutes
from orderdesk.storage.outbox import reserved
from orderdesk.storage.queries.cases import Group, Waiting, group_if_open
from orderdesk.storage.queries.coupons import coupons_used_on
from orderdesk.storage.queries.endings import lines_to_tell, refund_left_of
from orderdesk.storage.queries.made_letters import MadeLetter, made_letter
from orderdesk.storage.queries.notices import days_given, is_over, is_untold, meant_of_lines, orders_of_notice, units_said
from orderdesk.storage.queries.parcels import parcel
from orderdesk.storage.queries.refunds import left_if_canceled, refund_if_canceled
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.short_lines import ShortLine
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Why a letter that lies ready may not go out; `follows`: made again, it may."""

    why: str
    remedy: str
    follows: bool


# What makes another letter of those kinds that no apology makes.
_NEW_ONE = {
    NoticeKind.GOOD_NEWS: "Choose “Write: it is here” in its order for a new one.",
    NoticeKind.CANCELLATION: "Choose “Write: it was canceled” in its order for a new one.",
}


def overtaken_here(view: View, notice_ids: Iterable[int], *, today: date) -> dict[int, Overtaken]:
    """Of these letters, those that their customers have not had and that may not go out as they are."""
    found = {}
    for notice_id in notice_ids:
        try:
            require_true(view, notice_id, today)
        except RefusedError as error:
            found[notice_id] = Overtaken(str(error), error.remedy, isinstance(error, OvertakenError))
    return found


def require_true(view: View, notice_id: int, today: date) -> None:
    """Raise RefusedError for a letter whose coupon is worthless, or that says what is not so any more: the one rule for every way
    out of the house. What customers have had may be handed over again as long as it goes on.
    """
    made = made_letter(view, notice_id)
    require_clock(today, f"the letter to {made.customer} is dated", Letter.from_json(reserved(view, notice_id).letter).dated)
    if not is_untold(view, notice_id):
        if is_over(view, notice_id, NoticeKind(made.kind)):
            raise _over(made, "Write to them of what has become of it instead.")
        return
    require_living_coupon(view, notice_id)
    if made.is_about_a_wait:
        _require_wait_as_said(view, notice_id, made, today)
    else:
        _require_end_as_said(view, notice_id, made, today)


def _require_wait_as_said(view: View, notice_id: int, made: MadeLetter, today: date) -> None:
    group = group_if_open(view, notice_id, today=today)
    if group is None:
        raise _over(made, "Take the letter back, or keep it until something of it waits again.")
    require_news(group, BY_DEFAULT, today)
    changed = next(overtaken_by(view, group, today), None)
    if changed is not None:
        raise OvertakenError(f"The letter to {made.customer} {changed}.", "Apologize again: the letter follows.")


def require_news(group: Group, wishes: Wishes, today: date) -> None:
    """Raise RefusedError where the customer knows all that a letter of today would say: what they were told holds again."""
    if _is_known(group, wishes, today):
        raise RefusedError(
            f"What {group.customer} was told before holds: a letter would say nothing new.", "Take back the one that lies ready."
        )


def _is_known(group: Group, wishes: Wishes, today: date) -> bool:
    return all(order.told_before for order in group.orders) and not is_news(group, wishes, today)


def _require_end_as_said(view: View, notice_id: int, made: MadeLetter, today: date) -> None:
    (order_id,) = orders_of_notice(view, notice_id)
    news = lines_to_tell(view, order_id, NoticeKind(made.kind), today=today)
    if not news:
        raise _over(made, "Take the letter back.")
    changed = next(_end_changed(view, notice_id, made, news, today), None)
    if changed is not None:
        raise OvertakenError(f"The letter to {made.customer} {changed}.", "Write it again: one of today takes its place.")


def _end_changed(view: View, notice_id: int, made: MadeLetter, news: Sequence[ShortLine], today: date) -> Iterator[str]:
    """The same of good news, and of what was canceled, beside the `news` of today: it says of which units, and names a day, by
    which what is here leaves or the refund does.
    """
    yield from _units_changed(units_said(view, notice_id), news, "", _said_of_end)
    letter, said = Letter.from_json(reserved(view, notice_id).letter), made.said[0]
    day = said.new_date if made.kind == NoticeKind.GOOD_NEWS else said.refund_by
    if day is not None and day < today:
        yield f"names {spelled_out(day)}, which has passed"
    if made.kind == NoticeKind.GOOD_NEWS:
        if letter.digest_of_rest != rest_of_today(view, news[0].order_id, today):
            yield "does not say how what still waits stands now"
    else:
        back = refund_left_of(view, notice_id)
        owed = back.amount if back else None
        yield from _other_sum(letter, owed, owed)
    to = parcel(view, news[0].order_id, today=today)
    yield from _orders_changed(letter, to.address, news)
    yield from _language_changed(view, notice_id, letter, to.address, to.language)
    yield from _sender_changed(letter, to.address, profile_of(view))
    yield from _too_old(letter, today)


def taken_back(made: MadeLetter) -> RefusedError:
    """The refusal of a letter that is void, with what makes another."""
    remedy = _NEW_ONE.get(NoticeKind(made.kind), "Apologize again for a new one.")
    return RefusedError(f"The letter to {made.customer} was taken back.", remedy)


def _over(made: MadeLetter, remedy: str) -> RefusedError:
    """The refusal of a letter of which nothing is so any more."""
    if made.is_about_a_wait:
        return RefusedError(f"Nothing that the letter to {made.customer} is about waits any more.", remedy)
    if made.kind == NoticeKind.GOOD_NEWS:
        return RefusedError(
            f"What the letter to {made.customer} says is here has left, or is not there for them any more.", remedy
        )
    return RefusedError(f"What the letter to {made.customer} says was canceled is not.", remedy)


def _units_changed(
    said: Mapping[int, tuple[int, str]], lines: Sequence[ShortLine], too: str, otherwise: Callable[[int, str, int], str]
) -> Iterator[str]:
    """What the letter leaves out of the lines of today, and of which units it says what is not so: in the words of `otherwise`,
    for how many it says of which title, and how many it is.
    """
    yield from (f"leaves out “{line.title}”{too}" for line in lines if line.line_id not in said)
    now = {line.line_id: line.quantity for line in lines}
    for key, (units, title) in said.items():
        if units != now.get(key, 0):
            yield otherwise(units, title, now.get(key, 0))


def _said_of_end(units: int, title: str, now: int) -> str:
    return f"says so of {units} × “{title}”, and it is so of {now} by now"


def _said_of_wait(units: int, title: str, now: int) -> str:
    if not now:
        return f"speaks of “{title}”, which does not wait any more"
    return f"says {units} × “{title}”, of which {now} {'waits' if now == 1 else 'wait'} now"


def is_outdated(profile: ShopProfile, group: Group, today: date) -> bool:
    """Whether the letter that is made leaves a choice, or takes one, otherwise than one of today would."""
    return bool(_outdated_orders(profile, group, today))


def _outdated_orders(profile: ShopProfile, group: Group, today: date) -> list[Waiting]:
    """The orders of which it does: a deadline has passed meanwhile, or their customer has agreed to wait."""
    found = standings(profile, group, BY_DEFAULT, today)
    return [order for order in group.orders if order.refunded != (found[order.order_number].remedy is Remedy.REFUND)]


def still_holds(view: View, group: Group, today: date) -> bool:
    """Whether the letter that is made is that of these orders, is news, and may go out as it is."""
    is_due = group.covered and not _is_known(group, BY_DEFAULT, today)
    return is_due and next(overtaken_by(view, group, today), None) is None


def overtaken_by(view: View, group: Group, today: date) -> Iterator[str]:
    """What the letter that is made to the group says and is not so any more, as what it does; nothing where it may go out."""
    notice_id, profile = group.notice_id, profile_of(view)
    assert notice_id is not None
    letter = Letter.from_json(reserved(view, notice_id).letter)
    for order in _outdated_orders(profile, group, today):
        yield _choice_changed(order)
    yield from _units_changed(units_said(view, notice_id), group.lines, ", which waits too", _said_of_wait)
    if not dates_hold(view, group, today):
        yield "gives a date that does not hold any more"
    yield from _orders_changed(letter, group.address, group.lines)
    yield from _deadlines_changed(view, group, profile, letter)
    yield from _language_changed(view, notice_id, letter, group.address, group.language)
    yield from _sum_of_wait_changed(view, group, letter)
    yield from _offered_in_vain(view, group, letter)
    yield from _sender_changed(letter, group.address, profile)
    yield from _too_old(letter, today)


def _orders_changed(letter: Letter, address: Address, lines: Iterable[ShortLine]) -> Iterator[str]:
    """That its orders say otherwise than they did."""
    if letter.digest not in ("", digest_of(address, (delayed_line(line, None) for line in lines))):
        yield "does not say what its order does any more: a price, a promised day or an address is another"


def _deadlines_changed(view: View, group: Group, profile: ShopProfile, letter: Letter) -> Iterator[str]:
    """That one of its day would say otherwise what silence means, until when an answer counts, or by when a refund is sent."""
    found, said = standings(profile, group, BY_DEFAULT, letter.dated), meant_of_lines(view, group.notice_id or 0)
    for line in group.lines:
        now = found[line.order_number].of_line(never_arrives=line.line_id in said and said[line.line_id].never_arrives)
        if line.line_id in said and not said[line.line_id].is_as_in(now):
            yield f"gives order {line.order_number} other days for an answer or a refund than hold now"
            return


def _sender_changed(letter: Letter, to: Address, profile: ShopProfile) -> Iterator[str]:
    """That it says of the shop what is not so any more; how its head looks may be as it was."""
    head = replace(letterhead(profile, to.country, letter.language[:2]), accent=letter.head.accent, logo=letter.head.logo)
    if (head, clean(profile.owner)) != (letter.head, letter.signature):
        yield "does not say who the shop is, or how to reach it, as its profile does now"


def _language_changed(view: View, notice_id: int, letter: Letter, address: Address, reads: str) -> Iterator[str]:
    """That one of today would be in another language: that of its customer, unless the seller picked one for it."""
    picked = str(view.record("notice", notice_id)["language"])
    if letter.language[:2] != (picked or language_to(address, reads, profile_of(view).country) or "en"):
        yield "is not in the language of its customer"


def _sum_of_wait_changed(view: View, group: Group, letter: Letter) -> Iterator[str]:
    """The same of what goes back where all that waits is canceled. A coupon that was used on an order since has moved some of it
    to what goes back at once: what the letter promises may then be in either.
    """
    lines = [line.line_id for line in group.lines]
    refund = refund_if_canceled(view, group.order_ids, lines)
    due = refund.amount if refund else None
    is_moved = any(coupons_used_on(view, order_id) for order_id in group.order_ids)
    yield from _other_sum(letter, due, left_if_canceled(view, group.order_ids, lines) if is_moved else due)


def _other_sum(letter: Letter, least: Money | None, most: Money | None) -> Iterator[str]:
    """That the letter says less than the `least` that goes back for what it is about, or more than the `most`, where these are
    known: some has gone back since, or a price, a discount, the shipping or the tax is another.
    """
    said = sum(each.minor for each in letter.sums)
    if letter.sums and least and most and not least.minor <= said <= most.minor:
        yield f"says that {', '.join(map(str, letter.sums))} goes back, and {most} is left to go back for it"


def _too_old(letter: Letter, today: date) -> Iterator[str]:
    """That the letter has lain too long, where it has."""
    if has_lain_too_long(letter.dated, today):
        yield f"is dated {spelled_out(letter.dated)}, more than {LETTER_KEEPS_DAYS} days ago"


def _offered_in_vain(view: View, group: Group, letter: Letter) -> Iterator[str]:
    """What the letter lets its customer choose that can't be had any more."""
    other = letter.substitute
    if other and other not in [each.title for each in substitutes(view, group.lines)]:
        yield f"offers “{other}”, of which there is not enough any more"
    if letter.sends_rest and not group.rest_can_ship:
        yield "offers to send the rest now, and nothing of it is here any more"
    elif letter.sends_rest and not group.rest_follows:
        yield "offers to send the rest now, which would cancel what still waits"


def _choice_changed(order: Waiting) -> str:
    if not order.refunded:
        return "came too late to leave a choice: a deadline has passed"
    return f"would cancel order {order.order_number}, and its customer {'agreed to' if order.open_ended else 'may still'} wait"


def dates_hold(view: View, group: Group, today: date) -> bool:
    """Whether the letter that is made gives the dates that one of today would (the seller's own, else the supply's), and says of
    the same lines that they never arrive; and promises word, or asks for an answer about those, for days that lie ahead, where it
    does. Refunds wait for none."""
    given = days_given(view, group.notice_id or 0)
    refunded = {order.order_number for order in group.orders if order.refunded}
    due = zip(group.lines, new_dates(group, BY_DEFAULT, today), strict=True)
    waiting = [(line, day) for line, day in due if line.order_number not in refunded]
    held = all(given.of_lines.get(line.line_id, day) == day for line, day in waiting)
    never = {line.line_id for line, day in waiting if line.never_arrives(day)}
    ahead = [*given.never.values(), *([given.update_on] if given.update_on else [])]
    return held and never == set(given.never) and all(day > today for day in ahead)
