"""A file named without ending is saved as what was chosen, and nothing that is there is written over unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QWidget

from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)


@pytest.mark.parametrize(
    ("named", "kind", "saved"),
    [
        ("mine", "Excel (*.xlsx)", "mine.xlsx"),
        ("mine", "CSV (*.csv)", "mine.csv"),
        ("mine 2026.11", "CSV (*.csv)", "mine 2026.11.csv"),
        ("mine.xlsx", "CSV (*.csv)", "mine.xlsx"),
    ],
)
def test_an_export_gets_the_ending_of_the_kind_chosen(
    seller: Seller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str, kind: str, saved: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / named), kind))
    export_first_kind(seller)
    seller.until_toast(f"exported to {saved}")
    assert (tmp_path / saved).exists()


def test_what_is_there_under_the_full_name_is_asked_about(
    seller: Seller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mine.csv").write_text("kept", "utf-8")
    proposals: list[str] = []

    def ask(_parent: QWidget, _title: str, proposed: str, _filters: str) -> tuple[str, str]:
        proposals.append(proposed)
        return (str(tmp_path / "mine"), "CSV (*.csv)") if len(proposals) == 1 else ("", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    export_first_kind(seller)
    assert proposals[1:] == [str(tmp_path / "mine.csv")]
    assert (tmp_path / "mine.csv").read_text("utf-8") == "kept"


def test_the_import_page_says_how_to_get_a_template(newcomer: Seller) -> None:
    page = newcomer.window.show_page("import")
    newcomer.until(lambda: any("Export writes one with all columns" in each.text() for each in page.findChildren(QLabel)))


def export_first_kind(seller: Seller) -> None:
    seller.window.actions_of_window.keeping.export()
    typed = seller.window.findChild(QLineEdit, "chooser.typed")
    assert typed is not None
    seller.bot.keyClick(typed, Qt.Key.Key_Return)
