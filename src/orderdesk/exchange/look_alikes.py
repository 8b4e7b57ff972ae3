"""Files that sellers try to import and that hold no orders, or are in no format OrderDesk reads: known by their columns."""

from __future__ import annotations

from orderdesk.exchange.profile import LookAlike

ORDER_COLUMNS = (
    *("order_number", "placed_at", "customer_name", "ship_line1", "ship_city", "ship_region", "ship_postal_code", "ship_country"),
    *("sku", "title", "quantity", "unit_price", "currency"),
)
ENOUGH_COLUMNS = ("order number", "date", "customer", "sku", "quantity", "price")
_NOT_READ = (
    "OrderDesk can't read this format. Make a CSV file of it, then import that: "
    f"the columns {', '.join(ENOUGH_COLUMNS)} are enough. "
    f"With {', '.join(ORDER_COLUMNS)} the letters have an address too. An export of your orders has all columns there are."
)
_STOCK = "Copy SKU, title and stock into a CSV file with the columns sku, title, on_hand, then import that."
_PEOPLE = (
    "Copy names and addresses into a CSV file with the columns name, email, line1, city, postal_code, country, then import that."
)
_MONEY_ONLY = "It lists money, not parcels, so there is no order in it to import."
_USE_ORDERS_REPORT = "It lists money, not parcels. Download the orders report (Seller Hub, Orders, Download report) instead."

LOOK_ALIKES = (
    LookAlike(
        "an eBay orders report of the United Kingdom",
        ("Sales record number", "Order number", "Post to name", "Post to postcode", "Item title", "Sold for", "Sale date"),
        _NOT_READ,
    ),
    LookAlike(
        "an eBay orders report of Australia",
        ("Sales Record Number", "Order Number", "Post To Name", "Post To Postal Code", "Item Title", "Sold For", "Sale Date"),
        _NOT_READ,
    ),
    LookAlike(
        "a German eBay sales report", ("Verkaufsprotokollnummer", "Bestellnummer", "Artikelnummer", "Bezahldatum"), _NOT_READ
    ),
    LookAlike(
        "an eBay transaction report",
        ("Transaction creation date", "Type", "Order number", "Legacy order ID", "Buyer username", "Net amount"),
        _USE_ORDERS_REPORT,
    ),
    LookAlike(
        "Etsy's sold order items",
        ("Sale Date", "Item Name", "Buyer", "Quantity", "Price", "Order ID", "Transaction ID", "Ship Name"),
        _NOT_READ,
    ),
    LookAlike("Etsy's sold orders", ("Sale Date", "Order ID", "Buyer User ID", "Full Name", "Number of Items"), _NOT_READ),
    LookAlike("Etsy's payments", ("Payment ID", "Buyer Username"), _MONEY_ONLY),
    LookAlike("an Etsy statement", ("Date", "Type", "Title", "Info"), _MONEY_ONLY),
    LookAlike(
        "Amazon's new orders report",
        ("order-id", "order-item-id", "purchase-date", "sku", "quantity-purchased", "item-price", "recipient-name"),
        _NOT_READ,
    ),
    LookAlike(
        "Amazon's unshipped orders report",
        ("order-id", "order-item-id", "purchase-date", "sku", "quantity-purchased", "quantity-to-ship"),
        _NOT_READ,
    ),
    LookAlike(
        "Amazon's all orders report",
        ("amazon-order-id", "purchase-date", "order-status", "sku", "quantity"),
        "It has no buyer's name or street, so no letter can be made from it.",
    ),
    LookAlike("a WooCommerce orders export", ("Order Number", "Order Status", "Order Date", "Item Name", "Item Cost"), _NOT_READ),
    LookAlike(
        "a PayPal activity download",
        ("Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross", "Fee", "Net", "Transaction ID"),
        "It lists payments. Import the orders from the marketplace or shop they were made in.",
    ),
    LookAlike(
        "a Shopify inventory export",
        ("Handle", "Title", "SKU", "Location", "On hand (current)", "Committed (not editable)"),
        _STOCK,
    ),
    LookAlike(
        "a Shopify products export",
        ("Handle", "Title", "Variant SKU", "Variant Price"),
        _STOCK,
    ),
    LookAlike(
        "a Shopify products export",
        ("URL handle", "Title", "SKU", "Inventory quantity"),
        _STOCK,
    ),
    LookAlike(
        "a Shopify customers export",
        ("First Name", "Last Name", "Email", "Accepts Email Marketing", "Total Spent"),
        _PEOPLE,
    ),
    LookAlike(
        "a WooCommerce products export",
        ("ID", "Type", "SKU", "Name", "Published", "Backorders allowed?"),
        _STOCK,
    ),
    LookAlike(
        "a Square items export",
        ("Token", "Item Name", "Variation Name", "SKU", "Stockable"),
        _STOCK,
    ),
)
