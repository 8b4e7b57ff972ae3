"""What to do with a listing and why, for people."""

from __future__ import annotations

from orderdesk.domain.listings import Advice, Reason, reasons
from orderdesk.storage.queries.listings import ListingRow


def advice(row: ListingRow) -> str:
    """What to do with it, in a word or two."""
    if Reason.BIDS in reasons(row.advice, row.free, row.bids, gone=row.gone, on_order=row.on_order):
        return "end last"
    about = {Advice.REDUCE: f" to {row.keep}", Advice.SHORTEN: f" to end by {row.end_by}"}
    return f"{row.advice}{about.get(row.advice, '')}"


def reason(row: ListingRow) -> str:
    """Why; of one that is over, since when."""
    if row.advice is Advice.ENDED:
        return f"ended on {row.ended_on}" + (f": {row.ended_why}" if row.ended_why else "")
    sold_out = f"sold out after {row.end_by} at the present rate"
    said = {
        Reason.UNCOUNTED: "stock not counted",
        Reason.STOCK: _stock(row),
        Reason.SOLD_OUT: sold_out,
        Reason.SHELF_SOLD_OUT: f"{sold_out}, without what is on order",
        Reason.BIDS: "it has bids: end it only if no units come in time",
        Reason.GONE: "no more will come",
    }
    return "; ".join(said[each] for each in reasons(row.advice, row.free, row.bids, gone=row.gone, on_order=row.on_order))


def _stock(row: ListingRow) -> str:
    """What is on offer beside what there is; of a kit, of the part that there is least of."""
    if row.scarce is None:
        return f"{row.offered} on offer of the product, stock for {row.free}"
    return f"{row.scarce.offered} on offer of its part {row.scarce.sku}, stock for {row.scarce.free}"
