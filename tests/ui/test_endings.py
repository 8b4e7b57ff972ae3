"""Letters at the end of a wait: good news lies ready on Today until it is told, what is undone is gone, by real clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from orderdesk.domain.notices import ToldBy
from orderdesk.services.apologies import apologize
from orderdesk.services.orders import cancel_order, ship_order
from orderdesk.services.telling import mark_told
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.today_page import TodayPage
from tests.builders import Shop, make_shop
from tests.ui.conftest import Seller
from tests.ui.test_orders import pick
from tests.ui.test_overtaken_letters import button_called, is_said
from tests.ui.test_refund_letters import picked, press, words_in

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def here(tmp_path: Path) -> Shop:
    """Of three lamps that a customer was told to wait for, two have come in."""
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 0)
    (made,) = apologize(shop.store, [shop.order("1001", ("LAMP", 3))], now=shop.tick()).apologies
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    shop.receive("LAMP", 2)
    return shop


@pytest.fixture
def written(here: Shop, open_window: Callable[[], Seller]) -> Seller:
    """The window once the good news was written from Today, and its pane closed."""
    here.store.close()
    seller = open_window()
    today = today_of(seller)
    press(seller, today, "today.good_news")
    seller.until(lambda: isinstance(today.pane.top, LetterPane) and today.pane.top.contents is not None)
    assert today.pane.top is not None
    seller.bot.keyClick(today.pane.top, Qt.Key.Key_Escape)
    seller.until(lambda: today.pane.top is None)
    return seller


def today_of(seller: Seller) -> TodayPage:
    today = seller.window.show_page("today")
    assert isinstance(today, TodayPage)
    return today


def test_it_stays_on_today_until_its_customer_is_told(written: Seller) -> None:
    today = today_of(written)
    press(written, today, "today.show_good_news")
    written.until(lambda: isinstance(today.pane.top, LetterPane) and today.pane.top.contents is not None)
    assert {"Good news to tell (1)", "Letter ready"} <= {*words_in(today)}
    press(written, today, "today.print_all")
    written.until_toast("1 letter printed; the customer counts as told")
    assert len(written.printer.printed) == 1
    written.until(lambda: not is_said(today, "Good news to tell"))


def test_it_is_written_anew_from_today_once_it_is_taken_back(written: Seller) -> None:
    today = today_of(written)
    press(written, today, "today.show_good_news")
    written.until(lambda: isinstance(today.pane.top, LetterPane) and today.pane.top.contents is not None)
    press(written, today, "letter.undo")
    written.until(lambda: button_called(today, "today.good_news") is not None)
    assert button_called(today, "today.print_all") is None


def test_today_and_the_order_say_why_it_may_not_go_out_as_it_is(written: Seller) -> None:
    why = "The letter to Dana Whitfield says so of 2 × “Product LAMP”, and it is so of 1 by now."
    with written.desk.store.read() as view:
        line, order = view.one("SELECT id, order_id FROM order_line") or (0, 0)
    ship_order(written.desk.store, order, {line: 1}, now=written.desk.now())
    today = today_of(written)
    written.until(lambda: is_said(today, why))
    assert "Letter out of date" in words_in(today)
    assert button_called(today, "today.print_all") is None
    page = picked(written)
    written.until(lambda: is_said(page.pane, why))
    assert {"Letter out of date"} <= {*words_in(page.pane)}
    assert "Letter ready" not in words_in(page.pane)
    today = today_of(written)
    press(written, today, "today.good_news")
    written.until(lambda: isinstance(today.pane.top, LetterPane) and is_said(today.pane.top, "Ready to print or send"))


def test_once_the_parcel_has_left_it_is_withheld(written: Seller) -> None:
    with written.desk.store.read() as view:
        (order,) = view.one("SELECT id FROM orders") or (0,)
    ship_order(written.desk.store, order, now=written.desk.now())
    today = today_of(written)
    written.until(lambda: not is_said(today, "Good news to tell"))
    page = picked(written)
    written.until(lambda: is_said(page.pane, "says is here has left, or is not there for them any more"))
    assert {"Not needed now"} <= {*words_in(page.pane)}
    assert "Letter ready" not in words_in(page.pane)


def test_a_letter_about_what_was_canceled_goes_with_its_undo(here: Shop, open_window: Callable[[], Seller]) -> None:
    cancel_order(here.store, here.orders["1001"], now=here.tick())
    here.store.close()
    seller = open_window()
    page = pick(seller, "1001")
    page.commands.action("orders.cancellation").trigger()
    seller.until(lambda: isinstance(page.pane.top, LetterPane) and page.pane.top.contents is not None)
    press(seller, page.pane, "letter.undo")
    seller.until_toast("Undid: Letter about what was canceled in order 1001")
    seller.until(lambda: page.pane.top is None)
