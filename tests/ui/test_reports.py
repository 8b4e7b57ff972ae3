from __future__ import annotations

import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from orderdesk.domain.errors import NothingToDoError, StoreError
from orderdesk.ui.boxes import show_mishap
from orderdesk.ui.reports import Reports
from orderdesk.ui.wording import explain
from tests.ui.conftest import Seller

CANARY = "Dana Whitfield, 418 Alder St"


@pytest.fixture
def hooks() -> Iterator[None]:
    """What Python does with errors nobody caught is put back afterwards."""
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before


def fail() -> None:
    customer = CANARY
    raise KeyError(customer)


def caught() -> KeyError:
    with pytest.raises(KeyError) as found:
        fail()
    return found.value


def test_the_log_says_where_it_went_wrong_but_nothing_of_the_customers(tmp_path: Path) -> None:
    reports = Reports(tmp_path / "log")
    reports.note(caught())
    text = reports.path.read_text(encoding="utf-8")
    assert "KeyError at test_reports.py" in text
    assert "fail" in text
    assert "Dana" not in text + reports.text()
    assert stat.S_IMODE(reports.path.stat().st_mode) == 0o600


def test_the_report_names_versions(tmp_path: Path) -> None:
    reports = Reports(tmp_path / "log")
    assert "PySide6-Essentials 6.11" in reports.text()
    assert "No error since the start." in reports.text()


def test_the_log_stays_small(tmp_path: Path) -> None:
    reports = Reports(tmp_path / "log")
    for _ in range(30):
        reports.write("x" * 20_000)
    assert sum(path.stat().st_size for path in reports.path.parent.iterdir()) < 500_000


def test_what_nobody_caught_is_logged_and_shown_from_every_thread(tmp_path: Path, hooks: None) -> None:
    shown: list[BaseException] = []
    reports = Reports(tmp_path / "log")
    reports.install(shown.append)
    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert [type(each) for each in shown] == [KeyError, KeyError]
    assert reports.path.read_text(encoding="utf-8").count("KeyError") == 2
    assert hooks is None


def test_the_box_says_it_in_plain_words_without_a_traceback(seller: Seller, qtbot: QtBot) -> None:
    show_mishap(seller.window, caught())
    box = seller.window.findChild(QMessageBox, "mishap")
    assert box is not None
    assert box.textFormat() == Qt.TextFormat.PlainText
    words = f"{box.text()} {box.informativeText()}"
    assert "Traceback" not in words
    assert "Dana" not in words
    assert "Copy report" in words
    qtbot.mouseClick(box.buttons()[0], Qt.MouseButton.LeftButton)


def test_errors_of_the_sellers_world_come_with_a_remedy() -> None:
    why = explain(StoreError("The disk is full.", "Free some space."))
    assert str(why) == "The disk is full. Free some space."
    assert not why.ours
    assert explain(PermissionError(13, "Permission denied", "/x")).remedy
    assert explain(ZeroDivisionError()).ours


def test_a_failed_step_is_said_above_the_page_until_it_is_read(seller: Seller) -> None:
    def step(*_: object) -> None:
        raise NothingToDoError("There is nothing to undo.", "Do something first.")

    seller.desk.perform(step)
    seller.until(seller.window.interior.banner.isVisible)
    assert seller.window.interior.banner.text == "There is nothing to undo. Do something first."
