"""A letter that says what is not so any more: wherever it is seen it is said what that is, and the main button makes it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from orderdesk.domain.notices import ToldBy
from orderdesk.services.apologies import apologize
from orderdesk.services.endings import write_good_news
from orderdesk.services.products import receive_stock
from orderdesk.services.telling import mark_told
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.page import TablePage
from orderdesk.ui.today_page import TodayPage
from tests.builders import Shop, make_shop
from tests.ui.conftest import Seller
from tests.ui.test_refund_letters import letter_of, picked, press, words_in

pytestmark = pytest.mark.timeout(60)
LEFT = Qt.MouseButton.LeftButton
CHANGED = "The letter to Dana Whitfield says 6 × “Product LAMP”, of which 5 wait now."


def is_said(where: QWidget, words: str) -> bool:
    return any(words in text for text in words_in(where))


@pytest.fixture
def short(tmp_path: Path) -> Shop:
    """A refund letter about six lamps that came too late is made and not told."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    apologize(shop.store, [shop.order("1001", ("LAMP", 6), placed_on="2026-10-01")], now=shop.tick())
    return shop


@pytest.fixture
def overtaken(short: Shop, open_window: Callable[[], Seller]) -> Seller:
    """The window once one of them has come in."""
    short.receive("LAMP", 1)
    short.store.close()
    return open_window()


def button_called(where: QWidget, name: str) -> QPushButton | None:
    return next((each for each in where.findChildren(QPushButton, name) if each.isVisible()), None)


def follows(seller: Seller, page: TablePage[object] | TodayPage) -> None:
    """The letter is there, and says how it stands."""
    seller.until_toast("The letter for 1001 says how it stands now")
    letter = page.pane.top
    assert isinstance(letter, LetterPane)
    seller.until(lambda: is_said(letter, "Telling the customer cancels 5 units; $50.00"))
    assert button_called(letter, "letter.again") is None
    assert button_called(letter, "letter.print") is not None


def test_the_order_says_what_is_not_so_any_more_and_makes_the_letter_again(overtaken: Seller) -> None:
    page = picked(overtaken)
    overtaken.until(lambda: is_said(page.pane, CHANGED))
    assert is_said(page.pane, "Telling the customer cancels 5 units; $50.00")
    assert not is_said(page.pane, "cancels 6 units"), "one state, not two"
    assert words_in(page.pane).count("Letter out of date") == 2  # beside the status, and at the letter
    main = button_called(page.pane, "button.orders.apologize")
    assert main is not None and main.text().strip() == "Apologize again" and main.property("kind") == "primary"
    overtaken.bot.mouseClick(main, LEFT)
    follows(overtaken, page)


def test_the_letter_says_it_too_and_print_gives_way(overtaken: Seller) -> None:
    letter = letter_of(overtaken)
    overtaken.until(lambda: {"It can't go out as it is", CHANGED} <= {*words_in(letter)})
    assert not is_said(letter, "ready to print or send")
    assert button_called(letter, "letter.print") is None
    press(overtaken, letter, "letter.again")
    follows(overtaken, overtaken.page("orders"))


def test_a_letter_that_is_looked_at_says_so_once_it_does_not_hold(short: Shop, open_window: Callable[[], Seller]) -> None:
    short.store.close()
    seller = open_window()
    letter, lamp = letter_of(seller), short.products["LAMP"]
    seller.until(lambda: is_said(letter, "ready to print or send"))
    receive_stock(seller.desk.store, lamp, 1, now=seller.desk.now())
    seller.until(lambda: is_said(letter, CHANGED))


def test_today_says_it_and_prints_it_only_once_it_follows(overtaken: Seller) -> None:
    today = overtaken.window.show_page("today")
    assert isinstance(today, TodayPage)
    overtaken.until(lambda: is_said(today, CHANGED))
    assert "Letter out of date" in words_in(today)
    assert button_called(today, "today.print_all") is None
    press(overtaken, today, "today.apologize")
    follows(overtaken, today)
    overtaken.until(lambda: button_called(today, "today.print_all") is not None)


def test_good_news_of_a_day_that_has_passed_is_written_again(tmp_path: Path, open_window: Callable[[], Seller]) -> None:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    order = shop.order("1001", ("LAMP", 1))
    (made,) = apologize(shop.store, [order], now=shop.tick()).apologies
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    shop.receive("LAMP", 1)
    old = write_good_news(shop.store, order, now=shop.tick())
    shop.store.close()
    seller = open_window()
    page = seller.page("orders")
    page.show_notice(old.notice_id, (order,))
    seller.until(lambda: is_said(page.pane, "which has passed"))
    press(seller, page.pane, "letter.again")
    seller.until(lambda: is_said(page.pane, "Ready to print or send"))
    assert not old.letter.exists()
