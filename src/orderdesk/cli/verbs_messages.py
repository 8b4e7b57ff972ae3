"""Verbs about letters by message: message, draft, send, left, mail-password."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from orderdesk.cli import outcomes, texts
from orderdesk.cli.context import Answer, Context
from orderdesk.cli.refund_letters import counted_if_told
from orderdesk.documents.messages import RULES, Channel
from orderdesk.services import deliveries, messages, orders, passwords, sending
from orderdesk.services.messages import Message


def message(context: Context, words: Namespace) -> Answer:
    """A letter as text; by default for the channel that the order came by."""
    order = orders.find_order(context.store, words.order)
    notice = deliveries.letter_to_hand_over(context.store, order)
    channel = Channel(words.channel) if words.channel else messages.usual_channel(context.store, notice)
    made = messages.write_message(context.store, notice, channel, with_coupon=words.coupon, now=context.now)
    _note_coupon(context, made)
    if words.copied:
        context.notes += counted_if_told(context, [notice])
        messages.note_copied(context.store, made, now=context.now)
    document = {**_letter(made), "channel": channel.value, "text": made.text, "copied": words.copied}
    return Answer(document, made.text)


def draft(context: Context, words: Namespace) -> Answer:
    notice = _letter_of(context, words)
    folder = Path(words.out).absolute() if words.out else None
    made = messages.draft_letter(context.store, notice, with_coupon=words.coupon, folder=folder, now=context.now)
    _note_coupon(context, made.message)
    return Answer({**_letter(made.message), "to": made.to, "draft": str(made.path)}, str(made.path))


def send(context: Context, words: Namespace) -> Answer:
    notice = _letter_of(context, words)
    server, counted = sending.mail_server(context.profile, passwords.SystemKeyring()), counted_if_told(context, [notice])
    made = messages.send_letter(context.store, notice, server, with_coupon=words.coupon, again=words.again, now=context.now)
    context.notes += counted
    _note_coupon(context, made.message)
    said = f"Letter to {made.message.customer} e-mailed to {made.to}."
    return Answer({**_letter(made.message), "to": made.to}, said)


def left(context: Context, words: Namespace) -> Answer:
    """Whether a letter left that was being printed or sent when OrderDesk ended."""
    notice = _letter_of(context, words)
    step = deliveries.answer_handed_over(context.store, notice, words.answer == "yes", now=context.now)
    if step is None:
        return Answer({"left": False}, "It can be printed or sent again.")
    return Answer({"left": True, **outcomes.step(step)}, texts.step(step))


def mail_password(context: Context, _: Namespace) -> Answer:
    """Keep the password of the shop's mail server: typed unseen, or a line of standard input, never a word of the command."""
    passwords.require_mail_server(context.profile)
    typed = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    passwords.keep_mail_password(context.profile, typed, passwords.SystemKeyring())
    server = {"mail_host": context.profile.mail_host, "mail_user": context.profile.mail_user}
    return Answer(server, f"The password of {server['mail_user']} at {server['mail_host']} is in the system's keyring.")


def _letter_of(context: Context, words: Namespace) -> int:
    return deliveries.letter_to_hand_over(context.store, orders.find_order(context.store, words.order))


def _note_coupon(context: Context, made: Message) -> None:
    if made.coupon_left_out:
        rules = RULES[made.channel]
        why = "the letter has none" if rules.coupon else "its messages take none"
        context.notes.append(f"No coupon goes by {rules.title}: {why}.")


def _letter(made: Message) -> dict[str, Any]:
    return {"order_numbers": list(made.order_numbers), "customer": made.customer, "subject": made.subject}
