"""One window per shop file: a lock beside it, and a whisper that brings the first window to the front."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 1000


class OneWindow(QObject):
    """`called`: a second start wants this window in front."""

    called = Signal()

    def __init__(self, shop: Path) -> None:
        super().__init__()
        shop = shop.absolute()
        self._name = "orderdesk-" + hashlib.sha256(str(shop).encode()).hexdigest()[:16]
        self._lock = QLockFile(str(shop.with_name(f".{shop.name}.window-lock")))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answered)

    def take(self) -> bool:
        """Whether this is the only window on the file; if so it listens for second starts. A crash leaves no lock behind."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def call_first(self) -> bool:
        """Ask the window that has the file to come to the front; False if it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        reached = socket.waitForConnected(_ANSWER_MS)
        socket.disconnectFromServer()
        return reached

    def owner(self) -> str:
        """Who has the file: the process and the computer, as far as the lock says."""
        known, process, computer, _ = self._lock.getLockInfo()  # type: ignore[misc]
        return f"{computer} ({process})" if known else ""

    def release(self) -> None:
        self._server.close()
        self._lock.unlock()

    def _answered(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.disconnectFromServer()
        self.called.emit()
