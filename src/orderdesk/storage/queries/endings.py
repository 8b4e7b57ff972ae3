"""How a wait ended, line by line: what has come in for a customer who was told, what was canceled, and what they heard of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from orderdesk.domain.notices import NoticeKind
from orderdesk.domain.packs import Silence, Standing
from orderdesk.storage.instants import parse_day
from orderdesk.storage.queries.accounts import accounts
from orderdesk.storage.queries.arrived import ARRIVED, LAST_TOLD_STEP
from orderdesk.storage.queries.expected import expected_on
from orderdesk.storage.queries.given import CANCELED_BY_SILENCE, LAST_TOLD, REFUNDED, STILL_ASKED
from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.queries.promised import DAYS, day_to_repeat
from orderdesk.storage.queries.refund_days import refund_days
from orderdesk.storage.queries.refunds import RefundDue, refund_of_canceled
from orderdesk.storage.queries.short_lines import ShortLine
from orderdesk.storage.queries.spoken import MADE_SINCE
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class MadeEnding:
    """A letter that was made, as JSON; `is_told`: its customer has it."""

    notice_id: int
    letter: str
    is_told: bool


_COLUMNS = "l.id, o.id, o.order_number, o.placed_on, o.ship_by, o.currency, l.sku, l.title"
_ARRIVED = f"""
SELECT {_COLUMNS}, here.units, l.unit_price_minor
FROM ({ARRIVED.format(order=":order")}) here JOIN order_line l ON l.id = here.line JOIN orders o ON o.id = l.order_id
WHERE here.units > 0 AND NOT here.waits AND here.silent_by IS NULL ORDER BY l.position
"""
# Of a line l of the order o: its units that wait go on waiting as what is here leaves.
_GOES_ON = "l.wanted > l.allocated AND coalesce(l.ship_policy, o.ship_policy) <> 'cancel_remainder'"
# What still waits, of what the customer was told of.
_STILL_WAITS = f"""
SELECT {_COLUMNS}, l.wanted - l.allocated, l.unit_price_minor, {DAYS}, l.product_id, p.discontinued
FROM ({LAST_TOLD_STEP.format(order=":order")}) told CROSS JOIN orders o ON o.id = :order
CROSS JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id
LEFT JOIN notice_line nl ON nl.notice_id = told.letter AND nl.order_line_id = l.id AND NOT {REFUNDED}
WHERE {_GOES_ON} AND (told.letter IS NULL OR nl.id IS NOT NULL) ORDER BY l.position
"""
# Lines that still wait and are canceled unless their customer answers the last letter, in time still.
_STILL_ASKED = f"""
SELECT nl.never_arrives, nl.answer_by, nl.refund_by, n.kind
FROM ({LAST_TOLD_STEP.format(order=":order")}) told CROSS JOIN orders o ON o.id = :order
CROSS JOIN order_line l ON l.order_id = o.id JOIN notice_line nl ON nl.notice_id = told.letter AND nl.order_line_id = l.id
JOIN notice n ON n.id = nl.notice_id WHERE {_GOES_ON} AND {STILL_ASKED} ORDER BY l.position
"""
# Of a line l: units that another product was sent for are not what the customer hears was canceled.
_CANCELED_UNITS = """l.canceled - coalesce((SELECT sum(s.ordered) FROM order_line s
    WHERE s.order_id = l.order_id AND s.replaces_id = l.id AND s.stand_in = 'substitute'), 0)"""
_CANCELED = f"""
SELECT {_COLUMNS}, {_CANCELED_UNITS} AS units, l.unit_price_minor
FROM order_line l JOIN orders o ON o.id = l.order_id WHERE o.id = :order AND units > 0 ORDER BY l.position
"""
# What came in although its customer's silence has canceled it; and what waits and is canceled by that.
_SILENT_HERE = f"""
SELECT here.line, here.units, here.letter FROM ({ARRIVED.format(order=":order")}) here
WHERE here.units > 0 AND here.silent_by IS NOT NULL
"""
_SILENT = f"""
SELECT l.id, l.backordered FROM orders o JOIN order_line l ON l.order_id = o.id JOIN notice_line nl ON nl.order_line_id = l.id
WHERE o.id = :order AND nl.notice_id = {LAST_TOLD} AND l.backordered > 0 AND {CANCELED_BY_SILENCE}
"""
_LETTERS = """
FROM order_line l JOIN notice_line nl ON nl.order_line_id = l.id JOIN notice n ON n.id = nl.notice_id
WHERE l.order_id = :order AND n.voided_at IS NULL
"""
_TOLD = f"SELECT 1 {_LETTERS} AND n.told_at IS NOT NULL LIMIT 1"
_TOLD_AT = f"(SELECT step FROM ({LAST_TOLD_STEP.format(order=':order')}))"
# What has come in since they were told; what was canceled, and told of by a letter of any kind.
_SAYS_SO = {
    NoticeKind.GOOD_NEWS: f"(n.kind = 'good_news' AND {MADE_SINCE.format(notice='n.id', step=_TOLD_AT)})",
    NoticeKind.CANCELLATION: f"(n.kind = 'cancellation' OR n.told_at IS NOT NULL AND {REFUNDED})",
}
# By order the newest letter that says what has come in, where it has still to go out.
_GOOD_NEWS_READY = f"""
SELECT j.value, ready.id FROM json_each(?) j CROSS JOIN notice ready ON ready.told_at IS NULL
    AND ready.id = (SELECT max(n.id) {_LETTERS} AND {_SAYS_SO[NoticeKind.GOOD_NEWS]})
""".replace(":order", "j.value")
# What such letters that their customer was told of said goes back, the first one first: its sum, which stands in those about what
# was canceled, and is what was left of that; the units that it spoke of; and what had been settled when it was made.
_SAID_GOES_BACK = f"""
SELECT iif(n.kind = 'cancellation', n.letter ->> '$.sums[0].minor', NULL), json_group_object(nl.order_line_id, nl.quantity),
    (SELECT coalesce(sum(m.settles_minor), 0) FROM refund m WHERE m.order_id = :order AND EXISTS (
        SELECT 1 FROM row_change x WHERE x.table_name = 'refund' AND x.row_id = m.id AND x.before IS NULL AND x.event_id < (
            SELECT min(event_id) FROM row_change WHERE table_name = 'notice' AND row_id = n.id)))
{_LETTERS} AND n.told_at IS NOT NULL AND {_SAYS_SO[NoticeKind.CANCELLATION]} GROUP BY n.id ORDER BY n.id
"""
_UNHEARD = f"""
SELECT DISTINCT l.order_id FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value AND o.paid
CROSS JOIN order_line l ON l.order_id = o.id AND l.canceled > 0
WHERE {_CANCELED_UNITS} > coalesce((SELECT sum(nl.quantity) FROM notice_line nl JOIN notice n ON n.id = nl.notice_id
    WHERE nl.order_line_id = l.id AND n.voided_at IS NULL AND n.told_at IS NOT NULL AND {_SAYS_SO[NoticeKind.CANCELLATION]}), 0)
"""


def arrived_lines(view: View, order_id: int, *, today: date) -> list[ShortLine]:
    """What the customer was told to wait for and may leave now, unless it has left already."""
    return [_line(row) for row in view.all(_ARRIVED, {"order": order_id, "today": today.isoformat()})]


def lines_still_waiting(view: View, order_id: int, *, today: date) -> list[ShortLine]:
    """What the customer was told to wait for and is not there; what was given last is the day that they know, where it holds."""
    rows = view.all(_STILL_WAITS, {"order": order_id})
    supply = expected_on(view, {product for *_, product, _ in rows}, today=today)
    return [_still_waiting(_line(row[:10]), row[10], supply, bool(row[12]), today) for row in rows]


def standing_of_rest(view: View, order_id: int, *, today: date) -> Standing:
    """What silence means of what still waits, by the last letter, where it means that it is canceled."""
    asked: dict[bool, Standing] = {}
    for never, answer_by, refund_by, kind in view.all(_STILL_ASKED, {"order": order_id, "today": today.isoformat()}):
        sentence = "never" if never else "us_canceled" if kind == NoticeKind.FIRST else "us_renewed"
        asked[bool(never)] = Standing(
            silence=Silence.CANCELLATION,
            answer_by=parse_day(answer_by),
            refund_by=parse_day(refund_by),
            sentences=(sentence,),
        )
    waits, never_comes = asked.get(False), asked.get(True)
    return replace(waits, never=never_comes) if waits else never_comes or Standing()


def canceled_lines(view: View, order_id: int) -> list[ShortLine]:
    """What of the order was canceled."""
    return [_line(row) for row in view.all(_CANCELED, {"order": order_id})]


def refund_to_write_of(view: View, order_id: int) -> RefundDue | None:
    """What is still to go back for what was canceled and its customer has not heard of; None where a price is unknown."""
    return refund_of_canceled(view, order_id, _heard_goes_back(view, order_id))


def _heard_goes_back(view: View, order_id: int) -> int:
    """How much of what goes back or went back the customer knows of, in minor units."""
    known = 0
    for said, units, went_back in view.all(_SAID_GOES_BACK, {"order": order_id}):
        if said is None:
            (spoken_of,) = accounts(view, [order_id], just=json.loads(units))
            known = max(known + spoken_of.gone, went_back)
        else:
            known = max(known, went_back) + said
    return known


def refund_left_of(view: View, notice_id: int) -> RefundDue | None:
    """The same for the order that a letter of that kind is about."""
    order = "SELECT l.order_id FROM notice_line nl JOIN order_line l ON l.id = nl.order_line_id WHERE nl.notice_id = ? LIMIT 1"
    return refund_to_write_of(view, int(view.value(order, (notice_id,))))


def unheard_of(view: View, order_ids: Iterable[int]) -> set[int]:
    """Those of which some was canceled here, and whose customers have had no letter about all that was canceled of them."""
    return {order_id for (order_id,) in view.all(_UNHEARD, (as_json(list(refund_days(view, order_ids))),))}


def canceled_by_silence(view: View, order_id: int, *, today: date) -> dict[int, int]:
    """By line, the units that are canceled by what their customer was told, as the day to answer by has passed.

    They wait, or came in and have not left.
    """
    found = here_in_silence(view, order_id, today=today)
    for line, units in view.all(_SILENT, {"order": order_id, "today": today.isoformat()}):
        found[line] = found.get(line, 0) + units
    return found


def here_in_silence(view: View, order_id: int, *, today: date) -> dict[int, int]:
    """By line, those of them that came in: the seller has to say whether they are still the customer's."""
    rows = view.all(_SILENT_HERE, {"order": order_id, "today": today.isoformat()})
    return {line: units for line, units, _ in rows}


def unanswered_letter(view: View, order_id: int, *, today: date) -> int | None:
    """The letter that asked for an answer about what came in since."""
    row = view.one(_SILENT_HERE, {"order": order_id, "today": today.isoformat()})
    return None if row is None else int(row[2])


def ended_lines(view: View, order_id: int, kind: NoticeKind, *, today: date) -> list[ShortLine]:
    """What a letter of the kind is about: what has come in, or was canceled."""
    return arrived_lines(view, order_id, today=today) if kind is NoticeKind.GOOD_NEWS else canceled_lines(view, order_id)


def lines_to_tell(view: View, order_id: int, kind: NoticeKind, *, today: date) -> list[ShortLine]:
    """What of it the customer has not heard yet."""
    return not_heard_of(view, order_id, kind, ended_lines(view, order_id, kind, today=today))


def not_heard_of(view: View, order_id: int, kind: NoticeKind, lines: Iterable[ShortLine]) -> list[ShortLine]:
    """What of these lines, which a letter of the kind is about, the customer has not heard yet."""
    heard = units_heard_of(view, order_id, kind)
    left = [replace(line, quantity=line.quantity - heard.get(line.line_id, 0)) for line in lines]
    return [line for line in left if line.quantity > 0]


def units_heard_of(view: View, order_id: int, kind: NoticeKind) -> dict[int, int]:
    """By line id, the units that the customer has heard have come in, or were canceled."""
    told = f"{_LETTERS} AND n.told_at IS NOT NULL AND {_SAYS_SO[kind]}"
    return dict(view.all(f"SELECT nl.order_line_id, sum(nl.quantity) {told} GROUP BY nl.order_line_id", {"order": order_id}))


def made_ending(view: View, order_id: int, kind: NoticeKind) -> MadeEnding | None:
    """The newest letter that says of the order that something has come in, or was canceled."""
    newest = f"SELECT n.id, n.letter, n.told_at IS NOT NULL {_LETTERS} AND {_SAYS_SO[kind]} ORDER BY n.id DESC LIMIT 1"
    row = view.one(newest, {"order": order_id})
    return None if row is None else MadeEnding(row[0], row[1], bool(row[2]))


def letters_of_good_news(view: View, order_ids: Iterable[int]) -> dict[int, int]:
    """By order, of these, the letter that says that something has come in, where it is made and its customer has not had it."""
    return dict(view.all(_GOOD_NEWS_READY, (as_json(list(order_ids)),)))


def untold_endings(view: View, order_id: int, kind: NoticeKind) -> list[int]:
    """The letters of the kind about the order that its customer was not told of."""
    rows = view.all(
        f"SELECT DISTINCT n.id {_LETTERS} AND n.told_at IS NULL AND n.kind = :kind", {"order": order_id, "kind": kind.value}
    )
    return [notice_id for (notice_id,) in rows]


def was_told(view: View, order_id: int) -> bool:
    """Whether the customer has had a letter about the order."""
    return view.value(_TOLD, {"order": order_id}) is not None


def _still_waiting(line: ShortLine, days: str, supply: Mapping[int, date], discontinued: bool, today: date) -> ShortLine:
    expected = supply.get(line.line_id)
    return replace(line, expected_on=expected, last_given=day_to_repeat(days, expected, today), discontinued=discontinued)


def _line(row: tuple[Any, ...]) -> ShortLine:
    line_id, order_id, number, placed_on, promised_on, currency, sku, title, units, price = row
    promised = parse_day(promised_on)
    return ShortLine(
        line_id, order_id, number, date.fromisoformat(placed_on), promised, currency, sku, title, units, price, expected_on=None
    )
