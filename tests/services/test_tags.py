"""Tags: a seller's own words on an order, found by search."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from orderdesk.services.exports import export
from orderdesk.services.history import undo
from orderdesk.services.imports import import_files
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.storage.queries.orders import OrdersView, order_ids, order_rows
from tests.builders import Shop, make_shop

TODAY = date(2026, 11, 17)


def tagged(shop: Shop, tags: str) -> None:
    draft = draft_of_order(shop.store, shop.orders["1001"])
    draft.tags = tags
    edit_order(shop.store, shop.orders["1001"], draft, now=shop.tick())


def found(shop: Shop, search: str) -> list[tuple[str, str]]:
    with shop.store.read() as view:
        rows = order_rows(view, order_ids(view, OrdersView(search=search), today=TODAY), today=TODAY)
    return [(row.number, row.tags) for row in rows]


def test_tags_are_kept_once_each_and_found(shop: Shop) -> None:
    shop.stock("A", 1)
    shop.order("1001", ("A", 1))
    shop.order("1002", ("A", 1))
    tagged(shop, " gift,  fragile ,gift,, ")
    assert found(shop, "fragile") == [("1001", "gift, fragile")]
    undo(shop.store, now=shop.tick())
    assert found(shop, "fragile") == []


def test_tags_go_along_to_another_shop(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 1)
    shop.order("1001", ("A", 1))
    tagged(shop, "gift, fragile")
    path = tmp_path / "orders.csv"
    export(shop.store, "orders", path)
    other = make_shop(tmp_path)
    import_files(other.store, [path], now=other.tick())
    assert found(other, "gift") == [("1001", "gift, fragile")]
