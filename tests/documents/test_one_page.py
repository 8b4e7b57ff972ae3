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
from tests.documents.cases import (
    DANA,
    HOLLOW_OAK,
    MM,
    SEVEN_DOLLARS,
    UNION,
    apology,
    boxes,
    delayed,
    lies_within,
    squeezed,
    touches,
)
from tests.documents.drawn import Glyph, pages_of, runs_of

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


@pytest.mark.parametrize("paper", [Paper.LETTER, Paper.A4])
def test_words_of_a_short_letter_keep_their_size_and_facts_stay_legible(paper: Paper) -> None:
    """What the law adds is the first to be set smaller, and no smaller than the terms of a coupon."""
    for shop, buyer in PAIRS:
        tightest: dict[float, Letter] = {}
        for each, lines in product(said(), (1, 2)):
            made = letter(shop, buyer, paper, lines, **each)
            density = planned(made, sheets_of(made)).density
            assert density.body == 10 and density.small >= 8 and density.law >= 7, (shop, buyer, each, lines)
            tightest[density.law] = made
        made = tightest[min(tightest)]
        words = replace(made, head=replace(made.head, return_line=""))  # that is for the post, on the one line there is
        sizes = {round(glyph.size, 2) for page in pages_of(render_letter(words)) for glyph in page.glyphs}
        assert min(sizes - {1}) >= 6.9, (shop, buyer)


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


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_headline_greeting_and_first_line_stand_apart_and_the_coupon_has_a_sentence_in_the_size_of_the_body(
    paper: Paper, lines: int
) -> None:
    """Whatever the two countries have the letter say about a date."""
    for shop, buyer in PAIRS:
        made = letter(shop, buyer, paper, lines, dated=True, concern=False, promised=True)
        read = text_lines(made)
        headline, greeting, first = (read[found(read, text[:25])][0] for text in (made.headline, made.salutation, made.opening))
        assert greeting.y - headline.y >= 18.9, (shop, buyer)
        assert first.y - greeting.y >= 16.5, (shop, buyer)
        (offer,) = (run for text, run in read.items() if text == squeezed(made.offer))
        assert {glyph.size for glyph in offer} == {10}, (shop, buyer)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("buyer", ["DE", "FR", "ES"])
def test_regards_are_read_before_the_name_by_hand_in_the_type_of_the_body(paper: Paper, buyer: str) -> None:
    for lines in (1, 2, 3):
        made = letter("US", buyer, paper, lines, dated=True, concern=False, promised=True)
        page = pages_of(render_letter(made))[0]
        read = text_lines(made)
        regards = read[found(read, made.regards)]
        name = min((glyph for glyph in page.glyphs if glyph.font.endswith("LaBelleAurore-Regular")), key=lambda glyph: glyph.x)
        assert {(glyph.size, glyph.font) for glyph in regards} == {(10, read[found(read, made.offer)][0].font)}
        assert regards[0].x == pytest.approx(sheets_of(made).left, abs=1)
        assert regards[-1].right < name.x or regards[0].y < name.y - 20


@pytest.mark.parametrize("title", ["Enamel stockpot", "Copper kettle with lid", "Hand-forged steel wok", "Bottle"])
@pytest.mark.parametrize("buyer", ["US", "DE", "FR", "ES"])
def test_a_headline_leaves_no_word_alone_on_its_second_line(title: str, buyer: str) -> None:
    customer = replace(DANA, country=buyer)
    for quantity, day in product((1, 2), (date(2026, 12, 15), date(2026, 9, 30))):
        late = (delayed(title=title, quantity=quantity, new_date=day),)
        made = compose_apology(apology(lines=late, customer=customer, language=language_to(customer, "", "US")))
        page = pages_of(render_letter(made))[0]
        heads = [
            run for run in runs_of(page) if run[0].font.endswith("SourceSerif4-SemiBold") and run[0].x < 75 and run[0].y > 230
        ]
        *above, last = ("".join(glyph.text for glyph in run).strip() for run in heads)
        assert squeezed(" ".join([*above, last])) == squeezed(made.headline)
        assert not above or len(last) > 0.6 * len(above[0]), made.headline


def text_lines(made: Letter) -> dict[str, list[Glyph]]:
    """The lines of the address page by what they say."""
    return {squeezed("".join(glyph.text for glyph in run)): run for run in runs_of(pages_of(render_letter(made))[0])}


def found(read: dict[str, list[Glyph]], beginning: str) -> str:
    return next(text for text in read if text.startswith(squeezed(beginning)))
