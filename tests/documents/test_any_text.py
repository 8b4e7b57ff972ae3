"""Names, titles and concerns as people and marketplaces write them: printed as they are, or refused by name."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.errors import AddressTooLongError, TextTooLongError
from orderdesk.documents.render import check_printable, render_letter
from orderdesk.documents.text import clean
from orderdesk.domain.errors import UnprintableTextError
from tests.documents.cases import DANA, apology, delayed, shared_json, text_of
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
def test_every_script_is_printed_and_reads_back(text: str, place: str) -> None:
    read = unicodedata.normalize("NFKC", outcome(text, place))
    assert letters_of(text) <= set(read)


@pytest.mark.parametrize(
    "name", ["אבישי פרידמן", "محمد عبد الله", "अनिल कुमार शर्मा", "สมชาย ใจดี", "小林 学", "김민수", "Ông Trọng"]
)
def test_a_name_reads_back_in_reading_order(name: str) -> None:
    assert name in outcome(name, "name")


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
