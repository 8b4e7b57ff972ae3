"""Coupons as a whole, and the rules for the offer made by default, on the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Terminal

RULES = """\
channel,days_late,value_from,told_before,offer,minimum_order,months
,,,yes,none,,
etsy,14,100,no,percent:15,50.00,6

,30,,,gift:Tea towel,,
"""
RULE = {"channel", "days_late", "value_from", "told_before", "offer", "minimum_order", "months"}


def _set(terminal: Terminal, text: str) -> tuple[str, ...]:
    file = terminal.data.parent / "rules.csv"
    file.write_text(text, encoding="utf-8")
    return "offers", "--set", str(file)


def test_the_listing_snippet_names_what_the_rules_give_on_its_channel(selling: Terminal) -> None:
    selling.answer(*_set(selling, "channel,offer\nown,free_shipping\netsy,percent:15\n"))
    assert "a coupon for free shipping on your next order, whatever you choose" in selling.text("snippet")
    assert "about a tenth" in selling.text("snippet", "--channel", "shopify")
    assert "coupon" not in selling.text("snippet", "--channel", "etsy")


def test_rules_come_from_a_file_in_its_order(selling: Terminal) -> None:
    assert selling.answer("offers") == []
    rules = selling.answer(*_set(selling, RULES))
    assert all(set(rule) == RULE for rule in rules)
    assert [rule["offer"] for rule in rules] == ["none", "percent:15", "gift:Tea towel"]
    assert rules[1] == {
        "channel": "etsy",
        "days_late": 14,
        "value_from": {"amount": "100.00", "currency": "USD"},
        "told_before": False,
        "offer": "percent:15",
        "minimum_order": {"amount": "50.00", "currency": "USD"},
        "months": 6,
    }
    assert (rules[2]["days_late"], rules[2]["value_from"], rules[2]["months"]) == (30, None, 12)
    assert selling.answer("offers") == rules
    assert "percent:15" in selling.text("offers")


def test_a_rule_that_gives_amazon_buyers_a_coupon_is_refused_by_name(selling: Terminal) -> None:
    refused = selling.refused(*_set(selling, "channel,offer\netsy,percent:10\namazon,amount:5\n"))
    assert "'amount:5' can't be the offer of rule 2" in refused
    assert "Expected: none, since Amazon forbids coupons" in refused
    assert selling.answer("offers") == []


def test_rules_are_cleared_and_a_letter_follows_them(selling: Terminal) -> None:
    selling.answer(*_set(selling, "offer;months\nfree_shipping;3\n"))
    (made,) = selling.answer("apologize", "1002", "--out", str(selling.data.parent))["apologies"]
    assert (made["offer"]["kind"], made["valid_through"]) == ("free_shipping", "2027-02-23")
    assert selling.answer("offers", "--clear") == []
    usual = "a tenth of what is late, rounded up, from 3.00 USD to 25.00 USD, but never more than it costs"
    assert f"the usual offer, for 12 months: {usual}." in selling.text("offers")
    selling.answer("undo")
    assert len(selling.answer("offers")) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("offer\nfree_shipping\nkiss\n", "'kiss' can't be the offer of rule 2."),
        ("offer,told_before\nusual,perhaps\n", "'perhaps' can't be the told before of rule 1."),
        ("offer,days_late\nusual,soon\n", "'soon' can't be the days late of rule 1."),
        ("offer,value_from\nusual,dear\n", "'dear' can't be the value from of rule 1."),
        ("offer,months\nusual,0\n", "'0' can't be the months of rule 1."),
        (f"offer\ngift:{'x' * 81}\n", "at most 80 characters"),
        ("offer,channel\n,etsy\n", "'' can't be the offer of rule 1."),
        ("offer,mood\nusual,good\n", "column “mood”, which no rule has"),
        ("channel,months\netsy,3\n", "no column “offer”"),
        ('offer\nusual\n"gift:Tea towel\n', "Rule 2 of rules.csv can't be read"),
        ("\n", "empty"),
    ],
)
def test_a_file_with_a_rule_that_cannot_be_changes_nothing(selling: Terminal, text: str, says: str) -> None:
    before = selling.answer(*_set(selling, RULES))
    assert says in selling.refused(*_set(selling, text))
    assert selling.answer("offers") == before


def test_a_file_that_is_not_there_is_named(selling: Terminal) -> None:
    assert "nothing.csv" in selling.refused("offers", "--set", "nothing.csv")
    assert "not allowed with" in selling.misused("offers", "--set", "nothing.csv", "--clear")


COUPON = {
    *("code", "kind", "value", "balance", "minimum_order", "status", "issued_at", "valid_through", "void_reason", "customer"),
    *("order_numbers", "used_on"),
}
FIGURES = {
    *("currency", "issued", "open", "not_given", "redeemed", "voided", "expired", "outstanding", "pieces", "taken_off", "used"),
    *("redemption_rate", "median_days"),
}


def _issue(selling: Terminal) -> str:
    (made,) = selling.answer("apologize", "1002", "--out", str(selling.data.parent))["apologies"]
    return str(made["coupon_code"])


def test_coupons_are_listed_by_state_code_and_customer(selling: Terminal) -> None:
    code = _issue(selling)
    (coupon,) = selling.answer("coupons")
    assert set(coupon) == COUPON
    assert (coupon["code"], coupon["status"], coupon["order_numbers"], coupon["used_on"]) == (code, "open", ["1002", "1003"], [])
    for words in (
        ("--open",),
        ("--search", code.lower()),
        ("--search", code[:5]),
        ("--search", "amelie"),
        ("--open", "--search", "fort"),
    ):
        assert selling.answer("coupons", *words) == [coupon]
    for words in (("--used",), ("--voided",), ("--expired",), ("--search", "dana")):
        assert selling.answer("coupons", *words) == []
    assert "No coupons." in selling.text("coupons", "--used")
    selling.answer("redeem", code, "--order", "1001", noting="made out to")
    (used,) = selling.answer("coupons", "--used")
    assert (used["status"], used["used_on"], used["balance"]["amount"]) == ("used", ["1001"], "0.00")
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in selling.text("coupons")


def test_people_read_where_a_coupon_stands_in_the_words_of_the_window(selling: Terminal) -> None:
    """What has expired or is void has nothing left, in the list as by its code."""
    code = _issue(selling)
    (coupon,) = selling.answer("coupons")
    left = f"{coupon['balance']['amount']} USD"
    shown = f"{code[:4]}-{code[4:8]}-{code[8:]}"
    assert f": open, {left} left, valid through {coupon['valid_through']}." in selling.text("coupon", code)
    assert left in selling.text("coupons")
    late = ("--today", "2099-01-01")
    assert f": expired, valid through {coupon['valid_through']}." in selling.text("coupon", code, *late)
    assert "Expired" in (listed := selling.text("coupons", *late)) and left not in listed
    selling.answer("redeem", code, "--order", "1001", noting="made out to")
    assert f"{shown} for {coupon['customer']}: redeemed, valid" in selling.text("coupon", code)
    assert "Redeemed" in selling.text("coupons")
    selling.answer("undo")
    selling.answer("void", code, "--reason", "Lost")
    assert ": voided, valid" in selling.text("coupon", code)
    assert "Voided" in (listed := selling.text("coupons")) and left not in listed


def test_a_mistyped_code_is_said_to_be_that(selling: Terminal) -> None:
    code = _issue(selling)
    mistyped = code[:2] + ("0" if code[2] != "0" else "1") + code[3:]
    for asked in (("coupons", "--search"), ("coupon",)):
        assert "one of its symbols was mistyped" in selling.refused(*asked, f"{mistyped[:4]}-{mistyped[4:8]}-{mistyped[8:]}")
    assert selling.answer("coupons", "--search", "Bartholomews") == []  # twelve letters, and a name


def test_a_name_of_twelve_letters_with_a_dash_is_searched_for(selling: Terminal) -> None:
    selling.answer("edit", "customer", "A", "name=Anne-Marie Doe")
    code = _issue(selling)
    (found,) = selling.answer("coupons", "--search", "Anne-Marie Doe")
    assert (found["code"], found["customer"]) == (code, "Anne-Marie Doe")


def test_a_gift_that_is_redeemed_is_told_in_whole_sentences(selling: Terminal) -> None:
    selling.answer(*_set(selling, "channel,offer\nown,gift:Tea towel\n"))
    code = _issue(selling)
    _, out, _ = selling.run("redeem", code, "--order", "1001")
    assert out.startswith("Redeemed on order 1001. Coupon ")


def test_two_customers_of_one_name_are_told_apart_where_a_coupon_was_made_out_to_the_other(selling: Terminal) -> None:
    code = _issue(selling)
    selling.answer("edit", "customer", "A", "name=Dana Whitfield")
    noted = "It was made out to Dana Whitfield (#2); the order is from Dana Whitfield (#1)."
    selling.answer("redeem", code, "--order", "1001", noting=noted)


def test_figures_by_currency(selling: Terminal) -> None:
    assert selling.answer("coupons", "--figures") == []
    code = _issue(selling)
    assert "made for order 1003, and is for a later one" in selling.refused("redeem", code, "--order", "1003")
    assert "no amount to choose" in selling.refused("redeem", code, "--order", "1001", "--amount", "2")
    selling.answer("redeem", code, "--order", "1001", noting="made out to")
    (figures,) = selling.answer("coupons", "--figures")
    assert set(figures) == FIGURES
    assert (figures["issued"], figures["redeemed"], figures["redemption_rate"], figures["median_days"]) == (1, 1, 1.0, 0)
    assert (figures["taken_off"], figures["outstanding"]["amount"]) == ({"amount": "20.00", "currency": "USD"}, "0.00")
    assert "100%" in selling.text("coupons", "--figures")
    assert "not allowed with" in selling.misused("coupons", "--figures", "--open")
