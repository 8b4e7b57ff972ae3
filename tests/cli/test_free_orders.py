"""What is said of orders that cost nothing: where nothing was paid nothing goes back, and no paper or list says otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.reading import text_of

# An order at no price, and one whose discount is its price.
FREE = (("VASE*1@0", "0"), ("VASE*1@64", "64"))


@pytest.fixture
def vases(selling: Terminal) -> Terminal:
    """A shop that has none of its vases."""
    selling.answer("add", "product", "sku=VASE", "title=Blue vase", "on_hand=0", "price=64", "currency=USD")
    return selling


def _order(vases: Terminal, line: str, discount: str, *, placed_on: str, number: str = "7001", customer: str = "D") -> None:
    facts = (f"customer={customer}", f"placed_on={placed_on}", f"discount={discount}", f"line={line}")
    vases.answer("add", "order", f"order_number={number}", *facts)


def _written(path: str) -> str:
    return " ".join(text_of(Path(path)).split())


@pytest.mark.parametrize(("line", "discount"), FREE)
def test_canceling_what_was_free_pays_nothing_back_and_no_tax_either(vases: Terminal, line: str, discount: str) -> None:
    _order(vases, line, discount, placed_on="2026-11-20")
    assert vases.text("options", "7001", "VASE").rstrip().endswith("nothing to pay back")
    cancels = vases.answer("options", "7001", "VASE")[-1]
    assert (cancels["money"]["amount"], cancels["lacks_tax"]) == ("0.00", False)


def test_whether_tax_comes_on_top_of_what_is_paid_back_is_in_the_document(vases: Terminal) -> None:
    _order(vases, "VASE*1@64", "0", placed_on="2026-11-20")
    found = vases.answer("options", "7001", "VASE")
    assert [each["choice"] for each in found if each["lacks_tax"]] == ["cancel"]
    assert "-64.00 USD and its tax" in vases.text("options", "7001", "VASE")
    vases.answer("edit", "order", "7001", "tax=5")
    assert not any(each["lacks_tax"] for each in vases.answer("options", "7001", "VASE"))


@pytest.mark.parametrize(("line", "discount"), FREE)
def test_a_letter_about_what_was_free_prices_it_at_what_was_paid(vases: Terminal, line: str, discount: str) -> None:
    _order(vases, line, discount, placed_on="2026-11-20")
    (first,) = vases.answer("apologize", "7001")["apologies"]
    assert "Nothing was paid for it" in _written(first["letter"])
    vases.answer("cancel", "7001")
    canceled = vases.answer("letter", "7001", "cancellation")
    for letter in (first, canceled):
        assert "Blue vase $0.00" in _written(letter["letter"])
        assert "$64" not in _written(letter["letter"])


@pytest.mark.parametrize(("line", "discount"), FREE)
def test_telling_too_late_of_what_was_free_speaks_of_no_refund(vases: Terminal, line: str, discount: str) -> None:
    _order(vases, line, discount, placed_on="2026-08-03")
    assert "telling them now cancels it, with nothing to pay back" in vases.text("options", "7001", "VASE")
    nothing = "cancels what waits; nothing is left to pay back."
    (made,) = vases.answer("apologize", "7001", "--offer", "amount:5", noting=nothing)["apologies"]
    written = _written(made["letter"])
    assert "The coupon with this letter is yours." in written
    assert "on top of your refund" not in written
    message = vases.text("message", "7001", "--coupon")
    assert "This coupon is yours." in message
    assert "on top of your refund" not in message


def test_beside_an_order_that_may_wait_what_was_free_is_canceled_without_money_back(vases: Terminal) -> None:
    _order(vases, "VASE*1@64", "64", placed_on="2026-08-03")
    _order(vases, "VASE*1@64", "0", placed_on="2026-11-20", number="7002")
    (made,) = vases.answer("apologize", "7001", "7002", noting="nothing is left to pay back")["apologies"]
    written = _written(made["letter"])
    assert "Nothing was to be paid for it and nothing was, so there is nothing to refund." in written
    assert "Blue vase $0.00, order 7001 No longer on order" in written
    assert "Blue vase $64.00, order 7002" in written
    assert "Your money back" not in written


def test_beside_one_that_was_paid_what_was_free_is_canceled_by_silence_without_a_refund(vases: Terminal) -> None:
    _order(vases, "VASE*1@64", "64", placed_on="2026-11-20")
    _order(vases, "VASE*1@64", "0", placed_on="2026-11-20", number="7002")
    (made,) = vases.answer("apologize", "7001", "7002")["apologies"]
    free, paid = "we cancel what is late. You may cancel", "we cancel what is late and send your refund by"
    for said in (_written(made["letter"]), " ".join(vases.text("message", "7001").split())):
        of_free, of_paid = said[said.index("Order 7001: ") :].split("Order 7002: ")
        assert free in of_free and "refund" not in of_free
        assert paid in of_paid


def test_what_is_offered_instead_of_what_was_free_refunds_no_difference(vases: Terminal) -> None:
    vases.answer("add", "product", "sku=GREEN", "title=Blue vase, small", "on_hand=20", "price=60", "currency=USD")
    _order(vases, "VASE*1@64", "64", placed_on="2026-11-20")
    (made,) = vases.answer("apologize", "7001")["apologies"]
    written = _written(made["letter"])
    assert "“Blue vase, small” ships now, at the same price." in written
    assert "We refund the difference" not in written


@pytest.mark.parametrize(("line", "discount"), FREE)
def test_good_news_of_what_was_free_prices_it_at_what_was_paid(vases: Terminal, line: str, discount: str) -> None:
    _order(vases, line, discount, placed_on="2026-11-20")
    vases.answer("apologize", "7001")
    vases.answer("told", "7001")
    vases.answer("receive", "VASE", "1")
    written = _written(vases.answer("letter", "7001", "good_news")["letter"])
    assert "Blue vase $0.00" in written
    assert "$64" not in written


def test_what_still_waits_beside_what_came_in_free_keeps_its_price(vases: Terminal) -> None:
    vases.answer("add", "product", "sku=BOW", "title=Silk bow", "on_hand=0", "price=0", "currency=USD")
    _order(vases, "BOW*1@0", "0", placed_on="2026-11-20")
    vases.answer("edit", "order", "7001", "line=VASE*1@64")
    vases.answer("apologize", "7001")
    vases.answer("told", "7001")
    vases.answer("receive", "BOW", "1")
    written = _written(vases.answer("letter", "7001", "good_news")["letter"])
    assert "Silk bow $0.00" in written
    assert "Blue vase $64.00" in written


@pytest.mark.parametrize(("placed_on", "said"), [("2026-11-20", "Not known yet"), ("2026-08-03", "No longer on order")])
def test_beside_an_order_that_was_paid_for_what_was_free_is_priced_at_nothing(vases: Terminal, placed_on: str, said: str) -> None:
    _order(vases, "VASE*1@64", "64", placed_on=placed_on)
    _order(vases, "VASE*1@64", "0", placed_on=placed_on, number="7002")
    made = vases.run("--json", "apologize", "7001", "7002")
    written = _written(json.loads(made[1])["apologies"][0]["letter"])
    assert f"Blue vase $0.00, order 7001 {said}" in written
    assert "Blue vase $64.00, order 7002" in written
