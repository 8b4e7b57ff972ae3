"""Letters as e-mails: what other mail programs read in them, whoever the customer is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderdesk.documents.errors import MailAddressError
from orderdesk.documents.mail import Attachment, Mail, Mailbox, compose_mail
from orderdesk.documents.text import clean

SHOP = Mailbox("Hollow Oak Trading Co.", "help@hollowoak.example")
DANA = Mailbox("Dana Whitfield", "dana@example.com")
LETTER = Attachment("1042-1-letter.pdf", b"%PDF-1.7\n.\r\nletter")
AT = datetime(2026, 11, 17, 18, 0, tzinfo=UTC)
HEADERS = ["Content-Type", "MIME-Version", "From", "To", "Subject", "Date", "Message-ID"]
# What headers are made of, and letters that must be encoded in them.
TRICKY = st.text(alphabet=st.sampled_from("aé ,<>@\"\\();:.=?_'ñ\r\n\t一\N{OWL}xyz"), max_size=200)


def mail(
    recipient: Mailbox = DANA, subject: str = "Your lamp will ship", text: str = "Dear Dana,", *, unsent: bool = False
) -> Mail:
    return compose_mail(SHOP, recipient, subject, text, [LETTER], sent_at=AT, unsent=unsent)


def read(made: Mail) -> Message:
    return message_from_bytes(made.content)


def unfolded(message: Message, header: str) -> str:
    return str(message[header]).replace("\r\n", "").replace("\n", "")


def people(message: Message, header: str) -> list[tuple[str, str]]:
    found = getaddresses([unfolded(message, header)])
    return [(str(make_header(decode_header(name))), address) for name, address in found]


def test_a_mail_program_finds_letter_text_and_people() -> None:
    message = read(mail(text="Dear Dana,\n\n.\nIt ships by December 15, 2026 · $64.00\nFrom June"))
    assert people(message, "From") == [(SHOP.name, SHOP.address)]
    assert people(message, "To") == [(DANA.name, DANA.address)]
    assert (message["Subject"], parsedate_to_datetime(message["Date"])) == ("Your lamp will ship", AT)
    text, letter = message.get_payload()
    assert text.get_content_type() == "text/plain"
    body = text.get_payload(decode=True).decode(text.get_content_charset())
    assert body.replace("\r\n", "\n") == "Dear Dana,\n\n.\nIt ships by December 15, 2026 · $64.00\nFrom June\n"
    assert (letter.get_content_type(), letter.get_filename()) == ("application/pdf", LETTER.name)
    assert letter.get_payload(decode=True) == LETTER.content


def test_a_draft_opens_to_be_sent_and_an_e_mail_that_was_sent_does_not() -> None:
    assert read(mail(unsent=True))["X-Unsent"] == "1"
    assert "X-Unsent" not in read(mail())


def test_the_same_letter_gives_the_same_bytes_and_another_one_another_id() -> None:
    assert mail() == mail()
    ids = {read(each)["Message-ID"] for each in (mail(), mail(text="Dear Jo,"), mail(replace(DANA, address="d@example.com")))}
    assert len(ids) == 3
    assert all(each.endswith("@hollowoak.example>") for each in ids)


def test_every_line_is_one_that_mail_servers_take() -> None:
    lines = mail(Mailbox("É" * 200, DANA.address), "« Théière » " * 15, "Ligne très longue " * 200).content.split(b"\r\n")
    assert all(len(line) <= 998 and line.isascii() for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)


@given(TRICKY | st.text(max_size=200), TRICKY | st.text(max_size=300))
def test_nothing_in_a_name_or_headline_becomes_a_header_or_an_address(name: str, subject: str) -> None:
    message = read(mail(Mailbox(name, DANA.address), subject))
    assert message.keys() == HEADERS
    assert people(message, "To") == [(clean(name), DANA.address)]
    assert str(make_header(decode_header(unfolded(message, "Subject")))) == clean(subject)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("dana@bücher.example", "dana@xn--bcher-kva.example"),
        (" dana@example.com ", "dana@example.com"),
        ("d+ana_o'hara@mail.example.com", "d+ana_o'hara@mail.example.com"),
    ],
)
def test_addresses_are_written_as_every_server_takes_them(typed: str, written: str) -> None:
    made = mail(Mailbox("Dana", typed))
    assert made.recipient == written
    assert people(read(made), "To") == [("Dana", written)]


NO_ADDRESSES = (
    *("", "dana", "@example.com", "dana@", "dana@example", "da na@example.com", "dana@exa mple.com", "dana@.com"),
    *("дана@example.com", "a@b.com,c@d.com", "a@b@c.com", "a@b.com\r\nBcc: x@y.com", "<a@b.com>"),
    *(f"{'a' * 65}@example.com", f"a@{'b' * 64}.com", "dana@straße.de"),
)


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_refused_by_name(address: str) -> None:
    with pytest.raises(MailAddressError) as refused:
        mail(Mailbox("Dana", address))
    assert refused.value.remedy
