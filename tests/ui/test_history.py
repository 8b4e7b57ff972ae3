"""The history, and steps taken back from it, by real clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from orderdesk.ui.page import TablePage
from tests.builders import make_shop
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def lived(open_window: Callable[[], Seller], tmp_path: Path) -> Seller:
    shop = make_shop(tmp_path)
    shop.stock("LAMP", 1)
    shop.order("1001", ("LAMP", 4))
    shop.receive("LAMP", 2)
    shop.stock("BOOK", 1)
    shop.store.close()
    return open_window()


def summaries(page: TablePage[object]) -> list[str]:
    return [str(row.summary) for row in page.model.rows_of(list(page.model.ids))]  # type: ignore[attr-defined]


def test_a_step_in_between_is_taken_back_and_found_among_the_undone(lived: Seller) -> None:
    page = lived.page("history")
    lived.until(lambda: len(page.model.ids) > 3)
    lived.bot.keyClicks(page.search, "received")
    lived.until(lambda: summaries(page) == ["Received 2 of Product LAMP (LAMP)"])
    page.table.pick_place(0)
    lived.until(lambda: "1001: LAMP 1 → 3" in [label.text() for label in page.pane.findChildren(QLabel)])
    page.commands.action("history.undo").trigger()
    lived.until_toast("Undid: Received 2 of Product LAMP (LAMP)")
    with lived.desk.store.read() as view:
        assert view.value("SELECT on_hand FROM product WHERE sku = 'LAMP'") == 1
    page.search.clear()
    page.chips.choose("undone")
    lived.until(lambda: summaries(page) == ["Received 2 of Product LAMP (LAMP)"])
    lived.until(lambda: not page.commands.action("history.undo").isEnabled())


def test_the_history_is_a_key_away(lived: Seller) -> None:
    lived.bot.keyClick(lived.window, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    lived.until(lambda: lived.page("history").isVisible())
