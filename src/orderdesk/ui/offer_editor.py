"""Choosing an offer: its kind, and what goes with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.goodwill import LONGEST_GIFT, Offer, OfferKind
from orderdesk.services.draft_fields import typed_money
from orderdesk.ui.line_edit import LineEdit
from orderdesk.ui.typed import plain_money, typed_here
from orderdesk.ui.widgets import DropDown, row
from orderdesk.ui.words import marked, tr

_KINDS = (
    (OfferKind.AMOUNT, marked("Amount off"), marked("7.00")),
    (OfferKind.PERCENT, marked("Percent off"), marked("10")),
    (OfferKind.FREE_SHIPPING, marked("Free shipping"), ""),
    (OfferKind.GIFT, marked("Small gift"), marked("A linen tea towel")),
    (OfferKind.GIFT_CARD, marked("Gift card"), marked("25.00")),
)


class OfferEditor(QWidget):
    """`changed`: the seller has settled on something; `offer()` reads it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._currency = "USD"
        layout = row(self, spacing=6)
        self.kind = DropDown()
        self.kind.setObjectName("offer.kind")
        self.kind.setAccessibleName(tr("Kind of offer"))
        for kind, title, _ in _KINDS:
            self.kind.addItem(tr(title), kind.value)
        self.value = LineEdit()
        self.value.setObjectName("offer.value")
        self.value.setAccessibleName(tr("Value of the offer"))
        self.value.setMaxLength(LONGEST_GIFT)
        layout.addWidget(self.kind, 1)
        layout.addWidget(self.value, 1)
        self.kind.activated.connect(self._kind_chosen)
        self.value.editingFinished.connect(self.changed)
        self.setFocusProxy(self.kind)

    def show_offer(self, offer: Offer | None, currency: str) -> None:
        """Show an offer as it is; without one there is nothing to choose."""
        self._currency = currency
        self.setEnabled(offer is not None)
        if offer is None:
            return
        self.kind.setCurrentIndex(self.kind.findData(offer.kind.value))
        self.value.setText(_typed(offer))
        self._show_value()

    def offer(self) -> Offer:
        """The offer as typed. Raises InvalidValueError."""
        kind, text = OfferKind(self.kind.currentData()), self.value.text().strip()
        if kind is OfferKind.FREE_SHIPPING:
            return Offer(kind)
        if kind is OfferKind.GIFT:
            return Offer(kind, gift=text)
        if kind is OfferKind.PERCENT:
            rate = text.rstrip("% ")
            if not (rate.isascii() and rate.isdigit()):
                raise InvalidValueError("offer", text, tr("a rate from 1 to 100 percent"))
            return Offer(kind, rate=int(rate))
        return Offer(kind, amount=typed_money(plain_money(text), self._currency))

    def _kind_chosen(self) -> None:
        self.value.clear()
        self._show_value()
        if self.value.isVisible():
            self.value.setFocus()
        else:
            self.changed.emit()

    def _show_value(self) -> None:
        kind = OfferKind(self.kind.currentData())
        hint = next(hint for each, _, hint in _KINDS if each is kind)
        self.value.setVisible(bool(hint))
        self.value.setPlaceholderText(tr("e.g. {}").replace("{}", tr(hint)) if hint else "")


def _typed(offer: Offer) -> str:
    if offer.amount is not None:
        return typed_here(str(offer.amount.amount))
    return str(offer.rate) if offer.rate is not None else offer.gift or ""
