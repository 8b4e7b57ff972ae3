"""Buying from suppliers: drafts of what runs low, what is on order, deliveries, and units bought for one customer's line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orderdesk.domain.changes import Changes
from orderdesk.domain.errors import InvalidValueError, NothingToDoError, RefusedError, TooManyError
from orderdesk.domain.money import Money
from orderdesk.domain.purchases import PurchaseStatus
from orderdesk.services import history, purchases, suppliers
from orderdesk.services.checks import check
from orderdesk.services.drafts import SourceDraft, SupplierProductDraft
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import cancel_line, hold_order, release_order
from orderdesk.services.products import receive_stock
from orderdesk.services.purchase_edits import draft_of_purchase, edit_purchase
from orderdesk.storage.queries.backorders import backordered_lines
from orderdesk.storage.queries.decisions import options
from orderdesk.storage.queries.order_detail import OrderDetail, order_detail
from orderdesk.storage.queries.products import product_rows
from orderdesk.storage.queries.purchases import PurchaseRow, purchase
from orderdesk.storage.queries.reorder import reorder_rows
from orderdesk.storage.queries.today import agenda
from tests.builders import Shop, make_shop

FIRST, LATER = date(2026, 12, 5), date(2026, 12, 20)


def bought(shop: Shop, supplier: str = "Acme", *, expected_on: date | None = FIRST, **quantities: int) -> int:
    """A purchase order that was sent; its id."""
    wanted = {shop.products[sku]: quantity for sku, quantity in quantities.items()}
    key = drafted(shop, supplier, wanted, expected_on)
    purchases.send_purchase(shop.store, key, now=shop.tick())
    return key


def drafted(shop: Shop, supplier: str, wanted: dict[int, int], expected_on: date | None = None) -> int:
    number = purchases.draft_purchase(shop.store, supplier, wanted, expected_on=expected_on, now=shop.tick())
    return purchases.find_purchase(shop.store, number)


def as_it_is(shop: Shop, key: int) -> PurchaseRow:
    with shop.store.read() as view:
        return purchase(view, key)


def on_order(shop: Shop, sku: str) -> tuple[int, date | None]:
    with shop.store.read() as view:
        (row,) = product_rows(view, [shop.products[sku]], today=shop.now.date())
    return row.on_order, row.on_order_expected_on


def expected(shop: Shop) -> dict[str, date | None]:
    with shop.store.read() as view:
        return {row.order_number: row.expected_on for row in backordered_lines(view, today=shop.now.date())}


def test_a_draft_is_not_on_order_until_it_is_sent(shop: Shop) -> None:
    shop.stock("A", 0, cost="4.00")
    key = drafted(shop, "Acme", {shop.products["A"]: 6})
    assert as_it_is(shop, key).status is PurchaseStatus.DRAFT
    assert on_order(shop, "A") == (0, None)
    purchases.send_purchase(shop.store, key, now=shop.tick())
    sent = as_it_is(shop, key)
    assert (sent.status, sent.to_come, sent.total) == (PurchaseStatus.SENT, 6, Money.of("24.00", "USD"))
    assert on_order(shop, "A") == (6, sent.expected_on)
    assert sent.expected_on == date(2026, 12, 1)  # nobody said how long: 14 days
    with pytest.raises(RefusedError, match="PO-1 is sent"):
        purchases.send_purchase(shop.store, key, now=shop.tick())


def test_what_runs_low_is_drafted_once_by_supplier(shop: Shop) -> None:
    shop.stock("A", 1, reorder_point="3", supplier="Acme")
    shop.stock("B", 2, reorder_point="3", supplier="Acme")
    shop.stock("C", 1, reorder_point="2", supplier="Bolt")
    shop.stock("D", 0, reorder_point="2")
    made = purchases.draft_reorders(shop.store, now=shop.tick())
    assert (made.numbers, made.without_supplier) == (("PO-1", "PO-2"), ("D",))
    first = as_it_is(shop, purchases.find_purchase(shop.store, "po-1"))
    assert [(line.sku, line.quantity) for line in first.lines] == [("A", 3), ("B", 2)]
    with pytest.raises(NothingToDoError, match="No supplier is known for D"):
        purchases.draft_reorders(shop.store, now=shop.tick())
    for number in made.numbers:
        purchases.send_purchase(shop.store, purchases.find_purchase(shop.store, number), now=shop.tick())
    with pytest.raises(NothingToDoError, match="No supplier is known for D"):
        purchases.draft_reorders(shop.store, now=shop.tick())


def test_what_stands_on_a_draft_is_not_suggested_again_until_that_is_undone(shop: Shop) -> None:
    shop.stock("A", 1, reorder_point="3", supplier="Acme")
    purchases.draft_reorders(shop.store, now=shop.tick())
    assert to_order(shop) == {}
    with pytest.raises(NothingToDoError, match="stands on a draft already: PO-1") as refusal:
        purchases.draft_reorders(shop.store, {shop.products["A"]: 9}, now=shop.tick())
    assert refusal.value.remedy == "Send it to its supplier."
    history.undo(shop.store, now=shop.tick())
    assert to_order(shop) == {"A": 3}


def test_nothing_runs_low_and_says_so(shop: Shop) -> None:
    shop.stock("A", 9, reorder_point="3", supplier="Acme")
    with pytest.raises(NothingToDoError, match="Nothing runs low"):
        purchases.draft_reorders(shop.store, now=shop.tick())


def test_picked_products_are_drafted_with_their_quantities_by_supplier_in_one_step(shop: Shop) -> None:
    for sku, supplier in (("A", "Acme"), ("B", "Bolt"), ("C", ""), ("E", "Acme"), ("LEFT", "Acme")):
        shop.stock(sku, 0, reorder_point="2", supplier=supplier)
    picked = {shop.products[sku]: units for sku, units in (("A", 7), ("B", 12), ("C", 1), ("E", 2))}
    made = purchases.draft_reorders(shop.store, picked, now=shop.tick())
    assert (made.numbers, made.without_supplier) == (("PO-1", "PO-2"), ("C",))
    lines = [[(line.sku, line.quantity) for line in as_it_is(shop, key).lines] for key in (1, 2)]
    assert lines == [[("A", 7), ("E", 2)], [("B", 12)]]
    assert to_order(shop) == {"C": 3, "LEFT": 3}
    history.undo(shop.store, now=shop.tick())
    assert set(to_order(shop)) == {"A", "B", "C", "E", "LEFT"}


def test_what_its_supplier_asks_is_the_cost_and_another_currency_is_another_draft(shop: Shop) -> None:
    for sku, cost in (("A", "4.00"), ("B", ""), ("C", "5.00")):
        shop.stock(sku, 0, reorder_point="2", supplier="Acme", cost=cost)
    offer = SupplierProductDraft("ACME", cost="3.00", currency="EUR")
    suppliers.set_offer(shop.store, shop.products["A"], offer, now=shop.tick())
    with shop.store.read() as view:
        costs = {row.sku: (row.cost, row.lot) for row in reorder_rows(view, today=shop.now.date())}
    assert costs["A"] == (Money.of("3.00", "EUR"), Money.of("9.00", "EUR"))
    assert (costs["B"], costs["C"][1]) == ((None, None), Money.of("15.00", "USD"))
    purchases.draft_reorders(shop.store, now=shop.tick())
    found = [(as_it_is(shop, key).currency, [line.sku for line in as_it_is(shop, key).lines]) for key in (1, 2)]
    assert found == [("EUR", ["A", "B"]), ("USD", ["C"])]


def to_order(shop: Shop) -> dict[str, int]:
    with shop.store.read() as view:
        return {row.sku: row.quantity for row in reorder_rows(view, today=shop.now.date())}


def test_a_delivery_fills_the_queue_and_its_purchase_order(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 2))
    key = bought(shop, A=5)
    (line,) = as_it_is(shop, key).lines
    purchases.receive_purchase(shop.store, key, {line.line_id: 3}, now=shop.tick())
    assert (shop.quantities("1001", "A"), shop.quantities("1002", "A")) == ((2, 0), (1, 1))
    assert as_it_is(shop, key).status is PurchaseStatus.PARTLY_RECEIVED
    assert on_order(shop, "A") == (2, FIRST)
    with pytest.raises(TooManyError):
        purchases.receive_purchase(shop.store, key, {line.line_id: 3}, now=shop.tick())
    with pytest.raises(NothingToDoError, match="Nothing of PO-1 came"):
        purchases.receive_purchase(shop.store, key, {line.line_id: 0}, now=shop.tick())
    step = purchases.receive_purchase(shop.store, key, now=shop.tick())
    assert [shift.order_number for shift in step.gained] == ["1002"]
    assert as_it_is(shop, key).status is PurchaseStatus.RECEIVED
    assert on_order(shop, "A") == (0, None)
    history.undo(shop.store, now=shop.tick())
    assert as_it_is(shop, key).to_come == 2
    assert on_order(shop, "A") == (2, FIRST)


def test_units_received_without_a_word_fill_the_earliest_purchase_order(shop: Shop) -> None:
    shop.stock("A", 0)
    later = bought(shop, A=2, expected_on=LATER)
    first = bought(shop, A=2)
    step = shop.receive("A", 3)
    assert step.summary == "Received 3 of Product A (A), booked 2 on PO-2, 1 on PO-1"
    assert as_it_is(shop, first).status is PurchaseStatus.RECEIVED
    assert as_it_is(shop, later).to_come == 1
    assert on_order(shop, "A")[0] == 1


def test_units_received_without_a_word_are_by_the_queue_though_others_were_bought_for_a_line(shop: Shop) -> None:
    """Only what comes of the purchase order that they were bought on is firm for its line."""
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 2))
    purchases.source_line(shop.store, shop.line("1002", "A"), SourceDraft("Corner Shop", "", "2026-12-05"), now=shop.tick())
    shelf = bought(shop, A=1, expected_on=LATER)
    assert on_order(shop, "A") == (3, FIRST)
    step = shop.receive("A", 2)
    assert [(shift.order_number, shift.after) for shift in step.gained] == [("1001", 2)]
    assert step.summary == "Received 2 of Product A (A), booked 1 on PO-2; what was bought on PO-1 is still to come"
    assert (as_it_is(shop, 1).to_come, as_it_is(shop, shelf).status) == (2, PurchaseStatus.RECEIVED)
    assert (on_order(shop, "A"), expected(shop)) == ((2, FIRST), {"1002": FIRST})
    purchases.receive_purchase(shop.store, 1, now=shop.tick())
    assert (shop.quantities("1002", "A"), on_order(shop, "A")) == ((2, 0), (0, None))
    history.undo(shop.store, now=shop.tick())
    history.undo(shop.store, now=shop.tick())
    assert (as_it_is(shop, 1).to_come, as_it_is(shop, shelf).to_come, on_order(shop, "A")) == (2, 1, (3, FIRST))


def test_what_is_canceled_is_not_on_order(shop: Shop) -> None:
    shop.stock("A", 0)
    key = bought(shop, A=5)
    (line,) = as_it_is(shop, key).lines
    purchases.receive_purchase(shop.store, key, {line.line_id: 2}, now=shop.tick())
    purchases.cancel_purchase(shop.store, key, now=shop.tick())
    assert (as_it_is(shop, key).status, as_it_is(shop, key).to_come) == (PurchaseStatus.CANCELED, 0)
    assert on_order(shop, "A") == (0, None)
    with pytest.raises(RefusedError, match="canceled"):
        purchases.receive_purchase(shop.store, key, now=shop.tick())
    history.undo(shop.store, now=shop.tick())
    assert on_order(shop, "A")[0] == 3


def test_what_should_have_come_by_now_is_overdue_and_nobody_is_told_its_day(shop: Shop) -> None:
    shop.stock("A", 0)
    for number in ("1", "2"):
        shop.order(number, ("A", 2))
    late = bought(shop, A=2)
    bought(shop, A=2, expected_on=LATER)
    shop.now += timedelta(days=18)  # it is the fifth: it may come today
    assert expected(shop) == {"1": FIRST, "2": LATER}
    assert (on_order(shop, "A"), overdue(shop)) == ((4, FIRST), ([], None))
    shop.now += timedelta(days=1)
    assert expected(shop) == {"1": LATER, "2": None}
    assert (on_order(shop, "A"), overdue(shop)) == ((4, LATER), (["PO-1"], FIRST))
    with shop.store.read() as view:
        detail = order_detail(view, shop.orders["2"], today=shop.now.date())
        (wait, *_) = options(view, shop.line("1", "A"), today=shop.now.date(), now=shop.now)
        assert (detail.lines[0].coverage, detail.lines[0].sources, wait.on) == (None, (), LATER)
    purchases.receive_purchase(shop.store, late, now=shop.tick())
    assert (expected(shop), overdue(shop)) == ({"2": LATER}, ([], None))


def test_what_a_file_says_is_on_order_is_overdue_too(shop: Shop) -> None:
    shop.stock("A", 0, on_order="2", on_order_expected_on="2026-11-18")
    shop.order("1", ("A", 2))
    assert expected(shop) == {"1": date(2026, 11, 18)}
    shop.now += timedelta(days=2)
    assert (expected(shop), on_order(shop, "A"), overdue(shop)) == ({"1": None}, (2, None), ([], date(2026, 11, 18)))


def overdue(shop: Shop) -> tuple[list[str], date | None]:
    """The purchase orders that are overdue, and since when A is."""
    with shop.store.read() as view:
        (row,) = product_rows(view, [shop.products["A"]], today=shop.now.date())
        return [each.number for each in agenda(view, today=shop.now.date()).overdue], row.overdue_since


def test_what_a_file_says_is_on_order_comes_beside_purchase_orders(shop: Shop) -> None:
    shop.stock("A", 0, on_order="2", on_order_expected_on="2026-12-20")
    shop.order("1", ("A", 2))
    shop.order("2", ("A", 2))
    bought(shop, A=2)
    assert expected(shop) == {"1": FIRST, "2": LATER}
    assert on_order(shop, "A") == (4, FIRST)
    purchases.cancel_purchase(shop.store, 1, now=shop.tick())
    assert expected(shop) == {"1": LATER, "2": None}
    assert on_order(shop, "A") == (2, LATER)


def test_the_day_that_a_product_is_expected_follows_from_what_is_still_under_way(shop: Shop) -> None:
    shop.stock("A", 0)
    first, later = bought(shop, A=2), bought(shop, A=2, expected_on=LATER)
    assert on_order(shop, "A") == (4, FIRST)
    purchases.cancel_purchase(shop.store, first, now=shop.tick())
    assert on_order(shop, "A") == (2, LATER)
    history.undo(shop.store, now=shop.tick())
    assert on_order(shop, "A") == (4, FIRST)
    purchases.receive_purchase(shop.store, first, now=shop.tick())
    assert on_order(shop, "A") == (2, LATER)
    purchases.receive_purchase(shop.store, later, now=shop.tick())
    assert on_order(shop, "A") == (0, None)


def test_units_bought_elsewhere_are_for_their_line(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 2))
    line = shop.line("1002", "A")
    made = purchases.source_line(shop.store, line, SourceDraft("Corner Shop", "7.50", "2026-12-05"), now=shop.tick())
    assert (made.number, made.margin) == ("PO-1", Money.of("5.00", "USD"))
    assert as_it_is(shop, 1).lines[0].for_order == "1002"
    assert expected(shop) == {"1001": None, "1002": FIRST}
    with pytest.raises(NothingToDoError, match="All that order 1002 is short of Product A is bought already on PO-1"):
        purchases.source_line(shop.store, line, SourceDraft("Corner Shop", "7.50"), now=shop.tick())
    purchases.receive_purchase(shop.store, 1, now=shop.tick())
    assert (shop.quantities("1001", "A"), shop.quantities("1002", "A")) == ((0, 2), (2, 0))


def test_an_order_tells_what_was_bought_for_it_and_what_became_of_that(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 3))
    heard: list[Changes] = []
    shop.store.subscribe(heard.append)
    purchases.source_line(shop.store, shop.line("1001", "A"), SourceDraft("Corner Shop", "", "2026-12-05"), now=shop.tick())
    assert shop.orders["1001"] in heard[-1].orders
    bought(shop, expected_on=LATER, A=1)
    assert [(each.number, each.supplier) for each in of_order(shop).lines[0].sources] == [("PO-1", "Corner Shop")]
    purchases.receive_purchase(shop.store, 1, {1: 1}, now=shop.tick())
    purchases.cancel_purchase(shop.store, 1, now=shop.tick())
    history.undo(shop.store, now=shop.tick())
    assert [each.summary for each in of_order(shop).history] == [
        "Undid: Canceled PO-1 to Corner Shop",
        "Canceled PO-1 to Corner Shop",
        "Received 1 unit of PO-1 from Corner Shop",
        "Bought 3 of Product A from Corner Shop for order 1001",
        "Added order 1001",
    ]


def of_order(shop: Shop) -> OrderDetail:
    with shop.store.read() as view:
        return order_detail(view, shop.orders["1001"], today=shop.now.date())


def test_units_bought_for_a_line_that_was_canceled_are_free(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 2))
    purchases.source_line(shop.store, shop.line("1002", "A"), SourceDraft("Corner Shop"), now=shop.tick())
    cancel_line(shop.store, shop.line("1002", "A"), 2, now=shop.tick())
    purchases.receive_purchase(shop.store, 1, now=shop.tick())
    assert shop.quantities("1001", "A") == (2, 0)


@pytest.mark.parametrize("spare_by", ["received", "canceled", "raised", "held"])
def test_what_a_line_needs_no_more_of_what_was_bought_for_it_is_expected_by_the_next(shop: Shop, spare_by: str) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 5))
    shop.order("1002", ("A", 2))
    line = shop.line("1001", "A")
    purchases.source_line(shop.store, line, SourceDraft("Corner Shop", "", FIRST.isoformat()), now=shop.tick())
    assert expected(shop) == {"1001": FIRST, "1002": None}
    if spare_by == "received":
        receive_stock(shop.store, shop.products["A"], 2, now=shop.tick())
    elif spare_by == "canceled":
        cancel_line(shop.store, line, 2, now=shop.tick())
    elif spare_by == "raised":
        draft = draft_of_purchase(shop.store, 1)
        draft.lines[0].quantity = "7"
        edit_purchase(shop.store, 1, draft, now=shop.tick())
    else:
        hold_order(shop.store, shop.orders["1001"], now=shop.tick())
    assert expected(shop)["1002"] == FIRST
    with shop.store.read() as view:
        (second,) = order_detail(view, shop.orders["1002"], today=shop.now.date()).lines
    assert [(each.number, each.bought) for each in second.sources] == [("PO-1", 0)]
    purchases.receive_purchase(shop.store, 1, now=shop.tick())
    assert shop.quantities("1002", "A") == (2, 0)


def test_what_was_bought_for_an_order_goes_to_others_while_it_is_held_and_that_is_said(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    shop.order("1002", ("A", 2))
    purchases.source_line(shop.store, shop.line("1002", "A"), SourceDraft("Corner Shop"), now=shop.tick())
    purchases.receive_purchase(shop.store, 1, now=shop.tick())
    done = hold_order(shop.store, shop.orders["1002"], now=shop.tick())
    said = "Put order 1002 on hold; until it is released, others may get what was kept for it: 2 × Product A"
    assert (done.summary, history.undoable(shop.store)) == (said, said)
    assert [(each.order_number, each.after) for each in done.gained] == [("1001", 2)]
    release_order(shop.store, shop.orders["1002"], now=shop.tick())
    assert (shop.quantities("1001", "A"), shop.quantities("1002", "A")) == ((0, 2), (2, 0))
    assert hold_order(shop.store, shop.orders["1001"], now=shop.tick()).summary == "Put order 1001 on hold"


def test_a_canceled_purchase_leaves_a_plain_backorder(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1001", ("A", 2))
    line = shop.line("1001", "A")
    purchases.source_line(shop.store, line, SourceDraft("Corner Shop", "", "2026-12-05"), now=shop.tick())
    purchases.cancel_purchase(shop.store, 1, now=shop.tick())
    assert expected(shop) == {"1001": None}
    assert purchases.source_line(shop.store, line, SourceDraft("Another"), now=shop.tick()).number == "PO-2"


def test_a_purchase_order_that_a_supplier_has_stays_canceled_when_buying_elsewhere_is_undone(shop: Shop) -> None:
    shop.stock("A", 0)
    added = history.undoable(shop.store)
    shop.order("1001", ("A", 2))
    line = shop.line("1001", "A")
    purchases.source_line(shop.store, line, SourceDraft("Corner Shop", "", "2026-12-05"), now=shop.tick())
    history.undo(shop.store, now=shop.tick())
    assert (as_it_is(shop, 1).status, as_it_is(shop, 1).to_come) == (PurchaseStatus.CANCELED, 0)
    assert (expected(shop), on_order(shop, "A")) == ({"1001": None}, (0, None))
    with pytest.raises(RefusedError, match="PO-1 is canceled"):
        purchases.receive_purchase(shop.store, 1, now=shop.tick())
    history.redo(shop.store, now=shop.tick())
    assert (as_it_is(shop, 1).status, as_it_is(shop, 1).lines[0].for_order) == (PurchaseStatus.SENT, "1001")
    assert (expected(shop), on_order(shop, "A")) == ({"1001": FIRST}, (2, FIRST))
    for _ in range(2):
        history.undo(shop.store, now=shop.tick())
    assert history.undoable(shop.store) == added
    with pytest.raises(RefusedError, match="it added Product A, which PO-1 asked for"):
        history.undo(shop.store, now=shop.tick())
    assert check(shop.store) == []


def test_a_purchase_order_stays_sent_while_what_came_of_it_stands(shop: Shop) -> None:
    shop.stock("A", 0)
    key = bought(shop, A=3)
    with shop.store.read() as view:
        sent = view.value("SELECT max(id) FROM event")
    purchases.receive_purchase(shop.store, key, {1: 1}, now=shop.tick())
    with pytest.raises(RefusedError) as refused:
        history.undo(shop.store, event_id=sent, now=shop.tick())
    assert refused.value.remedy == "First undo: Received 1 unit of PO-1 from Acme"


def test_a_delivery_goes_back_and_a_later_one_of_the_same_purchase_order_stays(shop: Shop) -> None:
    shop.stock("A", 0)
    key = bought(shop, A=5)
    first = purchases.receive_purchase(shop.store, key, {1: 2}, now=shop.tick()).event_id
    purchases.receive_purchase(shop.store, key, {1: 1}, now=shop.tick())
    history.undo(shop.store, event_id=first, now=shop.tick())
    assert (as_it_is(shop, key).to_come, on_order(shop, "A")) == (4, (4, FIRST))
    history.redo(shop.store, now=shop.tick())
    purchases.cancel_purchase(shop.store, key, now=shop.tick())
    with pytest.raises(RefusedError) as refused:
        history.undo(shop.store, event_id=first, now=shop.tick())
    assert refused.value.remedy == "First undo: Canceled PO-1 to Acme"
    assert check(shop.store) == []


def test_a_draft_that_nobody_has_seen_goes_when_it_is_undone(shop: Shop) -> None:
    shop.stock("A", 0)
    drafted(shop, "Acme", {shop.products["A"]: 6})
    history.undo(shop.store, now=shop.tick())
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM purchase_order") == 0


def test_a_line_that_units_were_bought_for_stays(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.stock("B", 1)
    shop.order("1001", ("A", 2), ("B", 1))
    placed = history.undoable(shop.store)
    purchases.source_line(shop.store, shop.line("1001", "A"), SourceDraft("Corner Shop"), now=shop.tick())
    draft = draft_of_order(shop.store, shop.orders["1001"])
    draft.lines = [line for line in draft.lines if line.sku != "A"]
    with pytest.raises(RefusedError, match="units were bought for it"):
        edit_order(shop.store, shop.orders["1001"], draft, now=shop.tick())
    with shop.store.read() as view:
        step = view.value("SELECT max(id) FROM event WHERE summary = ?", (placed,))
    with pytest.raises(RefusedError, match="a later one has built on it"):
        history.undo(shop.store, event_id=step, now=shop.tick())
    history.undo(shop.store, now=shop.tick())
    history.undo(shop.store, event_id=step, now=shop.tick())


@pytest.mark.parametrize(("supplier", "quantity"), [("", 1), ("  ", 1), ("Acme", 0), ("Acme", -1), ("Acme", 1_000_001)])
def test_a_draft_needs_a_supplier_and_units(shop: Shop, supplier: str, quantity: int) -> None:
    shop.stock("A", 0)
    with pytest.raises(InvalidValueError):
        drafted(shop, supplier, {shop.products["A"]: quantity})
    assert history.undoable(shop.store) == "Added Product A"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 8), st.booleans()), min_size=1, max_size=5))
def test_on_order_is_what_is_open_of_all_purchase_orders(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, bool]]
) -> None:
    shop = make_shop(tmp_path_factory.mktemp("shop"))
    shop.stock("A", 0)
    keys = []
    for quantity, received, canceled in steps:
        keys.append(bought(shop, A=quantity))
        (line,) = as_it_is(shop, keys[-1]).lines
        if 0 < received <= quantity:
            purchases.receive_purchase(shop.store, keys[-1], {line.line_id: received}, now=shop.tick())
        if canceled and received < quantity:
            purchases.cancel_purchase(shop.store, keys[-1], now=shop.tick())
        assert on_order(shop, "A")[0] == sum(as_it_is(shop, key).to_come for key in keys)
