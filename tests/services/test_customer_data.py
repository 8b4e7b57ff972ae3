"""What a customer may ask for: everything about them, and nothing about anybody else."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Text

from orderdesk.documents.letter import Letter
from orderdesk.domain.errors import NotFoundError, StoreError
from orderdesk.services import answers, coupons, customers, history, order_entry, orders, refunds
from orderdesk.services.apologies import apologize, orders_to_tell
from orderdesk.services.backups import back_up
from orderdesk.services.checks import check
from orderdesk.services.customer_data import erase_customer, export_customer
from orderdesk.services.drafts import CustomerDraft, RefundDraft
from orderdesk.services.printing import print_letters
from orderdesk.storage.parts import metadata
from orderdesk.storage.tables import facts
from tests.builders import Shop
from tests.services.test_printing import Tray


def test_everything_about_a_customer_is_in_one_file_and_nothing_about_others(shop: Shop, tmp_path: Path) -> None:
    shop.stock("LAMP", 0)
    shop.order("1042", ("LAMP", 2), customer="Dana Whitfield")
    shop.order("1043", ("LAMP", 1), customer="Priya Raman")
    run = apologize(shop.store, orders_to_tell(shop.store, now=shop.now), now=shop.tick())
    dana = next(made for made in run.apologies if made.customer == "Dana Whitfield")
    print_letters(shop.store, [dana.notice_id], Tray(), now=shop.tick(), name="Desk")
    shop.order("1044", ("LAMP", 1), customer="Dana Whitfield")
    coupons.redeem_coupon(shop.store, dana.coupon_code or "", "1044", now=shop.tick())
    export_customer(shop.store, customers.find_customer(shop.store, "Dana Whitfield"), tmp_path / "dana.json")
    text = (tmp_path / "dana.json").read_text("utf-8")
    known = json.loads(text)
    assert known["customer"]["name"] == "Dana Whitfield"
    assert [(order["order_number"], len(order["lines"])) for order in known["orders"]] == [("1042", 1), ("1044", 1)]
    assert "Letter to Dana Whitfield printed on Desk" in [step["summary"] for step in known["orders"][0]["history"]]
    (letter,) = known["letters"]
    assert letter["letter"]["salutation"] == "Dear Dana,"
    assert [(each["way"], each["detail"]) for each in letter["deliveries"]] == [("printed", "Desk")]
    (coupon,) = known["coupons"]
    assert (coupon["code"], [entry["kind"] for entry in coupon["ledger"]]) == (dana.coupon_code, ["issued", "redeemed"])
    assert "Priya" not in text and "1043" not in text


def test_the_whole_history_of_an_order_is_in_it_however_long(shop: Shop, tmp_path: Path) -> None:
    shop.stock("LAMP", 5)
    shop.order("1042", ("LAMP", 2))
    for _ in range(30):
        orders.hold_order(shop.store, shop.orders["1042"], "Fraud check", now=shop.tick())
        orders.release_order(shop.store, shop.orders["1042"], now=shop.tick())
    export_customer(shop.store, customers.find_customer(shop.store, "Dana Whitfield"), tmp_path / "dana.json")
    (order,) = json.loads((tmp_path / "dana.json").read_text("utf-8"))["orders"]
    assert (len(order["history"]), order["history"][-1]["summary"]) == (61, "Added order 1042")


def test_an_order_that_was_taken_back_or_given_to_another_names_them_no_more(shop: Shop, tmp_path: Path) -> None:
    shop.stock("LAMP", 5)
    for number in ("1042", "1043", "1044"):
        shop.order(number, ("LAMP", 1), customer="Roberta Quill")
    history.undo(shop.store, now=shop.tick())
    roberta = customers.find_customer(shop.store, "Roberta Quill")
    other = customers.add_customer(shop.store, CustomerDraft(name="Erin Vale", email="erin@vale.example"), now=shop.tick())
    draft = order_entry.draft_of_order(shop.store, shop.orders["1043"])
    draft.customer_id, draft.ship_name = other, "Erin Vale"
    order_entry.edit_order(shop.store, shop.orders["1043"], draft, now=shop.tick())
    orders.cancel_order(shop.store, shop.orders["1042"], now=shop.tick())
    erase_customer(shop.store, roberta, although_owed=True, now=shop.tick())
    content = back_up(shop.store, tmp_path / "copy.orderdesk").read_bytes().lower()
    assert not [word for word in (b"roberta", b"quill", b"418 alder") if word in content]
    assert b"erin vale" in content


def test_who_is_not_there_or_a_folder_that_is_none_is_refused(shop: Shop, tmp_path: Path) -> None:
    shop.stock("LAMP", 0)
    shop.order("1042", ("LAMP", 1))
    with pytest.raises(NotFoundError):
        export_customer(shop.store, 999, tmp_path / "nobody.json")
    with pytest.raises(StoreError, match="can't be written"):
        export_customer(shop.store, 1, tmp_path / "nowhere" / "dana.json")
    assert list(tmp_path.glob("*.json")) == []


# What is no word about a customer: numbers of orders and the codes of coupons, where they lie, what is given, how things go.
_STAYS = {
    "orders": {"order_number", "number_key", "external_id", "channel", "placed_printed", "coupon_codes", "ship_country"},
    "customer": {"country", "language"},
    "notice": {"letter", "folder", "stem", "home", "language"},
    "coupon": {"code", "gift"},
    "shipment": {"carrier"},
}


def _texts(*tables: str) -> Iterator[tuple[str, str]]:
    """The columns that a step may write words into."""
    for table in (metadata.tables[name] for name in tables):
        names = {column.name for column in table.columns if isinstance(column.type, Text) and column.name in facts(table)}
        yield from ((table.name, name) for name in sorted(names - _STAYS.get(table.name, set())))


def test_no_text_that_anybody_typed_about_an_erased_customer_is_left(shop: Shop, tmp_path: Path) -> None:
    """Each text column of each table about them is marked by its own name, in its rows and in the log of what they were."""
    shop.stock("LAMP", 1)
    order = shop.order("1042", ("LAMP", 2))
    (made,) = apologize(shop.store, [order], now=shop.tick()).apologies
    orders.ship_order(shop.store, order, now=shop.tick())
    answers.cancel_what_waits(shop.store, order, "", now=shop.tick())
    coupons.void_coupon(shop.store, made.coupon_code or "", "By mistake", now=shop.tick())
    refunds.record_refund(shop.store, order, RefundDraft(amount="10.00"), now=shop.tick())
    for word in ("quux", "other"):
        with shop.store.begin("test", "Marked", now=shop.tick()) as transaction:
            for table, column in _texts("customer", "orders", "notice", "coupon", "answer", "refund", "shipment"):
                with contextlib.suppress(sqlite.IntegrityError):  # only one of a few words
                    transaction.execute(f"UPDATE {table} SET {column} = '{word}{table}{column}'")
    assert b"quuxordershold_reason" in back_up(shop.store, tmp_path / "marked.orderdesk").read_bytes()
    erase_customer(shop.store, 1, although_owed=True, now=shop.tick())
    content = back_up(shop.store, tmp_path / "erased.orderdesk").read_bytes()
    assert re.findall(rb"(?:quux|other)[a-z]\w*", content) == []


def test_erasing_takes_the_batches_along_and_no_file_that_the_seller_called_like_one(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    order = shop.order("1042", ("LAMP", 1))
    batch = apologize(shop.store, [order], now=shop.tick(), batch=True).batch
    theirs = shop.store.folder / "letters-1-to-9-summer.pdf"
    theirs.write_bytes(b"%PDF-1.4 letters of my own")
    orders.cancel_order(shop.store, order, now=shop.tick())
    erase_customer(shop.store, 1, although_owed=True, now=shop.tick())
    assert batch is not None and not batch.exists()
    assert theirs.exists()


def test_erasing_takes_along_whom_the_customer_was_merged_with(shop: Shop, tmp_path: Path) -> None:
    """Merged twice over: one record with an order and a letter, one with nothing that the kept one does not have."""
    shop.stock("LAMP", 0)
    shop.order("1042", ("LAMP", 1), customer="Roberta Quill")
    apologize(shop.store, orders_to_tell(shop.store, now=shop.now), now=shop.tick())
    roberta = customers.find_customer(shop.store, "Roberta Quill")
    drafts = (
        CustomerDraft(name="Bobbie Penn", email="bobbie@quill.example", username="quillbob", phone="444-0177"),
        CustomerDraft(name="Xenia Quarles", phone="444-0188"),
        CustomerDraft(name="R. Quill", phone="444-0100", line1="9 Ink Lane"),
    )
    bobbie, xenia, kept = (customers.add_customer(shop.store, draft, now=shop.tick()) for draft in drafts)
    pairs = ((bobbie, roberta), (kept, bobbie), (kept, xenia))
    *_, last = (customers.merge_customers(shop.store, into, other, now=shop.tick()) for into, other in pairs)
    orders.cancel_order(shop.store, shop.orders["1042"], now=shop.tick())
    erase_customer(shop.store, kept, although_owed=True, now=shop.tick())
    content = back_up(shop.store, tmp_path / "copy.orderdesk").read_bytes().lower()
    told = (b"roberta", b"quill", b"bobbie", b"penn", b"alder", b"bellingham", b"xenia", b"quarles", b"ink lane", b"444-01")
    assert not [word for word in told if word in content]
    assert check(shop.store) == []
    history.undo(shop.store, event_id=last.event_id, now=shop.tick())
    assert customers.draft_of_customer(shop.store, xenia) == CustomerDraft(name=f"Erased customer {kept}")
    assert check(shop.store) == []


def test_no_mark_is_left_by_which_a_known_name_could_be_found(shop: Shop, tmp_path: Path) -> None:
    shop.stock("LAMP", 0)
    order = shop.order("1042", ("LAMP", 1))
    (made,) = apologize(shop.store, [order], now=shop.tick()).apologies
    orders.cancel_order(shop.store, order, now=shop.tick())
    with shop.store.read() as view:
        digest = Letter.from_json(view.record("notice", made.notice_id)["letter"]).digest
    assert digest.encode() in back_up(shop.store, tmp_path / "before.orderdesk").read_bytes()
    erase_customer(shop.store, 1, although_owed=True, now=shop.tick())
    assert digest.encode() not in back_up(shop.store, tmp_path / "erased.orderdesk").read_bytes()
