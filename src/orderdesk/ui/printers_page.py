"""Printers: which one letters go to, its tray and copies, and how far its paper is off."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from orderdesk.domain.printers import PrinterSettings, Queue
from orderdesk.services.printer_drafts import PrinterDraft, draft_of_printer
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.list_page import ListPage
from orderdesk.ui.widgets import button, clear, label
from orderdesk.ui.words import marked, tr

if TYPE_CHECKING:
    from orderdesk.ui.window_actions import WindowActions

_ABOUT = marked("Print the calibration page, measure how far it is off, and enter that here: the next letters stand right.")


class PrintersPage(ListPage):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        self._queues: list[Queue] = []
        super().__init__(desk, window, "printers", tr("Printers"))

    def enter(self) -> None:
        """The page comes to the front: ask the system for its printers."""
        printer = self._desk.outside.printer
        self._desk.perform(lambda _store, _now, _: printer.queues(), self._show)

    def _show(self, queues: list[Queue]) -> None:
        self._queues = queues
        chosen = self._desk.memory.recall(late.apologizing.CHOSEN_PRINTER, "")
        gone = bool(chosen) and chosen not in [queue.name for queue in queues]
        self.list.blockSignals(True)
        self.list.clear()
        for place, queue in enumerate(queues):
            used = queue.name == chosen or (not chosen and place == 0)
            self.list.addItem(tr("{} – letters go here").replace("{}", queue.name) if used else queue.name)
            if used or (gone and place == 0):
                self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self._none.setVisible(not queues)
        self._gone.setText(tr("{} is gone: choose where letters go.").replace("{}", chosen))
        self._gone.setVisible(gone and bool(queues))
        self.picked()

    @override
    def picked(self) -> None:
        place = self.list.currentRow()
        self._calibrate.setEnabled(0 <= place < len(self._queues))
        if 0 <= place < len(self._queues):
            queue = self._queues[place]

            def step(store: Store, _now: datetime, _: Progress) -> PrinterSettings:
                return late.printing.printer_settings(store, queue.name)

            self._desk.perform(step, lambda settings: self._show_form(queue, settings))
        else:
            clear(self._form_side)

    def _show_form(self, queue: Queue, settings: PrinterSettings) -> None:
        clear(self._form_side)
        draft = draft_of_printer(settings)
        trays = [("", marked("Its own choice")), *((tray, tray) for tray in queue.trays)]
        fields = (
            Field("tray", marked("Tray"), kind="choice", half=True, choices=trays),
            Field("copies", marked("Copies"), half=True),
            Field("right", marked("Move right by millimeters"), usual="0", half=True),
            Field("down", marked("Move down by millimeters"), usual="0", half=True),
        )
        form = DraftForm(queue.name, draft, fields, tr("Save, and print letters here"), about=tr(_ABOUT))
        form.submitted.connect(lambda: self._save(form, draft, queue))
        form.closed.connect(lambda: self._window.go("settings"))
        self._form_side.addWidget(form)

    def _save(self, form: DraftForm, draft: PrinterDraft, queue: Queue) -> None:
        def step(store: Store, now: datetime, _: Progress) -> object:
            return late.printing.save_printer(store, draft.settings(queue.name), now=now)

        def saved(_: object) -> None:
            self._desk.memory.keep(late.apologizing.CHOSEN_PRINTER, queue.name)
            self._desk.say(tr("Letters go to {} from now on.").replace("{}", queue.name))
            self._show(self._queues)

        self._desk.perform(step, saved, otherwise=form.refuse)

    def _print_calibration(self) -> None:
        """On the printer that is picked."""
        late.printing_out.print_made(
            self._desk,
            lambda store, now: late.printouts.calibration_page(store, now=now),
            self._queues[self.list.currentRow()].name,
        )

    @override
    def add_above(self, layout: QVBoxLayout) -> None:
        self._none = label(tr("This computer has no printer. Letters can be saved and opened all the same."), "muted")
        self._gone = label("", "problem")
        for each in (self._none, self._gone):
            each.hide()
            layout.addWidget(each)

    @override
    def add_below(self, layout: QVBoxLayout) -> None:
        self._calibrate = button(
            tr("Print the calibration page"), self._print_calibration, image="printer", name="printers.calibrate"
        )
        layout.addWidget(self._calibrate)
        layout.addWidget(button(tr("Look again"), self.enter, image="refresh-cw", name="printers.look"))
