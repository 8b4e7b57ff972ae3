"""Whole letters for the rules that look at one as a whole: with the fault and, as close to it as can be, without.

They were written with the rules at hand. So they show that each rule finds and passes what it should, not how well it would do on
letters of others; that is what the labeled sentences are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orderdesk.documents.proof import proofread
from orderdesk.domain.tone.check import check_letter
from tests.documents.cases import apology

RULES = ("T02", "T14", "T20", "T21", "T22", "T23", "T24", "T25", "T26")
SUBJECT = "Your walnut tray will ship by December 15"
BODY = """Dear Dana,
Thank you for your order. We have run out of the walnut tray, so your order cannot ship by December 1. \
We are sorry for the delay. You planned around that date, so what happens next is up to you.
You can wait: your tray then ships by December 15, 2026. You can have the rest of your order now, \
and you pay no more for shipping. You can cancel, and you get your $64.00 back within seven working days.
To choose, write to help@hollowoak.example. The coupon with this letter is yours, even if you cancel.
June Halloran"""
_THANKS = "Thank you for your order. "
_SORRY = "We are sorry for the delay. "
_LONG = "Your tray ships when it is cut and oiled and dry and in a box that we tie up by hand with a bow of red on top of it. "
_COUPON = "The coupon with this letter is yours, even if you cancel."
_TWO_OFFERS = (
    "You get a $10 coupon and free shipping on your next order.",
    "You get a coupon for 10 % off. You also get a gift card of $25.",
    "You get a coupon for your next order and a gift card.",
    "The coupon is yours. In addition we enclose a small gift.",
    "You get 10 % off your next order, or 15 % off the one after it.",
    "Have a voucher worth $5. Your next order ships free.",
)
_ONE_OFFER = (
    "You get a $10 coupon for your next order. The $10.00 coupon is yours, even if you cancel.",
    "The coupon with this letter gives you free shipping on your next order.",
    "The coupon is good for 10 % off. Those 10% off are yours whatever you choose.",
    "You told us that it is a gift. The coupon for $7 is yours, even if you cancel.",
    "Your towel, 80 % cotton, is late. We refund the gift card you paid with. The coupon for $7 is yours.",
    "We send the rest with free shipping for what is late. A gift card for your next order is yours.",
)
_LEGAL = "The aforementioned merchandise necessitates additional manufacturing considerations regarding availability. "


@dataclass(frozen=True, slots=True)
class Whole:
    """A letter and whether it has that rule's fault; with `own` it is ours, in a seller's words by name."""

    rule: str
    faulty: bool
    body: str = BODY
    subject: str = SUBJECT
    own: Mapping[str, str] = field(default_factory=dict)
    suppliers: tuple[str, ...] = ()

    def found(self) -> set[str]:
        """The rules that find something."""
        if self.own or self.suppliers:
            return {each.id for each in proofread(apology(own_words=self.own), self.suppliers)}
        return {each.id for each in check_letter(self.subject, self.body)}


def _body(old: str, new: str) -> str:
    assert old in BODY, old
    return BODY.replace(old, new)


LETTERS = (
    *(Whole(rule, faulty=False) for rule in RULES[:7]),
    Whole("T02", faulty=True, subject="Sorry about your walnut tray"),
    Whole("T02", faulty=True, subject="An apology, and December 15 for your tray"),
    Whole("T02", faulty=True, body=_body(_SORRY, "").replace("June Halloran", f"{_SORRY}\nJune Halloran")),
    Whole("T02", faulty=False, body=_body(_SORRY, "").replace(_THANKS, _SORRY)),
    Whole("T02", faulty=False, subject="December 15: your walnut tray"),
    Whole("T14", faulty=True, body=_body(_THANKS, _LONG)),
    Whole(
        "T14", faulty=False, body=_body(_THANKS, "Your tray ships when the wood has come, and has been cut, oiled and packed. ")
    ),
    Whole("T20", faulty=True, subject="Your walnut tray", body="We are sorry for the delay. Your tray comes later."),
    Whole("T20", faulty=True, subject="Your walnut tray", body="We are sorry. You placed your order on November 3."),
    Whole("T20", faulty=True, subject="Your walnut tray", body="We are sorry. There is no date for new stock yet."),
    Whole("T20", faulty=False, subject="Your walnut tray", body="We are sorry. Your tray ships on 15 December."),
    Whole("T20", faulty=False, subject="Your walnut tray", body="We have no date for it yet. You hear more by December 15."),
    Whole("T20", faulty=True, own={"headline.one_dated": "Your {product} comes later", "choices.wait_dated": "We ship it."}),
    Whole("T20", faulty=False, own={"headline.one_dated": "Your {product} comes later"}),
    Whole("T21", faulty=True, body="We wrote to our friends. We told them of our tray. We think that you like it."),
    Whole("T21", faulty=False, body="We wrote to you. Your tray is what you want. We pack it for you."),
    Whole("T22", faulty=True, body=_body(_THANKS, _LEGAL * 6)),
    Whole("T22", faulty=False, body=_body(_THANKS, f"{_THANKS}You chose an extraordinary tray. ")),
    Whole("T23", faulty=True, body="Dear Dana,\nWe are sorry for the delay. Your tray ships by December 15.\nJune"),
    Whole("T23", faulty=True, body=f"{BODY}\n{BODY}"),
    Whole("T24", faulty=True, body=_LONG * 4),
    Whole("T24", faulty=False, body=f"{_LONG}Thank you. You can wait. You can cancel."),
    *(Whole("T25", faulty=True, body=_body(_COUPON, two)) for two in _TWO_OFFERS),
    *(Whole("T25", faulty=False, body=_body(_COUPON, one)) for one in _ONE_OFFER),
    Whole("T25", faulty=True, own={"opening.thanks_one": "Thank you for your order, and here is a gift card."}),
    Whole("T25", faulty=True, own={"choices.cancel": "Cancel, with free shipping on your next order"}),
    Whole("T25", faulty=True, own={"headline.one_dated": "$5 off: your {product} will ship by {date}"}),
    Whole("T25", faulty=True, own={"coupon.off": "off your next order, and free shipping"}),
    Whole("T25", faulty=False, own={"coupon.off": "off whatever you order next"}),
    Whole("T25", faulty=False, own={"choices.rest": "What is ready ships now. You get free shipping for the rest."}),
    Whole("T25", faulty=True, own={"choices.refund": "You get {refund} back, and 10 % off."}),
    Whole("T25", faulty=True, own={"opening.thanks_one": "Thank you, and have 5% for your wait."}),
    Whole("T25", faulty=False, own={"opening.thanks_one": "Thank you. The tray is one of 10 that you ordered."}),
    Whole("T26", faulty=True, own={"choices.refund": "You get some of it back."}),
    Whole("T26", faulty=True, own={"closing.answer": "To choose, tell us."}),
    Whole("T26", faulty=True, own={"opening.thanks_one": "Thank you, says Brightstone."}, suppliers=("Brightstone",)),
    Whole("T26", faulty=False, own={"choices.refund": "All {refund} comes back to you."}, suppliers=("Brightstone",)),
    Whole("T26", faulty=False, own={"opening.thanks_one": "Thank you for the brightest of orders."}, suppliers=("Bright",)),
)
