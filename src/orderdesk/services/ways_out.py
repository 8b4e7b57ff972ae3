"""What can be done about a line that is short, with what its customer would be offered for waiting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from orderdesk.documents.letter import Letter
from orderdesk.domain.cases import AnswerKind
from orderdesk.domain.packs import Remedy, Silence, Standing
from orderdesk.services.apology_letter import BY_DEFAULT, standings
from orderdesk.services.letter_offers import offer_to_order
from orderdesk.storage.outbox import reserved
from orderdesk.storage.queries.cancels import TellingCancels
from orderdesk.storage.queries.cases import Waiting, groups_to_tell
from orderdesk.storage.queries.deadlines import deadlines
from orderdesk.storage.queries.decisions import Choice, Option, options
from orderdesk.storage.queries.refunds import refund_if_canceled
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.view import View


def ways_out(view: View, line_id: int, *, today: date, now: datetime) -> list[Option]:
    """The ways out for a line, as a seller would weigh them. Raises NothingToDoError where nothing is short."""
    found = options(view, line_id, today=today, now=now)
    order_id = view.record("order_line", line_id)["order_id"]
    return [_waiting(view, order_id, each, today) if each.choice is Choice.WAIT else each for each in found]


def _waiting(view: View, order_id: int, wait: Option, today: date) -> Option:
    (group,), _ = groups_to_tell(view, [order_id], today=today)
    order = group.orders[group.order_ids.index(order_id)]
    found = standings(profile_of(view), group, BY_DEFAULT, today)[order.order_number]
    return replace(
        wait,
        offer=offer_to_order(view, order_id, today),
        consent_after=_consent_after(view, order_id, order, found, wait.on, today),
        telling=telling_would_cancel(view, order_id, today=today) if found.remedy is Remedy.REFUND else None,
    )


def what_telling_cancels(
    view: View, order_id: int, by_letter: TellingCancels | None, *, may_leave: bool, today: date
) -> TellingCancels | None:
    """What telling a customer takes off an order and their others: by the letter that is made where it may leave, else by one of
    today.
    """
    return by_letter if may_leave else telling_would_cancel(view, order_id, today=today)


def telling_would_cancel(view: View, order_id: int, *, today: date) -> TellingCancels | None:
    """What a letter of today about an order would take off it and its customer's others, as it comes too late to leave a choice;
    None where it would leave one, or there is nothing to tell.
    """
    groups, _ = groups_to_tell(view, [order_id], today=today)
    for group in groups:
        said = standings(profile_of(view), group, BY_DEFAULT, today)
        days = {number: each.refund_by for number, each in said.items() if each.remedy is Remedy.REFUND and each.refund_by}
        lines = [line for line in group.lines if line.order_number in days]
        if lines:
            due = refund_if_canceled(view, {line.order_id for line in lines}, [line.line_id for line in lines])
            return TellingCancels(group.customer, sum(line.quantity for line in lines), due, min(filter(None, days.values())))
    return None


def _consent_after(view: View, order_id: int, order: Waiting, found: Standing, expected: date | None, today: date) -> date | None:
    """The last day for which an order waits without its customer's word, told of it today at the latest; None for any."""
    known = deadlines(view, [order_id], today=today)[order_id]
    if found.remedy is Remedy.REFUND:
        return max((day for day in (order.waits_until, found.deadline) if day is not None), default=None)
    if found.silence is Silence.CANCELLATION:
        return found.answer_by
    if found.silence is Silence.CONSENT or order.open_ended:
        return None
    # Silence is no consent, but their word is.
    free_until = order.waits_until if known.answer is AnswerKind.AGREED else found.deadline
    return None if free_until is None or (expected is not None and expected <= free_until) else free_until


@dataclass(frozen=True, slots=True)
class Instead:
    """By SKU or title, what could be sent in a line's place; `by_letter`: its customer has been offered it."""

    named: str
    by_letter: bool


def first_instead(view: View, line_id: int, *, today: date, now: datetime) -> Instead | None:
    """What the customer has been offered in the line's place, else the most alike; None for nothing."""
    found = {each.title: each.detail for each in options(view, line_id, today=today, now=now) if each.choice is Choice.SUBSTITUTE}
    notice_id = view.record("orders", view.record("order_line", line_id)["order_id"])["notice_id"]
    offered = Letter.from_json(reserved(view, notice_id).letter).substitute if notice_id is not None else ""
    if offered:
        return Instead(found.get(offered, offered), by_letter=True)
    alike = next(iter(found.values()), "")
    return Instead(alike, by_letter=False) if alike else None
