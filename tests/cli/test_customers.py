"""Customers on the command line: each is named by a handle, however alike they are."""

from __future__ import annotations

import json

from tests.cli.conftest import Terminal


def alike(terminal: Terminal) -> list[str]:
    """The handles of two customers who are called Ann and have no customer_id; the second one has ordered."""
    for name in ("Ann", "ann"):
        terminal.answer("add", "customer", f"name={name}")
    return [row["handle"] for row in terminal.answer("customers", "--search", "ann")]


def test_customers_who_are_named_alike_are_told_apart_by_their_handles(selling: Terminal) -> None:
    first, second = alike(selling)
    refusal = selling.refused("merge", "Ann", "ann")
    assert f"Say which: {first} or {second}." in refusal
    selling.answer("edit", "customer", second, "email=ann@example.com")
    assert {row["handle"]: row["email"] for row in selling.answer("customers", "--search", "ann")} == {
        first: "",
        second: "ann@example.com",
    }
    selling.answer("merge", first, second)
    (left,) = selling.answer("customers", "--search", "ann")
    assert (left["handle"], left["email"]) == (first, "ann@example.com")


def test_a_handle_names_whoever_is_exported_and_erased(selling: Terminal) -> None:
    first, second = alike(selling)
    file = selling.data.parent / "ann.json"
    selling.answer("export-customer", second, str(file))
    assert json.loads(file.read_text("utf-8"))["customer"]["name"] == "ann"
    selling.answer("erase-customer", second, noting="Backups")
    assert [row["handle"] for row in selling.answer("customers", "--search", "ann")] == [first]


def test_the_handle_is_shown_wherever_a_customer_is(selling: Terminal) -> None:
    handle = selling.answer("customers", "--search", "Whitfield")[0]["handle"]
    assert selling.text("customers", "--search", "Whitfield").splitlines()[2].startswith(f"{handle} ")
    assert selling.answer("order", "1001")["customer_handle"] == handle
    assert f"by Dana Whitfield ({handle})" in selling.text("order", "1001")
    made = selling.answer("add", "order", "order_number=2001", f"customer={handle}", "line=BOOK@9.50")
    assert made["customer"] == "Dana Whitfield"


def test_a_handle_that_nobody_has_is_refused(selling: Terminal) -> None:
    assert "#999" in selling.refused("edit", "customer", "#999", "email=a@example.com")


def test_whom_money_is_owed_to_is_erased_only_although_it_is(selling: Terminal) -> None:
    (dana,) = selling.answer("customers", "--search", "Whitfield")
    assert "Order 1001 of this customer is still open." in selling.refused("erase-customer", dana["handle"], "--although-owed")
    selling.answer("cancel", "1001")
    refusal = selling.refused("erase-customer", dana["handle"])
    assert "Still to be paid back to this customer: 142.50 USD of order 1001." in refusal
    assert refusal.endswith("--although-owed.")
    assert [row["handle"] for row in selling.answer("customers", "--search", "Whitfield")] == [dana["handle"]]
    selling.answer("erase-customer", dana["handle"], "--although-owed", noting="Backups")
    assert selling.answer("customers", "--search", "Whitfield") == []


def test_whoever_and_whatever_is_written_in_letters_that_keyboards_lack_is_found(selling: Terminal) -> None:
    selling.answer("add", "product", "sku=S-1", "title=Smørrebrød-Brett, groß", "price=9.00", "on_hand=1", "supplier=Łąka")
    selling.answer("add", "customer", "name=Jürgen Weiß", "line1=Goethestraße 7", "city=Köln", "country=DE")
    selling.answer("add", "order", "order_number=W1", "customer=Jürgen Weiß", "line=S-1*1")
    for typed in ("weiss", "WEISS", "weiß", "goethestrasse 7", "koln"):
        assert [row["name"] for row in selling.answer("customers", "--search", typed)] == ["Jürgen Weiß"]
    for typed in ("weiss", "smorrebrod gross"):
        assert [row["order_number"] for row in selling.answer("orders", "--search", typed)] == ["W1"]
    assert [row["sku"] for row in selling.answer("products", "--search", "laka smorre")] == ["S-1"]


def test_nothing_is_left_to_be_shipped_to_a_customer_who_is_erased(selling: Terminal) -> None:
    """By no step: nobody could be written to, and a letter would begin with “Dear Erased customer 1”."""
    (dana,) = selling.answer("customers", "--search", "Whitfield")
    selling.answer("ship", "1001")
    selling.answer("erase-customer", dana["handle"], noting="Backups")
    for words in (
        ("return", "1001", "LAMP", "1", "--damaged", "--exchange"),
        ("add", "order", "order_number=2001", f"customer={dana['handle']}", "line=BOOK@9.50"),
        ("edit", "order", "1001", "line=LAMP*2@64", "line=BOOK*2@9.50"),
        ("edit", "order", "1002", f"customer={dana['handle']}"),
    ):
        refusal = selling.refused(*words)
        assert "would be open, and who its customer was is erased. If they are a customer again, add them anew" in refusal, words
    (other,) = selling.answer("customers", "--search", "Amelie")
    for pair in ((dana["handle"], other["handle"]), (other["handle"], dana["handle"])):
        assert "Erased customer 1 can't be merged: who that was is not known any more." in selling.refused("merge", *pair)
    assert {row["status"] for row in selling.answer("orders", "--search", "1001")} == {"shipped"}
