"""The packing slip: what was ordered, what was sent before, what is in this parcel, what follows and when. No prices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from orderdesk.documents.addresses import address_lines
from orderdesk.documents.frame import letterhead
from orderdesk.documents.letter import Reference
from orderdesk.documents.list_sheet import ListRow, ListSheet, list_row, render_list
from orderdesk.documents.pdf import Description
from orderdesk.documents.pictures import NOTHING, Pictures
from orderdesk.documents.text import clean
from orderdesk.documents.wording import Wording, fill, in_own_words, language_to, locale_of, spelled
from orderdesk.domain.parcels import Parcel, ParcelLine
from orderdesk.domain.shop import ShopProfile


def render_slip(
    shop: ShopProfile, parcel: Parcel, packed_on: date, own_words: Mapping[str, str] = NOTHING, pictures: Pictures = NOTHING
) -> bytes:
    """The packing slip of a parcel as a PDF, in the customer's language, in the seller's own words by name where there are any.

    Raises ValueError for a parcel without lines, UnprintableTextError, TextTooLongError or AddressTooLongError.
    """
    if not parcel.lines:
        raise ValueError("a packing slip needs at least one line")
    language = language_to(parcel.address, parcel.language, shop.country)
    locale = locale_of(language, parcel.address.country, shop.country)
    slip = _compose(shop, parcel, packed_on, in_own_words(language or "en", own_words), locale)
    title = f"{slip.title} {slip.number}"
    return render_list(slip, Description(title, slip.head.shop, title, slip.language, packed_on), pictures)


def _compose(shop: ShopProfile, parcel: Parcel, packed_on: date, words: Wording, locale: str) -> ListSheet:
    labels, slip = words["labels"], words["slip"]
    number = clean(parcel.order_number)
    references = (
        Reference(labels["date"], spelled(packed_on, locale)),
        Reference(labels["order"], number),
        Reference(labels["placed"], spelled(parcel.placed_on, locale)),
    )
    sent_before = ("sent_before",) if any(line.sent_before for line in parcel.lines) else ()
    return ListSheet(
        paper=shop.paper,
        language=locale.replace("_", "-"),
        head=letterhead(shop, parcel.address.country, locale[:2]),
        address=address_lines(parcel.address, shop.country),
        references=references,
        title=slip["title"],
        number=number,
        heads=tuple(slip[name] for name in ("product", "ordered", *sent_before, "in_parcel", "to_follow")),
        rows=tuple(_row(line, slip, locale, has_earlier=bool(sent_before)) for line in parcel.lines),
        closing=f"{slip['thanks']} {slip['keep']}" if any(line.to_follow for line in parcel.lines) else slip["thanks"],
        page_label=labels["page"],
    )


def _row(line: ParcelLine, words: Mapping[str, str], locale: str, *, has_earlier: bool) -> ListRow:
    known = fill(words["follows"], date=spelled(line.promised_on, locale)) if line.promised_on else words["follows_undated"]
    earlier = (line.sent_before,) if has_earlier else ()
    numbers = tuple(str(each) for each in (line.ordered, *earlier, line.in_parcel))
    never, canceled = (fill(words[key], count=str(units)) for key, units in (("never", line.never), ("canceled", line.canceled)))
    said = ((known, line.to_follow), (never, line.never), (canceled, line.canceled))
    remark = ", ".join(text for text, units in said if units)
    instead = fill(words["instead"], product=clean(line.replaces)) if line.replaces else ""
    return list_row(line.title, line.sku, numbers, str(line.to_follow), remark, (instead, line.contents))
