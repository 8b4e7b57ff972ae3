"""Words of letters, changed in the window: chips, marks, the letter beside it, and back to the usual ones."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QLabel, QPushButton

from orderdesk.domain.tone.reasons import REASONS
from orderdesk.services import wordings
from orderdesk.ui.theme import Mode
from orderdesk.ui.words_page import WordsPage
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def words(seller: Seller) -> WordsPage:
    seller.window.interior.command_sets["File"].action("file.words").trigger()
    page = seller.window.interior.current_page
    assert isinstance(page, WordsPage)
    seller.until(lambda: bool(page.pages.pages))
    return page


def choose(seller: Seller, page: WordsPage, text: str) -> None:
    """Click the text in the list and wait for it in the editor."""
    item, *_ = page.choice.list.findItems(text, Qt.MatchFlag.MatchExactly)  # the slip may say the same
    page.choice.list.scrollToItem(item)
    seller.bot.mouseClick(
        page.choice.list.viewport(), Qt.MouseButton.LeftButton, pos=page.choice.list.visualItemRect(item).center()
    )
    seller.until(lambda: page.editor.toPlainText() == text)


def type_over(seller: Seller, page: WordsPage, words: str) -> None:
    page.editor.setFocus()
    page.editor.selectAll()
    seller.bot.keyClicks(page.editor, words)


def own(seller: Seller) -> dict[str, str]:
    return {text.name: text.own for text in wordings.texts(seller.desk.store, "en") if text.own is not None}


def marked(page: WordsPage) -> set[str]:
    """The words with a wavy line below them."""
    block = page.editor.document().firstBlock()
    layout: QTextLayout = block.layout()
    wavy = [each for each in layout.formats() if each.format.underlineStyle().name == "WaveUnderline"]
    return {block.text()[each.start : each.start + each.length] for each in wavy}


def said(page: WordsPage) -> str:
    layout = page.findings.layout()
    frames = [layout.itemAt(place).widget() for place in range(layout.count())]
    return " ".join(label.text() for frame in frames if frame is not None for label in frame.findChildren(QLabel))


def test_words_typed_are_in_the_letter_beside_them_and_kept_when_the_seller_goes_on(seller: Seller, words: WordsPage) -> None:
    choose(seller, words, "Thank you for your order.")
    before = words.pages.pages[0]
    type_over(seller, words, "Thank you for shopping with us.")
    seller.until(lambda: words.pages.pages[0] != before)
    seller.until(lambda: "Nothing to mend" in said(words))
    assert own(seller) == {}
    seller.bot.keyClick(words.editor, Qt.Key.Key_Return)
    seller.until_toast("Saved")
    assert own(seller) == {"opening.thanks_one": "Thank you for shopping with us."}


def test_what_the_tone_check_minds_is_marked_and_not_kept(seller: Seller, words: WordsPage) -> None:
    choose(seller, words, "We are sorry for the delay.")
    type_over(seller, words, "We are so very sorry for the delay, it ships soon.")
    assert {"so very sorry", "soon"} <= marked(words)
    seller.until(lambda: "The apology is plain, without stronger words" in said(words))
    seller.bot.keyClick(words.editor, Qt.Key.Key_Return)
    seller.until(lambda: "can't go out" in said(words))
    assert own(seller) == {}


def test_what_is_found_takes_nothing_from_the_sentence_being_typed(seller: Seller, words: WordsPage) -> None:
    seller.window.resize(1280, 760)
    choose(seller, words, "We are sorry for the delay.")
    height = words.editor.height()
    type_over(
        seller,
        words,
        "We are truly sorry for any inconvenience; it ships soon, at the earliest. It is your own fault, ASAP! Sorry",
    )
    seller.until(lambda: "The customer is not blamed" in said(words) and "Everybody writes that" in said(words))
    assert words.editor.height() == height
    assert words.editor.viewport().rect().contains(words.editor.cursorRect())


@pytest.mark.parametrize(
    ("usual", "typed", "rule", "minded"),
    [
        (
            "Your {product} order will ship by {date}",
            "Our supplier failed us, your {product} ships soon, guaranteed by {date}",
            "T05",
            {"supplier failed", "soon", "guaranteed"},
        ),
        ("With our thanks", "With our thanks, sorry", "T01", {"sorry"}),
        ("Keep this slip until everything has arrived.", "Sorry. Keep this slip.", "T01", {"Sorry"}),
    ],
)
def test_headline_coupon_and_slip_are_minded_as_the_letter_is(
    seller: Seller, words: WordsPage, usual: str, typed: str, rule: str, minded: set[str]
) -> None:
    choose(seller, words, usual)
    type_over(seller, words, typed)
    seller.until(lambda: REASONS[rule][1:] in said(words))
    assert "Nothing to mend" not in said(words)
    assert minded <= marked(words)
    seller.bot.keyClick(words.editor, Qt.Key.Key_Return)
    seller.until(lambda: "can't go out" in said(words))
    assert own(seller) == {}


@pytest.mark.parametrize(
    ("typed", "minded", "why"),
    [
        ("It is made this week and ships by {date}.", set(), "Nothing to mend"),
        ("We ship soon, by {date}.", {"soon"}, "Time is said as a date"),
    ],
)
def test_a_vague_time_beside_the_date_is_marked_where_the_letter_is_refused_for_it(
    seller: Seller, words: WordsPage, typed: str, minded: set[str], why: str
) -> None:
    usual = next(text.usual for text in wordings.texts(seller.desk.store, "en") if text.name == "choices.wait_dated")
    choose(seller, words, usual)
    type_over(seller, words, typed)
    seller.until(lambda: why in said(words))
    assert marked(words) == minded
    seller.bot.keyClick(words.editor, Qt.Key.Key_Return)
    seller.until(lambda: bool(own(seller)) or "can't go out" in said(words))
    assert own(seller) == ({} if minded else {"choices.wait_dated": typed})


def test_a_chip_puts_in_what_the_letter_fills_in_and_others_are_refused(seller: Seller, words: WordsPage) -> None:
    choose(seller, words, "Your {product} will ship by {date}")
    type_over(seller, words, "Ready by ")
    chip = words.findChild(QPushButton, "place.date")
    assert isinstance(chip, QPushButton)
    seller.bot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert words.editor.toPlainText() == "Ready by {date}"
    seller.bot.keyClicks(words.editor, " {coupon}")
    seller.until(lambda: "{coupon}" in said(words))
    seller.bot.keyClick(words.editor, Qt.Key.Key_Return)
    seller.until(lambda: "Expected" in said(words))
    assert "headline.one_dated" not in own(seller) or "{coupon}" not in own(seller)["headline.one_dated"]


def test_a_chip_does_not_save_half_a_sentence(seller: Seller, words: WordsPage) -> None:
    usual = "Your {product} will ship by {date}"
    choose(seller, words, usual)
    type_over(seller, words, "Look out for your ")
    for name in ("product", "date"):
        chip = words.findChild(QPushButton, f"place.{name}")
        assert isinstance(chip, QPushButton)
        seller.bot.mouseClick(chip, Qt.MouseButton.LeftButton)
        assert words.editor.hasFocus()
    seller.until(lambda: "Nothing to mend" in said(words))
    assert own(seller) == {}
    seller.bot.keyClick(words.editor, Qt.Key.Key_Return)
    seller.until(lambda: own(seller) == {"headline.one_dated": "Look out for your {product}{date}"})
    undo = seller.window.interior.command_sets["Edit"].action("edit.undo")
    seller.until(lambda: f"“{usual[:20]}" in undo.text())


def test_a_headline_keeps_its_date_and_half_a_sentence_is_there_again(seller: Seller, words: WordsPage) -> None:
    choose(seller, words, "Your {product} will ship by {date}")
    type_over(seller, words, "Your {product} takes")
    other, *_ = words.choice.list.findItems("Thank you for your order.", Qt.MatchFlag.MatchExactly)
    words.choice.list.scrollToItem(other)
    seller.bot.mouseClick(
        words.choice.list.viewport(), Qt.MouseButton.LeftButton, pos=words.choice.list.visualItemRect(other).center()
    )
    seller.until(lambda: words.editor.toPlainText() == "Thank you for your order.")
    assert own(seller) == {}
    words.choice.list.setCurrentItem(
        words.choice.list.findItems("Your {product} will ship by {date}", Qt.MatchFlag.MatchExactly)[0]
    )
    seller.until(lambda: words.editor.toPlainText() == "Your {product} takes")
    words.editor.setFocus()
    seller.bot.keyClick(words.editor, Qt.Key.Key_Return)
    seller.until(lambda: "{date} is missing" in said(words))


def test_of_an_emptied_text_and_a_missing_fact_the_page_says_so_at_once(seller: Seller, words: WordsPage) -> None:
    choose(seller, words, "Your {product} will ship by {date}")
    seller.until(lambda: "Nothing to mend" in said(words))
    words.editor.setFocus()
    words.editor.selectAll()
    seller.bot.keyClick(words.editor, Qt.Key.Key_Delete)
    seller.until(lambda: "headline.one_dated is empty" in said(words))
    type_over(seller, words, "Your {product}")
    seller.until(lambda: "{date} is missing" in said(words))
    seller.bot.keyClick(words.editor, Qt.Key.Key_Return)
    assert own(seller) == {}


def test_what_else_is_wrong_is_marked_while_a_fact_is_missing(seller: Seller, words: WordsPage) -> None:
    choose(seller, words, "Your {product} will ship by {date}")
    type_over(seller, words, "Sorry, your {product} takes")
    seller.until(lambda: "“Sorry”" in said(words))
    assert "{date} is missing" in said(words)
    assert "Sorry" in marked(words)
    assert "Nothing to mend" not in said(words)


def test_who_pauses_on_a_sound_sentence_means_it(seller: Seller, words: WordsPage) -> None:
    choose(seller, words, "Thank you for your order.")
    type_over(seller, words, "Thank you for shopping with us.")
    seller.until(lambda: own(seller) == {"opening.thanks_one": "Thank you for shopping with us."})
    assert words.editor.hasFocus()


def test_the_usual_words_come_back_with_a_click_and_go_with_undo(seller: Seller, words: WordsPage) -> None:
    choose(seller, words, "Thank you for your order.")
    type_over(seller, words, "Thank you for shopping with us.")
    seller.bot.keyClick(words.editor, Qt.Key.Key_Return)
    reset = words.findChild(QPushButton, "words.reset")
    assert isinstance(reset, QPushButton)
    seller.until(reset.isEnabled)
    seller.bot.mouseClick(reset, Qt.MouseButton.LeftButton)
    seller.until(lambda: own(seller) == {})
    seller.until(lambda: words.editor.toPlainText() == "Thank you for your order.")
    seller.window.interior.command_sets["Edit"].action("edit.undo").trigger()
    seller.until(lambda: own(seller) == {"opening.thanks_one": "Thank you for shopping with us."})


def test_german_words_are_shown_as_not_checked_for_tone(seller: Seller, words: WordsPage) -> None:
    words.choice.languages.setCurrentIndex(1)
    words.choice.languages.activated.emit(1)
    seller.until(lambda: "Tone not checked" in said(words))
    assert "Ihr" in words.editor.toPlainText() or "{" in words.editor.toPlainText()


def test_german_words_that_shout_are_marked_and_refused(seller: Seller, words: WordsPage) -> None:
    words.choice.languages.setCurrentIndex(1)
    words.choice.languages.activated.emit(1)
    seller.until(lambda: "Tone not checked" in said(words))
    type_over(seller, words, "{product} kommt am {date}!")
    assert marked(words) == {"!"}
    seller.until(lambda: "No exclamation marks, emoji or capitals" in said(words) and "Tone not checked" in said(words))


def test_the_chips_in_the_text_follow_the_theme(seller: Seller, words: WordsPage) -> None:
    choose(seller, words, "Your {product} will ship by {date}")

    def grounds() -> set[str]:
        formats = words.editor.document().firstBlock().layout().formats()
        return {each.format.background().color().name() for each in formats if each.format.background().style().value}

    light = grounds()
    seller.desk.theme.choose(Mode.DARK)
    try:
        seller.until(lambda: bool(grounds()) and grounds() != light)
    finally:
        seller.desk.theme.choose(Mode.LIGHT)


def test_all_that_is_marked_is_explained_in_words_and_by_no_code(seller: Seller, words: WordsPage) -> None:
    choose(seller, words, "Your {product} will ship by {date}")
    type_over(seller, words, "Sorry, the problem with your {product} ends on {date}")
    seller.until(lambda: "“Sorry”" in said(words))
    assert {"Sorry", "problem"} <= marked(words)
    assert "The apology comes early, and not in the headline" in said(words)
    assert "A plainer word does less harm" in said(words)
    assert "“problem”" in said(words)
    assert "(T0" not in said(words)
