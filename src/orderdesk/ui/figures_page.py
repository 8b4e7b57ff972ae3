"""Figures: what was filled at once, how old the backorders are, how fast customers are told, and what causes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QScrollArea, QWidget

from orderdesk.domain.changes import Changes
from orderdesk.domain.figures import AGES, Share
from orderdesk.services.tasks import Progress
from orderdesk.storage.queries.figures import Cause, Figures, figures
from orderdesk.storage.queries.outcomes import OUTCOMES
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.bar_chart import BarChart
from orderdesk.ui.desk import Desk
from orderdesk.ui.widgets import button, card, clear, column, label, row
from orderdesk.ui.words import counted, marked, tr

if TYPE_CHECKING:
    from orderdesk.ui.window_actions import WindowActions

_DAYS = 90
_ENDED = {
    "waited": marked("Waited for it"),
    "sourced": marked("Bought elsewhere"),
    "substituted": marked("Took something else"),
    "canceled": marked("Canceled"),
    "waiting": marked("Still waits"),
}
_BESIDE_SCROLL_BAR = 14
_IN_A_ROW = 6
# What it is about, its value, and what that is of.
Tile = tuple[str, str, str]


class FiguresPage(QWidget):
    def __init__(self, desk: Desk, _: WindowActions) -> None:
        super().__init__()
        self.setObjectName("page.figures")
        self.setProperty("kind", "page")
        self.desk = desk
        self._inside = QWidget()
        self._inside.setProperty("kind", "scrolled")
        self._cards = column(self._inside, spacing=12)
        self._cards.setContentsMargins(0, 0, _BESIDE_SCROLL_BAR, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self._inside)
        area.setAccessibleName(tr("Figures"))
        self.setFocusProxy(area)
        head = row()
        head.addWidget(label(tr("Figures"), "title"), 1)
        head.addWidget(button(tr("Save picture…"), self.save_picture, image="download", name="figures.picture"))
        head.addWidget(button(tr("Save for a spreadsheet…"), self.save_figures, image="download", name="figures.table"))
        layout = column(self, spacing=10)
        layout.addLayout(head)
        layout.addWidget(area, 1)
        desk.feed.committed.connect(self._committed)

    def enter(self) -> None:
        if self.desk.is_open:
            self.desk.ask(lambda view, today: figures(view, today=today, since=today - timedelta(days=_DAYS)), self._show)

    def save_picture(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save picture"), self._proposed("png"), tr("PNG (*.png)"))
        if chosen and self._inside.grab().save(chosen, "PNG"):
            self.desk.say(tr("Saved {}").replace("{}", Path(chosen).name))

    def save_figures(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save for a spreadsheet"), self._proposed("csv"), tr("CSV (*.csv)"))
        if chosen:
            self.write_figures(Path(chosen))

    def write_figures(self, path: Path) -> None:
        """All figures into a CSV file."""
        today = self.desk.today()

        def step(store: Store, _now: datetime, _: Progress) -> Path:
            return late.figure_files.save_figures(store, path, today=today, since=today - timedelta(days=_DAYS))

        self.desk.perform(step, lambda saved: self.desk.say(tr("Saved {}").replace("{}", saved.name)))

    def _proposed(self, ending: str) -> str:
        return str(Path.home() / f"figures-{self.desk.today().isoformat()}.{ending}")

    def _committed(self, _: Changes) -> None:
        if self.isVisible():
            self.enter()

    def _show(self, found: Figures) -> None:
        clear(self._cards)
        self._cards.addLayout(_grid([*_service(found), *_costs(found)]))
        ages = [(_age(*age), count, counted(count, "{} line", "{} lines")) for age, count in zip(AGES, found.ages, strict=True)]
        self._cards.addWidget(self._chart(tr("Backordered lines by days waited"), ages))
        ended = zip(OUTCOMES, found.outcomes.orders, strict=True)
        waits = [(tr(_ENDED[name]), count, counted(count, "{} order", "{} orders")) for name, count in ended]
        self._cards.addWidget(self._chart(tr("How the waits ended"), waits))
        for title, causes in (
            (tr("Products that are short"), found.products),
            (tr("Suppliers of what is short"), found.suppliers),
        ):
            if causes:
                self._cards.addWidget(self._chart(title, _bars(causes)))
        self._cards.addStretch(1)

    def _chart(self, title: str, bars: Sequence[tuple[str, int, str]]) -> QFrame:
        made = card()
        inside = column(made, margins=14, spacing=8)
        inside.addWidget(label(title, "section"))
        chart = BarChart(self.desk.theme, title)
        chart.show_bars(bars)
        inside.addWidget(chart)
        return made


def _service(found: Figures) -> list[Tile]:
    """What customers were served with, and how long they waited for word and for the rest."""
    of_late, in_that_time = (
        tr("of units ordered in {} days").replace("{}", str(_DAYS)),
        tr("of those that are placed in that time"),
    )
    told, filled = found.notifying, found.filling
    short = [counted(found.lines, "{} line", "{} lines"), *map(formats.money, found.value)]
    waiting = counted(told.waiting, "{} order waits to be told", "{} orders wait to be told") if told.waiting else ""
    hours, days = timedelta(hours=1), timedelta(days=1)
    return [
        (tr("Filled at once"), _percent(found.fill.units), of_late),
        (tr("Lines filled whole"), _percent(found.fill.lines), in_that_time),
        (tr("Orders filled whole"), _percent(found.fill.orders), in_that_time),
        (tr("Backordered now"), counted(found.units, "{} unit", "{} units"), ", ".join(short) if found.lines else ""),
        (tr("Told within a day"), _percent(told.within_a_day), waiting),
        (tr("Hours until told"), _took(told.median, hours), _worst(told.worst, hours) or tr("nobody has been told yet")),
        (tr("Days until filled"), _took(filled.median, days), _worst(filled.worst, days) or tr("no wait has ended")),
        (tr("Ordered again"), _percent(found.outcomes.kept), tr("of customers who had a letter")),
    ]


def _costs(found: Figures) -> list[Tile]:
    """What goodwill has cost and may still cost, by currency."""
    cases = sum(each.cases for each in found.outcomes.per_case)
    coupons = counted(sum(each.open for each in found.coupons), "{} coupon open", "{} coupons open")
    redeemed = tr("{} redeemed").replace("{}", f"{sum(each.redeemed for each in found.coupons):,}")
    return [
        (tr("Goodwill"), formats.moneys(found.outcomes.goodwill), tr("taken off by coupons")),
        (
            tr("Goodwill per case"),
            formats.moneys(each.average for each in found.outcomes.per_case),
            counted(cases, "over {} order with a letter", "over {} orders with a letter"),
        ),
        (tr("Coupons outstanding"), formats.moneys(each.outstanding for each in found.coupons), f"{coupons}, {redeemed}"),
    ]


def _grid(tiles: Sequence[Tile]) -> QGridLayout:
    """Tiles side by side, as many as a small window is wide enough for."""
    grid = QGridLayout()
    grid.setSpacing(12)
    for place, tile in enumerate(tiles):
        grid.addWidget(_tile(*tile), *divmod(place, _IN_A_ROW))
    for place in range(_IN_A_ROW):
        grid.setColumnStretch(place, 1)
    return grid


def _tile(title: str, value: str, below: str) -> QFrame:
    made = card()
    inside = column(made, margins=14, spacing=2)
    inside.addWidget(label(title, "muted"))
    inside.addWidget(label(value or "–", "title"))
    inside.addWidget(label(below, "muted"))
    inside.addStretch(1)
    return made


def _bars(causes: Sequence[Cause]) -> list[tuple[str, int, str]]:
    return [(cause.name, cause.units, counted(cause.units, "{} unit", "{} units")) for cause in causes]


def _age(first: int, last: int | None) -> str:
    if last is None:
        return tr("{} days and more").replace("{}", str(first))
    return tr("{} to {} days").replace("{}", str(first), 1).replace("{}", str(last))


def _took(took: timedelta | None, unit: timedelta) -> str:
    return "" if took is None else formats.tenths(took / unit)


def _worst(took: timedelta | None, unit: timedelta) -> str:
    return "" if took is None else tr("half of them sooner; {} at the worst").replace("{}", _took(took, unit))


def _percent(share: Share) -> str:
    return "" if share.rate is None else f"{100 * share.rate:.1f} %"
