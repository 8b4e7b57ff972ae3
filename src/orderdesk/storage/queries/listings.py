"""Listings for the screens, each with what the guard says of it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from orderdesk.domain.days import day_of
from orderdesk.domain.listings import Advice, Advised, ListingFormat, Offered, Shelf, free_to_list, guard, runs_out
from orderdesk.domain.money import Money, money_or_none
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries import paging
from orderdesk.storage.queries.kits import kit_family
from orderdesk.storage.queries.sales import RATE_DAYS, SOLD_OF_IDS, rated_since
from orderdesk.storage.queries.shop import day_begins, shop_zone
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

    `keep` of its own units may stay, and it had better end by `end_by`; `gone`: what it lacks will not come; `on_order`: of what
    will be sold out by then more is on order. `ended_at`: where it is over, when it ended, and why, if not because its time was up.
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
    on_order: bool
    ended_at: datetime | None
    ended_on: date | None
    ended_why: str


# Its last day is over, or it ended before; `:begins` is when today begins.
_IS_OVER = "coalesce(t.ended_at IS NOT NULL OR t.ends_at < :begins, 0)"
_OVER = Advised(Advice.ENDED, 0)
# What is to be done, the most urgent first. It is not in the file: `:end`, `:reduce` and `:shorten` are the ids that it is for.
_TO_CHANGE = (Advice.END, Advice.REDUCE, Advice.SHORTEN)
_URGENCY = (
    f"CASE {' '.join(f'WHEN t.id IN (SELECT value FROM json_each(:{advice})) THEN {place}' for place, advice in enumerate(_TO_CHANGE))} "
    f"ELSE {len(_TO_CHANGE)} + {_IS_OVER} END"
)
_FILTERS = {
    "all": "",
    "to_change": f"{_URGENCY} < {len(_TO_CHANGE)}",
    "auctions": f"t.format = '{ListingFormat.AUCTION}'",
    "fixed_price": f"t.format = '{ListingFormat.FIXED_PRICE}'",
    "ended": _IS_OVER,
}
LISTING_FILTERS = tuple(_FILTERS)
_SORTS = {
    "listing": "t.listing_id {}",
    "sku": "p.sku {}",
    "title": "p.title COLLATE NOCASE {}",
    "format": "t.format {}",
    "channel": "t.channel {}",
    "ends": "coalesce(t.ended_at, t.ends_at) {} NULLS LAST",
    "bids": "t.bids {}",
    "quantity": "t.quantity {}",
    "advice": f"{_URGENCY} {{}}",
}
_FOUND = "(t.listing_id = :typed OR t.product_id IN (SELECT rowid FROM product_search WHERE product_search MATCH :words))"
# There is enough for what is on offer of all other products, and none of their auctions outlasts it. In kits nothing is plain.
_AT_RISK = f"""
SELECT t.product_id FROM listing t JOIN product p ON p.id = t.product_id WHERE NOT {_IS_OVER} GROUP BY t.product_id
HAVING p.id IN (SELECT kit_id FROM kit_part UNION ALL SELECT part_id FROM kit_part) OR p.tracked * p.stock_known = 1
    AND (sum(t.quantity) > p.on_hand - p.open_demand - p.safety_stock OR max(t.format = '{ListingFormat.AUCTION}') AND EXISTS (
        SELECT 1 FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.product_id = p.id AND o.placed_on >= :rated_since))
"""
_PAGE = """
SELECT t.id, t.listing_id, t.channel, p.sku, p.title, t.product_id, t.format, t.quantity, t.bids, t.price_minor, t.currency, t.ends_at,
    t.ended_at, t.ended_why
FROM json_each(:ids) j CROSS JOIN listing t ON t.id = j.value JOIN product p ON p.id = t.product_id ORDER BY j.key
"""
_OF_PRODUCTS = f"""
SELECT t.product_id, t.id, t.format, t.quantity, t.bids, t.ends_at
FROM json_each(:ids) j CROSS JOIN listing t ON t.product_id = j.value WHERE NOT {_IS_OVER}
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
        + coalesce((SELECT sum(f.next_units) FROM supplier_product f WHERE f.product_id = p.id AND f.next_on >= :today), 0),
    p.on_order > 0
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
    where, values = _asked(view, wanted.search, today, _FILTERS[wanted.filter])
    typed = "(t.listing_id = :typed OR p.sku COLLATE NOCASE = :typed)" if match_words(wanted.search) else ""
    order = paging.order_by(wanted.sort, _SORTS, "t.id", first=typed)
    return paging.ids(view, f"SELECT t.id FROM listing t JOIN product p ON p.id = t.product_id {where} {order}", values)


def listings_shown(view: View, wanted: ListingsView, *, today: date) -> list[ListingRow]:
    """All rows of the view, in its order."""
    return listing_rows(view, listing_ids(view, wanted, today=today), today=today)


def listing_rows(view: View, ids: Sequence[int], *, today: date) -> list[ListingRow]:
    """The rows of these ids, in their order."""
    zone = shop_zone(view)
    found = view.all(_PAGE, {"ids": paging.as_json(ids)})
    guarded = _guarded(view, {row[5] for row in found}, today)
    return [_row(row, guarded, zone) for row in found]


def listing_counts(view: View, *, search: str = "", today: date) -> dict[str, int]:
    """How many listings each filter would show."""
    where, values = _asked(view, search, today)
    return paging.count_each(view, "listing", _FILTERS, "id, format, ends_at, ended_at", where, values)


def _asked(view: View, search: str, today: date, condition: str = "") -> tuple[str, dict[str, str]]:
    """A WHERE of what is searched for and the condition, and what the SQL here asks for by name."""
    words = match_words(search)
    conditions = [each for each in (condition, _FOUND if words else "") if each]
    begins = day_begins(view, today)
    at_risk = {key for (key,) in view.all(_AT_RISK, {"begins": begins, "rated_since": rated_since(today)})}
    advised = _guarded(view, at_risk, today).advised if at_risk else {}
    to_change = {
        change.value: paging.as_json([key for key, said in advised.items() if said.advice is change]) for change in _TO_CHANGE
    }
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return where, {"words": words, "typed": search.strip(), "begins": begins, **to_change}


def _guarded(view: View, product_ids: set[int], today: date) -> _Guarded:
    """What the guard says of what is on offer of these products, and of all that share parts with them."""
    zone, begins = shop_zone(view), day_begins(view, today)
    asked = {"ids": paging.as_json(sorted(product_ids | kit_family(view, product_ids)))}
    takes: dict[int, dict[int, int]] = defaultdict(dict)
    for product, shelf, units in view.all(_TAKES, asked):
        takes[product][shelf] = units
    names, shelves = _shelves(view, asked, today)
    offered: list[Offered] = []
    exposed: dict[int, int] = defaultdict(int)
    listed: dict[int, int] = defaultdict(int)
    for product, key, format_, quantity, bids, ends_at in view.all(_OF_PRODUCTS, asked | {"begins": begins}):
        of_unit = takes.get(product, {})
        offered.append(Offered(key, ListingFormat(format_), quantity, bids, _day(ends_at, zone), of_unit))
        listed[product] += quantity
        for shelf, units in of_unit.items():
            exposed[shelf] += units * quantity
    return _Guarded(takes, names, shelves, exposed, listed, guard(shelves, offered))


def _shelves(view: View, asked: dict[str, str], today: date) -> tuple[dict[int, str], dict[int, Shelf]]:
    """The names of what is on the shelves, and what is free there."""
    names, shelves = {}, {}
    for key, name, on_hand, demand, safety, sold, gone, on_order in view.all(
        _SHELVES, asked | {"rated_since": rated_since(today), "today": today.isoformat()}
    ):
        free = free_to_list(on_hand, demand, safety)
        names[key], shelves[key] = name, Shelf(free, runs_out(free, sold / RATE_DAYS, today), bool(gone), bool(on_order))
    return names, shelves


def _row(row: Sequence[Any], guarded: _Guarded, zone: tzinfo | None) -> ListingRow:
    key, listing_id, channel, sku, title, product, format_, quantity, bids, price, currency, ends_at, ended_at, why = row
    said = guarded.advised.get(key, _OVER)
    over = (ended_at or ends_at) if said is _OVER else None
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
        on_order=said.on_order,
        ended_at=parse_instant(over) if over else None,
        ended_on=_day(over, zone),
        ended_why=why,
    )


def _day(instant: str | None, zone: tzinfo | None) -> date | None:
    return day_of(parse_instant(instant), zone) if instant else None
