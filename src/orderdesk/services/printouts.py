"""What is printed for the shop itself: address labels, coupons to cut apart, the page that calibrates a printer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from orderdesk.documents.calibration import render_calibration
from orderdesk.documents.coupon_sheets import render_coupon_sheets, worth_now
from orderdesk.documents.labels import LabelForm, labels_per_sheet, render_labels, usual_form
from orderdesk.documents.letter import Letter
from orderdesk.domain.coupons import CouponState, printed
from orderdesk.domain.errors import CouponError, InvalidValueError, NoAddressError, NothingToDoError, OrderDeskError
from orderdesk.domain.goodwill import OfferKind
from orderdesk.domain.shop import Address
from orderdesk.services.days import shop_day
from orderdesk.services.ports import Printer
from orderdesk.services.printing import as_file, require_tray, settings_of
from orderdesk.services.saving import save_file
from orderdesk.storage import outbox
from orderdesk.storage.queries import lookup
from orderdesk.storage.queries.addresses import addresses_of_customers, addresses_of_orders, require_somewhere
from orderdesk.storage.queries.coupons import CouponRow, coupon_row
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store
from orderdesk.storage.view import View

_WHY_NOT = {
    CouponState.NOT_GIVEN: "was not given out, and what its letter is about waits no more",
    CouponState.USED: "was used up",
    CouponState.VOIDED: "was voided",
    CouponState.EXPIRED: "has expired",
}


@dataclass(frozen=True, slots=True)
class Printout:
    """A PDF with a name for its file; `stays_put`: it is printed where it is, whatever the printer's offset.

    `left_out` says of what could not be on it, why.
    """

    name: str
    pages: bytes
    stays_put: bool = False
    left_out: tuple[str, ...] = ()


def labels_of_orders(
    store: Store,
    order_ids: Sequence[int],
    *,
    now: datetime,
    form: LabelForm | None = None,
    first: int = 1,
    those_that_can: bool = False,
) -> Printout:
    """An address label for each order's parcel, on the sheet that fits the shop's paper unless `form` names one.

    `first` is the first label of the sheet that is still there. Raises NothingToDoError for an order without an address,
    InvalidValueError, UnprintableTextError or LabelTooLongError; with `those_that_can` only where none is left.
    """
    with store.read() as view:
        return _labels(view, addresses_of_orders(view, order_ids), now, form, first, those_that_can)


def labels_of_customers(
    store: Store,
    customer_ids: Sequence[int],
    *,
    now: datetime,
    form: LabelForm | None = None,
    first: int = 1,
    those_that_can: bool = False,
) -> Printout:
    """The same for customers, at the address that is on file."""
    with store.read() as view:
        return _labels(view, addresses_of_customers(view, customer_ids), now, form, first, those_that_can)


def coupons_to_cut(store: Store, typed_codes: Sequence[str], *, now: datetime, those_that_can: bool = False) -> Printout:
    """These coupons once more, three to a sheet.

    Raises CouponError for one that is unknown or no longer good, with `those_that_can` only for an unknown one; NothingToDoError
    where none is left.
    """
    with store.read() as view:
        profile, today = profile_of(view), shop_day(view, now)
        coupons = [coupon_row(view, lookup.coupon_id(view, code)) for code in typed_codes]
        left_out = tuple(filter(None, (_why_not_good(coupon, today) for coupon in coupons)))
        if left_out and not those_that_can:
            raise CouponError(left_out[0], "Nothing was printed; leave it out.")
        letters = [_as_it_stands(view, coupon) for coupon in coupons if not _why_not_good(coupon, today)]
    if not letters:
        raise NothingToDoError(" ".join(left_out) or "There is no coupon to print.", "Choose open ones.")
    return Printout("coupons", render_coupon_sheets(letters, profile, today), left_out=left_out)


def calibration_page(store: Store, *, now: datetime) -> Printout:
    """The page that shows by how much a printer is off."""
    with store.read() as view:
        profile, today = profile_of(view), shop_day(view, now)
    return Printout("calibration", render_calibration(profile, today), stays_put=True)


def save_printout(store: Store, made: Printout, folder: Path | None = None) -> Path:
    """The printout as a file in the shop's folder or another; where it lies. Raises StoreError."""
    path = (folder or store.folder) / f"{made.name}-{hashlib.sha256(made.pages).hexdigest()[:6]}.pdf"
    return save_file(path, made.pages, remedy="See that the folder has room and can be written, then try again.")


def saved_sheets(folder: Path) -> list[Path]:
    """The sheets of labels and coupons that were saved in a folder; their names do not say whose they are."""
    return [*folder.glob("labels-*.pdf"), *folder.glob("coupons-*.pdf")]


def print_printout(store: Store, made: Printout, printer: Printer, *, name: str = "") -> None:
    """Hand the printout to a printer by name, "" for the default, in one copy.

    Raises InvalidValueError for a tray that the printer lacks, and what the spooler says where it refuses.
    """
    settings = replace(settings_of(store, printer, name), copies=1)
    require_tray(printer, settings)
    if made.stays_put:
        settings = replace(settings, right_um=0, down_um=0)
    with as_file(store, made.pages, settings) as path:
        printer.print_pdf(path, made.name, settings)


def _labels(
    view: View,
    addresses: Sequence[tuple[str, Address]],
    now: datetime,
    form: LabelForm | None,
    first: int,
    those_that_can: bool,
) -> Printout:
    if not addresses:
        raise NothingToDoError("There is no address to print.", "Choose orders or customers.")
    profile, today = profile_of(view), shop_day(view, now)
    chosen = form or usual_form(profile.paper)
    if not 1 <= first <= labels_per_sheet(chosen):
        raise InvalidValueError("first", str(first), f"1 to {labels_per_sheet(chosen)}")

    def sheets(some: Sequence[tuple[str, Address]], start: int) -> bytes:
        for whose, address in some:
            require_somewhere(address, whose)
        return render_labels([address for _, address in some], chosen, profile, today, first=start)

    try:
        return Printout("labels", sheets(addresses, first))
    except OrderDeskError:
        if not those_that_can:
            raise
    reasons = [_why_not(partial(sheets, [each], 1), each[0]) for each in addresses]
    fit = [each for each, reason in zip(addresses, reasons, strict=True) if not reason]
    left_out = tuple(filter(None, reasons))
    if not fit:
        raise NothingToDoError(" ".join(left_out), "Enter what is missing, then try again.")
    return Printout("labels", sheets(fit, first), left_out=left_out)


def _why_not(make: Callable[[], object], whose: str) -> str:
    """Why it can't be made, and for whom; "" where it can."""
    try:
        make()
    except NoAddressError as error:
        return str(error)
    except OrderDeskError as error:
        return f"{whose}: {error}"
    return ""


def _as_it_stands(view: View, coupon: CouponRow) -> Letter:
    """The letter that brought the coupon; a gift card is worth what is left of it."""
    letter = Letter.from_json(outbox.reserved(view, coupon.notice_id).letter)
    if coupon.offer.kind is OfferKind.GIFT_CARD and coupon.balance is not None:
        return worth_now(letter, coupon.balance)
    return letter


def _why_not_good(coupon: CouponRow, today: date) -> str:
    """Why it is not given out once more; "" where it may be."""
    state = coupon.state(today)
    return "" if state is CouponState.OPEN else f"Coupon {printed(coupon.code)} {_WHY_NOT[state]}."
