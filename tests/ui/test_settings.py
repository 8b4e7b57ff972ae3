"""The shop's settings: the letter beside the form follows what is typed, and one click keeps it all."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QLineEdit

from orderdesk.services.shop import shop_profile
from orderdesk.ui.settings_page import SettingsPage
from orderdesk.ui.shop_form import ShopForm
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
