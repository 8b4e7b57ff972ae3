"""A letter on its way: printed, an e-mail drafted or sent, a text copied for a channel; or its customer told otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from orderdesk.domain.notices import ToldBy
from orderdesk.domain.shop import ShopProfile
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import formats, late
from orderdesk.ui.desk import Desk
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.services.messages import Message, WrittenMail
    from orderdesk.services.steps import Step
    from orderdesk.ui.toast import ToastAction

Refuse = Callable[[Exception], None]


class CouponGoes(Enum):
    """How a letter's coupon gets to the customer who is told by e-mail or message; NONE where there is no coupon."""

    NONE = auto()
    ON_PAPER = auto()
    ALONG = auto()

    def said(self, left_out_by: str = "") -> str:
        """What is said of a coupon that did not go along, be it that a channel takes none; "" where there is nothing to say."""
        if left_out_by:
            return tr("{} takes no coupons in messages: the printed letter brings it.").replace("{}", left_out_by)
        on_paper = tr("The coupon is not in e-mails and copied text: the printed letter brings it.")
        return on_paper if self is CouponGoes.ON_PAPER else ""


def print_notice(desk: Desk, notice_id: int, customer: str, then: Callable[[], None], refuse: Refuse) -> None:
    """Print the letter, which counts its customer as told."""
    printer, name = desk.outside.printer, desk.memory.recall(late.apologizing.CHOSEN_PRINTER, "")

    def printed(_: object) -> None:
        desk.say(tr("Printed; {} counts as told.").replace("{}", customer))
        then()

    desk.perform(
        lambda store, now, _: late.printing.print_letters(store, [notice_id], printer, now=now, name=name),
        printed,
        otherwise=refuse,
    )


def _paper(desk: Desk, notice_id: int, customer: str, then: Callable[[], None], refuse: Refuse) -> list[ToastAction]:
    """The way to print a letter that has gone without its coupon: only so it reaches the customer."""
    return [(tr("Print"), partial(print_notice, desk, notice_id, customer, then, refuse))]


def draft_mail(desk: Desk, notice_id: int, refuse: Refuse, coupon: CouponGoes) -> None:
    """Write an e-mail for the seller's mail program and open it there; the letter is not told yet."""

    def drafted(mail: WrittenMail) -> None:
        said = tr("E-mail to {} drafted: it is yours to send.").replace("{}", mail.message.customer)
        path, opener = mail.path, desk.outside.opener
        assert path is not None, "a draft lies somewhere"
        ways = [(tr("Open"), partial(opener.open, path)), (tr("Folder"), partial(opener.open, path.parent))]
        desk.say(f"{said}\n{coupon.said()}".strip(), ways)
        opener.open(path)

    def step(store: Store, now: datetime, _: Progress) -> WrittenMail:
        made: WrittenMail = late.messages.draft_letter(store, notice_id, with_coupon=coupon is CouponGoes.ALONG, now=now)
        return made

    desk.perform(step, drafted, otherwise=refuse)


def copy_text(desk: Desk, notice_id: int, then: Callable[[], None], refuse: Refuse, coupon: CouponGoes) -> None:
    """Put the letter's text for its customer's channel on the clipboard; once it is there the customer counts as told."""

    def write(store: Store, now: datetime, _: Progress) -> Message:
        channel = late.messages.usual_channel(store, notice_id)
        made: Message = late.messages.write_message(store, notice_id, channel, with_coupon=coupon is CouponGoes.ALONG, now=now)
        return made

    def written(message: Message) -> None:
        QGuiApplication.clipboard().setText(message.text)
        desk.perform(
            lambda store, now, _: late.messages.note_copied(store, message, now=now), partial(copied, message), otherwise=refuse
        )

    def copied(message: Message, step: Step | None) -> None:
        channel = formats.channel(message.channel.value)
        said = tr("Text for {} copied; {} counts as told.").replace("{}", channel, 1).replace("{}", message.customer)
        said = f"{said}\n{coupon.said(channel if message.coupon_left_out else '')}".strip()
        ways = _paper(desk, notice_id, message.customer, then, refuse) if coupon is CouponGoes.ON_PAPER else []
        if step is None:
            desk.say(said, ways)
        else:
            say_steps(desk, [replace(step, summary=said)], ways=ways)
        then()

    desk.perform(write, written, otherwise=refuse)


def send_mail(
    desk: Desk, notice_id: int, customer: str, then: Callable[[], None], refuse: Refuse, coupon: CouponGoes, *, again: bool
) -> None:
    """E-mail the letter by the shop's mail server; the customer counts as told once it has accepted.

    `again`: the seller knows that the customer was told before.
    """
    keyring, profile = desk.outside.passwords, desk.profile or ShopProfile()

    def step(store: Store, now: datetime, _: Progress) -> object:
        server = late.sending.mail_server(profile, keyring or late.passwords.SystemKeyring())
        with_coupon = coupon is CouponGoes.ALONG
        return late.messages.send_letter(store, notice_id, server, with_coupon=with_coupon, again=again, now=now)

    def sent(_: object) -> None:
        said = tr("Sent; {} counts as told.").replace("{}", customer)
        ways = _paper(desk, notice_id, customer, then, refuse) if coupon is CouponGoes.ON_PAPER else []
        desk.say(f"{said}\n{coupon.said()}".strip(), ways)
        then()

    desk.perform(step, sent, otherwise=refuse)


def mark_told(desk: Desk, notice_id: int, by: ToldBy, then: Callable[[], None], refuse: Refuse) -> None:
    """The seller has told the customer, with this letter or without."""

    def told(step: Step) -> None:
        say_steps(desk, [step])
        then()

    desk.perform(lambda store, now, _: late.telling.mark_told(store, notice_id, by, now=now), told, otherwise=refuse)


def take_back(desk: Desk, notice_id: int, refuse: Refuse) -> None:
    """Undo the letter: it is voided, its coupon worthless."""
    desk.perform(
        lambda store, now, _: late.history.take_back_letters(store, [notice_id], now=now).summary, desk.say, otherwise=refuse
    )
