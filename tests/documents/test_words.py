"""What an apology says and how: tone, grammar, options."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.letter import Letter
from orderdesk.documents.render import render_letter
from orderdesk.documents.wording import LANGUAGES, fill, wording
from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ApologyFacts, NoticeKind
from orderdesk.domain.shop import Address
from tests.documents.cases import DANA, EICHHOF, HOLLOW_OAK, SEVEN_DOLLARS, apology, apology_in, delayed, text_of, without_offer

APOLOGY = re.compile(r"\b(sorry|apolog\w*|regret\w*|forgive|pardon|excuse)\b", re.IGNORECASE)
NEVER = re.compile(
    r"inconvenience|\b(very|deeply|sincerely|truly|terribly|unfortunately|unable|problem|issue|mistake|never|always"
    r"|guarantee|kindly|valued|soon|asap|weeks?|months?|tbd|none|nan|supplier|carrier)\b|!|\{|\}|\d/\d",
    re.IGNORECASE,
)
DATES = [date(2026, 12, 15), None]


def kinds_of_facts() -> list[ApologyFacts]:
    """Facts in every combination that changes the wording."""
    found = []
    for count, new, promised, price, rest, offer, concern, shop in product(
        (1, 2, 5),
        DATES,
        (date(2026, 12, 3), None),
        (Money(6400, "USD"), None),
        (True, False),
        (SEVEN_DOLLARS, None),
        ("", "My mother's birthday is on the tenth"),
        (HOLLOW_OAK, EICHHOF),
    ):
        lines = tuple(delayed(number, new_date=new, promised_on=promised, unit_price=price) for number in range(count))
        build = apology if offer else without_offer
        found.append(build(shop=shop, lines=lines, rest_can_ship=rest, concern=concern))
    return found


def said(letter: Letter) -> str:
    """What the letter says in sentences."""
    options = " ".join(choice.text for choice in letter.choices)
    return f"{letter.opening} {options} {letter.closing} {letter.offer}"


def letter_of(**changes: Any) -> Letter:
    return compose_apology(apology(**changes))


def test_every_letter_apologizes_once_early_and_in_plain_words() -> None:
    for facts in kinds_of_facts():
        letter = compose_apology(facts)
        text = f"{letter.headline}. {said(letter)}"
        assert len(APOLOGY.findall(text)) == 1
        assert not APOLOGY.search(letter.headline)
        sentences = re.split(r"(?<=[.?”]) ", letter.opening)
        assert any(APOLOGY.search(sentence) for sentence in sentences[:5])
        assert not NEVER.search(re.sub(r"\S+@\S+", "", text)), text


def test_every_letter_is_short_and_speaks_of_the_customer() -> None:
    for facts in kinds_of_facts():
        text = said(compose_apology(facts))
        words = re.findall(r"[\w'’@.-]+", text.lower())
        assert 55 <= len(words) <= 180, (len(words), text)
        you = sum(word.startswith("you") for word in words)
        we = sum(word.strip(".") in ("we", "us", "our", "ours") for word in words)
        assert you >= 0.8 * we, text
        sentences = [sentence for sentence in re.split(r"(?<=[.?”]) ", text) if sentence]
        assert max(len(sentence.split()) for sentence in sentences) <= 25, text


def test_a_known_date_is_in_the_headline_and_an_unknown_one_is_said_to_be_unknown() -> None:
    for facts in kinds_of_facts():
        letter = compose_apology(facts)
        if facts.lines[0].new_date:
            assert "December" in letter.headline
            assert "2026" in letter.headline
        else:
            assert "backorder" in letter.headline
            assert "no confirmed date" in letter.opening
            assert all(row.new_date == "Not known yet" for row in letter.facts.rows)


def test_some_known_dates_are_counted() -> None:
    letter = letter_of(lines=(delayed(0), delayed(1, new_date=None), delayed(2)))
    assert letter.headline == "Four of your six items will ship by December 15, 2026"
    one = letter_of(lines=(delayed(0), delayed(1, new_date=None)))
    assert one.headline == "One of your three items will ship by December 15, 2026"


def test_the_headline_names_the_latest_date_of_several() -> None:
    letter = letter_of(lines=(delayed(0), delayed(1, new_date=date(2027, 1, 8))))
    assert letter.headline == "Your three items will ship by January 8, 2027"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Enamel stockpot, 5 qt, cream", "Your enamel stockpot will ship by December 15, 2026"),
        ("Moleskine notebook", "Your Moleskine notebook will ship by December 15, 2026"),
        ("Chef Anton's Gumbo Mix", "Your Chef Anton's Gumbo Mix will ship by December 15, 2026"),
        ("Hand-Forged Wok With Lid And Wooden Handle For Gas", "One item from your order will ship by December 15, 2026"),
        ("LED lamp - warm white", "Your LED lamp will ship by December 15, 2026"),
    ],
)
def test_the_product_is_named_as_people_say_it(title: str, headline: str) -> None:
    assert letter_of(lines=(delayed(title=title),)).headline == headline


def test_pieces_are_counted_so_that_no_title_needs_a_plural() -> None:
    letter = letter_of(lines=(delayed(quantity=2),))
    assert letter.headline == "Your enamel stockpot order will ship by December 15, 2026"
    assert letter.facts.rows[0].product == "2 × Enamel stockpot"
    assert "We have run out of the enamel stockpot, so your order cannot ship in full" in letter.opening


def test_a_product_named_after_someone_takes_no_article() -> None:
    assert "run out of Chef Anton's Gumbo Mix," in letter_of(lines=(delayed(title="Chef Anton's Gumbo Mix"),)).opening


@pytest.mark.parametrize("title", ["WOODEN SPOON SET", "Sorry! board game", "The Art of Baking", "Wow! lamp", "<b>Pot</b>"])
def test_a_title_that_would_spoil_a_sentence_stays_in_the_table(title: str) -> None:
    letter = letter_of(lines=(delayed(title=title),))
    assert title not in f"{letter.headline} {letter.opening}"
    assert title in letter.facts.rows[0].product


@pytest.mark.parametrize(
    ("customer", "greeting"),
    [
        (DANA, "Dear Dana,"),
        (replace(DANA, name="Dr. Dana Whitfield"), "Dear Dr. Dana Whitfield,"),
        (replace(DANA, name="Mrs Whitfield"), "Dear Mrs Whitfield,"),
        (replace(DANA, name="Peter O'Neill"), "Dear Peter,"),
        (replace(DANA, name="Fiona McDonald"), "Dear Fiona,"),
        (replace(DANA, name="Jean-Luc D'Angelo"), "Dear Jean-Luc,"),
        (replace(DANA, name="Martha Reyes, Ph.D."), "Dear Martha,"),
        (replace(DANA, name="Ruth Ames Jr."), "Dear Ruth Ames Jr.,"),
        (Address(name="Sonia Römer MBA.", country="DE"), "Dear Sonia Römer,"),
        (Address(name="Uwe Kranz B.Eng.", country="DE"), "Dear Uwe Kranz,"),
        (replace(DANA, name="D. Whitfield"), "Dear D. Whitfield,"),
        (replace(DANA, name="dana whitfield"), "Dear dana whitfield,"),
        (Address(name="小林 学", country="JP"), "Dear 小林 学,"),
        (Address(name="Erika Brandt", country="DE"), "Dear Erika Brandt,"),
        (Address(company="Sanders Ltd", country="US"), "Dear Sanders Ltd team,"),
        (Address(country="US"), "Hello,"),
    ],
)
def test_the_greeting_is_personal_and_takes_no_liberties(customer: Address, greeting: str) -> None:
    assert letter_of(customer=customer).salutation == greeting


def test_the_options_are_what_the_seller_can_do() -> None:
    assert [choice.title for choice in letter_of().choices] == ["Wait", "Send the rest now", "Cancel"]
    assert [choice.title for choice in letter_of(rest_can_ship=False).choices] == ["Wait", "Cancel"]


def test_canceling_names_the_refund_where_it_is_known_and_when_it_comes() -> None:
    priced = letter_of(refund=Money(19100, "USD")).choices[-1].text
    assert priced == "You get $191.00 back within seven working days of your answer."
    untaxed = letter_of(refund=Money(19100, "USD"), refund_lacks_tax=True).choices[-1].text
    assert untaxed == "You get $191.00 back, plus any tax you paid on it, within seven working days of your answer."
    assert "$" not in letter_of(refund=None).choices[-1].text


@pytest.mark.parametrize(
    ("profile", "answer"),
    [
        ({}, "write to help@hollowoak.example, call (800) 555-0142 or go to hollowoak.example."),
        ({"site": ""}, "write to help@hollowoak.example or call (800) 555-0142."),
        ({"site": "", "phone": ""}, "write to help@hollowoak.example."),
        ({"site": "", "email": ""}, "call (800) 555-0142; we refund the cost of the call."),
        ({"email": ""}, "call (800) 555-0142 or go to hollowoak.example."),
        ({"site": "", "phone": "", "email": ""}, "mark the reply slip and send it back; we refund the postage."),
    ],
)
def test_the_letter_says_how_to_answer(profile: dict[str, Any], answer: str) -> None:
    closing = letter_of(shop=replace(HOLLOW_OAK, **profile)).closing
    assert closing.startswith(f"To choose, {answer}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("lines", "offered"), [(1, True), (4, True), (2, False)])
def test_a_letter_with_a_slip_says_first_that_it_is_the_way_to_answer(language: str, lines: int, offered: bool) -> None:
    """At the shop's expense like the others, which follow; where there is no other it stands alone."""
    slip = {
        "en": "mark the reply slip and send it back; we refund the postage.",
        "de": "Kreuzen Sie auf dem Antwortabschnitt an, was Sie möchten, "
        "und schicken Sie ihn uns zurück; das Porto erstatten wir.",
        "fr": "Cochez votre choix sur le coupon-réponse et renvoyez-le-nous ; nous remboursons le timbre.",
        "es": "Marque su decisión en el cupón de respuesta y envíenoslo; le reembolsamos el franqueo.",
    }[language]
    facts = (apology if offered else without_offer)(lines, language=language, shop=replace(HOLLOW_OAK, reply_slip=True))
    told = compose_apology(facts)
    read = text_of(render_letter(told))
    assert read.index(slip) < read.index(facts.shop.email, read.index(slip))
    assert slip not in compose_apology(replace(facts, shop=HOLLOW_OAK)).closing
    mute = replace(facts.shop, email="", phone="", site="")
    assert compose_apology(replace(facts, shop=mute)).closing.endswith(slip)


def test_the_offer_is_the_customers_whatever_they_choose() -> None:
    assert "yours whatever you choose, even if you cancel" in letter_of().offer
    assert "coupon" not in compose_apology(without_offer()).said().lower()


def test_a_plain_concern_is_quoted() -> None:
    opening = letter_of(concern="  It was meant for my\nmother's birthday ").opening
    assert "“It was meant for my mother's birthday.”" in opening


@pytest.mark.parametrize(
    "concern",
    [
        "<b>Where is it</b>.",
        "{{ shop.owner }}.",
        "{refund}.",
        "see https://example.com.",
        "WHERE IS IT?",
        "Hurry up!",
        "100 % $5 #1 it's “mine”~",
    ],
)
def test_whatever_a_customer_says_stands_in_the_letter_as_it_is(concern: str) -> None:
    opening = letter_of(concern=concern).opening
    assert f"“{concern}" in opening
    assert len(APOLOGY.findall(opening)) == 1


@pytest.mark.parametrize(("concern", "why"), [("a long story " * 20, "at most 140"), ("I am so Sorry to ask", "without “sorry”")])
def test_a_concern_without_room_or_with_an_apology_of_its_own_is_refused_by_name(concern: str, why: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        letter_of(concern=concern)
    assert refused.value.field == "concern"
    assert why in refused.value.expected


def test_braces_in_a_name_or_title_are_only_text() -> None:
    letter = letter_of(customer=replace(DANA, name="{refund} {0} %s"), lines=(delayed(title="{date} pot"),))
    assert letter.salutation == "Dear {refund} {0} %s,"
    assert letter.facts.rows[0].product == "1 × {date} pot"


def test_every_placeholder_of_the_wording_is_on_the_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    from orderdesk.documents import wording as module

    (tmp_path / "xx.toml").write_text('[a]\nb = "Hello {password}"\n')
    monkeypatch.setattr(module, "resource", lambda *parts: tmp_path.joinpath(parts[-1]))
    with pytest.raises(ValueError, match="password"):
        wording("xx")


def test_filling_is_done_once() -> None:
    assert fill("{first} {last}", first="{last}", last="x") == "{last} x"


def test_money_and_dates_follow_the_customers_country() -> None:
    letter = letter_of(
        customer=replace(DANA, country="DE"), language="en", offer=Offer(OfferKind.AMOUNT, amount=Money(700, "EUR"))
    )
    assert letter.coupon is not None
    assert letter.coupon.value == "7\N{NO-BREAK SPACE}€"
    assert letter.coupon.valid.value == "17 November 2027"
    assert letter.references[0].value == "17 November 2026"


def test_an_apology_needs_a_line_and_an_offer_its_code() -> None:
    with pytest.raises(ValueError, match="delayed line"):
        letter_of(lines=())
    with pytest.raises(ValueError, match="coupon code"):
        letter_of(coupon_code=None)


@pytest.mark.parametrize(
    ("facts", "kind", "headline"),
    [
        ({"quantity": 2}, NoticeKind.FIRST, "Your enamel stockpot order will ship by December 15, 2026"),
        ({"quantity": 2, "new_date": None}, NoticeKind.FIRST, "On backorder: your enamel stockpot order"),
        ({"quantity": 2}, NoticeKind.GOOD_NEWS, "Ready to ship: your enamel stockpot order"),
        ({"quantity": 2, "title": "BUY NOW!"}, NoticeKind.FIRST, "Your two items will ship by December 15, 2026"),
    ],
)
def test_several_of_one_product_are_named_in_the_headline(facts: dict[str, Any], kind: NoticeKind, headline: str) -> None:
    letter = compose_apology(without_offer(lines=(delayed(**facts),), kind=kind))
    assert letter.headline == headline


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", [{}, {"promised_on": None}, {"title": "BUY NOW!"}, {"title": "BUY NOW!", "promised_on": None}])
def test_an_order_of_which_nothing_can_ship_is_not_said_to_be_short_of_a_part(language: str, facts: dict[str, Any]) -> None:
    lines = (delayed(**facts),)
    part, whole = (compose_apology(apology_in(language, lines=lines, rest_can_ship=can)).opening for can in (True, False))
    in_full = re.compile(r"in full|vollständig|en totalité|completo")
    assert in_full.search(part)
    assert not in_full.search(whole)
    assert ("December 3" in whole or " 3 " in whole or "3. Dezember" in whole) == ("promised_on" not in facts)
