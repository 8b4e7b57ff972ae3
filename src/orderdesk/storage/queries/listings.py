"""Listings for the screens, each with what the guard says of it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby
from typing import Any

from orderdesk.domain.days import day_of
from orderdesk.domain.listings import Advice, Advised, ListingFormat, Offered, Shelf, free_to_list, guard, runs_out
from orderdesk.domain.money import Money, money_or_none
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries import paging
from orderdesk.storage.queries.kits import kit_family
from orderdesk.storage.queries.sales import RATE_DAYS, SOLD_OF_IDS, rated_since
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.view import View, match_words


@dataclass(frozen=True, slots=True)
class ListingsView:
    """What the listings page shows."""

    filter: str = "all"
    search: str = ""
    sort: paging.Sort = (("advice", False), ("ends", False))


@dataclass(frozen=True, slots=True)
class Scarce:
    """A part of a kit: how many units of it may be on offer, and how many are, alone and in kits."""

    sku: str
    free: int
    offered: int


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A listing in a table. `free`: units of its product that may be on offer, None where its stock is not counted or not
    tracked; `offered` all that are, in kits as well. `scarce`: of a kit the part that there is least of for all that is on offer.

    `keep` of its own units may stay, and it had better end by `end_by`; `gone`: what it lacks will not come. `ended_at`: where it is over, when it ended, and why, if
    not because its time was up.
    """

    id: int
    listing_id: str
    channel: str
    sku: str
    title: str
    product_id: int
    format: ListingFormat
    quantity: int
    bids: int
    price: Money | None
    ends_at: datetime | None
    ends_on: date | None
    free: int | None
    offered: int
    scarce: Scarce | None
    advice: Advice
    keep: int
    end_by: date | None
    gone: bool
    ended_at: datetime | None
    ended_on: date | None
    ended_why: str


LISTING_FILTERS = ("all", "to_change", "auctions", "fixed_price", "ended")
_SORTS = {
    "listing": "t.listing_id {}",
    "sku": "p.sku {}",
    "title": "p.title COLLATE NOCASE {}",
    "format": "t.format {}",
    "channel": "t.channel {}",
    "ends": "coalesce(t.ended_at, t.ends_at) {} NULLS LAST",
    "bids": "t.bids {}",
    "quantity": "t.quantity {}",
}
# The same as a row has it: what is alike by these keys is told apart by the next, be that the advice, which SQL does not know.
_ALIKE: Mapping[str, Callable[[ListingRow], object]] = {
    "listing": lambda row: row.listing_id,
    "sku": lambda row: row.sku,
    "title": lambda row: row.title.casefold(),
    "format": lambda row: row.format,
    "channel": lambda row: row.channel,
    "ends": lambda row: row.ended_at or row.ends_at,
    "bids": lambda row: row.bids,
    "quantity": lambda row: row.quantity,
}
# What is to be done first.
_URGENCY = (Advice.END, Advice.REDUCE, Advice.SHORTEN, Advice.KEEP, Advice.ENDED)
_PAGE = """
SELECT t.id, t.listing_id, t.channel, p.sku, p.title, t.product_id, t.format, t.quantity, t.bids, t.price_minor, t.currency, t.ends_at,
    t.ended_at, t.ended_why
FROM json_each(:ids) j CROSS JOIN listing t ON t.id = j.value JOIN product p ON p.id = t.product_id ORDER BY j.key
"""
_OF_PRODUCTS = """
SELECT t.product_id, t.id, t.format, t.quantity, t.bids, t.ends_at, t.ended_at IS NOT NULL
FROM json_each(:ids) j CROSS JOIN listing t ON t.product_id = j.value
"""
# What one unit takes off which shelf: a kit its parts, another product itself, if it was counted.
_TAKES = """
SELECT k.kit_id, k.part_id, k.quantity
FROM json_each(:ids) j CROSS JOIN kit_part k ON k.kit_id = j.value JOIN product part ON part.id = k.part_id WHERE part.tracked = 1
UNION ALL SELECT p.id, p.id, 1 FROM json_each(:ids) j CROSS JOIN product p ON p.id = j.value WHERE p.tracked * p.stock_known = 1
"""
# No kit can be promised of a part that was never counted. Of what is discontinued no more comes than is on its way, and who waits
# is served first.
_SHELVES = f"""
SELECT p.id, coalesce(nullif(p.sku, ''), p.title), p.stock_known * p.on_hand, p.open_demand, p.safety_stock, coalesce(s.sold, 0),
    p.discontinued = 1 AND p.open_demand >= p.on_hand + p.on_order
        + coalesce((SELECT sum(f.next_units) FROM supplier_product f WHERE f.product_id = p.id AND f.next_on >= :today), 0)
FROM json_each(:ids) j CROSS JOIN product p ON p.id = j.value LEFT JOIN ({SOLD_OF_IDS}) s ON s.product_id = p.id
WHERE p.tracked = 1
"""


@dataclass(frozen=True, slots=True)
class _Guarded:
    """What is known of listings that share shelves: what a unit of each product takes, what is there and on offer, by shelf."""

    takes: dict[int, dict[int, int]]
    names: dict[int, str]
    shelves: dict[int, Shelf]
    exposed: dict[int, int]
    listed: dict[int, int]
    advised: dict[int, Advised]

    def free(self, product: int) -> int | None:
        """As many as there are, or can be put together; None where nobody knows."""
        return min((self.shelves[key].free // units for key, units in self._takes_of(product).items()), default=None)

    def offered(self, product: int) -> int:
        """Units that are on offer, in kits as well."""
        return self.exposed[product] if product in self._takes_of(product) else self.listed[product]

    def scarce(self, product: int) -> Scarce | None:
        """Of a kit the part that there is least of."""
        parts = self._takes_of(product).keys() - {product}
        key = min(sorted(parts), key=lambda part: self.shelves[part].free - self.exposed[part], default=None)
        return None if key is None else Scarce(self.names[key], self.shelves[key].free, self.exposed[key])

    def _takes_of(self, product: int) -> dict[int, int]:
        return self.takes.get(product, {})


def listing_ids(view: View, wanted: ListingsView, *, today: date) -> array[int]:
    """Ids of every listing of the view, in its order."""
    return array("q", (row.id for row in listings_shown(view, wanted, today=today)))


def listings_shown(view: View, wanted: ListingsView, *, today: date) -> list[ListingRow]:
    """All rows of the view, in its order."""
    rows = [row for row in listing_rows(view, _ids(view, wanted), today=today) if _shows(row, wanted.filter)]
    return _by_advice(rows, wanted)


def listing_rows(view: View, ids: Sequence[int], *, today: date) -> list[ListingRow]:
    """The rows of these ids, in their order."""
    zone = shop_zone(view)
    found = view.all(_PAGE, {"ids": paging.as_json(ids)})
    guarded = _guarded(view, {row[5] for row in found}, today, zone)
    return [_row(row, guarded, zone) for row in found]


def listing_counts(view: View, *, search: str = "", today: date) -> dict[str, int]:
    """How many listings each filter would show."""
    rows = listings_shown(view, ListingsView(search=search), today=today)
    return {name: sum(_shows(row, name) for row in rows) for name in LISTING_FILTERS}


def _by_advice(rows: list[ListingRow], wanted: ListingsView) -> list[ListingRow]:
    """Rows that SQL has sorted by the other keys, in their order by the advice too where that is one."""
    keys, typed = [key for key, _ in wanted.sort], wanted.search.strip().casefold()
    if "advice" not in keys:
        return rows
    place = keys.index("advice")
    alike = groupby(
        rows, lambda row: [typed in (row.listing_id.casefold(), row.sku.casefold()), *(_ALIKE[k](row) for k in keys[:place])]
    )
    down = wanted.sort[place][1]
    return [row for _, group in alike for row in sorted(group, key=lambda row: _URGENCY.index(row.advice), reverse=down)]


def _ids(view: View, wanted: ListingsView) -> array[int]:
    """Ids of what the search finds; the filters look at the guard's advice, which SQL does not know."""
    words = match_words(wanted.search)
    order = paging.order_by(
        wanted.sort, _SORTS, "t.id", first="(t.listing_id = :typed OR p.sku COLLATE NOCASE = :typed)" if words else ""
    )
    where = (
        "WHERE t.listing_id = :typed OR t.product_id IN (SELECT rowid FROM product_search WHERE product_search MATCH :words)"
        if words
        else ""
    )
    sql = f"SELECT t.id FROM listing t JOIN product p ON p.id = t.product_id {where} {order}"
    return paging.ids(view, sql, {"words": words, "typed": wanted.search.strip()} if words else {})


def _shows(row: ListingRow, name: str) -> bool:
    if name == "to_change":
        return row.advice not in (Advice.KEEP, Advice.ENDED)
    if name == "ended":
        return row.advice is Advice.ENDED
    if name == "all":
        return True
    return row.format is (ListingFormat.AUCTION if name == "auctions" else ListingFormat.FIXED_PRICE)


def _guarded(view: View, product_ids: set[int], today: date, zone: tzinfo | None) -> _Guarded:
    """What the guard says of the listings of these products, and of all that share parts with them."""
    asked = {"ids": paging.as_json(sorted(product_ids | kit_family(view, product_ids)))}
    takes: dict[int, dict[int, int]] = defaultdict(dict)
    for product, shelf, units in view.all(_TAKES, asked):
        takes[product][shelf] = units
    names, shelves = _shelves(view, asked, today)
    offered = [
        (product, Offered(key, ListingFormat(format_), quantity, bids, _day(ends_at, zone), takes.get(product, {}), bool(ended)))
        for product, key, format_, quantity, bids, ends_at, ended in view.all(_OF_PRODUCTS, asked)
    ]
    advised = guard(shelves, [each for _, each in offered], today=today)
    exposed: dict[int, int] = defaultdict(int)
    listed: dict[int, int] = defaultdict(int)
    for product, each in offered:
        if advised[each.id].advice is not Advice.ENDED:
            listed[product] += each.quantity
            for shelf, units in each.takes.items():
                exposed[shelf] += units * each.quantity
    return _Guarded(takes, names, shelves, exposed, listed, advised)


def _shelves(view: View, asked: dict[str, str], today: date) -> tuple[dict[int, str], dict[int, Shelf]]:
    """The names of what is on the shelves, and what is free there."""
    names, shelves = {}, {}
    for key, name, on_hand, demand, safety, sold, gone in view.all(
        _SHELVES, asked | {"rated_since": rated_since(today), "today": today.isoformat()}
    ):
        free = free_to_list(on_hand, demand, safety)
        names[key], shelves[key] = name, Shelf(free, runs_out(free, sold / RATE_DAYS, today), bool(gone))
    return names, shelves


def _row(row: Sequence[Any], guarded: _Guarded, zone: tzinfo | None) -> ListingRow:
    key, listing_id, channel, sku, title, product, format_, quantity, bids, price, currency, ends_at, ended_at, why = row
    said = guarded.advised[key]
    over = (ended_at or ends_at) if said.advice is Advice.ENDED else None
    return ListingRow(
        id=key,
        listing_id=listing_id,
        channel=channel,
        sku=sku,
        title=title,
        product_id=product,
        format=ListingFormat(format_),
        quantity=quantity,
        bids=bids,
        price=money_or_none(price, currency),
        ends_at=parse_instant(ends_at) if ends_at else None,
        ends_on=_day(ends_at, zone),
        free=guarded.free(product),
        offered=guarded.offered(product),
        scarce=guarded.scarce(product),
        advice=said.advice,
        keep=said.keep,
        end_by=said.end_by,
        gone=said.gone,
        ended_at=parse_instant(over) if over else None,
        ended_on=_day(over, zone),
        ended_why=why,
    )


def _day(instant: str | None, zone: tzinfo | None) -> date | None:
    return day_of(parse_instant(instant), zone) if instant else None
