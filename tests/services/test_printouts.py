"""Labels, coupons to cut and the calibration page of a shop: what goes on them, where they lie, how they get to a printer."""

from __future__ import annotations

from pathlib import Path

import pytest

from orderdesk.documents.labels import LabelForm
from orderdesk.domain.errors import CouponError, InvalidValueError, NothingToDoError, StoreError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.printers import PrinterSettings
from orderdesk.services import coupons, customers, order_entry
from orderdesk.services.apologies import apologize, orders_to_tell
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.drafts import CustomerDraft, LineDraft, OrderDraft
from orderdesk.services.printing import save_printer
from orderdesk.services.printouts import (
    calibration_page,
    coupons_to_cut,
    labels_of_customers,
    labels_of_orders,
    print_printout,
    save_printout,
)
from tests.builders import NOW, Shop
from tests.reading import codes_in, text_of
from tests.services.test_printing import Tray


def shop_that_waits(shop: Shop, count: int) -> list[str]:
    """Orders that wait, of as many customers, each with a letter; the codes of their coupons."""
    shop.stock("LAMP", 0)
    for number in range(count):
        shop.order(str(1042 + number), ("LAMP", 1), customer=f"Customer {number}")
    run = apologize(shop.store, orders_to_tell(shop.store, now=shop.now), now=shop.tick())
    return [made.coupon_code or "" for made in run.apologies]


def with_address(shop: Shop, name: str, line1: str) -> int:
    draft = CustomerDraft(name=name, line1=line1, city="Bellingham", region="WA", postal_code="98225", country="US")
    return customers.add_customer(shop.store, draft, now=shop.tick())


def without_address(shop: Shop, number: str, customer: str) -> int:
    line = LineDraft(product_id=shop.products["LAMP"], sku="LAMP", title="Lamp", quantity="1", unit_price="10.00")
    draft = OrderDraft(
        order_number=number, customer=CustomerDraft(name=customer), placed_on="2026-11-03", currency="USD", lines=[line]
    )
    return order_entry.add_order(shop.store, draft, now=shop.tick())


def test_labels_name_the_customers_in_the_order_of_their_choice(shop: Shop) -> None:
    first, second = with_address(shop, "Ada Byron", "1 Loom St"), with_address(shop, "Bo Li", "2 Kiln St")
    text = text_of(labels_of_customers(shop.store, [second, first], now=NOW).pages)
    assert text == "Bo Li 2 Kiln St Bellingham, WA 98225 Ada Byron 1 Loom St Bellingham, WA 98225"


def test_an_order_goes_to_its_own_address_and_one_without_any_is_refused_by_number(shop: Shop) -> None:
    shop.stock("LAMP", 5)
    with_address(shop, "Dana Whitfield", "418 Alder St")
    order = shop.order("1042", ("LAMP", 1))
    assert text_of(labels_of_orders(shop.store, [order], now=NOW).pages).startswith("Dana Whitfield 418 Alder St")
    nowhere = without_address(shop, "1043", "Nobody Knows")
    with pytest.raises(NothingToDoError, match="Order 1043 has no address"):
        labels_of_orders(shop.store, [order, nowhere], now=NOW)
    with pytest.raises(NothingToDoError, match="Nobody Knows has no address"):
        labels_of_customers(shop.store, [customers.find_customer(shop.store, "Nobody Knows")], now=NOW)
    with pytest.raises(InvalidValueError) as refused:
        labels_of_orders(shop.store, [order], now=NOW, form=LabelForm.AVERY_L7160, first=22)
    assert (refused.value.field, refused.value.expected) == ("first", "1 to 21")


def test_coupons_come_once_more_with_the_codes_they_had(shop: Shop) -> None:
    issued = shop_that_waits(shop, 4)
    made = coupons_to_cut(shop.store, issued, now=shop.tick())
    path = save_printout(shop.store, made)
    assert codes_in(path) == {(kind, code) for code in issued for kind in ("Code128", "QRCode")}
    with shop.store.read() as view:
        assert view.value("SELECT count(*) FROM coupon") == 4


def test_a_gift_card_is_worth_what_is_left_of_it(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    order = shop.order("1042", ("LAMP", 3))
    offer = Offer(OfferKind.GIFT_CARD, amount=Money(2500, "USD"))
    (made,) = apologize(shop.store, [order], now=shop.tick(), wishes=Wishes(offer=offer)).apologies
    code = made.coupon_code or ""
    assert "$25" in text_of(coupons_to_cut(shop.store, [code], now=shop.tick()).pages)
    coupons.redeem_coupon(shop.store, code, "1042", amount=Money(1050, "USD"), now=shop.tick())
    text = text_of(coupons_to_cut(shop.store, [code], now=shop.tick()).pages)
    assert "$14.50" in text
    assert "$25" not in text


def test_a_coupon_that_is_no_longer_good_is_refused_by_its_code(shop: Shop) -> None:
    issued = shop_that_waits(shop, 2)
    coupons.void_coupon(shop.store, issued[1], "lost", now=shop.tick())
    shown = "-".join(issued[1][place : place + 4] for place in (0, 4, 8))
    with pytest.raises(CouponError, match=f"{shown} was voided"):
        coupons_to_cut(shop.store, issued, now=shop.tick())
    made = coupons_to_cut(shop.store, issued, now=shop.tick(), those_that_can=True)
    assert made.left_out == (f"Coupon {shown} was voided.",)
    assert issued[1] not in text_of(made.pages).replace("-", "")
    with pytest.raises(NothingToDoError, match=f"{shown} was voided"):
        coupons_to_cut(shop.store, issued[1:], now=shop.tick(), those_that_can=True)
    with pytest.raises(CouponError, match="has expired"):
        coupons_to_cut(shop.store, issued[:1], now=shop.tick().replace(year=2029))
    with pytest.raises(NothingToDoError):
        coupons_to_cut(shop.store, [], now=NOW)


def test_a_printout_is_a_file_in_the_shops_folder_unless_another_is_named(shop: Shop, tmp_path: Path) -> None:
    made = calibration_page(shop.store, now=NOW)
    path = save_printout(shop.store, made)
    assert (path.parent, path.read_bytes()) == (shop.store.folder, made.pages)
    assert save_printout(shop.store, made) == path
    assert save_printout(shop.store, made, tmp_path / "new").parent == tmp_path / "new"
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="can't be saved"):
        save_printout(shop.store, made, tmp_path / "file" / "below")


def test_labels_are_moved_as_the_printer_wants_it_and_the_calibration_page_stays(shop: Shop) -> None:
    customer = with_address(shop, "Ada Byron", "1 Loom St")
    save_printer(shop.store, PrinterSettings("Desk", tray="Lower", copies=3, right_um=1500), now=shop.tick())
    tray = Tray()
    labels, page = labels_of_customers(shop.store, [customer], now=NOW), calibration_page(shop.store, now=NOW)
    print_printout(shop.store, labels, tray, name="Desk")
    print_printout(shop.store, page, tray, name="Desk")
    assert tray.sheets[0] != labels.pages
    assert text_of(tray.sheets[0]) == text_of(labels.pages)
    assert tray.sheets[1] == page.pages
    assert [(used.name, used.tray, used.copies) for used in tray.settings] == [("Desk", "Lower", 1)] * 2
