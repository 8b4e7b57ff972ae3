"""Verbs about what goes on paper: apologize, told, letter, slip, tone, coupon, redeem, void."""

from __future__ import annotations

import re
from argparse import Namespace
from pathlib import Path

from orderdesk.cli import coupon_documents, coupon_texts, documents, outcomes, texts
from orderdesk.cli.context import PROGRESS, Answer, Context, UsageError
from orderdesk.cli.refund_letters import counted_if_told
from orderdesk.domain.coupons import printed
from orderdesk.domain.errors import StoreError, UnreadableFileError
from orderdesk.domain.goodwill import parse_offer
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.shop import Paper
from orderdesk.domain.tone.check import MOST_CHARACTERS, check_letter, check_letters_form
from orderdesk.domain.tone.languages import CHECKED, guess
from orderdesk.domain.tone.reasons import NOT_CHECKED
from orderdesk.services import answers, apologies, coupons, endings, orders, slips, telling
from orderdesk.services.apologies import Apology, ApologyRun
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.drafts import SubstituteDraft
from orderdesk.services.steps import step_made
from orderdesk.storage.queries.notices import letter_to_tell

# As a line of its own, or as the headline that stands above the greeting in the messages made of letters.
_SUBJECT = re.compile(r"Subject:(.*)\n|([^\n]*[^\s,:])\n\s*\n(?=[^\n]+[,:]\n)")


def apologize(context: Context, words: Namespace) -> Answer:
    if bool(words.orders) == words.all:
        raise UsageError("Name one or more orders, or --all for everyone who was not told.")
    wishes = Wishes(
        offer=parse_offer(words.offer, _currency(context, words.orders)) if words.offer else None,
        new_date=words.expected,
        by_deliveries=words.by_deliveries,
        concern=words.concern,
        paper=Paper(words.paper) if words.paper else None,
    )
    chosen = (
        apologies.orders_to_tell(context.store, now=context.now)
        if words.all
        else [orders.find_order(context.store, each) for each in words.orders]
    )
    folder = Path(words.out).absolute() if words.out else None
    run = apologies.apologize(
        context.store, chosen, now=context.now, folder=folder, wishes=wishes, batch=words.all, progress=PROGRESS
    )
    context.notes += [sentence for made in run.apologies for sentence in made.advice]
    context.notes += counted_if_told(context, [made.notice_id for made in run.apologies])
    refusals = list(dict.fromkeys(each.named for each in run.refused))
    failed = run.batch_failure or any(isinstance(each.error, StoreError) for each in run.refused)
    if run.apologies and not failed:  # what could be made was made: the rest is worth a note, no failure of the whole
        context.notes += refusals
        refusals = []
    refusals += [run.batch_failure] if run.batch_failure else []
    return Answer(outcomes.apology_run(run), _text(context, run), " ".join(refusals))


def _currency(context: Context, numbers: list[str]) -> str:
    """The currency that an offer's amount is in: that of the first order, or the shop's for all."""
    if not numbers:
        return context.profile.currency
    with context.store.read() as view:
        return str(view.record("orders", orders.find_order(context.store, numbers[0]))["currency"])


def told(context: Context, words: Namespace) -> Answer:
    order = orders.find_order(context.store, words.order)
    with context.store.read() as view:
        letter_id = letter_to_tell(view, order)
    counted = [] if letter_id is None else counted_if_told(context, [letter_id])
    step = telling.mark_order_told(context.store, order, ToldBy(words.channel), now=context.now)
    context.notes += counted
    return Answer(outcomes.step(step), texts.step(step))


def answer(context: Context, words: Namespace) -> Answer:
    """What a customer who waits wants: recorded and carried out."""
    order = orders.find_order(context.store, words.order)
    if words.wish == "none":
        return _no_answer(context, order, words.words)
    if words.wish == "substitute":
        if not words.substitute:
            raise UsageError("Say what the customer takes instead: --with SKU.")
        line = answers.waiting_line(context.store, order, words.sku)
        draft = SubstituteDraft(sku=words.substitute, quantity=words.units, unit_price=words.price)
        step = answers.send_substitute(context.store, line, draft, words.words, now=context.now)
    else:
        act = answers.agree_to_wait if words.wish == "wait" else answers.cancel_what_waits
        step = act(context.store, order, words.words, now=context.now)
    return Answer(outcomes.step(step), texts.step(step))


def _no_answer(context: Context, order: int, words: str) -> Answer:
    """None yet, or none in time; with the letter about the refund where that cancels."""
    noted = endings.note_no_answer(context.store, order, words, now=context.now)
    path = None if noted.letter is None else str(noted.letter.letter)
    return Answer({**outcomes.step(noted.step), "letter": path}, "\n".join(filter(None, (texts.step(noted.step), path))))


def show_coupon(context: Context, words: Namespace) -> Answer:
    return _coupon(context, words.code)


def redeem(context: Context, words: Namespace) -> Answer:
    found = coupons.find_coupon(context.store, words.code)
    amount = Money.typed(words.amount.strip(), found.currency) if words.amount else None
    redemption = coupons.redeem_coupon(context.store, words.code, words.order, amount=amount, now=context.now)
    context.notes += [*coupon_texts.notes(redemption), *texts.shifts(step_made(context.store, redemption.event_id).shifts)]
    answer = _coupon(context, words.code)
    done = f"{redemption.applied} applied to" if redemption.applied else "Redeemed on"
    return Answer(
        {**answer.document, "applied": documents.money(redemption.applied)}, f"{done} order {words.order}. {answer.text}"
    )


def void(context: Context, words: Namespace) -> Answer:
    coupons.void_coupon(context.store, words.code, words.reason, now=context.now)
    return _coupon(context, words.code)


def letter(context: Context, words: Namespace) -> Answer:
    """A letter at the end of a wait."""
    write = endings.write_good_news if words.about == "good_news" else endings.write_cancellation
    folder = Path(words.out).absolute() if words.out else None
    made = write(context.store, orders.find_order(context.store, words.order), now=context.now, folder=folder)
    return Answer({"order_number": words.order, "notice": words.about, "letter": str(made.letter)}, str(made.letter))


def slip(context: Context, words: Namespace) -> Answer:
    """A packing slip for each order, of what can leave now or has left last."""
    folder = Path(words.out).absolute() if words.out else None
    chosen = [orders.find_order(context.store, each) for each in words.orders]
    paths = [str(slips.save_packing_slip(context.store, order, now=context.now, folder=folder)) for order in chosen]
    return Answer({"slips": paths}, "\n".join(paths))


def tone(context: Context, words: Namespace) -> Answer:
    """What the tone check says of a text file; its subject may stand first."""
    text = _read(Path(words.file))
    match = _SUBJECT.match(text)
    start, end = match.span(match.lastindex or 0) if match else (0, 0)
    before = match.end() if match else 0
    language = words.language.lower().partition("-")[0] if words.language else guess(text)
    checked = language in CHECKED
    if not checked:
        context.notes.append(f"{NOT_CHECKED} If it is English: --language en.")
    found = (check_letter if checked else check_letters_form)(text[start:end], text[before:])
    found = [each.moved(start if each.in_subject else before) for each in found]
    lines = [f"{each.level} {each.id} at {each.start}: {each.text or 'the letter as a whole'}" for each in found]
    nothing = "Nothing to mend." if checked else "Not checked."
    unchecked = [] if checked else [{"id": "not_checked", "level": "note", "start": 0, "end": 0, "text": language}]
    return Answer([*unchecked, *(documents.finding(each) for each in found)], "\n".join(lines) or nothing)


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(MOST_CHARACTERS + 1)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{path} is no text in UTF-8.", "Save it as UTF-8, then try again.") from error
    if len(text) > MOST_CHARACTERS:
        raise UnreadableFileError(
            f"{path} is too long for a letter: it has more than {MOST_CHARACTERS:,} characters.", "Check a part of it."
        )
    return text


def _text(context: Context, run: ApologyRun) -> str:
    lines = [_letter_made(context, made) for made in run.apologies]
    if run.batch:
        lines.append(f"All letters in one file: {run.batch}")
    if not lines and not run.refused:
        return "Nobody is waiting to be told."
    return "\n".join(lines)


def _letter_made(context: Context, made: Apology) -> str:
    """Where it lies, with its coupon; and that nobody has to be told any more."""
    coupon = f", coupon {printed(made.coupon_code)}" if made.coupon_code else ""
    told = f" (told {context.day_of(made.told_at)})" if made.told_at else ""
    return f"{made.customer} ({', '.join(made.order_numbers)}): {made.letter}{coupon}{told}"


def _coupon(context: Context, code: str) -> Answer:
    row = coupons.find_coupon(context.store, code)
    ledger = coupons.coupon_ledger_of(context.store, code)
    return Answer(coupon_documents.coupon(row, ledger, context.today), coupon_texts.coupon(context, row, ledger))
