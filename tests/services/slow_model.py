"""The rules of stock and queue once more, slowly and in plain dictionaries, written only from their words.

A world is {"products": {sku: ...}, "orders": {number: ...}, "policy": ...}; stock is given out unit by unit.
"""

from __future__ import annotations

from datetime import date
from typing import Any

World = dict[str, Any]
LineKey = tuple[str, int]  # order number, position


def empty_world() -> World:
    return {"products": {}, "orders": {}, "policy": "order_date", "bought": []}


def new_line(position: int, sku: str, ordered: int) -> World:
    """`tied`: units were bought for it, or a line stands in for another, so that it stays."""
    units = dict.fromkeys(("shipped", "canceled", "returned", "drop_ship", "firm"), 0)
    return {"position": position, "sku": sku, "ordered": ordered, "policy": None, "tied": False, **units}


def open_units(line: World) -> int:
    return int(line["ordered"] - line["shipped"] - line["canceled"])


def wanted_units(line: World) -> int:
    """Open units that the shelf is to give."""
    return int(open_units(line) - line["drop_ship"])


def counts(world: World, order: World, line: World) -> bool:
    """Whether a line competes for stock: paid, not held, and its product is counted (or needs no stock at all)."""
    taken = [world["products"][sku] for sku in takes(world, line["sku"])]
    return bool(order["paid"] and not order["hold"] and all(product["known"] or not product["tracked"] for product in taken))


def takes(world: World, sku: str) -> dict[str, int]:
    """What one unit takes, by SKU: the parts of a kit, or itself."""
    return world["products"][sku]["parts"] or {sku: 1}


def move(world: World, sku: str, units: int) -> None:
    """Units come to the shelf or leave it, those of a kit as its parts."""
    for part, each in takes(world, sku).items():
        product = world["products"][part]
        product["on_hand"] += units * each if product["tracked"] else 0


def queue_of(world: World) -> list[tuple[str, World, World]]:
    """The lines that compete, first in the queue first."""
    waiting = [
        (number, order, line)
        for number, order in world["orders"].items()
        for line in order["lines"]
        if wanted_units(line) and counts(world, order, line)
    ]

    def place(entry: tuple[str, World, World]) -> tuple[Any, ...]:
        number, order, line = entry
        promised = (order["ship_by"] or date.max) if world["policy"] == "ship_by" else date.max
        return -order["priority"], promised, order["paid_at"] or order["placed_at"], int(number.strip("#")), line["position"]

    return sorted(waiting, key=place)


def allocation(world: World) -> dict[LineKey, int]:
    """Units held by every line that holds any, given out one by one: firm ones first, each round in the order of the queue.

    A unit of a kit takes all of its parts or nothing.
    """
    held: dict[LineKey, int] = {}
    shelf = {sku: product["on_hand"] if product["tracked"] else 10**9 for sku, product in world["products"].items()}
    queue = queue_of(world)
    for part in ("firm", "all"):
        for number, _, line in queue:
            key, needs = (number, line["position"]), takes(world, line["sku"])
            while held.get(key, 0) < (line["firm"] if part == "firm" else wanted_units(line)):
                if any(shelf[sku] < each for sku, each in needs.items()):
                    break
                for sku, each in needs.items():
                    shelf[sku] -= each
                held[key] = held.get(key, 0) + 1
    return held


def keep_firm_within_wanted(world: World) -> None:
    """Nobody keeps more for a line than it still wants."""
    for order in world["orders"].values():
        for line in order["lines"]:
            line["firm"] = min(line["firm"], wanted_units(line))


def leaving(world: World, number: str) -> dict[int, int]:
    """What of an order may leave now, by position: nothing of what waits to be complete and is not."""
    order, held = world["orders"][number], allocation(world)
    here = {line["position"]: held.get((number, line["position"]), 0) for line in order["lines"]}
    whole = {line["position"]: wanted_units(line) == here[line["position"]] for line in order["lines"]}
    together = all(whole[line["position"]] for line in order["lines"] if line["policy"] is None)
    found = {}
    for line in order["lines"]:
        place = line["position"]
        complete = whole[place] if line["policy"] else together
        if here[place] and ((line["policy"] or order["policy"]) != "complete" or complete):
            found[place] = here[place]
    return found


def take_in(world: World, sku: str, quantity: int) -> None:
    """Units come in: as many as were bought for lines are kept for them, the earliest purchase first."""
    world["products"][sku]["on_hand"] += quantity
    world["products"][sku]["known"] = True
    for bought in world["bought"]:
        if bought["sku"] == sku and quantity:
            units = min(quantity, bought["open"])
            bought["open"] -= units
            quantity -= units
            for line in world["orders"][bought["number"]]["lines"]:
                if line["position"] == bought["position"]:
                    line["firm"] = min(wanted_units(line), line["firm"] + units)


def quantities(world: World) -> dict[LineKey, tuple[int, ...]]:
    """Per line: ordered, shipped, canceled, drop-shipped, firm, allocated, backordered, pending."""
    held = allocation(world)
    found: dict[LineKey, tuple[int, ...]] = {}
    for number, order in world["orders"].items():
        for line in order["lines"]:
            units, waiting = held.get((number, line["position"]), 0), wanted_units(line)
            short, pending = (waiting - units, 0) if counts(world, order, line) else (0, waiting)
            stored = tuple(line[name] for name in ("ordered", "shipped", "canceled", "drop_ship", "firm"))
            found[number, line["position"]] = (*stored, units, short, pending)
    return found
