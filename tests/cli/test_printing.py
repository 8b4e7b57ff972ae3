"""Printing from the command line: named printers, trays, copies, offsets."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.reading import codes_in, text_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="CUPS is not on Windows")


@pytest.fixture
def spooled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a spooler on the path was told."""
    programs, said = tmp_path / "programs", tmp_path / "said"
    programs.mkdir()
    for name, text in (
        ("lp", f'printf "%s\\n" "$@" >> "{said}"'),
        ("lpstat", 'case "$1" in -e) echo Desk; echo Hall;; -d) echo "system default destination: Hall";; esac'),
        ("lpoptions", 'echo "InputSlot/Media Source: *Auto Lower"'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return said


def test_a_letter_is_printed_and_its_customer_told(selling: Terminal, spooled: Path) -> None:
    selling.answer("apologize", "--all", "--out", str(spooled.parent))
    assert selling.answer("print", "--all", "--printer", "Desk", "--copies", "2")["printed"] >= 1
    assert {"-dDesk", "-n", "2"} <= set(spooled.read_text("utf-8").splitlines())
    assert selling.answer("orders", "--not-told") == []
    assert "no letter to print" in selling.refused("print", "--all")


def test_printers_are_listed_and_set(selling: Terminal, spooled: Path) -> None:
    assert selling.answer("printers") == [
        {"name": "Hall", "trays": ["Auto", "Lower"]},
        {"name": "Desk", "trays": ["Auto", "Lower"]},
    ]
    kept = {"name": "Desk", "tray": "Lower", "copies": 2, "right": 1.5, "down": -0.4}
    assert selling.answer("printers", "Desk", "tray=Lower", "copies=2", "right=1.5", "down=-0.4") == kept
    assert selling.answer("printers", "Desk") == kept
    assert "25 millimeters" in selling.refused("printers", "Desk", "right=26")
    assert not spooled.exists()


def test_labels_coupons_and_the_calibration_page_are_files_or_go_to_a_printer(selling: Terminal, spooled: Path) -> None:
    selling.answer("apologize", "--all", "--out", str(spooled.parent))
    orders = [order["order_number"] for order in selling.answer("orders")]
    codes = [coupon["code"] for coupon in selling.answer("coupons")]
    labels = Path(selling.answer("labels", *orders, "--form", "L7160", "--first", "5")["file"])
    assert text_of(labels).count(", ") >= len(orders)
    sheet = Path(selling.answer("coupon-sheet", *codes, "--out", str(spooled.parent))["file"])
    assert {code for _, code in codes_in(sheet)} == set(codes)
    assert "100 mm" in text_of(Path(selling.answer("calibrate")["file"]))
    assert not spooled.exists()
    assert selling.answer("calibrate", "--print") == {"printed": "calibration", "printer": None}
    assert selling.answer("coupon-sheet", *codes, "--printer", "Desk")["printed"] == "coupons"
    assert "-dDesk" in spooled.read_text("utf-8").splitlines()


def test_labels_are_for_orders_or_for_customers(selling: Terminal, spooled: Path) -> None:
    customer = selling.answer("customers")[0]["name"]
    file = Path(selling.answer("labels", "--customer", customer, "--out", str(spooled.parent))["file"])
    assert customer in text_of(file)
    assert "one or more orders" in selling.misused("labels")
    assert "one or more orders" in selling.misused("labels", "1042", "--customer", customer)
    assert "first" in selling.refused("labels", "--customer", customer, "--first", "31")


@pytest.mark.parametrize("setting", ["right=nan", "right=a bit", "down=inf", "copies=inf", "copies=1.9", "copies=0"])
def test_what_is_no_number_for_a_printer_is_refused(selling: Terminal, spooled: Path, setting: str) -> None:
    assert setting.partition("=")[0] in selling.refused("printers", "Desk", setting)
    assert selling.answer("printers", "Desk", "right=1,5")["right"] == 1.5
    assert not spooled.exists()
