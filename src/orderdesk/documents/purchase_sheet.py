"""The purchase order as it goes to a supplier, in the language of the shop's country."""

from __future__ import annotations

from collections.abc import Mapping

from orderdesk.documents.frame import letterhead
from orderdesk.documents.letter import Reference
from orderdesk.documents.list_sheet import ListRow, ListSheet, list_row, render_list
from orderdesk.documents.pdf import Description
from orderdesk.documents.pictures import NOTHING, Pictures
from orderdesk.documents.text import clean
from orderdesk.documents.wording import Wording, fill, language_of, locale_of, priced, spelled, wording
from orderdesk.domain.money import Money
from orderdesk.domain.purchases import Request, Wanted
from orderdesk.domain.shop import ShopProfile


def render_purchase(shop: ShopProfile, request: Request, pictures: Pictures = NOTHING) -> bytes:
    """The purchase order as a PDF. Raises UnprintableTextError, TextTooLongError or AddressTooLongError."""
    language = language_of(shop.country)
    made = _compose(shop, request, wording(language), locale_of(language, shop.country, shop.country))
    title = f"{made.title} {made.number}"
    return render_list(made, Description(title, made.head.shop, title, made.language, request.placed_on), pictures)


def _compose(shop: ShopProfile, request: Request, words: Wording, locale: str) -> ListSheet:
    texts, number = words["purchase"], clean(request.number)
    wanted = (Reference(texts["wanted"], spelled(request.expected_on, locale)),) if request.expected_on else ()
    return ListSheet(
        paper=shop.paper,
        language=locale.replace("_", "-"),
        head=letterhead(shop),
        address=(clean(request.supplier),),
        references=(
            Reference(words["labels"]["date"], spelled(request.placed_on, locale)),
            Reference(texts["number"], number),
            *wanted,
        ),
        title=texts["title"],
        number=number,
        heads=(texts["product"], texts["each"], texts["quantity"], texts["sum"]),
        rows=tuple(_row(line, texts, locale) for line in request.lines),
        closing=_closing(request.total, texts, locale),
        page_label=words["labels"]["page"],
    )


def _row(line: Wanted, texts: Mapping[str, str], locale: str) -> ListRow:
    each = whole = ""
    if line.cost is not None:
        each = priced(line.cost, locale)
        whole = priced(Money(line.cost.minor * line.quantity, line.cost.currency), locale)
    return list_row(line.title, _number(line, texts), (each, str(line.quantity)), whole)


def _number(line: Wanted, texts: Mapping[str, str]) -> str:
    """The supplier's own number, else the shop's, by which they may not know it: it is said whose it is."""
    key, sku = ("your_number", line.supplier_sku) if line.supplier_sku else ("our_number", line.sku)
    return fill(texts[key], sku=sku) if sku else ""


def _closing(total: Money | None, texts: Mapping[str, str], locale: str) -> str:
    return texts["closing_unpriced"] if total is None else fill(texts["closing"], total=priced(total, locale))
