"""What the table pages ask in their pane, and what they say of steps that are done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from orderdesk.ui import late
from orderdesk.ui.page_shell import PageShell, PageSpec
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from orderdesk.services.tasks import Progress
    from orderdesk.storage.store import Store
    from orderdesk.ui.desk import Desk
    from orderdesk.ui.forms import DraftForm

Row = TypeVar("Row")
Step = Callable[["Store", datetime, "Progress"], Any]


class AskingPage(PageShell[Row]):
    """A page whose pane asks for a form to be filled in, about no row or about the one that is picked."""

    def __init__(self, desk: Desk, spec: PageSpec[Row]) -> None:
        super().__init__(desk, spec)
        self._about_rows: tuple[QWidget, Callable[[set[int]], bool]] | None = None
        self.worked_on: int | None = None

    def submit_with(
        self,
        form: DraftForm,
        step: Step,
        then: Callable[[Any], None] | None = None,
        *,
        of_row: int | None = None,
        title: str = "",
    ) -> None:
        """Show a form in the pane; what it holds goes through `step` when it is submitted, and it closes when that worked.

        A question of a word or two about a row (`of_row`) goes away when another row is picked. One with a `title` shows its
        progress, and can be canceled.
        """

        def done(answer: Any) -> None:
            if self.pane.top is form:
                self.pane.close_top()
            self.said(answer)
            if then is not None:
                then(answer)

        def submitted() -> None:
            self.worked_on = of_row
            task = self.desk.perform(step, done, title=title, otherwise=form.refuse)
            task.canceled.connect(form.offer_again)

        form.submitted.connect(submitted)
        form.closed.connect(self.pane.close_top)
        self.show_about(form, of_row)

    def show_about(self, form: QWidget, of_row: int | None) -> None:
        """Show in the pane what goes away when another row than `of_row` is picked."""
        self._about_rows = (form, lambda picked: picked == {of_row}) if of_row is not None else None
        self.pane.show_form(form)

    def show_notice(self, notice_id: int, order_ids: tuple[int, ...]) -> None:
        """Show a letter in the pane: what is done there and what the keys do is about the same rows.

        It goes away when others are picked, and with a view that does not show them; not when they leave the list under it, as
        they do once their customer is told.
        """
        late.letter_pane.show_letter(self.desk, self.pane, notice_id, order_ids)
        about = {*self.table.picked_ids()}
        self._about_rows = (self.pane.top, lambda picked: picked in (set(), about)) if self.pane.top is not None else None

    def drop_what_is_about_other_rows(self) -> None:
        """Close the question or the letter that is not about what is picked."""
        if self._about_rows is None:
            return
        widget, fits = self._about_rows
        if self.pane.top is not widget:
            self._about_rows = None
        elif not fits({*self.table.picked_ids()}):
            self._about_rows = None
            self.pane.close_top()

    def drop_what_lost_its_rows(self) -> None:
        """Another view is shown, or the page again: close what is about rows of which none is picked there."""
        if self._about_rows is not None and self.pane.top is self._about_rows[0] and not self.table.picked_ids():
            self._about_rows = None
            self.pane.close_top()

    def said(self, answer: Any) -> None:
        """Tell of a finished step, with the way back."""
        if getattr(answer, "event_id", None) is not None:
            say_steps(self.desk, [answer])

    def said_files(self, paths: Sequence[Path], one: str, many: str) -> None:
        """Tell of files that were made, with the way to the printer, to the first one and to their folder."""
        opener = self.desk.outside.opener
        ways = [
            (tr("Print"), lambda: late.printing_out.print_files(self.desk, paths)),
            (tr("Open"), lambda: opener.open(paths[0])),
            (tr("Folder"), lambda: opener.open(paths[0].parent)),
        ]
        self.desk.say(counted(len(paths), one, many), ways)

    def show_words(self, facts: object, words: str) -> None:
        """Fill the pane with a sentence in place of a row."""
        if not self.pane.shows(facts):
            sheet = Sheet(self.desk.theme)
            sheet.text(words, "muted")
            self.pane.show_sheet(facts, sheet)
