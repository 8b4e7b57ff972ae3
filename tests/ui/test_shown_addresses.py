"""The pane has an address as a label has it: in the order of its own country."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from orderdesk.domain.shop import Address
from orderdesk.services.customers import add_customer
from orderdesk.services.drafts import CustomerDraft
from orderdesk.ui.order_sheet import address_text
from tests.builders import NOW
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)


def test_a_town_abroad_is_written_as_there(seller: Seller) -> None:
    draft = CustomerDraft(name="Aksel Holm", line1="Vingårdstræde 6", city="København K", postal_code="1165", country="DK")
    key = add_customer(seller.desk.store, draft, now=NOW)
    page = seller.page("customers")
    seller.until(lambda: key in page.model.ids)
    page.table.pick_place(page.model.ids.index(key))
    shown = "Aksel Holm\nVingårdstræde 6\n1165 København K\nDENMARK"
    seller.until(lambda: any(each.text() == shown for each in page.pane.findChildren(QLabel)))


def test_at_home_it_stands_as_on_an_envelope() -> None:
    home = Address(name="Ada", line1="27 Mill Lane", city="Hood River", region="OR", postal_code="97031", country="US")
    assert address_text(home).splitlines()[2] == "Hood River, OR 97031"
    assert address_text(Address()) == ""
