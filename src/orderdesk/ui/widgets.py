"""Small parts that every page is made of. Text that may hold data is always plain text, never markup."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QMouseEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from orderdesk.ui.commands import shortcut_text
from orderdesk.ui.icons import icon
from orderdesk.ui.words import tooltip

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ICON_ROLES = {"primary": QPalette.ColorRole.BrightText, "link": QPalette.ColorRole.Link}
_Layout = TypeVar("_Layout", bound=QBoxLayout)


class Words(QLabel):
    """A label that wraps. Qt would reserve the height that its text has at its narrowest."""

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.fontMetrics().height())

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().height())


def side_of_window(side: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    """Leading or trailing as the window runs; Qt would go by the text, and put a Latin name on the wrong side."""
    return QStyle.visualAlignment(QGuiApplication.layoutDirection(), side) | Qt.AlignmentFlag.AlignAbsolute


def label(text: str, kind: str = "", *, wrap: bool = True, selectable: bool = False) -> QLabel:
    """A label that shows its text as it is, whatever a customer is called."""
    made = Words() if wrap else QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setIndent(0)
    made.setText(text)
    made.setWordWrap(wrap)
    if wrap:
        made.setAlignment(side_of_window(Qt.AlignmentFlag.AlignLeading) | Qt.AlignmentFlag.AlignVCenter)
    if kind:
        made.setProperty("kind", kind)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class PressedOnce:
    """Of buttons: a double click presses once. By its second press the first one may have put another row in this one's place."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name, where it is mixed in
        event.accept()


class Button(PressedOnce, QPushButton):
    """A button that gives its page the keyboard before it is disabled; Qt would pass it to whatever comes next."""

    def enable(self, enabled: bool) -> None:
        if not enabled and self.hasFocus():
            give_page_the_keyboard(self)
        self.setEnabled(enabled)


def button(text: str, clicked: Callable[[], None], *, kind: str = "", image: str = "", name: str = "") -> Button:
    """A button; `kind`: primary, link or "" for a plain one."""
    made = Button()
    say(made, text, beside_image=bool(image))
    made.setProperty("kind", kind)
    made.setAutoDefault(True)  # Enter presses it, as Space does
    if name:
        made.setObjectName(name)
    if image:
        made.setIcon(icon(image, _ICON_ROLES.get(kind, QPalette.ColorRole.ButtonText)))
        made.setIconSize(QSize(16, 16))
    made.clicked.connect(lambda _checked=False: clicked())
    return made


def say(made: QPushButton, text: str, *, beside_image: bool) -> None:
    """What a button says; a little away from its image."""
    made.setText(f" {text}" if beside_image else text)
    made.setAccessibleName(text)


def command_button(action: QAction, image: str = "", kind: str = "", *, compact: bool = False) -> QPushButton:
    """A button for a command: enabled, named and triggered as the command is; `compact` where room is short."""
    made = button(action.text(), action.trigger, kind=kind, image=image, name=f"button.{action.objectName()}")
    keys = shortcut_text(action)
    made.setToolTip(f"{action.text()} ({keys})" if keys else action.text())
    made.setProperty("compact", compact)
    made.setEnabled(action.isEnabled())
    action.enabledChanged.connect(made.enable)
    return made


def give_page_the_keyboard(widget: QWidget) -> None:
    """The page that the widget is on has the keyboard; of what stands beside the pages, the page in front."""
    page: QWidget | None = widget
    while page is not None and page.property("kind") not in ("page", "pages"):
        page = page.parentWidget()
    if page is not None:
        page.setFocus()


def has_keyboard(widget: QWidget) -> bool:
    """Whether it is in the widget or in something on it."""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))


def let_go_of_keyboard(widget: QWidget) -> None:
    """To the page with it, before the widget is hidden; Qt would pass it to whatever comes next."""
    if has_keyboard(widget):
        give_page_the_keyboard(widget)


class _GhostButton(PressedOnce, QToolButton):
    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


def ghost_button(text: str, image: str, clicked: Callable[[], None], *, words: str = "") -> QToolButton:
    """A button that is only an icon, or a word or two; its text is the tooltip and the accessible name."""
    made = _GhostButton()
    made.setProperty("kind", "ghost")
    made.setIcon(icon(image))
    made.setIconSize(QSize(16, 16))
    if words:
        made.setText(words)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        made.setProperty("worded", True)
    made.setToolTip(tooltip(text))
    made.setAccessibleName(text)
    made.clicked.connect(lambda _checked=False: clicked())
    return made


def scrolled(inside: QWidget | None = None) -> QScrollArea:
    """A place for a widget as wide as it, scrolled up and down where it is higher."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if inside is not None:
        area.setWidget(inside)
    return area


def card(parent: QWidget | None = None) -> QFrame:
    """A surface with a hairline round it."""
    made = QFrame(parent)
    made.setProperty("kind", "card")
    return made


def callout(role: str, *lines: str) -> QFrame:
    """A colored note in a pane: the first line is its heading."""
    made = QFrame()
    made.setProperty("kind", "callout")
    made.setProperty("callout", role)
    layout = column(made, margins=10, spacing=3)
    for place, line in enumerate(line for line in lines if line):
        layout.addWidget(label(line, "strong" if place == 0 else ""))
    return made


def rule() -> QFrame:
    made = QFrame()
    made.setProperty("kind", "rule")
    return made


def column(owner: QWidget, *, margins: int = 0, spacing: int = 8) -> QVBoxLayout:
    layout = QVBoxLayout(owner)
    return _set(layout, margins, spacing)


def titled(title: str, widget: QWidget) -> QWidget:
    """A widget with its title close above it, as the fields of forms have theirs."""
    made = QWidget()
    layout = column(made, spacing=3)
    layout.addWidget(label(title, "muted", wrap=False))
    layout.addWidget(widget)
    return made


def row(owner: QWidget | None = None, *, margins: int = 0, spacing: int = 8) -> QHBoxLayout:
    layout = QHBoxLayout(owner) if owner else QHBoxLayout()
    return _set(layout, margins, spacing)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let go of it."""
    while item := layout.takeAt(0):
        widget, inner = item.widget(), item.layout()
        if widget:
            let_go_of_keyboard(widget)
            widget.hide()
            widget.deleteLater()
        elif inner:
            clear(inner)
            inner.deleteLater()


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _set(layout: _Layout, margins: int, spacing: int) -> _Layout:
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(spacing)
    return layout


def framed(completer: QCompleter) -> QCompleter:
    """Its proposals float over the form: with a border of their own."""
    proposals = completer.popup()
    if proposals is not None:
        proposals.setProperty("kind", "popup")
        proposals.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it would lie over the last row
    return completer


class DropDown(QComboBox):
    """A choice among a few. The wheel scrolls the page that it stands on: only the list, once it is open, takes it."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def narrow(combo: DropDown) -> DropDown:
    """A box that is as wide as its place, however long the words in it are."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    return combo
