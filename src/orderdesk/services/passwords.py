"""Passwords in the keyring of the seller's system; none is ever in the shop's file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from typing_extensions import override

from orderdesk.domain.errors import InvalidValueError, NotSetUpError, SendingError
from orderdesk.domain.shop import ShopProfile
from orderdesk.services.ports import Passwords


class SystemKeyring(Passwords):
    """The keyring of the operating system, by the package of that name, which is loaded only when it is asked."""

    @override
    def find(self, host: str, user: str) -> str | None:
        import keyring

        with _in_the_sellers_words():
            return keyring.get_password(_service(host), user)

    @override
    def keep(self, host: str, user: str, password: str) -> None:
        import keyring

        with _in_the_sellers_words():
            keyring.set_password(_service(host), user, password)


def keep_mail_password(profile: ShopProfile, password: str, passwords: Passwords) -> None:
    """Keep the password of the shop's mail server. Raises NotSetUpError, SendingError, InvalidValueError."""
    require_mail_server(profile)
    if not profile.mail_user:
        raise NotSetUpError(
            "The shop's profile names no user of its mail server.", "Name it under Settings.", "shop mail_user=NAME"
        )
    if not password:
        raise InvalidValueError("password", "", "some text")
    passwords.keep(profile.mail_host, profile.mail_user, password)


def require_mail_server(profile: ShopProfile) -> None:
    """Raise NotSetUpError where the profile names no mail server."""
    if not profile.mail_host:
        raise NotSetUpError(
            "The shop's profile names no mail server to send letters with.",
            "Name one under Settings, or make a draft instead.",
            "shop mail_host=SERVER mail_port=PORT mail_user=NAME",
        )


def _service(host: str) -> str:
    return f"OrderDesk mail {host.lower()}"


@contextmanager
def _in_the_sellers_words() -> Iterator[None]:
    from keyring.errors import KeyringError

    try:
        yield
    except KeyringError as error:
        raise SendingError(
            "The system's keyring can't be used, so the mail server's password is out of reach.",
            "Unlock or install one, or make a draft instead.",
        ) from error
