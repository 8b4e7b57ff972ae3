"""What a customer is told about a backorder: the facts of a letter, free of words and drawing, and its record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from orderdesk.domain.days import later
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.money import Money
from orderdesk.domain.packs import Remedy, Standing
from orderdesk.domain.shop import Address, ShopProfile
from orderdesk.domain.working_days import working_day_by, working_days_after

# Who has no date hears again within two weeks, and a week before they have to have answered; where that is not a week ahead, only
# once they have to have: nobody hears again and again that nothing is known.
_UPDATE_DAYS, _BEFORE_ANSWER_DAYS, _LEAST_UPDATE_DAYS = 14, 7, 7
# How long a letter may lie until it goes out: what it counts from its date (a coupon's year, the next word) is to be kept.
LETTER_KEEPS_DAYS = 7


class NoticeKind(StrEnum):
    """What a letter is: the first about a delay, one about a later or an earlier date, the refund that the law leaves; that the
    wait is over; that something was canceled.
    """

    FIRST = "first"
    RENEWED = "renewed"
    DATE_CHANGE = "date_change"
    REFUND = "refund"
    GOOD_NEWS = "good_news"
    CANCELLATION = "cancellation"

    @property
    def names_the_refund(self) -> bool:
        """Whether it says what the customer gets back, or would get."""
        return self is not NoticeKind.GOOD_NEWS

    @property
    def is_about_a_wait(self) -> bool:
        """Whether it speaks of what is to come, or was: not of what is here, or was canceled."""
        return self not in (NoticeKind.GOOD_NEWS, NoticeKind.CANCELLATION)

    @property
    def leaves_a_choice(self) -> bool:
        """Whether the customer may still wait or cancel."""
        return self in (NoticeKind.FIRST, NoticeKind.RENEWED, NoticeKind.DATE_CHANGE)


class DateChange(StrEnum):
    """What has become of the dates that the customer was given; that more waits than they were told."""

    LATER = "renewed"
    EARLIER = "date_change"
    MIXED = "changed"
    KNOWN = "now_dated"
    NO_LONGER_KNOWN = "renewed_undated"
    STILL_UNKNOWN = "still_undated"
    NEVER = "now_never"
    MORE = "more_waits"


def date_change(dates: Iterable[tuple[date | None, date | None]]) -> DateChange:
    """Of (given before, new) for each line, None for not known."""
    pairs = list(dates)
    if all(new is None for _, new in pairs):
        return DateChange.NO_LONGER_KNOWN if any(given for given, _ in pairs) else DateChange.STILL_UNKNOWN
    gained = any(new and given is None for given, new in pairs)
    earlier = any(new and given and new < given for given, new in pairs)
    lost = any(given and new is None for given, new in pairs)
    if not lost and not any(new and given and new > given for given, new in pairs):
        return DateChange.KNOWN if gained else DateChange.EARLIER if earlier else DateChange.LATER
    return DateChange.MIXED if gained or earlier or lost else DateChange.LATER


@dataclass(frozen=True, slots=True)
class DelayedLine:
    """One backordered line as the customer sees it. `quantity` is the units short, None is unknown; what `never_arrives` has no
    date to come."""

    order_number: str
    placed_on: date
    sku: str
    title: str
    quantity: int
    unit_price: Money | None
    promised_on: date | None
    new_date: date | None
    never_arrives: bool = False


def digest_of(customer: Address, lines: Iterable[DelayedLine]) -> str:
    """Of whom a letter is to and what it says of each line, but for what deliveries change: how many are short, and when they
    come. A letter keeps it, to be found out once its orders say otherwise.
    """
    said = sorted(repr((line.order_number, line.sku, line.title, line.unit_price, line.promised_on)) for line in lines)
    return sha256(repr((customer, said)).encode()).hexdigest()


def digest_of_rest(lines: Iterable[DelayedLine], standings: Iterable[Standing]) -> str:
    """Of what good news says still waits beside it, by when it comes, and until when its customer may answer; "" of nothing."""
    said = [repr((line.sku, line.title, line.quantity, line.unit_price, line.new_date, line.never_arrives)) for line in lines]
    asked = [repr((each.answer_by, each.never and each.never.answer_by)) for each in standings]
    return sha256(repr((said, asked)).encode()).hexdigest() if said else ""


@dataclass(frozen=True, slots=True)
class Substitute:
    """A product that the customer may have now in the place of the one late line; `price` is what one of it costs them."""

    title: str
    price: Money


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What the refund of an order comes to; `lacks_tax`: its tax is not known and comes on top."""

    amount: Money
    lacks_tax: bool


@dataclass(frozen=True, slots=True)
class ApologyFacts:
    """Everything an apology letter says. Without an offer there is no code and no last day.

    `language` is the customer's, "" where it is not known or there is no wording in it. `refund` is what goes back where all the
    lines are canceled, None where it is not known; `refund_lacks_tax`: their tax is not known and comes on top. `minimum_order`
    is what the coupon wants of an order, None nothing.
    `given_back` is by order number, for those that the law leaves only the refund of beside others that may wait.
    `free` are the orders of which nothing was to be paid for what the letter is about, and nothing was.
    `standings` are by order number, `own_words` the seller's texts by name; `change` is that of the dates since the last letter;
    `heard` are the orders whose wait an earlier letter was about. `rest` is what waits still, beside the lines that good news is
    of. `rest_can_ship`: some of the orders is here; `rest_follows`: sending it cancels nothing of what waits.
    """

    shop: ShopProfile
    customer: Address
    letter_on: date
    lines: tuple[DelayedLine, ...]
    rest_can_ship: bool
    refund: Money | None
    concern: str
    offer: Offer | None
    coupon_code: str | None
    valid_through: date | None
    minimum_order: Money | None = None
    refund_lacks_tax: bool = False
    language: str = ""
    kind: NoticeKind = NoticeKind.FIRST
    change: DateChange | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)
    own_words: Mapping[str, str] = field(default_factory=dict)
    given_back: Mapping[str, GivenBack] = field(default_factory=dict)
    substitute: Substitute | None = None
    heard: Collection[str] = ()
    free: Collection[str] = ()
    rest: tuple[DelayedLine, ...] = ()
    rest_follows: bool = True

    @property
    def offers_rest(self) -> bool:
        """Whether its customer may have what is here at once, and the rest later."""
        return self.kind.leaves_a_choice and self.rest_can_ship and self.rest_follows

    @property
    def sums(self) -> tuple[Money, ...]:
        """What the letter says goes back, as far as that is known."""
        return (*([] if self.refund is None else [self.refund]), *(back.amount for back in self.given_back.values()))

    @property
    def nothing_goes_back(self) -> bool:
        """Whether nothing is left to refund of the lines that may be canceled, or were."""
        return self.refund is not None and not self.refund.minor

    @property
    def apologized(self) -> bool:
        """Whether earlier letters have, for all of it."""
        return all(line.order_number in self.heard for line in self.lines)

    @property
    def nothing_comes(self) -> bool:
        """Whether none of the lines can be waited for."""
        return all(line.never_arrives for line in self.lines)

    @property
    def update_on(self) -> date | None:
        """By when the customer hears again; None where every date is known."""
        if not self.kind.leaves_a_choice:
            return None
        dates = [(line.order_number, line.new_date) for line in self.lines if not line.never_arrives]
        return next_update(self.letter_on, dates, self.standings, self.shop.country)

    @property
    def leaves_on(self) -> date:
        """When what has come in leaves at the latest: after the days that packing takes, on a working day."""
        packed = later(self.letter_on, max(self.shop.handling_days, 1))
        return working_days_after(later(packed, -1), 1, self.shop.country)


def next_update(
    letter_on: date, dates: Iterable[tuple[str, date | None]], standings: Mapping[str, Standing], country: str
) -> date | None:
    """By when customers of a letter hear again, given (order number, new date) of its lines that can be waited for: a working day
    of the shop's country; None without need.
    """
    found = [standings.get(number, Standing()) for number, new in dates if new is None]
    open_still = [each for each in found if each.remedy is Remedy.OPTIONS]
    if not open_still:
        return None
    asked = [_word_about_answer(letter_on, each.answer_by, country) for each in open_still if each.answer_by is not None]
    wanted = working_day_by(min([later(letter_on, _UPDATE_DAYS), *asked]), country)
    return max(wanted, working_days_after(letter_on, 1, country))


def has_lain_too_long(dated: date, today: date) -> bool:
    """Whether a letter of that date is too old to go out."""
    return today > later(dated, LETTER_KEEPS_DAYS)


def _word_about_answer(letter_on: date, answer_by: date, country: str) -> date:
    """By when who has to answer hears again: a while before that, else when it is clear whether they wait."""
    before = later(answer_by, -_BEFORE_ANSWER_DAYS)
    return before if before >= later(letter_on, _LEAST_UPDATE_DAYS) else working_days_after(answer_by, 1, country)


class ToldBy(StrEnum):
    """How the customer learned of it."""

    PRINT = "print"
    EMAIL = "email"
    MESSAGE = "message"
    PHONE = "phone"
    OTHER = "other"


class Way(StrEnum):
    """How a letter goes out of the door."""

    PRINTED = "printed"
    EMAILED = "emailed"
    DRAFTED = "drafted"
    COPIED = "copied"

    @property
    def told_by(self) -> ToldBy | None:
        """How the customer learns of it; None of a draft, which the seller has yet to send."""
        return {Way.PRINTED: ToldBy.PRINT, Way.EMAILED: ToldBy.EMAIL, Way.COPIED: ToldBy.MESSAGE}.get(self)


@dataclass(eq=False)
class Notice:
    """One letter to one customer: reserved first, then rendered, then told; voided rather than erased.

    `letter` is the snapshot of its words from which the same bytes can be drawn again; `stem` names its files in `folder`, which
    is for the shop alone whose documents folder is `home`. `update_on`: by when it says that the customer hears again, where a
    date is not known. `language` is the one that the seller picked for it ("de"), "" the customer's.
    """

    customer_id: int
    letter: str
    reserved_at: datetime
    folder: str
    stem: str
    kind: str = NoticeKind.FIRST.value
    concern: str = ""
    letter_sha256: str | None = None
    coupon_sha256: str | None = None
    told_at: datetime | None = None
    told_by: str | None = None
    voided_at: datetime | None = None
    home: str = ""
    update_on: date | None = None
    language: str = ""
    id: int = field(init=False)
