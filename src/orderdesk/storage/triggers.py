"""Triggers: the ledgers are append-only, stock follows its movements, and every change of a fact is kept for undo.

Like the rest of `schema`, what the migrations must arrive at: the tests compare, and no file is made from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Table

from orderdesk.storage.tables import UNDOABLE, facts

# The step of the seller's that is under way in this transaction.
_THE_STEP = "SELECT 1 FROM event WHERE id = (SELECT max(id) FROM event) AND finished = 0"
_IN_A_STEP = f"EXISTS ({_THE_STEP})"
# It takes a customer's name out of the file: nothing else changes what the history says.
_ERASING = f"EXISTS ({_THE_STEP} AND kind = 'erase')"
# It takes another one back, or its taking back.
_TAKING_BACK = f"EXISTS ({_THE_STEP} AND kind IN ('undo', 'redo'))"


def trigger_statements() -> Iterator[str]:
    """CREATE TRIGGER statements for the whole file, in a fixed order."""
    yield from _ledgers_only_grow()
    yield from _history_stays()
    yield from _facts_change_by_steps()
    yield from _stock_follows_its_movements()
    yield from _kits_have_no_stock()
    yield from _coupons_stay()
    yield from _coupons_give_what_they_are_worth()
    yield from _parcels_hold_what_was_shipped()
    yield from _orders_keep_their_lines()
    yield from _units_are_bought_for_lines_of_their_product()
    yield from _letters_stay()
    for table in UNDOABLE:
        yield from _kept_for_undo(table)


def _ledgers_only_grow() -> Iterator[str]:
    for ledger in ("stock_movement", "coupon_entry", "allocation_change"):
        yield from _append_only(ledger)
    yield from _append_only(
        "delivery",
        but="NEW.detail = '' AND NEW.id = OLD.id AND NEW.notice_id = OLD.notice_id "
        "AND NEW.event_id = OLD.event_id AND NEW.way = OLD.way AND NEW.at = OLD.at",
    )
    yield from _append_only("picture")


def _stock_follows_its_movements() -> Iterator[str]:
    yield (
        "CREATE TRIGGER stock_movement_moves_stock AFTER INSERT ON stock_movement BEGIN "
        "UPDATE product SET on_hand = on_hand + NEW.quantity, allocated = min(allocated, on_hand + NEW.quantity) "
        "WHERE id = NEW.product_id; END"
    )
    yield (
        "CREATE TRIGGER stock_movement_of_a_product BEFORE INSERT ON stock_movement "
        "WHEN NOT EXISTS (SELECT 1 FROM product WHERE id = NEW.product_id) "
        "BEGIN SELECT RAISE(ABORT, 'only units of a product are moved'); END"
    )
    yield (
        f"CREATE TRIGGER stock_movement_by_a_step BEFORE INSERT ON stock_movement WHEN NOT EXISTS ({_THE_STEP} AND id = NEW.event_id) "
        "BEGIN SELECT RAISE(ABORT, 'units are moved by the step that is under way'); END"
    )
    yield (
        "CREATE TRIGGER stock_movement_that_way BEFORE INSERT ON stock_movement "
        "WHEN NEW.kind = 'shipped' AND NEW.quantity > 0 OR NEW.kind IN ('received', 'returned') AND NEW.quantity < 0 "
        "BEGIN SELECT RAISE(ABORT, 'what is shipped leaves the shelf, what is received or returned comes to it'); END"
    )
    yield (
        "CREATE TRIGGER product_on_hand_is_sum AFTER UPDATE OF on_hand ON product "
        "WHEN NEW.on_hand <> (SELECT coalesce(sum(quantity), 0) FROM stock_movement WHERE product_id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'on_hand changes only by a stock movement'); END"
    )
    yield (
        "CREATE TRIGGER product_starts_empty BEFORE INSERT ON product WHEN NEW.on_hand <> 0 "
        "BEGIN SELECT RAISE(ABORT, 'on_hand changes only by a stock movement'); END"
    )


def _kits_have_no_stock() -> Iterator[str]:
    yield (
        "CREATE TRIGGER stock_movement_of_no_kit BEFORE INSERT ON stock_movement "
        "WHEN EXISTS (SELECT 1 FROM kit_part WHERE kit_id = NEW.product_id) "
        "BEGIN SELECT RAISE(ABORT, 'a kit has no stock of its own'); END"
    )
    yield (
        "CREATE TRIGGER product_kit_is_not_tracked BEFORE UPDATE OF tracked ON product "
        "WHEN NEW.tracked = 1 AND EXISTS (SELECT 1 FROM kit_part WHERE kit_id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'a kit has no stock of its own'); END"
    )
    for verb in ("INSERT", "UPDATE OF kit_id, part_id"):
        yield (
            f"CREATE TRIGGER kit_part_{verb[:6].lower()} BEFORE {verb} ON kit_part "
            "WHEN (SELECT tracked OR on_hand <> 0 FROM product WHERE id = NEW.kit_id) "
            "OR EXISTS (SELECT 1 FROM kit_part WHERE kit_id = NEW.part_id OR part_id = NEW.kit_id) "
            "BEGIN SELECT RAISE(ABORT, 'a kit has no stock of its own, and is no part of a kit'); END"
        )


def _coupons_stay() -> Iterator[str]:
    """A coupon that was issued is voided or used up, and stays so."""
    yield (
        "CREATE TRIGGER coupon_stays BEFORE DELETE ON coupon BEGIN SELECT RAISE(ABORT, 'a coupon is voided, never deleted'); END"
    )
    yield from _coupon_keeps_its_promise()
    yield (
        "CREATE TRIGGER coupon_used_up_stays BEFORE UPDATE OF status ON coupon "
        "WHEN OLD.status = 'redeemed' AND NEW.status <> 'redeemed' AND NOT (NEW.status = 'issued' AND EXISTS (SELECT 1 FROM coupon_entry "
        "WHERE coupon_id = NEW.id AND kind = 'restored' AND event_id = (SELECT max(id) FROM event))) "
        "BEGIN SELECT RAISE(ABORT, 'a redeemed coupon stays redeemed, unless its ledger says that it was taken back'); END"
    )


def _coupons_give_what_they_are_worth() -> Iterator[str]:
    """A coupon that stands is redeemed on an order, once on each, for no more than is left of it."""
    yield (
        "CREATE TRIGGER coupon_entry_redeemed_once BEFORE INSERT ON coupon_entry WHEN NEW.kind = 'redeemed' AND EXISTS "
        "(SELECT 1 FROM redemption WHERE coupon_id = NEW.coupon_id AND order_id = NEW.order_id) "
        "BEGIN SELECT RAISE(ABORT, 'a coupon is redeemed on an order once'); END"
    )
    yield (
        "CREATE TRIGGER coupon_entry_on_an_order BEFORE INSERT ON coupon_entry WHEN NEW.kind = 'redeemed' AND NOT EXISTS "
        "(SELECT 1 FROM orders WHERE id = NEW.order_id) "
        "BEGIN SELECT RAISE(ABORT, 'a coupon is redeemed on an order'); END"
    )
    # Beyond its worth in either direction, where it is an amount. A 'changed' entry comes after the coupon has its new worth.
    yield (
        "CREATE TRIGGER coupon_entry_within_worth BEFORE INSERT ON coupon_entry WHEN NEW.amount_minor <> 0 AND EXISTS "
        "(SELECT 1 FROM coupon c WHERE c.id = NEW.coupon_id AND c.value_minor IS NOT NULL AND NOT "
        "(SELECT coalesce(sum(amount_minor), 0) + NEW.amount_minor FROM coupon_entry WHERE coupon_id = c.id) BETWEEN 0 AND c.value_minor) "
        "BEGIN SELECT RAISE(ABORT, 'a coupon gives no more than it is worth'); END"
    )
    yield (
        "CREATE TRIGGER coupon_entry_of_a_voided_coupon BEFORE INSERT ON coupon_entry WHEN NEW.kind = 'redeemed' "
        "AND (SELECT status FROM coupon WHERE id = NEW.coupon_id) = 'voided' "
        "BEGIN SELECT RAISE(ABORT, 'a voided coupon is worth nothing'); END"
    )


def _orders_keep_their_lines() -> Iterator[str]:
    """The prices of an order are in its currency; what stands in for a line is of the same order."""
    yield (
        "CREATE TRIGGER orders_keep_their_currency BEFORE UPDATE OF currency ON orders WHEN NEW.currency <> OLD.currency "
        "BEGIN SELECT RAISE(ABORT, 'an order stays in its currency'); END"
    )
    for verb in ("INSERT", "UPDATE OF replaces_id, order_id"):
        yield (
            f"CREATE TRIGGER order_line_stands_in_{verb[:6].lower()} BEFORE {verb} ON order_line WHEN NEW.replaces_id IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM order_line WHERE id = NEW.replaces_id AND order_id = NEW.order_id AND id <> NEW.id) "
            "BEGIN SELECT RAISE(ABORT, 'a line stands in for another line of its order'); END"
        )


def _units_are_bought_for_lines_of_their_product() -> Iterator[str]:
    for verb in ("INSERT", "UPDATE OF product_id, order_line_id"):
        yield (
            f"CREATE TRIGGER purchase_line_for_its_product_{verb[:6].lower()} BEFORE {verb} ON purchase_line "
            "WHEN (SELECT product_id FROM order_line WHERE id = NEW.order_line_id) <> NEW.product_id "
            "BEGIN SELECT RAISE(ABORT, 'units are bought for a line of their product'); END"
        )


def _letters_stay() -> Iterator[str]:
    """What a customer was told is on record as it was said, unless the telling is undone; erasing them takes their name out of it."""
    yield (
        "CREATE TRIGGER notice_stays BEFORE DELETE ON notice BEGIN SELECT RAISE(ABORT, 'a notice is voided, never deleted'); END"
    )
    refuse = "BEGIN SELECT RAISE(ABORT, 'a letter that was told stays as it was'); END"
    told = ("told_at", "told_by")
    yield (
        f"CREATE TRIGGER notice_told_stays_told BEFORE UPDATE OF {', '.join(told)} ON notice WHEN OLD.told_at IS NOT NULL "
        f"AND ({_differs(told)}) AND NOT {_TAKING_BACK} {refuse}"
    )
    yield (
        "CREATE TRIGGER notice_told_says_the_same BEFORE UPDATE OF letter ON notice WHEN OLD.told_at IS NOT NULL "
        f"AND OLD.letter <> NEW.letter AND NOT {_ERASING} {refuse}"
    )
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER notice_line_told_{verb.lower()} BEFORE {verb} ON notice_line "
            f"WHEN (SELECT told_at FROM notice WHERE id = OLD.notice_id) IS NOT NULL AND NOT {_TAKING_BACK} {refuse}"
        )


def _history_stays() -> Iterator[str]:
    """What a finished step did stays on record; erasing a customer takes their words out of it, and nothing else."""
    yield "CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the history stays'); END"
    settled = ("id", "kind", "at", "undoable", "undoes", "finished", "batch")
    yield (
        f"CREATE TRIGGER event_finished_stays BEFORE UPDATE OF {', '.join(settled)} ON event WHEN OLD.finished = 1 "
        f"AND ({_differs(settled)}) BEGIN SELECT RAISE(ABORT, 'a finished step stays as it was'); END"
    )
    yield (
        f"CREATE TRIGGER event_finished_says_the_same BEFORE UPDATE OF summary ON event WHEN OLD.finished = 1 AND NOT {_ERASING} "
        "BEGIN SELECT RAISE(ABORT, 'a finished step stays as it was'); END"
    )
    yield (
        f"CREATE TRIGGER event_undone_by_a_step BEFORE UPDATE OF undone_by ON event WHEN NOT {_IN_A_STEP} "
        "BEGIN SELECT RAISE(ABORT, 'a step is undone by another'); END"
    )
    place = ("id", "event_id", "table_name", "row_id")
    yield (
        f"CREATE TRIGGER row_change_no_update BEFORE UPDATE ON row_change WHEN NOT {_ERASING} OR {_differs(place)} "
        "BEGIN SELECT RAISE(ABORT, 'row_change is append-only'); END"
    )
    yield (
        f"CREATE TRIGGER row_change_no_delete BEFORE DELETE ON row_change WHEN NOT {_ERASING} "
        "BEGIN SELECT RAISE(ABORT, 'row_change is append-only'); END"
    )


def _facts_change_by_steps() -> Iterator[str]:
    """A fact changes by a step alone, under which the log keeps it; units are given out by a step too, whose settling writes the sum.

    That no more of them are given out than are on hand, the product's CHECK sees to: to add up a product's lines with each of them
    that gets more would take the square of their number.
    """
    yield (
        f"CREATE TRIGGER row_change_of_a_step BEFORE INSERT ON row_change WHEN NOT {_IN_A_STEP} "
        "BEGIN SELECT RAISE(ABORT, 'facts are changed by a step'); END"
    )
    yield (
        "CREATE TRIGGER order_line_given_by_a_step BEFORE UPDATE OF allocated ON order_line "
        f"WHEN NEW.allocated > OLD.allocated AND NOT {_IN_A_STEP} BEGIN SELECT RAISE(ABORT, 'units are given out by a step'); END"
    )


def _parcels_hold_what_was_shipped() -> Iterator[str]:
    """No more units of a line than it says were shipped; a file may say so of units whose parcel nobody has recorded."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'parcels hold no more of a line than was shipped'); END"
    in_parcels = "(SELECT coalesce(sum(quantity), 0) FROM shipment_line WHERE order_line_id = "
    yield (
        "CREATE TRIGGER order_line_shipped_in_parcels BEFORE UPDATE OF shipped ON order_line "
        f"WHEN NEW.shipped < OLD.shipped AND NEW.shipped < {in_parcels}NEW.id) {refuse}"
    )
    for verb in ("INSERT", "UPDATE OF order_line_id, quantity"):
        yield (
            f"CREATE TRIGGER shipment_line_of_shipped_{verb[:6].lower()} BEFORE {verb} ON shipment_line WHEN NEW.quantity + "
            f"{in_parcels}NEW.order_line_id AND id <> NEW.id) > (SELECT shipped FROM order_line WHERE id = NEW.order_line_id) {refuse}"
        )


def _coupon_keeps_its_promise() -> Iterator[str]:
    """A coupon in somebody's hand is what it was; what it is worth, and until when, may be changed until it is used."""
    fixed = ("code", "notice_id", "currency", "issued_at")
    yield (
        f"CREATE TRIGGER coupon_is_what_it_was BEFORE UPDATE OF {', '.join(fixed)} ON coupon WHEN {_differs(fixed)} "
        "BEGIN SELECT RAISE(ABORT, 'a coupon stays what it was'); END"
    )
    worth = ("kind", "value_minor", "rate", "gift", "minimum_order_minor", "valid_through")
    yield (
        f"CREATE TRIGGER coupon_used_keeps_its_worth BEFORE UPDATE OF {', '.join(worth)} ON coupon WHEN ({_differs(worth)}) "
        "AND (OLD.status <> 'issued' OR EXISTS (SELECT 1 FROM redemption WHERE coupon_id = OLD.id)) "
        "BEGIN SELECT RAISE(ABORT, 'a coupon that was used or voided keeps its worth'); END"
    )


def _differs(columns: Iterable[str]) -> str:
    return " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)


def _append_only(table: str, but: str = "") -> Iterator[str]:
    """`but`: the one update that is let through."""
    for verb in ("UPDATE", "DELETE"):
        when = f"WHEN NOT ({but}) " if but and verb == "UPDATE" else ""
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _kept_for_undo(table: Table) -> Iterator[str]:
    name, columns = table.name, facts(table)
    before = ", ".join(f"'{column}', OLD.{column}" for column in columns)
    differs = _differs(columns)
    keep = "INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), "
    yield f"CREATE TRIGGER {name}_kept_insert AFTER INSERT ON {name} BEGIN {keep}'{name}', NEW.id, NULL); END"
    yield (
        f"CREATE TRIGGER {name}_kept_update AFTER UPDATE OF {', '.join(columns)} ON {name} WHEN {differs} "
        f"BEGIN {keep}'{name}', OLD.id, json_object({before})); END"
    )
    yield (f"CREATE TRIGGER {name}_kept_delete AFTER DELETE ON {name} BEGIN {keep}'{name}', OLD.id, json_object({before})); END")
