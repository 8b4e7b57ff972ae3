"""By when a customer has to be told, and what silence means, as the window shows it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from orderdesk.domain.notices import ToldBy
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.drafts import OrderDraft
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.telling import mark_order_told
from orderdesk.storage.queries.deadlines import Deadline, deadlines
from orderdesk.storage.queries.order_detail import order_detail
from orderdesk.storage.queries.today import agenda
from tests.builders import Shop
from tests.queries.conftest import TODAY


def deadline_of(shop: Shop, number: str) -> Deadline:
    with shop.store.read() as view:
        return deadlines(view, [shop.orders[number]], today=shop.now.date())[shop.orders[number]]


def edit(shop: Shop, number: str, **facts: object) -> None:
    draft: OrderDraft = draft_of_order(shop.store, shop.orders[number])
    for name, value in facts.items():
        setattr(draft, name, value)
    edit_order(shop.store, shop.orders[number], draft, now=shop.tick())


@pytest.mark.parametrize(
    ("delivery", "silence"),
    [("2027-01-02", "consent"), ("2027-01-03", "cancellation"), ("", "cancellation")],
    ids=["30 days late", "31 days late", "nobody knows when"],
)
def test_until_the_customer_is_told_silence_means_what_the_next_delivery_makes_of_it(
    shop: Shop, delivery: str, silence: str
) -> None:
    shop.stock("LAMP", 0, on_order="4" if delivery else "", on_order_expected_on=delivery)
    shop.order("1001", ("LAMP", 1))
    assert deadline_of(shop, "1001") == Deadline(date(2026, 12, 3), silence=silence)


def test_one_line_without_a_delivery_leaves_the_whole_order_without_a_date(shop: Shop) -> None:
    shop.stock("LAMP", 0, on_order="4", on_order_expected_on="2026-12-10")
    shop.stock("ROBOT", 0)
    shop.order("1001", ("LAMP", 1), ("ROBOT", 1))
    assert deadline_of(shop, "1001").silence == "cancellation"


def test_a_letter_that_leaves_a_line_without_a_day_has_promised_none(shop: Shop) -> None:
    shop.stock("LAMP", 0, on_order="4", on_order_expected_on="2026-12-10")
    shop.stock("ROBOT", 0)
    shop.order("1001", ("LAMP", 1), ("ROBOT", 1))
    shop.order("1002", ("LAMP", 1), customer="Erin Vale")
    for number, given in (("1001", None), ("1002", date(2026, 12, 10))):
        apologize(shop.store, [shop.orders[number]], now=shop.tick())
        mark_order_told(shop.store, shop.orders[number], ToldBy.PHONE, now=shop.tick())
        with shop.store.read() as view:
            detail = order_detail(view, shop.orders[number], today=TODAY)
        assert (detail.row.promised_on, deadline_of(shop, number).given) == (given, given)
        assert deadline_of(shop, number).silence is not None


def test_a_stated_day_comes_before_the_thirtieth(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1), ship_by="2026-11-20")
    assert deadline_of(shop, "1001").tell_by == date(2026, 11, 20)


def test_on_credit_there_are_fifty_days(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1))
    edit(shop, "1001", on_credit=True)
    assert deadline_of(shop, "1001").tell_by == date(2026, 12, 23)
    edit(shop, "1001", on_credit=False)
    assert deadline_of(shop, "1001").tell_by == date(2026, 12, 3)


def test_a_day_given_by_hand_in_the_letter_that_lies_ready_is_the_one_that_silence_is_about(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1), placed_on="2026-11-12")
    apologize(shop.store, [shop.orders["1001"]], wishes=Wishes(new_date=date(2026, 12, 28)), now=shop.tick())
    assert deadline_of(shop, "1001") == Deadline(date(2026, 12, 12), silence="consent")
    shop.now += timedelta(days=50)  # what has passed is promised to nobody
    assert deadline_of(shop, "1001").silence == "cancellation"


def test_in_the_eu_silence_is_never_consent(shop: Shop) -> None:
    shop.stock("LAMP", 0, on_order="4", on_order_expected_on="2026-12-01")
    shop.order("1001", ("LAMP", 1))
    edit(shop, "1001", ship_country="FR", ship_city="Lyon", ship_line1="3 rue Royale", ship_region="", ship_postal_code="69001")
    assert deadline_of(shop, "1001") == Deadline(date(2026, 12, 3))


def test_once_told_it_is_what_the_letter_says(shop: Shop) -> None:
    shop.stock("LAMP", 0, on_order="4", on_order_expected_on="2026-12-15")
    shop.order("1001", ("LAMP", 1))
    apologize(shop.store, [shop.orders["1001"]], now=shop.tick())
    mark_order_told(shop.store, shop.orders["1001"], ToldBy.PHONE, now=shop.tick())
    assert deadline_of(shop, "1001") == Deadline(None, date(2026, 12, 15), "consent", date(2026, 12, 15))


def test_today_and_the_pane_show_the_first_deadline_of_the_customers_orders(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1), ship_by="2026-12-20")
    shop.order("1002", ("LAMP", 1))
    with shop.store.read() as view:
        (waiting,) = agenda(view, today=TODAY).to_tell.first
        assert waiting.deadline == Deadline(date(2026, 12, 3), silence="cancellation")
        assert order_detail(view, shop.orders["1001"], today=TODAY).deadline == Deadline(
            date(2026, 12, 20), silence="cancellation"
        )
