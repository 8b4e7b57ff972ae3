"""Countries as files print them, and their ISO 3166 codes."""

from __future__ import annotations

import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

# Territories that Unicode knows and ISO 3166 does not.
_NOT_ISO = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))

# Spellings of marketplaces and spreadsheets beside the English names of Unicode.
_ALSO = {
    "america": "US",
    "bolivia (plurinational state of)": "BO",
    "bolivia, plurinational state of": "BO",
    "bosnia": "BA",
    "britain": "GB",
    "brunei darussalam": "BN",
    "burma": "MM",
    "cabo verde": "CV",
    "china, people's republic of": "CN",
    "congo": "CG",
    "congo, republic of the": "CG",
    "congo, democratic republic of the": "CD",
    "congo, the democratic republic of the": "CD",
    "cote d ivoire (ivory coast)": "CI",
    "croatia, republic of": "HR",
    "czech republic": "CZ",
    "england": "GB",
    "falkland islands (islas malvinas)": "FK",
    "great britain": "GB",
    "holland": "NL",
    "hong kong": "HK",
    "iran, islamic republic of": "IR",
    "ivory coast": "CI",
    "korea": "KR",
    "korea, democratic people's republic of": "KP",
    "korea, north": "KP",
    "korea, republic of": "KR",
    "korea, south": "KR",
    "republic of korea": "KR",
    "kosovo": "XK",
    "lao people's democratic republic": "LA",
    "macau": "MO",
    "macao": "MO",
    "macedonia": "MK",
    "micronesia, federated states of": "FM",
    "moldova, republic of": "MD",
    "northern ireland": "GB",
    "palestine": "PS",
    "palestine, state of": "PS",
    "pitcairn": "PN",
    "republic of croatia": "HR",
    "reunion": "RE",
    "russian federation": "RU",
    "scotland": "GB",
    "swaziland": "SZ",
    "syrian arab republic": "SY",
    "taiwan, province of china": "TW",
    "tanzania, united republic of": "TZ",
    "the netherlands": "NL",
    "trinidad and tobago": "TT",
    "turkey": "TR",
    "u.k.": "GB",
    "u.s.": "US",
    "u.s.a.": "US",
    "uk": "GB",
    "united states of america": "US",
    "usa": "US",
    "vatican city state": "VA",
    "vatican": "VA",
    "venezuela, bolivarian republic of": "VE",
    "viet nam": "VN",
    "virgin islands (u.s.)": "VI",
    "virgin islands (british)": "VG",
    "wales": "GB",
    "western samoa": "WS",
}


def country_code(printed: str) -> str:
    """The ISO 3166 alpha-2 code of a country given as code, in English or as people there call it; else the text itself."""
    capitals = printed.upper()
    if capitals in _names():
        return capitals
    name = _plain(printed)
    return _codes().get(name) or (_own_codes().get(name) if name else None) or printed


def may_be_country(text: str) -> bool:
    """Whether that is a country's code, or a name; a name of two letters there is not."""
    return len(text) != 2 or text.upper() in _names()


def is_country(code: str) -> bool:
    """Whether that is a country's ISO 3166 alpha-2 code."""
    return code in _names()


def writes_latin(country: str) -> bool:
    """Whether most people write Latin letters there; "" is a country that nobody has named."""
    likely = get_global("likely_subtags").get(f"und_{country}", "_Latn")  # those of English are not listed
    return bool(country) and "_Latn" in likely


@cache
def _names() -> dict[str, str]:
    """English names by ISO 3166 code."""
    territories = ((str(code), str(name)) for code, name in Locale("en").territories.items())
    return {code: name for code, name in territories if len(code) == 2 and code.isalpha() and code not in _NOT_ISO}


@cache
def _codes() -> dict[str, str]:
    return {_plain(name): code for code, name in _names().items()} | {_plain(name): code for name, code in _ALSO.items()}


@cache
def _own_codes() -> dict[str, str]:
    """ISO 3166 codes by what each country is called in its own languages; it takes a second to find them."""
    found = {}
    for code in _names():
        for language in get_official_languages(code, de_facto=True):
            try:
                own = Locale.parse(language).territories.get(code)
            except UnknownLocaleError:
                continue
            found[_plain(own or "")] = code
    return found


def _plain(name: str) -> str:
    """The name without case, accents, and the many spellings of "Saint" and "and"."""
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(letter))
    words = letters.replace("&", " and ").replace("\u2019", "'").replace("-", " ").replace("st.", "saint").split()
    return " ".join(words).removesuffix(" sar china")
