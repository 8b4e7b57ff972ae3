"""The rules of stock and queue once more, slowly and in plain dictionaries, written only from their words.

A world is {"products": {sku: ...}, "orders": {number: ...}, "policy": ..., "purchases": [...], "letters": {id: ...},
"coupons": {code: ...}, "listings": {id: ...}}; stock is given out unit by unit.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

World = dict[str, Any]
LineKey = tuple[str, int]  # order number, position


def empty_world() -> World:
    things: World = {"products": {}, "orders": {}, "letters": {}, "coupons": {}, "listings": {}}
    return {"policy": "order_date", "purchases": [], **things}


def new_order(customer: str, placed_at: datetime, paid: bool, ship_by: date | None, lines: list[World]) -> World:
    """`case`: since which moment it waits, None where it does not; `letter`: what speaks of that; `told`: the customer knows.

    `spoken`: when the customer was told without a letter last, and what waited then. `used`: the coupons used on it, and `over`
    that they were given back, as it was canceled before anything was sent. `taken`: what was paid for it, None where that is not
    known; nothing but a payment changes that.
    """
    when = {"placed_at": placed_at, "paid_at": placed_at if paid else None, "ship_by": ship_by}
    waits = {"case": None, "letter": None, "told": False, "spoken": None, "answers": [], "over_cases": []}
    usual = {"hold": False, "priority": 0, "policy": "partial", "discount": 0, "used": [], "over": False, "taken": None}
    order = {"customer": customer, "paid": paid, **when, **waits, **usual, "lines": lines}
    return {**order, "taken": left_to_pay(order) if paid else None}


def new_line(position: int, sku: str, ordered: int) -> World:
    """`tied`: how often units were bought for it or a line stands in for another, so that it stays.

    `price` is None where it is not known; `extra`: it stands in for another line, which has paid for it.
    """
    units = dict.fromkeys(("shipped", "canceled", "returned", "drop_ship", "firm"), 0)
    return {
        "position": position,
        "sku": sku,
        "ordered": ordered,
        "policy": None,
        "tied": 0,
        **units,
        "price": 1000,
        "extra": False,
    }


def new_purchase(moment: int, lines: list[World], expected: date | None, *, sent: bool = False) -> World:
    return {"made": moment, "sent": sent, "canceled": False, "expected": expected, "lines": lines}


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


def somebody_ahead_waits(world: World, number: str) -> bool:
    """Whether another order comes before this one for units that both are short of."""
    queue, units = queue_of(world), quantities(world)
    short = [(of, line) for of, _, line in queue if units[of, line["position"]][6]]

    def shelves(line: World) -> set[str]:
        return {sku for sku in takes(world, line["sku"]) if world["products"][sku]["tracked"]}

    return any(
        of != number and mine == number and shelves(ahead) & shelves(line)
        for place, (mine, line) in enumerate(short)
        for of, ahead in short[:place]
    )


def follow(world: World, moment: int) -> None:
    """What follows from a step at that moment: nobody keeps more than is wanted, and a case is open while a unit is short."""
    keep_firm_within_wanted(world)
    short: dict[str, int] = {}
    pending: dict[str, int] = {}
    for (number, _), (*_, lacking, waiting) in quantities(world).items():
        short[number] = short.get(number, 0) + lacking
        pending[number] = pending.get(number, 0) + waiting
    for number, order in world["orders"].items():
        if short.get(number) and order["case"] is None:
            order.update(case_that_goes_on(world, number) or {"case": moment, "answers": []})
        elif order["case"] is not None and not short.get(number) and not pending.get(number):
            order["over_cases"].append({"case": order["case"], "answers": order["answers"]})
            order.update(case=None, letter=None, told=False, answers=[])
        if order["used"] and not any(open_units(line) or line["shipped"] for line in order["lines"]):
            world["coupons"].update((code, "issued") for code in order["used"] if world["coupons"][code] == "redeemed")
            order.update(used=[], over=True)


def case_that_goes_on(world: World, number: str) -> World | None:
    """The case that its customer was told of last and of which a line is short again: they know of no end of it."""
    had = [(letter["at"], key) for key, letter in world["letters"].items() if letter["told"] and not letter["void"]]
    about = [(at, key) for at, key in had if any(of == number for of, _ in world["letters"][key]["lines"])]
    if not about:
        return None
    at, last = max(about)
    letter, short = world["letters"][last], [key for key, (*_, lacking, _) in quantities(world).items() if lacking]
    if letter.get("kind") in ("refund", "good_news", "cancellation") or not {*short} & {
        key for key in letter["lines"] if key[0] == number
    }:
        return None
    case = next((each for each in reversed(world["orders"][number]["over_cases"]) if each["case"] <= at), None)
    answers = [*case["answers"], *world["orders"][number]["answers"]] if case else []
    return case and {**case, "letter": last, "told": True, "answers": answers}


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
    """Units come in, and fill what was bought for the shelf, the earliest expected first."""
    world["products"][sku]["on_hand"] += quantity
    world["products"][sku]["known"] = True
    awaited = [each for each in world["purchases"] if under_way(each)]
    for purchase in sorted(awaited, key=lambda each: each["expected"] or date.max):
        for line in purchase["lines"]:
            if line["sku"] == sku and not line["for"]:
                units = min(quantity, to_come(line))
                quantity -= units
                fill(world, line, units)


def under_way(purchase: World) -> bool:
    return bool(purchase["sent"] and not purchase["canceled"])


def to_come(line: World) -> int:
    """Units of a purchase order's line that have not come and still will."""
    return int(line["quantity"] - line["received"] - line["canceled"])


def on_order(world: World, sku: str) -> int:
    lines = [line for purchase in world["purchases"] if under_way(purchase) for line in purchase["lines"]]
    return sum(to_come(line) for line in lines if line["sku"] == sku)


def fill(world: World, bought: World, units: int) -> None:
    """Units came for a line of a purchase order; those that were bought for a customer's line are kept for it."""
    bought["received"] += units
    number, position = bought["for"] or ("", 0)
    for line in world["orders"].get(number, {"lines": []})["lines"]:
        if line["position"] == position:
            line["firm"] = min(wanted_units(line), line["firm"] + units)


def newest_letter(world: World, number: str) -> int | None:
    """The newest letter that stands and speaks of an order; of one that waits, one made since it does or about that."""
    since, current = world["orders"][number]["case"] or 0, world["orders"][number]["letter"]
    about = [
        key
        for key, letter in world["letters"].items()
        if not letter["void"] and (letter["made"] >= since or key == current) and any(of == number for of, _ in letter["lines"])
    ]
    return max(about, default=None)


def letter_told(world: World, number: str) -> int | None:
    """What a customer who hears of their order has heard of: the letter about this wait, once that is known a newer one."""
    order, newest = world["orders"][number], newest_letter(world, number)
    current: int | None = order["letter"]
    if current is not None and not world["letters"][current]["told"]:
        return current
    if newest is not None and (order["case"] is None or not world["letters"][newest]["told"]):
        return newest
    return current


def last_told(world: World, number: str) -> int | None:
    """The last letter about this wait that the customer has had and that left them a choice: what they know."""
    case = world["orders"][number]["case"]
    had = [
        key
        for key, letter in world["letters"].items()
        if letter["told"] and not letter["void"] and letter.get("kind") not in ("refund", "good_news", "cancellation")
        if case is not None and letter["at"] >= case and any(of == number for of, _ in letter["lines"])
    ]
    return max(had, default=None)


def letter_answered(world: World, number: str) -> int | None:
    """The letter that an answer is to: what they know, or where they know of none, the one that lies ready."""
    told = last_told(world, number)
    return world["orders"][number]["letter"] if told is None else told


def has_answered(world: World, number: str) -> bool:
    """Whether the customer has answered what they were told last."""
    asked = letter_answered(world, number)
    return any(kind != "none" and letter == asked for kind, letter, _ in world["orders"][number]["answers"])


def named(world: World, number: str, line: World) -> bool:
    """Whether any letter, voided or not, speaks of a line."""
    return any((number, line["position"]) in letter["lines"] for letter in world["letters"].values())


def left_to_pay(order: World) -> int | None:
    """What all that is ordered costs, less the discount; None where a price is not known. What stands in costs nothing."""
    own = [line for line in order["lines"] if not line["extra"]]
    if any(line["price"] is None for line in own):
        return None
    return sum(line["ordered"] * line["price"] for line in own) - int(order["discount"])


def comes_to(order: World) -> int | None:
    """The same without what is canceled, which takes its share of the discount along, half a cent up.

    None also where something stands in for a line of which units are canceled.
    """
    whole, gone = left_to_pay(order), [line for line in order["lines"] if line["canceled"]]
    if whole is None or not gone:
        return whole
    if any(line["extra"] for line in order["lines"]):
        return None
    goods, canceled = whole + order["discount"], sum(line["canceled"] * line["price"] for line in gone)
    share = (order["discount"] * canceled * 2 + goods) // (goods * 2) if goods else 0
    return int(whole - max(0, canceled - share))


def too_dear(order: World) -> bool:
    """Whether the discount is more than all that is ordered costs; not where a price is unknown."""
    left = left_to_pay(order)
    return left is not None and left < 0


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
