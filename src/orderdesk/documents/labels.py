"""Address labels on sheets: the one for parcels that no window envelope goes into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from orderdesk.documents.addresses import address_lines
from orderdesk.documents.errors import LabelTooLongError
from orderdesk.documents.fonts import Role
from orderdesk.documents.pdf import Description, PdfFile
from orderdesk.documents.setting import shrunk, wrapped
from orderdesk.documents.sheet import MM, Sheet, Type
from orderdesk.documents.text import check_text, clean
from orderdesk.documents.wording import language_of, wording
from orderdesk.domain.shop import Address, Paper, ShopProfile

_ADDRESS = Type(Role.SANS, 10.5, 12.4)
# One long line makes the whole label smaller down to this size before it is broken in two.
_UNBROKEN = 8.5
_LEAST = 6.5
_STEP = 0.5
_SIDE, _EDGE = 11.0, 4.5
# The part of a line's leading that is above its baseline.
_ABOVE_BASELINE = 0.8


class LabelForm(StrEnum):
    """A sheet of labels by the number on its box."""

    AVERY_5160 = "5160"
    AVERY_L7160 = "L7160"


@dataclass(frozen=True, slots=True)
class _Form:
    """Where the labels stand on their sheet, in points: `left` and `top` of the first, `right_by` and `down_by` to the next."""

    width: float
    height: float
    across: int
    down: int
    left: float
    top: float
    label_width: float
    label_height: float
    right_by: float
    down_by: float

    def corner(self, place: int) -> tuple[float, float]:
        """The top left corner of a label, counted from 0 along the rows."""
        row, column = divmod(place, self.across)
        return self.left + column * self.right_by, self.top + row * self.down_by


_FORMS = {
    LabelForm.AVERY_5160: _Form(612, 792, 3, 10, 13.5, 36, 189, 72, 198, 72),
    LabelForm.AVERY_L7160: _Form(210 * MM, 297 * MM, 3, 7, 7.25 * MM, 15.15 * MM, 63.5 * MM, 38.1 * MM, 66 * MM, 38.1 * MM),
}


def usual_form(paper: Paper) -> LabelForm:
    """The sheet that fits a printer with that paper."""
    return LabelForm.AVERY_5160 if paper is Paper.LETTER else LabelForm.AVERY_L7160


def labels_per_sheet(form: LabelForm) -> int:
    """How many labels a sheet of that form has."""
    return _FORMS[form].across * _FORMS[form].down


def render_labels(addresses: Sequence[Address], form: LabelForm, shop: ShopProfile, printed_on: date, *, first: int = 1) -> bytes:
    """A label for each address as a PDF, beginning with the label number `first` of the first sheet (along the rows, from 1).

    Raises ValueError for no address or a `first` that the sheet has not, UnprintableTextError or LabelTooLongError.
    """
    sheet_of_labels = _FORMS[form]
    per_sheet = labels_per_sheet(form)
    if not addresses or not 1 <= first <= per_sheet:
        raise ValueError("labels need an address, and a first label that the sheet has")
    language = language_of(shop.country)
    title = f"{wording(language)['sheets']['labels']} ({len(addresses)})"
    file = PdfFile(Description(title, clean(shop.name), title, language, printed_on))
    blocks = [None] * (first - 1) + [address_lines(address, shop.country) for address in addresses]
    for start in range(0, len(blocks), per_sheet):
        sheet = file.new_sheet(sheet_of_labels.width, sheet_of_labels.height)
        for place, lines in enumerate(blocks[start : start + per_sheet]):
            if lines:
                _draw_label(sheet, sheet_of_labels, place, lines)
        file.add_page(sheet.width, sheet.height, sheet.content())
    return file.finish()


def _draw_label(sheet: Sheet, form: _Form, place: int, address: Sequence[str]) -> None:
    """The address in the middle of the label's height."""
    for line in address:
        check_text(line, f"the address of {address[0]}")
    left, top = form.corner(place)
    type_, lines = _setting(address, form.label_width - 2 * _SIDE, form.label_height - 2 * _EDGE)
    first = top + (form.label_height - len(lines) * type_.leading) / 2 + _ABOVE_BASELINE * type_.leading
    for number, line in enumerate(lines):
        sheet.text(left + _SIDE, first + number * type_.leading, line, type_)


def _setting(address: Sequence[str], width: float, height: float) -> tuple[Type, list[str]]:
    """The largest type in which the address fits the label, and its lines."""
    widest = max(address, key=_ADDRESS.width)
    type_ = shrunk(widest, _ADDRESS, width, _UNBROKEN)
    while True:
        lines = [part for line in address for part in wrapped(line, type_, width)]
        if len(lines) * type_.leading <= height:
            return type_, lines
        if type_.size - _STEP < _LEAST:
            raise LabelTooLongError(address[0], len(lines), int(height / type_.leading))
        type_ = type_.at(type_.size - _STEP)
