"""Small shops for tests, built through the services as a seller would."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from orderdesk.domain.shop import ShopProfile
from orderdesk.services import order_entry, orders, products
from orderdesk.services.drafts import CustomerDraft, LineDraft, OrderDraft, ProductDraft
from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.store import Store

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
HOLLOW_OAK = ShopProfile(
    name="Hollow Oak Trading Co.",
    line1="27 Mill Lane",
    city="Hood River",
    region="OR",
    postal_code="97031",
    country="US",
    email="help@hollowoak.example",
    phone="(800) 555-0142",
    site="hollowoak.example",
    owner="June Halloran",
    time_zone="America/Los_Angeles",
)


@dataclass
class Shop:
    """A shop on disk, with short words for what happens in it."""

    store: Store
    now: datetime = NOW
    products: dict[str, int] = field(default_factory=dict)
    orders: dict[str, int] = field(default_factory=dict)

    def tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def stock(self, sku: str, on_hand: int | None, price: str = "10.00", **facts: object) -> int:
        draft = ProductDraft(
            sku=sku, title=f"Product {sku}", price=price, currency="USD", on_hand="" if on_hand is None else str(on_hand), **facts
        )
        self.products[sku] = products.add_product(self.store, draft, now=self.tick())
        return self.products[sku]

    def order(
        self,
        number: str,
        *lines: tuple[str, int],
        placed_on: str = "2026-11-03",
        paid: bool = True,
        customer: str = "Dana Whitfield",
        channel: str = "own",
        ship_by: str = "",
        currency: str = "USD",
        discount: str = "",
        shipping: str = "",
        tax: str = "",
    ) -> int:
        draft = OrderDraft(
            channel=channel,
            order_number=number,
            customer=CustomerDraft(
                name=customer, line1="418 Alder St Apt 3", city="Bellingham", region="WA", postal_code="98225", country="US"
            ),
            placed_on=placed_on,
            paid=paid,
            ship_by=ship_by,
            currency=currency,
            discount=discount,
            shipping=shipping,
            tax=tax,
            lines=[
                LineDraft(
                    product_id=self.products[sku], sku=sku, title=f"Product {sku}", quantity=str(quantity), unit_price="10.00"
                )
                for sku, quantity in lines
            ],
        )
        later = datetime.fromisoformat(f"{placed_on}T12:00Z") + timedelta(days=1)  # an order that is typed in has been placed
        typed_in = self.tick() if placed_on <= f"{self.now:%Y-%m-%d}" else later
        self.orders[number] = order_entry.add_order(self.store, draft, now=typed_in)
        return self.orders[number]

    def receive(self, sku: str, quantity: int) -> products.Step:
        return products.receive_stock(self.store, self.products[sku], quantity, now=self.tick())

    def count(self, sku: str, quantity: int) -> products.Step:
        return products.count_stock(self.store, self.products[sku], quantity, "Shelf count", now=self.tick())

    def line(self, number: str, sku: str) -> int:
        return orders.find_line(self.store, self.orders[number], sku)

    def quantities(self, number: str, sku: str) -> tuple[int, int]:
        """(allocated, backordered) of an order's line."""
        with self.store.read() as view:
            row = view.one("SELECT allocated, backordered FROM order_line WHERE id = ?", (self.line(number, sku),))
        assert row
        return row[0], row[1]

    def status(self, number: str) -> str:
        with self.store.read() as view:
            return str(view.value("SELECT status FROM orders WHERE id = ?", (self.orders[number],)))


@cache
def _new_shop() -> Path:
    """A shop's file of Hollow Oak's as the first start leaves it; made once, as hundreds of tests begin with one."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    store = Store.open(folder / "shop.orderdesk")
    save_shop_profile(store, HOLLOW_OAK, now=NOW)
    store.close()
    return store.path


def make_shop(folder: Path) -> Shop:
    """A shop of Hollow Oak's in the folder, where the window looks for one; who asks for it closes its store."""
    folder.mkdir(parents=True, exist_ok=True)
    return Shop(Store.open(shutil.copy(_new_shop(), folder / "shop.orderdesk")))
