"""Emoji as people type them: several characters may make one, which is never parted, turned around or set in two faces."""

from __future__ import annotations

import re

_TEXT_STYLE = "\ufe0e"
# What only says how the signs around it are shown: joiners, the two styles, the letters of a flag of a part of a country.
_STEERING = re.compile("[\u200c\u200d\ufe0e\ufe0f\U000e0030-\U000e0039\U000e0061-\U000e007a\U000e007f]")
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f"
_KEYCAP = "[#*0-9][\ufe0e\ufe0f]?\u20e3"
_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d"
    "\u3297\u3299\U0001f000-\U0001faff]"
)
_STYLED = f"{_PICTURE}[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*"
_SIGNS = re.compile(f"{_FLAG}|{_KEYCAP}|{_STYLED}(?:\u200d{_STYLED})*|.", re.DOTALL)


def signs(text: str) -> list[str]:
    """The text's characters, those that make one emoji together."""
    return _SIGNS.findall(text)


def is_steered(text: str) -> bool:
    """Whether some of the text only says how what is around it is shown: a character that is all of it shows as nothing."""
    return _STEERING.search(text) is not None


def is_picture(sign: str) -> bool:
    """Whether the sign is an emoji even where a text face has its first character: styled, joined, in a keycap, or a flag."""
    return len(sign) > 1 and not sign.endswith(_TEXT_STYLE)
