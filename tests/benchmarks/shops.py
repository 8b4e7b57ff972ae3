"""Large shops to measure on."""

from __future__ import annotations

from pathlib import Path

from orderdesk.domain.shop import ShopProfile
from orderdesk.services.imports import import_files
from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.store import Store
from tests.builders import NOW
from tests.converters import online_retail_files
from tests.shared_data import SHARED_DATA


def online_retail_shop(folder: Path, *, times: int = 1) -> Path:
    """The gift retailer as a shop's file; `times` makes it that many times larger."""
    path = folder / f"retail{times}.orderdesk"
    store = Store.open(path)
    save_shop_profile(
        store, ShopProfile(name="Gift shop", owner="Ann Hill", email="a@giftshop.example", country="GB", currency="GBP"), now=NOW
    )
    import_files(store, online_retail_files(SHARED_DATA / "online-retail", folder, times=times), now=NOW)
    store.close()
    return path
