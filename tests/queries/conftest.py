"""A shop with an order in every state, read through one snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from orderdesk.domain.notices import ToldBy
from orderdesk.services import orders
from orderdesk.services.apologies import apologize
from orderdesk.services.backups import back_up
from orderdesk.services.drop_ship import send_direct
from orderdesk.services.telling import mark_order_told
from orderdesk.storage.store import Store
from orderdesk.storage.view import View
from tests.builders import Shop, make_shop

TODAY = date(2026, 11, 23)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = make_shop(tmp_path)
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Every status, every filter, several channels; LAMP is short for 1002 to 1004, BOOK never, PUZZLE was not counted yet."""
    shop = make_shop(tmp_path_factory.mktemp("busy"))
    shop.stock("LAMP", 2, price="64.00", reorder_point="2", on_order="4", on_order_expected_on="2026-12-05")
    shop.stock("BOOK", 20)
    shop.stock("PUZZLE", None)
    shop.stock("ROBOT", 0, discontinued=True)
    shop.stock("WRAP", None, tracked=False)
    shop.order("1001", ("BOOK", 1), ("LAMP", 1), customer="Amélie Fortin", placed_on="2026-11-01")
    shop.order("1002", ("BOOK", 1), ("LAMP", 3), customer="Dana Whitfield", placed_on="2026-11-02", ship_by="2026-11-20")
    shop.order("1003", ("LAMP", 1), customer="Dana Whitfield", placed_on="2026-11-03", channel="shopify")
    shop.order("1004", ("LAMP", 2), ("WRAP", 1), customer="Ōe Kenzaburō", placed_on="2026-11-04", channel="etsy")
    shop.order("1005", ("ROBOT", 1), customer="Søren Ibsen", placed_on="2026-11-05", ship_by="2026-12-24")
    shop.order("1006", ("BOOK", 2), paid=False, placed_on="2026-11-06")
    shop.order("1007", ("BOOK", 1), placed_on="2026-11-07")
    shop.order("1008", ("BOOK", 1), placed_on="2026-11-08")
    shop.order("1009", ("BOOK", 1), placed_on="2026-11-09")
    shop.order("1010", ("PUZZLE", 1), placed_on="2026-11-10")
    shop.order("1020", ("BOOK", 1), placed_on="2026-11-11")
    send_direct(shop.store, shop.line("1020", "BOOK"), 1, now=shop.tick())
    orders.hold_order(shop.store, shop.orders["1007"], "Asked for gift wrap", now=shop.tick())
    orders.ship_order(shop.store, shop.orders["1008"], now=shop.tick())
    orders.cancel_order(shop.store, shop.orders["1009"], now=shop.tick())
    apologize(shop.store, [shop.orders["1004"]], now=shop.tick())
    apologize(shop.store, [shop.orders["1005"]], now=shop.tick())
    mark_order_told(shop.store, shop.orders["1005"], ToldBy.PHONE, now=shop.tick())
    yield shop
    shop.store.close()


@pytest.fixture
def busy(made_once: Shop, tmp_path: Path) -> Iterator[Shop]:
    """A shop with an order in every state: a copy for one test."""
    copy = tmp_path / "shop.orderdesk"
    store = Store.open(back_up(made_once.store, copy))
    yield Shop(store, made_once.now, dict(made_once.products), dict(made_once.orders))
    store.close()


@pytest.fixture
def view(busy: Shop) -> Iterator[View]:
    with busy.store.read() as snapshot:
        yield snapshot
