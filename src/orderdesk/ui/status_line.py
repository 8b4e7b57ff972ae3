"""The foot of the window: what is shown, what is under way, and Cancel."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from orderdesk.ui.task_runner import Task
from orderdesk.ui.widgets import button, label, row
from orderdesk.ui.words import tr


class StatusLine(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status-line")
        self.setFixedHeight(28)
        layout = row(self, spacing=10)
        layout.setContentsMargins(148, 0, 0, 0)
        self._summary = label("", "muted", wrap=False)
        self._summary.setObjectName("status.summary")
        layout.addWidget(self._summary)
        layout.addStretch(1)
        self._doing = label("", "muted", wrap=False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(180)
        self._bar.setAccessibleName(tr("Progress"))
        self._cancel = button(tr("Cancel"), self._cancel_task, kind="link", name="status.cancel")
        for widget in (self._doing, self._bar, self._cancel):
            layout.addWidget(widget)
        self._tasks: list[Task] = []
        self._show_first()

    def show_summary(self, text: str) -> None:
        self._summary.setText(text)

    def follow(self, task: Task) -> None:
        """Show a task until it is over; of several, the one that is under way: they are done in turn."""
        self._tasks.append(task)
        task.progressed.connect(self._progressed)
        task.finished.connect(lambda: self._finished(task))
        if len(self._tasks) == 1:
            self._show_first()

    def _progressed(self, done: int, total: int, _: str) -> None:
        if self._tasks and self.sender() is self._tasks[0]:
            self._bar.setRange(0, max(total, 1))
            self._bar.setValue(done)

    def _cancel_task(self) -> None:
        if self._tasks:
            self._cancel.setEnabled(False)
            self._tasks[0].cancel()

    def _finished(self, task: Task) -> None:
        is_shown = task is self._tasks[0]
        self._tasks.remove(task)
        if is_shown:
            self._show_first()

    def _show_first(self) -> None:
        self._doing.setText(self._tasks[0].title if self._tasks else "")
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        for widget in (self._doing, self._bar, self._cancel):
            widget.setVisible(bool(self._tasks))
