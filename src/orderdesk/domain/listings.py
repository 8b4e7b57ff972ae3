"""The listing guard: what may stay on offer, so that nothing is sold that isn't there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class ListingFormat(StrEnum):
    AUCTION = "auction"
    FIXED_PRICE = "fixed_price"


class Advice(StrEnum):
    """What to do with a listing. `ENDED`: its last day is over; nothing is at risk any more."""

    KEEP = "keep"
    REDUCE = "reduce"
    SHORTEN = "shorten"
    END = "end"
    ENDED = "ended"


class Reason(StrEnum):
    """What speaks for an advice; each door has its words for it."""

    UNCOUNTED = "uncounted"
    STOCK = "stock"
    SOLD_OUT = "sold_out"
    SHELF_SOLD_OUT = "shelf_sold_out"
    BIDS = "bids"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Units of a product that may be on offer, alone or in kits, and the day after which they are sold at the present rate.

    `gone`: no more will come that orders do not wait for; `on_order`: some are on order, which is not on the shelf yet.
    """

    free: int
    runs_out: date | None = None
    gone: bool = False
    on_order: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """A listing that is on: units on offer, bids on an auction, its last day (None: until canceled).

    `takes`: what one of its units takes off which shelf; nothing where nobody has counted it.
    """

    id: int
    format: ListingFormat
    quantity: int
    bids: int
    ends_on: date | None
    takes: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Advised:
    """What the guard says of a listing: `keep` units may stay on offer, `end_by` is the day by which it had better end.

    `gone`: what it lacks will not come; `on_order`: of what will be sold out by that day, more is on order.
    """

    advice: Advice
    keep: int
    end_by: date | None = None
    gone: bool = False
    on_order: bool = False


def free_to_list(on_hand: int, open_demand: int, safety_stock: int) -> int:
    """Units that nobody waits for, beyond the stash."""
    return max(0, on_hand - open_demand - safety_stock)


def runs_out(free: int, sold_per_day: float, today: date) -> date | None:
    """The day after which the free units are sold at that rate; None where nothing is sold."""
    days = free / sold_per_day if sold_per_day > 0 else math.inf
    return None if days > (date.max - today).days else today + timedelta(days=math.floor(days))


def guard(shelves: Mapping[int, Shelf], offered: Iterable[Offered]) -> dict[int, Advised]:
    """What to do with each listing, by its id, so that together they take no more off any of the shelves than is free.

    Fixed prices give way first, then auctions without bids, those with bids last; of auctions the one that ends first is
    kept first. An auction that is kept is to end before the stock runs out at the present rate of sales.
    """
    advised = {}
    rest = {key: shelf.free for key, shelf in shelves.items()}
    for each in sorted(offered, key=_place):
        lacking = [key for key, units in each.takes.items() if rest[key] < each.quantity * units]
        keep = min((rest[key] // each.takes[key] for key in lacking), default=each.quantity)
        for key, units in each.takes.items():
            rest[key] -= keep * units
        advised[each.id] = _cut(each, keep, [shelves[key] for key in lacking]) if lacking else _kept(each, shelves)
    return advised


def reasons(advice: Advice, free: int | None, bids: int, *, gone: bool, on_order: bool) -> list[Reason]:
    """Why a listing is to be kept or changed; `free` is None where its stock was never counted. None of one that is over.

    Bids are a reason to wait only while something may come.
    """
    if advice is Advice.ENDED:
        return []
    if free is None:
        return [Reason.UNCOUNTED]
    has_to_wait = advice is Advice.END and bids > 0 and not gone
    sold_out = Reason.SHELF_SOLD_OUT if on_order else Reason.SOLD_OUT
    more = [(sold_out, advice is Advice.SHORTEN), (Reason.BIDS, has_to_wait), (Reason.GONE, gone)]
    return [Reason.STOCK, *(each for each, holds in more if holds)]


def _cut(each: Offered, keep: int, lacking: Iterable[Shelf]) -> Advised:
    """What does not have all of its units: an auction has no fewer than it has."""
    is_reduced = each.format is ListingFormat.FIXED_PRICE or keep
    return Advised(Advice.REDUCE if is_reduced else Advice.END, keep, gone=any(shelf.gone for shelf in lacking))


def _kept(each: Offered, shelves: Mapping[int, Shelf]) -> Advised:
    """What has all of its units: an auction may outlast them."""
    if each.format is ListingFormat.AUCTION and each.ends_on is not None:
        sold_out = min(filter(None, (shelves[key].runs_out for key in each.takes)), default=None)
        if sold_out is not None and each.ends_on > sold_out:
            on_order = any(shelves[key].on_order for key in each.takes if shelves[key].runs_out == sold_out)
            return Advised(Advice.SHORTEN, each.quantity, sold_out, on_order=on_order)
    return Advised(Advice.KEEP, each.quantity)


def _place(each: Offered) -> tuple[bool, bool, date, int]:
    """Who is kept first."""
    return each.format is ListingFormat.FIXED_PRICE, not each.bids, each.ends_on or date.max, each.id
