"""A coupon in the pane: what it is worth, where it went, every entry of its ledger; and what all coupons cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from orderdesk.domain.coupons import CouponState
from orderdesk.storage.queries.coupon_figures import CouponFigures
from orderdesk.storage.queries.coupons import CouponRow, LedgerRow
from orderdesk.ui import badges, formats
from orderdesk.ui.commands import CommandSet
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.theme import Theme
from orderdesk.ui.widgets import command_button
from orderdesk.ui.words import counted, marked, tr

_ENTRIES = {
    "issued": marked("Issued"),
    "redeemed": marked("Redeemed"),
    "voided": marked("Voided"),
    "restored": marked("Given back: valid again"),
    "changed": marked("Changed"),
}


def coupon_sheet(theme: Theme, coupon: CouponRow, entries: Sequence[LedgerRow], today: date, commands: CommandSet) -> Sheet:
    """The sheet of one coupon."""
    sheet = Sheet(theme)
    sheet.title(formats.read_code(coupon.code), formats.offer(coupon.offer))
    sheet.badges([badges.COUPON[coupon.state(today)]])
    if coupon.void_reason:
        sheet.note("neutral", tr("Void: {}").replace("{}", coupon.void_reason))
    if coupon.state(today) is CouponState.OPEN:
        sheet.add(command_button(commands.action("coupons.redeem"), "ticket-check", "primary"))
    for name, value in (
        (tr("Made out to"), coupon.customer),
        (tr("Left"), formats.money(coupon.left(today))),
        (tr("Valid through"), formats.day(coupon.valid_through, today)),
        (tr("Smallest order"), formats.money(coupon.minimum_order)),
        (tr("For order") if len(coupon.order_numbers) == 1 else tr("For orders"), ", ".join(coupon.order_numbers)),
        (tr("Used on"), ", ".join(coupon.used_on)),
    ):
        sheet.fact(name, value)
    sheet.add(command_button(commands.action("coupons.letter"), "mail"))
    sheet.section(tr("Ledger"))
    for entry in entries:
        below = tr("order {}").replace("{}", entry.order_number) if entry.order_number else ""
        when = formats.moment(entry.at, today)
        sheet.line(tr(_ENTRIES[entry.kind]), formats.money(entry.amount), " · ".join(filter(None, (when, below))), None)
    sheet.section(tr("The code"))
    sheet.text(tr("The last of its twelve symbols checks the other eleven: a slip of the keys is noticed at once."), "muted")
    sheet.text(tr("O is read as 0, I and L as 1. Capitals and dashes do not matter."), "muted")
    return sheet


def figures_sheet(theme: Theme, figures: Sequence[CouponFigures]) -> Sheet:
    """What all coupons cost, currency by currency."""
    sheet = Sheet(theme)
    sheet.title(tr("What coupons cost"))
    if not figures:
        sheet.text(tr("No coupon has been issued yet."), "muted")
    for each in figures:
        sheet.section(each.currency)
        for name, value in _facts(each):
            sheet.fact(name, value)
    return sheet


def _facts(figures: CouponFigures) -> list[tuple[str, str]]:
    rate = figures.redemption_rate
    return [
        (tr("Issued"), f"{figures.issued:,}"),
        (tr("Open"), f"{figures.open:,}"),
        (tr("Not given out"), f"{figures.not_given:,}"),
        (tr("Redeemed"), f"{figures.redeemed:,}"),
        (tr("Expired"), f"{figures.expired:,}"),
        (tr("Void"), f"{figures.voided:,}"),
        (tr("May still be redeemed"), formats.money(figures.outstanding)),
        (tr("and without an amount"), counted(figures.pieces, "{} coupon", "{} coupons") if figures.pieces else ""),
        (tr("Taken off orders"), formats.money(figures.taken_off)),
        (tr("Redemption rate"), "" if rate is None else f"{rate:.0%}"),
        (tr("Median time to redemption"), "" if figures.median_days is None else counted_days(figures.median_days)),
    ]


def counted_days(days: float) -> str:
    """Days, with a half where the median falls between two."""
    return tr("{} day" if days == 1 else "{} days").replace("{}", f"{days:g}")
