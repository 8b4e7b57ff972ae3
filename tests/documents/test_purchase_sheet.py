"""The purchase order for a supplier: products by the supplier's own numbers, what each costs, and the sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from pikepdf import pdfa

from orderdesk.documents.purchase_sheet import render_purchase
from orderdesk.domain.errors import UnprintableTextError
from orderdesk.domain.money import Money
from orderdesk.domain.purchases import Request, Wanted
from orderdesk.domain.shop import Paper
from tests.documents.cases import HOLLOW_OAK, page_texts, text_of

POT = Wanted("Enamel stockpot, 5 qt, cream", "POT", "EN-5-CR", 12, Money.of("23.50", "USD"))


def request(*lines: Wanted, total: str | None = "282.00", supplier: str = "Northern Enamel") -> Request:
    amount = None if total is None else Money.of(total, "USD")
    return Request("PO-12", supplier, date(2026, 11, 23), date(2026, 12, 7), lines, amount)


def test_it_says_what_is_wanted_by_when_and_for_how_much() -> None:
    text = text_of(render_purchase(HOLLOW_OAK, request(POT)))
    for said in ("Purchase order", "PO-12", "Northern Enamel", "December 7, 2026", "EN-5-CR", "$23.50", "12", "Total: $282.00"):
        assert said in text


@pytest.mark.parametrize(
    ("country", "yours", "ours"),
    [
        ("US", "your no. EN-5-CR", "our no. POT"),
        ("DE", "Ihre Nr. EN-5-CR", "unsere Nr. POT"),
        ("FR", "votre réf. EN-5-CR", "notre réf. POT"),
        ("ES", "su ref. EN-5-CR", "nuestra ref. POT"),
    ],
)
def test_it_says_whose_number_it_is(country: str, yours: str, ours: str) -> None:
    shop = replace(HOLLOW_OAK, country=country)
    text = " ".join(text_of(render_purchase(shop, request(POT, replace(POT, supplier_sku=""), total=None))).split())
    assert (text.count(yours), text.count(ours)) == (1, 1)
    nameless = replace(POT, sku="", supplier_sku="")
    assert yours.split(maxsplit=1)[0] not in text_of(render_purchase(shop, request(nameless)))


def test_where_a_cost_is_not_known_there_is_no_total() -> None:
    text = text_of(render_purchase(HOLLOW_OAK, request(POT, replace(POT, cost=None), total=None)))
    assert "Total" not in text
    assert "the prices" in text


@pytest.mark.parametrize(("country", "title"), [("DE", "Bestellung"), ("FR", "Bon de commande"), ("MX", "Orden de compra")])
def test_it_speaks_the_language_of_the_shops_country(country: str, title: str) -> None:
    assert title in text_of(render_purchase(replace(HOLLOW_OAK, country=country), request(POT)))


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("count", [1, 40])
def test_it_is_pdf_a_on_every_paper_and_loses_no_line(paper: Paper, count: int) -> None:
    lines = [replace(POT, supplier_sku=f"SKU-{number:03}") for number in range(count)]
    made = render_purchase(replace(HOLLOW_OAK, paper=paper), request(*lines))
    assert pdfa.check(pikepdf.open(BytesIO(made)), pdfa.Flavour.PDFA_2B).findings == []
    text = " ".join(page_texts(made))
    assert [line.supplier_sku for line in lines if line.supplier_sku not in text] == []


def test_what_no_font_covers_is_named() -> None:
    with pytest.raises(UnprintableTextError):
        render_purchase(HOLLOW_OAK, request(replace(POT, title="Pot \u0b85\U000e0041")))
