"""Long work that says how far it is and stops when asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from typing_extensions import override

if TYPE_CHECKING:
    from orderdesk.storage.store import Store

Key = TypeVar("Key")
Done = TypeVar("Done")


class Progress(Protocol):
    """Told of each step of long work; raises CanceledError when the seller has pressed Cancel."""

    def step(self, done: int, total: int, text: str = "") -> None: ...


class _NoProgress(Progress):
    @override
    def step(self, done: int, total: int, text: str = "") -> None:
        pass


NO_PROGRESS: Progress = _NoProgress()


def do_to_each(store: Store, keys: Sequence[Key], act: Callable[[Key], Done], progress: Progress = NO_PROGRESS) -> list[Done]:
    """Do the same to each, as one act of the seller, which one undo takes back. One that refuses ends it: what is done stays."""
    done = []
    with store.at_one_go():
        for place, key in enumerate(keys):
            progress.step(place, len(keys))
            done.append(act(key))
    return done
