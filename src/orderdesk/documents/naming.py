"""What people and products are called inside a sentence."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import east_asian_width

from orderdesk.documents.text import clean
from orderdesk.documents.wording import fill
from orderdesk.domain.shop import Address

_LONGEST_NAME_IN_A_SENTENCE = 36
_LONGEST_SUBSTITUTE = 48
# Titles name the product first and put its features behind a comma, a dash or in parentheses.
_TITLE_ENDS = re.compile(r", | [-–—] | \(")
# Shouting, exclamations, markup, and titles with an article of their own.
_NOT_IN_A_SENTENCE = re.compile(r"[!?<>{}\[\]]|[A-Z]{4}|^(?:The|A|An|My|Your) ")
_POSSESSIVE = re.compile(r"(?:\S+ )?\S+['’]s? ")
_PLAIN_WORD = re.compile(r"[A-Z][a-zà-öø-ÿ]+(?:[-'’][A-Za-zà-öø-ÿ]+)*")
# Beside plain words, those of O'Neill and McDonald.
_SURNAME = re.compile(rf"(?:[A-Z]['’]|Ma?c|D[ei])?{_PLAIN_WORD.pattern}")
# What somebody has studied stands behind the name on an envelope, and in no greeting.
_DEGREE = re.compile(r",? (?:MBA\.?|MD|DDS|DVM|PhD|(?:B|M|Ph|LL)\.(?:[A-Z][a-z]{0,3}\.)+)$")


def split_title(title: str) -> tuple[str, str]:
    """The product's name and the features behind it, "" when there are none: ("Enamel stockpot", "5 qt, cream")."""
    end = _TITLE_ENDS.search(title)
    if end is None or end.start() < 3:
        return title, ""
    rest = title[end.end() :]
    return title[: end.start()], "(" + rest if end[0] == " (" else rest


def product_in_sentence(title: str, words: dict[str, Any]) -> str | None:
    """The product as it is named after "Your"; None when its title would not read well in a sentence."""
    name = split_title(title)[0]
    first, *others = name.split(" ")
    apologizes = any(stem in name.lower() for stem in words["apologies"])
    if not name or len(name) > _LONGEST_NAME_IN_A_SENTENCE or apologizes or _NOT_IN_A_SENTENCE.search(name):
        return None
    common = first[1:].islower() and first.lower() in words["lowercase"].split()
    if common and all(word.islower() or not word.isalpha() for word in others):
        return name[0].lower() + name[1:]
    return name


def substitute_name(title: str, late: str) -> str | None:
    """What a substitute is called: by its features too where its name is that of the late product; None if it reads badly."""
    name = split_title(title)[0]
    called = title if name.lower() == split_title(late)[0].lower() else name
    columns = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in called)
    return None if columns > _LONGEST_SUBSTITUTE or _NOT_IN_A_SENTENCE.search(called) else called


def with_article(product: str, words: dict[str, Any]) -> str:
    """ "the enamel stockpot", but "Anton's Gumbo Mix"."""
    return product if words["possessives"] and _POSSESSIVE.match(product) else fill(words["the"], product=product)


def salutation(customer: Address, words: dict[str, dict[str, Any]]) -> str:
    """The greeting: by first name where that is usual and the name is plain, else by the whole name."""
    texts = words["salutation"]
    name = _DEGREE.sub("", clean(customer.name))
    if name:
        return fill(texts["named"], name=_called(name, customer.country, words["words"]))
    company = clean(customer.company)
    return fill(texts["company"], company=company) if company else str(texts["nobody"])


def _called(name: str, country: str, words: dict[str, Any]) -> str:
    parts = name.split(" ")
    plain = len(parts) == 2 and _PLAIN_WORD.fullmatch(parts[0]) and _SURNAME.fullmatch(parts[1])
    if plain and country.upper() in words["first_name_countries"] and parts[0].lower() not in words["titles"]:
        return parts[0]
    return name
