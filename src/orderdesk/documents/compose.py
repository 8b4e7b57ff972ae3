"""What an apology says: from the facts of a delay to the words of a letter. Pure: nothing is read but the wording."""

from __future__ import annotations

from dataclasses import replace

from orderdesk.documents.addresses import address_lines, shop_block
from orderdesk.documents.answering import answer
from orderdesk.documents.case import Case, case_of
from orderdesk.documents.frame import letterhead
from orderdesk.documents.law import in_short, rules, what_the_law_says
from orderdesk.documents.letter import Choice, FactRow, Facts, Letter, Reference, ReplySlip
from orderdesk.documents.naming import product_in_sentence, salutation, split_title, substitute_name
from orderdesk.documents.offers import coupon_of, key_of_offer
from orderdesk.documents.opening import opening
from orderdesk.documents.text import clean
from orderdesk.documents.wording import counted, fill, listed, priced
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ApologyFacts, DelayedLine, NoticeKind, digest_of, digest_of_rest
from orderdesk.domain.packs import Silence


def compose_apology(facts: ApologyFacts) -> Letter:
    """The letter for one customer about all their delayed lines: one headline, one apology, their options, one offer.

    Raises ValueError when there is no line. Without an offer the letter has no coupon and mentions none.
    """
    if not facts.lines:
        raise ValueError("an apology needs at least one delayed line")
    case = case_of(facts)
    coupon = coupon_of(facts, case.words["coupon"], case.locale, case.made_out)
    reply = _reply(case)
    return Letter(
        language=case.locale.replace("_", "-"),
        paper=facts.shop.paper,
        dated=facts.letter_on,
        subject=fill(case.words["file"]["subject_coupon" if coupon else "subject"], customer=case.made_out),
        bookmark=" · ".join(part for part in (case.customer, ", ".join(case.orders)) if part),
        head=letterhead(facts.shop, facts.customer.country, case.locale[:2]),
        address=address_lines(facts.customer, facts.shop.country),
        references=_references(case),
        headline=_headline(case),
        salutation=salutation(facts.customer, case.words),
        opening=opening(case),
        facts=_table(case),
        choices=_choices(case),
        note=_note(case),
        short_note=in_short(case) if len(case.facts.standings) > 1 else "",
        closing=answer(case, by_slip=reply is not None),
        offer=_offer(case) if coupon else "",
        regards=case.words["closing"]["regards"],
        signature=clean(facts.shop.owner),
        signed=_signed(case),
        overleaf=case.words["closing"]["overleaf"],
        page_label=case.words["labels"]["page"],
        coupon=coupon,
        signature_picture=facts.shop.signature,
        reply=reply,
        rules=rules(case),
        substitute=case.facts.substitute.title if case.facts.substitute and _substitute_name(case) else "",
        sums=facts.sums,
        sends_rest=bool(_rest(case)),
        digest=digest_of(facts.customer, facts.lines),
        digest_of_rest=digest_of_rest(facts.rest, facts.standings.values()),
    )


def _references(case: Case) -> tuple[Reference, ...]:
    labels = case.words["labels"]
    dated = Reference(labels["date"], case.day(case.facts.letter_on))
    if len(case.orders) == 1:
        placed = Reference(labels["placed"], case.day(case.facts.lines[0].placed_on))
        return dated, Reference(labels["order"], case.orders[0]), placed
    return dated, Reference(labels["orders"], ", ".join(case.orders))


def _headline(case: Case) -> str:
    """The latest of the new dates and what it is true of: one product by name, else pieces, so that no title needs a plural."""
    texts, lines = case.words["headline"], (*case.waiting, *case.never)
    if case.facts.kind in (NoticeKind.REFUND, NoticeKind.CANCELLATION):
        return _refund_words(case, "headline", _refund_key(case))
    if case.facts.rest:
        return _part_headline(case)
    last = case.day(max(case.new_dates)) if case.new_dates else ""
    pieces = sum(line.quantity for line in lines)
    product = product_in_sentence(clean(lines[0].title), case.words["words"]) if len(lines) == 1 else None
    count = counted(pieces, case.locale[:2])
    if product or pieces == 1:
        form = ("piece" if not product else "one" if pieces == 1 else "several") + _when(case)
        return fill(texts[form], product=product or "", date=last, count=count)
    if case.facts.kind is NoticeKind.GOOD_NEWS:
        return fill(texts["all_here"], count=count)
    told = case.never if case.never and not last else [line for line in lines if line.new_date is not None]
    known = counted(sum(line.quantity for line in told), case.locale[:2]).capitalize()
    form = _how_many(case)
    return fill(texts[form], count=count, Count=count.capitalize(), Known=known, date=last)


def _part_headline(case: Case) -> str:
    """How many of the pieces that were waited for are here, and by when they leave."""
    here, rest = (sum(line.quantity for line in lines) for lines in (case.facts.lines, case.facts.rest))
    known, count = (counted(pieces, case.locale[:2]) for pieces in (here, here + rest))
    form = case.words["headline"]["some_dated"]
    return fill(form, Known=known.capitalize(), count=count, date=case.day(case.facts.leaves_on))


def _when(case: Case) -> str:
    """How the headline about one product ends."""
    if case.facts.kind is NoticeKind.GOOD_NEWS:
        return "_here"
    return "_never" if case.never else "_dated" if case.new_dates else "_undated"


def _how_many(case: Case) -> str:
    """Which headline about several pieces it is: those with a date come first, then that some never arrive."""
    if case.new_dates:
        return "all_dated" if len(case.new_dates) == len(case.waiting) + len(case.never) else "some_dated"
    return case.key_by_what_comes("none_dated")


def _refund_words(case: Case, section: str, key: str) -> str:
    """What is said of the refund there, under that key where it is known and not made yet."""
    texts, refund = case.words[section], case.facts.refund
    if refund is None:
        return str(texts["refund_unpriced"])
    nothing = case.facts.nothing_goes_back
    return str(texts[case.key_of_nothing]) if nothing else fill(texts[key], refund=priced(refund, case.locale))


def _refund_key(case: Case) -> str:
    """The key of a text about a refund, for one that is whole or whose tax comes on top."""
    return "refund_untaxed" if case.facts.refund_lacks_tax else "refund"


def _table(case: Case) -> Facts:
    labels = case.words["labels"]
    arrived = case.facts.kind is NoticeKind.GOOD_NEWS
    promised = not arrived and any(line.promised_on is not None for line in case.facts.lines)
    if case.facts.rest:
        return _part_table(case)
    rows = tuple(_row(line, case, promised=promised) for line in case.facts.lines)
    if arrived:
        return Facts((labels["arrived"], "", ""), rows)
    late = case.facts.kind.leaves_a_choice
    only = case.has_no_dates or (case.all_free and not late)
    heads = (
        (labels[case.key_by_what_comes("on_backorder")], labels["new_date"]) if late else (labels["canceled"], labels["instead"])
    )
    return Facts((heads[0], labels["promised"] if promised else "", "" if only else heads[1]), rows)


def _part_table(case: Case) -> Facts:
    """What is here with the day by which it leaves, then what is still to come."""
    here = (replace(line, new_date=case.facts.leaves_on) for line in case.facts.lines)
    rows = tuple(_row(line, case, promised=False) for line in (*here, *case.facts.rest))
    return Facts((case.words["slip"]["product"], "", case.words["labels"]["ship_date"]), rows)


def _row(line: DelayedLine, case: Case, *, promised: bool) -> FactRow:
    labels = case.words["labels"]
    name, details = split_title(clean(line.title))
    notes = [details] if details else []
    if line.unit_price is not None:
        paid = Money(0, line.unit_price.currency) if case.was_free(line.order_number) else line.unit_price
        price = priced(paid, case.locale)
        notes.append(price if line.quantity == 1 else fill(labels["each"], price=price))
    if len(case.orders) > 1:
        notes.append(fill(labels["order_note"], order=clean(line.order_number)))
    promise = (case.day(line.promised_on) if line.promised_on else labels["no_promise"]) if promised else ""
    comes = not (line.never_arrives or case.is_refunded(line.order_number))
    return FactRow(f"{line.quantity} × {name}", ", ".join(notes), promise, _what_comes(line, case), comes)


def _what_comes(line: DelayedLine, case: Case) -> str:
    labels = case.words["labels"]
    if case.facts.kind is NoticeKind.GOOD_NEWS and not case.facts.rest:
        return ""
    if case.is_refunded(line.order_number):
        return _instead(line, case)
    if line.never_arrives:
        return "" if case.has_no_dates else str(labels["never"])
    return case.day(line.new_date) if line.new_date else str(labels["no_new_date"])


def _instead(line: DelayedLine, case: Case) -> str:
    """What the customer has of a line that is canceled; of what was free that it is, where there is more to say of others."""
    if not case.was_free(line.order_number):
        return str(case.words["labels"]["refunded"])
    return "" if case.all_free and not case.is_mixed else str(case.words["labels"]["canceled"])


def _choices(case: Case) -> tuple[Choice, ...]:
    texts = case.words["choices"]
    if not case.facts.kind.leaves_a_choice:
        return ()
    wait = (Choice(texts["wait_title"], _waiting(case)),) if case.waiting else ()
    back = _refund_words(case, "choices", case.key_of_chosen(_refund_key(case)))
    return (*wait, *_substitute(case), *_rest(case), Choice(texts[case.key_of_chosen("cancel")], back))


def _rest(case: Case) -> tuple[Choice, ...]:
    """To have what is here at once, where the letter offers it."""
    texts = case.words["choices"]
    return (Choice(texts["rest_title"], texts[case.key_by_what_comes("rest")]),) if case.facts.offers_rest else ()


def _substitute(case: Case) -> tuple[Choice, ...]:
    """The product to have instead, at the price of the late one or a lower one, with nothing to refund where that was free; else
    one that the customer names, where there is nothing to wait for.
    """
    texts, name = case.words["choices"], _substitute_name(case)
    if name is None or case.facts.substitute is None:
        return () if case.waiting else (Choice(texts["substitute_title"], texts["substitute_open"]),)
    line, price = case.facts.lines[0], case.facts.substitute.price
    amount = priced(price, case.locale)
    if line.quantity > 1:
        amount = fill(case.words["labels"]["each"], price=amount)
    form = "substitute" if price == line.unit_price or case.was_free(line.order_number) else "substitute_lower"
    return (Choice(texts["substitute_title"], fill(texts[form], product=name, price=amount)),)


def _substitute_name(case: Case) -> str | None:
    """What to call the substitute; None without one, and where several lines leave no room for it."""
    other = case.facts.substitute
    return None if other is None or case.many else substitute_name(clean(other.title), clean(case.facts.lines[0].title))


def _note(case: Case) -> str:
    """What silence means, and what else the law lets the customer do."""
    return " ".join(what_the_law_says(case))


def _waiting(case: Case) -> str:
    texts = case.words["choices"]
    if case.never:
        return str(texts["wait_some"])
    if not case.new_dates:
        asked = any(each.silence is Silence.CANCELLATION for each in case.facts.standings.values())
        return str(texts["wait_undated_asked" if asked else "wait_undated"])
    return fill(texts[case.key_of_chosen("wait_dated")], date=case.day(max(case.new_dates)))


def _offer(case: Case) -> str:
    return str(case.words["closing"][key_of_offer(case.facts.sums, with_choice=case.facts.kind.leaves_a_choice)])


def _reply(case: Case) -> ReplySlip | None:
    """The slip, where the shop wants one or there is no other way to answer."""
    texts, shop = case.words["reply"], case.facts.shop
    if not case.facts.kind.leaves_a_choice or not (shop.reply_slip or not (shop.email or shop.phone)):
        return None
    about = fill(texts["about_many" if len(case.orders) > 1 else "about"], order=listed(case.orders, case.locale))
    rest = (texts[case.key_by_what_comes("rest")],) if case.facts.offers_rest else ()
    return ReplySlip(
        title=texts["title"],
        about=" · ".join(part for part in (case.customer, about) if part),
        options=(*_wait_to_tick(case), *rest, *_substitute_to_tick(case), texts["cancel"]),
        only_label=texts["only"],
        date_label=texts["signed"],
        to_label=texts["to"],
        to=shop_block(shop, case.facts.customer.country or shop.country, case.locale[:2]),
    )


def _wait_to_tick(case: Case) -> tuple[str, ...]:
    """That the customer waits, for what can be waited for: by a date where that is the date of it all, else as the table says."""
    texts = case.words["reply"]
    if not case.waiting:
        return ()
    if case.never:
        return (texts["wait_some"],)
    if not case.new_dates:
        return (texts["wait_undated"],)
    if len({line.new_date for line in case.waiting}) > 1:
        return (texts["wait_listed"],)
    return (fill(texts["wait"], date=case.day(case.new_dates[0])),)


def _substitute_to_tick(case: Case) -> tuple[str, ...]:
    """Another product, where the letter offers one: by its name, else something similar."""
    texts, name = case.words["reply"], _substitute_name(case)
    if not _substitute(case):
        return ()
    return (texts["substitute"] if name is None else fill(texts["substitute_named"], product=name),)


def _signed(case: Case) -> str:
    shop = case.facts.shop
    owner, name = clean(shop.owner), clean(shop.name)
    return fill(case.words["labels"]["signed_owner"], owner=owner, shop=name) if owner and name else owner or name
