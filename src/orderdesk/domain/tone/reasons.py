"""What each rule of the tone check wants, in a few words for the seller, and what is said where it has none."""

from __future__ import annotations

# What a language without lists of words is told, wherever it is.
NOT_CHECKED = (
    "Tone not checked: the tone check knows English only. In other languages dates, placeholders, capitals and exclamation "
    "marks are checked, and a letter's refund."
)
REASONS = {
    "T01": "a first letter apologizes exactly once, the others not at all",
    "T02": "the apology comes early, and not in the headline",
    "T03": "the apology is plain, without stronger words",
    "T04": "that is no apology",
    "T05": "nobody else is blamed",
    "T06": "the customer is not blamed",
    "T07": "a plainer word does less harm",
    "T08": "nothing is promised for ever",
    "T09": "everybody writes that",
    "T10": "time is said as a date",
    "T11": "nothing is sold here",
    "T12": "a refund is money, not credit",
    "T13": "no exclamation marks, emoji or capitals",
    "T14": "the sentence is long",
    "T15": "something is not filled in",
    "T16": "a date is spelled out",
    "T18": "the customer is greeted by name",
    "T20": "the new date is said and spelled out, or that it is not known and by when there is news",
    "T21": "it speaks more of us than of you",
    "T22": "it is hard to read",
    "T23": "it is short or long for a letter",
    "T24": "its sentences are long",
    "T25": "there is one offer",
    "T26": "refund and contact are said as they are, and no supplier is named",
}
