"""Printing from the command line: named printers, trays, copies, offsets."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal

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
