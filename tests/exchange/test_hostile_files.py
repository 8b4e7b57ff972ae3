"""Files that are damaged, mangled by a spreadsheet, or made to do harm: refused in words, or read with every loss reported."""

from __future__ import annotations

import base64
import csv
import random
import zlib
from pathlib import Path

import pytest

from orderdesk.domain.errors import InvalidValueError, NotFoundError, OrderDeskError, UnreadableFileError
from orderdesk.exchange import reader
from orderdesk.exchange.reader import formats, read_file
from orderdesk.exchange.records import ParsedFile
from tests.exchange.files import column, grid, read_text, reasons
from tests.exchange.test_spreadsheets import OLD_WORKBOOK, workbook

_HEADER = "order_number,ship_name,sku,title,quantity,unit_price,placed_at,currency,note"


def _orders(*rows: str) -> str:
    return "\n".join((_HEADER, *rows)) + "\n"


def _accounted(parsed: ParsedFile) -> bool:
    return parsed.rows_read == parsed.rows_taken + len(parsed.skipped)


def test_an_unterminated_quote_costs_its_own_row_only(tmp_path: Path) -> None:
    rows = [f"{number},Ann,A,Mug,1,5,2026-01-05,USD," for number in range(1, 2001)]
    rows[10] = '11,Ann,A,"Mug,1,5,2026-01-05,USD,'
    parsed = read_text(tmp_path, _orders(*rows))
    assert len(parsed.orders) == 1999
    assert reasons(parsed) == [(12, "")]
    assert "quotation marks" in parsed.skipped[0].reason
    assert _accounted(parsed)


def test_text_after_a_closing_quote_is_an_error_of_that_row(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, _orders('1,Ann,A,"Best" mug,1,5,,USD,', "2,Ann,A,Mug,1,5,,USD,"))
    assert column(parsed, "order_number") == ["2"]
    assert reasons(parsed) == [(2, "")]


@pytest.mark.parametrize("quote", ['"', ""])
def test_a_cell_of_ten_megabytes_costs_its_own_row_only(tmp_path: Path, quote: str) -> None:
    huge = quote + "x" * 10_000_000 + quote
    parsed = read_text(tmp_path, _orders(f"1,Ann,A,{huge},1,5,,USD,", "2,Ann,A,Mug,1,5,,USD,"))
    assert column(parsed, "order_number") == ["2"]
    assert reasons(parsed) == [(2, "")]


@pytest.mark.parametrize(
    "quantity",
    [
        "0",
        "-1",
        "1_000",
        "1e3",
        "NaN",
        "Infinity",
        "٣",
        "²",
        "1.5",
        "1000001",
        "9" * 400,
        "2**63",
        "=1+1",
        "1 000",
        "0x10",
        "1\0" + "2",
    ],
)
def test_a_quantity_that_is_none_is_refused_by_row_and_column(tmp_path: Path, quantity: str) -> None:
    parsed = read_text(tmp_path, _orders(f"1,Ann,A,Mug,{quantity},5,,USD,", "2,Ann,A,Mug,1,5,,USD,"))
    assert column(parsed, "order_number") == ["2"]
    (skipped,) = parsed.skipped
    assert str(skipped).startswith("Row 2, column quantity: ")
    assert "a whole number from 1 to 1,000,000" in skipped.reason
    assert "Correct the cell" in skipped.reason


@pytest.mark.parametrize(
    "amount", ["abc", "1_000", "NaN", "Infinity", "١٢", "1.2.3", "-5", "(3.00)", "1e5", "9" * 20, "$", "--5", "1,2,3", "=5"]
)
def test_an_amount_that_is_none_is_refused(tmp_path: Path, amount: str) -> None:
    parsed = read_text(tmp_path, _orders(f'1,Ann,A,Mug,1,"{amount}",,USD,'))
    assert reasons(parsed) == [(2, "unit_price")]
    assert "12.50" in parsed.skipped[0].reason


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-30",
        "2026-13-01",
        "0001-01-01",
        "9999-12-31",
        "31/31/2026",
        "yesterday",
        "2026-01-05T25:00",
        "20260105",
        "٢٠٢٦-٠١-٠٥",
        "2026-01-05T10:00+99:00",
    ],
)
def test_a_date_that_is_none_is_refused(tmp_path: Path, day: str) -> None:
    parsed = read_text(tmp_path, _orders(f"1,Ann,A,Mug,1,5,{day},USD,"))
    assert reasons(parsed) == [(2, "placed_at")]


def test_a_missing_cell_is_refused_with_what_belongs_there(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, _orders("1,Ann,A,Mug,,5,,USD,", ",Ann,A,Mug,1,5,,USD,", "3,Ann,,,1,5,,USD,"))
    assert reasons(parsed) == [(2, "quantity"), (3, "order_number"), (4, "sku")]
    assert all("import" in skipped.reason for skipped in parsed.skipped)


def test_rows_of_other_lengths(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, _orders("1,Ann,A,Mug,1", "2,Ann,A,Mug,1,5,,USD,note,,,", "3,Ann,A,Mug, with,1,5,,USD,note"))
    assert column(parsed, "order_number") == ["1", "2"]
    assert "it has 10 cells, the header row 9" in str(parsed.skipped[0])


def test_ninety_thousand_rows_of_commas_are_nothing(tmp_path: Path) -> None:
    parsed = read_text(
        tmp_path, _orders("1,Ann,A,Mug,1,5,,USD,") + ",,,,,,,,\n" * 89_442 + "2,Ann,A,Mug,1,5,,USD,\n , \t,,,,,,,\n\n"
    )
    assert column(parsed, "row") == [2, 89_445]
    assert (parsed.rows_read, parsed.skipped) == (2, [])


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_lines(tmp_path: Path, break_: str) -> None:
    parsed = read_text(tmp_path, _orders('1,Ann,A,Mug,1,5,,USD,"one\ntwo"').replace("\n", break_).encode())
    assert column(parsed, "note") == ["one\ntwo"]


def test_control_characters_go_and_line_breaks_of_notes_stay(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, _orders('1,"An\0n\x07\u0085Li\t",A,"Mug\nblue",1,5,,USD,"a\x1bb\r\nc\u2028d"'))
    (order,) = parsed.orders
    assert (order.ship_to.name, order.lines[0].title, order.note) == ("Ann Li", "Mug blue", "ab\nc\nd")


def test_text_is_kept_whatever_it_looks_like(tmp_path: Path) -> None:
    names = [
        "Null",
        "=cmd()",
        "\u202eLi",
        "👩\u200d👩\u200d👧",
        "%s{}",
        "<b>x</b>",
        "N/A",
        "佐藤 陽一",
        "x" * 70,
        "O'Neil",
        "007",
    ]
    rows = [f'{number},"{name}",A,Mug,1,5,,USD,' for number, name in enumerate(names, 1)]
    assert [order.ship_to.name for order in read_text(tmp_path, _orders(*rows)).orders] == names


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "Zoë Łuć 佐藤"),
        ("utf-8-sig", "Zoë"),
        ("utf-16", "Zoë 佐藤"),
        ("utf-16-le", "Zoë"),
        ("cp1252", "Zoë Ødegård £ “x”"),
        ("cp1250", "Łukasz Wójcik"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, name: str) -> None:
    rows = [f"{number},Ann,A,Mug,1,5,,USD," for number in range(2, 50)]
    parsed = read_text(tmp_path, _orders(f"1,{name},A,Mug,1,5,,USD,", *rows).encode(encoding))
    assert parsed.orders[0].ship_to.name == name
    assert bool(parsed.questions) is encoding.startswith("cp")


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf_16_may_be_named_where_the_file_does_not_begin_with_its_mark(tmp_path: Path, order: str) -> None:
    content = _orders("1,Zoë,A,Mug,1,5,,USD,").encode(order)
    assert read_text(tmp_path, content, encoding="utf-16").orders[0].ship_to.name == "Zoë"


def test_a_guessed_encoding_is_asked_about_and_can_be_answered(tmp_path: Path) -> None:
    content = _orders("1,Dvořák,A,Mug,1,5,,USD,").encode("cp1250")
    (question,) = read_text(tmp_path, content).questions
    assert question.id == "encoding" and "cp1250" in question.choices
    answered = read_text(tmp_path, content, encoding="cp1250")
    assert (answered.orders[0].ship_to.name, answered.questions) == ("Dvořák", [])


def test_a_file_cut_off_within_a_letter_is_still_utf_8(tmp_path: Path) -> None:
    content = _orders("1,Zoë,A,Mug,1,5,,USD,", "2,Zoé,A,Mug,1,5,,USD,").encode()
    assert read_text(tmp_path, content[: content.index("é".encode()) + 1]).orders[0].ship_to.name == "Zoë"


def test_dates_in_digits_are_settled_by_the_file_or_asked_about(tmp_path: Path) -> None:
    rows = "1,Ann,A,Mug,1,5,{},USD,"
    settled = read_text(tmp_path, _orders(rows.format("05/01/2026"), rows.replace("1,", "2,", 1).format("25/01/2026")))
    assert (settled.orders[0].placed and settled.orders[0].placed.on.isoformat(), settled.questions) == ("2026-01-05", [])
    for answers, day, asked in (
        ({}, "2026-05-01", ["MDY"]),
        ({"usual_currency": "GBP"}, "2026-01-05", ["DMY"]),
        ({"date_order": "DMY"}, "2026-01-05", []),
        ({"date_order": "MDY"}, "2026-05-01", []),
    ):
        parsed = read_text(tmp_path, _orders(rows.format("05/01/2026")), **answers)
        assert parsed.orders[0].placed and parsed.orders[0].placed.on.isoformat() == day
        assert [question.assumed for question in parsed.questions] == asked


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n,,,\n", "is empty"),
        (b"\0" * 1000, "is empty"),
        (b"%PDF-1.7\n1 0 obj\n", "no file OrderDesk knows"),
        (b"PK\x03\x04 not really", "damaged or locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged or locked"),
        (b"just some words\nand more\n", "“just some words”"),
        (random.Random(1).randbytes(100_000), "no file OrderDesk knows"),
        (b'"' * 100_000, "no file OrderDesk knows"),
        (b"a,b;c\td\n" * 10_000, "no file OrderDesk knows"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words) as refused:
        read_text(tmp_path, content)
    assert refused.value.remedy
    assert str(refused.value).isprintable()


def test_a_missing_file_a_folder_and_a_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(UnreadableFileError, match="is no file"):
            read_file(path)
    monkeypatch.setattr(reader, "MAX_BYTES", 10)
    with pytest.raises(UnreadableFileError, match="larger than 100 MB"):
        read_text(tmp_path, _orders("1,Ann,A,Mug,1,5,,USD,"))


def test_arguments_that_make_no_sense(tmp_path: Path) -> None:
    text = _orders("1,Ann,A,Mug,1,5,,USD,")
    with pytest.raises(NotFoundError):
        read_text(tmp_path, text, format="nonsense")
    for answers in (
        {"currency": "dollars"},
        {"date_order": "YMD"},
        {"encoding": "no-such"},
        {"encoding": "zlib"},
        {"encoding": ""},
    ):
        with pytest.raises(InvalidValueError):
            read_text(tmp_path, text, **answers)


def test_a_format_asked_for_by_name_is_used_or_the_file_refused(tmp_path: Path) -> None:
    assert "orderdesk-orders" in {each.name for each in formats()}
    text = grid("name | sku | title | email\nAnn | A | Mug | a@x.example")
    assert read_text(tmp_path, text, format="orderdesk-customers").kind == "customers"
    assert read_text(tmp_path, text, format="orderdesk-products").kind == "products"
    with pytest.raises(UnreadableFileError):
        read_text(tmp_path, text, format="shopify-orders")


def test_damaged_files_are_read_or_refused_and_never_more(tmp_path: Path) -> None:
    chance = random.Random(20261117)
    rows = [f'{number},"Zoë ""Z"" Li",A,Mug,1,5,2026-01-05,USD,"two\nlines"' for number in range(40)]
    sheet = workbook({"A1": "sku", "B1": "title", "C1": "on_hand", "A2": "A", "B2": "Mug", "C2": 7})
    sound = (_orders(*rows).encode(), sheet, _orders(*rows).encode("utf-16"), zlib.decompress(base64.b85decode(OLD_WORKBOOK)))
    taken = refused = 0
    for turn in range(600):
        content = bytearray(sound[turn % 4])
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            assert _accounted(read_text(tmp_path, bytes(content)))
            taken += 1
        except OrderDeskError:
            refused += 1
    assert taken > 100


def test_broken_rows_are_found_in_time_that_grows_with_the_file(tmp_path: Path) -> None:
    rows = [
        f'{number},Ann,A,"Mug,1,5,,USD,' if number % 400 == 0 else f"{number},Ann,A,Mug,1,5,,USD," for number in range(1, 20_001)
    ]
    parsed = read_text(tmp_path, _orders(*rows))
    assert _accounted(parsed)
    assert len(parsed.orders) >= 19_000
    assert csv.field_size_limit() == 32_767


def test_a_letter_of_another_encoding_keeps_its_row_out(tmp_path: Path) -> None:
    parsed = read_text(tmp_path, b"order_number,customer,sku,quantity\n1,Zo\xc3\xab,A,1\n2,Zo\xeb,A,1\n3,Ann,A,1\n")
    assert column(parsed, "buyer_name") == ["Zoë", "Ann"]
    assert reasons(parsed) == [(3, "customer")]
    assert "“Zo\ufffd” is not text in the encoding" in parsed.skipped[0].reason


@pytest.mark.parametrize("name", ["Zoë Müßé", "Zoë €“”"])
def test_a_short_file_of_a_latin_country_is_read_as_western(tmp_path: Path, name: str) -> None:
    content = f"order_number,customer,sku,quantity\n1,{name},A,1\n".encode("cp1252")
    assert column(read_text(tmp_path, content, country="US"), "buyer_name") == [name]


@pytest.mark.parametrize(("encoding", "name"), [("cp1253", "Ελένη Παπαδοπούλου"), ("cp1251", "Иван Петров")])
def test_whole_words_of_another_script_are_believed_everywhere(tmp_path: Path, encoding: str, name: str) -> None:
    content = f"order_number,customer,sku,quantity\n1,{name},A,1\n".encode(encoding)
    assert column(read_text(tmp_path, content, country="US"), "buyer_name") == [name]


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_read(tmp_path: Path, encoding: str) -> None:
    content = "order_number,customer,sku,quantity\n1,Zoë,A,1\n".encode(encoding)
    assert column(read_text(tmp_path, content), "buyer_name") == ["Zoë"]
