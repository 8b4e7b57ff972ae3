"""What can be done about a line that is short, with what its customer would be offered for waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from orderdesk.documents.letter import Letter
from orderdesk.services.letter_offers import offer_to_order
from orderdesk.storage.outbox import reserved
from orderdesk.storage.queries.decisions import Choice, Option, options
from orderdesk.storage.view import View


def ways_out(view: View, line_id: int, *, today: date, now: datetime) -> list[Option]:
    """The ways out for a line, as a seller would weigh them. Raises NothingToDoError where nothing is short."""
    found = options(view, line_id, today=today, now=now)
    offer = offer_to_order(view, view.record("order_line", line_id)["order_id"], today)
    return [replace(each, offer=offer) if each.choice is Choice.WAIT else each for each in found]


def first_instead(view: View, line_id: int, *, today: date, now: datetime) -> str:
    """By SKU or title, what its customer has been offered in the line's place, else the most alike; "" for nothing."""
    found = {each.title: each.detail for each in options(view, line_id, today=today, now=now) if each.choice is Choice.SUBSTITUTE}
    notice_id = view.record("orders", view.record("order_line", line_id)["order_id"])["notice_id"]
    offered = Letter.from_json(reserved(view, notice_id).letter).substitute if notice_id is not None else ""
    return found.get(offered, offered) or next(iter(found.values()), "")
