"""One window per shop file: a lock beside it, and a note in the folder that brings the first window to the front."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEventLoop, QFileSystemWatcher, QLockFile, QObject, QTimer, Signal

_ANSWER_MS = 1000


class Claim(QObject):
    """This window's shop file, which it gives up when it takes another. `called`: a second start wants this window in front."""

    called = Signal()

    def __init__(self, held: OneWindow) -> None:
        super().__init__()
        self._held = held
        held.called.connect(self.called)

    def take(self, shop: Path) -> bool:
        """Whether the file is now this window's, and the former is not any more."""
        wanted = OneWindow(shop)
        if not wanted.take():
            return False
        self.release()
        self._held = wanted
        wanted.called.connect(self.called)
        return True

    def release(self) -> None:
        self._held.release()


class OneWindow(QObject):
    """`called`: a second start wants this window in front."""

    called = Signal()

    def __init__(self, shop: Path) -> None:
        super().__init__()
        shop = shop.absolute()
        self._note = shop.with_name(f".{shop.name}.window-call")
        self._lock = QLockFile(str(shop.with_name(f".{shop.name}.window-lock")))
        self._lock.setStaleLockTime(0)
        self._folder = QFileSystemWatcher(self)

    def take(self) -> bool:
        """Whether this is the only window on the file; if so it listens for second starts. A crash leaves no lock behind.

        Where nothing can be written, nothing can be locked, and nothing needs to be.
        """
        if not self._lock.tryLock(0):
            return self._lock.error() is QLockFile.LockError.PermissionError
        self._note.unlink(missing_ok=True)
        self._folder.addPath(str(self._note.parent))
        self._folder.directoryChanged.connect(self._look)
        return True

    def call_first(self) -> bool:
        """Ask the window that has the file to come to the front; False if it does not take the note away in time."""
        answer = QEventLoop()
        self._folder.addPath(str(self._note.parent))
        self._folder.directoryChanged.connect(lambda: None if self._note.exists() else answer.quit())
        self._note.touch(mode=0o600)
        QTimer.singleShot(_ANSWER_MS, answer.quit)
        answer.exec()
        answered = not self._note.exists()
        self._note.unlink(missing_ok=True)
        return answered

    def owner(self) -> str:
        """Who has the file: the process and the computer, as far as the lock says."""
        process, computer, _ = self._lock.getLockInfo()
        return f"{computer} ({process})" if process else ""

    def release(self) -> None:
        self._lock.unlock()

    def _look(self) -> None:
        if self._note.exists():
            self._note.unlink(missing_ok=True)
            self.called.emit()
