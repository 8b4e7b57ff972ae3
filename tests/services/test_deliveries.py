"""Letters out of the door: each recorded once, the customer told where they are, and what a crash leaves is asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from typing_extensions import override

from orderdesk.documents.errors import MailAddressError
from orderdesk.documents.mail import Mail
from orderdesk.documents.messages import Channel
from orderdesk.domain.changes import Changes
from orderdesk.domain.coupons import printed
from orderdesk.domain.errors import NothingToDoError, RefusedError, SendingError, StoreError, UnknownOutcomeError
from orderdesk.domain.goodwill import Offer, OfferKind
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy, Way
from orderdesk.services import customers, history, orders
from orderdesk.services.apologies import Apology, apologize
from orderdesk.services.apology_letter import BY_DEFAULT, Wishes
from orderdesk.services.checks import check
from orderdesk.services.coupons import redeem_coupon, void_coupon
from orderdesk.services.deliveries import (
    answer_handed_over,
    hand_over,
    letter_to_hand_over,
    record,
    require_deliverable,
    unanswered,
)
from orderdesk.services.endings import write_good_news
from orderdesk.services.messages import draft_letter, note_copied, send_letter, write_message
from orderdesk.services.ports import Mailer
from orderdesk.services.printing import letters_to_print
from orderdesk.services.shop import save_shop_profile
from orderdesk.services.shop_pictures import Picture, save_picture
from orderdesk.services.telling import mark_told
from orderdesk.storage.queries.history import HistoryRow
from orderdesk.storage.queries.order_detail import OrderDetail, order_detail
from orderdesk.storage.store import Store
from tests.builders import HOLLOW_OAK, Shop
from tests.reading import text_of

DAY_AFTER_THE_DEADLINE = datetime(2026, 12, 4, 20, tzinfo=UTC)


@dataclass
class Postbox(Mailer):
    """Takes every e-mail, or fails as it is told."""

    failure: BaseException | None = None
    mails: list[Mail] = field(default_factory=list)

    @override
    def send(self, mail: Mail) -> None:
        if self.failure is not None:
            raise self.failure
        self.mails.append(mail)


@pytest.fixture
def short(shop: Shop) -> Shop:
    """One of two lamps is there; the customer's e-mail address is known."""
    shop.stock("LAMP", 1, price="64.00")
    shop.order("1042", ("LAMP", 2))
    known_as(shop, email="dana@example.com")
    return shop


def test_an_order_that_came_into_a_letter_later_has_that_letter(short: Shop) -> None:
    first = apologize(short.store, [short.orders["1042"]], now=short.tick()).apologies[0]
    short.order("2000", ("LAMP", 1))
    apologize(short.store, [short.orders["2000"]], now=short.tick())
    assert letter_to_hand_over(short.store, short.orders["2000"]) == first.notice_id


def known_as(shop: Shop, **facts: str) -> None:
    key = customers.find_customer(shop.store, "Dana Whitfield")
    customers.edit_customer(shop.store, key, replace(customers.draft_of_customer(shop.store, key), **facts), now=shop.tick())


def letter(shop: Shop, wishes: Wishes = BY_DEFAULT) -> Apology:
    return apologize(shop.store, [shop.orders["1042"]], now=shop.tick(), wishes=wishes).apologies[0]


def detail(shop: Shop) -> OrderDetail:
    with shop.store.read() as view:
        return order_detail(view, shop.orders["1042"], today=shop.now.date())


def last_step(shop: Shop) -> HistoryRow:
    return detail(shop).history[0]


def deliveries(store: Store) -> list[tuple[str, str, str]]:
    with store.read() as view:
        return [(way, text, at) for way, text, at in view.all("SELECT way, detail, at FROM delivery ORDER BY id")]


@pytest.mark.parametrize(
    ("way", "by", "summary"),
    [
        (Way.PRINTED, "print", "Letter to Dana Whitfield printed on OrderJet 5"),
        (Way.EMAILED, "email", "Letter to Dana Whitfield e-mailed to OrderJet 5"),
        (Way.COPIED, "message", "Letter to Dana Whitfield copied for OrderJet 5"),
        (Way.DRAFTED, None, "Letter to Dana Whitfield drafted for OrderJet 5"),
    ],
)
def test_each_way_is_one_step_with_one_delivery_and_tells_all_but_by_a_draft(
    short: Shop, way: Way, by: str | None, summary: str
) -> None:
    made = letter(short)
    step = record(short.store, made.notice_id, way, "OrderJet 5", now=short.tick())
    (notice,) = detail(short).notices
    assert (step.summary, notice.told_by) == (summary, by)
    assert (notice.told_at, detail(short).row.told_at) == ((short.now, short.now) if by else (None, None))
    assert (last_step(short).kind, last_step(short).summary) == (way.value, summary)
    assert deliveries(short.store) == [(way.value, "OrderJet 5", "2026-11-17T09:05:00Z")]
    assert check(short.store) == []


def test_who_was_told_before_stays_told_as_they_were(short: Shop) -> None:
    made = letter(short)
    record(short.store, made.notice_id, Way.PRINTED, "", now=short.tick())
    told_at = short.now
    record(short.store, made.notice_id, Way.COPIED, "Etsy", now=short.tick())
    (notice,) = detail(short).notices
    assert (notice.told_at, notice.told_by) == (told_at, "print")
    assert [way for way, _, _ in deliveries(short.store)] == ["printed", "copied"]
    assert [step.kind for step in detail(short).history][:2] == ["copied", "printed"]


def test_whoever_shows_an_order_hears_that_its_letter_went_out_once_more(short: Shop) -> None:
    made = letter(short)
    record(short.store, made.notice_id, Way.PRINTED, "", now=short.tick())
    heard: list[Changes] = []
    short.store.subscribe(heard.append)
    record(short.store, made.notice_id, Way.PRINTED, "", now=short.tick())
    assert [each.orders for each in heard] == [{short.orders["1042"]}]


def test_a_letter_that_was_taken_back_stays_in_the_orders_timeline(short: Shop) -> None:
    made = letter(short)
    record(short.store, made.notice_id, Way.DRAFTED, "dana@example.com", now=short.tick())
    history.undo(short.store, now=short.tick())
    letter(short)
    assert [step.summary for step in detail(short).history if step.kind == "drafted"] == [
        "Letter to Dana Whitfield drafted for dana@example.com"
    ]


@pytest.mark.parametrize("way", list(Way))
def test_a_letter_that_was_taken_back_goes_nowhere(short: Shop, way: Way) -> None:
    made = letter(short)
    history.undo(short.store, now=short.tick())
    for refused in (record, lambda *words, now: hand_over(*words, lambda: None, now=now)):
        with pytest.raises(RefusedError, match="was taken back"):
            refused(short.store, made.notice_id, way, "", now=short.tick())
    assert deliveries(short.store) == []


@pytest.mark.parametrize("way", list(Way))
def test_a_letter_that_came_too_late_goes_nowhere_until_its_customer_was_told(short: Shop, way: Way) -> None:
    made = letter(short, Wishes(new_date=datetime(2026, 12, 15, tzinfo=UTC).date()))
    with pytest.raises(RefusedError, match="came too late"):
        record(short.store, made.notice_id, way, "", now=DAY_AFTER_THE_DEADLINE)
    assert deliveries(short.store) == []
    record(short.store, made.notice_id, Way.PRINTED, "", now=short.tick())
    require_deliverable(short.store, made.notice_id, now=DAY_AFTER_THE_DEADLINE)
    record(short.store, made.notice_id, way, "", now=DAY_AFTER_THE_DEADLINE)


def test_undo_takes_back_that_a_customer_was_told_by_a_copy_but_not_by_an_e_mail(short: Shop) -> None:
    made = letter(short)
    record(short.store, made.notice_id, Way.COPIED, "eBay", now=short.tick())
    history.undo(short.store, now=short.tick())
    assert detail(short).row.told_at is None
    assert [way for way, _, _ in deliveries(short.store)] == ["copied"]
    record(short.store, made.notice_id, Way.EMAILED, "dana@example.com", now=short.tick())
    with pytest.raises(RefusedError, match=r"e-mailed to dana@example\.com” can't be undone"):
        history.undo(short.store, now=short.tick())
    with pytest.raises(RefusedError):
        history.undo(short.store, event_id=detail(short).history[-1].event_id, now=short.tick())
    assert detail(short).notices[0].told_by == "email"


def test_a_text_to_copy_tells_once_it_was_copied(short: Shop) -> None:
    made = write_message(short.store, letter(short).notice_id, Channel.ETSY, with_coupon=True, now=short.tick())
    assert made.text.startswith(made.subject + "\n\nDear Dana,")
    assert (made.coupon_left_out, detail(short).row.told_at) == (True, None)
    note_copied(short.store, made, now=short.tick())
    assert last_step(short).summary == "Letter to Dana Whitfield copied for Etsy"
    assert detail(short).notices[0].told_by == "message"


def test_a_text_that_is_copied_again_is_recorded_once_while_its_customer_knows(short: Shop) -> None:
    made = letter(short).notice_id
    etsy, ebay = (write_message(short.store, made, channel, now=short.tick()) for channel in (Channel.ETSY, Channel.EBAY))
    for message in (etsy, etsy, ebay, ebay, etsy):
        note_copied(short.store, message, now=short.tick())
    assert [text for _, text, _ in deliveries(short.store)] == ["Etsy", "eBay"]
    history.undo(short.store, now=short.tick())  # that they were told by the first copy
    note_copied(short.store, etsy, now=short.tick())
    assert [text for _, text, _ in deliveries(short.store)] == ["Etsy", "eBay", "Etsy"]
    assert detail(short).notices[0].told_by == "message"


def test_a_draft_brings_the_letter_and_tells_nobody(short: Shop, tmp_path: Path) -> None:
    made = letter(short)
    drafted = draft_letter(short.store, made.notice_id, folder=tmp_path / "out", now=short.tick())
    assert drafted.path == tmp_path / "out" / "1042-1-mail.eml"
    message = message_from_bytes(drafted.path.read_bytes())
    assert (message["X-Unsent"], message["To"]) == ("1", "Dana Whitfield <dana@example.com>")
    text, *attached = message.get_payload()
    assert "oupon" not in text.get_payload()
    assert [part.get_filename() for part in attached] == ["1042-1-letter.pdf"]
    (tmp_path / "letter.pdf").write_bytes(attached[0].get_payload(decode=True))
    assert "oupon" not in text_of(tmp_path / "letter.pdf")
    assert detail(short).row.told_at is None
    assert last_step(short).summary == "Letter to Dana Whitfield drafted for dana@example.com"
    assert drafted.path.stat().st_mode & 0o077 == 0


def test_a_letter_without_its_coupon_still_has_the_shops_logo(short: Shop) -> None:
    logo = BytesIO()
    Image.new("RGB", (40, 20), (200, 0, 0)).save(logo, "PNG")
    save_picture(short.store, Picture.LOGO, logo.getvalue(), now=short.tick())
    drafted = draft_letter(short.store, letter(short).notice_id, now=short.tick())
    assert drafted.path is not None
    _, attached = message_from_bytes(drafted.path.read_bytes()).get_payload()
    with pikepdf.open(BytesIO(attached.get_payload(decode=True))) as pdf:
        assert len(pdf.pages[0].get_images()) == 1


def test_the_coupon_goes_along_when_it_is_asked_for(short: Shop) -> None:
    made = letter(short)
    drafted = draft_letter(short.store, made.notice_id, with_coupon=True, now=short.tick())
    assert drafted.path is not None and drafted.path.parent == made.letter.parent
    text, *attached = message_from_bytes(drafted.path.read_bytes()).get_payload()
    assert made.coupon is not None and made.coupon_code is not None
    assert printed(made.coupon_code) in text.get_payload(decode=True).decode()
    assert [part.get_payload(decode=True) for part in attached] == [made.letter.read_bytes(), made.coupon.read_bytes()]


def test_a_letter_without_a_coupon_says_so_when_one_is_asked_for(short: Shop) -> None:
    record(short.store, letter(short).notice_id, Way.PRINTED, "", now=short.tick())
    short.receive("LAMP", 1)
    news = write_good_news(short.store, short.orders["1042"], now=short.tick())
    drafted = draft_letter(short.store, news.notice_id, with_coupon=True, now=short.tick())
    assert drafted.message.coupon_left_out


def test_a_draft_that_can_not_be_saved_is_not_recorded(short: Shop, tmp_path: Path) -> None:
    made = letter(short)
    (tmp_path / "out").write_text("A file where the folder should be")
    with pytest.raises(StoreError, match="can't be saved"):
        draft_letter(short.store, made.notice_id, folder=tmp_path / "out", now=short.tick())
    assert deliveries(short.store) == []


def test_an_e_mail_that_the_server_accepted_is_recorded_and_leaves_no_question(short: Shop) -> None:
    postbox = Postbox()
    sent = send_letter(short.store, letter(short).notice_id, postbox, now=short.tick())
    assert (sent.to, [mail.recipient for mail in postbox.mails]) == ("dana@example.com", ["dana@example.com"])
    assert "X-Unsent" not in message_from_bytes(postbox.mails[0].content)
    assert last_step(short).summary == "Letter to Dana Whitfield e-mailed to dana@example.com"
    assert (unanswered(short.store), detail(short).notices[0].told_by) == ([], "email")
    assert check(short.store) == []


def test_an_e_mail_that_was_refused_leaves_nothing_behind(short: Shop) -> None:
    made = letter(short)
    before = detail(short).history
    with pytest.raises(SendingError, match="No such user"):
        send_letter(short.store, made.notice_id, Postbox(SendingError("No such user.")), now=short.tick())
    assert (unanswered(short.store), deliveries(short.store), detail(short).history) == ([], [], before)
    send_letter(short.store, made.notice_id, Postbox(), now=short.tick())


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), UnknownOutcomeError("No answer.")])
def test_a_crash_while_it_leaves_is_a_question_and_no_second_letter_leaves_before_the_answer(
    short: Shop, failure: BaseException
) -> None:
    made = letter(short)
    with pytest.raises(type(failure)):
        send_letter(short.store, made.notice_id, Postbox(failure), now=short.tick())
    handed_over_at = short.now
    short.store.close()
    short.store = Store.open(short.store.path)
    assert (unanswered(short.store), deliveries(short.store)) == ([(made.notice_id, Way.EMAILED)], [])
    postbox = Postbox()
    with pytest.raises(RefusedError, match="on its way out already"):
        send_letter(short.store, made.notice_id, postbox, now=short.tick())
    assert postbox.mails == []
    step = answer_handed_over(short.store, made.notice_id, left=True, now=DAY_AFTER_THE_DEADLINE)
    assert step is not None and step.summary == "Letter to Dana Whitfield e-mailed"
    (notice,) = detail(short).notices
    assert (notice.told_at, notice.told_by, unanswered(short.store)) == (handed_over_at, "email", [])


def test_a_voided_coupon_goes_to_nobody(short: Shop) -> None:
    made = letter(short)
    void_coupon(short.store, made.coupon_code or "", "Made by mistake", now=short.tick())
    with pytest.raises(RefusedError, match=r"The coupon in the letter to Dana Whitfield was voided\."):
        write_message(short.store, made.notice_id, Channel.EMAIL, now=short.tick())
    with pytest.raises(RefusedError, match="was voided"):
        hand_over(short.store, made.notice_id, Way.PRINTED, "", lambda: None, now=short.tick())


def use_its_coupon(shop: Shop, made: Apology) -> None:
    shop.stock("BOOK", 5)
    shop.order("2001", ("BOOK", 5))
    redeem_coupon(shop.store, made.coupon_code or "", "2001", now=shop.tick())


@pytest.mark.parametrize("way_out", ["printed", "told", "message"])
def test_a_letter_whose_coupon_was_used_goes_to_nobody_but_another_without_it_does(short: Shop, way_out: str) -> None:
    made = letter(short)
    use_its_coupon(short, made)

    def leave(notice_id: int) -> None:
        if way_out == "printed":
            hand_over(short.store, notice_id, Way.PRINTED, "", lambda: None, now=short.tick())
        elif way_out == "told":
            mark_told(short.store, notice_id, ToldBy.PRINT, now=short.tick())
        else:
            write_message(short.store, notice_id, Channel.EMAIL, now=short.tick())

    with pytest.raises(RefusedError, match="was used up") as refused:
        leave(made.notice_id)
    assert refused.value.remedy == "Apologize again for a letter without it."
    with pytest.raises(NothingToDoError, match="was used up"):
        letters_to_print(short.store, now=short.tick())
    another = letter(short)
    assert (another.coupon_code, another.notice_id == made.notice_id) == (None, False)
    leave(another.notice_id)


def test_a_coupon_that_was_used_is_sent_no_more_and_the_letter_that_brought_it_goes_without_it(short: Shop) -> None:
    made = letter(short)
    mark_told(short.store, made.notice_id, ToldBy.PRINT, now=short.tick())
    use_its_coupon(short, made)
    with pytest.raises(RefusedError, match="can't be used any more"):
        write_message(short.store, made.notice_id, Channel.EMAIL, with_coupon=True, now=short.tick())
    with pytest.raises(RefusedError, match="was used up"):
        hand_over(short.store, made.notice_id, Way.PRINTED, "", lambda: None, now=short.tick())
    assert write_message(short.store, made.notice_id, Channel.EMAIL, now=short.tick()).text


def test_a_gift_card_that_was_spent_in_part_is_alive(short: Shop) -> None:
    made = letter(short, Wishes(offer=Offer(OfferKind.GIFT_CARD, amount=Money(1000, "USD"))))
    short.stock("BOOK", 5)
    short.order("2001", ("BOOK", 5))
    redeem_coupon(short.store, made.coupon_code or "", "2001", amount=Money(500, "USD"), now=short.tick())
    hand_over(short.store, made.notice_id, Way.PRINTED, "", lambda: None, now=short.tick())


def test_a_letter_that_did_not_leave_can_be_sent_again(short: Shop) -> None:
    made = letter(short)
    with pytest.raises(KeyboardInterrupt):
        hand_over(short.store, made.notice_id, Way.PRINTED, "", _interrupted, now=short.tick())
    assert answer_handed_over(short.store, made.notice_id, left=False, now=short.tick()) is None
    assert (unanswered(short.store), deliveries(short.store), detail(short).row.told_at) == ([], [], None)
    with pytest.raises(NothingToDoError, match="is not on its way out"):
        answer_handed_over(short.store, made.notice_id, left=True, now=short.tick())
    hand_over(short.store, made.notice_id, Way.PRINTED, "OrderJet 5", lambda: None, now=short.tick())
    assert last_step(short).summary == "Letter to Dana Whitfield printed on OrderJet 5"


def test_a_letter_that_is_answered_for_at_another_window_while_it_leaves_is_recorded_once(short: Shop) -> None:
    made = letter(short)
    leaves_at, answered_at = short.tick(), short.tick()

    def answer() -> None:
        answer_handed_over(short.store, made.notice_id, left=True, now=answered_at)

    hand_over(short.store, made.notice_id, Way.PRINTED, "OrderJet 5", answer, now=leaves_at)
    assert [way for way, _, _ in deliveries(short.store)] == ["printed"]
    assert unanswered(short.store) == []


def test_a_letter_that_was_taken_back_while_it_left_has_left_all_the_same(short: Shop) -> None:
    made = letter(short)
    hand_over(short.store, made.notice_id, Way.EMAILED, "", lambda: history.undo(short.store, now=short.tick()), now=short.tick())
    assert [way for way, _, _ in deliveries(short.store)] == ["emailed"]
    with short.store.read() as view:
        assert view.one("SELECT told_at, voided_at IS NOT NULL FROM notice") == (None, 1)
    assert unanswered(short.store) == []


@pytest.mark.parametrize("alias", ["", "x1@marketplace.amazon.co.uk", "9f@members.ebay.com"])
def test_without_an_address_that_takes_letters_none_is_sent(short: Shop, alias: str) -> None:
    known_as(short, email=alias)
    made = letter(short)
    for step in (draft_letter, lambda *words, now: send_letter(*words, Postbox(), now=now)):
        with pytest.raises(MailAddressError, match="No e-mail address of Dana Whitfield") as refused:
            step(short.store, made.notice_id, now=short.tick())
        assert refused.value.remedy.startswith("Add it to the customer")
    assert (deliveries(short.store), unanswered(short.store)) == ([], [])


def test_the_orders_address_is_used_where_the_customer_has_only_an_alias(short: Shop) -> None:
    known_as(short, email="9f@members.ebay.com")
    with short.store.begin("edit", "", now=short.tick()) as transaction:
        transaction.order(short.orders["1042"]).email = "dana@home.example"
    assert send_letter(short.store, letter(short).notice_id, Postbox(), now=short.tick()).to == "dana@home.example"


def test_a_shop_without_an_address_sends_nothing(short: Shop) -> None:
    save_shop_profile(short.store, replace(HOLLOW_OAK, email=""), now=short.tick())
    with pytest.raises(MailAddressError, match="The shop has no e-mail address"):
        draft_letter(short.store, letter(short).notice_id, now=short.tick())


def test_the_letter_of_an_order_is_the_newest_that_stands_about_its_present_wait(short: Shop) -> None:
    order = short.orders["1042"]
    with pytest.raises(NothingToDoError, match="Order 1042 has no letter"):
        letter_to_hand_over(short.store, order)
    first = letter(short)
    assert letter_to_hand_over(short.store, order) == first.notice_id
    record(short.store, first.notice_id, Way.COPIED, "eBay", now=short.tick())
    short.receive("LAMP", 1)
    news = write_good_news(short.store, order, now=short.tick())
    assert letter_to_hand_over(short.store, order) == news.notice_id
    record(short.store, news.notice_id, Way.COPIED, "eBay", now=short.tick())
    short.count("LAMP", 0)
    with pytest.raises(NothingToDoError):
        letter_to_hand_over(short.store, order)
    again = letter(short)
    assert letter_to_hand_over(short.store, order) == again.notice_id
    orders.cancel_order(short.store, order, now=short.tick())
    assert letter_to_hand_over(short.store, order) == again.notice_id


def _interrupted() -> None:
    raise KeyboardInterrupt
