"""Settings: the shop's profile, asked once and edited here, with the letter that it makes beside it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer, QTimeZone
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from orderdesk.domain.errors import InvalidValueError, NotSetUpError
from orderdesk.domain.shop import ShopProfile, require_sender
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import late
from orderdesk.ui.banner import Banner
from orderdesk.ui.desk import Desk
from orderdesk.ui.preview import PagesView, rendered_pages, scrolled_pages
from orderdesk.ui.shop_form import ProfileDraft, ShopForm, draft_of
from orderdesk.ui.ways_back import moved_words
from orderdesk.ui.widgets import callout, card, clear, column, row
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.services.steps import Step
    from orderdesk.ui.window_actions import WindowActions

_AFTER_TYPING_MS = 250


class SettingsPage(QWidget):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        super().__init__()
        self.setObjectName("page.settings")
        self.setProperty("kind", "page")
        self._desk = desk
        self._window = window
        self.form: ShopForm | None = None
        self._card = card()
        self._inside = column(self._card, margins=8)
        self._question = Banner()
        self._inside.addWidget(self._question)
        self.pages = PagesView(desk.theme)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_TYPING_MS)
        self._later.timeout.connect(self._preview)
        layout = row(self, spacing=10)
        layout.addWidget(self._card, 5)
        beside, note = QWidget(), QWidget()
        self._lacking = column(note)
        right = column(beside)
        right.addWidget(note)
        right.addWidget(scrolled_pages(self.pages), 1)
        layout.addWidget(beside, 4)

    def enter(self) -> None:
        """Show the profile; defaults from the locale where it was never asked for. What was not saved is still there."""
        if self.form is not None and self.form.unsaved:
            return
        if self._desk.profile is not None:
            self._show(self._desk.profile)
            return
        country = QLocale.territoryToCode(QLocale.system().territory())
        zone = bytes(QTimeZone.systemTimeZoneId().data()).decode()

        def step(_store: Store, _now: datetime, _: Progress) -> ShopProfile:
            return late.shop.proposed_profile(country or "US", zone)

        self._desk.perform(step, self._show)

    def _show(self, profile: ShopProfile) -> None:
        if self.form is not None:
            self.form.deleteLater()
        draft = draft_of(profile)
        self.form = form = ShopForm(draft)
        form.submitted.connect(lambda: self._save(form, draft))
        form.closed.connect(partial(self._close, form))
        form.edited.connect(self._later.start)
        form.left.connect(self._later.start)
        form.password_wanted.connect(lambda: self._ask_password(form, draft))
        self._inside.addWidget(form)
        self.setFocusProxy(form)
        form.setFocus()
        self._preview()

    def _preview(self) -> None:
        """Draw the letter with what is typed; what can't be read yet leaves the last one."""
        form = self.form
        if form is None or not self._desk.is_open:
            return
        form.read()
        draft, pictures = form.draft, dict(form.pictures)
        assert isinstance(draft, ProfileDraft)

        def step(store: Store, now: datetime, _: Progress) -> tuple[list[QImage], str]:
            profile = draft.profile()
            return rendered_pages(late.shop_pictures.preview(store, profile, pictures, now=now)), _lacking(profile)

        self._desk.perform(step, self._show_preview, otherwise=self._not_drawn)

    def _show_preview(self, drawn: tuple[list[QImage], str]) -> None:
        """The letter, and above it why none can be made like that."""
        pages, lacking = drawn
        clear(self._lacking)
        if lacking:
            self._lacking.addWidget(callout("backordered", tr("No letter can be made yet."), lacking))
        self.pages.show_pages(pages)

    def _not_drawn(self, error: Exception) -> None:
        """A field half typed is no problem yet, one that was left is; a picture that can't be one is."""
        form = self.form
        if form is None:
            return
        if not isinstance(error, InvalidValueError) or not form.has(error.field):
            form.refuse(error)
        elif not form.editor(error.field).hasFocus():
            form.point_out(error.field, error.expected)
            form.say_below(tr("The letter beside this waits for: {}.").replace("{}", form.editor(error.field).accessibleName()))

    def _save(self, form: ShopForm, draft: ProfileDraft) -> None:
        def step(store: Store, now: datetime, _: Progress) -> tuple[Step, ShopProfile | None]:
            made = late.shop_pictures.save_shop(store, draft.profile(), form.pictures, now=now)
            return made, late.shop.shop_profile(store)

        def saved(answer: tuple[Step, ShopProfile | None]) -> None:
            made, profile = answer
            self._desk.learn_profile(profile)
            lacking = _lacking(draft.profile())
            said = tr("Saved. No letter can be made yet.") if lacking else tr("Saved. New letters carry it.")
            self._desk.say("\n".join(filter(None, [" · ".join([said, *moved_words(made.shifts)]), lacking])))
            self._drop()

        self._desk.perform(step, saved, otherwise=form.refuse)

    def _ask_password(self, form: ShopForm, draft: ProfileDraft) -> None:
        """Ask for the mail server's password, which goes to the system's keyring and nowhere else."""
        form.read()
        typed, sure = QInputDialog.getText(
            self, tr("Mail server"), tr("Password of {}").replace("{}", draft.mail_user), QLineEdit.EchoMode.Password
        )
        if sure:
            self.keep_password(form, draft, typed)

    def keep_password(self, form: ShopForm, draft: ProfileDraft, password: str) -> None:
        """Keep the password of the server that is typed in."""
        keyring = self._desk.outside.passwords

        def step(_store: Store, _now: datetime, _: Progress) -> None:
            late.passwords.keep_mail_password(draft.profile(), password, keyring or late.passwords.SystemKeyring())

        self._desk.perform(step, lambda _: self._desk.say(tr("The password is in the keyring.")), otherwise=form.refuse)

    def _close(self, form: ShopForm) -> None:
        """Close the form; what was not saved is asked about first."""
        if not form.unsaved:
            self._drop()
            return
        answers = [(tr("Save"), form.submit), (tr("Discard"), self._drop)]
        self._question.show_question(tr("Not saved"), tr("The shop's profile was changed here."), answers)

    def _drop(self) -> None:
        """Go on elsewhere; the form begins anew next time."""
        self._question.hide()
        if self.form is not None:
            self.form.deleteLater()
        self.form = None
        self._window.go("orders")


def _lacking(profile: ShopProfile) -> str:
    """What letters have to say of the shop and can't; "" where they can be made."""
    try:
        require_sender(profile)
    except NotSetUpError as error:
        return str(error)
    return ""
