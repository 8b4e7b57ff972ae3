"""What is printed for the shop itself: labels that meet their sheets, coupons to cut, the page that calibrates a printer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pypdfium2  # type: ignore[import-untyped]
import pytest

from orderdesk.documents.addresses import address_lines
from orderdesk.documents.calibration import render_calibration
from orderdesk.documents.compose import compose_apology
from orderdesk.documents.coupon_sheets import render_coupon_sheets
from orderdesk.documents.errors import LabelTooLongError
from orderdesk.documents.labels import LabelForm, labels_per_sheet, render_labels, usual_form
from orderdesk.documents.moved import moved
from orderdesk.documents.wording import wording
from orderdesk.domain.errors import UnprintableTextError
from orderdesk.domain.shop import Address, Paper, ShopProfile
from tests.documents.cases import (
    DANA,
    EICHHOF,
    HOLLOW_OAK,
    OFFERS,
    SAFE,
    UNION,
    apology_in,
    boxes,
    lies_within,
    scanned,
    shared_json,
    text_of,
    touches,
)
from tests.documents.drawn import Glyph, pages_of, runs_of
from tests.documents.promises import Document, broken, facts_of_coupon

TODAY = date(2026, 11, 17)
EVERY_PAPER = pytest.mark.parametrize("paper", list(Paper))
EVERY_FORM = pytest.mark.parametrize("form", list(LabelForm))
INCH = 25.4
SCALE = ("−10", "−5", "0", "+5", "+10")
# Edges, and how far it is from one label to the next, in mm.
SHEETS = {
    LabelForm.AVERY_5160: (3, 10, 0.1875 * INCH, 0.5 * INCH, 2.625 * INCH, INCH, 2.75 * INCH, INCH),
    LabelForm.AVERY_L7160: (3, 7, 7.25, 15.15, 63.5, 38.1, 66.0, 38.1),
}
LONG = replace(
    DANA,
    name="Maximiliane-Charlotte Freifrau von und zu Hohenlohe-Waldenburg Ingelfi",
    company="Whitfield & Daughters Co.",
    line2="Building C, Third Floor",
    country="CA",
)


def label(form: LabelForm, place: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a label in mm, less what a printer may be off by."""
    across, _, left, top, width, height, right_by, down_by = SHEETS[form]
    x, y = left + place % across * right_by, top + place // across * down_by
    return x + 1.5, y + 1, x + width - 1.5, y + height - 1


def letters_in(texts: Sequence[str]) -> Counter[str]:
    return Counter(character for character in "".join(texts) if character.isalnum())


def a_sheet(pdf: bytes, shop: ShopProfile, title: str, facts: Sequence[str]) -> Document:
    language = "de" if shop.country == "DE" else "en"
    return Document(lambda: pdf, title, shop.name, language, TODAY, tuple(facts))


@EVERY_FORM
@pytest.mark.parametrize("shop", [HOLLOW_OAK, EICHHOF], ids=["us", "de"])
def test_each_address_lies_within_a_label_of_its_own(form: LabelForm, shop: ShopProfile) -> None:
    addresses = [DANA, LONG, replace(DANA, country="CA"), replace(DANA, company="Sanders-Callahan Fine Furniture")] * 10
    made = render_labels(addresses, form, shop, TODAY)
    per_sheet = labels_per_sheet(form)
    assert len(pypdfium2.PdfDocument(made)) == 2
    for number, address in enumerate(addresses):
        place = label(form, number % per_sheet)
        inside = [box for box in boxes(made, number // per_sheet) if touches(box, place)]
        assert all(lies_within(box, place) for box in inside)
        assert letters_in([box.text for box in inside]) == letters_in(address_lines(address, shop.country))
    title = f"{wording('de' if shop is EICHHOF else 'en')['sheets']['labels']} (40)"
    assert broken(a_sheet(made, shop, title, [line for each in addresses for line in each_word(each, shop)])) == {}


def each_word(address: Address, shop: ShopProfile) -> list[str]:
    return [word for line in address_lines(address, shop.country) for word in line.split()]


@EVERY_FORM
def test_every_person_of_the_address_data_has_a_label(form: LabelForm) -> None:
    people = shared_json("addresses", "faker_people.json")
    addresses = [
        Address(each["name"], each["company"], each["street"], "", each["city"], "", each["postcode"], each["locale"][-2:])
        for each in people
    ]
    made = render_labels(addresses, form, HOLLOW_OAK, TODAY)
    per_sheet = labels_per_sheet(form)
    by_sheet = [boxes(made, page) for page in range(-(-len(addresses) // per_sheet))]
    for number in range(len(addresses)):
        place = label(form, number % per_sheet)
        inside = [box for box in by_sheet[number // per_sheet] if touches(box, place)]
        assert inside
        assert all(lies_within(box, place) for box in inside)
    assert broken(a_sheet(made, HOLLOW_OAK, f"Address labels ({len(addresses)})", ())) == {}


@EVERY_FORM
def test_a_sheet_that_was_begun_is_used_up(form: LabelForm) -> None:
    made = render_labels([DANA, DANA], form, HOLLOW_OAK, TODAY, first=labels_per_sheet(form))
    first, second = boxes(made, 0), boxes(made, 1)
    assert all(lies_within(box, label(form, labels_per_sheet(form) - 1)) for box in first)
    assert all(lies_within(box, label(form, 0)) for box in second)
    assert len(first) == len(second) == 3


def test_what_no_label_holds_is_refused_by_name() -> None:
    endless = replace(DANA, line1="Suite of many rooms " * 30)
    with pytest.raises(LabelTooLongError, match="Dana Whitfield takes 1"):
        render_labels([DANA, endless], LabelForm.AVERY_5160, HOLLOW_OAK, TODAY)
    with pytest.raises(UnprintableTextError, match="address of Dana"):
        render_labels([replace(DANA, city="\U00012000")], LabelForm.AVERY_5160, HOLLOW_OAK, TODAY)
    for addresses, first in (([], 1), ([DANA], 0), ([DANA], 31)):
        with pytest.raises(ValueError, match="first label"):
            render_labels(addresses, LabelForm.AVERY_5160, HOLLOW_OAK, TODAY, first=first)


def test_the_usual_labels_fit_the_shops_paper() -> None:
    assert {paper: usual_form(paper) for paper in Paper} == dict.fromkeys(Paper, LabelForm.AVERY_L7160) | {
        Paper.LETTER: LabelForm.AVERY_5160
    }


@EVERY_PAPER
def test_each_third_of_a_sheet_is_one_coupon_with_its_sender(paper: Paper) -> None:
    codes = ["K7QF9M2X4TBV", "3ZN8WQ6DHV5X", "T2CJ70XE9KM1", "K7QF9M2X4TBV", "3ZN8WQ6DHV5X"]
    letters = [
        compose_apology(apology_in("en", offer=offer, coupon_code=code)) for offer, code in zip(OFFERS, codes, strict=True)
    ]
    shop = replace(HOLLOW_OAK, paper=paper)
    made = render_coupon_sheets(letters, shop, TODAY)
    opened = pypdfium2.PdfDocument(made)
    assert len(opened) == 2
    for number, letter in enumerate(letters):
        page = opened[number // 3]
        picture = page.render(scale=150 / 72, grayscale=True).to_pil()
        third = (0, number % 3 * picture.height // 3, picture.width, (number % 3 + 1) * picture.height // 3)
        assert {(str(code.format), code.text) for code in scanned(picture.crop(third))} == {
            ("Code 128", codes[number]),
            ("QR Code", codes[number]),
        }
        inside = [box for box in boxes(made, number // 3) if third[1] < box.top / 72 * 150 < third[3]]
        assert any(box.text.startswith(letter.head.return_line[:20]) for box in inside)
    cuts = {round(mark.corners[0][1] / pages_of(made)[0].height, 3) for mark in pages_of(made)[0].marks if mark.dashed}
    assert {round(1 / 3, 3), round(2 / 3, 3)} <= cuts
    facts = [fact for letter in letters if letter.coupon for fact in facts_of_coupon(letter.coupon)]
    assert broken(a_sheet(made, shop, "Coupons (5)", facts)) == {}


def test_a_letter_without_a_coupon_makes_no_sheet() -> None:
    for letters in ([], [compose_apology(apology_in("en", offer=None, coupon_code=None, valid_through=None))]):
        with pytest.raises(ValueError, match="with coupons"):
            render_coupon_sheets(letters, HOLLOW_OAK, TODAY)


@EVERY_PAPER
@pytest.mark.parametrize("country", ["US", "DE", "FR", "ES", "JP"])
def test_the_calibration_page_keeps_every_promise_in_the_shops_language(paper: Paper, country: str) -> None:
    shop = replace(EICHHOF, country=country, paper=paper)
    language = {"DE": "de", "FR": "fr", "ES": "es"}.get(country, "en")
    words = wording(language)["sheets"]
    made = render_calibration(shop, TODAY)
    facts = (words["scale"], words["down"], words["right"], words["enter"], words["window"], shop.name, "27")
    assert broken(Document(lambda: made, words["calibration"], shop.name, language, TODAY, facts)) == {}
    shown = [box for box in boxes(made) if touches(box, UNION[paper])]
    assert shown
    assert all(lies_within(box, SAFE[paper]) for box in shown)
    (ruler,) = [mark for mark in pages_of(made)[0].marks if abs(length(mark.corners) - 100 / INCH * 72) < 0.05]
    assert ruler.corners[0][1] == ruler.corners[1][1]


def length(corners: Sequence[tuple[float, float]]) -> float:
    (x0, y0), (x1, y1) = corners[0], corners[-1]
    return ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5


@pytest.mark.parametrize(("off_right", "off_down"), [(0, 0), (1500, -400), (-3000, 2200), (-250, 250)])
@EVERY_PAPER
def test_the_number_at_an_inch_brings_the_page_back_to_its_place(paper: Paper, off_right: int, off_down: int) -> None:
    """A printer that is off by so many thousandths of a millimeter, and what somebody with a ruler reads and enters."""
    page = render_calibration(replace(HOLLOW_OAK, paper=paper), TODAY)
    right, down = read_with_a_ruler(moved(page, off_right, off_down))
    assert (right, down) == (pytest.approx(-off_right / 1000, abs=0.03), pytest.approx(-off_down / 1000, abs=0.03))
    entered = moved(page, round(right * 1000), round(down * 1000))
    assert read_with_a_ruler(moved(entered, off_right, off_down)) == (pytest.approx(0, abs=0.03), pytest.approx(0, abs=0.03))


def read_with_a_ruler(pdf: bytes) -> tuple[float, float]:
    """The numbers that stand an inch from the left and from the upper edge, between those that are printed."""
    numbers = [(float(text.replace("\N{MINUS SIGN}", "-")), glyphs) for text, glyphs in words_of(pdf) if text in SCALE]
    assert len(numbers) == 2 * len(SCALE)
    across = [(value, (glyphs[0].x + glyphs[-1].right) / 2) for value, glyphs in numbers if glyphs[0].x < 150]
    down = [(value, glyphs[0].y - 0.35 * glyphs[0].size) for value, glyphs in numbers if glyphs[0].x > 150]
    return at_an_inch(across), at_an_inch(down)


def words_of(pdf: bytes) -> Iterator[tuple[str, list[Glyph]]]:
    """The words of the first page with their glyphs."""
    for run in runs_of(pages_of(pdf)[0]):
        word: list[Glyph] = []
        for glyph in run:
            if word and glyph.x - word[-1].right > 0.15 * glyph.size:
                yield "".join(each.text for each in word), word
                word = []
            word.append(glyph)
        yield "".join(each.text for each in word), word


def at_an_inch(scale: list[tuple[float, float]]) -> float:
    (first, start), *_, (last, end) = sorted(scale)
    return first + (72 - start) * (last - first) / (end - start)


def test_a_shop_without_a_name_can_calibrate_its_printer_too() -> None:
    assert "1 This line is 100 mm long" in text_of(render_calibration(ShopProfile(), TODAY))
