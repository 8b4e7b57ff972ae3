"""What a customer may ask for: everything that is known about them in one file, or that it is forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from orderdesk.domain.errors import NothingToDoError, RefusedError, StillOwedError, StoreError
from orderdesk.files import write_atomically
from orderdesk.services.batch import batches_with
from orderdesk.services.editions import is_others
from orderdesk.services.letters import finish_letters
from orderdesk.services.printouts import saved_sheets
from orderdesk.services.slips import slip_path
from orderdesk.services.steps import Step, step_of
from orderdesk.storage.erasure import erase
from orderdesk.storage.nobody import erased_name
from orderdesk.storage.queries.customer_data import SavedLetter, everything_about, numbers_of_orders, open_order_of, saved_letters
from orderdesk.storage.queries.notices import coupon_path, draft_path, letter_path
from orderdesk.storage.queries.refunds import OwedRefund, refunds_owed
from orderdesk.storage.store import Store
from orderdesk.storage.view import View


def erase_customer(store: Store, customer_id: int, *, although_owed: bool = False, now: datetime) -> Step:
    """Take out of the shop who the customer is: name, address, everything they are known by, their words, in letters too.

    In its folder, slips, drafts, batches and sheets that may name them go too; they can be made again. Orders, money and
    coupons stay; it can't be undone. Only `although_owed` erases whom money is still to be paid back to: else raises
    StillOwedError. Raises RefusedError while something of theirs is still to be shipped, NothingToDoError where nothing is left
    to take out; StoreError for files that can't be taken out: they alone are left then, and erasing once more tries them again.
    """
    with store.begin("erase", "", now=now, undoable=False) as transaction:
        owed = _owed_to(transaction.view, customer_id)
        if owed and not although_owed:
            raise _owing(owed)
        transaction.customer(customer_id)
        files = _files_about(store, transaction.view, customer_id)
        are_left = _are_left(files, saved_letters(transaction.view, customer_id))
        erase(transaction, customer_id)
        if not (are_left or transaction.changes_something()):
            raise NothingToDoError(f"Who customer {customer_id} was is erased already.", "Nothing is left to take out.")
        summary = f"Erased who customer {customer_id} was"
        transaction.describe(summary)
        left = _throw_away(files)  # before who they were is gone: after a crash in between nobody would look for them
    finish_letters(store)
    if left:
        remedy = f"Close what has it open, then erase {erased_name(customer_id)} again."
        raise StoreError(f"{summary}, but can't take out {', '.join(left)}.", remedy)
    return step_of(transaction, summary)


def owed_to(store: Store, customer_id: int) -> list[OwedRefund]:
    """Before they are erased: the money that could not go back to them any more. Raises RefusedError for an open order."""
    with store.read() as view:
        return _owed_to(view, customer_id)


def _owed_to(view: View, customer_id: int) -> list[OwedRefund]:
    _require_nothing_open(view, customer_id)
    theirs = {order_id for _, order_id in numbers_of_orders(view, customer_id)}
    return [each for each in refunds_owed(view) if each.order_id in theirs]


def _owing(owed: Iterable[OwedRefund]) -> StillOwedError:
    amounts = ", ".join(f"{each.amount or 'an unknown amount'} of order {each.order_number}" for each in owed)
    return StillOwedError(f"Still to be paid back to this customer: {amounts}.", "Do that first.")


def _require_nothing_open(view: View, customer_id: int) -> None:
    waiting = open_order_of(view, customer_id)
    if waiting is not None:
        raise RefusedError(f"Order {waiting} of this customer is still open.", "Ship or cancel it first.")


def _files_about(store: Store, view: View, customer_id: int) -> list[Path]:
    """Every file in the shop's folder, and every letter elsewhere, that may say who the customer is."""
    letters = saved_letters(view, customer_id)
    pages = (path(letter.folder, letter.stem) for letter in letters for path in (letter_path, coupon_path))
    return [
        *(path for path in pages if not is_others(path, store.folder)),
        *(draft_path(letter.folder, letter.stem) for letter in letters),
        *(slip_path(store.folder, number, order_id) for number, order_id in numbers_of_orders(view, customer_id)),
        *batches_with(store.folder, [letter.notice_id for letter in letters], store.folder),
        *saved_sheets(store.folder),
    ]


def _are_left(files: Iterable[Path], letters: Iterable[SavedLetter]) -> bool:
    """Whether any file lies there that says who they are, if they are erased already: letters are drawn again without that."""
    pages = {path(letter.folder, letter.stem): letter.is_drawn for letter in letters for path in (letter_path, coupon_path)}
    return not all(pages.values()) or any(path.exists() for path in files if path not in pages)


def _throw_away(paths: Iterable[Path]) -> list[str]:
    """What can't be taken out, each with the reason."""
    left = []
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            left.append(f"{path} ({error.strerror})")
    return left


def export_customer(store: Store, customer_id: int, path: Path) -> None:
    """Write all of it as JSON, the letters' words included. Raises NotFoundError, or StoreError where the disk refuses."""
    with store.read() as view:
        known = everything_about(view, customer_id)
    try:
        write_atomically(path, json.dumps(known, indent=2, ensure_ascii=False).encode())
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror}.", "Choose another folder, or free some space.") from error
