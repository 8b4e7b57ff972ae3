"""What never arrives, as its product is discontinued and nothing is on the way: no letter has its customer wait for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from orderdesk.documents.letter import Letter
from orderdesk.documents.messages import Channel
from orderdesk.documents.wording import fill, wording
from orderdesk.domain.errors import RefusedError
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.shop import Paper
from orderdesk.domain.tone.check import check_letter
from orderdesk.services import messages, products
from orderdesk.services.answers import agree_to_wait
from orderdesk.services.apologies import Apology, apologize, orders_to_tell
from orderdesk.services.apology_letter import BY_DEFAULT, Wishes
from orderdesk.services.checks import check
from orderdesk.services.deliveries import require_deliverable
from orderdesk.services.endings import cancel_without_answer, note_no_answer
from orderdesk.services.history import undo
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.slips import save_packing_slip
from orderdesk.services.telling import mark_told
from orderdesk.storage.outbox import reserved
from orderdesk.storage.queries.decisions import Choice, options
from orderdesk.storage.queries.orders import OrdersView, order_ids
from orderdesk.storage.queries.refunds import owed_by
from tests.builders import HOLLOW_OAK, Shop
from tests.reading import text_of
from tests.services.test_notices import noon

TOLD = "2026-11-17"
LANGUAGES = {"US": "en", "GB": "en", "DE": "de", "FR": "fr", "ES": "es"}
RULES = {
    "US": {"FTC Mail Order Rule, 16 CFR 435.2(c)(4), as of November 1, 2026"},
    "GB": {"Consumer Rights Act 2015, section 28(6), as of November 1, 2026"},
    "DE": {"BGB §§ 323, 326, as of November 1, 2026"},
    "FR": {"Directive 2011/83/EU, article 18(2), as of November 1, 2026"},
    "ES": {"Directive 2011/83/EU, article 18(2), as of November 1, 2026"},
}


def edit(shop: Shop, sku: str, **facts: object) -> None:
    draft = products.draft_of_product(shop.store, shop.products[sku])
    products.edit_product(shop.store, shop.products[sku], replace(draft, **facts), now=noon(TOLD))  # type: ignore[arg-type]


def sold_in(shop: Shop, country: str, **profile: object) -> None:
    save_shop_profile(shop.store, replace(HOLLOW_OAK, country=country, **profile), now=noon(TOLD))  # type: ignore[arg-type]


def click(shop: Shop, on: str = TOLD, wishes: Wishes = BY_DEFAULT) -> Apology:
    run = apologize(shop.store, [shop.orders["1042"]], now=noon(on), wishes=wishes)
    assert run.refused == ()
    return run.apologies[0]


def letter_of(shop: Shop, made: Apology) -> Letter:
    with shop.store.read() as view:
        return Letter.from_json(reserved(view, made.notice_id).letter)


def tell(shop: Shop, made: Apology, on: str = TOLD) -> None:
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=noon(on))


def unanswered(shop: Shop, on: str) -> list[int]:
    with shop.store.read() as view:
        return list(order_ids(view, OrdersView(filter="unanswered"), today=date.fromisoformat(on)))


@pytest.fixture
def gone(shop: Shop) -> Shop:
    """A lamp that never arrives."""
    shop.stock("LAMP", 0, discontinued=True)
    shop.order("1042", ("LAMP", 1), placed_on="2026-11-03")
    return shop


@pytest.fixture
def some_gone(shop: Shop) -> Shop:
    """A lamp that never arrives, beside a mug that comes on December 9."""
    shop.stock("LAMP", 0, discontinued=True)
    shop.stock("MUG", 0, on_order="1", on_order_expected_on="2026-12-09")
    shop.order("1042", ("LAMP", 1), ("MUG", 1), placed_on="2026-11-03")
    return shop


@pytest.mark.parametrize(("country", "language"), LANGUAGES.items())
def test_nobody_is_asked_to_wait_for_what_never_arrives(gone: Shop, country: str, language: str) -> None:
    sold_in(gone, country, reply_slip=True)
    made = click(gone, wishes=Wishes(language=language))
    words = wording(language)
    letter = letter_of(gone, made)
    message = messages.write_message(gone.store, made.notice_id, Channel.EBAY, now=noon(TOLD)).text
    assert letter.choices[0].title == words["choices"]["substitute_title"]
    assert letter.choices[-1].title == words["choices"]["cancel"]
    assert letter.reply is not None
    assert letter.reply.options == (words["reply"]["substitute"], words["reply"]["cancel"])
    for text in (text_of(made.letter), message):
        for unsaid in (words["choices"]["wait_title"], words["labels"]["no_new_date"], words["labels"]["new_date"]):
            assert unsaid not in text
        assert words["labels"]["on_backorder_never"].lower() in text.lower()
    assert words["opening"]["apology"] not in letter.opening
    assert words["opening"]["apology_never"] in letter.opening
    assert {rule.label for rule in letter.rules} == RULES[country]
    said = made.said[0]
    assert (said.new_date, said.silence, said.answer_by) == (None, "cancellation", date(2026, 11, 24))
    assert said.refund_by is not None
    assert str(said.refund_by.day) in letter.note
    with gone.store.read() as view:
        assert view.value("SELECT update_on FROM notice") is None, "there is nothing to write again of"


def test_a_letter_about_what_never_arrives_is_plain_and_one_page(gone: Shop) -> None:
    made = click(gone)
    letter = letter_of(gone, made)
    assert letter.headline == "One item from your order will not arrive"
    assert check_letter(letter.headline, letter.said(), exempt=[letter.note]) == []
    assert len(pypdfium2.PdfDocument(made.letter)) == 1
    assert "If we do not hear from you by November 24, 2026, we cancel what will not arrive" in letter.note
    assert "send your refund by November 27, 2026" in letter.note
    assert letter.coupon is not None
    assert "wait" not in letter.coupon.meaning


def test_beside_what_comes_one_may_wait_for_that_alone(some_gone: Shop) -> None:
    sold_in(some_gone, "US", reply_slip=True)
    made = click(some_gone)
    letter = letter_of(some_gone, made)
    assert letter.headline == "One of your two items will ship by December 9, 2026"
    assert [row.new_date for row in letter.facts.rows] == ["Will not arrive", "December 9, 2026"]
    assert [choice.text for choice in letter.choices if choice.title == "Wait"] == [
        "What can still come stays on order. Waiting adds no cost."
    ]
    assert letter.reply is not None
    assert letter.reply.options[0] == "I will wait for what can still come."
    assert check_letter(letter.headline, letter.said(), exempt=[letter.note]) == []
    assert "by December 9, 2026, or before your order ships" in letter.note
    assert "by November 24, 2026, we cancel what will not arrive" in letter.note
    assert (made.new_date, made.said[0].silence) == (date(2026, 12, 9), "consent")


@pytest.mark.parametrize(("country", "language"), LANGUAGES.items())
def test_three_kinds_of_lines_have_room_on_one_page(some_gone: Shop, country: str, language: str) -> None:
    sold_in(some_gone, country, paper={"US": Paper.LETTER, "GB": Paper.A4_UK}.get(country, Paper.A4))
    some_gone.stock("JUG", 0)
    some_gone.order("1043", ("LAMP", 1), ("MUG", 1), ("JUG", 1), customer="Ann Hill", placed_on="2026-11-03")
    some_gone.orders["1042"] = some_gone.orders["1043"]
    made = click(some_gone, wishes=Wishes(language=language))
    letter, words = letter_of(some_gone, made), wording(language)
    assert len(pypdfium2.PdfDocument(made.letter)) == 1
    assert [choice.title for choice in letter.choices] == [words["choices"]["wait_title"], words["choices"]["cancel_many"]]
    assert words["labels"]["no_new_date"] in [row.new_date for row in letter.facts.rows]
    with some_gone.store.read() as view:
        update_on = date.fromisoformat(str(view.value("SELECT update_on FROM notice")))
    assert f"{update_on.day}" in letter.opening


def test_what_is_on_the_way_can_be_waited_for_though_no_more_is_bought(gone: Shop) -> None:
    edit(gone, "LAMP", on_order="1", on_order_expected_on="2026-12-09")
    assert "We will ship by December 9, 2026" in text_of(click(gone).letter)


def test_a_date_that_the_seller_gives_can_be_waited_for(gone: Shop) -> None:
    made = click(gone, wishes=Wishes(new_date=date(2026, 12, 9)))
    assert "We will ship by December 9, 2026" in text_of(made.letter)


def test_a_letter_that_lies_ready_follows_its_product(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1042", ("LAMP", 1), placed_on="2026-11-03")
    made = click(shop)
    assert "Not known yet" in text_of(made.letter)
    edit(shop, "LAMP", discontinued=True)
    with pytest.raises(RefusedError, match="does not hold"):
        require_deliverable(shop.store, made.notice_id, now=noon(TOLD))
    again = click(shop)
    assert "will not arrive" in text_of(again.letter)
    assert (again.notice_id, again.coupon_code) == (made.notice_id, made.coupon_code)
    assert "will not arrive" in text_of(click(shop).letter)
    assert "by December 2, 2026" in text_of(click(shop, "2026-11-24").letter), "a day that lies ahead"
    edit(shop, "LAMP", discontinued=False)
    assert "Not known yet" in text_of(click(shop).letter)


def test_what_was_given_a_date_and_never_arrives_is_told_once(some_gone: Shop) -> None:
    sold_in(some_gone, "DE")  # an American shop would have to give the money back by then
    edit(some_gone, "LAMP", discontinued=False, on_order="1", on_order_expected_on="2026-12-04")
    tell(some_gone, click(some_gone))
    edit(some_gone, "LAMP", discontinued=True, on_order="0", on_order_expected_on="")
    late = "2026-12-10"  # the last of its dates has passed
    edit(some_gone, "MUG", on_order_expected_on="2026-12-20")
    assert orders_to_tell(some_gone.store, now=noon(late)) == [some_gone.orders["1042"]]
    again = click(some_gone, late, Wishes(language="en"))
    letter = letter_of(some_gone, again)
    assert again.kind == "renewed"
    assert "those that will not arrive are marked" in letter.opening
    assert "sorry" not in letter.said()
    assert check_letter(letter.headline, letter.said(), again.kind, exempt=[letter.note]) == []
    tell(some_gone, again, late)
    assert orders_to_tell(some_gone.store, now=noon(late)) == []
    assert click(some_gone, late).notice_id == again.notice_id
    edit(some_gone, "MUG", on_order_expected_on="2026-12-28")
    assert orders_to_tell(some_gone.store, now=noon(late)) == [some_gone.orders["1042"]], "the other's date has slipped"


def test_a_date_is_no_longer_held_to_once_it_never_arrives(some_gone: Shop) -> None:
    edit(some_gone, "LAMP", discontinued=False, on_order="1", on_order_expected_on="2026-12-04")
    tell(some_gone, click(some_gone))
    edit(some_gone, "LAMP", discontinued=True, on_order="0", on_order_expected_on="")
    assert orders_to_tell(some_gone.store, now=noon("2026-11-18")) == [some_gone.orders["1042"]]
    again = click(some_gone, "2026-11-18")
    assert again.kind == "renewed"
    assert "will not arrive" in letter_of(some_gone, again).opening
    assert orders_to_tell(some_gone.store, now=noon("2026-11-18")) == [some_gone.orders["1042"]], "until it has gone out"
    tell(some_gone, again, "2026-11-18")
    assert orders_to_tell(some_gone.store, now=noon("2026-11-18")) == []
    assert click(some_gone, "2026-11-18").notice_id == again.notice_id


def test_all_of_it_never_arriving_after_all_is_told_without_another_apology(gone: Shop) -> None:
    sold_in(gone, "DE")
    edit(gone, "LAMP", discontinued=False, on_order="1", on_order_expected_on="2026-12-04")
    tell(gone, click(gone))
    edit(gone, "LAMP", discontinued=True, on_order="0", on_order_expected_on="")
    again = click(gone, "2026-12-05", Wishes(language="en"))
    letter = letter_of(gone, again)
    assert again.kind == "renewed"
    assert "What you were waiting for will not arrive: no more of it will come." in letter.opening
    assert [choice.title for choice in letter.choices] == ["Swap it", "Cancel"]
    assert check_letter(letter.headline, letter.said(), again.kind, exempt=[letter.note]) == []
    tell(gone, again, "2026-12-05")
    assert orders_to_tell(gone.store, now=noon("2026-12-20")) == []


def test_without_an_answer_what_never_arrives_is_canceled_and_the_rest_waits_on(some_gone: Shop) -> None:
    tell(some_gone, click(some_gone))
    agree_to_wait(some_gone.store, some_gone.orders["1042"], now=noon(TOLD))  # for the mug, since the lamp never arrives
    assert unanswered(some_gone, "2026-11-24") == []
    assert unanswered(some_gone, "2026-11-25") == [some_gone.orders["1042"]]
    ended = cancel_without_answer(some_gone.store, some_gone.orders["1042"], now=noon("2026-11-25"))
    assert (some_gone.quantities("1042", "LAMP"), some_gone.quantities("1042", "MUG")) == ((0, 0), (0, 1))
    assert "$10.00" in text_of(ended.letter)
    assert unanswered(some_gone, "2026-11-25") == []
    undo(some_gone.store, now=noon("2026-11-25"))
    undo(some_gone.store, now=noon("2026-11-25"))
    noted = note_no_answer(some_gone.store, some_gone.orders["1042"], now=noon("2026-11-25"))
    assert noted.letter is not None
    assert (some_gone.quantities("1042", "LAMP"), some_gone.quantities("1042", "MUG")) == ((0, 0), (0, 1))
    assert check(some_gone.store) == []


def test_what_is_canceled_late_without_an_answer_is_owed_by_the_day_that_the_letter_gave(some_gone: Shop) -> None:
    tell(some_gone, click(some_gone))
    cancel_without_answer(some_gone.store, some_gone.orders["1042"], now=noon("2026-12-01"))
    with some_gone.store.read() as view:
        promised = view.value("SELECT refund_by FROM notice_line WHERE never_arrives")
        assert owed_by(view, some_gone.orders["1042"]) == date.fromisoformat(promised) < date(2026, 12, 1)


def test_waiting_is_no_way_out_of_what_never_arrives(gone: Shop) -> None:
    def ways() -> list[Choice]:
        with gone.store.read() as view:
            found = options(view, gone.line("1042", "LAMP"), today=date.fromisoformat(TOLD), now=noon(TOLD))
        return [each.choice for each in found]

    assert Choice.WAIT not in ways()
    edit(gone, "LAMP", on_order="1", on_order_expected_on="2026-12-09")
    assert ways()[0] is Choice.WAIT


@pytest.mark.parametrize(
    ("said", "wants_a_date"),
    [
        ("We have run out of the lamp, and no more will come.", False),
        ("The lamp is discontinued.", False),
        ("Your lamp will not arrive.", False),
        ("The lamp will not arrive by then.", True),
        ("We have run out of the lamp.", True),
    ],
)
def test_a_letter_about_what_never_arrives_needs_no_date(said: str, wants_a_date: bool) -> None:
    found = check_letter("Your lamp", f"Dear Dana,\nThank you for your order. {said} We are sorry that it is short.")
    assert ("T20" in {finding.id for finding in found}) is wants_a_date


@pytest.mark.parametrize("country", LANGUAGES)
def test_the_packing_slip_says_that_it_will_not_arrive(gone: Shop, country: str, tmp_path: Path) -> None:
    """Unless it is on the way, or was promised."""
    sold_in(gone, country)
    gone.order("1043", ("LAMP", 3), placed_on="2026-11-04")
    gone.count("LAMP", 2)  # one for each order, and two units short
    with gone.store.begin("edit", "", now=noon(TOLD)) as transaction:
        transaction.customer(1).language = LANGUAGES[country]
    words = wording(LANGUAGES[country])["slip"]
    never, unknown = " ".join(fill(words["never"], count="2").split()), words["follows_undated"]

    def slip() -> str:
        return text_of(save_packing_slip(gone.store, gone.orders["1043"], now=noon(TOLD), folder=tmp_path))

    said = slip()
    assert f"3 1 0 {never}" in said
    assert unknown not in said
    edit(gone, "LAMP", discontinued=False)
    said = slip()
    assert f"3 1 2 {unknown}" in said
    assert never not in said


def test_nobody_agrees_to_wait_for_what_will_not_arrive_unless_it_has_a_day(gone: Shop) -> None:
    with pytest.raises(RefusedError, match="will not arrive"):
        agree_to_wait(gone.store, gone.orders["1042"], now=noon(TOLD))
    tell(gone, click(gone, wishes=Wishes(new_date=date(2026, 12, 10))))
    agree_to_wait(gone.store, gone.orders["1042"], now=noon(TOLD))
