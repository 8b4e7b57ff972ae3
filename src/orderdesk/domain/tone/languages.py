"""Which language a text is in, as far as the tone check has to know: it has lists of words for English only."""

from __future__ import annotations

import re

# Languages whose words the tone check knows; in others only the form of a text is checked.
CHECKED = ("en",)
# The commonest words that carry no matter; what two of the languages share tells nothing and is left out.
_COMMON = {
    "en": "the and you your yours we our us is are was of to for from with that this will have has be been it its not by my i "
    "if or as at when what can their they so dear hello there them then than were where until please thank would could out about",
    "de": "der die das den dem und sie ihr ihre ihren ihnen wir uns unser ist sind war nicht mit für von zu zum zur ein eine "
    "einen auf bis dass haben wird werden im bei auch ich es oder wenn",
    "fr": "le les et vous votre vos nous notre est sont pas avec pour une des du dans que qui sur au aux ce cette par plus je il "
    "ne avons jusqu",
    "es": "el los las y usted su sus nosotros nuestro es son con para una del por lo al se hemos le como este esta hasta si yo",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")
# The last letter with a Latin name that the four languages have any use for.
_LATIN = "\u024f"
_ENOUGH = 20
_LEAST_SHARE = 0.1


def guess(text: str) -> str:
    """The language of a text by its commonest words: "en", "de", "fr" or "es"; "" for any other.

    What is too short to tell, as a heading of three names, counts as English.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    if sum(letter > _LATIN for word in words for letter in word) * 2 > sum(map(len, words)):
        return ""
    said = {language: sum(word in common for word in words) for language, common in _WORDS.items()}
    likely = max(said, key=lambda language: said[language])
    return "" if len(words) >= _ENOUGH and said[likely] < _LEAST_SHARE * len(words) else likely
