"""Asking where a file is to be saved."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_ENDING = re.compile(r"\*(\.\w+)")
_HAS_ONE = re.compile(r"\.[A-Za-z]\w*")


def ask_where(parent: QWidget, title: str, proposed: str, filters: str) -> Path | None:
    """The file named, with the ending of the kind chosen where it was named without one; None for nothing.

    What is there already under that full name is asked about like any other.
    """
    while True:
        chosen, kind = QFileDialog.getSaveFileName(parent, title, proposed, filters)
        path, ending = Path(chosen), _ENDING.search(kind or filters)
        if not chosen or _HAS_ONE.fullmatch(path.suffix) or ending is None:
            return path if chosen else None
        path = path.with_name(path.name + ending[1])
        if not path.exists():
            return path
        proposed = str(path)
