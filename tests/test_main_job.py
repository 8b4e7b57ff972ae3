"""The main job on a real shop, through the command line: Northwind's 31 backordered lines become 14 letters with 14 coupons."""

from __future__ import annotations

import contextlib
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from orderdesk.cli.main import run as run_command
from orderdesk.domain.errors import NothingToDoError
from orderdesk.domain.orders import ShipPolicy
from orderdesk.services.orders import find_order, set_ship_policy, ship_order
from orderdesk.storage.store import Store
from tests.converters import northwind_files
from tests.reading import codes_in, text_of
from tests.shared_data import shared_data

DAY = "1998-05-07"
SPELLED = ("May 7, 1998", "7. Mai 1998", "7 mai 1998", "7 de mayo de 1998")  # a letter speaks the language of where it goes
PROFILE = ("name=Hollow Oak Trading Co.", "line1=27 Mill Lane", "city=Hood River", "region=OR", "postal_code=97031", "country=US",
           "email=help@hollowoak.example", "owner=June Halloran")  # fmt: skip


def orderdesk(data: Path, *words: str) -> Any:
    """One command line's JSON answer; fails with what it said on standard error."""
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as said:
        status = run_command(["--data", str(data), "--today", DAY, "--json", *words])
    assert status == 0, said.getvalue()
    return json.loads(out.getvalue())


@pytest.fixture(scope="module")
def northwind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("northwind")
    data = folder / "shop.orderdesk"
    orderdesk(data, "shop", *PROFILE)
    files = northwind_files(shared_data("northwind"), folder)
    orderdesk(data, "import", "--treat-as-paid", *map(str, files))
    return data


@pytest.fixture(scope="module")
def run(northwind: Path) -> Any:
    return orderdesk(northwind, "apologize", "--all", "--out", str(northwind.parent / "out"))


def test_the_figures_of_the_shop(northwind: Path) -> None:
    found = orderdesk(northwind, "figures")
    assert [found["fill_rate_of_open_orders"][of]["percent"] for of in ("units", "lines", "orders")] == [60.68, 57.53, 23.81]
    assert (found["backordered"]["lines"], found["backordered"]["units"], found["backordered"]["orders"]) == (31, 471, 16)


def test_the_window_of_shortage_is_seen_at_once(northwind: Path) -> None:
    lines = orderdesk(northwind, "backorders")
    assert len(lines) == 31
    assert sum(line["allocated"] > 0 for line in lines) == 13
    assert len({line["sku"] for line in lines}) == 17
    assert len({line["order_number"] for line in lines}) == 16
    assert len({line["customer"] for line in lines}) == 14
    assert sum(line["backordered"] for line in lines) == 471
    assert sum(line["discontinued"] for line in lines) == 6


def test_orders_know_whether_they_can_leave(northwind: Path) -> None:
    counts = {name: len(orderdesk(northwind, "orders", f"--{name}")) for name in ("ready", "partly-ready", "backordered")}
    assert counts == {"ready": 5, "partly-ready": 14, "backordered": 16}
    assert orderdesk(northwind, "check") == {"ok": True, "problems": []}


def test_one_batch_makes_a_letter_and_a_coupon_for_everyone(run: Any) -> None:
    assert len(run["apologies"]) == 14
    assert len({made["coupon_code"] for made in run["apologies"]}) == 14
    assert run["refused"] == []
    assert Path(run["batch"]).exists()


def test_each_letter_says_what_the_store_knows(northwind: Path, run: Any) -> None:
    short = orderdesk(northwind, "backorders")
    for made in run["apologies"]:
        text = text_of(Path(made["letter"]))
        assert made["customer"] in text
        assert any(day in text for day in SPELLED)
        for line in (line for line in short if line["order_number"] in made["order_numbers"]):
            assert line["order_number"] in text
            assert f"{line['backordered']} × {line['title']}" in text
        assert codes_in(Path(made["letter"])) == {("QRCode", made["coupon_code"]), ("Code128", made["coupon_code"])}
        assert codes_in(Path(made["coupon"])) == {("QRCode", made["coupon_code"]), ("Code128", made["coupon_code"])}
        coupon = orderdesk(northwind, "coupon", made["coupon_code"])
        assert (coupon["customer"], coupon["status"], coupon["value"]) == (made["customer"], "open", made["offer"]["value"])
        assert date.fromisoformat(coupon["valid_through"]) == date(1999, 5, 7)


def test_a_second_run_makes_the_same_letters_again(northwind: Path, run: Any) -> None:
    before = {made["coupon_code"]: Path(made["letter"]).read_bytes() for made in run["apologies"]}
    again = orderdesk(northwind, "apologize", "--all", "--out", str(northwind.parent / "out"))
    assert {made["coupon_code"]: Path(made["letter"]).read_bytes() for made in again["apologies"]} == before


def test_importing_again_adds_nothing(northwind: Path) -> None:
    files = [str(northwind.parent / f"{kind}.csv") for kind in ("products", "customers", "orders")]
    result = orderdesk(northwind, "import", "--treat-as-paid", *files)
    assert [(file["new"], file["changed"]) for file in result["files"]] == [(0, 0), (0, 0), (0, 0)]
    assert (result["import_id"], result["gained"], result["lost"]) == (None, [], [])


def short(data: Path) -> tuple[int, int, int, int]:
    """Backordered lines, their orders and customers, and the units short."""
    lines = orderdesk(data, "backorders")
    return (
        len(lines),
        len({line["order_number"] for line in lines}),
        len({line["customer"] for line in lines}),
        sum(line["backordered"] for line in lines),
    )


def copy_of(northwind: Path, name: str) -> Path:
    """The shop in another file, as a backup leaves it."""
    copy = northwind.parent / f"{name}.orderdesk"
    orderdesk(northwind, "backup", str(copy))
    return copy


def test_13_everything_on_order_comes_in(northwind: Path) -> None:
    shop = copy_of(northwind, "received")
    for product in orderdesk(shop, "products"):
        if product["on_order"]:
            orderdesk(shop, "receive", product["sku"], str(product["on_order"]))
    assert short(shop) == (24, 14, 13, 249)
    assert len(orderdesk(shop, "orders", "--ready")) == 7
    assert orderdesk(shop, "check")["ok"]


def test_13_the_promised_day_first_changes_who_is_short_and_not_by_how_much(northwind: Path) -> None:
    shop = copy_of(northwind, "promised")
    orderdesk(shop, "shop", "queue=ship_by")
    assert short(shop) == (29, 15, 13, 471)
    orderdesk(shop, "shop", "queue=order_date")
    assert short(shop) == (31, 16, 14, 471)


def open_orders(data: Path) -> dict[str, list[str]]:
    """Their numbers by status."""
    found: dict[str, list[str]] = {}
    for order in orderdesk(data, "orders", "--full"):
        found.setdefault(order["status"], []).append(order["order_number"])
    return {status: numbers for status, numbers in found.items() if status not in ("shipped", "canceled")}


def test_13_what_may_leave_depends_on_whether_parts_of_an_order_do(northwind: Path) -> None:
    shop = copy_of(northwind, "complete")
    found = [order for order in orderdesk(shop, "orders", "--full") if order["status"] in ("ready", "partly_ready")]
    assert sum(line["allocated"] for order in found for line in order["lines"]) == 727
    before = open_orders(shop)
    assert {status: len(numbers) for status, numbers in before.items()} == {"ready": 5, "partly_ready": 14, "backordered": 2}
    with contextlib.closing(Store.open(shop)) as store:
        for number in (*before["ready"], *before["partly_ready"]):
            set_ship_policy(store, find_order(store, number), ShipPolicy.COMPLETE, now=datetime(1998, 5, 7, 12, tzinfo=UTC))
        for number in before["ready"]:
            ship_order(store, find_order(store, number), now=datetime(1998, 5, 7, 13, tzinfo=UTC))
        with pytest.raises(NothingToDoError, match="is ready to ship"):
            ship_order(store, find_order(store, before["partly_ready"][0]), now=datetime(1998, 5, 7, 13, tzinfo=UTC))
    assert open_orders(shop) == {"backordered": sorted((*before["partly_ready"], *before["backordered"]))}
