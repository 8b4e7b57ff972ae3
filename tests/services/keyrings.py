"""System keyrings for tests: one in memory, and the one of a system that has none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

__all__ = ["MemoryKeyring", "NoKeyring", "system_keyring"]


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
