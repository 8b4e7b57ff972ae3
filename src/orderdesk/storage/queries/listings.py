"""Listings for the screens, each with what the guard says of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from orderdesk.domain.days import day_of
from orderdesk.domain.listings import Advice, Advised, ListingFormat, Offered, free_to_list, guard
from orderdesk.domain.money import Money, money_or_none
from orderdesk.storage.instants import parse_instant
from orderdesk.storage.queries import paging
from orderdesk.storage.queries.sales import RATE_DAYS, SOLD_OF_IDS, rated_since
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.view import View, match_words


@dataclass(frozen=True, slots=True)
class ListingsView:
    """What the listings page shows."""

    filter: str = "all"
    search: str = ""
    sort: paging.Sort = (("ends", False),)


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A listing in a table. `free`: units of its product that may be on offer, `offered` all that are, None where its stock is
    not counted or not tracked.

    `keep` of its own units may stay, and it had better end by `end_by`. `ended_at`: where it is over, when it ended, and why, if
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
    advice: Advice
    keep: int
    end_by: date | None
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
_PAGE = """
SELECT t.id, t.listing_id, t.channel, p.sku, p.title, t.product_id, t.format, t.quantity, t.bids, t.price_minor, t.currency, t.ends_at,
    t.ended_at, t.ended_why
FROM json_each(:ids) j CROSS JOIN listing t ON t.id = j.value JOIN product p ON p.id = t.product_id ORDER BY j.key
"""
_OF_PRODUCTS = """
SELECT t.product_id, t.id, t.format, t.quantity, t.bids, t.ends_at, t.ended_at IS NOT NULL
FROM json_each(:ids) j CROSS JOIN listing t ON t.product_id = j.value
"""
_STOCK = f"""
SELECT p.id, p.on_hand, p.open_demand, p.safety_stock, p.tracked * p.stock_known, coalesce(s.sold, 0)
FROM json_each(:ids) j CROSS JOIN product p ON p.id = j.value LEFT JOIN ({SOLD_OF_IDS}) s ON s.product_id = p.id
"""


_PARTS = """
SELECT k.kit_id, CASE WHEN part.stock_known THEN part.on_hand ELSE 0 END, part.open_demand, part.safety_stock, k.quantity
FROM json_each(:ids) j CROSS JOIN kit_part k ON k.kit_id = j.value JOIN product part ON part.id = k.part_id WHERE part.tracked = 1
"""


def listing_ids(view: View, wanted: ListingsView, *, today: date) -> array[int]:
    """Ids of every listing of the view, in its order."""
    if wanted.filter == "all":
        return _ids(view, wanted)
    return array("q", (row.id for row in listings_shown(view, wanted, today=today)))


def listings_shown(view: View, wanted: ListingsView, *, today: date) -> list[ListingRow]:
    """All rows of the view, in its order."""
    return [row for row in listing_rows(view, _ids(view, wanted), today=today) if _shows(row, wanted.filter)]


def listing_rows(view: View, ids: Sequence[int], *, today: date) -> list[ListingRow]:
    """The rows of these ids, in their order."""
    zone = shop_zone(view)
    found = view.all(_PAGE, {"ids": paging.as_json(ids)})
    stock = _guarded(view, {row[5] for row in found}, today, zone)
    return [_row(row, *stock[row[5]], zone) for row in found]


def listing_counts(view: View, *, search: str = "", today: date) -> dict[str, int]:
    """How many listings each filter would show."""
    rows = listings_shown(view, ListingsView(search=search), today=today)
    return {name: sum(_shows(row, name) for row in rows) for name in LISTING_FILTERS}


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


def _guarded(
    view: View, product_ids: Iterable[int], today: date, zone: ZoneInfo
) -> dict[int, tuple[int | None, int, dict[int, Advised]]]:
    """By product: units that may be on offer, units that are, and what the guard says of each listing."""
    asked = {"ids": paging.as_json(sorted(product_ids))}
    offered: dict[int, list[Offered]] = {}
    for product, key, format_, quantity, bids, ends_at, ended in view.all(_OF_PRODUCTS, asked):
        last = _day(ends_at, zone)
        offered.setdefault(product, []).append(Offered(key, ListingFormat(format_), quantity, bids, last, bool(ended)))
    found: dict[int, tuple[int | None, int, dict[int, Advised]]] = {}
    kits = _free_kits(view, asked)
    for product, on_hand, demand, safety, is_counted, sold in view.all(_STOCK, asked | {"rated_since": rated_since(today)}):
        mine = offered[product]
        free = free_to_list(on_hand, demand, safety) if is_counted else kits.get(product)
        # What nobody has counted can't run out.
        rate = sold / RATE_DAYS if free is not None else 0
        advised = guard(sum(each.quantity for each in mine) if free is None else free, mine, sold_per_day=rate, today=today)
        live = sum(each.quantity for each in mine if advised[each.id].advice is not Advice.ENDED)
        found[product] = (free, live, advised)
    return found


def _free_kits(view: View, asked: dict[str, str]) -> dict[int, int]:
    """By kit, as many as can be put together of what its parts have free; none where a part was never counted."""
    free: dict[int, int] = {}
    for kit, on_hand, demand, safety, quantity in view.all(_PARTS, asked):
        possible = free_to_list(on_hand, demand, safety) // quantity
        free[kit] = min(possible, free.get(kit, possible))
    return free


def _row(row: Sequence[Any], free: int | None, offered: int, advised: dict[int, Advised], zone: ZoneInfo) -> ListingRow:
    key, listing_id, channel, sku, title, product, format_, quantity, bids, price, currency, ends_at, ended_at, why = row
    said = advised[key]
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
        free=free,
        offered=offered,
        advice=said.advice,
        keep=said.keep,
        end_by=said.end_by,
        ended_at=parse_instant(over) if over else None,
        ended_on=_day(over, zone),
        ended_why=why,
    )


def _day(instant: str | None, zone: ZoneInfo) -> date | None:
    return day_of(parse_instant(instant), zone) if instant else None
