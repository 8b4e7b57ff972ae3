"""Days, amounts and codes as the seller reads them. Light on purpose: the first rows are painted before Babel is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QLocale

from orderdesk.domain.channels import MARKETPLACES, OWN_SHOP
from orderdesk.domain.days import day_of
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money, minor_digits
from orderdesk.domain.orders import ShipPolicy
from orderdesk.domain.packs import Silence
from orderdesk.domain.zones import zone_named
from orderdesk.storage.queries.deadlines import Deadline
from orderdesk.ui.words import marked, tr

UNBROKEN_HYPHEN, UNBROKEN_SPACE = "\u2011", "\u00a0"
_SYMBOLS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "CAD": "CA$",
    "AUD": "A$",
    "NZD": "NZ$",
    "KRW": "₩",
    "INR": "₹",
    "ILS": "₪",
    "BRL": "R$",
}
# Those that letters are written in.
LANGUAGES = {"en": marked("English"), "de": marked("German"), "fr": marked("French"), "es": marked("Spanish")}
# What is done with an order of which something is missing.
SHIP_POLICIES = {
    ShipPolicy.PARTIAL: marked("send what is here"),
    ShipPolicy.COMPLETE: marked("wait until all is here"),
    ShipPolicy.CANCEL_REMAINDER: marked("send what is here, cancel the rest"),
}
_CHANNELS = {OWN_SHOP: marked("Own shop"), **MARKETPLACES}


@dataclass(slots=True)
class _ShopClock:
    """By which clock moments are told; None is that of this machine, where no shop has one."""

    zone: ZoneInfo | None = None


_CLOCK = _ShopClock()


def write_as_in(country: str, time_zone: str | None = None) -> None:
    """From now on days and numbers are written as in the shop's country ("" where it is not known): in the desktop's language
    if that is written there, else in English, else as the country itself does. Moments are told by the shop's clock.
    """
    _CLOCK.zone = zone_named(time_zone)
    system, territory = QLocale.system(), QLocale.codeToTerritory(country)
    languages = (system.language(), QLocale.Language.English, QLocale.Language.AnyLanguage)
    there = (QLocale(language, territory) for language in languages)
    QLocale.setDefault(next((found for found in there if country and found.territory() == territory), system))
    money.cache_clear()
    day.cache_clear()


def _here() -> QLocale:
    """How days and numbers are written; a desktop without a language means American English."""
    locale = QLocale()
    return QLocale(QLocale.Language.English) if locale.language() == QLocale.Language.C else locale


@lru_cache(maxsize=4096)
def money(amount: Money | None) -> str:
    """An amount with its currency's sign; "" for an unknown one. The decimals are the currency's own, in every locale."""
    if amount is None:
        return ""
    digits = minor_digits(amount.currency)
    number = _grouping().toString(float(abs(amount.amount)), "f", digits)
    sign = "−" if amount.minor < 0 else ""
    return f"{sign}{_SYMBOLS.get(amount.currency, amount.currency + UNBROKEN_SPACE)}{number}"


def known_money(amount: Money | None) -> str:
    """The same in a sentence, where an amount that is not known is said to be so."""
    return tr("unknown") if amount is None else money(amount)


def _grouping() -> QLocale:
    """The desktop's way to write numbers, with thousands kept apart also where it has none to speak of."""
    locale = _here()
    locale.setNumberOptions(locale.numberOptions() & ~QLocale.NumberOption.OmitGroupSeparator)
    return locale


def unbroken(text: str) -> str:
    """The text with hyphens at which no line is broken, for what is read only."""
    return text.replace("-", UNBROKEN_HYPHEN)


def decimal_mark() -> str:
    """Before the decimals of an amount that is typed here: "." or ","."""
    return "," if _here().decimalPoint() == "," else "."


def moneys(amounts: Iterable[Money]) -> str:
    """Amounts in several currencies, never added up."""
    return ", ".join(money(amount) for amount in amounts)


@lru_cache(maxsize=4096)
def day(value: date | None, today: date) -> str:
    """A day as briefly as it is clear: "Nov 23", "23 Nov" where the day comes first; with the year where it is another one."""
    if value is None:
        return ""
    return day_and_month(value) if value.year == today.year else dated(value)


def day_and_month(value: date) -> str:
    """A day without its year: "Nov 23", "23 Nov", "23. Nov."."""
    return _here().toString(_qt(value), _pattern())


def dated(value: date) -> str:
    """A day with its year: "Nov 23, 2026", "23 Nov 2026", "23. Nov. 2026"."""
    return _here().toString(_qt(value), f"{_pattern()}, yyyy" if _pattern().startswith("M") else f"{_pattern()} yyyy")


def long_day(value: date) -> str:
    """A day in full, with the day of the week."""
    return _here().toString(_qt(value), QLocale.FormatType.LongFormat)


def typed_order() -> str:
    """In which order the numbers of a day are typed here: "Mdy", "dMy" or "yMd"."""
    return "".join(dict.fromkeys(each for each in _here().dateFormat(QLocale.FormatType.ShortFormat) if each in "dMy"))


def _pattern() -> str:
    """Of a day and its month: in the order, and with the dot, of the day in full."""
    written = _here().dateFormat(QLocale.FormatType.LongFormat).replace("dddd", "")
    number = "d." if "d." in written else "d"
    return f"{number} MMM" if written.find("d") < written.find("M") else f"MMM {number}"


def _qt(value: date) -> QDate:
    return QDate(value.year, value.month, value.day)


def month(value: date) -> str:
    """A month by its short name: "Nov"."""
    return _here().standaloneMonthName(value.month, QLocale.FormatType.ShortFormat)


def relative_day(value: date, today: date) -> str:
    """A day as people say it: "today", "yesterday", else the date."""
    if value == today:
        return tr("today")
    if value == today - timedelta(days=1):
        return tr("yesterday")
    return day(value, today)


def tell_by(value: date, silence: Silence | None, today: date) -> str:
    """The last day to tell a customer and what silence will mean then; or that it is over."""
    if value < today:
        return tr("was to be told by {}").replace("{}", day(value, today))
    text = {
        Silence.CONSENT: tr("tell by {}; silence counts as consent"),
        Silence.CANCELLATION: tr("tell by {}; silence cancels it"),
    }
    return (text[silence] if silence else tr("tell by {}")).replace("{}", day(value, today))


def deadline(known: Deadline, today: date) -> str:
    """By when to tell a customer; once they were told, what of, and what their silence means."""
    if known.tell_by is not None:
        return tell_by(known.tell_by, known.silence, today)
    said = []
    if known.given is not None:
        said.append(tr("date given: {}").replace("{}", day(known.given, today)))
    elif known.update_on is not None:
        said.append(tr("word promised by {}").replace("{}", day(known.update_on, today)))
    if known.answer_by is not None and known.silence is Silence.CANCELLATION:
        said.append(tr("without an answer by {} it is canceled").replace("{}", day(known.answer_by, today)))
    elif known.silence is Silence.CONSENT:
        said.append(tr("silence counts as consent"))
    return "; ".join(said)


def moment(value: datetime, today: date) -> str:
    """An instant as day and time where the shop is, as all of its days are: "Nov 23, 09:12"."""
    return f"{day(day_of(value, _CLOCK.zone), today)}, {value.astimezone(_CLOCK.zone):%H:%M}"


def waiting(days: int | None) -> str:
    """How long, in days: "3 d"."""
    return "" if days is None else tr("{} d").replace("{}", str(days))


def tenths(number: float) -> str:
    """A number with one decimal place."""
    return _here().toString(number, "f", 1)


def hours(number: int) -> str:
    """How long: "26 h"."""
    return tr("{} h").replace("{}", str(number))


def days_and_hours(number: int) -> str:
    """How long: "4 d 6 h"."""
    days, rest = divmod(number, 24)
    return f"{waiting(days)} {hours(rest)}"


def ago(since: datetime, now: datetime) -> str:
    """How long ago: "just now", "4 min ago", "3 h ago", "2 days ago"."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 1:
        return tr("just now")
    if minutes < 60:
        return tr("{} min ago").replace("{}", str(minutes))
    if minutes < 48 * 60:
        return tr("{} h ago").replace("{}", str(minutes // 60))
    return tr("{} days ago").replace("{}", str(minutes // 1440))


def product(sku: str, title: str) -> str:
    """A product by its SKU and its title, which another may have too."""
    return " · ".join(dict.fromkeys(part for part in (sku, title) if part))


def channel(token: str) -> str:
    """A channel by the name it goes by; unknown ones as they are."""
    return tr(_CHANNELS[token]) if token in _CHANNELS else token


def channel_choices(*tokens: str) -> tuple[tuple[str, str], ...]:
    """Channels to choose from in a form."""
    return tuple((token, _CHANNELS[token]) for token in tokens)


def code(symbols: str) -> str:
    """A coupon's code as people read it: K7QF-9M2X-4TBV."""
    return "-".join((symbols[:4], symbols[4:8], symbols[8:]))


def read_code(symbols: str) -> str:
    """The same where it is read only, with hyphens at which no line is broken."""
    return unbroken(code(symbols))


def offer(value: Offer | None) -> str:
    """What a coupon is worth, in a few words."""
    if value is None:
        return tr("No coupon")
    match value.kind:
        case OfferKind.FREE_SHIPPING:
            return tr("Free shipping")
        case OfferKind.PERCENT:
            return tr("{} % off").replace("{}", str(value.rate))
        case OfferKind.AMOUNT:
            return tr("{} off").replace("{}", money(value.amount))
        case OfferKind.GIFT:
            return tr("Gift: {}").replace("{}", value.gift or "")
        case OfferKind.GIFT_CARD:
            return tr("{} gift card").replace("{}", money(value.amount))


def any_language(code: str) -> str:
    """A customer's language by its code, which need not be one of letters."""
    known = QLocale.codeToLanguage(code.partition("-")[0])
    return code if known == QLocale.Language.AnyLanguage else QLocale.languageToString(known)


def country(code: str) -> str:
    """A country by its code ("CA")."""
    known = QLocale.codeToTerritory(code)
    return code if known == QLocale.Country.AnyTerritory else QLocale.territoryToString(known)


def language(code: str) -> str:
    """A language of letters by its code ("en")."""
    return tr(LANGUAGES[code])
