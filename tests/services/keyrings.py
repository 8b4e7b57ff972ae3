"""Where tests keep passwords: system keyrings, one in memory and one of a system that has none, and a notebook instead of any."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from typing_extensions import override

from orderdesk.services.ports import Passwords

__all__ = ["MemoryKeyring", "NoKeyring", "Notebook", "system_keyring"]


@dataclass
class Notebook(Passwords):
    """Passwords in memory."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict)

    @override
    def find(self, host: str, user: str) -> str | None:
        return self.kept.get((host, user))

    @override
    def keep(self, host: str, user: str, password: str) -> None:
        self.kept[host, user] = password


class MemoryKeyring(KeyringBackend):
    """Passwords in memory; never chosen by itself."""

    priority = 0.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@contextmanager
def system_keyring(backend: KeyringBackend) -> Iterator[None]:
    """The system has that keyring for the length of the block."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)
