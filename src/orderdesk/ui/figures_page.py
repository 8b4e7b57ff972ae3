"""Figures: what was filled at once, how old the backorders are, how fast customers are told, and what causes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from orderdesk.domain.changes import Changes
from orderdesk.domain.figures import Worth
from orderdesk.services.tasks import Progress
from orderdesk.storage.queries.figures import Figures, figures
from orderdesk.storage.store import Store
from orderdesk.ui import figure_bars, formats, late
from orderdesk.ui.bar_chart import Bar, BarChart, ColumnChart
from orderdesk.ui.desk import Desk
from orderdesk.ui.save_dialog import ask_where
from orderdesk.ui.widgets import button, card, clear, column, label, row
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.ui.window_actions import WindowActions

_DAYS = 90
_BESIDE_SCROLL_BAR = 14
_TILES_IN_A_ROW = 6
_CHARTS_IN_A_ROW = 2
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
            now = self.desk.now()
            self.desk.ask(lambda view, today: figures(view, now=now, since=today - timedelta(days=_DAYS)), self._show)

    def save_picture(self) -> None:
        chosen = ask_where(self, tr("Save picture"), self._proposed("png"), tr("PNG (*.png)"))
        if chosen is not None and self._picture().save(str(chosen), "PNG"):
            self.desk.say(tr("Saved {}").replace("{}", chosen.name))

    def save_figures(self) -> None:
        chosen = ask_where(self, tr("Save for a spreadsheet"), self._proposed("csv"), tr("CSV (*.csv);;Excel (*.xlsx)"))
        if chosen is not None:
            self.write_figures(chosen)

    def write_figures(self, path: Path) -> None:
        """All figures into a file, CSV or XLSX by its ending."""
        today = self.desk.today()

        def step(store: Store, now: datetime, _: Progress) -> Path:
            return late.figure_files.save_figures(store, path, now=now, since=today - timedelta(days=_DAYS))

        self.desk.perform(step, lambda saved: self.desk.say(tr("Saved {}").replace("{}", saved.name)))

    def _picture(self) -> QPixmap:
        """All cards, also those that are scrolled away, on the window's ground."""
        picture = QPixmap(self._inside.size() * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(QColor(self.desk.theme.colors.window))
        self._inside.render(picture)
        return picture

    def _proposed(self, ending: str) -> str:
        return str(Path.home() / f"figures-{self.desk.today().isoformat()}.{ending}")

    def _committed(self, _: Changes) -> None:
        if self.isVisible():
            self.enter()

    def _show(self, found: Figures) -> None:
        clear(self._cards)
        tiles = [_tile(*each) for each in (*_service(found), *_costs(found))]
        self._cards.addLayout(_grid(tiles, _TILES_IN_A_ROW))
        self._cards.addLayout(_grid([*self._by_week(found), *self._goodwill(found), *self._waits(found)], _CHARTS_IN_A_ROW))
        if found.products:
            self._cards.addWidget(
                self._bars(_of_late(tr("Products that cause most backorders, in {} days")), figure_bars.causes(found.products))
            )
        self._cards.addStretch(1)

    def _by_week(self, found: Figures) -> list[QWidget]:
        """What a seller compares with last week; beside it how old the backorders are."""
        weeks, today = found.weeks, self.desk.today()
        nobody = tr("Nobody has been told in these weeks.")
        at_once, in_time = tr("Units filled at once, by week"), tr("Told within a day, by week")
        hours = tr("Hours until told, half of them sooner, by week")
        return [
            self._columns(at_once, [figure_bars.filled(weeks, today)], tr("No orders in these weeks."), full=100),
            self._columns(in_time, [figure_bars.told_in_time(weeks, today)], nobody, full=100),
            self._columns(hours, [figure_bars.hours_until_told(weeks, today)], nobody, full=1),
            self._bars(tr("Backordered lines by days waited"), figure_bars.ages(found.ages)),
        ]

    def _goodwill(self, found: Figures) -> list[QWidget]:
        """What goodwill cost, a chart for each currency, beside those who came back."""
        currencies = sorted({amount.currency for month in found.months for amount in month.goodwill})
        spent = [figure_bars.goodwill(found.months, currency) for currency in currencies]
        none = tr("No coupon has been used in these months.")
        nobody = tr("Nobody who had a letter has ordered again in these months.")
        return [
            self._columns(tr("Goodwill: taken off by coupons, by month"), spent, none),
            self._columns(tr("Customers kept: ordered again, by month"), [figure_bars.kept(found.months)], nobody),
        ]

    def _waits(self, found: Figures) -> list[QWidget]:
        waits = [self._bars(tr("How the waits ended"), figure_bars.outcomes(found.outcomes.orders))]
        if found.suppliers:
            waits.append(
                self._bars(_of_late(tr("Suppliers that cause most backorders, in {} days")), figure_bars.causes(found.suppliers))
            )
        return waits

    def _bars(self, title: str, bars: Sequence[Bar]) -> QWidget:
        chart = BarChart(self.desk.theme, title)
        chart.show_bars(bars)
        return _titled(title, [chart])

    def _columns(self, title: str, charts: Sequence[Sequence[Bar]], otherwise: str, *, full: float = 0) -> QWidget:
        """Charts of standing bars; a sentence where none has anything to say."""
        made = []
        for bars in charts:
            if any(bar.words for bar in bars):
                made.append(ColumnChart(self.desk.theme, title, full=full))
                made[-1].show_bars(bars)
        return _titled(title, made or [label(otherwise, "muted")])


def _titled(title: str, parts: Sequence[QWidget]) -> QFrame:
    made = card()
    inside = column(made, margins=14, spacing=8)
    inside.addWidget(label(title, "section"))
    for each in parts:
        inside.addWidget(each)
    inside.addStretch(1)
    return made


def _of_late(text: str) -> str:
    return text.replace("{}", str(_DAYS))


def _service(found: Figures) -> list[Tile]:
    """What customers were served with, and how long they waited for word and for the rest."""
    of_late, in_that_time = _of_late(tr("of units ordered in {} days")), tr("of those that are placed in that time")
    told, filled = found.notifying, found.filling
    short = [counted(found.lines, "{} line", "{} lines"), *map(_worth, found.value)]
    waiting = counted(told.waiting, "{} order waits to be told", "{} orders wait to be told") if told.waiting else ""
    hours, days = timedelta(hours=1), timedelta(days=1)
    return [
        (tr("Filled at once"), figure_bars.percent(found.fill.units), of_late),
        (tr("Lines filled whole"), figure_bars.percent(found.fill.lines), in_that_time),
        (tr("Orders filled whole"), figure_bars.percent(found.fill.orders), in_that_time),
        (tr("Backordered now"), counted(found.units, "{} unit", "{} units"), ", ".join(short) if found.lines else ""),
        (tr("Told within a day"), figure_bars.percent(told.within_a_day), waiting),
        (tr("Hours until told"), _took(told.median, hours), _worst(told.worst, hours) or tr("nobody has been told yet")),
        (tr("Days until filled"), _took(filled.median, days), _worst(filled.worst, days) or tr("no wait has ended")),
        (tr("Ordered again"), figure_bars.percent(found.outcomes.kept), tr("of customers who had a letter")),
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


def _grid(cards: Sequence[QWidget], in_a_row: int) -> QGridLayout:
    """Cards side by side, as many as a small window is wide enough for."""
    grid = QGridLayout()
    grid.setSpacing(12)
    for place, each in enumerate(cards):
        grid.addWidget(each, *divmod(place, in_a_row))
    for place in range(in_a_row):
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


def _worth(worth: Worth) -> str:
    return formats.money(worth.amount) or tr("worth unknown in {}").replace("{}", worth.currency)


def _took(took: timedelta | None, unit: timedelta) -> str:
    return "" if took is None else formats.tenths(took / unit)


def _worst(took: timedelta | None, unit: timedelta) -> str:
    return "" if took is None else tr("half of them sooner; {} at the worst").replace("{}", _took(took, unit))
