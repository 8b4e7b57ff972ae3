"""Forms about purchase orders: what is on one, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from orderdesk.domain.purchases import PurchaseStatus
from orderdesk.services.drafts import DeliveryDraft, DeliveryLineDraft, PurchaseDraft, PurchaseLineDraft
from orderdesk.storage.queries.products import ProductRow
from orderdesk.storage.queries.purchases import PurchaseRow
from orderdesk.ui import formats
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.line_edit import number_field
from orderdesk.ui.lookup import ProductLookup
from orderdesk.ui.money_edit import money_field
from orderdesk.ui.widgets import button, column, ghost_button, label, restyle, row, titled
from orderdesk.ui.words import marked, tr

_EXPECTED = Field("expected_on", marked("Expected, if known"), kind="day")
_SUPPLIER = Field("supplier", marked("Supplier"), kind="supplier")


class PurchaseLineEditor(QFrame):
    """One line: a product, how many units, and what one of them costs. `removed`: the seller takes it off."""

    removed = Signal()

    def __init__(self, desk: Desk, draft: PurchaseLineDraft, *, asks_cost: bool) -> None:
        super().__init__()
        self.draft = draft
        self.quantity = number_field(draft.quantity, tr("Units"), "line.quantity")
        self.cost = money_field(draft.cost, tr("Cost"), "line.cost")
        self.product = ProductLookup(desk)
        self.product.setPlaceholderText(tr("SKU or product"))
        self.product.setAccessibleName(tr("Product"))
        self.product.setObjectName("line.product")
        if draft.line_id is not None:
            self.product.show_row(formats.product(draft.sku, draft.title), draft)
            self.product.setReadOnly(True)
        self.product.chosen.connect(lambda _: self.quantity.setFocus())
        layout = column(self, spacing=4)
        layout.addWidget(self.product)
        below = row(spacing=6)
        below.addWidget(self.quantity, 1)
        if asks_cost:
            below.addWidget(self.cost, 2)
        self._off = ghost_button(tr("Take this line off"), "x", self.removed.emit)
        below.addWidget(self._off)
        layout.addLayout(below)
        self._problem = _problem_below(layout)

    def in_order(self) -> list[QWidget]:
        """What Tab goes through; a cost that is not asked for is not on the form."""
        asked: list[QWidget] = [self.product, self.quantity, self.cost, self._off]
        return [each for each in asked if self.isAncestorOf(each)]

    def read(self) -> str:
        """Put what is typed into the draft; what is wrong with it, "" if nothing."""
        draft, product = self.draft, self.product.row
        draft.quantity, draft.cost = self.quantity.text(), self.cost.plain()
        if isinstance(product, ProductRow):
            draft.product_id, draft.sku, draft.title = product.id, product.sku, product.title
        elif product is None:
            draft.product_id, draft.sku, draft.title = None, self.product.text().strip(), ""
        found = draft.problems()
        if draft.product_id is None and not draft.sku:
            found["sku"] = tr("a product")
        for name, editor in (("sku", self.product), ("quantity", self.quantity), ("cost", self.cost)):
            restyle(editor, "wrong", name in found)
        return _show_problem(self._problem, next(iter(found.values()), ""))


class PurchaseEditor(DraftForm):
    """A purchase order to make, or to change as far as `of` lets it be: one that was sent has its day and quantities left."""

    def __init__(self, desk: Desk, draft: PurchaseDraft, of: PurchaseRow | None = None) -> None:
        self._desk = desk
        self._purchase = draft
        self._is_new = of is None
        self._is_draft = of is None or of.status is PurchaseStatus.DRAFT
        self.lines: list[PurchaseLineEditor] = []
        fields = (_SUPPLIER, _EXPECTED) if of is None else (_EXPECTED,)
        title = tr("New purchase order") if of is None else tr("Edit {}").replace("{}", of.number)
        verb = tr("Draft it") if of is None else tr("Save")
        super().__init__(title, draft, fields, verb, about="" if of is None else of.supplier, desk=desk)
        self._order_tabs()

    @override
    def extra(self, layout: QVBoxLayout) -> None:
        lines = QFrame()
        self._lines_box = column(lines, spacing=8)
        layout.addWidget(titled(tr("Products"), lines))
        for draft in self._purchase.lines or [PurchaseLineDraft()]:
            self._add_line(draft)
        if self._is_draft:
            self._more = button(tr("Add a line"), self._add_empty, kind="link", image="plus", name="line.add")
            layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)

    @override
    def read(self) -> None:
        super().read()
        self._purchase.lines = [editor.draft for editor in self.lines]
        self._wrong = [problem for editor in self.lines if (problem := editor.read())]

    @override
    def problems(self) -> dict[str, str]:
        return super().problems() | ({"lines": self._wrong[0]} if self._wrong else {})

    def _add_empty(self) -> None:
        product = self._add_line(PurchaseLineDraft()).product
        self._order_tabs()
        product.setFocus()

    def _order_tabs(self) -> None:
        fields = [self.editor(each.name) for each in self._fields]
        lines = [each for editor in self.lines for each in editor.in_order()]
        self.tab_through([*fields, *lines, *([self._more] if self._is_draft else [])])

    def _add_line(self, draft: PurchaseLineDraft) -> PurchaseLineEditor:
        editor = PurchaseLineEditor(self._desk, draft, asks_cost=not self._is_new)
        editor.cost.setEnabled(self._is_draft)
        editor.removed.connect(lambda: self._take_off(editor))
        self.watch(editor.product, editor.quantity, editor.cost)
        self._lines_box.addWidget(editor)
        self.lines.append(editor)
        return editor

    def _take_off(self, editor: PurchaseLineEditor) -> None:
        self.lines.remove(editor)
        self._lines_box.removeWidget(editor)
        editor.deleteLater()
        self.touch()


class DeliveryForm(DraftForm):
    """What came in: a number for each line of a purchase order, or for each of several products."""

    def __init__(self, title: str, lines: list[DeliveryLineDraft], about: str) -> None:
        self._delivery = DeliveryDraft(lines)
        self._numbers: list[tuple[DeliveryLineDraft, QLineEdit, QLabel]] = []
        super().__init__(title, self._delivery, (), tr("Receive"), about=about)
        self.setFocusProxy(self._numbers[0][1])

    @property
    def came(self) -> dict[int, int]:
        """Units by line or product."""
        return self._delivery.came

    @override
    def extra(self, layout: QVBoxLayout) -> None:
        for line in self._delivery.lines:
            layout.addWidget(label(line.title))
            number = number_field(line.came, tr("Units of {} that came").replace("{}", line.title), f"came.{line.id}")
            self.watch(number)
            beside = row(spacing=6)
            beside.addWidget(number, 1)
            if line.to_come is not None:
                beside.addWidget(label(tr("of {} to come").replace("{}", f"{line.to_come:,}"), "muted", wrap=False), 2)
            layout.addLayout(beside)
            self._numbers.append((line, number, _problem_below(layout)))
        self._problem = _problem_below(layout)

    @override
    def read(self) -> None:
        for line, number, _ in self._numbers:
            line.came = number.text()

    @override
    def problems(self) -> dict[str, str]:
        wrong = [(number, said) for line, number, below in self._numbers if (said := _checked(line, number, below))]
        nothing = "" if wrong or self.came else tr("at least one unit")
        _show_problem(self._problem, nothing)
        if wrong:
            wrong[0][0].setFocus()
        problem = wrong[0][1] if wrong else nothing
        return {"came": problem} if problem else {}


def _checked(line: DeliveryLineDraft, number: QLineEdit, below: QLabel) -> str:
    """What is wrong with a number of units that came, shown at it; "" if nothing."""
    restyle(number, "wrong", bool(problem := line.problems().get("came", "")))
    return _show_problem(below, problem)


def _problem_below(layout: QVBoxLayout) -> QLabel:
    problem = label("", "problem")
    problem.hide()
    layout.addWidget(problem)
    return problem


def _show_problem(where: QLabel, problem: str) -> str:
    where.setText(tr("Expected: {}.").replace("{}", problem))
    where.setVisible(bool(problem))
    return problem
