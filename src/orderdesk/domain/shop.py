"""The shop's own profile: the letterhead, and the habits of its country."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from orderdesk.domain.errors import NotSetUpError
from orderdesk.domain.orders import QueuePolicy


@dataclass(frozen=True, slots=True)
class Address:
    """Where post goes. `name` is the person, `country` an ISO 3166 alpha-2 code; "" is unknown."""

    name: str = ""
    company: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


ADDRESS_PARTS = tuple(part.name for part in fields(Address))


class Paper(StrEnum):
    """The page and the window of its envelope: #10, DIN 5008 form B and form A, the DL of the United Kingdom."""

    LETTER = "letter"
    A4 = "a4"
    A4_FORM_A = "a4_form_a"
    A4_UK = "a4_uk"


@dataclass(frozen=True, slots=True)
class ShopProfile:
    """Who the shop is. `accent` is #RRGGBB, `time_zone` an IANA name, "" for this machine's; `owner` signs the letters.

    `register` is a German trader's entry in the commercial register; `logo` and `signature` are pictures by their SHA-256;
    `reply_slip`: letters bring a slip to send back.
    `handling_days` pass between a delivery and the parcel that it fills, and count in what customers are told;
    `mail_host`, `mail_port` and `mail_user` are those of the server that takes its e-mail, "" where there is none.
    """

    name: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = "US"
    email: str = ""
    phone: str = ""
    site: str = ""
    owner: str = ""
    currency: str = "USD"
    paper: Paper = Paper.LETTER
    time_zone: str = ""
    accent: str = "#1F4F3C"
    queue: QueuePolicy = QueuePolicy.ORDER_DATE
    register: str = ""
    logo: str = ""
    signature: str = ""
    reply_slip: bool = False
    mail_host: str = ""
    mail_port: int = 587
    mail_user: str = ""
    handling_days: int = 0


def require_sender(shop: ShopProfile) -> None:
    """Raise NotSetUpError where a letter could not say who writes, or how to answer."""
    known = {
        "its name": shop.name,
        "the owner's name": shop.owner,
        "a way to answer (address, e-mail or phone)": shop.line1 + shop.email + shop.phone,
    }
    lacking = [what for what, said in known.items() if not said.strip()]
    if lacking:
        listed = " and ".join(filter(None, [", ".join(lacking[:-1]), lacking[-1]]))
        raise NotSetUpError(
            f"A letter has to say who writes; the shop's profile lacks {listed}.",
            "Fill it in under Settings.",
            "shop KEY=VALUE",
        )
