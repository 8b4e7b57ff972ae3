"""The form about the shop: who it is, and how its letters look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QComboBox, QFileDialog, QLineEdit, QVBoxLayout
from typing_extensions import override

from orderdesk.documents.colors import readable
from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.orders import QueuePolicy
from orderdesk.domain.shop import Paper, ShopProfile
from orderdesk.services.draft_fields import (
    Draft,
    Reader,
    read_country,
    read_currency,
    read_required,
    read_units,
    read_units_or_zero,
)
from orderdesk.ui import late
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.widgets import button, label, row
from orderdesk.ui.words import marked, tr

if TYPE_CHECKING:
    from orderdesk.services.shop_pictures import Picture

_FIELDS = (
    Field("name", marked("Shop's name, as on the letterhead")),
    Field("owner", marked("Your name, for the signature"), half=True),
    Field("accent", marked("Accent color of letters"), example="#1F4F3C", half=True),
    Field("line1", marked("Street")),
    Field("line2", marked("Second line")),
    Field("city", marked("City"), half=True),
    Field("region", marked("State or region"), half=True),
    Field("postal_code", marked("Postal code"), half=True),
    Field("country", marked("Country"), example="US", half=True),
    Field("email", marked("E-mail"), half=True),
    Field("phone", marked("Phone"), half=True),
    Field("site", marked("Web site")),
    Field("time_zone", marked("Time zone"), kind="zone"),
    Field(
        "register",
        marked("Register entry (traders in Germany)"),
        example=marked("Firm e. K., Sitz Kiel, Amtsgericht Kiel HRA 123"),
    ),
    Field("currency", marked("Currency"), example="USD", half=True),
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
    Field("handling_days", marked("Days to pack and send once it is here"), usual="0"),
    Field("mail_host", marked("Mail server, to send letters from here"), example="smtp.example.com"),
    Field("mail_user", marked("Mail user"), half=True),
    Field("mail_port", marked("Mail port"), usual="587", half=True),
    Field("reply_slip", marked("Letters bring a reply slip to cut off and send back"), kind="check"),
)
_USUAL_PORT = 587
_PICTURES = (("logo", marked("Logo")), ("signature", marked("Signature by hand")))
_PICTURE_FILES = marked("Pictures (*.png *.svg *.jpg *.jpeg)")


def _read_accent(_: Draft, name: str, text: str) -> str:
    """A color as #RRGGBB, or by its English name."""
    color = QColor.fromString(text)
    if not color.isValid() or color.alpha() < 255:
        raise InvalidValueError(name, text, tr("a color, such as #1F4F3C or dark green"))
    return text if len(text) == len("#RRGGBB") and text.startswith("#") else color.name().upper()


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
    register: str = ""
    reply_slip: bool = False
    logo: str = ""
    signature: str = ""
    mail_host: str = ""
    mail_port: str = ""
    mail_user: str = ""
    handling_days: str = ""

    READERS: ClassVar[Mapping[str, Reader]] = {
        "name": read_required,
        "country": read_country,
        "accent": _read_accent,
        "currency": read_currency,
        "mail_port": read_units,
        "handling_days": read_units_or_zero,
    }

    def profile(self) -> ShopProfile:
        """The profile that was typed. Raises InvalidValueError."""
        values = self.values("paper", "queue")
        values["currency"] = values["currency"] or "USD"
        values["mail_port"] = values["mail_port"] or _USUAL_PORT
        return ShopProfile(**values, paper=Paper(self.paper), queue=QueuePolicy(self.queue))


def draft_of(profile: ShopProfile) -> ProfileDraft:
    """The form filled with a profile."""
    draft = ProfileDraft()
    for name in (each.name for each in fields(ProfileDraft)):
        value = getattr(profile, name)
        setattr(draft, name, value if isinstance(value, bool) else str(value))
    return draft


class ShopForm(DraftForm):
    """`pictures` are the new ones by purpose, b"" for one taken away; `password_wanted`: the mail server's is to be kept."""

    password_wanted = Signal()

    def __init__(self, draft: ProfileDraft) -> None:
        self.pictures: dict[Picture, bytes] = {}
        self._shop = draft
        self._as_it_was = replace(draft)
        self._country = draft.country
        about = tr("It is the head of every letter. Everything can be changed later.")
        super().__init__(tr("Your shop"), draft, _FIELDS, tr("Save"), about=about)
        self.edited.connect(self._show_accent)
        self.editor("country").editingFinished.connect(self._follow_country)  # type: ignore[attr-defined]
        self._show_accent()

    @property
    @override
    def unsaved(self) -> bool:
        """Whether anything would be lost: what was typed and taken back is not."""
        self.read()
        return bool(self.pictures) or self._shop != self._as_it_was

    def _follow_country(self) -> None:
        """What stands there as it is usual in the one country becomes what is usual in the other."""
        self.read()
        try:
            country = self._shop.value("country")
        except InvalidValueError:
            return
        former, usual = (late.shop.proposed_profile(each, self._shop.time_zone) for each in (self._country, country))
        self._country = country
        currency, paper = self.editor("currency"), self.editor("paper")
        assert isinstance(currency, QLineEdit) and isinstance(paper, QComboBox)
        if self._shop.currency == former.currency:
            currency.setText(usual.currency)
        if self._shop.paper == former.paper:
            paper.setCurrentIndex(paper.findData(usual.paper.value))

    def _show_accent(self) -> None:
        """Say what a color that is too light for paper becomes."""
        self.read()
        try:
            wanted = self._shop.value("accent")
        except InvalidValueError:
            wanted = ""
        is_too_light = bool(wanted) and readable(wanted).upper() != wanted.upper()
        self.remark("accent", tr("Dark enough to read, it is {}.").replace("{}", readable(wanted)) if is_too_light else "")

    @override
    def extra(self, layout: QVBoxLayout) -> None:
        line = row()
        line.addWidget(label(tr("Accent color"), "muted", wrap=False), 1)
        line.addWidget(button(tr("Choose…"), self._choose_color, name="shop.accent"))
        layout.addLayout(line)
        for purpose, title in _PICTURES:
            self._add_picture(layout, purpose, tr(title))
        line = row()
        line.addWidget(label(tr("Password of the mail server"), "muted", wrap=False), 1)
        line.addWidget(button(tr("Keep in the keyring…"), self.password_wanted.emit, name="shop.password"))
        layout.addLayout(line)

    def _add_picture(self, layout: QVBoxLayout, name: str, title: str) -> None:
        line = row()
        line.addWidget(label(title, "muted", wrap=False), 1)
        line.addWidget(button(tr("Choose…"), lambda: self._choose(name), name=f"shop.{name}"))
        line.addWidget(button(tr("None"), lambda: self.take_picture(name, b""), name=f"shop.no_{name}"))
        layout.addLayout(line)

    def take_picture(self, name: str, content: bytes) -> None:
        """Use the picture from now on, once it is saved."""
        self.pictures[late.shop_pictures.Picture(name)] = content
        self.edited.emit()

    def _choose(self, name: str) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("A picture"), str(Path.home()), tr(_PICTURE_FILES))
        if chosen:
            self._read(name, Path(chosen))

    def _read(self, name: str, path: Path) -> None:
        try:
            self.take_picture(name, late.shop_pictures.picture_file(late.shop_pictures.Picture(name), path))
        except InvalidValueError as error:
            self.refuse(error)

    def _choose_color(self) -> None:
        field = self.editor("accent")
        assert isinstance(field, QLineEdit)
        chosen = QColorDialog.getColor(QColor(field.text()), self, tr("Accent color of letters"))
        if chosen.isValid():
            field.setText(chosen.name().upper())
