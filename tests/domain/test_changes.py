"""What the shifts of several steps come to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.changes import AllocationShift, together


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 3))))
def test_steps_together_take_each_line_from_what_it_had_to_what_it_has(steps: list[tuple[int, int]]) -> None:
    shifts, has = [], {1: 1, 2: 1, 3: 1}
    for line, units in steps:
        if units != has[line]:
            shifts.append(AllocationShift(line, line, f"100{line}", "LAMP", "Lamp", has[line], units))
        has[line] = units
    assert {(shift.line_id, shift.before, shift.after) for shift in together(shifts)} == {
        (line, 1, units) for line, units in has.items() if units != 1
    }
