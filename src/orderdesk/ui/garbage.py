"""Python's collector of cycles, kept on the GUI thread.

It runs on whichever thread happens to allocate. On a worker it could destroy a widget that is part of a cycle, which Qt does not
survive; so it is switched off, and the GUI thread looks after the cycles between two events.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_EVERY_MS = 1000


class GarbageCollector(QObject):
    """Collects what Python would have collected by itself by now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_EVERY_MS)

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    def look(self) -> None:
        """Collect each generation that has passed its threshold, the oldest first."""
        for generation in reversed(range(3)):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
