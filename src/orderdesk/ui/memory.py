"""What the window remembers between starts: its place, columns, sorting, theme. Never anything of the shop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings


class Memory:
    """A small INI file beside the user's other settings."""

    def __init__(self, path: Path) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def recall(self, key: str, otherwise: Any = None) -> Any:
        """What was kept under the key, plain JSON values; `otherwise` if there is nothing, or nothing readable."""
        text = self._settings.value(key)
        try:
            return json.loads(str(text)) if text is not None else otherwise
        except ValueError:
            return otherwise

    def keep(self, key: str, value: Any) -> None:
        text = json.dumps(value)
        if text != self._settings.value(key):  # Qt would write the file again, while the window waits
            self._settings.setValue(key, text)

    def write(self) -> None:
        """Have everything on disk."""
        self._settings.sync()
