"""A mail server on this machine: it speaks SMTP over real TLS, keeps what it accepts, and misbehaves on request."""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("localhost.pem")
USER, PASSWORD = "june", "open sesame"


@dataclass
class LocalServer:
    """What the server was told and how it behaves. `accepted`: the e-mails it took, with their envelopes.

    `refuses` is the first word of a command that it turns down, `hangs_up` of one that it hears out and never answers,
    `drips` of one whose answer comes byte by byte and never ends, "CONNECT" being the first.
    """

    port: int = 0
    tls_at_once: bool = False
    offers_tls: bool = True
    refuses: str = ""
    hangs_up: str = ""
    drips: str = ""
    spoken: list[str] = field(default_factory=list)
    accepted: list[tuple[str, str, bytes]] = field(default_factory=list)

    @property
    def mails(self) -> list[Message]:
        return [message_from_bytes(content) for _, _, content in self.accepted]


@contextmanager
def local_server(**behavior: bool | str) -> Iterator[LocalServer]:
    """A server that serves one connection after the other until the block ends."""
    server = LocalServer(**behavior)  # type: ignore[arg-type]
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(listener, server, context))
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, server: LocalServer, context: ssl.SSLContext) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:  # the test is over
            return
        with contextlib.suppress(OSError), contextlib.closing(_Talk(connection, server, context)) as talk:
            talk.run()


class _Talk:
    """One connection."""

    def __init__(self, connection: socket.socket, server: LocalServer, context: ssl.SSLContext) -> None:
        self._socket, self._server, self._context = connection, server, context
        self._sender = self._recipient = ""
        self._left = b""

    def run(self) -> None:
        if self._server.tls_at_once:
            self._encrypt()
        if self._server.drips == "CONNECT":
            self._drip(b"220 ")
        self._say("220 localhost")
        while (line := self._line()) is not None:
            command = line.decode().split(" ")[0].split(":")[0].upper()
            self._server.spoken.append(command)
            if command == self._server.drips == "EHLO":
                self._drip(b"250-")
            if command == self._server.refuses:
                self._say("550 Not with us")
                continue
            if not getattr(self, f"_{command.lower()}", self._unknown)(line.decode()):
                return

    def close(self) -> None:
        self._socket.close()

    def _ehlo(self, _: str) -> bool:
        secure = isinstance(self._socket, ssl.SSLSocket)
        offered = ["AUTH PLAIN"] if secure else ["STARTTLS"] if self._server.offers_tls else []
        self._say("\r\n".join(["250-localhost", *(f"250-{each}" for each in offered), "250 8BITMIME"]))
        return True

    def _starttls(self, _: str) -> bool:
        self._say("220 Go ahead")
        if self._server.drips == "STARTTLS":
            self._drip(b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xf0")
        self._encrypt()
        return True

    def _auth(self, line: str) -> bool:
        right = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
        self._say("235 Welcome" if line.split(" ")[2] == right else "535 Wrong")
        return True

    def _mail(self, line: str) -> bool:
        self._sender = _address(line)
        self._say("250 OK")
        return True

    def _rcpt(self, line: str) -> bool:
        self._recipient = _address(line)
        self._say("250 OK")
        return True

    def _data(self, _: str) -> bool:
        self._say("354 Go on")
        lines = []
        while (line := self._line()) not in (b".", None):
            assert line is not None
            lines.append(line[1:] if line.startswith(b".") else line)
        self._server.accepted.append((self._sender, self._recipient, b"\r\n".join(lines)))
        if self._server.drips == "DATA":
            self._drip(b"2")
        if self._server.hangs_up == "DATA":
            return False
        self._say("250 Taken")
        return True

    def _quit(self, _: str) -> bool:
        if self._server.hangs_up != "QUIT":
            self._say("221 Bye")
        return False

    def _unknown(self, _: str) -> bool:
        self._say("502 What?")
        return True

    def _encrypt(self) -> None:
        self._socket = self._context.wrap_socket(self._socket, server_side=True)

    def _say(self, text: str) -> None:
        self._socket.sendall(f"{text}\r\n".encode())

    def _drip(self, begin: bytes) -> None:
        """Until the other side has had enough: then OSError."""
        self._socket.sendall(begin)
        pause = threading.Event()  # never set: it only spaces the bytes
        while not pause.wait(0.02):
            self._socket.sendall(b"\x03")

    def _line(self) -> bytes | None:
        """The next line without its end; None once the other side has hung up."""
        while b"\r\n" not in self._left:
            more = self._socket.recv(65_536)
            if not more:
                return None
            self._left += more
        line, _, self._left = self._left.partition(b"\r\n")
        return line


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
