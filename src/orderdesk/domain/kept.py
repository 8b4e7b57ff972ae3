"""What keeps units with an order, whoever is ahead of it."""

from __future__ import annotations

from enum import StrEnum


class KeptBy(StrEnum):
    """Why an order's units stay with it."""

    SLIP = "slip"
    HAND = "hand"
    TOLD = "told"
    BOUGHT = "bought"


# As a reason says it.
KEPT_BY = {
    KeptBy.SLIP: "its slip is printed",
    KeptBy.HAND: "kept by hand",
    KeptBy.TOLD: "its customer was told that it is here",
    KeptBy.BOUGHT: "bought for it",
}
# By the kind of the step that keeps them; a letter tells its customer by whichever way it goes out.
_KINDS = {"packed": KeptBy.SLIP, "keep": KeptBy.HAND, "receive": KeptBy.BOUGHT}
_TELLING = ("told", "printed", "emailed", "drafted", "copied", "apologize", "good_news")


def kept_by(kind: str | None) -> KeptBy | None:
    """By a step of that kind; None where it is not known."""
    return KeptBy.TOLD if kind in _TELLING else _KINDS.get(kind or "")
