"""Letters that lie ready follow what the shop says of itself, and in which words, until their customers are told."""

from __future__ import annotations

from dataclasses import replace

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.render import render_letter
from orderdesk.documents.specimens import specimens
from orderdesk.domain.errors import OrderDeskError
from orderdesk.domain.shop import ShopProfile
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.days import shop_day
from orderdesk.services.overtaken import is_outdated
from orderdesk.services.reserving import revise
from orderdesk.storage.queries.cases import group_if_open
from orderdesk.storage.queries.notices import ready_notices
from orderdesk.storage.queries.pictures import pictures
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.shop_row import save_profile
from orderdesk.storage.transaction import Transaction


def keep_profile(transaction: Transaction, profile: ShopProfile) -> None:
    """Keep the shop's profile within a step; its ready letters follow, unless all that changed is who is served first.

    Raises TextTooLongError or UnprintableTextError for what a letter has no room or no letters for.
    """
    before = profile_of(transaction.view)
    save_profile(transaction, profile)
    if replace(before, queue=profile.queue) != profile:
        _require_printable(profile, transaction)
        write_anew(transaction)


def _require_printable(profile: ShopProfile, transaction: Transaction) -> None:
    """What the law wants of the shop in every letter is never cut: it has to fit before anybody is written to."""
    usual = next(specimens(profile, "en", {}, shop_day(transaction.view, transaction.at)))
    render_letter(compose_apology(usual), pictures(transaction.view))


def write_anew(transaction: Transaction) -> None:
    """Within a step that changed the shop's profile or words: its ready letters say and show that too.

    What the seller wished of each stays. One that could not go out like that stays as it was.
    """
    view = transaction.view
    profile, today = profile_of(view), shop_day(view, transaction.at)
    for notice_id in ready_notices(view):
        group = group_if_open(view, notice_id, today=today)
        if group is None or is_outdated(profile, group, today):
            continue
        try:
            with transaction.savepoint():
                revise(transaction, transaction.notice(notice_id), group, Wishes(paper=profile.paper), today)
        except OrderDeskError:
            continue
