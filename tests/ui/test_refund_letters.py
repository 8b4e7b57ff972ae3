"""Letters that came too late to leave a choice: what telling them cancels is said before it is done, wherever they are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from orderdesk.services.answers import agree_to_wait
from orderdesk.services.apologies import apologize
from orderdesk.ui.badges import BadgeLabel
from orderdesk.ui.decision_card import DecisionCard
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.page import TablePage
from orderdesk.ui.sheet import Line
from orderdesk.ui.today_page import TodayPage
from tests.builders import make_shop
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)
LEFT = Qt.MouseButton.LeftButton
TELLING = "Telling the customer cancels 2 units; $20.00 and its tax goes back by Nov 18"
AGREED = "The customer agreed to wait."
EBAY = "eBay counts it: with this, 1 of 1 sales"


@pytest.fixture
def too_late(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    """The window on a shop with a refund letter for an eBay order, made and not told."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    apologize(shop.store, [shop.order("1001", ("LAMP", 2), channel="ebay", placed_on="2026-10-01")], now=shop.tick())
    shop.store.close()
    return open_window()


def words_in(where: QWidget) -> list[str]:
    """What is to be seen there, in labels and badges."""
    labels = [each.text() for each in where.findChildren(QLabel) if each.isVisible()]
    return labels + [each.accessibleName() for each in where.findChildren(BadgeLabel) if each.isVisible()]


def picked(seller: Seller) -> TablePage[object]:
    page = seller.page("orders")
    page.table.pick_place(0)
    seller.until(page.commands.action("orders.show_letter").isEnabled)
    return page


def letter_of(seller: Seller) -> LetterPane:
    page = picked(seller)
    page.commands.action("orders.show_letter").trigger()
    seller.until(lambda: isinstance(page.pane.top, LetterPane) and page.pane.top.contents is not None)
    assert isinstance(page.pane.top, LetterPane)
    return page.pane.top


def press(seller: Seller, where: QWidget, name: str) -> None:
    seller.until(lambda: where.findChild(QPushButton, name) is not None)
    seller.bot.mouseClick(where.findChild(QPushButton, name), LEFT)


def status(seller: Seller) -> object:
    with seller.desk.store.read() as view:
        return view.value("SELECT status FROM orders")


def test_today_the_order_and_the_letter_say_what_telling_cancels_and_gives_back(too_late: Seller) -> None:
    today = too_late.window.show_page("today")
    assert isinstance(today, TodayPage)
    too_late.until(lambda: "Refund letter ready" in words_in(today))
    assert any(TELLING in text for text in words_in(today))
    orders = picked(too_late)
    too_late.until(lambda: any(TELLING in text for text in words_in(orders.pane)))
    too_late.until(lambda: words_in(orders.pane).count("Refund letter ready") == 2)  # beside the status, and at the letter
    letter = letter_of(too_late)
    too_late.until(lambda: {"Refund letter, ready to print or send", TELLING} <= {*words_in(letter)})


def test_the_order_says_that_its_customer_agreed_to_wait_and_marking_as_told_why_it_can_t_be(too_late: Seller) -> None:
    orders = picked(too_late)
    with too_late.desk.store.read() as view:
        order = view.value("SELECT id FROM orders")
    agree_to_wait(too_late.desk.store, order, now=too_late.desk.now())
    too_late.until(lambda: any("has not been told yet." in text and AGREED in text for text in words_in(orders.pane)))
    letter = letter_of(too_late)
    told = letter.findChild(QPushButton, "letter.told")
    assert told is not None
    told.menu().actions()[0].trigger()
    press(too_late, letter, "letter.tell.yes")
    too_late.until(lambda: any("and its customer agreed to wait" in text for text in words_in(letter)))
    assert status(too_late) == "backordered"


def test_before_the_letter_is_made_today_the_order_and_the_ways_out_say_what_apologizing_comes_to(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 2), channel="ebay", placed_on="2026-10-01")
    shop.store.close()
    seller = open_window()
    today = seller.window.show_page("today")
    seller.until(lambda: any("Telling the customer cancels 2 units; $20.00" in text for text in words_in(today)))
    orders = seller.page("orders")
    orders.table.pick_place(0)
    seller.until(lambda: any("Telling the customer cancels 2 units; $20.00" in text for text in words_in(orders.pane)))
    (way,) = (each for each in orders.pane.findChildren(QToolButton) if each.accessibleName().startswith("What can be done"))
    seller.bot.mouseClick(way, LEFT)
    seller.until(lambda: isinstance(orders.pane.top, DecisionCard))
    card = orders.pane.top
    assert isinstance(card, DecisionCard)
    said = words_in(card)
    assert "only if they agree" in said
    assert any("no date is known · Telling the customer cancels 2 units; $20.00" in text for text in said)
    assert not any("kept" in text or "offer" in text for text in said)
    highlighted = [line.findChildren(QLabel)[0].text() for line in card.findChildren(Line) if line.highlighted]
    assert highlighted == ["Cancel with a refund"]


def test_the_answer_says_that_it_takes_their_word_to_wait_past_the_day_to_ask_them_by(too_late: Seller) -> None:
    orders = picked(too_late)
    orders.commands.action("orders.answer").trigger()
    too_late.until(lambda: any("they wait on only if they have said so" in text for text in words_in(orders.pane)))


def test_printing_it_asks_first_where_a_marketplace_counts_the_cancellation(too_late: Seller) -> None:
    letter = letter_of(too_late)
    press(too_late, letter, "letter.print")
    too_late.until(lambda: "Tell the customer?" in words_in(letter))
    assert any(EBAY in text for text in words_in(letter))
    press(too_late, letter, "letter.tell.no")
    too_late.until(lambda: "Tell the customer?" not in words_in(letter))
    assert too_late.printer.printed == []
    press(too_late, letter, "letter.print")
    press(too_late, letter, "letter.tell.yes")
    too_late.until_toast("Printed; Dana Whitfield counts as told.")
    assert (len(too_late.printer.printed), status(too_late)) == (1, "canceled")


def test_the_letter_says_what_ebay_counts_before_anything_is_pressed(too_late: Seller) -> None:
    letter = letter_of(too_late)
    too_late.until(lambda: any(EBAY in text for text in words_in(letter)))


def test_copying_it_asks_first_too(too_late: Seller) -> None:
    QGuiApplication.clipboard().clear()
    letter = letter_of(too_late)
    press(too_late, letter, "letter.copy")
    too_late.until(lambda: "Tell the customer?" in words_in(letter))
    assert any(EBAY in text for text in words_in(letter))
    assert (QGuiApplication.clipboard().text(), status(too_late)) == ("", "backordered")


def test_marking_as_told_says_it_in_its_form(too_late: Seller) -> None:
    orders = picked(too_late)
    orders.commands.action("orders.mark_told").trigger()
    too_late.until(lambda: isinstance(orders.pane.top, DraftForm))
    assert orders.pane.top is not None
    assert any(EBAY in text for text in words_in(orders.pane.top))
    assert status(too_late) == "backordered"


def test_letters_printed_together_ask_above_the_page(too_late: Seller) -> None:
    today = too_late.window.show_page("today")
    press(too_late, today, "today.print_all")
    banner = too_late.window.interior.banner
    too_late.until(lambda: EBAY in banner.text)
    assert too_late.printer.printed == []
    (anyway,) = (each for each in banner.findChildren(QPushButton) if each.text() == "Print anyway")
    too_late.bot.mouseClick(anyway, LEFT)
    too_late.until_toast("1 letter printed")
    assert status(too_late) == "canceled"


def test_many_letters_are_marked_as_told_from_today_once_it_is_said_what_that_cancels(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    placed = {"1001": "2026-10-01", "1002": "2026-10-02", "1003": "2026-11-16"}
    ids = [shop.order(number, ("LAMP", 2), placed_on=day, customer=f"Customer of {number}") for number, day in placed.items()]
    apologize(shop.store, ids, now=shop.tick())
    shop.store.close()
    seller = open_window()
    today = seller.window.show_page("today")
    assert isinstance(today, TodayPage)
    press(seller, today, "today.mark_all")
    seller.until(lambda: isinstance(today.pane.top, DraftForm))
    form = today.pane.top
    assert isinstance(form, DraftForm)
    said = "\n".join(words_in(form))
    assert "3 letters that are ready" in said
    assert "2 of these letters came too late to leave a choice. Telling their customers cancels 4 units" in said
    assert "Customer of 1001, Customer of 1002" in said
    assert "Customer of 1003" not in said
    press(seller, form, "form.submit")
    seller.until_toast("Marked 3 as told · 4 units that came too late are canceled")
    assert seller.toast().count("too late") == 1, "one sum"
    with seller.desk.store.read() as view:
        assert view.value("SELECT count(*) FROM notice WHERE told_at IS NULL") == 0
        assert view.value("SELECT count(*) FROM orders WHERE status = 'canceled'") == 2
    (undo,) = (each for each in seller.window.findChildren(QPushButton, "toast.Undo") if each.isVisible())
    seller.bot.mouseClick(undo, LEFT)
    seller.until_toast("Undid")
    with seller.desk.store.read() as view:
        assert view.value("SELECT count(*) FROM orders WHERE status = 'canceled'") == 0


def test_of_many_letters_the_one_customer_is_named_whose_order_telling_cancels(
    open_window: Callable[[], Seller], tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    placed = {"1001": "2026-10-01", "1002": "2026-11-20"}
    ids = [shop.order(number, ("LAMP", 1), placed_on=day, customer=f"Customer of {number}") for number, day in placed.items()]
    apologize(shop.store, ids, now=shop.tick())
    shop.store.close()
    seller = open_window()
    orders = seller.page("orders")
    orders.table.selectAll()
    seller.until(orders.commands.action("orders.mark_told").isEnabled)
    orders.commands.action("orders.mark_told").trigger()
    seller.until(lambda: isinstance(orders.pane.top, DraftForm))
    assert orders.pane.top is not None
    said = "\n".join(words_in(orders.pane.top))
    assert "Customer of 1001: Telling the customer cancels 1 unit; " in said
    assert "Customer of 1002" not in said


@pytest.mark.parametrize("width", [900, 1280])
def test_what_telling_cancels_is_read_whole_once_the_letter_is_made(
    open_window: Callable[[], Seller], tmp_path: Path, width: int
) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    shop.order("W-2006", ("LAMP", 2), placed_on="2026-10-01")
    shop.store.close()
    seller = open_window()
    seller.window.resize(width, 760)
    today = seller.window.show_page("today")
    press(seller, today, "today.apologize")
    seller.until_toast("telling the customer cancels what waits; refund due by November 24, 2026.")
    seen = seller.window.interior.toast.findChild(QLabel, "toast.text")
    assert seen is not None and seen.text() == seller.toast()
