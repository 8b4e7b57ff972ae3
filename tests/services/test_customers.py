"""Two records that become one, who a customer was taken out, and what they want to hear of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.domain.errors import NothingToDoError, RefusedError, StoreError
from orderdesk.domain.notices import ToldBy
from orderdesk.services.answers import agree_to_wait
from orderdesk.services.apologies import apologize, orders_to_tell
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.backups import back_up
from orderdesk.services.batch import save_batch
from orderdesk.services.checks import check
from orderdesk.services.customer_data import erase_customer, export_customer
from orderdesk.services.customers import (
    add_customer,
    draft_of_customer,
    edit_customer,
    find_customer,
    merge_customers,
)
from orderdesk.services.drafts import CustomerDraft
from orderdesk.services.history import redo, undo
from orderdesk.services.imports import import_files
from orderdesk.services.messages import draft_letter
from orderdesk.services.order_entry import draft_of_order, edit_order
from orderdesk.services.orders import mark_paid, ship_order, track_parcel
from orderdesk.services.printouts import coupons_to_cut, labels_of_orders, save_printout
from orderdesk.services.slips import save_packing_slip
from orderdesk.services.telling import mark_told
from orderdesk.storage.bulk import customers_known_as
from orderdesk.storage.queries.customers import CustomersView, customer_detail, customer_ids
from tests.builders import Shop
from tests.reading import text_of
from tests.services.small_shops import small_shop, stored_facts
from tests.services.test_imports import written

EBAY = "order_number,channel,placed_at,currency,username,customer_name,sku,quantity\n{},ebay,2026-11-01,USD,{},Bob,A,1\n"
PERSONAL = ("Dana", "Whitfield", "418 Alder", "Bellingham", "98225", "dana@post.example", "555-0199", "grandmother")


@pytest.fixture
def served(shop: Shop) -> Shop:
    """A customer with a letter and coupon, an answer in her own words, notes, and a parcel that has left."""
    shop.stock("A", 0)
    shop.order("1001", ("A", 1))
    shop.order("2001", ("A", 1), customer="Erin Vale")
    dana = find_customer(shop.store, "Dana Whitfield")
    draft = draft_of_customer(shop.store, dana)
    draft.email, draft.phone, draft.note = "dana@post.example", "555-0199", "Dana is a grandmother"
    edit_customer(shop.store, dana, draft, now=shop.tick())
    concern = Wishes(concern="It is for my grandmother")
    made = apologize(shop.store, [shop.orders["1001"]], wishes=concern, now=shop.tick()).apologies[0]
    mark_told(shop.store, made.notice_id, ToldBy.PRINT, now=shop.tick())
    draft_letter(shop.store, made.notice_id, now=shop.tick())
    agree_to_wait(shop.store, shop.orders["1001"], "My grandmother can wait", now=shop.tick())
    order = draft_of_order(shop.store, shop.orders["1001"])
    order.note = "Whitfield, by the back door"
    edit_order(shop.store, shop.orders["1001"], order, now=shop.tick())
    shop.receive("A", 2)
    ship_order(shop.store, shop.orders["1001"], now=shop.tick())
    return shop


def dana(shop: Shop) -> int:
    with shop.store.read() as view:
        return int(view.value("SELECT customer_id FROM orders WHERE order_number = '1001'"))


def test_nothing_says_any_more_who_an_erased_customer_was(served: Shop, tmp_path: Path) -> None:
    customer = dana(served)
    with served.store.read() as view:
        total = view.value("SELECT total_minor FROM orders WHERE order_number = '1001'")
    erase_customer(served.store, customer, now=served.tick())
    export_customer(served.store, customer, tmp_path / "known.json")
    known = (tmp_path / "known.json").read_text("utf-8")
    assert not [word for word in PERSONAL if word.casefold() in known.casefold()]
    assert f"Erased customer {customer}" in known
    with served.store.read() as view:
        assert view.value("SELECT total_minor FROM orders WHERE order_number = '1001'") == total
        assert view.value("SELECT count(*) FROM coupon") == 1
    assert check(served.store) == []


def test_the_file_itself_holds_no_word_of_them(served: Shop, tmp_path: Path) -> None:
    erase_customer(served.store, dana(served), now=served.tick())
    copy = tmp_path / "copy.orderdesk"
    back_up(served.store, copy)
    content = copy.read_bytes().lower()  # as the full-text tables have them
    assert not [word for word in (*PERSONAL[:2], *PERSONAL[5:]) if word.lower().encode() in content]  # both live in one street


def test_the_letter_on_disk_is_drawn_again_without_them(served: Shop) -> None:
    with served.store.read() as view:
        (letter,) = customer_detail(view, dana(served), today=served.now.date()).notices
    assert "Dana" in text_of(letter.letter_path)
    erase_customer(served.store, dana(served), now=served.tick())
    words = text_of(letter.letter_path)
    assert not [word for word in PERSONAL if word in words]
    assert "Product A" in words


def test_no_file_of_the_shop_names_them_any_more(served: Shop) -> None:
    """Slip, draft, batch and sheets of labels and coupons; the other customer's letter stays."""
    store = served.store
    served.order("2002", ("A", 3), customer="Erin Vale")
    erin = apologize(store, [served.orders["2002"]], now=served.tick())
    batch = save_batch(store, [1, erin.apologies[0].notice_id], store.folder)
    save_packing_slip(store, served.orders["1001"], now=served.now)
    save_printout(store, labels_of_orders(store, [served.orders["1001"]], now=served.now))
    with store.read() as view:
        code = view.value("SELECT code FROM coupon ORDER BY id LIMIT 1")
    save_printout(store, coupons_to_cut(store, [code], now=served.now))
    before = set(store.folder.iterdir())
    assert batch in before and len(before) == 9
    erase_customer(store, dana(served), now=served.tick())
    left = sorted(store.folder.iterdir())
    assert {path.suffix for path in left} == {".pdf"}
    assert [path.name[:4] for path in left] == ["1001", "1001", "2002", "2002"]  # letter and coupon of each
    assert not [path for path in left for word in PERSONAL[:2] if word in text_of(path)]


def test_a_file_that_can_not_be_taken_out_is_named_and_the_next_try_takes_it(served: Shop) -> None:
    """Who it was is gone from the shop and from every other file by then."""
    store, customer = served.store, dana(served)
    save_packing_slip(store, served.orders["1001"], now=served.now)
    (letter,) = store.folder.glob("1001-*-letter.pdf")
    letter.unlink()
    letter.mkdir()  # a folder is no file that can be taken out
    with pytest.raises(StoreError, match=f"Erased who customer {customer} was, but can't take out .*letter.pdf"):
        erase_customer(store, customer, now=served.tick())
    assert draft_of_customer(store, customer).name == f"Erased customer {customer}"
    assert [path.name[-10:] for path in store.folder.iterdir() if path.name.startswith("1001")] == ["letter.pdf"]
    letter.rmdir()
    erase_customer(store, customer, now=served.tick())
    assert "Dana" not in text_of(letter)


def test_who_is_erased_already_is_not_erased_again_unless_there_is_something_new_to_take_out(served: Shop) -> None:
    store, customer = served.store, dana(served)
    erase_customer(store, customer, now=served.tick())
    done = said(served)
    with pytest.raises(NothingToDoError, match=f"Who customer {customer} was is erased already"):
        erase_customer(store, customer, now=served.tick())
    assert said(served) == done
    draft = draft_of_customer(store, customer)
    draft.name = "Bob Stone"
    edit_customer(store, customer, draft, now=served.tick())
    erase_customer(store, customer, now=served.tick())
    assert said(served) == [*done, "Edited customer …", f"Erased who customer {customer} was"]


def said(shop: Shop) -> list[str]:
    """What the history says, from the beginning."""
    with shop.store.read() as view:
        return [summary for (summary,) in view.all("SELECT summary FROM event ORDER BY id")]


def test_a_record_that_was_erased_with_another_leaves_the_history_as_it_is(served: Shop) -> None:
    kept = dana(served)
    other = add_customer(served.store, CustomerDraft(name="D. Whitfield", username="dana_w"), now=served.tick())
    merge = merge_customers(served.store, kept, other, now=served.tick())
    erase_customer(served.store, kept, now=served.tick())
    undo(served.store, event_id=merge.event_id, now=served.tick())
    done = said(served)
    erase_customer(served.store, other, now=served.tick())
    assert said(served) == [*done, f"Erased who customer {other} was"]


def test_a_step_that_fails_takes_no_file_out(served: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    before = set(served.store.folder.iterdir())
    monkeypatch.setattr("orderdesk.services.customer_data.erase", refuse)
    with pytest.raises(StoreError, match="disk is full"):
        erase_customer(served.store, dana(served), now=served.tick())
    assert set(served.store.folder.iterdir()) == before


def test_a_parcel_s_number_goes_with_its_customer(served: Shop, tmp_path: Path) -> None:
    track_parcel(served.store, served.orders["1001"], "UPS", "1Z999AA10123456784", now=served.tick())
    track_parcel(served.store, served.orders["1001"], "UPS", "1Z000BB", now=served.tick())
    erase_customer(served.store, dana(served), now=served.tick())
    copy = tmp_path / "copy.orderdesk"
    back_up(served.store, copy)
    assert not [number for number in (b"1Z999AA1", b"1Z000BB") if number in copy.read_bytes()]


def test_the_history_of_others_says_what_it_said(served: Shop) -> None:
    """A product and another customer that share a word with the erased one keep it."""
    served.stock("Whitfield teapot", 2)
    namesake = CustomerDraft(name="Dana Okafor", country="US")
    other = add_customer(served.store, namesake, now=served.tick())
    erase_customer(served.store, dana(served), now=served.tick())
    with served.store.read() as view:
        assert view.value("SELECT name FROM customer WHERE id = ?", (other,)) == "Dana Okafor"
    assert "Added customer Dana Okafor" in said(served)
    assert any("Whitfield teapot" in summary for summary in said(served))
    assert not [summary for summary in said(served) if "Dana Whitfield" in summary]


def test_the_other_customer_is_as_before(served: Shop) -> None:
    other = find_customer(served.store, "Erin Vale")
    before = draft_of_customer(served.store, other)
    erase_customer(served.store, dana(served), now=served.tick())
    assert draft_of_customer(served.store, other) == before


def test_erasing_can_not_be_undone_and_undoing_what_came_before_brings_nobody_back(served: Shop) -> None:
    customer = dana(served)
    erase_customer(served.store, customer, now=served.tick())
    for _ in range(3):
        try:
            undo(served.store, now=served.tick())
        except RefusedError:
            break
    assert draft_of_customer(served.store, customer).name == f"Erased customer {customer}"
    assert draft_of_customer(served.store, customer).email == ""


def test_who_still_waits_for_something_is_not_erased(served: Shop) -> None:
    with served.store.read() as view:
        erin = int(view.value("SELECT customer_id FROM orders WHERE order_number = '2001'"))
    with pytest.raises(RefusedError, match="2001 of this customer is still open"):
        erase_customer(served.store, erin, now=served.tick())


def test_two_records_become_one_and_two_again(served: Shop) -> None:
    draft = CustomerDraft(name="D. Whitfield", username="dana_w", phone="555-7777", country="US", postal_code="98225")
    other = add_customer(served.store, draft, now=served.tick())
    kept = dana(served)
    step = merge_customers(served.store, other, kept, now=served.tick())
    assert step.summary == "Merged customer Dana Whitfield into D. Whitfield"
    with served.store.read() as view:
        found = customer_detail(view, other, today=served.now.date())
    assert (found.row.name, found.row.phone, found.row.email) == ("D. Whitfield", "555-7777", "dana@post.example")
    assert [order.number for order in found.orders] == ["1001"]
    assert (len(found.notices), len(found.coupons)) == (1, 1)
    served.order("1003", ("A", 1))  # the same name and address again
    with served.store.read() as view:
        assert view.value("SELECT customer_id FROM orders WHERE order_number = '1003'") == other
    assert check(served.store) == []
    undo(served.store, now=served.tick())
    undo(served.store, now=served.tick())
    assert dana(served) == kept
    assert draft_of_customer(served.store, kept).name == "Dana Whitfield"
    assert check(served.store) == []


@pytest.mark.parametrize("keeps_dana", [True, False])
def test_a_merge_that_is_done_again_is_done_whole(served: Shop, keeps_dana: bool) -> None:
    """Orders, letters and coupons of either record, and whatever it was known by."""
    draft = CustomerDraft(name="D. Whitfield", email="dw@post.example", marketing=True)
    other = add_customer(served.store, draft, now=served.tick())
    pair = (dana(served), other) if keeps_dana else (other, dana(served))
    merge_customers(served.store, *pair, now=served.tick())
    merged = records(served)
    for _ in range(2):
        undo(served.store, now=served.tick())
        redo(served.store, now=served.tick())
        assert records(served) == merged
    with served.store.read() as view:
        keys = [f"email:{draft.email}", "email:dana@post.example"]
        assert [*customers_known_as(view, keys).values()] == [pair[0], pair[0]]
    assert check(served.store) == []


def records(shop: Shop) -> list[list[tuple[object, ...]]]:
    """All customers, what they are known by and wish, and what is theirs."""
    with shop.store.read() as view:
        whole = [view.all(f"SELECT * FROM {table} ORDER BY id") for table in ("customer", "customer_key", "marketing_consent")]
        theirs = [view.all(f"SELECT id, customer_id FROM {table} ORDER BY id") for table in ("orders", "notice", "coupon")]
    return whole + theirs


PEOPLE = ("Dana Whitfield", "Erin Vale", "Priya Raman")
RECORD = st.integers(0, len(PEOPLE))
DEEDS = st.tuples(st.sampled_from(["order", "order", "write", "tell", "merge", "merge", "edit"]), RECORD, RECORD)


@given(st.lists(DEEDS, min_size=2, max_size=8), st.lists(st.booleans(), max_size=12))
def test_whatever_is_done_with_records_that_are_merged_is_undone_and_done_again(
    deeds: list[tuple[str, int, int]], turns: list[bool]
) -> None:
    """Undo leaves no more of it than what was voided, and redo arrives where it was."""
    with small_shop() as shop:
        shop.stock("A", 0)
        for name in PEOPLE:
            add_customer(shop.store, CustomerDraft(name=name, country="US", postal_code="98225"), now=shop.tick())
        states = [(stored_facts(shop.store), records(shop))]
        for deed in deeds:
            steps = steps_to_undo(shop)
            do(shop, *deed)
            if steps_to_undo(shop) > steps:
                states.append((stored_facts(shop.store), records(shop)))
        place = len(states) - 1
        for back in [*turns, *(True for _ in states), *(False for _ in states)]:
            if place == (0 if back else len(states) - 1):
                continue
            (undo if back else redo)(shop.store, now=shop.tick())
            place += -1 if back else 1
            assert stored_facts(shop.store) == states[place][0]
        assert records(shop) == states[-1][1]
        assert check(shop.store) == []


def steps_to_undo(shop: Shop) -> int:
    with shop.store.read() as view:
        return int(view.value("SELECT count(*) FROM event WHERE undoable"))


def do(shop: Shop, what: str, first: int, second: int) -> None:
    """One step about one or two of the records that there are, where there is anything to do."""
    with shop.store.read() as view:
        ids = [key for (key,) in view.all("SELECT id FROM customer ORDER BY id")]
        ready = [key for (key,) in view.all("SELECT id FROM notice WHERE told_at IS NULL AND voided_at IS NULL")]
    one, other = ids[first % len(ids)], ids[second % len(ids)]
    match what:
        case "order":
            shop.order(f"{len(shop.orders) + 1}", ("A", 1), customer=PEOPLE[first % len(PEOPLE)])
        case "write" if waiting := orders_to_tell(shop.store, now=shop.now)[:1]:
            apologize(shop.store, waiting, now=shop.tick())
        case "tell" if ready:
            mark_told(shop.store, ready[0], ToldBy.PRINT, now=shop.tick())
        case "merge" if one != other:
            merge_customers(shop.store, one, other, now=shop.tick())
        case "edit":
            draft = draft_of_customer(shop.store, one)
            draft.note, draft.marketing = f"{draft.note}.", not draft.marketing
            edit_customer(shop.store, one, draft, now=shop.tick())


@pytest.mark.parametrize(
    ("known", "merged"),
    [
        ({}, ("Acme", "418 Alder St", "Apt 3", "Bellingham", "WA", "98225", "US")),
        ({"postal_code": "97031", "country": "CA"}, ("Acme", "418 Alder St", "Apt 3", "Bellingham", "WA", "98225", "US")),
        ({"city": "Salem", "country": "US"}, ("", "", "", "Salem", "", "", "US")),
        ({"line1": "9 Ink Lane"}, ("", "9 Ink Lane", "", "", "", "", "")),
    ],
)
def test_an_address_is_taken_over_whole_or_not_at_all(shop: Shop, known: dict[str, str], merged: tuple[str, ...]) -> None:
    parts = ("company", "line1", "line2", "city", "region", "postal_code", "country")
    address = dict(zip(parts, ("Acme", "418 Alder St", "Apt 3", "Bellingham", "WA", "98225", "US"), strict=True))
    kept = add_customer(shop.store, CustomerDraft(name="D. Whitfield", **known), now=shop.tick())
    draft = CustomerDraft(name="Dana Whitfield", phone="555-7777", **address)
    merge_customers(shop.store, kept, add_customer(shop.store, draft, now=shop.tick()), now=shop.tick())
    found = draft_of_customer(shop.store, kept)
    assert tuple(getattr(found, part) for part in parts) == merged
    assert found.phone == "555-7777"


def test_half_an_address_stays_where_the_other_record_has_no_more(shop: Shop) -> None:
    kept, other = (
        add_customer(shop.store, CustomerDraft(name=name, **known), now=shop.tick())
        for name, known in (("D.", {"postal_code": "98225"}), ("Dana", {"country": "US"}))
    )
    merge_customers(shop.store, kept, other, now=shop.tick())
    found = draft_of_customer(shop.store, kept)
    assert (found.postal_code, found.country) == ("98225", "")


def test_who_was_merged_is_still_known_by_every_name_that_they_had(shop: Shop, tmp_path: Path) -> None:
    """A marketplace's user name too; taking the merge back gives it back to the other record."""

    def buys(number: str) -> int:
        bought = EBAY.format(number, "bobby" if number != "4" else "bobby2")
        import_files(shop.store, [written(tmp_path, f"{number}.csv", bought)], now=shop.tick())
        with shop.store.read() as view:
            return int(view.value("SELECT customer_id FROM orders WHERE order_number = ?", (number,)))

    bobby = buys("1")
    kept = add_customer(shop.store, CustomerDraft(name="Robert Hill", username="rob"), now=shop.tick())
    merge = merge_customers(shop.store, kept, bobby, now=shop.tick())
    assert buys("2") == kept
    undo(shop.store, now=shop.tick())
    undo(shop.store, event_id=merge.event_id, now=shop.tick())
    assert buys("3") == bobby
    assert buys("4") not in (kept, bobby)
    assert check(shop.store) == []


def test_a_file_that_names_a_merged_record_means_the_kept_one(shop: Shop, tmp_path: Path) -> None:
    kept, other = (add_customer(shop.store, CustomerDraft(name="Bob", customer_id=key), now=shop.tick()) for key in ("17", "18"))
    merge_customers(shop.store, kept, other, now=shop.tick())
    both = "customer_id,name,phone\n17,Bob,555-0117\n18,Bob,555-0118\n"
    import_files(shop.store, [written(tmp_path, "customers.csv", both)], now=shop.tick())
    with shop.store.read() as view:
        assert view.all("SELECT id, customer_id FROM customer") == [(kept, "17")]


def test_nobody_is_merged_with_themselves(served: Shop) -> None:
    with pytest.raises(RefusedError, match="the same customer"):
        merge_customers(served.store, dana(served), dana(served), now=served.tick())


def test_consent_to_offers_is_given_withdrawn_and_never_merged(served: Shop) -> None:
    customer = dana(served)
    draft = draft_of_customer(served.store, customer)
    assert not draft.marketing
    draft.marketing = True
    edit_customer(served.store, customer, draft, now=served.tick())
    assert draft_of_customer(served.store, customer).marketing
    draft.marketing = False
    edit_customer(served.store, customer, draft, now=served.tick())
    assert not draft_of_customer(served.store, customer).marketing
    with served.store.read() as view:
        assert view.one("SELECT count(*), count(withdrawn_at) FROM marketing_consent") == (1, 1)
    undo(served.store, now=served.tick())
    other = add_customer(served.store, CustomerDraft(name="D. Whitfield"), now=served.tick())
    merge_customers(served.store, other, customer, now=served.tick())
    assert not draft_of_customer(served.store, other).marketing


def wish(shop: Shop, customer: int, *answers: bool) -> None:
    for answer in answers:
        draft = draft_of_customer(shop.store, customer)
        draft.marketing = answer
        edit_customer(shop.store, customer, draft, now=shop.tick())


@pytest.mark.parametrize(("first", "mine", "then"), [((), (True,), False), ((True,), (), True), ((), (), False)])
def test_who_withdrew_consent_under_another_name_has_withdrawn_it(
    served: Shop, first: tuple[bool, ...], mine: tuple[bool, ...], then: bool
) -> None:
    """The last word counts: `mine` was said before the other record withdrew, what is said `then` after it."""
    kept, other = dana(served), add_customer(served.store, CustomerDraft(name="D. Whitfield"), now=served.tick())
    wish(served, kept, *mine)
    wish(served, other, True, False)
    wish(served, kept, *first)
    before = records(served)
    merge_customers(served.store, kept, other, now=served.tick())
    assert draft_of_customer(served.store, kept).marketing is then
    with served.store.read() as view:
        assert view.one("SELECT customer_id, withdrawn_at IS NULL FROM marketing_consent") == (kept, then)
    undo(served.store, now=served.tick())
    assert records(served) == before


def test_who_is_perhaps_there_twice_is_found_and_merged(shop: Shop) -> None:
    drafts = (
        CustomerDraft(name="Dana Whitfield", postal_code="98225", username="dana_w"),
        CustomerDraft(name="dana whitfield", postal_code="98225", username="dw"),
        CustomerDraft(name="Dana Whitfield", postal_code="10001"),
        CustomerDraft(name="D.", email="Erin@post.example"),
        CustomerDraft(name="Erin Vale", username="erin"),
    )
    ids = [add_customer(shop.store, draft, now=shop.tick()) for draft in drafts]
    erin = draft_of_customer(shop.store, ids[4])
    erin.email = "erin@POST.example"
    edit_customer(shop.store, ids[4], erin, now=shop.tick())

    def twice() -> set[int]:
        with shop.store.read() as view:
            return set(customer_ids(view, CustomersView(filter="twice"), today=shop.now.date()))

    assert twice() == {ids[0], ids[1], ids[3], ids[4]}
    merge_customers(shop.store, ids[0], ids[1], now=shop.tick())
    assert twice() == {ids[3], ids[4]}


def test_a_later_file_opens_no_order_of_an_erased_customer_and_changes_those_beside_it(shop: Shop, tmp_path: Path) -> None:
    shop.stock("A", 9)
    first = EBAY.format("1", "bobby") + EBAY.format("2", "ann").split("\n")[1] + "\n"
    import_files(shop.store, [written(tmp_path, "one.csv", first)], now=shop.tick())
    with shop.store.read() as view:
        (order, bobby), _ = view.all("SELECT id, customer_id FROM orders ORDER BY order_number")
    mark_paid(shop.store, order, now=shop.tick())
    ship_order(shop.store, order, now=shop.tick())
    erase_customer(shop.store, bobby, now=shop.tick())
    later = written(tmp_path, "two.csv", first.replace(",A,1", ",A,3"))
    (result,) = import_files(shop.store, [later], now=shop.tick()).files
    assert result.changed == 1
    (skipped,) = result.skipped
    assert "Order 1 would be open, and who its customer was is erased." in skipped.reason
