"""Languages as files and forms name them."""

from __future__ import annotations

from functools import cache

from babel import Locale


def is_language(code: str) -> bool:
    """Whether that is a language's ISO 639 code, maybe with a region: "de", "de-AT", "pt_BR"."""
    return code.replace("_", "-").partition("-")[0].lower() in _codes()


@cache
def _codes() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages)
