"""A letter as an e-mail: the file that a mail program opens as a draft, and the same bytes for a mail server."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime, formataddr

from orderdesk.documents.errors import MailAddressError
from orderdesk.documents.text import clean

_LOCAL_PART = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}", re.ASCII)
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody's name, "" for none, and e-mail address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF that goes with an e-mail; `name` is that of a file, in ASCII."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail: the two addresses of its envelope, and all of it as a mail server takes it."""

    sender: str
    recipient: str
    content: bytes


def compose_mail(
    sender: Mailbox,
    recipient: Mailbox,
    subject: str,
    text: str,
    attachments: Sequence[Attachment],
    *,
    sent_at: datetime,
    unsent: bool,
) -> Mail:
    """The e-mail with its PDFs; the same of all gives the same bytes. `unsent` makes mail programs open it to be sent.

    Raises MailAddressError for an address that no mail can go to.
    """
    from_address, to_address = _usable(sender.address), _usable(recipient.address)
    mark = hashlib.sha256(repr((sender, recipient, subject, text, attachments, sent_at, unsent)).encode()).hexdigest()[:32]
    message = MIMEMultipart(boundary=f"=_{mark}")
    message["From"] = _mailbox(sender.name, from_address)
    message["To"] = _mailbox(recipient.name, to_address)
    message["Subject"] = _folded(clean(subject))
    message["Date"] = format_datetime(sent_at)
    message["Message-ID"] = f"<{mark}@{from_address.rpartition('@')[2]}>"
    if unsent:
        message["X-Unsent"] = "1"
    message.attach(_text_part(text))
    for attachment in attachments:
        part = MIMEApplication(attachment.content, "pdf")
        part.add_header("Content-Disposition", "attachment", filename=attachment.name)
        message.attach(part)
    return Mail(from_address, to_address, message.as_bytes(policy=message.policy.clone(linesep="\r\n")))


def _text_part(text: str) -> MIMENonMultipart:
    charset = Charset("utf-8")
    charset.body_encoding = QP
    part = MIMENonMultipart("text", "plain")
    part.set_payload(f"{text}\n", charset)
    return part


def _mailbox(name: str, address: str) -> str:
    """Name and address as a header; nothing in a name can become another header or address."""
    name = clean(name)
    return formataddr((name, address)) if name.isascii() else f"{_folded(name)} <{address}>"


def _folded(text: str) -> str:
    """By the classic Header: the newer ones of Python 3.11 lose spaces where a long text with accents is folded."""
    return Header(text, "utf-8" if not text.isascii() else None, header_name="Subject").encode()


def _usable(address: str) -> str:
    """The address in ASCII, as every mail server takes it."""
    local, _, domain = clean(address).rpartition("@")
    try:
        ascii_domain = domain.encode("idna")
        # The older of the two standards for such names turns some, as those with a German ß, into other people's.
        domain = ascii_domain.decode() if ascii_domain.decode("idna") == domain.lower() else ""
    except UnicodeError:
        domain = ""
    if not _LOCAL_PART.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise MailAddressError(f"{address!r} is no e-mail address that letters can go to.", "Correct it, then try again.")
    return f"{local}@{domain}"
