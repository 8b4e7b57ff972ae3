"""The verbs and their words, declared once: the parser, the help and the dispatch read this."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from typing_extensions import override

from orderdesk.cli import verbs_entry, verbs_letters, verbs_orders, verbs_shop
from orderdesk.cli.context import Answer, Context
from orderdesk.services.exports import EXPORT_KINDS

Word = tuple[tuple[str, ...], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: its words as argparse wants them, and what it does."""

    name: str
    help: str
    run: Callable[[Context, Namespace], Answer]
    words: tuple[Word, ...] = ()


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day; write it as 2026-12-04") from error


def _word(*names: str, **options: Any) -> Word:
    return names, options


_ORDER = _word("order", help="an order's number, or channel:number")
_SKU_AND_UNITS = (_word("sku", nargs="?"), _word("units", nargs="?", type=int))
_SETTINGS = _word("settings", nargs="*", metavar="KEY=VALUE")
_WHAT = _word("what", choices=("product", "customer", "order"))
_FILTERS = (
    "backordered",
    "not-told",
    "ready",
    "partly-ready",
    "to-do",
    "overdue",
    "awaiting-payment",
    "on-hold",
    "shipped",
    "canceled",
)

VERBS = (
    Verb("demo", "make the sample shop, show its backorders, write the letters", verbs_shop.demo, (_word("--out"),)),
    Verb(
        "import",
        "take in orders, products, customers and listings from files",
        verbs_shop.import_files,
        (
            _word("files", nargs="*"),
            _word("--list", action="store_true", help="list the formats"),
            _word("--format"),
            _word("--currency"),
            _word("--encoding"),
            _word("--date-order", choices=("MDY", "DMY")),
            _word("--treat-as-paid", action="store_true", help="orders count as paid when placed"),
            _word("--dry-run", action="store_true", help="say what would happen, and change nothing"),
        ),
    ),
    Verb("undo", "take back the last step, or an import", verbs_shop.undo, (_word("import_id", nargs="?", type=int),)),
    Verb("redo", "do again what was undone", verbs_shop.redo),
    Verb("export", "write a CSV or XLSX file", verbs_shop.export, (_word("kind", choices=EXPORT_KINDS), _word("file"))),
    Verb(
        "orders",
        "list orders",
        verbs_orders.list_orders,
        (
            *(_word(f"--{name}", dest="filter", action="store_const", const=name.replace("-", "_")) for name in _FILTERS),
            _word("--search"),
            _word("--full", action="store_true", help="everything that came in, for --json"),
        ),
    ),
    Verb("order", "show an order", verbs_orders.show_order, (_ORDER,)),
    Verb("products", "list products", verbs_shop.list_products, (_word("--search"), _word("--full", action="store_true"))),
    Verb("customers", "list customers", verbs_shop.list_customers, (_word("--search"),)),
    Verb("listings", "list listings", verbs_shop.list_listings),
    Verb("backorders", "list what can't be filled", verbs_orders.list_backorders),
    Verb(
        "apologize",
        "make a letter and a coupon",
        verbs_letters.apologize,
        (
            _word("orders", nargs="*"),
            _word("--all", action="store_true", help="everyone who was not told, and one file with all letters"),
            _word("--offer", metavar="KIND[:VALUE]"),
            _word("--expected", type=day, metavar="DATE"),
            _word("--concern"),
            _word("--paper", choices=("letter", "a4")),
            _word("--out", metavar="DIR"),
        ),
    ),
    Verb(
        "told",
        "the customer knows",
        verbs_letters.told,
        (_ORDER, _word("--channel", choices=("print", "email", "message", "phone", "other"), default="other")),
    ),
    Verb("receive", "units came in", verbs_shop.receive, (_word("sku"), _word("units", type=int))),
    Verb(
        "count",
        "the shelf holds that many",
        verbs_shop.count,
        (_word("sku"), _word("units", type=int), _word("--reason", required=True)),
    ),
    Verb("ship", "send out what is allocated", verbs_orders.ship, (_ORDER, *_SKU_AND_UNITS)),
    Verb("cancel", "cancel an order, or units of a line", verbs_orders.cancel, (_ORDER, *_SKU_AND_UNITS)),
    Verb("hold", "take an order out of the queue", verbs_orders.hold, (_ORDER, _word("--reason"))),
    Verb("release", "put a held order back", verbs_orders.release, (_ORDER,)),
    Verb("paid", "mark an order as paid", verbs_orders.paid, (_ORDER,)),
    Verb("add", "add a product, customer or order", verbs_entry.add, (_WHAT, _SETTINGS)),
    Verb("edit", "edit a product, customer or order", verbs_entry.edit, (_WHAT, _word("which"), _SETTINGS)),
    Verb("coupon", "show a coupon", verbs_letters.show_coupon, (_word("code"),)),
    Verb(
        "redeem",
        "use a coupon on an order",
        verbs_letters.redeem,
        (_word("code"), _word("--order", required=True, metavar="NUMBER"), _word("--amount")),
    ),
    Verb("void", "make a coupon worthless", verbs_letters.void, (_word("code"), _word("--reason", required=True))),
    Verb("shop", "show or set the shop's profile", verbs_shop.shop, (_SETTINGS,)),
    Verb("backup", "copy the shop to a file", verbs_shop.backup, (_word("file"),)),
    Verb("restore", "put a backup in the shop's place", verbs_shop.restore, (_word("file"),)),
    Verb("check", "verify the file and every rule of the shop", verbs_shop.check),
)


class _Parser(ArgumentParser):
    """Wrong usage in one line."""

    @override
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")


def parser() -> ArgumentParser:
    """The whole command line."""
    top = _Parser(prog="orderdesk", description="OrderDesk. Without a verb it opens the window.")
    _common(top, defaults=True)
    verbs = top.add_subparsers(dest="verb", metavar="VERB")
    for verb in VERBS:
        each = verbs.add_parser(verb.name, help=verb.help, description=verb.help)
        _common(each, defaults=False)
        for names, options in verb.words:
            each.add_argument(*names, **options)
        each.set_defaults(run=verb.run)
    return top


def _common(of: ArgumentParser, *, defaults: bool) -> None:
    """Words that may stand before or after the verb."""
    absent: dict[str, Any] = {} if defaults else {"default": SUPPRESS}
    of.add_argument("--data", metavar="FILE", help="the shop's file", **absent)
    of.add_argument("--today", type=day, metavar="DATE", help="act as if it were that day", **absent)
    of.add_argument("--json", action="store_true", help="print one JSON document", **absent)
