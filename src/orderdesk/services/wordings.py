"""The words of letters: as they are by default, or in the seller's own, which are proofread before they are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.letter import Letter
from orderdesk.documents.proof import errors, proofread, proofread_text
from orderdesk.documents.render import render_letter
from orderdesk.documents.specimens import is_read_in, specimen_of, specimens
from orderdesk.documents.text import check_text, clean
from orderdesk.documents.wording import LANGUAGES, editable_texts, placeholders
from orderdesk.domain.errors import InvalidValueError, NothingToDoError, RefusedError, ToneError
from orderdesk.domain.shop import ShopProfile
from orderdesk.domain.tone.check import Finding
from orderdesk.domain.tone.languages import CHECKED
from orderdesk.domain.tone.reasons import REASONS
from orderdesk.services.days import shop_day
from orderdesk.services.letters import finish_letters
from orderdesk.services.ready_letters import write_anew
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.queries.pictures import pictures
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.suppliers import supplier_names
from orderdesk.storage.queries.wordings import own_words
from orderdesk.storage.store import Store
from orderdesk.storage.wordings import drop_words, keep_words

_LONGEST = 600
_LONGEST_TITLE = 60
# What a sentence may do without: its facts stand elsewhere in the letter too.
_COURTESIES = frozenset(("product", "count", "Count", "Known", "name", "company", "owner", "shop", "order", "page", "pages"))


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a letter by its name ("opening.apology"): as usual, and in the seller's own words (None: as usual).

    `places` are the names in braces that it may hold.
    """

    name: str
    usual: str
    own: str | None
    places: tuple[str, ...]

    @property
    def words(self) -> str:
        return self.usual if self.own is None else self.own


@dataclass(frozen=True, slots=True)
class Specimen:
    """A letter that shows a text in its place, as PDF, and what proofreading says of it; `checked`: its manners too.

    `missing`: why it can't be kept, where a fact is not in it that the letter has to say there.
    """

    letter: Letter
    pdf: bytes
    findings: tuple[Finding, ...]
    checked: bool
    missing: RefusedError | None


def texts(store: Store, language: str) -> list[Text]:
    """Every text that may be put in other words, in the order it is read. Raises InvalidValueError for a language without any."""
    _require_language(language)
    with store.read() as view:
        own = own_words(view, language)
    return [Text(name, usual, own.get(name), _places(name)) for name, usual in editable_texts(language).items()]


def specimen(store: Store, language: str, name: str, words: str, *, now: datetime) -> Specimen:
    """A letter with these words in their place, not kept yet. Raises what `require_fillable` does but for a fact that is missing:
    what else is wrong is to be seen while it is.
    """
    words = _on_one_line(words)
    _require_printable(language, name, words)
    with store.read() as view:
        profile, today, own = profile_of(view), shop_day(view, now), {**own_words(view, language), name: words}
        # What speaks of what the shop has not said, such as a site, is to be seen nevertheless.
        shops = (_named(profile), _shop(profile))
        facts = next((shown for shop in shops if (shown := specimen_of(name, shop, language, own, today))), None)
        facts = facts or next(specimens(shops[0], language, own, today))
        letter = compose_apology(facts)
        shop_pictures, known = pictures(view), supplier_names(view)
    found = dict.fromkeys((*proofread_text(language, name, words), *proofread(facts, known)))
    missing = _missing(editable_texts(language)[name], words)
    return Specimen(letter, render_letter(letter, shop_pictures), tuple(found), language in CHECKED, missing)


def save_words(store: Store, language: str, name: str, words: str, *, now: datetime) -> Step:
    """Keep the seller's own words, also in letters that lie ready; the usual ones again where they are the same.

    Raises what `require_fillable` does, UnprintableTextError for a character that no font covers, ToneError where a letter with
    them could not go out.
    """
    words = _on_one_line(words)
    require_fillable(language, name, words)
    check_text(words, f"the text {name}")
    with store.begin("wording", "", now=now) as transaction:
        view = transaction.view
        own = {**own_words(view, language), name: words}
        known, today = supplier_names(view), shop_day(view, now)
        letters = specimens(_shop(profile_of(view)), language, own, today)
        read = (proofread(facts, known) for facts in letters if is_read_in(name, facts))
        for found in chain([proofread_text(language, name, words)], read):
            if wrong := errors(found):
                raise ToneError(wrong[0].id, wrong[0].text)
        if words == _on_one_line(editable_texts(language)[name]):
            drop_words(transaction, language, name)
        else:
            keep_words(transaction, language, name, words)
        write_anew(transaction)
        summary = f"Changed words of letters: “{_start_of(language, name)}”"
        transaction.describe(summary)
    finish_letters(store)
    return step_of(transaction, summary)


def reset_words(store: Store, language: str, name: str, *, now: datetime) -> Step:
    """The usual words again. Raises NothingToDoError where they are the usual ones."""
    _require_known(language, name)
    with store.begin("wording", "", now=now) as transaction:
        if name not in own_words(transaction.view, language):
            raise NothingToDoError("These are the usual words.")
        drop_words(transaction, language, name)
        write_anew(transaction)
        summary = f"The usual words of letters again: “{_start_of(language, name)}”"
        transaction.describe(summary)
    finish_letters(store)
    return step_of(transaction, summary)


def explained(finding: Finding) -> tuple[str, str]:
    """What the rule wants, and what it found: "" for the letter as a whole."""
    reason = REASONS.get(finding.id, finding.id)
    return f"{reason[0].upper()}{reason[1:]}", f"“{finding.text}”" if finding.text else ""


def require_fillable(language: str, name: str, words: str) -> None:
    """Raise InvalidValueError for a text that does not exist, is too long, or holds a placeholder that it may not; RefusedError
    for one that would leave a hole in the letter: none where there usually is one, or one without its fact.
    """
    _require_printable(language, name, words)
    if (missing := _missing(editable_texts(language)[name], words)) is not None:
        raise missing


def _require_printable(language: str, name: str, words: str) -> None:
    """Raise the same for what no letter can be made of."""
    _require_known(language, name)
    if editable_texts(language)[name] and not clean(words):
        raise RefusedError(f"The text {name} is empty.", "Write what the letter says here, or take the usual words again.")
    if len(words) > _LONGEST:
        raise InvalidValueError("words", words[:20] + "…", f"at most {_LONGEST} characters")
    places = _places(name)
    for place in placeholders(words):
        if place not in places:
            known = ", ".join(f"{{{each}}}" for each in places) or "none"
            raise InvalidValueError("words", f"{{{place}}}", f"one of the placeholders of this text: {known}")


def _missing(usual: str, words: str) -> RefusedError | None:
    """Why words may not be kept that leave out a fact of the usual ones."""
    given = placeholders(words)
    left_out = [f"{{{place}}}" for place in placeholders(usual) if place not in _COURTESIES and place not in given]
    if not left_out:
        return None
    return RefusedError(f"{', '.join(left_out)} is missing.", "The letter has to say it here: put it back in.")


def _places(name: str) -> tuple[str, ...]:
    """The placeholders that are filled in at that place, whichever of them a language uses by default."""
    found = (placeholders(editable_texts(language).get(name, "")) for language in LANGUAGES)
    return tuple(dict.fromkeys(place for places in found for place in places))


def _require_language(language: str) -> None:
    if language not in LANGUAGES:
        raise InvalidValueError("language", language, "one of " + ", ".join(LANGUAGES))


def _require_known(language: str, name: str) -> None:
    _require_language(language)
    if name not in editable_texts(language):
        raise InvalidValueError("text", name, "the name of a text, such as opening.apology")


def _start_of(language: str, name: str) -> str:
    """What a text is called in the history: how it usually begins."""
    usual = editable_texts(language)[name]
    return usual if len(usual) <= _LONGEST_TITLE else f"{usual[:_LONGEST_TITLE]}…"


def _named(profile: ShopProfile) -> ShopProfile:
    """The shop as its letters are signed."""
    return replace(profile, name=profile.name or "Your shop", owner=profile.owner or "Your name")


def _shop(profile: ShopProfile) -> ShopProfile:
    """The shop, with something in the place of what it has not said."""
    return replace(
        _named(profile),
        email=profile.email or "you@yourshop.example",
        phone=profile.phone or "(555) 0100",
        site=profile.site or "yourshop.example",
        line1=profile.line1 or "1 Your Street",
    )


def _on_one_line(words: str) -> str:
    """Words as they are kept: single spaces, no line breaks."""
    return " ".join(words.split())
