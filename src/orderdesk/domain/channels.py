"""Where orders and listings come from."""

# The channel of what comes from no marketplace.
OWN_SHOP = "own"
# How the marketplaces write their names.
MARKETPLACES = {"ebay": "eBay", "etsy": "Etsy", "amazon": "Amazon", "shopify": "Shopify", "woocommerce": "WooCommerce"}
