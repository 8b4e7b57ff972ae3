from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from orderdesk.domain.printers import PrinterSettings, Queue
from orderdesk.services.sample import make_sample_shop
from orderdesk.storage.store import Store
from orderdesk.ui.desk import Desk, Outside
from orderdesk.ui.main_window import MainWindow
from orderdesk.ui.memory import Memory
from orderdesk.ui.page import TablePage
from orderdesk.ui.theme import Mode, Theme
from tests.services.keyrings import Notebook

TODAY = date(2026, 11, 23)
WAIT_MS = 20_000


def drop_files(on: QWidget, *paths: Path) -> None:
    """Drop files on the middle of a window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle, copy = on.rect().center(), Qt.DropAction.CopyAction
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(on, QDragEnterEvent(middle, copy, data, button, keys))
    event = QDropEvent(QPointF(middle), copy, data, button, keys)
    QApplication.sendEvent(on, event)
    assert event.isAccepted()


@dataclass
class FakePrinter:
    """Takes every file, unless it is told to refuse."""

    printed: list[Path] = field(default_factory=list)
    refusal: Exception | None = None

    settings: list[PrinterSettings] = field(default_factory=list)

    def queues(self) -> list[Queue]:
        return [Queue("Desk", ("Upper", "Lower")), Queue("Hall")]

    def print_pdf(self, path: Path, title: str, settings: PrinterSettings) -> None:
        if self.refusal is not None:
            raise self.refusal
        assert title
        assert path.read_bytes().startswith(b"%PDF")
        self.printed.append(path)
        self.settings.append(settings)


@dataclass
class FakeOpener:
    opened: list[Path] = field(default_factory=list)

    def open(self, path: Path) -> None:
        self.opened.append(path)


@dataclass
class Seller:
    """The window with somebody in front of it."""

    window: MainWindow
    bot: QtBot
    printer: FakePrinter
    opener: FakeOpener
    passwords: Notebook = field(default_factory=Notebook)

    @property
    def desk(self) -> Desk:
        return self.window.desk

    def page(self, name: str) -> TablePage[object]:
        """Go to a page and wait for its rows."""
        page = self.window.show_page(name)
        assert isinstance(page, TablePage)
        self.until(lambda: len(page.model.ids) > 0)
        return page

    def until(self, holds: Callable[[], bool]) -> None:
        self.bot.waitUntil(holds, timeout=WAIT_MS)

    def toast(self) -> str:
        return self.window.interior.toast.text

    def until_toast(self, words: str) -> None:
        self.until(lambda: words in self.toast())


@pytest.fixture(scope="module", autouse=True)
def _no_files_left_open() -> None:
    """pdfium is for one thread at a time: what other tests have left is not to be collected while a worker draws pages.

    What is still there stays, modules above all: the collector need not look through it again for each window.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Mode.LIGHT)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "window.ini")


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample shop, to be copied."""
    folder = tmp_path_factory.mktemp("sample")
    store = Store.open(folder / "shop.orderdesk")
    make_sample_shop(store, now=datetime(2026, 11, 23, 17, 0, tzinfo=UTC))
    store.close()
    return folder


@pytest.fixture
def open_window(qtbot: QtBot, theme: Theme, memory: Memory, tmp_path: Path) -> Iterator[Callable[[], Seller]]:
    """Open the window on the shop in `tmp_path`, made if there is none."""
    desks: list[Desk] = []

    def open_on_shop() -> Seller:
        printer, opener, passwords = FakePrinter(), FakeOpener(), Notebook()
        outside = Outside(printer, opener, TODAY, tmp_path / "log", passwords)
        desk = Desk(tmp_path / "shop.orderdesk", outside, memory, theme)
        desks.append(desk)
        window = MainWindow(desk.memory)
        window.resize(1280, 760)
        window.furnish(desk)
        qtbot.addWidget(window)
        window.show()
        with qtbot.waitSignal(desk.opened, timeout=WAIT_MS):
            desk.open_shop()
        return Seller(window, qtbot, printer, opener, passwords)

    yield open_on_shop
    for desk in desks:
        desk.stop()


@pytest.fixture
def seller(open_window: Callable[[], Seller], sample_folder: Path, tmp_path: Path) -> Seller:
    """The window on a copy of the sample shop."""
    shutil.copytree(sample_folder, tmp_path, dirs_exist_ok=True)
    return open_window()


@pytest.fixture
def newcomer(open_window: Callable[[], Seller]) -> Seller:
    """The window on a shop that has nothing yet."""
    return open_window()
