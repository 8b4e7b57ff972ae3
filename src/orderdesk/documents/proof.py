"""Proofreading: whether a letter in the seller's own words keeps its manners and still says what it must."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.letter import Letter
from orderdesk.documents.text import clean
from orderdesk.documents.wording import locale_of, placeholders, priced, spelled
from orderdesk.domain.notices import ApologyFacts, NoticeKind
from orderdesk.domain.tone.check import Finding, check_form, check_letter, in_subject
from orderdesk.domain.tone.languages import CHECKED
from orderdesk.domain.tone.rules import Level

_PLAIN_TITLE = "Walnut tray"
_MONEY_OFF = re.compile(r"\d+(?:[.,]\d+)?\s?%")


def proofread(facts: ApologyFacts, suppliers: Sequence[str] = ()) -> list[Finding]:
    """What is wrong with the letter about these facts; places count from the start of its words (`Letter.said`).

    Manners are judged by the seller's words alone: names, titles, contacts and concerns are the world's and stand aside. In a
    language that the tone check has no lists for, only how the words look.
    """
    plain = compose_apology(_plain(facts))
    if (facts.language or "en") in CHECKED:
        found = check_letter(plain.headline, plain.said(), facts.kind, exempt=[plain.note])
    else:
        found = [*in_subject(check_form(plain.headline)), *check_form(plain.said())]
    found += _unfilled(plain)
    found += _offers(plain)
    found += _wrong_facts(compose_apology(facts), facts)
    found += _named_suppliers(plain, facts.own_words.values(), suppliers)
    return found


def errors(found: Sequence[Finding]) -> list[Finding]:
    """Those that no letter may go out with."""
    return [finding for finding in found if finding.level is Level.ERROR]


def _plain(facts: ApologyFacts) -> ApologyFacts:
    customer = replace(facts.customer, name="Dana Whitfield", company="")
    lines = tuple(replace(line, title=_PLAIN_TITLE) for line in facts.lines)
    shop = replace(
        facts.shop,
        email=facts.shop.email and "us@shop.example",
        phone=facts.shop.phone and "(555) 555-0142",
        site=facts.shop.site and "shop.example",
    )
    other = facts.substitute and replace(facts.substitute, title=_PLAIN_TITLE)
    return replace(facts, shop=shop, customer=customer, lines=lines, concern="", substitute=other)


def _unfilled(letter: Letter) -> Iterator[Finding]:
    for name in placeholders(f"{letter.headline}\n{letter.said()}"):
        yield Finding("T15", Level.ERROR, 0, 0, f"{{{name}}}")


def _offers(letter: Letter) -> Iterator[Finding]:
    """T25: what is offered stands on the coupon alone."""
    for match in _MONEY_OFF.finditer(letter.said()):
        yield Finding("T25", Level.ERROR, match.start(), match.end(), match[0])


def _wrong_facts(letter: Letter, facts: ApologyFacts) -> Iterator[Finding]:
    """T20: the new date, or that of the next word; T26: refund and contact as they are."""
    locale = locale_of(facts.language, facts.customer.country, facts.shop.country)
    words = f"{letter.headline}\n{letter.said()}"
    days = [line.new_date for line in facts.lines if line.new_date is not None]
    if facts.kind.leaves_a_choice and days and spelled(max(days), locale) not in words:
        yield Finding("T20", Level.ERROR, 0, 0, spelled(max(days), locale))
    for day in (facts.update_on, facts.leaves_on if facts.kind is NoticeKind.GOOD_NEWS else None):
        if day is not None and spelled(day, locale) not in words:
            yield Finding("T20", Level.ERROR, 0, 0, spelled(day, locale))
    if facts.refund is not None and facts.kind.names_the_refund and priced(facts.refund, locale) not in words:
        yield Finding("T26", Level.ERROR, 0, 0, priced(facts.refund, locale))
    ways = [clean(way) for way in (facts.shop.email, facts.shop.phone) if clean(way)]
    if ways and not any(way in letter.closing for way in ways):
        yield Finding("T26", Level.ERROR, 0, 0, ways[0])


def _named_suppliers(letter: Letter, own_words: Collection[str], suppliers: Sequence[str]) -> Iterator[Finding]:
    """T26: anywhere on paper, no supplier by the seller's words; the shop itself, or who lives there, may be called the same."""
    printed = "\n".join(text for _, text, _ in letter.printed_texts())
    for supplier in suppliers:
        name = re.compile(rf"(?<!\w){re.escape(supplier)}(?!\w)", re.IGNORECASE)
        if any(map(name.search, own_words)) and name.search(printed):
            yield Finding("T26", Level.ERROR, 0, 0, supplier)
