"""How a letter says that its customer may answer: by the slip, and by what the shop's profile has."""

from __future__ import annotations

from orderdesk.documents.case import Case
from orderdesk.documents.text import clean
from orderdesk.documents.wording import fill


def answer(case: Case, *, by_slip: bool) -> str:
    """How to answer, by the slip first where there is one; or to reach the shop where there is nothing to choose."""
    texts, ways = case.words["closing"], _ways(case)
    if not by_slip:
        return fill(texts["answer" if case.facts.kind.leaves_a_choice else "reach"], ways=_in_words(ways, case))
    return fill(texts["answer_slip"], ways=_in_words(ways, case)) if ways else str(texts["answer_slip_only"])


def _ways(case: Case) -> list[str]:
    """How to answer, by what the shop's profile has: at no cost to the customer."""
    texts, shop = case.words["closing"], case.facts.shop
    email, phone, site = clean(shop.email), clean(shop.phone), clean(shop.site)
    ways = [fill(texts["write"], email=email)] if email else []
    ways += [fill(texts["call" if email or site else "call_only"], phone=phone)] if phone else []
    ways += [fill(texts["visit"], site=site)] if site else []
    return ways


def _in_words(ways: list[str], case: Case) -> str:
    """The ways as one part of a sentence; a letter where the shop has no other."""
    texts = case.words["closing"]
    match ways:
        case []:
            return str(texts["write_here"])
        case [only]:
            return only
        case [first, last]:
            return fill(texts["ways_two"], first=first, last=last)
        case _:
            return fill(texts["ways_three"], first=ways[0], second=ways[1], last=ways[2])
