"""The rules that look at one sentence at a time, as data: what each forbids, and how strictly."""

from __future__ import annotations

from orderdesk.domain.tone.blame import BLAME
from orderdesk.domain.tone.contrition import CONTRITION
from orderdesk.domain.tone.form import FORM
from orderdesk.domain.tone.manner import MANNER
from orderdesk.domain.tone.offers import OFFERS
from orderdesk.domain.tone.patterns import APOLOGY, Level, Words
from orderdesk.domain.tone.promises import PROMISES
from orderdesk.domain.tone.reproach import REPROACH
from orderdesk.domain.tone.when import WHEN

__all__ = ["APOLOGY", "RULES", "Level", "Words"]

RULES = (*CONTRITION, *BLAME, *REPROACH, *MANNER, *PROMISES, *WHEN, *OFFERS, *FORM)
