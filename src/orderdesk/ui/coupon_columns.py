"""The coupons page, declared."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date

from orderdesk.domain.coupons import CouponStatus
from orderdesk.storage.queries.coupons import CouponRow, CouponsView, coupon_counts, coupon_ids, coupon_rows
from orderdesk.storage.view import View
from orderdesk.ui import badges, formats
from orderdesk.ui.badges import Badge
from orderdesk.ui.chips import Filter
from orderdesk.ui.commands import Command, always, one
from orderdesk.ui.delegates import PICK
from orderdesk.ui.listing import Source, Wanted
from orderdesk.ui.table_model import Column
from orderdesk.ui.words import marked, tr


def columns(today: date) -> tuple[Column[CouponRow], ...]:
    """The columns of the coupons page."""

    def badge(row: CouponRow) -> Badge:
        return badges.COUPON[row.state(today)]

    return (
        Column(PICK, marked("Select"), lambda row: "", 32, sorts=False),
        Column("code", marked("Code"), lambda row: formats.code(row.code), 160, look="strong"),
        Column("customer", marked("Customer"), lambda row: row.customer, 170, stretch=True),
        Column("kind", marked("Worth"), lambda row: formats.offer(row.offer), 104),
        Column("balance", marked("Left"), lambda row: formats.money(row.left(today)), 70, numeric=True),
        Column("status", marked("Status"), lambda row: tr(badge(row).word), 112, badge=badge),
        Column("issued", marked("Issued"), lambda row: formats.day(row.issued_on, today), 76, look="muted", shown=False),
        Column(
            "valid_through",
            marked("Valid through"),
            lambda row: formats.day(row.valid_through, today),
            104,
            look="muted",
            roomy=True,
        ),
        Column("orders", marked("For order"), lambda row: ", ".join(row.order_numbers), 84, sorts=False, roomy=True),
        Column("used_on", marked("Used on"), lambda row: ", ".join(row.used_on), 84, sorts=False, roomy=True),
        Column("minimum", marked("Smallest order"), lambda row: formats.money(row.minimum_order), 112, sorts=False, shown=False),
    )


def sentence(row: CouponRow) -> str:
    """The whole row for a screen reader."""
    worth = formats.offer(row.offer)
    return ", ".join(word for word in (formats.code(row.code), row.customer, worth, tr(badges.COUPON[row.status].word)) if word)


FILTERS = (
    Filter("all", marked("All")),
    Filter("open", marked("Open")),
    Filter("not_given", marked("Not given out")),
    Filter("used", marked("Redeemed")),
    Filter("voided", marked("Void")),
    Filter("expired", marked("Expired")),
)
COMMANDS = (
    Command("coupons.redeem", marked("Redeem coupon…"), "ticket-check", "Ctrl+N", always),
    Command(
        "coupons.void",
        marked("Void coupon…"),
        "ticket-x",
        None,
        lambda rows: len(rows) == 1 and rows[0].status == CouponStatus.ISSUED,
        row=True,
    ),
    Command(
        "coupons.to_cut",
        marked("Sheet to cut"),
        "ticket",
        "Ctrl+P",
        lambda rows: any(row.status == CouponStatus.ISSUED for row in rows),
        row=True,
        bulk=True,
    ),
    Command("coupons.letter", marked("Show the letter"), "mail", None, one, row=True),
    Command("coupons.figures", marked("What coupons cost"), "wallet", None, always, separated=True),
    Command("coupons.rules", marked("Rules for offers…"), "settings", None, always),
)


def _view(wanted: Wanted) -> CouponsView:
    return CouponsView(wanted.filter, wanted.search, wanted.sort)


def _ids(view: View, wanted: Wanted, today: date) -> array[int]:
    return coupon_ids(view, _view(wanted), today=today)


def _rows(view: View, ids: Sequence[int], _: date) -> list[CouponRow]:
    return coupon_rows(view, ids)


def _counts(view: View, wanted: Wanted, today: date) -> dict[str, int]:
    return coupon_counts(view, search=wanted.search, today=today)


SOURCE: Source[CouponRow] = Source(_ids, _rows, _counts)
