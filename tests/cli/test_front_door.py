"""The program as the shell starts it: the door between window and command line, streams that end early, several at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from orderdesk.__main__ import window_words

HEADLESS = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}


def start(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "orderdesk", *words],
        cwd=folder,
        env={**HEADLESS, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "share"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("words", [(), ("--data", "shop.orderdesk"), ("--today=2026-11-23",)])
def test_without_a_display_there_is_no_window_and_one_sentence(tmp_path: Path, words: Sequence[str]) -> None:
    done = start(*words, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no display to open the window on. See orderdesk --help for what works without one.\n"
    assert list(tmp_path.iterdir()) == []


def test_words_that_open_the_window_and_words_that_do_not() -> None:
    assert window_words([]) == (None, None)
    data, day = window_words(["--data", "a shop.orderdesk", "--today=2026-11-23"]) or (None, None)
    assert (str(data), str(day)) == ("a shop.orderdesk", "2026-11-23")
    for words in (["orders"], ["--json"], ["--data"], ["--data="], ["--today", "soon"], ["--today"], ["--data", "x", "orders"]):
        assert window_words(words) is None


def test_neither_door_loads_the_other_half_of_the_house(tmp_path: Path) -> None:
    assert start("shop", "name=Named", "--data", "shop.orderdesk", folder=tmp_path).returncode == 0
    program = (
        "import sys; from orderdesk.cli.main import run; status = run(['--data', 'shop.orderdesk', 'backorders']); "
        "print([name for name in sys.modules if name.partition('.')[0] in ('PySide6', 'shiboken6') or name == 'orderdesk.app']); "
        "sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == ["Nothing is backordered.", "[]"]


def test_help_says_which_customers_are_perhaps_there_twice(tmp_path: Path) -> None:
    shown = " ".join(start("customers", "--help", folder=tmp_path).stdout.split())
    assert "--twice who look like one person: the same name and postal code" in shown


@pytest.mark.parametrize(("verb", "is_named"), [("add", True), ("edit", False)])
def test_help_names_what_can_be_typed_of_each_thing(tmp_path: Path, verb: str, is_named: bool) -> None:
    shown = " ".join(start(verb, "--help", folder=tmp_path).stdout.split())
    for keys in ("products: sku, title,", "customers: customer_id, name,", "orders: channel,", "listings: sku, listing_id,"):
        assert f" {keys}" in shown
    assert "customer, line." in shown and "line=SKU*QUANTITY@PRICE" in shown
    assert ("on_hand" in shown, "order_number" in shown) == (is_named, is_named)


def test_help_lists_every_verb_and_needs_no_shop(tmp_path: Path) -> None:
    done = start("--help", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    verbs = (
        "demo import undo redo export orders order products customers listings backorders apologize told receive count ship "
        "cancel hold release paid add edit coupon redeem void shop backup restore check"
    )
    for verb in verbs.split():
        assert f"\n    {verb} " in done.stdout
    assert start("apologize", "--help", folder=tmp_path).returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_the_shop_is_the_named_one_else_that_of_the_environment_else_the_users_own(tmp_path: Path) -> None:
    assert (
        start("shop", "name=Named", "--data", "named.orderdesk", folder=tmp_path, ORDERDESK_DATA="other.orderdesk").returncode
        == 0
    )
    assert start("shop", "name=Other", folder=tmp_path, ORDERDESK_DATA="other.orderdesk").returncode == 0
    assert start("shop", "name=Own", folder=tmp_path).returncode == 0
    assert {path.name for path in tmp_path.glob("*.orderdesk")} == {"named.orderdesk", "other.orderdesk"}
    assert json.loads(start("--json", "shop", folder=tmp_path).stdout)["name"] == "Own"
    assert len(list(tmp_path.rglob("shop.orderdesk"))) == 1


def test_a_demo_without_display_tells_who_waits_and_where_the_letters_are(tmp_path: Path) -> None:
    done = start("demo", "--out", "demo", folder=tmp_path, ORDERDESK_DATA="mine.orderdesk")
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "mine.orderdesk").exists()
    said = done.stdout.splitlines()
    assert said[0].endswith("order lines can't be filled:")
    named = [Path(line.strip()) for line in said if line.endswith((".pdf", ".orderdesk")) and line.startswith("    ")]
    assert len(named) >= 8
    assert all(path.is_file() for path in named)
    batch, shop = said[-2].partition(": ")[2], said[-1].partition(": ")[2]
    assert Path(batch).read_bytes().startswith(b"%PDF")
    assert Path(shop) == tmp_path / "demo" / "sample.orderdesk"
    again = start("demo", "--out", "demo", folder=tmp_path)
    assert again.returncode == 1
    assert "is there already" in again.stderr


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    assert start("demo", "--out", str(folder / "out"), folder=folder).returncode == 0
    return folder / "out" / "sample.orderdesk"


def test_help_says_which_figures_are_of_the_time_asked_for(tmp_path: Path) -> None:
    shown = " ".join(start("figures", "--help", folder=tmp_path).stdout.split())
    assert "of orders placed, waits ended, letters told and coupons used since then; what waits now is always in" in shown


@pytest.mark.parametrize("words", [("orders", "--json"), ("orders",), ("products", "--json", "--full"), ("orders", "--help")])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_stops_early_is_no_failure(sample: Path, words: Sequence[str], unbuffered: str) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    program = [sys.executable, "-m", "orderdesk", "--data", str(sample), *words]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            program, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60, check=False, env=environment
        )
    finally:
        os.close(writing)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is not there")
def test_a_full_disk_behind_standard_output_is_said(sample: Path) -> None:
    with Path("/dev/full").open("w") as full:
        program = [sys.executable, "-m", "orderdesk", "--data", str(sample), "orders", "--json"]
        done = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("The answer can't be written: ")
    assert done.stderr.count("\n") == 1


def test_text_is_utf8_whatever_the_terminal_says(sample: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "orderdesk", "--data", str(sample), "customers"],
        env={**HEADLESS, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert "Amélie" in done.stdout.decode("utf-8")


def test_several_at_once_wait_for_each_other(tmp_path: Path) -> None:
    assert (
        start("add", "product", "sku=LAMP", "title=Lamp", "on_hand=0", "--data", "shop.orderdesk", folder=tmp_path).returncode
        == 0
    )
    program = [sys.executable, "-m", "orderdesk", "--data", "shop.orderdesk", "receive", "LAMP", "1"]
    running = [
        subprocess.Popen(program, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(6)
    ]
    said = [(process.communicate(timeout=60), process.returncode) for process in running]
    assert [status for _, status in said] == [0] * 6
    products = json.loads(start("products", "--json", "--data", "shop.orderdesk", folder=tmp_path).stdout)
    assert products[0]["on_hand"] == 6


def test_a_coupon_is_redeemed_once_whoever_tries_at_the_same_moment(sample: Path) -> None:
    def ask(*words: str) -> list[dict[str, str]]:
        return json.loads(start(*words, "--json", "--data", str(sample), folder=sample.parent).stdout)  # type: ignore[no-any-return]

    code = next(coupon["code"] for coupon in ask("coupons") if coupon["status"] == "open" and coupon["kind"] == "amount")
    order = next(order for order in ask("orders", "--ready") if order["channel"] == "own")
    words = ("redeem", code, "--order", order["order_number"])
    program = [sys.executable, "-m", "orderdesk", "--data", str(sample), *words]
    running = [subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    said = [(process.communicate(timeout=60)[1], process.returncode) for process in running]
    assert sorted(status for _, status in said) == [0, 1, 1, 1]
    assert all("used up" in error for error, status in said if status)
