from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex, Qt

from orderdesk.ui.table_model import PAGE, Column, TableModel

COLUMNS = (Column("key", "Key", str, 60), Column("twice", "Twice", lambda row: str(2 * row), 60, numeric=True))


class Rows:
    """Rows that are their own ids, and every question that was asked for them."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.gone: set[int] = set()

    def fetch(self, ids: Sequence[int]) -> Sequence[int]:
        self.asked.append(len(ids))
        return [each for each in ids if each not in self.gone]


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest.fixture
def model(rows: Rows) -> TableModel[int]:
    return TableModel(COLUMNS, rows.fetch, key=int, highlighted=lambda row: row % 2 == 0, sentence=lambda row: f"number {row}")


def test_a_million_rows_are_read_a_page_at_a_time_as_they_come_into_view(model: TableModel[int], rows: Rows) -> None:
    model.replace(array("q", range(1_000_000)))
    for place in range(500_000, 500_040):
        assert model.data(model.index(place, 1)) == str(2 * place)
    assert sum(rows.asked) <= 2 * PAGE


def test_a_cell_is_asked_for_once_however_often_it_is_painted(model: TableModel[int], rows: Rows) -> None:
    model.replace(array("q", range(40)))
    for _ in range(7):
        for place in range(40):
            model.data(model.index(place, 0))
    assert rows.asked == [40]


def test_only_the_pages_seen_last_are_kept(model: TableModel[int], rows: Rows) -> None:
    model.replace(array("q", range(PAGE * 200)))
    for page in range(200):
        model.data(model.index(page * PAGE, 0))
    rows.asked.clear()
    model.data(model.index(199 * PAGE, 0))
    assert rows.asked == []
    model.data(model.index(0, 0))
    assert rows.asked == [PAGE]


def test_a_row_that_is_gone_from_the_store_is_blank_until_the_view_follows(model: TableModel[int], rows: Rows) -> None:
    rows.gone = {3}
    model.replace(array("q", range(5)))
    assert model.data(model.index(3, 0)) == ""
    assert model.row(3) is None
    assert model.row(4) == 4


@pytest.mark.parametrize(
    ("before", "after", "removed", "inserted"),
    [
        ([1, 2, 3, 4], [1, 2, 3, 4], 0, 0),
        ([1, 2, 3, 4], [1, 4], 1, 0),
        ([1, 4], [1, 2, 3, 4], 0, 1),
        ([1, 2, 3], [9, 1, 2, 3], 0, 1),
        ([1, 2, 3], [1, 7, 3], 1, 1),
        ([], [1], 0, 1),
        ([1, 1, 1], [1, 1], 1, 0),
    ],
)
def test_a_refresh_removes_and_inserts_only_what_differs(
    model: TableModel[int], before: list[int], after: list[int], removed: int, inserted: int
) -> None:
    model.replace(array("q", before))
    resets: list[str] = []
    model.modelReset.connect(lambda: resets.append("reset"))
    model.rowsRemoved.connect(lambda *_: resets.append("removed"))
    model.rowsInserted.connect(lambda *_: resets.append("inserted"))
    model.replace(array("q", after))
    assert list(model.ids) == after
    assert resets == ["removed"] * removed + ["inserted"] * inserted


def test_columns_say_their_title_side_and_a_whole_row_for_a_screen_reader(model: TableModel[int]) -> None:
    model.replace(array("q", [21]))
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Twice"
    assert model.data(model.index(0, 0), int(Qt.ItemDataRole.AccessibleTextRole)) == "number 21"
    assert model.data(model.index(0, 1), int(Qt.ItemDataRole.AccessibleTextRole)) == "42"
    assert model.data(model.index(0, 1), int(Qt.ItemDataRole.TextAlignmentRole)) & int(Qt.AlignmentFlag.AlignRight)
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(QModelIndex()) == 2
