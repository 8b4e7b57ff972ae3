"""Whatever is typed into a search field is found where it stands, and never breaks the question."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator

import pytest
from pysqlite3 import dbapi2 as sqlite

from orderdesk.storage.queries.customers import CustomersView, customer_ids
from orderdesk.storage.queries.orders import OrdersView, order_counts, order_ids, order_rows
from orderdesk.storage.queries.products import ProductsView, product_ids, product_rows
from orderdesk.storage.search import CUSTOMER_SEARCH, stored_plain
from orderdesk.storage.view import View, match_words
from tests.builders import Shop
from tests.queries.conftest import TODAY
from tests.shared_data import shared_data


@pytest.fixture
def words() -> Iterator[sqlite.Connection]:
    """A full-text table like those of the shop."""
    connection = sqlite.connect(":memory:")
    connection.execute(CUSTOMER_SEARCH.create)
    yield connection
    connection.close()


def _found(words: sqlite.Connection, stored: str, typed: str) -> bool:
    words.execute("DELETE FROM customer_search")
    words.execute(f"INSERT INTO customer_search (rowid, words) VALUES (1, {stored_plain('?')})", (stored,))
    return bool(words.execute("SELECT 1 FROM customer_search WHERE customer_search MATCH ?", (match_words(typed),)).fetchone())


NAMES = (
    *(
        "Amélie Fortin",
        "Ōe Kenzaburō",
        "Łukasz Żółw",
        "小川 みのり",
        "神田 太郎",
        "Ελένη Παπαδάκη",
        "हिन्दी",
        "Lê Thị Hoa",
        "محمد",
    ),
    *("O'Brien-Smythe", "SKU_1/2-B", "100% wool"),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_as_it_is_written_composed_or_not(words: sqlite.Connection, name: str) -> None:
    assert _found(words, name, name)
    assert _found(words, name, unicodedata.normalize("NFD", name))
    assert _found(words, name, name.split(maxsplit=1)[0][:-1])
    assert _found(words, name, name.upper())


def test_accents_are_not_needed(words: sqlite.Connection) -> None:
    assert _found(words, "Ōe Kenzaburō", "oe kenzaburo")
    assert _found(words, "Lê Thị Hoa", "le thi")
    assert _found(words, unicodedata.normalize("NFD", "Amélie"), "Amélie")


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Jürgen Weiß", "jurgen weiss"),
        ("Goethestraße 7", "goethestrasse"),
        ("GOETHESTRASSE 7", "goethestraße"),
        ("Søren Ærø", "soren aero"),
        ("ØRSTED", "orsted"),
        ("Łukasz Wałęsa", "lukasz walesa"),
        ("Œuvre", "oeuvre"),
        ("Þórður Đorđe", "thordur dorde"),
        ("Isparta Işıl", "isil"),
        ("İzmir", "izmir"),
        ("Soren Weiss", "søren weiß"),
    ],
)
def test_letters_that_a_keyboard_lacks_are_not_needed(words: sqlite.Connection, stored: str, typed: str) -> None:
    assert _found(words, stored, typed)
    assert _found(words, stored, stored)
    assert _found(words, stored, typed.split(maxsplit=1)[0][:-1])


def test_no_letter_of_any_script_breaks_a_search(words: sqlite.Connection) -> None:
    letters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    for start in range(0, len(letters), 5000):
        typed = " ".join(f"a{letter}b" for letter in letters[start : start + 5000] if letter.isalnum())
        if typed:
            words.execute("SELECT 1 FROM customer_search WHERE customer_search MATCH ?", (match_words(typed),)).fetchall()


def test_no_naughty_string_breaks_a_search(view: View) -> None:
    for typed in json.loads(shared_data("naughty-strings/blns.json").read_text(encoding="utf-8")):
        found = order_ids(view, OrdersView(search=typed), today=TODAY)
        assert order_counts(view, search=typed, today=TODAY)["all"] == len(found)
        product_ids(view, ProductsView(search=typed), today=TODAY)
        customer_ids(view, CustomersView(search=typed), today=TODAY)


def test_what_is_named_whole_comes_first_whatever_the_order(shop: Shop) -> None:
    for sku in ("A-1", "A-10", "A-100"):
        shop.stock(sku, 9)
    for number in ("M-2", "M-20", "M-21", "#31", "310"):
        shop.order(number, ("A-10", 1), placed_on=f"2026-11-{10 + len(shop.orders):02}")
    with shop.store.read() as view:

        def numbers(search: str) -> list[str]:
            ids = order_ids(view, OrdersView(search=search, sort=(("placed", True),)), today=TODAY)
            return [row.number for row in order_rows(view, ids, today=TODAY)]

        assert numbers("m-2") == ["M-2", "M-21", "M-20"]
        assert numbers("31") == ["#31", "310"]
        skus = product_ids(view, ProductsView(search="a-10", sort=(("sku", True),)), today=TODAY)
        assert [row.sku for row in product_rows(view, skus, today=TODAY)] == ["A-10", "A-100"]
