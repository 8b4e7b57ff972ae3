"""Rules for offers: which coupon a letter brings by default; the first rule that fits decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from orderdesk.domain.channels import OWN_SHOP
from orderdesk.domain.errors import InvalidRuleError, InvalidValueError
from orderdesk.domain.goodwill import OfferKind, parse_offer, usual_bounds
from orderdesk.domain.offer_rules import NO_OFFER, USUAL
from orderdesk.services.draft_fields import Draft
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.desk import Desk
from orderdesk.ui.formats import channel, offer
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.list_page import ListPage
from orderdesk.ui.widgets import button, clear, label, row
from orderdesk.ui.words import marked, tr

if TYPE_CHECKING:
    from orderdesk.services.offer_rules import OfferRuleDraft
    from orderdesk.ui.window_actions import WindowActions

_BARE = (USUAL, NO_OFFER, OfferKind.FREE_SHIPPING.value)
_FIELDS = (
    Field(
        "kind",
        marked("The letter brings"),
        kind="choice",
        half=True,
        choices=(
            (USUAL, marked("The usual offer")),
            (OfferKind.AMOUNT.value, marked("An amount off")),
            (OfferKind.PERCENT.value, marked("A percentage off")),
            (OfferKind.FREE_SHIPPING.value, marked("Free shipping")),
            (OfferKind.GIFT.value, marked("A gift")),
            (OfferKind.GIFT_CARD.value, marked("A gift card")),
            (NO_OFFER, marked("No coupon")),
        ),
    ),
    Field("worth", marked("How much, or what gift"), example=marked("5, 10, Tea towel"), half=True),
    Field(
        "channel",
        marked("Only on this channel"),
        kind="choice",
        half=True,
        choices=(("", marked("Any channel")), *formats.channel_choices(OWN_SHOP, "ebay", "etsy", "shopify")),
    ),
    Field("days_late", marked("From so many days late"), usual="0", half=True),
    Field("value_from", marked("From this value of what is late"), kind="money", usual="0", half=True),
    Field("told_before", marked("Only who had a letter before"), kind="check", half=True),
    Field("minimum_order", marked("Smallest order"), kind="money", usual=marked("any"), half=True),
    Field("months", marked("Valid for months"), usual="12", half=True),
)


@dataclass
class RuleDraft(Draft):
    """A rule as the form shows it: the kind of the offer apart from what it is worth."""

    kind: str = USUAL
    worth: str = ""
    channel: str = ""
    days_late: str = ""
    value_from: str = ""
    told_before: bool = False
    minimum_order: str = ""
    months: str = ""

    def rule_draft(self, currency: str) -> OfferRuleDraft:
        """The rule's own draft, which reads the fields."""
        offer = self.kind if self.kind in _BARE else f"{self.kind}:{self.worth}"
        values = {name: getattr(self, name) for name in _SAME}
        return late.offer_rules.OfferRuleDraft(**values, offer=offer, currency=currency)


_SAME = ("channel", "days_late", "value_from", "told_before", "minimum_order", "months")


def _shown(rule: OfferRuleDraft) -> RuleDraft:
    kind, _, worth = rule.offer.partition(":")
    return RuleDraft(kind, worth, **{name: getattr(rule, name) for name in _SAME})


class OffersPage(ListPage):
    def __init__(self, desk: Desk, window: WindowActions) -> None:
        self._drafts: list[OfferRuleDraft] = []
        super().__init__(desk, window, "offers", tr("Rules for offers"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the words wrap instead

    def enter(self) -> None:
        """The page comes to the front."""
        self._load(0)

    # -- commands of the list

    def add(self) -> None:
        """A new rule at the end, to be filled in."""
        self._change([*self._drafts, late.offer_rules.OfferRuleDraft(currency=self._currency)], len(self._drafts))

    def remove(self) -> None:
        place = self.list.currentRow()
        if 0 <= place < len(self._drafts):
            self._change([*self._drafts[:place], *self._drafts[place + 1 :]], max(place - 1, 0))

    def move_up(self) -> None:
        place = self.list.currentRow()
        if 0 < place < len(self._drafts):
            moved = list(self._drafts)
            moved[place - 1], moved[place] = moved[place], moved[place - 1]
            self._change(moved, place - 1)

    # -- asking, showing, keeping

    @property
    def _currency(self) -> str:
        return self._desk.profile.currency if self._desk.profile else "USD"

    def _load(self, place: int) -> None:
        currency = self._currency

        def step(store: Store, _now: datetime, _: Progress) -> list[OfferRuleDraft]:
            return [late.offer_rules.draft_of_rule(rule, currency) for rule in late.offer_rules.offer_rules(store)]

        self._desk.perform(step, lambda drafts: self._show(drafts, place))

    def _show(self, drafts: list[OfferRuleDraft], place: int) -> None:
        self._drafts = drafts
        self.list.blockSignals(True)
        self.list.clear()
        for number, draft in enumerate(drafts, 1):
            self.list.addItem(f"{number}. {_sentence(draft)}")
        self.list.addItem(_usual(self._currency))
        self.list.item(len(drafts)).setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.setCurrentRow(min(place, len(drafts) - 1))
        self.list.blockSignals(False)
        self.picked()

    @override
    def picked(self) -> None:
        clear(self._form_side)
        place = self.list.currentRow()
        is_rule = 0 <= place < len(self._drafts)
        self._up.enable(is_rule and place > 0)
        self._remove.enable(is_rule)
        if not is_rule:
            words = label(tr("Without rules every letter brings the usual offer."), "muted")
            words.setMargin(4)
            self._form_side.addWidget(words)
            self._form_side.addStretch(1)
            return
        draft = self._drafts[place]
        shown = _shown(draft)
        form = DraftForm(tr("Rule {}").replace("{}", str(place + 1)), shown, _FIELDS, tr("Save"), about=tr(_ABOUT))
        form.submitted.connect(lambda: self._save(form, shown, place))
        form.closed.connect(lambda: self._window.go("coupons"))
        self._form_side.addWidget(form)

    def _save(self, form: DraftForm, shown: RuleDraft, place: int) -> None:
        def refuse(error: Exception) -> None:
            if isinstance(error, InvalidRuleError) and error.place == place + 1:
                field = "worth" if error.field == "offer" else error.field
                form.refuse(InvalidValueError(field, error.value, error.expected))
            else:
                form.refuse(error)

        rules = [*self._drafts[:place], shown.rule_draft(self._currency), *self._drafts[place + 1 :]]
        self._keep(rules, place, refuse)

    def _change(self, drafts: list[OfferRuleDraft], place: int) -> None:
        self._keep(drafts, place, self._desk.failed.emit)

    def _keep(self, drafts: list[OfferRuleDraft], place: int, refuse: Callable[[Exception], None]) -> None:
        def step(store: Store, now: datetime, _: Progress) -> object:
            return late.offer_rules.save_offer_rules(store, late.offer_rules.rules_of(drafts), now=now)

        def kept(_: object) -> None:
            self._desk.say(tr("Saved. New letters follow it."), [(tr("Undo"), self._undo)])
            self._load(place)

        self._desk.perform(step, kept, otherwise=refuse)

    def _undo(self) -> None:
        self._window.undo()
        self._load(self.list.currentRow())

    # -- how it looks

    @override
    def add_above(self, layout: QVBoxLayout) -> None:
        about = tr("The first rule that fits decides what a letter brings. Orders from Amazon never bring a coupon.")
        layout.addWidget(label(about, "muted"))

    @override
    def add_below(self, layout: QVBoxLayout) -> None:
        buttons = row()
        buttons.addWidget(button(tr("Add a rule"), self.add, kind="primary", image="plus", name="offers.add"))
        self._up = button(tr("Move up"), self.move_up, name="offers.up")
        self._remove = button(tr("Remove"), self.remove, name="offers.remove")
        buttons.addWidget(self._up)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        layout.addLayout(buttons)


_ABOUT = marked("An amount never goes above the price of what is late.")


def _sentence(draft: OfferRuleDraft) -> str:
    """A rule in words: "On Etsy, from 14 days late: percent:10"."""
    conditions = [
        tr("on {}").replace("{}", channel(draft.channel)) if draft.channel else "",
        tr("from {} day late" if draft.days_late == "1" else "from {} days late").replace("{}", draft.days_late)
        if draft.days_late
        else "",
        tr("from {}").replace("{}", f"{draft.value_from} {draft.currency}") if draft.value_from else "",
        tr("who had a letter before") if draft.told_before else "",
    ]
    said = ", ".join(filter(None, conditions)) or tr("always")
    return f"{said[0].upper()}{said[1:]}: {_brings(draft)}"


def _usual(currency: str) -> str:
    """What is offered where no rule fits."""
    text = tr(
        "Else the usual offer, for 12 months: a tenth of what is late, rounded up, from {} to {}, but never more than it costs"
    )
    least, most = (formats.money(bound) for bound in usual_bounds(currency))
    return text.replace("{}", least, 1).replace("{}", most)


def _brings(draft: OfferRuleDraft) -> str:
    if draft.offer == USUAL:
        return tr("the usual offer")
    return offer(None if draft.offer == NO_OFFER else parse_offer(draft.offer, draft.currency))
