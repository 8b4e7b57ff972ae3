"""A supplier's file: what they have and expect of products that the shop knows, and nothing guessed about the others."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from orderdesk.domain.errors import RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.services import history
from orderdesk.services.apologies import apologize
from orderdesk.services.drafts import SupplierProductDraft
from orderdesk.services.import_results import FileResult, ImportOptions
from orderdesk.services.imports import import_files, preview_import
from orderdesk.services.suppliers import set_offer
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries.expected import Coverage, coverage
from orderdesk.storage.queries.products import product_rows
from orderdesk.storage.queries.slipped import slipped_orders
from orderdesk.storage.queries.suppliers import OfferRow, offers, suppliers
from tests.builders import Shop
from tests.services.test_purchases import FIRST, LATER, bought, expected, on_order

DAY = timedelta(days=1)
HEAD = "supplier_sku,quantity,cost,lead_time_days,next_units,next_on,barcode\n"


def file(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "stock.csv"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def take(shop: Shop, *rows: str, supplier: str = "Acme", head: str = HEAD) -> FileResult:
    path = file(shop.store.path.parent, *rows, head=head)
    result = import_files(shop.store, [path], options=ImportOptions(supplier=supplier), now=shop.tick())
    return result.files[0]


def there(shop: Shop) -> dict[tuple[str, str], OfferRow]:
    with shop.store.read() as view:
        return {(row.supplier, row.sku): row for row in offers(view)}


def counts(file: FileResult) -> tuple[int, int, int, list[int]]:
    return file.new, file.changed, file.unchanged, [skipped.row for skipped in file.skipped]


def seen(row: OfferRow) -> tuple[int | None, datetime | None]:
    return row.quantity, row.seen_at


def test_what_the_supplier_has_is_noted_with_its_age_and_all_else_the_file_says(shop: Shop) -> None:
    shop.stock("LAMP", 0, barcode="4006381333931")
    shop.stock("MAT", 0, supplier="acme", supplier_sku="AC-7")
    shop.stock("CUP", 0)
    set_offer(shop.store, shop.products["CUP"], SupplierProductDraft("Acme", supplier_sku="C/1", cost="2"), now=shop.tick())
    made = take(shop, "L-1,40,3.50,4,,,4006381333931", "AC-7,CALL,,,12,2026-12-05,", "C/1,0,,,,,", "NONE,9,1.00,1,,,")
    assert counts(made) == (2, 1, 0, [5])
    assert "NONE: no product goes by it" in made.skipped[0].reason
    found = there(shop)
    lamp, mat, cup = (found["Acme", sku] for sku in ("LAMP", "MAT", "CUP"))
    assert (lamp.supplier_sku, lamp.cost, lamp.lead_time_days, seen(lamp)) == ("L-1", Money.of("3.50", "USD"), 4, (40, shop.now))
    assert (seen(mat), mat.next_units, mat.next_on) == ((None, None), 12, FIRST)
    assert (seen(cup), cup.cost) == ((0, shop.now), Money.of("2.00", "USD"))
    with shop.store.read() as view:
        assert [row.name for row in suppliers(view)] == ["Acme"]
        rows = product_rows(view, [shop.products["LAMP"]], today=shop.now.date())
        assert view.value("SELECT count(*) FROM product") == 3
    assert (rows[0].supplier, rows[0].cost, rows[0].lead_time_days) == ("Acme", Money.of("3.50", "USD"), 4)


def test_it_is_one_step_to_undo_and_its_preview_changes_nothing(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    before, path = history.undoable(shop.store), file(shop.store.path.parent, "LAMP,40,3.50,4,12,2026-12-05,")
    shown = preview_import(shop.store, [path], options=ImportOptions(supplier="Acme"), now=shop.tick())
    assert (counts(shown.files[0]), shown.files[0].samples, there(shop)) == ((1, 0, 0, []), ("LAMP: 40",), {})
    assert history.undoable(shop.store) == before
    take(shop, "LAMP,40,3.50,4,12,2026-12-05,")
    assert set(there(shop)) == {("Acme", "LAMP")}
    history.undo(shop.store, now=shop.tick())
    assert there(shop) == {}
    with shop.store.read() as view:
        assert suppliers(view) == []


def test_a_product_that_the_file_does_not_name_keeps_its_figure_and_its_age(shop: Shop) -> None:
    for sku in ("LAMP", "MAT"):
        shop.stock(sku, 0)
    take(shop, "LAMP,40,,,12,2026-12-05,", "MAT,7,,,,,")
    first = shop.now
    shop.now += DAY
    assert counts(take(shop, "MAT,7,,,,,")) == (0, 1, 0, [])
    found = there(shop)
    assert (seen(found["Acme", "LAMP"]), seen(found["Acme", "MAT"])) == ((40, first), (7, shop.now))
    assert (found["Acme", "LAMP"].is_stale(shop.now), found["Acme", "MAT"].is_stale(shop.now)) == (True, False)
    assert found["Acme", "LAMP"].next_units == 12
    assert counts(take(shop, "MAT,,,,,,")) == (0, 0, 1, [])
    assert seen(there(shop)["Acme", "MAT"]) == (7, found["Acme", "MAT"].seen_at)


def test_unknown_words_keep_a_row_out_and_the_old_figure_in(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    take(shop, "LAMP,40,,,,,")
    then = shop.now
    made = take(shop, "LAMP,plenty,,,,,")
    assert [(row.row, row.column) for row in made.skipped] == [(2, "quantity")]
    assert seen(there(shop)["Acme", "LAMP"]) == (40, then)


def test_another_supplier_s_figures_are_their_own(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    take(shop, "LAMP,40,3.00,4,,,")
    take(shop, "LAMP,5,9.00,1,,,", supplier="Bolt")
    assert {name: row.quantity for (name, _), row in there(shop).items()} == {"Acme": 40, "Bolt": 5}
    with shop.store.read() as view:
        (row,) = product_rows(view, [shop.products["LAMP"]], today=shop.now.date())
    assert (row.supplier, row.cost) == ("Acme", Money.of("3.00", "USD"))


def test_what_could_be_two_products_or_is_a_kit_is_not_guessed(shop: Shop) -> None:
    for sku in ("ONE", "TWO"):
        shop.stock(sku, 0, barcode="99")
    shop.stock("SET", None, parts="2 x ONE")
    made = take(shop, "X,1,,,,,99", "SET,1,,,,,", "ONE,1,,,,,", "TWO,1,,,,,98", ",2,,,,,")
    assert counts(made)[:3] == (2, 0, 0)
    assert [(row.row, row.reason.partition(".")[0]) for row in made.skipped[:2]] == [
        (2, "X: 2 products go by it"),
        (3, "SET: it is a kit; its parts are bought, not the kit"),
    ]
    assert made.skipped[2].row == 6
    made = take(shop, "U-1,1,,,,,99", head=HEAD)
    assert counts(made) == (0, 0, 0, [2])


def test_a_feed_without_its_supplier_asks_whose_it_is(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    take(shop, "LAMP,1,,,,,")
    path = file(shop.store.path.parent, "LAMP,40,,,,,")
    (shown,) = preview_import(shop.store, [path], now=shop.tick()).files
    assert (counts(shown), [(each.id, each.choices, each.assumed) for each in shown.questions]) == (
        (0, 0, 0, []),
        [("supplier", ("Acme",), "")],
    )
    with pytest.raises(RefusedError, match=r"stock\.csv says what a supplier has, but not which one") as refusal:
        import_files(shop.store, [path], now=shop.tick())
    assert refusal.value.remedy == "Name the supplier."


def test_what_a_supplier_expects_is_laid_over_the_queue_after_what_comes_sooner(shop: Shop) -> None:
    shop.stock("A", 0)
    for number, units in (("1", 2), ("2", 2), ("3", 3)):
        shop.order(number, ("A", units))
    take(shop, "A,500,,,3,2026-12-20,")
    assert expected(shop) == {"1": LATER, "2": None, "3": None}, "what they have is no delivery"
    with shop.store.read() as view:
        assert coverage(view, [shop.products["A"]], today=shop.now.date())[shop.line("2", "A")] == Coverage(((1, LATER),), 1)
    bought(shop, A=2)
    assert expected(shop) == {"1": FIRST, "2": LATER, "3": None}
    assert on_order(shop, "A") == (2, FIRST), "nothing of a feed is on order"
    take(shop, "A,500,,,,2026-12-20,")
    assert expected(shop) == {"1": FIRST, "2": None, "3": None}, "a day without units covers none"
    take(shop, "A,500,,,9,2026-11-01,")
    assert expected(shop)["2"] is None, "a day that has passed promises nothing"
    assert there(shop)["Acme", "A"].next_on is None


def test_a_day_that_a_feed_moves_later_is_told_anew(shop: Shop) -> None:
    shop.stock("A", 0)
    shop.order("1", ("A", 2))
    take(shop, "A,0,,,9,2026-12-05,")
    letter = apologize(shop.store, [shop.orders["1"]], now=shop.tick()).apologies[0]
    assert letter.said[0].new_date == FIRST
    mark_told(shop.store, letter.notice_id, ToldBy.PRINT, now=shop.tick())
    take(shop, "A,0,,,9,2026-12-20,")
    with shop.store.read() as view:
        assert slipped_orders(view, today=date(2026, 11, 18)) == [shop.orders["1"]]


def test_what_is_discontinued_there_is_said(shop: Shop) -> None:
    shop.stock("A", 0)
    made = take(shop, "A,Discontinued", head="Supplier Code,Stock\n")
    assert made.notes == ("Acme will have no more of: A",)
    assert there(shop)["Acme", "A"].quantity == 0


def test_a_cost_finer_than_money_is_rounded_and_noted(shop: Shop) -> None:
    shop.stock("A", 0)
    result = take(shop, "A,5,1.2345,,,,")
    assert result.notes == ("1 cost with more decimals than the currency has, rounded: A at 1.2345.",)
    assert there(shop)["Acme", "A"].quantity == 5
