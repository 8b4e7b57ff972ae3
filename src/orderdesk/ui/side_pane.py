"""The pane at the trailing side: what is picked, and on top of it a form or a letter until it is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QWidget

from orderdesk.ui.sheet import Sheet
from orderdesk.ui.widgets import column, has_keyboard, let_go_of_keyboard, scrolled

WIDTH = 276


class SidePane(QFrame):
    """`closed`: what was on top is gone; `had_keyboard`: the keyboard was in it. `width_wanted`: what is on top needs that much
    room, 0 the usual. `discarded`: a form went with what was typed in it, and can be brought back; `brought_back`: it was.

    `subject` says what a sheet is about: a new sheet about the same keeps the scroll, one about something else starts at its top.
    """

    closed = Signal()
    discarded = Signal()
    brought_back = Signal()
    width_wanted = Signal(int)

    def __init__(self, name: str, subject: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName(f"{name}.pane")
        self.setProperty("kind", "card")
        self.setMinimumWidth(WIDTH)
        self.had_keyboard = False
        self._discarded: QWidget | None = None
        self._stack = QStackedWidget()
        layout = column(self, margins=1)
        layout.addWidget(self._stack)
        self._shown: object = None
        self._subject = subject
        self._about: object = None
        self._detail = scrolled()
        self._stack.addWidget(self._detail)

    @property
    def top(self) -> QWidget | None:
        """The form or letter that is open."""
        widget = self._stack.currentWidget()
        return None if widget is self._detail else widget

    @property
    def has_discarded(self) -> bool:
        """Whether there is a form to bring back."""
        return self._discarded is not None

    def show_sheet(self, facts: object, sheet: Sheet) -> None:
        """Show a sheet of facts under whatever is open. `facts` is what the sheet was made of."""
        before, self._about = self._about, self._subject()
        place = self._detail.verticalScrollBar().value() if before == self._about else 0
        self._shown = facts
        old = self._detail.widget()
        if old is not None:
            let_go_of_keyboard(old)
            self._detail.takeWidget()
            old.deleteLater()
        self._detail.setWidget(sheet)
        self._detail.verticalScrollBar().setValue(place)

    def shows(self, facts: object) -> bool:
        """Whether just these facts are shown already."""
        return self._shown == facts

    def show_form(self, form: QWidget) -> None:
        """Put a form or a letter on top; one that is open is closed first."""
        if self.top is not None:
            self._drop(self.top)
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        self.width_wanted.emit(getattr(form, "wanted_width", 0))
        form.setFocus()

    def close_top(self) -> bool:
        """Close what is on top; False if nothing was."""
        top = self.top
        if top is None:
            return False
        self._drop(top)
        self.width_wanted.emit(0)
        self.closed.emit()
        return True

    def _drop(self, widget: QWidget) -> None:
        self.had_keyboard = QApplication.focusWidget() is None or has_keyboard(widget)
        self._stack.setCurrentWidget(self._detail)
        self._stack.removeWidget(widget)
        if getattr(widget, "unsaved", False):
            self._forget_discarded()
            self._discarded = widget
            widget.hide()
            self.discarded.emit()
        else:
            widget.deleteLater()

    def bring_back(self) -> None:
        """Show the form again that was closed with what was typed in it."""
        form, self._discarded = self._discarded, None
        if form is not None:
            self.show()
            self.show_form(form)
            self.brought_back.emit()

    def _forget_discarded(self) -> None:
        if self._discarded is not None:
            self._discarded.deleteLater()
            self._discarded = None
