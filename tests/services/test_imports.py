"""Files come in as previewed, once, as one step that can be taken back; and go out so that they come in the same."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from orderdesk.documents.letter import Letter
from orderdesk.documents.wording import LANGUAGES, fill, wording
from orderdesk.domain.errors import UnreadableFileError
from orderdesk.domain.money import Money
from orderdesk.exchange.records import OrderRecord
from orderdesk.services import history, orders
from orderdesk.services.apologies import apologize
from orderdesk.services.backups import backups
from orderdesk.services.checks import check
from orderdesk.services.drafts import RefundDraft
from orderdesk.services.exports import export
from orderdesk.services.firm import keep_units
from orderdesk.services.import_moments import canceled_on
from orderdesk.services.import_results import ImportOptions
from orderdesk.services.imports import import_files, preview_import
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.printouts import labels_of_customers, save_printout
from orderdesk.services.refunds import record_refund
from orderdesk.services.sample import make_sample_shop
from orderdesk.services.shop import save_shop_profile, shop_profile
from orderdesk.storage.outbox import reserved
from orderdesk.storage.queries.deadlines import deadlines
from orderdesk.storage.queries.listings import ListingsView, listings_shown
from orderdesk.storage.queries.refunds import refund_to_make
from orderdesk.storage.store import Store
from tests.builders import HOLLOW_OAK, NOW, Shop
from tests.reading import text_of
from tests.shared_data import shared_data

HEADER = "order_number,channel,placed_at,paid_at,currency,customer_name,ship_name,ship_line1,ship_city,ship_postal_code,ship_country,sku,title,quantity,unit_price,shipped\n"  # noqa: E501
EBAY = (
    "Order Number,Buyer Username,Ship To Name,Ship To Country,Item Title,Custom Label,Quantity,Sold For,Total Price,Sale Date,"
    "Paid On Date,Shipped On Date,Transaction ID\n"
    '01-1,bo,Bo Li,United States,Lamp,A,{},"$10.00","$10.00",Nov-03-26,Nov-04-26,,901\n'
)
FIRST = HEADER + "1,own,2026-11-01,2026-11-01,USD,Ann Hill,Ann Hill,1 Lane,Hood River,97031,US,A,Lamp,2,10.00,0\n"
TABLES = ("product", "customer", "orders", "order_line")


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as view:
        return {table: view.all(f"SELECT * FROM {table} ORDER BY id") for table in TABLES}


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["shopify_orders_export.csv", "ebay_us_orders.csv"])
def test_a_marketplace_file_comes_in_once_and_can_be_undone(shop: Shop, name: str) -> None:
    path = shared_data(f"marketplace-rendered/{name}")
    before = rows(shop.store)
    preview = preview_import(shop.store, [path], now=shop.tick())
    assert rows(shop.store) == before
    result = import_files(shop.store, [path], now=shop.tick())
    assert (result.files[0].new, result.files[0].skipped) == (preview.files[0].new, preview.files[0].skipped)
    after = rows(shop.store)
    again = import_files(shop.store, [path], now=shop.tick())
    assert (again.files[0].new, again.files[0].changed, again.import_id) == (0, 0, None)
    assert rows(shop.store) == after
    assert check(shop.store) == []
    history.undo(shop.store, event_id=result.import_id, now=shop.tick())
    assert rows(shop.store) == before
    history.redo(shop.store, now=shop.tick())
    assert rows(shop.store) == after


def test_an_order_whose_file_gives_no_day_is_canceled_on_that_of_the_shop() -> None:
    """Eight in the evening of the 17th in Los Angeles is the 18th in UTC."""
    evening = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
    record = OrderRecord(2, "own", order_number="1", canceled=True)
    assert canceled_on(record, HOLLOW_OAK, evening) == date(2026, 11, 17)


@pytest.mark.parametrize(("moment", "day"), [("2026-11-04T03:30:00Z", "2026-11-03"), ("2026-11-04", "2026-11-04")])
def test_an_instant_in_a_file_is_a_day_of_the_shops_and_a_bare_date_stays_that_date(
    shop: Shop, tmp_path: Path, moment: str, day: str
) -> None:
    """Half past three in the night of the 4th in UTC is half past seven in the evening of the 3rd in Los Angeles."""
    shop.stock("A", 0)
    unpaid = FIRST.replace("2026-11-01,2026-11-01", f"{moment},")
    import_files(shop.store, [written(tmp_path, "placed.csv", unpaid)], now=shop.tick())
    new = unpaid.replace(f"\n1,own,{moment},", f"\n2,own,{moment},{moment}")
    paid = unpaid.replace(f"{moment},", f"{moment},{moment}")
    import_files(shop.store, [written(tmp_path, "new.csv", new), written(tmp_path, "paid.csv", paid)], now=shop.tick())
    days = "SELECT placed_on, placed_at, paid_on, paid_at FROM orders"
    with shop.store.read() as view:
        assert view.all("SELECT placed_on, paid_on, placed_printed FROM orders") == [(day, day, moment)] * 2
        before = view.all(days)
        due = deadlines(view, [key for (key,) in view.all("SELECT id FROM orders")], today=shop.now.date())
    assert {each.tell_by for each in due.values()} == {date.fromisoformat(day) + timedelta(days=30)}
    export(shop.store, "orders", tmp_path / "out.csv")
    history.undo(shop.store, now=shop.tick())
    history.undo(shop.store, now=shop.tick())
    import_files(shop.store, [tmp_path / "out.csv"], now=shop.tick())
    with shop.store.read() as view:
        assert view.all(days) == before


def test_a_time_without_an_offset_is_one_of_the_shops_own_clock(shop: Shop, tmp_path: Path) -> None:
    """The later order has the lower number, so that only the time can say who was first."""
    shop.stock("A", 1)
    evening, night = ("2026-11-02T18:30:00", "2026-11-02 02:30")
    both = HEADER + "".join(
        f"{number},own,{moment},{moment},USD,Ann Hill,Ann Hill,1 Lane,Hood River,97031,US,A,Lamp,1,10.00,0\n"
        for number, moment in ((1, evening), (2, night))
    )
    import_files(shop.store, [written(tmp_path, "two.csv", both)], now=shop.tick())
    told = "SELECT order_number, placed_on, placed_at, paid_at, status FROM orders ORDER BY id"
    with shop.store.read() as view:
        first, second = view.all(told)
    assert first == ("1", "2026-11-02", "2026-11-03T02:30:00Z", "2026-11-03T02:30:00Z", "backordered")
    assert second == ("2", "2026-11-02", "2026-11-02T10:30:00Z", "2026-11-02T10:30:00Z", "ready")
    export(shop.store, "orders", tmp_path / "out.csv")
    history.undo(shop.store, now=shop.tick())
    import_files(shop.store, [tmp_path / "out.csv"], now=shop.tick())
    with shop.store.read() as view:
        assert view.all(told) == [first, second]


def test_a_later_export_turns_open_units_into_shipped_ones_and_moves_stock(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 5)
    import_files(shop.store, [written(tmp_path, "one.csv", FIRST)], now=shop.tick())
    result = import_files(shop.store, [written(tmp_path, "two.csv", FIRST.replace(",10.00,0", ",10.00,2"))], now=shop.tick())
    assert result.files[0].changed == 1
    with shop.store.read() as view:
        assert view.one("SELECT on_hand, allocated FROM product") == (3, 0)
        assert view.value("SELECT status FROM orders") == "shipped"


def test_the_first_import_of_a_shipped_line_moves_no_stock(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 5)
    import_files(shop.store, [written(tmp_path, "one.csv", FIRST.replace(",10.00,0", ",10.00,2"))], now=shop.tick())
    with shop.store.read() as view:
        assert view.value("SELECT on_hand FROM product") == 5


def test_a_sku_never_seen_is_pending_until_it_is_counted(shop: Shop, tmp_path: Path) -> None:
    result = import_files(shop.store, [written(tmp_path, "one.csv", FIRST)], now=shop.tick())
    assert "count it" in result.files[0].notes[0]
    with shop.store.read() as view:
        assert view.one("SELECT backordered, pending FROM order_line") == (0, 2)
        product = view.value("SELECT id FROM product")
    shop.products["A"] = product
    shop.count("A", 1)
    with shop.store.read() as view:
        assert view.one("SELECT allocated, backordered, pending FROM order_line") == (1, 1, 0)


def test_an_order_without_payment_is_unpaid_unless_the_import_says_otherwise(shop: Shop, tmp_path: Path) -> None:
    unpaid = written(tmp_path, "one.csv", FIRST.replace("2026-11-01,2026-11-01", "2026-11-01,"))
    import_files(shop.store, [unpaid], now=shop.tick())
    with shop.store.read() as view:
        assert view.value("SELECT status FROM orders") == "awaiting_payment"
    history.undo(shop.store, now=shop.tick())
    import_files(shop.store, [unpaid], options=ImportOptions(treat_as_paid=True), now=shop.tick())
    with shop.store.read() as view:
        assert view.value("SELECT paid FROM orders") == 1


def test_an_unreadable_file_changes_nothing_and_a_backup_precedes_every_import(shop: Shop, tmp_path: Path) -> None:
    before = rows(shop.store)
    with pytest.raises(UnreadableFileError):
        import_files(shop.store, [written(tmp_path, "poem.csv", "roses,are\nred,too\n")], now=shop.tick())
    assert rows(shop.store) == before
    import_files(shop.store, [written(tmp_path, "one.csv", FIRST)], now=shop.tick())
    assert len(backups(shop.store.path)) == 1


def test_a_line_without_a_title_is_called_what_its_product_is_called(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 5)
    import_files(shop.store, [written(tmp_path, "one.csv", FIRST.replace(",A,Lamp,", ",A,,"))], now=shop.tick())
    with shop.store.read() as view:
        assert view.value("SELECT title FROM order_line") == "Product A"


def test_a_preview_leaves_out_files_that_can_not_be_read_and_says_why(shop: Shop, tmp_path: Path) -> None:
    poem, orders = written(tmp_path, "poem.csv", "roses,are\nred,too\n"), written(tmp_path, "one.csv", FIRST)
    seen = preview_import(shop.store, [poem, orders], now=shop.tick())
    assert [(file.path, file.new) for file in seen.files] == [(orders, 1)]
    assert [str(error).split(" is no file")[0] for error in seen.refused] == ["poem.csv"]
    with pytest.raises(UnreadableFileError, match="poem"):
        preview_import(shop.store, [poem], now=shop.tick())


def test_an_import_leaves_out_files_that_can_not_be_read_and_says_why(shop: Shop, tmp_path: Path) -> None:
    poem, orders = written(tmp_path, "poem.csv", "roses,are\nred,too\n"), written(tmp_path, "one.csv", FIRST)
    done = import_files(shop.store, [poem, orders], now=shop.tick())
    assert [(file.path, file.new) for file in done.files] == [(orders, 1)]
    assert [str(error).split(" is no file")[0] for error in done.refused] == ["poem.csv"]
    song = written(tmp_path, "song.csv", "la,le\nlu,la\n")
    with pytest.raises(UnreadableFileError, match=r"poem\.csv.*song\.csv"):
        import_files(shop.store, [poem, song], now=shop.tick())


def test_what_is_exported_comes_back_as_the_same_shop(tmp_path: Path) -> None:
    store, other = Store.open(tmp_path / "a.orderdesk"), Store.open(tmp_path / "b.orderdesk")
    make_sample_shop(store, now=NOW)
    kinds = ("products", "customers", "orders", "listings")
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    for kind in kinds:
        export(store, kind, first / f"{kind}.csv")
    profile = shop_profile(store)
    assert profile is not None
    save_shop_profile(other, profile, now=NOW)
    result = import_files(
        other, [first / f"{kind}.csv" for kind in kinds if (first / f"{kind}.csv").stat().st_size > 90], now=NOW
    )
    assert [row for file in result.files for row in file.skipped] == []
    for kind in kinds:
        export(other, kind, second / f"{kind}.csv")
        assert (second / f"{kind}.csv").read_text("utf-8") == (first / f"{kind}.csv").read_text("utf-8"), kind
    assert check(other) == []
    store.close()
    other.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_buyer_without_a_name_is_written_to_without_one(shop: Shop, tmp_path: Path, language: str) -> None:
    shop.stock("A", 0)
    nameless = written(tmp_path, "one.csv", FIRST.replace("Ann Hill,Ann Hill,", ",,").replace("\n1,own,", "\nNB,own,"))
    import_files(shop.store, [nameless], now=shop.tick())
    with shop.store.begin("edit", "", now=shop.tick()) as transaction:
        transaction.customer(1).language = language
        order = int(transaction.view.value("SELECT id FROM orders"))
    made = apologize(shop.store, [order], now=shop.tick()).apologies[0]
    assert made.customer == "Customer of order NB"
    with shop.store.read() as view:
        letter = Letter.from_json(reserved(view, made.notice_id).letter)
    words = wording(language)
    assert (letter.salutation, letter.address) == (words["salutation"]["nobody"], ("1 Lane", "Hood River, 97031"))
    assert letter.coupon is not None
    assert letter.coupon.made_out.value == fill(words["coupon"]["bearer"], order="NB")
    assert letter.coupon.made_out.value in letter.subject
    assert "Customer of order" not in letter.to_json() + text_of(made.letter)
    labels = labels_of_customers(shop.store, [1], now=shop.tick())
    assert "Customer of" not in text_of(save_printout(shop.store, labels, tmp_path))


def test_a_re_sorted_file_swaps_no_quantities(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 9)
    shop.stock("B", 9)
    row = FIRST.removeprefix(HEADER)
    other = row.replace(",A,Lamp,2,", ",B,Book,5,")
    import_files(shop.store, [written(tmp_path, "one.csv", HEADER + row + other)], now=shop.tick())
    result = import_files(shop.store, [written(tmp_path, "two.csv", HEADER + other + row)], now=shop.tick())
    assert (result.files[0].changed, result.files[0].unchanged) == (0, 1)


def test_an_order_that_can_not_be_brought_up_to_date_stays_whole(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 9)
    row = FIRST.removeprefix(HEADER)
    import_files(shop.store, [written(tmp_path, "one.csv", FIRST.replace(",10.00,0", ",10.00,2"))], now=shop.tick())
    before = rows(shop.store)
    fewer = written(tmp_path, "two.csv", HEADER + row.replace("Ann Hill", "Bea Hill").replace(",Lamp,2,", ",Lamp,1,"))
    result = import_files(shop.store, [fewer], now=shop.tick())
    assert "stays as it was" in result.files[0].skipped[0].reason
    assert rows(shop.store) == before


def test_an_order_that_is_refused_leaves_those_beside_it_and_the_shelf_alone(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 3)
    row = FIRST.removeprefix(HEADER)
    more = row.replace("1,own", "2,own", 1)
    sent = more.replace(",A,Lamp,2,10.00,0", ",B,Book,2,5.00,2")
    last = row.replace("1,own", "3,own", 1)
    import_files(shop.store, [written(tmp_path, "one.csv", HEADER + row + more + sent + last)], now=shop.tick())
    before = rows(shop.store)
    left = [each.replace(",10.00,0", ",10.00,2") for each in (row, more, last)]
    fewer = sent.replace(",B,Book,2,5.00,2", ",B,Book,1,5.00,0")
    (file,) = import_files(shop.store, [written(tmp_path, "two.csv", HEADER + "".join([*left, fewer]))], now=shop.tick()).files
    assert (file.changed, [each.row for each in file.skipped]) == (2, [3])
    assert file.notes == ("Row 4: order 3 shipped 2 of Product A, but only 1 were on hand; count it.",)
    with shop.store.read() as view:
        shipped = view.all(
            "SELECT o.order_number, l.sku, l.ordered, l.shipped FROM orders o JOIN order_line l ON l.order_id = o.id"
        )
        assert sorted(shipped) == [("1", "A", 2, 2), ("2", "A", 2, 0), ("2", "B", 2, 2), ("3", "A", 2, 2)]
        assert view.value("SELECT on_hand FROM product WHERE sku = 'A'") == 0
    assert check(shop.store) == []
    history.undo(shop.store, now=shop.tick())
    assert rows(shop.store) == before


def test_many_orders_are_brought_up_to_date_with_few_questions(shop: Shop, tmp_path: Path) -> None:
    """Entities are asked for 500 orders at a time, with their lines; one by one takes four times as long."""
    shop.stock("A", 9)
    assert len(entities_asked_for(shop, tmp_path, orders=2)) == 2
    assert len(entities_asked_for(shop, tmp_path, orders=600)) == 4


def entities_asked_for(shop: Shop, folder: Path, *, orders: int) -> list[str]:
    """The statements that load entities, or let one of them be taken back, while a file says that so many orders have left."""
    row = FIRST.removeprefix(HEADER)
    every = [row.replace("1,own", f"{number},own", 1) for number in range(orders)]
    import_files(shop.store, [written(folder, "known.csv", HEADER + "".join(every))], now=shop.tick())
    left = written(folder, "left.csv", HEADER + "".join(each.replace(",10.00,0", ",10.00,2") for each in every))
    said: list[str] = []
    with shop.store.bookkeeping() as view:
        writing = view.connection
    writing.set_trace_callback(said.append)
    import_files(shop.store, [left], now=shop.tick())
    writing.set_trace_callback(None)
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM orders WHERE status = 'shipped'") == orders
    return [sql for sql in said if re.match(r"SELECT (orders|order_line|product)\.|SAVEPOINT", sql)]


def test_what_a_file_does_not_say_of_a_product_stays(shop: Shop, tmp_path: Path) -> None:
    import_files(shop.store, [written(tmp_path, "p.csv", "sku,title,price,currency\nA,Lamp,10.00,EUR\n")], now=shop.tick())
    import_files(shop.store, [written(tmp_path, "q.csv", "sku,title,on_hand\nA,Lamp,4\n")], now=shop.tick())
    with shop.store.read() as view:
        assert view.one("SELECT price_minor, currency, on_hand FROM product") == (1000, "EUR", 4)


def test_an_auction_of_which_only_the_day_is_known_ends_with_it_and_keeps_its_currency(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 1)
    first = "listing_id,channel,sku,format,quantity,bids,price,currency,ends_at\n7,ebay,A,auction,1,0,5.00,EUR,2026-11-20\n"
    later = "listing_id,channel,sku,format,quantity,bids,price,ends_at\n7,ebay,A,auction,1,2,6.00,2026-11-20\n"
    for text in (first, later):
        import_files(shop.store, [written(tmp_path, "listings.csv", text)], now=shop.tick())
    with shop.store.read() as view:
        (listing,) = listings_shown(view, ListingsView(), today=date(2026, 11, 17))
    assert (listing.price, listing.ends_on, listing.bids) == (Money(600, "EUR"), date(2026, 11, 20), 2)


def test_the_preview_of_products_says_what_would_change(shop: Shop, tmp_path: Path) -> None:
    for sku in ("A", "B", "C"):
        shop.stock(sku, 5)
    head = "sku,title,price,currency,on_hand,barcode\n"
    lines = "A,Product A,12.00,USD,5,\nB,Product B,13.00,USD,7,\nC,Product C,10.00,USD,5,4006381333931\nD,New,1.00,USD,1,\n"
    (file,) = preview_import(shop.store, [written(tmp_path, "products.csv", head + lines)], now=shop.tick()).files
    assert (file.new, file.changed, file.unchanged) == (1, 3, 0)
    assert "Changes 2 prices, 1 stock count, 1 other detail." in file.notes
    same = head + "A,Product A,10.00,USD,5,\n"
    (file,) = preview_import(shop.store, [written(tmp_path, "same.csv", same)], now=shop.tick()).files
    assert not any(note.startswith("Changes") for note in file.notes)


def brought_in(shop: Shop, path: Path) -> tuple[int, int, int]:
    """How many orders of the file were new, changed and as before; the preview said the same."""
    (seen,) = preview_import(shop.store, [path], now=shop.tick()).files
    (file,) = import_files(shop.store, [path], now=shop.tick()).files
    assert (seen.new, seen.changed, seen.unchanged, seen.skipped) == (file.new, file.changed, file.unchanged, file.skipped)
    return file.new, file.changed, file.unchanged


def test_an_order_typed_by_hand_and_then_found_in_a_marketplaces_file_keeps_its_lines(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 9)
    shop.order("01-1", ("A", 2), channel="ebay")
    path = written(tmp_path, "ebay.csv", EBAY.format(2))
    assert brought_in(shop, path) == (0, 1, 0)
    with shop.store.read() as view:
        assert view.all("SELECT sku, ordered, line_id FROM order_line") == [("A", 2, "901")]
        assert view.one("SELECT allocated, on_hand FROM product") == (2, 9)
    assert brought_in(shop, path) == (0, 0, 1)
    history.undo(shop.store, now=shop.tick())
    with shop.store.read() as view:
        assert view.all("SELECT ordered, line_id FROM order_line") == [(2, "")]


def test_lines_without_an_id_are_known_by_product_once_a_file_has_ids(shop: Shop, tmp_path: Path) -> None:
    """Two of the same SKU by their place, one without a SKU by its title; what has another id is another line."""
    row = FIRST.removeprefix(HEADER)
    lines = [row, row.replace(",Lamp,2,", ",Lamp,3,"), row.replace(",A,Lamp,2,", ",,Print,4,")]
    import_files(shop.store, [written(tmp_path, "one.csv", HEADER + "".join(lines))], now=shop.tick())
    head = HEADER.replace("shipped\n", "shipped,line_id\n")
    named = [line.replace("\n", f",{place}\n") for place, line in enumerate(lines, 7)]
    assert brought_in(shop, written(tmp_path, "two.csv", head + "".join(named))) == (0, 1, 0)
    with shop.store.read() as view:
        assert view.all("SELECT ordered, line_id FROM order_line ORDER BY id") == [(2, "7"), (3, "8"), (4, "9")]
    more = named[0].replace(",7\n", ",10\n")
    assert brought_in(shop, written(tmp_path, "three.csv", head + "".join([more, *named]))) == (0, 1, 0)
    with shop.store.read() as view:
        assert view.all("SELECT ordered, line_id FROM order_line ORDER BY id") == [(2, "7"), (3, "8"), (4, "9"), (2, "10")]


def test_the_same_file_again_leaves_what_the_seller_has_changed_since(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 9)
    head = HEADER.replace("shipped\n", "shipped,note,hold\n")
    row = FIRST.removeprefix(HEADER).replace("\n", ",ring twice,yes\n")
    same = written(tmp_path, "one.csv", head + row + row.replace(",A,Lamp,2,", ",,Print,4,"))
    assert brought_in(shop, same) == (1, 0, 0)
    with shop.store.read() as view:
        order = int(view.value("SELECT id FROM orders"))
    orders.release_order(shop.store, order, now=shop.tick())
    draft = draft_of_order(shop.store, order)
    draft.note, draft.ship_line1, draft.lines[0].quantity, draft.lines[0].unit_price = "leave at the door", "2 Lane", "3", "9.00"
    del draft.lines[1]
    edit_order(shop.store, order, draft, now=shop.tick())
    before = rows(shop.store)
    assert brought_in(shop, same) == (0, 0, 1)
    assert rows(shop.store) == before
    news = written(tmp_path, "two.csv", head + row.replace("ring twice", "call first").replace(",1 Lane,", ",3 Lane,"))
    assert brought_in(shop, news) == (0, 1, 0)
    assert brought_in(shop, news) == (0, 0, 1)
    with shop.store.read() as view:
        assert view.one("SELECT note, ship_line1, hold FROM orders") == ("call first", "3 Lane", 0)
        assert view.all("SELECT ordered, unit_price_minor FROM order_line") == [(3, 900)]
    draft = draft_of_order(shop.store, order)
    draft.note = "leave at the door"
    edit_order(shop.store, order, draft, now=shop.tick())
    before = rows(shop.store)
    assert brought_in(shop, news) == (0, 0, 1)
    assert rows(shop.store) == before
    assert check(shop.store) == []


def test_units_that_a_file_says_have_shipped_are_news_whatever_the_seller_has_changed(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 9)
    import_files(shop.store, [written(tmp_path, "one.csv", FIRST)], now=shop.tick())
    draft = draft_of_order(shop.store, 1)
    draft.lines[0].quantity = "1"
    edit_order(shop.store, 1, draft, now=shop.tick())
    assert brought_in(shop, written(tmp_path, "two.csv", FIRST.replace(",10.00,0", ",10.00,2"))) == (0, 1, 0)
    with shop.store.read() as view:
        assert view.all("SELECT ordered, shipped FROM order_line") == [(2, 2)]


def test_what_an_undone_import_said_is_news_again(shop: Shop, tmp_path: Path) -> None:
    head, row = HEADER.replace("shipped\n", "shipped,note\n"), FIRST.removeprefix(HEADER)
    first, later = (written(tmp_path, f"{note}.csv", head + row.replace("\n", f",{note}\n")) for note in ("ring", "call"))
    import_files(shop.store, [first], now=shop.tick())
    assert brought_in(shop, later) == (0, 1, 0)
    history.undo(shop.store, now=shop.tick())
    assert brought_in(shop, later) == (0, 1, 0)
    assert draft_of_order(shop.store, 1).note == "call"


def test_a_total_that_does_not_divide_by_the_pieces_stays_the_files_total(shop: Shop, tmp_path: Path) -> None:
    path = written(tmp_path, "ebay.csv", EBAY.format(3))
    assert brought_in(shop, path) == (1, 0, 0)
    facts = "SELECT unit_price_minor, discount_minor, stated_total_minor FROM orders o JOIN order_line l ON l.order_id = o.id"
    with shop.store.read() as view:
        assert view.one(facts) == (334, 2, 1000)
    assert brought_in(shop, path) == (0, 0, 1)
    export(shop.store, "orders", tmp_path / "out.csv")
    import_files(shop.store, [tmp_path / "out.csv"], now=shop.tick())
    with shop.store.read() as view:
        assert view.all(facts) == [(334, 2, 1000)]
    orders.cancel_order(shop.store, 1, now=shop.tick())
    with shop.store.read() as view:
        assert refund_to_make(view, 1) == Money(1000, "USD")
    record_refund(shop.store, 1, RefundDraft(amount="10.00"), now=shop.tick())
    assert check(shop.store) == []


def test_units_kept_for_a_line_go_out_with_what_the_channel_says_has_shipped(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 3)
    five = FIRST.replace(",Lamp,2,", ",Lamp,5,")
    import_files(shop.store, [written(tmp_path, "one.csv", five)], now=shop.tick())
    keep_units(shop.store, 1, now=shop.tick())
    import_files(shop.store, [written(tmp_path, "two.csv", five.replace(",10.00,0", ",10.00,2"))], now=shop.tick())
    with shop.store.read() as view:
        assert view.one("SELECT shipped, allocated, firm FROM order_line") == (2, 1, 1)
    orders.ship_order(shop.store, 1, now=shop.tick())
    with shop.store.read() as view:
        assert view.one("SELECT on_hand FROM product") == (0,)


def test_an_order_of_a_day_that_has_not_come_is_left_out_as_at_the_other_door(shop: Shop, tmp_path: Path) -> None:
    """At four in the afternoon of the 16th in Los Angeles the 17th has begun in UTC."""
    moments = ("2027-06-01", "2026-11-18", "2026-11-17", "2026-11-17T00:30:00Z")
    row = FIRST.splitlines()[1]
    rows = [row.replace("1,own,2026-11-01", f"{number},own,{moment}", 1) for number, moment in enumerate(moments, 1)]
    evening = datetime(2026, 11, 17, 0, 45, tzinfo=UTC)
    result = import_files(shop.store, [written(tmp_path, "days.csv", HEADER + "\n".join(rows))], now=evening)
    assert [(skipped.row, skipped.reason[:32]) for skipped in result.files[0].skipped] == [
        (2, "order 1 would be of 2027-06-01; i"[:32]),
        (3, "order 2 would be of 2026-11-18; i"[:32]),
        (4, "order 3 would be of 2026-11-17; i"[:32]),
    ]
    with shop.store.read() as view:
        assert view.all("SELECT order_number, placed_on FROM orders") == [("4", "2026-11-16")]


def test_a_known_order_does_not_change_its_currency(shop: Shop, tmp_path: Path) -> None:
    import_files(shop.store, [written(tmp_path, "one.csv", FIRST)], now=shop.tick())
    before = rows(shop.store)
    in_euros = FIRST.replace("USD", "").replace("10.00", "€ 12.00")
    result = import_files(shop.store, [written(tmp_path, "two.csv", in_euros)], now=shop.tick())
    assert "order 1 is in USD, here in EUR" in result.files[0].skipped[0].reason
    assert rows(shop.store) == before


def test_contacts_that_cannot_be_are_left_out_and_noted(shop: Shop, tmp_path: Path) -> None:
    people = "name,email,language,country\nAnn,notmail,de,US\nBob,b@x.example,xx,ZZ\nCy,c@x.example,de-AT,Freedonia\n"
    order = FIRST.replace("customer_name", "email,customer_name").replace(",Ann Hill,Ann", ",ann at x,Ann Hill,Ann")
    order = order.replace(",US,", ",QQ,")
    paths = [written(tmp_path, "people.csv", people), written(tmp_path, "order.csv", order)]
    customers, orders = import_files(shop.store, paths, now=shop.tick()).files
    assert customers.notes == (
        "Left out, as it is no e-mail address: “notmail” in row 2.",
        "Left out, as it is no country: “ZZ” in row 3.",
        "Left out, as it is no language: “xx” in row 3.",
    )
    assert orders.notes[:2] == (
        "Left out, as it is no e-mail address: “ann at x” in row 2.",
        "Left out, as it is no country: “QQ” in row 2.",
    )
    with shop.store.read() as view:
        told = view.all("SELECT name, email, language, country FROM customer ORDER BY name, id")
        assert view.one("SELECT email, ship_country FROM orders") == ("", "")
    assert told[0] == ("Ann", "", "de", "US")
    assert told[-2:] == [("Bob", "b@x.example", "", ""), ("Cy", "c@x.example", "de-AT", "Freedonia")]
