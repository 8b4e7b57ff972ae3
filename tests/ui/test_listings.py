"""Listings: why one should change, and that it was done, by real clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from orderdesk.services.imports import import_files
from orderdesk.services.purchases import draft_purchase, find_purchase, send_purchase
from orderdesk.services.shop import save_shop_profile
from orderdesk.storage.queries.listings import ListingRow
from orderdesk.storage.store import Store
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.import_page import ImportPage
from orderdesk.ui.lookup import Lookup
from orderdesk.ui.page import TablePage
from tests.builders import HOLLOW_OAK, NOW, Shop
from tests.shared_data import shared_data
from tests.ui.conftest import Seller, drop_files

pytestmark = pytest.mark.timeout(60)


HEAD = "listing_id,channel,sku,format,quantity,bids,price,currency,ends_at\n"


@pytest.fixture
def sold_out(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """No lamp any more, and two auctions of one: 88213 has bids."""
    store = Store.open(tmp_path / "shop.orderdesk")
    save_shop_profile(store, HOLLOW_OAK, now=NOW)
    Shop(store).stock("LAMP", 0)
    (file := tmp_path / "listings.csv").write_text(
        f"{HEAD}88213,ebay,LAMP,auction,1,2,70,USD,2026-11-30T18:00:00Z\n88214,ebay,LAMP,auction,1,0,70,USD,2026-11-30T19:00:00Z\n",
        "utf-8",
    )
    import_files(store, [file], now=NOW)
    store.close()
    return open_window()


@pytest.fixture
def offering(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """One lamp, an auction with bids and three more at a fixed price."""
    store = Store.open(tmp_path / "shop.orderdesk")
    save_shop_profile(store, HOLLOW_OAK, now=NOW)
    Shop(store).stock("LAMP", 1)
    (file := tmp_path / "listings.csv").write_text(
        f"{HEAD}88213,ebay,LAMP,auction,1,2,70,USD,2026-11-30T18:00:00Z\n88214,own,LAMP,fixed_price,3,0,80,USD,\n",
        "utf-8",
    )
    import_files(store, [file], now=NOW)
    store.close()
    return open_window()


def test_a_listing_says_why_it_should_change_and_follows_when_it_was_done(offering: Seller) -> None:
    page = offering.page("listings")
    page.chips.choose("to_change")
    offering.until(lambda: page.wanted.filter == "to_change" and len(page.model.ids) == 1)
    page.table.pick_place(0)
    offering.until(lambda: "4 on offer, stock for 1." in [label.text() for label in page.pane.findChildren(QLabel)])
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    offering.until_toast("Followed the advice for listing 88214")
    with offering.desk.store.read() as view:
        assert view.value("SELECT quantity FROM listing WHERE listing_id = '88214'") == 0
    offering.until(lambda: len(page.model.ids) == 0)


def test_the_listing_of_a_kit_names_the_part_that_it_is_short_of(open_window: Callable[[], Seller], tmp_path: Path) -> None:
    store = Store.open(tmp_path / "shop.orderdesk")
    save_shop_profile(store, HOLLOW_OAK, now=NOW)
    shop = Shop(store)
    shop.stock("BOOK", 2)
    shop.stock("DUO", None, parts="BOOK")
    (file := tmp_path / "listings.csv").write_text(f"{HEAD}1,own,BOOK,fixed_price,2,0,7,USD,\n2,own,DUO,fixed_price,2,0,9,USD,\n")
    import_files(store, [file], now=NOW)
    store.close()
    seller = open_window()
    page = seller.page("listings")
    page.chips.choose("to_change")
    seller.until(lambda: page.wanted.filter == "to_change" and len(page.model.ids) == 1)
    page.table.pick_place(0)
    said = "4 of its part BOOK on offer, stock for 2."
    seller.until(lambda: said in [label.text() for label in page.pane.findChildren(QLabel)])


def test_an_auction_is_advised_by_what_is_on_the_shelf_and_says_that_more_is_on_order(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    store = Store.open(tmp_path / "shop.orderdesk")
    save_shop_profile(store, HOLLOW_OAK, now=NOW)
    shop = Shop(store)
    shop.stock("LAMP", 2)
    shop.order("1001", ("LAMP", 1))
    (file := tmp_path / "listings.csv").write_text(f"{HEAD}1,ebay,LAMP,auction,1,0,9,USD,2027-06-01T18:00:00Z\n")
    import_files(store, [file], now=NOW)
    number = draft_purchase(store, "Acme", {shop.products["LAMP"]: 9}, expected_on=date(2026, 12, 4), now=shop.tick())
    send_purchase(store, find_purchase(store, number), now=shop.tick())
    store.close()
    seller = open_window()
    page = seller.page("listings")
    seller.until(lambda: len(page.model.ids) == 1)
    page.table.pick_place(0)
    said = "At the present rate it is sold out after Dec 23, without what is on order."
    seller.until(lambda: any(said in label.text() for label in page.pane.findChildren(QLabel)))


def test_a_shop_without_listings_is_led_to_the_import_and_the_form(seller: Seller) -> None:
    with seller.desk.store.begin("clear", "Cleared", now=NOW) as transaction:
        transaction.execute("DELETE FROM listing")
    page = seller.window.show_page("listings")
    seller.until(lambda: any(label.text() == "No listings yet" for label in page.findChildren(QLabel)))
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert "Import a list or add a listing: OrderDesk says which sell more than there is." in texts


def test_what_was_done_gives_way_to_the_next_listing_where_it_stays_in_the_list(sold_out: Seller) -> None:
    page = sold_out.page("listings")
    page.chips.choose("all")
    sold_out.until(lambda: page.wanted.filter == "all" and len(page.model.ids) == 2)
    first, second = page.model.ids
    page.table.pick_place(0)
    sold_out.until(lambda: page.commands.action("listings.done").isEnabled())
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sold_out.until(lambda: list(page.model.ids) == [second, first])
    sold_out.until(lambda: page.table.picked_ids() == [second])


def test_today_names_the_listings_to_change_until_it_was_done(offering: Seller) -> None:
    page = offering.window.show_page("today")
    offering.until(lambda: page.findChild(QPushButton, "today.done") is not None)
    said = [label.text() for label in page.findChildren(QLabel)]
    assert "Change these listings (1)" in said
    assert "88214 · Product LAMP" in said
    offering.bot.mouseClick(page.findChild(QPushButton, "today.done"), Qt.MouseButton.LeftButton)
    offering.until_toast("Followed the advice for listing 88214")
    offering.until(lambda: not any("Change these" in label.text() for label in page.findChildren(QLabel)))


def test_a_listing_that_may_stay_is_marked_as_ended_by_who_ended_it(offering: Seller) -> None:
    page = offering.page("listings")
    page.table.pick_place(next(p for p in range(len(page.model.ids)) if "88213" in shown(page, p)))
    offering.until(lambda: page.pane.findChild(QPushButton, "button.listings.ended") is not None)
    offering.bot.mouseClick(page.pane.findChild(QPushButton, "button.listings.ended"), Qt.MouseButton.LeftButton)
    offering.until_toast("Ended listing 88213")
    offering.until(lambda: "It ended on Nov 23: ended by hand." in said(page))
    assert page.pane.findChild(QPushButton, "button.listings.ended") is None


def test_the_note_on_backorders_is_copied_for_the_channel(offering: Seller) -> None:
    page = offering.page("listings")
    page.table.pick_place(0)
    page.commands.action("listings.snippet").trigger()
    offering.until_toast("Copied: paste it into the listing")
    assert "Should an item run out" in QGuiApplication.clipboard().text()


def said(page: TablePage[object]) -> list[str]:
    return [label.text() for label in page.pane.findChildren(QLabel)]


def shown(page: TablePage[object], place: int) -> list[str]:
    """The cells of a row, as read out."""
    texts = [page.model.index(place, column).data() for column in range(page.model.columnCount())]
    return [str(text) for text in texts if text]


def test_what_was_ended_as_advised_stands_under_ended_with_when_and_why_until_it_is_undone(sold_out: Seller) -> None:
    page = sold_out.page("listings")
    page.table.pick_place(1)
    assert "End now" in shown(page, 1)
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sold_out.until_toast("Followed the advice for listing 88214")
    page.chips.choose("ended")
    sold_out.until(lambda: page.wanted.filter == "ended" and len(page.model.ids) == 1)
    page.table.pick_place(0)
    sold_out.until(lambda: "It ended on Nov 23: 2 on offer, stock for 0." in said(page))
    assert not page.commands.action("listings.done").isEnabled()
    page.chips.choose("all")
    sold_out.until(lambda: len(page.model.ids) == 2)
    sold_out.bot.mouseClick(sold_out.window.findChild(QPushButton, "toast.Undo"), Qt.MouseButton.LeftButton)
    page.chips.choose("ended")
    sold_out.until(lambda: len(page.model.ids) == 0)


def test_an_auction_with_bids_is_advised_as_its_reason_says(sold_out: Seller) -> None:
    page = sold_out.page("listings")
    assert "End last" in shown(page, 0)
    page.table.pick_place(0)
    sold_out.until(lambda: any("end it only if no units come in time" in text for text in said(page)))
    assert "End now" not in said(page)


def test_an_auction_with_bids_of_what_comes_no_more_is_to_end_now(sold_out: Seller) -> None:
    with sold_out.desk.store.begin("edit", "", now=NOW) as transaction:
        for key in transaction.view.all("SELECT id FROM product"):
            transaction.product(key[0]).discontinued = True
    page = sold_out.page("listings")
    sold_out.until(lambda: "End now" in shown(page, 0))
    page.table.pick_place(0)
    sold_out.until(lambda: any(text.endswith("stock for 0. No more will come.") for text in said(page)))


def test_del_takes_a_listing_off_the_list(sold_out: Seller) -> None:
    page = sold_out.page("listings")
    page.table.setFocus()
    page.table.pick_place(0)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    sold_out.until_toast("Removed listing 88213")
    sold_out.until(lambda: len(page.model.ids) == 1)


def dropped(seller: Seller, path: Path) -> ImportPage:
    """A file dropped on the window, as far as its preview."""
    drop_files(seller.window, path)
    page = seller.window.current_page
    assert isinstance(page, ImportPage)
    seller.until(lambda: any(label.property("kind") == "strong" for label in page.findChildren(QLabel)))
    return page


def took_in(seller: Seller, page: ImportPage) -> str:
    """The page on which the import ends."""
    seller.until(page.import_button.isEnabled)
    seller.bot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    seller.until_toast("Imported: ")
    seller.until(lambda: seller.window.current_page is not page)
    return seller.window.current_page.objectName()


def test_ebay_s_report_dropped_on_the_listings_is_shown_there(sold_out: Seller) -> None:
    listings = sold_out.page("listings")
    page = dropped(sold_out, shared_data("marketplace-rendered/ebay_active_listings.csv"))
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert "Recognized as: eBay active listings report" in texts
    assert "132 new · 2 changed · 0 unchanged" in texts
    assert "2 listings are not in this file any more, and so marked as ended." in texts
    assert any(text.startswith("All 132 listings in it have ended since, the last on July 28, 2026") for text in texts)
    assert "318000000000: 10002, INFLATABLE POLITICAL GLOBE" in texts
    assert took_in(sold_out, page) == "page.listings"
    sold_out.until(lambda: len(listings.model.ids) == 134)
    sold_out.bot.mouseClick(sold_out.window.findChild(QPushButton, "toast.Undo"), Qt.MouseButton.LeftButton)
    sold_out.until(lambda: len(listings.model.ids) == 2)


@pytest.mark.parametrize(
    ("begun_on", "file", "ends_on"),
    [
        ("listings", "listings", "listings"),
        ("orders", "listings", "listings"),
        ("today", "listings", "today"),
        ("listings", "products", "inventory"),
        ("reorder", "products", "reorder"),
        ("orders", "customers", "customers"),
    ],
)
def test_an_import_ends_where_it_was_begun_or_where_what_came_is_shown(
    sold_out: Seller, tmp_path: Path, begun_on: str, file: str, ends_on: str
) -> None:
    sold_out.window.show_page(begun_on)
    path = tmp_path / f"{file}.csv"
    rows = {
        "listings": f"{HEAD}9,own,LAMP,,1,,,,",
        "products": "sku,title\nNEW,New",
        "customers": "name,email\nJo,jo@x.example",
    }
    path.write_text(rows[file], "utf-8")
    assert took_in(sold_out, dropped(sold_out, path)) == f"page.{ends_on}"


def test_an_import_that_is_left_leads_back_to_where_it_was_begun(sold_out: Seller, tmp_path: Path) -> None:
    sold_out.page("listings")
    (file := tmp_path / "new.csv").write_text("sku,title\nNEW,New", "utf-8")
    page = dropped(sold_out, file)
    sold_out.bot.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)
    assert sold_out.window.current_page.objectName() == "page.listings"


def test_a_listing_by_hand_finds_its_product_as_one_types(sold_out: Seller) -> None:
    page = sold_out.page("listings")
    QTest.keyClick(page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = form_in(sold_out, page)
    product = form.editor("sku")
    assert isinstance(product, Lookup)
    rights = [editor.mapTo(form, editor.rect().topRight()).x() for editor in form.findChildren(QLineEdit)]
    assert max(rights) < form.width() - 8, "nothing is cut off at the edge of the pane"
    product.setFocus()
    sold_out.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert any("a product, by its SKU or title" in label.text() for label in form.findChildren(QLabel))
    QTest.keyClicks(product, "prod")
    sold_out.until(lambda: product.completer().popup().isVisible())
    QTest.keyClick(product.completer().popup(), Qt.Key.Key_Down)
    QTest.keyClick(product.completer().popup(), Qt.Key.Key_Return)
    assert product.text() == "LAMP · Product LAMP"
    for name, typed in (("listing_id", "99"), ("quantity", "2"), ("ends_on", "Dec 4")):
        editor = form.editor(name)
        assert isinstance(editor, QLineEdit)
        editor.selectAll()
        QTest.keyClicks(editor, typed)
    sold_out.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    sold_out.until(lambda: len(page.model.ids) == 3 and any("99 · Fixed price" in text for text in said(page)))
    (row,) = page.picked_rows()
    assert isinstance(row, ListingRow)
    assert (row.sku, row.listing_id, row.quantity, row.channel, row.ends_on) == ("LAMP", "99", 2, "own", date(2026, 12, 4))


def test_enter_edits_a_listing_and_an_unknown_product_is_named(sold_out: Seller) -> None:
    page = sold_out.page("listings")
    page.table.pick_place(0)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    form = form_in(sold_out, page)
    product, bids = form.editor("sku"), form.editor("bids")
    assert isinstance(product, QLineEdit) and isinstance(bids, QLineEdit)
    assert (product.text(), bids.text()) == ("LAMP", "2")
    bids.selectAll()
    QTest.keyClicks(bids, "0")
    product.selectAll()
    QTest.keyClicks(product, "NONE")
    sold_out.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    sold_out.until(lambda: any("There is no product NONE" in label.text() for label in form.findChildren(QLabel)))
    product.selectAll()
    QTest.keyClicks(product, "LAMP")
    sold_out.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    sold_out.until_toast("Edited listing 88213")
    sold_out.until(lambda: "End now" in shown(page, 0))


def test_editing_keeps_a_channel_that_the_form_does_not_know(sold_out: Seller) -> None:
    with sold_out.desk.store.begin("listings", "Moved", now=NOW) as transaction:
        transaction.execute("UPDATE listing SET channel = 'mystore' WHERE listing_id = '88213'")
    page = sold_out.page("listings")
    page.table.pick_place(0)
    page.commands.action("listings.edit").trigger()
    sold_out.bot.mouseClick(form_in(sold_out, page).verb, Qt.MouseButton.LeftButton)
    sold_out.until_toast("Nothing was changed")
    with sold_out.desk.store.read() as view:
        assert view.value("SELECT channel FROM listing WHERE listing_id = '88213'") == "mystore"


def form_in(seller: Seller, page: TablePage[object]) -> DraftForm:
    """The form in the pane, once it is there."""
    seller.until(lambda: isinstance(page.pane.top, DraftForm))
    form = page.pane.top
    assert isinstance(form, DraftForm)
    return form
