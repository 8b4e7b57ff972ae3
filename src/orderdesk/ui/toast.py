"""A short message at the foot of the window, with what can be done about it; gone after eight seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QHideEvent, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QFrame, QGraphicsDropShadowEffect, QLabel, QWidget
from typing_extensions import override

from orderdesk.ui.widgets import button, clear, ghost_button, label, row
from orderdesk.ui.words import tooltip, tr

SHOWN_MS = 8000
_MARGIN = 22
# Over the status line and as low as that, so that neither a button nor a row of a page is covered.
_ABOVE_EDGE = 2
_PAD, _PAD_HIGH = 10, 3
# Beside the count of rows that stands there.
_COUNT = 300
# More would cover the buttons of a form in the pane.
_MOST_LINES = 2

ToastAction = tuple[str, Callable[[], None]]


class Toast(QFrame):
    """One at a time: a new message takes the place of the one before. It stays while the mouse is on it.

    Of a long one the first lines are seen, and all of it under the mouse. It never has the keyboard: who presses Enter once more
    means what they are at, not the Undo that just came (Ctrl+Z does that). `keys` press its first button, where it `offers` one.
    """

    offers = Signal(bool)

    def __init__(self, host: QWidget, keys: str) -> None:
        super().__init__(host)
        self._host = host
        self._keys = keys
        self._first: QAbstractButton | None = None
        self.setObjectName("toast")
        self.setProperty("kind", "toast")
        self._layout = row(self, spacing=10)
        self._layout.setContentsMargins(_PAD, _PAD_HIGH, _PAD, _PAD_HIGH)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        self.setGraphicsEffect(shadow)
        host.installEventFilter(self)
        self.text = ""
        self.hide()

    def show_message(self, text: str, actions: Sequence[ToastAction] = ()) -> None:
        """Show the text with its actions, for eight seconds."""
        self.hide()  # what is added to a visible widget is laid out only later
        clear(self._layout)
        self.text = text
        message = label(text, "strong", wrap=False)
        message.setObjectName("toast.text")
        self._layout.addWidget(message)
        made = [button(title, self._after(act), kind="link", name=f"toast.{title}") for title, act in actions]
        dismiss = ghost_button(tr("Dismiss"), "x", self.hide)
        for each in (*made, dismiss):
            self._add(each)
        self._first = next(iter(made), None)
        if self._first is not None:
            self._first.setToolTip(f"{self._first.text()} ({self._keys})")
        self._fit(message, (*made, dismiss))
        self.setAccessibleName(text)
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        self.offers.emit(bool(actions))

    def take_first(self) -> None:
        """Do the first thing that the message offers."""
        if self._first is not None:
            self._first.click()

    def _fit(self, message: QLabel, beside: Sequence[QWidget]) -> None:
        """In lines of an easy length, or in longer ones where that says it whole; else as much as there is room for."""
        usual = max(1, self._host.width() * 3 // 5)
        if message.sizeHint().width() <= usual and message.text().count("\n") < _MOST_LINES:
            return
        taken = sum(each.sizeHint().width() + self._layout.spacing() for each in beside)
        most = max(usual, self._host.width() - 2 * (_MARGIN + _PAD) - taken)
        message.setWordWrap(True)
        message.ensurePolished()  # else it would be measured in another font
        message.setFixedWidth(usual if len(_lines(message, usual)) <= _MOST_LINES else most)
        _shorten(message)

    def _add(self, made: QAbstractButton) -> None:
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layout.addWidget(made)

    def _after(self, act: Callable[[], None]) -> Callable[[], None]:
        def acted() -> None:
            self.hide()
            act()

        return acted

    def _place(self) -> None:
        self.setMaximumWidth(max(1, self._host.width() - 2 * _MARGIN))
        self.adjustSize()
        free = self._host.width() - self.width()
        x = max(_MARGIN, min(max(free // 2, _COUNT), free - _MARGIN))
        self.move(QPoint(x, self._host.height() - self.height() - _ABOVE_EDGE))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        if event.spontaneous():
            return  # with a window that is minimized: it comes back as it was
        self._first = None
        self.offers.emit(False)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()


def _lines(message: QLabel, width: int) -> list[int]:
    """Where each of its lines begins at that width."""
    starts = []
    layout = QTextLayout(message.text().replace("\n", "\u2028"), message.font())
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    return starts


def _shorten(message: QLabel) -> None:
    """To the lines that there is room for; its tip says all of it."""
    text, starts = message.text(), _lines(message, message.width())
    if len(starts) > _MOST_LINES:
        kept = text.encode("utf-16-le")[: 2 * starts[_MOST_LINES - 1]].decode("utf-16-le")
        rest = text[len(kept) :].replace("\n", " · ")
        message.setText(kept + message.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, message.width()))
        message.setToolTip(tooltip(text))
