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
        self._task: Task | None = None
        self._rest()

    def show_summary(self, text: str) -> None:
        self._summary.setText(text)

    def follow(self, task: Task) -> None:
        """Show a task until it is over; of several, the latest."""
        self._task = task
        self._doing.setText(task.title)
        self._bar.setRange(0, 0)
        for widget in (self._doing, self._bar, self._cancel):
            widget.show()
        self._cancel.setEnabled(True)
        task.progressed.connect(self._progressed)
        task.finished.connect(lambda: self._finished(task))

    def _progressed(self, done: int, total: int, _: str) -> None:
        if self.sender() is self._task:
            self._bar.setRange(0, max(total, 1))
            self._bar.setValue(done)

    def _cancel_task(self) -> None:
        if self._task is not None:
            self._cancel.setEnabled(False)
            self._task.cancel()

    def _finished(self, task: Task) -> None:
        if self._task is task:
            self._rest()

    def _rest(self) -> None:
        self._task = None
        for widget in (self._doing, self._bar, self._cancel):
            widget.hide()
