"""The shop's file among other files: none is written over it, a backup takes its place or it stays."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("shop.orderdesk", ("export-customer", "D")),
        ("shop.orderdesk-wal", ("export-customer", "D")),
        ("link.json", ("export-customer", "D")),
        ("shop backups/mine.orderdesk", ("export-customer", "D")),
    ],
)
def test_nothing_is_written_over_a_shop_or_what_belongs_to_it(selling: Terminal, target: str, words: tuple[str, ...]) -> None:
    folder = selling.data.parent
    (folder / "shop backups").mkdir()
    selling.answer("backup", str(folder / "shop backups" / "mine.orderdesk"))
    os.link(selling.data, folder / "link.json")
    before = {path: path.read_bytes() for path in folder.rglob("*.orderdesk")}
    assert "a shop's file lies there" in selling.refused(*words, str(folder / target))
    assert {path: path.read_bytes() for path in folder.rglob("*.orderdesk")} == before


def test_a_shop_that_is_called_like_an_export_is_not_exported_over(selling: Terminal) -> None:
    selling.data = Path(shutil.move(selling.data, selling.data.with_name("shop.csv")))
    for words in (("export", "orders"), ("figures", "--out")):
        assert "a shop's file lies there" in selling.refused(*words, str(selling.data))
    assert len(selling.answer("orders")) == 3


def test_an_export_may_take_the_place_of_another_file(selling: Terminal, tmp_path: Path) -> None:
    there = tmp_path / "orders.csv"
    there.write_text("those of last week")
    selling.answer("export", "orders", str(there))
    assert there.read_text(encoding="utf-8").startswith("order_number")


def test_an_import_says_how_many_orders_await_payment_and_how_to_say_that_they_are_paid(
    selling: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(
        "order number,date,customer,sku,quantity,price\nN1,2026-11-20,Ann,BOOK,1,9\nN2,2026-11-20,Bo,BOOK,1,9\n", "utf-8"
    )
    assert "2 orders await payment and get no stock" in selling.text("import", str(file), "--dry-run")
    assert "--treat-as-paid" in selling.text("import", str(file), "--dry-run")
    assert "await" not in selling.text("import", str(file), "--treat-as-paid")
