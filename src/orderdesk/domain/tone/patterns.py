"""What a rule is made of: a pattern that a sentence must not have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that a sentence must not have; `unless` takes a match back that only looks like one.

    `of_quotes_too`: it holds for what is quoted as well.
    """

    id: str
    level: Level
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    of_quotes_too: bool = False


def any_of(*alternatives: str) -> re.Pattern[str]:
    """Whole words or phrases, whatever their case."""
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b", re.IGNORECASE)


def in_lowercase(*alternatives: str) -> re.Pattern[str]:
    """As `any_of`, but with a single capital only where the sentence begins: in names such words say nothing."""
    return re.compile(rf"(?:^|\b(?![A-Z][a-z]))(?i:{'|'.join(alternatives)})\b")


# The words that apologize.
APOLOGY = any_of("sorry", r"apolog\w+", r"regret\w*", r"forgiv\w+", "pardon", "excuse us")
