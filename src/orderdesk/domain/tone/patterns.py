"""What a rule is made of: a pattern that a sentence must not have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Words(StrEnum):
    """The words that a rule looks at: the writer's own, those with the names of things, or also what is quoted."""

    OWN = "own"
    WITH_NAMES = "with_names"
    ALL = "all"


@dataclass(frozen=True, slots=True, eq=False)  # each is itself: to compare patterns would cost more than to use them
class Rule:
    """A pattern that a sentence must not have; `unless` takes a match back that only looks like one.

    `reads` says whose words it looks at.
    """

    id: str
    level: Level
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    reads: Words = Words.OWN


# Any number of characters, or of all but some marks.
_GAP = re.compile(r"(?<!\\)(\[\^[.,;:]+\]|\.)\*")

MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"


def any_of(*alternatives: str) -> re.Pattern[str]:
    """Whole words, phrases or amounts that start with their currency's sign, whatever their case."""
    return re.compile(rf"(?:\b|(?<!\w)(?=[$€£₹]))(?:{_near('|'.join(alternatives))})\b", re.IGNORECASE)


def _near(pattern: str) -> str:
    """The pattern with gaps ("[^.]*", ".*") no longer than a readable sentence, so that its time grows with the text."""
    return _GAP.sub(r"\1{0,160}", pattern)


def in_lowercase(*alternatives: str) -> re.Pattern[str]:
    """As `any_of`, but with a single capital only where the sentence begins: in names such words say nothing."""
    return re.compile(rf"(?:^|(?<=: )|\b(?![A-Z][a-z]))(?i:{'|'.join(alternatives)})\b")


# Not what nobody will be, nor what a thing is called or is like: "the Sorry game", "a sorry sight".
_SORRY = (
    r"(?<!n['’]t be )(?<!\bnot be )(?<!called )(?<!\bnamed )"
    r"(?:(?<!\bthe )(?<!\ba )(?<!\byour )(?<!\bour )(?<!\bmy )(?<!\bthis )(?<!\bgame )sorry|sorry(?= (?:for|about|that)\b))"
)

# The words that apologize.
APOLOGY = any_of(
    *(
        _SORRY,
        r"apolog\w+",
        # Of us, not of what the customer does.
        r"(?<!\byou )(?<!\byou may )(?<!\byou will )(?<!\byou['’]ll )(?<!n['’]t )(?<!\bnot )(?<!\bno )regret\w*",
        r"forgiv\w+",
        "pardons?",
        r"excuse (?:us|me|the|my|our)",
        "my bad",
        "mortified",
        "ashamed",
        "mea culpa",
    ),
    r"(?:feel|felt|feeling) (?:so |just |really |simply |absolutely )?(?:awful|terrible|horrible|dreadful|sick|guilty|"
    r"wretched)",
    r"how (?:awful|terrible|bad|horrible|dreadful|guilty|wretched|sick) (?:i|we) feel",
    r"sick to (?:my|our) stomach",
    r"hang(?:ing)? (?:my|our) heads?|bended knee|fail(?:ed|ing) you|(?:don['’]?t|do not) deserve (?:you|customers?)",
    r"(?:worst|bad|terrible|awful) (?:seller|shopkeeper|shop owner)",
)
