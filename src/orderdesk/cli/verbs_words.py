"""The verb about the words of letters: as usual, or in the seller's own."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from orderdesk.cli import texts
from orderdesk.cli.context import Answer, Context, UsageError
from orderdesk.domain.tone.check import check_typed
from orderdesk.domain.tone.languages import CHECKED
from orderdesk.domain.tone.reasons import NOT_CHECKED, REASONS
from orderdesk.domain.tone.rules import Level
from orderdesk.services import wordings


def words(context: Context, given: Namespace) -> Answer:
    """Lists the texts of a language, shows one, puts one in other words, or takes the usual ones again."""
    changing = given.set is not None or given.reset
    if changing and not given.name:
        raise UsageError("Name the text to change, such as opening.apology.")
    if given.set is not None:
        step = wordings.save_words(context.store, given.language, given.name, given.set, now=context.now)
        context.notes += _remarks(given.language, texts.one_line(given.set))
        return Answer({"language": given.language, "name": given.name, "own": given.set}, f"{step.summary}.")
    if given.reset:
        step = wordings.reset_words(context.store, given.language, given.name, now=context.now)
        return Answer({"language": given.language, "name": given.name, "own": None}, f"{step.summary}.")
    found = [text for text in wordings.texts(context.store, given.language) if given.name in (None, text.name)]
    lines = [f"{text.name}{' *' if text.own is not None else ''}: {text.words}" for text in found]
    return Answer([_document(text) for text in found], "\n".join(lines) or f"No text is called {given.name}.")


def _remarks(language: str, kept: str) -> Iterator[str]:
    """What the tone check would rather have in words that were kept, or that it does not know their language."""
    checked = language in CHECKED
    if not checked:
        yield NOT_CHECKED
    for found in check_typed(kept, checked=checked):
        if found.level is Level.WARNING:
            yield f"Kept, with a warning about “{found.text}”: {REASONS[found.id]} ({found.id})."


def _document(text: wordings.Text) -> dict[str, object]:
    return {"name": text.name, "usual": text.usual, "own": text.own, "placeholders": list(text.places)}
