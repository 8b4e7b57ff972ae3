"""Logo and signature: from any picture file onto every page, kept with the shop, and refused where they can't be one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from orderdesk.domain.errors import InvalidValueError
from orderdesk.services import history
from orderdesk.services.apologies import apologize
from orderdesk.services.letters import files_of
from orderdesk.services.shop import shop_profile
from orderdesk.services.shop_pictures import Picture, save_picture
from tests.builders import NOW, Shop

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


def test_a_photograph_of_a_signature_stands_above_the_printed_name(shop: Shop) -> None:
    save_picture(shop.store, Picture.SIGNATURE, png("RGB", (10, 20, 30), kind="JPEG"), now=NOW)
    with pikepdf.open(letter_of(shop)) as opened:
        assert len(opened.pages[0].get_images()) == 1


def test_a_letter_keeps_the_picture_it_was_made_with(shop: Shop) -> None:
    save_picture(shop.store, Picture.LOGO, RED_SVG, now=NOW)
    letter = letter_of(shop)
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
