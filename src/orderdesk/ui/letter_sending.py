"""A letter on its way: printed, an e-mail drafted or sent, a text copied for a channel; or its customer told otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
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

Refuse = Callable[[Exception], None]


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


def draft_mail(desk: Desk, notice_id: int, refuse: Refuse, *, without: str) -> None:
    """Write an e-mail for the seller's mail program and open it there; the letter is not told yet.

    `without`: what is said of a coupon that does not go with it; "" where there is none.
    """

    def drafted(mail: WrittenMail) -> None:
        said = tr("E-mail to {} drafted: it is yours to send.").replace("{}", mail.message.customer)
        desk.say(f"{said}\n{without}".strip())
        if mail.path is not None:
            desk.outside.opener.open(mail.path)

    desk.perform(lambda store, now, _: late.messages.draft_letter(store, notice_id, now=now), drafted, otherwise=refuse)


def copy_text(desk: Desk, notice_id: int, then: Callable[[], None], refuse: Refuse, *, without: str) -> None:
    """Put the letter's text for its customer's channel on the clipboard; once it is there the customer counts as told."""

    def write(store: Store, now: datetime, _: Progress) -> Message:
        return late.messages.write_message(store, notice_id, late.messages.usual_channel(store, notice_id), now=now)

    def written(message: Message) -> None:
        QGuiApplication.clipboard().setText(message.text)
        desk.perform(
            lambda store, now, _: late.messages.note_copied(store, message, now=now), partial(copied, message), otherwise=refuse
        )

    def copied(message: Message, step: Step | None) -> None:
        said = tr("Text for {} copied; {} counts as told.").replace("{}", formats.channel(message.channel.value), 1)
        said = f"{said.replace('{}', message.customer)}\n{without}".strip()
        if step is None:
            desk.say(said)
        else:
            say_steps(desk, [replace(step, summary=said)])
        then()

    desk.perform(write, written, otherwise=refuse)


def send_mail(
    desk: Desk, notice_id: int, customer: str, then: Callable[[], None], refuse: Refuse, *, without: str, again: bool
) -> None:
    """E-mail the letter by the shop's mail server; the customer counts as told once it has accepted.

    `again`: the seller knows that the customer was told before.
    """
    keyring, profile = desk.outside.passwords, desk.profile or ShopProfile()

    def step(store: Store, now: datetime, _: Progress) -> object:
        server = late.sending.mail_server(profile, keyring or late.passwords.SystemKeyring())
        return late.messages.send_letter(store, notice_id, server, again=again, now=now)

    def sent(_: object) -> None:
        said = tr("Sent; {} counts as told.").replace("{}", customer)
        desk.say(f"{said}\n{without}".strip())
        then()

    desk.perform(step, sent, otherwise=refuse)


def mark_told(desk: Desk, notice_id: int, by: ToldBy, then: Callable[[], None], refuse: Refuse) -> None:
    """The seller has told the customer, with this letter or without."""

    def told(step: Step) -> None:
        say_steps(desk, [step])
        then()

    desk.perform(lambda store, now, _: late.telling.mark_told(store, notice_id, by, now=now), told, otherwise=refuse)


def take_back(desk: Desk, notice_id: int, then: Callable[[], None], refuse: Refuse) -> None:
    """Undo the letter: it is voided, its coupon worthless."""

    def taken(summary: str) -> None:
        desk.say(summary)
        then()

    desk.perform(
        lambda store, now, _: late.history.take_back_letters(store, [notice_id], now=now).summary, taken, otherwise=refuse
    )
