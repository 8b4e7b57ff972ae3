"""What an order says on the command line of lines that stand in for others, and of its tags."""

from __future__ import annotations

from tests.cli.conftest import Terminal


def test_a_substitute_says_which_line_it_stands_in_for_and_why(selling: Terminal) -> None:
    selling.answer("edit", "order", "1002", "tags=gift, rush")
    selling.answer("answer", "1002", "substitute", "--sku", "LAMP", "--with", "BOOK", "--units", "1")
    lamp, book = selling.answer("order", "1002")["lines"]
    assert (lamp["replaces"], lamp["stand_in"]) == (None, None)
    assert (book["sku"], book["replaces"], book["stand_in"]) == ("BOOK", lamp["position"], "substitute")
    said = selling.text("order", "1002")
    assert "Tags: gift, rush" in said
    assert "In place of" in said
    assert f"line {lamp['position']} (substitute)" in said


def test_what_goes_out_in_exchange_says_so(selling: Terminal) -> None:
    selling.answer("ship", "1001")
    selling.answer("return", "1001", "BOOK", "1", "--exchange")
    *_, new = selling.answer("order", "1001")["lines"]
    assert (new["replaces"], new["stand_in"]) == (2, "exchange")
    assert "line 2 (exchange)" in selling.text("order", "1001")
    assert "In place of" not in selling.text("order", "1003")
