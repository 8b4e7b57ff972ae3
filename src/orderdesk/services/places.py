"""Where the shop's file lies unless the seller says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path, user_log_path

FILE_NAME = "shop.orderdesk"
_VARIABLE = "ORDERDESK_DATA"
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "google drive": "Google Drive",
    "nextcloud": "Nextcloud",
}


def is_named(named: str | None) -> bool:
    """Whether the shop's file goes by a name that somebody gave it."""
    return bool(named or os.environ.get(_VARIABLE))


def shop_path(named: str | None = None) -> Path:
    """The file that was named, else that of ORDERDESK_DATA, else the one in the user's data folder."""
    chosen = named or os.environ.get(_VARIABLE)
    return Path(chosen).expanduser() if chosen else user_data_path("OrderDesk", appauthor=False) / FILE_NAME


def synced_by(path: Path) -> str | None:
    """Who seems to synchronize the folder; a live shop there can be damaged, finished backups are safe."""
    names = [part.casefold() for part in path.absolute().parts[:-1]]
    return next((owner for sign, owner in _SYNCED.items() if any(sign in name for name in names)), None)


def log_folder() -> Path:
    return user_log_path("OrderDesk", appauthor=False)
