"""What suppliers send of their stock, declared. A feed never says whose it is: the seller names the supplier."""

from __future__ import annotations

from orderdesk.exchange.profile import Column, Kind, Profile, Shape

# Words in place of a number, in lower case; "" is a supplier who does not say.
_WORDS = {"b": "0", "out of stock": "0", "discontinued": "0", "call": "", "in stock": ""}
_UNSAID = (
    Column("barcode", ("barcode",), Kind.IDENTIFIER),
    Column("cost", ("cost",), Kind.COST),
    Column("currency", ("currency",), Kind.CURRENCY),
    Column("lead_time_days", ("lead_time_days",), Kind.COUNT),
    Column("next_units", ("next_units",), Kind.COUNT),
    Column("next_on", ("next_on",), Kind.DAY),
    Column("discontinued", ("discontinued",), Kind.STATED, words={"yes": "", "y": "", "true": "", "1": ""}),
)


def _feed(name: str, title: str, *columns: Column, signature: tuple[tuple[str, ...], ...], ignored: tuple[str, ...]) -> Profile:
    """A row per product; what the format has no column for may stand there under OrderDesk's own name for it."""
    said = {column.field for column in columns}
    return Profile(
        name=name,
        title=title,
        kind="supplier_stock",
        shape=Shape.RECORD,
        columns=(*columns, *(column for column in _UNSAID if column.field not in said)),
        signature=signature,
        ignored=ignored,
        named=("supplier_sku", "barcode"),
        keys=(("supplier_sku",), ("barcode",)),
    )


STOCK_LIST = _feed(
    "supplier-stock",
    "A supplier's stock list",
    Column("supplier_sku", ("supplier_sku", "Supplier Code"), Kind.IDENTIFIER),
    Column("barcode", ("barcode", "EAN", "UPC"), Kind.IDENTIFIER),
    Column("quantity", ("quantity", "Stock"), Kind.STOCK, words=_WORDS),
    Column("cost", ("cost", "Price"), Kind.COST),
    Column("discontinued", ("discontinued", "Stock"), Kind.STATED, words={"discontinued": "", "yes": "", "y": "", "true": ""}),
    signature=(("supplier_sku", "Supplier Code"), ("quantity", "Stock")),
    ignored=(),
)
CRUX = _feed(
    "crux-inventory",
    "Crux inventory",
    Column("supplier_sku", ("sku_id",), Kind.IDENTIFIER),
    Column("quantity", ("quantity_in_stock",), Kind.STOCK, words=_WORDS),
    Column("next_units", ("quantity_on_backorder",), Kind.COUNT),
    Column("next_on", ("backorder_date",), Kind.DAY),
    signature=(("sku_id",), ("quantity_in_stock",), ("quantity_on_backorder", "backorder_date")),
    ignored=("item_id",),
)
CWR = _feed(
    "cwr-inventory",
    "CWR inventory",
    Column("supplier_sku", ("CWR Part Number",), Kind.IDENTIFIER),
    Column("barcode", ("UPC Code",), Kind.IDENTIFIER),
    Column("quantity", ("Quantity Available to Ship (Combined)",), Kind.STOCK, words=_WORDS),
    Column("next_on", ("Next Shipment Date (Combined)",), Kind.DAY),
    Column("cost", ("Your Cost",), Kind.COST),
    Column("discontinued", ("Closeout",), Kind.STATED, words={"y": ""}),
    signature=(("CWR Part Number",), ("Quantity Available to Ship (Combined)",)),
    ignored=(
        "Manufacturer Part Number", "Quantity Available to Ship (NJ)", "Quantity Available to Ship (FL)",
        "Next Shipment Date (NJ)", "Next Shipment Date (FL)", "List Price", "M.A.P. Price", "M.R.P. Price", "Uppercase Title",
        "Title", "Full Description", "Category ID", "Category Name", "Manufacturer Name", "Shipping Weight", "Non-stock",
        "Drop Ships Direct From Vendor", "Returnable",
    ),
)  # fmt: skip

SUPPLIER_FEEDS = (STOCK_LIST, CRUX, CWR)
