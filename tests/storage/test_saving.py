"""Saving a file: the old one or the new one, whatever happens, and nothing beside it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from orderdesk.files import write_atomically


def test_a_saved_file_is_whole_private_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    write_atomically(path, b"first")
    write_atomically(path, b"second")
    assert path.read_bytes() == b"second"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_content_then_name_then_folder_reach_the_disk_in_this_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other order can lose the file, or leave an empty one, when the power fails."""
    steps: list[str] = []
    sync, rename = os.fsync, os.replace
    path = tmp_path / "letter.pdf"

    def synced(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        steps.append("folder" if is_folder else f"content of {os.fstat(descriptor).st_size} bytes")
        sync(descriptor)

    def renamed(source: Path, target: Path) -> None:
        assert target == path and not path.exists()
        steps.append("name")
        rename(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    write_atomically(path, b"words")
    assert steps == ["content of 5 bytes", "name", "folder"]


@pytest.mark.parametrize("fault", ["fsync", "replace"])
def test_when_the_disk_fails_the_old_file_stays_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    path = tmp_path / "letter.pdf"
    write_atomically(path, b"first")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, fault, fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]
