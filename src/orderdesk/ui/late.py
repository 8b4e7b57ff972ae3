"""The one place where the window meets the use cases: their libraries load in the worker, after the first paint.

`late.apologies.apologize(...)` reads like a plain import; the module is loaded when it is first named, so name it only in work
that a TaskRunner runs.
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

_ROOMS = (
    "shop",
    "history",
    "apologies",
    "letters",
    "orders",
    "order_entry",
    "products",
    "customers",
    "coupons",
    "imports",
    "exports",
    "backups",
    "sample",
)

__all__ = [
    "apologies",
    "backups",
    "coupons",
    "customers",
    "exports",
    "history",
    "imports",
    "letters",
    "load_all",
    "order_entry",
    "orders",
    "products",
    "sample",
    "shop",
]


def __getattr__(name: str) -> ModuleType:
    if name in _ROOMS:
        return importlib.import_module(f"orderdesk.services.{name}")
    raise AttributeError(name)


def load_all() -> None:
    """Load everything that a click will need, so that the first click is as fast as the second."""
    for name in _ROOMS:
        importlib.import_module(f"orderdesk.services.{name}")
