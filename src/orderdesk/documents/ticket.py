"""The coupon as a ticket: what it is worth on the stub, the code, bars and QR code on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orderdesk.documents.codes import QR_MODULES, bar_modules, bars, qr
from orderdesk.documents.errors import TextTooLongError
from orderdesk.documents.fonts import Role
from orderdesk.documents.letter import Coupon, Reference
from orderdesk.documents.paper import TEXT_WIDTH
from orderdesk.documents.pdf import PdfFile
from orderdesk.documents.setting import fitted, shortened, shrunk
from orderdesk.documents.sheet import HAIRLINE, SOFT, Sheet, Type
from orderdesk.domain.coupons import printed

HEIGHT = 150.0
_STUB = 146.0
_INSET = 16.5
_STUB_ROOM = _STUB - _INSET - 9
_VALUE_ROOM = _STUB_ROOM - 6
_CORNER = 7.0
_NOTCH = 5.5
_CODE_X = 166.0
_BARS_WIDTH = 199.0
_BARS_HEIGHT = 28.5
_QR_SIZE = 64.3
_SECOND_FACT = 106.0

LABEL = Type(Role.SANS_BOLD, 6.9, 9, SOFT, 0.85)
_VALUE = Type(Role.SERIF_BOLD, 53, 53)
_TWO_WORDS = 25.0
_MEANING = Type(Role.SERIF, 11.2, 13.4)
_SHOP = Type(Role.SANS_BOLD, 7.9, 9.6)
_KIND = Type(Role.SANS, 7.4, 9, SOFT)
_CODE = Type(Role.MONO, 16.4, 20)
_FACT = Type(Role.SANS_BOLD, 9.1, 11)
_TWO_LINES = Type(Role.SANS_BOLD, 7.9, 7.9)
_HOW = Type(Role.SANS, 9.1, 11)
_TERMS = Type(Role.SANS, 7, 8.9, SOFT)
_LONG_TERMS = Type(Role.SANS, 7, 8.4, SOFT)
# How far the facts give way to long terms, and the value to what it is for on three lines.
_FACTS_RISE, _VALUE_RISE = 6.0, 5.0


def draw_ticket(file: PdfFile, sheet: Sheet, x: float, y: float, coupon: Coupon, shop: str, accent: str) -> None:
    """Draws the coupon with its top left corner at x, y; what all coupons of an offer have in common is kept once in the file.

    Raises TextTooLongError for a gift that does not fit.
    """
    valid, made_out = (Reference(fact.label, "") for fact in (coupon.valid, coupon.made_out))
    blank = replace(coupon, code="", valid=valid, made_out=made_out)
    file.furnish(sheet, (blank, shop, accent, x, y), lambda common: _draw_blank(common, x, y, blank, shop, accent))
    _draw_code(sheet, x, y, coupon.code)
    _draw_facts(sheet, x, y, coupon)


def _draw_blank(sheet: Sheet, x: float, y: float, blank: Coupon, shop: str, accent: str) -> None:
    """The ticket before a coupon is written on it."""
    _draw_outline(sheet, x, y, accent)
    _draw_stub(sheet, x + _INSET, y, blank, shop, accent)
    left, right = x + _CODE_X, x + TEXT_WIDTH - _INSET
    sheet.text(left, y + 24, blank.code_label.upper(), LABEL)
    terms, lines = _terms_lines(blank.terms)
    y -= _rise(lines)
    sheet.text(left, y + 101, blank.valid.label.upper(), LABEL)
    sheet.text(left + _SECOND_FACT, y + 101, blank.made_out.label.upper(), LABEL)
    sheet.text_right(right, y + 101, blank.redeem.label.upper(), LABEL)
    sheet.text_right(right, y + 113.3, blank.redeem.value, _HOW)
    sheet.rule(left, y + 120.6, right, y + 120.6, HAIRLINE, 0.35)
    for place, line in enumerate(lines):
        sheet.text(left, y + 130.6 + place * terms.leading, line, terms)


def _draw_outline(sheet: Sheet, x: float, y: float, accent: str) -> None:
    right, bottom, fold = x + TEXT_WIDTH, y + HEIGHT, x + _STUB
    r, n = _CORNER, _NOTCH
    k, m = r * 0.4477, n * 1.3333
    sheet.outline(
        (
            ("m", x + r, y),
            ("l", fold - n, y),
            ("c", fold - n, y + m, fold + n, y + m, fold + n, y),
            ("l", right - r, y),
            ("c", right - k, y, right, y + k, right, y + r),
            ("l", right, bottom - r),
            ("c", right, bottom - k, right - k, bottom, right - r, bottom),
            ("l", fold + n, bottom),
            ("c", fold + n, bottom - m, fold - n, bottom - m, fold - n, bottom),
            ("l", x + r, bottom),
            ("c", x + k, bottom, x, bottom - k, x, bottom - r),
            ("l", x, y + r),
            ("c", x, y + k, x + k, y, x + r, y),
        ),
        accent,
        1.15,
    )
    sheet.dots(fold, y + n + 5.5, bottom - n - 4, accent, 1.15, 4.2)


def _draw_stub(sheet: Sheet, x: float, y: float, coupon: Coupon, shop: str, accent: str) -> None:
    thanks = coupon.thanks.upper()
    sheet.text(x, y + 24, thanks, shrunk(thanks, LABEL.in_color(accent), _STUB_ROOM, 5))
    meaning, meant = _meaning_lines(coupon.meaning)
    rise = _VALUE_RISE if len(meant) > 2 else 0
    value, lines = _value_lines(coupon.value, _TWO_WORDS - rise)
    # Figures stand on their baseline, words reach below it.
    lowest = (75 if any(map(str.isdigit, coupon.value)) else 72) - rise
    first = y + lowest - (len(lines) - 1) * value.leading
    for place, line in enumerate(lines):
        sheet.text(x - 0.02 * value.size, first + place * value.leading, line, value.in_color(accent))
    for place, line in enumerate(meant):
        sheet.text(x, y + (90 if rise else 93.5) + place * meaning.leading, line, meaning)
    _draw_shop(sheet, x, y + 126.5, shop)
    sheet.text(x, y + 136.5, coupon.kind, _KIND)


def _draw_shop(sheet: Sheet, x: float, last: float, shop: str) -> None:
    """The shop's name ending at the last baseline: on one line, on two smaller ones, or shortened."""
    cut = _SHOP.at(6)
    set_name = fitted(shop, _SHOP, _STUB_ROOM, 1, 6.6) or fitted(shop, _SHOP.at(6.6), _STUB_ROOM, 2, 5.2)
    name, lines = set_name or (cut, (shortened(shop, cut, _STUB_ROOM),))
    for place, line in enumerate(lines):
        sheet.text(x, last - (len(lines) - 1 - place) * name.leading, line, name)


def _value_lines(value: str, largest_two: float) -> tuple[Type, tuple[str, ...]]:
    """The value as large as the stub allows: on one line, or each of two words on its own where that is larger."""
    words = tuple(value.split(" "))
    largest = _VALUE if any(map(str.isdigit, value)) else _VALUE.at(36)
    one = shrunk(value, largest, _VALUE_ROOM, 12)
    if len(words) == 2 and one.size < 22:
        two = shrunk(max(words, key=_VALUE.width), _VALUE.at(largest_two), _VALUE_ROOM, 12)
        return two.at(two.size, two.size * 0.94), words
    return one, (value,)


def _meaning_lines(meaning: str) -> tuple[Type, tuple[str, ...]]:
    """What the value is for: broken at its comma where both halves fit, else on up to three smaller lines."""
    halves = tuple(meaning.replace(", ", ",\n", 1).split("\n"))
    if all(_MEANING.width(half) <= _STUB_ROOM for half in halves):
        return _MEANING, halves
    found = fitted(meaning, _MEANING, _STUB_ROOM, 2, 9.4) or fitted(meaning, _MEANING.at(9.4), _STUB_ROOM, 3, 6.2)
    if found is None:
        raise TextTooLongError("the gift on the coupon", meaning)
    return found


def _draw_code(sheet: Sheet, x: float, y: float, code: str) -> None:
    left = x + _CODE_X
    sheet.text(left, y + 43, printed(code), _CODE)
    module = _BARS_WIDTH / bar_modules(code)
    sheet.modules(left, y + 54 + _BARS_HEIGHT, module, bars(code, _BARS_HEIGHT / module))
    sheet.modules(x + TEXT_WIDTH - _INSET - _QR_SIZE, y + 18, _QR_SIZE / QR_MODULES, qr(code))


def _draw_facts(sheet: Sheet, x: float, y: float, coupon: Coupon) -> None:
    left, right = x + _CODE_X, x + TEXT_WIDTH - _INSET
    y -= _rise(_terms_lines(coupon.terms)[1])
    redeem = right - max(_HOW.width(coupon.redeem.value), LABEL.width(coupon.redeem.label.upper()))
    _draw_fact(sheet, left, y, coupon.valid.value, _SECOND_FACT - 10)
    _draw_fact(sheet, left + _SECOND_FACT, y, coupon.made_out.value, redeem - left - _SECOND_FACT - 10)


def _terms_lines(terms: str) -> tuple[Type, tuple[str, ...]]:
    """The small print in one size for every language: on two lines, or on three, smaller only where they do not hold it."""
    room = TEXT_WIDTH - _INSET - _CODE_X
    found = fitted(terms, _TERMS, room, 2, _TERMS.size) or fitted(terms, _LONG_TERMS, room, 3, 4.8)
    if found is None:
        raise TextTooLongError("the terms of the coupon", terms)
    return found


def _rise(terms: Sequence[str]) -> float:
    return _FACTS_RISE if len(terms) > 2 else 0


def _draw_fact(sheet: Sheet, x: float, y: float, value: str, room: float) -> None:
    """A fact on one line, a long one on two no smaller than its label, else on as many smaller ones as there is room for."""
    one, small = shrunk(value, _FACT, room, 7.4), _FACT.at(6.2)
    found = fitted(value, one, room, 1, one.size) or fitted(value, _TWO_LINES, room, 2, LABEL.size)
    found = found or fitted(value, small, room, 2, 5.4) or fitted(value, small, room, 3, 5)
    type_, texts = found or (one, (shortened(value, one, room),))
    first, step = ((113.3, 0), (109.3, 7.9), (108.6, 5.4))[len(texts) - 1]
    for place, line in enumerate(texts):
        sheet.text(x, y + first + place * step, line, type_)
