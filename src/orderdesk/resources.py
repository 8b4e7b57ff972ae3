"""Where the program's own files lie: fonts, icons, wordings."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    package = Path(__file__).parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parents[1] / "resources"


def resource(*parts: str) -> Path:
    """The path of a file or folder below `resources/`: `resource("fonts", "Inter-Regular.ttf")`."""
    return _root().joinpath(*parts)
