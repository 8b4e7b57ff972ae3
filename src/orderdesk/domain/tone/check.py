"""Checking a letter's words: every rule of one sentence, and those that need the letter as a whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from orderdesk.domain.goodwill import OfferKind
from orderdesk.domain.notices import NoticeKind
from orderdesk.domain.tone.form import FORM
from orderdesk.domain.tone.measures import grade, is_about_us, is_about_you, words_of
from orderdesk.domain.tone.one_offer import offers_beyond
from orderdesk.domain.tone.patterns import MONTHS, Rule
from orderdesk.domain.tone.rules import APOLOGY, RULES, Level, Words

_LONGEST_SENTENCE = 25
_LONGEST_MEAN = 16
_FEWEST_WORDS, _MOST_WORDS = 60, 180
_HARDEST_GRADE = 7
MOST_CHARACTERS = 20_000
"""Longer is no letter."""
_YOU_TO_WE = 0.8
_EARLY = 5
_FORM_OF_ANY_LANGUAGE = tuple(rule for rule in FORM if rule.id in ("T13", "T15", "T16"))
_OF_QUOTED_TOO = tuple(rule for rule in RULES if rule.reads is Words.ALL)
_ABBREVIATIONS = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Co|Inc|Ltd|vs|approx|e\.g|i\.e|[A-Z])\.$")
_LONGEST_ABBREVIATION = 12
# Nor do these where a figure follows: "Dec. 1".
_ABBREVIATIONS_OF_FIGURES = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|pp?|[Vv]ol|[Ff]ig|[Pp]t|[Ee]xt|[Tt]el|[Qq]ty|[Cc]a|[Mm]in|[Mm]ax)\.$"
)
_QUOTED = re.compile(r"“[^”]{1,300}”|\"[^\"]{1,300}\"")
# Words with a capital that follow each other inside a sentence: "the Last Chance lamp", but not "Black Friday".
_NAMED = re.compile(
    r"(?<=[a-z,;:–—] )(?!\w+ (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][a-z][\w'’-]*"
    r"(?:(?: (?:of|the|on|in|and|&|to|for|a|an|with|at))* (?!I\b)[A-Z][a-z][\w'’-]*)+"
)
_UNCAPITALIZED = re.compile(r"\b[a-z]{4,}")
_PLACE = re.compile(r"\{\w+\}")
# What a place is read as: a day where one will stand, of the same length so that what is found keeps its own place.
_DAYS = {"{date}": "May 10", "{update}": "March 10"}
_SENTENCE_END = re.compile(r"(?<=[.!?])[”\"’']?\s+(?=[“\"‘'(]?[A-Z0-9])|\n+")
_DATE = rf"(?:{MONTHS} \d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTHS})"
# A date that a customer can hold on to; that of their order is none.
_SPELLED_DATE = re.compile(rf"(?<!\w){_DATE}(?!\w)", re.IGNORECASE)
_ORDER_DATE = re.compile(rf"\b(?:ordered|placed|bought|paid|wrote)(?: [a-z]+){{0,4}},? {_DATE}", re.IGNORECASE)
_NEVER_ARRIVES = re.compile(
    r"\b(?:no more(?: of (?:it|them))? will (?:come|arrive)|(?:will not|won[’']t) (?:come|arrive)(?= ?[.:;,]|\s*$)"
    r"|(?:is|are|been|was|were) (?:now )?discontinued|no longer (?:made|sold|available))\b",
    re.IGNORECASE,
)
# How many apologies a letter of each kind has: the least and the most.
_APOLOGIES = {
    NoticeKind.FIRST: (1, 1),
    NoticeKind.RENEWED: (0, 0),
    NoticeKind.DATE_CHANGE: (0, 0),
    NoticeKind.REFUND: (0, 1),
    NoticeKind.GOOD_NEWS: (0, 0),
    NoticeKind.CANCELLATION: (0, 1),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: `start` and `end` count characters of the text, which is "" where the letter as a whole is meant.

    `in_subject`: they count from the start of the letter's subject, not of its body.
    """

    id: str
    level: Level
    start: int
    end: int
    text: str
    in_subject: bool = False

    def moved(self, characters: int) -> Finding:
        """The same finding in a text with that many characters before it."""
        return replace(self, start=self.start + characters, end=self.end + characters) if self.text else self


def check_words(text: str) -> list[Finding]:
    """What the rules of one sentence say of a text, in its order."""
    return _by_sentence(text, RULES)


def check_form(text: str) -> list[Finding]:
    """What can be said of a text in any language: how it looks, whatever its words mean."""
    return _by_sentence(text, _FORM_OF_ANY_LANGUAGE)


def check_typed(text: str, *, checked: bool) -> list[Finding]:
    """What the rules of one sentence say of words in which places are to be filled in: each counts as a plain word, or as a day.

    `checked`: the tone check knows the language; else only the form is looked at.
    """
    plain = _filled(text)
    found = check_words(plain) if checked else check_form(plain)
    return [replace(each, text=text[each.start : each.end]) for each in found]


def check_quoted(text: str) -> list[Finding]:
    """What is wrong with the customer's words, in any language, though a letter only quotes them: the rules that read all there
    is. How loud or vague they are is the customer's own.
    """
    return _by_sentence(text, _OF_QUOTED_TOO)


def check_fragment(text: str, *, checked: bool) -> list[Finding]:
    """The same of words that are printed beside the letter's sentences, which have apologized by then."""
    said = APOLOGY.finditer(own_words(_filled(text))) if checked else ()
    return [*check_typed(text, checked=checked), *(_error("T01", match) for match in said)]


def _by_sentence(text: str, rules: tuple[Rule, ...]) -> list[Finding]:
    views = {Words.ALL: text, Words.WITH_NAMES: unquoted(text), Words.OWN: own_words(text)}
    found = [
        finding.moved(start)
        for start, sentence in sentences(text)
        for finding in _of_sentence(tuple((words, view[start : start + len(sentence)]) for words, view in views.items()), rules)
    ]
    return sorted(found, key=lambda finding: (finding.start, finding.id))


def check_letter(
    subject: str, body: str, kind: NoticeKind = NoticeKind.FIRST, exempt: Sequence[str] = (), offers: int = 1
) -> list[Finding]:
    """What all rules say of a letter, of its subject first.

    `exempt`: sentences of the law, whose length is not ours to choose; `offers`: how many its words may name.
    """
    found = [*_in_subject(check_words(subject)), *check_words(body)]
    found += _apologies(subject, body, kind)
    found += _dates(f"{subject}\n{body}", kind)
    found += check_offers(subject, body, offers)
    found += _lengths(body, exempt)
    return found


def check_letters_form(subject: str, body: str) -> list[Finding]:
    """What can be said of a letter in any language."""
    return [*_in_subject(check_form(subject)), *check_form(body)]


def check_offers(subject: str, body: str, most: int, kinds: Collection[OfferKind] = tuple(OfferKind)) -> Iterator[Finding]:
    """T25: no more offers than that many, in the words of subject and body together."""
    start_of_body = len(subject) + 1
    for match in offers_beyond(most, unquoted(f"{subject}\n{body}"), kinds):
        found = _error("T25", match)
        yield replace(found, in_subject=True) if match.start() < start_of_body else found.moved(-start_of_body)


def _error(rule: str, match: re.Match[str]) -> Finding:
    return Finding(rule, Level.ERROR, match.start(), match.end(), match[0])


def _in_subject(found: Sequence[Finding]) -> list[Finding]:
    return [replace(finding, in_subject=True) for finding in found]


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with their places."""
    ends = [match for match in _SENTENCE_END.finditer(text) if _is_end(match)]
    starts = [0, *(match.end() for match in ends)]
    stops = [*(match.start() for match in ends), len(text)]
    for start, stop in zip(starts, stops, strict=True):
        if text[start:stop].strip():
            yield start, text[start:stop]


def _is_end(match: re.Match[str]) -> bool:
    """Whether the point is that of a sentence, not of an abbreviation."""
    before, after = _just_before(match), match.string[match.end() : match.end() + 1]
    return not (_ABBREVIATIONS.search(before) or (after.isdigit() and _ABBREVIATIONS_OF_FIGURES.search(before)))


def _just_before(match: re.Match[str]) -> str:
    """As much of the text as an abbreviation is long: all of it, for every sentence, would be its square."""
    return match.string[max(0, match.start() - _LONGEST_ABBREVIATION) : match.start()]


@lru_cache(maxsize=1024)  # the letters that new words are tried in share most of their sentences
def _of_sentence(views: tuple[tuple[Words, str], ...], rules: tuple[Rule, ...]) -> tuple[Finding, ...]:
    """`views` are the sentence with blanks for what is not the writer's: titles, names and the customer's words."""
    sentence, found = dict(views), list[Finding]()
    for rule in rules:
        matches = list(rule.pattern.finditer(sentence[rule.reads]))
        if not matches or (rule.unless is not None and rule.unless.search(sentence[Words.ALL])):
            continue
        found += [Finding(rule.id, rule.level, match.start(), match.end(), match[0]) for match in matches]
    return tuple(found)


def unquoted(text: str) -> str:
    """The text with blanks for what stands in quotation marks."""
    return _blank(_QUOTED, text)


def own_words(text: str) -> str:
    """The text with blanks for what stands in quotation marks and for names of two words and more.

    Where every word has a capital, as in many a title, names can't be told from the rest.
    """
    return _blank(_NAMED, unquoted(text)) if _UNCAPITALIZED.search(text) else unquoted(text)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


def _filled(text: str) -> str:
    return _PLACE.sub(lambda match: _DAYS.get(match[0], "a" * len(match[0])), text)


def _apologies(subject: str, body: str, kind: NoticeKind) -> Iterator[Finding]:
    """T01: as many apologies as this kind of letter has; T02: within the first sentences, and not in the subject."""
    above, below = ([_error("T01", match) for match in APOLOGY.finditer(own_words(text))] for text in (subject, body))
    said = [*_in_subject(above), *below]
    least, most = _APOLOGIES[kind]
    if len(said) < least:
        yield Finding("T01", Level.ERROR, 0, 0, "")
    yield from said[most:]
    places = [start for start, _ in sentences(body)]
    late = below[:1] if len(places) > _EARLY and below and below[0].start >= places[_EARLY] else []
    yield from (replace(each, id="T02") for each in (*_in_subject(above), *late))


def _dates(text: str, kind: NoticeKind) -> Iterator[Finding]:
    """T20: a date in words: the new one, or where that is not known, the one by which the customer hears more. What never arrives
    has neither.
    """
    if kind.leaves_a_choice and not _SPELLED_DATE.search(_ORDER_DATE.sub("", text)) and not _NEVER_ARRIVES.search(text):
        yield Finding("T20", Level.ERROR, 0, 0, "")


def _lengths(body: str, exempt: Sequence[str]) -> Iterator[Finding]:
    """T14, T24: sentences; T21 to T23: whom the letter speaks of, how hard it reads, how long it is."""
    own = [(start, sentence) for start, sentence in sentences(body) if not any(sentence.strip() in law for law in exempt)]
    counts = [len(words_of(sentence)) for _, sentence in own]
    for (start, sentence), count in zip(own, counts, strict=True):
        if count > _LONGEST_SENTENCE:
            yield Finding("T14", Level.WARNING, start, start + len(sentence), sentence)
    words = words_of(" ".join(sentence for _, sentence in own))
    you, we = sum(map(is_about_you, words)), sum(map(is_about_us, words))
    wrong = {
        "T21": you < _YOU_TO_WE * we,
        "T22": bool(words) and grade(words, len(own)) > _HARDEST_GRADE,
        "T23": not _FEWEST_WORDS <= len(words) <= _MOST_WORDS,
        "T24": bool(counts) and sum(counts) / len(counts) > _LONGEST_MEAN,
    }
    yield from (Finding(key, Level.WARNING, 0, 0, "") for key, holds in wrong.items() if holds)
