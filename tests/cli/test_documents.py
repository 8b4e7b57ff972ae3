"""The JSON of every verb: exactly these keys, for scripts rely on them from release to release."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from orderdesk.domain.coupons import printed
from tests.cli.conftest import DAY, Terminal
from tests.reading import text_of

MONEY = {"amount", "currency"}
OPTION = {"choice", "lacks", "on", "days", "money", "detail", "value", "waits", "difference", "offer"} | {
    *("cost", "there", "stale", "counted", "consent_after", "refund_by", "lacks_tax"),
}
STEP = {"gained", "lost", "over_allocated"}
SHIFT = {"order_number", "sku", "from", "to"}
LINE = {
    "position",
    "sku",
    "title",
    "ordered",
    "allocated",
    "shipped",
    "canceled",
    "drop_ship",
    "backordered",
    "pending",
    "status",
    "expected_on",
    "expected",
}
ORDER = {"order_number", "number", "channel", "customer", "placed_at", "status", "flags", "tags", "lines", "told_at"}
WORKED_ON = {"hold_reason", "note", "ship_policy", "priority"}
NEW_STEP_FILTERS = ("purchases", "listings", "coupons", "customers")
WORKED_ON_LINE = {"returned", "firm", "ship_policy", "replaces", "stand_in"}
FULL_ORDER = (
    ORDER
    | WORKED_ON
    | {
        *(
            "order_date",
            "paid_date",
            "buyer_name",
            "buyer_username",
            "email",
            "ship_to",
            "currency",
            "shipping",
            "tax",
            "discount",
        ),
        *("coupon", "shipped", "cancelled", "external_id"),
    }
)
FULL_LINE = LINE | WORKED_ON_LINE | {"line_id", "quantity", "unit_price", "fulfilled", "quantity_shipped"}
SHIP_TO = {"name", "line1", "line2", "city", "region", "postal", "country", "phone"}
NOTICE = {
    *("kind", "order_numbers", "customer", "prepared_at", "told_at", "told_by", "voided_at", "new_date", "concern", "letter"),
    *("coupon", "coupon_code"),
}
EVENT = {"id", "at", "kind", "summary", "detail", "undone"}
BACKORDER = {
    *("order_number", "channel", "customer", "sku", "title", "ordered", "allocated", "backordered", "expected_on", "told_at"),
    *("deadline_on", "discontinued"),
}
APOLOGY = {
    *("order_numbers", "customer", "letter", "coupon", "coupon_code", "offer", "valid_through", "new_date", "notice"),
    *("silence_means", "answer_by", "refund_by", "told_at", "orders"),
}
OF_AN_ORDER = {"order_number", "new_date", "silence_means", "answer_by", "refund_by"}
COUPON = {
    *("code", "kind", "value", "balance", "minimum_order", "status", "issued_at", "valid_through", "void_reason", "customer"),
    *("order_numbers", "used_on", "ledger"),
}
ENTRY = {"at", "kind", "amount", "order_number"}
PRODUCT = {
    *(
        "sku",
        "title",
        "on_hand",
        "allocated",
        "available",
        "backordered",
        "pending",
        "on_order",
        "on_order_expected_on",
        "overdue_since",
        "reorder_point",
    ),
    *("safety_stock", "status", "price", "discontinued"),
}
FULL_PRODUCT = PRODUCT | {"supplier", "supplier_sku", "lead_time_days", "barcode", "tracked", "is_kit", "cost"}
CUSTOMER = {
    *(
        "handle",
        "customer_id",
        "name",
        "company",
        "country",
        "email",
        "phone",
        "orders",
        "spent",
        "last_order_on",
        "open_backorders",
    ),
    *("told", "open_coupons"),
}
LISTING = {
    "listing_id",
    "channel",
    "sku",
    "format",
    "quantity",
    "bids",
    "ends_at",
    "price",
    "ended_at",
    "ended_why",
    "free_to_list",
    "offered",
    "advice",
    "keep",
    "end_by",
    "why",
}
IMPORTED = {"files", "lost", "gained", "import_id"}
FILE = {"file", "format", "kind", "new", "changed", "unchanged", "skipped", "questions"}
DEMO = {"data", "backordered_lines", "orders", "customers", "units_short", "letters", "coupons", "batch"}
PROFILE = {
    *(
        "name",
        "line1",
        "line2",
        "city",
        "region",
        "postal_code",
        "country",
        "email",
        "phone",
        "site",
        "owner",
        "currency",
        "paper",
    ),
    *("time_zone", "accent", "queue"),
    *("register", "logo", "signature", "reply_slip", "mail_host", "mail_port", "mail_user", "handling_days"),
}


def _one(elements: list[dict[str, Any]], **facts: Any) -> dict[str, Any]:
    (found,) = [element for element in elements if all(element[name] == value for name, value in facts.items())]
    return found


def test_orders(selling: Terminal) -> None:
    orders = selling.answer("orders")
    assert [order["order_number"] for order in orders] == ["1001", "1002", "1003"]
    assert all(set(order) == ORDER and all(set(line) == LINE for line in order["lines"]) for order in orders)
    assert orders[1] | {"placed_at": ""} == {
        "order_number": "1002",
        "number": "1002",
        "channel": "own",
        "customer": "Amélie Fortin",
        "placed_at": "",
        "status": "partly_ready",
        "flags": ["not_told"],
        "tags": [],
        "told_at": None,
        "lines": [
            {
                "position": 1,
                "sku": "LAMP",
                "title": "Owl lamp",
                "ordered": 2,
                "allocated": 1,
                "shipped": 0,
                "canceled": 0,
                "drop_ship": 0,
                "backordered": 1,
                "pending": 0,
                "status": "partly_backordered",
                "expected_on": "2026-12-04",
                "expected": [{"units": 1, "on": "2026-12-04"}],
            }
        ],
    }


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (("--backordered",), ["1002", "1003"]),
        (("--ready",), ["1001"]),
        (("--partly-ready",), ["1002", "1003"]),
        (("--not-told",), ["1002", "1003"]),
        (("--to-do",), ["1001", "1002", "1003"]),
        (("--overdue",), []),
        (("--on-hold",), []),
        (("--awaiting-payment",), []),
        (("--shipped",), []),
        (("--canceled",), []),
        (("--search", "dana"), ["1001"]),
        (("--search", "fortin 1003"), ["1003"]),
        (("--backordered", "--search", "book"), ["1003"]),
    ],
)
def test_orders_of_a_filter(selling: Terminal, words: tuple[str, ...], numbers: list[str]) -> None:
    assert [order["order_number"] for order in selling.answer("orders", *words)] == numbers


def test_a_late_order_says_so_beside_where_it_stands(selling: Terminal) -> None:
    for number in ("1001", "1002"):
        selling.text("edit", "order", number, "ship_by=2026-12-01")
    late = selling.text("orders", "--overdue", "--today", "2026-12-05").splitlines()
    assert [("Ready, overdue" in line, "Partly ready, overdue" in line) for line in late[-2:]] == [(True, False), (False, True)]
    assert "Partly ready, overdue" in selling.text("order", "1002", "--today", "2026-12-05").splitlines()[0]


def test_an_order_that_waits_for_a_count_says_so_as_the_window_does(selling: Terminal) -> None:
    selling.answer("add", "product", "sku=NEW", "title=New lamp")
    selling.answer("add", "order", "customer=D", "order_number=1009", "line=NEW")
    assert "Count first" in next(line for line in selling.text("orders").splitlines() if "1009" in line)
    assert selling.text("order", "1009").splitlines()[0].endswith(": Count first")


def test_orders_in_full(selling: Terminal) -> None:
    (order, *_) = selling.answer("orders", "--full")
    assert set(order) == FULL_ORDER
    assert set(order["ship_to"]) == SHIP_TO
    assert all(set(line) == FULL_LINE for line in order["lines"])
    assert (order["order_date"], order["paid_date"], order["currency"], order["shipping"]) == (
        "2026-11-11",
        "2026-11-11",
        "USD",
        "5.00",
    )
    assert (order["tax"], order["discount"], order["coupon"], order["cancelled"], order["external_id"]) == (
        None,
        None,
        "",
        False,
        "",
    )
    assert [(line["quantity"], line["unit_price"], line["line_id"]) for line in order["lines"]] == [
        (2, "64.00", ""),
        (1, "9.50", ""),
    ]


def test_one_order(selling: Terminal) -> None:
    selling.answer("apologize", "1002", "--out", str(selling.data.parent))
    order = selling.answer("order", "1002")
    assert all(set(line) == LINE | WORKED_ON_LINE | {"why"} for line in order["lines"])
    assert set(order) == ORDER | WORKED_ON | {
        "customer_handle",
        "notices",
        "answers",
        "parcels",
        "refunds",
        "to_pay_back",
        "refund_by",
        "coupons_used",
        "history",
    }
    assert set(order["notices"][0]) == NOTICE
    assert all(set(event) == EVENT for event in order["history"])
    assert [event["kind"] for event in order["history"]] == ["apologize", "add_order"]


def test_a_line_that_is_covered_in_part_says_how_much_comes_when(selling: Terminal) -> None:
    selling.answer("add", "product", "sku=CLOCK", "title=Wall clock", "price=20", "on_hand=0")
    selling.answer("add", "order", "order_number=2001", "customer=Dana Whitfield", "line=CLOCK*4", "paid=yes")
    selling.answer("buy", "Acme", "CLOCK=1", "--expected", "2026-12-20")
    selling.answer("purchase", "PO-1", "--send")
    for words in (("backorders",), ("order", "2001")):
        (line,) = (line for line in selling.text(*words).splitlines() if "CLOCK" in line and "Wall clock" in line)
        assert "1 on 2026-12-20 + 3 unknown" in line
    selling.answer("buy", "Acme", "CLOCK=3", "--expected", "2026-12-27")
    selling.answer("purchase", "PO-2", "--send")
    (line,) = (line for line in selling.text("backorders").splitlines() if "CLOCK" in line)
    assert "2026-12-27" in line
    assert "2026-12-20" not in line


def test_backorders(selling: Terminal) -> None:
    lines = selling.answer("backorders")
    assert all(set(line) == BACKORDER for line in lines)
    assert [(line["order_number"], line["ordered"], line["allocated"], line["backordered"]) for line in lines] == [
        ("1002", 2, 1, 1),
        ("1003", 2, 0, 2),
    ]
    assert {line["expected_on"] for line in lines} == {"2026-12-04"}
    assert [line["deadline_on"] for line in lines] == ["2026-12-12", "2026-12-13"]  # thirty days after they were placed


def test_apologize(selling: Terminal) -> None:
    run = selling.answer("apologize", "--all", "--out", str(selling.data.parent / "letters"))
    assert set(run) == {"apologies", "batch", "refused"}
    (made,) = run["apologies"]
    assert set(made) == APOLOGY
    assert all(set(order) == OF_AN_ORDER for order in made["orders"])
    assert (made["order_numbers"], made["customer"], made["notice"]) == (["1002", "1003"], "Amélie Fortin", "first")
    # 10 % of three lamps at 64.00, rounded up to whole dollars.
    assert made["offer"] == {"kind": "amount", "value": {"amount": "20.00", "currency": "USD"}}
    assert (made["valid_through"], made["new_date"]) == ("2027-11-23", "2026-12-04")
    assert (made["silence_means"], made["answer_by"], made["refund_by"]) == ("consent", "2026-12-04", None)
    assert all(Path(path).is_file() for path in (made["letter"], made["coupon"], run["batch"]))
    run = selling.answer("apologize", "1002", "--out", str(selling.data.parent / "elsewhere"))
    (again,) = run["apologies"]
    files = {"letter", "coupon"}
    assert (run["batch"], {**again, **dict.fromkeys(files)}) == (None, {**made, **dict.fromkeys(files)})
    assert all(Path(again[name]).read_bytes() == Path(made[name]).read_bytes() for name in files)


def test_a_letter_that_its_customer_has_had_is_said_to_be_known(selling: Terminal) -> None:
    (made,) = selling.answer("apologize", "1002")["apologies"]
    assert made["told_at"] is None
    selling.answer("told", "1002")
    assert selling.text("apologize", "1002") == (
        f"Amélie Fortin (1002, 1003): {made['letter']}, coupon {printed(made['coupon_code'])} (told 2026-11-23)\n"
    )
    assert selling.answer("apologize", "1002")["apologies"][0]["told_at"].startswith("2026-11-23T")


def test_each_order_without_a_letter_is_named_with_its_customer(selling: Terminal) -> None:
    endless = ("company=" + "Company " * 12, "line1=1 Mill Lane", "line2=" + "Building " * 12, "city=Bend", "country=US")
    for number, name in (("1004", "Edith Moe"), ("1005", "Frank Ode")):
        selling.answer("add", "customer", f"name={name} {'Maximilian ' * 8}", f"email={number}@example.com", *endless)
        selling.answer("add", "order", f"order_number={number}", f"customer={number}@example.com", "line=LAMP*1@64")
    status, _, err = selling.run("apologize", "--all")
    assert status == 0
    refused = [line for line in err.splitlines() if "It can't be printed" in line]
    assert [
        (line.startswith(name), f"({number}): " in line)
        for line, (number, name) in zip(refused, (("1004", "Edith Moe"), ("1005", "Frank Ode")), strict=True)
    ] == [(True, True)] * 2
    assert "(1004): " in selling.refused("apologize", "1004", "1005")


def test_an_order_names_the_date_that_its_letter_names(selling: Terminal) -> None:
    (made,) = selling.answer("apologize", "1002")["apologies"]
    (notice,) = selling.answer("order", "1002")["notices"]
    assert (notice["new_date"], notice["kind"]) == (made["new_date"], "first")
    assert notice["new_date"] is not None
    selling.answer("told", "1002")
    selling.answer("apologize", "1002", "--expected", "2026-12-18")
    assert [each["new_date"] for each in selling.answer("order", "1002")["notices"]] == ["2026-12-18", made["new_date"]]


def test_a_refusal_names_the_order_and_the_reason(selling: Terminal) -> None:
    status, out, err = selling.run("--json", "apologize", "1001", "1002", "--out", str(selling.data.parent))
    run = json.loads(out)
    assert (status, len(run["apologies"])) == (0, 1)
    assert set(run["refused"][0]) == {"order_number", "reason"}
    assert run["refused"][0]["order_number"] == "1001"
    assert "1001 has no backordered line" in err
    status, out, err = selling.run("--json", "apologize", "1001")
    assert (status, json.loads(out)["apologies"]) == (1, [])
    assert err == "Order 1001 has no backordered line. There is nothing to apologize for.\n"


@pytest.mark.parametrize(
    ("concern", "unwanted"),
    [
        (
            "It was needed by 12/06/2026, and {name} waits",
            "without “12/06/2026” (a date is spelled out), “{”, “}” (something is not",
        ),
        ("ACME wholesale told me it is gone", "without “Acme Wholesale” (no supplier is named)"),
        ("I am so sorry to ask", "without “sorry”, since the letter has its one apology"),
    ],
)
def test_a_concern_that_no_letter_may_quote_is_refused_by_name(selling: Terminal, concern: str, unwanted: str) -> None:
    selling.answer("edit", "product", "LAMP", "supplier=Acme Wholesale")
    refused = selling.refused("apologize", "1002", "--concern", concern)
    assert "can't be the concern" in refused
    assert unwanted in refused


def test_a_concern_is_the_customers_own_words(selling: Terminal) -> None:
    concern = "We need it ASAP! It was for Mom's 60th on December 6 at 24 Acme Road 🧑‍🌾"
    selling.answer("edit", "product", "LAMP", "supplier=Acme Wholesale")
    (made,) = selling.answer("apologize", "1002", "--concern", concern)["apologies"]
    assert concern in text_of(Path(made["letter"]))


def test_coupons(selling: Terminal) -> None:
    offer = ("--offer", "gift_card:25", "--out", str(selling.data.parent))
    (made,) = selling.answer("apologize", "1002", *offer)["apologies"]
    coupon = selling.answer("coupon", made["coupon_code"].lower())
    assert set(coupon) == COUPON
    assert all(set(entry) == ENTRY for entry in coupon["ledger"])
    assert (coupon["kind"], coupon["value"], coupon["balance"]) == ("gift_card", *[{"amount": "25.00", "currency": "USD"}] * 2)
    used = selling.answer("redeem", made["coupon_code"], "--order", "1001", "--amount", "18.40", noting="from Dana Whitfield")
    assert set(used) == COUPON | {"applied"}
    assert (used["applied"]["amount"], used["balance"]["amount"], used["status"]) == ("18.40", "6.60", "open")
    assert [(entry["kind"], entry["order_number"]) for entry in used["ledger"]] == [("issued", None), ("redeemed", "1001")]
    used = selling.answer("redeem", made["coupon_code"], "--order", "1003", "--amount", "10")
    assert (used["applied"]["amount"], used["balance"]["amount"], used["status"]) == ("6.60", "0.00", "used")
    assert "used up" in selling.refused("redeem", made["coupon_code"], "--order", "1002")
    assert "used up" in selling.refused("void", made["coupon_code"], "--reason", "Mistake")


def test_a_coupon_is_shown_for_people_with_its_ledger_and_why_it_is_void(selling: Terminal) -> None:
    (made,) = selling.answer("apologize", "1002", "--offer", "gift_card:25")["apologies"]
    code = printed(made["coupon_code"])
    selling.answer(
        "edit", "order", "1001", f"coupon={code}", noting="made out to Amélie Fortin; the order is from Dana Whitfield"
    )
    (used,) = selling.answer("order", "1001")["coupons_used"]
    assert (used["code"], used["kind"], used["applied"]) == (
        made["coupon_code"],
        "gift_card",
        {"amount": "25.00", "currency": "USD"},
    )
    said = selling.text("order", "1001")
    assert f"Coupons used:\n  {DAY}  {code}  25.00 USD off\n" in said
    assert "Coupons used" not in selling.text("order", "1002")
    shown = selling.text("coupon", code).splitlines()
    assert shown[1:] == [f"  {DAY}  issued  25.00 USD", f"  {DAY}  redeemed  -25.00 USD  order 1001"]


def test_a_void_coupon_says_why(selling: Terminal) -> None:
    (made,) = selling.answer("apologize", "1002")["apologies"]
    selling.answer("void", made["coupon_code"], "--reason", "Lost in\nthe mail")
    shown = selling.text("coupon", made["coupon_code"]).splitlines()
    assert shown[1] == "Voided: Lost in the mail"
    assert [line.split()[1] for line in shown[2:]] == ["issued", "voided"]


def test_a_date_given_by_hand_is_taken_back(selling: Terminal) -> None:
    def new_date(*words: str) -> object:
        (made,) = selling.answer("apologize", "1002", *words)["apologies"]
        return made["new_date"]

    usual = new_date()
    assert new_date("--expected", "2027-01-05") == "2027-01-05" != usual
    assert new_date("--by-deliveries") == usual
    selling.misused("apologize", "1002", "--expected", "2027-01-05", "--by-deliveries")


def test_a_date_that_has_passed_is_not_promised(selling: Terminal) -> None:
    passed = str(date.fromisoformat(DAY) - timedelta(days=1))
    why = f"'{passed}' can't be the new date. Expected: {DAY} or a later day."
    assert why in selling.refused("apologize", "1002", "--expected", passed)
    assert selling.answer("order", "1002")["notices"] == []
    (made,) = selling.answer("apologize", "1002", "--expected", DAY)["apologies"]
    assert {each["order_number"]: each["new_date"] for each in made["orders"]}["1002"] == DAY
    assert why in selling.refused("apologize", "1002", "--expected", passed)


def test_void(selling: Terminal) -> None:
    (made,) = selling.answer("apologize", "1002", "--out", str(selling.data.parent))["apologies"]
    coupon = selling.answer("void", made["coupon_code"], "--reason", "Lost in the mail")
    assert (set(coupon), coupon["status"]) == (COUPON, "voided")
    assert "Lost in the mail" in selling.refused("redeem", made["coupon_code"], "--order", "1001")


@pytest.mark.parametrize(
    ("words", "gained", "lost"),
    [
        (("receive", "LAMP", "1"), [("1002", 1, 2)], []),
        (("count", "LAMP", "1"), [], [("1001", 2, 1), ("1002", 1, 0)]),
        (("cancel", "1001"), [("1002", 1, 2), ("1003", 0, 1)], []),
        (("cancel", "1001", "LAMP", "1"), [("1002", 1, 2)], []),
        (("hold", "1001", "--reason", "Asked to wait"), [("1002", 1, 2), ("1003", 0, 1)], []),
        (("told", "1002", "--channel", "phone"), [], []),
    ],
)
def test_a_step_says_whose_units_moved(
    selling: Terminal, words: tuple[str, ...], gained: list[tuple[str, int, int]], lost: list[tuple[str, int, int]]
) -> None:
    step = selling.answer(*words)
    assert set(step) == STEP
    assert all(set(shift) == SHIFT for shift in step["gained"] + step["lost"])
    assert [(shift["order_number"], shift["from"], shift["to"]) for shift in step["gained"]] == gained
    assert [(shift["order_number"], shift["from"], shift["to"]) for shift in step["lost"]] == lost
    assert step["over_allocated"] == 0
    assert set(selling.answer("undo")) == set(selling.answer("redo")) == STEP
    assert selling.answer("check") == {"ok": True, "problems": []}


def test_ship_release_and_paid_are_steps(selling: Terminal) -> None:
    assert set(selling.answer("ship", "1001", "LAMP", "1")) == STEP
    assert set(selling.answer("ship", "1001")) == STEP
    assert selling.answer("orders", "--shipped")[0]["order_number"] == "1001"
    selling.answer("hold", "1002")
    assert set(selling.answer("release", "1002")) == STEP
    selling.answer("add", "order", "order_number=1004", "customer=D", "paid=no", "line=BOOK")
    assert selling.answer("order", "1004")["status"] == "awaiting_payment"
    assert set(selling.answer("paid", "1004")) == STEP
    assert selling.answer("order", "1004")["status"] == "ready"


def test_products_and_customers(selling: Terminal) -> None:
    lamp = _one(selling.answer("products"), sku="LAMP")
    assert (set(lamp), lamp["price"]) == (PRODUCT, {"amount": "64.00", "currency": "USD"})
    assert (lamp["on_hand"], lamp["allocated"], lamp["available"], lamp["backordered"]) == (3, 3, 0, 3)
    assert set(selling.answer("products", "--full", "--search", "bird")[0]) == FULL_PRODUCT
    amelie = _one(selling.answer("customers"), customer_id="A")
    assert (set(amelie), set(amelie["spent"][0])) == (CUSTOMER, MONEY)
    assert (amelie["orders"], amelie["open_backorders"], amelie["told"]) == (2, 2, False)
    assert [row["name"] for row in selling.answer("customers", "--search", "amelie")] == ["Amélie Fortin"]


def test_listings(selling: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "listings.csv"
    file.write_text(
        "listing_id,channel,sku,format,quantity,bids,price,currency\n9,ebay,LAMP,auction,1,3,70,USD\n", encoding="utf-8"
    )
    selling.answer("import", str(file))
    (listing,) = selling.answer("listings")
    assert (set(listing), listing["price"]) == (LISTING, {"amount": "70.00", "currency": "USD"})
    assert (listing["advice"], listing["keep"], listing["free_to_list"]) == ("end", 0, 0)
    assert selling.answer("listings", "--to-change") == [listing]
    selling.answer("listings", "--done", "ebay:9")
    (ended,) = selling.answer("listings", "--ended")
    assert (ended["advice"], ended["ended_why"], listing["ended_at"]) == ("ended", "1 on offer, stock for 0", None)
    assert "may stay as they are" in selling.refused("listings", "--done", "9")
    selling.answer("listings", "--remove", "9")
    assert selling.answer("listings") == []
    assert "no listing 9" in selling.refused("listings", "--done", "9")


def test_a_customer_is_exported_whole(selling: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "amelie.json"
    assert selling.answer("export-customer", "Amélie Fortin", str(file)) == {"file": str(file)}
    assert json.loads(file.read_text("utf-8"))["customer"]["name"] == "Amélie Fortin"


def test_reorder(selling: Terminal) -> None:
    assert selling.answer("reorder") == []
    selling.answer("edit", "product", "LAMP", "on_order=0", "on_order_expected_on=")
    (lamp,) = selling.answer("reorder")
    assert (lamp["sku"], lamp["backordered"] > 0, lamp["quantity"] > lamp["backordered"]) == ("LAMP", True, True)
    assert lamp["suggested_reorder_point"] > 0
    assert "LAMP" in selling.text("reorder")


PURCHASE = {"number", "supplier", "status", "placed_on", "sent_on", "expected_on", "overdue", "total", "lines"}
PURCHASE_LINE = {"sku", "supplier_sku", "title", "quantity", "received", "to_come", "cost", "for_order"}


def test_purchases(selling: Terminal, tmp_path: Path) -> None:
    assert selling.answer("purchases") == []
    drafted = selling.answer("buy", "Acme", "LAMP=4", "--expected", "2026-12-07")
    assert (set(drafted), set(drafted["lines"][0]), drafted["status"]) == (PURCHASE, PURCHASE_LINE, "draft")
    assert set(selling.answer("purchase", "PO-1", "--send")) == STEP
    too_many = selling.refused("purchase", "PO-1", "--receive", "LAMP=5")
    assert "there are only 4. Ask for 1 to 4. Receive what came beyond that as stock of the product" in too_many
    assert selling.answer("purchase", "PO-1", "--receive", "LAMP=1")["over_allocated"] == 0
    assert selling.answer("purchase", "PO-1") == selling.answer("purchase", "1")
    assert selling.answer("purchase", "1")["status"] == "partly_received"
    saved = selling.answer("purchase", "PO-1", "--out", str(tmp_path))
    assert Path(saved["file"]).read_bytes().startswith(b"%PDF")
    selling.answer("purchase", "PO-1", "--cancel")
    assert [row["status"] for row in selling.answer("purchases")] == ["canceled"]
    assert "PO-1" in selling.text("purchases")
    assert "canceled" in selling.refused("purchase", "PO-1", "--receive")
    assert "no product NONE" in selling.refused("buy", "Acme", "NONE=4")
    assert "such as LAMP=3" in selling.refused("buy", "Acme", "LAMP")


def test_a_purchase_order_names_products_as_its_supplier_does(selling: Terminal, tmp_path: Path) -> None:
    """Acme, from whom the lamps usually come, by Acme's number; who has none knows them by the shop's own."""
    selling.answer("offer", "LAMP", "Acme", "supplier_sku=AC-1", "cost=6.50")
    selling.answer("offer", "LAMP", "Zeta", "supplier_sku=Z-9", "cost=8")
    selling.answer("offer", "LAMP", "Bolt", "cost=7")
    for place, (supplier, theirs, named) in enumerate(
        (("ACME", "AC-1", "your no. AC-1"), ("zeta", "Z-9", "your no. Z-9"), ("Bolt", "", "our no. LAMP")), 1
    ):
        (line,) = selling.answer("buy", supplier, "LAMP=2")["lines"]
        assert line["supplier_sku"] == theirs
        text = " ".join(text_of(Path(selling.answer("purchase", f"PO-{place}", "--out", str(tmp_path))["file"])).split())
        assert named in text and [name for name in ("AC-1", "Z-9", "LAMP") if name in text] == [named.split()[-1]]
    selling.answer("source", "1002", "LAMP", "--supplier", "Zeta")
    assert selling.answer("purchase", "PO-4")["lines"][0]["supplier_sku"] == "Z-9"


def test_what_is_bought_elsewhere_is_at_the_cost_that_is_known(selling: Terminal) -> None:
    selling.answer("offer", "LAMP", "Zeta", "cost=8")
    selling.answer("offer", "LAMP", "Bolt", "cost=7", "currency=EUR")
    made = selling.answer("source", "1002", "LAMP", "--supplier", "Zeta")
    assert made["margin"]["amount"] == "56.00"
    assert selling.answer("purchase", "PO-1")["lines"][0]["cost"] == {"amount": "8.00", "currency": "USD"}
    assert selling.answer("source", "1003", "LAMP", "--supplier", "Bolt")["margin"] is None


def test_what_is_left_by_buying_elsewhere_is_of_what_was_paid(selling: Terminal) -> None:
    """5 at 10.00, less a discount, cost 30.00 elsewhere; tax and shipping are no part of what the seller earns by them."""
    selling.answer("add", "order", "order_number=9", "customer=D", "line=LAMP*5@10", "discount=25", "tax=4", "shipping=3")
    selling.answer("offer", "LAMP", "Zeta", "cost=6")
    ways = selling.answer("options", "9", "LAMP")
    assert [each["money"]["amount"] for each in ways if each["choice"] == "buy_elsewhere"] == ["-5.00"]
    assert "That is 5.00 USD more than was paid for them." in selling.text("source", "9", "LAMP", "--supplier", "Zeta")
    selling.answer("add", "order", "order_number=10", "customer=D", "line=LAMP*5@10", "discount=10")
    assert "10.00 USD of what was paid for them are left." in selling.text("source", "10", "LAMP", "--supplier", "Zeta")


def test_a_purchase_order_that_should_be_here_by_now_is_overdue(selling: Terminal) -> None:
    selling.answer("edit", "product", "LAMP", "on_order=0", "on_order_expected_on=")
    selling.answer("buy", "Acme", "LAMP=1", "--expected", "2026-12-07")
    selling.answer("purchase", "PO-1", "--send")
    seen = {}
    for day in ("2026-12-07", "2026-12-08"):
        ((purchase,), products, short) = (
            selling.answer(*words, "--today", day) for words in (("purchases",), ("products",), ("backorders",))
        )
        (lamp,) = (row for row in products if row["sku"] == "LAMP")
        line = next(row for row in short if row["sku"] == "LAMP")
        seen[day] = (purchase["overdue"], lamp["on_order_expected_on"], lamp["overdue_since"], line["expected_on"])
    assert seen["2026-12-07"] == (False, "2026-12-07", None, "2026-12-07")
    assert seen["2026-12-08"] == (True, None, "2026-12-07", None)
    assert "overdue" in selling.text("purchases", "--today", "2026-12-08")


def test_a_purchase_order_is_changed(selling: Terminal) -> None:
    selling.answer("add", "product", "sku=SHADE", "title=Shade", "on_hand=0")
    selling.answer("buy", "Acme", "LAMP=4")
    changed = selling.answer("purchase", "PO-1", "LAMP=6", "SHADE=2", "--cost", "SHADE=1.25", "--expected", "2026-12-07")
    assert set(changed) == STEP
    shown = selling.answer("purchase", "PO-1")
    lines = [(line["sku"], line["quantity"], line["cost"] and line["cost"]["amount"]) for line in shown["lines"]]
    assert (lines[1], [line[:2] for line in lines]) == (("SHADE", 2, "1.25"), [("LAMP", 6), ("SHADE", 2)])
    assert shown["expected_on"] == "2026-12-07"
    assert [line["to_come"] for line in shown["lines"]] == [0, 0], "a draft brings nothing"
    selling.answer("purchase", "PO-1", "SHADE=0")
    assert selling.text("purchases").splitlines()[-1].split()[-2:] == ["6", "0"]
    selling.answer("purchase", "PO-1", "--send")
    assert selling.text("purchases").splitlines()[-1].split()[-2:] == ["6", "6"]
    selling.answer("purchase", "PO-1", "--receive", "LAMP=2")
    selling.answer("purchase", "PO-1", "LAMP=3", "--expected", "unknown")
    shown = selling.answer("purchase", "PO-1")
    assert ([line["to_come"] for line in shown["lines"]], shown["expected_on"]) == ([1], None)
    assert "have come already. Ask for 2 or more" in selling.refused("purchase", "PO-1", "LAMP=1")
    assert "was sent" in selling.refused("purchase", "PO-1", "SHADE=1")
    assert "was sent" in selling.refused("purchase", "PO-1", "--cost", "LAMP=9.00")
    assert "no product NONE" in selling.refused("purchase", "PO-1", "--cost", "NONE=9.00")
    assert "such as LAMP=3.50" in selling.refused("purchase", "PO-1", "--cost", "LAMP")
    assert "such as LAMP=3" in selling.refused("purchase", "PO-1", "LAMP")
    assert "first" in selling.misused("purchase", "PO-1", "LAMP=4", "--send")
    assert "is no day" in selling.misused("purchase", "PO-1", "--expected", "soon")


def test_what_runs_low_is_drafted(selling: Terminal) -> None:
    selling.answer("edit", "product", "LAMP", "on_order=0", "on_order_expected_on=", "supplier=Acme")
    assert selling.answer("reorder", "--draft") == {"drafted": ["PO-1"], "without_supplier": []}
    assert "stands on a draft already: PO-1" in selling.refused("reorder", "--draft")
    assert selling.answer("reorder") == []
    assert "on no draft yet" in selling.text("reorder")
    selling.answer("undo")
    assert [row["sku"] for row in selling.answer("reorder")] == ["LAMP"]


def test_how_long_an_order_waits_without_its_customers_word_is_among_the_options(selling: Terminal) -> None:
    selling.answer("add", "product", "sku=NONE", "title=Vase", "on_hand=0")
    selling.answer("add", "order", "order_number=8001", "customer=Dana Whitfield", "line=NONE*1", "placed_on=2026-11-03")
    assert selling.answer("options", "8001", "NONE")[0]["consent_after"] == "2027-01-02"
    assert "; after 2027-01-02 only if they agree" in selling.text("options", "8001", "NONE")
    selling.answer("add", "order", "order_number=8002", "customer=Dana Whitfield", "line=NONE*1", "placed_on=2026-08-03")
    assert selling.answer("options", "8001", "NONE")[0]["refund_by"] is None
    refund_by = selling.answer("options", "8002", "NONE")[0]["refund_by"]
    says = f"; only if they agree: telling them now cancels it, with the refund by {refund_by}"
    assert refund_by and says in selling.text("options", "8002", "NONE")


def test_source(selling: Terminal) -> None:
    number = next(row["order_number"] for row in selling.answer("backorders") if row["sku"] == "LAMP")
    made = selling.answer("source", number, "LAMP", "--supplier", "Corner Shop", "--cost", "1.50", "--expected", "2026-12-05")
    assert (set(made), made["purchase_order"]) == ({"purchase_order", "margin"} | STEP, "PO-1")
    assert set(made["margin"]) == MONEY
    assert "bought already on PO-1" in selling.refused("source", number, "LAMP", "--supplier", "Corner Shop")
    assert "bought already on PO-1" in selling.text("options", number, "LAMP")
    found = selling.answer("options", number, "LAMP")
    assert [each["detail"] for each in found if each["choice"] == "wait"] == ["PO-1"]
    assert "buy_elsewhere" not in [each["choice"] for each in found]


def test_options_of_a_supplier_who_is_late_with_what_is_on_order(selling: Terminal) -> None:
    selling.answer("edit", "product", "LAMP", "supplier=Acme", "lead_time_days=4")
    number = next(row["order_number"] for row in selling.answer("backorders") if row["sku"] == "LAMP")
    for day in ("2026-11-27", "2026-12-22"):
        (offered,) = (each for each in selling.answer("options", number, "LAMP") if each["choice"] == "buy_elsewhere")
        assert (offered["detail"], offered["on"]) == ("Acme", day)
        selling.answer("buy", "Acme", "LAMP=20", "--expected", "2026-12-22")
        selling.answer("purchase", "PO-1" if day < "2026-12" else "PO-2", "--send")


def test_answer(selling: Terminal) -> None:
    row = next(row for row in selling.answer("backorders") if row["sku"] == "LAMP")
    number = row["order_number"]
    selling.answer("told", number)
    assert set(selling.answer("answer", number, "none")) == STEP | {"letter"}
    assert set(selling.answer("answer", number, "wait", "--words", "No hurry")) == STEP
    answers = [(each["kind"], each["words"]) for each in selling.answer("order", number)["answers"]]
    assert answers == [("agreed", "No hurry"), ("none", "")]
    assert "--with" in selling.misused("answer", number, "substitute")
    substitute = ("answer", number, "substitute", "--sku", "LAMP", "--with", "SHADE", "--units", "1", "--price", "1.00")
    assert "There is no product SHADE" in selling.refused(*substitute)
    selling.answer("add", "product", "sku=SHADE", "title=Lamp shade")
    selling.answer(*substitute)
    assert selling.answer("order", number)["lines"][-1]["sku"] == "SHADE"
    waiting = next(row["order_number"] for row in selling.answer("backorders"))
    selling.answer("answer", waiting, "cancel")
    assert waiting not in [row["order_number"] for row in selling.answer("backorders")]


@pytest.mark.parametrize("refund_lies_ready", [False, True])
def test_who_agrees_after_the_date_has_passed_keeps_the_order(selling: Terminal, refund_lies_ready: bool) -> None:
    selling.answer("add", "product", "sku=VASE", "title=Vase", "on_hand=0", "price=20", "currency=USD")
    order = ("order_number=1", "customer=Dana Whitfield", "line=VASE*2@20", "placed_on=2026-11-01", "paid=yes")
    selling.answer("add", "order", *order)
    selling.answer("buy", "Acme", "VASE=2", "--expected", "2026-12-03")
    selling.answer("purchase", "PO-1", "--send")
    selling.answer("apologize", "1")
    selling.answer("told", "1")

    def later(*words: str) -> Any:
        return selling.answer("--today", "2026-12-04", *words)

    later("purchase", "PO-1", "--expected", "2026-12-10")
    assert later("options", "1", "VASE")[0]["refund_by"] is not None
    if refund_lies_ready:
        assert "telling the customer cancels" in selling.run("--today", "2026-12-04", "apologize", "1")[2]
    later("answer", "1", "wait", "--words", "Dec 10 is fine")
    assert later("options", "1", "VASE")[0]["refund_by"] is None
    if refund_lies_ready:
        refusal = "The letter to Dana Whitfield would cancel order 1, and its customer agreed to wait"
        assert refusal in selling.refused("--today", "2026-12-04", "told", "1")
    ((said,),) = (each["orders"] for each in later("apologize", "1")["apologies"])
    assert (said["new_date"], said["silence_means"], said["refund_by"]) == ("2026-12-10", "consent", None)
    later("told", "1")
    assert [line["backordered"] for line in later("order", "1")["lines"]] == [2]


def test_who_is_ahead_by_one_unit_is_said_so(selling: Terminal) -> None:
    selling.run("cancel", "1001", "LAMP", "1")
    selling.run("count", "LAMP", "1", "--reason", "Shelf")
    assert "Place 2 in the queue for LAMP, behind 1 wanted unit: 1001 (Dana Whitfield) holds 1." in selling.text("order", "1002")


def test_units_that_are_kept_and_gone_are_said_with_the_way_out(selling: Terminal) -> None:
    selling.run("keep", "1001")
    said = selling.text("count", "LAMP", "1", "--reason", "Broken")
    assert said.splitlines()[-1] == (
        "1 unit kept for orders is not on hand: receive or count it, or let go of it (keep ORDER --end)."
    )


def test_what_comes_for_a_line_whoever_is_ahead_is_among_the_reasons_why_it_waits(selling: Terminal) -> None:
    selling.answer("source", "1002", "LAMP", "--supplier", "Corner Shop", "--expected", "2026-11-30")
    bought = {"number": "PO-1", "supplier": "Corner Shop", "expected_on": "2026-11-30", "bought": 1}
    (why,) = (line["why"] for line in selling.answer("order", "1002")["lines"])
    assert (why["bought"], why["missing"]) == ([bought], 0)
    assert "Bought for it: 1 from Corner Shop (PO-1), expected 2026-11-30." in selling.text("order", "1002")
    selling.answer("purchase", "PO-1", "--expected", "unknown")
    assert "Bought for it: 1 from Corner Shop (PO-1), no day known." in selling.text("order", "1002")
    assert "Bought for it" not in selling.text("order", "1003")
    selling.answer("keep", "1002")
    selling.run("count", "LAMP", "0", "--reason", "Broken")
    (why,) = (line["why"] for line in selling.answer("order", "1002")["lines"])
    assert why["missing"] == 1
    assert "Kept for it and not on hand: 1; what comes in next makes up for it." in selling.text("order", "1002")
    (kept,) = selling.answer("order", "1001")["lines"][0]["why"]["kept"]
    assert (kept["order_number"], kept["held"], kept["wanted"], kept["by"]) == ("1002", 0, 2, "hand")


def test_what_holds_an_order_and_why_it_waits_is_shown(selling: Terminal) -> None:
    why = selling.answer("order", "1003")["lines"][0]["why"]
    dana = {"order_number": "1001", "customer": "Dana Whitfield", "held": 2, "wanted": 2}
    amelie = {"order_number": "1002", "customer": "Amélie Fortin", "held": 1, "wanted": 2}
    assert why == {
        "place": 3,
        "units_ahead": 4,
        "first": "1001 (Dana Whitfield)",
        "ahead": [dana, amelie],
        "more_ahead": 0,
        "kept": [],
        "more_kept": 0,
        "lost": None,
        "lacking": [],
        "missing": 0,
        "bought": [],
    }
    assert (
        "Place 3 in the queue for LAMP, behind 4 wanted units: 1001 (Dana Whitfield) holds 2, 1002 (Amélie Fortin) holds 1 of 2."
        in (" ".join(selling.text("order", "1003").split()))
    )
    selling.answer("keep", "1001")
    selling.run("add", "order", "order_number=1000", "customer=Dana Whitfield", "line=LAMP*9", "placed_on=2026-10-01")
    (line,) = selling.answer("order", "1000")["lines"]
    assert line["why"]["kept"] == [{**dana, "by": "hand"}]
    assert "1001 (Dana Whitfield) holds 2, kept by hand." in " ".join(selling.text("order", "1000").split())
    selling.run("cancel", "1000")
    selling.answer("ship", "1001", "BOOK", "1")
    selling.answer("return", "1001", "BOOK", "1")
    selling.answer("policy", "1001", "complete", "--sku", "LAMP")
    selling.answer("policy", "1001", "cancel_remainder")
    selling.answer("edit", "order", "1001", "note=Ring twice")
    selling.answer("hold", "1001", "--reason", "Address unclear")
    selling.answer("prioritize", "1003")
    shown = selling.answer("order", "1001")
    full = _one(selling.answer("orders", "--full"), number="1001")
    assert {name: shown[name] for name in WORKED_ON} == {name: full[name] for name in WORKED_ON}
    assert (shown["hold_reason"], shown["note"], shown["ship_policy"]) == ("Address unclear", "Ring twice", "cancel_remainder")
    assert selling.answer("order", "1003")["priority"] == 1
    lines = [{name: line[name] for name in ("returned", "firm", "ship_policy")} for line in shown["lines"]]
    assert lines == [{"firm": 2, "returned": 0, "ship_policy": "complete"}, {"firm": 0, "returned": 1, "ship_policy": None}]
    text = selling.text("order", "1001")
    assert "On hold: Address unclear\nShips: Cancel remainder\nNote: Ring twice\n" in text
    assert all(title in text for title in ("Returned", "Kept", "Ships"))
    assert "Priority: 1" in selling.text("order", "1003")


def test_a_line_is_changed_by_its_sku_and_by_its_position_where_several_have_it(selling: Terminal) -> None:
    def lines() -> list[tuple[int, str, int, int]]:
        return [
            (each["position"], each["sku"], each["ordered"], each["allocated"])
            for each in selling.answer("order", "1001")["lines"]
        ]

    selling.answer("edit", "order", "1001", "line=LAMP*3@60", noting="1002 lost Owl lamp: 1 → 0")
    assert lines() == [(1, "LAMP", 3, 3), (2, "BOOK", 1, 1)]
    full = next(each for each in selling.answer("orders", "--full") if each["number"] == "1001")
    assert full["lines"][0]["unit_price"] == "60.00"
    selling.answer("edit", "order", "1002", "line=BOOK*1@9.50")
    assert [each["sku"] for each in selling.answer("order", "1002")["lines"]] == ["LAMP", "BOOK"]
    assert selling.run("add", "order", "order_number=1", "customer=D", "line=LAMP*1@60", "line=LAMP*2@64")[0] == 0
    for words in (
        ("edit", "order", "1", "line=LAMP*3"),
        ("cancel", "1", "LAMP", "1"),
        ("source", "1", "LAMP", "--supplier", "Acme"),
    ):
        assert "Say which: 1:LAMP or 2:LAMP." in selling.refused(*words)
    selling.answer("edit", "order", "1", "line=2:LAMP*3")
    assert [each["ordered"] for each in selling.answer("order", "1")["lines"]] == [1, 3]
    selling.answer("cancel", "1", "2:LAMP", "1")
    selling.answer("policy", "1", "complete", "--sku", "2:LAMP")
    selling.answer("dropship", "1", "2:LAMP", "2")
    selling.answer("dropship", "1", "2:LAMP", "2", "--shipped")
    selling.answer("return", "1", "2:LAMP", "1", "--exchange")
    assert [each["sku"] for each in selling.answer("order", "1")["lines"]] == ["LAMP"] * 3
    assert "There is no line 5:LAMP in that order." in selling.refused("cancel", "1", "5:LAMP", "1")
    assert "No line is named." in selling.refused("cancel", "1", "", "1")
    said = "Leave at least 3: what has shipped or is canceled stays in the order."
    assert f"can't be taken off: there are none. {said}" in selling.refused("edit", "order", "1", "line=2:LAMP*2")
    assert "line=LAMP*QUANTITY@PRICE" in selling.misused("edit", "order", "1002", "line=LAMP")


def test_how_an_order_ships(selling: Terminal) -> None:
    number = next(each["number"] for each in selling.answer("orders", "--ready"))
    assert set(selling.answer("policy", number, "complete")) == STEP
    assert "like that already" in selling.refused("policy", number, "complete")
    sku = selling.answer("order", number)["lines"][0]["sku"]
    assert set(selling.answer("policy", number, "cancel_remainder", "--sku", sku)) == STEP
    said = [each["summary"] for each in selling.answer("order", number)["history"][:2]]
    assert selling.answer("order", number)["lines"][0]["ship_policy"] == "cancel_remainder"
    assert set(selling.answer("policy", number, "as_order", "--sku", sku)) == STEP
    assert selling.answer("order", number)["lines"][0]["ship_policy"] is None
    assert "like that already" in selling.refused("policy", number, "as_order", "--sku", sku)
    assert "--sku" in selling.misused("policy", number, "as_order")
    assert said[0] == f"Changed how Owl lamp of order {number} ships: send what is here, cancel the rest"
    assert said[1] == f"Changed how order {number} ships: wait until all is here"
    assert set(selling.answer("keep", number)) == STEP
    assert set(selling.answer("keep", number, "--end")) == STEP
    selling.answer("ship", number)
    assert set(selling.answer("track", number, "UPS", "1Z999")) == STEP
    (parcel,) = selling.answer("order", number)["parcels"]
    assert (set(parcel), parcel["carrier"], parcel["tracking"]) == ({"at", "units", "carrier", "tracking"}, "UPS", "1Z999")


def test_units_from_the_supplier_and_units_in_exchange(selling: Terminal) -> None:
    row = next(row for row in selling.answer("backorders") if row["sku"] == "LAMP")
    number, units = row["order_number"], str(row["backordered"])
    assert set(selling.answer("dropship", number, "LAMP", units)) == STEP
    selling.answer("dropship", number, "LAMP", "1", "--end")
    selling.answer("dropship", number, "LAMP", "1")
    selling.answer("dropship", number, "LAMP", units, "--shipped")
    line = next(each for each in selling.answer("order", number)["lines"] if each["sku"] == "LAMP")
    assert (line["shipped"], line["drop_ship"]) == (int(units), 0)
    assert set(selling.answer("return", number, "LAMP", "1", "--exchange")) == STEP
    assert selling.answer("order", number)["lines"][-1]["sku"] == "LAMP"


def test_customers_merged_and_erased(selling: Terminal) -> None:
    selling.answer("add", "customer", "name=Dana Double", "marketing=yes")
    assert set(selling.answer("merge", "Dana Double", "Dana Whitfield")) == STEP
    assert [row["name"] for row in selling.answer("customers", "--search", "dana")] == ["Dana Double"]
    for order in selling.answer("orders", "--search", "dana"):
        selling.run("cancel", order["number"])
    assert set(selling.answer("erase-customer", "Dana Double", "--although-owed", noting="Backups")) == STEP
    assert selling.answer("customers", "--search", "dana") == []


def test_unblock(selling: Terminal) -> None:
    assert selling.answer("unblock") == []
    selling.answer("add", "product", "sku=NONE", "title=None left", "on_hand=0")
    selling.answer("add", "product", "sku=ONE", "title=One left", "on_hand=1")
    selling.answer(
        "add", "order", "order_number=7001", "customer=Dana Whitfield", "ship_policy=complete", "line=ONE*1", "line=NONE*1"
    )
    selling.answer("add", "order", "order_number=7002", "customer=Dana Whitfield", "line=ONE*1")
    assert selling.answer("unblock") == [
        {"order_number": "7002", "customer": "Dana Whitfield", "status": "backordered", "units": 1, "held_by": ["7001"]}
    ]


def test_options(selling: Terminal) -> None:
    row = next(row for row in selling.answer("backorders") if row["sku"] == "LAMP")
    found = selling.answer("options", row["order_number"], "LAMP")
    assert all(set(each) == OPTION for each in found)
    assert [found[0]["choice"], found[-1]["choice"]] == ["wait", "cancel"]
    assert found[-1]["money"]["amount"].startswith("-")
    assert found[-1]["counted"] == []
    assert (found[0]["value"], found[0]["offer"]["kind"]) == ({"amount": "64.00", "currency": "USD"}, "amount")
    said = selling.text("options", row["order_number"], "LAMP").splitlines()
    assert said[0].split() == ["Way", "By", "Days", "Money"]
    assert " and its tax" in said[-1]
    assert said[2].split()[2:] == ["11", "64.00", "USD", "kept", "offer:", "amount", "20.00", "USD"]


def test_a_supplier_who_has_too_few_is_shown_with_how_many(selling: Terminal) -> None:
    selling.answer("offer", "LAMP", "Fast", "quantity=0", "cost=6.50")
    row = next(row for row in selling.answer("backorders") if row["sku"] == "LAMP")
    (found,) = [each for each in selling.answer("options", row["order_number"], "LAMP") if each["choice"] == "buy_elsewhere"]
    assert (found["detail"], found["there"], found["lacks"]) == ("Fast", 0, row["backordered"])
    assert f"Fast; has 0 of {row['backordered']}" in selling.text("options", row["order_number"], "LAMP")


def test_refund(selling: Terminal) -> None:
    selling.answer("cancel", "1002")
    selling.answer("letter", "1002", "cancellation")
    (promised,) = selling.answer("refund")
    assert promised["order_number"] == "1002"
    assert promised["amount"] == selling.answer("order", "1002")["to_pay_back"]
    assert set(promised) == {"order_number", "customer", "refund_by", "amount"}
    assert promised["refund_by"] == selling.answer("order", "1002")["refund_by"]
    assert f"still to be paid back by {promised['refund_by']}" in selling.text("order", "1002")
    assert "1002" in selling.text("refund")
    assert "an amount above 0" in selling.refused("refund", "1002", "0")
    assert "Nothing is known to be owed for order 1001. Say how much" in selling.refused("refund", "1001")
    assert "'2026-02-30' can't be the day" in selling.refused("refund", "1002", "--date", "2026-02-30")
    assert "too much" in selling.refused("refund", "1002", "9999")
    refused = selling.refused("refund", "1001", "1")
    assert "Nothing is to be paid back of order 1001. Check the amount, and cancel first what it is for" in refused
    assert "To do it all the same, add --although-not-owed." in refused
    assert set(selling.answer("refund", "1001", "1", "--although-not-owed")) == STEP
    assert set(selling.answer("refund", "1002", "--how", "By card", "--date", "2026-11-20")) == STEP
    order = selling.answer("order", "1002")
    assert order["refunds"] == [{"on": "2026-11-20", "amount": promised["amount"], "how": "By card"}]
    assert (order["to_pay_back"], order["refund_by"]) == (None, None)
    assert selling.text("refund").strip() == "Nothing is to be paid back."
    assert "By card" in selling.text("order", "1002")


def test_a_cancellation_that_ebay_counts_is_named_with_its_figures(selling: Terminal) -> None:
    selling.answer("add", "product", "sku=NONE", "title=None left", "on_hand=0")
    selling.answer("add", "order", "channel=ebay", "order_number=8001", "customer=Dana Whitfield", "line=NONE*1")
    counts = "At ebay this counts: 1 of 1 sales since 2025-11-23 canceled for lack of stock, 100.0 %; its limit is 2 %."
    (record,) = selling.answer("options", "8001", "NONE", noting=counts)[-1]["counted"]
    assert record == {
        "channel": "ebay",
        "since": "2025-11-23",
        "sales": 1,
        "canceled": 1,
        "percent": 100.0,
        "limit_percent": 2,
    }
    assert set(selling.answer("cancel", "8001", "NONE", "1", noting=counts)) == STEP


def test_what_ebay_would_count_is_said_with_the_letter_that_came_too_late_and_as_it_is_told(selling: Terminal) -> None:
    selling.answer("add", "product", "sku=NONE", "title=None left", "on_hand=0")
    new = ("channel=ebay", "order_number=8001", "customer=Dana Whitfield", "line=NONE*1", "placed_on=2026-09-20")
    selling.answer("add", "order", *new)
    counts = "At ebay this counts: 1 of 1 sales since 2025-11-23 canceled for lack of stock, 100.0 %; its limit is 2 %."
    made = selling.answer("apologize", "8001", noting=counts)
    assert made["apologies"][0]["notice"] == "refund"
    assert set(selling.answer("told", "8001", noting=counts)) == STEP
    selling.answer("undo")
    selling.answer("message", "8001", "--copied", noting=counts)


OFFERED = {
    "supplier",
    "sku",
    "supplier_sku",
    "title",
    "cost",
    "lead_time_days",
    "quantity",
    "seen_at",
    "stale",
    "next_units",
    "next_on",
}


def test_what_suppliers_have_and_how_old_that_is(selling: Terminal) -> None:
    selling.answer("suppliers", "Acme", "email=sales@acme.example")
    selling.answer("offer", "LAMP", "Acme", "cost=20.00", "lead_time_days=4", "quantity=40")
    selling.answer("offer", "LAMP", "Glow", "cost=19.00")
    (acme, glow) = selling.answer("supplier-stock")
    assert set(acme) == OFFERED
    assert (acme["quantity"], acme["stale"], acme["cost"]) == (40, False, {"amount": "20.00", "currency": "USD"})
    assert (glow["quantity"], glow["seen_at"], glow["stale"]) == (None, None, False)
    assert [(row["name"], row["email"], row["products"]) for row in selling.answer("suppliers")] == [
        ("Acme", "sales@acme.example", 1),
        ("Glow", "", 1),
    ]
    selling.answer("offer", "LAMP", "acme", "--none")
    assert [row["supplier"] for row in selling.answer("supplier-stock")] == ["Glow"]


def test_a_supplier_s_file_says_what_they_have(selling: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("supplier_sku,quantity,next_units,next_on\nLAMP,100+,12,2026-12-05\nNONE,4,,\nSHADE,lots,,\n", "utf-8")
    assert "Name the supplier" in selling.refused("import", str(file))
    shown = selling.answer("import", "--dry-run", "--supplier", "Acme", str(file))["files"][0]
    assert (shown["format"], shown["kind"], shown["new"]) == ("supplier-stock", "supplier_stock", 1)
    assert [(each["row"], each["column"]) for each in shown["skipped"]] == [(3, ""), (4, "quantity")]
    assert shown["questions"] == []
    assert "--supplier" in selling.text("import", "--dry-run", str(file))
    done = selling.answer("import", "--supplier", "Acme", str(file))
    (acme,) = selling.answer("supplier-stock")
    assert (acme["supplier"], acme["quantity"], acme["next_units"], acme["next_on"]) == ("Acme", 100, 12, "2026-12-05")
    assert "2026-12-05" in selling.text("supplier-stock")
    selling.answer("undo", str(done["import_id"]))
    assert selling.answer("supplier-stock") == []


def test_a_supplier_is_named_for_a_supplier_s_file_alone(selling: Terminal, tmp_path: Path) -> None:
    """A price list of theirs under our own columns would else change what we ask for it."""
    file = tmp_path / "stock.csv"
    file.write_text("sku,stock,price\nLAMP,100,3.50\n", "utf-8")
    for words in ((), ("--dry-run",)):
        refused = selling.refused("import", "--supplier", "Acme", *words, str(file))
        assert refused.startswith("No supplier's stock is in stock.csv (OrderDesk products).")
    assert [each["price"] for each in selling.answer("products", "--full") if each["sku"] == "LAMP"] == [
        {"amount": "64.00", "currency": "USD"}
    ]


def test_history(selling: Terminal) -> None:
    selling.answer("receive", "LAMP", "1")
    found = selling.answer("history", "--stock", "--limit", "1")
    assert [set(each) for each in found] == [EVENT]
    assert found[0]["summary"].startswith("Received 1 of")
    assert "LAMP" in found[0]["detail"]
    selling.answer("undo", str(found[0]["id"]))
    assert selling.answer("history", "--undone")[0]["id"] == found[0]["id"]
    assert selling.answer("history", "--search", "no such step") == []


def test_steps_about_customers_purchases_listings_and_coupons_are_found(selling: Terminal, tmp_path: Path) -> None:
    """The shop was made with two customers."""
    listings = tmp_path / "listings.csv"
    listings.write_text("listing_id,channel,sku,format,quantity,price,currency\n88213,own,LAMP,fixed_price,3,80,USD\n", "utf-8")
    selling.answer("import", str(listings))
    selling.answer("listings", "--done", "88213")
    selling.answer("edit", "customer", "D", "phone=555")
    selling.answer("offer", "LAMP", "Acme", "cost=19.00")
    selling.answer("source", "1003", "LAMP", "--supplier", "Acme", "--cost", "19")
    (made,) = selling.answer("apologize", "1002")["apologies"]
    selling.answer("void", made["coupon_code"], "--reason", "Lost")
    kinds = {name: [row["kind"] for row in selling.answer("history", f"--{name}")] for name in NEW_STEP_FILTERS}
    assert kinds == {
        "purchases": ["source", "set_offer"],
        "listings": ["listings"],
        "coupons": ["void"],
        "customers": ["edit_customer", "add_customer", "add_customer"],
    }


def test_figures(selling: Terminal, tmp_path: Path) -> None:
    found = selling.answer("figures")
    assert set(found) == {
        *("fill_rate", "fill_rate_of_open_orders", "backordered", "lines_by_days_waited", "time_to_notify", "products"),
        *("suppliers", "outcomes", "ordered_again", "goodwill", "goodwill_per_case", "coupons", "days_to_fill"),
        *("weeks", "months"),
    }
    week, month = found["weeks"][-1], found["months"][-1]
    assert set(week) == {"begins", "filled_units", "told", "median_hours", "within_24_hours"}
    assert (len(found["weeks"]), week["begins"]) == (12, "2026-11-23")
    assert (len(found["months"]), month) == (6, {"begins": "2026-11-01", "goodwill": [], "ordered_again": 0})
    assert sum(each["filled_units"]["whole"] for each in found["weeks"]) == found["fill_rate"]["units"]["whole"]
    assert set(found["fill_rate"]["units"]) == {"part", "whole", "percent"}
    file = tmp_path / "figures.csv"
    assert selling.answer("figures", "--out", str(file)) == {"file": str(file)}
    rows = file.read_text("utf-8-sig").splitlines()
    assert rows[0] == "about,name,value,of"
    assert f"backordered,units,{found['backordered']['units']}," in rows
    assert {"hours until told,median,,0", "hours until told,worst,,0"} <= set(rows)
    assert '"ordered again by month, customers",2026-11,0,' in rows
    said = selling.text("figures")
    assert "Backordered for" in said and "Within 24 h" in said
    later = selling.answer("figures", "--since", "2026-11-24")
    assert later["fill_rate"]["units"]["whole"] == 0
    lasting = ("backordered", "lines_by_days_waited", "fill_rate_of_open_orders", "products", "weeks", "months")
    assert [later[name] for name in lasting] == [found[name] for name in lasting], "what waits now waits whenever it began"
    (lamp,) = found["products"]
    assert lamp == {"name": "Owl lamp", "sku": "LAMP", "backorders": 2, "units": 3, "lines": 2}
    assert {"Backordered now  Units  Orders  Worth", "2                3      2       192.00 USD"} <= {*said.splitlines()}
    assert ["LAMP", "Owl", "lamp", "2", "3", "2"] in [line.split() for line in said.splitlines()]
    assert {"backorders by product,LAMP,2,", "units short by product,LAMP,3,3"} <= set(rows)
    selling.answer("apologize", "1002")
    selling.answer("told", "1002")
    (coupons,) = selling.answer("coupons", "--figures")
    found = selling.answer("figures")
    nothing = {"amount": "0.00", "currency": "USD"}
    assert found["coupons"] == [coupons]
    assert found["goodwill_per_case"] == [{"cases": 2, "cost": nothing, "average": nothing}]
    selling.answer("figures", "--out", str(file))
    rows = file.read_text("utf-8-sig").splitlines()
    assert {"goodwill per case,USD,0.00,2", "coupons,USD open,1,1", "coupons,USD redeemed,0,1"} <= set(rows)
    assert f"coupons outstanding,USD,{coupons['outstanding']['amount']}," in rows
    assert "Per case" in selling.text("figures")


def test_a_spreadsheet_runs_nothing_of_the_figures(selling: Terminal, tmp_path: Path) -> None:
    selling.answer("edit", "product", "LAMP", "sku==1+2")
    for name in ("figures.csv", "figures.xlsx"):
        selling.answer("figures", "--out", str(tmp_path / name))
    assert "backorders by product,'=1+2,2," in (tmp_path / "figures.csv").read_text("utf-8").splitlines()
    rows = CalamineWorkbook.from_path(tmp_path / "figures.xlsx").get_sheet_by_index(0).to_python()
    assert ["backorders by product", "=1+2", 2.0, ""] in rows
    assert "ending says neither CSV nor XLSX" in selling.refused("figures", "--out", str(tmp_path / "figures.txt"))


def test_a_wait_that_is_over_on_the_day_it_began_has_its_causes(selling: Terminal) -> None:
    """With --today, every step is at noon."""
    for units in ("2", "1"):
        selling.answer("receive", "LAMP", units)
    (lamp,) = selling.answer("figures")["products"]
    assert lamp == {"name": "Owl lamp", "sku": "LAMP", "backorders": 2, "units": 0, "lines": 0}


def test_what_is_short_is_worth_what_is_not_known_where_a_price_is_not(selling: Terminal, tmp_path: Path) -> None:
    selling.answer("add", "product", "sku=U", "title=Print", "on_hand=0")
    selling.answer("add", "order", "order_number=1004", "customer=D", "placed_on=2026-11-20", "currency=EUR", "line=LAMP@8")
    selling.answer("add", "order", "order_number=1005", "customer=D", "placed_on=2026-11-20", "line=U*3")
    assert selling.answer("figures")["backordered"] == {
        "lines": 4,
        "units": 7,
        "orders": 4,
        "value": [{"amount": "8.00", "currency": "EUR"}, {"amount": None, "currency": "USD"}],
    }
    assert "8.00 EUR, unknown USD" in selling.text("figures")
    selling.answer("figures", "--out", str(tmp_path / "figures.csv"))
    rows = (tmp_path / "figures.csv").read_text("utf-8-sig").splitlines()
    assert {"backordered,EUR,8.00,", "backordered,USD,unknown,"} <= set(rows)


def test_snippet(selling: Terminal) -> None:
    assert set(selling.answer("snippet")) == {"channel", "text"}
    assert "Gutschein" in selling.answer("snippet", "--language", "de")["text"]
    assert "coupon" not in selling.answer("snippet", "--channel", "ebay")["text"]


def test_imports(selling: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    header = "order_number,channel,placed_at,paid_status,customer_id,sku,title,quantity,unit_price,currency\n"
    file.write_text(
        f"{header}900,own,2026-11-01,paid,D,LAMP,Owl lamp,2,64,USD\n901,own,soon,paid,D,LAMP,Owl lamp,1,64,USD\n",
        encoding="utf-8",
    )
    preview = selling.answer("import", "--dry-run", str(file))
    assert (set(preview), preview["import_id"]) == (IMPORTED, None)
    done = selling.answer("import", str(file))
    assert set(done) == IMPORTED
    assert {**done, "import_id": None} == preview
    (counted,) = done["files"]
    assert (set(counted), counted["new"], counted["kind"]) == (FILE, 1, "orders")
    assert {(row["row"], row["column"]) for row in counted["skipped"]} == {(3, "placed_at")}
    # The late order of 1 November takes the lamps of those that came after it.
    assert {(shift["order_number"], shift["from"], shift["to"]) for shift in done["lost"]} == {("1001", 2, 1), ("1002", 1, 0)}
    assert selling.answer("import", str(file))["import_id"] is None
    assert set(selling.answer("undo", str(done["import_id"]))) == STEP
    assert [order["order_number"] for order in selling.answer("orders")] == ["1001", "1002", "1003"]


def test_the_formats_are_listed(terminal: Terminal) -> None:
    formats = terminal.answer("import", "--list")
    assert {"shopify-orders", "ebay-us-orders", "orderdesk-orders"} <= {each["name"] for each in formats}
    assert set(formats[0]) == {"name", "kind", "title"}
    assert not terminal.data.exists()


def test_the_profile(terminal: Terminal) -> None:
    profile = terminal.answer("shop", "name=The Dapper Heron", "paper=a4", "currency=EUR")
    assert set(terminal.answer("shop")) == PROFILE
    assert (profile["name"], profile["paper"], profile["currency"]) == ("The Dapper Heron", "a4", "EUR")
    assert terminal.answer("shop", "owner=June")["name"] == "The Dapper Heron"
    assert terminal.answer("shop", "reply_slip=yes")["reply_slip"] == "yes"


@pytest.mark.parametrize("named", ["Deutschland", "Germany", "de"])
def test_what_is_usual_in_a_country_goes_by_its_name(terminal: Terminal, named: str) -> None:
    profile = terminal.answer("shop", "name=Der Reiher", f"country={named}")
    assert (profile["country"], profile["paper"], profile["currency"]) == ("DE", "a4", "EUR")


@pytest.mark.parametrize(
    ("country", "currency"), [("Bulgaria", "EUR"), ("CL", "CLP"), ("Japan", "JPY"), ("Panama", "PAB"), ("AQ", "USD")]
)
def test_the_currency_is_that_of_the_country(terminal: Terminal, country: str, currency: str) -> None:
    assert terminal.answer("shop", "name=The Reiher", f"country={country}")["currency"] == currency


def test_an_order_of_a_day_to_come_is_refused(selling: Terminal) -> None:
    assert "2026-11-23 or an earlier day" in selling.refused("add", "order", "customer=D", "placed_on=2030-01-01", "line=LAMP")


def test_a_logo_comes_from_a_file(terminal: Terminal, tmp_path: Path) -> None:
    drawing = tmp_path / "logo.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>', "utf-8")
    assert len(terminal.answer("shop", f"logo={drawing}")["logo"]) == 64
    assert terminal.answer("shop", "logo=")["logo"] == ""


def test_words_are_listed_changed_and_reset(terminal: Terminal) -> None:
    terminal.answer("shop", "name=The Dapper Heron")
    (text,) = terminal.answer("words", "en", "opening.apology")
    assert text == {"name": "opening.apology", "usual": "We are sorry for the delay.", "own": None, "placeholders": []}
    terminal.answer("words", "en", "opening.apology", "--set", "We are sorry that you have to wait.")
    assert terminal.answer("words", "en", "opening.apology")[0]["own"] == "We are sorry that you have to wait."
    terminal.answer("words", "en", "opening.apology", "--reset")
    assert terminal.answer("words", "en", "opening.apology")[0]["own"] is None


@pytest.mark.parametrize(
    ("name", "words", "missing"),
    [
        ("choices.refund", "You get all of it back.", "{refund} is missing"),
        ("slip.follows", "later", "{date} is missing"),
        ("opening.unknown_one", "We have no confirmed date yet.", "{update} is missing"),
        ("closing.ways_two", "{first}", "{last} is missing"),
    ],
)
def test_words_without_a_fact_of_the_usual_ones_are_refused_by_its_name(
    terminal: Terminal, name: str, words: str, missing: str
) -> None:
    terminal.answer("shop", "name=The Dapper Heron")
    status, _, err = terminal.run("words", "en", name, "--set", words)
    assert status != 0
    assert missing in err
    assert terminal.answer("words", "en", name)[0]["own"] is None


def test_backup_restore_and_check(selling: Terminal, tmp_path: Path) -> None:
    copy = tmp_path / "copy.orderdesk"
    assert selling.answer("backup", str(copy)) == {"file": str(copy)}
    selling.answer("cancel", "1001")
    restored = selling.answer("restore", str(copy))
    assert set(restored) == {"data", "kept"}
    assert Path(restored["kept"]).is_file()
    assert selling.answer("order", "1001")["status"] == "ready"
    assert selling.answer("check") == {"ok": True, "problems": []}


def test_demo_says_who_was_told_and_has_to_hear_again(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.text("demo", "--out", str(tmp_path / "demo"))
    assert "order 1009: Søren Ibsen was told, and has to hear again\n" in said
    assert "order 1012: Harriet Plumley was told\n" in said
    assert "order 3190170888: Søren Ibsen was not told\n" in said
    letters = said.partition("Letters for all who have something to hear, each with the coupon that it brings:\n")[2]
    assert "  Søren Ibsen (1009, 3190170888)\n" in letters and "  Inés Valverde (" in letters and "Harriet" not in letters


def test_demo(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    status, out, err = terminal.run("--json", "demo", "--out", str(folder))
    demo = json.loads(out)
    assert (status, err, set(demo)) == (0, "", DEMO)
    assert demo["data"] == str(terminal.data)
    assert demo["backordered_lines"] >= 10
    assert demo["units_short"] >= demo["backordered_lines"] >= demo["orders"] >= demo["customers"]
    assert len(demo["letters"]) >= len(demo["coupons"]) > 3
    assert all(Path(path).is_file() for path in (*demo["letters"], *demo["coupons"], demo["batch"]))
    assert terminal.answer("orders", "--not-told")
    assert terminal.answer("check") == {"ok": True, "problems": []}


def test_exports_say_how_many_rows_they_wrote(selling: Terminal, tmp_path: Path) -> None:
    rows = {"orders": 5, "products": 2, "customers": 2, "listings": 0, "coupons": 0, "notices": 0}
    for kind, count in rows.items():
        path = tmp_path / f"{kind}.csv"
        assert selling.answer("export", kind, str(path)) == {"file": str(path), "kind": kind, "rows": count}
        assert path.is_file()
    assert selling.answer("export", "history", str(tmp_path / "history.xlsx"))["rows"] == 8


def test_letters_go_out_a_row_for_each_line_they_speak_of(selling: Terminal, tmp_path: Path) -> None:
    selling.answer("apologize", "--all", "--out", str(tmp_path))
    assert selling.answer("export", "notices", str(tmp_path / "notices.csv"))["rows"] == 2
    first, *_ = csv.DictReader((tmp_path / "notices.csv").read_text(encoding="utf-8").splitlines())
    assert (first["kind"], first["order_number"], first["sku"], first["quantity"]) == ("first", "1002", "LAMP", "1")


def test_flags_of_an_order(selling: Terminal) -> None:
    selling.answer("keep", "1001")
    selling.answer("count", "LAMP", "1", "--reason", "Two were broken")
    assert selling.answer("order", "1001")["flags"] == ["over_allocated", "not_told"]
    assert [row["number"] for row in selling.answer("orders", "--over-allocated")] == ["1001"]
    assert selling.answer("orders", "--discontinued") == []
    selling.answer("edit", "product", "LAMP", "discontinued=yes")
    assert selling.answer("order", "1002")["flags"] == ["not_told", "discontinued"]
    selling.answer("apologize", "1002", "--out", str(selling.data.parent))
    selling.answer("told", "1002")
    assert selling.answer("order", "1002")["flags"] == ["told", "discontinued"]
    selling.answer("edit", "product", "LAMP", "on_order_expected_on=2026-12-20")
    assert selling.answer("order", "1002")["flags"] == ["told", "date_slipped", "discontinued"]


def test_a_letter_is_taken_back_by_its_order(selling: Terminal) -> None:
    (made,) = selling.answer("apologize", "1002", "--out", str(selling.data.parent))["apologies"]
    assert set(selling.answer("undo", "--letter", "1002")) == STEP
    assert not Path(made["letter"]).exists()
    assert not Path(made["coupon"]).exists()
    assert selling.answer("order", "1002")["notices"] == []
    assert "has no letter" in selling.refused("undo", "--letter", "1002")


def test_a_letter_that_the_customer_has_is_void_and_stays_listed(selling: Terminal) -> None:
    (made,) = selling.answer("apologize", "1002", "--out", str(selling.data.parent))["apologies"]
    selling.answer("told", "1002")
    pages = {path: Path(made[path]).read_bytes() for path in ("letter", "coupon")}
    (told,) = selling.answer("order", "1002")["notices"]
    assert set(selling.answer("undo", "--letter", "1002")) == STEP
    order, coupon = selling.answer("order", "1002"), selling.answer("coupon", made["coupon_code"])
    assert (order["told_at"], order["notices"]) == (None, [told | {"voided_at": order["notices"][0]["voided_at"]}])
    assert order["notices"][0]["voided_at"] is not None
    assert (coupon["status"], coupon["order_numbers"]) == ("voided", told["order_numbers"])
    assert {path: Path(made[path]).read_bytes() for path in pages} == pages
    assert "(told 2026-11-23, taken back)" in selling.text("order", "1002")
    assert "has no letter" in selling.refused("undo", "--letter", "1002")
    selling.answer("redo")
    assert selling.answer("order", "1002")["notices"] == [told]
    assert selling.answer("check")["ok"]


def test_what_nobody_answered_for_is_canceled_with_its_letter(selling: Terminal) -> None:
    assert "order 1002 was not told" in selling.refused("cancel", "1002", "--unanswered")
    selling.answer("edit", "product", "LAMP", "on_order_expected_on=2027-03-01")
    selling.answer("apologize", "1002", "--out", str(selling.data.parent))
    selling.answer("told", "1002")
    assert "to answer" in selling.refused("cancel", "1002", "--unanswered")
    assert _one(selling.answer("orders"), order_number="1002")["status"] != "canceled"
    made = selling.answer("--today", "2027-03-02", "cancel", "1002", "--unanswered")
    assert (made["order_number"], made["notice"]) == ("1002", "cancellation")
    assert Path(made["letter"]).is_file()
    assert _one(selling.answer("orders"), order_number="1002")["status"] == "ready"
    assert "leave out the SKU" in selling.misused("cancel", "1003", "LAMP", "--unanswered")


def test_letter(selling: Terminal) -> None:
    folder = selling.data.parent / "letters"
    selling.answer("cancel", "1002")
    made = selling.answer("letter", "1002", "cancellation", "--out", str(folder))
    assert (made["order_number"], made["notice"], Path(made["letter"]).parent) == ("1002", "cancellation", folder)
    assert "no good news" in selling.refused("letter", "1001", "good_news")


def test_a_file_says_of_each_order_whether_it_is_paid_whatever_is_answered_for_the_others(selling: Terminal) -> None:
    (file := selling.data.parent / "own.csv").write_text(
        "order no,date,sku,qty,price,paid\nW1,2026-11-01,LAMP,1,5,no\nW2,2026-11-01,LAMP,1,5,\nW3,2026-11-01,LAMP,1,5,yes\n",
        "utf-8",
    )
    for words, paid in (((), ["W3"]), (("--treat-as-paid",), ["W2", "W3"])):
        selling.answer("import", *words, str(file))
        assert [
            number for number in ("W1", "W2", "W3") if selling.answer("order", number)["status"] != "awaiting_payment"
        ] == paid
        selling.answer("undo")


def test_good_news_that_is_written_is_listed_until_its_customer_is_told(selling: Terminal) -> None:
    selling.answer("apologize", "1002")
    selling.answer("told", "1002")
    selling.answer("receive", "LAMP", "3")
    selling.answer("letter", "1002", "good_news")
    assert "1002" in selling.text("orders", "--arrived")
    assert "-letter.pdf (not told)" in selling.text("order", "1002")
    selling.answer("ship", "1002")
    assert "1002" not in selling.text("orders", "--arrived")
    assert "-letter.pdf (not needed now)" in selling.text("order", "1002")
    selling.answer("undo")
    selling.answer("told", "1002")
    assert "1002" not in selling.text("orders", "--arrived")


def test_a_slip_says_what_was_ordered_and_what_stands_in_for_it(selling: Terminal) -> None:
    selling.answer("add", "product", "sku=BOWL", "title=Oak bowl", "price=9.00", "on_hand=1")
    selling.answer("add", "product", "sku=DISH", "title=Ash dish", "price=9.00", "on_hand=1")
    selling.answer("add", "order", "order_number=W9", "customer=Dana Whitfield", "placed_on=2026-11-20", "line=BOWL*2")
    selling.answer("answer", "W9", "substitute", "--sku", "BOWL", "--with", "DISH")
    (made,) = selling.answer("slip", "W9", "--out", str(selling.data.parent))["slips"]
    text = " ".join(text_of(Path(made)).split())
    assert "BOWL 2 1 0 no longer on order: 1" in text
    assert "Ash dish in place of “Oak bowl” DISH 1 1 0" in text


def test_slip(selling: Terminal) -> None:
    folder = selling.data.parent / "slips"
    made = selling.answer("slip", "1001", "1002", "--out", str(folder))
    assert [Path(path).parent for path in made["slips"]] == [folder, folder]
    assert all(Path(path).read_bytes().startswith(b"%PDF") for path in made["slips"])
    selling.answer("hold", "1003")
    assert "Nothing of order 1003 is packed" in selling.refused("slip", "1003", "--out", str(folder))


def test_tone(selling: Terminal, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Subject: Your lamp\nDear Customer,\nWe are sorry for the delay.\n", encoding="utf-8")
    found = selling.answer("tone", str(letter))
    assert all(set(each) == {"id", "level", "start", "end", "text"} for each in found)
    (salutation,) = [each for each in found if each["id"] == "T18"]
    assert (salutation["level"], salutation["text"]) == ("error", "Dear Customer")
    assert letter.read_text(encoding="utf-8")[salutation["start"] : salutation["end"]] == "Dear Customer"
    assert [each["level"] for each in found if each["id"] == "T20"] == ["error"]
    letter.write_bytes(b"\xff\xfe\xfa")
    assert "no text in UTF-8" in selling.refused("tone", str(letter))
    letter.write_text("sorry " * 20_000, encoding="utf-8")
    assert "more than 20,000 characters" in selling.refused("tone", str(letter))


def test_tone_says_where_in_the_file_the_subject_is_at_fault(selling: Terminal, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    for opening in ("Subject: Great news! You WILL love it soon\n", "Great news! You WILL love it soon\n\n"):
        text = f"{opening}Dear Dana,\nYou get a $10 coupon and free shipping on your next order.\n"
        letter.write_text(text, encoding="utf-8")
        found = {(each["id"], text[each["start"] : each["end"]]) for each in selling.answer("tone", str(letter)) if each["text"]}
        assert {("T13", "!"), ("T13", "WILL"), ("T10", "soon"), ("T25", "free shipping")} <= found
        assert not any(text == "" for _, text in found)


def test_tone_of_another_language_is_not_checked_but_its_form_is(selling: Terminal, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Subject: Ihre Lampe!\nEs tut uns leid, dass die Lampe erst am 6.12.2026 kommt.\n", encoding="utf-8")
    found = selling.answer("tone", str(letter), noting="not checked")
    assert {each["id"] for each in found} == {"not_checked", "T13", "T16"}
    assert "T01" not in {each["id"] for each in selling.answer("tone", str(letter), "--language", "de", noting="not checked")}
    assert "T01" in {each["id"] for each in selling.answer("tone", str(letter), "--language", "en-US")}
    letter.write_text("Es tut uns leid, dass die Lampe noch nicht da ist.", encoding="utf-8")
    status, out, err = selling.run("tone", str(letter))
    assert (status, out) == (0, "Not checked.\n")
    assert "not checked" in err


def test_words_are_kept_with_the_warnings_that_they_get(selling: Terminal) -> None:
    gloomy = "Unfortunately you have to wait, and we are sorry."
    warning = "Kept, with a warning about “Unfortunately”: a plainer word does less harm (T07).\n"
    selling.answer("words", "en", "opening.apology", "--set", gloomy, noting=warning)
    assert selling.answer("words", "en", "opening.apology")[0]["own"] == gloomy


def test_words_of_a_language_without_lists_are_said_to_be_unchecked(selling: Terminal) -> None:
    assert "exclamation" in selling.refused("words", "de", "opening.apology", "--set", "Es tut uns sehr leid!")
    selling.answer("words", "de", "opening.apology", "--set", "Es tut uns leid, dass Sie warten.", noting="not checked")
    selling.answer("words", "en", "opening.apology", "--set", "We are sorry that you have to wait.")
