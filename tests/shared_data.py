"""Real data shared beside the project. Where it is absent a test skips and names the file; on CI that is a failure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


def shared_data(name: str) -> Path:
    """A file or folder of the shared data."""
    path = SHARED_DATA / name
    if not path.exists():
        reason = f"{path} is not there"
        if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path
