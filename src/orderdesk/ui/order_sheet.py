"""An order in the pane: what waits and why, the lines, the address, the letters, the history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QGridLayout, QWidget

from orderdesk.documents.addresses import address_lines
from orderdesk.domain.cases import AnswerKind
from orderdesk.domain.money import Money
from orderdesk.domain.orders import ShipPolicy
from orderdesk.domain.packs import Silence
from orderdesk.domain.shop import Address
from orderdesk.storage.queries.order_detail import LineRow, OrderDetail
from orderdesk.ui import badges, formats
from orderdesk.ui.commands import CommandSet
from orderdesk.ui.letter_lines import add_notice
from orderdesk.ui.line_questions import LineQuestions
from orderdesk.ui.order_columns import missing_words, paid_text, status_badge, told_badge
from orderdesk.ui.order_lines import add_line
from orderdesk.ui.order_seen import OrderSeen
from orderdesk.ui.refund_letters import letter_badge, telling_words
from orderdesk.ui.sheet import Sheet
from orderdesk.ui.theme import Theme
from orderdesk.ui.ways_back import done
from orderdesk.ui.widgets import button, command_button, say
from orderdesk.ui.words import counted, marked, tr

_ANSWERS = {
    AnswerKind.NONE: marked("The customer gave no answer yet."),
    AnswerKind.SILENCE: marked("The customer did not answer in time."),
    AnswerKind.AGREED: marked("The customer agreed to wait."),
    AnswerKind.CANCELED: marked("The customer canceled units of it."),
    AnswerKind.SUBSTITUTE: marked("The customer took something else for units of it."),
}

# What can be done about an order, in the places of its buttons.
_BUTTONS = (
    ("orders.new_date", "calendar"),
    ("orders.answer", "clipboard-pen"),
    ("orders.ship", "truck"),
    ("orders.packing_slip", "clipboard-list"),
    ("orders.mark_paid", "wallet"),
    ("orders.track", "truck"),
    ("orders.keep", "archive-restore"),
    ("orders.let_go", "undo-2"),
    ("orders.prioritize", "upload"),
    ("orders.end_priority", "undo-2"),
    ("orders.hold", "pause"),
    ("orders.release", "play"),
    ("orders.edit", "pencil"),
    ("orders.cancel", "ban"),
)


def order_sheet(
    theme: Theme,
    seen: OrderSeen,
    today: date,
    commands: CommandSet,
    *,
    show_letter: Callable[[int], None],
    questions: LineQuestions,
) -> Sheet:
    """The sheet of one order."""
    sheet, detail, order, is_overtaken = Sheet(theme), seen.detail, seen.detail.row, seen.overtaken is not None
    placed = tr("placed {}").replace("{}", formats.relative_day(order.placed_on, today))
    sheet.title(tr("Order {}").replace("{}", order.number), " · ".join((order.customer, formats.channel(order.channel), placed)))
    told = told_badge(order) if seen.letter is None else letter_badge(seen.letter.cancels, is_overtaken=is_overtaken)
    where = badges.ORDER[order.status] if order.over_allocated else None
    sheet.badges([badge for badge in (status_badge(order), where, told) if badge is not None])
    if order.backordered_lines:
        _add_backorder_note(sheet, seen, today)
    if order.silent_by:
        _add_silence_note(sheet, order.silent_by, today)
    # Above what comes and goes with what they do, so that none moves under the mouse.
    sheet.add(_buttons(commands, letter_ready=detail.row.letter_ready, is_overtaken=is_overtaken, unheard_of=detail.unheard_of))
    if order.over_allocated:
        sheet.note("danger", missing_words(order), tr("Receive or count the product, or release the units for others."))
    if order.hold_reason:
        sheet.note("neutral", tr("On hold"), order.hold_reason)
    for line in detail.lines:
        add_line(sheet, line, today, questions)
    _add_money(sheet, detail, today)
    _add_refunds(sheet, detail, today, commands)
    _add_parcels(sheet, detail, today)
    _add_customer(sheet, detail)
    if detail.notices:
        sheet.section(tr("Letters"))
        for notice in detail.notices:
            add_notice(sheet, notice, today, show_letter, seen.withheld.get(notice.id))
    _add_answers(sheet, detail, today)
    _add_history(sheet, detail, today)
    return sheet


def _add_parcels(sheet: Sheet, detail: OrderDetail, today: date) -> None:
    for parcel in detail.parcels:
        sent = counted(parcel.units, "{} unit", "{} units")
        title = tr("Parcel of {}").replace("{}", formats.day(parcel.left_on, today))
        sheet.fact(title, " · ".join(filter(None, (sent, parcel.carrier))))
        sheet.fact(tr("Tracking"), parcel.tracking)


def _add_backorder_note(sheet: Sheet, seen: OrderSeen, today: date) -> None:
    detail, order = seen.detail, seen.detail.row
    heading = tr("{} of {} backordered").replace("{}", f"{order.units_short:,}", 1)
    open_units = sum(line.ordered - line.shipped - line.canceled for line in detail.lines)
    heading = heading.replace("{}", counted(open_units, "{} unit", "{} units"))
    stock = _coming(detail, today)
    given = detail.deadline.given if detail.deadline is not None else None
    first_name = order.customer.split(" ")[0] or order.customer
    if order.told_on is not None:
        told = tr("{} was told on {}.").replace("{}", first_name, 1).replace("{}", formats.day(order.told_on, today))
        if given is not None:
            told = told[:-1] + tr(": by {}.").replace("{}", formats.day(given, today))
    else:
        again = given is not None or (detail.deadline is not None and detail.deadline.update_on is not None)
        told = (tr("{} was told of less than waits now.") if again else tr("{} has not been told yet.")).replace("{}", first_name)
    told = " ".join(filter(None, (told, _what_telling_does(seen, today))))
    if detail.slipped and detail.deadline is not None and not detail.deadline.word_is_due(today):
        told += " " + tr("A date that they were given has slipped: tell them the new one.")
    elif detail.deadline is not None and detail.deadline.update_on is not None:
        told += " " + tr("They hear again by {}.").replace("{}", formats.day(detail.deadline.update_on, today))
    sheet.note("backordered", heading, " ".join((stock, told, *_deadline(detail, today))))


def _what_telling_does(seen: OrderSeen, today: date) -> str:
    """What the letter that is ready gives, or why it may not go out; what telling the customer cancels."""
    wished, taken = seen.letter.wished_date if seen.letter else None, telling_words(seen.cancels, today)
    gives = tr("The letter that is ready gives them {}.").replace("{}", formats.day(wished, today)) if wished else ""
    return " ".join(filter(None, (seen.overtaken.why if seen.overtaken else gives, f"{taken}." if taken else "")))


def _add_silence_note(sheet: Sheet, silent_by: date, today: date) -> None:
    """What came in after silence had canceled it, which only the seller can settle."""
    heading = tr("No answer by {}").replace("{}", formats.day(silent_by, today))
    said = tr("Without one it was to be canceled, and it has come in since. Ask them, and note the answer before it ships.")
    sheet.note("backordered", heading, said)


def _coming(detail: OrderDetail, today: date) -> str:
    """When all that is short will be here, or the first of it; that it never will."""
    never = any(line.never_arrives for line in detail.lines)
    short = [line for line in detail.lines if line.backordered and not line.never_arrives]
    if never and not short:
        return tr("It won't arrive: no more of it will come.")
    coming = _first_to_come(short, today)
    return tr("{} Some of it won't arrive.").replace("{}", coming) if never else coming


def _first_to_come(short: list[LineRow], today: date) -> str:
    whole = [line.expected_on for line in short if line.expected_on]
    if whole and len(whole) == len(short):
        return tr("Expected {}.").replace("{}", formats.day(max(whole), today))
    first = [day for line in short if line.coverage for _, day in line.coverage.parts]
    if first:
        return tr("Some of it is expected {}.").replace("{}", formats.day(min(first), today))
    return tr("No delivery is expected yet.")


def _deadline(detail: OrderDetail, today: date) -> list[str]:
    """By when to tell the customer; once they were told, what silence means."""
    deadline = detail.deadline
    if deadline is None:
        return []
    if deadline.tell_by is not None:
        words = formats.tell_by(deadline.tell_by, deadline.silence, today)
        return [words[0].upper() + words[1:] + ".", *_agreed(detail)]
    if deadline.answer is not None:
        return [tr(_ANSWERS[deadline.answer])]
    if deadline.answer_by is None:
        return []
    consents = tr("Silence until {} counts as consent.")
    cancels = tr("Without an answer it is canceled after {}.")
    return [(consents if deadline.silence is Silence.CONSENT else cancels).replace("{}", formats.day(deadline.answer_by, today))]


def _agreed(detail: OrderDetail) -> list[str]:
    """That somebody who was not told agreed to wait all the same, as on the phone."""
    since = detail.row.backordered_since
    kinds = [answer.kind for answer in detail.answers if since is not None and answer.at >= since]
    return [tr(_ANSWERS[AnswerKind.AGREED])] if kinds[:1] == [AnswerKind.AGREED] else []


def _buttons(commands: CommandSet, *, letter_ready: bool, is_overtaken: bool, unheard_of: bool) -> QWidget:
    """What is to be done next on a line of its own: to apologize, be it again, or to see the ready letter out; so is to write
    of what was canceled, where the customer has not heard of it. Below it what can be.
    """
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 2, 0, 2)
    grid.setSpacing(6)
    main, beside = ("orders.apologize", "mail"), ("orders.show_letter", "mail-check")
    if letter_ready and not is_overtaken:
        main, beside = beside, main
    next_step = commands.action(main[0])
    first = command_button(next_step, main[1], "primary")
    if is_overtaken:
        say(first, tr("Apologize again"), beside_image=True)
    grid.addWidget(first, 0, 0, 1, 2)
    place = 2
    if unheard_of:
        grid.addWidget(command_button(commands.action("orders.cancellation"), "package-x"), 1, 0, 1, 2)
        place = 4
    for command_id, image in (beside, *_BUTTONS):
        action = commands.action(command_id)
        if action.isEnabled():
            grid.addWidget(command_button(action, image, compact=True), place // 2, place % 2)
            place += 1
    first.setVisible(next_step.isEnabled())
    next_step.enabledChanged.connect(first.setVisible)  # what the list knows of the order may be read after this
    return holder


def _add_money(sheet: Sheet, detail: OrderDetail, today: date) -> None:
    order = detail.row
    sheet.section(tr("Total and dates"))
    if detail.shipping or detail.tax or detail.discount:
        sheet.fact(tr("Subtotal"), formats.money(detail.subtotal))
    sheet.fact(tr("Shipping"), formats.money(detail.shipping))
    sheet.fact(tr("Tax"), formats.money(detail.tax))
    taken_off = None if detail.discount is None else Money(-detail.discount.minor, detail.discount.currency)
    sheet.fact(tr("Discount"), formats.money(taken_off))
    sheet.fact(tr("Total"), formats.money(order.total))
    sheet.fact(tr("Paid"), paid_text(order, today) or tr("not yet"))
    sheet.fact(tr("Ship by"), formats.day(order.ship_by, today))
    if order.ship_policy is not ShipPolicy.PARTIAL:
        sheet.fact(tr("If something is missing"), tr(formats.SHIP_POLICIES[order.ship_policy]))
    sheet.fact(tr("Coupon used"), detail.coupon_codes)
    for used in detail.coupons:
        worth = formats.offer(used.coupon.offer) if used.applied is None else formats.money(used.applied)
        sheet.fact(tr("Coupon redeemed"), f"{formats.read_code(used.coupon.code)} · {worth}")
    sheet.fact(tr("Tags"), order.tags)
    sheet.fact(tr("Note"), order.note)


def _add_refunds(sheet: Sheet, detail: OrderDetail, today: date, commands: CommandSet) -> None:
    for refund in detail.refunds:
        how = " · ".join(filter(None, (formats.money(refund.amount), formats.day(refund.on, today), refund.how)))
        sheet.fact(tr("Paid back"), how)
    if detail.to_pay_back is not None:
        canceled = any(line.canceled for line in detail.lines)
        why = tr("for what was canceled") if canceled else tr("the order comes to less than was paid")
        by = tr("by {}").replace("{}", formats.day(detail.pay_back_by, today)) if detail.pay_back_by is not None else ""
        owed = sheet.line(tr("To pay back"), formats.money(detail.to_pay_back), " · ".join(filter(None, (by, why))), None)
        note = commands.action("orders.refund").trigger
        owed.add_small_buttons([button(tr("Paid back…"), note, kind="link", name="order.refund")])


def _add_customer(sheet: Sheet, detail: OrderDetail) -> None:
    sheet.section(tr("Ship to"))
    sheet.text(address_text(detail.address) or tr("No address is known."))
    sheet.fact(tr("E-mail"), detail.email)
    sheet.fact(tr("Phone"), detail.phone)
    sheet.fact(tr("User name"), detail.username)


def address_text(address: Address) -> str:
    """An address line by line as labels and letters have it, wherever it is."""
    return "\n".join(address_lines(address, from_country=""))


def _add_answers(sheet: Sheet, detail: OrderDetail, today: date) -> None:
    if detail.answers:
        sheet.section(tr("Answers"))
        for answer in detail.answers:
            sheet.line(tr(_ANSWERS[answer.kind]), formats.day(answer.given_on, today), answer.words, None)


def _add_history(sheet: Sheet, detail: OrderDetail, today: date) -> None:
    sheet.section(tr("History"))
    for step in detail.history[:20]:
        undone = tr("undone") if step.undone else ""
        below = " · ".join(part for part in (formats.moment(step.at, today), step.detail, undone) if part)
        sheet.line(done(step.summary), "", below, None)
