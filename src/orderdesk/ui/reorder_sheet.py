"""What runs low in the pane: why it should be ordered, how many, and what that costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from orderdesk.domain.money import Money
from orderdesk.storage.queries.reorder import ReorderRow
from orderdesk.ui import formats
from orderdesk.ui.commands import CommandSet
from orderdesk.ui.product_columns import units
from orderdesk.ui.reorder_columns import advice, can_be_drafted, status_badge, why
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.theme import Theme
from orderdesk.ui.widgets import command_button, label, row
from orderdesk.ui.words import counted, tr

_UNITS = QRegularExpression("[1-9][0-9]{0,5}|1000000")
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_EDIT_WIDTH = 84


class LotEdit(QWidget):
    """How many to order, and what they cost; `chosen` is told of every other number, `left` that Enter was pressed."""

    def __init__(self, product: ReorderRow, chosen: Callable[[int], None], left: Callable[[], None]) -> None:
        super().__init__()
        self._product = product
        self._chosen = chosen
        self.field = _UnitsEdit(product.quantity)
        self.field.setObjectName("reorder.quantity")
        self.field.setAccessibleName(tr("Units to order"))
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(left)
        self.cost = label("", "strong", wrap=False)
        line = row(self)
        line.addWidget(label(tr("Order"), "muted", wrap=False))
        line.addWidget(self.field)
        line.addStretch(1)
        line.addWidget(self.cost)
        self.setFocusProxy(self.field)
        self._show_cost(product.quantity)

    def _typed(self) -> None:
        if self.field.hasAcceptableInput():
            quantity = int(self.field.text())
            self._show_cost(quantity)
            self._chosen(quantity)

    def _show_cost(self, quantity: int) -> None:
        cost = self._product.cost
        self.cost.setText("" if cost is None else formats.money(Money(cost.minor * quantity, cost.currency)))


class _UnitsEdit(QLineEdit):
    """A whole number of 1 or more; the arrows count up and down, and what is left empty is as it was."""

    def __init__(self, units_now: int) -> None:
        super().__init__(str(units_now))
        self._good = str(units_now)
        self.setValidator(QRegularExpressionValidator(_UNITS, self))
        self.setFixedWidth(_EDIT_WIDTH)
        self.textChanged.connect(self._keep)

    def _keep(self, text: str) -> None:
        self._good = text if self.hasAcceptableInput() else self._good

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.setText(str(max(1, int(self._good) + step)))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.setText(self._good)
        super().focusOutEvent(event)


def reorder_sheet(theme: Theme, product: ReorderRow, commands: CommandSet, lot: LotEdit | None) -> Sheet:
    """The sheet of one product; `lot` where the quantity can still be chosen."""
    sheet, supply = Sheet(theme), product.supply
    sheet.title(product.title, product.sku)
    sheet.badges([status_badge(product)])
    sheet.note("info", advice(product), why(product))
    if not product.supplier:
        sheet.note("backordered", tr("No supplier is known"), tr("It is left out of drafts until one is entered."))
    if lot is not None:
        sheet.add(lot)
    for name, icon, kind in (("draft", "truck", "primary"), ("supplier", "truck", "primary"), ("product", "boxes", "")):
        action = commands.action(f"reorder.{name}")
        if action.isEnabled():
            sheet.add(command_button(action, icon, kind))
    sheet.section(tr("Stock"))
    sheet.fact(tr("Available"), units(product.available))
    sheet.fact(tr("Backordered"), units(product.backordered) if product.backordered else "")
    sheet.fact(tr("On order"), units(product.on_order) if product.on_order else "")
    sheet.fact(tr("Sold in 30 days"), units(product.sold))
    cover = supply.days_of_cover
    sheet.fact(tr("Days of cover"), "" if cover is None else counted(cover, "{} day", "{} days"))
    sheet.fact(tr("Reorder point"), "" if supply.reorder_point is None else units(supply.reorder_point))
    sheet.fact(tr("Suggested reorder point"), units(supply.suggested_point))
    sheet.section(tr("Supplier"))
    sheet.fact(tr("Supplier"), " · ".join(part for part in (product.supplier, product.supplier_sku) if part))
    sheet.fact(tr("Lead time"), formats.waiting(supply.lead_time_days))
    sheet.fact(tr("Cost"), formats.money(product.cost))
    return sheet


def lots_sheet(theme: Theme, products: Sequence[ReorderRow], commands: CommandSet) -> Sheet:
    """The sheet of several products: the purchase orders that they make, and what is left out."""
    sheet = Sheet(theme)
    sheet.title(counted(len(products), "{} product selected", "{} products selected"))
    nameless = [each.sku or each.title for each in products if not (each.supplier or each.draft)]
    if nameless:
        sheet.note("backordered", tr("Left out: no supplier is known"), ", ".join(nameless))
    action = commands.action("reorder.draft")
    if action.isEnabled():
        sheet.add(command_button(action, "truck", "primary"))
    drafted = sorted((each for each in products if can_be_drafted(each)), key=_supplier)
    if drafted:
        sheet.section(tr("Purchase orders"))
    for _, mine in groupby(drafted, key=_supplier):
        lot = list(mine)
        below = " · ".join(part for part in (counted(len(lot), "{} product", "{} products"), _cost(lot)) if part)
        sheet.line(lot[0].supplier, counted(sum(each.quantity for each in lot), "{} unit", "{} units"), below, None)
    return sheet


def _supplier(product: ReorderRow) -> str:
    return product.supplier.casefold()


def _cost(products: Iterable[ReorderRow]) -> str:
    """What they cost by currency; nothing where a cost is not known."""
    sums: dict[str, int] = {}
    for each in products:
        if each.lot is None:
            return ""
        sums[each.lot.currency] = sums.get(each.lot.currency, 0) + each.lot.minor
    return formats.moneys(Money(minor, currency) for currency, minor in sorted(sums.items()))
