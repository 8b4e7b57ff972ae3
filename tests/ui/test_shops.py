"""From the sample to a shop of one's own, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget

from orderdesk.storage.store import Store
from orderdesk.ui.interior import Interior
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.one_window import Claim, OneWindow
from orderdesk.ui.overlays import CommandPalette
from orderdesk.ui.pages import PAGES
from orderdesk.ui.theme import Mode, Theme
from orderdesk.ui.today_page import TodayPage
from tests.ui.conftest import Seller

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


def button(widget: QWidget, name: str) -> QPushButton:
    found = widget.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


def choose(monkeypatch: pytest.MonkeyPatch, dialog: str, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, dialog, lambda *_, **__: (str(path), ""))


def at_page(seller: Seller, name: str) -> None:
    seller.until(lambda: seller.desk.is_open and seller.window.current_page.objectName() == f"page.{name}")


def menu(interior: Interior, command_id: str) -> None:
    interior.command_sets["File"].action(command_id).trigger()


def test_a_new_shop_is_begun_from_the_sample_by_ctrl_k(seller: Seller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seller.page("orders")
    sample = seller.desk.path
    choose(monkeypatch, "getSaveFileName", tmp_path / "Mine")
    QTest.keyClick(seller.window, Qt.Key.Key_K, CONTROL)
    palette = seller.window.findChild(CommandPalette)
    assert palette is not None
    field = palette.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "new shop")
    QTest.keyClick(field, Qt.Key.Key_Return)
    at_page(seller, "first-run")
    assert button(seller.window.current_page, "first-run.pencil").property("kind") == "primary"
    assert button(seller.window.current_page, "first-run.store").property("kind") != "primary"
    assert seller.desk.path == tmp_path / "Mine.orderdesk"
    assert seller.desk.memory.recall("window/shop") == str(tmp_path / "Mine.orderdesk")
    choose(monkeypatch, "getOpenFileName", sample)
    menu(seller.window.interior, "file.open_shop")
    at_page(seller, "orders")
    seller.until(lambda: len(seller.page("orders").model.ids) >= 60)
    assert "Dapper Heron" in seller.window.windowTitle()


def test_a_new_shop_never_takes_the_place_of_a_file(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    seller.page("orders")
    choose(monkeypatch, "getSaveFileName", seller.desk.path)
    menu(seller.window.interior, "file.new_shop")
    assert seller.window.interior.banner.isVisible()
    assert seller.desk.is_open


def test_what_is_no_shop_leaves_this_one_open(seller: Seller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seller.page("orders")
    before = seller.desk.path
    (tmp_path / "notes.orderdesk").write_bytes(b"no shop at all " * 500)
    choose(monkeypatch, "getOpenFileName", tmp_path / "notes.orderdesk")
    menu(seller.window.interior, "file.open_shop")
    seller.until(seller.window.interior.banner.isVisible)
    assert seller.desk.path == before
    assert seller.desk.is_open


def test_the_sample_shop_has_a_file_of_its_own(newcomer: Seller, tmp_path: Path) -> None:
    at_page(newcomer, "first-run")
    menu(newcomer.window.interior, "file.sample_shop")
    newcomer.until(lambda: newcomer.desk.is_open and newcomer.desk.path == tmp_path / "sample.orderdesk")
    assert len(newcomer.page("orders").model.ids) >= 60
    own = Store.open(tmp_path / "shop.orderdesk")
    with own.read() as view:
        assert view.value("SELECT count(*) FROM orders") == 0
    own.close()


def test_welcome_is_there_again_as_long_as_the_shop_is_empty(newcomer: Seller) -> None:
    at_page(newcomer, "first-run")
    sidebar = newcomer.window.interior.sidebar
    newcomer.bot.mouseClick(sidebar.buttons["orders"], LEFT)
    at_page(newcomer, "orders")
    newcomer.bot.mouseClick(sidebar.buttons["first-run"], LEFT)
    at_page(newcomer, "first-run")
    newcomer.bot.mouseClick(button(newcomer.window.current_page, "first-run.store"), LEFT)
    at_page(newcomer, "orders")
    newcomer.until(lambda: not sidebar.buttons["first-run"].isVisible())


def test_after_the_sample_ones_own_shop_gets_the_usual_file(
    newcomer: Seller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_page(newcomer, "first-run")
    newcomer.bot.mouseClick(button(newcomer.window.current_page, "first-run.store"), LEFT)
    newcomer.until(lambda: newcomer.desk.is_open and newcomer.desk.path == tmp_path / "sample.orderdesk")
    at_page(newcomer, "orders")
    proposed: list[str] = []

    def accept(_parent: object, _title: str, name: str, *_: object, **__: object) -> tuple[str, str]:
        proposed.append(Path(name).name)
        return name, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", accept)
    menu(newcomer.window.interior, "file.new_shop")
    at_page(newcomer, "first-run")
    assert newcomer.desk.path == tmp_path / "shop.orderdesk"
    menu(newcomer.window.interior, "file.new_shop")
    newcomer.until(lambda: newcomer.desk.is_open and newcomer.desk.path == tmp_path / "My shop.orderdesk")
    assert proposed == ["shop.orderdesk", "My shop.orderdesk"]


def test_an_empty_file_of_the_samples_name_becomes_the_sample(
    newcomer: Seller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_page(newcomer, "first-run")
    choose(monkeypatch, "getSaveFileName", tmp_path / "sample.orderdesk")
    menu(newcomer.window.interior, "file.new_shop")
    newcomer.until(lambda: newcomer.desk.is_open and newcomer.desk.path == tmp_path / "sample.orderdesk")
    at_page(newcomer, "first-run")
    newcomer.bot.mouseClick(button(newcomer.window.current_page, "first-run.store"), LEFT)
    at_page(newcomer, "orders")
    newcomer.until(lambda: len(newcomer.page("orders").model.ids) >= 60)


def test_nothing_of_the_former_shop_stays_on_the_pages(seller: Seller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    orders = seller.page("orders")
    QTest.keyClicks(orders.search, "heron")
    today = seller.window.show_page("today")
    assert isinstance(today, TodayPage)
    seller.until(lambda: today.findChild(QPushButton, "today.tell_all") is not None)
    seller.bot.mouseClick(button(today, "today.tell_all"), LEFT)
    seller.until(lambda: isinstance(today.pane.top, LetterPane))
    choose(monkeypatch, "getSaveFileName", tmp_path / "Mine.orderdesk")
    menu(seller.window.interior, "file.new_shop")
    at_page(seller, "first-run")
    assert [each for each in seller.window.findChildren(LetterPane) if each.isVisible()] == []
    now = seller.window.show_page("today")
    assert isinstance(now, TodayPage)
    assert not now.pane.isVisible()
    shown = seller.window.show_page("orders")
    assert shown.search.text() == ""  # type: ignore[attr-defined]


def test_no_page_of_the_former_shop_listens_to_the_steps_of_the_next(seller: Seller, theme: Theme) -> None:
    for name in PAGES:
        seller.window.show_page(name)
    menu(seller.window.interior, "file.sample_shop")
    seller.until(lambda: seller.desk.is_open and seller.desk.path.name == "sample.orderdesk")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    today = seller.window.show_page("today")
    seller.until(lambda: today.findChild(QPushButton, "today.tell_all") is not None)
    with seller.bot.waitSignal(seller.desk.feed.committed):
        seller.bot.mouseClick(button(today, "today.tell_all"), LEFT)
    theme.choose(Mode.DARK)
    theme.choose(Mode.LIGHT)
    seller.until_toast("ready")


def test_a_window_gives_up_one_shop_for_another(qapp: QApplication, tmp_path: Path) -> None:
    first, second = tmp_path / "a.orderdesk", tmp_path / "b.orderdesk"
    alone = OneWindow(first)
    assert alone.take()
    claim = Claim(alone)
    other = OneWindow(second)
    assert other.take()
    assert not claim.take(second)
    other.release()
    assert claim.take(second)
    assert OneWindow(first).take()
    claim.release()
    assert qapp is not None
