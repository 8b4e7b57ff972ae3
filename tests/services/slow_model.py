"""The rules of stock and queue once more, slowly and in plain dictionaries, written only from their words.

A world is {"products": {sku: ...}, "orders": {number: ...}, "policy": ...}; stock is given out unit by unit.
"""

from __future__ import annotations

from datetime import date
from typing import Any

World = dict[str, Any]
LineKey = tuple[str, int]  # order number, position


def empty_world() -> World:
    return {"products": {}, "orders": {}, "policy": "order_date"}


def open_units(line: World) -> int:
    return int(line["ordered"] - line["shipped"] - line["canceled"])


def counts(world: World, order: World, line: World) -> bool:
    """Whether a line competes for stock: paid, not held, and its product is counted (or needs no stock at all)."""
    product = world["products"][line["sku"]]
    return bool(order["paid"] and not order["hold"] and (product["known"] or not product["tracked"]))


def queue_of(world: World, sku: str) -> list[tuple[str, World, World]]:
    """The lines that want a product, first in the queue first."""
    waiting = [
        (number, order, line)
        for number, order in world["orders"].items()
        for line in order["lines"]
        if line["sku"] == sku and open_units(line) and counts(world, order, line)
    ]

    def place(entry: tuple[str, World, World]) -> tuple[Any, ...]:
        number, order, line = entry
        promised = (order["ship_by"] or date.max) if world["policy"] == "ship_by" else date.max
        return promised, order["paid_at"] or order["placed_at"], int(number.strip("#")), line["position"]

    return sorted(waiting, key=place)


def allocation(world: World) -> dict[LineKey, int]:
    """Units held by every line that holds any, given out one by one."""
    held: dict[LineKey, int] = {}
    for sku, product in world["products"].items():
        on_shelf = product["on_hand"] if product["tracked"] else 10**9
        for number, _, line in queue_of(world, sku):
            for _ in range(open_units(line)):
                if on_shelf:
                    on_shelf -= 1
                    held[number, line["position"]] = held.get((number, line["position"]), 0) + 1
    return held


def quantities(world: World) -> dict[LineKey, tuple[int, ...]]:
    """Per line: ordered, shipped, canceled, allocated, backordered, pending."""
    held = allocation(world)
    found: dict[LineKey, tuple[int, ...]] = {}
    for number, order in world["orders"].items():
        for line in order["lines"]:
            units, waiting = held.get((number, line["position"]), 0), open_units(line)
            short, pending = (waiting - units, 0) if counts(world, order, line) else (0, waiting)
            found[number, line["position"]] = (line["ordered"], line["shipped"], line["canceled"], units, short, pending)
    return found
