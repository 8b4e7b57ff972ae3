"""The packing slip: ordered, in this parcel, to follow; in the customer's language, in every window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from pikepdf import pdfa

from orderdesk.documents.slip import render_slip
from orderdesk.domain.errors import UnprintableTextError
from orderdesk.domain.parcels import Parcel, ParcelLine
from orderdesk.domain.shop import Paper
from tests.documents.cases import DANA, EICHHOF, HOLLOW_OAK, page_texts, text_of
from tests.documents.drawn import pages_of, runs_of

PACKED = date(2026, 11, 20)
LAMP = ParcelLine("OWL-LAMP", "Ceramic owl lamp, moss green", 5, 3, 2, date(2026, 12, 15))
BOOK = ParcelLine("BOOK", "Owl bookends", 1, 1, 0, None)
LATE = ParcelLine("", "Linen apron", 4, 0, 4, None)


def parcel(*lines: ParcelLine, language: str = "") -> Parcel:
    return Parcel("HO-20418", date(2026, 11, 3), 1, DANA, language, lines)


def test_it_says_what_was_ordered_what_is_in_the_parcel_and_what_follows_when() -> None:
    text = text_of(render_slip(HOLLOW_OAK, parcel(LAMP, BOOK, LATE), PACKED))
    assert "Packing slip" in text
    assert "Ceramic owl lamp, moss green" in text
    assert "OWL-LAMP 5 3 2 by December 15, 2026" in text
    assert "4 0 4 date not known yet" in text
    assert "BOOK 1 1 0" in text
    assert "November 20, 2026" in text
    assert "HO-20418" in text
    assert "$" not in text


@pytest.mark.parametrize(
    ("language", "head"), [("", "SENT BEFORE"), ("de", "ZUVOR GESANDT"), ("fr", "DÉJÀ ENVOYÉ"), ("es", "YA ENVIADO")]
)
def test_it_says_what_went_in_earlier_parcels_so_that_it_adds_up(language: str, head: str) -> None:
    rest = ParcelLine("OWL-LAMP", "Ceramic owl lamp, moss green", 5, 2, 0, None)
    text = text_of(render_slip(HOLLOW_OAK, parcel(rest, BOOK, LATE, language=language), PACKED))
    assert head in text
    assert "OWL-LAMP 5 3 2 0" in text
    assert "BOOK 1 0 1 0" in text
    assert "4 0 0 4" in text


@pytest.mark.parametrize(
    ("language", "canceled", "instead"),
    [
        ("", "no longer on order: 1", "in place of “Green shade”"),
        ("de", "storniert: 1", "anstelle von „Green shade“"),
        ("fr", "annulé : 1", "à la place de « Green shade »"),
        ("es", "anulado: 1", "en lugar de «Green shade»"),
    ],
)
def test_it_says_what_is_ordered_no_more_and_what_is_sent_in_its_place(language: str, canceled: str, instead: str) -> None:
    shade = ParcelLine("SHADE", "Green shade", 4, 1, 1, date(2026, 12, 15), canceled=1)
    blue = ParcelLine("BLUE", "Blue shade", 1, 1, 0, None, replaces="Green shade")
    text = " ".join(text_of(render_slip(HOLLOW_OAK, parcel(shade, blue, language=language), PACKED)).split())
    assert "SHADE 4 1 1 1 " in text and canceled in text, "ordered, sent before, here, to follow"
    assert instead in text and "BLUE 1 0 1 0" in text


def test_what_follows_is_flush_right_as_the_numbers_beside_it() -> None:
    (page,) = pages_of(render_slip(HOLLOW_OAK, parcel(LAMP, BOOK, LATE), PACKED))
    ends = {"".join(glyph.text for glyph in run): run[-1].right for run in runs_of(page)}
    followed = [ends["TO FOLLOW"], ends["by December 15, 2026"], ends["date not known yet"]]
    assert max(followed) - min(followed) < 2


def test_the_slip_is_worth_keeping_only_while_something_follows() -> None:
    keep = "Keep this slip until everything has arrived."
    assert keep in text_of(render_slip(HOLLOW_OAK, parcel(LAMP, BOOK), PACKED))
    assert keep not in text_of(render_slip(HOLLOW_OAK, parcel(BOOK), PACKED))


def test_a_first_parcel_does_not_speak_of_earlier_ones() -> None:
    assert "SENT BEFORE" not in text_of(render_slip(HOLLOW_OAK, parcel(LAMP, BOOK, LATE), PACKED))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Lieferschein 5 3 2 bis 15. Dezember 2026"),
        ("fr", "Bon de livraison 15 décembre 2026"),
        ("es", "Albarán 15 de diciembre"),
    ],
)
def test_it_speaks_the_customers_language(language: str, words: str) -> None:
    text = text_of(render_slip(EICHHOF, parcel(LAMP, language=language), PACKED))
    assert all(word in text for word in words.split())


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("count", [1, 8, 40])
def test_it_is_pdf_a_on_every_paper_and_loses_no_line(paper: Paper, count: int) -> None:
    lines = [replace(LAMP, sku=f"SKU-{number:03}") for number in range(count)]
    made = render_slip(replace(HOLLOW_OAK, paper=paper), parcel(*lines), PACKED)
    assert made == render_slip(replace(HOLLOW_OAK, paper=paper), parcel(*lines), PACKED)
    assert pdfa.check(pikepdf.open(BytesIO(made)), pdfa.Flavour.PDFA_2B).findings == []
    pages = page_texts(made)
    assert [sku for page in pages for sku in page.split() if sku.startswith("SKU-")] == [line.sku for line in lines]
    assert len(pages) == (1 if count <= 8 else 3)
    assert "Keep this slip" in pages[-1]


def test_a_character_that_no_font_has_is_named() -> None:
    with pytest.raises(UnprintableTextError):
        render_slip(HOLLOW_OAK, parcel(replace(LAMP, title="Lamp \U00012000")), PACKED)
    with pytest.raises(ValueError, match="at least one line"):
        render_slip(HOLLOW_OAK, parcel(), PACKED)
