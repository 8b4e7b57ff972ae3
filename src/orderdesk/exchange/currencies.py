"""Which currency the amounts of a record are in, and whether they can be amounts of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from orderdesk.domain.money import minor_digits
from orderdesk.exchange.answers import Answers
from orderdesk.exchange.money_cells import BARE_DOLLAR, DOLLARS, NamedAmount, may_mean


def settled_currency(stated: str | None, amounts: Iterable[Decimal | None], answers: Answers) -> str | None:
    """The currency of a record: the stated one, else what its amounts name; None is the shop's, which a bare `$` may be too."""
    if stated:
        return stated
    named = [amount.currency for amount in amounts if isinstance(amount, NamedAmount)]
    if whole := next((currency for currency in named if currency != BARE_DOLLAR), None):
        return whole
    return answers.dollar() if named and answers.usual_currency not in (None, *DOLLARS) else None


def contradiction(amount: Decimal | None, currency: str) -> str:
    """Why an amount can't be in that currency, "" where it can: its cell names another one."""
    if not isinstance(amount, NamedAmount) or may_mean(amount.currency, currency):
        return ""
    return f"the amount is in {amount.currency}, the row's currency is {currency}. Make them the same, then import again."


def too_fine(amount: Decimal | None, currency: str) -> str:
    """Why an amount is none of that currency, "" where it is: it has more decimals."""
    digits = minor_digits(currency)
    if amount is None or round(amount, digits) == amount:
        return ""
    decimals = f"at most {digits} decimals" if digits else "no decimals"
    return f"“{amount.normalize():f}” is not an amount in {currency}, which has {decimals}. Correct the cell, then import again."
