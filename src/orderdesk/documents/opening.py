"""What a letter opens with: thanks, what happened, the one apology, and that the choice is the customer's."""

from __future__ import annotations

from dataclasses import replace

from orderdesk.documents.case import Case, case_of
from orderdesk.documents.naming import product_in_sentence, with_article
from orderdesk.documents.text import clean
from orderdesk.documents.wording import fill, listed, wording
from orderdesk.domain.errors import InvalidValueError
from orderdesk.domain.notices import DateChange, DelayedLine, NoticeKind

_LONGEST_QUOTE = 140


def opening(case: Case) -> str:
    """The opening paragraph, by the kind of the notice."""
    texts = case.words["opening"]
    match case.facts.kind:
        case NoticeKind.REFUND:
            why = (
                [texts[case.key_by_refund("canceled")]]
                if case.facts.apologized
                else [_gone(case), texts["apology_canceled"], texts[case.key_by_refund("refund")]]
            )
            parts = [_thanks(case), *why]
        case NoticeKind.CANCELLATION:
            parts = [_thanks(case), texts[case.key_by_refund("canceled")], *_apology_canceled(case)]
        case NoticeKind.GOOD_NEWS:
            form = "good_news_part" if case.facts.rest else case.key("good_news")
            parts = [texts["thanks_waiting"], fill(texts[form], date=case.day(case.facts.leaves_on))]
        case NoticeKind.RENEWED | NoticeKind.DATE_CHANGE:
            change = fill(texts[_change(case)], update=_update(case))
            says_why = not case.new_dates and not case.never and case.facts.change is not DateChange.MORE
            parts = [texts["thanks_waiting"], change, *([] if says_why else _unknown(case))]
        case _:
            new = _not_heard_of(case)
            apology = texts[new.key_by_what_comes("apology")]
            parts = [_thanks(case), _shortage(new), *_unknown(case), apology, _validation(new), *_known_before(case)]
    return " ".join(parts)


def _not_heard_of(case: Case) -> Case:
    """The case of the orders alone whose wait is new to the customer: what an earlier letter was about had its apology."""
    facts = case.facts
    lines = tuple(line for line in facts.lines if line.order_number not in facts.heard)
    numbers = {line.order_number for line in lines}
    standings = {number: each for number, each in facts.standings.items() if number in numbers}
    return case_of(replace(facts, lines=lines, standings=standings)) if lines else case


def _known_before(case: Case) -> list[str]:
    """Which of the orders the customer knows of."""
    heard = [number for number in case.orders if number in map(clean, case.facts.heard)]
    text = case.words["opening"]["known_before_many" if len(heard) > 1 else "known_before"]
    return [fill(text, order=listed(heard, case.locale))] if heard else []


def _change(case: Case) -> str:
    """The key of what the dates have become; by the kind of the notice where nothing is known of those given before."""
    change = case.facts.change
    if change is None:
        change = DateChange(case.facts.kind.value) if case.new_dates else DateChange.NO_LONGER_KNOWN
    return f"{change}_some" if change is DateChange.NEVER and case.waiting else case.key(change)


def _unknown(case: Case) -> list[str]:
    """That a date is not known, said as such, and by when there is word of it."""
    if len(case.new_dates) == len(case.waiting):
        return []
    form = "unknown_beside" if case.never else "unknown_some" if case.new_dates else "unknown_one"
    return [fill(case.words["opening"][form], update=_update(case))]


def _update(case: Case) -> str:
    return case.day(case.facts.update_on) if case.facts.update_on else ""


def _apology_canceled(case: Case) -> list[str]:
    """The one apology of a wait, unless an earlier letter had it."""
    return [] if case.facts.apologized else [case.words["opening"]["apology_canceled"]]


def _thanks(case: Case) -> str:
    """For the order, or for the patience of a customer who was asked for it."""
    if case.facts.apologized:
        return str(case.words["opening"]["thanks_waiting"])
    return str(case.words["opening"]["thanks_many" if len(case.orders) > 1 else "thanks_one"])


def _shortage(case: Case) -> str:
    """What has run out, and what that means for the promised date: of the whole order where nothing of it can ship.

    Not all of it is still to come where some is refunded or never arrives.
    """
    if case.has_no_dates:
        return _run_out(case, "never", "")
    if case.never:
        return str(case.words["opening"]["never_some"])
    if case.is_mixed:
        return _gone(case)
    form = "short" if case.many or case.facts.rest_can_ship else "whole"
    return _run_out(case, form, "_promised" if _was_promised(case) else "")


def _gone(case: Case) -> str:
    """What has run out, where nothing is to follow."""
    return _run_out(case, "gone", "")


def _run_out(case: Case, form: str, promise: str) -> str:
    texts, line = case.words["opening"], case.facts.lines[0]
    if case.many:
        return str(texts[f"{form}_many{promise}"])
    product = product_in_sentence(clean(line.title), case.words["words"])
    named = with_article(product, case.words["words"]) if product else ""
    promised = case.day(line.promised_on) if line.promised_on else ""
    return fill(texts[f"{form}_{'one' if named else 'item'}{promise}"], product=named, date=promised)


def _was_promised(case: Case) -> bool:
    """Whether every line had a promised date that its new date, where known, comes after."""
    return all(line.promised_on is not None and _is_later(line) for line in case.facts.lines)


def _is_later(line: DelayedLine) -> bool:
    return line.new_date is None or line.promised_on is None or line.new_date > line.promised_on


def _validation(case: Case) -> str:
    texts = case.words["opening"]
    concern = clean(case.facts.concern)
    if not concern:
        return str(texts[case.key("valid_promised" if _was_promised(case) else "valid")])
    require_quotable(concern, case.facts.language)
    return fill(texts["concern"], concern=_stopped(concern, case))


def require_quotable(concern: str, language: str) -> None:
    """The customer's words stand in the letter as they are.

    Raises InvalidValueError for those that have no room in it, or bring an apology beside the letter's one.
    """
    if len(concern) > _LONGEST_QUOTE:
        raise InvalidValueError("concern", concern, f"at most {_LONGEST_QUOTE} characters; these are {len(concern)}")
    for stem in wording(language or "en")["words"]["apologies"]:
        if stem in concern.lower():
            raise InvalidValueError("concern", concern, f"words without “{stem}”, since the letter has its one apology")


def _stopped(quotation: str, case: Case) -> str:
    """The quotation with its full stop, where the language has that inside."""
    if case.words["words"]["stop_after_quotation"]:
        return quotation.removesuffix(".")
    return quotation if quotation[-1] in ".?!…" else quotation + "."
