"""A letter as words and values: all that is needed to draw it, today or from its stored snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from orderdesk.documents.fonts import Role
from orderdesk.domain.money import Money
from orderdesk.domain.shop import Paper


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the shop's name, a line of its address, the ways to reach it, and the accent color (#RRGGBB).

    `register` is the entry that German law asks for, `logo` the SHA-256 of a picture; "" for none.
    """

    shop: str
    address: str
    contacts: tuple[str, ...]
    return_line: str
    accent: str
    register: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A labeled value beside the address, such as the date."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """One backordered line; `promised` is "" where the table has no such column.

    `comes`: `new_date` says when, or that this is not known; else what there is in place of a date, such as the money back.
    """

    product: str
    note: str
    promised: str
    new_date: str
    comes: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """The table of what is late; `heads` are the labels of product, promised date and new date."""

    heads: tuple[str, str, str]
    rows: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the customer's options."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Coupon:
    """The ticket: `value` is set large, `meaning` below it; `code` is the bare 12 symbols."""

    thanks: str
    value: str
    meaning: str
    kind: str
    code_label: str
    code: str
    valid: Reference
    made_out: Reference
    redeem: Reference
    terms: str


@dataclass(frozen=True, slots=True)
class ReplySlip:
    """The answer to cut off and send back: to whom, about what, the options to tick, and what is filled in by hand."""

    title: str
    about: str
    options: tuple[str, ...]
    only_label: str
    date_label: str
    to_label: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """An apology letter in the order it is read. `subject` describes the file, `bookmark` names it in a batch.

    `closing` says how to answer, `note` what the law adds to the customer's options, such as what silence means, `short_note`
    the same in fewer words, for a message about several orders, `offer` whose the coupon is, "" without one. `regards` stand
    above the signature, "" for nothing; `signature_picture` is the SHA-256 of the one that stands for the name by hand. `rules`
    are the law's sentences in it, each labeled with where it comes from: for the seller, not on paper; so are `substitute`, the
    title of the product that one of the options offers instead, `sends_rest`, that one offers to send the rest now, `sums`,
    what it says goes back, `digest`, that of its orders, and `digest_of_rest`, that of what still waits beside good news.
    What was added to letters over time has a default: older snapshots lack it.
    """

    language: str
    paper: Paper
    dated: date
    subject: str
    bookmark: str
    head: Letterhead
    address: tuple[str, ...]
    references: tuple[Reference, ...]
    headline: str
    salutation: str
    opening: str
    facts: Facts
    choices: tuple[Choice, ...]
    closing: str
    signature: str
    signed: str
    overleaf: str
    page_label: str
    coupon: Coupon | None
    note: str = ""
    signature_picture: str = ""
    reply: ReplySlip | None = None
    rules: tuple[Reference, ...] = ()
    regards: str = ""
    offer: str = ""
    substitute: str = ""
    short_note: str = ""
    sums: tuple[Money, ...] = ()
    sends_rest: bool = False
    digest: str = ""
    digest_of_rest: str = ""

    def to_json(self) -> str:
        """The letter as JSON, for the snapshot; `from_json` gives an equal letter."""
        return json.dumps(asdict(self) | {"dated": self.dated.isoformat()}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Letter:
        """The letter of a snapshot. Raises ValueError, KeyError or TypeError for text that `to_json` did not write."""
        stored: dict[str, Any] = json.loads(text)
        stored["paper"] = Paper(stored["paper"])
        stored["dated"] = date.fromisoformat(stored["dated"])
        stored["head"] = Letterhead(**stored["head"] | {"contacts": tuple(stored["head"]["contacts"])})
        stored["address"] = tuple(stored["address"])
        stored["references"] = tuple(Reference(**item) for item in stored["references"])
        stored["facts"] = _facts(stored["facts"])
        stored["choices"] = tuple(Choice(**item) for item in stored["choices"])
        stored["coupon"] = _coupon(stored["coupon"])
        stored["reply"] = _reply(stored.get("reply"))
        stored["rules"] = tuple(Reference(**item) for item in stored.get("rules", ()))
        stored["sums"] = tuple(Money(**item) for item in stored.get("sums", ()))
        return cls(**stored)

    def said(self) -> str:
        """The letter's own words in the order they are read, without its headline and table."""
        choices = [f"{choice.title}: {choice.text}" for choice in self.choices]
        after = (self.closing, self.note) if self.choices else (self.note, self.closing)
        parts = [self.salutation, self.opening, *choices, *after, self.offer, self.regards]
        return "\n".join(part for part in parts if part)

    @property
    def pictures(self) -> set[str]:
        """The pictures that it is drawn with, by SHA-256."""
        return {self.head.logo, self.signature_picture} - {""}

    def printed_texts(self) -> Iterator[tuple[str, str, Role]]:
        """Every text on paper with what to call it in a message and the role it is set in."""
        head = self.head
        yield "the shop's name", head.shop, Role.SERIF_BOLD
        for text in (head.address, head.register, *head.contacts, head.return_line):
            yield "the shop's profile", text, Role.SANS
        yield from (("the customer's address", line, Role.SANS) for line in self.address)
        for reference in self.references:
            yield "the order's number", f"{reference.label} {reference.value}", Role.SANS
        yield from (
            ("the letter", text, Role.SERIF)
            for text in (self.headline, self.salutation, self.opening, self.closing, self.offer, self.regards)
        )
        yield "the letter", self.overleaf, Role.SERIF
        yield from (("the table's head", head, Role.SANS) for head in self.facts.heads)
        yield "the page's number", self.page_label, Role.SANS
        for row in self.facts.rows:
            yield "a product's title", row.product, Role.SERIF
            yield "a product's facts", f"{row.note} {row.promised} {row.new_date}", Role.SANS
        yield from (("the customer's options", f"{choice.title} {choice.text}", Role.SANS) for choice in self.choices)
        yield "the signature", f"{self.signature} {self.signed}", Role.SANS
        yield "the note on the options", f"{self.note} {self.offer}", Role.SANS
        if self.reply is not None:
            labels = (self.reply.only_label, self.reply.date_label, self.reply.to_label)
            for text in (self.reply.title, self.reply.about, *self.reply.options, *labels, *self.reply.to):
                yield "the reply slip", text, Role.SANS
        if self.coupon is not None:
            yield from _coupon_texts(self.coupon)


def _coupon_texts(coupon: Coupon) -> Iterator[tuple[str, str, Role]]:
    yield "the coupon", f"{coupon.value} {coupon.meaning}", Role.SERIF
    yield "the coupon", f"{coupon.thanks} {coupon.kind} {coupon.code_label} {coupon.terms}", Role.SANS
    for reference in (coupon.valid, coupon.made_out, coupon.redeem):
        yield "the coupon", f"{reference.label} {reference.value}", Role.SANS


def _facts(stored: dict[str, Any]) -> Facts:
    product, promised, new_date = stored["heads"]
    return Facts((product, promised, new_date), tuple(FactRow(**row) for row in stored["rows"]))


def _reply(stored: dict[str, Any] | None) -> ReplySlip | None:
    if stored is None:
        return None
    return ReplySlip(**stored | {"options": tuple(stored["options"]), "to": tuple(stored["to"])})


def _coupon(stored: dict[str, Any] | None) -> Coupon | None:
    if stored is None:
        return None
    labeled = {name: Reference(**stored[name]) for name in ("valid", "made_out", "redeem")}
    return Coupon(**stored | labeled)
