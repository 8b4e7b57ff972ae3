"""Letters as text: everything that is on paper, answered by a reply, within what each channel takes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.errors import MessageTooLongError, UnwantedContactError
from orderdesk.documents.letter import Letter
from orderdesk.documents.messages import RULES, Channel, characters, message_text, without_coupon
from orderdesk.documents.render import render_letter
from orderdesk.documents.wording import LANGUAGES, spelled, wording
from orderdesk.domain.coupons import printed
from orderdesk.domain.notices import NoticeKind
from orderdesk.domain.packs import Delay, standing, standing_of_never
from orderdesk.domain.tone.check import check_letter
from orderdesk.domain.tone.rules import Level
from orderdesk.services.apologies import apologize, orders_to_tell
from orderdesk.services.sample import make_sample_shop
from orderdesk.storage.store import Store
from tests.documents.cases import CODE, DANA, HOLLOW_OAK, apology, apology_in, delayed, squeezed, text_of, without_offer

MARKETPLACES = [channel for channel in Channel if not RULES[channel].contacts]
# Stricter than what the messages themselves look for: any dot inside a word, any sign of an address, seven digits in a row.
LINK = re.compile(r"https?:|www\.|\w@\w|\b[a-z-]{2,}\.[a-z]{2,}\b", re.IGNORECASE)
PHONE = re.compile(r"\+?\(?\d(?:[ ().-]?\d){6,}")
NOW = datetime(2026, 11, 17, 18, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("sample") / "sample.orderdesk"
    store = Store.open(path)
    make_sample_shop(store, now=NOW)
    store.close()
    return path


@pytest.fixture(scope="module", params=LANGUAGES)
def letters(request: pytest.FixtureRequest, sample: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Letter]]:
    """A letter of that language to everybody in the sample shop who waits, with its kind."""
    path = tmp_path_factory.mktemp(request.param) / "shop.orderdesk"
    shutil.copy(sample, path)
    store = Store.open(path)
    with store.begin("test", "Everybody reads that language", now=NOW) as transaction:
        transaction.execute("UPDATE customer SET language = ?", (request.param,))
    apologize(store, orders_to_tell(store, now=NOW), now=NOW)
    with store.read() as view:
        rows = view.all("SELECT kind, letter FROM notice WHERE voided_at IS NULL")
    store.close()
    made = [(kind, Letter.from_json(letter)) for kind, letter in rows]
    return [(kind, letter) for kind, letter in made if letter.language.startswith(request.param)]


def letter_of(count: int = 1, /, **changes: Any) -> Letter:
    return compose_apology(apology(count, **changes))


def lines_of(letter: Letter, channel: Channel, **options: bool) -> list[str]:
    return message_text(letter, channel, **options).splitlines()


def test_the_sample_shops_letters_fit_every_channel(letters: list[tuple[str, Letter]]) -> None:
    assert len(letters) >= 5
    for channel in Channel:
        for kind, letter in letters:
            text = message_text(letter, channel)
            assert characters(text) <= (RULES[channel].longest or 10_000)
            assert text.startswith(letter.headline)
            if not RULES[channel].contacts:
                assert not LINK.search(text), text
                numbers = letter.references[1].value.split(", ")
                assert not PHONE.search(re.sub("|".join(map(re.escape, numbers)), "", text)), text
            if letter.language.startswith("en"):
                body = text.removeprefix(letter.headline).strip()
                found = check_letter(letter.headline, body, NoticeKind(kind), exempt=[letter.note])
                assert [finding for finding in found if finding.level is Level.ERROR] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("count", [1, 3])
def test_every_kind_of_letter_says_as_a_message_what_it_says_on_paper(language: str, kind: NoticeKind, count: int) -> None:
    make = apology if kind in (NoticeKind.FIRST, NoticeKind.REFUND) else without_offer
    told_on = date(2026, 12, 4 if kind is NoticeKind.REFUND else 1)
    delay = Delay(date(2026, 11, 3), None, told_on, date(2026, 12, 15), told_before=kind is NoticeKind.RENEWED)
    letter = compose_apology(make(count, language=language, kind=kind, standings={"HO-20418": standing("US", "US", delay)}))
    for channel in Channel:
        text = message_text(letter, channel)
        parts = [letter.headline, letter.salutation, letter.opening, "HO-20418", letter.facts.rows[-1].product]
        parts += [part for choice in letter.choices for part in (choice.title, choice.text)]
        parts += [wording(language)["message"]["reach" if not letter.choices else "answer_many" if count > 1 else "answer"]]
        places = [text.find(part) for part in (*parts, letter.note, letter.signed)]
        assert -1 not in places
        assert places == sorted(places), text
        stems = wording(language)["words"]["apologies"]
        assert sum(text.lower().count(stem) for stem in stems) == (
            kind in (NoticeKind.FIRST, NoticeKind.REFUND, NoticeKind.CANCELLATION)
        )
        assert not re.search(r"[{}]|\n\n\n| $", text, re.MULTILINE)


def test_a_fact_is_one_line_with_its_dates() -> None:
    facts = [line for line in lines_of(letter_of(2), Channel.EBAY) if line.startswith("- ")]
    assert facts == [
        "- 1 × Enamel stockpot, 5 qt, cream, $64.00 · Promised: December 3, 2026 · New ship date: December 15, 2026",
        "- 2 × Copper kettle (2 l, hand-polished), $63.00 each · Promised: December 3, 2026 · New ship date: December 15, 2026",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_an_order_that_waits_one_that_is_refunded_has_its_money_back_for_no_ship_date(language: str) -> None:
    """Nor is it said to have been asked before, whether it wanted to wait any longer."""
    words = wording(language)
    lines = (delayed(0), replace(delayed(1), order_number="HO-1", placed_on=date(2026, 9, 1), promised_on=None))
    first = Delay(date(2026, 11, 3), None, date(2026, 11, 17), date(2026, 12, 15))
    late = Delay(date(2026, 9, 1), None, date(2026, 11, 17), date(2026, 12, 15))
    standings = {"HO-20418": standing("US", "US", first), "HO-1": standing("US", "US", late)}
    letter = compose_apology(apology(2, lines=lines, standings=standings, language=language))
    assert words["law"]["late"] in letter.note
    assert not re.search(r"longer|länger|encore|esperar más", letter.note)
    (fact,) = [line for line in lines_of(letter, Channel.EMAIL) if words["labels"]["refunded"] in line]
    assert fact.endswith(f" · {words['labels']['refunded']}")
    assert words["labels"]["new_date"] not in fact
    assert words["labels"]["refunded"] in text_of(render_letter(letter))


@pytest.mark.parametrize("channel", list(Channel))
def test_the_coupon_is_mentioned_only_where_it_is_asked_for_and_allowed(channel: Channel) -> None:
    letter = letter_of()
    assert not re.search("coupon", message_text(letter, channel), re.IGNORECASE)
    asked = message_text(letter, channel, with_coupon=True)
    assert (printed(CODE) in asked) == ("coupon" in asked.lower()) == (channel in (Channel.EMAIL, Channel.SHOPIFY))
    if RULES[channel].coupon:
        assert "Promotional coupon: $7 off your next order" in asked
        assert "Valid through: November 17, 2027" in asked
    assert message_text(compose_apology(without_offer()), channel, with_coupon=True) == message_text(letter, channel)


@pytest.mark.parametrize("channel", list(Channel))
def test_other_ways_to_reach_the_shop_are_named_where_they_may_be(channel: Channel) -> None:
    text = message_text(letter_of(), channel, with_coupon=True)
    assert "To choose, reply to this message." in text
    for contact in (HOLLOW_OAK.email, HOLLOW_OAK.phone, HOLLOW_OAK.site):
        assert (contact in text) == (channel not in MARKETPLACES)


def test_a_shop_that_can_be_reached_by_post_alone_is_answered_by_a_reply() -> None:
    letter = letter_of(shop=replace(HOLLOW_OAK, email="", phone="", site=""))
    assert "To choose, reply to this message.\n" in message_text(letter, Channel.EMAIL)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", MARKETPLACES)
def test_figures_in_a_title_are_no_phone_number(language: str, channel: Channel) -> None:
    titles = ("Pipe 100 200 3000", "Size 120-130-1400 mm", "B.io drops, (10) 1234-5678 pack")
    lines = tuple(delayed(place, title=title) for place, title in enumerate(titles))
    text = message_text(letter_of(3, language=language, lines=lines), channel)
    assert "100 200 3000" in text and "B.io" in text


@pytest.mark.parametrize("channel", MARKETPLACES)
@pytest.mark.parametrize("concern", ["Call me: 555 210 4477", "My site is owl-shop.com"])
def test_a_way_around_the_marketplace_is_refused_wherever_it_comes_from(channel: Channel, concern: str) -> None:
    with pytest.raises(UnwantedContactError):
        message_text(letter_of(concern=concern), channel)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", MARKETPLACES)
def test_a_long_list_is_shortened_by_whole_lines(language: str, channel: Channel) -> None:
    letter = letter_of(60, language=language)
    text = message_text(letter, channel)
    longest = RULES[channel].longest or 0
    facts = [line for line in text.splitlines() if line.startswith("- ")]
    assert longest - 250 < characters(text) <= longest
    assert facts[-1] == "- " + wording(language)["message"]["more"].replace("{count}", str(60 - len(facts) + 1))
    whole = [line for line in lines_of(letter, Channel.EMAIL) if line.startswith("- ")]
    assert facts[:-1] == whole[: len(facts) - 1]
    assert letter.signed in text and letter.choices[-1].text in text


@pytest.mark.parametrize("channel", MARKETPLACES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_several_orders_a_message_says_the_law_once_and_lists_the_days_of_each(language: str, channel: Channel) -> None:
    home = {"en": "GB", "de": "DE", "fr": "FR", "es": "ES"}[language]
    lines = tuple(
        delayed(place, order_number=f"HO-{place}", placed_on=date(2026, 11, 3 + place), promised_on=None, new_date=None)
        for place in range(4)
    )
    law = {
        line.order_number: standing("US", home, Delay(line.placed_on, None, date(2026, 11, 17), line.new_date)) for line in lines
    }
    customer = replace(DANA, country=home)
    letter = compose_apology(apology(4, lines=lines, standings=law, language=language, customer=customer))
    text = message_text(letter, channel)
    assert characters(text) <= (RULES[channel].longest or 0)
    for each in law.values():
        for day in (each.answer_by, each.refund_by, each.deadline):
            assert day is None or spelled(day, letter.language.replace("-", "_")) in text
    assert letter.facts.rows[0].product in text
    assert letter.note in message_text(letter, Channel.EMAIL)


def test_the_law_in_short_is_cut_between_sentences_and_in_no_date() -> None:
    """A day has a dot of its own in German, and three orders may have all that comes after it in common."""
    placed = [date(2026, 11, 10), date(2026, 11, 20), date(2026, 11, 25)]
    lines = tuple(delayed(place, order_number=f"R{place}", placed_on=day, new_date=None) for place, day in enumerate(placed))
    letter_on = date(2026, 11, 26)
    never = standing_of_never("DE", "DE", letter_on)
    law = {line.order_number: standing("DE", "DE", Delay(line.placed_on, None, letter_on, None)) for line in lines}
    law = {number: replace(each, never=never) for number, each in law.items()}
    shop, customer = replace(HOLLOW_OAK, country="DE"), replace(DANA, country="DE")
    facts = apology(3, shop=shop, lines=lines, standings=law, language="de", customer=customer, letter_on=letter_on)
    short = compose_apology(facts).short_note
    for each in law.values():
        for day in (each.answer_by, each.refund_by, each.deadline):
            assert day is None or spelled(day, "de_DE") in short, short


def test_of_so_many_orders_that_the_law_fills_a_message_the_advice_is_what_helps() -> None:
    lines = tuple(delayed(0, order_number=f"HO-{place}", placed_on=date(2026, 11, 3) + timedelta(place)) for place in range(12))
    law = {line.order_number: standing("US", "FR", Delay(line.placed_on, None, date(2026, 11, 17), None)) for line in lines}
    facts = apology(12, lines=lines, standings=law, language="fr", customer=replace(DANA, country="FR"))
    with pytest.raises(MessageTooLongError) as refused:
        message_text(compose_apology(facts), Channel.EBAY)
    assert "Print the letter or e-mail it" in (refused.value.remedy or "")


def test_one_line_too_many_is_one_more() -> None:
    letter = letter_of(3)
    for count in range(3, 30):
        letter = letter_of(count)
        if characters(message_text(letter, Channel.EBAY)) == characters(message_text(letter, Channel.AMAZON)):
            continue
        # Of the first that is too long, so much is left out of the opening that one line less is enough.
        letter = replace(letter, opening=letter.opening[:-40])
        break
    assert lines_of(letter, Channel.EBAY).count("- and one more") == 1


def test_what_does_not_fit_even_so_is_refused_by_name() -> None:
    letter = replace(letter_of(), opening="We have run out of it. " * 90)
    with pytest.raises(MessageTooLongError, match=r"has 2,\d{3} characters, and eBay takes 2,000"):
        message_text(letter, Channel.EBAY)
    assert message_text(letter, Channel.AMAZON)


def test_length_is_counted_as_the_strictest_counter_does() -> None:
    assert (characters("ab"), characters("a\nb"), characters("a\N{OWL}")) == (2, 4, 3)


@pytest.mark.parametrize(
    ("title", "contact"),
    [
        ("Lamp from www.lamps.test", "www.lamps.test"),
        ("Lamp by lamps.com", "lamps.com"),
        ("Lamp, ask june@lamps.test", "june@lamps.test"),
        ("Lamp, call +1 541 555 0142", "+1 541 555 0142"),
        ("Lamp, call 541-555-0142", "541-555-0142"),
        (f"Lamp, call {HOLLOW_OAK.phone}", HOLLOW_OAK.phone),
    ],
)
def test_a_way_around_the_marketplace_in_a_title_is_refused(title: str, contact: str) -> None:
    letter = letter_of(lines=(delayed(title=title),))
    for channel in MARKETPLACES:
        with pytest.raises(UnwantedContactError, match=re.escape(contact)):
            message_text(letter, channel)
    assert contact in message_text(letter, Channel.EMAIL)


def test_order_numbers_codes_sizes_and_prices_are_no_contacts() -> None:
    titles = ("Book 978-3-16-148410-0, 2nd ed.", "Drawer 120.5 x 60.25 cm, no. 8", "Part 0800-12")
    lines = tuple(delayed(number, title=title, order_number="113-1234567-7654321") for number, title in enumerate(titles))
    assert "978-3-16-148410-0" in message_text(letter_of(lines=lines), Channel.AMAZON)


def test_a_shop_called_like_its_site_signs_there_by_name_alone() -> None:
    letter = letter_of(shop=replace(HOLLOW_OAK, name="HollowOak.com"))
    assert lines_of(letter, Channel.EBAY)[-1] == "June Halloran"
    assert lines_of(letter, Channel.EMAIL)[-1] == "June Halloran, HollowOak.com"


def test_a_registered_trader_is_named_as_such_in_an_e_mail() -> None:
    letter = letter_of(shop=replace(HOLLOW_OAK, register="Amtsgericht Freiburg, HRB 1042"))
    assert lines_of(letter, Channel.EMAIL)[-1] == "Amtsgericht Freiburg, HRB 1042"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [NoticeKind.FIRST, NoticeKind.REFUND])
def test_the_letter_with_an_e_mail_mentions_no_coupon(language: str, kind: NoticeKind) -> None:
    letter = letter_of(5, language=language, kind=kind, customer=DANA)
    bare = without_coupon(letter)
    text = text_of(render_letter(bare))
    texts = wording(language)["coupon"]
    assert not any(part in text for part in (printed(CODE), texts["promotional"], texts["code"], "$7"))
    assert squeezed(bare.closing) in text and squeezed(bare.headline) in text
    assert bare.subject == wording(language)["file"]["subject"].replace("{customer}", "Dana Whitfield")
    assert not re.search("coupon|gutschein|vale |bon ", f"{bare.closing} {bare.overleaf} {bare.subject}", re.IGNORECASE)
    assert without_coupon(bare) == bare


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_are_sentences_of_their_own(language: str) -> None:
    letter = compose_apology(apology_in(language, 2))
    options = [f"{place}. {each.title}. {each.text}" for place, each in enumerate(letter.choices, start=1)]
    assert "\n".join(options) in message_text(letter, Channel.ETSY)
