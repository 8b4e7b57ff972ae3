"""Every promise of promises.py, kept by everything the app makes: letters, coupons, batches and packing slips."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageFilter

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.errors import AddressTooLongError, TextTooLongError
from orderdesk.documents.letter import Letter
from orderdesk.documents.logos import canonical_picture
from orderdesk.documents.render import check_printable, render_batch, render_coupon, render_letter
from orderdesk.documents.wording import LANGUAGES, wording
from orderdesk.domain.coupons import printed
from orderdesk.domain.errors import InvalidValueError, UnprintableTextError
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.notices import NoticeKind
from orderdesk.domain.parcels import Parcel, ParcelLine
from orderdesk.domain.shop import Address, Paper
from orderdesk.services.apologies import Apology, apologize, orders_to_tell, revise_apology
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.batch import save_batch
from orderdesk.services.customers import draft_of_customer, edit_customer, find_customer
from orderdesk.services.editions import edition
from orderdesk.services.sample import make_sample_shop
from orderdesk.storage.store import Store
from tests.documents.cases import (
    CODE,
    DANA,
    HOLLOW_OAK,
    HOMES,
    OFFERS,
    TITLES,
    apology_in,
    delayed,
    places_of_the_address_cases,
    scanned,
    shared_json,
)
from tests.documents.promises import OF_ANY_TEXT, a_batch, a_coupon, a_letter, a_slip, broken

NOW = datetime(2026, 11, 17, 18, tzinfo=UTC)
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
# Hundreds of letters read back: minutes on a busy machine.
SLOW = pytest.mark.timeout(900)
EVERY_PAPER = pytest.mark.parametrize("paper", list(Paper))
LOCALES = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES"}
LONG_NAME = "Maximiliane-Charlotte Freifrau von und zu Hohenlohe-Waldenburg Ingelfi"
FIVE_LINES = replace(DANA, company="Whitfield & Daughters Co.", line2="Building C, Third Floor")


def letter_in(language: str, paper: Paper, count: int = 1, **changes: Any) -> Letter:
    return compose_apology(apology_in(language, count, shop=replace(HOLLOW_OAK, paper=paper), **changes))


@EVERY_LANGUAGE
@EVERY_PAPER
def test_letters_with_few_and_many_lines(language: str, paper: Paper) -> None:
    assert broken(a_batch([letter_in(language, paper, lines) for lines in (1, 3, 4, 12, 20)])) == {}


@EVERY_LANGUAGE
@EVERY_PAPER
def test_long_names_and_addresses_of_five_lines(language: str, paper: Paper) -> None:
    assert len(LONG_NAME) == 70
    customer = replace(FIVE_LINES, name=LONG_NAME)
    letter = letter_in(language, paper, 3, customer=customer, concern="It was meant for my mother's birthday")
    assert len(letter.address) >= 5
    assert broken(a_letter(letter)) == {}


@EVERY_PAPER
@pytest.mark.parametrize("lines", [1, 12])
def test_the_window_holds_addresses_of_three_to_six_lines(paper: Paper, lines: int) -> None:
    customers = [
        replace(FIVE_LINES, company=company, line2=line2, country=country)
        for company in ("", "Sanders-Callahan Fine Furniture")
        for line2 in ("", "Building C, Third Floor")
        for country in ("US", "CA")
    ]
    letters = [letter_in("en", paper, lines, customer=customer) for customer in customers]
    assert {len(letter.address) for letter in letters} == {3, 4, 5, 6}
    assert broken(a_batch(letters)) == {}


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    ("offer", "paper"), list(zip(OFFERS, cycle(Paper), strict=False)), ids=lambda value: getattr(value, "kind", value)
)
def test_coupons_of_every_kind(language: str, offer: Offer, paper: Paper) -> None:
    assert broken(a_coupon(letter_in(language, paper, offer=offer))) == {}


@EVERY_LANGUAGE
@EVERY_PAPER
def test_letters_with_a_reply_slip(language: str, paper: Paper) -> None:
    shop = replace(HOLLOW_OAK, paper=paper, reply_slip=True)
    assert broken(a_batch([compose_apology(apology_in(language, lines, shop=shop)) for lines in (1, 5)])) == {}


@EVERY_PAPER
def test_letters_with_logo_and_signature_hold_these_pictures_alone(paper: Paper) -> None:
    picture = BytesIO()
    Image.radial_gradient("L").save(picture, "PNG")
    logo = canonical_picture("logo", picture.getvalue())
    mark = sha256(logo).hexdigest()
    letter = compose_apology(apology_in("en", 3, shop=replace(HOLLOW_OAK, paper=paper, logo=mark, signature=mark)))
    document = a_letter(letter, {mark: logo})
    assert any(shape.painted == "picture" for shape in document.pages[0].marks)
    assert broken(document) == {}


@EVERY_LANGUAGE
@EVERY_PAPER
def test_letters_with_emoji(language: str, paper: Paper) -> None:
    lines = tuple(delayed(row, title=f"{title} 🎄👩🏽‍🚀🇩🇪1️⃣❤️, 👍👍🏿") for row, title in enumerate(("Mug", "سجادة", "כוס (גדול)")))
    letter = letter_in(language, paper, lines=lines, customer=replace(DANA, name="Dana 🎄 ❤️ محمد"), concern="the 🧑‍🌾 in 🇩🇪")
    assert broken(a_letter(letter)) == {}


@EVERY_LANGUAGE
@EVERY_PAPER
def test_letters_of_every_kind_in_one_batch(language: str, paper: Paper) -> None:
    letters = [letter_in(language, paper, 2, kind=kind, customer=replace(DANA, name=f"Customer {kind}")) for kind in NoticeKind]
    assert broken(a_batch(letters)) == {}


@EVERY_LANGUAGE
@EVERY_PAPER
@pytest.mark.parametrize("lines", [1, 20])
def test_packing_slips(language: str, paper: Paper, lines: int) -> None:
    rows = tuple(ParcelLine(f"SKU-{row}", TITLES[row % 5], 5, 3, 2, date(2026, 12, 15)) for row in range(lines))
    parcel = Parcel("HO-20418", date(2026, 11, 3), 1, replace(FIVE_LINES, country=HOMES[language]), language, rows)
    slip = a_slip(replace(HOLLOW_OAK, paper=paper), parcel, NOW.date(), wording(language)["slip"]["title"], LOCALES[language])
    assert broken(slip) == {}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The sample shop with a letter to everyone who waits."""
    store = Store.open(tmp_path_factory.mktemp("sample") / "shop.orderdesk")
    make_sample_shop(store, now=NOW)
    return store


@EVERY_LANGUAGE
@EVERY_PAPER
def test_the_letters_of_the_sample_shop(sample: Store, language: str, paper: Paper) -> None:
    made = sample_letters(sample, language, paper)
    letters = [letter for letter, _ in made]
    assert len(letters) >= 8
    assert {letter.language[:2] for letter in letters} == {language}
    for letter, apology in made:
        assert apology.letter.read_bytes() == edition(a_letter(letter).pdf, sample.folder, apology.letter.name)
        if apology.coupon:
            assert apology.coupon.read_bytes() == edition(a_coupon(letter).pdf, sample.folder, apology.coupon.name)
    batch = save_batch(sample, [apology.notice_id for _, apology in made], sample.folder)
    document = a_batch(letters)
    assert batch.read_bytes() == edition(document.pdf, sample.folder, batch.name)
    assert broken(document) == {}


def sample_letters(store: Store, language: str, paper: Paper) -> list[tuple[Letter, Apology]]:
    """A letter to everyone in the sample shop who waits, as if they all read that language, on that paper."""
    for made in apologize(store, orders_to_tell(store, now=NOW), now=NOW).apologies:
        customer = find_customer(store, made.customer)
        edit_customer(store, customer, replace(draft_of_customer(store, customer), language=language), now=NOW)
    with store.read() as view:
        waiting = [
            notice for (notice,) in view.all("SELECT id FROM notice WHERE told_at IS NULL AND voided_at IS NULL ORDER BY id")
        ]
    revised = [revise_apology(store, notice, wishes=Wishes(paper=paper), now=NOW) for notice in waiting]
    with store.read() as view:
        return [(Letter.from_json(view.record("notice", each.notice_id)["letter"]), each) for each in revised]


@SLOW
@pytest.mark.parametrize("page", [0, 1])
def test_every_person_of_the_address_data_has_a_letter_that_keeps_every_promise(page: int) -> None:
    people = shared_json("addresses", "faker_people.json")[page::2]
    papers, languages = cycle(Paper), cycle(LANGUAGES)
    letters = [letter_in(next(languages), next(papers), customer=address_of(person)) for person in people]
    assert len(letters) == 240
    assert broken(a_batch(letters)) == {}


def address_of(person: dict[str, str]) -> Address:
    where = {"line1": person["street"], "city": person["city"], "postal_code": person["postcode"]}
    return Address(name=person["name"], company=person["company"], country=person["locale"][-2:], **where)


@SLOW
def test_every_place_of_the_address_cases_has_a_letter_that_keeps_every_promise() -> None:
    """On every paper and in every language."""
    papers, languages = cycle(Paper), cycle(LANGUAGES)
    letters = [letter_in(next(languages), next(papers), customer=place) for place in places_of_the_address_cases()]
    assert len(letters) == 231
    assert broken(a_batch(letters)) == {}


@SLOW
@pytest.mark.parametrize("page", [0, 1])
def test_naughty_strings_break_no_file(page: int) -> None:
    letters = []
    for text in shared_json("naughty-strings", "blns.json")[page::2]:
        with suppress(UnprintableTextError, AddressTooLongError, TextTooLongError, InvalidValueError):
            letter = letter_in("en", Paper.LETTER, customer=replace(DANA, name=text), lines=(delayed(title=text),), concern=text)
            check_printable(letter)
            letters.append(letter)
    assert len(letters) > 220
    assert broken(a_batch(letters), OF_ANY_TEXT) == {}


@EVERY_PAPER
@pytest.mark.parametrize("angle", [-3, 3])
def test_both_codes_are_read_from_a_blurred_and_crooked_copy_in_black_and_white(paper: Paper, angle: int) -> None:
    letter = letter_in("en", paper, 3)
    assert letter.coupon
    for pdf in (render_letter(letter), render_coupon(letter)):
        opened = pypdfium2.PdfDocument(pdf)
        page = opened[len(opened) - 1].render(scale=150 / 72, grayscale=True).to_pil()
        blurred = page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(0.8))
        found = scanned(blurred.convert("1", dither=Image.Dither.NONE).convert("L"))
        assert sorted(str(code.format) for code in found) == ["Code 128", "QR Code"]
        assert {code.text for code in found} == {letter.coupon.code}


def test_other_readers_find_nothing_wrong(tmp_path: Path) -> None:
    qpdf, pdftotext = shutil.which("qpdf"), shutil.which("pdftotext")
    letters = [letter_in(language, paper, 4) for language in LANGUAGES for paper in Paper]
    (file := tmp_path / "letters.pdf").write_bytes(render_batch(letters))
    if qpdf:
        subprocess.run([qpdf, "--check", file], check=True, capture_output=True)
    if pdftotext:
        said = subprocess.run([pdftotext, "-layout", file, "-"], check=True, capture_output=True, text=True).stdout
        assert all(letter.headline.split()[0] in said for letter in letters)
        assert said.count(printed(CODE)) == len(letters)
    if not (qpdf or pdftotext):
        pytest.skip("neither qpdf nor pdftotext is on this computer")
