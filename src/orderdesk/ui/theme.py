"""The palette and font in use: light, dark, or whichever the system has."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from orderdesk.resources import resource
from orderdesk.ui.colors import DARK, LIGHT, Colors
from orderdesk.ui.style import style_sheet


class Mode(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


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
    palette.setColor(disabled, QPalette.ColorRole.BrightText, QColor(colors.muted))  # as the words of a button that was blue
    return palette
