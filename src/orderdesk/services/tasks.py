"""Long work that says how far it is and stops when asked."""

from __future__ import annotations

from typing import Protocol

from typing_extensions import override


class Progress(Protocol):
    """Told of each step of long work; raises CanceledError when the seller has pressed Cancel."""

    def step(self, done: int, total: int, text: str = "") -> None: ...


class _NoProgress(Progress):
    @override
    def step(self, done: int, total: int, text: str = "") -> None:
        pass


NO_PROGRESS: Progress = _NoProgress()
