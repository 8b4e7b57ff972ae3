"""Spreadsheet files: they say what a CSV file says, and none is laid out in memory before it is known to be safe."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from orderdesk.domain.errors import UnreadableFileError
from tests.exchange.files import column, read_text


def workbook(cells: Mapping[str, object]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, value in cells.items():
            sheet.write(place, value)
    return content.getvalue()


def test_a_spreadsheet_says_the_same_as_a_csv_file(tmp_path: Path) -> None:
    cells: dict[str, object] = {
        "B3": "sku",
        "C3": "title",
        "D3": "on_hand",
        "E3": "price",
        "B4": "007",
        "C4": "Mug",
        "D4": 7,
        "E4": 12.5,
    }
    parsed = read_text(tmp_path, workbook(cells))
    (product,) = parsed.products
    assert (product.row, product.sku, product.on_hand, str(product.price)) == (4, "007", 7, "12.5")


# A workbook of Excel 97: sku A-1, title Blue mug, on_hand 7, price 12.5.
OLD_WORKBOOK = (
    "c-rk)O=wd=5dQWhX?|$aq)mlZ2%%urwjPQXJ+!YaXit`^2StRMHV+MnFC``iy;!X|i6D4VycBxzQuX2wD(KCFP|<@Z2#Fp&2?`$CJZC5SN~%3H"
    "P>afbkDZ;J-JPAcGdu6+^-{Dvf4{4OUoZp@s!kA1buvLE=r$ste#eolTL-8(8vhi60di!M4^LWN`K1q~zbi0s&-;QX@QKPv%wRlcTZt{iDBF+}"
    "(uP5z0=G#LMkia<#&nu#JJY*7@+s3{mRw^xNMp<51eVP4-hC>Hj~m_G7lzdPkmr10$pAX=QbzH`>!LQ+hmm|bnf*IE;@)N~fc!RQ*;YQ8Eh9z_"
    "T)=lH0eo{$>hpw_Z>?N_<UiKR{p-kY7+zo&&M6M?5+&F7o|=P?E@MBRMOjF8E>rXYg>)fnk-KyD<e8+MBFRiXJ#A6{$esbpzN6Wql{i~G9g>Nf"
    "4|ZhD!EWJzZzh^TEAvqf`v|4(<vU;B9GaRiCs{Jf$-I{GcStMY;F6p{lf&F&FqJ*M%=a<9%v!fI-^DaW!Af<{M2BJy&heNl+}lIz>}9+)ch>Q{"
    "h%bFP{3u@fZ0;t0ajbG7w)oDRM>p+Kiss8}4*jBE+`1|8*mP^5(!)oloxi1ufDuu)JL<XCiWP*IjWVsZ<nD;omZA2l*78uxqjZUNbP3kwRpSNg"
    "B6r~#*(O+5oJU-3m%4_GHay@B9j<%ahM=LLp`oFnp`oF%$q?#Q-lJaTed<%eum0<-P^s$QB>ydrAV*h$K1>h5raF)F4aLtk_=KxVY;cbIzfj^B"
    "t)52)Q*1}3;rOLbJyCx@8=e^1yd%`;`qf74{KM=21P&+4WB"
)


def test_an_old_excel_file_says_the_same(tmp_path: Path) -> None:
    (product,) = read_text(tmp_path, zlib.decompress(base64.b85decode(OLD_WORKBOOK))).products
    assert (product.row, product.sku, product.title, product.on_hand, str(product.price)) == (2, "A-1", "Blue mug", 7, "12.5")


def test_an_old_excel_file_that_reaches_too_far_is_refused(tmp_path: Path) -> None:
    content = zlib.decompress(base64.b85decode(OLD_WORKBOOK))
    run_of_numbers = content.index(b"\xbd\x00\x12\x00\x01\x00\x02\x00")
    far = content[: run_of_numbers + 4] + b"\xff\xff\xff\xff" + content[run_of_numbers + 8 :]
    with pytest.raises(UnreadableFileError, match="span more than"):
        read_text(tmp_path, far)


def _ods(*rows: str) -> bytes:
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{urn}:{name}:1.0"' for name in ("office", "table", "text"))
    sheet = f'<office:spreadsheet><table:table table:name="S">{"".join(rows)}</table:table></office:spreadsheet>'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        document = f"<office:document-content {names}><office:body>{sheet}</office:body></office:document-content>"
        archive.writestr("content.xml", document)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{urn}:manifest:1.0"/>')
    return content.getvalue()


def _ods_row(*cells: str, repeated: int = 1, wide: int = 1) -> str:
    start = f'<table:table-cell table:number-columns-repeated="{wide}"'
    filled = f'{start} office:value-type="string"><text:p>{{}}</text:p></table:table-cell>'
    inside = "".join(filled.format(cell) if cell else f"{start}/>" for cell in cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inside}</table:table-row>'


def test_an_open_document_says_the_same(tmp_path: Path) -> None:
    sound = _ods(_ods_row("sku", "title"), _ods_row("A", "Mug"), _ods_row("", repeated=1_048_570, wide=16_384))
    assert column(read_text(tmp_path, sound), "title") == ["Mug"]
    for rows in (_ods_row("sku", repeated=1_048_576, wide=16_384), _ods_row('<text:s text:c="900000000"/>')):
        with pytest.raises(UnreadableFileError, match=r"span more than|nothing but space"):
            read_text(tmp_path, _ods(rows))


def _with_sheet(content: bytes, old: str, new: str) -> bytes:
    """The workbook with something else in its sheet's XML."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            part = archive.read(name)
            copy.writestr(name, part.replace(old.encode(), new.encode()) if name.endswith("sheet1.xml") else part)
    return changed.getvalue()


@pytest.mark.parametrize("cell", ["r='XFD1048576'", 'r="xfd1048576"', 'r = "AAAAAAA6"', 's="0" r="C4000000000"', 'r="A99999999"'])
def test_a_sheet_with_one_cell_at_the_end_of_the_world_is_refused(tmp_path: Path, cell: str) -> None:
    sound = workbook({"A1": "sku", "B1": "title", "C6": "x"})
    with pytest.raises(UnreadableFileError, match="span more than"):
        read_text(tmp_path, _with_sheet(sound, 'r="C6"', cell))


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    with pytest.raises(UnreadableFileError, match="unpacks to far more"):
        read_text(tmp_path, bomb.getvalue())
    repeated = workbook({"A1": "sku", "B1": "title"} | {f"B{row}": "x" * 32_000 for row in range(2, 9_000)})
    with pytest.raises(UnreadableFileError, match="repeats long texts"):
        read_text(tmp_path, repeated)
