"""Sending by the shop's own mail server: always encrypted, the certificate checked, every refusal in the seller's words."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from typing_extensions import override

from orderdesk.documents.mail import Mail
from orderdesk.domain.errors import NotSetUpError, SendingError, UnknownOutcomeError
from orderdesk.domain.shop import ShopProfile
from orderdesk.services.mail_session import Session, TimeLimit, TooSlowError
from orderdesk.services.passwords import require_mail_server
from orderdesk.services.ports import Mailer, Passwords

_TLS_PORT = 465
_SILENT_SECONDS, _MOST_SECONDS = 30.0, 60.0
_OK = 250
_REFUSED = 535
_FORWARDED = 251
_NO_ANSWER = -1  # what smtplib makes of words that are none


@dataclass(frozen=True, slots=True)
class MailServer(Mailer):
    """A mail server to hand e-mails to. `encrypted_at_once`: TLS from the first byte, as on port 465, else by STARTTLS.

    Without a `user` nobody signs in. `seconds` is how long it may be silent, `most_seconds` how long all of it may take.
    """

    host: str
    port: int
    encrypted_at_once: bool
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = _SILENT_SECONDS
    most_seconds: float = _MOST_SECONDS

    @override
    def send(self, mail: Mail) -> None:
        with contextlib.closing(TimeLimit(self.most_seconds)) as limit, contextlib.closing(self._open(limit)) as session:
            with self._in_the_sellers_words(), limit.said():
                self._encrypt(session)
                if self.user:
                    self._sign_in(session)
                self._require(session.mail(mail.sender), "the shop's address", mail.sender)
                self._require(session.rcpt(mail.recipient), "the customer's address", mail.recipient)
            self._hand_over(session, mail)
            with contextlib.suppress(smtplib.SMTPException, OSError):  # what was accepted stays so, whatever follows
                session.quit()

    def _open(self, limit: TimeLimit) -> smtplib.SMTP:
        with self._in_the_sellers_words(), limit.said():
            context = ssl.create_default_context() if self.encrypted_at_once else None
            return Session(self.host, self.port, context, self.seconds, limit)

    def _sign_in(self, session: smtplib.SMTP) -> None:
        try:
            session.login(self.user, self.password)
        except UnicodeError as error:  # smtplib knows no passwords but in ASCII
            raise smtplib.SMTPAuthenticationError(_REFUSED, b"") from error

    def _encrypt(self, session: smtplib.SMTP) -> None:
        session.ehlo_or_helo_if_needed()
        if not self.encrypted_at_once:
            session.starttls(context=ssl.create_default_context())
            session.ehlo()

    def _require(self, answer: tuple[int, bytes], what: str, address: str) -> None:
        code, reason = answer
        if code not in (_OK, _FORWARDED):
            raise SendingError(
                f"{self.host} refuses {what} {address}: {_sentence(reason)} Nothing was sent.", "Correct it, then try again."
            )

    def _hand_over(self, session: smtplib.SMTP, mail: Mail) -> None:
        """The one moment after which nobody here can know: the letter is there, and no answer has come."""
        try:
            code, reason = session.data(mail.content)
            if code == _NO_ANSWER:
                raise smtplib.SMTPResponseException(code, reason)
        except smtplib.SMTPDataError as error:
            code, reason = error.smtp_code, _bytes(error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            raise UnknownOutcomeError(
                f"{self.host} has not said whether it took the letter to {mail.recipient}.",
                "Look into your sent mail, then say whether it has left: the window asks when it is opened. "
                "By the command line: orderdesk left ORDER yes, or no.",
            ) from error
        if code != _OK:
            raise SendingError(
                f"{self.host} refuses the letter to {mail.recipient}: {_sentence(reason)} Nothing was sent.",
                "Make a draft and send it with your mail program, or print the letter.",
            )

    @contextmanager
    def _in_the_sellers_words(self) -> Iterator[None]:
        """Failures before the letter was handed over: nothing has left."""
        at = f"{self.host}, port {self.port}"
        try:
            yield
        except smtplib.SMTPAuthenticationError as error:
            raise SendingError(
                f"{self.host} does not accept the password of {self.user}. Nothing was sent.",
                "Keep the right one; many providers want one made for programs alone.",
            ) from error
        except TooSlowError as error:
            raise SendingError(
                f"{at}, has not taken the letter within {self.most_seconds:g} seconds. Nothing was sent.",
                "Try again later, or make a draft instead.",
            ) from error
        except smtplib.SMTPNotSupportedError as error:
            raise SendingError(
                f"{at}, offers no encryption or no way to sign in. Nothing was sent.", "Ask your provider for host and port."
            ) from error
        except ssl.SSLError as error:
            raise SendingError(
                f"{at}, can't show that it is the server it claims to be. Nothing was sent.",
                "Check the mail server and its port letter by letter; if they are right, do not send from this network.",
            ) from error
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            raise SendingError(
                f"{at}, can't be reached or does not answer as a mail server. Nothing was sent.",
                "Check the connection, the mail server and its port, then try again, or make a draft instead.",
            ) from error


def mail_server(profile: ShopProfile, passwords: Passwords) -> MailServer:
    """The shop's mail server with its password. Raises NotSetUpError where the profile names none, or no password is kept."""
    require_mail_server(profile)
    password = passwords.find(profile.mail_host, profile.mail_user) if profile.mail_user else ""
    if password is None:
        raise NotSetUpError(
            f"No password of {profile.mail_user} at {profile.mail_host} is in the system's keyring.",
            "Keep it there under Settings, or make a draft instead.",
            "mail-password",
        )
    at_once = profile.mail_port == _TLS_PORT
    return MailServer(profile.mail_host, profile.mail_port, at_once, profile.mail_user, password)


def _bytes(answer: bytes | str) -> bytes:
    return answer if isinstance(answer, bytes) else answer.encode()


def _sentence(reason: bytes) -> str:
    """What the server says, as one sentence."""
    said = " ".join(reason.decode(errors="replace").split())[:200].rstrip(".")
    return f"“{said}.”"
