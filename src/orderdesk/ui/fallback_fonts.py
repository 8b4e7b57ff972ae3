"""Fonts for the scripts that Inter has no letters for, loaded before any row is drawn: a bare machine has none of its own."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from orderdesk.resources import resource

_FOLDERS = ("noto-sans", "droid-sans-fallback", "nanum-gothic", "noto-emoji")


def load_fallback_fonts() -> None:
    """Make them known to Qt, which picks one where a letter is missing. On the GUI thread."""
    for folder in _FOLDERS:
        for path in sorted(resource("fonts", folder).glob("*Regular*.ttf")) or sorted(resource("fonts", folder).glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))
