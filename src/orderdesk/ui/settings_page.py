"""Settings: the shop's profile, asked once and edited here; it is the head of every letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QLocale, Qt, QTimeZone
from PySide6.QtWidgets import QWidget

from orderdesk.domain.orders import QueuePolicy
from orderdesk.domain.shop import Paper, ShopProfile
from orderdesk.services.drafts import Draft, Reader, read_country, read_currency, read_required
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.widgets import card, column
from orderdesk.ui.words import marked, tr

if TYPE_CHECKING:
    from orderdesk.ui.window_actions import WindowActions

_FIELDS = (
    Field("name", marked("Shop's name, as on the letterhead")),
    Field("owner", marked("Your name, for the signature"), half=True),
    Field("accent", marked("Accent color of letters"), hint="#1F4F3C", half=True),
    Field("line1", marked("Street")),
    Field("line2", marked("Second line")),
    Field("city", marked("City"), half=True),
    Field("region", marked("State or region"), half=True),
    Field("postal_code", marked("Postal code"), half=True),
    Field("country", marked("Country (two letters)"), hint="US", half=True),
    Field("email", marked("E-mail"), half=True),
    Field("phone", marked("Phone"), half=True),
    Field("site", marked("Web site"), half=True),
    Field("time_zone", marked("Time zone"), hint="Europe/Berlin", half=True),
    Field("currency", marked("Currency"), hint="USD", half=True),
    Field(
        "paper",
        marked("Paper"),
        kind="choice",
        half=True,
        choices=(
            ("letter", marked("US Letter, #10 window")),
            ("a4", marked("A4, DIN window (form B)")),
            ("a4_form_a", marked("A4, DIN window high up (form A)")),
            ("a4_uk", marked("A4, UK DL window")),
        ),
    ),
    Field(
        "queue",
        marked("Who is served first when stock is short"),
        kind="choice",
        choices=(("order_date", marked("Who ordered first")), ("ship_by", marked("Who must be shipped first"))),
    ),
)


@dataclass
class ProfileDraft(Draft):
    """The shop's profile as typed."""

    name: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    site: str = ""
    owner: str = ""
    currency: str = ""
    paper: str = ""
    time_zone: str = ""
    accent: str = ""
    queue: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {"name": read_required, "country": read_country, "currency": read_currency}

    def profile(self) -> ShopProfile:
        """The profile that was typed. Raises InvalidValueError."""
        values = self.values("paper", "queue")
        values["currency"] = values["currency"] or "USD"
        return ShopProfile(**values, paper=Paper(self.paper), queue=QueuePolicy(self.queue))


def draft_of(profile: ShopProfile) -> ProfileDraft:
    """The form filled with a profile."""
    return ProfileDraft(**{each.name: str(getattr(profile, each.name)) for each in fields(ProfileDraft)})


class SettingsPage(QWidget):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__()
        self.setObjectName("page.settings")
        self.setProperty("kind", "page")
        self._desk = desk
        self._window = window
        self._form: DraftForm | None = None
        self._card = card()
        self._card.setFixedWidth(620)
        self._inside = column(self._card, margins=8)
        column(self).addWidget(self._card, 1, Qt.AlignmentFlag.AlignHCenter)

    def enter(self) -> None:
        """Show the profile; defaults from the locale where it was never asked for."""
        if self._desk.profile is not None:
            self._show(self._desk.profile)
            return
        country = QLocale.territoryToCode(QLocale.system().territory())
        zone = bytes(QTimeZone.systemTimeZoneId().data()).decode()

        def step(_store: Store, _now: datetime, _: Progress) -> ShopProfile:
            return late.shop.proposed_profile(country or "US", zone)

        self._desk.perform(step, self._show)

    def _show(self, profile: ShopProfile) -> None:
        if self._form is not None:
            self._form.deleteLater()
        draft = draft_of(profile)
        about = tr("It is the head of every letter. Everything can be changed later.")
        self._form = form = DraftForm(tr("Your shop"), draft, _FIELDS, tr("Save"), about=about)
        form.submitted.connect(lambda: self._save(form, draft))
        form.closed.connect(self._leave)
        self._inside.addWidget(form)
        form.setFocus()

    def _save(self, form: DraftForm, draft: ProfileDraft) -> None:
        def step(store: Store, now: datetime, _: Progress) -> ShopProfile:
            profile = draft.profile()
            late.shop.save_shop_profile(store, profile, now=now)
            return profile

        def saved(profile: ShopProfile) -> None:
            self._desk.profile = profile
            self._desk.say(tr("Saved. New letters carry it."))
            self._leave()

        self._desk.perform(step, saved, otherwise=form.refuse)

    def _leave(self) -> None:
        self._window.go("orders")
