"""The reply slip: a panel of its own on the letter's last page, cut off and sent to the shop's address."""

from __future__ import annotations

from orderdesk.documents.errors import TextTooLongError
from orderdesk.documents.fonts import Role
from orderdesk.documents.letter import ReplySlip
from orderdesk.documents.paper import TEXT_WIDTH
from orderdesk.documents.setting import fitted, fitted_list, shrunk, wrapped
from orderdesk.documents.sheet import HAIRLINE, SOFT, Sheet, Type
from orderdesk.documents.ticket import LABEL

_TITLE = Type(Role.SERIF_BOLD, 13, 16)
_ABOUT = Type(Role.SANS, 8.7, 11, SOFT)
_OPTION = Type(Role.SANS, 9.8, 12)
_TO = Type(Role.SANS, 10.4, 13)
_OPTIONS_WIDTH = 300.0
_TO_X = 330.0
_LEAST_ABOUT = 6.5
REPLY_HEIGHT = 150.0
_BOX = 8.5
_PITCH = 19.0


def draw_reply(sheet: Sheet, x: float, y: float, reply: ReplySlip, accent: str) -> None:
    """The slip with its title's baseline at y and REPLY_HEIGHT points below it. Raises TextTooLongError."""
    sheet.text(x, y, reply.title, shrunk(reply.title, _TITLE.in_color(accent), _OPTIONS_WIDTH, 9))
    _draw_options(sheet, x, y + (40 if _draw_about(sheet, x, y, reply.about) == 1 else 44), reply)
    last = y + REPLY_HEIGHT
    half = (TEXT_WIDTH - 16) / 2
    _draw_blank(sheet, x, last, half, reply.only_label)
    _draw_blank(sheet, x + half + 16, last, half, reply.date_label)
    _draw_to(sheet, x + _TO_X, y, reply)


def _draw_about(sheet: Sheet, x: float, y: float, about: str) -> int:
    """Whose slip it is and about which orders: all of their numbers, by which the shop finds them; on how many lines.

    Raises TextTooLongError.
    """
    one_or_two = fitted(about, _ABOUT, _OPTIONS_WIDTH, 2, _LEAST_ABOUT, apart=True)
    found = one_or_two or fitted_list(about, _ABOUT.at(_LEAST_ABOUT), _OPTIONS_WIDTH, 3, 5)
    if found is None:
        raise TextTooLongError("the reply slip", about)
    type_, lines = found
    for place, line in enumerate(lines):
        sheet.text(x, y + (15 if len(lines) < 3 else 13) + place * type_.leading, line, type_)
    return len(lines)


def _draw_options(sheet: Sheet, x: float, y: float, reply: ReplySlip) -> None:
    for place, option in enumerate(reply.options):
        top = y + place * _PITCH
        sheet.box(x, top - _BOX + 1, _BOX, SOFT, 0.8)
        set_option = fitted(option, _OPTION, _OPTIONS_WIDTH - 18, 1, 7)
        if set_option is None:
            raise TextTooLongError("the reply slip", option)
        type_, (line,) = set_option
        sheet.text(x + 18, top, line, type_)


def _draw_blank(sheet: Sheet, x: float, y: float, width: float, caption: str) -> None:
    """A line to write on, its label below it."""
    sheet.rule(x, y - 12, x + width, y - 12, HAIRLINE, 0.5)
    sheet.text(x, y - 3, caption.upper(), shrunk(caption.upper(), LABEL, width, 4.5))


def _draw_to(sheet: Sheet, x: float, y: float, reply: ReplySlip) -> None:
    sheet.text(x, y - 1, reply.to_label.upper(), LABEL)
    room = TEXT_WIDTH - _TO_X
    lines = [line for each in reply.to for line in wrapped(each, _TO, room)]
    type_ = _TO if len(lines) <= 8 else _TO.at(_TO.size * 8 / len(lines))
    for place, line in enumerate(lines):
        sheet.text(x, y + 15 + place * type_.leading, line, type_)
