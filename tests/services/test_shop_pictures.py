"""Logo and signature: from any picture file onto every page, kept with the shop, and refused where they can't be one; what the
shop says of itself, refused where a letter has no room for it."""

from __future__ import annotations

import os
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from orderdesk.documents.errors import TextTooLongError
from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.notices import ToldBy
from orderdesk.services import history
from orderdesk.services.apologies import apologize
from orderdesk.services.letters import files_of
from orderdesk.services.shop import save_shop_profile, shop_profile
from orderdesk.services.shop_pictures import Picture, picture_file, preview, save_picture
from orderdesk.services.telling import mark_told
from orderdesk.services.wordings import save_words
from tests.builders import HOLLOW_OAK, NOW, Shop

RED_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect x="5" y="5" width="80" height="20" fill="#c00"/></svg>'
)


def png(mode: str, color: object, size: tuple[int, int] = (60, 20), kind: str = "PNG") -> bytes:
    """A colored picture in a white margin."""
    picture = Image.new(mode, (size[0] + 20, size[1] + 20), "white" if mode in ("RGB", "L") else (0, 0, 0, 0))
    picture.paste(color, (10, 10, size[0] + 10, size[1] + 10))
    saved = BytesIO()
    picture.save(saved, kind)
    return saved.getvalue()


def letter_of(shop: Shop) -> Path:
    shop.stock("LAMP", 0)
    shop.order("1042", ("LAMP", 2))
    run = apologize(shop.store, [shop.orders["1042"]], now=NOW)
    assert run.refused == ()
    return run.apologies[0].letter


def colors(path: Path) -> set[tuple[int, int, int]]:
    """The colors of the letterhead's left third."""
    page = pypdfium2.PdfDocument(path)[0].render(scale=1).to_pil().convert("RGB")
    return {color for _, color in page.crop((60, 30, 220, 90)).getcolors(1 << 24)}


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (RED_SVG, (204, 0, 0)),
        (png("RGB", (0, 0, 200)), (0, 0, 200)),
        (png("RGBA", (0, 160, 0, 255)), (0, 160, 0)),
        (png("L", 90), (90, 90, 90)),
    ],
    ids=["svg", "rgb", "transparent", "gray"],
)
def test_a_logo_stands_in_the_letterhead(shop: Shop, content: bytes, seen: tuple[int, int, int]) -> None:
    save_picture(shop.store, Picture.LOGO, content, now=NOW)
    letter = letter_of(shop)
    assert seen in colors(letter)
    with pikepdf.open(letter) as opened:
        (image,) = opened.pages[0].get_images().values()
        assert image.Width <= 1200


@pytest.mark.parametrize("family", ["serif", "sans-serif", "monospace", "cursive", "fantasy", "No Such Font", ""])
def test_the_letters_of_a_logo_are_drawn_whatever_fonts_the_computer_has(shop: Shop, family: str) -> None:
    name = f'<text y="30" font-size="30" font-family="{family}">Oak</text>'
    save_picture(shop.store, Picture.LOGO, _svg(name.encode(), 60), now=NOW)
    assert min(min(color) for color in colors(letter_of(shop))) < 90


def test_a_photograph_of_a_signature_stands_above_the_printed_name(shop: Shop) -> None:
    save_picture(shop.store, Picture.SIGNATURE, png("RGB", (10, 20, 30), kind="JPEG"), now=NOW)
    with pikepdf.open(letter_of(shop)) as opened:
        assert len(opened.pages[0].get_images()) == 1


def test_a_letter_that_the_customer_has_keeps_the_picture_it_was_made_with(shop: Shop) -> None:
    save_picture(shop.store, Picture.LOGO, RED_SVG, now=NOW)
    letter = letter_of(shop)
    mark_told(shop.store, 1, ToldBy.PRINT, now=shop.tick())
    before = letter.read_bytes()
    save_picture(shop.store, Picture.LOGO, png("RGB", (0, 0, 200)), now=shop.tick())
    letter.unlink()
    assert files_of(shop.store, 1).letter.read_bytes() == before


def test_a_logo_is_taken_away_and_comes_back_with_undo(shop: Shop) -> None:
    save_picture(shop.store, Picture.LOGO, RED_SVG, now=NOW)
    kept = shop_profile(shop.store)
    assert kept is not None
    assert kept.logo
    save_picture(shop.store, Picture.LOGO, b"", now=shop.tick())
    assert shop_profile(shop.store).logo == ""  # type: ignore[union-attr]
    history.undo(shop.store, now=shop.tick())
    assert shop_profile(shop.store) == kept


@pytest.mark.parametrize(
    "content",
    [
        b"not a picture",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        png("RGB", (0, 0, 0))[:-30],
        png("RGB", (255, 255, 255)),
        b"<svg xmlns='http://www.w3.org/2000/svg'><broken",
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="/etc/passwd" width="9" height="9"/></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="https://evil.example/a.png" width="9" height="9"/></svg>',
        b"x" * 5_000_001,
        png("L", 0, (6_000, 6_000)),
    ],
    ids=["text", "torn", "cut short", "empty", "broken svg", "file in svg", "host in svg", "too many bytes", "too many pixels"],
)
def test_what_can_not_be_a_picture_is_refused_and_nothing_changes(shop: Shop, content: bytes) -> None:
    before = shop_profile(shop.store)
    with pytest.raises(InvalidValueError):
        save_picture(shop.store, Picture.LOGO, content, now=NOW)
    assert shop_profile(shop.store) == before


def _svg(inside: bytes, size: int = 40) -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d">%s</svg>' % (size, size, inside)


@pytest.mark.parametrize(
    "content",
    [
        _svg(b"<g>" * 300 + b'<rect width="9" height="9"/>' + b"</g>" * 300),
        _svg(
            b'<filter id="f"><feTurbulence baseFrequency="0.1" numOctaves="1000"/><feGaussianBlur stdDeviation="1e6"/></filter>'
            b'<rect width="5000" height="5000" filter="url(#f)"/>',
            5000,
        ),
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 100000000"/>',
    ],
    ids=["nested deeply", "filters", "a canvas of miles"],
)
def test_a_drawing_that_asks_too_much_of_the_renderer_is_refused(
    shop: Shop, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orderdesk.documents.drawings.SECONDS", 2.0)
    with pytest.raises(InvalidValueError, match="intricate") as refusal:
        save_picture(shop.store, Picture.LOGO, content, now=NOW)
    assert "simpler" in refusal.value.remedy


def test_a_picture_comes_from_a_file_whose_size_is_seen_before_it_is_read(tmp_path: Path) -> None:
    logo, large = tmp_path / "logo.svg", tmp_path / "large.png"
    logo.write_bytes(RED_SVG)
    assert picture_file(Picture.LOGO, logo) == RED_SVG
    with large.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(InvalidValueError, match="1099512 MB"):
        picture_file(Picture.LOGO, large)
    for path in (Path(os.devnull), tmp_path, tmp_path / "nothing.png"):
        with pytest.raises(InvalidValueError):
            picture_file(Picture.LOGO, path)


@pytest.mark.parametrize("side", [6_000, 10_000, 30_000])
def test_a_picture_of_too_many_pixels_is_said_to_be_too_large(shop: Shop, side: int) -> None:
    bomb = bytearray(png("L", 0))
    bomb[16:24] = side.to_bytes(4, "big") * 2
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
    with pytest.raises(InvalidValueError, match="pixels") as refusal:
        save_picture(shop.store, Picture.LOGO, bytes(bomb), now=NOW)
    assert "a smaller picture" in refusal.value.remedy


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"register": "W" * 200}, "the shop's register entry"),
        ({"email": f"{'w' * 180}@shop.example"}, "the shop's e-mail address"),
        ({"owner": "W" * 200}, "the signature"),
    ],
)
def test_what_has_no_room_even_at_the_least_size_is_refused_when_the_shop_says_it(
    shop: Shop, facts: dict[str, str], named: str
) -> None:
    before = shop_profile(shop.store)
    with pytest.raises(TextTooLongError, match=named):
        save_shop_profile(shop.store, replace(HOLLOW_OAK, **facts), now=shop.tick())  # type: ignore[arg-type]
    assert shop_profile(shop.store) == before


def test_the_letter_in_which_the_shop_is_seen_is_worded_as_the_seller_has_it(shop: Shop) -> None:
    save_words(shop.store, "en", "headline.one_dated", "Ready for the road on {date}: your {product}", now=NOW)
    seen = preview(shop.store, HOLLOW_OAK, {}, now=NOW)
    assert "Ready for the road on" in pypdfium2.PdfDocument(seen)[0].get_textpage().get_text_range()
