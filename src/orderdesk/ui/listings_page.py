"""Listings: what is on offer where, and what had better be reduced, shortened or ended before it sells what isn't there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from typing_extensions import override

from orderdesk.domain.changes import Changes
from orderdesk.domain.listings import Advice
from orderdesk.services.tasks import Progress
from orderdesk.storage.queries.listings import ListingRow
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.desk import Desk
from orderdesk.ui.listing_columns import COMMANDS, FILTERS, FORMATS, SOURCE, advice_badge, columns, reason, sentence
from orderdesk.ui.page import TablePage
from orderdesk.ui.page_shell import PageSpec
from orderdesk.ui.product_columns import units
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.widgets import command_button
from orderdesk.ui.words import marked, tr

if TYPE_CHECKING:
    from orderdesk.services.listing_drafts import ListingDraft
    from orderdesk.services.steps import Step
    from orderdesk.ui.window_actions import WindowActions


def listings_spec(today: date) -> PageSpec[ListingRow]:
    """The listings page, declared."""
    return PageSpec(
        name="listings",
        title=marked("Listings"),
        icon="gavel",
        hint=marked("Search listings, SKUs, products…   Ctrl+F"),
        nouns=(marked("{} listing"), marked("{} listings")),
        picked=(marked("{} listing selected"), marked("{} listings selected")),
        unpicked=marked("Select a listing to see why it should change."),
        new="listings.new",
        columns=columns(today),
        filters=FILTERS,
        commands=COMMANDS,
        source=SOURCE,
        sort=(("advice", False), ("ends", False)),
        highlighted=lambda row: row.advice in (Advice.REDUCE, Advice.END),
        sentence=lambda row: sentence(row, today),
    )


class ListingsPage(TablePage[ListingRow]):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__(desk, listings_spec(desk.today()))
        self._window = window

    def import_files(self) -> None:
        self._window.go("import")

    def new(self) -> None:
        draft = late.listing_drafts.ListingDraft(currency=self.desk.profile.currency if self.desk.profile else "")
        form = late.listing_form.ListingForm(self.desk, draft, is_new=True)
        self.submit_with(form, lambda store, now, _: late.listing_entry.add_listing(store, draft, now=now), self.pick_when_there)

    @override
    def edit(self) -> None:
        for row in self.picked_rows()[:1]:
            self._edit(row.id)

    def done(self) -> None:
        """What is advised for the picked listings was done where they are."""
        ids = [row.id for row in self.picked_rows()]
        self._settle(ids, lambda store, now, _: late.listings.mark_done(store, ids, now=now))

    def ended(self) -> None:
        """The picked listings were ended where they are, whatever is advised."""
        ids = [row.id for row in self.picked_rows()]
        self._settle(ids, lambda store, now, _: late.listings.mark_ended(store, ids, now=now))

    def _settle(self, ids: Sequence[int], step: Callable[[Store, datetime, Progress], Step]) -> None:
        """Do what settles these rows, and go on at the next one where they stay in the view: they move to its end."""
        following = self.table.id_after(ids)

        def settled(done: Step) -> None:
            self.said(done)
            if following is not None and set(self.table.picked_ids()) == set(ids):
                self.table.pick(following)

        self.desk.perform(step, settled)

    def remove(self) -> None:
        """What is picked goes off the list."""
        ids = [row.id for row in self.picked_rows()]
        self.desk.perform(lambda store, now, _: late.listings.remove_listings(store, ids, now=now), self.said)

    def snippet(self) -> None:
        """The text that says up front what happens when something runs out, for the channel of the listing that is picked."""
        picked, today = self.picked_rows(), self.desk.today()
        place = picked[0].channel if picked else ""

        def step(store: Store, _now: datetime, _: Progress) -> str:
            return late.listings.snippet(store, place, "", today=today)

        def written(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.desk.say(tr("Copied: paste it into the listing"))

        self.desk.perform(step, written)

    @override
    def touched_by(self, changes: Changes) -> bool:
        """Any step may have changed a listing, or what its product may offer."""
        return True

    @override
    def show_nothing_yet(self) -> None:
        why = tr("Import a list or add a listing: OrderDesk says which sell more than there is.")
        self.empty.show_message(
            "gavel", tr("No listings yet"), why, tr("Import…"), self.import_files, (tr("New listing"), self.new)
        )

    def _edit(self, key: int) -> None:
        def show(draft: ListingDraft) -> None:
            form = late.listing_form.ListingForm(self.desk, draft, is_new=False)
            self.submit_with(form, lambda store, now, _: late.listing_entry.edit_listing(store, key, draft, now=now))

        self.desk.perform(lambda store, _now, _: late.listing_entry.draft_of_listing(store, key), show)

    @override
    def sheet_of(self, row: ListingRow) -> Sheet:
        today, sheet = self.desk.today(), Sheet(self.desk.theme)
        sheet.title(row.title, " · ".join((row.listing_id, tr(FORMATS[row.format]), formats.channel(row.channel))))
        advice = advice_badge(row, today)
        sheet.note(advice.role, advice.word, reason(row, today))
        if self.commands.action("listings.done").isEnabled():
            sheet.add(command_button(self.commands.action("listings.done"), "circle-check", "primary"))
        if self.commands.action("listings.ended").isEnabled():
            sheet.add(command_button(self.commands.action("listings.ended"), "ban"))
        sheet.fact(tr("SKU"), row.sku)
        sheet.fact(tr("Offered"), units(row.quantity))
        sheet.fact(tr("Bids"), units(row.bids))
        if row.ended_on is None:
            sheet.fact(tr("Ends"), formats.day(row.ends_on, today) or tr("when it is ended"))
        sheet.fact(tr("Price"), formats.money(row.price))
        return sheet
