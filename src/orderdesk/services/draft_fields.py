"""How the fields of a form are read: text as typed becomes a value, or an error that names the field and what was expected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, ClassVar

from orderdesk.domain.counts import MOST_UNITS
from orderdesk.domain.coupons import parse_code
from orderdesk.domain.customers import is_email
from orderdesk.domain.days import FIRST_YEAR, LAST_YEAR
from orderdesk.domain.errors import CouponError, InvalidValueError
from orderdesk.domain.kits import parse_parts
from orderdesk.domain.money import Money
from orderdesk.domain.order_numbers import LONGEST_NUMBER, visible
from orderdesk.domain.orders import ShipPolicy
from orderdesk.exchange.countries import country_code, is_country
from orderdesk.exchange.languages import is_language
from orderdesk.exchange.money_cells import currency_of, is_currency, may_mean, without_currency

_LONGEST = 4_000

Reader = Callable[["Draft", str, str], Any]


class Draft:
    """A form. READERS says per field how its text is read; fields without a reader are kept as text."""

    READERS: ClassVar[Mapping[str, Reader]] = {}

    def problems(self) -> dict[str, str]:
        """Per field that can't be read, what was expected."""
        found = {}
        for name in (each.name for each in fields(self)):  # type: ignore[arg-type]
            try:
                self.value(name)
            except InvalidValueError as error:
                found[name] = error.expected
        return found

    def value(self, name: str) -> Any:
        """The field's value. Raises InvalidValueError, which names the field."""
        text = getattr(self, name)
        if isinstance(text, str):
            text = text.strip()
            if len(text) > _LONGEST:
                raise InvalidValueError(name, text[:20] + "…", f"at most {_LONGEST:,} characters")
        reader = self.READERS.get(name)
        return reader(self, name, text) if reader else text

    def needs(self, name: str) -> bool:
        """Whether the field can't be left empty."""
        reader = self.READERS.get(name)
        if reader is None or not isinstance(getattr(self, name), str):
            return False
        try:
            reader(self, name, "")
        except InvalidValueError:
            return True
        return False

    def values(self, *left_out: str) -> dict[str, Any]:
        """All values by field. Raises InvalidValueError for the first that can't be read."""
        return {each.name: self.value(each.name) for each in fields(self) if each.name not in left_out}  # type: ignore[arg-type]


def read_required(_: Draft, name: str, text: str) -> str:
    if not text:
        raise InvalidValueError(name, text, "an entry (it can't stay empty)")
    return text


def read_ship_policy(_: Draft, name: str, text: str) -> ShipPolicy:
    if text not in list(ShipPolicy):
        raise InvalidValueError(name, text, f"one of {', '.join(ShipPolicy)}")
    return ShipPolicy(text)


def read_line_policy(draft: Draft, name: str, text: str) -> ShipPolicy | None:
    return read_ship_policy(draft, name, text) if text else None


def read_coupon(_: Draft, name: str, text: str) -> str:
    """A coupon's code as typed, or none; the check symbol shows a mistyped one at once."""
    try:
        return parse_code(text) if text else ""
    except CouponError as error:
        raise InvalidValueError(name, text, f"a code as it stands on the coupon; {error}".rstrip(".")) from error


def read_units(_: Draft, name: str, text: str) -> int | None:
    """A whole number of units from 0 to a million; "" is unknown."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > MOST_UNITS:
        raise InvalidValueError(name, text, f"a whole number from 0 to {MOST_UNITS:,}")
    return int(text)


def read_some_units(draft: Draft, name: str, text: str) -> int:
    """As `read_units`, where there must be at least one."""
    units = read_units(draft, name, text)
    if not units:
        raise InvalidValueError(name, text, f"a whole number from 1 to {MOST_UNITS:,}")
    return units


def read_units_or_zero(draft: Draft, name: str, text: str) -> int:
    """As `read_units`, where unknown counts as 0."""
    return read_units(draft, name, text) or 0


def read_came(draft: Draft, name: str, text: str) -> int:
    """As `read_units_or_zero`, up to the draft's `to_come` where that is a number."""
    units, most = read_units_or_zero(draft, name, text), getattr(draft, "to_come", None)
    if most is not None and units > most:
        raise InvalidValueError(name, text, f"a whole number from 0 to {most:,}; receive what came beyond that in Inventory")
    return units


def typed_money(text: str, currency: str) -> Money:
    """Money as somebody typed it with a decimal point, maybe with the sign or code of its currency; "" may be any.

    Raises InvalidValueError for another currency, and what `Money.typed` raises.
    """
    named = currency_of(text)
    if currency and named and not may_mean(named, currency):
        raise InvalidValueError("amount", text, f"an amount in {currency}")
    return Money.typed(without_currency(text), currency or "USD")


def read_price(draft: Draft, name: str, text: str) -> int | None:
    """An amount in whole units of the draft's currency, as minor units; "" is unknown."""
    if not text:
        return None
    try:
        minor = typed_money(text, str(getattr(draft, "currency", ""))).minor
    except InvalidValueError as error:
        raise InvalidValueError(name, text, error.expected) from error
    if minor < 0:
        raise InvalidValueError(name, text, "an amount of 0 or more")
    return minor


def read_some_money(draft: Draft, name: str, text: str) -> int:
    """An amount above 0, as `read_price`."""
    minor = read_price(draft, name, text)
    if not minor:
        raise InvalidValueError(name, text, "an amount above 0")
    return minor


def read_day(_: Draft, name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValueError(name, text, "a day such as 2026-12-04") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidValueError(name, text, f"a day from {FIRST_YEAR} to {LAST_YEAR}")
    return day


def read_currency(_: Draft, name: str, text: str) -> str | None:
    if not text:
        return None
    if not is_currency(text.upper()):
        raise InvalidValueError(name, text, "a currency in use, by its three letters, such as USD")
    return text.upper()


def read_country(_: Draft, name: str, text: str) -> str:
    """A country's two letters, or its name as files print it."""
    code = country_code(text).upper()
    if text and not is_country(code):
        raise InvalidValueError(name, text, "a country, such as US or Germany")
    return code


def read_email(_: Draft, name: str, text: str) -> str:
    if text and not is_email(text):
        raise InvalidValueError(name, text, "an e-mail address such as ann@example.com")
    return text


def read_language(_: Draft, name: str, text: str) -> str:
    if text and not is_language(text):
        raise InvalidValueError(name, text, "a language's code, such as en or de")
    return text


def read_order_number(_: Draft, name: str, text: str) -> str:
    """An order's number without what nobody sees; "" is the next free one."""
    number = visible(text)
    if len(number) > LONGEST_NUMBER:
        raise InvalidValueError(name, text, f"at most {LONGEST_NUMBER} characters, as many as a letter has room for")
    return number


def read_tags(_: Draft, _name: str, text: str) -> str:
    """Words or short phrases between commas, each once."""
    return ", ".join(dict.fromkeys(filter(None, (" ".join(tag.split()) for tag in text.split(",")))))


def read_parts(_: Draft, name: str, text: str) -> dict[str, int]:
    return parse_parts(name, text)
