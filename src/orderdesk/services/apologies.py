"""The main job: one click makes a letter and a coupon for everyone whose order can't be filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from orderdesk.domain.days import spelled_out
from orderdesk.domain.errors import CanceledError, NothingBackorderedError, NotSetUpError, OrderDeskError, StoreError, named
from orderdesk.domain.goodwill import Offer
from orderdesk.domain.notices import NoticeKind
from orderdesk.services.apology_letter import BY_DEFAULT, Wishes, is_news, kind_of, last_of
from orderdesk.services.batch import save_batch
from orderdesk.services.days import require_not_past, shop_day
from orderdesk.services.letter_offers import advice, has_coupon_in_vain
from orderdesk.services.letters import LetterFiles, copied_to, files_of, finish_letter, finish_letters
from orderdesk.services.overtaken import require_news, still_holds
from orderdesk.services.reserving import reserve, revise, settle_wishes
from orderdesk.services.tasks import NO_PROGRESS, Progress
from orderdesk.services.telling import already_told
from orderdesk.storage import notices as records
from orderdesk.storage.queries import cases
from orderdesk.storage.queries.made_letters import Said, made_letter
from orderdesk.storage.queries.refunds import refund_if_canceled
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.queries.telling import orders_told_next
from orderdesk.storage.store import Store
from orderdesk.storage.view import View


@dataclass(frozen=True, slots=True)
class Apology:
    """A letter and its coupon; without an offer there is none.

    `said` is per order number. `first_time` is False where it had been made before, `follows` where it says otherwise than then;
    `told_at` is None until the customer has had it.
    `advice` is what the seller may want to think over.
    """

    notice_id: int
    customer: str
    order_numbers: tuple[str, ...]
    letter: Path
    coupon: Path | None
    coupon_code: str | None
    offer: Offer | None
    valid_through: date | None
    said: tuple[Said, ...]
    kind: NoticeKind
    told_at: datetime | None
    first_time: bool
    follows: bool = False
    advice: tuple[str, ...] = ()

    @property
    def new_date(self) -> date | None:
        """When everything is promised that is not refunded; None where that is not known."""
        return last_of([order.new_date for order in self.said if not order.is_refunded])


@dataclass(frozen=True, slots=True)
class Refusal:
    """An order for which no letter was made, and why."""

    order_number: str
    customer: str
    error: OrderDeskError

    @property
    def reason(self) -> str:
        return _sentence(self.error)

    @property
    def named(self) -> str:
        """The reason with whom it is about, unless it keeps every letter from being made."""
        if isinstance(self.error, NotSetUpError):
            return self.reason
        return named(self.reason, self.order_number, f"{self.customer} ({self.order_number})")


@dataclass(frozen=True, slots=True)
class ApologyRun:
    """What one click made. `canceled`: the seller stopped it, what was made stays.

    `batch` is one PDF with all letters; where it could not be saved, `batch_failure` says why.
    """

    apologies: tuple[Apology, ...]
    refused: tuple[Refusal, ...]
    batch: Path | None = None
    batch_failure: str = ""
    canceled: bool = False


def apologize(
    store: Store,
    order_ids: Sequence[int],
    *,
    now: datetime,
    folder: Path | None = None,
    wishes: Wishes = BY_DEFAULT,
    batch: bool = False,
    progress: Progress = NO_PROGRESS,
) -> ApologyRun:
    """Make a letter with a coupon for each customer of these orders, over all that they have to hear of.

    Twice gives the same letter and coupon. What can't be apologized for is refused by name, the rest is made.
    With `batch` all letters are also saved as one PDF. `folder` defaults to the shop's documents folder. A new date is for these
    orders alone, whatever else a letter is about. Raises InvalidValueError for a new date that has passed.
    """
    if wishes.new_date is not None or wishes.by_deliveries:
        wishes = replace(wishes, of_orders=frozenset(order_ids))
    with store.read() as view:
        today = shop_day(view, now)
        require_not_past("new_date", wishes.new_date, today)
        groups, refused = cases.groups_to_tell(view, order_ids, today=today, new_date=wishes.new_date)
    refusals = [Refusal(number, "", NothingBackorderedError(number)) for number in refused]
    apologies: list[Apology] = []
    canceled = False
    with store.at_one_go():
        for done, group in enumerate(groups):
            try:
                progress.step(done, len(groups), group.customer)
                apologies.append(_apologize_to(store, group, now, folder, wishes))
            except CanceledError:
                canceled = True
                break
            except OrderDeskError as error:
                refusals += [Refusal(number, group.customer, error) for number in group.order_numbers]
    run = ApologyRun(tuple(apologies), tuple(refusals), canceled=canceled)
    return _with_batch(store, run, folder or store.folder) if batch and apologies else run


def orders_to_tell(store: Store, *, now: datetime) -> list[int]:
    """Every order with a backordered line whose customer has not been told, was given a date that will not hold, or has a letter
    to come; the first deadline first.
    """
    with store.read() as view:
        return orders_told_next(view, today=shop_day(view, now))


def revise_apology(store: Store, notice_id: int, *, wishes: Wishes, now: datetime) -> Apology:
    """Change the offer, the new date or the customer's concern; both PDFs follow, the code stays.

    Raises AlreadyToldError once the customer was told, RefusedError for an offer in a letter that brings no coupon,
    InvalidValueError for a new date that has passed.
    """
    with store.begin("revise_apology", "", now=now) as transaction:
        notice, today = transaction.notice(notice_id), shop_day(transaction.view, now)
        case = cases.group_of_notice(transaction.view, notice_id, today=today)
        if notice.told_at is not None:
            raise already_told(transaction.view, case.order_numbers[0], notice.told_at)
        require_not_past("new_date", wishes.new_date, today)
        revise(transaction, notice, case, wishes, today)
        transaction.describe(f"Changed the letter to {case.customer}")
    return _advised(store, _apology(store, notice_id, finish_letter(store, notice_id), first_time=False), case)


def _with_batch(store: Store, run: ApologyRun, folder: Path) -> ApologyRun:
    try:
        return replace(run, batch=save_batch(store, [each.notice_id for each in run.apologies], folder))
    except StoreError as error:  # the letters are made and recorded all the same
        return replace(run, batch_failure=_sentence(error))


def _apologize_to(store: Store, group: cases.Group, now: datetime, folder: Path | None, wishes: Wishes) -> Apology:
    if _is_made(store, group, now, wishes):
        assert group.notice_id is not None
        return _apology(
            store, group.notice_id, copied_to(folder, files_of(store, group.notice_id), store.folder), first_time=False
        )
    with store.begin("apologize", f"Apologized to {group.customer}", now=now) as transaction:
        # Asked again inside the transaction: another window or script may have been faster.
        profile, today = profile_of(transaction.view), shop_day(transaction.view, now)
        current = cases.group_again(transaction.view, group, today=today)
        ready = current.notice_id if current.told_at is None else None
        settled = wishes if ready is None else settle_wishes(transaction.notice(ready), wishes)
        kind = kind_of(profile, current, settled, today)
        if current.told_at is None:
            require_news(current, settled, today)
        elif not is_news(current, wishes, today):
            raise already_told(transaction.view, current.order_numbers[0], current.told_at)
        records.void_untold(transaction, current.order_ids)
        if current.notice_id is None or not _may_be_kept(transaction.view, current, kind):
            notice_id = reserve(transaction, current, now, folder or store.folder, settled, kind)
        else:
            notice_id = current.notice_id
            if wishes != BY_DEFAULT or not still_holds(transaction.view, current, today):
                revise(transaction, transaction.notice(notice_id), current, wishes, today)
    first_time = notice_id != group.notice_id
    made = _apology(store, notice_id, copied_to(folder, finish_letter(store, notice_id), store.folder), first_time=first_time)
    if group.told_at is None and group.notice_id not in (None, notice_id):
        finish_letters(store)  # the files of the letter that it replaces go away
    return replace(_advised(store, made, current), follows=not first_time)


def _advised(store: Store, made: Apology, group: cases.Group) -> Apology:
    """With what the seller may want to think over before it is told."""
    with store.read() as view:
        return replace(made, advice=(*_too_late(view, made, group), *advice(view, group, made.offer)))


def _too_late(view: View, made: Apology, group: cases.Group) -> Iterator[str]:
    """What the seller should know of orders that the letter leaves no choice of."""
    for number, said in zip(made.order_numbers, made.said, strict=True):
        if said.is_refunded and said.refund_by is not None:
            nothing = _pays_nothing_back(view, group, number)
            back = "nothing is left to pay back" if nothing else f"refund due by {spelled_out(said.refund_by)}"
            yield f"Order {number} came too late for a choice: telling the customer cancels what waits; {back}."


def _pays_nothing_back(view: View, group: cases.Group, number: str) -> bool:
    """Whether it is known that nothing goes back where what an order of the group waits for is canceled."""
    lines = [line for line in group.lines if line.order_number == number]
    due = refund_if_canceled(view, {line.order_id for line in lines}, [line.line_id for line in lines])
    return due is not None and not due.amount.minor


def _is_made(store: Store, group: cases.Group, now: datetime, wishes: Wishes) -> bool:
    """Whether the letter is there as it is wanted, and still the one that may be sent."""
    if group.notice_id is None or not group.covered:
        return False
    with store.read() as view:
        today = shop_day(view, now)
        if group.told_at is None:
            return wishes == BY_DEFAULT and still_holds(view, group, today) and not has_coupon_in_vain(view, group)
    return wishes == Wishes(new_date=wishes.new_date, of_orders=wishes.of_orders) and not is_news(group, wishes, today)


def _may_be_kept(view: View, group: cases.Group, kind: NoticeKind) -> bool:
    """Whether the letter that is made can say what one of that kind is to say; one told, or with a coupon in vain, can't."""
    return group.told_at is None and group.notice_kind == kind and not has_coupon_in_vain(view, group)


def _apology(store: Store, notice_id: int, files: LetterFiles, *, first_time: bool) -> Apology:
    with store.read() as view:
        made = made_letter(view, notice_id)
    return Apology(
        notice_id=notice_id,
        customer=made.customer,
        order_numbers=made.order_numbers,
        letter=files.letter,
        coupon=files.coupon,
        coupon_code=made.coupon_code,
        offer=made.offer,
        valid_through=made.valid_through,
        said=made.said,
        kind=NoticeKind(made.kind),
        told_at=made.told_at,
        first_time=first_time,
    )


def _sentence(error: OrderDeskError) -> str:
    return f"{error} {error.remedy}".strip()
