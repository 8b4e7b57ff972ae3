"""What can be done about a line that is short, for people: each way with its day, its money and what else there is to it."""

from __future__ import annotations

from collections.abc import Iterable

from orderdesk.cli import texts
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.money import Money
from orderdesk.storage.queries.decisions import Choice, Option


def options(found: Iterable[Option]) -> str:
    """The ways as a table."""
    cells = [(texts.words(each.choice), each.on or "unknown", each.days, _money(each), _detail(each)) for each in found]
    return texts.table(("Way", "By", "Days", "Money", ""), cells, empty="")


def _money(option: Option) -> str:
    match option.choice:
        case Choice.WAIT:
            return f"{_known(option.value)} kept"
        case Choice.BUY_ELSEWHERE:
            return f"{_known(option.money)} margin"
        case Choice.SUBSTITUTE:
            return _known(option.money)
        case Choice.SHIP_REST:
            return f"{_known(option.value)} leaves"
        case Choice.CANCEL:
            return _paid_back(option)


def _detail(option: Option) -> str:
    match option.choice:
        case Choice.WAIT:
            bought = f"; bought already on {option.detail}" if option.detail else ""
            consent = f"; after {option.consent_after} only if they agree" if option.consent_after else ""
            if option.telling:
                back = f"the refund by {option.telling.refund_by}" if option.telling.pays_back else "nothing to pay back"
                consent = f"; only if they agree: telling them now cancels it, with {back}"
            return f"{_offered(option.offer)}{consent}{bought}"
        case Choice.SHIP_REST:
            return f"{option.detail} here; {_known(option.waits)} still waits"
        case Choice.BUY_ELSEWHERE if option.lacks and option.there is not None:
            return f"{option.detail}; has {option.there} of {option.there + option.lacks}"
        case Choice.SUBSTITUTE:
            return f"{option.detail}; {_known(option.difference)} in price"
        case _:
            return option.detail


def _paid_back(option: Option) -> str:
    if option.money is not None and not option.money.minor:
        return "nothing to pay back"
    return f"{_known(option.money)}{' and its tax' if option.lacks_tax else ''}"


def _offered(offer: Offer | None) -> str:
    if offer is None:
        return "no offer"
    worth = offer.amount or (f"{offer.rate} %" if offer.rate is not None else offer.gift)
    return " ".join(filter(None, ("offer:", texts.words(offer.kind).lower(), worth and str(worth))))


def _known(amount: Money | None) -> str:
    return "unknown" if amount is None else str(amount)
