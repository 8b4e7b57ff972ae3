"""Facts for letters, and ways to read a PDF back."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import zxingcpp

from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ApologyFacts, DelayedLine, NoticeKind
from orderdesk.domain.packs import Delay, standing
from orderdesk.domain.shop import Address, Paper, ShopProfile
from tests.builders import HOLLOW_OAK
from tests.shared_data import shared_data

MM = 72 / 25.4
_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e]")
CODE = "K7QF9M2X4TBV"
EICHHOF = ShopProfile(
    name="Eichhof Küchenwaren",
    line1="Mühlweg 27",
    city="Freiburg",
    postal_code="79098",
    country="DE",
    email="hilfe@eichhof.example",
    phone="0800 555 0142",
    owner="June Halloran",
    currency="EUR",
    paper=Paper.A4,
    accent="#7A3B12",
)
DANA = Address(
    name="Dana Whitfield", line1="418 Alder St Apt 3", city="Bellingham", region="WA", postal_code="98225", country="US"
)
TITLES = (
    "Enamel stockpot, 5 qt, cream",
    "Copper kettle (2 l, hand-polished)",
    "Linen apron",
    "Hand-forged carbon steel wok with lid and wooden handle, 14 inch",
    "Oak bread board, 40 × 25 cm",
)
SEVEN_DOLLARS = Offer(OfferKind.AMOUNT, amount=Money(700, "USD"))
OFFERS = (
    Offer(OfferKind.FREE_SHIPPING),
    Offer(OfferKind.PERCENT, rate=10),
    SEVEN_DOLLARS,
    Offer(OfferKind.GIFT, gift="Hand-poured beeswax candle"),
    Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")),
)
HOMES = {"en": "US", "de": "DE", "fr": "FR", "es": "ES"}
# What the windows of the envelopes show, in mm from the sheet's top left: always, and whatever way the sheet slips.
SAFE = {
    Paper.LETTER: (25.4, 66.7, 108, 84.1),
    Paper.A4: (22, 52, 98, 88),
    Paper.A4_FORM_A: (22, 34, 98, 70),
    Paper.A4_UK: (22, 59, 98, 85),
}
UNION = {
    Paper.LETTER: (-3.2, 58.7, 136.5, 92.1),
    Paper.A4: (10, 45, 110, 95),
    Paper.A4_FORM_A: (10, 27, 110, 77),
    Paper.A4_UK: (10, 52, 110, 92),
}


def delayed(number: int = 0, **changes: Any) -> DelayedLine:
    """A delayed line; the number picks title, quantity and price."""
    values: dict[str, Any] = {
        "order_number": "HO-20418",
        "placed_on": date(2026, 11, 3),
        "sku": f"SKU-{number}",
        "title": TITLES[number % len(TITLES)],
        "quantity": number % 3 + 1,
        "unit_price": Money(6400 - 100 * number, "USD"),
        "promised_on": date(2026, 12, 3),
        "new_date": date(2026, 12, 15),
    }
    return DelayedLine(**values | changes)


def apology(count: int = 1, /, **changes: Any) -> ApologyFacts:
    """The facts of one letter with that many lines."""
    values: dict[str, Any] = {
        "shop": HOLLOW_OAK,
        "customer": DANA,
        "letter_on": date(2026, 11, 17),
        "lines": tuple(map(delayed, range(count))),
        "rest_can_ship": True,
        "refund": Money(6400, "USD"),
        "concern": "",
        "offer": SEVEN_DOLLARS,
        "coupon_code": CODE,
        "valid_through": date(2027, 11, 17),
    }
    return ApologyFacts(**values | changes)


def without_offer(count: int = 1, /, **changes: Any) -> ApologyFacts:
    return apology(count, offer=None, coupon_code=None, valid_through=None, **changes)


def apology_in(language: str, count: int = 1, kind: NoticeKind = NoticeKind.FIRST, **changes: Any) -> ApologyFacts:
    """The facts of a letter to a customer who reads that language at home, with what the law of the place adds."""
    make = apology if kind in (NoticeKind.FIRST, NoticeKind.REFUND) else without_offer
    home = HOMES[language]
    plain = make(count, **{"customer": replace(DANA, country=home), "language": language, "kind": kind} | changes)
    delay = Delay(date(2026, 11, 3), None, date(2026, 11, 17), date(2026, 12, 15), told_before=kind is NoticeKind.RENEWED)
    return replace(plain, standings={"HO-20418": standing("US", home, delay)})


def shared_json(*parts: str) -> Any:
    """A file of the shared data; the test is skipped with the file's name where it is absent."""
    return json.loads(shared_data("/".join(parts)).read_text(encoding="utf-8"))


def places_of_the_address_cases() -> list[Address]:
    """Real places of the whole world, all with one name."""
    return [_place(case["components"]) for case in shared_json("addresses", "opencage_address_cases.json")]


def _place(parts: dict[str, str]) -> Address:
    return Address(
        name="Dana Whitfield",
        line1=" ".join(parts[part] for part in ("road", "house_number") if part in parts),
        city=next((parts[part] for part in ("city", "town", "village") if part in parts), ""),
        region=parts.get("state", ""),
        postal_code=parts.get("postcode", ""),
        country=parts["country_code"],
    )


@dataclass(frozen=True)
class Box:
    """A run of text on a page, in points from the top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def page_texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pypdfium2.PdfDocument(pdf)]


def text_of(pdf: bytes) -> str:
    """All text, one space between words: lines broken by the layout read on."""
    return squeezed(" ".join(page_texts(pdf)))


def squeezed(text: str) -> str:
    """The text composed, with single spaces, without what marks directions and shows as nothing."""
    # The extractor marks a hyphen at the end of a line with U+FFFE.
    composed = unicodedata.normalize("NFC", _MARKS.sub("", text.replace("\ufffe", "-")))
    return re.sub(r"\s+", " ", composed).strip()


def poppler_texts(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page as poppler reads it; none where poppler is not on this computer."""
    pdftotext = shutil.which("pdftotext")
    if not pdftotext:
        return []
    (file := folder / "read.pdf").write_bytes(pdf)
    read = subprocess.run([pdftotext, file, "-"], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return read.split("\f")[:-1]


def boxes(pdf: bytes, page: int = 0) -> list[Box]:
    """The text rectangles of a page."""
    opened = pypdfium2.PdfDocument(pdf)[page]
    height = opened.get_height()
    text = opened.get_textpage()
    found = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        found.append(Box(text.get_text_bounded(left, bottom, right, top), left, height - top, right, height - bottom))
    return found


def touches(box: Box, field: tuple[float, float, float, float]) -> bool:
    """Whether any of it lies in the field (mm from the top left)."""
    left, top, right, bottom = (edge * MM for edge in field)
    return box.left < right and box.right > left and box.top < bottom and box.bottom > top


def lies_within(box: Box, field: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = (edge * MM for edge in field)
    return box.left >= left and box.right <= right and box.top >= top and box.bottom <= bottom


def codes(pdf: bytes, place: int = -1) -> dict[str, str]:
    """The codes a scanner finds on a page (the last one), printed at 150 dpi in pure black and white: format to content."""
    opened = pypdfium2.PdfDocument(pdf)
    page = opened[place % len(opened)]
    picture = page.render(scale=150 / 72, grayscale=True).to_pil().convert("1", dither=0).convert("L")
    return {str(found.format): found.text for found in scanned(picture)}


def scanned(picture: Any) -> list[Any]:
    """The Code 128 and QR codes in a picture, upright or turned."""
    return list(zxingcpp.read_barcodes(picture, formats=[zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode]))


@dataclass(frozen=True)
class FontFacts:
    """What a PDF says of one of its fonts."""

    name: str
    embedded: bool
    readable: bool


def fonts(pdf: bytes) -> Iterator[FontFacts]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            for font in page.Resources.Font.as_dict().values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                yield FontFacts(str(descriptor.FontName)[1:], "/FontFile2" in descriptor, "/ToUnicode" in font)
