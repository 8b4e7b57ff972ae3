"""The command line in this process: what it prints, says and returns."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orderdesk.cli.main import run

DAY = "2026-11-23"
PROFILE = ("name=Hollow Oak Trading Co.", "line1=27 Mill Lane", "city=Hood River", "region=OR", "postal_code=97031",
           "owner=June Halloran", "time_zone=America/Los_Angeles")  # fmt: skip


@dataclass
class Terminal:
    """A terminal in a folder of its own; `data` is the shop's file."""

    data: Path
    out: pytest.CaptureFixture[str]

    def run(self, *words: str) -> tuple[int, str, str]:
        """(exit status, standard output, standard error) of one command line."""
        self.out.readouterr()
        status = run(["--data", str(self.data), "--today", DAY, *words])
        printed = self.out.readouterr()
        return status, printed.out, printed.err

    def answer(self, *words: str, noting: str = "") -> Any:
        """The one JSON document of a command that was done; `noting` is what it has to remark."""
        status, out, err = self.run("--json", *words)
        assert status == 0, err
        assert (noting in err) if noting else (err == ""), err
        return json.loads(out)

    def text(self, *words: str) -> str:
        status, out, err = self.run(*words)
        assert (status, err) == (0, ""), err
        return out

    def refused(self, *words: str) -> str:
        """The one line that says why not; nothing else is printed."""
        return self._turned_down(1, *words)

    def misused(self, *words: str) -> str:
        return self._turned_down(2, *words)

    def _turned_down(self, expected: int, *words: str) -> str:
        status, out, err = self.run(*words)
        assert (status, out) == (expected, ""), err
        assert err.count("\n") == 1
        assert err.endswith(".\n")
        return err.strip()


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path / "shop.orderdesk", capsys)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of `selling`, made by the command line itself."""
    data = tmp_path_factory.mktemp("selling") / "shop.orderdesk"
    lamp = (
        "sku=LAMP",
        "title=Owl lamp",
        "on_hand=3",
        "price=64",
        "currency=USD",
        "on_order=9",
        "on_order_expected_on=2026-12-04",
    )
    address = ("line1=418 Alder St", "city=Bellingham", "region=WA", "postal_code=98225", "country=US")
    commands = [
        ("shop", *PROFILE),
        ("add", "product", *lamp),
        ("add", "product", "sku=BOOK", "title=Bird book", "on_hand=9", "price=9.50", "currency=USD"),
        ("add", "customer", "customer_id=D", "name=Dana Whitfield", "email=d@example.com", *address),
        ("add", "customer", "customer_id=A", "name=Amélie Fortin", "email=a@example.com", *address),
    ]
    for number, customer, *lines in (
        ("1001", "D", "line=LAMP*2@64", "line=BOOK@9.50"),
        ("1002", "A", "line=LAMP*2@64"),
        ("1003", "A", "line=LAMP*2@64", "line=BOOK*1@9.50"),
    ):
        placed = f"placed_on=2026-11-{int(number) - 990}"
        commands.append(("add", "order", f"order_number={number}", f"customer={customer}", placed, "shipping=5", *lines))
    with contextlib.redirect_stdout(io.StringIO()):
        assert [run(["--data", str(data), "--today", DAY, *words]) for words in commands] == [0] * len(commands)
    return data


@pytest.fixture
def selling(terminal: Terminal, made_once: Path) -> Terminal:
    """A shop with three lamps for three orders that want two each; the books are plenty."""
    shutil.copy(made_once, terminal.data)
    return terminal
