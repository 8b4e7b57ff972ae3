"""Triggers: the ledgers are append-only, stock follows its movements, and every change of a fact is kept for undo."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Table

from orderdesk.storage.tables import UNDOABLE, facts


def trigger_statements() -> Iterator[str]:
    """CREATE TRIGGER statements for the whole file, in a fixed order."""
    yield from _append_only("stock_movement")
    yield from _append_only("coupon_entry")
    yield from _append_only("allocation_change")
    yield from _append_only(
        "delivery",
        but="NEW.detail = '' AND NEW.id = OLD.id AND NEW.notice_id = OLD.notice_id "
        "AND NEW.event_id = OLD.event_id AND NEW.way = OLD.way AND NEW.at = OLD.at",
    )
    yield from _append_only("picture")
    yield (
        "CREATE TRIGGER stock_movement_moves_stock AFTER INSERT ON stock_movement BEGIN "
        "UPDATE product SET on_hand = on_hand + NEW.quantity, allocated = min(allocated, on_hand + NEW.quantity) "
        "WHERE id = NEW.product_id; END"
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
    yield (
        "CREATE TRIGGER coupon_stays BEFORE DELETE ON coupon BEGIN SELECT RAISE(ABORT, 'a coupon is voided, never deleted'); END"
    )
    yield (
        "CREATE TRIGGER coupon_used_up_stays BEFORE UPDATE OF status ON coupon "
        "WHEN OLD.status = 'redeemed' AND NEW.status <> 'redeemed' AND NOT (NEW.status = 'issued' AND EXISTS (SELECT 1 FROM coupon_entry "
        "WHERE coupon_id = NEW.id AND kind = 'restored' AND event_id = (SELECT max(id) FROM event))) "
        "BEGIN SELECT RAISE(ABORT, 'a redeemed coupon stays redeemed, unless its ledger says that it was taken back'); END"
    )
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
    for verb in ("INSERT", "UPDATE OF replaces_id, order_id"):
        yield (
            f"CREATE TRIGGER order_line_stands_in_{verb[:6].lower()} BEFORE {verb} ON order_line WHEN NEW.replaces_id IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM order_line WHERE id = NEW.replaces_id AND order_id = NEW.order_id AND id <> NEW.id) "
            "BEGIN SELECT RAISE(ABORT, 'a line stands in for another line of its order'); END"
        )
    yield (
        "CREATE TRIGGER notice_stays BEFORE DELETE ON notice BEGIN SELECT RAISE(ABORT, 'a notice is voided, never deleted'); END"
    )
    for table in UNDOABLE:
        yield from _kept_for_undo(table)


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
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    keep = "INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), "
    yield f"CREATE TRIGGER {name}_kept_insert AFTER INSERT ON {name} BEGIN {keep}'{name}', NEW.id, NULL); END"
    yield (
        f"CREATE TRIGGER {name}_kept_update AFTER UPDATE OF {', '.join(columns)} ON {name} WHEN {differs} "
        f"BEGIN {keep}'{name}', OLD.id, json_object({before})); END"
    )
    yield (f"CREATE TRIGGER {name}_kept_delete AFTER DELETE ON {name} BEGIN {keep}'{name}', OLD.id, json_object({before})); END")
