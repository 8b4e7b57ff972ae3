"""Names, titles and concerns as people and marketplaces write them: printed as they are, or refused by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.errors import AddressTooLongError, TextTooLongError
from orderdesk.documents.naming import split_title
from orderdesk.documents.render import check_printable, render_batch, render_letter
from orderdesk.documents.text import clean
from orderdesk.domain.errors import UnprintableTextError
from tests.documents.cases import DANA, apology, delayed, page_texts, poppler_texts, shared_json, squeezed, text_of
from tests.documents.watch import watched

SCRIPTS = (
    "אבישי פרידמן (a), 88 נ",
    "محمد عبد الله 15",
    "हिन्दी में नाम",
    "สมชาย ใจดี",
    "小林 学",
    "김민수",
    "Голубева Элеонора",
    "Ông Trọng Nguyễn",
    "Ἀθηνᾶ Ωμέγα",
    "Հայաստան",
    "ქართული",
    "Ægir Þórsson Łukasz Çelik ﬁn",
)
FROM_THE_RIGHT = (
    *("الكلام", "السلام", "الإمارات", "مُحَمَّد", "שָׁלוֹם", "ירושלים", "12 شارع الملك", "الادهم للاشعه", "غزّة", "هَبوب", "بيت ١٢"),
    *("לוי (דוד)", "Café السلام 5 لا", "ברוריה 40", "נחמני-גבאי, כהן", "كرسي خشب كبير", "שולחן עץ (גדול) 80 × 40"),
)


def outcome(text: str, place: str) -> str:
    """Prints a letter with the text as name, title or concern; what it reads back as, or "" where it was refused by name."""
    facts = apology()
    if place == "name":
        facts = replace(facts, customer=replace(DANA, name=text))
    elif place == "title":
        facts = replace(facts, lines=(delayed(title=text),))
    else:
        facts = replace(facts, concern=text)
    try:
        return text_of(render_letter(compose_apology(facts)))
    except UnprintableTextError as refusal:
        named = str(refusal)
        assert "none of the fonts" in named
        assert any(f"U+{ord(character):04X}" in named for character in unicodedata.normalize("NFC", text))
    except (AddressTooLongError, TextTooLongError):
        assert len(text) > 60
        with pytest.raises((AddressTooLongError, TextTooLongError)):
            check_printable(compose_apology(facts))
    return ""


def letters_of(text: str) -> set[str]:
    """The letters and figures that paper must show; compatibility forms read back as what they stand for."""
    return {character for character in unicodedata.normalize("NFKC", clean(text)) if character.isalnum()}


@pytest.mark.parametrize("text", SCRIPTS)
@pytest.mark.parametrize("place", ["name", "title", "concern"])
def test_every_script_is_printed_and_reads_back_as_it_is(text: str, place: str) -> None:
    parts = split_title(clean(text)) if place == "title" else (clean(text),)
    assert [part for part in parts if part not in outcome(text, place)] == []


@pytest.mark.parametrize("place", ["name", "line1", "title"])
def test_text_from_right_to_left_reads_back_as_it_is_in_every_reader(place: str, tmp_path: Path) -> None:
    letters = []
    for text in (*FROM_THE_RIGHT, *strings_from_the_right(shared_json("addresses", "faker_people.json"))):
        facts = apology(customer=replace(DANA, **{"country": "IL"} | ({} if place == "title" else {place: text})))
        letters.append(compose_apology(replace(facts, lines=(delayed(title=text if place == "title" else "Linen apron"),))))
    pdf = render_batch(letters)
    for read in filter(None, (page_texts(pdf), poppler_texts(pdf, tmp_path))):
        assert len(read) == len(letters) > 150
        for letter, page in zip(letters, map(squeezed, read), strict=True):
            row = letter.facts.rows[0]
            said = (letter.headline, row.product, row.note) if place == "title" else letter.address
            assert [text for text in said if text not in page] == []


def strings_from_the_right(data: Any) -> Iterator[str]:
    """Every string of the data with a letter that runs from the right."""
    if isinstance(data, str):
        if any("\u0590" <= character <= "\u08ff" for character in data):
            yield clean(data)
    else:
        for each in data.values() if isinstance(data, dict) else data:
            yield from strings_from_the_right(each)


@pytest.mark.parametrize(
    ("text", "name"),
    [("Party 🎉", "PARTY POPPER"), ("Tibetan ཀ", "TIBETAN LETTER KA"), ("\ue000", "U+E000"), ("a\ud800", "U+D800")],
)
def test_a_character_without_a_font_stops_the_letter_and_is_named(text: str, name: str) -> None:
    for facts in (apology(customer=replace(DANA, name=text)), apology(lines=(delayed(title=text),))):
        with pytest.raises(UnprintableTextError, match=name.replace("+", r"\+")):
            check_printable(compose_apology(facts))


def test_the_refusal_says_where_the_character_is() -> None:
    with pytest.raises(UnprintableTextError, match="the customer's address contains '🎉'"):
        check_printable(compose_apology(apology(customer=replace(DANA, name="🎉"))))
    with pytest.raises(UnprintableTextError, match="a product's title contains '🎉'"):
        check_printable(compose_apology(apology(lines=(delayed(title="Wok of forged steel with a lid for any stove 🎉"),))))


@pytest.mark.parametrize(
    "text", ["Dana\nWhitfield", "Dana\x00Whitfield", "Dana\r\n\tWhitfield", "Dana\u2028Whitfield", "Dana\u00a0Whitfield"]
)
def test_line_breaks_and_control_characters_become_single_spaces(text: str) -> None:
    assert compose_apology(apology(customer=replace(DANA, name=text))).address[0] == "Dana Whitfield"


def test_reordering_marks_cannot_disguise_a_name() -> None:
    assert clean("abc\u202edef\u2066ghi\u200f") == "abcdefghi"


@pytest.mark.parametrize(
    "markup", ['<img src="/etc/passwd">', '<a href="javascript:x">y</a>', "<b>unclosed", "&lt;", "%s %d {0}"]
)
def test_markup_is_printed_as_text(markup: str) -> None:
    for place in ("name", "title"):
        assert markup.replace(" ", "") in outcome(markup, place).replace(" ", "")


@pytest.mark.parametrize("place", ["name", "title", "concern"])
def test_naughty_strings_are_printed_or_refused_by_name(place: str) -> None:
    printed = 0
    for text in shared_json("naughty-strings", "blns.json"):
        with watched() as reached_for:
            read = outcome(text, place)
        assert reached_for == [], text
        printed += bool(read)
        if read and place == "title":
            missing = letters_of(text) - set(unicodedata.normalize("NFKC", read))
            assert not missing, (text, missing)
    assert printed > 350


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=80), st.sampled_from(["name", "title", "concern"]))
def test_any_text_is_printed_or_refused_by_name(text: str, place: str) -> None:
    read = outcome(text, place)
    if read and place == "title":
        assert letters_of(text) <= set(unicodedata.normalize("NFKC", read))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x24F), max_size=120))
def test_any_latin_title_reads_back_word_for_word(text: str) -> None:
    title = clean(text)
    read = outcome(title, "title")
    assert not read or letters_of(title) <= set(unicodedata.normalize("NFKC", read))


@pytest.mark.parametrize("length", [80, 250, 1_000, 4_000])
def test_long_titles_wrap_without_loss_or_are_refused(length: int) -> None:
    title = " ".join(f"word{number}" for number in range(length // 8))
    read = outcome(title, "title")
    assert not read or all(word in read for word in title.split())
    assert read or length > 2_000


def test_a_title_of_one_endless_word_wraps_inside_it() -> None:
    assert "x" * 20 in outcome("x" * 300, "title")
