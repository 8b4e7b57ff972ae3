"""A talk with a mail server that ends in time: one that says a byte now and then would else go on for ever."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TooSlowError(smtplib.SMTPException):
    """The time for the whole talk is over."""


class TimeLimit:
    """So many seconds for a connection, from its first moment on: then it is cut."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._connection: socket.socket | None = None
        self._timer: threading.Timer | None = None
        self._over = threading.Event()

    def watch(self, connection: socket.socket) -> None:
        """The time begins. The connection is cut whatever it is wrapped in meanwhile."""
        self._connection = connection.dup()
        self._timer = threading.Timer(self._seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    @contextmanager
    def said(self) -> Iterator[None]:
        """Raises TooSlowError in place of what a connection says that was cut."""
        try:
            yield
        except (smtplib.SMTPException, OSError) as error:
            if self._over.is_set():
                raise TooSlowError from error
            raise

    def close(self) -> None:
        """The talk has ended."""
        if self._timer is not None and self._connection is not None:
            self._timer.cancel()
            self._timer.join()
            self._connection.close()

    def _cut(self) -> None:
        self._over.set()
        if self._connection is not None:
            with contextlib.suppress(OSError):  # the server may have hung up at this very moment
                self._connection.shutdown(socket.SHUT_RDWR)


class Session(smtplib.SMTP):
    """A talk within a limit; with `context` it is encrypted from the first byte.

    `silence` is for how many seconds the server may say nothing.
    """

    def __init__(self, host: str, port: int, context: ssl.SSLContext | None, silence: float, limit: TimeLimit) -> None:
        self._at_once = context
        self._limit = limit
        super().__init__(host, port, timeout=silence)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """What smtplib asks for when it connects."""
        connection = socket.create_connection((host, port), timeout)
        self._limit.watch(connection)
        return self._at_once.wrap_socket(connection, server_hostname=host) if self._at_once else connection
