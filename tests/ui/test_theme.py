from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QGuiApplication, QTextLayout
from PySide6.QtWidgets import QApplication, QMenu

from orderdesk.resources import resource
from orderdesk.ui import badges
from orderdesk.ui.colors import DARK, LIGHT, Colors
from orderdesk.ui.fallback_fonts import load_fallback_fonts
from orderdesk.ui.style import style_sheet
from orderdesk.ui.theme import Mode, Theme
from tests.ui.conftest import Seller

UI = Path(__file__).resolve().parents[2] / "src" / "orderdesk" / "ui"


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read(colors: Colors) -> None:
    pairs = [
        (colors.text, colors.surface),
        (colors.text, colors.window),
        (colors.text, colors.alternate),
        (colors.text, colors.tint),
        (colors.muted, colors.surface),
        (colors.muted, colors.window),
        (colors.muted, colors.tint),
        (colors.accent, colors.surface),
        (colors.on_accent, colors.accent),
        (colors.on_accent, colors.accent_hover),
        (colors.selected_text, colors.selection),
        *((pair.text, pair.fill) for pair in colors.badges.values()),
        *((pair.text, colors.surface) for pair in colors.badges.values()),
    ]
    assert {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < 4.5} == {}


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_every_control_and_the_bar_can_be_seen(colors: Colors) -> None:
    for ground in (colors.surface, colors.window):
        assert contrast(colors.border, ground) >= 3
    assert contrast(colors.bar, colors.tint) >= 3
    assert contrast(colors.bar, colors.selection) >= 3


def test_every_status_has_an_icon_a_word_and_a_role() -> None:
    everything = [*badges.ORDER.values(), *badges.LINE.values(), *badges.PRODUCT.values(), *badges.COUPON.values()]
    for badge in [*everything, badges.OVERDUE, badges.TOLD, badges.NOT_TOLD, badges.LETTER_MADE, badges.LETTER_READY]:
        assert badge.word
        assert badge.role in LIGHT.badges
        assert resource("icons", f"{badge.icon}.svg").is_file()


def test_the_seller_chooses_light_or_dark_whatever_the_system_says(qapp: QApplication, theme: Theme) -> None:
    theme.choose(Mode.DARK)
    assert theme.colors is DARK
    assert qapp.palette().window().color().name().upper() == DARK.window
    theme.choose(Mode.LIGHT)
    assert theme.colors is LIGHT
    assert qapp.styleSheet() == style_sheet(LIGHT)


def test_no_color_is_named_outside_the_theme_and_its_style_sheet() -> None:
    allowed = {"colors.py", "style.py", "shop_form.py"}
    offenders = [path.name for path in UI.glob("*.py") if path.name not in allowed and '"#' in path.read_text(encoding="utf-8")]
    assert offenders == []


@pytest.mark.usefixtures("theme")
def test_an_emoji_has_a_glyph_on_a_machine_without_fonts_of_its_own() -> None:
    load_fallback_fonts()
    layout = QTextLayout("\N{WRAPPED PRESENT}", QGuiApplication.font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    (run,) = layout.glyphRuns()
    assert all(run.glyphIndexes())


def test_the_menu_shows_which_theme_is_chosen(seller: Seller) -> None:
    action = seller.window.interior.command_sets["View"].action("view.light")
    (menu,) = (each for each in action.associatedObjects() if isinstance(each, QMenu))
    menu.popup(seller.window.mapToGlobal(QPoint(0, 0)))
    accent = QColor(LIGHT.accent)

    def framed(name: str) -> bool:
        place = menu.actionGeometry(seller.window.interior.command_sets["View"].action(f"view.{name}"))
        image = menu.grab(place).toImage()
        return any(image.pixelColor(x, image.height() // 2) == accent for x in range(30))

    assert [name for name in ("system", "light", "dark") if framed(name)] == ["light"]
    menu.close()
