"""A letter as plain text: for an e-mail, or to copy into the messages of a marketplace, within its rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from orderdesk.documents.errors import MessageTooLongError, UnwantedContactError
from orderdesk.documents.letter import Coupon, FactRow, Letter, Reference
from orderdesk.documents.offers import key_of_offer
from orderdesk.documents.wording import fill, wording
from orderdesk.domain.counts import first_names
from orderdesk.domain.coupons import printed


class Channel(StrEnum):
    """Where a message goes; but for e-mail, under the name that orders have for it."""

    EMAIL = "email"
    EBAY = "ebay"
    ETSY = "etsy"
    AMAZON = "amazon"
    SHOPIFY = "shopify"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a channel takes: characters at most (None for any number), other ways to reach the shop, the shop's own coupon."""

    title: str
    longest: int | None
    contacts: bool
    coupon: bool


# The shop's coupons are redeemed in the shop itself: on eBay and Etsy one would lead buyers away, on Amazon it is marketing.
RULES = {
    Channel.EMAIL: Rules("e-mail", None, contacts=True, coupon=True),
    # eBay, Member-to-member contact policy: no contact details, no links, no sales elsewhere.
    # eBay, Trading API, AddMemberMessageAAQToPartner: 2,000 characters of plain text.
    Channel.EBAY: Rules("eBay", 2_000, contacts=False, coupon=False),
    # Etsy, Seller Policy and Fees & Payments Policy (fee avoidance); no length is published, 2,000 is a safe one.
    Channel.ETSY: Rules("Etsy", 2_000, contacts=False, coupon=False),
    # Amazon, Communication Guidelines, Permitted Messages: no e-mail addresses, phone numbers, needless links, no promotion.
    # No source was found for a length; 4,000 characters are a safe one.
    Channel.AMAZON: Rules("Amazon", 4_000, contacts=False, coupon=False),
    # Shopify Help Center, Send an email message to a customer: an e-mail by the shop's own name. No length is published.
    Channel.SHOPIFY: Rules("Shopify", 5_000, contacts=True, coupon=True),
}

# What the marketplaces' filters look for, whoever wrote it: links, e-mail addresses, phone numbers written as such.
# A number of North America begins neither its area nor its exchange with 0 or 1; other figures are sizes and part numbers.
_CONTACT = re.compile(
    r"(?i:https?:\S+|\bwww\.\S+|\S+@\S+)"
    r"|\b[\w-]{2,}\.(?:com|net|org|info|biz|shop|store|io|eu|co\.uk|de|fr|es|example|COM|NET|ORG|INFO|DE|FR|ES)\b"
    r"|(?:\+\d|\(\d{3,5}\) ?\d)[\d ()./-]{5,}\d|\b[2-9]\d{2}[ .-][2-9]\d{2}[ .-]\d{4}\b"
)


def message_text(letter: Letter, channel: Channel, *, with_coupon: bool = False, contacts: bool = True) -> str:
    """What the letter says, as text: in the order of the letter, answered by a reply, with the lines that there is room for.

    The coupon is in it only if it is asked for and the channel takes coupons; other ways to reach the shop if it takes those, and
    unless its `contacts` are not to be named.
    Raises MessageTooLongError, or UnwantedContactError for a way around the marketplace in a title or a concern.
    """
    rules, words = RULES[channel], wording(letter.language.partition("-")[0])["message"]
    named = replace(rules, contacts=rules.contacts and contacts)
    before = [letter.headline, letter.salutation, letter.opening]
    options = [_choices(letter, words), answer(letter, contacts=named.contacts)]
    after = []
    if with_coupon and rules.coupon and letter.coupon is not None:
        after.append(_coupon(letter.coupon, words[key_of_offer(letter.sums, with_choice=bool(letter.choices))], words))
    after.append(_signed(letter, named))
    text = ""
    for orders, facts, law in _shorter_and_shorter(letter, words):
        text = "\n\n".join(part for part in (*before, orders, facts, *options, law, *after) if part)
        if rules.longest is None or characters(text) <= rules.longest:
            _require_wanted(text, letter, rules)
            return text
    raise MessageTooLongError(rules.title, characters(text), rules.longest or 0, several=bool(letter.short_note))


def characters(text: str) -> int:
    """How long a form on the web finds the text: line breaks count two, and so does what lies beyond Unicode's first plane."""
    return len(text.replace("\n", "\r\n").encode("utf-16-le")) // 2


def answer(letter: Letter, *, contacts: bool) -> str:
    """How to answer a message, with the other ways to reach the shop if they may be named."""
    words = wording(letter.language.partition("-")[0])["message"]
    key = ("answer_many" if len(letter.facts.rows) > 1 else "answer") if letter.choices else "reach"
    ways = ", ".join(letter.head.contacts)
    return f"{words[key]} {fill(words['also'], ways=ways)}" if contacts and ways else str(words[key])


def without_coupon(letter: Letter) -> Letter:
    """The letter as it goes with an e-mail that brings no coupon: it mentions none and is answered by a reply."""
    if letter.coupon is None:
        return letter
    words = wording(letter.language.partition("-")[0])
    return replace(
        letter,
        subject=fill(words["file"]["subject"], customer=letter.coupon.made_out.value),
        closing=answer(letter, contacts=True),
        offer="",
        coupon=None,
    )


def _references(references: Iterable[Reference], words: Mapping[str, Any]) -> str:
    return " · ".join(_labeled(each, words) for each in references)


def _labeled(reference: Reference, words: Mapping[str, Any]) -> str:
    return f"{reference.label}{words['colon']}{reference.value}"


def _shorter_and_shorter(letter: Letter, words: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The orders, the list of what is late and what the law says: all whole, then the law in short, then the first orders, then
    fewer and fewer lines, at last of the orders only what these lines say. The date, which stands first in a letter, a message
    has of its own.
    """
    references = letter.references[1:]
    whole, law = _references(references, words), letter.short_note or letter.note
    yield whole, (late := next(_facts(letter, words))), letter.note
    yield whole, late, law
    some = _references((replace(each, value=first_names(each.value.split(", "))) for each in references), words)
    yield from ((orders, facts, law) for orders in (some, "") for facts in _facts(letter, words))


def _facts(letter: Letter, words: Mapping[str, Any]) -> Iterator[str]:
    """The list of what is late: whole, then with fewer and fewer lines."""
    head, promised, new_date = letter.facts.heads
    lines = [f"- {_fact(row, promised, new_date, words)}" for row in letter.facts.rows]
    heading = f"{head}{words['colon']}".rstrip()
    yield "\n".join([heading, *lines])
    for left_out in range(1, len(lines)):
        more = words["more_one"] if left_out == 1 else fill(words["more"], count=str(left_out))
        yield "\n".join([heading, *lines[:-left_out], f"- {more}"])


def _fact(row: FactRow, promised: str, new_date: str, words: Mapping[str, Any]) -> str:
    days = [Reference(promised, row.promised), *([Reference(new_date, row.new_date)] if row.comes else [])]
    instead = [] if row.comes or not row.new_date else [row.new_date]
    comma = "," if row.note and not row.note.startswith("(") else ""
    product = f"{row.product}{comma} {row.note}".rstrip()
    return " · ".join([product, *(_labeled(day, words) for day in days if day.label and day.value), *instead])


def _choices(letter: Letter, words: Mapping[str, Any]) -> str:
    if not letter.choices:
        return ""
    options = [f"{place}. {each.title}. {each.text}" for place, each in enumerate(letter.choices, start=1)]
    return "\n".join([words["choose"], *options])


def _coupon(coupon: Coupon, offer: str, words: Mapping[str, Any]) -> str:
    worth = Reference(coupon.kind, f"{coupon.value} {coupon.meaning}")
    labeled = (worth, Reference(coupon.code_label, printed(coupon.code)), coupon.valid, coupon.made_out)
    return "\n".join([offer, *(_labeled(each, words) for each in labeled), coupon.terms])


def _signed(letter: Letter, rules: Rules) -> str:
    """Who writes; by name alone where the shop is called like its web site, and that may not be named."""
    if rules.contacts:
        return "\n".join(part for part in (letter.regards, letter.signed, letter.head.register) if part)
    name = letter.signature if _contact_in(letter.signed, letter) else letter.signed
    return "\n".join(part for part in (letter.regards, name) if part)


def _require_wanted(text: str, letter: Letter, rules: Rules) -> None:
    contact = None if rules.contacts else _contact_in(text, letter)
    if contact is not None:
        raise UnwantedContactError(rules.title, contact)


def _contact_in(text: str, letter: Letter) -> str | None:
    own = next((contact for contact in letter.head.contacts if contact in text), None)
    found = _CONTACT.search(text)
    return own or (found[0] if found else None)
