"""Yes and no as sellers and their spreadsheets write them, in the languages that letters are written in."""

from __future__ import annotations

_YES = ("yes", "y", "true", "1", "x", "ja", "wahr", "oui", "vrai", "sí", "si", "verdadero")
_NO = ("no", "n", "false", "0", "nein", "falsch", "non", "faux", "falso")
YES_NO = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}
