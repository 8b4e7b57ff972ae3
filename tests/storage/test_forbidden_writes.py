"""What the file itself refuses, whoever writes to it; and that `check` finds the damage which SQL can't forbid."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.notices import ToldBy
from orderdesk.services.answers import agree_to_wait
from orderdesk.services.checks import check
from orderdesk.services.coupons import redeem_coupon
from orderdesk.services.drafts import SourceDraft
from orderdesk.services.purchases import draft_purchase, source_line
from orderdesk.services.telling import mark_order_told
from orderdesk.storage import checks
from orderdesk.storage.connect import connect
from tests.builders import Shop

_MOVEMENT = "INSERT INTO stock_movement (product_id, event_id, kind, quantity, reason) VALUES"
_NOW = "(SELECT max(id) FROM event)"
_REDEMPTION = "INSERT INTO coupon_entry (coupon_id, event_id, kind, amount_minor, order_id, at) SELECT id, 1, 'redeemed',"
_REFUND = "INSERT INTO refund (order_id, amount_minor, settles_minor, refunded_on) VALUES"
_TOLD = "notice_id IN (SELECT id FROM notice WHERE told_at IS NOT NULL)"
FORBIDDEN = {
    "a shelf below nothing": "UPDATE product SET on_hand = -1",
    "more allocated than on hand": "UPDATE product SET allocated = on_hand + 1",
    "fewer than no units allocated": "UPDATE product SET allocated = -1",
    "stock without a movement": "UPDATE product SET on_hand = on_hand + 5 WHERE sku = 'BOOK'",
    "a new product with stock from nowhere": "INSERT INTO product (sku, title, on_hand) VALUES ('X', 'X', 5)",
    "a movement of more than there is": f"{_MOVEMENT} (1, {_NOW}, 'adjusted', -99, 'x')",
    "a movement of nothing": f"{_MOVEMENT} (1, {_NOW}, 'received', 0, '')",
    "a movement of an unknown kind": f"{_MOVEMENT} (1, {_NOW}, 'found', 1, '')",
    "an adjustment without a reason": f"{_MOVEMENT} (1, {_NOW}, 'adjusted', 1, '')",
    "a movement of no event": f"{_MOVEMENT} (1, 999, 'received', 1, '')",
    "a movement by a step that is over": f"{_MOVEMENT} (1, 1, 'received', 1, '')",
    "a movement by the last step": f"{_MOVEMENT} (1, {_NOW}, 'received', 1, '')",
    "a movement of no product": f"{_MOVEMENT} (999, {_NOW}, 'received', 1, '')",
    "what was shipped comes in": f"{_MOVEMENT} (1, {_NOW}, 'shipped', 3, '')",
    "what was received leaves": f"{_MOVEMENT} (1, {_NOW}, 'received', -1, '')",
    "what came back leaves": f"{_MOVEMENT} (1, {_NOW}, 'returned', -1, '')",
    "a movement rewritten": "UPDATE stock_movement SET quantity = quantity + 1",
    "a movement explained away": "UPDATE stock_movement SET reason = 'other'",
    "a movement deleted": "DELETE FROM stock_movement",
    "an allocation change rewritten": "UPDATE allocation_change SET after = 0",
    "an allocation change deleted": "DELETE FROM allocation_change",
    "a coupon entry rewritten": "UPDATE coupon_entry SET amount_minor = 1",
    "a coupon entry deleted": "DELETE FROM coupon_entry",
    "a coupon deleted": "DELETE FROM coupon",
    "a letter deleted": "DELETE FROM notice",
    "a redeemed coupon reopened": "UPDATE coupon SET status = 'issued' WHERE status = 'redeemed'",
    "a redeemed coupon voided": "UPDATE coupon SET status = 'voided', void_reason = 'x' WHERE status = 'redeemed'",
    "a coupon voided without a reason": "UPDATE coupon SET status = 'voided' WHERE status = 'issued'",
    "a coupon worth less than nothing": "UPDATE coupon SET balance_minor = -1",
    "a coupon worth more than was given": "UPDATE coupon SET balance_minor = value_minor + 1",
    "a coupon with half a code": "UPDATE coupon SET code = 'K7QF'",
    "a coupon of an unknown kind": "UPDATE coupon SET kind = 'lottery'",
    "two coupons of one letter": "INSERT INTO coupon (code, notice_id, customer_id, kind, currency, issued_at, valid_through) "
    "SELECT 'K7QF9M2X4TBV', notice_id, customer_id, 'free_shipping', currency, issued_at, valid_through FROM coupon",
    "the same code twice": "UPDATE coupon SET code = (SELECT min(code) FROM coupon)",
    "a second redemption on one order": "INSERT INTO coupon_entry (coupon_id, event_id, kind, order_id, at) "
    "SELECT coupon_id, event_id, kind, order_id, at FROM coupon_entry WHERE kind = 'redeemed'",
    "a redemption on no order": "INSERT INTO coupon_entry (coupon_id, event_id, kind, at) "
    "VALUES (1, 1, 'redeemed', '2026-11-17T00:00:00Z')",
    "fewer ordered than left the house": "UPDATE order_line SET ordered = 1, canceled = 1 WHERE shipped > 0",
    "nothing ordered": "UPDATE order_line SET ordered = 0 WHERE allocated = 0 AND shipped = 0",
    "more canceled than ordered": "UPDATE order_line SET canceled = ordered + 1",
    "fewer than none shipped": "UPDATE order_line SET shipped = -1",
    "more returned than shipped": "UPDATE order_line SET returned = shipped + 1",
    "more firm than open": "UPDATE order_line SET firm = ordered + 1",
    "more allocated than wanted": "UPDATE order_line SET allocated = ordered + 1",
    "units for a line that does not count": "UPDATE order_line SET eligible = 0 WHERE allocated > 0",
    "two orders with one number": "UPDATE orders SET order_number = '1001'",
    "two lines in one place": "UPDATE order_line SET position = 1",
    "two lines with one id": "UPDATE order_line SET line_id = 'L1' WHERE order_id = (SELECT min(order_id) FROM order_line)",
    "two products with one SKU": "UPDATE product SET sku = 'LAMP'",
    "two shops in one file": "INSERT INTO shop (id, name) VALUES (2, 'Other')",
    "a word where a number belongs": "UPDATE order_line SET ordered = 'three'",
    "a fraction where a number belongs": "UPDATE order_line SET unit_price_minor = 9.99",
    "bytes where text belongs": "UPDATE customer SET name = x'00ff'",
    "a line without a product": "UPDATE order_line SET product_id = NULL",
    "a line of a product that is not there": "UPDATE order_line SET product_id = 999",
    "an order of a customer that is not there": "UPDATE orders SET customer_id = 999",
    "a coupon of a letter that is not there": "UPDATE coupon SET notice_id = 999",
    "a product deleted under its lines": "DELETE FROM product",
    "an order deleted over its lines": "DELETE FROM orders",
    "a customer deleted under their orders": "DELETE FROM customer",
    "an order held a little": "UPDATE orders SET hold = 2",
    "an order paid twice over": "UPDATE orders SET paid = 2",
    "a priority beyond all": "UPDATE orders SET priority = 1000",
    "a kit of itself": "INSERT INTO kit_part (kit_id, part_id, quantity) SELECT id, id, 1 FROM product WHERE sku = 'FEE'",
    "a kit of none": "INSERT INTO kit_part (kit_id, part_id, quantity) SELECT id, 1, 0 FROM product WHERE tracked = 0",
    "a kit with stock of its own": "INSERT INTO kit_part (kit_id, part_id, quantity) VALUES (1, 2, 1)",
    "a kit in a kit": "INSERT INTO kit_part (kit_id, part_id, quantity) SELECT p.id, k.kit_id, 1 FROM product p, kit_part k "
    "WHERE p.tracked = 0 AND p.id <> k.kit_id",
    "stock of a kit": f"{_MOVEMENT[:-6]} SELECT kit_id, 1, 'received', 1, '' FROM kit_part",
    "a kit that is tracked": "UPDATE product SET tracked = 1 WHERE id IN (SELECT kit_id FROM kit_part)",
    "a supplier without a name": "INSERT INTO supplier (name) VALUES ('')",
    "two suppliers with one name": "INSERT INTO supplier (name) SELECT upper(name) FROM supplier",
    "a supplier's quantity that nobody looked at": "UPDATE supplier_product SET quantity_at = NULL",
    "a supplier's cost in no currency": "UPDATE supplier_product SET currency = NULL",
    "a purchase order to nobody": "UPDATE purchase_order SET supplier = ''",
    "two purchase orders with one number": "INSERT INTO purchase_order (number, supplier, currency, placed_on) "
    "SELECT number, supplier, currency, placed_on FROM purchase_order",
    "more received than was ordered": "UPDATE purchase_line SET received = quantity + 1",
    "received and canceled at once": "UPDATE purchase_line SET received = quantity, canceled = 1",
    "nothing bought": "UPDATE purchase_line SET quantity = 0",
    "units bought for no cost at all": "UPDATE purchase_line SET cost_minor = -1",
    "units bought for a line that is not there": "UPDATE purchase_line SET order_line_id = 999",
    "a purchase order deleted over its lines": "DELETE FROM purchase_order",
    "an answer to no order": "UPDATE answer SET order_id = 999",
    "an answer of an unknown kind": "UPDATE answer SET kind = 'perhaps'",
    "an order deleted under an answer": "DELETE FROM orders WHERE id = (SELECT order_id FROM answer)",
    "a line that stands in for itself": "UPDATE order_line SET replaces_id = id, stand_in = 'substitute' WHERE id = 1",
    "a line that stands in for one of another order": "UPDATE order_line SET stand_in = 'exchange', "
    "replaces_id = (SELECT max(id) FROM order_line) WHERE id = 1",
    "a line that stands in for nothing": "UPDATE order_line SET stand_in = 'substitute' WHERE id = 1",
    "a line that stands in for no reason": "UPDATE order_line SET replaces_id = 2 WHERE id = 1",
    "a refund of nothing": f"{_REFUND} (1, 0, 0, '2026-11-17')",
    "a refund that settles more than it is": f"{_REFUND} (1, 1, 2, '2026-11-17')",
    "a refund of less than nothing": "UPDATE refund SET amount_minor = -1",
    "a refund of no order": "UPDATE refund SET order_id = 999",
    "a refund on no day": "UPDATE refund SET refunded_on = NULL",
    "an unknown ship policy of a line": "UPDATE order_line SET ship_policy = 'sometimes'",
    "an unknown ship policy": "UPDATE orders SET ship_policy = 'sometimes'",
    "fewer shipped than lie in parcels": "UPDATE order_line SET shipped = 0, canceled = canceled + shipped WHERE shipped > 0",
    "more in a parcel than was shipped": "UPDATE shipment_line SET quantity = quantity + 1",
    "a parcel with more than was shipped": "INSERT INTO shipment_line (shipment_id, order_line_id, quantity) "
    "SELECT shipment_id, order_line_id, 1 FROM shipment_line",
    "a parcel with another line's units": "UPDATE shipment_line SET order_line_id = (SELECT max(id) FROM order_line)",
    "an unpaid order with units": "UPDATE orders SET paid = 0 WHERE id IN (SELECT order_id FROM order_line WHERE allocated > 0)",
    "a held order with units": "UPDATE orders SET hold = 1 WHERE id IN (SELECT order_id FROM order_line WHERE allocated > 0)",
    "fewer than no units on offer": "UPDATE listing SET quantity = -1",
    "fewer than no bids": "UPDATE listing SET bids = -1",
    "units for a line that are somebody else's": "UPDATE order_line SET allocated = ordered WHERE backordered > 0 AND firm = 0",
    "units that go over to another product": "UPDATE order_line SET product_id = 3 - product_id WHERE allocated > 0",
    "a line that comes with units": "INSERT INTO order_line (order_id, position, product_id, title, ordered, allocated, "
    "eligible) SELECT order_id, 9, product_id, title, 1, 1, 1 FROM order_line WHERE id = 1",
    "a line that costs less than nothing": "UPDATE order_line SET unit_price_minor = -5",
    "a redemption beyond what is left": f"{_REDEMPTION} -100000, 2, '2026-11-17T00:00:00Z' FROM coupon WHERE status = 'issued'",
    "a redemption of a coupon used up": f"{_REDEMPTION} -1, 2, '2026-11-17T00:00:00Z' FROM coupon WHERE status = 'redeemed'",
    "a redemption that gives": f"{_REDEMPTION} 1, 2, '2026-11-17T00:00:00Z' FROM coupon WHERE status = 'redeemed'",
    "a ledger that adds worth": "INSERT INTO coupon_entry (coupon_id, event_id, kind, amount_minor, at) "
    "SELECT id, 1, 'restored', 100000, issued_at FROM coupon",
    "a coupon in another currency": "UPDATE coupon SET currency = 'EUR'",
    "a coupon with another code": "UPDATE coupon SET code = 'K7QF9M2X4TBV' WHERE status = 'issued'",
    "a coupon of another letter": "UPDATE coupon SET notice_id = notice_id + 9",
    "a coupon that goes to another": "UPDATE coupon SET customer_id = (SELECT id FROM customer WHERE id <> customer_id LIMIT 1)",
    "a used coupon worth more": "UPDATE coupon SET value_minor = value_minor + 1 WHERE status = 'redeemed'",
    "a used coupon that is something else": "UPDATE coupon SET minimum_order_minor = 1 WHERE status = 'redeemed'",
    "a used coupon that lasts longer": "UPDATE coupon SET valid_through = '2036-01-01' WHERE status = 'redeemed'",
    "a coupon until some day": "UPDATE coupon SET valid_through = 'next year'",
    "an order in no currency": "UPDATE orders SET currency = 'dollars'",
    "an order placed at some time": "UPDATE orders SET placed_at = 'yesterday'",
    "an order placed on some day": "UPDATE orders SET placed_on = '3.11.2026'",
    "a letter told at no hour": "UPDATE notice SET told_at = '2026-11-17', told_by = 'phone'",
    "a purchase order that comes some day": "UPDATE purchase_order SET expected_on = 'soon'",
    "a step that was something else": "UPDATE event SET kind = 'count' WHERE kind = 'receive' OR kind = 'apologize'",
    "a step that says something else": "UPDATE event SET summary = 'x'",
    "the last step says something else": "UPDATE event SET summary = 'x' WHERE id = (SELECT max(id) FROM event)",
    "a finished step opened again": "UPDATE event SET finished = 0 WHERE id = 2",
    "a step undone by nothing": "UPDATE event SET undone_by = id",
    "a step deleted": "DELETE FROM event",
    "the last step deleted": "DELETE FROM event WHERE id = (SELECT max(id) FROM event)",
    "what undo needs rewritten": "UPDATE row_change SET before = NULL",
    "what undo needs deleted": "DELETE FROM row_change",
    "a fact that no step changed": "UPDATE customer SET note = 'x' WHERE id = 1",
    "a letter that nobody was told of after all": "UPDATE notice SET told_at = NULL, told_by = NULL WHERE told_at IS NOT NULL",
    "a letter that said something else": "UPDATE notice SET letter = '{}' WHERE told_at IS NOT NULL",
    "a letter that spoke of more": f"UPDATE notice_line SET quantity = 9 WHERE {_TOLD}",
    "a letter that spoke of nothing": f"DELETE FROM notice_line WHERE {_TOLD}",
    "units bought for a line of another product": "UPDATE purchase_line SET order_line_id = "
    "(SELECT id FROM order_line WHERE product_id <> purchase_line.product_id)",
    "units bought of another product than their line's": "UPDATE purchase_line SET product_id = 1 "
    "WHERE order_line_id IS NOT NULL",
    "another product bought for a line": "INSERT INTO purchase_line (purchase_order_id, position, product_id, quantity, "
    "order_line_id) SELECT purchase_order_id, 9, 1, 1, order_line_id FROM purchase_line WHERE order_line_id IS NOT NULL",
    "received without a movement": "UPDATE purchase_line SET received = 1",
    "bought for a line and never asked for": "DELETE FROM purchase_line WHERE order_line_id IS NOT NULL",
    "returned without a movement": "UPDATE order_line SET returned = 1 WHERE shipped > 0",
    "an order in another currency": "UPDATE orders SET currency = 'EUR'",
    "an order before its turn": "UPDATE orders SET priority = 9",
}
_STEP = "INSERT INTO event (kind, at, summary) VALUES ('erase', '2026-11-17T00:00:00Z', 'Erased a customer')"
# What a step may do, or one that erases a customer; all else is refused then too.
BY_A_STEP_ALONE = {
    "a coupon that goes to another",
    "a fact that no step changed",
    "a held order with units",
    "a letter that said something else",
    "a line that comes with units",
    "a movement by the last step",
    "a step that says something else",
    "a step undone by nothing",
    "an order before its turn",
    "an unpaid order with units",
    "bought for a line and never asked for",
    "received without a movement",
    "returned without a movement",
    "the last step says something else",
    "units for a line that are somebody else's",
    "units that go over to another product",
    "what undo needs deleted",
    "what undo needs rewritten",
}


@pytest.fixture
def busy(trading: Shop) -> Shop:
    """The trading shop with a second letter whose coupon was redeemed."""
    from orderdesk.services.apologies import apologize

    trading.order("1003", ("LAMP", 1), customer="Erin Vale")
    made = apologize(trading.store, [trading.orders["1003"]], now=trading.tick()).apologies[0]
    assert made.coupon_code is not None
    redeem_coupon(trading.store, made.coupon_code, "1001", now=trading.tick())
    trading.count("LAMP", 2)
    agree_to_wait(trading.store, trading.orders["1003"], now=trading.tick())
    draft_purchase(trading.store, "Acme", {trading.products["LAMP"]: 3}, now=trading.tick())
    trading.stock("BELL", 0)
    trading.order("1004", ("BELL", 1), customer="Erin Vale")
    source_line(trading.store, trading.line("1004", "BELL"), SourceDraft("Acme"), now=trading.tick())
    mark_order_told(trading.store, trading.orders["1003"], ToldBy.PHONE, now=trading.tick())
    trading.stock("FEE", None, tracked=False)
    trading.stock("SET", None, parts="2 x BOOK")
    with trading.store.begin("test", "A supplier and a listing", now=trading.tick()) as transaction:
        transaction.execute(
            "INSERT INTO listing (channel, listing_id, product_id, format, quantity) VALUES ('ebay', '1', 1, 'auction', 1)"
        )
        transaction.execute("INSERT INTO supplier (name) VALUES ('Acme')")
        transaction.execute(
            "INSERT INTO supplier_product (supplier_id, product_id, cost_minor, currency, quantity, quantity_at) "
            "VALUES (1, 1, 500, 'USD', 4, '2026-11-17T09:00:00Z')"
        )
        transaction.execute(f"{_REFUND} (1, 100, 100, '2026-11-17')")
    return trading


def _everything(connection: sqlite.Connection) -> list[Any]:
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_search%'").fetchall()
    return [connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names]


def _accepted(connection: sqlite.Connection, *before: str) -> set[str]:
    """Which of the forbidden writes pass, each after those that go before."""
    accepted = set()
    for name, sql in FORBIDDEN.items():
        connection.execute("BEGIN IMMEDIATE")
        for statement in before:
            connection.execute(statement)
        with suppress(sqlite.IntegrityError):
            connection.execute(sql)
            accepted.add(name)
        connection.execute("ROLLBACK")
    return accepted


def test_every_forbidden_write_is_refused_and_leaves_no_trace(busy: Shop) -> None:
    connection = connect(busy.store.path)
    before = _everything(connection)
    assert _accepted(connection) == set()
    assert _everything(connection) == before
    connection.close()
    assert check(busy.store) == []


def test_a_step_of_its_own_allows_only_what_steps_do(busy: Shop) -> None:
    connection = connect(busy.store.path)
    assert _accepted(connection, _STEP) == BY_A_STEP_ALONE
    connection.close()


def test_only_the_words_of_the_history_change_where_a_customer_is_erased(busy: Shop) -> None:
    connection = connect(busy.store.path)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(_STEP)
    connection.execute("UPDATE event SET summary = 'x'")
    connection.execute("UPDATE row_change SET before = '{}' WHERE before IS NOT NULL")
    with pytest.raises(sqlite.IntegrityError):
        connection.execute("UPDATE row_change SET row_id = row_id + 1")
    connection.execute("ROLLBACK")
    connection.close()


# Each of these passes every CHECK and trigger, or is done with the guards taken off, as a damaged disk would do.
DAMAGE = {
    "On hand differs": "UPDATE product SET on_hand = on_hand + 1 WHERE sku = 'BOOK'",
    "Movements of a product that is gone": "DELETE FROM product WHERE sku = 'BOOK'",
    "Allocated differs": "UPDATE product SET allocated = allocated - 1 WHERE allocated > 0",
    "A line waits while stock lies idle": "UPDATE order_line SET allocated = allocated - 1 WHERE allocated > 0",
    "A line is served before one": "UPDATE order_line SET queue_key = '000' WHERE backordered > 0",
    "A line's eligibility": "UPDATE order_line SET eligible = 0, allocated = 0 WHERE backordered > 0",
    "A line's place in the queue": "UPDATE orders SET priority = 9",
    "A step was never finished": "UPDATE event SET finished = 0 WHERE id = 2",
    "An order's sums": "UPDATE orders SET backordered_units = backordered_units + 1 WHERE backordered_units > 0",
    "An order has no lines": "DELETE FROM order_line WHERE order_id = (SELECT min(order_id) FROM order_line)",
    "A backordered order has no beginning": "UPDATE orders SET backordered_since = NULL",
    "An order waits though nothing is short": "UPDATE orders SET backordered_since = '2026-11-17T00:00:00Z'",
    "An order names a letter that was voided": "UPDATE notice SET voided_at = '2026-11-17T00:00:00Z'",
    "A coupon's balance differs": "UPDATE coupon SET balance_minor = balance_minor - 1 WHERE balance_minor > 0",
    "A coupon was redeemed without an entry": "UPDATE coupon SET status = 'redeemed', balance_minor = 0 WHERE status = 'issued'",
    "A coupon of another letter": "UPDATE coupon SET customer_id = (SELECT id FROM customer WHERE id <> customer_id LIMIT 1)",
    "The search does not know an order": "DELETE FROM order_search WHERE rowid = 1",
    "The search does not know a product": "DELETE FROM product_search WHERE rowid = 1",
    "The search does not know a customer": "DELETE FROM customer_search WHERE rowid = 1",
    "A product's sums differ": "UPDATE product SET open_demand = open_demand + 1",
    "A coupon was used up and still has a balance": "UPDATE coupon SET balance_minor = 1 WHERE status = 'redeemed'",
    "Two coupons stand for one wait of an order": "UPDATE notice_line SET order_line_id = "
    "(SELECT min(order_line_id) FROM notice_line)",
    "The shop's profile was saved": "DELETE FROM shop",
    "names one of": "UPDATE order_line SET product_id = 999",
    "More is allocated than is on hand": "UPDATE product SET allocated = on_hand + 1",
}


@pytest.mark.parametrize("sentence", DAMAGE)
def test_check_finds_the_damage(busy: Shop, sentence: str) -> None:
    busy.store.close()
    connection = sqlite.connect(busy.store.path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    assert connection.execute(DAMAGE[sentence]).rowcount != 0
    connection.close()
    assert any(sentence in problem for problem in check(busy.store)), check(busy.store)


def test_every_rule_of_check_is_shown_to_find_something() -> None:
    untried = [rule for rule in checks._RULES if not any(rule.startswith(sentence) for sentence in DAMAGE)]
    assert untried == []


def test_the_rules_stand_again_after_very_many_lines_were_given_units(shop: Shop) -> None:
    shop.stock("LAMP", 600)
    shop.order("1001", *[("LAMP", 1)] * 600)
    shop.order("1002", ("LAMP", 1), customer="Erin Vale")
    connection = connect(shop.store.path)
    with pytest.raises(sqlite.IntegrityError, match="given out by a step"):
        connection.execute("UPDATE order_line SET allocated = ordered")
    connection.close()
    assert shop.status("1001") == "ready"
