"""The verbs and their words, declared once: the parser, the help and the dispatch read this."""

from __future__ import annotations

from orderdesk.cli import (
    demo,
    verbs_entry,
    verbs_files,
    verbs_letters,
    verbs_offers,
    verbs_orders,
    verbs_shop,
)
from orderdesk.cli.grammar import ORDER, SETTINGS, SKU, Verb, always, at_most, day, filter_word, whole, word
from orderdesk.cli.vocabulary_letters import LETTERS
from orderdesk.cli.vocabulary_orders import ORDERS
from orderdesk.cli.vocabulary_supply import SUPPLY
from orderdesk.documents.messages import Channel
from orderdesk.documents.wording import LANGUAGES
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.shop import Paper
from orderdesk.services.exports import EXPORT_KINDS
from orderdesk.storage.queries.coupons import COUPON_FILTERS
from orderdesk.storage.queries.customers import CUSTOMER_FILTERS
from orderdesk.storage.queries.history import STEP_FILTERS
from orderdesk.storage.queries.listings import LISTING_FILTERS
from orderdesk.storage.queries.orders import ORDER_FILTERS

_UNITS = word("units", type=whole, metavar="N")
_CODE = word("code", help="a coupon's code, with or without dashes")
_REASON = word("--reason", required=True, metavar="TEXT")
_COUNTED = word("--reason", default="Shelf count", metavar="TEXT", help="why it differs (%(default)s)")
_SEARCH = word("--search", default="", metavar="TEXT", help="the beginnings of words")
_WHAT = word("what", choices=("product", "customer", "order", "listing"))
_CUSTOMERS = {"twice": "who look like one person: the same name and postal code, or the same e-mail address"}

VERBS = (
    Verb(
        "demo",
        "make the sample shop, show its backorders, write the letters",
        demo.demo,
        (word("--out", metavar="DIR"),),
        starts=always,
    ),
    Verb(
        "import",
        "take in orders, products, customers, listings and suppliers' stock from files",
        verbs_files.import_files,
        (
            word("files", nargs="*", metavar="FILE"),
            word("--list", action="store_true", help="list the formats"),
            word("--format", metavar="NAME", help="the format, where it is not recognized"),
            word("--currency", metavar="CUR", help="the currency of amounts that name none"),
            word("--date-order", choices=("MDY", "DMY"), help="the order of dates written in digits"),
            word("--encoding", metavar="NAME", help="the encoding, where it is not recognized"),
            word("--supplier", default="", metavar="NAME", help="whose stock a supplier's file is"),
            word("--treat-as-paid", action="store_true", help="orders count as paid when placed, where the file does not say"),
            word("--dry-run", action="store_true", help="say what would happen, and change nothing"),
        ),
        starts=lambda words: not words.dry_run,
    ),
    Verb(
        "undo",
        "take back the last step, an import, or an order's letter",
        verbs_files.undo,
        one_of=(
            word("import_id", nargs="?", type=whole, help="an import or any other step, by its number"),
            word("--letter", metavar="ORDER", help="the order's letter, with its coupon and all that was done to it"),
        ),
    ),
    Verb(
        "history",
        "list what was done, newest first; a step's number is what undo takes",
        verbs_files.show_history,
        (_SEARCH, word("--limit", type=at_most, default=50, metavar="N", help="at most so many")),
        one_of=tuple(filter_word(name) for name in STEP_FILTERS[1:]),
    ),
    Verb("redo", "do again what was undone", verbs_files.redo),
    Verb("export", "write a CSV or XLSX file", verbs_files.export, (word("kind", choices=EXPORT_KINDS), word("file"))),
    Verb(
        "orders",
        "list orders",
        verbs_orders.list_orders,
        (_SEARCH, word("--full", action="store_true", help="with --json: everything that came in")),
        one_of=tuple(filter_word(name) for name in ORDER_FILTERS[1:]),
    ),
    Verb("order", "show an order", verbs_orders.show_order, (ORDER,)),
    Verb(
        "products",
        "list products",
        verbs_shop.list_products,
        (_SEARCH, word("--full", action="store_true", help="with --json: everything known")),
    ),
    Verb(
        "customers",
        "list customers",
        verbs_shop.list_customers,
        (_SEARCH,),
        one_of=tuple(filter_word(name, _CUSTOMERS.get(name)) for name in CUSTOMER_FILTERS[1:]),
    ),
    Verb(
        "export-customer",
        "write everything about one customer to a JSON file",
        verbs_shop.export_customer,
        (word("who", help="a customer's handle (#12), key, e-mail address or name"), word("file")),
    ),
    Verb(
        "merge",
        "two records are one customer",
        verbs_shop.merge,
        (
            word("kept", help="who is kept: a customer's handle (#12), key, e-mail address or name"),
            word("other", help="who becomes them"),
        ),
    ),
    Verb(
        "erase-customer",
        "take out who a customer is; orders and money stay",
        verbs_shop.erase_customer,
        (
            word("who", help="a customer's handle (#12), key, e-mail address or name"),
            word("--although-owed", action="store_true", help="although money is still to be paid back to them"),
        ),
    ),
    Verb(
        "listings",
        "list listings with what to do with each",
        verbs_shop.list_listings,
        one_of=(
            *(filter_word(name) for name in LISTING_FILTERS[1:]),
            word("--done", action="append", metavar="LISTING", help="what is advised for it was done there"),
            word("--mark-ended", action="append", metavar="LISTING", help="you ended it there, whatever is advised"),
            word("--remove", action="append", metavar="LISTING", help="take it off the list"),
        ),
    ),
    Verb(
        "snippet",
        "write what a listing says of backorders",
        verbs_shop.snippet,
        (
            word("--channel", choices=[each.value for each in Channel if each is not Channel.EMAIL]),
            word("--language", choices=LANGUAGES),
        ),
    ),
    *SUPPLY,
    Verb("backorders", "list what can't be filled", verbs_orders.list_backorders),
    Verb(
        "apologize",
        "make a letter and a coupon",
        verbs_letters.apologize,
        (
            word("orders", nargs="*", metavar="ORDER"),
            word("--all", action="store_true", help="everyone who was not told, and one file with all letters"),
            word("--offer", metavar="KIND[:VALUE]", help="free_shipping, percent:10, amount:7.50, gift:Tea towel, gift_card:25"),
            word("--concern", metavar="TEXT", help="what the customer worries about, in their words"),
            word("--paper", choices=[paper.value for paper in Paper]),
            word("--out", metavar="DIR"),
        ),
        (
            word("--expected", type=day, metavar="DATE", help="when all that these orders wait for will be there"),
            word("--by-deliveries", action="store_true", help="take such a date back"),
        ),
    ),
    Verb(
        "told",
        "the customer knows",
        verbs_letters.told,
        (ORDER, word("--channel", choices=[by.value for by in ToldBy], default=ToldBy.OTHER.value)),
    ),
    Verb(
        "answer",
        "record what a customer who waits wants, or that they gave no answer, and do it",
        verbs_letters.answer,
        (
            ORDER,
            word("wish", choices=("wait", "cancel", "substitute", "none")),
            word("--sku", help="of the line that is substituted, or POSITION:SKU, where several wait"),
            word("--with", dest="substitute", metavar="SKU", help="what the customer takes in its place"),
            word("--units", default="", metavar="N", help="so many of what is short"),
            word("--price", default="", metavar="P", help="for one; else the lower of the two"),
            word("--words", default="", metavar="TEXT", help="what the customer said"),
        ),
    ),
    Verb("receive", "units came in", verbs_shop.receive, (SKU, _UNITS)),
    Verb("count", "the shelf holds that many", verbs_shop.count, (SKU, _UNITS, _COUNTED)),
    *ORDERS,
    Verb(
        "add",
        "add a product, customer, order or listing",
        verbs_entry.add,
        (_WHAT, SETTINGS),
        starts=always,
        more=verbs_entry.keys_for_help(),
    ),
    Verb(
        "edit",
        "edit a product, customer, order or listing",
        verbs_entry.edit,
        (_WHAT, word("which"), SETTINGS),
        more=verbs_entry.keys_for_help(edited=True),
    ),
    Verb("coupon", "show a coupon", verbs_letters.show_coupon, (_CODE,)),
    Verb(
        "coupons",
        "list coupons, or what they cost",
        verbs_offers.list_coupons,
        (word("--search", default="", metavar="TEXT", help="a code or its beginning, or words of the customer"),),
        one_of=(
            *(filter_word(name) for name in COUPON_FILTERS[1:]),
            word("--figures", action="store_true", help="how many, what they took off, and what they still may"),
        ),
    ),
    Verb(
        "redeem",
        "use a coupon on an order",
        verbs_letters.redeem,
        (_CODE, word("--order", required=True, metavar="NUMBER"), word("--amount", metavar="A", help="of a gift card")),
    ),
    Verb("void", "make a coupon worthless", verbs_letters.void, (_CODE, _REASON)),
    Verb(
        "offers",
        "show or set the rules for the offer made by default",
        verbs_offers.offers,
        one_of=(
            word("--set", metavar="FILE", help="put the rules of a CSV file in their place, one a row"),
            word("--clear", action="store_true", help="no rules: everyone is made the usual offer"),
        ),
        starts=lambda words: words.set is not None,
    ),
    *LETTERS,
    Verb("shop", "show or set the shop's profile", verbs_shop.shop, (SETTINGS,), starts=lambda words: bool(words.settings)),
    Verb("backup", "copy the shop to a file", verbs_files.backup, (word("file"),)),
    Verb("restore", "put a backup in the shop's place", verbs_files.restore, (word("file"),), starts=always),
    Verb("check", "verify the file and every rule of the shop", verbs_files.check),
)
