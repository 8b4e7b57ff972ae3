from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from orderdesk.ui.one_window import OneWindow

HEAVY = (
    "orderdesk.ui.interior",
    "orderdesk.storage.store",
    "sqlalchemy",
    "alembic",
    "reportlab",
    "pikepdf",
    "babel",
    "uharfbuzz",
    "pypdfium2",
    "python_calamine",
)
FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from orderdesk import app
from orderdesk.ui.main_window import MainWindow

class Window(MainWindow):
    def __init__(self, memory):
        super().__init__(memory)
        self.painted.connect(self.tell)

    def tell(self):
        print(*sorted(sys.modules), flush=True)
        QTimer.singleShot(0, self.close)

app.MainWindow = Window
raise SystemExit(app.run_window(Path(sys.argv[1]), None))
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own, so that the window's settings and log stay out of the developer's."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return tmp_path


def test_nothing_heavy_is_loaded_when_the_window_is_painted(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(home / "shop.orderdesk")], capture_output=True, text=True, timeout=50, check=False
    )
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.split()
    assert "PySide6" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_a_second_start_calls_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    shop = tmp_path / "shop.orderdesk"
    first, second = OneWindow(shop), OneWindow(shop)
    assert first.take()
    assert not second.take()
    with qtbot.waitSignal(first.called):
        assert second.call_first()
    first.release()
    assert second.take()
    second.release()


def test_a_window_that_does_not_answer_is_named(qtbot: QtBot, tmp_path: Path) -> None:
    shop = tmp_path / "shop.orderdesk"
    first, second = OneWindow(shop), OneWindow(shop)
    assert first.take()
    first.blockSignals(True)
    first._folder.blockSignals(True)
    assert not second.call_first()
    assert second.owner()
    first.release()
    assert qtbot is not None
