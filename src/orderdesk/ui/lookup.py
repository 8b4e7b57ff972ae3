"""A field that finds rows of the shop as one types: a product by SKU or title, a customer or a supplier by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget
from typing_extensions import override

from orderdesk.storage.queries.customers import CustomersView, customer_ids, customer_rows
from orderdesk.storage.queries.lookup import product_typed
from orderdesk.storage.queries.products import ProductRow, ProductsView, product_ids, product_rows
from orderdesk.storage.queries.suppliers import supplier_names
from orderdesk.storage.view import View
from orderdesk.ui import formats
from orderdesk.ui.desk import Desk
from orderdesk.ui.line_edit import LineEdit
from orderdesk.ui.widgets import framed
from orderdesk.ui.words import counted, tr

_MOST = 12
_BESIDE = 24
"""What a list is wider than its rows: frame, padding and a bar to scroll by."""


class Proposal(NamedTuple):
    """A row by the name that goes into the field, and what stands beside that in the list."""

    name: str
    row: Any
    facts: str = ""

    @property
    def shown(self) -> str:
        return f"{self.name}  –  {self.facts}" if self.facts else self.name


Found = list[Proposal]


class _Completer(QCompleter):
    """Puts the name alone into the field, whatever stands beside it in the list."""

    def __init__(self, shown: QStringListModel, parent: QWidget) -> None:
        super().__init__(shown, parent)
        self._shown = shown
        self._found: Found = []

    def propose(self, found: Found, field: QWidget) -> None:
        """Show them in a list as wide as the widest, but no narrower than the field."""
        self._found = found
        self._shown.setStringList([each.shown for each in found])
        proposals = self.popup()
        widest = proposals.sizeHintForColumn(0) + _BESIDE if proposals is not None else 0
        self.complete(QRect(0, 0, max(field.width(), widest), field.height()))

    @override
    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return self._found[index.row()].name if 0 <= index.row() < len(self._found) else ""


class Lookup(LineEdit):
    """`chosen` carries the row that was taken from the list; typing on forgets it. Enter takes the row that is lit up."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, find: Callable[[View, str, date], Found]) -> None:
        super().__init__()
        self._desk = desk
        self._find = find
        self._found: Found = []
        self.row: Any = None
        self._completer = completer = _Completer(QStringListModel(self), self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(framed(completer))
        completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
        self.textEdited.connect(self._edited)

    def show_row(self, text: str, row: Any) -> None:
        """Show a row as chosen."""
        self.setText(text)
        self.row = row

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list takes Enter while a row of it is lit up; else it is about what is typed, and the list is in the way."""
        proposals = self._completer.popup()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and proposals is not None and proposals.isVisible():
            if proposals.currentIndex().isValid():
                event.ignore()
                return
            proposals.hide()
        super().keyPressEvent(event)

    def _show_start(self) -> None:
        """Of what is too long for the field; while one types, where one types."""
        if not self.hasFocus():
            self.setCursorPosition(0)

    def _edited(self, text: str) -> None:
        self.row = None
        if text.strip() and self._desk.is_open:
            self._desk.ask(lambda view, today: (text, self._find(view, text, today)), self._came)

    def _came(self, answer: tuple[str, Found]) -> None:
        text, self._found = answer
        if text != self.text() or not self.hasFocus():
            return
        self._completer.propose(self._found, self)

    def _activated(self, index: QModelIndex) -> None:
        """By its place in the list: two customers may have one name."""
        if 0 <= index.row() < len(self._found):
            self.row = self._found[index.row()].row
            self.chosen.emit(self.row)
            QTimer.singleShot(0, self._show_start)  # once the field has the row's name


class ProductLookup(Lookup):
    """A product. `settled`: the field was left with a SKU or title typed in full, whose product is taken as if from the list;
    None for what no product is called.
    """

    settled = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, find_products)
        self.editingFinished.connect(self._settle)

    def leave_out(self, product_id: int) -> None:
        """Propose others than this one."""
        self._find = partial(find_products, without=product_id)

    def _settle(self) -> None:
        typed = self.text()
        if self.row is None and typed.strip() and self._desk.is_open:
            self._desk.ask(lambda view, today: (typed, product_called(view, typed, today)), self._understood)

    def _understood(self, answer: tuple[str, ProductRow | None]) -> None:
        typed, product = answer
        if typed != self.text() or self.row is not None:
            return
        if product is not None:
            self.show_row(_product_name(product), product)
        self.settled.emit(product)


def find_products(view: View, text: str, today: date, without: int | None = None) -> Found:
    """Products by SKU or words of the title."""
    found = product_ids(view, ProductsView(search=text), today=today)[: _MOST + 1]
    ids = [key for key in found if key != without][:_MOST]
    return [Proposal(_product_name(row), row, product_facts(row)) for row in product_rows(view, ids, today=today)]


def product_facts(row: ProductRow) -> str:
    """How much of a product is there for others, and what it is sold for; nothing of what is not known or not counted."""
    there = counted(row.available, "{} available", "{} available") if row.available is not None else ""
    price = tr("sold at {}").replace("{}", formats.money(row.price)) if row.price is not None else ""
    return " · ".join(filter(None, (there, price)))


def product_called(view: View, typed: str, today: date) -> ProductRow | None:
    """The product with that SKU or title."""
    found = product_typed(view, typed.strip())
    return None if found is None else next(iter(product_rows(view, [found], today=today)), None)


def _product_name(row: ProductRow) -> str:
    return f"{row.sku} · {row.title}" if row.sku else row.title


def find_suppliers(view: View, text: str, _: date) -> Found:
    """Suppliers by part of the name."""
    wanted = text.strip().casefold()
    return [Proposal(name, name) for name in supplier_names(view) if wanted in name.casefold()][:_MOST]


def find_customers(view: View, text: str, today: date) -> Found:
    """Customers by name, e-mail address or town."""
    ids = customer_ids(view, CustomersView(search=text), today=today)[:_MOST]
    rows = customer_rows(view, ids, today=today)
    return [Proposal(" · ".join(filter(None, (row.name, row.email or row.username, row.country))), row) for row in rows]
