"""Undo takes back one step and nothing that was built on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from orderdesk.domain.errors import NothingToDoError, RefusedError
from orderdesk.domain.goodwill import parse_offer
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.orders import ShipPolicy
from orderdesk.services import history, products
from orderdesk.services.answers import send_substitute
from orderdesk.services.apologies import apologize, orders_to_tell, revise_apology
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.coupons import redeem_coupon
from orderdesk.services.customer_data import erase_customer
from orderdesk.services.customers import add_customer, find_customer, merge_customers
from orderdesk.services.drafts import CustomerDraft, LineDraft, SubstituteDraft
from orderdesk.services.imports import import_files
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_line, cancel_order, hold_order, set_ship_policy, ship_order
from orderdesk.services.returns import return_units
from orderdesk.services.tasks import do_to_each
from orderdesk.services.telling import mark_order_told, mark_told
from orderdesk.storage.queries import events
from orderdesk.storage.queries.notices import notice
from orderdesk.storage.store import Store
from tests.builders import Shop


def last_step(shop: Shop) -> int:
    with shop.store.read() as view:
        return int(view.value("SELECT max(id) FROM event"))


def refusal(shop: Shop, event_id: int) -> str:
    """What an undo of the step is refused with."""
    with pytest.raises(RefusedError) as refused:
        history.undo(shop.store, event_id=event_id, now=shop.tick())
    assert check(shop.store) == []
    return f"{refused.value} {refused.value.remedy}"


def edited(shop: Shop, of: str, **facts: str) -> int:
    """The product with other facts."""
    draft = products.draft_of_product(shop.store, shop.products[of])
    for name, value in facts.items():
        setattr(draft, name, value)
    return products.edit_product(shop.store, shop.products[of], draft, now=shop.tick()).event_id


def order_edited(shop: Shop, number: str, **units: int) -> int:
    """The order with other quantities of its lines, 0 for one that is taken off; a product that is not on it comes last."""
    draft = draft_of_order(shop.store, shop.orders[number])
    for sku, quantity in units.items():
        lines = [line for line in draft.lines if line.sku == sku]
        draft.lines += [] if lines else [LineDraft(product_id=shop.products[sku], sku=sku)]
        for line in lines or draft.lines[-1:]:
            line.quantity = str(quantity)
    draft.lines = [line for line in draft.lines if line.quantity != "0"]
    return edit_order(shop.store, shop.orders[number], draft, now=shop.tick()).event_id


def shelf(shop: Shop, sku: str) -> tuple[object, ...]:
    """(on hand, counted or not, on order)."""
    with shop.store.read() as view:
        found = view.one("SELECT on_hand, stock_known, on_order FROM product WHERE sku = ?", (sku,))
    assert found and check(shop.store) == []
    return found


def test_an_earlier_edit_is_undone_beside_a_later_one_but_not_over_it(shop: Shop) -> None:
    shop.stock("A", 1, price="10.00")
    first, title = edited(shop, "A", price="12.00"), edited(shop, "A", title="Better lamp")
    history.undo(shop.store, event_id=first, now=shop.tick())
    draft = products.draft_of_product(shop.store, shop.products["A"])
    assert (draft.price, draft.title) == ("10.00", "Better lamp")
    edited(shop, "A", title="Best lamp")
    assert refusal(shop, title) == "This step can't be undone: a later one has built on it. First undo: Edited Best lamp"
    history.undo(shop.store, now=shop.tick())
    history.undo(shop.store, event_id=title, now=shop.tick())
    assert products.draft_of_product(shop.store, shop.products["A"]).title == "Product A"


def test_a_customer_who_has_ordered_since_stays_and_the_orders_are_named(shop: Shop) -> None:
    shop.stock("A", 1)
    who = CustomerDraft(name="Dana Whitfield", postal_code="98225", country="US", email="dana@alder.example")
    customer = add_customer(shop.store, who, now=shop.tick())
    added = last_step(shop)
    for number in ("1001", "1002"):
        shop.order(number, ("A", 1))
    said = "This step can't be undone: Dana Whitfield has ordered since (1001, 1002). First undo: Added order 1002"
    assert refusal(shop, added) == said
    with shop.store.read() as view:
        assert view.all("SELECT DISTINCT customer_id FROM orders") == [(customer,)]
        assert view.value("SELECT count(*) FROM customer_key WHERE customer_id = ?", (customer,)) == 2
    for _ in range(3):
        history.undo(shop.store, now=shop.tick())
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM customer") == view.value("SELECT count(*) FROM customer_key") == 0


def test_a_customer_who_came_with_an_order_stays_known_for_the_sake_of_a_later_one(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.order("1001", ("A", 1))
    first = last_step(shop)
    shop.order("1002", ("A", 1))
    history.undo(shop.store, event_id=first, now=shop.tick())
    shop.order("1003", ("A", 1))
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM customer") == 1
    assert check(shop.store) == []


def test_an_earlier_count_does_not_come_back_over_a_later_one(shop: Shop) -> None:
    shop.stock("A", 3)
    first = shop.count("A", 5).event_id
    shop.count("A", 7)
    said = "This step can't be undone: a later one has built on it. First undo: Counted 7 of Product A (A)"
    assert (refusal(shop, first), shelf(shop, "A")) == (said, (7, 1, 0))
    history.undo(shop.store, now=shop.tick())
    history.undo(shop.store, event_id=first, now=shop.tick())
    assert shelf(shop, "A") == (3, 1, 0)


def test_units_do_not_go_back_to_what_is_a_kit_by_now(shop: Shop) -> None:
    shop.stock("A", 2)
    shop.stock("PART", 5)
    shop.order("1001", ("A", 2))
    shipped = ship_order(shop.store, shop.orders["1001"], now=shop.tick()).event_id
    edited(shop, "A", parts="PART")
    said = "This step can't be undone: a later one has built on it. First undo: Edited Product A"
    assert refusal(shop, shipped) == said
    history.undo(shop.store, now=shop.tick())
    history.undo(shop.store, event_id=shipped, now=shop.tick())
    assert shelf(shop, "A")[0] == 2


def test_an_earlier_delivery_goes_back_and_what_came_or_left_later_stays(shop: Shop) -> None:
    shop.stock("A", 3, on_order="9")
    shop.order("1001", ("A", 2))
    first = shop.receive("A", 4).event_id
    shop.receive("A", 1)
    ship_order(shop.store, shop.orders["1001"], now=shop.tick())
    assert shelf(shop, "A") == (6, 1, 4)
    history.undo(shop.store, event_id=first, now=shop.tick())
    assert shelf(shop, "A") == (2, 1, 8)
    history.redo(shop.store, now=shop.tick())
    assert shelf(shop, "A") == (6, 1, 4)


def test_what_is_on_order_is_not_taken_back_under_what_the_seller_has_said_since(shop: Shop) -> None:
    shop.stock("A", 3, on_order="9")
    first = shop.receive("A", 4).event_id
    edited(shop, "A", on_order="2")
    assert refusal(shop, first).endswith("First undo: Edited Product A")


def test_stock_that_a_delivery_made_known_stays_known_while_a_later_one_stands(shop: Shop) -> None:
    shop.stock("A", None)
    first = shop.receive("A", 4).event_id
    shop.receive("A", 1)
    assert refusal(shop, first).endswith("First undo: Received 1 of Product A (A)")
    assert shelf(shop, "A") == (5, 1, 0)


def test_two_parcels_go_back_one_without_the_other(shop: Shop) -> None:
    shop.stock("A", 5)
    order = shop.order("1001", ("A", 5))
    line = shop.line("1001", "A")
    first = ship_order(shop.store, order, {line: 1}, now=shop.tick()).event_id
    ship_order(shop.store, order, {line: 3}, now=shop.tick())
    history.undo(shop.store, event_id=first, now=shop.tick())
    with shop.store.read() as view:
        assert view.all("SELECT shipped, allocated FROM order_line") == [(3, 2)]
        assert view.all("SELECT quantity FROM shipment_line") == [(3,)]
    assert shelf(shop, "A")[0] == 2


def test_a_quantity_goes_back_unless_more_has_left_since(shop: Shop) -> None:
    shop.stock("A", 9)
    order = shop.order("1001", ("A", 2))
    more = order_edited(shop, "1001", A=5)
    ship_order(shop.store, order, {shop.line("1001", "A"): 3}, now=shop.tick())
    assert refusal(shop, more).endswith("First undo: Shipped 3 units of order 1001")
    history.undo(shop.store, now=shop.tick())
    ship_order(shop.store, order, {shop.line("1001", "A"): 1}, now=shop.tick())
    history.undo(shop.store, event_id=more, now=shop.tick())
    assert shop.quantities("1001", "A") == (1, 0)
    assert check(shop.store) == []


def test_units_of_a_line_are_one_sum(shop: Shop) -> None:
    shop.stock("A", 3)
    order = shop.order("1001", ("A", 5))
    shipped = ship_order(shop.store, order, now=shop.tick()).event_id
    cancel_order(shop.store, order, now=shop.tick())
    assert refusal(shop, shipped).endswith("First undo: Canceled order 1001")


def test_a_place_that_was_taken_since_is_named(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.stock("B", 1)
    shop.order("1001", ("A", 1), ("B", 1))
    taken_off = order_edited(shop, "1001", B=0)
    order_edited(shop, "1001", B=2)
    assert refusal(shop, taken_off).endswith("First undo: Edited order 1001")
    renamed = edited(shop, "A", sku="Z")
    shop.stock("A", 2)
    assert refusal(shop, renamed).endswith("First undo: Added Product A")


def test_a_product_that_is_on_offer_by_now_is_not_taken_away(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 0)
    added = last_step(shop)
    head = "listing_id,channel,sku,format,quantity,bids,price,currency,ends_at"
    (tmp_path / "listings.csv").write_text(f"{head}\n1,ebay,A,fixed_price,3,0,10.00,USD,\n", "utf-8")
    import_files(shop.store, [tmp_path / "listings.csv"], now=shop.tick())
    assert refusal(shop, added).endswith("First undo: Imported listings.csv")


def test_a_kit_whose_parts_were_taken_off_stays_so_while_it_has_stock_of_its_own(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.stock("KIT", None, parts="2 x A")
    taken_off = edited(shop, "KIT", parts="")
    shop.receive("KIT", 1)
    assert refusal(shop, taken_off).endswith("First undo: Received 1 of Product KIT (KIT)")
    history.undo(shop.store, now=shop.tick())
    history.undo(shop.store, event_id=taken_off, now=shop.tick())
    assert products.draft_of_product(shop.store, shop.products["KIT"]).parts == "2 x A"


def test_the_end_of_a_wait_goes_back_though_the_order_waits_anew(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    came = shop.receive("A", 2).event_id
    shop.stock("B", 1)
    order_edited(shop, "1001", B=3)
    history.undo(shop.store, event_id=came, now=shop.tick())
    assert shop.quantities("1001", "A") == (0, 2)
    assert check(shop.store) == []


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


def test_the_last_line_of_an_order_stays_until_the_others_are_back(shop: Shop) -> None:
    shop.stock("A", 5)
    shop.stock("B", 5)
    shop.order("1", ("A", 1))
    added = order_edited(shop, "1", B=2)
    taken_off = order_edited(shop, "1", A=0)
    with pytest.raises(RefusedError) as refused:
        history.undo(shop.store, event_id=added, now=shop.tick())
    assert refused.value.remedy.startswith("First undo: Edited order 1")
    history.undo(shop.store, event_id=taken_off, now=shop.tick())
    history.undo(shop.store, event_id=added, now=shop.tick())
    assert [line.sku for line in draft_of_order(shop.store, shop.orders["1"]).lines] == ["A"]
    assert check(shop.store) == []


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
    erase_customer(shop.store, customer, although_owed=True, now=shop.tick())
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


def test_a_letter_that_was_told_stays_as_it_was_told_and_goes_with_its_order(shop: Shop) -> None:
    """Also where its offer was another before; what it was about can still be taken back."""
    shop.stock("A", 0)
    order = shop.order("1", ("A", 1))
    (made,) = apologize(shop.store, [order], now=shop.tick()).apologies
    revise_apology(shop.store, made.notice_id, wishes=Wishes(offer=parse_offer("percent:5", "USD")), now=shop.tick())
    mark_told(shop.store, made.notice_id, ToldBy.PHONE, now=shop.tick())

    def held() -> object:
        with shop.store.read() as view:
            sql = "SELECT n.letter, n.told_at, n.told_by, c.kind, c.rate FROM notice n JOIN coupon c ON c.notice_id = n.id"
            return view.all(sql), view.all("SELECT * FROM notice_line")

    told = held()
    history.take_back_letters(shop.store, [made.notice_id], now=shop.tick())
    assert (held(), voided(shop, [made.notice_id])) == (told, [True])
    history.undo(shop.store, now=shop.tick())
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM orders") == 0
    assert check(shop.store) == []
    history.redo(shop.store, now=shop.tick())
    assert held() == told
    assert check(shop.store) == []


def test_steps_are_taken_back_in_one_with_one_among_them_that_did_nothing(shop: Shop) -> None:
    shop.stock("A", 0)
    orders = [shop.order(number, ("A", 1), customer="Dana") for number in ("1", "2")]
    apologize(shop.store, orders, now=shop.tick())  # one letter for both
    told = [mark_order_told(shop.store, orders[0], ToldBy.PHONE, now=shop.tick()).event_id]
    told.append(shop.count("A", 0).event_id)  # changes nothing
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
    redeem_coupon(shop.store, made[0].coupon_code or "", "2", now=shop.tick())
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
    assert history.undoable(shop.store) == "Shipped 1 unit of order 1 and 2 more"
    for _ in range(2):
        assert history.undo(shop.store, now=shop.tick()).summary == "Undid: Shipped 1 unit of order 1 and 2 more"
        assert [shop.status(number) for number in numbers] == ["ready"] * 3
        assert history.redo(shop.store, now=shop.tick()).summary == "Redid: Shipped 1 unit of order 1 and 2 more"
        assert [shop.status(number) for number in numbers] == ["shipped"] * 3
    with shop.store.read() as view:
        (last, *_) = events.last_steps(view)
    history.undo(shop.store, event_id=last.event_id, now=shop.tick())  # one of them alone
    assert [shop.status(number) for number in numbers] == ["shipped", "shipped", "ready"]
    assert history.undo(shop.store, now=shop.tick()).summary == "Undid: Shipped 1 unit of order 1 and 1 more"
    assert check(shop.store) == []


def canceled_on_hold(shop: Shop) -> int:
    hold_order(shop.store, shop.orders["1001"], now=shop.tick())
    return cancel_order(shop.store, shop.orders["1001"], now=shop.tick()).event_id


def sent_but_for_one_that_is_not_asked_for(shop: Shop) -> int:
    ship_order(shop.store, shop.orders["1001"], {shop.line("1001", "A"): 1}, now=shop.tick())
    return order_edited(shop, "1001", A=1)


def given_to_another(shop: Shop) -> int:
    draft = draft_of_order(shop.store, shop.orders["1001"])
    draft.customer_id = find_customer(shop.store, "Erin Vale")
    return edit_order(shop.store, shop.orders["1001"], draft, now=shop.tick()).event_id


@pytest.mark.parametrize(
    "closed",
    [
        lambda shop: cancel_order(shop.store, shop.orders["1001"], now=shop.tick()).event_id,
        lambda shop: cancel_line(shop.store, shop.line("1001", "A"), 2, now=shop.tick()).event_id,
        lambda shop: ship_order(shop.store, shop.orders["1001"], now=shop.tick()).event_id,
        canceled_on_hold,
        sent_but_for_one_that_is_not_asked_for,
        given_to_another,
    ],
)
def test_nothing_is_left_to_be_shipped_to_a_customer_who_was_erased_since(shop: Shop, closed: Callable[[Shop], int]) -> None:
    shop.stock("A", 5)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 1), customer="Erin Vale")
    other = ship_order(shop.store, shop.orders["1002"], now=shop.tick()).event_id
    dana = find_customer(shop.store, "Dana Whitfield")
    step = closed(shop)
    erase_customer(shop.store, dana, although_owed=True, now=shop.tick())
    said = "Order 1001 would be open, and who its customer was is erased."
    assert refusal(shop, step) == f"{said} If they are a customer again, add them anew, and an order for them."
    history.undo(shop.store, event_id=other, now=shop.tick())
    assert shop.status("1002") == "ready"


def test_nor_to_a_record_that_was_erased_with_the_one_that_it_was_merged_into(shop: Shop) -> None:
    shop.stock("A", 5)
    shop.order("1001", ("A", 2))
    kept = add_customer(shop.store, CustomerDraft(name="D. Whitfield"), now=shop.tick())
    merge = merge_customers(shop.store, kept, find_customer(shop.store, "Dana Whitfield"), now=shop.tick())
    canceled = cancel_order(shop.store, shop.orders["1001"], now=shop.tick())
    erase_customer(shop.store, kept, although_owed=True, now=shop.tick())
    history.undo(shop.store, event_id=merge.event_id, now=shop.tick())
    assert "Order 1001 would be open" in refusal(shop, canceled.event_id)


def test_what_was_done_after_a_customer_was_erased_or_opens_nothing_of_theirs_is_undone(shop: Shop) -> None:
    shop.stock("A", 5)
    order = shop.order("1001", ("A", 1))
    earlier = set_ship_policy(shop.store, order, ShipPolicy.COMPLETE, now=shop.tick())
    ship_order(shop.store, order, now=shop.tick())
    erase_customer(shop.store, find_customer(shop.store, "Dana Whitfield"), now=shop.tick())
    later = return_units(shop.store, shop.line("1001", "A"), 1, resalable=True, now=shop.tick())
    for step in (later, earlier):
        history.undo(shop.store, event_id=step.event_id, now=shop.tick())
    assert shop.status("1001") == "shipped"
    assert check(shop.store) == []


def voided(shop: Shop, notice_ids: list[int]) -> list[bool]:
    with shop.store.read() as view:
        rows = [notice(view, notice_id) for notice_id in notice_ids]
    return [row is not None and row.voided_at is not None for row in rows]
