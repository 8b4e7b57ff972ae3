"""Where the shop lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from orderdesk.services.places import shop_path, synced_by


@pytest.mark.parametrize(
    ("folder", "owner"),
    [("/home/june/Dropbox/shop", "Dropbox"), ("/Users/june/OneDrive - Private", "OneDrive"), ("/home/june/shop", None)],
)
def test_a_folder_that_is_synchronized_is_noticed(folder: str, owner: str | None) -> None:
    assert synced_by(Path(folder) / "shop.orderdesk") == owner


def test_a_file_that_is_named_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDERDESK_DATA", "/elsewhere/shop.orderdesk")
    assert shop_path("/here/shop.orderdesk") == Path("/here/shop.orderdesk")
    assert shop_path() == Path("/elsewhere/shop.orderdesk")
