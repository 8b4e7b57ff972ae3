"""Steps taken back from among others: what a step changed, and nothing that came later, unless a later one has built on it.

A world without a step is the world of now, where every value that the step changed is what it was before; units that were moved
are moved back. That makes no sense where a later step changed the same value.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from orderdesk.domain.errors import RefusedError
from orderdesk.domain.orders import ShipPolicy
from orderdesk.services import history
from tests.services.histories import ANY, Done
from tests.services.slow_model import World, follow
from tests.services.small_shops import stored_facts
from tests.services.unit_histories import UnitHistories

_GONE: Any = object()
# Units and sums of these are moved, so many more or fewer.
_MOVED = ("on_hand", "shipped", "received", "tied", "taken")
# What a line has of these adds up to what was ordered.
_UNITS = ("ordered", "shipped", "canceled", "returned", "drop_ship", "firm")
# What follows from the rest.
_FOLLOWS = ("case", "letter", "told", "answers", "over_cases")


class OlderSteps(UnitHistories):
    """Nobody is told anything here: whether a letter stands in the way is for other tests."""

    @precondition(lambda self: len(self.done) > 1)
    @rule(pick=ANY, again=st.booleans())
    def undo_an_older_step(self, pick: int, again: bool) -> None:
        place = pick % (len(self.done) - 1)
        step, later = self.done[place], [*range(place + 1, len(self.done))]
        now, before = self._now(), [*self.done]
        try:
            history.undo(self.shop.store, event_id=step.event_id, now=self.shop.tick())
        except RefusedError as refusal:
            assert stored_facts(self.shop.store) == now[1]
            self._is_refused_for_a_reason(place, refusal)
            return
        mine = self._changed(place) - self._left_empty(place)
        assert not any(mine & self._changed(each) for each in later), "a later step has changed the same value"
        self.undone.append((*now, before))
        after = self.done[place + 1].world
        self.world = without(self.world, step.world, after)
        follow(self.world, self.moment)
        del self.done[place]
        for each in range(place, len(self.done)):
            world = with_what_lines_name(without(self.done[each].world, step.world, after), self.done[each].world)
            follow(world, self.moment)
            self.done[each] = Done(world, None, self.done[each].event_id)
        if again:
            self.redo()

    @precondition(lambda self: self.world["orders"])
    @rule(pick=ANY, steps=st.lists(st.tuples(ANY, ANY), min_size=2, max_size=5), back=st.integers(2, 5))
    def change_one_thing_and_another(self, pick: int, steps: list[tuple[int, int]], back: int) -> None:
        """Mostly of the same order or product, and one of it is taken back."""
        for which, amount in steps:
            _CHANGES[which % len(_CHANGES)](self, pick, amount)
        if len(self.done) > back:
            self.undo_an_older_step(len(self.done) - back, back % 2 == 0)

    def send_and_receive(self, pick: int, amount: int) -> None:
        if not amount % 3:
            self.draft_a_purchase({pick: 1 + amount % 6}, None)
        if self.world["purchases"]:
            (self.send_a_purchase if amount % 2 else partial(self.receive_a_purchase, amount=amount, whole=False))(pick)

    def _after(self, place: int) -> World:
        return self.done[place + 1].world if place + 1 < len(self.done) else self.world

    def _changed(self, place: int) -> set[tuple[object, ...]]:
        """The values that a step changed, and did not only move."""
        values = changed(keyed(self.done[place].world), keyed(self._after(place)))
        return {path for path in values if path[-1] not in (*_MOVED, *_FOLLOWS)}

    def _left_empty(self, place: int) -> set[tuple[object, ...]]:
        """Places of lines that a step emptied and that are empty now: who had them meanwhile is gone, and in nobody's way."""
        worlds = (self._after(place), self.world)
        return {
            path for path in self._changed(place) if path[2:3] == ("lines",) and all(not _stands(world, path) for world in worlds)
        }

    def _is_refused_for_a_reason(self, place: int, refusal: RefusedError) -> None:
        """A later step that is named is about the same things; else the units have gone, or a supplier was asked for some."""
        if not refusal.remedy.startswith("First undo: "):
            assert "still on hand" in str(refusal) or "have come in since" in str(refusal) or "asked for" in str(refusal)
            return
        named = refusal.remedy.removeprefix("First undo: ")
        with self.shop.store.read() as view:
            summaries = dict(view.all("SELECT id, summary FROM event"))
        candidates = [each for each in range(place + 1, len(self.done)) if summaries[self.done[each].event_id] == named]
        assert any(self._things(place) & self._things(each) for each in candidates)

    def _things(self, place: int) -> set[tuple[object, ...]]:
        """The orders, products, purchase orders and listings that a step changed, and the products that are on them."""
        before, after = keyed(self.done[place].world), keyed(self._after(place))
        touched = {path[:2] for path in changed(before, after)}
        for world in (before, after):
            for kind, key in [each for each in touched if len(each) == 2]:  # what is of the whole shop has no key
                if kind in ("orders", "purchases") and key in world[kind]:
                    touched |= {("products", line["sku"]) for line in world[kind][key]["lines"].values()}
                if kind == "listings":
                    touched.add(("products", key[1]))
        for _, sku in [each for each in touched if each[0] == "products"]:
            touched |= {
                ("products", part) for world in (before, after) for part in world["products"].get(sku, {"parts": ()})["parts"]
            }
        return touched


_CHANGES: tuple[Callable[[OlderSteps, int, int], None], ...] = (
    lambda shop, pick, _: shop.hold_or_release(pick),
    lambda shop, pick, _: shop.put_first_or_back(pick),
    lambda shop, pick, amount: shop.change_how_it_ships(pick, [*ShipPolicy][amount % 3], amount % 2 == 0),
    lambda shop, pick, amount: shop.change_the_quantity(pick, amount % 9),
    OlderSteps.ship_some_units,
    OlderSteps.cancel_units,
    OlderSteps.send_and_receive,
    lambda shop, pick, amount: shop.receive(pick, 1 + amount % 6),
    lambda shop, pick, amount: shop.count(pick, amount % 10),
    lambda shop, pick, _: shop.begin_or_stop_tracking(pick),
)


def _stands(world: World, path: tuple[object, ...]) -> bool:
    """Whether the line or the purchase's line that a path leads to is there."""
    kind, key, _, place = path[:4]
    thing = keyed(world)[str(kind)].get(key)
    return thing is not None and place in thing["lines"]


def keyed(world: World) -> World:
    """The world with its lists as dictionaries, by what tells their members apart."""
    copied = copy.deepcopy(world)
    for order in copied["orders"].values():
        order["lines"] = {line["position"]: line for line in order["lines"]}
    for purchase in copied["purchases"]:
        purchase["lines"] = dict(enumerate(purchase["lines"]))
    copied["purchases"] = {purchase["made"]: purchase for purchase in copied["purchases"]}
    return copied


def _listed(world: World) -> World:
    for thing in (*world["orders"].values(), *world["purchases"].values()):
        thing["lines"] = [line for _, line in sorted(thing["lines"].items())]
    world["purchases"] = [purchase for _, purchase in sorted(world["purchases"].items())]
    return world


def without(now: World, before: World, after: World) -> World:
    """The world of now without what a step changed."""
    return _listed(_without("", keyed(now), keyed(before), keyed(after)))


def with_what_lines_name(past: World, was: World) -> World:
    """A world of the past has the products of its lines, also those whose own step is undone as no line names them by now."""
    named = {line["sku"] for order in past["orders"].values() for line in order["lines"]}
    past["products"] |= {sku: copy.deepcopy(was["products"][sku]) for sku in named - past["products"].keys()}
    return past


def _without(name: object, now: Any, before: Any, after: Any) -> Any:
    if before == after:
        return now
    if all(isinstance(each, dict) for each in (now, before, after)) and name != "parts":
        found = {
            key: _without(key, now.get(key, _GONE), before.get(key, _GONE), after.get(key, _GONE)) for key in {**now, **before}
        }
        return {key: value for key, value in found.items() if value is not _GONE}
    moves = name in _MOVED and not {_GONE, None} & {now, before, after}
    return now + before - after if moves else before


def changed(before: Any, after: Any, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """Where two worlds differ."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict) and path[-1:] != ("parts",):
        for key in {**before, **after}:
            yield from changed(before.get(key, _GONE), after.get(key, _GONE), (*path, key))
    elif path[-1] in _UNITS and path[-1] not in _MOVED:
        yield (*path[:-1], "units")
    else:
        yield path
