"""What stands around the words of a letter: letterhead, address, references, fold marks, cut line, page heads."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Protocol

from orderdesk.documents.addresses import return_line, shop_address
from orderdesk.documents.colors import readable
from orderdesk.documents.errors import AddressTooLongError, TextTooLongError
from orderdesk.documents.fonts import Role
from orderdesk.documents.letter import Letter, Letterhead, Reference
from orderdesk.documents.paper import SHEETS, TEXT_WIDTH, Sheets, Window
from orderdesk.documents.setting import fitted, fitted_list, shortened, shortened_list, shrunk, wrapped
from orderdesk.documents.sheet import HAIRLINE, SOFT, Sheet, Type
from orderdesk.documents.text import clean
from orderdesk.documents.ticket import LABEL
from orderdesk.domain.shop import ShopProfile

_SHOP = Type(Role.SERIF_BOLD, 17.4, 19)
_PLACE = Type(Role.SANS, 8.7, 11, SOFT)
_ADDRESS = Type(Role.SANS, 10.4, 12)
_VALUE = Type(Role.SANS, 9.8, 12)
_LISTED = Type(Role.SANS, 9.8, 11)
_REGISTER = Type(Role.SANS, 6.9, 8, SOFT)
_RETURN = Type(Role.SANS, 6.9, 8, SOFT)
_SENDER = Type(Role.SANS, 7.4, 9, SOFT)
_RUNNING = Type(Role.SANS, 8.2, 10, SOFT)
_RUNNING_SHOP = Type(Role.SANS_BOLD, 8.2, 10)
_INITIALS = Type(Role.SERIF_BOLD, 17, 17)
_LEAST_ADDRESS = 8.0
# How far letters with two accents reach above the baseline, and with descenders the whole height of a line, in ems.
_ABOVE_BASELINE = 0.86
_INK = 1.095
_LEAST_LEADING = 1.01
_MONOGRAM = 17.0
_NAME_X = 45.0
_LOGO_WIDTH, _LOGO_HEIGHT, _BESIDE_LOGO = 130.0, 42.0, 12.0
_HEAD_RULE = 91.8
_CONTACTS_WIDTH, _MOST_CONTACT_LINES = 190.0, 4
# What the law wants on paper is set smaller rather than cut: on one line down to the first, where it has more room to the second.
_SMALL, _LEAST = 6.0, 5.0
_LEAST_LISTED = 8.7


def letterhead(shop: ShopProfile, to_country: str = "", language: str = "en") -> Letterhead:
    """The head of everything the shop sends: to a country, "" for its own or an unknown one, in a language."""
    contacts = tuple(part for part in (clean(shop.email), clean(shop.phone), clean(shop.site)) if part)
    return Letterhead(
        clean(shop.name),
        shop_address(shop, to_country, language),
        contacts,
        return_line(shop, to_country, language),
        shop.accent,
        clean(shop.register),
        shop.logo,
    )


def draw_letterhead(sheet: Sheet, head: Letterhead, paper: Sheets) -> None:
    """The shop's logo or monogram, name, address line and contacts over a hairline. Raises TextTooLongError."""
    accent = readable(head.accent)
    contacts = _draw_contacts(sheet, paper, head.contacts)
    left = paper.left + _draw_emblem(sheet, head, paper, accent)
    room = paper.right - contacts - 22 - left
    _draw_name(sheet, left, head, room, accent, paper)
    sheet.rule(paper.left, _HEAD_RULE - paper.rise, paper.right, _HEAD_RULE - paper.rise, HAIRLINE, 0.4)


def _draw_emblem(sheet: Sheet, head: Letterhead, paper: Sheets, accent: str) -> float:
    """The logo, else the monogram; how far the name moves to the right."""
    middle = 61 - paper.rise
    wide = sheet.picture(paper.left, middle - _LOGO_HEIGHT / 2, _LOGO_WIDTH, _LOGO_HEIGHT, head.logo) if head.logo else 0
    if wide:
        return wide + _BESIDE_LOGO
    letters = initials(head.shop)
    if not letters:
        return 0
    _draw_monogram(sheet, paper.left + _MONOGRAM, middle, letters, accent)
    return _NAME_X


def _draw_name(sheet: Sheet, left: float, head: Letterhead, room: float, accent: str, paper: Sheets) -> None:
    set_name = fitted(head.shop, _SHOP, room, 1, 13) or fitted(head.shop, _SHOP.at(13), room, 2, 8)
    if set_name is None:
        raise TextTooLongError("the shop's name", head.shop)
    name, lines = set_name
    place = fitted(head.address, _PLACE, room, 1, 7) or fitted(head.address, _PLACE.at(7.6), room, 2, 6)
    if place is None:
        raise TextTooLongError("the shop's address", head.address)
    top = (59.4 if len(lines) == 1 else 62.5 - name.leading) - paper.rise
    for index, line in enumerate(lines):
        sheet.text(left, top + index * name.leading, line, name.in_color(accent))
    small, lines = place
    for index, line in enumerate(lines):
        sheet.text(left, 74.6 - paper.rise + index * small.leading, line, small)
    if head.register:
        below = 74.6 - paper.rise + len(lines) * small.leading - 1
        _draw_register(sheet, paper, left, below, room, head.register)


def _draw_register(sheet: Sheet, paper: Sheets, left: float, below: float, room: float, register: str) -> None:
    """The entry under the address; a long one under the rule, over the whole width: the law wants all of it."""
    type_ = shrunk(register, _REGISTER, room, _SMALL)
    if type_.width(register) <= room:
        sheet.text(left, below, register, type_)
        return
    type_ = shrunk(register, _REGISTER, TEXT_WIDTH, _LEAST)
    if type_.width(register) > TEXT_WIDTH:
        raise TextTooLongError("the shop's register entry", register)
    sheet.text(paper.left, _HEAD_RULE - paper.rise + type_.size, register, type_)


def _draw_contacts(sheet: Sheet, paper: Sheets, contacts: Sequence[str]) -> float:
    """The ways to reach the shop, flush right, a long one on two lines; returns how wide they are."""
    types = [shrunk(contact, _PLACE, _CONTACTS_WIDTH, 6.5) for contact in contacts]
    lines = [(line, type_) for contact, type_ in zip(contacts, types, strict=True) for line in _contact_lines(contact, type_)]
    if len(lines) > _MOST_CONTACT_LINES:
        raise TextTooLongError("the shop's e-mail address, phone number or site", max(contacts, key=len))
    leading = 15.1 if len(lines) < 3 else 12.2 if len(lines) == 3 else 9.4
    top = 74.6 - paper.rise - leading * (len(lines) - 1)
    for index, (line, type_) in enumerate(lines):
        sheet.text_right(paper.right, top + index * leading, line, type_)
    return max((type_.width(line) for line, type_ in lines), default=0.0)


def _contact_lines(contact: str, type_: Type) -> tuple[str, ...]:
    """A contact on one line; an e-mail address that is too long for it goes on with its @ on the next."""
    account, at, host = contact.partition("@")
    parts = (account, at + host) if at and type_.width(contact) > _CONTACTS_WIDTH else (contact,)
    return tuple(line for part in parts for line in wrapped(part, type_, _CONTACTS_WIDTH))


def _draw_monogram(sheet: Sheet, x: float, y: float, letters: str, accent: str) -> None:
    sheet.circle(x, y, _MONOGRAM - 0.6, accent, 1.2)
    sheet.circle(x, y, _MONOGRAM - 3, accent, 0.4)
    type_ = shrunk(letters, _INITIALS.at(17 if len(letters) == 1 else 13.5).in_color(accent), 22, 6)
    sheet.text_centered(x, y + type_.size * 0.335, letters, type_)


def initials(shop: str) -> str:
    """One or two capitals for the shop: of its first two words that begin with a letter or figure, without a leading "The"."""
    words = [word.strip("&'’\"([{-–.") for word in shop.split()]
    named = words[1:] if len(words) > 1 and words[0].lower() == "the" else words
    return "".join(word[0].upper()[:1] for word in named if word[:1].isalnum())[:2]


class Addressed(Protocol):
    """A letter or anything else that goes into a window envelope."""

    @property
    def head(self) -> Letterhead: ...

    @property
    def address(self) -> tuple[str, ...]: ...


def draw_address(sheet: Sheet, letter: Addressed, paper: Sheets) -> None:
    """The return line and the address inside the envelope's window. Raises AddressTooLongError."""
    window = paper.window
    if paper.return_baseline is not None and letter.head.return_line:
        type_, lines = _sender(letter.head.return_line, _RETURN, window.right - window.x)
        first = paper.return_baseline - (len(lines) - 1) * type_.leading
        for place, line in enumerate(lines):
            sheet.text(window.x, first + place * type_.leading, line, type_)
        below = paper.return_baseline + 3
        sheet.rule(window.x, below, window.x + max(map(type_.width, lines)), below, HAIRLINE, 0.4)
    type_, lines, baseline = address_setting(letter.address, window)
    for index, line in enumerate(lines):
        sheet.text(window.x, baseline + index * type_.leading, line, type_)


def _sender(text: str, type_: Type, room: float) -> tuple[Type, tuple[str, ...]]:
    """The shop's name and address on one line, else on two. Raises TextTooLongError."""
    set_lines = fitted(text, type_, room, 1, _SMALL) or fitted(text, type_.at(_SMALL), room, 2, _LEAST)
    if set_lines is None:
        raise TextTooLongError("the shop's name with its address", text)
    return set_lines


def address_setting(address: Sequence[str], window: Window) -> tuple[Type, tuple[str, ...], float]:
    """How the address stands in the window: type, lines, first baseline. Raises AddressTooLongError."""
    room, height = window.right - window.x, window.bottom - window.top
    most = int((height - _INK * _LEAST_ADDRESS) / (_LEAST_ADDRESS * _LEAST_LEADING)) + 1
    least = sum(max(1, ceil(_ADDRESS.at(_LEAST_ADDRESS).width(line) / room)) for line in address)
    if least > most:  # however it is set
        raise AddressTooLongError(least, most)
    widest = max(address, key=_ADDRESS.width, default="")
    full = _ADDRESS.at(shrunk(widest, _ADDRESS, room, _LEAST_ADDRESS).size, _ADDRESS.leading)
    lines = tuple(part for line in address for part in wrapped(line, full, room))
    if len(lines) <= window.lines:
        return full, lines, window.baseline
    size = min(max(height / ((len(lines) - 1) * 1.15 + _INK), _LEAST_ADDRESS), full.size)
    lines = tuple(part for line in address for part in wrapped(line, full.at(size), room))
    leading = (height - _INK * size) / (len(lines) - 1)
    if leading < size * _LEAST_LEADING:
        raise AddressTooLongError(len(lines), most)
    return full.at(size, leading), lines, window.top + _ABOVE_BASELINE * size


def draw_references(sheet: Sheet, references: Sequence[Reference], paper: Sheets) -> None:
    """Date, order and the like beside the window, each under its label."""
    room = paper.right - paper.references_x
    most_lines = 3 * (4 - len(references))  # three, and as many in the place of each reference that is not there
    y = paper.references_y
    for reference in references:
        sheet.text(paper.references_x, y, reference.label.upper(), LABEL)
        type_, lines = _reference_setting(reference.value, room, most_lines)
        for index, line in enumerate(lines):
            sheet.text(paper.references_x, y + 11.6 + index * type_.leading, line, type_)
        y += 27.2 + (len(lines) - 1) * type_.leading


def _reference_setting(value: str, room: float, most_lines: int) -> tuple[Type, tuple[str, ...]]:
    """A number on one line, one too long for it on several; a list on several in larger type. Raises TextTooLongError."""
    one = fitted(value, _VALUE, room, 1, _VALUE.size if ", " in value else 7.5)
    larger = fitted(value, _LISTED, room, most_lines - 1, _LEAST_LISTED, apart=True) if ", " in value else None
    found = one or larger or fitted_list(value, _VALUE.at(7.5), room, most_lines, 5.5)
    if found is None:
        raise TextTooLongError("the order's number", value)
    return found


def draw_marks(sheet: Sheet, paper: Sheets, *, cut: float | None) -> None:
    """Fold marks at the left edge, the hole mark, and with `cut` a dashed line with scissors at that height."""
    for fold in paper.folds:
        sheet.rule(14, fold, 24, fold, SOFT, 0.5)
    if paper.hole is not None:
        sheet.rule(14, paper.hole, 31, paper.hole, SOFT, 0.5)
    if cut is not None:
        draw_cut_line(sheet, cut)


def draw_cut_line(sheet: Sheet, y: float) -> None:
    """A dashed line over the sheet with scissors at its left."""
    sheet.rule(50, y, sheet.width - 32, y, SOFT, 0.55, "3.6 2.6")
    sheet.rule(32, y, 35, y, SOFT, 0.55)
    for side in (-1, 1):
        sheet.circle(38.4, y + side * 2.6, 1.75, SOFT, 0.75)
        blade = (("m", 40.0, y + side * 1.9), ("l", 48.6, y - side * 2.5))
        sheet.outline(blade, SOFT, 0.8, closed=False)


def draw_page_head(sheet: Sheet, letter: Letter, paper: Sheets, page: str) -> None:
    """The small head of a following page: the shop, whom the letter is for, and the page."""
    accent = readable(letter.head.accent)
    shop = _RUNNING_SHOP.in_color(accent)
    right = _RUNNING.width(page)
    sheet.text_right(paper.right, 56, page, _RUNNING)
    name = shortened(letter.head.shop, shop, 180)
    sheet.text(paper.left, 56, name, shop)
    beside = paper.left + shop.width(name) + 8
    sheet.text(beside, 56, _whom_for(letter.bookmark, paper.right - right - 16 - beside), _RUNNING)
    sheet.rule(paper.left, 64, paper.right, 64, HAIRLINE, 0.4)


def _whom_for(bookmark: str, room: float) -> str:
    """The customer and their orders: as many as fit whole, beside a long name the first."""
    name, dot, orders = bookmark.rpartition(" · ")
    least = shortened_list(orders, _RUNNING, min(_RUNNING.width(orders.partition(",")[0] + ", …"), room / 2))
    name = shortened(name, _RUNNING, room - _RUNNING.width(dot + least))
    return name + dot + shortened_list(orders, _RUNNING, room - _RUNNING.width(name + dot))


def draw_sender(sheet: Sheet, letter: Letter, paper: Sheets, y: float) -> None:
    """The shop's name and address in small type."""
    type_, lines = _sender(letter.head.return_line, _SENDER, paper.right - paper.left)
    for place, line in enumerate(lines):
        sheet.text(paper.left, y + place * type_.leading, line, type_)


def draw_number_below_head(sheet: Sheet, paper: Sheets, page: str) -> None:
    """The number of the first page of several, clear of a register entry below the letterhead: at the foot is the coupon."""
    sheet.text_right(paper.right, _HEAD_RULE - paper.rise + 20, page, _RUNNING)


def draw_page_number(sheet: Sheet, paper: Sheets, page: str) -> None:
    """The page's number at its foot."""
    sheet.text_right(paper.right, paper.height - 40, page, _RUNNING)


def sheets_of(letter: Letter) -> Sheets:
    """The geometry of the letter's paper."""
    return SHEETS[letter.paper]
