"""Purchase orders changed: a draft in all that it asks for, one under way in its day and its quantities."""

from __future__ import annotations

from datetime import date

import pytest

from orderdesk.domain.changes import Changes
from orderdesk.domain.errors import AlreadyThereError, InvalidValueError, NotFoundError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.notices import NoticeKind, ToldBy
from orderdesk.domain.purchases import PurchaseStatus
from orderdesk.services import history, purchases, suppliers
from orderdesk.services.apologies import apologize
from orderdesk.services.drafts import PurchaseDraft, PurchaseLineDraft, SourceDraft, SupplierProductDraft
from orderdesk.services.purchase_edits import draft_of_purchase, edit_purchase
from orderdesk.services.steps import Step
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries.purchases import purchase
from orderdesk.storage.queries.slipped import slipped_orders
from tests.builders import Shop
from tests.services.test_purchases import FIRST, LATER, as_it_is, bought, drafted, expected, on_order


def save(shop: Shop, key: int, draft: PurchaseDraft) -> Step:
    return edit_purchase(shop.store, key, draft, now=shop.tick())


def expect_on(shop: Shop, key: int, day: date | None) -> Step:
    draft = draft_of_purchase(shop.store, key)
    draft.expected_on = day.isoformat() if day else ""
    return save(shop, key, draft)


def order_units(shop: Shop, key: int, **units: int) -> Step:
    """So many units of products on it; 0 takes one off, and one that is not there is added."""
    draft = draft_of_purchase(shop.store, key)
    for sku, quantity in units.items():
        line = next((each for each in draft.lines if each.sku == sku), None)
        if line is None:
            draft.lines.append(line := PurchaseLineDraft(sku=sku))
        line.quantity = str(quantity)
        if not quantity:
            draft.lines.remove(line)
    return save(shop, key, draft)


def lines(shop: Shop, key: int) -> list[tuple[str, int, Money | None]]:
    return [(line.sku, line.quantity, line.cost) for line in as_it_is(shop, key).lines]


def test_a_draft_is_changed_in_all_that_it_asks_for(shop: Shop) -> None:
    for sku, cost in (("A", "4.00"), ("B", "2.00"), ("C", "")):
        shop.stock(sku, 0, cost=cost)
    suppliers.set_offer(shop.store, shop.products["C"], SupplierProductDraft("Acme", cost="1.50"), now=shop.tick())
    key = drafted(shop, "Acme", {shop.products["A"]: 6, shop.products["B"]: 1})
    draft = draft_of_purchase(shop.store, key)
    assert [(line.sku, line.quantity, line.cost) for line in draft.lines] == [("A", "6", "4.00"), ("B", "1", "2.00")]
    draft.lines = [draft.lines[0], PurchaseLineDraft(product_id=shop.products["C"], quantity="3")]
    draft.lines[0].quantity, draft.lines[0].cost, draft.expected_on = "8", "3.50", "2026-12-05"
    step = save(shop, key, draft)
    assert step.summary == "Edited PO-1 to Acme"
    assert lines(shop, key) == [("A", 8, Money.of("3.50", "USD")), ("C", 3, Money.of("1.50", "USD"))]
    assert (as_it_is(shop, key).expected_on, on_order(shop, "A")) == (FIRST, (0, None))
    history.undo(shop.store, now=shop.tick())
    assert lines(shop, key) == [("A", 6, Money.of("4.00", "USD")), ("B", 1, Money.of("2.00", "USD"))]
    assert as_it_is(shop, key).expected_on is None
    history.redo(shop.store, now=shop.tick())
    purchases.send_purchase(shop.store, key, now=shop.tick())
    assert [on_order(shop, sku) for sku in "ABC"] == [(8, FIRST), (0, None), (3, FIRST)]


def test_a_cost_that_is_cleared_is_unknown(shop: Shop) -> None:
    shop.stock("A", 0, cost="4.00")
    key = drafted(shop, "Acme", {shop.products["A"]: 6})
    draft = draft_of_purchase(shop.store, key)
    draft.lines[0].cost = ""
    save(shop, key, draft)
    assert lines(shop, key) == [("A", 6, None)]


def test_what_is_under_way_is_expected_on_another_day_and_so_are_its_customers(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    key = bought(shop, A=2)
    heard: list[Changes] = []
    shop.store.subscribe(heard.append)
    expect_on(shop, key, LATER)
    assert (expected(shop), on_order(shop, "A")) == ({"1001": LATER}, (2, LATER))
    assert shop.products["A"] in heard[-1].products
    history.undo(shop.store, now=shop.tick())
    assert (expected(shop), on_order(shop, "A")) == ({"1001": FIRST}, (2, FIRST))
    expect_on(shop, key, None)
    assert (expected(shop), on_order(shop, "A")) == ({"1001": None}, (2, None))


def test_pages_hear_of_a_day_that_is_not_the_product_s_first(shop: Shop) -> None:
    shop.stock("A", 0)
    bought(shop, A=2)
    second = bought(shop, A=2, expected_on=LATER)
    heard: list[Changes] = []
    shop.store.subscribe(heard.append)
    expect_on(shop, second, date(2026, 12, 24))
    assert on_order(shop, "A") == (4, FIRST)
    assert shop.products["A"] in heard[-1].products


@pytest.mark.parametrize("pegged", [False, True])
def test_a_day_later_than_the_one_told_opens_a_renewed_letter(shop: Shop, pegged: bool) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    if pegged:
        purchases.source_line(shop.store, shop.line("1001", "A"), SourceDraft("Acme", "", FIRST.isoformat()), now=shop.tick())
    else:
        bought(shop, A=2)
    first = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    assert first.said[0].new_date == FIRST
    mark_told(shop.store, first.notice_id, ToldBy.PRINT, now=shop.tick())
    expect_on(shop, 1, date(2026, 12, 1))
    assert slipped(shop) == []
    expect_on(shop, 1, LATER)
    assert slipped(shop) == [shop.orders["1001"]]
    renewed = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    assert (renewed.kind, renewed.said[0].new_date, renewed.coupon_code) == (NoticeKind.RENEWED, LATER, None)


def slipped(shop: Shop) -> list[int]:
    with shop.store.read() as view:
        return slipped_orders(view, today=shop.now.date())


def test_units_under_way_are_more_or_fewer_but_not_below_what_came(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 9))
    key = bought(shop, A=5)
    purchases.receive_purchase(shop.store, key, {as_it_is(shop, key).lines[0].line_id: 2}, now=shop.tick())
    order_units(shop, key, A=9)
    assert (as_it_is(shop, key).to_come, on_order(shop, "A"), expected(shop)) == (7, (7, FIRST), {"1001": FIRST})
    order_units(shop, key, A=4)
    assert (as_it_is(shop, key).to_come, on_order(shop, "A")[0], expected(shop)) == (2, 2, {"1001": None})
    with pytest.raises(RefusedError, match="2 of Product A have come already") as refusal:
        order_units(shop, key, A=1)
    assert refusal.value.remedy == "Ask for 2 or more."
    assert as_it_is(shop, key).to_come == 2
    order_units(shop, key, A=2)
    assert (as_it_is(shop, key).status, on_order(shop, "A")) == (PurchaseStatus.RECEIVED, (0, None))
    history.undo(shop.store, now=shop.tick())
    assert (as_it_is(shop, key).status, on_order(shop, "A")) == (PurchaseStatus.PARTLY_RECEIVED, (2, FIRST))


def test_what_a_file_says_is_on_order_stays_beside_it(shop: Shop) -> None:
    shop.stock("A", 0, on_order="3", on_order_expected_on="2026-12-24")
    key = bought(shop, A=5)
    order_units(shop, key, A=1)
    assert on_order(shop, "A") == (4, FIRST)
    expect_on(shop, key, LATER)
    assert on_order(shop, "A")[0] == 4


def test_a_line_that_does_not_come_is_taken_off_unless_some_of_it_came(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.stock("B", 0)
    key = bought(shop, A=2, B=2)
    purchases.receive_purchase(shop.store, key, {as_it_is(shop, key).lines[0].line_id: 1}, now=shop.tick())
    with pytest.raises(RefusedError, match="1 of Product A has come already") as refusal:
        order_units(shop, key, A=0)
    assert refusal.value.remedy == "Ask for 1 or more."
    order_units(shop, key, B=0)
    assert ([line.sku for line in as_it_is(shop, key).lines], on_order(shop, "B")) == (["A"], (0, None))
    history.undo(shop.store, now=shop.tick())
    assert on_order(shop, "B") == (2, FIRST)


def test_fewer_units_bought_for_a_line_leave_the_rest_backordered(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 3))
    purchases.source_line(shop.store, shop.line("1001", "A"), SourceDraft("Acme", "", "2026-12-05"), now=shop.tick())
    order_units(shop, 1, A=2)
    assert expected(shop) == {"1001": None}
    made = purchases.source_line(shop.store, shop.line("1001", "A"), SourceDraft("Bolt", "", "2026-12-20"), now=shop.tick())
    assert [line.quantity for line in as_it_is(shop, 2).lines] == [1]
    assert (made.number, expected(shop)) == ("PO-2", {"1001": LATER})


def test_what_was_sent_stays_as_its_supplier_was_asked(shop: Shop) -> None:
    shop.stock("A", 0, cost="4.00")
    shop.stock("B", 0)
    key = bought(shop, A=5)
    with pytest.raises(RefusedError, match="PO-1 was sent: no product can be added to it") as refusal:
        order_units(shop, key, B=1)
    assert refusal.value.remedy == "Make another purchase order for it."
    draft = draft_of_purchase(shop.store, key)
    draft.lines[0].cost = "3.00"
    with pytest.raises(RefusedError, match="PO-1 was sent: what Product A costs can't be changed"):
        save(shop, key, draft)
    assert lines(shop, key) == [("A", 5, Money.of("4.00", "USD"))]


def test_what_is_over_is_not_changed(shop: Shop) -> None:
    shop.stock("A", 0)
    received, canceled = bought(shop, A=1), bought(shop, A=1)
    purchases.receive_purchase(shop.store, received, now=shop.tick())
    purchases.cancel_purchase(shop.store, canceled, now=shop.tick())
    with pytest.raises(RefusedError, match="PO-1 is received"):
        expect_on(shop, received, LATER)
    with pytest.raises(RefusedError, match="PO-2 is canceled"):
        expect_on(shop, canceled, LATER)


def test_what_can_t_be_ordered_is_refused_by_name(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.stock("B", 0, cost="4.00")
    suppliers.set_offer(shop.store, shop.products["B"], SupplierProductDraft("Acme", cost="3", currency="EUR"), now=shop.tick())
    shop.stock("SET", None, parts="2 x A")
    key = drafted(shop, "Acme", {shop.products["A"]: 5})
    before = history.undoable(shop.store)
    for quantity in ("", "0", "-1", "1.5", "1000001"):
        draft = draft_of_purchase(shop.store, key)
        draft.lines[0].quantity = quantity
        with pytest.raises(InvalidValueError):
            save(shop, key, draft)
    with pytest.raises(RefusedError, match="needs at least one line") as refusal:
        order_units(shop, key, A=0)
    assert refusal.value.remedy == "Cancel it instead."
    with pytest.raises(NotFoundError, match="NONE"):
        order_units(shop, key, NONE=1)
    with pytest.raises(RefusedError, match="is a kit"):
        order_units(shop, key, SET=1)
    with pytest.raises(RefusedError, match="PO-1 is in USD, and Product B costs EUR") as refusal:
        order_units(shop, key, B=1)
    assert refusal.value.remedy == "Say what it costs in USD, or order it apart."
    draft = draft_of_purchase(shop.store, key)
    draft.lines.append(PurchaseLineDraft(sku="A"))
    with pytest.raises(AlreadyThereError, match="Product A on PO-1"):
        save(shop, key, draft)
    with pytest.raises(InvalidValueError, match="the day it is expected"):
        expect_on(shop, key, date(2026, 11, 1))
    assert history.undoable(shop.store) == before


def test_a_day_that_has_passed_may_stay_while_something_else_changes(shop: Shop) -> None:
    shop.stock("A", 0)
    key = bought(shop, A=5, expected_on=date(2026, 11, 18))
    shop.now = shop.now.replace(day=25)
    order_units(shop, key, A=4)
    with shop.store.read() as view:
        assert purchase(view, key).expected_on == date(2026, 11, 18)
    assert on_order(shop, "A") == (4, None)  # by now nobody knows when


def test_a_draft_that_has_got_a_line_since_is_not_undone_over_it(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.stock("B", 0)
    key = drafted(shop, "Acme", {shop.products["A"]: 5})
    with shop.store.read() as view:
        made = view.value("SELECT max(id) FROM event")
    order_units(shop, key, B=1)
    with pytest.raises(RefusedError, match="a later one has built on it") as refusal:
        history.undo(shop.store, event_id=made, now=shop.tick())
    assert refusal.value.remedy == "First undo: Edited PO-1 to Acme"
    for _ in range(2):
        history.undo(shop.store, now=shop.tick())
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM purchase_order") == 0
