"""Country packs: what the law of the shop's and of the buyer's country makes of a delay. Facts with sources, no legal advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from orderdesk.domain.days import later
from orderdesk.domain.refunds import day_to_promise, refund_by
from orderdesk.domain.working_days import working_days_after

# How long a customer has to choose something in the place of what never arrives: its refund, which is owed from the notice on, is
# sent a little later.
_WORKING_DAYS_TO_CHOOSE = 5
# What is said of it alone, by the id of the sentence.
_NEVER, _NEVER_RIGHTS = "never", "never_rights"
# What the id of a sentence about a right ends with, and what is added where the day has passed from which the buyer has it.
_RIGHTS, _NOW = "_rights", "_now"


class Silence(StrEnum):
    """What it means where the customer does not answer."""

    CONSENT = "consent"
    CANCELLATION = "cancellation"


class Remedy(StrEnum):
    """What the law leaves to offer: the customer's choice, or only the refund."""

    OPTIONS = "options"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of a country, as of a day.

    `days`: the time to ship (or deliver) where none was stated, `credit_days` where the buyer applied to the seller for credit
    as well; `from_payment`: it begins once the order is paid, not when it is placed. `consent_days`: silence consents to a
    first delay of at most so many days; None where silence never consents. `refund_working_days`: None is "without undue
    delay". `sources`: for each statutory sentence of a letter, by id, the rule that it comes from. `prices_include_tax`: those
    that consumers are shown, so that no tax comes on top of them.
    """

    code: str
    as_of: date
    days: int
    credit_days: int
    consent_days: int | None
    refund_working_days: int | None
    sources: Mapping[str, str]
    from_payment: bool = False
    prices_include_tax: bool = False


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay of one order: `promised_on` where a date was stated, `paid_on` where its day is known.

    `told_before` by a notice; `waits_until` is the last date that the customer has agreed to since, in words or by silence: None
    for none but the pack's own limit. `open_ended`: they said that they wait, when no date that they
    were given held.
    """

    ordered_on: date
    promised_on: date | None
    told_on: date
    new_date: date | None
    told_before: bool = False
    waits_until: date | None = None
    on_credit: bool = False
    open_ended: bool = False
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a pack makes of a delay. `deadline` is that of the buyer's own law where it protects them, else of the shop's.

    `sentences` are the ids of what the letter has to say.

    `never`: the same for those lines of the order that never arrive, beside others that do.
    """

    deadline: date | None = None
    remedy: Remedy = Remedy.OPTIONS
    silence: Silence | None = None
    answer_by: date | None = None
    refund_by: date | None = None
    sentences: tuple[str, ...] = ()
    never: Standing | None = None

    def of_line(self, *, never_arrives: bool) -> Standing:
        """What holds of a line of the order."""
        return self.never if never_arrives and self.never is not None else self


US = Pack(
    "us",
    date(2026, 11, 1),
    days=30,
    credit_days=50,
    consent_days=30,
    refund_working_days=7,
    sources={
        "us_consent": "FTC Mail Order Rule, 16 CFR 435.2(b)(1)",
        "us_canceled": "FTC Mail Order Rule, 16 CFR 435.2(b)(1)",
        "us_renewed": "FTC Mail Order Rule, 16 CFR 435.2(b)(2)",
        "us_kept": "FTC Mail Order Rule, 16 CFR 435.2(b)(1)",
        "us_agreed": "FTC Mail Order Rule, 16 CFR 435.2(b)(1)",
        "refund": "FTC Mail Order Rule, 16 CFR 435.2(c)",
        "late": "FTC Mail Order Rule, 16 CFR 435.2(c)",
        _NEVER: "FTC Mail Order Rule, 16 CFR 435.2(c)(4)",
    },
    from_payment=True,
)
EU = Pack(
    "eu",
    date(2026, 11, 1),
    days=30,
    credit_days=30,
    consent_days=None,
    refund_working_days=None,
    # That the buyer may cancel before the goods are there follows from the right to withdraw from a distance contract.
    sources={
        "silence": "Directive 2011/83/EU, article 9",
        "eu_rights": "Directive 2011/83/EU, article 18",
        _NEVER_RIGHTS: "Directive 2011/83/EU, article 18(2)",
    },
    prices_include_tax=True,
)
UK = replace(
    EU,
    code="uk",
    sources={
        "silence": "Consumer Contracts Regulations 2013, regulation 29",
        "uk_rights": "Consumer Rights Act 2015, section 28",
        _NEVER_RIGHTS: "Consumer Rights Act 2015, section 28(6)",
    },
)
DE = replace(
    EU, code="de", sources={"silence": "BGB §§ 312g, 355", "de_rights": "BGB §§ 323, 475", _NEVER_RIGHTS: "BGB §§ 323, 326"}
)

_EU_COUNTRIES = (
    *("AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"),
    *("IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
)
_PACKS = {**dict.fromkeys(_EU_COUNTRIES, EU), "US": US, "GB": UK, "DE": DE}
# Where silence is never consent, whoever sells there.
PROTECTING_COUNTRIES = tuple(country for country, pack in _PACKS.items() if pack.consent_days is None)


def pack_of(country: str) -> Pack | None:
    """The pack of a country (two letters); None where OrderDesk knows none."""
    return _PACKS.get(country.upper())


def rule_behind(sentence: str, shop_country: str, buyer_country: str) -> tuple[str, date] | None:
    """The rule that a sentence comes from, by the sentence's id, and the day as of which OrderDesk knows it.

    None where neither country's law asks for it.
    """
    packs = (_asking(shop_country), _protecting(shop_country, buyer_country))
    known = sentence.removesuffix(_NOW)
    return next(((pack.sources[known], pack.as_of) for pack in packs if pack and known in pack.sources), None)


def prices_include_tax(country: str) -> bool:
    """Whether what consumers are asked for by a shop in that country is known to include its tax."""
    pack = pack_of(country)
    return pack is not None and pack.prices_include_tax


def deadline(pack: Pack, delay: Delay) -> date:
    """The day by which the order must ship (US) or arrive (EU, UK), unless the customer is told before."""
    begins = delay.paid_on or delay.ordered_on if pack.from_payment else delay.ordered_on
    return delay.promised_on or later(begins, pack.credit_days if delay.on_credit else pack.days)


def standing(shop_country: str, buyer_country: str, delay: Delay) -> Standing:
    """What the law makes of a delay: the rules of a shop that has to ask, and those that protect the buyer."""
    asking, protecting = _asking(shop_country), _protecting(shop_country, buyer_country)
    found = _option_rule(asking, delay) if asking is not None else Standing()
    return found if protecting is None else _protected(found, protecting, delay)


def standing_of_never(shop_country: str, buyer_country: str, told_on: date) -> Standing:
    """What holds of lines that never arrive: there is no wait to agree to, and the refund is owed from the notice on.

    The buyer who may end the contract at once is told so, but where the shop's own law cancels it anyway.
    """
    protected = _asking(shop_country) is None and _protecting(shop_country, buyer_country) is not None
    return Standing(
        silence=Silence.CANCELLATION,
        answer_by=working_days_after(told_on, _WORKING_DAYS_TO_CHOOSE, shop_country),
        refund_by=refund_by(told_on, shop_country),
        sentences=(_NEVER, _NEVER_RIGHTS) if protected else (_NEVER,),
    )


def _asking(shop_country: str) -> Pack | None:
    """The pack of a shop whose customers consent by silence, so that it has to ask them in time."""
    sellers = pack_of(shop_country)
    return sellers if sellers is not None and sellers.consent_days is not None else None


def _protecting(shop_country: str, buyer_country: str) -> Pack | None:
    """The one pack by which silence is never consent: that of a buyer in the EU or the UK, else that of a shop there."""
    return next((pack for pack in map(pack_of, (buyer_country, shop_country)) if pack and pack.consent_days is None), None)


def refund_day(pack: Pack, right_on: date) -> date | None:
    """The last day to send a refund that is owed from `right_on`; None for "without undue delay"."""
    return None if pack.refund_working_days is None else working_days_after(right_on, pack.refund_working_days, pack.code)


def _option_rule(pack: Pack, delay: Delay) -> Standing:
    """FTC Mail Order Rule, 16 CFR 435: the customer chooses between waiting and the refund, and has to be asked in time."""
    due = deadline(pack, delay)
    limit = later(due, pack.consent_days or 0)
    # A date before the order was due is none to have agreed to: nothing is over until then.
    ends = max(due, delay.waits_until) if delay.told_before and delay.waits_until else limit
    last_day_to_ask = ends if delay.told_before else due
    if delay.told_on > last_day_to_ask and not delay.open_ended:
        owed = refund_day(pack, later(last_day_to_ask, 1))
        return Standing(
            due, Remedy.REFUND, refund_by=owed and day_to_promise(owed, delay.told_on, pack.code), sentences=("refund",)
        )
    if delay.new_date is not None and (delay.new_date <= ends or delay.open_ended):
        sentence = "us_kept" if delay.told_before else "us_consent"
        return Standing(due, silence=Silence.CONSENT, answer_by=delay.new_date, sentences=(sentence,))
    if delay.open_ended:
        return Standing(due, sentences=("us_agreed",))
    return Standing(
        due,
        silence=Silence.CANCELLATION,
        answer_by=ends,
        refund_by=refund_day(pack, later(ends, 1)),
        sentences=("us_renewed" if delay.told_before else "us_canceled",),
    )


def _protected(found: Standing, pack: Pack, delay: Delay) -> Standing:
    """The same for a buyer whose silence is never consent."""
    consents = found.silence is Silence.CONSENT
    kept = () if consents else found.sentences
    due = deadline(pack, delay)
    passed = _NOW if delay.told_on > due else ""
    said = [each for each in pack.sources if each != _NEVER_RIGHTS and not (kept and each == "silence")]
    added = tuple(f"{each}{passed}" if each.endswith(_RIGHTS) else each for each in said)
    return replace(
        found,
        deadline=due,
        silence=None if consents else found.silence,
        answer_by=None if consents else found.answer_by,
        sentences=(*kept, *added) if found.remedy is Remedy.OPTIONS else found.sentences,
    )
