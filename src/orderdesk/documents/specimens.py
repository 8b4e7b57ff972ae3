"""Specimen letters: every turn that a letter can take, about a customer who does not exist, in the shop's own head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from orderdesk.documents.compose import compose_apology
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ApologyFacts, DateChange, DelayedLine, NoticeKind, Substitute
from orderdesk.domain.packs import Delay, Remedy, Standing, standing, standing_of_never
from orderdesk.domain.refunds import refund_by
from orderdesk.domain.shop import Address, ShopProfile

_CODE = "K7QF9M2X4TBV"
_CUSTOMER = Address(name="Dana Whitfield", line1="418 Alder St Apt 3", city="Bellingham", region="WA", postal_code="98225")
_COMPANY = replace(_CUSTOMER, name="", company="Whitfield & Daughters")
# Stands in the place of a text to find out where it is read.
_MARK = "\ue000"
_ORDER = "20418"
_FIRST, _SECOND = "Walnut tray, 30 cm", "Linen apron"
# A title too long for a sentence: the letter speaks of "one product" then.
_LONG = "Hand-forged carbon steel wok with lid and wooden handle for any stove"


def specimens(shop: ShopProfile, language: str, own_words: Mapping[str, str], letter_on: date) -> Iterator[ApologyFacts]:
    """The facts of letters that together use every text; the most usual letter comes first."""
    usual = _usual(shop, language, own_words, letter_on)
    (first,) = usual.lines
    undated = replace(first, new_date=None, promised_on=None)
    never_arrives = list(_with_some_that_never_arrive(undated, replace(first, title=_SECOND)))
    yield _told(usual)
    for lines in (
        (first, replace(first, title=_SECOND)),
        (replace(first, promised_on=None),),
        (replace(first, quantity=2),),
        (undated,),
        (replace(undated, quantity=2),),
        (undated, replace(first, title=_SECOND)),
        (undated, replace(undated, title=_SECOND)),
        (replace(first, title=_LONG),),
        (replace(first, title=_LONG, promised_on=None),),
        (replace(undated, title=_LONG),),
        (first, replace(first, title=_SECOND, order_number="20431")),
        *never_arrives,
    ):
        yield _told(replace(usual, lines=lines))
    orders = [replace(first, title=_SECOND, order_number=number) for number in ("20431", "20440")]
    for heard in (orders[:1], orders):
        yield _told(replace(usual, lines=(first, *heard), heard=[line.order_number for line in heard]))
    yield from _of_other_kinds(usual, undated)
    yield from _with_changed_dates(usual, undated, never_arrives)
    yield _told(replace(usual, kind=NoticeKind.GOOD_NEWS, rest=(first,), offer=None, coupon_code=None, valid_through=None))
    for refund in (usual.refund, Money(0, shop.currency)):
        yield _told(replace(usual, kind=NoticeKind.REFUND, refund=refund))
    for line in (first, replace(first, promised_on=None), replace(first, title=_LONG), replace(undated, title=_LONG)):
        yield _told(replace(usual, lines=(line,), refund=None, rest_can_ship=False))
    yield from _with_other_offers(_told(usual))
    yield from _to_others(_told(usual))


def _of_other_kinds(usual: ApologyFacts, undated: DelayedLine) -> Iterator[ApologyFacts]:
    """Later letters, with what is paid back known, known but for its tax, nothing any more, nothing at all, and not known."""
    (first,) = usual.lines
    nothing = Money(0, usual.shop.currency)
    for kind in (kind for kind in NoticeKind if kind is not NoticeKind.FIRST):
        for lines in (
            (first,),
            (replace(first, quantity=2),),
            (replace(first, title=_LONG),),
            (first, replace(first, title=_SECOND)),
            (undated,),
            (undated, replace(undated, title=_SECOND)),
        ):
            known = replace(usual, lines=lines, kind=kind)
            untaxed, unknown = replace(known, refund_lacks_tax=True), replace(known, refund=None)
            back = replace(known, refund=nothing)
            for facts in (known, untaxed, back, replace(back, free=(first.order_number,)), unknown):
                yield replace(_told(facts), offer=None, coupon_code=None, valid_through=None)


def _with_changed_dates(
    usual: ApologyFacts, undated: DelayedLine, never_arrives: Sequence[tuple[DelayedLine, ...]]
) -> Iterator[ApologyFacts]:
    """Letters that say how a date has changed, of one line and of several."""
    (first,) = usual.lines
    for change in DateChange:
        undated_now = change in (DateChange.NO_LONGER_KNOWN, DateChange.STILL_UNKNOWN)
        line = undated if undated_now else first
        for lines in never_arrives if change is DateChange.NEVER else ((line,), (line, replace(line, title=_SECOND))):
            yield _told(replace(usual, lines=lines, kind=NoticeKind.RENEWED, change=change))


def specimen_of(
    name: str, shop: ShopProfile, language: str, own_words: Mapping[str, str], letter_on: date
) -> ApologyFacts | None:
    """The first specimen in which that text is to be read; None for one that no letter of the shop has."""
    for facts in specimens(shop, language, own_words, letter_on):
        if is_read_in(name, facts):
            return facts
    return None


def is_read_in(name: str, facts: ApologyFacts) -> bool:
    """Whether that text stands in the letter about these facts."""
    return compose_apology(facts) != compose_apology(replace(facts, own_words={**facts.own_words, name: _MARK}))


def _usual(shop: ShopProfile, language: str, own_words: Mapping[str, str], letter_on: date) -> ApologyFacts:
    day = timedelta(days=1)
    line = DelayedLine(
        order_number=_ORDER,
        placed_on=letter_on - 10 * day,
        sku="TRAY-30",
        title=_FIRST,
        quantity=1,
        unit_price=Money.of("64", shop.currency),
        promised_on=letter_on + 4 * day,
        new_date=letter_on + 18 * day,
    )
    return ApologyFacts(
        shop=shop,
        customer=replace(_CUSTOMER, country=shop.country),
        letter_on=letter_on,
        lines=(line,),
        rest_can_ship=True,
        refund=Money.of("64", shop.currency),
        concern="",
        offer=Offer(OfferKind.AMOUNT, amount=Money.of("7", shop.currency)),
        coupon_code=_CODE,
        valid_through=letter_on + 365 * day,
        language=language,
        own_words=own_words,
    )


def _told(facts: ApologyFacts) -> ApologyFacts:
    """With what the law makes of it: of a wait, the choice; of what is canceled, the refund; of what is here, nothing."""
    if not facts.kind.leaves_a_choice:
        back = Standing(remedy=Remedy.REFUND, refund_by=refund_by(facts.letter_on, facts.shop.country), sentences=("refund",))
        said = back if facts.kind.names_the_refund else Standing()
        return replace(facts, standings={line.order_number: said for line in facts.lines})
    found: dict[str, Standing] = {}
    for line in facts.lines:
        before = facts.kind in (NoticeKind.RENEWED, NoticeKind.DATE_CHANGE)
        delay = Delay(
            line.placed_on, line.promised_on, facts.letter_on, line.new_date, before, line.promised_on if before else None
        )
        found[line.order_number] = standing(facts.shop.country, facts.shop.country, delay)
    for line in (line for line in facts.lines if line.never_arrives):
        never = standing_of_never(facts.shop.country, facts.shop.country, facts.letter_on)
        found[line.order_number] = never if facts.nothing_comes else replace(found[line.order_number], never=never)
    return replace(facts, standings=found)


def _with_some_that_never_arrive(undated: DelayedLine, dated: DelayedLine) -> Iterator[tuple[DelayedLine, ...]]:
    """Lines that never arrive: alone, several, beside one with a date and beside one without."""
    never = replace(undated, never_arrives=True)
    for line in (never, replace(never, quantity=2), replace(never, title=_LONG)):
        yield (line,)
    for other in (replace(never, title=_SECOND), dated, replace(dated, new_date=None)):
        yield never, other


def _with_other_offers(facts: ApologyFacts) -> Iterator[ApologyFacts]:
    for offer in (
        Offer(OfferKind.FREE_SHIPPING),
        Offer(OfferKind.PERCENT, rate=10),
        Offer(OfferKind.GIFT, gift="Beeswax candle"),
        Offer(OfferKind.GIFT_CARD, amount=Money.of("10", facts.shop.currency)),
    ):
        yield replace(facts, offer=offer)
        yield replace(facts, offer=offer, minimum_order=Money.of("50", facts.shop.currency))


def _to_others(facts: ApologyFacts) -> Iterator[ApologyFacts]:
    """Those whose concern is known, who are a company, who have no name; shops that can be reached in fewer ways."""
    yield replace(facts, concern="It is a birthday present")
    yield replace(facts, customer=replace(_COMPANY, country=facts.shop.country))
    yield replace(facts, customer=replace(_CUSTOMER, name="", country=facts.shop.country))
    shop = replace(facts.shop, site="")
    yield replace(facts, shop=shop)
    yield replace(facts, shop=replace(shop, phone=""))
    yield replace(facts, shop=replace(shop, email=""))
    mute = replace(facts, shop=replace(shop, phone="", email=""))
    yield mute
    yield _told(replace(mute, kind=NoticeKind.GOOD_NEWS, offer=None, coupon_code=None, valid_through=None))
    yield replace(facts, shop=replace(facts.shop, reply_slip=True))
    for price in ("64", "58"):
        other = Substitute(_SECOND, Money.of(price, facts.shop.currency))
        yield replace(facts, shop=replace(facts.shop, reply_slip=True), substitute=other)
    of_two = (*facts.lines, *(replace(line, title=_SECOND, order_number="20431") for line in facts.lines))
    yield _told(replace(facts, shop=replace(facts.shop, reply_slip=True), lines=of_two))
    undated = tuple(replace(line, quantity=2, new_date=None) for line in facts.lines)
    for lines in (undated, (*undated, *facts.lines)):
        yield replace(facts, shop=replace(facts.shop, reply_slip=True), lines=lines)
    never = tuple(replace(line, never_arrives=True) for line in undated)
    for lines in (never, (*never, *facts.lines)):
        yield _told(replace(facts, shop=replace(facts.shop, reply_slip=True), lines=lines))
    for offer in (Offer(OfferKind.FREE_SHIPPING), Offer(OfferKind.GIFT_CARD, amount=Money.of("10", facts.shop.currency))):
        yield _told(replace(facts, lines=never, offer=offer))
