"""Kits: products that are put together from others when they are packed, and have no stock of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from orderdesk.domain.errors import InvalidValueError

_PART = re.compile(r"(?:([0-9]{1,6})\s*[x×]\s+)?(\S.*)")


def parse_parts(field: str, text: str) -> dict[str, int]:
    """Units by SKU of a text such as "2 x LAMP; SHADE", where no number is 1. Raises InvalidValueError, which names `field`."""
    parts: dict[str, int] = {}
    for each in filter(None, (part.strip() for part in text.split(";"))):
        match = _PART.fullmatch(each)
        quantity = int(match[1] or 1) if match else 0
        if not match or not quantity or match[2] in parts:
            raise InvalidValueError(field, each, 'each SKU once with its number of units, as in "2 x LAMP; 1 x SHADE"')
        parts[match[2]] = quantity
    return parts


def parts_text(parts: Iterable[tuple[str, int]]) -> str:
    """SKUs and units as `parse_parts` reads them."""
    return "; ".join(f"{quantity} x {sku}" for sku, quantity in parts)
