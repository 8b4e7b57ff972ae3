"""Letters in every language: whole, with one apology or none, every fact in its place, written as its country writes."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from datetime import date

import pytest

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.letter import Letter
from orderdesk.documents.messages import Channel, message_text
from orderdesk.documents.paper import TEXT_WIDTH
from orderdesk.documents.proof import errors, proofread
from orderdesk.documents.render import render_coupon, render_letter
from orderdesk.documents.specimens import specimens
from orderdesk.documents.wording import LANGUAGES, fill, language_for, language_to, locale_of, priced, spelled, wording
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ApologyFacts, GivenBack, NoticeKind, Substitute
from orderdesk.domain.packs import Delay, standing
from orderdesk.domain.shop import Address, Paper
from orderdesk.resources import resource
from tests.documents.cases import (
    DANA,
    HOLLOW_OAK,
    HOMES,
    OFFERS,
    apology,
    apology_in,
    boxes,
    delayed,
    page_texts,
    squeezed,
    text_of,
)
from tests.documents.drawn import pages_of, runs_of

OTHERS = [language for language in LANGUAGES if language != "en"]
NEW_DAY = {"de": "15. Dezember 2026", "fr": "15 décembre 2026", "es": "15 de diciembre de 2026"}
AMOUNT = {"de": "64,00 $", "fr": "64,00 $US", "es": "64,00 US$"}
PLACEHOLDERS = re.compile(r"\{(\w+)\}")
BELOW = re.compile(r"\b(below|unten|ci-dessous|plus bas|abajo|a continuación)\b", re.IGNORECASE)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_text_with_the_same_facts_in_it(language: str) -> None:
    ours, theirs = (tomllib.loads(resource("letters", f"{each}.toml").read_text("utf-8")) for each in ("en", language))
    assert {section: set(texts) for section, texts in ours.items()} == {section: set(texts) for section, texts in theirs.items()}
    for section, texts in theirs.items():
        for key, text in texts.items():
            if isinstance(text, str):
                assert {name.lower() for name in PLACEHOLDERS.findall(text)} == {
                    name.lower() for name in PLACEHOLDERS.findall(ours[section][key])
                }, f"{language}: {section}.{key}"
    assert len(theirs["words"]["numbers"]) == len(ours["words"]["numbers"])


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("count", [1, 2, 3, 5, 20])
@pytest.mark.parametrize("paper", list(Paper))
def test_every_fact_is_on_paper(language: str, count: int, paper: Paper) -> None:
    made = compose_apology(apology_in(language, count, shop=replace(HOLLOW_OAK, paper=paper)))
    pages = page_texts(render_letter(made))
    text = text_of(render_letter(made))
    assert NEW_DAY[language] in text
    assert AMOUNT[language] in text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert text.count("HO-20418") >= 1
    assert len(pages) <= (1 if count <= 3 else 2 if count <= 5 else 3)
    assert text_of(render_coupon(made))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("undated", [0, 1, 3])
def test_three_items_are_on_one_page_whatever_is_known_and_whatever_the_law_adds(
    language: str, paper: Paper, undated: int
) -> None:
    """On each paper with the law of where it is used."""
    home = "US" if paper is Paper.LETTER else "GB" if language == "en" else HOMES[language]
    lines = tuple(delayed(place, **({"new_date": None} if place < undated else {})) for place in range(3))
    shop = replace(HOLLOW_OAK, paper=paper, country=home)
    delay = Delay(date(2026, 11, 3), None, date(2026, 11, 17), None if undated else date(2026, 12, 15))
    facts = apology_in(language, shop=shop, lines=lines, customer=replace(DANA, country=home))
    pages = page_texts(render_letter(compose_apology(replace(facts, standings={"HO-20418": standing(home, home, delay)}))))
    assert len(pages) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_says_that_its_list_is_below_since_it_may_be_overleaf(language: str) -> None:
    """A list of one line is so where its title is long, one of many always."""
    told = list(specimens(HOLLOW_OAK, language, {}, date(2026, 11, 17)))
    assert not [letter.opening for letter in map(compose_apology, told) if BELOW.search(letter.said())]
    longer = [compose_apology(replace(facts, lines=facts.lines * 20)) for facts in told]
    for letter in {letter.opening: letter for letter in longer}.values():
        page = squeezed(page_texts(render_letter(letter))[0])
        assert squeezed(letter.overleaf) in page
        assert not BELOW.search(page)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    ("kind", "apologies"), [("first", 1), ("renewed", 0), ("date_change", 0), ("refund", 1), ("good_news", 0)]
)
@pytest.mark.parametrize("new_date", [date(2026, 12, 15), None])
def test_it_apologizes_once_or_not_at_all(language: str, kind: str, apologies: int, new_date: date | None) -> None:
    lines = (delayed(new_date=new_date), delayed(1))
    made = compose_apology(apology_in(language, kind=NoticeKind(kind), lines=lines))
    words = " ".join([made.headline, made.opening, *(choice.text for choice in made.choices), made.note, made.closing]).lower()
    assert sum(words.count(stem) for stem in wording(language)["words"]["apologies"]) == apologies


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_coupon_of_a_refund_thanks_for_no_wait(language: str) -> None:
    first, refund = (compose_apology(apology_in(language, kind=kind)).coupon for kind in (NoticeKind.FIRST, NoticeKind.REFUND))
    words = wording(language)["coupon"]
    assert first and refund
    assert (first.meaning, refund.meaning) == (words["off"], words["off_never"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "key"), [(NoticeKind.FIRST, "offer"), (NoticeKind.REFUND, "offer_refund")])
def test_a_coupon_beside_a_refund_speaks_of_no_choice(language: str, kind: NoticeKind, key: str) -> None:
    made, words = compose_apology(apology_in(language, kind=kind)), wording(language)
    assert made.offer == words["closing"][key]
    assert words["message"][key] in message_text(made, Channel.EMAIL, with_coupon=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 3])
def test_a_renewed_letter_without_a_date_speaks_of_none(language: str, count: int) -> None:
    letter, words = compose_apology(lasting(language, count, NoticeKind.RENEWED)), wording(language)["opening"]
    many = "_many" if count > 1 else ""
    again = spelled(date(2026, 12, 1), letter.language.replace("-", "_"))
    assert letter.opening == f"{words['thanks_waiting']} {fill(words[f'renewed_undated{many}'], update=again)}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 3])
def test_a_refund_letter_says_only_that_it_ran_out(language: str, count: int) -> None:
    opening, words = compose_apology(lasting(language, count, NoticeKind.REFUND)).opening, wording(language)["opening"]
    expected = words["gone_many"] if count > 1 else words["gone_one"].partition("{product}")[2]
    assert expected in opening
    assert words["apology_canceled"] in opening
    assert words["apology"] not in opening


def lasting(language: str, count: int, kind: NoticeKind) -> ApologyFacts:
    """Lines without a new date."""
    return apology_in(language, kind=kind, lines=tuple(delayed(place, new_date=None) for place in range(count)))


@pytest.mark.parametrize(("locale", "spelt"), [("fr_FR", "1er décembre 2026"), ("fr_CA", "1er décembre 2026")])
def test_the_first_of_a_month_is_written_as_french_does(locale: str, spelt: str) -> None:
    assert spelled(date(2026, 12, 1), locale) == spelt
    assert spelled(date(2026, 12, 11), locale) == "11 décembre 2026"


def test_a_quotation_ends_as_its_language_has_it() -> None:
    said = {language: compose_apology(apology_in(language, concern="It is a gift.")).opening for language in LANGUAGES}
    assert "“It is a gift.” That" in said["en"]
    assert "«It is a gift». Lo" in said["es"]
    assert "„It is a gift.“ Das" in said["de"]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    "offer",
    [Offer(OfferKind.FREE_SHIPPING), Offer(OfferKind.PERCENT, rate=10), Offer(OfferKind.GIFT, gift="Tea towel")],
)
def test_the_coupon_speaks_the_same_language(language: str, offer: Offer) -> None:
    coupon = compose_apology(apology_in(language, offer=offer)).coupon
    assert coupon is not None
    assert coupon.kind == wording(language)["coupon"]["promotional"]
    assert coupon.value.replace("\N{NO-BREAK SPACE}", "") in ("10%", wording(language)["coupon"].get(str(offer.kind)))


@pytest.mark.parametrize(("language", "value"), [("de", "7 $"), ("fr", "7 $US"), ("es", "7 US$")])
def test_a_coupons_amount_is_written_as_the_language_does(language: str, value: str) -> None:
    coupon = compose_apology(apology_in(language)).coupon
    assert coupon is not None
    assert coupon.value.replace("\N{NO-BREAK SPACE}", " ") == value


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("offer", [Offer(OfferKind.PERCENT, rate=10), Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD"))])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            {"percent": "on an order of $50.00 or more", "gift_card": "For one or several orders of $50.00 or more each, until"},
        ),
        ("de", {"percent": "ab einem Bestellwert von 50,00 $", "gift_card": "Bestellungen ab je 50,00 $, bis"}),
        ("fr", {"percent": "dès 50,00 $US d’achat", "gift_card": "commandes d’au moins 50,00 $US chacune, jusqu"}),
        ("es", {"percent": "en una compra de 50,00 US$ o más", "gift_card": "pedidos de 50,00 US$ o más cada uno, hasta"}),
    ],
)
def test_a_coupon_says_which_orders_it_is_for(language: str, said: dict[str, str], offer: Offer, paper: Paper) -> None:
    shop = replace(HOLLOW_OAK, paper=paper)
    home = HOMES[language]
    plain = apology(1, shop=shop, customer=replace(DANA, country=home), language=language, offer=offer)
    for minimum in (None, Money(5000, "USD")):
        text = text_of(render_coupon(compose_apology(replace(plain, minimum_order=minimum))))
        spaced = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
        assert (said[offer.kind] in spaced) == (minimum is not None)
        assert "{" not in spaced


@pytest.mark.parametrize(
    ("customers", "language"),
    [("", ""), ("de", "de"), ("DE-at", "de"), ("fr_CA", "fr"), ("es", "es"), ("it", ""), ("??", "")],
)
def test_the_customers_language_is_chosen_where_there_is_a_wording(customers: str, language: str) -> None:
    assert language_for(customers) == language


@pytest.mark.parametrize(
    ("home", "shops", "language"),
    [
        *(("FR", "DE", "fr"), ("ES", "DE", "es"), ("DE", "FR", "de"), ("AT", "US", "de"), ("MX", "US", "es"), ("", "DE", "de")),
        *(("US", "DE", ""), ("GB", "FR", ""), ("IT", "DE", ""), ("", "US", ""), ("??", "FR", "")),
        *(("CH", "DE", "de"), ("CH", "FR", "fr"), ("CH", "ES", ""), ("CH", "CH", "de"), ("BE", "FR", "fr"), ("BE", "BE", "")),
        *(("CA", "FR", ""), ("CA-QC", "US", "fr"), ("CA-Québec", "DE", "fr"), ("CA-ON", "CA", ""), ("LU", "GB", "")),
    ],
)
def test_who_has_not_said_what_they_read_is_written_to_as_they_speak_where_they_live(
    home: str, shops: str, language: str
) -> None:
    country, _, region = home.partition("-")
    customer = Address(country=country, region=region)
    assert language_to(customer, "", shops) == language
    assert language_to(customer, "it", shops) == language
    assert language_to(customer, "es-MX", shops) == "es"
    assert language_to(customer, "en", shops) == "en"


@pytest.mark.parametrize(
    ("language", "customers", "shops", "locale"),
    [
        *(
            ("", "US", "DE", "en_US"),
            ("", "DE", "US", "en_US"),
            ("", "JP", "AU", "en_GB"),
            ("", "AU", "US", "en_AU"),
            ("", "", "IN", "en_IN"),
            ("en", "NL", "US", "en_NL"),
            ("en", "JP", "US", "en_GB"),
            ("en", "US", "DE", "en_US"),
            ("en", "GB", "US", "en_GB"),
            ("en", "", "US", "en_US"),
        ),
        *(("de", "AT", "US", "de_AT"), ("de", "US", "CH", "de_CH"), ("de", "US", "US", "de_DE"), ("fr", "CA", "US", "fr_CA")),
    ],
)
def test_a_language_is_written_as_where_the_customer_lives(language: str, customers: str, shops: str, locale: str) -> None:
    assert locale_of(language, customers, shops) == locale


@pytest.mark.parametrize(
    ("buyer", "currency", "amount", "worth", "day"),
    [
        ("AU", "AUD", "$123,456.50", "$7", "4 December 2026"),
        ("NZ", "NZD", "$123,456.50", "$7", "4 December 2026"),
        ("CA", "CAD", "$123,456.50", "$7", "December 4, 2026"),
        ("IN", "INR", "₹1,23,456.50", "₹7", "4 December 2026"),
        ("IE", "EUR", "€123,456.50", "€7", "4 December 2026"),
        ("US", "AUD", "A$123,456.50", "A$7", "December 4, 2026"),
        ("CA", "USD", "US$123,456.50", "US$7", "December 4, 2026"),
        ("AU", "USD", "USD\u00a0123,456.50", "USD\u00a07", "4 December 2026"),
        ("GB", "CHF", "CHF\u00a0123,456.50", "CHF\u00a07", "4 December 2026"),
        ("US", "SEK", "SEK\u00a0123,456.50", "SEK\u00a07", "December 4, 2026"),
        ("ZA", "ZAR", "R\u00a0123\u00a0456,50", "R\u00a07", "04 December 2026"),
    ],
)
def test_a_letter_in_english_has_money_and_days_as_its_customers_country_writes_them(
    buyer: str, currency: str, amount: str, worth: str, day: str
) -> None:
    offer = Offer(OfferKind.AMOUNT, amount=Money.of(7, currency))
    facts = apology(
        lines=(delayed(new_date=date(2026, 12, 4)),),
        customer=replace(DANA, country=buyer),
        refund=Money.of("123456.50", currency),
        offer=offer,
    )
    letter = compose_apology(facts)
    assert letter.coupon is not None
    assert letter.coupon.value == worth
    assert amount in letter.said()
    assert day in letter.headline
    assert errors(proofread(facts)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("told_on", [date(2026, 11, 17), date(2026, 12, 3), date(2026, 12, 4), date(2027, 2, 1)])
@pytest.mark.parametrize("shop", ["US", "DE", "GB"])
@pytest.mark.parametrize("buyer", ["US", "DE", "FR", "GB"])
@pytest.mark.parametrize("told_before", [False, True])
def test_every_sentence_of_the_law_is_traced_to_its_rule(
    language: str, told_on: date, shop: str, buyer: str, told_before: bool
) -> None:
    delays = {
        number: standing(shop, buyer, Delay(ordered, None, told_on, date(2027, 1, 20), told_before=told_before))
        for number, ordered in (("HO-1", date(2026, 11, 3)), ("HO-2", date(2027, 1, 15)))
    }
    lines = tuple(delayed(place, order_number=number) for place, number in enumerate(delays))
    facts = apology_in(language, 2, lines=lines, shop=replace(HOLLOW_OAK, country=shop), customer=replace(DANA, country=buyer))
    letter = compose_apology(replace(facts, standings=delays))
    assert letter.rules
    assert all(rule.value in letter.note for rule in letter.rules)
    rest = letter.note
    for rule in sorted(letter.rules, key=lambda rule: -len(rule.value)):
        assert re.fullmatch(
            r"(FTC Mail Order Rule, 16 CFR 435\.2\([bc]\)(\(\d\))?|Directive .*|Consumer .*|BGB .*), as of November 1, 2026",
            rule.label,
        )
        rest = rest.replace(rule.value, "")
    assert not [sentence for sentence in rest.split(".") if len(sentence.split()) > 6]  # "Order HO-1:"
    assert Letter.from_json(letter.to_json()) == letter


@pytest.mark.parametrize(
    ("language", "of_post", "of_calls"),
    [
        ("en", "we refund the postage.", "we refund the cost of the call."),
        ("de", "das Porto erstatten wir.", "die Kosten des Anrufs erstatten wir."),
        ("fr", "nous remboursons le timbre.", "nous remboursons le coût de l’appel."),
        ("es", "le reembolsamos el franqueo.", "le reembolsamos el coste de la llamada."),
    ],
)
@pytest.mark.parametrize("count", [1, 3])
def test_an_answer_by_post_or_phone_alone_is_at_the_sellers_expense(
    language: str, of_post: str, of_calls: str, count: int
) -> None:
    for phone, refunded in (("", of_post), ("(800) 555-0142", of_calls)):
        letter = compose_apology(apology_in(language, count, shop=replace(HOLLOW_OAK, email="", site="", phone=phone)))
        assert letter.closing.endswith(refunded)
        assert squeezed(letter.closing) in text_of(render_letter(letter))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lacks_tax", [False, True])
def test_beside_an_order_that_may_wait_a_canceled_one_names_its_refund(language: str, lacks_tax: bool) -> None:
    placed = {"HO-1": date(2026, 10, 3), "HO-2": date(2026, 11, 3)}
    delays = {
        number: standing("US", "US", Delay(day, None, date(2026, 11, 17), date(2026, 12, 15))) for number, day in placed.items()
    }
    lines = (delayed(order_number="HO-1", new_date=None), delayed(1, order_number="HO-2"))
    facts = apology_in(language, lines=lines, given_back={"HO-1": GivenBack(Money(2650, "USD"), lacks_tax)})
    letter = compose_apology(replace(facts, standings=delays))
    amount = priced(Money(2650, "USD"), letter.language.replace("-", "_"))
    (law,) = [rule.value for rule in letter.rules if amount in rule.value]
    assert law in letter.note.partition("HO-2")[0]
    assert spelled(date(2026, 11, 18), letter.language.replace("-", "_")) in law
    assert letter.choices[-1].title == wording(language)["choices"]["cancel"]
    assert wording(language)["opening"]["gone_many"] in letter.opening
    assert squeezed(law) in text_of(render_letter(letter))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("shop", "buyer", "rules"),
    [
        ("DE", "AT", ("Directive 2011/83/EU, article 9", "Directive 2011/83/EU, article 18")),
        ("AT", "DE", ("BGB §§ 312g, 355", "BGB §§ 323, 475")),
        ("DE", "GB", ("Consumer Contracts Regulations 2013, regulation 29", "Consumer Rights Act 2015, section 28")),
        ("DE", "US", ("BGB §§ 312g, 355", "BGB §§ 323, 475")),
    ],
)
def test_a_letter_across_a_border_names_each_right_once_by_the_law_of_the_buyer(
    language: str, shop: str, buyer: str, rules: tuple[str, str]
) -> None:
    found = standing(shop, buyer, Delay(date(2026, 11, 3), None, date(2026, 11, 17), date(2026, 12, 15)))
    facts = apology_in(language, shop=replace(HOLLOW_OAK, country=shop), customer=replace(DANA, country=buyer))
    letter = compose_apology(replace(facts, standings={"HO-20418": found}))
    assert [rule.label for rule in letter.rules] == [f"{rule}, as of November 1, 2026" for rule in rules]
    assert letter.note == " ".join(rule.value for rule in letter.rules)
    assert message_text(letter, Channel.EMAIL).count(letter.note) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", list(Paper))
def test_four_options_stand_side_by_side_with_the_substitute_by_name(language: str, paper: Paper) -> None:
    other = Substitute("Enamel stockpot, 5 qt, sage green", Money(5900, "USD"))
    shop = replace(HOLLOW_OAK, paper=paper, country=HOMES[language], reply_slip=True)
    letter = compose_apology(apology_in(language, shop=shop, substitute=other))
    pdf = render_letter(letter)
    assert len(page_texts(pdf)) == 2
    found = boxes(pdf)
    titles = [next(box for box in found if box.text.strip() == choice.title) for choice in letter.choices]
    assert max(box.bottom for box in titles) - min(box.bottom for box in titles) < 4
    columns = [box.left - 16 for box in titles]
    assert all(box.right < right for box, right in zip(titles, [*columns[1:], 999], strict=True))
    assert "sage green" in letter.choices[1].text
    assert letter.reply is not None
    assert other.title in letter.reply.options[2]
    assert other.title in text_of(pdf)
    assert letter.choices[1].text in message_text(letter, Channel.ETSY)


def test_a_substitute_is_called_by_its_name_where_that_tells_it_apart() -> None:
    for title, text in (
        ("Copper kettle (2 l)", "“Copper kettle” ships now"),
        ("Enamel stockpot, red", "“Enamel stockpot, red” ships now"),
    ):
        assert compose_apology(apology(substitute=Substitute(title, Money(6400, "USD")))).choices[1].text.startswith(text)
    for title in ("Enamel stockpot " * 4, "{name}", "BUY NOW!"):
        assert len(compose_apology(apology(substitute=Substitute(title, Money(6400, "USD")))).choices) == 3


@pytest.mark.parametrize(
    ("language", "regards"),
    [("en", ""), ("de", "Mit freundlichen Grüßen"), ("fr", "Cordialement,"), ("es", "Un cordial saludo,")],
)
@pytest.mark.parametrize("count", [1, 5])
def test_a_letter_closes_as_is_usual_before_the_signature(language: str, regards: str, count: int) -> None:
    letter = compose_apology(apology_in(language, count))
    assert letter.regards == regards
    after = page_texts(render_letter(letter))[0].rpartition(letter.offer[-12:])[2].strip()
    assert regards in after.partition("June Halloran, Hollow Oak")[0]
    assert after.startswith((regards or "June Halloran", "June Halloran"))
    lines = message_text(letter, Channel.ETSY).splitlines()
    assert lines[-2:] == [regards, "June Halloran, Hollow Oak Trading Co."]  # "" is the line between paragraphs
    older = letter.to_json().replace(f'"regards": {json.dumps(regards)}, ', "")
    assert Letter.from_json(older).regards == ""


def test_regards_stand_beside_the_signature_where_a_line_of_their_own_would_cost_a_page() -> None:
    letter = compose_apology(apology_in("de", 2, shop=HOLLOW_OAK))
    pages = page_texts(render_letter(letter))
    assert len(pages) == len(page_texts(render_letter(replace(letter, regards="")))) == 1
    assert "Mit freundlichen Grüßen" in pages[0]
    in_print = replace(letter, signature="Łucja Дом", signed="Łucja Дом")
    assert "Mit freundlichen Grüßen Łucja Дом" in text_of(render_letter(in_print))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.kind)
def test_a_coupon_is_set_alike_in_every_language(language: str, offer: Offer) -> None:
    """The value clear of what it is for and of the perforation, the terms in one size."""
    made = compose_apology(apology_in(language, offer=offer))
    assert made.coupon
    (page,) = pages_of(render_coupon(made))
    meaning = made.coupon.meaning.split(" ")[0]
    lines = {"".join(glyph.text for glyph in run): run for run in runs_of(page)}
    value = [run for run in lines.values() if run[0].size > 18 and run[0].font.endswith("SourceSerif4-SemiBold")]
    below = next(run for text, run in lines.items() if text.startswith(meaning))
    assert below[0].y - max(run[0].y for run in value) >= 18
    assert max(run[-1].right for run in value) - value[0][0].x <= 116
    terms = [run for text, run in lines.items() if text in made.coupon.terms and run[0].x > below[0].x + 100]
    assert len(terms) in (2, 3)
    assert {run[0].size for run in terms} == {7}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("kind", [NoticeKind.FIRST, NoticeKind.RENEWED])
def test_the_body_is_read_in_one_size_and_measure(language: str, paper: Paper, kind: NoticeKind) -> None:
    """Also where that takes closer rows and gaps; a line gives up a word where the last one had a single short one."""
    made = compose_apology(apology_in(language, 1, kind, shop=replace(HOLLOW_OAK, paper=paper)))
    read = list(runs_of(pages_of(render_letter(made))[0]))
    for text, size in ((made.opening, 10), (made.closing, 10), (made.note, 8.7)):
        words = set(text.split())
        lines = [run for run in read if run[0].x < 73 and words.issuperset("".join(glyph.text for glyph in run).split())]
        assert {glyph.size for run in lines for glyph in run} == {size}
        assert all(run[-1].right - run[0].x > 0.86 * TEXT_WIDTH for run in lines[:-1])


def test_english_letters_are_spelled_as_america_and_britain_both_do() -> None:
    """One wording goes to readers of both."""
    read = ("headline", "salutation", "opening", "choices", "law", "closing", "coupon", "reply", "labels", "slip", "message")
    texts = [text for section in read for text in wording("en")[section].values() if isinstance(text, str)]
    of_one = re.compile(r"cancell?(ed|ing)|apologi[sz]|colou?r|favou?r|gr[ae]y|che(ck|que)\b|catalog")
    assert [text for text in texts if of_one.search(text)] == []
