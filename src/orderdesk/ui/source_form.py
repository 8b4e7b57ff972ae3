"""Where the units that a line is short of are bought."""

from __future__ import annotations

from datetime import date

from orderdesk.services.drafts import SourceDraft
from orderdesk.storage.queries.order_detail import LineRow
from orderdesk.storage.queries.suppliers import arrives_on
from orderdesk.storage.view import View
from orderdesk.ui.day_edit import DayEdit
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm
from orderdesk.ui.lookup import Lookup
from orderdesk.ui.small_drafts import SOURCE_FIELDS
from orderdesk.ui.words import tr


class SourceForm(DraftForm):
    """Supplier, cost and day. The day follows from the supplier until the seller types another."""

    def __init__(self, desk: Desk, line: LineRow, draft: SourceDraft, about: str) -> None:
        title = tr("Buy {} elsewhere").replace("{}", line.title)
        super().__init__(title, draft, SOURCE_FIELDS, tr("Bought"), about=about, desk=desk)
        self._desk = desk
        self._product_id = line.product_id
        self._known_day = draft.expected_on
        supplier, day = self.editor("supplier"), self.editor("expected_on")
        assert isinstance(supplier, Lookup)
        assert isinstance(day, DayEdit)
        self._supplier, self._day = supplier, day
        supplier.chosen.connect(self._look_up)
        supplier.editingFinished.connect(lambda: self._look_up(supplier.text()))

    def _look_up(self, name: str) -> None:
        def answer(view: View, today: date) -> tuple[str, date | None]:
            return name, arrives_on(view, name, self._product_id, today=today)

        if name.strip():
            self._desk.ask(answer, self._show_day)

    def _show_day(self, found: tuple[str, date | None]) -> None:
        name, day = found
        if name != self._supplier.text() or self._day.plain() not in ("", self._known_day):
            return
        self._known_day = day.isoformat() if day else ""
        self._day.setText(self._known_day)
