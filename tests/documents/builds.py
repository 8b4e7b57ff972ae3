"""Builds PDFs of every kind and prints what they hash to, so that builds elsewhere and at another time can be compared.

python -m tests.documents.builds [--tomorrow]
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

if "--tomorrow" in sys.argv:  # before anything else has taken hold of the clock

    class _Tomorrow(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:  # type: ignore[override]
            return super().now(tz) + datetime.timedelta(days=1)

    class _NextDay(datetime.date):
        @classmethod
        def today(cls) -> datetime.date:  # type: ignore[override]
            return super().today() + datetime.timedelta(days=1)

    datetime.datetime, datetime.date = _Tomorrow, _NextDay  # type: ignore[misc]

from orderdesk.documents.calibration import render_calibration
from orderdesk.documents.compose import compose_apology
from orderdesk.documents.coupon_sheets import render_coupon_sheets
from orderdesk.documents.labels import LabelForm, render_labels
from orderdesk.documents.logos import canonical_picture
from orderdesk.documents.render import render_batch, render_coupon, render_letter
from orderdesk.documents.slip import render_slip
from orderdesk.documents.specimens import specimens
from orderdesk.documents.wording import LANGUAGES
from orderdesk.domain.parcels import Parcel, ParcelLine
from orderdesk.domain.shop import Address, Paper, ShopProfile

DAY = datetime.date(2026, 11, 17)
SHOP = ShopProfile("Hollow Oak Trading Co.", "27 Mill Lane", city="Hood River", postal_code="97031", owner="June Halloran")
CUSTOMER = Address("Dana Whitfield", line1="418 Alder St", city="Bellingham", region="WA", postal_code="98225", country="US")
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#7a3b12"/></svg>'


def pdfs() -> Iterator[bytes]:
    """Letters on every paper, in every language, each turn they can take; coupons, a batch, a slip, a logo, labels."""
    logo = canonical_picture("logo", LOGO)
    mark = sha256(logo).hexdigest()
    for paper in Paper:
        shop = replace(SHOP, paper=paper, email="help@hollowoak.example", logo=mark)
        for language in LANGUAGES:
            letters = [compose_apology(facts) for facts in specimens(shop, language, {}, DAY)]
            yield render_letter(letters[0], {mark: logo})
            yield render_coupon(letters[0])
            yield render_batch(letters)
            line = ParcelLine("TRAY-30", "Walnut tray, 30 cm", 5, 3, 2, DAY)
            yield render_slip(shop, Parcel("20418", DAY, 1, CUSTOMER, language, (line,)), DAY)
            yield render_coupon_sheets(letters[:1], shop, DAY)
        greeted = replace(CUSTOMER, name="🎄👍👍🏽 سجادة 🇩🇪👩🏽‍🚀 1️⃣")
        yield render_letter(compose_apology(replace(next(iter(specimens(shop, "en", {}, DAY))), customer=greeted)))
        yield render_calibration(shop, DAY)
    yield from (render_labels([CUSTOMER] * 40, form, SHOP, DAY) for form in LabelForm)


if __name__ == "__main__":
    for pdf in pdfs():
        print(sha256(pdf).hexdigest())
