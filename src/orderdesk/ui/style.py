"""Qt style sheet, generated from the palette. Widgets say what they are by the properties `kind` and `role`."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from orderdesk.resources import resource

if TYPE_CHECKING:
    from orderdesk.ui.colors import Colors

_SHEET = Template("""
QWidget { color: $text; outline: none; }  /* the ring is the focus: no frame of the style inside it */
QMainWindow, QDialog, QWidget[kind="page"] { background: $window; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: 4px 6px; }
QFrame[kind="card"] { background: $surface; border: 1px solid $hairline; border-radius: 8px; }
QFrame[kind="rule"] { background: $hairline; border: none; max-height: 1px; min-height: 1px; }
QFrame[kind="toast"], QFrame[kind="overlay"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QScrollArea, QScrollArea > QWidget > QWidget[kind="scrolled"] { background: transparent; border: none; }

QLabel { background: transparent; }
QLabel[kind="title"] { font-size: 18px; font-weight: 700; }
QLabel[kind="hero"] { font-size: 24px; font-weight: 700; }
QLabel[kind="section"] { font-weight: 600; padding-top: 6px; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="problem"] { color: $danger; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="brand"] { font-size: 17px; font-weight: 700; }
QLabel[kind="code"] { font-size: 15px; font-weight: 600; letter-spacing: 1px; }

QPushButton, QToolButton[kind="button"] {
    background: $surface; border: 1px solid $border; border-radius: 6px; padding: 0 12px; min-height: 28px; font-weight: 500;
}
QPushButton:hover, QToolButton[kind="button"]:hover { background: $hover; }
QPushButton:pressed { background: $selection; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; border-color: $hairline; }
QPushButton:focus, QToolButton[kind="button"]:focus { border: 2px solid $accent; padding: 0 11px; min-height: 26px; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $hairline; color: $muted; border-color: $hairline; }
QPushButton[kind="link"] { background: transparent; border: none; color: $accent; padding: 0 2px; min-height: 22px;
    font-weight: 600; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:disabled { color: $disabled; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; border-radius: 4px; padding: 0; min-height: 18px; }
QToolButton[kind="ghost"] { background: transparent; border: none; border-radius: 6px; padding: 4px; }
QToolButton[kind="ghost"]:hover { background: $hover; }
QToolButton[kind="ghost"]:focus { border: 2px solid $accent; padding: 2px; }
QToolButton[worded="true"] { color: $accent; font-weight: 600; padding: 2px 4px; }
QToolButton[worded="true"]:focus { padding: 0 2px; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator { image: none; width: 0; }

QPushButton[compact="true"] { padding: 0 4px; }
QPushButton[compact="true"]:focus { padding: 0 3px; }
QPushButton[kind="chip"] { border-radius: 13px; padding: 0 12px; min-height: 24px; max-height: 24px; font-weight: 500; }
QPushButton[kind="chip"]:checked { background: $selection; border-color: $accent; color: $selected_text; font-weight: 600; }
QPushButton[kind="chip"]:focus { border: 2px solid $accent; padding: 0 11px; min-height: 22px; max-height: 22px; }

QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QLineEdit, QComboBox, QPlainTextEdit {
    background: $surface; border: 1px solid $border; border-radius: 6px; padding: 0 8px; min-height: 28px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QComboBox { padding: 0 10px; }  /* the words of all fields begin below each other: Qt indents those of a line by 2 more */
QComboBox:editable { padding: 0 8px; }
QComboBox QLineEdit { padding: 0; border: none; min-height: 0; }
QPlainTextEdit { padding: 4px 6px; }
QLineEdit[kind="search"] { min-height: 30px; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: 0 7px; min-height: 26px; }
QComboBox:focus { padding: 0 9px; }
QComboBox:editable:focus { padding: 0 7px; }
QComboBox QLineEdit:focus { padding: 0; border: none; min-height: 0; }
QLineEdit[kind="search"]:focus { min-height: 28px; }
QPlainTextEdit:focus { padding: 3px 5px; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $danger; }
QLineEdit:disabled, QComboBox:disabled { color: $disabled; border-color: $hairline; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url($chevron); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; selection-background-color: $selection;
    selection-color: $selected_text; outline: none; padding: 4px; }
QCheckBox, QRadioButton { spacing: 8px; background: transparent; min-height: 22px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $border; border-radius: 4px; background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($check); }
QCheckBox::indicator:focus { border: 2px solid $accent; width: 14px; height: 14px; }
QListWidget::item { padding: 5px 6px; border-radius: 4px; }
QListWidget::item:selected { background: $selection; color: $selected_text; }

QTableView, QListView, QTableWidget { background: $surface; border: none; outline: none; gridline-color: $hairline;
    selection-background-color: $selection; selection-color: $selected_text; }
QListView[kind="popup"] { border: 1px solid $border; padding: 2px; }  /* what Qt leaves round the rows of proposals */
QTableView[kind="lines"] { border: 1px solid $hairline; border-radius: 6px; }
QHeaderView { background: $window; border: none; }
QHeaderView::section { background: $window; color: $muted; border: none; border-bottom: 1px solid $hairline; padding: 4px 8px;
    font-weight: 600; }
QTableCornerButton::section { background: $window; border: none; }

QMenuBar { background: $window; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $selection; color: $selected_text; }
QMenu { background: $surface; border: 1px solid $border; padding: 5px; }
QMenu::item { padding: 5px 22px 5px 10px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $selected_text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $hairline; margin: 5px 6px; }
QMenu::icon { padding-left: 8px; }
QMenu::icon:checked { background: $selection; border: 1px solid $accent; border-radius: 4px; margin: 1px 0 1px 2px;
    padding-left: 5px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 1px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 1px; }
QScrollBar::handle { background: $scroll; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $border; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; border: none; width: 0; height: 0; }
QSplitter::handle { background: transparent; }
QStatusBar { background: $window; }
QStatusBar::item { border: none; }
QProgressBar { background: $hairline; border: none; border-radius: 4px; max-height: 8px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QFrame[kind="callout"] { border: none; border-radius: 8px; }
QFrame[callout="backordered"] { background: $backordered_fill; }
QFrame[callout="backordered"] QLabel { color: $backordered_text; }
QFrame[callout="danger"] { background: $danger_fill; }
QFrame[callout="danger"] QLabel { color: $danger; }
QFrame[callout="info"] { background: $info_fill; }
QFrame[callout="info"] QLabel { color: $info_text; }
QFrame[callout="ok"] { background: $ok_fill; }
QFrame[callout="ok"] QLabel { color: $ok_text; }
QFrame[callout="told"] { background: $told_fill; }
QFrame[callout="told"] QLabel { color: $told_text; }
QFrame[callout="neutral"] { background: $neutral_fill; }
QFrame[callout="neutral"] QLabel { color: $neutral_text; }
""")


def style_sheet(colors: Colors) -> str:
    """The style sheet of the whole window in these colors."""
    names = ("window", "surface", "text", "muted", "hairline", "border", "accent", "accent_hover", "on_accent", "selection")
    values = {name: getattr(colors, name) for name in (*names, "selected_text")}
    values |= {f"{role}_text": pair.text for role, pair in colors.badges.items()}
    values |= {f"{role}_fill": pair.fill for role, pair in colors.badges.items()}
    theme = "dark" if colors.dark else "light"
    return _SHEET.substitute(
        values,
        danger=colors.badges["danger"].text,
        hover="#2B3138" if colors.dark else "#F0F3F7",
        scroll="#4A525C" if colors.dark else "#C4CAD3",
        disabled="#6C7682" if colors.dark else "#98A1AD",
        chevron=resource("ui", f"chevron-{theme}.svg").as_posix(),
        check=resource("ui", f"check-{theme}.svg").as_posix(),
    )
