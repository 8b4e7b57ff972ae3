"""How orders stand with their customers: what they owe and have settled, or what is still to come in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orderdesk.domain.packs import prices_include_tax
from orderdesk.domain.refunds import goods_paid, refund_due
from orderdesk.storage.queries.credits import CREDIT
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Account:
    """What an order owes and has settled: what it comes to less than was paid for it (`credit`), below zero where more than that
    is still to come in, and what is canceled of it (`gone`), as far as prices are known.

    `settled`: what went back of it, without what was given beside; `all_back`: with that, all that was paid went back. `unknown`: how
    many of its prices are not known. `goods`: what was paid for the canceled units alone, without tax and shipping.
    """

    order_id: int
    currency: str
    paid: bool
    settled: int
    all_back: bool
    lacks_tax: bool
    unknown: int
    credit: int
    gone: int
    goods: int

    @property
    def due(self) -> int:
        """What is to go back or went back; of what is canceled, where it is known."""
        return self.credit + (0 if self.unknown else self.gone)

    @property
    def left(self) -> int:
        """What is still to go back; nothing to who got all back, be it before anything was canceled."""
        return max(0, self.due - self.settled) if self.paid and not self.all_back else 0

    @property
    def was_free(self) -> bool:
        """Whether nothing goes back or went back, as what is canceled cost nothing."""
        return not (self.gone or self.settled or self.unknown or self.credit > 0)

    @property
    def rest(self) -> int:
        """What is still to come in of a paid order; none where that is not known."""
        return max(0, self.settled - self.due) if self.paid and not self.unknown else 0


# Of an order o: what went back in all, and of what was owed then.
_BACK = "coalesce((SELECT sum(amount_minor) FROM refund WHERE order_id = o.id), 0)"
_SETTLED = "coalesce((SELECT sum(settles_minor) FROM refund WHERE order_id = o.id), 0)"
# What is canceled, and of the lines in `short` what waits as well; or `just` so many units of each line.
_GONE = """
iif(:just IS NULL, l.canceled + iif(l.id IN (SELECT j.value FROM json_each(:short) j), l.backordered, 0),
    coalesce((SELECT j.value FROM json_each(:just) j WHERE j.key = l.id), 0))
"""
# `instead` is the price of what goes out in place of what the lines in `short` wait for.
# Shipping is paid back where nothing of the order has shipped and nothing else of it is still to come.
_ACCOUNTS = f"""
SELECT o.id, o.currency, o.paid, {_SETTLED}, coalesce({_BACK} >= o.total_minor + {CREDIT}, 0), {CREDIT},
    o.tax_minor IS NULL AND NOT :taxed,
    count(CASE WHEN l.unit_price_minor IS NULL AND ({_GONE} > 0 OR o.discount_minor > 0 OR o.tax_minor > 0) THEN 1 END),
    coalesce(sum({_GONE} * l.unit_price_minor), 0)
        - coalesce(sum(l.ordered * l.unit_price_minor * (l.stand_in = 'substitute' AND :just IS NULL)), 0) - coalesce(:instead, 0),
    coalesce(sum(l.ordered * l.unit_price_minor * (l.stand_in IS NULL)), 0), coalesce(o.discount_minor, 0),
    coalesce(o.tax_minor, 0),
    CASE WHEN :instead IS NULL AND sum(l.shipped) = 0 AND sum(l.ordered) = sum({_GONE}) THEN coalesce(o.shipping_minor, 0) ELSE 0 END
FROM json_each(:orders) j CROSS JOIN orders o ON o.id = j.value CROSS JOIN order_line l ON l.order_id = o.id GROUP BY o.id
"""
# Of an order o: more has gone back than it comes to less than was paid. So much is still to come in, but for what is canceled.
MAY_LACK_REST = f"""
(o.paid AND {CREDIT} < {_SETTLED})
"""


def accounts(
    view: View,
    order_ids: Iterable[int],
    short: Iterable[int] = (),
    just: Mapping[int, int] | None = None,
    instead: int | None = None,
) -> list[Account]:
    """How the orders stand; or would stand if what the `short` lines wait for were canceled as well, or `just` those units.

    `instead`: the price of what would be sent for what the `short` lines wait for.
    """
    only = None if just is None else json.dumps(just)
    taxed = any(prices_include_tax(country) for (country,) in view.all("SELECT country FROM shop"))
    asked = {"orders": as_json(list(order_ids)), "short": as_json(list(short)), "just": only, "taxed": taxed, "instead": instead}
    rows = view.all(_ACCOUNTS, asked)
    return [
        Account(
            order_id,
            currency,
            bool(paid),
            settled,
            bool(all_back),
            bool(lacks_tax),
            unknown,
            credit,
            refund_due(*amounts),
            goods_paid(*amounts[:3]),
        )
        for order_id, currency, paid, settled, all_back, credit, lacks_tax, unknown, *amounts in rows
    ]


def rests_to_pay(view: View, order_ids: Iterable[int]) -> dict[int, int]:
    """By order id, what is still to come in of a paid order, in minor units, where it is known that something is."""
    orders = list(order_ids)
    return {each.order_id: each.rest for each in accounts(view, orders) if each.rest} if orders else {}


def balance(view: View, order_id: int) -> int | None:
    """What is still to go back of what was paid for an order, below zero what is still to come in, in minor units.

    None where a price is not known.
    """
    (account,) = accounts(view, [order_id])
    return None if account.unknown else account.due - account.settled
