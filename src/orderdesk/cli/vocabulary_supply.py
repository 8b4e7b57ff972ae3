"""The verbs about buying and the shop's figures, with their words."""

from __future__ import annotations

from orderdesk.cli import verbs_figures, verbs_supply
from orderdesk.cli.grammar import LINE, ORDER, SKU, SUPPLIER, Verb, day, day_or_unknown, supplier_name, word

_SINCE = "of orders placed, waits ended, letters told and coupons used since then; what waits now is always in"

SUPPLY = (
    Verb(
        "reorder",
        "list what to order from suppliers, how much, and why",
        verbs_supply.reorder,
        (word("--draft", action="store_true", help="put it on drafts of purchase orders, one for each supplier"),),
    ),
    Verb(
        "buy",
        "draft a purchase order",
        verbs_supply.buy,
        (SUPPLIER, word("wanted", nargs="+", metavar="SKU=N"), word("--expected", type=day, metavar="DATE")),
    ),
    Verb(
        "suppliers",
        "list suppliers, or add or change one",
        verbs_supply.list_suppliers,
        (
            word("name", type=supplier_name, nargs="?"),
            word("settings", nargs="*", metavar="KEY=VALUE", help="name, email, phone, site, note"),
        ),
    ),
    Verb(
        "offer",
        "note what a supplier asks for a product",
        verbs_supply.offer,
        (
            SKU,
            SUPPLIER,
            word("settings", nargs="*", metavar="KEY=VALUE", help="supplier_sku, cost, currency, lead_time_days, quantity"),
            word("--none", action="store_true", help="that supplier does not sell it"),
        ),
    ),
    Verb("supplier-stock", "list what suppliers ask and have, and how old that is", verbs_supply.supplier_stock),
    Verb("purchases", "list purchase orders", verbs_supply.list_purchases),
    Verb(
        "purchase",
        "show a purchase order, or change it",
        verbs_supply.show_purchase,
        (
            word("number"),
            word("changes", nargs="*", metavar="SKU=N", help="so many units of it; 0 takes it off"),
            word("--cost", nargs="+", metavar="SKU=C", help="what one unit of it costs, while it is a draft"),
            word("--expected", type=day_or_unknown, metavar="DATE", help="when it will be here, or unknown"),
        ),
        one_of=(
            word("--send", action="store_true", help="it went to its supplier: on order from now on"),
            word("--receive", nargs="*", metavar="SKU=N", help="it came, whole or so many units of these"),
            word("--cancel", action="store_true", help="what has not come will not"),
            word("--out", metavar="DIR", help="save it as a PDF for the supplier"),
        ),
    ),
    Verb(
        "source",
        "buy elsewhere what an order is short of",
        verbs_supply.source,
        (
            ORDER,
            LINE,
            word("--supplier", required=True, metavar="NAME"),
            word("--cost", metavar="C", help="for one unit"),
            word("--expected", type=day, metavar="DATE"),
        ),
    ),
    Verb(
        "figures",
        "how much was filled, what is backordered, and how long",
        verbs_figures.figures,
        (
            word("--since", type=day, metavar="DATE", help=_SINCE),
            word("--out", metavar="FILE", help="save them as CSV or XLSX"),
        ),
    ),
)
