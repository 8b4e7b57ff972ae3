"""Letters by message: a text to copy, a draft for the seller's mail program, an e-mail by the shop's mail server."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orderdesk.documents.errors import MailAddressError
from orderdesk.documents.letter import Letter
from orderdesk.documents.mail import Attachment, Mail, Mailbox, compose_mail
from orderdesk.documents.messages import RULES, Channel, message_text
from orderdesk.domain.coupons import CouponState, printed
from orderdesk.domain.customers import own_name, takes_mail
from orderdesk.domain.days import spelled_out
from orderdesk.domain.errors import NothingToDoError, RefusedError, SentBeforeError
from orderdesk.domain.notices import Way
from orderdesk.services.days import shop_day
from orderdesk.services.deliveries import hand_over, record, require_deliverable
from orderdesk.services.editions import free_place
from orderdesk.services.letters import files_of, letter_without_coupon
from orderdesk.services.ports import Mailer
from orderdesk.services.saving import save_file
from orderdesk.services.steps import Step
from orderdesk.storage import outbox
from orderdesk.storage.queries.coupons import coupon_of_notice
from orderdesk.storage.queries.made_letters import made_letter
from orderdesk.storage.queries.notices import addresses_of, channel_of_notice, draft_path
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store


@dataclass(frozen=True, slots=True)
class Message:
    """A letter as a text for a channel. `coupon_left_out`: one was asked for, and there is none or the channel takes none."""

    notice_id: int
    customer: str
    order_numbers: tuple[str, ...]
    channel: Channel
    subject: str
    text: str
    coupon_left_out: bool


@dataclass(frozen=True, slots=True)
class WrittenMail:
    """A message as an e-mail; `path` is where a draft of it lies."""

    message: Message
    to: str
    path: Path | None = None


def write_message(store: Store, notice_id: int, channel: Channel, *, with_coupon: bool = False, now: datetime) -> Message:
    """The text of a letter for a channel. Raises RefusedError for a letter that may not go out, and what `message_text` does."""
    require_deliverable(store, notice_id, now=now)
    with store.read() as view:
        made, letter = made_letter(view, notice_id), Letter.from_json(outbox.reserved(view, notice_id).letter)
        coupon, today = coupon_of_notice(view, notice_id), shop_day(view, now)
    if with_coupon and coupon is not None and coupon.state(today) is not CouponState.OPEN:
        raise RefusedError(f"Coupon {printed(coupon.code)} can't be used any more.", "Send the letter without it.")
    # An e-mail about a marketplace's order goes through its mailboxes, where the same holds as in its messages.
    text = message_text(letter, channel, with_coupon=with_coupon, contacts=RULES[usual_channel(store, notice_id)].contacts)
    left_out = with_coupon and not (RULES[channel].coupon and letter.coupon)
    return Message(notice_id, made.customer, made.order_numbers, channel, letter.headline, text, left_out)


def usual_channel(store: Store, notice_id: int) -> Channel:
    """Where a message about the letter's oldest order goes; e-mail where its channel takes no messages."""
    with store.read() as view:
        channel = channel_of_notice(view, notice_id)
    return Channel(channel) if channel in list(Channel) else Channel.EMAIL


def note_copied(store: Store, message: Message, *, now: datetime) -> Step | None:
    """The seller has taken the text to its channel: the customer counts as told. Copied again, it is recorded once: None."""
    with suppress(NothingToDoError):
        return record(store, message.notice_id, Way.COPIED, RULES[message.channel].title, now=now)
    return None


def draft_letter(
    store: Store, notice_id: int, *, with_coupon: bool = False, folder: Path | None = None, now: datetime
) -> WrittenMail:
    """An .eml file that opens in the seller's mail program, with the letter, and with the coupon if asked for.

    It lies in `folder`, else beside the letter. Raises RefusedError, MailAddressError, StoreError.
    """
    message = write_message(store, notice_id, Channel.EMAIL, with_coupon=with_coupon, now=now)
    mail = _mail(store, message, now=now, with_coupon=with_coupon, unsent=True)
    with store.read() as view:
        row = outbox.reserved(view, notice_id)
    path = draft_path(row.folder, row.stem)
    if folder not in (None, row.folder):
        path = free_place(draft_path(folder, row.stem), store.folder)
    save_file(path, mail.content, called=f"The draft {path}")
    record(store, notice_id, Way.DRAFTED, mail.recipient, now=now)
    return WrittenMail(message, mail.recipient, path)


def send_letter(
    store: Store, notice_id: int, mailer: Mailer, *, with_coupon: bool = False, again: bool = False, now: datetime
) -> WrittenMail:
    """E-mail a letter, with the coupon if asked for; the customer counts as told once the mail server has accepted it.

    Only `again` lets a letter leave that was e-mailed before: else raises SentBeforeError.
    Raises RefusedError, MailAddressError, SendingError where nothing has left, UnknownOutcomeError as `hand_over` does.
    """
    message = write_message(store, notice_id, Channel.EMAIL, with_coupon=with_coupon, now=now)
    with store.read() as view:
        before = outbox.sent_at(view, notice_id)
        day = shop_day(view, before or now)
    if before is not None and not again:
        raise SentBeforeError(
            f"The letter to {message.customer} was e-mailed on {spelled_out(day)}.", "Send it again only if it did not arrive."
        )
    mail = _mail(store, message, now=now, with_coupon=with_coupon, unsent=False)
    hand_over(store, notice_id, Way.EMAILED, mail.recipient, lambda: mailer.send(mail), now=now)
    return WrittenMail(message, mail.recipient)


def _mail(store: Store, message: Message, *, now: datetime, with_coupon: bool, unsent: bool) -> Mail:
    with store.read() as view:
        profile, addresses = profile_of(view), addresses_of(view, message.notice_id)
    if not profile.email:
        raise MailAddressError("The shop has no e-mail address to write from.", "Add it to the shop's profile.")
    to = next(filter(takes_mail, addresses), None)
    if to is None:
        raise MailAddressError(
            f"No e-mail address of {message.customer} is known that takes letters.",
            "Add it to the customer, copy the text into a message, or print the letter.",
        )
    attachments = _attachments(store, message.notice_id, with_coupon=with_coupon)
    sender, recipient = Mailbox(profile.name, profile.email), Mailbox(own_name(message.customer), to)
    return compose_mail(sender, recipient, message.subject, message.text, attachments, sent_at=now, unsent=unsent)


def _attachments(store: Store, notice_id: int, *, with_coupon: bool) -> list[Attachment]:
    files = files_of(store, notice_id)
    if files.coupon is None:
        return [Attachment(files.letter.name, files.letter.read_bytes())]
    if not with_coupon:
        return [Attachment(files.letter.name, letter_without_coupon(store, notice_id))]
    return [Attachment(path.name, path.read_bytes()) for path in (files.letter, files.coupon)]
