"""What a customer who waits must hear, when, and what their silence means: slowly once more, written only from the rules.

For an order from the United States to the United States. A letter of the model has its `kind`, and of each line the `dates` it
gives; what `silence` means and until when they may answer (`answer_by`); by when those without a date hear again (`update_on`).
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.builders import HOLLOW_OAK
from tests.services.slow_model import (
    LineKey,
    World,
    allocation,
    comes_to,
    counts,
    fill,
    last_told,
    leaving,
    open_units,
    queue_of,
    takes,
    to_come,
    under_way,
    wanted_units,
)

OF_A_WAIT = ("first", "renewed", "date_change", "refund")
_MONTH = timedelta(days=30)


def local_day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(HOLLOW_OAK.time_zone)).date()


def expected_units(world: World, today: date) -> dict[LineKey, list[date | None]]:
    """By line that is short, the day from which on it has each of its units, the first ones first; None where that is not known.

    On each day comes what was to come then, and is given out by the rules, in a shop where nothing else happens. What should have
    come before today comes on no known day.
    """
    held, then = allocation(world), _allocation_of_days(world, today)
    found: dict[LineKey, list[date | None]] = {}
    for number, _, line in queue_of(world):
        key = (number, line["position"])
        for unit in range(held.get(key, 0), wanted_units(line)):
            without = [day for day, shares in then.items() if shares.get(key, 0) <= unit]
            with_it = [day for day in then if not without or day > max(without)]
            found.setdefault(key, []).append(min(with_it, default=None))
    return found


def _allocation_of_days(world: World, today: date) -> dict[date, dict[LineKey, int]]:
    """What is held once all is here that comes until the end of each day on which something does."""
    coming = [each for each in world["purchases"] if under_way(each) and each["expected"] and each["expected"] >= today]
    later = deepcopy({name: world[name] for name in ("products", "orders", "purchases", "policy")}) if coming else {}
    found = {}
    for day in sorted({each["expected"] for each in coming}):
        for purchase in later["purchases"]:
            for line in purchase["lines"] if under_way(purchase) and purchase["expected"] == day else []:
                units = to_come(line)
                later["products"][line["sku"]]["on_hand"] += units
                fill(later, line, units)
        found[day] = allocation(later)
    return found


def expected_days(world: World, today: date) -> dict[LineKey, date]:
    """By line that is short, the day on which its last unit comes in; lines that the deliveries do not cover are left out."""
    found = {key: [day for day in days if day] for key, days in expected_units(world, today).items() if None not in days}
    return {key: max(days) for key, days in found.items()}


def short_lines(world: World, number: str) -> dict[LineKey, int]:
    order, held = world["orders"][number], allocation(world)
    units = {
        (number, line["position"]): wanted_units(line) - held.get((number, line["position"]), 0)
        for line in order["lines"]
        if counts(world, order, line)
    }
    return {key: short for key, short in units.items() if short}


def status(world: World, number: str) -> str:
    order, held = world["orders"][number], allocation(world)
    lines = order["lines"]
    here = sum(held.get((number, line["position"]), 0) for line in lines)
    if not any(open_units(line) for line in lines):
        return "shipped" if any(line["shipped"] for line in lines) else "canceled"
    if not order["paid"]:
        return "awaiting_payment"
    if order["hold"]:
        return "on_hold"
    pending = any(wanted_units(line) and not counts(world, order, line) for line in lines)
    if not pending and not short_lines(world, number):
        direct = all(open_units(line) == line["drop_ship"] for line in lines)
        return "awaiting_supplier" if direct else "ready"
    if here and order["policy"] == "partial":
        return "partly_ready"
    return "backordered" if short_lines(world, number) else "pending"


def dates_to_give(world: World, number: str, today: date) -> dict[LineKey, date | None]:
    """What a letter of today can promise."""
    expected = expected_days(world, today)
    return {key: expected.get(key) for key in short_lines(world, number)}


def given_by(letter: World, number: str) -> date | None:
    """The day that a letter gives an order: the last of its lines, none where one has none."""
    days = [day for (of, _), day in letter["dates"].items() if of == number]
    return None if None in days else max(days)


def rights(world: World, number: str, today: date) -> tuple[str, str | None, date | None]:
    """16 CFR 435: what is left to the customer ("options" or "refund"), what silence means, and until when they may answer."""
    order, days = world["orders"][number], list(dates_to_give(world, number, today).values())
    stated: date = order["ship_by"] or local_day(order["paid_at"] or order["placed_at"]) + _MONTH
    new = None if None in days else max(days, default=None)
    told = last_told(world, number)
    agreed = [(key, date_was_over) for kind, key, date_was_over in order["answers"] if kind == "agreed"]
    ends, ask_by, without_end = stated + _MONTH, stated, bool(agreed)
    if told is not None:
        letter = world["letters"][told]
        of_this = [date_was_over for key, date_was_over in agreed if key == told]
        silence, answer_by = asked_by(letter, number)
        asked = silence == "cancellation" and not of_this
        given = given_by(letter, number)
        ends = max(stated, (answer_by if asked else given) or ends)
        # To a date that does not hold any more nobody agrees: who agreed then, or without a date, waits until it comes.
        ask_by, without_end = ends, any(of_this) or (bool(agreed) and given is None and not asked)
    if today > ask_by and not without_end:
        return "refund", None, None
    if new is not None and (new <= ends or without_end):
        return "options", "consent", new
    return ("options", None, None) if without_end else ("options", "cancellation", ends)


def asked_by(letter: World, number: str) -> tuple[str | None, date | None]:
    """What a letter says that silence means to an order, and until when its customer may answer."""
    asked: tuple[str | None, date | None] = letter["asks"].get(number, (None, None))
    return asked


def canceled_by_silence(letter: World, number: str, today: date) -> bool:
    """Whether no answer to it came in time, if none came."""
    silence, answer_by = asked_by(letter, number)
    return silence == "cancellation" and answer_by is not None and answer_by < today


def asks_as_it_did(world: World, letter: World, numbers: list[str]) -> bool:
    """Whether a letter of its day would say the same of silence: they may have agreed to wait since."""
    waiting = [number for number in numbers if short_lines(world, number)]
    return all(rights(world, number, letter["dated"])[1:] == asked_by(letter, number) for number in waiting)


def kind_due(world: World, number: str, today: date) -> str:
    """The kind of letter that today's would be."""
    if rights(world, number, today)[0] == "refund":
        return "refund"
    told = last_told(world, number)
    if told is None:
        return "first"
    if unheard_lines(world, number):
        return "renewed"
    told_days = world["letters"][told]["dates"]
    pairs = [(told_days.get(key), day) for key, day in dates_to_give(world, number, today).items()]
    worse = any(was and (day is None or day > was) for was, day in pairs)
    better = any(day and (was is None or day < was) for was, day in pairs)
    return "date_change" if better and not worse else "renewed"


def has_slipped(world: World, number: str, today: date) -> bool:
    """Whether the customer has to hear again of a line that waits: the date in its row of the table has passed, moved back or got
    lost; or it has none, and word was promised by now.
    """
    told = last_told(world, number)
    if told is None:
        return False
    letter, expected = world["letters"][told], expected_days(world, today)
    rows = [(key, letter["dates"][key]) for key in short_lines(world, number) if key in letter["dates"]]
    word_is_due = bool(letter["update_on"] and letter["update_on"] <= today)
    return any(given < today or key not in expected or expected[key] > given if given else word_is_due for key, given in rows)


def unheard_lines(world: World, number: str) -> set[LineKey]:
    """Lines of which more waits than the customer knows: the last letter that they have had says how much that is.

    Who was told on the phone alone was told of everything.
    """
    order, short = world["orders"][number], short_lines(world, number)
    had = [letter for letter in world["letters"].values() if letter["told"] and not letter["void"]]
    about = [letter for letter in had if order["case"] is not None and letter["at"] >= order["case"]]
    of_the_wait = [letter for letter in about if letter.get("kind") not in ("good_news", "cancellation")]
    if not order["told"]:
        return set(short)
    if not any(of == number for letter in of_the_wait for of, _ in letter["lines"]):
        return set()
    told = last_told(world, number)
    known = {} if told is None else world["letters"][told]["lines"]
    return {line for line, units in short.items() if units > known.get(line, 0)}


def is_old_news(world: World, number: str, today: date) -> bool:
    """Whether the customer has had a letter that says all that there is to say of the order."""
    known = last_told(world, number) is not None and not unheard_lines(world, number)
    return known and not has_slipped(world, number, today)


def letter_due(world: World, number: str, today: date) -> tuple[str, str] | None:
    """What "apologize" makes for an order that waits: how ("same", "revised", "new") and of which kind; None is refused."""
    kind, current = kind_due(world, number, today), world["orders"][number]["letter"]
    if current is None:
        return "new", kind
    letter = world["letters"][current]
    over = letter["kind"] == "refund" and letter["told"]
    short = short_lines(world, number)
    covered = {key: units for key, units in letter["lines"].items() if not over or key in short} == short
    if letter["told"]:
        if has_slipped(world, number, today) or unheard_lines(world, number):
            return "new", kind
        return ("same", letter["kind"]) if covered else None
    if is_old_news(world, number, today):
        return None
    if world["coupons"].get(letter["coupon"]) == "voided":
        return "new", kind
    if says_how_it_stands(world, letter, number, today):
        return "same", letter["kind"]
    return ("revised" if kind == letter["kind"] else "new"), kind


def waiting_lines(world: World, numbers: list[str]) -> dict[LineKey, int]:
    return {key: units for number in numbers for key, units in short_lines(world, number).items()}


def usual_worth(world: World, lines: dict[LineKey, int]) -> int | None:
    """What the coupon for units that wait takes off: a tenth of their price in whole dollars, rounded up, from 3 to 25, and no
    more than the price; None for free shipping, where less than a dollar is left. A price that is not known counts as none.
    """
    prices = {
        (number, line["position"]): line["price"] or 0 for number, order in world["orders"].items() for line in order["lines"]
    }
    whole = sum(units * prices[key] for key, units in lines.items())
    worth = min(max(-(-whole // 1000) * 100, 300), 2500, whole)
    return worth if worth >= 100 else None


def substitutes(world: World, numbers: list[str]) -> set[str]:
    """The products that could go out at once instead of the one line that waits: so many units of them are free.

    All products of the model are alike and cost the same; of a line without a price none is offered.
    """
    short = waiting_lines(world, numbers)
    if len(short) != 1:
        return set()
    ((number, position), units), *_ = short.items()
    (late,) = (line for line in world["orders"][number]["lines"] if line["position"] == position)
    return {sku for sku in world["products"] if late["price"] and sku != late["sku"] and _free_units(world, sku) >= units}


def _free_units(world: World, sku: str) -> int:
    """What lies on the shelf for nobody, where that is counted."""
    product = world["products"][sku]
    lines = [(order, line) for order in world["orders"].values() for line in order["lines"]]
    wanted = sum(
        wanted_units(line) * takes(world, line["sku"]).get(sku, 0) for order, line in lines if counts(world, order, line)
    )
    return int(product["on_hand"] - wanted) if product["tracked"] and product["known"] else 0


def says_what_waits(world: World, letter: World, numbers: list[str], today: date) -> bool:
    """Whether a letter to the customer of these orders that nobody was told of is about just what waits, gives the days of today,
    offers what is there, and is of the last seven days.
    """
    days = {key: day for number in numbers for key, day in dates_to_give(world, number, today).items()}
    dates_hold = letter["kind"] == "refund" or letter["dates"] == days
    word_is_due = bool(letter["update_on"] and letter["update_on"] <= today)
    offer_holds = letter["substitute"] is None or letter["substitute"] in substitutes(world, numbers)
    rest_holds = not letter["rest"] or can_send_rest(world, numbers)
    holds = dates_hold and not word_is_due and offer_holds and rest_holds and is_young(letter, today)
    return letter["lines"] == waiting_lines(world, numbers) and holds


def is_young(letter: World, today: date) -> bool:
    return bool(today <= letter["dated"] + timedelta(days=7))


def can_send_rest(world: World, numbers: list[str]) -> bool:
    """Whether these orders have units, and sending those cancels nothing that waits."""
    lines = {(number, line["position"]): line for number in numbers for line in world["orders"][number]["lines"]}
    policies = [lines[key]["policy"] or world["orders"][key[0]]["policy"] for key in waiting_lines(world, numbers)]
    here = any(units for key, units in allocation(world).items() if key in lines)
    return here and "cancel_remainder" not in policies


def says_how_it_stands(world: World, letter: World, number: str, today: date) -> bool:
    """Whether it gives the rights of today besides, and a letter of its day would say the same of silence."""
    return (
        says_what_waits(world, letter, [number], today)
        and leaves_the_choice_of(world, letter, number, today)
        and (letter["kind"] == "refund" or asks_as_it_did(world, letter, [number]))
    )


def leaves_the_choice_of(world: World, letter: World, number: str, today: date) -> bool:
    return bool((letter["kind"] == "refund") == (rights(world, number, today)[0] == "refund"))


def may_be_told(world: World, key: int, number: str, today: date, *, on_the_phone: bool) -> bool:
    """Whether a letter may still go out: what it is about waits, is here or was canceled, just as it says.

    On the phone it is said as it is, where a letter of its kind can.
    """
    letter, order = world["letters"][key], world["orders"][number]
    if letter["kind"] not in OF_A_WAIT:
        so_now = news(world, letter["kind"], number, today)
        holds = letter["lines"] == so_now and letter["beside"] == beside(world, letter["kind"], number, today)
        sums = {letter["back"], due_back(world, letter["kind"], number)} - {None}
        return holds and len(sums) < 2 and is_young(letter, today) and today <= letter["names"]
    if is_old_news(world, number, today):
        return False
    if says_how_it_stands(world, letter, number, today) and order["letter"] == key:
        return True
    if order["letter"] != key or not short_lines(world, number) or not on_the_phone:
        return False
    return leaves_the_choice_of(world, letter, number, today)


def due_back(world: World, kind: str, number: str) -> int | None:
    """What a letter on what was canceled says of the money: so much came in beyond what it comes to; None if not known."""
    order = world["orders"][number]
    amounts = order["taken"], comes_to(order)
    return None if kind != "cancellation" or None in amounts else amounts[0] - amounts[1]


def last_told_ever(world: World, number: str) -> int | None:
    """The last letter about any wait of the order that the customer has had and that left them a choice."""
    told = [
        key
        for key, letter in world["letters"].items()
        if letter["told"] and not letter["void"] and letter["kind"] in OF_A_WAIT[:3]
        if any(of == number for of, _ in letter["lines"])
    ]
    return max(told, default=None)


def speak_of(world: World, number: str, moment: int) -> None:
    """The customer is told without a letter of all that waits: what they want and is not there for them."""
    order, held = world["orders"][number], allocation(world)
    keys: list[tuple[Any, World]] = [((number, line["position"]), line) for line in order["lines"]]
    waits = {key: wanted_units(line) - held.get(key, 0) for key, line in keys}
    order.update(told=True, spoken={"at": moment, "lines": waits, "due": due_from_the_shelf(world, number)})


def due_from_the_shelf(world: World, number: str) -> dict[LineKey, int]:
    """By line, what the shelf has given and is to give: not what was canceled or comes from the supplier."""
    lines = world["orders"][number]["lines"]
    return {(number, line["position"]): line["ordered"] - line["canceled"] - line["drop_ship"] for line in lines}


def last_spoken(world: World, number: str) -> World | None:
    """What the customer was told without a letter, where no letter has told them of a wait since."""
    spoken: World | None = world["orders"][number]["spoken"]
    told = last_told_ever(world, number)
    return None if spoken is None or (told is not None and world["letters"][told]["at"] >= spoken["at"]) else spoken


def arrived_lines(world: World, number: str, today: date) -> dict[LineKey, int]:
    """What the customer was told to wait for, is here for them now and may leave: not what their silence has canceled."""
    if silent_letter(world, number, today) is not None:
        return {}
    parcel = leaving(world, number)
    return {(of, place): units for (of, place), units in come_in(world, number).items() if place in parcel}


def silent_letter(world: World, number: str, today: date) -> int | None:
    """The letter by which silence has canceled what came in since and has not left; None where there is none, or an answer."""
    told = last_told_ever(world, number)
    if told is None or last_spoken(world, number) is not None or not come_in(world, number):
        return None
    letter = world["letters"][told]
    return told if canceled_by_silence(letter, number, today) and not letter.get("answered") else None


def canceled_lines(world: World, number: str) -> dict[LineKey, int]:
    lines = world["orders"][number]["lines"]
    return {(number, line["position"]): line["canceled"] for line in lines if line["canceled"]}


def endings_of(world: World, kind: str, number: str) -> list[int]:
    """The letters that stand and say that it is over; of a refund once it is told."""
    told, spoken = last_told_ever(world, number), last_spoken(world, number)
    known = spoken or world["letters"].get(told, {"at": 0})
    since = known["at"] if kind == "good_news" else 0
    return [
        key
        for key, letter in world["letters"].items()
        if not letter["void"] and letter["made"] > since and any(of == number for of, _ in letter["lines"])
        if letter["kind"] == kind or (kind == "cancellation" and letter["kind"] == "refund" and letter["told"])
    ]


def news(world: World, kind: str, number: str, today: date) -> dict[LineKey, int]:
    """What is here, or was canceled, and no letter has told."""
    lines = arrived_lines(world, number, today) if kind == "good_news" else canceled_lines(world, number)
    told = [world["letters"][key]["lines"] for key in endings_of(world, kind, number) if world["letters"][key]["told"]]
    left = {line: units - sum(heard.get(line, 0) for heard in told) for line, units in lines.items()}
    return {line: units for line, units in left.items() if units > 0}


def beside(world: World, kind: str, number: str, today: date) -> World:
    """What good news says still waits of what the customer was told of, with the day that they know, where it holds, and until
    when they may answer, where silence cancels it.
    """
    told, spoken, held = last_told_ever(world, number), last_spoken(world, number), allocation(world)
    if kind != "good_news" or (told is None and spoken is None):
        return {}
    lines = [((number, line["position"]), line) for line in world["orders"][number]["lines"]]
    units = {key: wanted_units(line) - held.get(key, 0) for key, line in lines}
    waits = {key: left for key, left in units.items() if left > 0 and (spoken or key in world["letters"][told]["lines"])}
    asked = {key for key in waits if not spoken and is_asked(world, world["letters"][told], told, number, today)}
    until = asked_by(world["letters"][told], number)[1] if asked else None
    days = {key: day_that_holds(world, number, key, today) for key in waits}
    return {"waits": waits, "days": days, "until": until} if waits else {}


def is_asked(world: World, letter: World, key: int, number: str, today: date) -> bool:
    """Whether it says that no answer cancels what waits, and there is time for one, and none."""
    silence, answer_by = asked_by(letter, number)
    answers = [kind for kind, to, _ in world["orders"][number]["answers"] if to == key and kind != "none"]
    return silence == "cancellation" and answer_by is not None and answer_by >= today and not answers


def day_that_holds(world: World, number: str, key: LineKey, today: date) -> date | None:
    """The day that a customer was told for a line, as long as it comes by then."""
    told = last_told(world, number)
    given, expected = world["letters"][told]["dates"].get(key) if told is not None else None, expected_days(world, today).get(key)
    return given if given and expected and max(expected, today) <= given else None


def in_silence(world: World, number: str, today: date) -> dict[LineKey, int]:
    """What came in that silence has canceled."""
    return {} if silent_letter(world, number, today) is None else come_in(world, number)


def come_in(world: World, number: str) -> dict[LineKey, int]:
    """What the customer was told to wait for and is here for them now.

    That is what waited then, less what was canceled since or given to the supplier, less what still waits; what was ordered on
    top since waits too. What left since leaves the rest of what is here.
    """
    told, spoken = last_told_ever(world, number), last_spoken(world, number)
    if told is None and spoken is None:
        return {}
    known, held, due = spoken or world["letters"][told], allocation(world), due_from_the_shelf(world, number)
    found = {}
    for line in world["orders"][number]["lines"]:
        key: Any = (number, line["position"])
        waited, here = known["lines"].get(key, 0), held.get(key, 0)
        still = wanted_units(line) - here
        units = min(waited, waited + due[key] - known["due"].get(key, due[key]) - still, here)
        if units > 0:
            found[key] = units
    return found
