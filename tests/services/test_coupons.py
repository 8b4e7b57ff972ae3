"""Coupons are redeemed and voided by code, exactly once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from orderdesk.domain.coupons import printed
from orderdesk.domain.errors import CouponError, RefusedError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.offer_rules import OfferRule
from orderdesk.services import history, letters, order_entry, orders
from orderdesk.services.apologies import apologize, revise_apology
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.coupons import coupon_ledger_of, find_coupon, redeem_coupon, void_coupon
from orderdesk.services.drafts import LineDraft, OrderDraft
from orderdesk.services.imports import import_files
from orderdesk.services.offer_rules import save_offer_rules
from orderdesk.services.steps import Step
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.coupon_figures import coupon_figures
from orderdesk.storage.queries.order_detail import order_detail
from tests.builders import Shop
from tests.documents.cases import OFFERS
from tests.reading import codes_in


def issued(shop: Shop, offer: Offer | None = None) -> str:
    """A coupon's code, given for an order that can't be filled; order 2000 is there to use it on."""
    shop.stock("LAMP", 0)
    shop.stock("BOOK", 9)
    shop.order("1042", ("LAMP", 3))
    shop.order("2000", ("BOOK", 1))
    shop.order("2001", ("BOOK", 1))
    code = apologize(shop.store, [shop.orders["1042"]], now=shop.tick(), wishes=Wishes(offer=offer)).apologies[0].coupon_code
    assert code is not None
    return code


def test_a_coupon_is_used_once_however_it_is_typed(shop: Shop) -> None:
    code = issued(shop)
    redemption = redeem_coupon(shop.store, printed(code).lower(), "2000", now=shop.tick())
    assert (redemption.coupon.status, redemption.applied) == ("redeemed", Money(300, "USD"))
    with pytest.raises(CouponError, match="used up on order 2000"):
        redeem_coupon(shop.store, code, "2001", now=shop.tick())
    assert check(shop.store) == []


@pytest.mark.parametrize("offer", OFFERS[:4], ids=lambda offer: offer.kind.value)
def test_a_coupon_for_the_next_order_is_refused_on_those_that_it_was_made_for(shop: Shop, offer: Offer) -> None:
    code = issued(shop, offer)
    for number in ("1042", "2000"):
        fill_in(shop, number, shipping="4.00")
    with pytest.raises(CouponError, match="made for order 1042, and is for a later one"):
        redeem_coupon(shop.store, code, "1042", now=shop.tick())
    with pytest.raises(CouponError, match="has no amount to choose"):
        redeem_coupon(shop.store, code, "2000", amount=Money(200, "USD"), now=shop.tick())
    assert [entry.kind for entry in coupon_ledger_of(shop.store, code)] == ["issued"]
    assert redeem_coupon(shop.store, code, "2000", now=shop.tick()).coupon.status == "redeemed"


def test_a_gift_card_is_spent_on_any_order(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")))
    assert redeem_coupon(shop.store, code, "1042", amount=Money(200, "USD"), now=shop.tick()).applied == Money(200, "USD")


def test_a_gift_card_is_spent_in_parts_and_never_overspent(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")))
    assert redeem_coupon(shop.store, code, "2000", amount=Money(1840, "USD"), now=shop.tick()).coupon.balance == Money(660, "USD")
    second = redeem_coupon(shop.store, code, "2001", amount=Money(1000, "USD"), now=shop.tick())
    assert (second.applied, second.coupon.status) == (Money(660, "USD"), "redeemed")
    with pytest.raises(CouponError, match="2000, 2001"):
        redeem_coupon(shop.store, code, "1042", amount=Money(1, "USD"), now=shop.tick())
    assert [entry.amount and entry.amount.minor for entry in coupon_ledger_of(shop.store, code)] == [2500, -1840, -660]


def test_an_order_takes_a_gift_card_once(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")))
    redeem_coupon(shop.store, code, "2000", amount=Money(500, "USD"), now=shop.tick())
    with pytest.raises(CouponError, match="applied to order 2000 before"):
        redeem_coupon(shop.store, code, "2000", amount=Money(500, "USD"), now=shop.tick())
    assert find_coupon(shop.store, code).balance == Money(2000, "USD")


def test_the_last_valid_day_counts_and_the_next_does_not(shop: Shop) -> None:
    code = issued(shop)
    last = find_coupon(shop.store, code).valid_through
    late = shop.now + (last - shop.now.date()) + timedelta(days=1)
    with pytest.raises(CouponError, match="was valid through"):
        redeem_coupon(shop.store, code, "2000", now=late)
    assert redeem_coupon(shop.store, code, "2000", now=late - timedelta(days=1)).coupon.status == "redeemed"


def test_a_voided_coupon_is_worthless_until_the_void_is_undone(shop: Shop) -> None:
    code = issued(shop)
    void_coupon(shop.store, code, "Refunded instead", now=shop.tick())
    with pytest.raises(CouponError, match="voided: Refunded instead"):
        redeem_coupon(shop.store, code, "2000", now=shop.tick())
    history.undo(shop.store, now=shop.tick())
    assert redeem_coupon(shop.store, code, "2000", now=shop.tick()).coupon.status == "redeemed"
    assert check(shop.store) == []


def amounts(shop: Shop, number: str) -> tuple[int | None, int | None]:
    """(discount, total) of an order in cents."""
    with shop.store.read() as view:
        row = view.one("SELECT discount_minor, total_minor FROM orders WHERE id = ?", (shop.orders[number],))
    assert row
    return row[0], row[1]


def fill_in(shop: Shop, number: str, **facts: str) -> Step:
    """Change an order's form."""
    draft = order_entry.draft_of_order(shop.store, shop.orders[number])
    for name, text in facts.items():
        setattr(draft, name, text)
    return order_entry.edit_order(shop.store, shop.orders[number], draft, now=shop.tick())


def forget_price(shop: Shop, number: str) -> None:
    draft = order_entry.draft_of_order(shop.store, shop.orders[number])
    draft.lines[0].unit_price = ""
    order_entry.edit_order(shop.store, shop.orders[number], draft, now=shop.tick())


@pytest.mark.parametrize(
    ("offer", "facts", "applied", "total"),
    [
        (Offer(OfferKind.AMOUNT, amount=Money(700, "USD")), {}, 700, 300),
        (Offer(OfferKind.AMOUNT, amount=Money(700, "USD")), {"discount": "1.50", "tax": "0.80", "shipping": "5.00"}, 700, 730),
        (Offer(OfferKind.AMOUNT, amount=Money(1200, "USD")), {}, 1000, 0),  # no order costs less than nothing
        (Offer(OfferKind.GIFT_CARD, amount=Money(700, "USD")), {}, 700, 300),
        (Offer(OfferKind.PERCENT, rate=15), {"shipping": "5.00", "tax": "0.80"}, 150, 1430),
        (Offer(OfferKind.FREE_SHIPPING), {"shipping": "4.90", "tax": "0.80"}, 490, 1080),
    ],
)
def test_what_a_coupon_is_worth_becomes_the_orders_discount(
    shop: Shop, offer: Offer, facts: dict[str, str], applied: int, total: int
) -> None:
    code = issued(shop, offer)
    fill_in(shop, "2000", **facts)
    before = amounts(shop, "2000")[0] or 0
    redemption = redeem_coupon(shop.store, code, "2000", now=shop.tick())
    assert (redemption.applied, redemption.coupon.status) == (Money(applied, "USD"), "redeemed")
    assert amounts(shop, "2000") == (before + applied, total)
    assert check(shop.store) == []


@pytest.mark.parametrize(("cents", "rate", "applied"), [(1050, 15, 158), (1049, 15, 157), (9, 50, 5)])
def test_a_percentage_is_rounded_half_up(shop: Shop, cents: int, rate: int, applied: int) -> None:
    code = issued(shop, Offer(OfferKind.PERCENT, rate=rate))
    draft = order_entry.draft_of_order(shop.store, shop.orders["2000"])
    draft.lines[0].unit_price = str(Money(cents, "USD").amount)
    order_entry.edit_order(shop.store, shop.orders["2000"], draft, now=shop.tick())
    assert redeem_coupon(shop.store, code, "2000", now=shop.tick()).applied == Money(applied, "USD")


def test_without_an_amount_a_gift_card_pays_the_order_and_keeps_the_rest(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")))
    redemption = redeem_coupon(shop.store, code, "2000", now=shop.tick())
    assert (redemption.applied, redemption.coupon.balance) == (Money(1000, "USD"), Money(1500, "USD"))
    fill_in(shop, "2001", discount="10.00")
    with pytest.raises(CouponError, match="Order 2001 has nothing left to pay"):
        redeem_coupon(shop.store, code, "2001", now=shop.tick())


@pytest.mark.parametrize(
    ("offer", "facts", "reason"),
    [
        (Offer(OfferKind.AMOUNT, amount=Money(750, "USD")), {"discount": "10.00"}, "has nothing left to pay"),
        (Offer(OfferKind.PERCENT, rate=10), {"discount": "10.00"}, "has nothing left to pay"),
        (Offer(OfferKind.FREE_SHIPPING), {"shipping": "0.00"}, "pays no shipping"),
        (Offer(OfferKind.FREE_SHIPPING), {"shipping": "5.00", "discount": "15.00"}, "has nothing left to pay"),
    ],
)
def test_a_coupon_that_would_take_off_nothing_is_kept_for_another_order(
    shop: Shop, offer: Offer, facts: dict[str, str], reason: str
) -> None:
    code = issued(shop, offer)
    fill_in(shop, "2000", **facts)
    with pytest.raises(CouponError, match=f"Order 2000 {reason}"):
        redeem_coupon(shop.store, code, "2000", now=shop.tick())
    fill_in(shop, "2001", shipping="4.00")
    assert redeem_coupon(shop.store, code, "2001", now=shop.tick()).applied
    with pytest.raises(CouponError, match="used up on order 2001"):
        redeem_coupon(shop.store, code, "2000", now=shop.tick())


def test_what_an_amount_has_beyond_the_order_lapses_in_its_ledger(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.AMOUNT, amount=Money(1200, "USD")))
    redeem_coupon(shop.store, code, "2000", now=shop.tick())
    entries = coupon_ledger_of(shop.store, code)
    assert [(entry.kind, entry.amount and entry.amount.minor) for entry in entries] == [
        ("issued", 1200),
        ("redeemed", -1000),
        ("changed", -200),
    ]
    assert check(shop.store) == []


def test_a_percentage_is_kept_for_an_order_whose_prices_are_known(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.PERCENT, rate=10))
    forget_price(shop, "2000")
    with pytest.raises(CouponError, match="takes off 10 %; what order 2000 costs is not known") as refused:
        redeem_coupon(shop.store, code, "2000", now=shop.tick())
    assert refused.value.remedy == "Enter the prices of its lines first."
    assert (find_coupon(shop.store, code).status, amounts(shop, "2000")[0]) == ("issued", None)
    assert redeem_coupon(shop.store, code, "2001", now=shop.tick()).applied == Money(100, "USD")


def test_of_shipping_that_is_not_known_nothing_can_be_taken_off(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.FREE_SHIPPING))
    forget_price(shop, "2000")
    redemption = redeem_coupon(shop.store, code, "2000", now=shop.tick())
    assert (redemption.applied, redemption.coupon.status, amounts(shop, "2000")[0]) == (None, "redeemed", None)


@pytest.mark.parametrize("known_as", ["SKU", "title", "nothing"])
def test_a_gift_becomes_a_line_of_the_order_free_of_charge(shop: Shop, known_as: str) -> None:
    gift = {"SKU": "TOWEL", "title": "Product TOWEL", "nothing": "A surprise"}[known_as]
    shop.stock("TOWEL", 5)
    code = issued(shop, Offer(OfferKind.GIFT, gift=gift))
    redemption = redeem_coupon(shop.store, code, "2000", now=shop.tick())
    assert (redemption.applied, redemption.coupon.status) == (None, "redeemed")
    with shop.store.read() as view:
        lines = order_detail(view, shop.orders["2000"], today=shop.now.date()).lines
        price = view.value("SELECT price_minor FROM product WHERE id = ?", (lines[1].product_id,))
    sku, title = ("", "A surprise") if known_as == "nothing" else ("TOWEL", "Product TOWEL")
    assert (lines[1].sku, lines[1].title, lines[1].ordered, lines[1].unit_price) == (sku, title, 1, Money(0, "USD"))
    # What nobody has counted yet waits to be counted, and has no price that anyone knows.
    assert (lines[1].allocated, lines[1].count_me, price) == ((0, True, None) if known_as == "nothing" else (1, False, 1000))
    assert amounts(shop, "2000") == (None, 1000)
    assert check(shop.store) == []
    with pytest.raises(CouponError, match="used up on order 2000"):
        redeem_coupon(shop.store, code, "2001", now=shop.tick())
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM order_line WHERE order_id = ?", (shop.orders["2001"],)) == 1


def test_an_order_that_came_in_with_the_code_has_the_discount_already(shop: Shop, tmp_path: Path) -> None:
    code = issued(shop)
    file = tmp_path / "orders.csv"
    file.write_text(
        "order_number,channel,currency,coupon_codes,discount,sku,title,quantity,unit_price\n"
        f'3000,shopify,USD,"WELCOME, {printed(code)}",3.00,BOOK,Product BOOK,1,3.00\n',
        encoding="utf-8",
    )
    import_files(shop.store, [file], now=shop.tick())
    with shop.store.read() as view:
        shop.orders["3000"] = lookup.order_id(view, "3000")
    assert redeem_coupon(shop.store, code, "3000", now=shop.tick()).applied == Money(300, "USD")
    assert amounts(shop, "3000") == (300, 0)
    assert import_files(shop.store, [file], now=shop.tick()).files[0].unchanged == 1


def test_the_same_file_again_does_not_take_the_coupons_discount_back(shop: Shop, tmp_path: Path) -> None:
    code = issued(shop)
    file = tmp_path / "orders.csv"
    for discount, total in (("0.00", 1000), ("1.00", 900)):
        file.write_text(
            "order_number,channel,currency,coupon_codes,discount,sku,title,quantity,unit_price\n"
            f"3000,shopify,USD,WELCOME,{discount},BOOK,Product BOOK,1,10.00\n",
            encoding="utf-8",
        )
        import_files(shop.store, [file], now=shop.tick())
        with shop.store.read() as view:
            shop.orders["3000"] = lookup.order_id(view, "3000")
        if discount == "0.00":
            redeem_coupon(shop.store, code, "3000", now=shop.tick())
        assert amounts(shop, "3000")[1] == total - 300
        assert import_files(shop.store, [file], now=shop.tick()).files[0].unchanged == 1


def minimal(shop: Shop, cents: int) -> str:
    save_offer_rules(shop.store, [OfferRule("percent:10", minimum_order_minor=cents)], now=shop.tick())
    return issued(shop)


def test_a_coupon_is_refused_on_an_order_that_is_too_small(shop: Shop) -> None:
    code = minimal(shop, 1001)
    fill_in(shop, "2000", shipping="9.00", tax="9.00")
    with pytest.raises(CouponError, match=r"for orders of 10\.01 USD or more; order 2000 has 10\.00 USD of goods"):
        redeem_coupon(shop.store, code, "2000", now=shop.tick())
    assert (find_coupon(shop.store, code).status, amounts(shop, "2000")[0]) == ("issued", None)
    assert len(coupon_ledger_of(shop.store, code)) == 1
    shop.order("2002", ("BOOK", 2))
    assert redeem_coupon(shop.store, code, "2002", now=shop.tick()).applied == Money(200, "USD")


def test_the_order_may_be_just_large_enough_after_its_other_discounts(shop: Shop) -> None:
    code = minimal(shop, 1000)
    fill_in(shop, "2000", discount="0.01")
    with pytest.raises(CouponError, match=r"9\.99 USD of goods"):
        redeem_coupon(shop.store, code, "2000", now=shop.tick())
    assert redeem_coupon(shop.store, code, "2001", now=shop.tick()).coupon.status == "redeemed"


def test_an_order_whose_prices_are_not_known_cannot_be_said_to_be_large_enough(shop: Shop) -> None:
    code = minimal(shop, 1000)
    forget_price(shop, "2000")
    with pytest.raises(CouponError, match="what order 2000 costs is not known") as refused:
        redeem_coupon(shop.store, code, "2000", now=shop.tick())
    assert refused.value.remedy == "Enter the prices of its lines first."


def test_what_an_order_s_discount_was_before_a_redemption_does_not_come_back_and_its_note_does(shop: Shop) -> None:
    code = issued(shop)
    edits = []
    for facts in ({"discount": "1.00"}, {"note": "Ring twice"}):
        fill_in(shop, "2000", **facts)
        with shop.store.read() as view:
            edits.append(view.value("SELECT max(id) FROM event"))
    redeem_coupon(shop.store, code, "2000", now=shop.tick())
    with pytest.raises(RefusedError) as refused:
        history.undo(shop.store, event_id=edits[0], now=shop.tick())
    assert refused.value.remedy.startswith("First undo: Redeemed coupon")
    history.undo(shop.store, event_id=edits[1], now=shop.tick())
    assert order_entry.draft_of_order(shop.store, shop.orders["2000"]).note == ""
    assert amounts(shop, "2000") == (400, 600)
    assert check(shop.store) == []


def test_printing_again_and_every_other_change_keeps_the_code(shop: Shop) -> None:
    code = issued(shop)
    letters.finish_letters(shop.store)
    again = apologize(shop.store, [shop.orders["1042"]], now=shop.tick()).apologies[0]
    assert again.coupon is not None
    for path in (again.letter, again.coupon):
        path.unlink()
    drawn = letters.files_of(shop.store, again.notice_id)
    assert drawn.coupon is not None
    assert codes_in(drawn.letter) == codes_in(drawn.coupon) == {("QRCode", code), ("Code128", code)}
    with shop.store.read() as view:
        assert view.all("SELECT code FROM coupon") == [(code,)]


@pytest.mark.parametrize("typed", ["K7QF-9M2X-4TBW", "K7QF-9M2X", "K7QF-9M2X-4TUV"])
def test_a_mistyped_code_says_so(shop: Shop, typed: str) -> None:
    with pytest.raises(CouponError):
        find_coupon(shop.store, typed)


def test_changing_the_offer_never_refills_what_was_spent(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")))
    redeem_coupon(shop.store, code, "2000", amount=Money(2000, "USD"), now=shop.tick())
    with pytest.raises(CouponError, match="was used in part"):
        revise_apology(shop.store, 1, wishes=Wishes(offer=Offer(OfferKind.GIFT_CARD, amount=Money(2600, "USD"))), now=shop.tick())
    assert find_coupon(shop.store, code).balance == Money(500, "USD")


def test_a_coupon_is_redeemed_in_the_step_that_edits_its_order(shop: Shop) -> None:
    code = issued(shop)
    draft = order_entry.draft_of_order(shop.store, shop.orders["2000"])
    draft.note, draft.coupon = "Gift wrap", printed(code).lower()
    order_entry.edit_order(shop.store, shop.orders["2000"], draft, now=shop.tick())
    assert order_entry.draft_of_order(shop.store, shop.orders["2000"]).discount == "3.00"
    assert find_coupon(shop.store, code).used_on == ("2000",)
    assert check(shop.store) == []


def test_an_edit_whose_coupon_can_not_be_used_changes_nothing(shop: Shop) -> None:
    code = issued(shop)
    redeem_coupon(shop.store, code, "2001", now=shop.tick())
    draft = order_entry.draft_of_order(shop.store, shop.orders["2000"])
    draft.note, draft.coupon = "Gift wrap", code
    with pytest.raises(CouponError, match="used up on order 2001"):
        order_entry.edit_order(shop.store, shop.orders["2000"], draft, now=shop.tick())
    assert order_entry.draft_of_order(shop.store, shop.orders["2000"]).note == ""


def test_a_coupon_used_on_the_wrong_order_is_given_back(shop: Shop) -> None:
    code = issued(shop)
    redeem_coupon(shop.store, code, "2000", now=shop.tick())
    history.undo(shop.store, now=shop.tick())
    assert find_coupon(shop.store, code).status == "issued"
    assert [entry.kind for entry in coupon_ledger_of(shop.store, code)] == ["issued", "redeemed", "restored"]
    assert amounts(shop, "2000")[0] is None
    for number in ("2000", "2001"):  # on the same one too, where it was the right one after all
        assert redeem_coupon(shop.store, code, number, now=shop.tick()).applied == Money(300, "USD")
        assert find_coupon(shop.store, code).used_on == (number,)
        history.undo(shop.store, now=shop.tick())
    redeem_coupon(shop.store, code, "2001", now=shop.tick())
    with pytest.raises(CouponError, match=r"used up on order 2001\."):
        redeem_coupon(shop.store, code, "2000", now=shop.tick())
    with pytest.raises(CouponError, match=r"used up on order 2001\.") as refused:
        void_coupon(shop.store, code, "Lost", now=shop.tick())
    assert refused.value.remedy == "There is nothing left of it to void."
    assert check(shop.store) == []


def test_what_was_spent_of_a_gift_card_comes_back_and_redo_spends_it_again(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")))
    for number, spent, before, after in (("2000", 1840, 2500, 660), ("2001", 660, 660, 0)):
        redeem_coupon(shop.store, code, number, amount=Money(spent, "USD"), now=shop.tick())
        for turn, balance in ((history.undo, before), (history.redo, after)) * 2:
            turn(shop.store, now=shop.tick())
            assert find_coupon(shop.store, code).balance == Money(balance, "USD")
            assert check(shop.store) == []
    with pytest.raises(CouponError, match="used up on orders 2000, 2001"):
        redeem_coupon(shop.store, code, "1042", amount=Money(1, "USD"), now=shop.tick())


def test_what_redo_takes_again_is_redeemed_on_its_order_in_the_ledger(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")))
    for number, cents in (("2000", 300), ("2001", 500)):
        redeem_coupon(shop.store, code, number, amount=Money(cents, "USD"), now=shop.tick())
    for turn in (history.undo, history.undo, history.redo, history.redo):
        turn(shop.store, now=shop.tick())
    entries = coupon_ledger_of(shop.store, code)
    assert [(entry.kind, entry.amount and entry.amount.minor, entry.order_number) for entry in entries] == [
        ("issued", 2500, None),
        ("redeemed", -300, "2000"),
        ("redeemed", -500, "2001"),
        ("restored", 500, None),
        ("restored", 300, None),
        ("redeemed", -300, "2000"),
        ("redeemed", -500, "2001"),
    ]
    assert check(shop.store) == []


def test_what_has_no_amount_is_redeemed_again_in_its_ledger_too(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.PERCENT, rate=10))
    redeem_coupon(shop.store, code, "2000", now=shop.tick())
    for turn in (history.undo, history.redo):
        turn(shop.store, now=shop.tick())
    redeemed, restored, again = coupon_ledger_of(shop.store, code)[1:]
    assert (restored.kind, again.kind, again.amount, again.order_number) == ("restored", "redeemed", redeemed.amount, "2000")
    assert check(shop.store) == []


def test_an_order_added_with_a_coupon_goes_and_the_coupon_is_good_again(shop: Shop) -> None:
    code = issued(shop)
    draft = order_entry.draft_of_order(shop.store, shop.orders["2000"])
    draft.order_number, draft.coupon = "3000", code
    order_entry.add_order(shop.store, draft, now=shop.tick())
    history.undo(shop.store, now=shop.tick())
    assert find_coupon(shop.store, code).status == "issued"
    history.redo(shop.store, now=shop.tick())
    assert find_coupon(shop.store, code).used_on == ("3000",)
    with shop.store.read() as view:
        (added,) = order_detail(view, lookup.order_id(view, "3000"), today=shop.now.date()).history[-1:]
    assert f"coupon {printed(code)} redeemed" in added.detail
    history.undo(shop.store, now=shop.tick())
    with shop.store.read() as view:
        assert [each.used for each in coupon_figures(view, today=shop.now.date())] == [0]
    assert check(shop.store) == []


def test_an_order_stays_while_a_coupon_is_used_on_it(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.FREE_SHIPPING))
    shop.order("3000", ("BOOK", 1))
    with shop.store.read() as view:
        added = view.value("SELECT max(id) FROM event")
    redeem_coupon(shop.store, code, "3000", now=shop.tick())
    with pytest.raises(RefusedError) as refused:
        history.undo(shop.store, event_id=added, now=shop.tick())
    assert refused.value.remedy.startswith("First undo: Redeemed coupon")
    history.undo(shop.store, now=shop.tick())
    history.undo(shop.store, event_id=added, now=shop.tick())
    assert check(shop.store) == []


def used_on_a_larger_order(shop: Shop, offer: str = "percent:10") -> str:
    """The code of a coupon for orders from 40.00, used on order 3000 of five books for 50.00."""
    save_offer_rules(shop.store, [OfferRule(offer, minimum_order_minor=4000)], now=shop.tick())
    code = issued(shop)
    shop.order("3000", ("BOOK", 5))
    redeem_coupon(shop.store, code, "3000", now=shop.tick())
    return code


def of_books(shop: Shop, quantity: int, **facts: str) -> None:
    """Change how many books order 3000 is of."""
    draft = order_entry.draft_of_order(shop.store, shop.orders["3000"])
    draft.lines[0].quantity = str(quantity)
    for name, text in facts.items():
        setattr(draft, name, text)
    order_entry.edit_order(shop.store, shop.orders["3000"], draft, now=shop.tick())


@pytest.mark.parametrize("offer", ["percent:10", "amount:3"])
def test_an_order_stays_as_large_as_its_coupon_wants_it(shop: Shop, offer: str) -> None:
    code = used_on_a_larger_order(shop, offer)
    of_books(shop, 4)  # the coupon's own discount does not count
    with pytest.raises(
        CouponError, match=rf"{printed(code)} is for orders of 40\.00 USD or more.* 30\.00 USD of goods"
    ) as refused:
        of_books(shop, 3)
    assert "undo" in refused.value.remedy.lower()
    draft = order_entry.draft_of_order(shop.store, shop.orders["3000"])
    with pytest.raises(CouponError, match=r"39\.99 USD of goods"):  # another discount beside the coupon's makes it smaller too
        of_books(shop, 4, discount=str(Decimal(draft.discount) + Decimal("0.01")))
    of_books(shop, 4, note="Ring twice")
    assert find_coupon(shop.store, code).status == "redeemed"


def test_an_order_whose_coupon_was_taken_off_may_be_of_any_size(shop: Shop) -> None:
    code = used_on_a_larger_order(shop)
    history.undo(shop.store, now=shop.tick())
    of_books(shop, 2)
    assert find_coupon(shop.store, code).status == "issued"


def test_an_order_that_was_too_small_before_may_be_edited_all_the_same(shop: Shop, tmp_path: Path) -> None:
    used_on_a_larger_order(shop)
    file = tmp_path / "orders.csv"
    file.write_text(
        "order_number,channel,currency,sku,title,quantity,unit_price\n3000,own,USD,BOOK,Product BOOK,2,10.00\n", encoding="utf-8"
    )
    import_files(shop.store, [file], now=shop.tick())  # so its channel says
    of_books(shop, 2, note="Ring twice")
    assert order_entry.draft_of_order(shop.store, shop.orders["3000"]).note == "Ring twice"


CANCELING = {
    "order": lambda shop: orders.cancel_order(shop.store, shop.orders["2000"], now=shop.tick()),
    "line": lambda shop: orders.cancel_line(shop.store, shop.line("2000", "BOOK"), 1, now=shop.tick()),
}


@pytest.mark.parametrize("canceled", CANCELING)
@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.kind.value)
def test_a_coupon_comes_back_from_an_order_that_is_canceled_and_goes_again_with_its_undo(
    shop: Shop, offer: Offer, canceled: str
) -> None:
    code = issued(shop, offer)
    fill_in(shop, "2000", shipping="4.00")
    before = find_coupon(shop.store, code)
    redeem_coupon(shop.store, code, "2000", now=shop.tick())
    used = find_coupon(shop.store, code)
    if offer.gift is not None:
        with shop.store.read() as view:
            gift = order_detail(view, shop.orders["2000"], today=shop.now.date()).lines[1].id
        orders.cancel_line(shop.store, gift, 1, now=shop.tick())
        assert find_coupon(shop.store, code).status == "redeemed"
    step = CANCELING[canceled](shop)
    assert f"coupon {printed(code)} is given back" in step.summary
    back = find_coupon(shop.store, code)
    assert (back.status, back.balance) == (before.status, before.balance)
    assert coupon_ledger_of(shop.store, code)[-1].kind == "restored"
    assert check(shop.store) == []
    for turn, state in ((history.undo, used), (history.redo, back), (history.undo, used), (history.redo, back)):
        turn(shop.store, now=shop.tick())
        found = find_coupon(shop.store, code)
        assert (found.status, found.balance) == (state.status, state.balance)
        assert check(shop.store) == []
    fill_in(shop, "2001", shipping="4.00")
    assert redeem_coupon(shop.store, code, "2001", now=shop.tick()).coupon.status == used.status


def test_of_a_gift_card_only_what_the_canceled_order_took_comes_back(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.GIFT_CARD, amount=Money(1500, "USD")))
    for number in ("2000", "2001"):
        redeem_coupon(shop.store, code, number, now=shop.tick())
    assert find_coupon(shop.store, code).status == "redeemed"
    orders.cancel_order(shop.store, shop.orders["2001"], now=shop.tick())
    assert (find_coupon(shop.store, code).status, find_coupon(shop.store, code).balance) == ("issued", Money(500, "USD"))
    orders.cancel_order(shop.store, shop.orders["2000"], now=shop.tick())
    assert find_coupon(shop.store, code).balance == Money(1500, "USD")
    assert check(shop.store) == []


def test_a_coupon_stays_used_where_some_of_the_order_was_sent_and_void_where_it_was_voided(shop: Shop) -> None:
    code = issued(shop, Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD")))
    shop.order("3000", ("BOOK", 2))
    for number in ("2000", "3000"):
        redeem_coupon(shop.store, code, number, amount=Money(500, "USD"), now=shop.tick())
    orders.ship_order(shop.store, shop.orders["3000"], {shop.line("3000", "BOOK"): 1}, now=shop.tick())
    orders.cancel_order(shop.store, shop.orders["3000"], now=shop.tick())
    assert find_coupon(shop.store, code).balance == Money(1500, "USD")
    void_coupon(shop.store, code, "Lost", now=shop.tick())
    orders.cancel_order(shop.store, shop.orders["2000"], now=shop.tick())
    assert (find_coupon(shop.store, code).status, find_coupon(shop.store, code).balance) == ("voided", Money(1500, "USD"))
    assert check(shop.store) == []


def test_an_order_whose_coupon_was_given_back_is_not_begun_again(shop: Shop) -> None:
    issued_code = issued(shop)
    redeem_coupon(shop.store, issued_code, "2000", now=shop.tick())
    orders.cancel_order(shop.store, shop.orders["2000"], now=shop.tick())
    draft = order_entry.draft_of_order(shop.store, shop.orders["2000"])
    draft.lines[0].quantity = "3"
    with pytest.raises(RefusedError, match="was canceled, and the coupon used on it given back") as refused:
        order_entry.edit_order(shop.store, shop.orders["2000"], draft, now=shop.tick())
    assert refused.value.remedy
    fill_in(shop, "2000", note="Called")


def only_what_was_canceled(draft: OrderDraft) -> None:
    draft.lines[0].quantity = "1"


def without_the_other_line(draft: OrderDraft) -> None:
    del draft.lines[1:]


@pytest.mark.parametrize(
    ("ordered", "edit"), [([("BOOK", 2)], only_what_was_canceled), ([("BOOK", 1), ("BOOK", 2)], without_the_other_line)]
)
def test_an_order_of_which_an_edit_leaves_nothing_gives_its_coupon_back_once(
    shop: Shop, ordered: list[tuple[str, int]], edit: Callable[[OrderDraft], None]
) -> None:
    code = issued(shop)
    shop.order("3000", *ordered)
    redeem_coupon(shop.store, code, "3000", now=shop.tick())
    with shop.store.read() as view:
        first = order_detail(view, shop.orders["3000"], today=shop.now.date()).lines[0].id
    orders.cancel_line(shop.store, first, 1, now=shop.tick())
    draft = order_entry.draft_of_order(shop.store, shop.orders["3000"])
    edit(draft)
    step = order_entry.edit_order(shop.store, shop.orders["3000"], draft, now=shop.tick())
    assert step.summary.endswith(f"; coupon {printed(code)} is given back")
    assert find_coupon(shop.store, code).status == "issued"
    redeem_coupon(shop.store, code, "2000", now=shop.tick())
    fill_in(shop, "3000", note="Called")
    assert find_coupon(shop.store, code).status == "redeemed"
    assert check(shop.store) == []


def test_an_order_whose_lines_a_file_cancels_gives_its_coupon_back(shop: Shop, tmp_path: Path) -> None:
    code = issued(shop)
    file = tmp_path / "orders.csv"
    for canceled in (0, 1, 2):
        file.write_text(
            "order_number,placed_at,paid_at,currency,customer_name,sku,title,quantity,unit_price,canceled\n"
            f"3000,2026-11-16,2026-11-16,USD,Dana Whitfield,BOOK,Product BOOK,2,10.00,{canceled}\n",
            encoding="utf-8",
        )
        import_files(shop.store, [file], now=shop.tick())
        if not canceled:
            redeem_coupon(shop.store, code, "3000", now=shop.tick())
        assert find_coupon(shop.store, code).status == ("issued" if canceled == 2 else "redeemed")
        assert check(shop.store) == []


def test_an_order_that_its_channel_canceled_gives_its_coupon_back(shop: Shop, tmp_path: Path) -> None:
    code = issued(shop)
    file = tmp_path / "orders.csv"
    for canceled_at, status in (("", "redeemed"), ("2026-11-17 10:00:00 -0800", "issued")):
        file.write_text(
            "Name,Email,Financial Status,Paid at,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,"
            "Cancelled at\n#3000,dana@example.com,paid,2026-11-16 10:00:00 -0800,USD,2026-11-16 10:00:00 -0800,1,Product BOOK,"
            f"10.00,BOOK,{canceled_at}\n",
            encoding="utf-8",
        )
        import_files(shop.store, [file], now=shop.tick())
        if not canceled_at:
            redeem_coupon(shop.store, code, "#3000", now=shop.tick())
        assert find_coupon(shop.store, code).status == status
        assert check(shop.store) == []


def test_an_order_that_has_had_a_coupon_does_not_get_that_of_another_which_is_canceled(shop: Shop) -> None:
    """Both are in one letter: it was for the other one, and the first is given back."""
    shop.stock("LAMP", 0)
    shop.stock("BOOK", 5)
    first = apologize(shop.store, [shop.order("1", ("LAMP", 1))], now=shop.tick()).apologies[0]
    assert first.coupon_code is not None
    shop.order("2", ("BOOK", 1))
    redeem_coupon(shop.store, first.coupon_code, "2", now=shop.tick())
    draft = order_entry.draft_of_order(shop.store, shop.orders["2"])
    draft.lines.append(LineDraft(product_id=shop.products["LAMP"], quantity="2", unit_price="10.00"))
    order_entry.edit_order(shop.store, shop.orders["2"], draft, now=shop.tick())
    both = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0]
    assert both.coupon_code not in (None, first.coupon_code)
    orders.cancel_order(shop.store, shop.orders["2"], now=shop.tick())
    alone = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0]
    assert (alone.order_numbers, alone.coupon_code) == (("1",), None)
    assert (find_coupon(shop.store, first.coupon_code).status, check(shop.store)) == ("issued", [])
