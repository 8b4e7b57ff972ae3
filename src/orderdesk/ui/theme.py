"""The colors of the window, light and dark, in one place; nothing else names a color."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from orderdesk.resources import resource
from orderdesk.ui.style import style_sheet


class Mode(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Pair:
    """A text color and what it stands on, as #RRGGBB."""

    text: str
    fill: str


@dataclass(frozen=True, slots=True)
class Colors:
    """One palette, as #RRGGBB. `badges` by role: ok, backordered, danger, info, neutral, told."""

    dark: bool
    window: str
    surface: str
    alternate: str
    text: str
    muted: str
    hairline: str
    border: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    selected_text: str
    tint: str
    badges: Mapping[str, Pair]

    @property
    def bar(self) -> str:
        """The bar at the leading edge of a backordered row."""
        return self.badges["backordered"].text


LIGHT = Colors(
    dark=False,
    window="#F6F7F9",
    surface="#FFFFFF",
    alternate="#FAFBFC",
    text="#1B2430",
    muted="#55606E",
    hairline="#D9DDE3",
    border="#808A98",
    accent="#1F5FBF",
    accent_hover="#184F9F",
    on_accent="#FFFFFF",
    selection="#DCE8FB",
    selected_text="#1B2430",
    tint="#FFF6EC",
    badges={
        "ok": Pair("#17633A", "#DDF3E4"),
        "backordered": Pair("#8A3B00", "#FFE8D1"),
        "danger": Pair("#A31621", "#FDE3E4"),
        "info": Pair("#1D4E9E", "#E1ECFB"),
        "neutral": Pair("#454F5B", "#E9ECEF"),
        "told": Pair("#5B3A9E", "#ECE5FA"),
    },
)
DARK = Colors(
    dark=True,
    window="#1A1D21",
    surface="#212529",
    alternate="#252A2F",
    text="#E8EAED",
    muted="#A9B2BC",
    hairline="#3A4149",
    border="#7D8794",
    accent="#7FB0FF",
    accent_hover="#9CC4FF",
    on_accent="#0B1A33",
    selection="#2A456F",
    selected_text="#FFFFFF",
    tint="#2E2417",
    badges={
        "ok": Pair("#8FE0AC", "#173A26"),
        "backordered": Pair("#FFB873", "#46290A"),
        "danger": Pair("#FF9EA3", "#4A171B"),
        "info": Pair("#9CC4FF", "#16305A"),
        "neutral": Pair("#C6CDD5", "#343A41"),
        "told": Pair("#CDB6FF", "#35245C"),
    },
)
_FONTS = ("Regular", "Bold", "SemiBold", "Medium")
FONT_FAMILY = "Inter"
FONT_PIXELS = 13


class Theme(QObject):
    """The palette in use. `changed` tells whoever paints by hand."""

    changed = Signal()

    def __init__(self, application: QApplication, mode: Mode = Mode.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self.mode = mode
        self.colors = LIGHT
        self._hints = application.styleHints()
        self._hints.colorSchemeChanged.connect(self._system_changed)
        _load_font(application)
        application.setStyle("Fusion")
        self._apply()

    def choose(self, mode: Mode) -> None:
        """Follow the system, or stay light or dark whatever it says."""
        self.mode = mode
        self._apply()

    def _system_changed(self) -> None:
        if self.mode is Mode.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        system_is_dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        dark = self.mode is Mode.DARK or (self.mode is Mode.SYSTEM and system_is_dark)
        self.colors = DARK if dark else LIGHT
        self._application.setPalette(_qt_palette(self.colors))
        self._application.setStyleSheet(style_sheet(self.colors))
        self.changed.emit()


def _load_font(application: QApplication) -> None:
    for weight in _FONTS:
        QFontDatabase.addApplicationFont(str(resource("fonts", "inter", f"Inter-{weight}.ttf")))
    font = QFont(FONT_FAMILY)
    font.setPixelSize(FONT_PIXELS)
    application.setFont(font)


def _qt_palette(colors: Colors) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: colors.window,
        QPalette.ColorRole.WindowText: colors.text,
        QPalette.ColorRole.Base: colors.surface,
        QPalette.ColorRole.AlternateBase: colors.alternate,
        QPalette.ColorRole.Text: colors.text,
        QPalette.ColorRole.Button: colors.surface,
        QPalette.ColorRole.ButtonText: colors.text,
        QPalette.ColorRole.BrightText: colors.on_accent,
        QPalette.ColorRole.PlaceholderText: colors.muted,
        QPalette.ColorRole.ToolTipBase: colors.surface,
        QPalette.ColorRole.ToolTipText: colors.text,
        QPalette.ColorRole.Highlight: colors.selection,
        QPalette.ColorRole.HighlightedText: colors.selected_text,
        QPalette.ColorRole.Accent: colors.accent,
        QPalette.ColorRole.Link: colors.accent,
        QPalette.ColorRole.Mid: colors.hairline,
        QPalette.ColorRole.Dark: colors.border,
    }
    palette = QPalette()
    for role, color in roles.items():
        palette.setColor(role, QColor(color))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(disabled, role, QColor(colors.border))
    return palette
