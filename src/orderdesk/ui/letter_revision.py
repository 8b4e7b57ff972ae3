"""What the seller types beside a letter gets into it: by itself, and before anything is done with the letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.notices import NoticeKind
from orderdesk.services.tasks import Progress
from orderdesk.storage.queries.notices import NoticeRow
from orderdesk.storage.store import Store
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.letter_changes import LetterChanges, Saying, saying_of

if TYPE_CHECKING:
    from orderdesk.services.apologies import Apology


class LetterRevision:
    """Every change is a step of its own, after which the letter is `revised`: whoever hears of it shows the letter again."""

    def __init__(
        self,
        desk: Desk,
        notice_id: int,
        changes: LetterChanges,
        revised: Callable[[], None],
        refuse: Callable[[Exception], None],
    ) -> None:
        self.is_under_way = False
        self._desk = desk
        self._notice_id = notice_id
        self._changes = changes
        self._revised = revised
        self._refuse = refuse
        self._is_open = False
        self._said: Saying | None = None
        self._wanted: Saying | None = None
        self._then: Callable[[], None] | None = None

    def show_letter(self, letter: NoticeRow) -> None:
        """Offer for change what the letter says, where anything may still be changed."""
        self._is_open = letter.told_at is None and letter.voided_at is None and NoticeKind(letter.kind).leaves_a_choice
        self._changes.setVisible(self._is_open)
        self._said = saying_of(letter)
        self._changes.show_letter(letter)
        self.is_under_way = False

    def resume(self) -> None:
        """Do what has waited for the letter to say what was typed."""
        then, self._then = self._then, None
        _go_on(then)

    def settle(self, then: Callable[[], None] | None = None) -> None:
        """Have the letter say what is typed, then go on; what can't be read or drawn stops it."""
        if not self._is_open:
            _go_on(then)
            return
        try:
            wanted = self._changes.typed()
        except InvalidValueError as error:
            self._refuse(error)
            return
        if self.is_under_way and wanted == self._wanted:
            self._then = then or self._then
        elif wanted == self._said:
            _go_on(then)
        else:
            self._then = then
            self._change_to(wanted)

    def _change_to(self, wanted: Saying) -> None:
        said = self._said
        offer = None if said and wanted.offer == said.offer else wanted.offer
        language = None if said and wanted.language == said.language else wanted.language
        new_date = None if said and wanted.new_date == said.new_date else wanted.new_date

        def step(store: Store, now: datetime, _: Progress) -> Apology:
            wishes = late.apology_letter.Wishes(
                offer=offer,
                new_date=new_date,
                concern=wanted.concern,
                by_deliveries=wanted.new_date is None,
                language=language,
            )
            made: Apology = late.apologies.revise_apology(store, self._notice_id, wishes=wishes, now=now)
            return made

        def revised(made: Apology) -> None:
            if offer is not None and made.advice:
                self._desk.say("\n".join(made.advice))
            self._revised()

        self._wanted, self.is_under_way = wanted, True
        self._desk.perform(step, revised, otherwise=self._not_changed)

    def _not_changed(self, error: Exception) -> None:
        self.is_under_way, self._then = False, None
        self._refuse(error)


def _go_on(then: Callable[[], None] | None) -> None:
    if then is not None:
        then()
