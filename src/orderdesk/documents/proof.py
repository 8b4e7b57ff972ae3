"""Proofreading: whether a letter in the seller's own words keeps its manners and still says what it must."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.letter import Letter
from orderdesk.documents.opening import require_quotable
from orderdesk.documents.text import clean
from orderdesk.documents.wording import locale_of, placeholders, priced, spelled
from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.goodwill import OfferKind
from orderdesk.domain.notices import ApologyFacts, NoticeKind
from orderdesk.domain.tone.check import Finding, check_fragment, check_letter, check_letters_form, check_offers, check_quoted
from orderdesk.domain.tone.languages import CHECKED
from orderdesk.domain.tone.one_offer import IN_ANY_LANGUAGE, named_offers
from orderdesk.domain.tone.reasons import REASONS
from orderdesk.domain.tone.rules import Level

_PLAIN_TITLE = "Walnut tray"
# How the names of texts begin that are printed beside the letter's sentences: on its coupon and slips, in its table and foot.
_COUPON = "coupon."
_FRAGMENTS = (_COUPON, "reply.", "labels.", "slip.", "closing.overleaf")


def proofread(facts: ApologyFacts, suppliers: Sequence[str] = ()) -> list[Finding]:
    """What is wrong with the letter about these facts; places count from the start of its words (`Letter.said`).

    Manners are judged by the seller's words alone: names, titles, contacts and concerns are the world's and stand aside. In a
    language that the tone check has no lists for, only how the words look.
    """
    plain = compose_apology(_plain(facts))
    if _is_checked(facts.language):
        found = check_letter(plain.headline, plain.said(), facts.kind, exempt=[plain.note], offers=0)
    else:
        found = check_letters_form(plain.headline, plain.said())
        found += check_offers(plain.headline, plain.said(), 0, IN_ANY_LANGUAGE)
    found += _fragments(facts)
    found += _on_coupon(plain, facts)
    found += _unfilled(plain)
    found += _wrong_facts(compose_apology(facts), facts)
    found += _named_suppliers(plain, facts.own_words.values(), suppliers)
    return found


def proofread_text(language: str, name: str, words: str) -> list[Finding]:
    """What is wrong with one text of the seller's, by its name, wherever it is printed; what stands in the letter's sentences is
    read with them.
    """
    if not name.startswith(_FRAGMENTS):
        return []
    found = check_fragment(words, checked=_is_checked(language))
    if not name.startswith(_COUPON):
        found += check_offers("", words, 0, _kinds(language))
    return found


def require_sound_concern(concern: str, language: str, suppliers: Sequence[str] = ()) -> None:
    """Raises InvalidValueError for words of the customer's with which no letter may go out, all of them by name."""
    words = clean(concern)
    require_quotable(words, language)
    unwanted: dict[str, list[str]] = {}
    for found in check_quoted(words):
        unwanted.setdefault(REASONS[found.id], []).append(found.text)
    named = [supplier for supplier in suppliers if _naming(supplier).search(words)]
    if named:
        unwanted["no supplier is named"] = named
    if unwanted:
        said = [f"{', '.join(f'“{each}”' for each in dict.fromkeys(found))} ({why})" for why, found in unwanted.items()]
        raise InvalidValueError("concern", concern, f"words without {', '.join(said)}")


def errors(found: Sequence[Finding]) -> list[Finding]:
    """Those that no letter may go out with."""
    return [finding for finding in found if finding.level is Level.ERROR]


def _is_checked(language: str) -> bool:
    return (language or "en") in CHECKED


def _kinds(language: str) -> Collection[OfferKind]:
    """The kinds of offers that are known by their names in a language."""
    return tuple(OfferKind) if _is_checked(language) else IN_ANY_LANGUAGE


def _plain(facts: ApologyFacts) -> ApologyFacts:
    customer = replace(facts.customer, name="Dana Whitfield", company="")
    lines, rest = (tuple(replace(line, title=_PLAIN_TITLE) for line in lines) for lines in (facts.lines, facts.rest))
    shop = replace(
        facts.shop,
        email=facts.shop.email and "us@shop.example",
        phone=facts.shop.phone and "(555) 555-0142",
        site=facts.shop.site and "shop.example",
    )
    offer = replace(facts.offer, gift=_PLAIN_TITLE) if facts.offer and facts.offer.gift else facts.offer
    other = facts.substitute and replace(facts.substitute, title=_PLAIN_TITLE)
    return replace(facts, shop=shop, customer=customer, lines=lines, rest=rest, concern="", substitute=other, offer=offer)


def _unfilled(letter: Letter) -> Iterator[Finding]:
    for name in placeholders(f"{letter.headline}\n{letter.said()}"):
        yield Finding("T15", Level.ERROR, 0, 0, f"{{{name}}}")


def _fragments(facts: ApologyFacts) -> Iterator[Finding]:
    """What is wrong with the seller's texts beside the letter's sentences, if this letter has them."""
    for name, words in facts.own_words.items():
        found = proofread_text(facts.language, name, words)
        others = {each: text for each, text in facts.own_words.items() if each != name}
        if found and compose_apology(replace(facts, own_words=others)) != compose_apology(facts):
            yield from found


def _on_coupon(letter: Letter, facts: ApologyFacts) -> Iterator[Finding]:
    """T25: the coupon names no other offer than its own."""
    if letter.coupon is None or facts.offer is None:
        return
    coupon = letter.coupon
    text = f"{coupon.value} {coupon.meaning}\n{coupon.thanks}\n{coupon.kind}\n{coupon.terms}"
    for kind, match in named_offers(text, _kinds(facts.language)):
        if kind is not facts.offer.kind:
            yield Finding("T25", Level.ERROR, 0, 0, match[0])


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
    refund = None if facts.refund is None or facts.nothing_goes_back else priced(facts.refund, locale)
    if refund is not None and facts.kind.names_the_refund and refund not in words:
        yield Finding("T26", Level.ERROR, 0, 0, refund)
    ways = [clean(way) for way in (facts.shop.email, facts.shop.phone) if clean(way)]
    if ways and not any(way in letter.closing for way in ways):
        yield Finding("T26", Level.ERROR, 0, 0, ways[0])


def _named_suppliers(letter: Letter, own_words: Collection[str], suppliers: Sequence[str]) -> Iterator[Finding]:
    """T26: anywhere on paper, no supplier by the seller's words; the shop itself, or who lives there, may be called the same."""
    printed = "\n".join(text for _, text, _ in letter.printed_texts())
    for supplier in suppliers:
        name = _naming(supplier)
        if any(map(name.search, own_words)) and name.search(printed):
            yield Finding("T26", Level.ERROR, 0, 0, supplier)


def _naming(supplier: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(supplier)}(?!\w)", re.IGNORECASE)
