"""Sending by a real mail server on this machine, over real TLS; every refusal is a sentence with a remedy."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from orderdesk.documents.mail import Mail
from orderdesk.domain.errors import InvalidValueError, NotSetUpError, OrderDeskError, SendingError, UnknownOutcomeError
from orderdesk.services.passwords import SystemKeyring, keep_mail_password
from orderdesk.services.sending import MailServer, mail_server
from tests.builders import HOLLOW_OAK
from tests.services.keyrings import MemoryKeyring, NoKeyring, Notebook, system_keyring
from tests.services.mail_server import CERTIFICATE, PASSWORD, USER, LocalServer, local_server

MAIL = Mail("help@hollowoak.example", "dana@example.com", b"Subject: Your lamp\r\n\r\nDear Dana,\r\n.\r\nJune\r\n")
WITH_SERVER = replace(HOLLOW_OAK, mail_host="localhost", mail_user=USER)


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the server's certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


def client(server: LocalServer, **changes: object) -> MailServer:
    known = MailServer("127.0.0.1", server.port, server.tls_at_once, USER, PASSWORD, seconds=10)
    return replace(known, **changes)  # type: ignore[arg-type]


@contextmanager
def refused(kind: type[OrderDeskError], says: str) -> Iterator[None]:
    with pytest.raises(kind, match=says) as caught:
        yield
    assert caught.value.remedy
    assert PASSWORD not in f"{caught.value} {caught.value.remedy}"


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("tls_at_once", [True, False])
def test_an_e_mail_arrives_whole_and_encrypted(tls_at_once: bool) -> None:
    with local_server(tls_at_once=tls_at_once) as server:
        client(server).send(MAIL)
        client(server, user="", password="").send(replace(MAIL, recipient="jo@example.com"))
    assert server.accepted[0] == (MAIL.sender, MAIL.recipient, MAIL.content.removesuffix(b"\r\n"))
    assert server.accepted[1][1] == "jo@example.com"
    assert server.spoken.count("AUTH") == 1
    assert ("STARTTLS" in server.spoken) is not tls_at_once


@pytest.mark.parametrize("tls_at_once", [True, False])
def test_nothing_is_told_to_a_server_whose_certificate_nobody_vouches_for(tls_at_once: bool) -> None:
    with local_server(tls_at_once=tls_at_once) as server, refused(SendingError, "can't show that it is the server"):
        client(server).send(MAIL)
    assert not {"AUTH", "MAIL", "DATA"} & set(server.spoken)


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_does_not_count() -> None:
    with local_server() as server, refused(SendingError, "can't show that it is the server"):
        client(server, host="127.1").send(MAIL)  # the same machine, called what it does not say
    assert server.accepted == []


@pytest.mark.usefixtures("trusted")
def test_without_encryption_neither_password_nor_letter_is_sent() -> None:
    with local_server(offers_tls=False) as server, refused(SendingError, "no encryption"):
        client(server).send(MAIL)
    assert not {"AUTH", "MAIL", "DATA"} & set(server.spoken)


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("password", ["wrong", "pässword", ""])
def test_a_wrong_password_is_named_as_such(password: str) -> None:
    with local_server() as server, refused(SendingError, "does not accept the password of june"):
        client(server, password=password).send(MAIL)
    assert server.accepted == []


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("MAIL", "refuses the shop's address help@hollowoak.example: “Not with us.”"),
        ("RCPT", "refuses the customer's address dana@example.com: “Not with us.”"),
        ("DATA", "refuses the letter to dana@example.com: “Not with us.”"),
        ("STARTTLS", "does not answer as a mail server"),
        ("EHLO", "does not answer as a mail server"),
    ],
)
def test_what_the_server_turns_down_has_not_left(command: str, says: str) -> None:
    with local_server(refuses=command) as server, refused(SendingError, says):
        client(server).send(MAIL)
    assert server.accepted == []


@pytest.mark.usefixtures("trusted")
def test_a_server_that_falls_silent_after_the_letter_leaves_it_open_whether_it_left() -> None:
    with local_server(hangs_up="DATA") as server, refused(UnknownOutcomeError, "has not said whether it took the letter"):
        client(server).send(MAIL)
    assert len(server.accepted) == 1


@pytest.mark.usefixtures("trusted")
@pytest.mark.timeout(10)
@pytest.mark.parametrize("drips", ["CONNECT", "EHLO", "STARTTLS"])
def test_a_server_that_never_comes_to_an_end_is_given_up(drips: str) -> None:
    with local_server(drips=drips) as server, refused(SendingError, r"within 0\.3 seconds. Nothing was sent"):
        client(server, most_seconds=0.3).send(MAIL)


@pytest.mark.usefixtures("trusted")
@pytest.mark.timeout(10)
def test_a_server_that_never_ends_its_answer_to_the_letter_leaves_the_question() -> None:
    with local_server(drips="DATA") as server, refused(UnknownOutcomeError, "has not said whether it took the letter"):
        client(server, most_seconds=0.5).send(MAIL)
    assert len(server.accepted) == 1


@pytest.mark.usefixtures("trusted")
def test_what_was_accepted_stays_accepted_however_the_server_says_good_bye() -> None:
    with local_server(hangs_up="QUIT") as server:
        client(server).send(MAIL)
    assert len(server.accepted) == 1


@pytest.mark.parametrize("user", ["", USER])
def test_a_mistyped_host_is_no_wrong_password(user: str) -> None:
    with refused(SendingError, "mail..example.com, port 465, can't be reached"):
        MailServer("mail..example.com", 465, True, user, PASSWORD).send(MAIL)


def test_no_server_there_is_a_sentence_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for at_once in (True, False):
        with refused(SendingError, f"127.0.0.1, port {port}, can't be reached"):
            MailServer("127.0.0.1", port, at_once).send(MAIL)
    with refused(SendingError, "nowhere.invalid, port 587, can't be reached"):
        MailServer("nowhere.invalid", 587, encrypted_at_once=False).send(MAIL)


def test_a_server_that_says_nothing_is_not_waited_for_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, refused(SendingError, "can't be reached"):
        MailServer("127.0.0.1", listener.getsockname()[1], encrypted_at_once=False, seconds=0.2).send(MAIL)
    assert MailServer("127.0.0.1", 587, encrypted_at_once=False).seconds == 30
    assert MailServer("127.0.0.1", 587, encrypted_at_once=False).most_seconds == 60


def test_the_profile_says_which_server_and_the_port_how_it_is_encrypted() -> None:
    passwords = Notebook()
    keep_mail_password(WITH_SERVER, PASSWORD, passwords)
    assert mail_server(WITH_SERVER, passwords) == MailServer("localhost", 587, False, USER, PASSWORD)
    assert mail_server(replace(WITH_SERVER, mail_port=465), passwords).encrypted_at_once
    assert mail_server(replace(WITH_SERVER, mail_user=""), Notebook()) == MailServer("localhost", 587, False)
    assert PASSWORD not in repr(mail_server(WITH_SERVER, passwords))


def test_what_is_missing_for_sending_is_named() -> None:
    with refused(NotSetUpError, "names no mail server"):
        mail_server(HOLLOW_OAK, Notebook())
    with refused(NotSetUpError, "No password of june at localhost"):
        mail_server(WITH_SERVER, Notebook())
    with refused(NotSetUpError, "names no mail server"):
        keep_mail_password(HOLLOW_OAK, PASSWORD, Notebook())
    with refused(NotSetUpError, "names no user"):
        keep_mail_password(replace(WITH_SERVER, mail_user=""), PASSWORD, Notebook())
    with refused(InvalidValueError, "password"):
        keep_mail_password(WITH_SERVER, "", Notebook())


def test_the_systems_keyring_keeps_a_password_by_host_and_user() -> None:
    with system_keyring(MemoryKeyring()):
        passwords = SystemKeyring()
        keep_mail_password(WITH_SERVER, PASSWORD, passwords)
        assert passwords.find("LOCALHOST", USER) == PASSWORD
        assert (passwords.find("localhost", "jo"), passwords.find("smtp.example.com", USER)) == (None, None)


def test_a_system_without_a_keyring_is_named() -> None:
    with system_keyring(NoKeyring()):
        with refused(SendingError, "keyring can't be used"):
            SystemKeyring().keep("localhost", USER, PASSWORD)
        with refused(SendingError, "keyring can't be used"):
            mail_server(WITH_SERVER, SystemKeyring())
