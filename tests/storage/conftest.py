from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Shop, make_shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = make_shop(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def trading(shop: Shop) -> Shop:
    """A shop in which a bit of everything has happened: stock, orders, a shipment, a letter with its coupon."""
    from orderdesk.services import orders
    from orderdesk.services.apologies import apologize

    shop.stock("LAMP", 3, price="64.00")
    shop.stock("BOOK", 9)
    shop.order("1001", ("LAMP", 2), ("BOOK", 2))
    shop.order("1002", ("LAMP", 2))
    orders.ship_order(shop.store, shop.orders["1001"], {shop.line("1001", "BOOK"): 1}, now=shop.tick())
    apologize(shop.store, [shop.orders["1002"]], now=shop.tick())
    return shop
