"""What the country packs make of a delay: the cases of the rule texts, and their edges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.notices import next_update
from orderdesk.domain.packs import (
    DE,
    EU,
    UK,
    US,
    Delay,
    Pack,
    Remedy,
    Silence,
    Standing,
    deadline,
    pack_of,
    refund_day,
    standing,
)

TOLD_AROUND_THE_FIFTIETH = ("2026-12-23", "2026-12-24")
CONSENT, CANCELLATION = Silence.CONSENT, Silence.CANCELLATION


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def known(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("ordered", "stated", "due"),
    [
        ("2026-11-03", None, "2026-12-03"),
        ("2026-11-03", "2026-11-08", "2026-11-08"),
        ("2028-01-30", None, "2028-02-29"),
        ("2027-01-30", None, "2027-03-01"),
        ("2028-01-31", None, "2028-03-01"),
        ("2026-12-02", None, "2027-01-01"),
        ("2026-12-31", None, "2027-01-30"),
        ("2027-01-31", None, "2027-03-02"),
        ("2028-02-29", None, "2028-03-30"),
    ],
)
@pytest.mark.parametrize("pack", [US, EU, UK, DE])
def test_an_order_is_due_on_the_stated_day_or_thirty_days_later(pack: Pack, ordered: str, stated: str | None, due: str) -> None:
    assert deadline(pack, Delay(known(ordered), day(stated), known(ordered), None)) == known(due)


@pytest.mark.parametrize(
    ("pack", "ordered", "stated", "due"),
    [
        (US, "2026-11-03", None, "2026-12-23"),
        (US, "2028-01-10", None, "2028-02-29"),
        (US, "2026-11-03", "2026-11-20", "2026-11-20"),
        (EU, "2026-11-03", None, "2026-12-03"),
        (UK, "2026-11-03", None, "2026-12-03"),
    ],
)
def test_a_buyer_who_applied_for_credit_waits_fifty_days_in_the_united_states_alone(
    pack: Pack, ordered: str, stated: str | None, due: str
) -> None:
    assert deadline(pack, Delay(known(ordered), day(stated), known(ordered), None, on_credit=True)) == known(due)


def test_on_credit_the_last_day_to_tell_is_the_fiftieth() -> None:
    delays = [
        Delay(known("2026-11-03"), None, known(told), known("2027-01-22"), on_credit=True) for told in TOLD_AROUND_THE_FIFTIETH
    ]
    assert [standing("US", "US", delay).remedy for delay in delays] == [Remedy.OPTIONS, Remedy.REFUND]


@pytest.mark.parametrize(
    ("ordered", "stated", "told", "new", "silence", "answer_by", "refund_by"),
    [
        # the cases of the notes
        ("2026-11-03", None, "2026-11-17", "2026-12-15", CONSENT, "2026-12-15", None),
        ("2026-11-03", None, "2026-11-17", "2027-01-02", CONSENT, "2027-01-02", None),
        ("2026-11-03", None, "2026-11-17", "2027-01-03", CANCELLATION, "2027-01-02", "2027-01-12"),
        ("2026-11-03", "2026-11-08", "2026-11-08", "2026-12-08", CONSENT, "2026-12-08", None),
        # one day past thirty, no date, exactly on the deadline
        ("2026-11-03", "2026-11-08", "2026-11-08", "2026-12-09", CANCELLATION, "2026-12-08", "2026-12-18"),
        ("2026-11-03", None, "2026-12-03", None, CANCELLATION, "2027-01-02", "2027-01-12"),
        ("2026-11-03", None, "2026-12-03", "2026-12-04", CONSENT, "2026-12-04", None),
        ("2026-11-03", None, "2026-11-03", "2026-12-03", CONSENT, "2026-12-03", None),
        # leap day: the deadline, and the thirty days after it
        ("2028-01-30", None, "2028-02-29", "2028-03-30", CONSENT, "2028-03-30", None),
        ("2028-01-30", None, "2028-02-29", "2028-03-31", CANCELLATION, "2028-03-30", "2028-04-11"),
        # year's end: December 25 and New Year's Day are no working days
        ("2026-10-25", None, "2026-11-20", None, CANCELLATION, "2026-12-24", "2027-01-06"),
        ("2026-10-26", None, "2026-11-20", None, CANCELLATION, "2026-12-25", "2027-01-06"),
        # Thanksgiving and the Monday holidays of January and February
        ("2026-09-21", None, "2026-10-01", None, CANCELLATION, "2026-11-20", "2026-12-02"),
        ("2026-11-10", None, "2026-12-01", None, CANCELLATION, "2027-01-09", "2027-01-20"),
        ("2026-12-12", None, "2027-01-01", None, CANCELLATION, "2027-02-10", "2027-02-23"),
    ],
)
def test_a_first_notice_in_the_united_states(
    ordered: str, stated: str | None, told: str, new: str | None, silence: Silence, answer_by: str, refund_by: str | None
) -> None:
    found = standing("US", "US", Delay(known(ordered), day(stated), known(told), day(new)))
    assert (found.remedy, found.silence, found.answer_by, found.refund_by) == (
        Remedy.OPTIONS,
        silence,
        known(answer_by),
        day(refund_by),
    )
    assert found.sentences == ("us_consent" if silence is CONSENT else "us_canceled",)


@pytest.mark.parametrize(
    ("ordered", "stated", "told", "refund_by"),
    [
        ("2026-11-03", None, "2026-12-04", "2026-12-15"),
        ("2026-11-03", "2026-11-08", "2026-11-09", "2026-11-19"),
        ("2028-01-30", None, "2028-03-01", "2028-03-10"),
        ("2026-11-23", None, "2026-12-24", "2027-01-06"),
        # long past every date: the refund is overdue, so it goes out on the next working day; over Thanksgiving and a weekend too
        ("2026-01-05", None, "2026-11-17", "2026-11-18"),
        ("2026-01-05", None, "2026-11-25", "2026-11-27"),
        ("2026-01-05", None, "2026-11-27", "2026-11-30"),
        # on the last day it is still in time
        ("2026-11-03", None, "2026-12-15", "2026-12-15"),
    ],
)
def test_who_was_not_asked_in_time_gets_the_refund(ordered: str, stated: str | None, told: str, refund_by: str) -> None:
    found = standing("US", "US", Delay(known(ordered), day(stated), known(told), known("2027-06-01")))
    assert (found.remedy, found.silence, found.answer_by, found.refund_by) == (Remedy.REFUND, None, None, known(refund_by))
    assert found.sentences == ("refund",)


@pytest.mark.parametrize(
    ("last", "told", "new", "remedy", "answer_by", "refund_by"),
    [
        ("2026-12-15", "2026-12-10", "2026-12-20", Remedy.OPTIONS, "2026-12-15", "2026-12-28"),
        ("2026-12-15", "2026-12-15", None, Remedy.OPTIONS, "2026-12-15", "2026-12-28"),
        ("2026-12-15", "2026-12-16", "2026-12-20", Remedy.REFUND, None, "2026-12-28"),
        (None, "2027-01-02", "2027-02-01", Remedy.OPTIONS, "2027-01-02", "2027-01-12"),
        (None, "2027-01-03", "2027-02-01", Remedy.REFUND, None, "2027-01-12"),
    ],
)
def test_a_renewed_notice_ends_at_the_last_date_given(
    last: str | None, told: str, new: str | None, remedy: Remedy, answer_by: str | None, refund_by: str
) -> None:
    delay = Delay(known("2026-11-03"), None, known(told), day(new), told_before=True, waits_until=day(last))
    found = standing("US", "US", delay)
    assert (found.remedy, found.answer_by, found.refund_by) == (remedy, day(answer_by), known(refund_by))
    assert found.silence is (CANCELLATION if remedy is Remedy.OPTIONS else None)


@pytest.mark.parametrize(
    ("last", "told", "new", "remedy", "silence", "answer_by", "refund_by"),
    [
        # given a day before December 3, by which it was to ship anyway: nothing is over until then
        ("2026-11-20", "2026-11-20", "2026-12-10", Remedy.OPTIONS, CANCELLATION, "2026-12-03", "2026-12-15"),
        ("2026-11-20", "2026-11-21", "2026-12-10", Remedy.OPTIONS, CANCELLATION, "2026-12-03", "2026-12-15"),
        ("2026-11-20", "2026-11-21", None, Remedy.OPTIONS, CANCELLATION, "2026-12-03", "2026-12-15"),
        ("2026-11-20", "2026-11-21", "2026-12-03", Remedy.OPTIONS, CONSENT, "2026-12-03", None),
        ("2026-11-20", "2026-12-03", "2026-12-04", Remedy.OPTIONS, CANCELLATION, "2026-12-03", "2026-12-15"),
        ("2026-11-20", "2026-12-04", "2026-12-10", Remedy.REFUND, None, None, "2026-12-15"),
        # given that very day, and the day after
        ("2026-12-03", "2026-12-03", "2026-12-10", Remedy.OPTIONS, CANCELLATION, "2026-12-03", "2026-12-15"),
        ("2026-12-03", "2026-12-04", "2026-12-10", Remedy.REFUND, None, None, "2026-12-15"),
        ("2026-12-04", "2026-12-04", "2026-12-10", Remedy.OPTIONS, CANCELLATION, "2026-12-04", "2026-12-15"),
        ("2026-12-04", "2026-12-05", "2026-12-10", Remedy.REFUND, None, None, "2026-12-15"),
    ],
)
def test_a_date_before_the_order_was_due_shortens_nobodys_rights(
    last: str, told: str, new: str | None, remedy: Remedy, silence: Silence | None, answer_by: str | None, refund_by: str | None
) -> None:
    """16 CFR 435.2(b): there is an option to offer where the order can't ship within the time of (a)(1)."""
    delay = Delay(known("2026-11-03"), None, known(told), day(new), told_before=True, waits_until=day(last))
    found = standing("US", "US", delay)
    assert (found.remedy, found.silence) == (remedy, silence)
    assert (found.answer_by, found.refund_by) == (day(answer_by), day(refund_by))


@pytest.mark.parametrize(
    ("until", "new", "silence", "answer_by", "refund_by"),
    [
        # not later than the date she waits for: nothing is asked and nothing canceled
        ("2026-12-15", "2026-12-10", CONSENT, "2026-12-10", None),
        ("2026-12-15", "2026-12-15", CONSENT, "2026-12-15", None),
        # later, or not known: canceled at the last date she waits for, whatever was offered since
        ("2026-12-15", "2026-12-16", CANCELLATION, "2026-12-15", "2026-12-28"),
        ("2026-12-15", None, CANCELLATION, "2026-12-15", "2026-12-28"),
        # told of no date before, or of one too far: what she would have agreed to by silence asks for no more now
        (None, "2026-12-20", CONSENT, "2026-12-20", None),
        (None, "2027-01-02", CONSENT, "2027-01-02", None),
        (None, "2027-01-03", CANCELLATION, "2027-01-02", "2027-01-12"),
        (None, None, CANCELLATION, "2027-01-02", "2027-01-12"),
    ],
)
def test_a_later_notice_asks_for_no_more_than_was_agreed(
    until: str | None, new: str | None, silence: Silence, answer_by: str, refund_by: str | None
) -> None:
    delay = Delay(known("2026-11-03"), None, known("2026-11-25"), day(new), told_before=True, waits_until=day(until))
    found = standing("US", "US", delay)
    assert (found.remedy, found.silence, found.answer_by, found.refund_by) == (
        Remedy.OPTIONS,
        silence,
        known(answer_by),
        day(refund_by),
    )
    assert found.sentences == ("us_kept" if silence is CONSENT else "us_renewed",)


@pytest.mark.parametrize("told", ["2026-11-25", "2027-06-01"])
@pytest.mark.parametrize(
    ("new", "silence", "sentence"),
    [(None, None, "us_agreed"), ("2027-08-01", CONSENT, "us_kept"), ("2026-12-20", CONSENT, "us_kept")],
)
def test_who_agreed_to_wait_however_long_is_asked_nothing(
    told: str, new: str | None, silence: Silence | None, sentence: str
) -> None:
    delay = Delay(known("2026-11-03"), None, known(told), day(new), told_before=True, open_ended=True)
    found = standing("US", "US", delay)
    assert (found.remedy, found.silence, found.answer_by, found.sentences) == (Remedy.OPTIONS, silence, day(new), (sentence,))


@pytest.mark.parametrize(
    ("right", "sent_by"),
    [
        ("2026-09-05", "2026-09-16"),  # Labor Day
        ("2026-11-20", "2026-12-02"),  # Thanksgiving
        ("2027-01-03", "2027-01-12"),
        ("2026-12-04", "2026-12-15"),
        ("2026-07-01", "2026-07-13"),  # July 4 is a Saturday: kept on Friday the 3rd
        ("2027-06-30", "2027-07-12"),  # July 4 is a Sunday: kept on Monday the 5th
        ("2027-12-30", "2028-01-11"),  # January 1, 2028, is a Saturday: kept on December 31, 2027
        ("2026-06-18", "2026-06-30"),  # June 19
        ("2026-11-10", "2026-11-20"),  # November 11
        ("2026-10-09", "2026-10-21"),  # the second Monday of October
        ("2026-05-22", "2026-06-03"),  # the last Monday of May
    ],
)
def test_a_refund_is_sent_within_seven_working_days(right: str, sent_by: str) -> None:
    assert refund_day(US, known(right)) == known(sent_by)
    assert refund_day(EU, known(right)) is None


@pytest.mark.parametrize(
    ("shop", "buyer", "sentences"),
    [
        ("DE", "DE", ("silence", "de_rights")),
        ("FR", "FR", ("silence", "eu_rights")),
        ("GB", "GB", ("silence", "uk_rights")),
        ("DE", "US", ("silence", "de_rights")),
        ("DE", "AT", ("silence", "eu_rights")),
        ("DE", "GB", ("silence", "uk_rights")),
        ("GB", "DE", ("silence", "de_rights")),
        ("FR", "DE", ("silence", "de_rights")),
        ("ES", "FR", ("silence", "eu_rights")),
        ("CA", "FR", ("silence", "eu_rights")),
        ("US", "FR", ("silence", "eu_rights")),
        ("US", "GB", ("silence", "uk_rights")),
    ],
)
def test_silence_is_never_consent_in_the_eu_and_the_uk(shop: str, buyer: str, sentences: tuple[str, ...]) -> None:
    found = standing(shop, buyer, Delay(known("2026-11-03"), None, known("2026-11-17"), known("2026-12-15")))
    assert (found.deadline, found.silence, found.answer_by, found.sentences) == (known("2026-12-03"), None, None, sentences)


def test_what_the_seller_owes_stays_owed_to_a_buyer_abroad() -> None:
    late = standing("US", "FR", Delay(known("2026-11-03"), None, known("2026-12-04"), known("2026-12-15")))
    assert (late.remedy, late.sentences) == (Remedy.REFUND, ("refund",))
    undated = standing("US", "FR", Delay(known("2026-11-03"), None, known("2026-11-17"), None))
    assert (undated.silence, undated.sentences) == (CANCELLATION, ("us_canceled", "eu_rights"))


@pytest.mark.parametrize("new", [None, "2026-12-10", "2027-03-01"])
@pytest.mark.parametrize("told_before", [False, True])
@pytest.mark.parametrize("country", ["DE", "FR", "GB"])
def test_without_an_answer_an_order_stays_open_in_the_eu_and_the_uk(new: str | None, told_before: bool, country: str) -> None:
    delay = Delay(known("2026-11-03"), None, known("2026-11-17"), day(new), told_before, day("2026-12-15"))
    found = standing(country, country, delay)
    assert (found.silence, found.answer_by, found.refund_by) == (None, None, None)
    assert found.sentences[0] == "silence"


def test_late_in_the_eu_still_leaves_the_choice() -> None:
    late = standing("DE", "DE", Delay(known("2026-11-03"), None, known("2027-03-01"), known("2027-03-15")))
    assert (late.remedy, late.deadline) == (Remedy.OPTIONS, known("2026-12-03"))


@pytest.mark.parametrize(("shop", "buyer"), [("CA", "CA"), ("JP", "US"), ("", "")])
def test_where_no_pack_is_known_nothing_is_claimed(shop: str, buyer: str) -> None:
    found = standing(shop, buyer, Delay(known("2026-11-03"), None, known("2026-11-17"), None))
    assert (found.deadline, found.silence, found.sentences) == (None, None, ())


@pytest.mark.parametrize(("country", "code"), [("us", "us"), ("GB", "uk"), ("DE", "de"), ("AT", "eu"), ("CH", None), ("", None)])
def test_a_country_has_its_pack(country: str, code: str | None) -> None:
    pack = pack_of(country)
    assert (pack and pack.code) == code


@pytest.mark.parametrize(
    ("letter_on", "answer_by", "update_on"),
    [
        ("2026-11-17", None, "2026-12-01"),  # in two weeks
        ("2026-11-12", None, "2026-11-25"),  # the 26th is Thanksgiving
        ("2026-11-14", None, "2026-11-27"),  # a Saturday
        ("2026-11-17", "2027-01-02", "2026-12-01"),
        ("2026-11-17", "2026-12-03", "2026-11-25"),  # a week before they have to answer, and that is Thanksgiving
        ("2026-11-20", "2026-12-04", "2026-11-27"),  # that is a week ahead
        ("2026-11-23", "2026-12-04", "2026-12-07"),  # that is not: when they have to have answered
        ("2026-11-17", "2026-11-20", "2026-11-23"),
        ("2026-11-20", "2026-11-20", "2026-11-23"),
    ],
)
def test_who_is_given_no_date_is_given_the_day_of_the_next_word(letter_on: str, answer_by: str | None, update_on: str) -> None:
    standings = {"1": Standing(answer_by=day(answer_by))}
    assert next_update(known(letter_on), [("1", None)], standings, "US") == known(update_on)
    assert next_update(known(letter_on), [("1", known("2026-12-24"))], standings, "US") is None
    assert next_update(known(letter_on), [("1", None)], {"1": Standing(remedy=Remedy.REFUND)}, "US") is None


DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(ordered=DAYS, told_after=st.integers(0, 200), new_after=st.one_of(st.none(), st.integers(0, 200)))
def test_the_standing_is_what_the_rule_says_on_every_day(ordered: date, told_after: int, new_after: int | None) -> None:
    told = ordered + timedelta(days=told_after)
    new = None if new_after is None else ordered + timedelta(days=new_after)
    found = standing("US", "US", Delay(ordered, None, told, new))
    assert (found.remedy is Remedy.REFUND) == (told_after > 30)
    if found.remedy is Remedy.OPTIONS:
        assert (found.silence is CONSENT) == (new_after is not None and new_after <= 60)
        assert found.answer_by == (new if found.silence is CONSENT else ordered + timedelta(days=60))
    else:
        assert found.refund_by is not None and found.refund_by >= told
