"""An order for people: its state, its lines, and what has happened to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from orderdesk.cli import coupon_texts, texts
from orderdesk.cli.context import Context
from orderdesk.domain.counts import counted
from orderdesk.domain.orders import OrderStatus, ShipPolicy
from orderdesk.storage.queries.lookup import customer_handle
from orderdesk.storage.queries.notices import NoticeRow
from orderdesk.storage.queries.order_detail import LineRow, OrderDetail
from orderdesk.storage.queries.orders import OrderRow

# Titles with what stands under them; those of the second kind only where a line has any.
_COLUMNS: tuple[tuple[str, Callable[[LineRow], object], bool], ...] = (
    ("Line", lambda line: line.position, True),
    ("SKU", lambda line: line.sku, True),
    ("Product", lambda line: line.title, True),
    ("Ordered", lambda line: line.ordered, True),
    ("Shipped", lambda line: line.shipped, True),
    ("Returned", lambda line: line.returned or "", False),
    ("Canceled", lambda line: line.canceled or "", True),
    ("Allocated", lambda line: line.allocated, True),
    ("Kept", lambda line: line.firm or "", False),
    ("Backordered", lambda line: line.backordered or "", True),
    ("Pending", lambda line: line.pending or "", False),
    ("Expected", lambda line: texts.expected(line.coverage), True),
    ("Status", lambda line: texts.words(line.status), True),
    ("Ships", lambda line: texts.words(line.ship_policy or ""), False),
    ("In place of", lambda line: f"line {line.replaces} ({line.stand_in})" if line.stand_in else "", False),
)


def status(row: OrderRow) -> str:
    """Where an order stands, and whether it is late, in the window's words."""
    said = "Count first" if row.status is OrderStatus.PENDING else texts.words(row.status)
    return f"{said}, overdue" if row.is_late else said


def order(context: Context, detail: OrderDetail) -> str:
    """The order whole."""
    row = detail.row
    head = f"Order {row.number} ({row.channel}), placed {row.placed_on} by {row.customer} ({customer_handle(row.customer_id)})"
    head += f": {status(row)}"
    lines = [head, *_facts(detail), "", _line_table(detail.lines)]
    lines += [f"  {texts.why(line)}" for line in detail.lines if line.why]
    lines += _section("Letters", _letters(context, detail))
    answers = (f"{context.day_of(each.at)}  {' · '.join(filter(None, (each.kind, each.words)))}" for each in detail.answers)
    lines += _section("Answers", answers)
    parcels = (
        f"{context.day_of(each.at)}  {counted(each.units, 'unit')} {each.carrier} {each.tracking}" for each in detail.parcels
    )
    lines += _section("Parcels", parcels)
    lines += _section("Refunds", _refunds(detail))
    lines += _section("Coupons used", (coupon_texts.used(context, each) for each in detail.coupons))
    lines += ["", "History:", *(f"  {context.day_of(step.at)}  {step.summary}" for step in detail.history)]
    return "\n".join(lines)


def _facts(detail: OrderDetail) -> Iterator[str]:
    """What is out of the ordinary about the order."""
    row = detail.row
    if row.hold_reason:
        yield f"On hold: {texts.one_line(row.hold_reason)}"
    if row.ship_policy is not ShipPolicy.PARTIAL:
        yield f"Ships: {texts.words(row.ship_policy)}"
    if row.priority:
        yield f"Priority: {row.priority}"
    if row.tags:
        yield f"Tags: {texts.one_line(row.tags)}"
    if row.note:
        yield f"Note: {texts.one_line(row.note)}"


def _line_table(lines: Sequence[LineRow]) -> str:
    shown = [(title, cell) for title, cell, always in _COLUMNS if always or any(cell(line) for line in lines)]
    cells = [[cell(line) for _, cell in shown] for line in lines]
    return texts.table([title for title, _ in shown], cells, empty="")


def _section(title: str, entries: Iterable[str]) -> list[str]:
    found = [f"  {entry}".rstrip() for entry in entries]
    return ["", f"{title}:", *found] if found else []


def _letters(context: Context, detail: OrderDetail) -> Iterator[str]:
    for notice in detail.notices:
        yield f"{notice.letter_path} ({', '.join(_states(context, notice))})"


def _states(context: Context, notice: NoticeRow) -> Iterator[str]:
    """How far a letter has come."""
    if notice.told_at:
        yield f"told {context.day_of(notice.told_at)}"
    if notice.voided_at:
        yield "taken back"
    elif not notice.told_at:
        yield "not told" if notice.to_go_out else "not needed now"


def _refunds(detail: OrderDetail) -> Iterator[str]:
    for row in detail.refunds:
        yield f"{row.on}  {row.amount} {texts.one_line(row.how)}"
    if detail.to_pay_back:
        by = f" by {detail.pay_back_by}" if detail.pay_back_by else ""
        yield f"{detail.to_pay_back} still to be paid back{by}"
