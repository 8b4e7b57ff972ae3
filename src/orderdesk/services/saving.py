"""Files that the program makes: whole or not at all, in a folder that is made where there is none."""

from __future__ import annotations

from pathlib import Path

from orderdesk.domain.errors import StoreError
from orderdesk.files import write_atomically


def save_file(path: Path, content: bytes, *, called: str = "", remedy: str = "Choose another folder.") -> Path:
    """Save a file; where it lies. Raises StoreError, which names it by what it is `called`, else by its path."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, content)
    except OSError as error:
        raise StoreError(f"{called or path} can't be saved: {error.strerror}.", remedy) from error
    return path
