"""Real shops from the shared data, turned into OrderDesk's own files."""

from __future__ import annotations

import csv
import gzip
import random
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

_CENT = Decimal("0.01")
# Codes of Online Retail that are fees and services, not things on a shelf.
_FEES = {"POST", "DOT", "M", "C2", "D", "S", "BANK CHARGES", "AMAZONFEE", "CRUK", "PADS", "B"}


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def northwind_files(source: Path, folder: Path) -> list[Path]:
    """products.csv, customers.csv and orders.csv of the Northwind shop."""
    suppliers = {row["SupplierID"]: row["CompanyName"] for row in _read(source / "Suppliers.csv")}
    products = _read(source / "Products.csv")
    return [
        _write(
            folder / "products.csv",
            ("sku", "title", "on_hand", "price", "currency", "reorder_point", "supplier", "on_order", "discontinued"),
            [
                (
                    *(row["ProductID"], row["ProductName"], row["UnitsInStock"], row["UnitPrice"], "USD", row["ReorderLevel"]),
                    *(suppliers[row["SupplierID"]], row["UnitsOnOrder"], "yes" if row["Discontinued"] == "1" else "no"),
                )
                for row in products
            ],
        ),
        _write(
            folder / "customers.csv",
            ("customer_id", "name", "company", "phone", "line1", "city", "region", "postal_code", "country"),
            [
                (
                    *(row["CustomerID"], row["ContactName"] or row["CompanyName"], row["CompanyName"], row["Phone"]),
                    *(row["Address"], row["City"], row["Region"], row["PostalCode"], row["Country"]),
                )
                for row in _read(source / "Customers.csv")
            ],
        ),
        _northwind_orders(source, folder, {row["ProductID"]: row["ProductName"] for row in products}),
    ]


def _northwind_orders(source: Path, folder: Path, titles: dict[str, str]) -> Path:
    customers = {row["CustomerID"]: row for row in _read(source / "Customers.csv")}
    lines: dict[str, list[dict[str, str]]] = {}
    for row in _read(source / "OrderDetails.csv"):
        lines.setdefault(row["OrderID"], []).append(row)
    header = (
        *("order_number", "channel", "placed_at", "ship_by", "currency", "shipping", "discount", "customer_id", "customer_name"),
        *("ship_name", "ship_company", "ship_line1", "ship_city", "ship_region", "ship_postal_code", "ship_country"),
        *("line_id", "sku", "title", "quantity", "unit_price", "shipped"),
    )
    rows = []
    for order in _read(source / "Orders.csv"):
        discount = sum(
            (
                (Decimal(line["Quantity"]) * Decimal(line["UnitPrice"]) * Decimal(line["Discount"])).quantize(
                    _CENT, ROUND_HALF_UP
                )
                for line in lines[order["OrderID"]]
            ),
            Decimal(0),
        )
        contact = customers[order["CustomerID"]]["ContactName"] or order["ShipName"]
        rows += [
            (
                *(
                    order["OrderID"],
                    "own",
                    order["OrderDate"][:10],
                    order["RequiredDate"][:10],
                    "USD",
                    order["Freight"],
                    discount,
                ),
                *(order["CustomerID"], contact, contact, order["ShipName"], order["ShipAddress"], order["ShipCity"]),
                *(order["ShipRegion"], order["ShipPostalCode"], order["ShipCountry"]),
                *(line["ProductID"], line["ProductID"], titles[line["ProductID"]], line["Quantity"], line["UnitPrice"]),
                line["Quantity"] if order["ShippedDate"] else 0,
            )
            for line in lines[order["OrderID"]]
        ]
    return _write(folder / "orders.csv", header, rows)


def online_retail_files(source: Path, folder: Path, *, times: int = 1) -> list[Path]:
    """products.csv and orders.csv of the gift retailer; `times` repeats its orders under further numbers for a larger shop.

    Cancellations (negative quantities) are left out, fee codes are not tracked, opening stock is drawn by a fixed seed.
    Orders of the last week are still to be shipped.
    """
    with gzip.open(source / "online_retail_2010-12_to_2011-02.csv.gz", "rt", encoding="utf-8", newline="") as file:
        sold = [row for row in csv.DictReader(file) if int(row["Quantity"]) > 0]
    draw = random.Random(2010)
    titles = {row["StockCode"]: row["Description"].strip() or row["StockCode"] for row in sold}
    products = _write(
        folder / "products.csv",
        ("sku", "title", "on_hand", "currency", "reorder_point", "tracked"),
        [(sku, title, draw.randrange(0, 400), "GBP", 20, "no" if sku in _FEES else "yes") for sku, title in titles.items()],
    )
    last_week = max(row["InvoiceDate"] for row in sold)[:8] + "22"
    header = (
        *("order_number", "channel", "placed_at", "paid_at", "currency", "shipping", "customer_id", "customer_name", "ship_name"),
        *("ship_line1", "ship_country", "sku", "title", "quantity", "unit_price", "shipped"),
    )
    rows = []
    for copy in range(times):
        mark = f"-{copy}" if copy else ""
        for row in sold:
            customer = row["CustomerID"].removesuffix(".0") or f"guest-{row['InvoiceNo']}"
            placed = row["InvoiceDate"].replace(" ", "T") + "Z"
            rows.append(
                (
                    *(
                        row["InvoiceNo"] + mark,
                        "own",
                        placed,
                        placed,
                        "GBP",
                        "",
                        customer + mark,
                        f"Customer {customer}",
                        f"Customer {customer}",
                    ),
                    *(
                        "1 High Street",
                        row["Country"],
                        row["StockCode"],
                        titles[row["StockCode"]],
                        row["Quantity"],
                        row["UnitPrice"],
                    ),
                    row["Quantity"] if row["InvoiceDate"] < last_week else 0,
                )
            )
    return [products, _write(folder / "orders.csv", header, rows)]
