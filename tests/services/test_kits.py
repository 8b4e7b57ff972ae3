"""Kits: put together from parts that are also sold alone, whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orderdesk.cli import listing_texts
from orderdesk.domain.errors import InvalidValueError, NotFoundError, RefusedError
from orderdesk.domain.listings import Advice
from orderdesk.services import products, purchases
from orderdesk.services.checks import check
from orderdesk.services.drafts import SourceDraft
from orderdesk.services.exports import export
from orderdesk.services.history import redo, undo
from orderdesk.services.imports import import_files
from orderdesk.services.listings import mark_done
from orderdesk.services.orders import cancel_order, hold_order, ship_order
from orderdesk.services.returns import return_units
from orderdesk.services.slips import save_packing_slip
from orderdesk.storage.queries.expected import Coverage, coverage, expected_on
from orderdesk.storage.queries.listings import ListingsView, listings_shown
from orderdesk.storage.queries.product_detail import ProductDetail, product_detail
from orderdesk.storage.queries.reorder import reorder_figures
from tests.builders import Shop, make_shop
from tests.reading import text_of


@pytest.fixture
def lamps(shop: Shop) -> Shop:
    """A lamp is put together from a base and two shades, both of which are also sold alone."""
    shop.stock("BASE", 5)
    shop.stock("SHADE", 7)
    shop.stock("LAMP", None, parts="BASE; 2 x SHADE")
    return shop


def detail(shop: Shop, sku: str) -> ProductDetail:
    with shop.store.read() as view:
        return product_detail(view, shop.products[sku], today=date(2026, 11, 17))


def on_shelf(shop: Shop) -> dict[str, tuple[int | None, int]]:
    """(on hand, allocated) of the parts."""
    return {sku: (detail(shop, sku).row.on_hand, detail(shop, sku).row.allocated) for sku in ("BASE", "SHADE")}


def test_a_draft_of_what_has_become_a_kit_is_not_sent(shop: Shop) -> None:
    shop.stock("SET", 0)
    shop.stock("BULB", 4)
    number = purchases.draft_purchase(shop.store, "Glow", {shop.products["SET"]: 2}, now=shop.tick())
    draft = products.draft_of_product(shop.store, shop.products["SET"])
    draft.parts = "2 x BULB"
    products.edit_product(shop.store, shop.products["SET"], draft, now=shop.tick())
    key = purchases.find_purchase(shop.store, number)
    with pytest.raises(RefusedError, match="is a kit"):
        purchases.send_purchase(shop.store, key, now=shop.tick())
    purchases.cancel_purchase(shop.store, key, now=shop.tick())


def test_a_kit_takes_all_of_its_parts_or_none_and_leaves_no_half_kits_idle(lamps: Shop) -> None:
    lamps.order("1001", ("LAMP", 5))  # shades for three
    lamps.order("1002", ("BASE", 1), ("SHADE", 2))
    assert lamps.quantities("1001", "LAMP") == (3, 2)
    assert lamps.quantities("1002", "BASE") == (1, 0)  # no lamp can use it
    assert lamps.quantities("1002", "SHADE") == (1, 1)
    assert on_shelf(lamps) == {"BASE": (5, 4), "SHADE": (7, 7)}
    assert lamps.status("1001") == "partly_ready"
    assert check(lamps.store) == []


def test_kits_and_single_parts_stand_in_one_queue(lamps: Shop) -> None:
    lamps.order("1001", ("SHADE", 6), placed_on="2026-11-02")
    lamps.order("1002", ("LAMP", 1), placed_on="2026-11-01")
    assert lamps.quantities("1002", "LAMP") == (1, 0)
    assert lamps.quantities("1001", "SHADE") == (5, 1)
    cancel_order(lamps.store, lamps.orders["1002"], now=lamps.tick())
    assert lamps.quantities("1001", "SHADE") == (6, 0)


def test_what_comes_in_goes_to_the_kit_that_waits_and_is_named(lamps: Shop) -> None:
    lamps.order("1001", ("LAMP", 4))
    step = lamps.receive("SHADE", 1)
    assert [(shift.order_number, shift.before, shift.after) for shift in step.gained] == [("1001", 3, 4)]
    assert lamps.status("1001") == "ready"


def test_shipping_and_returning_a_kit_moves_its_parts_and_can_be_undone(lamps: Shop) -> None:
    lamps.order("1001", ("LAMP", 2))
    ship_order(lamps.store, lamps.orders["1001"], now=lamps.tick())
    assert on_shelf(lamps) == {"BASE": (3, 0), "SHADE": (3, 0)}
    return_units(lamps.store, lamps.line("1001", "LAMP"), 1, resalable=True, now=lamps.tick())
    assert on_shelf(lamps) == {"BASE": (4, 0), "SHADE": (5, 0)}
    undo(lamps.store, now=lamps.tick())
    undo(lamps.store, now=lamps.tick())
    assert on_shelf(lamps) == {"BASE": (5, 2), "SHADE": (7, 4)}
    assert lamps.status("1001") == "ready"


def test_a_kit_waits_until_all_of_its_parts_were_counted(shop: Shop) -> None:
    shop.stock("BASE", 5)
    shop.stock("SHADE", None)
    shop.stock("LAMP", None, parts="BASE; 2 x SHADE")
    shop.order("1001", ("LAMP", 1))
    assert shop.status("1001") == "pending"
    shop.count("SHADE", 2)
    assert shop.status("1001") == "ready"


def test_as_many_are_available_as_can_be_put_together(lamps: Shop) -> None:
    assert detail(lamps, "LAMP").row.available == 3
    assert detail(lamps, "LAMP").row.status == "kit"
    assert [(part.sku, part.quantity) for part in detail(lamps, "LAMP").parts] == [("BASE", 1), ("SHADE", 2)]
    assert [(kit.sku, kit.quantity) for kit in detail(lamps, "SHADE").kits] == [("LAMP", 2)]
    lamps.order("1001", ("BASE", 4))
    assert detail(lamps, "LAMP").row.available == 1


def test_a_kit_is_here_when_the_last_of_its_parts_is(lamps: Shop) -> None:
    lamps.order("1001", ("LAMP", 5))
    lamps.order("1002", ("SHADE", 2))  # one of them lies here
    for sku, units, day in (("SHADE", 4, date(2026, 12, 5)), ("SHADE", 1, date(2026, 12, 20))):
        buy(lamps, sku, units, day)
    with lamps.store.read() as view:
        days = expected_on(view, [lamps.products["LAMP"]], today=lamps.now.date())
    assert days == {lamps.line("1001", "LAMP"): date(2026, 12, 5), lamps.line("1002", "SHADE"): date(2026, 12, 20)}


def test_what_comes_of_a_part_comes_on_its_days_and_a_kit_with_the_last_of_its_parts(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.stock("B", 1)
    shop.stock("SET", None, parts="2 x A; B")
    shop.order("1001", ("A", 3))
    shop.order("1002", ("SET", 3))
    first, second, third = date(2026, 11, 25), date(2026, 12, 1), date(2026, 12, 9)
    buy(shop, "A", 2, first)
    assert coverage_of(shop, "1001", "A") == Coverage(((2, first),), 1)
    buy(shop, "A", 2, second)
    assert coverage_of(shop, "1001", "A") == Coverage(((2, first), (1, second)), 0)
    assert coverage_of(shop, "1002", "SET") is None
    buy(shop, "A", 3, third)
    buy(shop, "B", 2, first)
    assert coverage_of(shop, "1002", "SET") == Coverage(((2, third),), 1)


def buy(shop: Shop, sku: str, units: int, day: date) -> None:
    number = purchases.draft_purchase(shop.store, "Glow", {shop.products[sku]: units}, expected_on=day, now=shop.tick())
    purchases.send_purchase(shop.store, purchases.find_purchase(shop.store, number), now=shop.tick())


def coverage_of(shop: Shop, number: str, sku: str) -> Coverage | None:
    with shop.store.read() as view:
        return coverage(view, [shop.products[sku]], today=shop.now.date()).get(shop.line(number, sku))


def test_a_kit_is_not_bought_received_or_counted_itself(lamps: Shop) -> None:
    lamps.order("1001", ("LAMP", 9))
    for act in (
        lambda: lamps.receive("LAMP", 1),
        lambda: lamps.count("LAMP", 1),
        lambda: purchases.draft_purchase(lamps.store, "Glow", {lamps.products["LAMP"]: 1}, now=lamps.tick()),
        lambda: purchases.source_line(lamps.store, lamps.line("1001", "LAMP"), SourceDraft("Glow"), now=lamps.tick()),
    ):
        with pytest.raises(RefusedError, match="Product LAMP is a kit"):
            act()


@pytest.mark.parametrize(
    ("sku", "parts", "said"),
    [
        ("SET", "LAMP", "Product LAMP is a kit itself"),
        ("SHADE", "BASE", "Product SHADE is a part of LAMP"),
        ("SPARE", "SPARE", "Product SPARE is a kit itself"),
        ("STOCKED", "BASE", "Product STOCKED has 2 on hand"),
    ],
)
def test_what_can_not_be_a_kit_is_refused(lamps: Shop, sku: str, parts: str, said: str) -> None:
    lamps.stock("SET", None)
    lamps.stock("SPARE", None)
    lamps.stock("STOCKED", 2)
    draft = products.draft_of_product(lamps.store, lamps.products[sku])
    draft.parts = parts
    with pytest.raises(RefusedError, match=said):
        products.edit_product(lamps.store, lamps.products[sku], draft, now=lamps.tick())


@pytest.mark.parametrize("parts", ["0 x BASE", "BASE; BASE"])
def test_parts_that_say_nothing_are_named(lamps: Shop, parts: str) -> None:
    with pytest.raises(InvalidValueError, match="can't be the parts") as caught:
        lamps.stock("SET", None, parts=parts)
    assert "each SKU once" in caught.value.expected


def test_an_unknown_part_is_named(lamps: Shop) -> None:
    with pytest.raises(NotFoundError, match="NOPE"):
        lamps.stock("SET", None, parts="NOPE")


def test_other_parts_change_what_waiting_lines_get_and_undo_brings_them_back(lamps: Shop) -> None:
    lamps.order("1001", ("LAMP", 5))
    draft = products.draft_of_product(lamps.store, lamps.products["LAMP"])
    assert draft.parts == "1 x BASE; 2 x SHADE"
    draft.parts = "BASE; SHADE"
    products.edit_product(lamps.store, lamps.products["LAMP"], draft, now=lamps.tick())
    assert lamps.quantities("1001", "LAMP") == (5, 0)
    undo(lamps.store, now=lamps.tick())
    assert lamps.quantities("1001", "LAMP") == (3, 2)
    redo(lamps.store, now=lamps.tick())
    assert on_shelf(lamps) == {"BASE": (5, 5), "SHADE": (7, 5)}
    assert check(lamps.store) == []


def test_a_part_that_a_kit_needs_is_not_undone_away(shop: Shop) -> None:
    shop.stock("BASE", None)
    shop.stock("LAMP", None, parts="BASE")
    with shop.store.read() as view:
        first = view.value("SELECT min(id) FROM event WHERE kind = 'add_product'")
    with pytest.raises(RefusedError, match="later one has built on it"):
        undo(shop.store, event_id=first, now=shop.tick())


def test_a_held_order_gives_its_parts_to_others(lamps: Shop) -> None:
    lamps.order("1001", ("LAMP", 3))
    lamps.order("1002", ("SHADE", 7))
    assert lamps.quantities("1002", "SHADE") == (1, 6)
    hold_order(lamps.store, lamps.orders["1001"], now=lamps.tick())
    assert lamps.quantities("1002", "SHADE") == (7, 0)


def test_exported_kits_are_kits_in_another_shop(lamps: Shop, tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    export(lamps.store, "products", path)
    rows = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([rows[0], *rows[:0:-1]]), "utf-8")  # the kit stands before its parts
    other = make_shop(tmp_path)
    run = import_files(other.store, [path], now=other.tick())
    assert [skipped for result in run.files for skipped in result.skipped] == []
    other.products["LAMP"] = products.find_product(other.store, "LAMP")
    assert [(part.sku, part.quantity) for part in detail(other, "LAMP").parts] == [("BASE", 1), ("SHADE", 2)]
    assert check(other.store) == []


def test_a_file_that_counts_a_kit_is_told_that_its_parts_are_counted(lamps: Shop, tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    path.write_text("sku,title,on_hand,tracked\nLAMP,Desk lamp,4,yes\nBASE,Base,9,yes\n")
    (result,) = import_files(lamps.store, [path], now=lamps.tick()).files
    assert [(skipped.row, skipped.column) for skipped in result.skipped] == [(2, "on_hand")]
    assert detail(lamps, "LAMP").row.title == "Desk lamp"
    assert detail(lamps, "BASE").row.on_hand == 9


def test_what_is_sold_in_kits_counts_where_parts_are_ordered_again(lamps: Shop) -> None:
    lamps.order("1001", ("LAMP", 3), placed_on="2026-11-10")
    lamps.order("1002", ("SHADE", 1), placed_on="2026-11-10")
    with lamps.store.read() as view:
        found = reorder_figures(view, [lamps.products["SHADE"], lamps.products["BASE"]], today=date(2026, 11, 17))
    assert {row.sku: (row.sold, row.supply.position) for row in found.values()} == {"SHADE": (7, 0), "BASE": (3, 2)}


@pytest.mark.parametrize(("sold_alone", "keep"), [(0, 3), (4, 1), (7, 0)])
def test_a_listing_of_a_kit_offers_what_can_be_put_together(lamps: Shop, tmp_path: Path, sold_alone: int, keep: int) -> None:
    """Seven shades make three lamps with two each."""
    if sold_alone:
        lamps.order("1001", ("SHADE", sold_alone))
    path = tmp_path / "listings.csv"
    path.write_text("listing_id,channel,sku,format,quantity,bids\n77,ebay,LAMP,fixed_price,3,0\n")
    import_files(lamps.store, [path], now=lamps.tick())
    with lamps.store.read() as view:
        (row,) = listings_shown(view, ListingsView(), today=date(2026, 11, 17))
    assert (row.free, row.keep) == (keep, keep)
    assert row.advice is (Advice.KEEP if keep == 3 else Advice.REDUCE)


def test_what_is_listed_alone_and_in_kits_is_on_offer_once(shop: Shop, tmp_path: Path) -> None:
    shop.stock("BOOK", 2)
    shop.stock("MUG", 5)
    shop.stock("DUO", None, parts="MUG; BOOK")
    path = tmp_path / "listings.csv"
    rows = ("1,ebay,BOOK,fixed_price,2,0", "2,ebay,MUG,fixed_price,5,0", "3,ebay,DUO,fixed_price,2,0")
    path.write_text("listing_id,channel,sku,format,quantity,bids\n" + "\n".join(rows))
    import_files(shop.store, [path], now=shop.tick())

    def advised(search: str = "") -> list[tuple[str, int, int, int | None, str]]:
        with shop.store.read() as view:
            rows = listings_shown(view, ListingsView(search=search), today=date(2026, 11, 17))
        return [(row.sku, row.keep, row.offered, row.free, listing_texts.reason(row)) for row in rows]

    duo = ("DUO", 0, 2, 2, "4 on offer of its part BOOK, stock for 2")
    assert advised() == [
        duo,
        ("BOOK", 2, 4, 2, "4 on offer of the product, stock for 2"),
        ("MUG", 5, 7, 5, "7 on offer of the product, stock for 5"),
    ]
    assert advised("DUO") == [duo]
    with shop.store.read() as view:
        (row,) = listings_shown(view, ListingsView(search="DUO"), today=date(2026, 11, 17))
    mark_done(shop.store, [row.id], now=shop.tick())
    assert [(sku, offered) for sku, _, offered, *_ in advised()] == [("BOOK", 2), ("MUG", 5), ("DUO", 0)]


def test_an_auction_of_a_part_ends_before_kits_have_used_it_up(shop: Shop, tmp_path: Path) -> None:
    shop.stock("BASE", 40)
    shop.stock("LAMP", None, parts="BASE")
    shop.order("1001", ("LAMP", 30), placed_on="2026-11-10")
    path = tmp_path / "listings.csv"
    path.write_text("listing_id,channel,sku,format,quantity,bids,ends_at\n77,ebay,BASE,auction,1,0,2026-12-09T18:00:00Z\n")
    import_files(shop.store, [path], now=shop.tick())
    with shop.store.read() as view:
        (row,) = listings_shown(view, ListingsView(), today=date(2026, 11, 17))
    assert (row.free, row.advice, row.end_by) == (10, Advice.SHORTEN, date(2026, 11, 27))


def test_a_kit_is_undone_after_it_was_redone(shop: Shop) -> None:
    shop.stock("BASE", 1)
    shop.stock("LAMP", None, parts="BASE")
    undo(shop.store, now=shop.tick())
    redo(shop.store, now=shop.tick())
    undo(shop.store, now=shop.tick())
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM kit_part") == 0
        assert view.value("SELECT count(*) FROM product") == 1


def test_the_slip_says_what_is_in_a_kit_and_how_many_kits_left(lamps: Shop) -> None:
    lamps.order("1001", ("LAMP", 4))
    before = text_of(save_packing_slip(lamps.store, lamps.orders["1001"], now=lamps.now))
    assert "1 × Product BASE, 2 × Product SHADE" in before
    assert "LAMP 4 3 1" in before
    ship_order(lamps.store, lamps.orders["1001"], now=lamps.tick())
    assert "LAMP 4 3 1" in text_of(save_packing_slip(lamps.store, lamps.orders["1001"], now=lamps.now))


def test_a_file_that_only_changes_parts_is_a_step_of_its_own(lamps: Shop, tmp_path: Path) -> None:
    path = tmp_path / "kits.csv"
    path.write_text("sku,title,parts\nLAMP,Product LAMP,BASE; 3 x SHADE\nBASE,Product BASE,\n")
    run = import_files(lamps.store, [path], now=lamps.tick())
    assert [(file.new, file.changed, file.unchanged) for file in run.files] == [(0, 1, 1)]
    assert run.import_id is not None
    assert [part.quantity for part in detail(lamps, "LAMP").parts] == [1, 3]
    again = import_files(lamps.store, [path], now=lamps.tick())
    assert [(file.new, file.changed, file.unchanged) for file in again.files] == [(0, 0, 2)]
    undo(lamps.store, now=lamps.tick())
    assert [part.quantity for part in detail(lamps, "LAMP").parts] == [1, 2]


def test_a_part_that_is_not_tracked_never_runs_out_and_never_leaves_the_shelf(shop: Shop) -> None:
    shop.stock("BASE", 1)
    shop.stock("WRAP", None, tracked=False)
    shop.stock("GIFT", None, parts="BASE; WRAP")
    shop.order("1001", ("GIFT", 2))
    assert shop.quantities("1001", "GIFT") == (1, 1)
    ship_order(shop.store, shop.orders["1001"], now=shop.tick())
    with shop.store.read() as view:
        assert view.all("SELECT sku, on_hand FROM product ORDER BY id") == [("BASE", 0), ("WRAP", 0), ("GIFT", 0)]
    assert check(shop.store) == []
