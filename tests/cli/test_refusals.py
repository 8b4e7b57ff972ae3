"""What can't be done: exit status 1 and one line that says what, where and what to do; 2 for words that make no command."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from orderdesk.cli.main import report_fault, run
from orderdesk.domain.errors import StoreError
from orderdesk.services.saving import save_file
from tests.cli.conftest import Terminal

ENDLESS = "x" * 100_000


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("order", "4711"), "There is no order 4711."),
        (("ship", "4711"), "There is no order 4711."),
        (("ship", "1001", "TEAPOT", "1"), "TEAPOT"),
        (("ship", "1001", "LAMP", "3"), "there are only 2"),
        (("ship", "1001", "LAMP", "-1"), "shipped: at least 1 is needed. Ask for 1 to 2."),
        (("ship", "1001", "LAMP", "0"), "1001"),
        (("cancel", "1001", "LAMP", "6"), "there are only 2"),
        (("cancel", "1001", "LAMP", "-1"), "canceled: at least 1 is needed"),
        (("cancel", "1001", "BOOK", "2"), "there is only 1. Ask for 1."),
        (("release", "1001"), "not on hold"),
        (("suppliers", ""), "can't be the name"),
        (("merge", "", ""), "'' can't be the customer. Expected: a name, an e-mail address"),
        (("offer", "LAMP", "Nobody", "--none"), "There is no supplier Nobody."),
        (("offer", "LAMP", "Acme", "quantity=few"), "can't be the quantity"),
        (("paid", "1001"), "paid already"),
        (("told", "1001"), "no backordered line"),
        (("apologize", "1001"), "no backordered line"),
        (("apologize", "1002", "--offer", "kiss"), "offer"),
        (("apologize", "1002", "--offer", "percent:200"), "percent"),
        (("apologize", "1002", "--offer", "amount:-3"), "amount above 0"),
        (("apologize", "1002", "--offer", "gift:" + "x" * 81), "at most 80 characters"),
        (("apologize", "1002", "--offer", "amount:7.555"), "at most 2 decimals"),
        (("apologize", "1002", "--offer", "percent:\u0665"), "percent:10"),
        (("apologize", "1002", "--offer", "free_shipping:5"), "free_shipping with no value"),
        (("refund", "1002", "1.234"), "at most 2 decimals"),
        (("source", "1002", "LAMP", "--supplier", "Acme", "--cost", "1_0"), "12.50"),
        (("refund", "1002", "1", "--date", "2026-11-11"), "from 2026-11-12, when it was ordered, to 2026-11-23"),
        (("refund", "1002", "1", "--date", "2026-11-24"), "from 2026-11-12, when it was ordered, to 2026-11-23"),
        (("source", "1002", "LAMP", "--supplier", "Acme", "--expected", "2026-11-22"), "2026-11-23 or a later day"),
        (("buy", "Acme", "LAMP=2", "--expected", "2026-11-22"), "2026-11-23 or a later day"),
        (("add", "order", "customer=D", "line=BOOK*100000@900000000000"), "An order comes to less than 1,000,000,000,000"),
        (
            ("add", "order", "customer=D", "line=BOOK*2@5", "shipping=1", "tax=1", "discount=12.01"),
            "'12.01' can't be the discount",
        ),
        (("edit", "order", "1001", "discount=150"), "'150.00' can't be the discount"),
        (("receive", "TEAPOT", "1"), "There is no product TEAPOT."),
        (("receive", "", "1"), "No product is named. Say which product."),
        (("receive", "lamp", "1"), "there is LAMP"),
        (("receive", "LAMP", "0"), "1 to 1,000,000"),
        (("receive", "LAMP", "-4"), "1 to 1,000,000"),
        (("count", "LAMP", "-4", "--reason", "Shelf"), "0 to 1,000,000"),
        (("count", "LAMP", "2", "--reason", " "), "can't be the reason"),
        (("count", "LAMP", "99999999999999999999", "--reason", "Shelf"), "0 to 1,000,000"),
        (("add", "product", "sku=LAMP", "title=Another"), "already is a product LAMP"),
        (("add", "product", "sku=NEW"), "title"),
        (("add", "product", "title=New", "price=dear"), "12.50"),
        (("add", "product", "title=New", "discontinued=maybe"), "yes or no"),
        (("add", "customer", "name=Dana", "customer_id=D"), "already is a customer D"),
        (("add", "order", "order_number=1001", "customer=D", "line=BOOK"), "already is"),
        (("add", "order", "customer=Nobody", "line=BOOK"), "There is no customer Nobody."),
        (("add", "order", "customer=D", "line=BOOK*many"), "quantity"),
        (("edit", "product", "TEAPOT", "title=New"), "There is no product TEAPOT."),
        (("edit", "order", "1001", "ship_by=soon"), "2026-12-04"),
        (("edit", "order", "1001", "placed_on=soon"), "'soon' can't be the day of the order."),
        (("add", "order", "customer=D", "line=BOOK", "ship_by=soon"), "'soon' can't be the day to ship by."),
        (("coupon", "ABC"), "12"),
        (("coupon", "0000-0000-0000"), "coupon"),
        (("redeem", "0000-0000-0000", "--order", "1001"), "coupon"),
        (("undo", "4711"), "There is no step 4711."),
        (("undo", "9223372036854775808"), "There is no step 9223372036854775808."),
        (("import", "--encoding", "utf-16", __file__), "test_refusals.py is not written in utf-16."),
        (("redo",), "nothing to redo"),
        (("shop", "currency=dollars"), "three letters"),
        (("shop", "currency=XXX"), "'XXX' can't be the currency."),
        (("shop", "country=ZZ"), "'ZZ' can't be the country."),
        (("shop", "paper=foolscap"), "letter or a4"),
        (("shop", "time_zone=Mars/Olympus"), "time zone"),
        (("shop", "mail_host=https://smtp.example.com"), "a mail server's name alone"),
        (("shop", "mail_port=0"), "a port from 1 to 65535"),
        (("shop", "mail_port=smtp"), "a port from 1 to 65535"),
        (("shop", "handling_days=61"), "0 to 60 days"),
        (("shop", "handling_days=-1"), "0 to 60 days"),
        (("import", "nothing.csv"), "nothing.csv"),
        (("import", "--format", "scroll", __file__), "scroll"),
        (("import", __file__), "no file OrderDesk knows"),
        (("export", "orders", "orders.pdf"), ".csv or .xlsx"),
        (("export", "orders", "/no/such/folder/orders.csv"), "/no/such/folder/orders.csv"),
        (("restore", "nothing.orderdesk"), "nothing.orderdesk"),
        (("restore", __file__), "not a shop's file"),
        (("demo",), "is there already"),
    ],
)
def test_a_refusal_is_one_line_that_names_what_is_wrong(selling: Terminal, words: tuple[str, ...], says: str) -> None:
    before = selling.answer("orders", "--full"), selling.answer("products", "--full"), selling.answer("customers")
    assert says in selling.refused(*words)
    assert (selling.answer("orders", "--full"), selling.answer("products", "--full"), selling.answer("customers")) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Name a verb."),
        (("dance",), "invalid choice: 'dance'"),
        (("orders", "--ready", "--shipped"), "not allowed with"),
        (("orders", "--read"), "--read"),
        (("orders", "1001"), "1001"),
        (("order",), "order"),
        (("import",), "Name one or more files"),
        (("apologize",), "Name one or more orders, or --all"),
        (("apologize", "1001", "--all"), "Name one or more orders, or --all"),
        (("apologize", "1001", "--expected", "soon"), "'soon' is no day"),
        (("apologize", "1001", "--paper", "foolscap"), "foolscap"),
        (("told", "1001", "--channel", "pigeon"), "pigeon"),
        (("receive", "LAMP", "1.5"), "1.5"),
        (("receive", "LAMP", "1_0"), "'1_0' is no whole number"),
        (("cancel", "1001", "LAMP", "\u0661"), "is no whole number"),
        (("receive", "LAMP"), "N"),
        (("receive", "LAMP", "--", "--"), "required: N"),
        (("ship", "1001", "LAMP"), "how many units"),
        (("cancel", "1001", "LAMP"), "how many units"),
        (("redeem", "0000-0000-0000"), "--order"),
        (("export", "recipes", "recipes.csv"), "recipes"),
        (("shop", "name"), "'name' is no KEY=VALUE"),
        (("suppliers", "name=Acme", "email=sales@acme.example"), "'name=Acme' is no supplier's name"),
        (("offer", "LAMP", "cost=19.00"), "'cost=19.00' is no supplier's name"),
        (("buy", "LAMP=2", "BOOK=1"), "'LAMP=2' is no supplier's name"),
        (("buy", "Acme", "LAMP=1", "LAMP=2"), "LAMP is given twice."),
        (("shop", "mood=good"), "'mood=good' is no KEY=VALUE"),
        (("shop", "name=One", "name=Two"), "given twice"),
        (("add", "planet", "name=Mars"), "planet"),
        (("add", "product", "on_fire=yes"), "on_fire"),
        (("add", "order", "line=BOOK"), "customer=KEY"),
        (("add", "order", "customer=D"), "line=SKU*QUANTITY"),
        (("edit", "product", "LAMP", "on_hand=7"), "on_hand"),
        (("edit", "order", "1001", "order_number=7"), "order_number"),
        (("--today", "yesterday", "orders"), "'yesterday' is no day"),
        (("--data", "", "orders"), "the name is empty"),
        (("history", "--limit", "-5"), "'-5' is no number from 0"),
        (("orders", "--data="), "the name is empty"),
        (("order", "caf\udce9"), "UTF-8"),
    ],
)
def test_words_that_make_no_command_are_wrong_usage(selling: Terminal, words: tuple[str, ...], says: str) -> None:
    assert says in selling.misused(*words)


@pytest.mark.parametrize(
    "words",
    [
        ("receive", ENDLESS, "1"),
        ("receive", f"{ENDLESS} {ENDLESS}", "1"),
        ("coupon", ENDLESS),
        ("shop", f"currency={ENDLESS}"),
        ("ship", "1001", ENDLESS, "1"),
        ("import", ENDLESS),
    ],
)
def test_what_was_typed_is_repeated_no_longer_than_it_takes_to_know_it_again(selling: Terminal, words: tuple[str, ...]) -> None:
    assert len(selling.refused(*words)) < 400


def test_wrong_usage_repeats_no_more_either(selling: Terminal) -> None:
    for words in ((ENDLESS,), ("receive", "LAMP", ENDLESS), ("add", ENDLESS), ("shop", ENDLESS)):
        assert ENDLESS[:500] not in selling.misused(*words)


def test_json_does_not_change_what_is_refused(selling: Terminal) -> None:
    assert selling.refused("--json", "order", "4711") == selling.refused("order", "4711", "--json")


def test_an_order_number_that_two_channels_have_wants_the_channel(selling: Terminal) -> None:
    selling.answer("add", "order", "order_number=1001", "channel=etsy", "customer=D", "line=BOOK")
    assert "etsy:1001 or own:1001" in selling.refused("order", "1001")
    assert selling.answer("order", "etsy:1001")["channel"] == "etsy"


@pytest.mark.parametrize(
    "content", [b"", b"not a shop at all, just text that is long enough to hold a header" * 4, b"SQLite format 3\0" * 40]
)
def test_a_file_that_is_no_shop_stays_as_it_is(terminal: Terminal, content: bytes) -> None:
    terminal.data.write_bytes(content)
    for words in (("orders",), ("check",), ("receive", "LAMP", "1")):
        assert str(terminal.data) in terminal.refused(*words)
    assert terminal.data.read_bytes() == content


def test_a_shop_of_a_newer_version_is_refused(selling: Terminal) -> None:
    content = bytearray(selling.data.read_bytes())
    content[60:64] = (99).to_bytes(4, "big")
    selling.data.write_bytes(content)
    assert "newer OrderDesk" in selling.refused("orders")
    assert selling.data.read_bytes() == bytes(content)


def test_a_damaged_shop_is_found_by_check(selling: Terminal) -> None:
    content = bytearray(selling.data.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 20_000] = b"\x5a" * 20_000
    selling.data.write_bytes(content)
    status, out, err = selling.run("check")
    assert status == 1
    assert err.count("\n") == 1
    assert "estore" in err
    assert "Traceback" not in out + err


def test_what_buyers_typed_does_not_steer_the_terminal(selling: Terminal) -> None:
    selling.answer("add", "customer", "customer_id=X", "name=\x1b[31mRed\x07\u202eder\x9b2J", "company=Two\nlines")
    (line,) = [line for line in selling.text("customers").splitlines() if "Red" in line]
    assert "Two lines" in line
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(line)
    assert "\x1b" not in selling.refused("order", "\x1b[2J")


def test_columns_line_up_whatever_the_script(selling: Terminal) -> None:
    selling.answer("add", "customer", "customer_id=O", "name=小川 みのり", "country=JP")
    lines = selling.text("customers").splitlines()
    assert lines[0].split()[:2] == ["Handle", "Name"]
    assert set(lines[1]) == {"-", " "}
    (japanese,) = [line for line in lines if "みのり" in line]
    # Five of the name's six letters are two columns wide.
    assert japanese.index("JP") == lines[0].index("Country") - 5


def test_a_mistake_of_the_program_is_one_line_without_the_shops_data(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise KeyError("Dana Whitfield, 418 Alder St")
    except KeyError:
        report_fault(*sys.exc_info())  # type: ignore[arg-type]
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "KeyError at test_refusals.py" in said
    assert "Dana" not in said


def test_interrupting_says_that_it_stopped(selling: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("orderdesk.services.imports.import_files", interrupted)
    assert selling.refused("import", "orders.csv").startswith("Stopped.")


def test_data_may_be_a_path_with_spaces_in_folders_that_are_not_there_yet(terminal: Terminal) -> None:
    terminal.data = terminal.data.parent / "My shop" / "of 2026" / "the shop.orderdesk"
    terminal.answer("shop", "name=Hollow Oak")
    assert terminal.answer("orders") == []
    assert Path(terminal.data).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("export", "orders", "."), "is a folder. Name a file in it"),
        (("export", "orders", ""), "is a folder. Name a file in it"),
        (("backup", "."), "is a folder. Name a file in it"),
        (("return", "1001", "LAMP", "1"), "there are none. Only what has shipped"),
        (("edit", "order", "1003", "line=BOOK*0"), "can't be ordered: at least 1 is needed. Leave at least 1, or cancel"),
        (("add", "customer", "name=Zed", "email=notmail"), "can't be the email. Expected: an e-mail address"),
        (("edit", "customer", "D", "language=xx"), "can't be the language"),
        (("edit", "customer", "D", "country=ZZ"), "can't be the country"),
        (("add", "product", "sku=Z", "title=Z", "price=1", "currency=XAU"), "can't be the currency"),
        (("add", "order", "customer=D", "order_number=" + "9" * 37, "line=LAMP*1@64"), "at most 36 characters"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(selling: Terminal, words: tuple[str, ...], says: str) -> None:
    assert says in selling.refused(*words)


def test_a_folder_in_place_of_a_file_is_named(selling: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (("export", "orders", "."), ("export", "orders", ""), ("backup", ".")):
        assert selling.refused(*words).startswith(f"{tmp_path} is a folder.")


def test_a_logo_that_needs_other_files_is_named_with_what_it_needs(terminal: Terminal, tmp_path: Path) -> None:
    drawing = tmp_path / "mark.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg"><image href="other.png"/></svg>', encoding="utf-8")
    refused = terminal.refused("shop", f"logo={drawing}")
    assert "mark.svg" in refused
    assert "“other.png”" in refused


def test_a_number_that_looks_like_one_that_is_taken_is_taken(selling: Terminal) -> None:
    look_alike = ("order_number=1001\u200b", "line=LAMP*1@64")
    assert "already is an order 1001" in selling.refused("add", "order", "customer=D", *look_alike)


@pytest.mark.parametrize("words", [("orders",), ("check",), ("shop",), ("products",), ("receive", "LAMP", "1"), ("undo",)])
def test_a_file_that_is_not_there_is_a_mistyped_one_unless_a_shop_is_begun(terminal: Terminal, words: tuple[str, ...]) -> None:
    terminal.data = terminal.data.parent / "nowhere" / "deep" / "shop.orderdesk"
    assert f"There is no shop's file {terminal.data}." in terminal.refused(*words)
    assert not (terminal.data.parent.parent).exists()
    terminal.answer("add", "product", "sku=LAMP", "title=Lamp")
    assert terminal.data.exists()


def test_a_file_that_the_environment_names_must_be_there_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDERDESK_DATA", str(tmp_path / "gone.orderdesk"))
    assert run(["orders"]) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_nothing_is_refused_by_name(terminal: Terminal) -> None:
    terminal.data.symlink_to("nowhere.orderdesk")
    for words in (("orders",), ("add", "product", "sku=LAMP", "title=Lamp")):
        assert f"{terminal.data} is a link to nowhere.orderdesk, which is not there." in terminal.refused(*words)
    assert [path.name for path in terminal.data.parent.iterdir()] == [terminal.data.name]


def test_a_damaged_shop_names_the_backup_to_restore(selling: Terminal) -> None:
    step = selling.data.parent / "empty.csv"
    step.write_text("sku,title\nNEW,New\n", encoding="utf-8")
    selling.answer("import", str(step), noting="")
    (backup,) = (selling.data.parent / "shop backups").iterdir()
    content = bytearray(selling.data.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    selling.data.write_bytes(content)
    assert f"restore the newest backup, {backup}" in selling.refused("orders")


BACK = ("--today", "2025-11-23")


def test_on_a_clock_that_was_set_back_no_letter_coupon_or_money_leaves(selling: Terminal) -> None:
    assert "The clock says November 23, 2025, but order 1002 was placed on November 12, 2026." in selling.refused(
        *BACK, "apologize", "1002"
    )
    assert "but order 1001 was placed on November 11, 2026" in selling.refused(
        *BACK, "refund", "1001", "5", "--although-not-owed"
    )
    made = selling.answer("apologize", "1002")["apologies"][0]
    assert "but the letter to Amélie Fortin is dated November 23, 2026" in selling.refused(*BACK, "message", "1002")
    assert "but the letter to Amélie Fortin is dated" in selling.refused(*BACK, "told", "1002")
    assert "was made on November 23, 2026" in selling.refused(*BACK, "redeem", made["coupon_code"], "--order", "1001")
    assert selling.answer("order", "1002")["told_at"] is None
    selling.text("--today", "2026-11-22", "told", "1002")  # a day may be another where the order was placed


def test_a_time_zone_that_is_not_known_here_is_named_and_can_be_set_again(selling: Terminal) -> None:
    with closing(sqlite.connect(selling.data)) as connection:
        connection.execute("DROP TRIGGER IF EXISTS shop_kept_update")
        connection.execute("UPDATE shop SET time_zone = 'Mars/Olympus'")
        connection.commit()
    said = "The time zone “Mars/Olympus” of the shop is not known here. Set another one in the shop's profile."
    assert said in selling.refused("orders")
    assert run(["--data", str(selling.data), "shop", "time_zone=Europe/Berlin"]) == 0
    assert len(selling.answer("orders")) == 3


def test_a_file_of_which_nothing_comes_in_is_a_failure_beside_those_that_do(selling: Terminal, tmp_path: Path) -> None:
    good, poem, bad = tmp_path / "good.csv", tmp_path / "poem.csv", tmp_path / "bad.csv"
    good.write_text("sku,title,on_hand\nSPOON,Spoon,4\n", "utf-8")
    poem.write_text("roses,are\nred,too\n", "utf-8")
    bad.write_text("sku,title,on_hand\nFORK,Fork,many\n", "utf-8")
    status, out, err = selling.run("import", str(good), str(poem), str(bad))
    assert status == 1
    assert "good.csv (orderdesk-products): 1 new" in out
    assert "poem.csv is no file OrderDesk knows" in err
    assert "Nothing in bad.csv could be taken in: Row 2, column on_hand" in err
    assert selling.answer("order", "1001") and "SPOON" in selling.text("products")


def test_letters_that_a_full_disk_kept_from_being_made_are_a_failure(selling: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    room = iter([True, True])  # for one letter and its coupon

    def save(path: Path, content: bytes, **said: str) -> Path:
        if next(room, False):
            return save_file(path, content, **said)
        raise StoreError("There is no space left.", "Free some.")

    monkeypatch.setattr("orderdesk.services.letters.save_file", save)
    selling.answer("add", "customer", "name=Ben Ode", "email=b@example.com", "line1=1 Mill Lane", "city=Bend", "country=US")
    selling.answer("add", "order", "order_number=1004", "customer=b@example.com", "line=LAMP*1@64")
    status, out, err = selling.run("--json", "apologize", "--all")
    assert (status, len(json.loads(out)["apologies"])) == (1, 1)
    assert "There is no space left." in err


def test_a_delivery_of_what_was_not_sent_says_how_to_send_it(selling: Terminal) -> None:
    selling.answer("buy", "Acme", "LAMP=2")
    said = selling.refused("purchase", "PO-1", "--receive")
    assert said == "PO-1 is draft. Mark it as sent first. By the command line: orderdesk purchase PO-1 --send."
    selling.text("purchase", "PO-1", "--send")
    assert "LAMP is given twice." in selling.misused("purchase", "PO-1", "--receive", "LAMP=1", "LAMP=1")


@pytest.mark.parametrize("name", ["Maximilian " * 360, "x" * 4000])
def test_an_address_without_end_is_named_at_once(selling: Terminal, name: str) -> None:
    selling.answer(
        "add", "customer", f"name={name.strip()}", "email=m@example.com", "line1=1 Mill Lane", "city=Bend", "country=US"
    )
    selling.answer("add", "order", "order_number=1004", "customer=m@example.com", "line=LAMP*1@64")
    assert "It can't be printed: the address takes" in selling.refused("apologize", "1004")
