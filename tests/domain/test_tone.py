"""The tone check: what each rule finds, what only looks like a fault, and that our own letters have none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.letter import Letter
from orderdesk.documents.wording import LANGUAGES, editable_texts
from orderdesk.domain.money import Money
from orderdesk.domain.notices import NoticeKind, Substitute
from orderdesk.domain.packs import Delay, Remedy, standing
from orderdesk.domain.tone.check import MOST_CHARACTERS, check_form, check_letter, check_words, sentences
from orderdesk.domain.tone.languages import guess
from orderdesk.domain.tone.rules import RULES, Level
from tests.documents.cases import HOLLOW_OAK, apology, delayed, without_offer
from tests.domain.tone_figures import SEEN, UNSEEN, labeled_sentences


def ids(text: str) -> set[str]:
    return {finding.id for finding in check_words(text)}


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("T03", "We are so very sorry about the lamp."),
        ("T03", "Please accept our sincerest apologies."),
        ("T03", "We know that we let you down."),
        ("T04", "We are sorry if you feel this took too long."),
        ("T04", "We apologize for any inconvenience."),
        ("T04", "We regret to inform you that the lamp is late."),
        ("T05", "Our supplier failed to deliver the lamp."),
        ("T05", "This is due to the weather."),
        ("T05", "That was beyond our control."),
        ("T06", "You should have ordered earlier."),
        ("T06", "As stated in our listing, stock is limited."),
        ("T07", "Unfortunately the lamp is late."),
        ("T08", "This will never happen again."),
        ("T08", "Rest assured, it ships."),
        ("T09", "Please do not hesitate to write."),
        ("T09", "As a valued customer you matter to us."),
        ("T10", "It will ship soon."),
        ("T10", "It will ship in about six weeks."),
        ("T10", "It will ship early next month."),
        ("T11", "Please leave us a five-star review."),
        ("T11", "While you wait, have a look at our new arrivals."),
        ("T12", "We can give you store credit."),
        ("T12", "You get a voucher instead of a refund."),
        ("T13", "Thank you so much!"),
        ("T13", "Please READ this."),
        ("T13", "Thank you \N{SLIGHTLY SMILING FACE}\N{SMILING FACE WITH OPEN MOUTH}."),
        ("T15", "Dear {name},"),
        ("T15", "It ships on TBD."),
        ("T16", "It ships by 12/06/2026."),
        ("T16", "It ships by 2026-12-06."),
        ("T16", "It ships by 6.12.2026."),
        ("T18", "Dear Customer,"),
        ("T18", "To whom it may concern:"),
        ("T18", "Good morning,"),
        ("T18", "Dear tea drinker,"),
        ("T15", "Your lamp ships by ."),
        ("T15", "Write to (phone number)."),
        ("T12", "What you paid, $48.50, goes toward your next order."),
        ("T12", "we dont pay back, but you get a voucher for the same sum"),
        ("T06", "Most people read the page before they order."),
        ("T06", "Five messages in two days won't make it come any faster."),
        ("T05", "It's all down to Evri."),
        ("T05", "They promised me Monday and sent nothing."),
        ("T04", "Sorry for the wait, though it was not a long one."),
        ("T03", "I could cry about your vase."),
        ("T05", "UPS mishandled our shipment."),
        ("T05", "The weather delayed our shipment."),
        ("T05", "The flood kept us from packing it."),
        ("T06", "You should have asked."),
        ("T06", "You never paid for the second one."),
        ("T11", "All our lamps are 20% off this week."),
        ("T12", "Your £60 has been turned into a gift card."),
        ("T16", "Reply by 12-6."),
        ("T03", "It breaks our hearts."),
        ("T03", "It pains us to write this to you."),
        ("T04", "We're sorry that you were expecting it sooner."),
        ("T04", "We regret having to tell you that your clock is late."),
        ("T05", "Our courier messed this up."),
        ("T05", "It is the printing firm who got the dates wrong."),
        ("T05", "The carrier misrouted your box."),
        ("T05", "We were let down by the people who dye our wool."),
        ("T05", "Our kiln broke."),
        ("T06", "The parcel came back because the street you gave does not exist."),
        ("T07", "It is a real pity that the blue bowl is gone."),
        ("T09", "Your order matters greatly to us."),
        ("T10", "We aim to ship quickly."),
        ("T10", "We ship the others fast."),
        ("T10", "It will go out the moment it reaches us."),
        ("T11", "A few words on our page would help us a lot."),
        ("T11", "People who love clay love our mugs."),
        ("T15", "Your order ORDER_NUMBER ships on December 9."),
        ("T03", "Nothing we say can make up for the lost weeks."),
        ("T05", "FedEx held the crate for nine days."),
        ("T06", "You picked a color that hardly anybody wants."),
        ("T06", "We emailed you twice and heard nothing."),
        ("T06", "If your address had been right, it would be there."),
        ("T06", "You left it very late to order."),
        ("T10", "We will write again in the spring."),
        ("T05", "It all went wrong at the printer's."),
        ("T06", "You gave us last year's address."),
        ("T06", "Anyone could see that it was made to order."),
        ("T10", "Give us another week."),
        ("T11", "See the rest of our mugs on our site."),
        ("T12", "We would rather give you a gift card than your money back."),
        ("T03", "We have let you badly down."),
        ("T03", "We could not be more sorry."),
        ("T03", "We are unspeakably sorry for the wait."),
        ("T03", "Our regret knows no bounds."),
        ("T05", "A driver left the pallet in the wrong town."),
        ("T06", "You never gave us your phone number."),
        ("T06", "Your payment came too late for us to hold the lamp."),
        ("T06", "You picked an item that sells out every year."),
        ("T06", "Your late payment held the order up."),
        ("T06", "Your bank turned the payment down."),
        ("T06", "Your order reached us too late for the last batch."),
        ("T06", "Your reply came after the lamp was gone."),
        ("T06", "You placed your order after everyone else did."),
        ("T06", "You didn't let us know which size you wanted."),
        ("T06", "The house number was missing from your order."),
        ("T06", "Paying by check has cost you your place in line."),
        ("T08", "There won't be another delay."),
        ("T08", "No order of yours will be late again."),
        ("T08", "From now on your parcels will be on time."),
    ],
)
def test_a_fault_is_found(rule: str, sentence: str) -> None:
    assert rule in ids(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We are sorry for the delay.",
        "Our supplier has run out of the blue lamp.",
        "Thank you for waiting.",
        "Your lamp ships by December 6, 2026.",
        "You get $12.50 back within seven working days.",
        "Call (800) 555-0142 or write to help@hollowoak.example.",
        "None of your items has shipped yet.",
        "Order 112-4483920-1 is complete.",
        "The coupon K7QF-9M2X-4TBV is yours whatever you choose.",
        "We refund the credit card you paid with.",
        "Dear Dana,",
        "Hello,",
        "Hi there Dana,",
        "Hello again Dana, your lamp is ready.",
        "Your parcel with UPS is due to arrive on Thursday.",
        "It ships that day, and you should have it by Friday.",
        "The maker has stopped making the red one.",
        "You keep the wrong saucer, and the right one is in the post.",
        "The lamp comes with its guarantee card.",
        "The glue takes six days to dry.",
        "I put it in the box with the next parcel.",
        "Take another color at the same price.",
        "It holds 2.5 liters and 1/2 cup more.",
        "The refund went to your HDFC card.",
        'Answer "KEEP" or "CANCEL".',
        "You never pay for the return.",
        "You could have it in pine on 3 December.",
        "You are the first to get the new batch.",
        "As soon as you answer, I pack whatever you chose.",
        "The delivery of this week brought eight of the twelve.",
        "You wanted the chairs before the holidays.",
        "The clay always shrinks a little as it dries.",
        "The screws are in a bag taped under the seat.",
        "I would rather wait for good oak than send you a board with a knot.",
        "Please check the address below before December 5.",
        "Answer by 2-3 words on the card.",
        "The thread has a pitch of 1.0 there.",
        "The puppy bed is a few weeks old.",
        "The maker began with them several weeks ago.",
        "A wool blanket needs a day or two of airing.",
        "Your bread knife is a month old design with a new handle.",
        "We make pots for people who love clay.",
        "Those who ordered before you have theirs.",
        "The first batch broke in the kiln.",
        "Two of the cups broke in the press.",
        "This tea is picked in the spring.",
        "We called the mill, and there is nothing left.",
        "If your plans are for Christmas, tell us.",
        "The workshop kept one for you.",
        "Take another week to choose, until December 20.",
        "We are sorry about your late order.",
        "Your late parcel left us on Tuesday.",
        "Your late cups ship on December 6.",
        "Your missing lamp ships on December 4.",
        "Your incomplete order goes out on December 4.",
        "One cup is missing from your order, and it ships on December 4.",
        "Your payment was returned to you on November 3.",
        "Your payment arrived on November 3, thank you.",
        "You chose the oak frame, which ships on December 4.",
        "The mill has stopped weaving this cloth.",
    ],
)
def test_what_only_looks_like_a_fault_passes(sentence: str) -> None:
    assert ids(sentence) == set()


@pytest.mark.parametrize(
    ("kind", "apologies", "faulty"),
    [
        (NoticeKind.FIRST, 0, True),
        (NoticeKind.FIRST, 1, False),
        (NoticeKind.FIRST, 2, True),
        (NoticeKind.RENEWED, 0, False),
        (NoticeKind.RENEWED, 1, True),
        (NoticeKind.DATE_CHANGE, 1, True),
        (NoticeKind.REFUND, 0, False),
        (NoticeKind.REFUND, 1, False),
        (NoticeKind.REFUND, 2, True),
    ],
)
def test_apologies_are_counted_by_the_kind_of_letter(kind: NoticeKind, apologies: int, faulty: bool) -> None:
    body = "Thank you for your order. " + "We are sorry for the delay. " * apologies
    assert ("T01" in {finding.id for finding in check_letter("Your lamp", body, kind)}) == faulty


@pytest.mark.parametrize(
    ("sentence", "apologizes"),
    [
        ("Your so-called Sorry board game ships on December 9.", False),
        ("The game is called Sorry.", False),
        ("The sorry state of the box is no reason to wait.", False),
        ("You won't be sorry that you waited.", False),
        ("You may regret the larger size.", False),
        ("Sorry that it is late.", True),
        ("We owe you a sorry for the wait.", True),
        ("We are Sorry for the wait.", True),
        ("We regret that it is late.", True),
    ],
)
def test_only_what_is_said_to_the_customer_is_an_apology(sentence: str, apologizes: bool) -> None:
    counted = {finding.id for finding in check_letter("Your lamp", sentence, NoticeKind.RENEWED)}
    assert ("T01" in counted) == apologizes


def test_the_point_of_an_abbreviation_ends_no_sentence() -> None:
    text = "It ships Dec. 1. See p. 4 of vol. 2, or ask Mr. Hale. It came in Dec. We pack it."
    said = ["It ships Dec. 1.", "See p. 4 of vol. 2, or ask Mr. Hale.", "It came in Dec.", "We pack it."]
    assert [sentence for _, sentence in sentences(text)] == said


def test_the_apology_comes_early_and_not_in_the_subject() -> None:
    late = "Your lamp ships by June 4, 2027. " * 5 + "We are sorry for the delay."
    assert "T02" in {finding.id for finding in check_letter("Your lamp", late)}
    assert "T02" in {finding.id for finding in check_letter("Sorry about your lamp", "We are sorry for the delay.")}


@pytest.mark.timeout(10)
def test_the_sentences_of_a_text_take_no_longer_the_more_went_before() -> None:
    assert len(list(sentences("We are sorry. " * 20_000))) == 20_000


@pytest.mark.timeout(20)
@pytest.mark.parametrize("words", ["didn't ", "supplier ", "sorry for the wait, the ", "most people ", "always refund 5.5 "])
def test_one_sentence_without_end_is_checked_in_time(words: str) -> None:
    assert check_words(words * (MOST_CHARACTERS // len(words))) is not None


def test_long_sentences_and_letters_that_speak_of_us_are_pointed_out() -> None:
    long = "We " + "and we " * 20 + "wrote to our own friends about our own lamps."
    found = {finding.id: finding for finding in check_letter("Your lamp", long)}
    assert {"T14", "T21", "T23", "T24"} <= set(found)
    assert all(found[key].level is Level.WARNING for key in ("T14", "T21", "T23", "T24"))
    assert "T14" not in {finding.id for finding in check_letter("Your lamp", long, exempt=[long])}


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("We are sorry for the delay.", Level.ERROR),
        ("Your lamp, ordered on November 3, is late.", Level.ERROR),
        ("We have no confirmed date for new stock yet.", Level.ERROR),
        ("We have no confirmed date yet. You hear from us by December 15.", None),
        ("Your lamp, ordered on November 3, ships by December 15, 2026.", None),
        ("Your lamp ships by 15 December 2026.", None),
        ("Your lamp ships Dec. 15.", Level.ERROR),
    ],
)
def test_a_letter_names_the_new_day_or_that_of_the_next_news(body: str, level: Level | None) -> None:
    found = [finding.level for finding in check_letter("Your lamp", body) if finding.id == "T20"]
    assert found == ([level] if level else [])
    assert not any(finding.id == "T20" for finding in check_letter("Your lamp", body, NoticeKind.CANCELLATION))


@pytest.mark.parametrize(
    ("subject", "rule", "text"),
    [
        ("Your lamp ships!", "T13", "!"),
        ("Our supplier failed us, your lamp ships by June 4", "T05", "supplier failed"),
        ("Your lamp ships soon", "T10", "soon"),
        ("Our Supplier Failed Us: Your Lamp Ships Soon", "T10", "Soon"),
        ("We guarantee your lamp by June 4", "T08", "guarantee"),
        ("Dear customer, your lamp ships by June 4", "T18", "Dear customer"),
        ("Unfortunately your lamp ships later", "T07", "Unfortunately"),
        ("Sorry about your lamp", "T02", "Sorry"),
        ("We Are Sorry", "T02", "Sorry"),
    ],
)
def test_every_rule_of_a_sentence_holds_for_the_subject_and_stands_where_it_says(subject: str, rule: str, text: str) -> None:
    found = [each for each in check_letter(subject, "We are sorry for the delay.") if each.id == rule]
    assert [(each.text, each.in_subject) for each in found] == [(text, True)]
    assert subject[found[0].start : found[0].end] == text


def test_what_a_subject_quotes_or_names_is_not_its_own() -> None:
    for subject in ("Your “Sorry” game ships by June 4", "Your game, the Always Sorry Game, ships by June 4"):
        assert not any(each.in_subject for each in check_letter(subject, "We are sorry for the delay."))


def test_apologies_in_the_subject_and_in_the_body_are_counted_together() -> None:
    twice = [each for each in check_letter("Sorry about your lamp", "We are sorry for the delay.") if each.id == "T01"]
    assert [(each.text, each.in_subject) for each in twice] == [("sorry", False)]
    assert "T01" not in {each.id for each in check_letter("Sorry about your lamp", "It ships by June 4.")}


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Es tut uns wirklich sehr, sehr leid!!! Sorry!", {"T13"}),
        ("Wir haben nichts MEHR und bitten um Geduld.", {"T13"}),
        ("Danke \N{SLIGHTLY SMILING FACE}.", {"T13"}),
        ("Bonjour {name},", {"T15"}),
        ("Sale el 6.12.2026.", {"T16"}),
        ("Wir sind leider zu spät, unser Lieferant ist schuld.", set()),
        ("SEUR lo entrega el 5 de enero de 2027.", set()),
        ("Ya está AQUÍ.", {"T13"}),
        ("Le colis part le 5/1/27.", {"T16"}),
        ("Versand am 05.01.27, geöffnet ab 9.30 Uhr.", {"T16"}),
        ("Sie bekommen CHF\u00a064.50 oder 12.50\u00a0€ zurück.", set()),
    ],
)
def test_how_a_text_looks_is_checked_in_any_language(text: str, rules: set[str]) -> None:
    assert {finding.id for finding in check_form(text)} == rules


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Es tut uns leid, dass die Lampe noch nicht da ist.", "de"),
        ("Nous vous prions de nous excuser pour ce retard.", "fr"),
        ("Lamentamos el retraso de su pedido.", "es"),
        ("We are sorry for the delay.", "en"),
        ("Sorry!", "en"),
        ("Szanowny Panie, dziękujemy za zamówienie. Towar nie jest jeszcze dostępny, wyślemy go w innym terminie. " * 2, ""),
        ("您好，感谢您的订单。很抱歉，商品延迟发货。", ""),
        ("", "en"),
    ],
)
def test_a_language_is_guessed_by_its_commonest_words(text: str, language: str) -> None:
    assert guess(text) == language


def test_every_language_is_guessed_by_our_own_letters_and_by_what_readers_labeled() -> None:
    for language in LANGUAGES:
        assert guess(" ".join(editable_texts(language).values())) == language
    assert all(guess(each.text) == "en" for name in (*SEEN, UNSEEN) for each in labeled_sentences(name))


@given(st.text())
def test_any_text_is_checked_and_every_finding_stands_where_it_says(text: str) -> None:
    for finding in check_words(text):
        assert text[finding.start : finding.end] == finding.text
    assert "".join(sentence for _, sentence in sentences(text)).split() == text.split()


def test_every_rule_has_an_id_of_its_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def words_of(letter: Letter) -> str:
    choices = [f"{choice.title}: {choice.text}" for choice in letter.choices]
    return "\n".join([letter.salutation, letter.opening, *choices, letter.closing, letter.note, letter.offer])


LATE = delayed(new_date=None, promised_on=None)


@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("told_on", ["2026-11-17", "2026-12-04"])
@pytest.mark.parametrize("country", ["US", "DE", "GB", "FR", "CA"])
@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"lines": (delayed(), delayed(1))},
        {"lines": (LATE,)},
        {"lines": (LATE, delayed(1))},
        {"rest_can_ship": False, "refund": None},
        {"concern": "It is a birthday present."},
        {"substitute": Substitute("Enamel stockpot, 5 qt, sage green", Money(6400, "USD"))},
    ],
)
def test_our_own_letters_have_no_fault(kind: NoticeKind, told_on: str, country: str, facts: dict[str, Any]) -> None:
    """In every kind, country and case; product names are the seller's, so those of the test are plain."""
    delay = Delay(
        date(2026, 11, 3), None, date.fromisoformat(told_on), date(2026, 12, 15), told_before=kind is NoticeKind.RENEWED
    )
    ruled = standing(country, country, delay)
    if kind is NoticeKind.DATE_CHANGE and ruled.remedy is Remedy.REFUND:
        kind = NoticeKind.REFUND  # No date is told where the law leaves the refund alone.
    make = apology if kind in (NoticeKind.FIRST, NoticeKind.REFUND) else without_offer
    plain = make(shop=replace(HOLLOW_OAK, country=country), **facts)
    letter = compose_apology(replace(plain, kind=kind, standings={"HO-20418": ruled}))
    found = check_letter(letter.headline, words_of(letter), kind, exempt=[letter.note])
    assert [finding for finding in found if finding.level is Level.ERROR] == []
