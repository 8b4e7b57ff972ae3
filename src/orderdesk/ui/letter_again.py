"""A letter that may not go out as it is, made again: it follows, or another takes its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from orderdesk.domain.notices import NoticeKind
from orderdesk.services.tasks import Progress
from orderdesk.storage.queries.notices import NoticeRow, orders_of_notice
from orderdesk.storage.store import Store
from orderdesk.ui import late
from orderdesk.ui.apologizing import ShowLetter, apologize
from orderdesk.ui.desk import Desk

if TYPE_CHECKING:
    from orderdesk.services.endings import EndingLetter


def make_again(desk: Desk, letter: NoticeRow, show: ShowLetter, refuse: Callable[[Exception], None]) -> None:
    """Make the letter anew, about what its orders have to hear, and show the one that says it."""

    def found(order_ids: list[int]) -> None:
        if NoticeKind(letter.kind).is_about_a_wait:
            apologize(desk, order_ids, show, otherwise=refuse)
        else:
            _write_again(desk, letter.kind, order_ids[0], show, refuse)

    desk.ask(lambda view, _: orders_of_notice(view, letter.id), found)


def _write_again(desk: Desk, kind: str, order_id: int, show: ShowLetter, refuse: Callable[[Exception], None]) -> None:
    def step(store: Store, now: datetime, _: Progress) -> EndingLetter:
        write = late.endings.write_good_news if kind == NoticeKind.GOOD_NEWS else late.endings.write_cancellation
        made: EndingLetter = write(store, order_id, now=now)
        return made

    desk.perform(step, lambda made: show(made.notice_id, (order_id,)), otherwise=refuse)
