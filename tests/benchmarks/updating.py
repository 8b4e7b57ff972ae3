"""A month's orders imported once more, as they were or with some of them shipped since, against their first import."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from orderdesk.services.imports import import_files
from tests.benchmarks.ratios import report, seconds
from tests.builders import NOW, make_shop

_ORDERS, _PRODUCTS, _ROUNDS = 3_000, 300, 5
_HEADER = (
    *("order_number", "channel", "placed_at", "paid_at", "currency", "customer_name", "email", "ship_name", "ship_line1"),
    *("ship_city", "ship_region", "ship_postal_code", "ship_country", "sku", "title", "quantity", "unit_price", "shipped"),
)
# Of how many orders in a hundred something is news, and how many times as long as the first import that may take.
_SHARES = ((0, 1), (10, 2), (100, 4))


def run() -> None:
    for share, aim in _SHARES:
        with tempfile.TemporaryDirectory() as name:
            pairs = [_again_and_first(Path(name) / str(number), share) for number in range(_ROUNDS + 1)]
        report(f"Importing {_ORDERS:,} known orders, {share} % changed", pairs[1:], aim=aim)


def _again_and_first(folder: Path, share: int) -> tuple[float, float]:
    shop = make_shop(folder)
    for number in range(_PRODUCTS):
        shop.stock(f"P{number}", 12)
    first, again = _orders(folder / "first.csv", shipped=0), _orders(folder / "again.csv", shipped=share)
    base = seconds(lambda: import_files(shop.store, [first], now=NOW))
    ours = seconds(lambda: import_files(shop.store, [again], now=NOW))
    shop.store.close()
    return ours, base


def _orders(path: Path, *, shipped: int) -> Path:
    """`shipped`: how many in a hundred of the orders have left."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(_HEADER)
        for order in range(_ORDERS):
            when, buyer = f"2026-10-{1 + order % 28:02}T{order % 24:02}:15:00Z", f"Buyer {order}"
            rows.writerows(
                (
                    *(f"N{order}", "etsy", when, when, "USD", buyer, f"b{order}@example.com", buyer, f"{order} Main St"),
                    *("Bellingham", "WA", "98225", "US", f"P{product}", f"Product P{product}", 2, "10.00"),
                    2 if order % 100 < shipped else 0,
                )
                for product in {(order + 7 * line) % _PRODUCTS for line in range(1 + order % 4)}
            )
    return path
