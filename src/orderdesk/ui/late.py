"""The one place where the window meets what is slow to load: use cases, overlays, letters. They load when first named.

`late.apologies.apologize(...)` reads like a plain import. Use cases are named only in work that a TaskRunner runs, so that their
libraries load in the worker, after the first paint.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orderdesk.services import (
        apologies,
        backups,
        coupons,
        customers,
        exports,
        history,
        imports,
        letters,
        order_entry,
        orders,
        products,
        sample,
        shop,
    )
    from orderdesk.ui import keeping, letter_pane, order_editor, overlays, raster, versions

__all__ = [
    "apologies",
    "backups",
    "coupons",
    "customers",
    "exports",
    "history",
    "imports",
    "keeping",
    "letter_pane",
    "letters",
    "load_all",
    "order_editor",
    "order_entry",
    "orders",
    "overlays",
    "products",
    "raster",
    "sample",
    "shop",
    "versions",
]
_OF_THE_WINDOW = ("keeping", "letter_pane", "order_editor", "overlays", "raster", "versions")


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(name)
    return importlib.import_module(f"orderdesk.ui.{name}" if name in _OF_THE_WINDOW else f"orderdesk.services.{name}")


def load_all() -> None:
    """Load everything that a click will need, so that the first click is as fast as the second."""
    for name in __all__:
        if name != load_all.__name__:
            __getattr__(name)
