"""What the table pages have in common: asking, showing, picking, and doing what a form or command says."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from orderdesk.ui.asking_page import AskingPage
from orderdesk.ui.listing import Listing, Wanted
from orderdesk.ui.page_shell import PageSpec
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.ways_back import offer_back
from orderdesk.ui.widgets import has_keyboard
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.domain.changes import Changes
    from orderdesk.ui.desk import Desk

Row = TypeVar("Row")
# Of more rows than that, the first ones say which commands are enabled.
_MOST_LOOKED_AT = 1000
# While keys come in, the rows follow at once and the pane when they pause.
_AFTER_TYPING_MS = 150


class TablePage(AskingPage[Row]):
    """A page is its declaration, its `wanted`, and what it adds below.

    `keeps_worked_on`: a row that leaves its place or the view by what was asked about it is shown there until another is picked:
    the next click is often about it, or about the one below.
    """

    keeps_worked_on = False

    def __init__(self, desk: Desk, spec: PageSpec[Row]) -> None:
        super().__init__(desk, spec)
        self.wanted = Wanted(spec.filters[0].key, sort=self.table.sort or spec.sort)
        self.listing = Listing(desk, spec.source, self)
        self._shown: Wanted | None = None
        self._next_place = 0
        self._to_pick: int | None = None
        self._detail_later = QTimer(self)
        self._detail_later.setSingleShot(True)
        self._connect()

    def _connect(self) -> None:
        self.search.searched.connect(lambda text: self.want(replace(self.wanted, search=text)))
        self.search.left.connect(self._enter_table)
        self.chips.chosen.connect(lambda key: self.want(replace(self.wanted, filter=key)))
        self.chips.left.connect(self._enter_table)
        self.table.filter_wanted.connect(self.chips.focus_current)
        self.table.resorted.connect(lambda: self.want(replace(self.wanted, sort=self.table.sort or self.spec.sort)))
        self.table.picked.connect(self._picked)
        self.table.unticked.connect(self._offer_ticks)
        self.table.opened.connect(lambda _: self.open_picked())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self.show_row_menu)
        self.bulk.dismissed.connect(self.table.clearSelection)
        self.listing.answered.connect(self._rows_came)
        self.listing.counted.connect(self.chips.show_counts)
        self.listing.counted.connect(self._offer_all)
        self.pane.closed.connect(self._take_keyboard)
        self.pane.discarded.connect(lambda: offer_back(self.desk, self.pane))
        self.desk.feed.committed.connect(self._committed)
        self._detail_later.timeout.connect(self.show_detail)

    # -- what pages add

    def show_detail(self) -> None:
        """Fill the pane with what is picked."""
        picked = self.table.picked_ids()
        if len(picked) == 1 and self.desk.is_open:
            self.show_one(picked[0])
        else:
            self.show_words(len(picked), counted(len(picked), *self.spec.picked) if picked else tr(self.spec.unpicked))

    def show_one(self, row_id: int) -> None:
        """Fill the pane with the only row that is picked."""
        for row in self._row(row_id):
            sheet = None if self.pane.shows(row) else self.sheet_of(row)
            if sheet is not None:
                self.pane.show_sheet(row, sheet)

    def sheet_of(self, row: Row) -> Sheet | None:
        """What the pane says of a row, where the row says it all; None where a page asks for more first, and shows it itself."""

    def edit(self) -> None:
        """Change what is picked."""

    def open_picked(self) -> None:
        """Enter or a double click."""
        self.edit()

    def show_nothing_yet(self) -> None:
        """The page of a shop that has none of these yet: one action."""

    def show_nothing_found(self) -> None:
        """Rows there are, but none that fits."""
        why, good = tr("Nothing fits the search and the filter."), self._good_words()
        heading, picture = (tr(good), "circle-check") if good else (tr("Nothing found"), "search")
        self.empty.show_message(picture, heading, "" if good else why, tr("Show all"), self.show_all)

    def _good_words(self) -> str:
        """What it means that a filter on its own shows nothing, where that is as it should be."""
        if self.wanted.search or self.wanted.channel:
            return ""
        return next((each.good for each in self.spec.filters if each.key == self.wanted.filter), "")

    def _offer_all(self, counts: Mapping[str, int]) -> None:
        """A search that finds nothing under a filter may find something without it."""
        first = self.spec.filters[0].key
        if not self.model.ids and self.wanted.search and self.wanted.filter != first and counts.get(first):
            why = tr("Nothing under this filter fits the search.")
            offer = tr("Search in all ({})").replace("{}", f"{counts[first]:,}")
            self.empty.show_message("search", tr("Nothing found"), why, offer, partial(self.chips.choose, first))

    def touched_by(self, changes: Changes) -> bool:
        """Whether a commit may have changed what the page shows."""
        return changes.everything or bool(changes.orders or changes.products or changes.customers)

    # -- asking and showing

    def enter(self) -> None:
        """The page comes to the front."""
        self.drop_what_lost_its_rows()
        self.worked_on = None
        self.refresh()

    def refresh(self) -> None:
        """Ask again, keeping selection and scroll."""
        if self.desk.is_open:
            self.listing.ask(self.wanted)

    def want(self, wanted: Wanted) -> None:
        """Show another view of the rows."""
        self.wanted = wanted
        self.refresh()

    def show_all(self) -> None:
        """Drop search and filter."""
        self.wanted = replace(self.wanted, search="", channel="", filter=self.spec.filters[0].key)
        with QSignalBlocker(self.chips):
            self.chips.choose(self.wanted.filter)
        self.search.clear()  # by its own signal the field knows that it has nothing to clear any more
        self.refresh()

    def pick_when_there(self, row_id: int) -> None:
        """Show that row, dropping filter and search, which may hide it."""
        self._to_pick = row_id
        self.show_all()

    def _committed(self, changes: Changes) -> None:
        if self.isVisible() and self.touched_by(changes):
            self.refresh()

    def _rows_came(self, found: array[int]) -> None:
        kept, current, before = self.table.picked_ids(), self.table.current_id(), self.model.ids
        is_same_view, self._shown = self._shown == self.wanted, self.wanted
        ids = self._with_worked_on(found, kept) if is_same_view else found
        with QSignalBlocker(self.table):  # rows on their way to other places are still picked
            self.model.replace(ids)
            self.table.keep_picked(kept, current)
        if kept or not is_same_view:
            self._next_place = _place_after(before, kept, ids, at_end=max(0, len(ids) - 1)) if kept and is_same_view else 0
        if self._to_pick is not None and self.table.pick(self._to_pick):
            self._to_pick = None
        elif not is_same_view:
            self.drop_what_lost_its_rows()
        if self.pane.top is None:
            self._pick_something()
        self.summarized.emit(counted(len(found), *self.spec.nouns))
        self._show_emptiness(is_empty=not ids)
        self._picked(_AFTER_TYPING_MS)

    def _with_worked_on(self, found: array[int], kept: Sequence[int]) -> array[int]:
        """The rows with the one worked on where it was, as long as it alone is picked and in the store."""
        if not self.keeps_worked_on or kept != [self.worked_on] or not self.model.rows_of(kept):
            return found
        others = array("q", (row_id for row_id in found if row_id != kept[0]))
        place = _place_after(self.model.ids, kept, others, at_end=len(others))
        return others[:place] + array("q", kept) + others[place:]

    def _show_emptiness(self, *, is_empty: bool) -> None:
        self.show_stack(self.empty if is_empty else self.table)
        if not is_empty:
            return
        if self.wanted.search or self.wanted.channel or self.wanted.filter != self.spec.filters[0].key:
            self.show_nothing_found()
        else:
            self.show_nothing_yet()

    # -- what is picked

    def picked_rows(self, most: int | None = None) -> list[Row]:
        """The rows that a command works on: all that are picked, or the first `most` of them."""
        ids = self.table.picked_ids()
        return self._row(ids[0]) if len(ids) == 1 else self.model.rows_of(ids[:most])

    def _row(self, row_id: int) -> list[Row]:
        """The row as the table shows it; none where it does not any more."""
        place = self.model.place_of(row_id)
        found = self.model.row(place) if place is not None else None
        return [found] if found is not None else []

    def _picked(self, detail_after_ms: int = 0) -> None:
        if self.worked_on is not None and self.table.picked_ids() != [self.worked_on]:
            self.worked_on = None
            self.refresh()
        self.drop_what_is_about_other_rows()
        self.commands.refresh(self.picked_rows(_MOST_LOOKED_AT) if self.desk.is_open else [])
        self.bulk.show_count(len(self.table.picked_ids()))
        self._detail_later.start(detail_after_ms)

    def _offer_ticks(self, ids: Sequence[int]) -> None:
        """A click to see one row takes the ticks off the others, as what is ticked is what the commands are about."""
        said = counted(len(ids), "{} tick was taken off", "{} ticks were taken off")
        self.desk.say(said, [(tr("Bring back"), partial(self.table.tick_again, ids))])

    def _take_keyboard(self) -> None:
        """The table has the keyboard again, but for one who is typing elsewhere, as in the search."""
        if self.pane.had_keyboard:
            self.table.setFocus()
        self._pick_something()

    def _enter_table(self) -> None:
        self.table.setFocus()
        self._pick_something()

    def _pick_something(self) -> None:
        """Where none is picked, the row after those that were, else the first."""
        if self.model.ids and not self.table.picked_ids():
            self.table.pick_place(min(self._next_place, len(self.model.ids) - 1))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not (self.pane.close_top() or self._widen()):
            super().keyPressEvent(event)

    def _widen(self) -> bool:
        """Drop search and filter, for one who is at the rows; False where there was neither."""
        is_narrow = replace(self.wanted, sort=()) != Wanted(self.spec.filters[0].key)
        if not (is_narrow and (has_keyboard(self.table) or has_keyboard(self.empty))):
            return False
        self.show_all()
        return True


def _place_after(before: array[int], gone: Sequence[int], ids: array[int], *, at_end: int) -> int:
    """Where one goes on when the picked rows have left a view: at the next row that is still there, else `at_end`."""
    still_there = {row_id: place for place, row_id in enumerate(ids)}
    below = before[before.index(gone[0]) :]
    return next((still_there[row_id] for row_id in below if row_id in still_there), at_end)
