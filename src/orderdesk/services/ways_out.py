"""What can be done about a line that is short, with what its customer would be offered for waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from orderdesk.documents.letter import Letter
from orderdesk.domain.cases import AnswerKind
from orderdesk.domain.packs import Remedy, Silence
from orderdesk.services.apology_letter import BY_DEFAULT, standings
from orderdesk.services.letter_offers import offer_to_order
from orderdesk.storage.outbox import reserved
from orderdesk.storage.queries.cases import groups_to_tell
from orderdesk.storage.queries.deadlines import deadlines
from orderdesk.storage.queries.decisions import Choice, Option, options
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.view import View


def ways_out(view: View, line_id: int, *, today: date, now: datetime) -> list[Option]:
    """The ways out for a line, as a seller would weigh them. Raises NothingToDoError where nothing is short."""
    found = options(view, line_id, today=today, now=now)
    order_id = view.record("order_line", line_id)["order_id"]
    offer = offer_to_order(view, order_id, today)
    return [
        replace(each, offer=offer, consent_after=_consent_after(view, order_id, each.on, today))
        if each.choice is Choice.WAIT
        else each
        for each in found
    ]


def _consent_after(view: View, order_id: int, expected: date | None, today: date) -> date | None:
    """The last day for which an order waits without its customer's word, told of it today at the latest; None for any."""
    known = deadlines(view, [order_id], today=today)[order_id]
    (group,), _ = groups_to_tell(view, [order_id], today=today)
    order = group.orders[group.order_ids.index(order_id)]
    found = standings(profile_of(view), group, BY_DEFAULT, today)[order.order_number]
    if found.remedy is Remedy.REFUND:
        return order.waits_until or found.deadline
    if found.silence is Silence.CANCELLATION:
        return found.answer_by
    if found.silence is Silence.CONSENT or order.open_ended:
        return None
    # Silence is no consent, but their word is.
    free_until = order.waits_until if known.answer is AnswerKind.AGREED else found.deadline
    return None if free_until is None or (expected is not None and expected <= free_until) else free_until


def first_instead(view: View, line_id: int, *, today: date, now: datetime) -> str:
    """By SKU or title, what its customer has been offered in the line's place, else the most alike; "" for nothing."""
    found = {each.title: each.detail for each in options(view, line_id, today=today, now=now) if each.choice is Choice.SUBSTITUTE}
    notice_id = view.record("orders", view.record("order_line", line_id)["order_id"])["notice_id"]
    offered = Letter.from_json(reserved(view, notice_id).letter).substitute if notice_id is not None else ""
    return found.get(offered, offered) or next(iter(found.values()), "")
