"""A file before its import: what it would bring, what it can't say itself, what is left out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QCompleter, QFrame, QWidget

from orderdesk.ui.line_edit import LineEdit
from orderdesk.ui.widgets import DropDown, callout, card, column, framed, label, row
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.exchange.records import Question
    from orderdesk.services.import_results import FileResult

_SKIPPED_SHOWN = 50
_EXAMPLES = 3

Answer = Callable[[str, object], None]


def file_card(file: FileResult, answers: Mapping[str, Any], answer: Answer) -> QFrame:
    """The card of a file; `answers` are those given so far, `answer` takes another."""
    made = card()
    layout = column(made, margins=14, spacing=6)
    layout.addWidget(label(file.path.name, "strong"))
    layout.addWidget(label(tr("Recognized as: {}").replace("{}", file.title), "muted"))
    counts = (
        tr("{} new").replace("{}", f"{file.new:,}"),
        tr("{} changed").replace("{}", f"{file.changed:,}"),
        tr("{} unchanged").replace("{}", f"{file.unchanged:,}"),
    )
    layout.addWidget(callout("info" if file.new or file.changed else "neutral", " · ".join(counts), *_examples(file)))
    for question in file.questions:
        if question.id == "supplier":
            layout.addWidget(_supplier(question, answer))
            continue
        given = str(answers.get(question.id, question.assumed))
        layout.addWidget(_question(question.id, question.text, question.choices, given, answer))
    if file.kind == "orders":
        layout.addWidget(_paid_box(answers, answer))
    for note in file.notes:
        layout.addWidget(label(note, "muted"))
    if file.skipped:
        layout.addWidget(_skipped(file))
    return made


def _examples(file: FileResult) -> list[str]:
    shown = list(file.samples[:_EXAMPLES])
    rest = file.new + file.changed + file.unchanged - len(shown)
    return [*shown, counted(rest, "and {} more", "and {} more")] if shown and rest > 0 else shown


def _question(key: str, text: str, choices: Sequence[str], given: str, answer: Answer) -> QWidget:
    """What the file can't say itself; another answer reads it again."""
    holder = QWidget()
    layout = row(holder)
    layout.addWidget(label(text), 1)
    combo = DropDown()
    combo.setObjectName(f"import.question.{key}")
    combo.setAccessibleName(text)
    combo.addItems(list(choices))
    combo.setCurrentText(given)
    combo.textActivated.connect(lambda chosen: answer(key, chosen))
    layout.addWidget(combo)
    return holder


def _supplier(question: Question, answer: Answer) -> QWidget:
    """Whose stock it is: one of the known, or a new one."""
    holder = QWidget()
    layout = row(holder)
    layout.addWidget(label(tr("Whose stock is it?")), 1)
    name = LineEdit(question.assumed)
    name.setObjectName("import.supplier")
    name.setAccessibleName(tr("Supplier"))
    name.setPlaceholderText(tr("Supplier"))
    completer = QCompleter(list(question.choices), name)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    name.setCompleter(framed(completer))

    def typed() -> None:
        if name.isModified():  # once: the field is left again when the cards are made anew
            name.setModified(False)
            answer("supplier", name.text().strip())

    name.editingFinished.connect(typed)
    layout.addWidget(name, 1)
    return holder


def _paid_box(answers: Mapping[str, Any], answer: Answer) -> QWidget:
    box = QCheckBox(tr("Where the file does not say, orders count as paid"))
    box.setObjectName("import.paid")
    box.setChecked(bool(answers.get("treat_as_paid")))
    box.clicked.connect(lambda checked: answer("treat_as_paid", checked))
    holder = QWidget()
    layout = column(holder, spacing=2)
    layout.addWidget(box)
    layout.addWidget(label(tr("Otherwise they wait for payment and get no stock."), "muted"))
    return holder


def _skipped(file: FileResult) -> QFrame:
    heading = counted(len(file.skipped), "{} row is left out", "{} rows are left out")
    rest = len(file.skipped) - _SKIPPED_SHOWN
    more = [counted(rest, "and {} more", "and {} more")] if rest > 0 else []
    return callout("backordered", heading, *[str(each) for each in file.skipped[:_SKIPPED_SHOWN]], *more)
