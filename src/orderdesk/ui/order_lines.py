"""A line of an order in the pane: what is short and why, what became of the rest, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtWidgets import QToolButton

from orderdesk.domain.orders import StandIn
from orderdesk.storage.queries.order_detail import LineRow
from orderdesk.ui import badges, formats
from orderdesk.ui.line_questions import LineQuestions
from orderdesk.ui.reasons import why_words
from orderdesk.ui.sheet import Line, Sheet
from orderdesk.ui.widgets import ghost_button
from orderdesk.ui.words import marked, tr

_STANDS_IN = {StandIn.SUBSTITUTE: marked("in place of line {}"), StandIn.EXCHANGE: marked("in exchange for line {}")}


def add_line(sheet: Sheet, line: LineRow, today: date, questions: LineQuestions) -> None:
    """A line with what can be done about it: whether it fits, in full, in a word or two, its icon, what it asks."""
    asked = (
        (line.count_me, tr("Count {}"), tr("Count"), "clipboard-list", questions.count),
        (line.backordered, tr("What can be done about {}"), tr("What to do"), "circle-help", questions.decide),
        (line.to_buy, tr("Buy {} elsewhere"), tr("Buy elsewhere"), "truck", questions.buy_elsewhere),
        (line.backordered, tr("Send something else for {}"), tr("Send another"), "package-plus", questions.suggest),
        (line.backordered, tr("The supplier sends {} directly"), tr("Supplier sends"), "store", questions.send_direct),
        (line.drop_ship, tr("{} left the supplier"), tr("Left the supplier"), "package-check", questions.supplier_shipped),
        (line.ordered > line.shipped + line.canceled, tr("Cancel units of {}"), tr("Cancel units"), "x", questions.cancel),
        (line.shipped > line.returned, tr("{} came back"), tr("Came back"), "undo-2", questions.take_back),
    )
    buttons = [_line_button(text, words, image, line, ask) for fits, text, words, image, ask in asked if fits]
    _shown(sheet, line, today).add_small_buttons(buttons)


def _shown(sheet: Sheet, line: LineRow, today: date) -> Line:
    amount = f"{line.ordered} × {formats.money(line.unit_price)}" if line.unit_price else f"{line.ordered} ×"
    return sheet.line(
        line.title, amount, line.sku, badges.LINE[line.status], note=_line_words(line, today), highlighted=line.backordered > 0
    )


def _line_button(text: str, words: str, image: str, line: LineRow, act: Callable[[LineRow], None]) -> QToolButton:
    return ghost_button(text.replace("{}", line.title), image, lambda: act(line), words=words)


def _line_words(line: LineRow, today: date) -> str:
    words = list(_short_words(line, today)) if line.backordered else []
    if line.stand_in:
        words.append(tr(_STANDS_IN[line.stand_in]).replace("{}", str(line.replaces)))
    words += [tr(text).replace("{}", str(units)) for text, units in _parts(line) if 0 < units < line.ordered]
    if line.firm:
        words.append(tr("{} kept for it").replace("{}", str(line.firm)))
    if line.over_allocated:
        words.append(tr("{} of them not on hand").replace("{}", str(line.over_allocated)))
    if line.ship_policy:
        words.append(tr(formats.SHIP_POLICIES[line.ship_policy]))
    if line.count_me:
        words.append(tr("count this product first"))
    return "\n".join(part for part in (" · ".join(words), why_words(line, today)) if part)


def _short_words(line: LineRow, today: date) -> Iterator[str]:
    yield tr("{} short").replace("{}", str(line.backordered))
    if line.expected_on:
        yield tr("expected {}").replace("{}", formats.day(line.expected_on, today))
    elif line.coverage is not None:
        for units, day in line.coverage.parts:
            yield tr("{} expected {}").replace("{}", str(units), 1).replace("{}", formats.day(day, today))
        yield tr("{} not on order").replace("{}", str(line.coverage.uncovered))
    for source in line.sources:
        if not source.bought:  # what was, is among the reasons
            yield tr("from {} ({})").replace("{}", source.supplier, 1).replace("{}", source.number)
    if line.never_arrives:
        yield tr("won't arrive: discontinued")
    elif line.discontinued:
        yield tr("discontinued")


def _parts(line: LineRow) -> tuple[tuple[str, int], ...]:
    """What is said of parts of a line; of a line as a whole its status says it."""
    return (
        (marked("{} allocated"), line.allocated),
        (marked("{} from the supplier directly"), line.drop_ship),
        (marked("{} shipped"), line.shipped),
        (marked("{} returned"), line.returned),
        (marked("{} canceled"), line.canceled),
    )
