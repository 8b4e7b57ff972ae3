"""Makes the README's pictures: the sample shop in the real window, drawn without a display.

.venv/bin/python packaging/screenshots.py [--out FOLDER] [--dark] [--size 1280x800]
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from orderdesk.services.sample import make_sample_shop
from orderdesk.storage.store import Store
from orderdesk.ui.desk import Desk, Outside
from orderdesk.ui.fallback_fonts import load_fallback_fonts
from orderdesk.ui.main_window import MainWindow
from orderdesk.ui.memory import Memory
from orderdesk.ui.printing import DesktopOpener, system_printer
from orderdesk.ui.theme import Mode, Theme
from orderdesk.ui.words_page import WordsPage

PICTURES = Path(__file__).resolve().parents[1] / "resources" / "pictures"
DAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def main() -> None:
    words = _arguments()
    words.out.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    load_fallback_fonts()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "shop.orderdesk"
        store = Store.open(data)
        make_sample_shop(store, now=DAY)
        store.close()
        theme = Theme(application, Mode.DARK if words.dark else Mode.LIGHT)
        outside = Outside(system_printer(), DesktopOpener(), date(2026, 11, 23))
        desk = Desk(data, outside, Memory(Path(folder) / "window.ini"), theme)
        window = MainWindow(desk.memory)
        window.furnish(desk)
        width, height = map(int, words.size.split("x"))
        window.resize(width, height)
        window.show()
        desk.open_shop()
        _take_all(window, words.out)
        desk.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the README's pictures from the sample shop.")
    parser.add_argument("--out", type=Path, default=PICTURES)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", default="1280x800")
    return parser.parse_args()


_FILTERED = {"orders": "backordered", "inventory": "backordered", "listings": "to_change"}


def _take_all(window: MainWindow, folder: Path) -> None:
    _until(lambda: window.desk.is_open)
    for name in ("orders", "today", "inventory", "customers", "listings", "figures"):
        window.show_page(name)
        if name in _FILTERED:
            window.actions_of_window.go_filtered(name, _FILTERED[name])
        _rest(900)
        _save(window, folder / f"{name}.png")
    _take_words(window, folder)
    reorder = window.show_page("reorder")
    _rest(900)
    _save(window, folder / "reorder.png")
    reorder.commands.action("reorder.draft_all").trigger()  # type: ignore[attr-defined]
    purchases = window.show_page("purchases")
    _until(lambda: len(purchases.model.ids) > 0)  # type: ignore[attr-defined]
    purchases.table.pick_place(0)  # type: ignore[attr-defined]
    _rest(600)
    purchases.commands.action("purchases.send").trigger()  # type: ignore[attr-defined]
    _rest(900)
    _save(window, folder / "purchases.png")
    window.show_page("orders")
    window.actions_of_window.go_filtered("orders", "not_told")
    _rest(600)
    orders = window.current_page
    orders.commands.action("orders.apologize").trigger()  # type: ignore[attr-defined]
    _rest(3000)
    _save(window, folder / "letter.png")
    window.show_page("settings")
    _rest(1500)
    _save(window, folder / "settings.png")
    coupons = window.show_page("coupons")
    _rest(900)
    coupons.table.pick_place(0)  # type: ignore[attr-defined]
    _rest(600)
    _save(window, folder / "coupons.png")


def _take_words(window: MainWindow, folder: Path) -> None:
    """A sentence in the seller's own words, with something to mend."""
    page = window.show_page("words")
    assert isinstance(page, WordsPage)
    _until(lambda: bool(page.pages.pages))
    (item,) = page.choice.list.findItems("We are sorry for the delay.", Qt.MatchFlag.MatchExactly)
    page.choice.list.setCurrentItem(item)
    _rest(600)
    page.editor.setPlainText("We are truly sorry for any inconvenience; it ships soon.")
    _rest(1500)
    _save(window, folder / "words.png")


def _until(holds: Callable[[], bool]) -> None:
    deadline = QDeadlineTimer(20_000)
    while not holds() and not deadline.hasExpired():
        _rest(20)


def _rest(milliseconds: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _save(window: MainWindow, path: Path) -> None:
    window.grab().save(str(path))
    print(path)


if __name__ == "__main__":
    main()
