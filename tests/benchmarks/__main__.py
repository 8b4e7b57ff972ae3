"""Run all benchmarks, or those that are named."""

from __future__ import annotations

import sys
from importlib import import_module

_ALL = ("one_click", "importing", "updating", "starting", "searching", "allocating", "placing", "letters")

for name in sys.argv[1:] or _ALL:
    import_module(f"tests.benchmarks.{name}").run()
