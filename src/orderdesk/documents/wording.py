"""The words of letters as data: texts per language, filled in by name, with numbers, money and dates as the shop writes them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.localedata import locale_identifiers
from babel.numbers import format_currency

from orderdesk.domain.money import Money, minor_digits
from orderdesk.domain.shop import Address
from orderdesk.resources import resource

_NAMES = frozenset(
    (
        *("product", "date", "count", "Count", "Known", "first", "second", "last", "name", "company", "concern", "refund"),
        *("price", "order", "page", "pages", "owner", "shop", "ways", "email", "phone", "site", "customer", "gift", "where"),
        *("places", "answer_by", "refund_by", "deadline", "sentence", "size", "minimum", "total", "days", "percent", "update"),
        "sku",
    )
)
# The parts of a letter that may be put in other words, in the order they are read.
EDITABLE = ("headline", "salutation", "opening", "choices", "closing", "coupon", "reply", "labels", "slip")
LANGUAGES = ("en", "de", "fr", "es")
# English is written month first in these countries, day first in the others.
_MONTH_FIRST = frozenset(("US", "CA", "PH", "PR", "GU", "VI", "AS", "MP"))
_NATIONWIDE = ("official", "de_facto_official")
_QUEBEC = ("qc", "quebec", "québec")
_LOCALES = frozenset(locale_identifiers())
_LETTERS_BEFORE_FIGURES = re.compile(r"(?<=[^\W\d_])(?=\d)")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


Wording = dict[str, dict[str, Any]]


@cache
def wording(language: str) -> Wording:
    """All texts of a language by section and key. Raises ValueError for a placeholder that nothing fills in."""
    texts = tomllib.loads(resource("letters", f"{language}.toml").read_text(encoding="utf-8"))
    for section, entries in texts.items():
        for key, text in entries.items():
            for name in _PLACEHOLDER.findall(text) if isinstance(text, str) else ():
                if name not in _NAMES:
                    raise ValueError(f"{language}.toml, {section}.{key}: nothing is called {{{name}}}")
    return texts


def in_own_words(language: str, own: Mapping[str, str]) -> Wording:
    """All texts of a language, the seller's own (by name, such as "opening.apology") in the place of the usual ones."""
    texts = wording(language)
    if not own:
        return texts
    changed = {section: dict(entries) for section, entries in texts.items()}
    for name, text in own.items():
        section, _, key = name.partition(".")
        if key in changed.get(section, {}):
            changed[section][key] = text
    return changed


def editable_texts(language: str) -> dict[str, str]:
    """The texts that a seller may put in their own words, by name; the law's sentences and lists of words are not among them."""
    texts = wording(language)
    return {f"{section}.{key}": text for section in EDITABLE for key, text in texts[section].items() if isinstance(text, str)}


def placeholders(text: str) -> tuple[str, ...]:
    """The names in braces, each once, in their order."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


def fill(text: str, **values: str) -> str:
    """The text with each {name} replaced by its value, once: braces inside a value stay as they are."""
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


def language_for(customers: str) -> str:
    """The language to write in to a customer who reads that one ("de", "fr-CA"); "" where there is no wording in it."""
    language = customers.strip().lower().replace("_", "-").partition("-")[0]
    return language if language in LANGUAGES else ""


def language_of(country: str) -> str:
    """The language of what a shop in that country prints for itself: that of most people there, else English."""
    likely = get_global("likely_subtags").get(f"und_{country.upper()}", "")
    return language_for(likely.partition("_")[0]) or "en"


def listed(names: Sequence[str], locale: str) -> str:
    """The names in a sentence: "A", "A and B", "A, B, and C"."""
    return str(format_list(names, locale=locale))


def language_to(customer: Address, reads: str, shops_country: str) -> str:
    """The language of a letter: the one the customer is known to read, else that of where they live.

    Where several are spoken it is the shop's if that is one of them. "" for English that nobody asked for: where that is spoken,
    and where nothing is that has a wording.
    """
    if known := language_for(reads):
        return known
    spoken, at_home = _spoken_where(customer, shops_country), language_of(shops_country)
    common = spoken[0] if len(spoken) == 1 else at_home if at_home in spoken else "en"
    return "" if common == "en" else common


def _spoken_where(customer: Address, shops_country: str) -> tuple[str, ...]:
    """The languages that have a wording and are official all over the customer's country: in Canada in their province."""
    country = customer.country.upper() or shops_country.upper()
    if country == "CA":
        return ("fr",) if customer.region.strip().casefold() in _QUEBEC else ("en",)
    return _official_in(country)


def _official_in(country: str) -> tuple[str, ...]:
    """The languages that have a wording and are official all over a country."""
    there = get_global("territory_languages").get(country, {})
    return tuple(each for each in LANGUAGES if there.get(each, {}).get("official_status") in _NATIONWIDE)


def locale_of(language: str, customers_country: str, shops_country: str) -> str:
    """How that language is written where the customer lives, else where the shop is: `de_AT`, `en_AU`."""
    countries = customers_country.upper(), shops_country.upper()
    if language in ("", "en"):
        return _english_of(*countries, is_read=bool(language))
    known = [f"{language}_{country}" for country in countries]
    return next((locale for locale in known if locale in _LOCALES), f"{language}_{language.upper()}")


def _english_of(customers: str, shops: str, *, is_read: bool) -> str:
    """That of the customer's country if they read it (`is_read`: they said so) or it is spoken there.

    Others get the shop's, but in America's or Britain's form: at home "$" is the shop's own, abroad it is one of many.
    """
    there = customers or shops
    if f"en_{there}" in _LOCALES and (is_read or "en" in _official_in(there)):
        return f"en_{there}"
    return "en_US" if shops in _MONTH_FIRST and not is_read else "en_GB"


@lru_cache(maxsize=4_000)
def spelled(day: date, locale: str) -> str:
    """The date in words: `December 15, 2026` or `15 December 2026`; the first of a month in French is its `1er`."""
    return format_date(day, "d'er' MMMM y" if day.day == 1 and locale.startswith("fr") else "long", locale)


@lru_cache(maxsize=4_000)
def priced(amount: Money, locale: str, *, short: bool = False) -> str:
    """The amount with its sign; `short` leaves out the decimals of a whole amount."""
    whole = short and amount.minor % 10 ** minor_digits(amount.currency) == 0
    if whole:
        pattern = Locale.parse(locale).currency_formats["standard"].pattern.replace(".00", "")
        return _spaced(format_currency(amount.amount, amount.currency, pattern, locale=locale, currency_digits=False))
    return _spaced(format_currency(amount.amount, amount.currency, locale=locale))


def _spaced(amount: str) -> str:
    """The amount with a space after letters that stand for a sign, which CLDR asks for and Babel leaves out."""
    return _LETTERS_BEFORE_FIGURES.sub("\u00a0", amount)


def counted(number: int, language: str) -> str:
    """The number as a word up to twelve, in figures above."""
    words: list[str] = wording(language)["words"]["numbers"]
    return words[number] if number < len(words) else str(number)
