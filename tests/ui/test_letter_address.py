"""A letter that can't be posted says so beside its pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from orderdesk.services.drafts import CustomerDraft, LineDraft, OrderDraft
from orderdesk.services.order_entry import add_order
from orderdesk.ui.letter_pane import LetterPane
from tests.builders import make_shop
from tests.ui.conftest import Seller
from tests.ui.test_orders import pick

pytestmark = pytest.mark.timeout(60)


@pytest.mark.parametrize(("number", "warned"), [("1001", True), ("1002", False)])
def test_a_letter_without_an_address_is_warned_about(
    open_window: Callable[[], Seller], tmp_path: Path, number: str, warned: bool
) -> None:
    shop = make_shop(tmp_path)
    lamp = shop.stock("LAMP", 0)
    lines = [LineDraft(product_id=lamp, unit_price="10")]
    draft = OrderDraft(order_number="1001", customer=CustomerDraft(name="Erin Vale", email="erin@vale.example"), lines=lines)
    add_order(shop.store, draft, now=shop.tick())
    shop.order("1002", ("LAMP", 1))
    shop.store.close()
    seller = open_window()
    page = pick(seller, number)
    page.commands.action("orders.apologize").trigger()
    seller.until(lambda: isinstance(page.pane.top, LetterPane) and bool(page.pane.top.pages.pages))
    said = [each.text() for each in page.pane.top.findChildren(QLabel)]
    assert any("No address is known" in text for text in said) == warned
