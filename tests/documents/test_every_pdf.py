"""Every promise of promises.py, kept by everything the app makes: letters, coupons, batches and packing slips."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.letter import Letter
from orderdesk.documents.logos import canonical_picture
from orderdesk.documents.wording import LANGUAGES, wording
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.notices import NoticeKind
from orderdesk.domain.parcels import Parcel, ParcelLine
from orderdesk.domain.shop import Paper
from orderdesk.services.apologies import Apology, apologize, orders_to_tell, revise_apology
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.batch import save_batch
from orderdesk.services.customers import draft_of_customer, edit_customer, find_customer
from orderdesk.services.sample import make_sample_shop
from orderdesk.storage.store import Store
from tests.documents.cases import DANA, HOLLOW_OAK, HOMES, OFFERS, TITLES, apology_in
from tests.documents.promises import a_batch, a_coupon, a_letter, a_slip, broken

NOW = datetime(2026, 11, 17, 18, tzinfo=UTC)
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
EVERY_PAPER = pytest.mark.parametrize("paper", list(Paper))
LOCALES = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES"}
LONG_NAME = "Maximiliane-Charlotte Freifrau von und zu Hohenlohe-Waldenburg Ingelfi"
FIVE_LINES = replace(DANA, company="Whitfield & Daughters Co.", line2="Building C, Third Floor")


def letter_in(language: str, paper: Paper, count: int = 1, **changes: Any) -> Letter:
    return compose_apology(apology_in(language, count, shop=replace(HOLLOW_OAK, paper=paper), **changes))


@EVERY_LANGUAGE
@EVERY_PAPER
@pytest.mark.parametrize("lines", [1, 3, 4, 12, 20])
def test_letters_with_few_and_many_lines(language: str, paper: Paper, lines: int) -> None:
    assert broken(a_letter(letter_in(language, paper, lines))) == {}


@EVERY_LANGUAGE
@EVERY_PAPER
def test_long_names_and_addresses_of_five_lines(language: str, paper: Paper) -> None:
    assert len(LONG_NAME) == 70
    customer = replace(FIVE_LINES, name=LONG_NAME)
    letter = letter_in(language, paper, 3, customer=customer, concern="It was meant for my mother's birthday")
    assert len(letter.address) >= 5
    assert broken(a_letter(letter)) == {}


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    ("offer", "paper"), list(zip(OFFERS, cycle(Paper), strict=False)), ids=lambda value: getattr(value, "kind", value)
)
def test_coupons_of_every_kind(language: str, offer: Offer, paper: Paper) -> None:
    assert broken(a_coupon(letter_in(language, paper, offer=offer))) == {}


@EVERY_LANGUAGE
@EVERY_PAPER
@pytest.mark.parametrize("lines", [1, 5])
def test_letters_with_a_reply_slip(language: str, paper: Paper, lines: int) -> None:
    shop = replace(HOLLOW_OAK, paper=paper, reply_slip=True)
    assert broken(a_letter(compose_apology(apology_in(language, lines, shop=shop)))) == {}


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
        document = a_letter(letter)
        assert apology.letter.read_bytes() == document.pdf
        if apology.coupon:
            assert apology.coupon.read_bytes() == a_coupon(letter).pdf
    batch = save_batch(sample, [apology.notice_id for _, apology in made], sample.folder)
    document = a_batch(letters)
    assert batch.read_bytes() == document.pdf
    assert broken(document) == {}


def sample_letters(store: Store, language: str, paper: Paper) -> list[tuple[Letter, Apology]]:
    """A letter to everyone in the sample shop who waits, as if they all read that language, on that paper."""
    for made in apologize(store, orders_to_tell(store), now=NOW).apologies:
        customer = find_customer(store, made.customer)
        edit_customer(store, customer, replace(draft_of_customer(store, customer), language=language), now=NOW)
    with store.read() as view:
        waiting = [
            notice for (notice,) in view.all("SELECT id FROM notice WHERE told_at IS NULL AND voided_at IS NULL ORDER BY id")
        ]
    revised = [revise_apology(store, notice, wishes=Wishes(paper=paper), now=NOW) for notice in waiting]
    with store.read() as view:
        return [(Letter.from_json(view.record("notice", each.notice_id)["letter"]), each) for each in revised]
