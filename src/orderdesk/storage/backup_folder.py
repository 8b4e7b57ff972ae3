"""Where a shop's backups lie, and which of them to name to somebody whose shop is damaged."""

from __future__ import annotations

from pathlib import Path


def backup_folder(shop: Path) -> Path:
    """The folder beside the shop's file."""
    return shop.parent / f"{shop.stem} backups"


def backup_files(shop: Path) -> list[Path]:
    """All that look like backups, oldest first."""
    return sorted(backup_folder(shop).glob(f"*{shop.suffix or '.orderdesk'}"))


def what_to_restore(shop: Path) -> str:
    """Half a sentence that names the newest backup, or where there is none."""
    files = backup_files(shop)
    return (
        f"restore the newest backup, {files[-1]}"
        if files
        else f"restore a backup of your own; there is none in {backup_folder(shop)}"
    )
