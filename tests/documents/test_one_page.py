"""A letter of up to three lines stands on one page, whatever the two countries have it say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.frame import sheets_of
from orderdesk.documents.letter import Letter
from orderdesk.documents.plan import planned
from orderdesk.documents.render import render_letter
from orderdesk.documents.wording import language_to
from orderdesk.domain.packs import Delay, standing
from orderdesk.domain.shop import Paper
from tests.documents.cases import DANA, HOLLOW_OAK, MM, SEVEN_DOLLARS, UNION, apology, boxes, delayed, lies_within, touches

COUNTRIES = ("US", "GB", "DE", "AT", "FR", "ES", "IE")
PAIRS = list(product(COUNTRIES, COUNTRIES))
# As long as a letter quotes at most.
CONCERN = (
    "This is a present for my mother, who turns eighty on the tenth of December, and it was to be the one thing that she had "
    "wished for all year."
)
PROMISED, NEW = date(2026, 12, 3), date(2026, 12, 15)


def letter(shop: str, buyer: str, paper: Paper, lines: int, orders: int = 1, apart: int = 0, **said: bool) -> Letter:
    """To a buyer there about so many lines of so many orders, placed so many days apart."""
    days = [timedelta(days=apart * (place % orders)) for place in range(lines)]
    late = tuple(
        delayed(
            place,
            order_number=f"HO-2041{place % orders}",
            placed_on=date(2026, 11, 3) + later,
            promised_on=PROMISED + later if said["promised"] else None,
            new_date=NEW if said["dated"] else None,
        )
        for place, later in enumerate(days)
    )
    customer = replace(DANA, country=buyer)
    facts = apology(
        shop=replace(HOLLOW_OAK, country=shop, paper=paper),
        customer=customer,
        lines=late,
        concern=CONCERN if said["concern"] else "",
        language=language_to(customer, "", shop),
        offer=SEVEN_DOLLARS,
    )
    found = {
        line.order_number: standing(shop, buyer, Delay(line.placed_on, None, facts.letter_on, line.new_date)) for line in late
    }
    return compose_apology(replace(facts, standings=found))


def said() -> Iterator[dict[str, bool]]:
    for dated, concern, promised in product((True, False), repeat=3):
        yield {"dated": dated, "concern": concern, "promised": promised}


@pytest.mark.parametrize("paper", [Paper.LETTER, Paper.A4])
@pytest.mark.parametrize("lines", [1, 2, 3])
@pytest.mark.parametrize("orders", [1, 2])
def test_up_to_three_lines_stand_on_one_page_whatever_the_two_countries(paper: Paper, lines: int, orders: int) -> None:
    assert len(CONCERN) == 140
    for (shop, buyer), each in product(PAIRS, said()):
        made = letter(shop, buyer, paper, lines, min(orders, lines), **each)
        assert planned(made, sheets_of(made)).pages == 1, (shop, buyer, each)


@pytest.mark.parametrize("lines", [2, 3])
def test_two_orders_of_different_days_stand_on_one_page_where_one_law_speaks(lines: int) -> None:
    """A shop of the United States that writes to Europe without a date says four sentences of two laws for each order."""
    for (shop, buyer), each, paper in product(PAIRS, said(), (Paper.LETTER, Paper.A4)):
        two_laws = shop == "US" != buyer and not each["dated"]
        if paper is Paper.A4 or not two_laws:
            made = letter(shop, buyer, paper, lines, 2, apart=1, **each)
            assert planned(made, sheets_of(made)).pages == 1, (shop, buyer, each)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("buyer", ["GB", "DE", "FR", "ES"])
def test_the_fullest_page_still_leaves_the_window_and_the_coupon_alone(paper: Paper, buyer: str) -> None:
    made = letter("US", buyer, paper, 3, 2, dated=False, concern=True, promised=True)
    sheets, found = sheets_of(made), boxes(render_letter(made))
    headline = next(box for box in found if made.headline.startswith(box.text.strip()[:20]))
    assert not touches(headline, UNION[paper])
    signed = next(box for box in found if made.signed in box.text)
    assert sheets.cut - 24 < signed.bottom < sheets.cut - 10
    panel = (0, sheets.cut / MM, sheets.width / MM, sheets.height / MM)
    below = [box for box in found if touches(box, panel)]
    assert below and all(lies_within(box, panel) for box in below)
    assert made.coupon is not None and any(made.coupon.valid.value in box.text for box in below)


@pytest.mark.parametrize(("shop", "buyer"), [("DE", "DE"), ("GB", "FR")])
def test_what_the_law_says_of_all_orders_it_says_once(shop: str, buyer: str) -> None:
    made = letter(shop, buyer, Paper.A4, 2, 2, apart=1, dated=True, concern=False, promised=True)
    silence, *rights = [rule.value for rule in made.rules]
    assert made.note.startswith(silence)
    assert [made.note.count(each) for each in (silence, *rights)] == [1, 1, 1]
    assert [made.note.index(f"HO-2041{place}") < made.note.index(rights[place]) for place in range(2)] == [True, True]
