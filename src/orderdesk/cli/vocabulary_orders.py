"""The verbs about what happens to orders, with their words."""

from __future__ import annotations

from orderdesk.cli import verbs_orders
from orderdesk.cli.grammar import LINE, ORDER, Verb, whole, word
from orderdesk.domain.orders import ShipPolicy

_SKU_AND_UNITS = (
    word("sku", nargs="?", help="only this line: its SKU, or POSITION:SKU"),
    word("units", nargs="?", type=whole, metavar="N", help="how many of it"),
)
_UNITS = word("units", type=whole, metavar="N")

ORDERS = (
    Verb("ship", "send out what is allocated", verbs_orders.ship, (ORDER, *_SKU_AND_UNITS)),
    Verb(
        "policy",
        "say how an order ships, or one line of it",
        verbs_orders.set_policy,
        (
            ORDER,
            word(
                "policy",
                choices=[*ShipPolicy, verbs_orders.AS_THE_ORDER],
                help="a line ships as its order does again by as_order",
            ),
            word("--sku", help="only this line: its SKU, or POSITION:SKU"),
        ),
    ),
    Verb(
        "track",
        "note how an order's last parcel travels",
        verbs_orders.track,
        (ORDER, word("carrier"), word("tracking", metavar="NUMBER")),
    ),
    Verb(
        "keep",
        "keep what is allocated to an order for it, whoever is ahead",
        verbs_orders.keep,
        (ORDER, word("--end", action="store_true", help="by the queue again")),
    ),
    Verb(
        "dropship",
        "units that the supplier sends to the customer directly",
        verbs_orders.drop_ship,
        (ORDER, LINE, _UNITS),
        one_of=(
            word("--shipped", action="store_true", help="they have left the supplier"),
            word("--end", action="store_true", help="they come from the shelf after all"),
        ),
    ),
    Verb(
        "cancel",
        "cancel an order, or units of a line",
        verbs_orders.cancel,
        (
            ORDER,
            *_SKU_AND_UNITS,
            word("--unanswered", action="store_true", help="what waits, as nobody answered; with the letter about the refund"),
        ),
    ),
    Verb("hold", "take an order out of the queue", verbs_orders.hold, (ORDER, word("--reason", default="", metavar="TEXT"))),
    Verb("release", "put a held order back", verbs_orders.release, (ORDER,)),
    Verb(
        "return",
        "take back units that were shipped",
        verbs_orders.take_back,
        (
            ORDER,
            LINE,
            _UNITS,
            word("--damaged", action="store_true", help="they can't be sold again"),
            word("--exchange", nargs="?", const="", metavar="SKU", help="send as many of that in exchange, or of the same"),
        ),
    ),
    Verb(
        "refund",
        "note what was paid back to a customer, or list what is to be paid back",
        verbs_orders.refund,
        (
            word("order", nargs="?", help="an order's number, or channel:number"),
            word("amount", nargs="?", default="", metavar="AMOUNT", help="without it, all that is still to be paid back"),
            word("--date", default="", metavar="DATE", help="the day it went back; without it, today"),
            word("--how", default="", metavar="TEXT", help="by card, through eBay…"),
            word("--although-not-owed", action="store_true", help="as goodwill or for what came back: it is more than is owed"),
        ),
    ),
    Verb(
        "prioritize",
        "serve an order before all others",
        verbs_orders.prioritize,
        (ORDER,),
        one_of=(
            word("--preview", action="store_true", help="say who would gain and lose, and change nothing"),
            word("--end", action="store_true", help="back to its own place in the queue"),
        ),
    ),
    Verb("options", "what can be done about a line that is short, with days and money", verbs_orders.options, (ORDER, LINE)),
    Verb("unblock", "list orders that could leave with units of orders that wait to be complete", verbs_orders.unblock),
    Verb("paid", "mark an order as paid", verbs_orders.paid, (ORDER,)),
)
