"""Undo takes back one step and nothing that was built on it."""

from __future__ import annotations

from datetime import date

import pytest

from orderdesk.domain.errors import NothingToDoError, RefusedError
from orderdesk.domain.notices import ToldBy
from orderdesk.services import history, products
from orderdesk.services.answers import send_substitute
from orderdesk.services.apologies import apologize, orders_to_tell, revise_apology
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.coupons import redeem_coupon
from orderdesk.services.customer_data import erase_customer
from orderdesk.services.drafts import SubstituteDraft
from orderdesk.services.orders import cancel_order, ship_order
from orderdesk.services.tasks import do_to_each
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.queries import events
from orderdesk.storage.queries.notices import notice
from orderdesk.storage.store import Store
from tests.builders import Shop


def test_an_earlier_edit_is_not_undone_over_a_later_one(shop: Shop) -> None:
    product = shop.stock("A", 1)
    for name, value in (("price", "12.00"), ("title", "Better lamp")):
        draft = products.draft_of_product(shop.store, product)
        setattr(draft, name, value)
        products.edit_product(shop.store, product, draft, now=shop.tick())
    with shop.store.read() as view:
        first = view.value("SELECT min(id) FROM event WHERE kind = 'edit_product'")
    with pytest.raises(RefusedError, match="a later one has built on it"):
        history.undo(shop.store, event_id=first, now=shop.tick())


def test_what_stands_in_the_way_of_an_undo_is_named(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.stock("B", 5)
    shop.order("1", ("A", 1))
    shop.order("2", ("B", 1))
    apology = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0]
    with shop.store.read() as view:
        apologized = view.value("SELECT max(id) FROM event")
    assert apology.coupon_code
    redeem_coupon(shop.store, apology.coupon_code, "2", now=shop.tick())
    with pytest.raises(RefusedError) as refused:
        history.undo(shop.store, event_id=apologized, now=shop.tick())
    assert refused.value.remedy.startswith("First undo: Redeemed coupon")


def test_a_product_that_stands_in_for_another_stays_until_that_is_undone(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 1))
    shop.stock("B", 5)
    with shop.store.read() as view:
        added = view.value("SELECT max(id) FROM event")
    send_substitute(shop.store, shop.line("1", "A"), SubstituteDraft(sku="B"), now=shop.tick())
    with pytest.raises(RefusedError) as refused:
        history.undo(shop.store, event_id=added, now=shop.tick())
    assert refused.value.remedy.startswith("First undo: Dana Whitfield takes 1 of B")


def test_an_order_never_names_a_letter_that_was_taken_back(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 1))
    apologize(shop.store, [shop.orders["1"]], now=shop.tick())
    with shop.store.read() as view:
        apology = view.value("SELECT max(id) FROM event")
    received = shop.receive("A", 1).event_id
    history.undo(shop.store, event_id=apology, now=shop.tick())
    history.undo(shop.store, event_id=received, now=shop.tick())
    assert check(shop.store) == []
    again = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0]
    assert again.first_time
    assert again.letter.exists()


def test_undo_never_jumps_over_a_step_that_stays(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 1))
    shop.order("2", ("A", 1), customer="Robin Ellery")
    shop.receive("A", 1)
    cancel_order(shop.store, shop.orders["2"], now=shop.tick())
    with shop.store.read() as view:
        customer = view.value("SELECT customer_id FROM orders WHERE id = ?", (shop.orders["2"],))
    erase_customer(shop.store, customer, now=shop.tick())
    with pytest.raises(RefusedError, match="can't be undone"):
        history.undo(shop.store, now=shop.tick())
    assert history.undoable(shop.store) is None
    assert shop.quantities("1", "A") == (1, 0)


def test_a_step_that_changed_nothing_is_in_nobodys_way(shop: Shop) -> None:
    shop.stock("A", 2)
    draft = products.draft_of_product(shop.store, shop.products["A"])
    products.edit_product(shop.store, shop.products["A"], draft, now=shop.tick())
    assert history.undo(shop.store, now=shop.tick()).summary.startswith("Undid: Added")


def test_letters_are_taken_back_with_all_that_was_done_to_them_in_one_step_and_redone_in_one(shop: Shop) -> None:
    shop.stock("A", 0)
    for number in ("1", "2"):
        shop.order(number, ("A", 1), customer=f"Dana {number}")
    made = [each.notice_id for each in apologize(shop.store, orders_to_tell(shop.store, now=shop.now), now=shop.tick()).apologies]
    revise_apology(shop.store, made[0], wishes=Wishes(new_date=date(2026, 12, 1)), now=shop.tick())
    mark_told(shop.store, made[1], ToldBy.PHONE, now=shop.tick())
    history.take_back_letters(shop.store, made, now=shop.tick())
    assert voided(shop, made) == [True, True]
    assert check(shop.store) == []
    with pytest.raises(NothingToDoError):
        history.take_back_letters(shop.store, made, now=shop.tick())
    history.redo(shop.store, now=shop.tick())
    assert voided(shop, made) == [False, False]
    assert check(shop.store) == []


def test_steps_are_taken_back_in_one_with_one_among_them_that_did_nothing(shop: Shop) -> None:
    shop.stock("A", 0)
    orders = [shop.order(number, ("A", 1), customer="Dana") for number in ("1", "2")]
    apologize(shop.store, orders, now=shop.tick())  # one letter for both
    told = [mark_order_told(shop.store, orders[0], ToldBy.PHONE, now=shop.tick()).event_id]
    draft = products.draft_of_product(shop.store, shop.products["A"])
    told.append(products.edit_product(shop.store, shop.products["A"], draft, now=shop.tick()).event_id)  # changes nothing
    assert history.undo_steps(shop.store, told, now=shop.tick()).summary.startswith("Undid: Told Dana")
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM orders WHERE told_at IS NOT NULL") == 0
    with pytest.raises(NothingToDoError):
        history.undo_steps(shop.store, told, now=shop.tick())
    assert check(shop.store) == []


def test_where_one_letter_has_to_stay_none_is_taken_back(shop: Shop) -> None:
    shop.stock("A", 0)
    for number in ("1", "2"):
        shop.order(number, ("A", 1), customer=f"Dana {number}")
    made = apologize(shop.store, orders_to_tell(shop.store, now=shop.now), now=shop.tick()).apologies
    redeem_coupon(shop.store, made[0].coupon_code or "", "1", now=shop.tick())
    with pytest.raises(RefusedError):
        history.take_back_letters(shop.store, [each.notice_id for each in made], now=shop.tick())
    assert voided(shop, [each.notice_id for each in made]) == [False, False]


def test_units_that_are_gone_are_named_in_the_refusal_to_take_back_their_arrival(shop: Shop) -> None:
    shop.stock("A", 0)
    received = [shop.receive("A", units).event_id for units in (1, 3)]
    ship_order(shop.store, shop.order("1", ("A", 2)), now=shop.tick())
    with pytest.raises(RefusedError, match="only 2 of its 3 units of Product A are still on hand"):
        history.undo(shop.store, event_id=received[1], now=shop.tick())
    ship_order(shop.store, shop.order("2", ("A", 2)), now=shop.tick())
    with pytest.raises(RefusedError, match="none of what it brought of Product A is still on hand"):
        history.undo(shop.store, event_id=received[0], now=shop.tick())


def test_what_was_done_at_one_go_goes_and_comes_back_at_one_go_after_a_restart_too(shop: Shop) -> None:
    shop.stock("A", 9)
    numbers = ["1", "2", "3"]
    orders = [shop.order(number, ("A", 1)) for number in numbers]
    do_to_each(shop.store, orders, lambda order: ship_order(shop.store, order, now=shop.tick()))
    shop.store.close()
    shop.store = Store.open(shop.store.path)
    assert history.undoable(shop.store) == "Shipped 1 of order 1 and 2 more"
    for _ in range(2):
        assert history.undo(shop.store, now=shop.tick()).summary == "Undid: Shipped 1 of order 1 and 2 more"
        assert [shop.status(number) for number in numbers] == ["ready"] * 3
        assert history.redo(shop.store, now=shop.tick()).summary == "Redid: Shipped 1 of order 1 and 2 more"
        assert [shop.status(number) for number in numbers] == ["shipped"] * 3
    with shop.store.read() as view:
        (last, *_) = events.last_steps(view)
    history.undo(shop.store, event_id=last.event_id, now=shop.tick())  # one of them alone
    assert [shop.status(number) for number in numbers] == ["shipped", "shipped", "ready"]
    assert history.undo(shop.store, now=shop.tick()).summary == "Undid: Shipped 1 of order 1 and 1 more"
    assert check(shop.store) == []


def voided(shop: Shop, notice_ids: list[int]) -> list[bool]:
    with shop.store.read() as view:
        rows = [notice(view, notice_id) for notice_id in notice_ids]
    return [row is not None and row.voided_at is not None for row in rows]
