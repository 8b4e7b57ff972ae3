"""The seller's own words: in the letters from then on, refused where a letter with them could not go out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from orderdesk.documents.proof import proofread_text
from orderdesk.documents.wording import LANGUAGES, editable_texts, wording
from orderdesk.domain.errors import InvalidValueError, NothingToDoError, RefusedError, ToneError, UnprintableTextError
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.shop import ShopProfile
from orderdesk.services import history, wordings
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.drafts import SourceDraft, SupplierDraft, SupplierProductDraft
from orderdesk.services.purchases import source_line
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.suppliers import add_supplier, set_offer
from orderdesk.services.telling import mark_told
from orderdesk.storage.wordings import keep_words
from tests.builders import HOLLOW_OAK, NOW, Shop
from tests.reading import text_of


@pytest.fixture
def short(shop: Shop) -> Shop:
    shop.stock("LAMP", 0)
    shop.order("1042", ("LAMP", 2))
    return shop


def letter_text(shop: Shop) -> str:
    run = apologize(shop.store, [shop.orders["1042"]], now=NOW)
    assert run.refused == ()
    return text_of(run.apologies[0].letter)


def test_own_words_stand_in_the_next_letter_and_the_usual_ones_come_back(short: Shop) -> None:
    wordings.save_words(short.store, "en", "opening.thanks_one", "Thank you for shopping  with us.", now=NOW)
    (changed,) = [text for text in wordings.texts(short.store, "en") if text.own]
    assert (changed.name, changed.own) == ("opening.thanks_one", "Thank you for shopping with us.")
    assert "Thank you for shopping with us." in letter_text(short)
    wordings.reset_words(short.store, "en", "opening.thanks_one", now=short.tick())
    assert not any(text.own for text in wordings.texts(short.store, "en"))
    with pytest.raises(NothingToDoError):
        wordings.reset_words(short.store, "en", "opening.thanks_one", now=short.tick())
    assert check(short.store) == []


def test_a_letter_that_lies_ready_follows_words_and_letterhead_and_undo_takes_it_back(short: Shop) -> None:
    wishes = Wishes(concern="my sister's wedding", new_date=date(2026, 12, 18))
    made = apologize(short.store, [short.orders["1042"]], wishes=wishes, now=NOW).apologies[0]
    assert made.coupon_code
    before = text_of(made.letter)
    wordings.save_words(short.store, "en", "opening.thanks_one", "Thank you for shopping with us.", now=short.tick())
    save_shop_profile(short.store, replace(HOLLOW_OAK, name="Old Elm Trading"), now=short.tick())
    text = text_of(made.letter)
    for said in ("Thank you for shopping with us.", "Old Elm Trading", "wedding", "December 18, 2026", made.coupon_code[:4]):
        assert said in text
    assert "Hollow Oak" not in text
    for _ in range(2):
        history.undo(short.store, now=short.tick())
    assert text_of(made.letter) == before
    assert check(short.store) == []


def test_a_letter_that_the_customer_has_keeps_its_words(short: Shop) -> None:
    made = apologize(short.store, [short.orders["1042"]], now=NOW).apologies[0]
    mark_told(short.store, made.notice_id, ToldBy.PRINT, now=short.tick())
    before = made.letter.read_bytes()
    wordings.save_words(short.store, "en", "opening.thanks_one", "Thank you for shopping with us.", now=short.tick())
    assert made.letter.read_bytes() == before


def test_a_letter_that_could_not_go_out_in_the_new_words_stays_as_it_was(short: Shop) -> None:
    short.order("1043", ("LAMP", 1), customer="Robin Ellery")
    made = apologize(short.store, list(short.orders.values()), now=NOW).apologies
    before = [each.letter.read_bytes() for each in made]
    save_shop_profile(short.store, replace(HOLLOW_OAK, owner=""), now=short.tick())
    assert [each.letter.read_bytes() for each in made] == before


def test_own_words_are_undone_like_any_step(short: Shop) -> None:
    wordings.save_words(short.store, "en", "opening.thanks_one", "Thank you for shopping with us.", now=NOW)
    history.undo(short.store, now=short.tick())
    assert "Thank you for your order." in letter_text(short)


def test_the_usual_words_typed_again_are_the_usual_ones(short: Shop) -> None:
    wordings.save_words(short.store, "en", "opening.thanks_one", "Thank you for your order.", now=NOW)
    assert not any(text.own for text in wordings.texts(short.store, "en"))


@pytest.mark.parametrize(
    ("name", "words", "rule"),
    [
        ("opening.apology", "We thank you.", "T01"),
        ("opening.apology", "We are sorry. We apologize.", "T01"),
        ("opening.apology", "We are so very sorry for the delay.", "T03"),
        ("opening.apology", "We are sorry for any inconvenience.", "T04"),
        ("opening.valid_promised", "Our supplier let us down.", "T05"),
        ("opening.valid_promised", "It will ship soon.", "T10"),
        ("choices.wait_dated", "We ship soon, by {date}.", "T10"),
        ("choices.wait_dated", "We ship it ASAP, and by {date} at the latest.", "T10"),
        ("opening.valid_promised", "It will NEVER happen again!", "T08"),
        ("choices.refund", "You get {refund} back, and 10 % off.", "T25"),
        ("opening.thanks_one", "Thank you for your order, and here is a gift card.", "T25"),
        ("headline.several_dated", "Our supplier failed us, your {product} ships by {date}", "T05"),
        ("headline.one_dated", "Your {product} is guaranteed by {date}", "T08"),
        ("headline.one_dated", "Your {product} will always ship by {date}", "T08"),
        ("headline.one_dated", "Dear customer, your {product} ships by {date}", "T18"),
        ("headline.one_undated", "Your {product} ships soon", "T10"),
        ("headline.one_undated", "Sorry about your {product}", "T01"),
        ("closing.overleaf", "Sorry, more items are listed from the next page on.", "T01"),
        ("coupon.off", "off, sorry for any inconvenience", "T04"),
        ("coupon.thanks", "Sorry for the inconvenience", "T04"),
        ("coupon.free_shipping_meaning", "on your next order, plus a gift card", "T25"),
        ("labels.on_backorder", "Sorry, our supplier failed us", "T05"),
        ("labels.signed_owner", "{owner}, sorry", "T01"),
        ("reply.wait", "We are so sorry. It ships soon. Please ship by {date}.", "T03"),
        ("slip.thanks", "Sorry for any inconvenience!", "T04"),
        ("slip.thanks", "Thank you. Here is 10 % off.", "T25"),
        ("slip.keep", "Sorry. Keep this slip until everything has arrived.", "T01"),
    ],
)
def test_words_with_which_no_letter_may_go_out_are_refused(short: Shop, name: str, words: str, rule: str) -> None:
    with pytest.raises(ToneError) as refused:
        wordings.save_words(short.store, "en", name, words, now=NOW)
    assert refused.value.rule == rule
    assert not any(text.own for text in wordings.texts(short.store, "en"))


@pytest.mark.parametrize(
    ("name", "words", "missing"),
    [
        ("headline.one_dated", "Your {product} comes later", "{date}"),
        ("choices.refund", "You get some of it back.", "{refund}"),
        ("closing.answer", "To choose, tell us.", "{ways}"),
        ("closing.ways_two", "one way or another", "{first}, {last}"),
    ],
)
def test_a_fact_that_the_usual_words_say_is_not_left_out(short: Shop, name: str, words: str, missing: str) -> None:
    with pytest.raises(RefusedError) as refused:
        wordings.save_words(short.store, "en", name, words, now=NOW)
    assert str(refused.value) == f"{missing} is missing."
    assert not any(text.own for text in wordings.texts(short.store, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("nothing", ["", " \n ", "\u200b"])
def test_no_text_of_a_letter_can_be_emptied_that_usually_says_something(short: Shop, language: str, nothing: str) -> None:
    for text in (text for text in wordings.texts(short.store, language) if text.usual):
        with pytest.raises(RefusedError, match=f"{text.name} is empty"):
            wordings.save_words(short.store, language, text.name, nothing, now=short.tick())


def test_french_words_are_kept_where_prices_are_in_us_dollars(short: Shop) -> None:
    """French writes them `7,00 $US`, which looks like something that is not filled in."""
    wordings.save_words(short.store, "fr", "opening.thanks_one", "Merci de cette commande.", now=short.tick())
    assert any(text.own for text in wordings.texts(short.store, "fr"))


def test_a_supplier_is_never_named(short: Shop) -> None:
    with short.store.begin("edit", "", now=NOW) as transaction:
        transaction.product(short.products["LAMP"]).supplier = "Brightstone"
    with pytest.raises(ToneError, match="Brightstone"):
        wordings.save_words(short.store, "en", "opening.thanks_one", "Thank you, and Brightstone thanks you.", now=NOW)


def test_a_supplier_that_came_later_stops_the_letter_not_the_run(short: Shop) -> None:
    wordings.save_words(short.store, "en", "opening.thanks_one", "Thank you from Brightstone.", now=NOW)
    with short.store.begin("edit", "", now=NOW) as transaction:
        transaction.product(short.products["LAMP"]).supplier = "Brightstone"
    run = apologize(short.store, [short.orders["1042"]], now=NOW)
    assert run.apologies == ()
    assert [(each.order_number, "Brightstone" in each.reason) for each in run.refused] == [("1042", True)]
    assert check(short.store) == []


def entered(shop: Shop, name: str) -> None:
    add_supplier(shop.store, SupplierDraft(name), now=shop.tick())


def looked_up(shop: Shop, name: str) -> None:
    """As a second one, so that the product's usual supplier is another."""
    for supplier in ("Acme", name):
        set_offer(shop.store, shop.products["LAMP"], SupplierProductDraft(supplier), now=shop.tick())


def bought_from(shop: Shop, name: str) -> None:
    source_line(shop.store, shop.line("1042", "LAMP"), SourceDraft(supplier=name), now=shop.tick())


@pytest.mark.parametrize("known", [entered, looked_up, bought_from])
def test_a_supplier_is_never_named_wherever_the_name_is_from(short: Shop, known: Callable[[Shop, str], None]) -> None:
    wordings.save_words(short.store, "en", "opening.whole_one", "Globex Inc. has run out of {product}.", now=short.tick())
    known(short, "Globex Inc.")
    run = apologize(short.store, [short.orders["1042"]], now=short.tick())
    assert [(each.order_number, "Globex Inc." in each.reason) for each in run.refused] == [("1042", True)]


def test_a_supplier_in_words_that_a_letter_does_not_use_stops_no_letter(short: Shop) -> None:
    wordings.save_words(short.store, "en", "slip.thanks", "Packed for you by Brightstone.", now=short.tick())
    entered(short, "Brightstone")
    assert "Brightstone" not in letter_text(short)


@pytest.mark.parametrize("text", ["headline.one_undated", "labels.new_date", "coupon.thanks", "reply.title"])
def test_a_supplier_stands_nowhere_on_paper(short: Shop, text: str) -> None:
    save_shop_profile(short.store, replace(HOLLOW_OAK, reply_slip=True), now=short.tick())
    entered(short, "Brightstone")
    with pytest.raises(ToneError, match="Brightstone"):
        wordings.save_words(short.store, "en", text, "From Brightstone", now=short.tick())


def test_a_brand_in_a_title_and_a_customer_called_like_a_supplier_stop_no_letter(short: Shop) -> None:
    wordings.save_words(short.store, "en", "opening.thanks_one", "Thank you for shopping with us.", now=short.tick())
    for name in ("Product LAMP", "Dana", "Bellingham"):
        entered(short, name)
    assert "Thank you for shopping with us." in letter_text(short)


@pytest.mark.parametrize(
    ("language", "words", "rule"),
    [
        ("de", "Es tut uns sehr leid!", "T13"),
        ("fr", "Toutes nos excuses au 6.12.2026.", "T16"),
        ("es", "Lo sentimos [motivo].", "T15"),
    ],
)
def test_how_words_look_is_checked_in_every_language(short: Shop, language: str, words: str, rule: str) -> None:
    with pytest.raises(ToneError) as refused:
        wordings.save_words(short.store, language, "opening.apology", words, now=NOW)
    assert refused.value.rule == rule


@pytest.mark.parametrize(
    ("language", "name", "words", "rule"),
    [
        ("de", "headline.one_undated", "{product} fehlt noch!", "T13"),
        ("fr", "coupon.thanks", "MERCI", "T13"),
        ("es", "slip.thanks", "Gracias [nombre].", "T15"),
        ("de", "labels.date", "Bis 6.12.2026", "T16"),
        ("de", "slip.thanks", "Danke, und 10 % Nachlass.", "T25"),
    ],
)
def test_how_headlines_and_fragments_look_is_checked_in_every_language(
    short: Shop, language: str, name: str, words: str, rule: str
) -> None:
    with pytest.raises(ToneError) as refused:
        wordings.save_words(short.store, language, name, words, now=NOW)
    assert refused.value.rule == rule


def test_a_fault_beside_the_letters_sentences_stops_only_letters_that_have_it(short: Shop) -> None:
    """Words that were kept before there was a rule against them."""
    with short.store.begin("wording", "", now=NOW) as transaction:
        keep_words(transaction, "en", "slip.thanks", "Sorry for the wait.")
        keep_words(transaction, "en", "reply.title", "Sorry")
    assert "Thank you for your order." in letter_text(short)
    save_shop_profile(short.store, replace(HOLLOW_OAK, reply_slip=True), now=short.tick())
    other = short.order("1043", ("LAMP", 1), customer="Robin Ellery")
    assert [each.order_number for each in apologize(short.store, [other], now=short.tick()).refused] == ["1043"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_usual_words_beside_the_letters_sentences_have_no_fault(language: str) -> None:
    for name, words in editable_texts(language).items():
        assert proofread_text(language, name, words) == []


@pytest.mark.parametrize("name", ["labels.new_date", "slip.title", "reply.only", "closing.overleaf", "labels.page"])
def test_words_that_no_font_covers_are_refused_when_they_are_saved(short: Shop, name: str) -> None:
    usual = next(text.usual for text in wordings.texts(short.store, "de") if text.name == name)
    with pytest.raises(UnprintableTextError, match=r"U\+0B85"):
        wordings.save_words(short.store, "de", name, f"{usual} \u0b85", now=NOW)
    assert not any(text.own for text in wordings.texts(short.store, "de"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_usual_words_may_be_typed_again_by_any_shop(short: Shop, language: str) -> None:
    swiss = ShopProfile(name="Atelier", owner="Léa", phone="01.23.45.67.89", country="CH", currency="CHF", time_zone="UTC")
    save_shop_profile(short.store, swiss, now=NOW)
    before = wordings.texts(short.store, language)
    wordings.save_words(short.store, language, before[0].name, before[0].usual, now=NOW)
    assert wordings.texts(short.store, language) == before


@pytest.mark.parametrize("words", ["Thank you, {name}.", "Thank you for {nothing}.", "x" * 601])
def test_a_placeholder_that_nothing_fills_in_and_words_without_end_are_refused(short: Shop, words: str) -> None:
    with pytest.raises(InvalidValueError):
        wordings.save_words(short.store, "en", "opening.thanks_one", words, now=NOW)


@pytest.mark.parametrize(("language", "name"), [("tlh", "opening.apology"), ("en", "law.refund"), ("en", "words.titles")])
def test_the_law_and_unknown_languages_have_no_other_words(short: Shop, language: str, name: str) -> None:
    with pytest.raises(InvalidValueError):
        wordings.save_words(short.store, language, name, "Hello", now=NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_to_be_seen_in_a_letter_and_what_silence_means_only_beside_a_choice(short: Shop, language: str) -> None:
    """A letter about a refund says by when it is sent, if it is not yet; good news nothing of it, as those that go out."""
    law = wording(language)["law"]
    for text in wordings.texts(short.store, language):
        seen = wordings.specimen(short.store, language, text.name, f"{text.words} ¶", now=NOW)
        letter = seen.letter
        if not text.name.startswith("slip."):
            assert "¶" in letter.to_json().encode().decode("unicode-escape"), text.name
            assert seen.checked == (language == "en")
        if not letter.choices and letter.note:
            is_made = "refund_none" in text.name or "canceled_none" in text.name
            of = "refund_free" if "refund_free" in text.name else "refund_none" if is_made else "refund"
            before, _, after = law[of].partition("{refund_by}")
            assert letter.note.startswith(before) and letter.note.endswith(after), text.name
    good_news = wordings.specimen(short.store, language, "headline.one_here", "{product} ¶", now=NOW).letter
    assert "¶" in good_news.headline and good_news.note == ""


def test_the_letter_beside_the_words_names_no_site_that_the_shop_does_not_have(short: Shop) -> None:
    save_shop_profile(short.store, replace(HOLLOW_OAK, site=""), now=NOW)
    usual = next(text for text in wordings.texts(short.store, "en") if text.name == "opening.apology")
    said = wordings.specimen(short.store, "en", usual.name, usual.words, now=NOW).letter.to_json()
    assert HOLLOW_OAK.email in said
    assert "yourshop.example" not in said


def test_german_words_go_to_who_reads_german(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    order = shop.order("1042", ("LAMP", 2))
    with shop.store.begin("edit", "", now=NOW) as transaction:
        transaction.customer(transaction.order(order).customer_id).language = "de"
    wordings.save_words(shop.store, "de", "opening.thanks_one", "Danke, dass Sie bei uns bestellt haben.", now=NOW)
    assert "Danke, dass Sie bei uns bestellt haben." in letter_text(shop)
