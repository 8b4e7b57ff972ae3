"""Names, titles and concerns as people and marketplaces write them: printed as they are, or refused by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.errors import AddressTooLongError, TextTooLongError
from orderdesk.documents.fonts import Role
from orderdesk.documents.naming import split_title
from orderdesk.documents.render import check_printable, render_batch, render_letter
from orderdesk.documents.setting import shortened, wrapped
from orderdesk.documents.sheet import Type
from orderdesk.documents.text import clean, line_of
from orderdesk.domain.errors import InvalidValueError, UnprintableTextError
from tests.documents.cases import DANA, apology, delayed, page_texts, poppler_texts, shared_json, squeezed, text_of
from tests.documents.drawn import pages_of
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

FARMER, ASTRONAUT, FAMILY = (
    "\U0001f9d1\u200d\U0001f33e",
    "\U0001f469\U0001f3fd\u200d\U0001f680",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
)
GERMANY, ENGLAND = "\U0001f1e9\U0001f1ea", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
RAINBOW, KEYCAP, HEART, TREE = "\U0001f3f3\ufe0f\u200d\U0001f308", "1\ufe0f\u20e3", "\u2764\ufe0f", "\U0001f384"
THUMB, DARK_THUMB = "\U0001f44d", "\U0001f44d\U0001f3ff"
ONE_EMOJI = (FARMER, ASTRONAUT, FAMILY, GERMANY, ENGLAND, RAINBOW, KEYCAP, HEART, TREE, THUMB, DARK_THUMB)
WITH_EMOJI = (
    *(
        form.format(emoji)
        for emoji in ONE_EMOJI
        for form in ("{}", "Lamp {} warm", "سجادة {} حمراء", "سجادة{}", "{} שלום", "שלום {}")
    ),
    f"{THUMB} Mug {DARK_THUMB}{THUMB}",
    f"אב {TREE}{GERMANY} גד {DARK_THUMB} הו {HEART}{ASTRONAUT}{TREE} זח",
    f"Café {HEART} السلام cup {ASTRONAUT} x",
    f"हिन्दी {TREE} में नाम",
    f"{TREE} {THUMB}",
    f"כוס محمد محمد{DARK_THUMB} mug",
    f"אב ({TREE}) גד {KEYCAP}{KEYCAP} {TREE}",
    "Phone \u260e\ufe0e case \u260e\ufe0f \u260e, \u00a9\ufe0f \u00a9",
    "\U0001f4a9\U0001f916\U0001f512 \u263a סב \u263a\ufe0f",
    f"小林{TREE}学 \u3297\ufe0f \u3030\ufe0f",
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
    except InvalidValueError:
        assert place == "concern"
        assert len(clean(text)) > 140 or re.search("sorry|apolog|regret|forgive|pardon|excuse", text.lower())
    except (AddressTooLongError, TextTooLongError):
        assert len(text) > 60
        with pytest.raises((AddressTooLongError, TextTooLongError)):
            check_printable(compose_apology(facts))
    return ""


def letters_of(text: str) -> set[str]:
    """The letters and figures that paper must show; compatibility forms read back as what they stand for."""
    return {character for character in unicodedata.normalize("NFKC", clean(text)) if character.isalnum()}


def signs_of(text: str) -> set[str]:
    """The same with every sign of ASCII."""
    return letters_of(text) | {character for character in clean(text) if character.isascii() and not character.isspace()}


@pytest.mark.parametrize("text", SCRIPTS)
@pytest.mark.parametrize("place", ["name", "title", "concern"])
def test_every_script_is_printed_and_reads_back_as_it_is(text: str, place: str) -> None:
    parts = split_title(clean(text)) if place == "title" else (clean(text),)
    assert [part for part in parts if part not in outcome(text, place)] == []


@pytest.mark.parametrize("word", ["မြို့ပြည့်စုံ", "ကြွက်မြို့"])
def test_lines_of_burmese_stand_clear_of_each_other(word: str) -> None:
    """A row of the page without ink between the marks below one line and those above the next."""
    pdf = render_letter(compose_apology(apology(lines=(delayed(title=" ".join([word] * 12)),))))
    read = [glyph for glyph in pages_of(pdf)[0].glyphs if glyph.font.endswith("NotoSansMyanmar-Regular")]
    first, second, *_ = sorted({glyph.y for glyph in read if glyph.text.startswith(word[0])})
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=8, grayscale=True).to_pil()
    between = picture.crop([round(8 * edge) for edge in (read[0].x, first, max(glyph.right for glyph in read), second)])
    rows = (between.crop((0, row, between.width, row + 1)) for row in range(between.height))
    assert any(row.getextrema()[0] == 255 for row in rows)


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


@pytest.mark.parametrize("place", ["name", "line1", "title", "concern"])
def test_emoji_read_back_as_they_were_typed_in_every_reader(place: str, tmp_path: Path) -> None:
    letters = []
    for text in WITH_EMOJI:
        assert clean(text) == text
        facts = apology(
            concern=text if place == "concern" else "", lines=(delayed(title=text if place == "title" else "Linen apron"),)
        )
        facts = facts if place in ("title", "concern") else replace(facts, customer=replace(DANA, **{place: text}))
        letters.append(compose_apology(facts))
    pdf = render_batch(letters)
    assert pdf == render_batch(letters)
    for read in filter(None, (page_texts(pdf), poppler_texts(pdf, tmp_path))):
        for text, letter, page in zip(WITH_EMOJI, letters, map(squeezed, read), strict=True):
            row = letter.facts.rows[0]
            said = {"title": (letter.headline, row.product, row.note), "concern": (text,)}.get(place, letter.address)
            assert [part for part in said if part not in page] == []


@pytest.mark.parametrize("emoji", ONE_EMOJI)
def test_an_emoji_is_one_glyph_however_many_characters_it_has(emoji: str) -> None:
    for text in (emoji, f"Lamp {emoji}", f"سجادة {emoji} حمراء", f"{emoji}{emoji}"):
        glyphs = [glyph for page in pages_of(outcome_pdf(text)) for glyph in page.glyphs if "Emoji" in glyph.font]
        assert {glyph.text for glyph in glyphs} == {emoji}
        assert {round((glyph.right - glyph.x) / glyph.size, 2) for glyph in glyphs} == {1.27}


def outcome_pdf(title: str) -> bytes:
    return render_letter(compose_apology(apology(lines=(delayed(title=title),))))


@pytest.mark.parametrize("emoji", ONE_EMOJI)
def test_no_line_breaks_inside_an_emoji(emoji: str) -> None:
    type_ = Type(Role.SERIF, 12, 14)
    for width in range(1, 90, 7):
        for text in (emoji * 20, f"mug{emoji}" * 9, f"شاي{emoji}" * 9):
            lines = wrapped(text, type_, width)
            assert "".join(lines) == text
            assert sum(line.count(emoji) for line in lines) == text.count(emoji)
            assert all(type_.width(line) <= width for line in lines if len(line) > len(emoji))
        assert shortened(emoji * 20, type_, width).replace(emoji, "") == "…"
    assert emoji in outcome(emoji * 60, "title")


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from((*ONE_EMOJI, *SCRIPTS, *FROM_THE_RIGHT, *"\u200d\ufe0e\ufe0f\u20e3\U0001f1e9\U0001f3fb\u0301 1(♥")))
)
def test_any_mixture_with_emoji_is_printed(texts: list[str]) -> None:
    outcome("".join(texts), "title")
    line_of(Role.SCRIPT, clean("".join(texts)))


def test_what_only_steers_signs_is_kept_in_emoji_alone() -> None:
    assert clean("a\ufe0fb\U000e0067\U000e007f 1\ufe0f \ufe0e\U0001f3fb") == "ab 1 \U0001f3fb"


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
    [("Tamil அ", "TAMIL LETTER A"), ("Tibetan ཀ", "TIBETAN LETTER KA"), ("\ue000", "U+E000"), ("a\ud800", "U+D800")],
)
def test_a_character_without_a_font_stops_the_letter_and_is_named(text: str, name: str) -> None:
    for facts in (apology(customer=replace(DANA, name=text)), apology(lines=(delayed(title=text),))):
        with pytest.raises(UnprintableTextError, match=name.replace("+", r"\+")):
            check_printable(compose_apology(facts))


def test_the_refusal_says_where_the_character_is() -> None:
    with pytest.raises(UnprintableTextError, match="the customer's address contains 'அ'"):
        check_printable(compose_apology(apology(customer=replace(DANA, name="அ"))))
    with pytest.raises(UnprintableTextError, match="a product's title contains 'அ'"):
        check_printable(compose_apology(apology(lines=(delayed(title="Wok of forged steel with a lid for any stove அ"),))))


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
        if read:
            missing = signs_of(text) - set(unicodedata.normalize("NFKC", read))
            assert not missing, (text, missing)
    assert printed > 350


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=80), st.sampled_from(["name", "title", "concern"]))
def test_any_text_is_printed_or_refused_by_name(text: str, place: str) -> None:
    read = outcome(text, place)
    if read:
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
