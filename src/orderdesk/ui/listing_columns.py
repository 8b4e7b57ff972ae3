"""The listings page, declared."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from orderdesk.domain.listings import Advice, ListingFormat, Reason, reasons
from orderdesk.storage.queries.listings import ListingRow, ListingsView, listing_counts, listing_ids, listing_rows
from orderdesk.storage.view import View
from orderdesk.ui import badges, formats
from orderdesk.ui.badges import Badge
from orderdesk.ui.chips import Filter
from orderdesk.ui.commands import Command, always, one, some
from orderdesk.ui.delegates import PICK
from orderdesk.ui.listing import Source, Wanted
from orderdesk.ui.product_columns import some_units, units
from orderdesk.ui.table_model import Column
from orderdesk.ui.words import marked, tr

_REASONS = {
    Reason.UNCOUNTED: marked("Its stock is not counted: nothing is known to advise."),
    Reason.STOCK: marked("{} on offer, stock for {}."),
    Reason.SOLD_OUT: marked("At the present rate it is sold out after {}."),
    Reason.SHELF_SOLD_OUT: marked("At the present rate it is sold out after {}, without what is on order."),
    Reason.BIDS: marked("It has bids: end it only if no units come in time."),
    Reason.GONE: marked("No more will come."),
}
_OF_A_PART = marked("{} of its part {} on offer, stock for {}.")
_LAST = marked("End last")
FORMATS = {ListingFormat.AUCTION: marked("Auction"), ListingFormat.FIXED_PRICE: marked("Fixed price")}


def advice_badge(row: ListingRow, today: date) -> Badge:
    """What to do with the listing."""
    badge = badges.ADVICE[row.advice]
    if Reason.BIDS in reasons(row.advice, row.free, row.bids, gone=row.gone, on_order=row.on_order):
        return replace(badge, word=tr(_LAST))
    what = formats.day(row.end_by, today) if row.advice is Advice.SHORTEN else str(row.keep)
    return replace(badge, word=tr(badge.word).replace("{}", what))


def reason(row: ListingRow, today: date) -> str:
    """Why, in a sentence or two; of one that is over, since when and why it is."""
    if row.advice is Advice.ENDED:
        ended = tr("It ended on {}: {}.") if row.ended_why else tr("It ended on {}.")
        return ended.replace("{}", formats.day(row.ended_on, today), 1).replace("{}", row.ended_why)
    values: dict[Reason, tuple[str, ...]] = {
        Reason.STOCK: (f"{row.offered:,}", f"{row.free or 0:,}"),
        Reason.SOLD_OUT: (formats.day(row.end_by, today),),
        Reason.SHELF_SOLD_OUT: (formats.day(row.end_by, today),),
    }
    texts = dict(_REASONS)
    if row.scarce is not None:
        texts[Reason.STOCK] = _OF_A_PART
        values[Reason.STOCK] = (f"{row.scarce.offered:,}", row.scarce.sku, f"{row.scarce.free:,}")
    return " ".join(
        _filled(tr(texts[each]), values.get(each, ()))
        for each in reasons(row.advice, row.free, row.bids, gone=row.gone, on_order=row.on_order)
    )


def _filled(text: str, values: Iterable[str]) -> str:
    for value in values:
        text = text.replace("{}", value, 1)
    return text


def sentence(row: ListingRow, today: date) -> str:
    """The whole row for a screen reader."""
    words = [row.listing_id, row.title, tr(FORMATS[row.format]), formats.channel(row.channel), advice_badge(row, today).word]
    return ", ".join(word for word in words if word)


def columns(today: date) -> tuple[Column[ListingRow], ...]:
    """The columns of the listings page."""

    def badge(row: ListingRow) -> Badge:
        return advice_badge(row, today)

    return (
        Column(PICK, marked("Select"), lambda row: "", 32, sorts=False),
        Column("listing", marked("Listing"), lambda row: row.listing_id, 96, look="strong", elide_middle=True),
        Column("sku", marked("SKU"), lambda row: row.sku, 120),
        Column("title", marked("Product"), lambda row: row.title, 150, stretch=True),
        Column("format", marked("Format"), lambda row: tr(FORMATS[row.format]), 86, look="muted", roomy=True),
        Column("channel", marked("Channel"), lambda row: formats.channel(row.channel), 66, look="muted"),
        Column("ends", marked("Ends"), lambda row: formats.day(row.ended_on or row.ends_on, today), 104),
        Column("bids", marked("Bids"), lambda row: some_units(row.bids), 48, numeric=True),
        Column("quantity", marked("Offered"), lambda row: units(row.quantity), 68, numeric=True),
        Column("free", marked("Free"), lambda row: units(row.free), 50, numeric=True, sorts=False),
        Column("advice", marked("Advice"), lambda row: badge(row).word, 142, badge=badge),
        Column("price", marked("Price"), lambda row: formats.money(row.price), 84, numeric=True, sorts=False, shown=False),
    )


def _live(rows: Sequence[ListingRow]) -> bool:
    return any(row.advice is not Advice.ENDED for row in rows)


def _to_do(rows: Sequence[ListingRow]) -> bool:
    return any(row.advice not in (Advice.KEEP, Advice.ENDED) for row in rows)


FILTERS = (
    Filter("all", marked("All")),
    Filter("to_change", marked("To change"), good=marked("Every listing may stay as it is")),
    Filter("auctions", marked("Auctions")),
    Filter("fixed_price", marked("Fixed price")),
    Filter("ended", marked("Ended")),
)
COMMANDS = (
    Command("listings.done", marked("Mark as done"), "circle-check", "Ctrl+Return", _to_do, row=True, bulk=True),
    Command("listings.ended", marked("I ended it"), "ban", None, _live, row=True, bulk=True),
    Command("listings.remove", marked("Remove from the list"), "x", "Del", some, row=True, bulk=True),
    Command("listings.snippet", marked("Copy the note on backorders"), "copy", "Ctrl+Shift+C", always, separated=True),
    Command("listings.new", marked("New listing"), "plus", "Ctrl+N", always, separated=True),
    Command("listings.edit", marked("Edit listing…"), "pencil", None, one, row=True),
    Command("listings.import_files", marked("Import listings"), "file-up", None, always, separated=True),
)


def _view(wanted: Wanted) -> ListingsView:
    return ListingsView(wanted.filter, wanted.search, wanted.sort)


def _ids(view: View, wanted: Wanted, today: date) -> array[int]:
    return listing_ids(view, _view(wanted), today=today)


def _rows(view: View, ids: Sequence[int], today: date) -> list[ListingRow]:
    return listing_rows(view, ids, today=today)


def _counts(view: View, wanted: Wanted, today: date) -> dict[str, int]:
    return listing_counts(view, search=wanted.search, today=today)


SOURCE: Source[ListingRow] = Source(_ids, _rows, _counts)
