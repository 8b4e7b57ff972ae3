"""Letters and coupons as the screens show them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

from orderdesk.domain.days import day_of
from orderdesk.domain.notices import NoticeKind, Way
from orderdesk.domain.order_numbers import told_apart
from orderdesk.domain.packs import Standing
from orderdesk.storage.instants import parse_day, parse_instant
from orderdesk.storage.queries.cancels import TellingCancels, telling_cancels
from orderdesk.storage.queries.coupons import COLUMNS as COUPON_COLUMNS
from orderdesk.storage.queries.coupons import CouponRow, coupon_of_columns
from orderdesk.storage.queries.given import GIVEN_ON, REFUNDED
from orderdesk.storage.queries.shop import shop_zone
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class DaysGiven:
    """What a letter says of days: by when there is word again, and by line when it comes; None for none.

    `never`: the lines that it says never arrive, with the days until which their customer may choose something else.
    """

    update_on: date | None
    of_lines: Mapping[int, date | None]
    never: Mapping[int, date]


@dataclass(frozen=True, slots=True)
class MeantOfLine:
    """What a letter says of a line: what silence means, until when an answer counts, by when a refund is sent."""

    silence: str | None
    answer_by: date | None
    refund_by: date | None
    never_arrives: bool

    def is_as_in(self, standing: Standing) -> bool:
        return (self.silence, self.answer_by, self.refund_by) == (standing.silence, standing.answer_by, standing.refund_by)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A letter: whom it was for, whether it is drawn, told, voided; its files, and its coupon if it has one.

    `new_date` is by when it promises everything that it does not refund, `wished_date` the last that the seller chose for a line
    of it; None for none. `language` is the one that it is written in ("de"). `cancels` is what telling its customer takes off orders, None
    for nothing. `left` are the ways that it has taken out of the door, drafts among them; it is
    `to_go_out` as long as what it says is still to be told.
    """

    id: int
    kind: str
    channel: str
    order_numbers: tuple[str, ...]
    customer: str
    reserved_at: datetime
    reserved_on: date
    told_at: datetime | None
    told_by: str | None
    voided_at: datetime | None
    new_date: date | None
    wished_date: date | None
    concern: str
    language: str
    letter_path: Path
    coupon_path: Path | None
    coupon: CouponRow | None
    cancels: TellingCancels | None
    left: tuple[Way, ...]
    to_go_out: bool

    @property
    def may_leave(self) -> bool:
        """Whether it may be handed over: for the first time, or once more."""
        return self.to_go_out or (self.told_at is not None and self.voided_at is None)


def home_of(view: View) -> str:
    """Which shop this is, for the letters of others: its documents folder, however its file was named."""
    return str(view.folder.resolve())


def letters_folder(view: View, chosen: str, home: str) -> Path:
    """Where a letter's files lie: in the folder chosen for them, or, where another shop chose it, in this shop's own.

    This shop is then a copy of that one, or its backup, and must leave the other's letters alone.
    """
    return Path(chosen) if home == home_of(view) else view.folder


def letter_path(folder: Path, stem: str) -> Path:
    return folder / f"{stem}-letter.pdf"


def coupon_path(folder: Path, stem: str) -> Path:
    return folder / f"{stem}-coupon.pdf"


def draft_path(folder: Path, stem: str) -> Path:
    return folder / f"{stem}-mail.eml"


# Whether any of the lines of a letter has such units.
_ANY = """
SELECT 1 FROM notice_line nl JOIN order_line l ON l.id = nl.order_line_id
WHERE nl.notice_id = {notice} AND l.{units} > 0
"""
# Of a letter n: it is there, and its customer is still to have it. About a wait only while that lasts; good news while
# any of it is here.
_TO_GO_OUT = f"""
(n.told_at IS NULL AND n.voided_at IS NULL AND (n.kind = 'cancellation'
    OR n.kind = 'good_news' AND EXISTS ({_ANY.format(notice="n.id", units="allocated")})
    OR n.id IN (SELECT notice_id FROM orders WHERE backordered_units > 0)))
"""
_SELECT = f"""
SELECT n.id, n.kind, cu.name, n.reserved_at, n.told_at, n.told_by, n.voided_at,
    (SELECT max(nl.chosen_on) FROM notice_line nl WHERE nl.notice_id = n.id) AS wished_date, n.concern, n.folder, n.home, n.stem,
    (SELECT json_group_array(json_array(channel, order_number)) FROM (SELECT DISTINCT o.channel, o.order_number FROM notice_line nl
        JOIN order_line l ON l.id = nl.order_line_id JOIN orders o ON o.id = l.order_id WHERE nl.notice_id = n.id
        ORDER BY o.placed_at, o.number_key)),
    (SELECT {GIVEN_ON} FROM notice_line nl WHERE nl.notice_id = n.id AND NOT {REFUNDED}), substr(n.letter ->> 'language', 1, 2),
    (SELECT json_group_array(DISTINCT d.way) FROM delivery d WHERE d.notice_id = n.id), {_TO_GO_OUT},
    {COUPON_COLUMNS}
FROM notice n JOIN customer cu ON cu.id = n.customer_id LEFT JOIN coupon c ON c.notice_id = n.id
"""


def notices_of_order(view: View, order_id: int) -> list[NoticeRow]:
    """Every letter that speaks of the order, newest first, voided ones too."""
    where = (
        "WHERE n.id IN (SELECT nl.notice_id FROM notice_line nl JOIN order_line l ON l.id = nl.order_line_id WHERE l.order_id = ?) "
        "ORDER BY n.id DESC"
    )
    return _rows(view, where, order_id)


def letter_of_order(view: View, order_id: int) -> int | None:
    """The letter to hand over for an order: the newest that stands; of one that waits, the newest about this very wait."""
    found = view.value(
        "SELECT max(n.id) FROM orders o JOIN order_line l ON l.order_id = o.id JOIN notice_line nl ON nl.order_line_id = l.id "
        "JOIN notice n ON n.id = nl.notice_id WHERE o.id = ? AND n.voided_at IS NULL "
        "AND (o.backordered_since IS NULL OR n.reserved_at >= o.backordered_since OR n.id = o.notice_id)",
        (order_id,),
    )
    return None if found is None else int(found)


def letter_to_tell(view: View, order_id: int) -> int | None:
    """The letter that a customer who hears of their order has heard of: that about this wait, once it is known a newer one.

    None where an order waits without a letter.
    """
    order = view.record("orders", order_id)
    current, newest = order["notice_id"], letter_of_order(view, order_id)
    if current is not None and is_untold(view, current):
        return int(current)
    return newest if newest is not None and (not order["backordered_since"] or is_untold(view, newest)) else current


def is_untold(view: View, notice_id: int) -> bool:
    """Whether its customer has not had the letter."""
    return bool(view.value("SELECT told_at IS NULL FROM notice WHERE id = ?", (notice_id,)))


def addresses_of(view: View, notice_id: int) -> list[str]:
    """The e-mail addresses known of a letter's customer: the customer's own, then those of its orders, newest first."""
    rows = view.all(
        "SELECT c.email FROM notice n JOIN customer c ON c.id = n.customer_id WHERE n.id = :notice AND c.email <> '' "
        "UNION ALL SELECT email FROM (SELECT DISTINCT o.id, o.email FROM notice_line nl JOIN order_line l ON l.id = nl.order_line_id "
        "JOIN orders o ON o.id = l.order_id WHERE nl.notice_id = :notice AND o.email <> '' ORDER BY o.placed_at DESC, o.id DESC)",
        {"notice": notice_id},
    )
    return [address for (address,) in rows]


def notices_of_customer(view: View, customer_id: int) -> list[NoticeRow]:
    """Every letter to the customer, newest first, voided ones too."""
    return _rows(view, "WHERE n.customer_id = ? ORDER BY n.id DESC", customer_id)


def days_given(view: View, notice_id: int) -> DaysGiven:
    """What a letter says of days; of none where there is no such letter."""
    rows = view.all("SELECT order_line_id, new_date, answer_by, never_arrives FROM notice_line WHERE notice_id = ?", (notice_id,))
    update_on = view.value("SELECT update_on FROM notice WHERE id = ?", (notice_id,))
    never = {line: date.fromisoformat(answer_by) for line, _, answer_by, is_never in rows if is_never and answer_by}
    return DaysGiven(parse_day(update_on), {line: parse_day(day) for line, day, *_ in rows}, never)


def meant_of_lines(view: View, notice_id: int) -> dict[int, MeantOfLine]:
    """By line, what a letter says of answers and refunds."""
    rows = view.all(
        "SELECT order_line_id, silence, answer_by, refund_by, never_arrives FROM notice_line WHERE notice_id = ?", (notice_id,)
    )
    return {line: MeantOfLine(silence, parse_day(by), parse_day(back), bool(never)) for line, silence, by, back, never in rows}


def ready_notices(view: View) -> list[int]:
    """Letters about a wait that were neither told nor voided."""
    rows = view.all(
        "SELECT id FROM notice WHERE told_at IS NULL AND voided_at IS NULL AND id IN (SELECT notice_id FROM orders) ORDER BY id"
    )
    return [notice_id for (notice_id,) in rows]


def notice(view: View, notice_id: int) -> NoticeRow | None:
    return next(iter(_rows(view, "WHERE n.id = ?", notice_id)), None)


def _rows(view: View, where: str, asked: int) -> list[NoticeRow]:
    zone = shop_zone(view)
    return [_row(view, row, zone) for row in view.all(_SELECT + where, (asked,))]


def _row(view: View, row: Sequence[Any], zone: tzinfo | None) -> NoticeRow:
    key, kind, customer, reserved, told, told_by, voided, wished_date = row[:8]
    concern, chosen, home, stem, numbers, new_date, language, left, to_go_out = row[8:17]
    folder = letters_folder(view, chosen, home)
    coupon = coupon_of_columns(row[17:], zone) if row[17] is not None else None
    return NoticeRow(
        id=key,
        kind=kind,
        channel=channel_of_notice(view, key),
        order_numbers=told_apart(json.loads(numbers)),
        customer=customer,
        reserved_at=parse_instant(reserved),
        reserved_on=day_of(parse_instant(reserved), zone),
        told_at=parse_instant(told) if told else None,
        told_by=told_by,
        voided_at=parse_instant(voided) if voided else None,
        new_date=parse_day(new_date),
        wished_date=parse_day(wished_date),
        concern=concern,
        language=language,
        letter_path=letter_path(folder, stem),
        coupon_path=coupon_path(folder, stem) if coupon else None,
        coupon=coupon,
        cancels=telling_cancels(view, [key]).get(key) if not (told or voided) else None,
        left=tuple(Way(each) for each in _texts(left)),
        to_go_out=bool(to_go_out),
    )


def _texts(array: str) -> list[str]:
    return [str(text) for text in json.loads(array)]


def channel_of_notice(view: View, notice_id: int) -> str:
    """The channel of the oldest order that a letter speaks of."""
    found = view.value(
        "SELECT o.channel FROM notice_line n JOIN order_line l ON l.id = n.order_line_id JOIN orders o ON o.id = l.order_id "
        "WHERE n.notice_id = ? ORDER BY o.placed_at, o.id LIMIT 1",
        (notice_id,),
    )
    return str(found or "")


def untold_letters(view: View) -> list[int]:
    """Letters that are there and whose customers are still to have them, oldest first."""
    return [notice_id for (notice_id,) in view.all(f"SELECT n.id FROM notice n WHERE {_TO_GO_OUT} ORDER BY n.id")]


def is_over(view: View, notice_id: int, kind: NoticeKind) -> bool:
    """Whether nothing that a letter says waits does, or that it says is here is in the house for its customer. What was refunded
    or canceled stays so.
    """
    units = "allocated" if kind is NoticeKind.GOOD_NEWS else "backordered" if kind.leaves_a_choice else None
    return units is not None and view.value(_ANY.format(notice="?", units=units), (notice_id,)) is None


def lines_of_notice(view: View, notice_id: int) -> list[int]:
    """The ids of the lines that a letter speaks of."""
    return [row[0] for row in view.all("SELECT order_line_id FROM notice_line WHERE notice_id = ? ORDER BY id", (notice_id,))]


def orders_of_notice(view: View, notice_id: int) -> list[int]:
    """The ids of the orders that a letter speaks of."""
    rows = view.all(
        "SELECT DISTINCT l.order_id FROM notice_line nl JOIN order_line l ON l.id = nl.order_line_id WHERE nl.notice_id = ?",
        (notice_id,),
    )
    return [order_id for (order_id,) in rows]


def units_said(view: View, notice_id: int) -> dict[int, tuple[int, str]]:
    """By line id, how many units of what a letter speaks of."""
    said = "SELECT l.id, nl.quantity, l.title FROM notice_line nl JOIN order_line l ON l.id = nl.order_line_id WHERE nl.notice_id = ? ORDER BY nl.id"
    return {line: (units, title) for line, units, title in view.all(said, (notice_id,))}
