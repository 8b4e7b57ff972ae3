"""The form of an order: who, when, where to, and its lines with products found as one types."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from orderdesk.services.drafts import CustomerDraft, LineDraft, OrderDraft
from orderdesk.storage.queries.customers import CustomerRow
from orderdesk.storage.queries.products import ProductRow
from orderdesk.ui import formats
from orderdesk.ui.channel_field import channel_field
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.line_edit import number_field
from orderdesk.ui.lookup import Lookup, ProductLookup, find_customers
from orderdesk.ui.money_edit import money_field
from orderdesk.ui.widgets import DropDown, button, column, ghost_button, label, narrow, restyle, row, titled
from orderdesk.ui.words import marked, tr

_POLICIES = tuple((policy.value, title) for policy, title in formats.SHIP_POLICIES.items())
_ADDRESS = (
    Field("ship_name", marked("Ship to")),
    Field("ship_company", marked("Company")),
    Field("ship_line1", marked("Street")),
    Field("ship_line2", marked("Second line")),
    Field("ship_city", marked("City"), half=True),
    Field("ship_region", marked("State or region"), half=True),
    Field("ship_postal_code", marked("Postal code"), half=True),
    Field("ship_country", marked("Country"), example="US", half=True),
)
_FIELDS = (
    Field("order_number", marked("Order number"), usual=marked("next free"), half=True),
    Field("placed_on", marked("Placed"), kind="day", usual=marked("today"), half=True),
    Field("ship_by", marked("Ship by"), kind="day", half=True),
    Field("currency", marked("Currency"), example="USD", half=True),
    Field("shipping", marked("Shipping"), kind="money", half=True),
    Field("discount", marked("Discount"), kind="money", half=True),
    Field("tax", marked("Tax"), kind="money", half=True),
    Field("paid", marked("Paid"), kind="check", half=True),
    Field(
        "ship_policy",
        marked("If something is missing"),
        kind="choice",
        choices=_POLICIES,
    ),
    Field("on_credit", marked("On credit the buyer asked for"), kind="check"),
    *_ADDRESS,
    Field("coupon", marked("Redeem a coupon"), example="K7QF-9M2X-4TBV"),
    Field("tags", marked("Tags"), example=marked("fragile, gift")),
    Field("note", marked("Note"), kind="long"),
)


class LineEditor(QFrame):
    """One line of the order: a product, how many, at what price. `removed`: the seller takes it off."""

    removed = Signal()

    def __init__(self, desk: Desk, draft: LineDraft) -> None:
        super().__init__()
        self.draft = draft
        self.product = ProductLookup(desk)
        self.product.setPlaceholderText(tr("SKU or product"))
        self.product.setAccessibleName(tr("Product"))
        self.product.setObjectName("line.product")
        if draft.title or draft.sku:
            self.product.show_row(formats.product(draft.sku, draft.title), draft)
        self.product.setReadOnly(draft.line_id is not None)
        self.product.chosen.connect(self._chosen)
        self.product.settled.connect(self._settled)
        self.quantity = number_field(draft.quantity, tr("Quantity"), "line.quantity")
        self.price = money_field(draft.unit_price, tr("Price each"), "line.price")
        self.policy = narrow(DropDown())
        self.policy.setAccessibleName(tr("If it is missing"))
        self.policy.setObjectName("line.ship_policy")
        for token, title in (("", marked("if missing: as the order says")), *_POLICIES):
            self.policy.addItem(tr(title), token)
        self.policy.setCurrentIndex(max(0, self.policy.findData(draft.ship_policy)))
        self._problem = label("", "problem")
        self._problem.hide()
        self._new = label("", "muted")
        self._new.hide()
        self.product.textEdited.connect(self._new.hide)
        layout = column(self, spacing=4)
        layout.addWidget(self.product)
        layout.addWidget(self._new)
        below = row(spacing=6)
        below.addWidget(self.quantity, 1)
        below.addWidget(label("×", "muted", wrap=False))
        below.addWidget(self.price, 2)
        self._off = ghost_button(tr("Take this line off"), "x", self.removed.emit)
        below.addWidget(self._off)
        layout.addLayout(below)
        layout.addWidget(self.policy)
        layout.addWidget(self._problem)

    def in_order(self) -> list[QWidget]:
        """What Tab goes through."""
        return [self.product, self.quantity, self.price, self._off, self.policy]

    def read(self) -> str:
        """Put what is typed into the draft; what is wrong with it, "" if nothing."""
        draft = self.draft
        draft.quantity, draft.unit_price = self.quantity.text(), self.price.plain()
        draft.ship_policy = self.policy.currentData()
        if isinstance(self.product.row, ProductRow):
            draft.product_id, draft.sku, draft.title = self.product.row.id, self.product.row.sku, self.product.row.title
        elif self.product.row is None:
            draft.product_id, draft.sku, draft.title = None, "", self.product.text().strip()
        found = draft.problems()
        if not draft.title and not draft.sku:
            found["title"] = tr("a product")
        for name, editor in (("title", self.product), ("quantity", self.quantity), ("unit_price", self.price)):
            restyle(editor, "wrong", name in found)
        problem = next(iter(found.values()), "")
        self._problem.setText(tr("Expected: {}.").replace("{}", problem))
        self._problem.setVisible(bool(problem))
        return problem

    def _settled(self, product: ProductRow | None) -> None:
        """What is typed is a product's, at its price, or makes a new one: that is said before it is."""
        if product is not None:
            self._fill_price(product)
        self._new.setText(tr("New product: {}").replace("{}", self.product.text().strip()))
        self._new.setVisible(product is None)

    def _fill_price(self, product: ProductRow) -> None:
        if product.price is not None and not self.price.text():
            self.price.setText(str(product.price.amount))

    def _chosen(self, product: ProductRow) -> None:
        self._fill_price(product)
        self.quantity.setFocus()
        self.quantity.selectAll()


class OrderEditor(DraftForm):
    """An order to add (`draft` None) or to change."""

    def __init__(self, desk: Desk, title: str, draft: OrderDraft | None, verb: str, *, is_new: bool) -> None:
        currency = desk.profile.currency if desk.profile else ""
        self._desk = desk
        self._is_new = is_new
        self.order = draft or OrderDraft(currency=currency, lines=[LineDraft()])
        self.lines: list[LineEditor] = []
        self._customer = Lookup(desk, find_customers)
        super().__init__(title, self.order, (channel_field(self.order.channel), *_FIELDS), verb, desk=desk)
        if not is_new:
            for name in ("order_number", "currency"):
                self.editor(name).setEnabled(False)
        self._order_tabs()
        self.setFocusProxy(self._customer if is_new else self.lines[0].quantity)

    @override
    def extra(self, layout: QVBoxLayout) -> None:
        if self._is_new:
            self._customer.setObjectName("order.customer")
            self._customer.setPlaceholderText(tr("Known or new customer"))
            self._customer.setAccessibleName(tr("Customer"))
            self._customer.chosen.connect(self._customer_chosen)
            self.watch(self._customer)
            layout.insertWidget(0, titled(tr("Customer"), self._customer))
        place = 1 if self._is_new else 0
        lines = QFrame()
        self._lines_box = column(lines, spacing=8)
        layout.insertWidget(place, titled(tr("Lines"), lines))
        self._more = button(tr("Add a line"), self._add_empty_line, kind="link", image="plus")
        layout.insertWidget(place + 1, self._more, 0, Qt.AlignmentFlag.AlignLeading)
        for draft in self.order.lines:
            self._add_line(draft)

    @override
    def read(self) -> None:
        super().read()
        self.order.lines = [editor.draft for editor in self.lines]
        self._problem_lines = [problem for editor in self.lines if (problem := editor.read())]
        if self._is_new and isinstance(self._customer.row, CustomerRow):
            self.order.customer_id = self._customer.row.id
        elif self._is_new:
            self.order.customer_id = None
            self.order.customer = self._new_customer()

    @override
    def problems(self) -> dict[str, str]:
        found = super().problems()
        if self._problem_lines:
            found["lines"] = self._problem_lines[0]
        nobody = self._is_new and self.order.customer_id is None and not self.order.customer.name
        restyle(self._customer, "wrong", nobody)
        if nobody:
            found["customer"] = tr("a customer")
            self._customer.setFocus()
        return found

    def _new_customer(self) -> CustomerDraft:
        order, name = self.order, self._customer.text().strip()
        return CustomerDraft(
            name=name,
            company=order.ship_company,
            line1=order.ship_line1,
            line2=order.ship_line2,
            city=order.ship_city,
            region=order.ship_region,
            postal_code=order.ship_postal_code,
            country=order.ship_country,
        )

    def _customer_chosen(self, _: CustomerRow) -> None:
        if self.lines:
            self.lines[0].product.setFocus()

    def _add_line(self, draft: LineDraft) -> QLineEdit:
        editor = LineEditor(self._desk, draft)
        editor.removed.connect(lambda: self._take_off(editor))
        self.watch(editor.product, editor.quantity, editor.price, editor.policy)
        self._lines_box.addWidget(editor)
        self.lines.append(editor)
        return editor.product

    def _add_empty_line(self) -> None:
        product = self._add_line(LineDraft())
        self._order_tabs()
        product.setFocus()

    def _order_tabs(self) -> None:
        first: list[QWidget] = [self._customer] if self._is_new else []
        lines = [each for editor in self.lines for each in editor.in_order()]
        fields = [self.editor(each.name) for each in self._fields]
        self.tab_through([*first, *lines, self._more, *fields])

    def _take_off(self, editor: LineEditor) -> None:
        self.lines.remove(editor)
        self._lines_box.removeWidget(editor)
        editor.deleteLater()
        self.touch()
