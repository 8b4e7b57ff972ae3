"""What a letter shows on paper, read back from the PDF."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date
from io import BytesIO
from itertools import cycle
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp
from pikepdf import pdfa
from PIL import Image

from orderdesk.documents.addresses import address_lines, country_name, return_line, shop_address
from orderdesk.documents.compose import compose_apology
from orderdesk.documents.errors import AddressTooLongError, TextTooLongError
from orderdesk.documents.letter import Letter
from orderdesk.documents.paper import SHEETS
from orderdesk.documents.render import render_batch, render_coupon, render_letter
from orderdesk.documents.slip import render_slip
from orderdesk.documents.wording import LANGUAGES, fill, spelled, wording
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.notices import Substitute
from orderdesk.domain.parcels import Parcel, ParcelLine
from orderdesk.domain.shop import Address, Paper, ShopProfile
from tests.documents.cases import (
    CODE,
    DANA,
    EICHHOF,
    HOLLOW_OAK,
    MM,
    UNION,
    Box,
    apology,
    apology_in,
    boxes,
    codes,
    delayed,
    fonts,
    page_texts,
    places_of_the_address_cases,
    shared_json,
    squeezed,
    text_of,
    touches,
    without_offer,
)
from tests.documents.drawn import pages_of, runs_of

SHOPS = pytest.mark.parametrize(
    "shop",
    [HOLLOW_OAK, EICHHOF, replace(EICHHOF, paper=Paper.A4_FORM_A), replace(HOLLOW_OAK, paper=Paper.A4_UK)],
    ids=["letter", "a4", "a4_form_a", "a4_uk"],
)
APRON = Substitute("Linen apron", Money(5900, "USD"))
GONE = {"new_date": None, "never_arrives": True}

_ENDLESS = "MAXIMILIANECHARLOTTEFREIFRAUVONUNDZUHOHENLOHEWALDENBURGINGELFINGENSCHL"


def letter_pdf(count: int = 1, /, **changes: Any) -> bytes:
    return render_letter(compose_apology(apology(count, **changes)))


@SHOPS
@pytest.mark.parametrize("lines", [1, 3, 4, 12, 20])
def test_every_fact_is_on_paper(shop: ShopProfile, lines: int) -> None:
    facts = apology(lines, shop=shop)
    letter = compose_apology(facts)
    text = text_of(render_letter(letter))
    for row in letter.facts.rows:
        for fact in (row.product, row.note, row.promised, row.new_date):
            assert fact in text
    assert letter.coupon is not None
    expected = [shop.name, shop.email, shop.phone, *letter.address, letter.headline, letter.salutation, letter.opening]
    expected += [
        letter.closing,
        letter.offer,
        letter.signed,
        letter.coupon.valid.value,
        letter.coupon.terms,
        "$7",
        "Promotional coupon",
    ]
    expected += [reference.value for reference in letter.references]
    expected += [choice.text for choice in letter.choices]
    assert [fact for fact in expected if squeezed(fact) not in text] == []
    assert "K7QF-9M2X-4TBV" in text


@SHOPS
@pytest.mark.parametrize(("lines", "pages"), [(1, 1), (2, 1), (3, 1), (5, 2), (12, 2), (20, 2)])
def test_up_to_three_lines_take_one_page_and_more_take_further_ones(shop: ShopProfile, lines: int, pages: int) -> None:
    assert len(page_texts(letter_pdf(lines, shop=shop))) == pages


@SHOPS
def test_four_lines_take_one_page_only_at_their_usual_sizes(shop: ShopProfile) -> None:
    pages = pages_of(letter_pdf(4, shop=shop))
    sizes = {glyph.size for page in pages for glyph in page.glyphs if glyph.font.endswith("SourceSerif4-Regular")}
    assert min(sizes) >= 9.6
    assert len(pages) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
@SHOPS
@pytest.mark.parametrize("lines", [4, 5, 8, 12, 20])
@pytest.mark.parametrize("slip", [False, True])
def test_the_two_page_form_has_words_and_coupon_on_the_address_page_and_the_whole_table_behind_it(
    shop: ShopProfile, lines: int, slip: bool, language: str
) -> None:
    letter = compose_apology(apology_in(language, lines, shop=replace(shop, reply_slip=slip)))
    pdf = render_letter(letter)
    pages, said = pages_of(pdf), [squeezed(text) for text in page_texts(pdf)]
    assert len(pages) == 2
    assert all(
        squeezed(text) in said[0] for text in (letter.opening, letter.overleaf, letter.closing, letter.offer, letter.signed)
    )
    assert letter.facts.heads[0].upper() not in said[0]
    assert all(squeezed(row.product) in said[1] for row in letter.facts.rows)
    cut, bottom = SHEETS[shop.paper].cut, SHEETS[shop.paper].bottom
    signed = max(glyph.y for glyph in pages[0].glyphs if glyph.font.endswith("LaBelleAurore-Regular"))
    words = sorted({glyph.y for glyph in pages[0].glyphs if glyph.font.endswith("SourceSerif4-Regular") and glyph.y < signed - 2})
    assert signed - words[-1] >= 25
    assert signed <= cut - 15.9
    assert min(glyph.y for glyph in pages[0].glyphs if glyph.font.endswith("IBMPlexMono-SemiBold")) > cut
    assert max(glyph.y for glyph in pages[1].glyphs) < bottom + 0.1


@SHOPS
def test_three_lines_with_long_titles_stay_on_one_page_or_move_the_coupon_whole(shop: ShopProfile) -> None:
    long = "Hand-forged carbon steel wok with lid and wooden handle for induction and gas stoves of any size"
    pages = page_texts(letter_pdf(shop=shop, lines=tuple(delayed(number, title=long) for number in range(3))))
    assert "K7QF-9M2X-4TBV" in pages[-1]
    assert "Promotional coupon" in pages[-1]


def test_a_table_over_several_pages_repeats_its_head_and_numbers_its_pages() -> None:
    pages = page_texts(letter_pdf(60))
    assert len(pages) > 2
    assert all("NEW SHIP DATE" in page for page in pages[1:])
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert "Dana Whitfield" in pages[-1]


@SHOPS
@pytest.mark.parametrize("lines", [1, 3, 8, 20])
def test_both_codes_are_read_from_a_black_and_white_print_at_150_dpi(shop: ShopProfile, lines: int) -> None:
    letter = compose_apology(apology(lines, shop=shop))
    for pdf in (render_letter(letter), render_coupon(letter)):
        found = codes(pdf, 0)
        assert len(found) == 2
        assert set(found.values()) == {CODE}


def test_an_address_with_more_lines_than_the_window_shows_is_refused() -> None:
    customer = replace(DANA, name="Hubertus Maximilian " * 8, company="Company " * 12, line2="Building " * 12)
    with pytest.raises(AddressTooLongError, match="window shows 6"):
        letter_pdf(customer=customer)


def test_below_the_cut_line_there_is_nothing_but_the_coupon() -> None:
    letter = compose_apology(apology(3))
    coupon = squeezed(" ".join(page_texts(render_coupon(letter))))
    for box in boxes(render_letter(letter)):
        if box.bottom > 200 * MM:
            assert squeezed(box.text) in coupon


@SHOPS
@pytest.mark.parametrize("lines", [1, 3, 4, 20])
def test_no_text_overlaps_another_or_leaves_the_page(shop: ShopProfile, lines: int) -> None:
    pdf = letter_pdf(lines, shop=shop, concern="It was meant for my mother's birthday")
    for page in range(len(page_texts(pdf))):
        placed = [box for box in boxes(pdf, page) if box.text.strip()]
        assert all(box.left > 13 and box.top > 13 and box.right < 600 and box.bottom < 830 for box in placed)
        pairs = [(one, other) for place, one in enumerate(placed) for other in placed[place + 1 :]]
        assert [(one.text, other.text) for one, other in pairs if overlap(one, other) > 1] == []


def overlap(one: Box, other: Box) -> float:
    """How deep two boxes lie in each other, in points."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return min(across, down)


@SHOPS
@pytest.mark.parametrize("lines", [1, 20])
def test_every_font_is_an_embedded_subset_with_its_text(shop: ShopProfile, lines: int) -> None:
    found = list(fonts(letter_pdf(lines, shop=shop)))
    assert len(found) >= 6
    for font in found:
        assert re.fullmatch(r"[A-Z]{6}\+\w+-\w+", font.name)
        assert font.embedded
        assert font.readable


@pytest.mark.parametrize("lines", [1, 20])
def test_the_files_are_pdf_a_2b(lines: int) -> None:
    letter = compose_apology(apology(lines, customer=replace(DANA, name="小林 学 אבישי")))
    for pdf in (render_letter(letter), render_coupon(letter), render_batch([letter, letter])):
        assert pdfa.check(pikepdf.open(BytesIO(pdf)), pdfa.Flavour.PDFA_2B).findings == []


def test_the_file_says_what_it_is() -> None:
    with pikepdf.open(BytesIO(letter_pdf())) as opened:
        assert str(opened.docinfo.Title) == "Your enamel stockpot will ship by December 15, 2026"
        assert str(opened.docinfo.Author) == "Hollow Oak Trading Co."
        assert str(opened.docinfo.CreationDate) == "D:20261117000000Z"
        assert str(opened.Root.Lang) == "en-US"


@pytest.mark.parametrize(
    ("country", "title"),
    [
        ("US", "Hollow Oak Trading Co.: 2 letters, November 17, 2026"),
        ("GB", "Hollow Oak Trading Co.: 2 letters, 17 November 2026"),
        ("AT", "Hollow Oak Trading Co.: 2 Briefe, 17. November 2026"),
        ("FR", "Hollow Oak Trading Co.\N{NO-BREAK SPACE}: 2 lettres, 17 novembre 2026"),
        ("MX", "Hollow Oak Trading Co.: 2 cartas, 17 de noviembre de 2026"),
    ],
)
def test_a_batch_is_titled_by_shop_number_and_day_in_the_language_of_the_shop(country: str, title: str) -> None:
    letters = [compose_apology(apology(lines, language="es")) for lines in (1, 2)]
    with pikepdf.open(BytesIO(render_batch(letters, shop_country=country))) as opened:
        assert str(opened.docinfo.Title) == title


def test_the_same_letter_gives_the_same_bytes_also_from_its_snapshot() -> None:
    letter = compose_apology(apology(12, concern="It was a gift"))
    stored = Letter.from_json(letter.to_json())
    assert stored == letter
    assert render_letter(letter) == render_letter(letter) == render_letter(stored)
    assert render_coupon(letter) == render_coupon(stored)
    assert render_batch([letter, stored]) == render_batch([stored, letter])


def test_a_batch_has_a_bookmark_for_each_customer_at_the_first_page_of_the_letter() -> None:
    letters = [compose_apology(apology(lines, customer=replace(DANA, name=f"Customer {lines}"))) for lines in (1, 12, 3)]
    with pikepdf.open(BytesIO(render_batch(letters))) as opened, opened.open_outline() as outline:
        assert len(opened.pages) == 4
        assert [entry.title for entry in outline.root] == [f"Customer {lines} · HO-20418" for lines in (1, 12, 3)]
        numbers = [opened.pages.index(pikepdf.Page(entry.destination[0])) for entry in outline.root]  # type: ignore[index]
        assert numbers == [0, 1, 3]


def test_an_empty_batch_and_a_letter_without_coupon_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one letter"):
        render_batch([])
    with pytest.raises(ValueError, match="no coupon"):
        render_coupon(compose_apology(without_offer()))


@pytest.mark.parametrize("lines", [1, 3, 12])
def test_a_letter_without_an_offer_mentions_none(lines: int) -> None:
    text = text_of(render_letter(compose_apology(without_offer(lines)))).lower()
    assert "coupon" not in text
    assert "promotional" not in text


@pytest.mark.parametrize(
    ("offer", "value"),
    [
        (Offer(OfferKind.FREE_SHIPPING), "Free shipping"),
        (Offer(OfferKind.PERCENT, rate=10), "10%"),
        (Offer(OfferKind.AMOUNT, amount=Money(1250, "USD")), "$12.50"),
        (Offer(OfferKind.AMOUNT, amount=Money(300, "JPY")), "¥300"),
        (Offer(OfferKind.GIFT, gift="Hand-poured beeswax candle"), "Hand-poured beeswax candle"),
        (Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")), "$25"),
    ],
)
def test_the_coupon_says_what_it_is_worth(offer: Offer, value: str) -> None:
    letter = compose_apology(apology(offer=offer))
    assert value in text_of(render_letter(letter))
    assert value in text_of(render_coupon(letter))


def test_a_gift_too_long_for_the_coupon_is_refused() -> None:
    with pytest.raises(TextTooLongError, match="gift"):
        letter_pdf(offer=Offer(OfferKind.GIFT, gift="A candle in a cup " * 12))


def test_an_accent_too_light_to_read_is_darkened() -> None:
    from orderdesk.documents.colors import contrast_with_white, readable

    for accent in ("#FFFF00", "#FFFFFF", "#7FFFD4", "#1F4F3C", "green", ""):
        channels = [int(readable(accent)[start : start + 2], 16) for start in (1, 3, 5)]
        assert contrast_with_white(channels) >= 4.5
    assert readable("#1F4F3C") == "#1F4F3C"


def test_every_person_of_the_address_data_gets_a_letter_with_the_whole_address() -> None:
    people = shared_json("addresses", "faker_people.json")
    for person, paper in zip(people, cycle((Paper.LETTER, Paper.A4)), strict=False):
        customer = Address(
            name=person["name"],
            company=person["company"],
            line1=person["street"],
            city=person["city"],
            postal_code=person["postcode"],
            country=person["locale"][-2:],
        )
        letter = compose_apology(apology(shop=replace(HOLLOW_OAK, paper=paper), customer=customer))
        text = text_of(render_letter(letter))
        for value in (person["name"], person["street"], person["city"], person["postcode"]):
            words = re.findall(r"\w+", value)
            assert all(word in text or word.upper() in text for word in words), (person, letter.address)


def test_every_place_of_the_address_cases_is_printed_whole() -> None:
    for customer in places_of_the_address_cases():
        text = text_of(letter_pdf(customer=customer)).upper()
        values = (customer.line1, customer.city or customer.region, customer.postal_code)
        words = [word.upper() for value in values for word in re.findall(r"\w+", value)]
        assert [word for word in words if word not in text] == [], customer


@pytest.mark.parametrize("render", [render_letter, render_coupon])
def test_bars_are_wide_enough_and_both_codes_have_their_quiet_zones(render: Callable[[Letter], bytes]) -> None:
    dots_per_mm = 600 / 25.4
    page = pypdfium2.PdfDocument(render(compose_apology(apology())))[0]
    paper = page.render(scale=600 / 72, grayscale=True).to_pil().point(lambda gray: 255 if gray > 128 else 0)
    for found in zxingcpp.read_barcodes(paper):
        box = found.position
        left, top, right, bottom = box.top_left.x, box.top_left.y, box.bottom_right.x, box.bottom_right.y
        if "QR" in str(found.format):
            quiet = (right - left) / 21 * 4
            around = paper.crop((left - quiet, top - quiet, right + quiet, bottom + quiet))
            inner = Image.new("L", (round(right - left) + 12, round(bottom - top) + 12), 255)
            around.paste(inner, (round(quiet) - 6, round(quiet) - 6))
            assert around.getextrema() == (255, 255)
        else:
            bar = (right - left) / 167
            assert bar / dots_per_mm >= 0.25
            middle = (top + bottom) // 2
            assert paper.crop((left - 10 * bar, middle, left - 4, middle + 1)).getextrema() == (255, 255)
            assert paper.crop((right + 4, middle, right + 10 * bar, middle + 1)).getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (_ENDLESS, [f"Guten Tag {_ENDLESS},"]),
        (f"ANN {_ENDLESS[4:]}", [f"Guten Tag ANN {_ENDLESS[4:]},"]),
        ("ANN CHARLOTTE WINNIFRED " * 4, ["Guten Tag" + " ANN CHARLOTTE WINNIFRED" * 2 + " ANN CHARLOTTE"]),
        ("W" * 70, ["Guten Tag " + "W" * 41, "W" * 29 + ","]),
    ],
)
def test_a_name_is_broken_in_the_salutation_only_where_no_line_holds_it(name: str, lines: list[str]) -> None:
    read = page_texts(letter_pdf(customer=replace(DANA, name=name), language="de"))[0].splitlines()
    assert [line for line in lines if line not in read] == []


def test_a_date_that_is_not_known_is_said_to_be_unknown() -> None:
    text = text_of(letter_pdf(lines=(delayed(new_date=None),)))
    assert "On backorder: your enamel stockpot" in text
    assert "Not known yet" in text
    assert "December 15" not in text


def test_dates_stand_in_the_order_of_the_customers_country_else_the_shops() -> None:
    assert "15 December 2026" in text_of(letter_pdf(customer=replace(DANA, country="DE"), language="en"))
    assert "15 December 2026" in text_of(letter_pdf(shop=EICHHOF, customer=replace(DANA, country="")))
    assert "December 15, 2026" in text_of(letter_pdf(shop=EICHHOF))
    assert "December 15, 2026" in text_of(letter_pdf())


@pytest.mark.parametrize(
    ("language", "home", "named"),
    [
        ("fr", "FR", "ALLEMAGNE"),
        ("es", "MX", "ALEMANIA"),
        ("fr", "CH", "ALLEMAGNE"),
        ("de", "US", "GERMANY"),
        ("de", "DE", "24103 Kiel"),
    ],
)
def test_a_reply_slip_names_the_shops_country_as_the_post_of_the_customers_reads_it(language: str, home: str, named: str) -> None:
    shop = replace(EICHHOF, reply_slip=True, line1="Lindenstraße 8", city="Kiel", region="", postal_code="24103", country="DE")
    reply = compose_apology(apology_in(language, shop=shop, customer=replace(DANA, country=home))).reply
    assert reply is not None and reply.to[-1] == named


@pytest.mark.parametrize(
    ("language", "home", "named"),
    [
        ("en", "GB", "United States"),
        ("de", "DE", "Vereinigte Staaten"),
        ("fr", "FR", "États-Unis"),
        ("es", "MX", "Estados Unidos"),
        ("de", "JP", "United States"),
        ("en", "US", ""),
        ("en", "", ""),
    ],
)
@pytest.mark.parametrize("paper", list(Paper))
def test_what_goes_abroad_says_which_country_it_is_from(paper: Paper, language: str, home: str, named: str) -> None:
    shop, to, day = replace(HOLLOW_OAK, paper=paper), replace(DANA, country=home), date(2026, 11, 20)
    slip = render_slip(shop, Parcel("1", day, 1, to, language, (ParcelLine("A", "Tray", 1, 1, 0, None),)), day)
    for made in (letter_pdf(shop=shop, customer=to, language=language), slip):
        from_where = text_of(made).split("97031")[1:]
        assert from_where
        for text in from_where:
            assert text.lstrip(" ,·").startswith(named)
        assert named or "United States" not in text_of(made)


def test_the_country_is_printed_only_abroad() -> None:
    abroad = replace(DANA, line1="Lindenstraße 8", city="Kiel", region="", postal_code="24103", country="DE")
    assert compose_apology(apology(customer=abroad)).address[-1] == "GERMANY"
    assert compose_apology(apology(customer=abroad, shop=EICHHOF)).address == ("Dana Whitfield", "Lindenstraße 8", "24103 Kiel")
    assert compose_apology(apology()).address[-1] == "Bellingham, WA 98225"


def test_several_orders_are_named_line_by_line() -> None:
    lines = (delayed(0), delayed(1, order_number="HO-20425", new_date=date(2027, 1, 8)))
    text = text_of(letter_pdf(lines=lines))
    assert "HO-20418, HO-20425" in text
    assert "order HO-20425" in text
    assert "January 8, 2027" in text


def test_a_batch_takes_at_most_25_kilobytes_of_memory_a_letter() -> None:
    count = 200
    letters = [compose_apology(apology(3, customer=replace(DANA, name=f"Customer {number}"))) for number in range(count)]
    render_batch(letters)
    tracemalloc.start()
    pdf = render_batch(letters)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak / count <= 25 * 1024
    assert len(pdf) / count <= 5 * 1024


@SHOPS
@pytest.mark.parametrize("lines", [1, 4, 20])
@pytest.mark.parametrize("offered", [True, False])
def test_a_reply_slip_has_every_option_and_the_shops_address(shop: ShopProfile, lines: int, offered: bool) -> None:
    build = apology if offered else without_offer
    letter = compose_apology(build(lines, shop=replace(shop, reply_slip=True)))
    assert letter.reply is not None
    pages = page_texts(render_letter(letter))
    for text in (letter.reply.title, *letter.reply.options, *letter.reply.to, letter.reply.about):
        assert text in squeezed(pages[offered])
    assert len(letter.reply.options) == len(letter.choices)
    assert letter.reply.to[0] == shop.name
    assert len(pages) == 1 or f"Page {len(pages)} of {len(pages)}" in pages[-1]


@SHOPS
@pytest.mark.parametrize("offered", [True, False])
@pytest.mark.parametrize(
    "numbers",
    [
        [f"A-{number}" for number in range(1000, 1004)],
        [f"12-3456{number}-89012" for number in range(5)],
        ["1001", "1002", "1003"],
    ],
    ids=["four", "five of eBay", "figures alone"],
)
def test_every_order_is_named_whole_where_the_letter_names_them(shop: ShopProfile, numbers: list[str], offered: bool) -> None:
    """In the head, on the slip that comes back, on the lines of the list; none on two lines."""
    lines = tuple(delayed(place, order_number=number, title="Linen apron") for place, number in enumerate(numbers))
    build = apology if offered else without_offer
    pdf = render_letter(compose_apology(build(lines=lines, shop=replace(shop, reply_slip=True))))
    text = "\n".join(line for page in page_texts(pdf) for line in page.splitlines() if "Page 2 of 2" not in line)
    assert "…" not in text
    for number in numbers:
        assert len(re.findall(rf"(?<!\d){re.escape(number)}(?!\d)", text)) >= 3, number


@SHOPS
@pytest.mark.parametrize(
    "name",
    ["Marigold Abernathy-Fitzgerald-Townsend", "Maximiliane Charlotte Freifrau von und zu Hohenlohe-Waldenburg-Ingelf"],
)
def test_whom_a_coupon_is_made_out_to_is_no_smaller_than_its_label(shop: ShopProfile, name: str) -> None:
    for pdf in (
        render_letter(made := compose_apology(apology(customer=replace(DANA, name=name), shop=shop))),
        render_coupon(made),
    ):
        page = pages_of(pdf)[0]
        assert name in text_of(pdf)
        sizes = {glyph.size for glyph in page.glyphs if glyph.y > page.glyphs[0].y and glyph.size > 1}
        assert min(sizes) >= 6.9


@SHOPS
@pytest.mark.parametrize("form", ["12-3456{}-89012", "{}", "ABCDEFGHIJ-KLMNOPQRSTU-{}"])
def test_of_more_orders_than_there_is_room_for_the_first_are_named_whole(shop: ShopProfile, form: str) -> None:
    numbers = [form.format(number) for number in range(10_000_001, 10_000_041)]
    lines = tuple(delayed(place, order_number=number) for place, number in enumerate(numbers))
    customer = replace(DANA, name="Maximiliane Charlotte Freifrau von und zu Hohenlohe-Waldenburg-Ingelf")
    pdf = render_letter(compose_apology(apology(lines=lines, customer=customer, shop=replace(shop, reply_slip=True))))
    pages = [page.splitlines() for page in page_texts(pdf)]
    cut = [line for page in pages for line in page if "…" in line]
    assert len(cut) >= len(pages), (
        "the slip and the head of each page behind the first; that of the letter has room for short ones"
    )
    for line in cut:
        assert re.search(rf"(^|[ ,])({'|'.join(map(re.escape, numbers))}), …( |$)", squeezed(line)), line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("lines", "other", "offered"),
    [
        ([{}], None, []),
        ([{}], APRON, ["substitute_named"]),
        ([{}, {}], APRON, []),
        ([GONE], None, ["substitute"]),
        ([GONE, {}], None, []),
    ],
)
def test_a_reply_slip_offers_another_product_only_where_the_letter_does(
    language: str, lines: list[dict[str, Any]], other: Substitute | None, offered: list[str]
) -> None:
    late = tuple(delayed(place, **changes) for place, changes in enumerate(lines))
    shop = replace(HOLLOW_OAK, reply_slip=True)
    letter = compose_apology(apology(lines=late, shop=shop, language=language, substitute=other))
    words = wording(language)
    to_tick = {fill(words["reply"][key], product=APRON.title): key for key in ("substitute", "substitute_named")}
    assert letter.reply is not None
    assert [to_tick[option] for option in letter.reply.options if option in to_tick] == offered
    assert (words["choices"]["substitute_title"] in [choice.title for choice in letter.choices]) == bool(offered)


@SHOPS
@pytest.mark.parametrize(
    ("lines", "offered", "pages"), [(1, False, 1), (1, True, 2), (5, True, 2), (12, True, 2), (20, True, 2), (15, False, 2)]
)
def test_a_reply_slip_has_a_panel_of_the_letter(shop: ShopProfile, lines: int, offered: bool, pages: int) -> None:
    """The last one of the address page where no coupon stands there, else the first of the next page, above the table."""
    letter = compose_apology((apology if offered else without_offer)(lines, shop=replace(shop, reply_slip=True)))
    assert letter.reply
    read = pages_of(render_letter(letter))
    assert len(read) == pages
    page, folds = read[1 if offered else 0], SHEETS[shop.paper].folds
    cut = next(mark.corners[0][1] for mark in page.marks if mark.dashed and mark.corners[-1][0] > 500)
    title = next(run[0].y for run in runs_of(page) if "".join(glyph.text for glyph in run).startswith(letter.reply.title))
    assert (title > cut) == (not offered)
    assert cut == pytest.approx(max(folds[0], 264) if offered else folds[-1], abs=0.1)
    if lines > 3:
        (heads,) = (run[0].y for run in runs_of(read[1]) if "".join(glyph.text for glyph in run).startswith("NEW SHIP DATE"))
        assert not offered or heads > cut


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("days", "key"),
    [((15, 15), "wait"), ((None, None), "wait_undated"), ((8, None, 20), "wait_listed"), ((8, 20), "wait_listed")],
)
def test_a_reply_slip_has_the_customer_agree_to_a_date_only_where_it_is_that_of_all_lines(
    language: str, days: tuple[int | None, ...], key: str
) -> None:
    lines = tuple(delayed(place, new_date=day and date(2026, 12, day)) for place, day in enumerate(days))
    letter = compose_apology(apology(lines=lines, shop=replace(HOLLOW_OAK, reply_slip=True), language=language))
    assert letter.reply is not None
    day = spelled(date(2026, 12, 15), letter.language.replace("-", "_"))
    said = fill(wording(language)["reply"][key], date=day)
    assert letter.reply.options[0] == said
    assert said in squeezed(page_texts(render_letter(letter))[-1])


def test_a_shop_that_can_only_be_written_to_sends_a_slip_with_every_letter() -> None:
    unreachable = replace(HOLLOW_OAK, email="", phone="")
    assert compose_apology(apology(shop=unreachable)).reply is not None
    assert compose_apology(apology()).reply is None


def test_a_german_trader_prints_the_register_entry() -> None:
    entry = "Eichhof e. K., Sitz Freiburg, Amtsgericht Freiburg HRA 12345"
    assert entry in text_of(render_letter(compose_apology(apology(shop=replace(EICHHOF, register=entry)))))


LONG_NAME = "Eichhof Küchenwaren und Haushaltsgeräte GmbH & Co. KG"
LONG_ENTRY = f"{LONG_NAME}, Sitz Freiburg im Breisgau, Amtsgericht Freiburg im Breisgau HRA 712345"
LONG_MAIL = "bestellungen.und.kundenbetreuung.rund.um.die.kueche@haushaltsgeraete-freiburg-im-breisgau.example"


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize(("lines", "slip"), [(1, False), (12, True)])
def test_what_the_law_wants_of_the_shop_is_set_smaller_rather_than_cut(paper: Paper, lines: int, slip: bool) -> None:
    shop = replace(
        EICHHOF,
        name="Eichhof Küchenwaren und Haushaltsgeräte GmbH & Co. KG",
        line1="Alte Mühlenstraße am Waldrand 27, Hinterhaus, Aufgang C",
        city="Freiburg im Breisgau",
        email=LONG_MAIL,
        site="haushaltsgeraete-freiburg-im-breisgau.example",
        owner="Maximiliane Charlotte Freifrau von und zu Hohenlohe-Waldenburg-Ingelfingen",
        register=LONG_ENTRY,
        paper=paper,
        reply_slip=slip,
    )
    pdf = render_letter(compose_apology(apology(lines, shop=shop)))
    text = page_texts(pdf)[0]
    assert LONG_ENTRY in squeezed(text)
    assert LONG_MAIL in "".join(text.split())
    assert f"{shop.owner}, {shop.name}" in text_of(pdf)
    assert SHEETS[paper].return_baseline is None or return_line(shop) in squeezed(text)
    assert "…" not in text, text[max(0, text.find("…") - 80) :][:120]
    entry = next(box for box in boxes(pdf) if "HRA 712345" in box.text)
    assert not touches(entry, UNION[paper])


def test_every_text_of_a_letter_is_looked_through_for_what_no_font_covers() -> None:
    facts = apology(2, shop=replace(HOLLOW_OAK, reply_slip=True, register="HRB 1"))
    letter = replace(compose_apology(facts), note="If we do not hear from you, we wait.")
    looked_at = " ".join(text for _, text, _ in letter.printed_texts())
    hidden = {
        "language",
        "paper",
        "dated",
        "subject",
        "bookmark",
        "accent",
        "logo",
        "signature_picture",
        "rules",
        "code",
        "short_note",
        "sums",
        "digest",
    }
    left = [text for text in strings(asdict(letter), hidden) if text not in looked_at]
    assert left == []


def strings(value: object, hidden: set[str]) -> Iterator[str]:
    """Every text in a letter's fields but those that are not printed as words."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for key, each in value.items() if key not in hidden for text in strings(each, hidden))
    elif isinstance(value, (list, tuple)):
        yield from (text for each in value for text in strings(each, hidden))


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (
            Address(
                name="Manabu Kobayashi",
                line1="1-2-3 Umeda",
                city="Osaka-shi",
                region="Osaka",
                postal_code="530-0001",
                country="JP",
            ),
            ("Manabu Kobayashi", "1-2-3 Umeda, Osaka-shi, OSAKA", "530-0001", "JAPAN"),
        ),
        (
            Address(name="小林 学", line1="梅田1-2-3", city="大阪市", region="大阪府", postal_code="530-0001", country="JP"),
            ("〒530-0001", "大阪府 大阪市", "梅田1-2-3", "小林 学", "JAPAN"),
        ),
        (
            Address(name="Manabu Kobayashi", line1="1-2-3 Umeda", city="Osaka-shi", postal_code="530-0001", country="JP"),
            ("Manabu Kobayashi", "1-2-3 Umeda, Osaka-shi", "530-0001", "JAPAN"),
        ),
    ],
    ids=["Latin letters", "its own script", "no prefecture"],
)
def test_a_japanese_city_stands_before_its_prefecture_in_latin_letters_and_behind_it_in_its_own_script(
    address: Address, lines: tuple[str, ...]
) -> None:
    assert address_lines(address, "US") == lines


@pytest.mark.parametrize(
    ("address", "last"),
    [
        (Address(city="Madrid", region="MADRID", postal_code="28013", country="ES"), "28013 Madrid"),
        (Address(city="Cádiz", region="Cadiz", postal_code="11001", country="ES"), "11001 Cádiz"),
        (Address(city="Getafe", region="Madrid", postal_code="28901", country="ES"), "28901 Getafe MADRID"),
        (Address(city="Berlin", region="Berlin", postal_code="10115", country="DE"), "10115 Berlin"),
        (Address(city="New York", region="New York", postal_code="10001", country="US"), "New York, NY 10001"),
        (Address(city="東京都", region="東京都", postal_code="100-0001", country="JP"), "東京都"),
    ],
)
def test_a_region_is_left_out_where_it_repeats_the_city(address: Address, last: str) -> None:
    lines = address_lines(replace(address, name="Dana", line1="Calle 1"), address.country)
    assert last in lines
    shop = ShopProfile(name="Dana", line1="Calle 1", city=address.city, region=address.region, postal_code=address.postal_code)
    assert last in shop_address(replace(shop, country=address.country))


@pytest.mark.parametrize(
    ("address", "last"),
    [
        (Address(city="Portland", region="Oregon", postal_code="97201", country="US"), "Portland, OR 97201"),
        (Address(city="Portland", region="or", postal_code="97201", country="US"), "Portland, OR 97201"),
        (Address(city="Laval", region="Québec", postal_code="H7A 0A1", country="CA"), "Laval QC H7A 0A1"),
        (Address(city="Portland", region="Cascadia", postal_code="97201", country="US"), "Portland, CASCADIA 97201"),
    ],
)
def test_a_region_goes_by_its_code_where_the_post_wants_codes(address: Address, last: str) -> None:
    assert last in squeezed(page_texts(letter_pdf(customer=replace(address, name="Dana", line1="1 Mill Rd")))[0])


@pytest.mark.parametrize("country", ["US", "DE", "FR", "ES", "GB"])
def test_a_reply_slip_names_the_shops_country_only_abroad(country: str) -> None:
    shop = replace(HOLLOW_OAK, country=country, reply_slip=True)
    for home, abroad in ((country, False), ("", False), ("JP", True)):
        reply = compose_apology(apology(shop=shop, customer=replace(DANA, country=home))).reply
        assert reply is not None
        assert (reply.to[-1] == country_name(country, "en").upper()) == abroad


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "order A-1", "orders A-1 and A-2"),
        ("de", "Bestellung A-1", "Bestellungen A-1 und A-2"),
        ("fr", "commande A-1", "commandes A-1 et A-2"),
        ("es", "pedido A-1", "pedidos A-1 y A-2"),
    ],
)
def test_a_reply_slip_names_its_orders_as_one_says_it(language: str, one: str, two: str) -> None:
    for numbers, said in ((("A-1",), one), (("A-1", "A-2"), two)):
        lines = tuple(delayed(place, order_number=number) for place, number in enumerate(numbers))
        letter = compose_apology(apology(shop=replace(HOLLOW_OAK, reply_slip=True), language=language, lines=lines))
        assert letter.reply is not None
        assert letter.reply.about == f"Dana Whitfield · {said}"
