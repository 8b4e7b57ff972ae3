"""Purchases by real clicks and keys: drafts of what runs low, sent, received, saved for the supplier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton

from orderdesk.services.drafts import SupplierProductDraft
from orderdesk.services.products import draft_of_product, edit_product
from orderdesk.services.suppliers import set_offer
from orderdesk.ui.day_edit import DayEdit
from orderdesk.ui.decision_card import DecisionCard
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.page import TablePage
from tests.builders import NOW, make_shop
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def buying(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """Two lamps short, a supplier known for them; a mat that runs low without one."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0, supplier="Acme", cost="4.00", reorder_point="0")
    shop.stock("MAT", 0, reorder_point="2")
    shop.order("1001", ("LAMP", 2))
    shop.store.close()
    return open_window()


def labels(of: object) -> list[str]:
    return [label.text() for label in of.findChildren(QLabel)]  # type: ignore[attr-defined]


def test_what_runs_low_is_drafted_sent_and_received(buying: Seller) -> None:
    page = buying.window.show_page("purchases")
    buying.until(lambda: "No purchase orders yet" in labels(page))
    see = next(button for button in page.findChildren(QPushButton) if button.text() == "See what runs low")
    buying.bot.mouseClick(see, Qt.MouseButton.LeftButton)
    reorder = buying.page("reorder")
    assert buying.window.current_page is reorder
    buying.bot.mouseClick(reorder.findChild(QPushButton, "button.reorder.draft_all"), Qt.MouseButton.LeftButton)
    buying.until_toast("Drafted PO-1 · no supplier for MAT")
    page = buying.page("purchases")
    page.table.pick_place(0)
    buying.until(lambda: {"Acme", "PO-1"} <= set(labels(page.pane)))
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    buying.until_toast("Marked PO-1 as sent to Acme")
    buying.until(page.commands.action("purchases.receive").isEnabled)
    QTest.keyClick(page.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    buying.until_toast("units of PO-1 from Acme")
    with buying.desk.store.read() as view:
        assert view.value("SELECT status FROM orders") == "ready"
    page.chips.choose("received")
    buying.until(lambda: page.wanted.filter == "received" and len(page.model.ids) == 1)
    buying.until(lambda: "Received" in labels(page.pane))
    assert "Expected" not in labels(page.pane)


def test_a_purchase_order_is_saved_for_the_supplier(buying: Seller) -> None:
    buying.page("reorder").draft_all()
    buying.until_toast("Drafted PO-1")
    page = buying.page("purchases")
    page.table.pick_place(0)
    QTest.keyClick(page.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    buying.until_toast("1 purchase order saved")
    (saved,) = buying.desk.store.folder.glob("PO-1.pdf")
    assert saved.read_bytes().startswith(b"%PDF")


def test_what_an_order_is_short_of_is_bought_elsewhere(buying: Seller) -> None:
    page = buying.page("orders")
    page.table.pick_place(0)
    buying.until(lambda: bool(page.pane.findChildren(QToolButton)))
    buy = next(each for each in page.pane.findChildren(QToolButton) if each.accessibleName() == "Buy Product LAMP elsewhere")
    buying.bot.mouseClick(buy, Qt.MouseButton.LeftButton)
    supplier, cost, expected = page.pane.findChildren(QLineEdit)
    for field, words in ((supplier, "Corner Shop"), (cost, "7.50"), (expected, "2026-12-05")):
        buying.bot.keyClicks(field, words)
    buying.bot.keyClick(expected, Qt.Key.Key_Return)
    buying.until_toast("Bought 2 of Product LAMP from Corner Shop for order 1001")
    with buying.desk.store.read() as view:
        assert view.one("SELECT quantity, cost_minor, order_line_id FROM purchase_line") == (2, 750, 1)
    inventory = buying.page("inventory")
    inventory.table.pick_place(0)
    buying.until(lambda: inventory.picked_rows()[0].on_order == 2)
    inventory.commands.action("inventory.receive").trigger()
    received = form_in(buying, inventory).editor("quantity")
    assert isinstance(received, QLineEdit)
    assert received.text() == "", "what was bought for an order comes by its purchase order"
    page = buying.page("orders")
    page.table.pick_place(0)
    buying.until(lambda: any("Bought for it: 2 from Corner Shop (PO-1), expected Dec 5." in text for text in labels(page.pane)))
    names = [each.accessibleName() for each in page.pane.findChildren(QToolButton) if each.isVisible()]
    assert "Buy Product LAMP elsewhere" not in names
    what = next(
        each for each in page.pane.findChildren(QToolButton) if each.accessibleName() == "What can be done about Product LAMP"
    )
    buying.bot.mouseClick(what, Qt.MouseButton.LeftButton)
    buying.until(lambda: isinstance(page.pane.top, DecisionCard))
    assert "about Dec 5 · in 12 days · bought already on PO-1 · offer: $3.00 off" in labels(page.pane.top)
    assert page.pane.top.findChild(QPushButton, "decision.buy_elsewhere") is None  # type: ignore[union-attr]


def test_the_day_follows_from_the_supplier_until_one_is_typed(buying: Seller) -> None:
    with buying.desk.store.read() as view:
        lamp = view.value("SELECT id FROM product WHERE sku = 'LAMP'")
    for name, days in (("Fast", "4"), ("Slow", "9")):
        set_offer(buying.desk.store, lamp, SupplierProductDraft(name, lead_time_days=days), now=buying.desk.now())
    page = buying.page("orders")
    page.table.pick_place(0)
    buying.until(lambda: bool(page.pane.findChildren(QToolButton)))
    buy = next(each for each in page.pane.findChildren(QToolButton) if each.accessibleName() == "Buy Product LAMP elsewhere")
    buying.bot.mouseClick(buy, Qt.MouseButton.LeftButton)
    form = form_in(buying, page)
    day = form.editor("expected_on")
    assert isinstance(day, DayEdit)

    def leave_with(name: str) -> None:
        form.editor("supplier").setFocus()
        fill(buying, form, "field.supplier", name)
        buying.bot.keyClick(form.editor("supplier"), Qt.Key.Key_Tab)

    leave_with("Fast")
    buying.until(lambda: day.plain() == "2026-11-27")
    leave_with("slow")
    buying.until(lambda: day.plain() == "2026-12-02")
    leave_with("Somebody else")
    buying.until(lambda: day.plain() == "")
    fill(buying, form, "field.expected_on", "2026-12-24")
    leave_with("Fast")
    form.submit()
    buying.until_toast("Bought 2 of Product LAMP from Fast for order 1001")
    with buying.desk.store.read() as view:
        assert view.value("SELECT expected_on FROM purchase_order") == "2026-12-24"


def form_in(seller: Seller, page: TablePage[Any]) -> DraftForm:
    seller.until(lambda: isinstance(page.pane.top, DraftForm))
    form = page.pane.top
    assert isinstance(form, DraftForm)
    return form


def fill(seller: Seller, form: DraftForm, name: str, words: str, place: int = 0) -> None:
    """Type into one of the form's fields in place of what stands there."""
    field = form.findChildren(QLineEdit, name)[place]
    field.clear()
    seller.bot.keyClicks(field, words)


def drafted(seller: Seller, *wanted: tuple[str, str]) -> TablePage[Any]:
    """A draft to Glow by hand, picked."""
    page = seller.window.show_page("purchases")
    page.commands.action("purchases.new").trigger()
    form = form_in(seller, page)
    fill(seller, form, "field.supplier", "Glow")
    for place, (sku, units) in enumerate(wanted):
        if place:
            click(seller, page, "line.add")
            form.verb.setFocus()  # or the list of what is found would stay open
        fill(seller, form, "line.product", sku, place)
        fill(seller, form, "line.quantity", units, place)
    seller.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    return page


def picked(seller: Seller, page: TablePage[Any], command: str) -> None:
    """Pick the only purchase order, and wait until it can be done."""
    seller.until(lambda: len(page.model.ids) == 1)
    page.table.pick_place(0)
    seller.until(page.commands.action(command).isEnabled)


def on_it(seller: Seller) -> list[tuple[Any, ...]]:
    with seller.desk.store.read() as view:
        sql = "SELECT p.sku, b.quantity, b.cost_minor, b.received FROM purchase_line b JOIN product p ON p.id = b.product_id"
        return view.all(f"{sql} ORDER BY b.position")


def test_a_second_click_where_one_was_marked_as_sent_receives_nothing(buying: Seller) -> None:
    page = drafted(buying, ("LAMP", "5"))
    picked(buying, page, "purchases.send")
    buying.until(lambda: page.pane.findChild(QPushButton, "button.purchases.send") is not None)
    send = page.pane.findChild(QPushButton, "button.purchases.send")
    assert isinstance(send, QPushButton)
    buying.until(send.isVisible)
    place = send.mapTo(page.pane, send.rect().center())
    buying.bot.mouseClick(send, Qt.MouseButton.LeftButton)
    buying.until(lambda: page.pane.findChild(QPushButton, "button.purchases.receive") is not None)
    buying.until(lambda: isinstance(page.pane.childAt(place), QPushButton) and page.pane.childAt(place) is not send)
    under = page.pane.childAt(place)
    assert under is not None
    assert under.objectName() == "button.purchases.receive_part"


def test_a_purchase_order_by_hand_comes_in_two_parts(buying: Seller) -> None:
    page = drafted(buying, ("LAMP", "5"), ("MAT", "1"))
    buying.until_toast("Drafted PO-1")
    picked(buying, page, "purchases.send")
    page.commands.action("purchases.send").trigger()
    buying.until_toast("Marked PO-1 as sent to Glow")
    buying.until(page.commands.action("purchases.receive_part").isEnabled)
    page.commands.action("purchases.receive_part").trigger()
    form = form_in(buying, page)
    assert [field.text() for field in form.findChildren(QLineEdit)] == ["5", "1"]
    assert {"LAMP · Product LAMP", "of 5 to come", "MAT · Product MAT", "of 1 to come"} <= set(labels(form))
    fill(buying, form, "came.1", "6")
    fill(buying, form, "came.2", "")
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    said = "Expected: a whole number from 0 to 5; receive what came beyond that in Inventory."
    (problem,) = [each for each in form.findChildren(QLabel) if each.text() == said and each.isVisible()]
    too_many, other = (form.findChild(QLineEdit, name) for name in ("came.1", "came.2"))
    buying.until(lambda: too_many.y() < problem.y() < other.y())
    assert too_many.hasFocus()
    fill(buying, form, "came.1", "0")
    buying.bot.keyClick(form.findChild(QLineEdit, "came.1"), Qt.Key.Key_Return)
    assert "Expected: at least one unit." in labels(form)
    fill(buying, form, "came.1", "2")
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until_toast("Received 2 units of PO-1 from Glow")
    assert on_it(buying) == [("LAMP", 5, 400, 2), ("MAT", 1, None, 0)]
    with buying.desk.store.read() as view:
        assert view.value("SELECT status FROM orders") == "ready"
    buying.until(lambda: page.picked_rows()[0].to_come == 4)


def test_what_is_on_no_list_is_named(buying: Seller) -> None:
    page = drafted(buying, ("LANP", "5"))
    buying.until(lambda: any("LANP" in text for text in labels(form_in(buying, page))))
    with buying.desk.store.read() as view:
        assert view.value("SELECT count(*) FROM purchase_order") == 0


def test_a_draft_is_edited_by_enter(buying: Seller) -> None:
    page = drafted(buying, ("LAMP", "5"), ("LAMP", "1"))
    buying.until_toast("Drafted PO-1")
    picked(buying, page, "purchases.edit")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    form = form_in(buying, page)
    assert [field.text() for field in form.findChildren(QLineEdit)] == ["", "LAMP · Product LAMP", "6", "4.00"]
    fill(buying, form, "field.expected_on", "2026-12-05")
    fill(buying, form, "line.quantity", "8")
    fill(buying, form, "line.cost", "3.50")
    click(buying, page, "line.add")
    fill(buying, form, "line.quantity", "2", 1)
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert "Expected: a product." in labels(form)
    product = form.findChildren(QLineEdit, "line.product")[1]
    product.setFocus()
    buying.bot.keyClicks(product, "mat")
    popup = product.completer().popup()
    buying.until(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until_toast("Edited PO-1 to Glow")
    assert on_it(buying) == [("LAMP", 8, 350, 0), ("MAT", 2, None, 0)]
    buying.until(lambda: page.picked_rows()[0].units == 10)
    page.table.opened.emit(page.picked_rows()[0].id)
    form = form_in(buying, page)
    off = [each for each in form.findChildren(QToolButton) if each.accessibleName() == "Take this line off"]
    buying.bot.mouseClick(off[1], Qt.MouseButton.LeftButton)
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until(lambda: on_it(buying) == [("LAMP", 8, 350, 0)])


def test_what_is_under_way_is_edited_in_its_day_and_quantities(buying: Seller) -> None:
    page = drafted(buying, ("LAMP", "5"))
    buying.until_toast("Drafted PO-1")
    picked(buying, page, "purchases.send")
    page.commands.action("purchases.send").trigger()
    buying.until_toast("Marked PO-1 as sent")
    buying.until(lambda: page.pane.findChild(QPushButton, "button.purchases.receive_part") is not None)
    click(buying, page, "button.purchases.edit")
    form = form_in(buying, page)
    assert form.findChild(QPushButton, "line.add") is None
    assert not form.findChild(QLineEdit, "line.cost").isEnabled()
    fill(buying, form, "field.expected_on", "2026-12-24")
    fill(buying, form, "line.quantity", "3")
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until_toast("Edited PO-1 to Glow")
    assert on_it(buying) == [("LAMP", 3, 400, 0)]
    with buying.desk.store.read() as view:
        assert view.value("SELECT expected_on FROM purchase_order") == "2026-12-24"
    click(buying, page, "button.purchases.cancel")
    buying.until(lambda: not page.commands.action("purchases.edit").isEnabled())
    buying.until(lambda: page.pane.findChild(QPushButton, "button.purchases.cancel") is None)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.pane.top is None


def test_the_usual_supplier_of_a_product_stands_among_its_suppliers(buying: Seller) -> None:
    page = buying.page("inventory")
    page.table.pick_place(0)
    buying.until(lambda: "Acme" in labels(page.pane))
    said = labels(page.pane)
    assert "Acme" in said[said.index("Suppliers") :]


def test_a_supplier_is_added_changed_and_taken_off_in_the_pane_of_a_product(buying: Seller) -> None:
    page = buying.window.show_page("inventory")
    buying.until(lambda: len(page.model.ids) == 2)
    page.table.pick_place(0)
    buying.until(page.commands.action("inventory.supplier").isEnabled)
    page.commands.action("inventory.supplier").trigger()
    form = form_in(buying, page)
    for name, typed in (("supplier", "Glow"), ("cost", "3.50"), ("lead_time_days", "2"), ("quantity", "40")):
        buying.bot.keyClicks(form.editor(name), typed)
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until_toast("Noted what Glow asks for Product LAMP")
    buying.until(lambda: {"Glow", "has 40"} <= set(labels(page.pane)))
    click(buying, page, "supplier.change.Glow")
    form = form_in(buying, page)
    buying.bot.keyClicks(form.editor("quantity"), "7")
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until(lambda: "has 7" in labels(page.pane))
    click(buying, page, "supplier.drop.Glow")
    buying.until_toast("Glow sells Product LAMP no more")
    buying.until(lambda: "has 7" not in labels(page.pane))


def test_a_supplier_s_file_is_taken_in_once_it_is_known_whose_it_is(buying: Seller, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("supplier_sku,quantity,next_units,next_on\nLAMP,40,12,2026-12-05\nNONE,1,,\n", "utf-8")
    buying.window.activateWindow()
    buying.window.actions_of_window.preview_files([str(file)])
    page = buying.window.current_page
    buying.until(lambda: page.findChild(QLineEdit, "import.supplier") is not None)
    go, name = page.findChild(QPushButton, "import.go"), page.findChild(QLineEdit, "import.supplier")
    assert not go.isEnabled()
    assert QApplication.focusWidget() is name, "what has to be answered first has the keyboard"
    buying.bot.keyClicks(name, "Acme")
    buying.bot.keyClick(name, Qt.Key.Key_Return)
    buying.until(go.isEnabled)
    assert page.findChild(QLineEdit, "import.supplier").text() == "Acme"
    assert any("1 new" in text for text in labels(page))
    assert any("NONE: no product goes by it" in text for text in labels(page))
    buying.bot.mouseClick(go, Qt.MouseButton.LeftButton)
    buying.until_toast("Imported: 1 new, 0 changed")
    inventory = buying.page("inventory")
    inventory.table.pick_place(0)
    buying.until(lambda: {"Acme", "has 40"} <= set(labels(inventory.pane)))
    assert any("expects 12 Dec 5" in text for text in labels(inventory.pane))


def click(seller: Seller, page: TablePage[Any], name: str) -> None:
    button = page.pane.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    seller.bot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_several_products_are_received_at_once_and_taken_back_at_once(buying: Seller) -> None:
    page = buying.page("inventory")
    page.table.selectAll()
    buying.until(page.commands.action("inventory.receive").isEnabled)
    receive = next(each for each in page.bulk.findChildren(QPushButton) if each.text() == "Receive…")
    buying.bot.mouseClick(receive, Qt.MouseButton.LeftButton)
    form = form_in(buying, page)
    assert {"LAMP · Product LAMP", "MAT · Product MAT"} <= {*labels(form)}
    lamps, mats = (each for each in form.findChildren(QLineEdit) if each.objectName().startswith("came."))
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert "Expected: at least one unit." in labels(form)
    buying.bot.keyClicks(lamps, "3")
    buying.bot.keyClicks(mats, "5")
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until_toast("Received 3 of Product LAMP (LAMP) · and 1 more · allocated to 1001 +2")
    assert on_hand(buying) == [("LAMP", 3), ("MAT", 5)]
    undo = buying.window.interior.toast.findChild(QPushButton, "toast.Undo")
    assert undo is not None
    buying.bot.mouseClick(undo, Qt.MouseButton.LeftButton)
    buying.until(lambda: on_hand(buying) == [("LAMP", 0), ("MAT", 0)])


def on_hand(seller: Seller) -> list[tuple[Any, ...]]:
    with seller.desk.store.read() as view:
        return view.all("SELECT sku, on_hand FROM product ORDER BY sku")


def test_what_only_the_product_list_has_on_order_is_said_where_no_purchase_order_is(buying: Seller) -> None:
    draft = draft_of_product(buying.desk.store, 1)
    draft.on_order = "6"
    edit_product(buying.desk.store, 1, draft, now=NOW)
    page = buying.window.show_page("purchases")
    buying.until(lambda: any("Your product list has units of 1 product on order" in each for each in labels(page)))


def test_a_purchase_order_is_begun_from_the_page_and_taken_back_in_its_toast(buying: Seller) -> None:
    page = buying.window.show_page("purchases")
    new = next(each for each in page.findChildren(QPushButton) if each.objectName() == "button.purchases.new")
    buying.bot.mouseClick(new, Qt.MouseButton.LeftButton)
    form = form_in(buying, page)
    fill(buying, form, "field.supplier", "Glow")
    fill(buying, form, "line.product", "LAMP")
    fill(buying, form, "line.quantity", "5")
    buying.bot.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    buying.until_toast("Drafted PO-1 to Glow")
    undo = buying.window.interior.toast.findChild(QPushButton, "toast.Undo")
    assert undo is not None
    buying.bot.mouseClick(undo, Qt.MouseButton.LeftButton)
    buying.until(lambda: on_it(buying) == [])


def test_lines_that_were_typed_are_brought_back_as_fields_are(buying: Seller) -> None:
    """What a line asks for is lost with the form as much as its supplier."""
    page = drafted(buying, ("LAMP", "5"))
    picked(buying, page, "purchases.edit")
    for change in ("line.quantity", "line.cost"):
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        form = form_in(buying, page)
        assert not form.unsaved
        fill(buying, form, change, "7")
        QTest.keyClick(form.findChildren(QLineEdit, change)[0], Qt.Key.Key_Escape)
        buying.until_toast("Discarded what you typed.")
        buying.window.interior.toast.hide()
        page.pane.bring_back()
        assert page.pane.top is form
        assert form.findChildren(QLineEdit, change)[0].text() == "7"
        form.touched = False
        form.closed.emit()
        buying.until(lambda: page.pane.top is None)


def test_a_number_that_came_is_brought_back(buying: Seller) -> None:
    page = drafted(buying, ("LAMP", "5"))
    picked(buying, page, "purchases.send")
    page.commands.action("purchases.send").trigger()
    buying.until(page.commands.action("purchases.receive_part").isEnabled)
    page.commands.action("purchases.receive_part").trigger()
    form = form_in(buying, page)
    number = next(each for each in form.findChildren(QLineEdit) if each.objectName().startswith("came."))
    number.clear()
    buying.bot.keyClicks(number, "2")
    QTest.keyClick(number, Qt.Key.Key_Escape)
    buying.until_toast("Discarded what you typed.")


def test_a_draft_has_nothing_to_come_and_what_is_over_says_what_came(buying: Seller) -> None:
    page = drafted(buying, ("LAMP", "5"))
    picked(buying, page, "purchases.send")
    to_come = next(place for place, column in enumerate(page.model.columns) if column.key == "to_come")
    buying.until(lambda: "5 units" in labels(page.pane))
    assert page.model.index(0, to_come).data() == ""
    page.commands.action("purchases.send").trigger()
    buying.until(lambda: "5 of 5 to come" in labels(page.pane))
    assert page.model.index(0, to_come).data() == "5"
    page.commands.action("purchases.receive").trigger()
    buying.until(lambda: "5 of 5 came" in labels(page.pane))
