"""The shop's settings: the letter beside the form follows what is typed, and one click keeps it all."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QLabel, QLineEdit, QPushButton, QScrollArea

from orderdesk.domain.shop import Paper
from orderdesk.services.shop import shop_profile
from orderdesk.ui.settings_page import SettingsPage
from orderdesk.ui.shop_form import ShopForm
from orderdesk.ui.zone_box import ZoneBox
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)
RED = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#cc0000"/></svg>'


@pytest.fixture
def settings(seller: Seller) -> SettingsPage:
    seller.bot.keyClick(seller.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    seller.until(lambda: isinstance(seller.window.interior.current_page, SettingsPage))
    page = seller.window.interior.current_page
    assert isinstance(page, SettingsPage)
    seller.until(lambda: bool(page.pages.pages))
    return page


def form_of(page: SettingsPage) -> ShopForm:
    assert page.form is not None
    return page.form


def type_in(seller: Seller, page: SettingsPage, field: str, text: str) -> None:
    line = form_of(page).editor(field)
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    seller.bot.keyClicks(line, text)


def words(page: SettingsPage) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def button(page: SettingsPage, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.isVisible() and each.text() == text)


def colors(page: SettingsPage) -> set[str]:
    """The colors of the letterhead."""
    image = page.pages.pages[0]
    top = image.height() // 8
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(0, top, 2)}


def save(seller: Seller, page: SettingsPage) -> None:
    seller.bot.mouseClick(form_of(page).verb, Qt.MouseButton.LeftButton)
    seller.until_toast("Saved")


def test_the_letter_beside_the_form_follows_the_accent_made_dark_enough_to_read(seller: Seller, settings: SettingsPage) -> None:
    type_in(seller, settings, "accent", "#00aaff")
    seller.until(lambda: "#1f4f3c" not in colors(settings))
    assert "#00aaff" not in colors(settings)  # 2.5:1 on paper
    assert any(QColor(color).hslHue() in range(190, 210) and QColor(color).lightness() < 128 for color in colors(settings))
    save(seller, settings)
    profile = shop_profile(seller.desk.store)
    assert profile is not None
    assert profile.accent == "#00aaff"


def test_a_color_by_its_name_is_taken_and_what_is_too_light_is_said_to_be_darkened(
    seller: Seller, settings: SettingsPage
) -> None:
    type_in(seller, settings, "accent", "yellow")
    assert "Dark enough to read, it is #" in words(settings)
    seller.until(lambda: any(QColor(each).hslHue() == 60 for each in colors(settings)))
    type_in(seller, settings, "accent", "dark green")
    assert "Dark enough" not in words(settings)
    save(seller, settings)
    profile = shop_profile(seller.desk.store)
    assert profile is not None
    assert profile.accent == "#006400"


@pytest.mark.parametrize(("typed", "code"), [("USA", "US"), ("Germany", "DE"), ("gb", "GB")])
def test_a_country_goes_by_its_name_too(seller: Seller, settings: SettingsPage, typed: str, code: str) -> None:
    type_in(seller, settings, "country", typed)
    save(seller, settings)
    profile = shop_profile(seller.desk.store)
    assert profile is not None
    assert profile.country == code


@pytest.mark.parametrize("typed", ["Deutschland", "germany", "DE"])
def test_what_is_usual_in_a_country_follows_its_name(seller: Seller, settings: SettingsPage, typed: str) -> None:
    type_in(seller, settings, "country", typed)
    QTest.keyClick(form_of(settings).editor("country"), Qt.Key.Key_Tab)
    save(seller, settings)
    profile = shop_profile(seller.desk.store)
    assert profile is not None
    assert (profile.country, profile.currency, profile.paper) == ("DE", "EUR", Paper.A4)


def test_what_the_seller_chose_stays_when_the_country_changes(seller: Seller, settings: SettingsPage) -> None:
    type_in(seller, settings, "currency", "CHF")
    type_in(seller, settings, "country", "Österreich")
    save(seller, settings)
    profile = shop_profile(seller.desk.store)
    assert profile is not None
    assert (profile.country, profile.currency, profile.paper) == ("AT", "CHF", Paper.A4)


def test_what_is_wrong_is_said_at_its_field_as_soon_as_it_is_left_and_no_longer_once_it_is_put_right(
    seller: Seller, settings: SettingsPage
) -> None:
    type_in(seller, settings, "country", "Atlantis")
    QTest.keyClick(form_of(settings).editor("country"), Qt.Key.Key_Tab)
    seller.until(lambda: "Expected: a country, such as US or Germany." in words(settings))
    assert "The letter beside this waits for: Country." in words(settings)
    type_in(seller, settings, "country", "US")
    assert "Expected" not in words(settings)
    assert "waits for" not in words(settings)


def test_saving_scrolls_to_what_is_wrong(seller: Seller, settings: SettingsPage) -> None:
    form = form_of(settings)
    type_in(seller, settings, "country", "Atlantis")
    area, field = form.findChild(QScrollArea), form.editor("country")
    assert area is not None
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert field.visibleRegion().isEmpty()
    seller.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    seller.until(lambda: not field.visibleRegion().isEmpty())
    assert field.hasFocus()
    problem = next(each for each in form.findChildren(QLabel) if each.text().startswith("Expected"))
    assert not problem.visibleRegion().isEmpty()


def test_what_was_not_saved_is_still_there_when_one_comes_back(seller: Seller, settings: SettingsPage) -> None:
    type_in(seller, settings, "owner", "Somebody Else")
    QTest.keyClick(seller.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    seller.window.show_page("settings")
    line = form_of(settings).editor("owner")
    assert isinstance(line, QLineEdit)
    assert line.text() == "Somebody Else"


def test_closing_asks_about_what_was_not_saved_and_leaves_at_once_where_nothing_was_changed(
    seller: Seller, settings: SettingsPage
) -> None:
    type_in(seller, settings, "owner", "Somebody Else")
    QTest.keyClick(form_of(settings).editor("owner"), Qt.Key.Key_Escape)
    assert seller.window.current_page is settings
    seller.until(lambda: "Not saved" in words(settings))
    seller.bot.mouseClick(button(settings, "Discard"), Qt.MouseButton.LeftButton)
    assert seller.window.current_page is not settings
    seller.window.show_page("settings")
    line = form_of(settings).editor("owner")
    assert isinstance(line, QLineEdit)
    assert line.text() != "Somebody Else"
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert seller.window.current_page is not settings


def test_what_closing_asked_about_can_be_saved(seller: Seller, settings: SettingsPage) -> None:
    type_in(seller, settings, "owner", "Somebody Else")
    QTest.keyClick(form_of(settings).editor("owner"), Qt.Key.Key_Escape)
    seller.until(lambda: "Not saved" in words(settings))
    seller.bot.mouseClick(button(settings, "Save"), Qt.MouseButton.LeftButton)
    seller.until_toast("Saved")
    profile = shop_profile(seller.desk.store)
    assert profile is not None
    assert profile.owner == "Somebody Else"


def test_a_logo_is_seen_before_it_is_kept(seller: Seller, settings: SettingsPage, tmp_path: Path) -> None:
    drawing = tmp_path / "logo.svg"
    drawing.write_text(RED, "utf-8")
    form_of(settings)._read("logo", drawing)
    seller.until(lambda: "#cc0000" in colors(settings))
    before = shop_profile(seller.desk.store)
    assert before is not None
    assert before.logo == ""
    save(seller, settings)
    after = shop_profile(seller.desk.store)
    assert after is not None
    assert len(after.logo) == 64


def test_a_file_that_is_no_picture_is_refused_in_words(seller: Seller, settings: SettingsPage, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir", "utf-8")
    form_of(settings)._read("signature", letter)
    seller.until(form_of(settings)._refusal.isVisible)
    assert "PNG, JPEG or SVG" in form_of(settings)._refusal.text()


def test_a_reply_slip_is_ticked(seller: Seller, settings: SettingsPage) -> None:
    box = form_of(settings).editor("reply_slip")
    assert isinstance(box, QCheckBox)
    pages = len(settings.pages.pages)
    box.click()
    seller.until(lambda: len(settings.pages.pages) == pages + 1)
    save(seller, settings)
    profile = shop_profile(seller.desk.store)
    assert profile is not None
    assert profile.reply_slip


def test_settings_open_with_the_cursor_in_a_field(seller: Seller, settings: SettingsPage) -> None:
    assert form_of(settings).editor("name").hasFocus()
    seller.bot.keyClicks(seller.window.focusWidget(), "!")
    assert form_of(settings).unsaved


def test_what_letters_still_lack_is_said_beside_them_and_when_it_is_saved(seller: Seller, settings: SettingsPage) -> None:
    type_in(seller, settings, "owner", " ")
    seller.until(lambda: "the shop's profile lacks the owner's name" in words(settings))
    type_in(seller, settings, "owner", "June Halloran")
    seller.until(lambda: "lacks" not in words(settings))
    type_in(seller, settings, "owner", " ")
    save(seller, settings)
    assert "No letter can be made yet" in seller.toast()
    assert "lacks the owner's name" in seller.toast()


def test_the_window_is_called_as_the_shop_is_by_now(seller: Seller, settings: SettingsPage) -> None:
    type_in(seller, settings, "name", "Lark & Daughter")
    save(seller, settings)
    seller.until(lambda: seller.window.windowTitle() == "Lark & Daughter – OrderDesk")
    seller.window.actions_of_window.undo()
    seller.until(lambda: seller.window.windowTitle() == "The Dapper Heron – OrderDesk")


@pytest.mark.parametrize(
    ("typed", "zone"), [("lisbon", "Europe/Lisbon"), ("los a", "America/Los_Angeles"), ("japan st", "Asia/Tokyo")]
)
def test_a_time_zone_is_found_by_its_town_or_its_name(seller: Seller, settings: SettingsPage, typed: str, zone: str) -> None:
    box = zones(settings)
    assert box.count() > 300
    popup = type_zone(seller, box, typed)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    seller.bot.mouseClick(form_of(settings).verb, Qt.MouseButton.LeftButton)
    seller.until_toast("Saved")
    profile = shop_profile(seller.desk.store)
    assert profile is not None
    assert profile.time_zone == zone


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_part_that_only_one_time_zone_has_is_that_zone(seller: Seller, settings: SettingsPage, key: Qt.Key) -> None:
    """It stands there in full at once: what would be saved is what is seen."""
    box = zones(settings)
    popup = type_zone(seller, box, "berl")
    QTest.keyClick(popup, key)
    seller.until(lambda: box.currentData() == "Europe/Berlin")
    assert box.currentText().startswith("Europe/Berlin")
    assert form_of(settings).unsaved


def test_what_could_be_several_time_zones_leaves_the_one_before(seller: Seller, settings: SettingsPage) -> None:
    box = zones(settings)
    before = (box.currentData(), box.currentText())
    popup = type_zone(seller, box, "central european")
    QTest.keyClick(popup, Qt.Key.Key_Return)
    seller.until(lambda: (box.currentData(), box.currentText()) == before)


def test_what_is_no_time_zone_leaves_the_one_before(settings: SettingsPage) -> None:
    box = zones(settings)
    before = (box.currentData(), box.currentText())
    line = box.lineEdit()
    line.setFocus()
    QTest.keyClicks(line, "Nowhere at all")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert (box.currentData(), box.currentText()) == before


def test_who_begins_with_an_empty_shop_has_the_zone_of_the_computer(newcomer: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Denver")
    page = newcomer.window.show_page("settings")
    assert isinstance(page, SettingsPage)
    newcomer.until(lambda: page.form is not None)
    assert zones(page).currentData() == "America/Denver"


def zones(page: SettingsPage) -> ZoneBox:
    box = form_of(page).editor("time_zone")
    assert isinstance(box, ZoneBox)
    return box


def type_zone(seller: Seller, box: ZoneBox, typed: str) -> QAbstractItemView:
    line, completer = box.lineEdit(), box.completer()
    assert line is not None and completer is not None
    line.setFocus()
    QTest.keyClicks(line, typed)
    popup = completer.popup()
    seller.until(popup.isVisible)
    return popup
