"""The shop's pictures."""

from __future__ import annotations

from orderdesk.storage.view import View


def pictures(view: View) -> dict[str, bytes]:
    """Every picture that the shop has had, by its SHA-256: a handful at most."""
    return dict(view.all("SELECT sha256, content FROM picture"))
