"""One click: a letter and a coupon, once, recorded before anything is drawn."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from typing_extensions import override

from orderdesk.documents.letter import Letter
from orderdesk.domain.errors import AlreadyToldError, CanceledError, RefusedError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.order_numbers import LONGEST_NUMBER
from orderdesk.domain.shop import Paper, ShopProfile
from orderdesk.services import apologies, history, letters, order_entry
from orderdesk.services.apologies import Apology, apologize, orders_to_tell, revise_apology
from orderdesk.services.apology_letter import BY_DEFAULT, Wishes
from orderdesk.services.backups import back_up
from orderdesk.services.checks import check
from orderdesk.services.coupons import redeem_coupon, void_coupon
from orderdesk.services.deliveries import require_deliverable
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.tasks import Progress
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.outbox import reserved
from orderdesk.storage.queries.customers import CustomersView, customer_ids, customer_rows
from orderdesk.storage.queries.notices import notice
from orderdesk.storage.queries.order_detail import order_detail
from orderdesk.storage.queries.today import agenda
from orderdesk.storage.store import Store
from tests.builders import Shop
from tests.reading import codes_in, text_of


@pytest.fixture
def short(shop: Shop) -> Shop:
    """One of two lamps is there, for an order of two; another product is in stock."""
    shop.stock("LAMP", 1, price="64.00")
    shop.stock("BOOK", 9)
    shop.order("1042", ("LAMP", 2), ("BOOK", 1))
    return shop


def edit_product(shop: Shop, sku: str, **facts: object) -> None:
    with shop.store.begin("edit", "", now=shop.tick()) as transaction:
        for name, value in facts.items():
            setattr(transaction.product(shop.products[sku]), name, value)


def click(shop: Shop, number: str = "1042", wishes: Wishes = BY_DEFAULT) -> Apology:
    run = apologize(shop.store, [shop.orders[number]], now=shop.tick(), wishes=wishes)
    assert run.refused == ()
    return run.apologies[0]


def test_one_click_makes_both_files_and_their_record(short: Shop) -> None:
    made = click(short)
    assert made.letter.exists()
    assert made.coupon is not None and made.coupon.exists()
    assert codes_in(made.letter) == codes_in(made.coupon) == {("QRCode", made.coupon_code), ("Code128", made.coupon_code)}
    with short.store.read() as view:
        notice = order_detail(view, short.orders["1042"], today=short.now.date()).notices[0]
    assert notice.coupon is not None
    assert (notice.order_numbers, notice.coupon.code, notice.told_at) == (("1042",), made.coupon_code, None)
    assert check(short.store) == []


def test_a_second_click_shows_the_same_letter_and_coupon(short: Shop) -> None:
    first = click(short)
    content = first.letter.read_bytes()
    second = click(short)
    assert (second.notice_id, second.coupon_code, second.letter.read_bytes()) == (first.notice_id, first.coupon_code, content)
    assert (first.first_time, second.first_time) == (True, False)


def test_the_default_offer_is_a_tenth_of_what_is_late(short: Shop) -> None:
    assert click(short).offer == Offer(OfferKind.AMOUNT, amount=Money(300, "USD"))


def test_no_offer_is_above_the_price_of_what_is_late(short: Shop) -> None:
    wishes = Wishes(offer=Offer(OfferKind.AMOUNT, amount=Money(1001, "USD")))
    run = apologize(short.store, [short.orders["1042"]], now=short.tick(), wishes=wishes)
    assert run.refused[0].reason == "10.01 USD is more than what is late costs. Offer 10.00 USD at most."
    made = click(short)
    with pytest.raises(RefusedError, match="more than what is late costs"):
        revise_apology(short.store, made.notice_id, wishes=wishes, now=short.tick())


@pytest.mark.parametrize("gift", ["GOLD", "Product GOLD"])
def test_no_gift_is_dearer_than_what_is_late(short: Shop, gift: str) -> None:
    short.stock("GOLD", 3, price="10.01", cost="0.01")
    wishes = Wishes(offer=Offer(OfferKind.GIFT, gift=gift))
    run = apologize(short.store, [short.orders["1042"]], now=short.tick(), wishes=wishes)
    assert run.refused[0].reason == f"{gift}, sold for 10.01 USD, is more than what is late costs. Offer 10.00 USD at most."
    made = click(short)
    with pytest.raises(RefusedError, match="more than what is late costs"):
        revise_apology(short.store, made.notice_id, wishes=wishes, now=short.tick())
    edit_product(short, "GOLD", currency="EUR")  # what cannot be compared bounds nothing
    assert revise_apology(short.store, made.notice_id, wishes=wishes, now=short.tick()).offer == wishes.offer


@pytest.mark.parametrize(
    ("offer", "said"),
    [
        (
            Offer(OfferKind.GIFT, gift="MUG"),
            "The offer of MUG, which costs you 6.01 USD, is more than these orders earn (6.00 USD).",
        ),
        (Offer(OfferKind.GIFT, gift="BOOK"), None),
        (Offer(OfferKind.GIFT, gift="Tea towel"), None),
        (Offer(OfferKind.PERCENT, rate=21), "The offer of 21 % is a larger part than these orders earn (6.00 USD of 30.00 USD)."),
        (Offer(OfferKind.PERCENT, rate=20), None),
        (Offer(OfferKind.AMOUNT, amount=Money(601, "USD")), "The offer of 6.01 USD is more than these orders earn (6.00 USD)."),
        (Offer(OfferKind.FREE_SHIPPING), None),
    ],
)
def test_an_offer_of_any_kind_above_what_the_order_earns_is_pointed_out(short: Shop, offer: Offer, said: str | None) -> None:
    edit_product(short, "BOOK", cost_minor=600)
    edit_product(short, "LAMP", cost_minor=900)
    short.stock("MUG", 3, price="10.00", cost="6.01")
    expected = () if said is None else (said,)
    assert click(short, wishes=Wishes(offer=offer)).advice == expected
    usual = revise_apology(short.store, 1, wishes=Wishes(offer=Offer(OfferKind.FREE_SHIPPING)), now=short.tick())
    assert usual.advice == ()
    assert revise_apology(short.store, 1, wishes=Wishes(offer=offer), now=short.tick()).advice == expected


@pytest.mark.parametrize("wishes", [BY_DEFAULT, Wishes(new_date=date(2026, 12, 15))])
def test_a_letter_with_a_dead_coupon_makes_way_for_one_with_a_new_one(short: Shop, wishes: Wishes) -> None:
    made = click(short)
    assert made.coupon_code is not None
    void_coupon(short.store, made.coupon_code, "Made by mistake", now=short.tick())
    with pytest.raises(RefusedError, match="was voided") as refused:
        revise_apology(short.store, made.notice_id, wishes=wishes, now=short.tick())
    assert refused.value.remedy == "Apologize again for a letter with a new one."
    again = click(short, wishes=wishes)
    assert again.first_time and again.coupon_code not in (None, made.coupon_code)
    assert codes_in(again.letter) == {("QRCode", again.coupon_code), ("Code128", again.coupon_code)}
    assert not made.letter.exists()
    assert click(short).notice_id == again.notice_id
    mark_told(short.store, again.notice_id, ToldBy.PRINT, now=short.tick())
    void_coupon(short.store, again.coupon_code or "", "Lost", now=short.tick())
    assert click(short).notice_id == again.notice_id, "what the customer has is shown as it is"
    assert check(short.store) == []


def test_waiting_for_what_no_more_will_come_of_is_advised_against(shop: Shop) -> None:
    shop.stock("LAMP", 0, discontinued=True)
    shop.order("1042", ("LAMP", 1))
    assert click(shop).advice == ("No more will come of Product LAMP: cancel it with its refund, or send a substitute.",)


def test_an_order_is_offered_something_once(short: Shop) -> None:
    known = click(short)
    mark_told(short.store, known.notice_id, ToldBy.PRINT, now=short.tick())
    short.receive("LAMP", 1)
    short.count("LAMP", 1)
    assert click(short).coupon_code == known.coupon_code
    again = click(short, wishes=Wishes(new_date=date(2027, 2, 1)))
    assert (again.coupon_code, again.offer) == (None, None)
    wishes = Wishes(offer=Offer(OfferKind.FREE_SHIPPING))
    short.order("1050", ("LAMP", 1), customer="Ann Hill")
    assert click(short, "1050", wishes).coupon_code


def test_an_offer_above_what_the_order_earns_is_pointed_out(shop: Shop) -> None:
    shop.stock("LAMP", 0, price="10.00", cost="8.00")
    shop.order("1", ("LAMP", 1))
    assert click(shop, "1").advice == ("The offer of 3.00 USD is more than these orders earn (2.00 USD).",)


@pytest.mark.parametrize(
    ("lines", "on_hand", "refund"),
    [
        ((("LAMP", 4),), 0, "$36.00"),  # 40.00 less all of the discount of 10.00, plus 6.00 shipping: all is canceled
        ((("LAMP", 4),), 1, "$22.50"),  # three of four, and their share of the discount; the fourth still comes
        ((("LAMP", 3), ("BOOK", 1)), 0, "$22.50"),
    ],
)
def test_the_refund_named_is_what_canceling_gives_back(
    shop: Shop, lines: tuple[tuple[str, int], ...], on_hand: int, refund: str
) -> None:
    shop.stock("LAMP", on_hand)
    shop.stock("BOOK", 9)
    shop.order("1", *lines, discount="10.00", shipping="6.00")
    assert f"You get {refund} back, plus any tax you paid on it, within seven working days" in text_of(click(shop, "1").letter)


def test_offer_date_and_concern_can_be_changed_and_both_files_follow(short: Shop) -> None:
    first = click(short)
    wishes = Wishes(
        offer=Offer(OfferKind.PERCENT, rate=15), new_date=date(2026, 12, 4), concern="It is for my mother's birthday."
    )
    changed = revise_apology(short.store, first.notice_id, wishes=wishes, now=short.tick())
    assert (changed.coupon_code, changed.offer, changed.new_date) == (first.coupon_code, wishes.offer, wishes.new_date)
    assert "December 4, 2026" in text_of(changed.letter)
    assert changed.coupon is not None
    assert "15%" in text_of(changed.coupon).replace(" %", "%")
    history.undo(short.store, now=short.tick())
    assert "December 4, 2026" not in text_of(changed.letter)
    assert check(short.store) == []


def test_an_offer_for_a_letter_without_a_coupon_is_refused(short: Shop) -> None:
    mark_told(short.store, click(short).notice_id, ToldBy.PRINT, now=short.tick())
    wishes = Wishes(new_date=date(2026, 12, 18), offer=Offer(OfferKind.FREE_SHIPPING))
    run = apologize(short.store, [short.orders["1042"]], now=short.tick(), wishes=wishes)
    assert "brings no coupon" in run.refused[0].reason
    renewed = click(short, wishes=Wishes(new_date=date(2026, 12, 18)))
    assert renewed.coupon is None
    with pytest.raises(RefusedError, match="brings no coupon"):
        revise_apology(short.store, renewed.notice_id, wishes=wishes, now=short.tick())


def test_a_date_given_by_hand_is_taken_back_and_those_of_the_deliveries_hold_again(short: Shop) -> None:
    with short.store.begin("edit", "", now=short.tick()) as transaction:
        lamp = transaction.product(short.products["LAMP"])
        lamp.on_order, lamp.on_order_expected_on = 9, date(2026, 12, 9)
    first = click(short)
    assert first.new_date == date(2026, 12, 9)
    revise_apology(short.store, first.notice_id, wishes=Wishes(new_date=date(2026, 12, 18)), now=short.tick())
    concerned = revise_apology(short.store, first.notice_id, wishes=Wishes(concern="It is a gift."), now=short.tick())
    assert concerned.new_date == date(2026, 12, 18)
    again = revise_apology(short.store, first.notice_id, wishes=Wishes(by_deliveries=True), now=short.tick())
    assert again.new_date == date(2026, 12, 9)
    assert "December 9, 2026" in text_of(again.letter)


@pytest.mark.parametrize(("gift", "named"), [("BOOK", "Bird book"), ("Bird book", "Bird book"), ("Tea towel", "Tea towel")])
def test_a_gift_is_named_by_its_title_though_it_was_given_by_its_sku(short: Shop, gift: str, named: str) -> None:
    with short.store.begin("edit", "", now=short.tick()) as transaction:
        transaction.product(short.products["BOOK"]).title = "Bird book"
    made = click(short, wishes=Wishes(offer=Offer(OfferKind.GIFT, gift=gift)))
    assert f"{named}, free with" in " ".join(text_of(made.letter).split())
    assert made.offer == Offer(OfferKind.GIFT, gift=gift)


def test_once_told_the_letter_stays_as_the_customer_has_it(short: Shop) -> None:
    made = click(short)
    mark_told(short.store, made.notice_id, ToldBy.PRINT, now=short.tick())
    with pytest.raises(AlreadyToldError):
        revise_apology(short.store, made.notice_id, wishes=Wishes(concern="late"), now=short.tick())
    assert click(short).notice_id == made.notice_id
    assert apologies.orders_to_tell(short.store, now=short.now) == []


def test_undo_voids_letter_and_coupon_and_redo_brings_the_same_ones_back(short: Shop) -> None:
    made = click(short)
    content = made.letter.read_bytes()
    history.undo(short.store, now=short.tick())
    assert not made.letter.exists()
    with short.store.read() as view:
        assert view.all("SELECT status FROM coupon") == [("voided",)]
        assert view.value("SELECT notice_id FROM orders") is None
    history.redo(short.store, now=short.tick())
    assert made.letter.read_bytes() == content
    assert click(short).coupon_code == made.coupon_code
    assert check(short.store) == []


def test_after_undo_a_new_click_is_a_new_letter_with_a_new_code(short: Shop) -> None:
    first = click(short)
    history.undo(short.store, now=short.tick())
    second = click(short)
    assert second.coupon_code != first.coupon_code


def test_a_lost_file_is_drawn_again_byte_for_byte(short: Shop) -> None:
    made = click(short)
    content = made.letter.read_bytes()
    made.letter.unlink()
    assert letters.files_of(short.store, made.notice_id).letter.read_bytes() == content


def test_one_letter_covers_all_orders_of_a_customer(short: Shop) -> None:
    short.order("1050", ("LAMP", 1))
    made = click(short)
    assert made.order_numbers == ("1042", "1050")
    assert "1050" in text_of(made.letter)


def test_amazon_buyers_get_a_letter_without_a_coupon(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("113-1", ("LAMP", 1), channel="amazon")
    made = click(shop, "113-1")
    assert (made.coupon, made.coupon_code, made.offer) == (None, None, None)
    assert codes_in(made.letter) == set()


def test_an_offer_for_an_amazon_buyer_is_refused_by_name(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("113-1", ("LAMP", 1), channel="amazon")
    wishes = Wishes(offer=Offer(OfferKind.AMOUNT, amount=Money(300, "USD")))
    run = apologize(shop.store, [shop.orders["113-1"]], now=shop.tick(), wishes=wishes)
    assert run.apologies == ()
    assert "Order 113-1 is from Amazon" in run.refused[0].reason
    made = click(shop, "113-1")
    with pytest.raises(RefusedError, match="Order 113-1 is from Amazon"):
        revise_apology(shop.store, made.notice_id, wishes=wishes, now=shop.tick())
    assert revise_apology(shop.store, made.notice_id, wishes=Wishes(concern="It is a gift."), now=shop.tick()).offer is None


def test_an_order_with_nothing_short_is_refused_by_name(shop: Shop) -> None:
    shop.stock("BOOK", 5)
    shop.order("7", ("BOOK", 1))
    run = apologize(shop.store, [shop.orders["7"]], now=shop.tick())
    assert run.apologies == ()
    assert run.refused[0].reason.startswith("Order 7 has no backordered line.")


@pytest.mark.parametrize(
    ("profile", "lacks"),
    [
        ({}, "its name, the owner's name and a way to answer (address, e-mail or phone)"),
        ({"name": "Hollow Oak", "email": "help@hollowoak.example"}, "the owner's name"),
        ({"name": " ", "owner": "June Halloran", "phone": "1"}, "its name"),
        ({"name": "Hollow Oak", "owner": "June Halloran", "site": "hollowoak.example"}, "a way to answer"),
    ],
)
def test_a_shop_that_has_not_said_who_it_is_writes_no_letter(short: Shop, profile: dict[str, str], lacks: str) -> None:
    save_shop_profile(short.store, ShopProfile(**profile), now=short.tick())
    run = apologize(short.store, [short.orders["1042"]], now=short.tick())
    assert run.apologies == ()
    assert f"lacks {lacks}" in run.refused[0].reason
    assert "Settings" in run.refused[0].reason and "orderdesk shop" in run.refused[0].reason
    with short.store.read() as view:
        assert view.value("SELECT count(*) FROM notice") == view.value("SELECT count(*) FROM coupon") == 0


@pytest.mark.parametrize("way", ["line1", "email", "phone"])
def test_one_way_to_answer_is_enough(short: Shop, way: str) -> None:
    profile = ShopProfile(name="Hollow Oak", owner="June Halloran", **{way: "hollow@oak.example"})
    save_shop_profile(short.store, profile, now=short.tick())
    assert click(short).letter.exists()


def test_a_letter_that_cannot_be_printed_leaves_no_trace(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("8", ("LAMP", 1), customer="Zoë \U000130b8 Hill")
    run = apologize(shop.store, [shop.orders["8"]], now=shop.tick())
    assert "HIEROGLYPH" in run.refused[0].reason
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM notice") == view.value("SELECT count(*) FROM coupon") == 0


def test_canceling_a_run_keeps_what_was_finished(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    for number, name in (("1", "Ann Hill"), ("2", "Bea Wood"), ("3", "Cat Lake")):
        shop.order(number, ("LAMP", 1), customer=name)

    class StopAtTheSecond:
        def step(self, done: int, total: int, text: str = "") -> None:
            if (done, total, text) == (1, 3, "Bea Wood"):
                raise CanceledError

    run = apologize(shop.store, list(shop.orders.values()), now=shop.tick(), progress=StopAtTheSecond())
    assert (len(run.apologies), run.canceled) == (1, True)
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM notice") == 1


def test_a_full_disk_keeps_the_letter_reserved_and_it_is_finished_later(short: Shop, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    run = apologize(short.store, [short.orders["1042"]], now=short.tick(), folder=blocked)
    assert "can't be saved" in run.refused[0].reason
    blocked.unlink()
    assert letters.finish_letters(short.store) == []
    made = click(short)
    assert made.letter.parent == blocked
    with short.store.read() as view:
        assert view.value("SELECT count(*) FROM coupon") == 1


def test_a_batch_has_a_bookmark_for_each_customer(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    for number, name in (("1", "Ann Hill"), ("2", "Bea Wood")):
        shop.order(number, ("LAMP", 1), customer=name)
    run = apologize(shop.store, list(shop.orders.values()), now=shop.tick(), batch=True)
    assert run.batch is not None
    with pikepdf.open(run.batch) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Ann Hill · 1", "Bea Wood · 2"]


def test_letters_stay_made_where_their_batch_cannot_be_saved(short: Shop) -> None:
    made = click(short)
    (short.store.folder / f"letters-{made.notice_id}-to-{made.notice_id}-{_batch_mark(made)}.pdf").mkdir()
    run = apologize(short.store, [short.orders["1042"]], now=short.tick(), batch=True)
    assert (run.batch, run.refused, [each.letter for each in run.apologies]) == (None, (), [made.letter])
    assert "can't be saved" in run.batch_failure


def _batch_mark(made: Apology) -> str:
    return hashlib.sha256(repr([made.notice_id]).encode()).hexdigest()[:6]


def test_a_letter_whose_orders_all_went_to_another_is_void_with_its_coupon(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 1))
    first = click(shop, "1")
    told = mark_told(shop.store, first.notice_id, ToldBy.PRINT, now=shop.tick())
    shop.order("2", ("LAMP", 1))
    second = click(shop, "2")
    assert second.notice_id != first.notice_id
    history.undo(shop.store, event_id=told.event_id, now=shop.tick())
    joined = click(shop, "2")
    assert joined.order_numbers == ("1", "2")
    (left,) = {first.notice_id, second.notice_id} - {joined.notice_id}
    with shop.store.read() as view:
        assert view.one("SELECT voided_at IS NOT NULL FROM notice WHERE id = ?", (left,)) == (1,)
        assert view.one("SELECT status FROM coupon WHERE notice_id = ?", (left,)) == ("voided",)
    assert check(shop.store) == []


def test_an_order_with_a_letter_stays_with_its_customer_and_keeps_the_line_it_speaks_of(short: Shop) -> None:
    click(short)
    other = short.order("2000", ("BOOK", 1), customer="Ann Hill")
    with short.store.read() as view:
        ann = view.value("SELECT customer_id FROM orders WHERE id = ?", (other,))
    draft = order_entry.draft_of_order(short.store, short.orders["1042"])
    draft.customer_id = ann
    with pytest.raises(RefusedError, match="can't go to another customer"):
        order_entry.edit_order(short.store, short.orders["1042"], draft, now=short.tick())
    draft = order_entry.draft_of_order(short.store, short.orders["1042"])
    draft.lines = draft.lines[1:]
    with pytest.raises(RefusedError, match="Product LAMP can't be taken off: a letter speaks of it"):
        order_entry.edit_order(short.store, short.orders["1042"], draft, now=short.tick())


def test_a_customer_who_knows_by_phone_gets_a_letter_about_the_very_order_that_is_asked_for(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 1))
    shop.order("2", ("LAMP", 1))
    mark_order_told(shop.store, shop.orders["2"], ToldBy.PHONE, now=shop.tick())
    assert click(shop, "2").order_numbers == ("1", "2")


def test_an_order_that_waits_anew_is_told_of_by_the_letter_that_still_speaks_of_it(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.stock("B", 0)
    shop.order("1", ("A", 1))
    shop.order("2", ("B", 1))
    first = click(shop, "1")
    shop.receive("B", 1)
    shop.count("B", 0)
    assert click(shop, "1").notice_id == first.notice_id
    mark_told(shop.store, first.notice_id, ToldBy.PRINT, now=shop.tick())
    assert orders_to_tell(shop.store, now=shop.tick()) == []


def test_a_letter_that_was_never_told_of_takes_no_coupon_from_the_next_wait(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 2))
    forgotten = click(shop, "1")
    shop.receive("LAMP", 2)
    shop.count("LAMP", 1)
    made = click(shop, "1")
    assert made.coupon_code not in (None, forgotten.coupon_code)
    with shop.store.read() as view:
        assert view.one("SELECT voided_at IS NOT NULL FROM notice WHERE id = ?", (forgotten.notice_id,)) == (1,)
        assert view.one("SELECT status FROM coupon WHERE code = ?", (forgotten.coupon_code,)) == ("voided",)


def test_an_order_known_by_phone_stays_in_its_letter_until_that_is_told(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 1))
    shop.order("2", ("LAMP", 1))
    mark_order_told(shop.store, shop.orders["2"], ToldBy.PHONE, now=shop.tick())
    made = click(shop, "2")
    shop.order("3", ("LAMP", 1))
    for number in ("1", "2", "3"):
        again = click(shop, number)
        assert (again.notice_id, again.order_numbers) == (made.notice_id, ("1", "2", "3"))


def test_a_letter_whose_coupon_was_used_has_been_seen(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 1))
    shop.stock("BOOK", 5)
    shop.order("2", ("BOOK", 1))
    first = click(shop, "1")
    redeem_coupon(shop.store, str(first.coupon_code), "2", now=shop.tick())
    shop.receive("LAMP", 1)
    shop.count("LAMP", 0)
    again = click(shop, "1")
    with shop.store.read() as view:
        assert view.one("SELECT voided_at FROM notice WHERE id = ?", (first.notice_id,)) == (None,)
    assert again.coupon_code is None


def test_what_was_received_is_promised_to_nobody_again(shop: Shop) -> None:
    shop.stock("LAMP", 0, on_order="5", on_order_expected_on="2026-12-01")
    shop.receive("LAMP", 5)
    shop.order("1", ("LAMP", 6))
    assert click(shop, "1").new_date is None


def test_a_letter_asked_for_in_another_folder_is_the_same_there(short: Shop, tmp_path: Path) -> None:
    first = click(short)
    again = apologize(short.store, [short.orders["1042"]], now=short.tick(), folder=tmp_path / "out").apologies[0]
    assert again.letter.parent == tmp_path / "out"
    assert again.letter.read_bytes() == first.letter.read_bytes()


@pytest.mark.parametrize("out", [None, "out"])
def test_a_copied_shop_leaves_the_letters_of_its_original_alone(short: Shop, tmp_path: Path, out: str | None) -> None:
    folder = tmp_path / out if out else None
    made = apologize(short.store, [short.orders["1042"]], now=short.tick(), folder=folder).apologies[0]
    assert made.coupon is not None
    original = {path: path.read_bytes() for path in (made.letter, made.coupon)}
    copy = Store.open(back_up(short.store, tmp_path / "elsewhere.orderdesk"))
    free = Wishes(offer=Offer(OfferKind.FREE_SHIPPING))
    revised = revise_apology(copy, made.notice_id, wishes=free, now=short.tick())
    assert revised.letter == copy.folder / made.letter.name
    assert revised.letter.read_bytes() != original[made.letter]
    history.take_back_letters(copy, [made.notice_id], now=short.tick())
    assert not revised.letter.exists()
    copy.close()
    assert {path: path.read_bytes() for path in original} == original
    (tmp_path / "other").mkdir()
    same = Store.open(tmp_path / "other" / ".." / short.store.path.name)
    revised_there = revise_apology(same, made.notice_id, wishes=free, now=short.tick()).letter
    same.close()
    assert revised_there.samefile(made.letter)
    assert made.letter.read_bytes() != original[made.letter]


def test_other_wishes_change_the_letter_that_is_there(short: Shop) -> None:
    first = click(short)
    changed = click(short, wishes=Wishes(offer=Offer(OfferKind.FREE_SHIPPING)))
    assert (changed.coupon_code, changed.offer) == (first.coupon_code, Offer(OfferKind.FREE_SHIPPING))


class Delivery(Progress):
    """A lamp comes in just as the letters are about to be made."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    @override
    def step(self, done: int, total: int, what: str = "") -> None:
        self._shop.receive("LAMP", 1)


def test_an_order_that_is_filled_meanwhile_leaves_its_customers_other_orders_a_letter(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    waiting = [shop.order(number, ("LAMP", 1)) for number in ("1042", "1043")]
    run = apologize(shop.store, waiting, now=shop.tick(), progress=Delivery(shop))
    assert [made.order_numbers for made in run.apologies] == [("1043",)]
    assert run.refused == ()


def test_a_customer_whose_only_order_is_filled_meanwhile_gets_no_letter(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    run = apologize(shop.store, [shop.order("1042", ("LAMP", 1))], now=shop.tick(), progress=Delivery(shop))
    assert run.apologies == ()
    assert "Order 1042 has no backordered line" in run.refused[0].reason


def test_a_customer_whose_letters_all_lie_ready_is_shown_so_until_they_know(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    waiting = shop.order("1042", ("LAMP", 1))

    def seen() -> tuple[bool | None, bool]:
        today = shop.now.date()
        with shop.store.read() as view:
            (row,) = customer_rows(view, customer_ids(view, CustomersView(), today=today), today=today)
        return row.told, row.letter_ready

    assert seen() == (False, False)
    (made,) = apologize(shop.store, [waiting], now=shop.tick()).apologies
    assert seen() == (False, True)
    mark_told(shop.store, made.notice_id, ToldBy.PHONE, now=shop.tick())
    assert seen() == (True, False)


@pytest.fixture
def swappable(shop: Shop) -> Shop:
    """The owl lamp in blue is out; the one in green is in plenty."""
    for sku, on_hand in (("BLUE", 0), ("GREEN", 5)):
        shop.stock(sku, on_hand, price="64.00")
        edit_product(shop, sku, title=f"Owl lamp, {sku.lower()}")
    order = shop.order("1", ("BLUE", 2))
    with shop.store.begin("edit", "", now=shop.tick()) as transaction:
        (line,) = transaction.order(order).lines
        line.title, line.unit_price_minor = "Owl lamp, blue", 6400
    return shop


def choices(made: Apology, shop: Shop) -> list[tuple[str, str]]:
    with shop.store.read() as view:
        letter = Letter.from_json(str(view.record("notice", made.notice_id)["letter"]))
    return [(choice.title, choice.text) for choice in letter.choices]


def test_a_substitute_is_offered_by_name(swappable: Shop) -> None:
    made = click(swappable, "1")
    assert [title for title, _ in choices(made, swappable)] == ["Wait", "Swap it", "Cancel"]
    assert choices(made, swappable)[1][1] == "“Owl lamp, green” ships now, at the same price."
    assert check(swappable.store) == []


@pytest.mark.parametrize(
    ("price", "text"),
    [
        ("60.00", "“Owl lamp, green” ships now, for $60.00 each. We refund the difference."),
        ("70.00", "“Owl lamp, green” ships now, at the same price."),
        ("81.00", None),
    ],
)
def test_the_lower_of_both_prices_is_offered_unless_too_much_is_lost(swappable: Shop, price: str, text: str | None) -> None:
    edit_product(swappable, "GREEN", price_minor=Money.of(price, "USD").minor)
    offered = [said for title, said in choices(click(swappable, "1"), swappable) if title == "Swap it"]
    assert offered == ([text] if text else [])


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "Owl mug, green"},
        {"discontinued": True},
        {"currency": "EUR"},
        {"price_minor": None},
        {"title": "Owl lamp \u0b85"},
    ],
)
def test_what_is_not_alike_or_cannot_be_sold_is_not_offered(swappable: Shop, facts: dict[str, object]) -> None:
    edit_product(swappable, "GREEN", **facts)
    assert [title for title, _ in choices(click(swappable, "1"), swappable)] == ["Wait", "Cancel"]


def test_no_more_is_offered_than_others_leave(swappable: Shop) -> None:
    swappable.order("2", ("GREEN", 4), customer="Ann Hill")
    assert [title for title, _ in choices(click(swappable, "1"), swappable)] == ["Wait", "Cancel"]


def test_a_substitute_that_is_gone_is_offered_no_longer(swappable: Shop) -> None:
    made = click(swappable, "1")
    swappable.count("GREEN", 2)
    require_deliverable(swappable.store, made.notice_id, now=swappable.now)
    assert choices(click(swappable, "1"), swappable) == choices(made, swappable)
    swappable.count("GREEN", 1)
    with pytest.raises(RefusedError, match="offers “Owl lamp, green”, of which there is not enough any more"):
        require_deliverable(swappable.store, made.notice_id, now=swappable.now)
    again = click(swappable, "1")
    assert (again.notice_id, again.coupon_code) == (made.notice_id, made.coupon_code)
    assert [title for title, _ in choices(again, swappable)] == ["Wait", "Cancel"]
    require_deliverable(swappable.store, made.notice_id, now=swappable.now)


def test_several_lines_leave_no_room_for_a_substitute(swappable: Shop) -> None:
    swappable.stock("LAMP", 0)
    swappable.order("3", ("LAMP", 1))
    assert [title for title, _ in choices(click(swappable, "1"), swappable)] == ["Wait", "Cancel any or all"]


@pytest.mark.parametrize("letter", ["9", "W"])
def test_the_longest_numbers_of_several_orders_can_be_printed(shop: Shop, letter: str) -> None:
    shop.stock("A", 0)
    numbers = [letter * (LONGEST_NUMBER - 1) + str(place) for place in range(4)]
    run = apologize(shop.store, [shop.order(number, ("A", 1)) for number in numbers], now=shop.tick())
    assert run.refused == ()
    printed = "".join(text_of(run.apologies[0].letter).split())
    assert all(number in printed for number in numbers[:3])


def test_a_letter_in_the_place_of_one_with_a_dead_coupon_keeps_what_the_seller_wished(short: Shop) -> None:
    wished = Wishes(new_date=date(2026, 12, 15), concern="It is for my mother's birthday.", paper=Paper.A4, language="fr")
    made = click(short, wishes=wished)
    void_coupon(short.store, made.coupon_code or "", "Made by mistake", now=short.tick())
    again = click(short)
    assert (again.first_time, again.new_date) == (True, date(2026, 12, 15))
    with short.store.read() as view:
        row, letter = order_detail(view, short.orders["1042"], today=short.now.date()).notices[0], reserved(view, again.notice_id)
    assert (row.wished_date, row.concern, row.language) == (date(2026, 12, 15), wished.concern, "fr")
    assert Letter.from_json(letter.letter).paper is Paper.A4
    void_coupon(short.store, again.coupon_code or "", "Made by mistake", now=short.tick())
    assert click(short, wishes=Wishes(by_deliveries=True, concern="")).new_date is None
    assert check(short.store) == []


def tell(shop: Shop, made: Apology, whose: str, by: ToldBy) -> None:
    if whose == "letter":
        mark_told(shop.store, made.notice_id, by, now=shop.tick())
    else:
        mark_order_told(shop.store, shop.orders["1042"], by, now=shop.tick())


@pytest.mark.parametrize("by", [ToldBy.PRINT, ToldBy.EMAIL, ToldBy.OTHER])
@pytest.mark.parametrize("whose", ["letter", "order"])
def test_nobody_counts_as_told_by_a_letter_with_a_dead_coupon(short: Shop, by: ToldBy, whose: str) -> None:
    made = click(short)
    void_coupon(short.store, made.coupon_code or "", "Made by mistake", now=short.tick())
    with pytest.raises(RefusedError, match="was voided") as refused:
        tell(short, made, whose, by)
    assert refused.value.remedy == "Apologize again for a letter with a new one."
    assert orders_to_tell(short.store, now=short.now) == [short.orders["1042"]]


@pytest.mark.parametrize("whose", ["letter", "order"])
def test_after_a_call_another_letter_follows_in_the_place_of_one_with_a_dead_coupon(short: Shop, whose: str) -> None:
    made = click(short, wishes=Wishes(new_date=date(2026, 12, 15)))
    void_coupon(short.store, made.coupon_code or "", "Made by mistake", now=short.tick())
    tell(short, made, whose, ToldBy.PHONE)
    with short.store.read() as view:
        followed, before = order_detail(view, short.orders["1042"], today=short.now.date()).notices
    assert (followed.told_by, followed.new_date, before.told_at) == ("phone", date(2026, 12, 15), None)
    assert followed.coupon is not None and followed.coupon.code != made.coupon_code
    assert codes_in(followed.letter_path) == {("QRCode", followed.coupon.code), ("Code128", followed.coupon.code)}
    assert not made.letter.exists()
    history.undo(short.store, now=short.tick())
    assert orders_to_tell(short.store, now=short.now) == [short.orders["1042"]]
    assert check(short.store) == []


def test_orders_of_one_number_on_two_channels_are_told_apart_each_with_its_own_days(shop: Shop) -> None:
    shop.stock("LAMP", 0, on_order="1", on_order_expected_on="2026-12-04")
    shop.stock("BOOK", 0)
    own = shop.order("1001", ("LAMP", 1), ship_by="2026-11-20")
    etsy = shop.order("1001", ("BOOK", 1), channel="etsy")
    shop.order("1002", ("BOOK", 1))
    (made,) = apologize(shop.store, [own, etsy, shop.orders["1002"]], now=shop.tick()).apologies
    assert made.order_numbers == ("1001", "1001 (Etsy)", "1002")
    assert [said.new_date for said in made.said] == [date(2026, 12, 4), None, None]
    assert [said.silence for said in made.said] == ["consent", "cancellation", "cancellation"]
    assert made.said[0].answer_by != made.said[1].answer_by
    said = " ".join(text_of(made.letter).split())
    assert "Order 1001:" in said
    assert "1001 (Etsy)" in said
    with shop.store.read() as view:
        row = notice(view, made.notice_id)
        assert row is not None and row.coupon is not None
        assert row.order_numbers == row.coupon.order_numbers == made.order_numbers
        (who,) = agenda(view, today=shop.now.date()).to_tell.first
        assert who.order_numbers == made.order_numbers
        saying = view.all(
            "SELECT DISTINCT o.id, nl.silence FROM notice_line nl JOIN order_line l ON l.id = nl.order_line_id "
            "JOIN orders o ON o.id = l.order_id ORDER BY o.id"
        )
    assert saying == [(own, "consent"), (etsy, "cancellation"), (shop.orders["1002"], "cancellation")]
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    assert orders_to_tell(shop.store, now=shop.now) == []
