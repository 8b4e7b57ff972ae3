"""What an apology says: from the facts of a delay to the words of a letter. Pure: nothing is read but the wording."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from orderdesk.documents.addresses import address_lines, shop_block
from orderdesk.documents.frame import letterhead
from orderdesk.documents.law import rules, what_the_law_says
from orderdesk.documents.letter import Choice, FactRow, Facts, Letter, Reference, ReplySlip
from orderdesk.documents.naming import product_in_sentence, salutation, split_title, with_article
from orderdesk.documents.offers import coupon_of
from orderdesk.documents.text import clean
from orderdesk.documents.wording import counted, fill, in_own_words, locale_of, priced, spelled
from orderdesk.domain.notices import ApologyFacts, DelayedLine, NoticeKind
from orderdesk.domain.packs import Remedy

_REFERENCED_ORDERS = 3
_LONGEST_QUOTE = 140
# A concern is quoted only when it is plain words: no markup, link, placeholder, shouting or second apology.
_NOT_QUOTED = re.compile(r"[<>{}\[\]|\\`$%^*_=#@~!“”\"]|https?:|www\.|[A-Z]{4}")


@dataclass(frozen=True, slots=True)
class _Case:
    """The facts with what every part of the letter asks of them; `waiting` are the lines that the customer may wait for."""

    facts: ApologyFacts
    words: dict[str, dict[str, Any]]
    locale: str
    orders: tuple[str, ...]
    waiting: tuple[DelayedLine, ...]
    new_dates: tuple[date, ...]

    def is_refunded(self, line: DelayedLine) -> bool:
        """Whether the law leaves only the refund of the line's order."""
        standing = self.facts.standings.get(line.order_number)
        return standing is not None and standing.remedy is Remedy.REFUND

    @property
    def customer(self) -> str:
        return clean(self.facts.customer.name) or clean(self.facts.customer.company)

    @property
    def many(self) -> bool:
        return len(self.facts.lines) > 1

    def key(self, name: str) -> str:
        """The key of a text in its form for one item or for several."""
        return f"{name}_many" if self.many else name

    def day(self, day: date) -> str:
        return spelled(day, self.locale)


def compose_apology(facts: ApologyFacts) -> Letter:
    """The letter for one customer about all their delayed lines: one headline, one apology, their options, one offer.

    Raises ValueError when there is no line. Without an offer the letter has no coupon and mentions none.
    """
    if not facts.lines:
        raise ValueError("an apology needs at least one delayed line")
    case = _case(facts)
    coupon = coupon_of(facts, case.words["coupon"], case.locale)
    return Letter(
        language=case.locale.replace("_", "-"),
        paper=facts.shop.paper,
        dated=facts.letter_on,
        subject=fill(case.words["file"]["subject_coupon" if coupon else "subject"], customer=case.customer),
        bookmark=" · ".join(part for part in (case.customer, ", ".join(case.orders)) if part),
        head=letterhead(facts.shop),
        address=address_lines(facts.customer, facts.shop.country),
        references=_references(case),
        headline=_headline(case),
        salutation=salutation(facts.customer, case.words),
        opening=_opening(case),
        facts=_table(case),
        choices=_choices(case),
        note=_note(case),
        closing=_closing(case, coupon is not None),
        signature=clean(facts.shop.owner),
        signed=_signed(case),
        overleaf=case.words["closing"]["overleaf" if coupon else "overleaf_no_coupon"],
        page_label=case.words["labels"]["page"],
        coupon=coupon,
        signature_picture=facts.shop.signature,
        reply=_reply(case),
        rules=rules(facts.standings, case.words["law"], case.day),
    )


def _case(facts: ApologyFacts) -> _Case:
    orders = tuple(dict.fromkeys(clean(line.order_number) for line in facts.lines))
    locale = locale_of(facts.language, facts.customer.country, facts.shop.country)
    case = _Case(facts, in_own_words(facts.language or "en", facts.own_words), locale, orders, (), ())
    waiting = tuple(line for line in facts.lines if not case.is_refunded(line))
    return replace(case, waiting=waiting, new_dates=tuple(line.new_date for line in waiting if line.new_date is not None))


def _references(case: _Case) -> tuple[Reference, ...]:
    labels = case.words["labels"]
    dated = Reference(labels["date"], case.day(case.facts.letter_on))
    if len(case.orders) == 1:
        placed = Reference(labels["placed"], case.day(case.facts.lines[0].placed_on))
        return dated, Reference(labels["order"], case.orders[0]), placed
    shown = case.orders[:_REFERENCED_ORDERS]
    more = ["…"] if len(case.orders) > len(shown) else []
    return dated, Reference(labels["orders"], ", ".join([*shown, *more]))


def _headline(case: _Case) -> str:
    """The latest of the new dates and how many pieces it is true of; pieces are counted, so that no title needs a plural."""
    texts, lines = case.words["headline"], case.waiting
    if case.facts.kind in (NoticeKind.REFUND, NoticeKind.CANCELLATION):
        return _refund_headline(case)
    last = case.day(max(case.new_dates)) if case.new_dates else ""
    pieces = sum(line.quantity for line in lines)
    if pieces == 1:
        product = product_in_sentence(clean(lines[0].title), case.words["words"])
        form = ("one" if product else "piece") + _when(case)
        return fill(texts[form], product=product or "", date=last)
    known = counted(sum(line.quantity for line in lines if line.new_date is not None), case.locale[:2]).capitalize()
    count = counted(pieces, case.locale[:2])
    if case.facts.kind is NoticeKind.GOOD_NEWS:
        return fill(texts["all_here"], count=count)
    form = "none_dated" if not last else "all_dated" if len(case.new_dates) == len(lines) else "some_dated"
    return fill(texts[form], count=count, Count=count.capitalize(), Known=known, date=last)


def _when(case: _Case) -> str:
    """How the headline about one piece ends."""
    if case.facts.kind is NoticeKind.GOOD_NEWS:
        return "_here"
    return "_dated" if case.new_dates else "_undated"


def _refund_headline(case: _Case) -> str:
    texts, refund = case.words["headline"], case.facts.refund
    return str(texts["refund_unpriced"]) if refund is None else fill(texts["refund"], refund=priced(refund, case.locale))


def _opening(case: _Case) -> str:
    texts = case.words["opening"]
    match case.facts.kind:
        case NoticeKind.REFUND:
            parts = [_thanks(case), _shortage(case), texts["apology"], texts[case.key("refund")]]
        case NoticeKind.CANCELLATION:
            parts = [_thanks(case), texts[case.key("canceled")], texts["apology"]]
        case NoticeKind.GOOD_NEWS:
            parts = [texts["thanks_waiting"], texts[case.key("good_news")]]
        case NoticeKind.RENEWED | NoticeKind.DATE_CHANGE as kind:
            parts = [texts["thanks_waiting"], texts[case.key(kind.value)], *_unknown(case)]
        case _:
            parts = [_thanks(case), _shortage(case), *_unknown(case), texts["apology"], _validation(case)]
    return " ".join(parts)


def _unknown(case: _Case) -> list[str]:
    """That a date is not known, said as such."""
    if len(case.new_dates) == len(case.waiting):
        return []
    return [case.words["opening"]["unknown_some" if case.new_dates else "unknown_one"]]


def _thanks(case: _Case) -> str:
    return str(case.words["opening"]["thanks_many" if len(case.orders) > 1 else "thanks_one"])


def _shortage(case: _Case) -> str:
    texts, line = case.words["opening"], case.facts.lines[0]
    promise = "_promised" if _was_promised(case) else ""
    if case.many:
        return str(texts[f"short_many{promise}"])
    product = product_in_sentence(clean(line.title), case.words["words"])
    named = with_article(product, case.words["words"]) if product else ""
    promised = case.day(line.promised_on) if line.promised_on else ""
    return fill(texts[("short_one" if named else "short_item") + promise], product=named, date=promised)


def _was_promised(case: _Case) -> bool:
    """Whether every line had a promised date that its new date, where known, comes after."""
    return all(line.promised_on is not None and _is_later(line) for line in case.facts.lines)


def _is_later(line: DelayedLine) -> bool:
    return line.new_date is None or line.promised_on is None or line.new_date > line.promised_on


def _validation(case: _Case) -> str:
    texts = case.words["opening"]
    concern = clean(case.facts.concern)
    if not concern:
        return str(texts[case.key("valid_promised" if _was_promised(case) else "valid")])
    if len(concern) > _LONGEST_QUOTE or _NOT_QUOTED.search(concern) or _apologizes(concern, case):
        return str(texts["concern_unquoted"])
    return fill(texts["concern"], concern=concern if concern[-1] in ".?…" else concern + ".")


def _apologizes(text: str, case: _Case) -> bool:
    return any(stem in text.lower() for stem in case.words["words"]["apologies"])


def _table(case: _Case) -> Facts:
    labels = case.words["labels"]
    arrived = case.facts.kind is NoticeKind.GOOD_NEWS
    promised = not arrived and any(line.promised_on is not None for line in case.facts.lines)
    rows = tuple(_row(line, case, promised=promised) for line in case.facts.lines)
    if arrived:
        return Facts((labels["arrived"], "", ""), rows)
    late = case.facts.kind.leaves_a_choice
    heads = (labels["on_backorder"], labels["new_date"]) if late else (labels["canceled"], labels["instead"])
    return Facts((heads[0], labels["promised"] if promised else "", heads[1]), rows)


def _row(line: DelayedLine, case: _Case, *, promised: bool) -> FactRow:
    labels = case.words["labels"]
    name, details = split_title(clean(line.title))
    notes = [details] if details else []
    if line.unit_price is not None:
        price = priced(line.unit_price, case.locale)
        notes.append(price if line.quantity == 1 else fill(labels["each"], price=price))
    if len(case.orders) > 1:
        notes.append(fill(labels["order_note"], order=clean(line.order_number)))
    promise = (case.day(line.promised_on) if line.promised_on else labels["no_promise"]) if promised else ""
    return FactRow(f"{line.quantity} × {name}", ", ".join(notes), promise, _what_comes(line, case))


def _what_comes(line: DelayedLine, case: _Case) -> str:
    labels = case.words["labels"]
    if case.facts.kind is NoticeKind.GOOD_NEWS:
        return ""
    if case.is_refunded(line):
        return str(labels["refunded"])
    return case.day(line.new_date) if line.new_date else str(labels["no_new_date"])


def _choices(case: _Case) -> tuple[Choice, ...]:
    texts = case.words["choices"]
    if not case.facts.kind.leaves_a_choice:
        return ()
    rest = (Choice(texts["rest_title"], texts["rest"]),) if case.facts.rest_can_ship else ()
    return (Choice(texts["wait_title"], _waiting(case)), *rest, Choice(texts[case.key("cancel")], _refund_words(case)))


def _note(case: _Case) -> str:
    """What silence means, and what else the law lets the customer do."""
    return " ".join(what_the_law_says(case.facts.standings, case.words["law"], case.day))


def _waiting(case: _Case) -> str:
    texts = case.words["choices"]
    if not case.new_dates:
        return str(texts["wait_undated"])
    return fill(texts[case.key("wait_dated")], date=case.day(max(case.new_dates)))


def _refund_words(case: _Case) -> str:
    texts = case.words["choices"]
    refund = case.facts.refund
    if refund is None:
        return str(texts["refund_unpriced"])
    return fill(texts[case.key("refund")], refund=priced(refund, case.locale))


def _closing(case: _Case, coupon: bool) -> str:
    texts = case.words["closing"]
    if not case.facts.kind.leaves_a_choice:
        answer = fill(texts["reach"], ways=_ways(case))
    else:
        answer = fill(texts[case.key("answer")], ways=_ways(case))
    return f"{answer} {texts['offer']}" if coupon else answer


def _reply(case: _Case) -> ReplySlip | None:
    """The slip, where the shop wants one or there is no other way to answer."""
    texts, shop = case.words["reply"], case.facts.shop
    if not case.facts.kind.leaves_a_choice or not (shop.reply_slip or not (shop.email or shop.phone)):
        return None
    orders = ", ".join(case.orders[:_REFERENCED_ORDERS]) + (", …" if len(case.orders) > _REFERENCED_ORDERS else "")
    last = fill(texts["wait"], date=case.day(max(case.new_dates))) if case.new_dates else texts["wait_undated"]
    rest = (texts["rest"],) if case.facts.rest_can_ship else ()
    return ReplySlip(
        title=texts["title"],
        about=" · ".join(part for part in (case.customer, fill(texts["about"], order=orders)) if part),
        options=(last, *rest, texts["substitute"], texts["cancel"]),
        only_label=texts["only"],
        date_label=texts["signed"],
        to_label=texts["to"],
        to=shop_block(shop, case.facts.customer.country or shop.country),
    )


def _ways(case: _Case) -> str:
    """How to answer, by what the shop's profile has."""
    texts, shop = case.words["closing"], case.facts.shop
    email, phone, site = clean(shop.email), clean(shop.phone), clean(shop.site)
    ways = [fill(texts["write"], email=email)] if email else []
    ways += [fill(texts["call"], phone=phone)] if phone else []
    ways += [fill(texts["visit"], site=site)] if site else []
    match ways:
        case []:
            return str(texts["write_here"])
        case [only]:
            return only
        case [first, last]:
            return fill(texts["ways_two"], first=first, last=last)
        case _:
            return fill(texts["ways_three"], first=ways[0], second=ways[1], last=ways[2])


def _signed(case: _Case) -> str:
    shop = case.facts.shop
    owner, name = clean(shop.owner), clean(shop.name)
    return fill(case.words["labels"]["signed_owner"], owner=owner, shop=name) if owner and name else owner or name
