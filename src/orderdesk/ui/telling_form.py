"""How customers were told, asked of one or of many: what telling them cancels is said before it is done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from orderdesk.domain.counts import first_names
from orderdesk.storage.queries.cancels import TellingCancels, telling_cancels
from orderdesk.ui import late
from orderdesk.ui.defects import counted_words
from orderdesk.ui.refund_letters import telling_words
from orderdesk.ui.ways_back import say_steps
from orderdesk.ui.words import counted, tr

if TYPE_CHECKING:
    from orderdesk.domain.defects import CancellationRecord
    from orderdesk.domain.notices import ToldBy
    from orderdesk.services.steps import Step
    from orderdesk.storage.view import View
    from orderdesk.ui.desk import Desk
    from orderdesk.ui.side_pane import SidePane

_NAMED = 8
Found = tuple[list["CancellationRecord"], list[TellingCancels]]
# Gets how they were told, and what that cancels in all.
Mark = Callable[["ToldBy", str], None]


def ask_how_told(desk: Desk, pane: SidePane, named: str, letters: Sequence[int], mark: Mark) -> None:
    """Ask it in the pane, once it is known what telling of these letters cancels and what a marketplace makes of that."""
    desk.ask(partial(_found, letters), partial(_ask, desk, pane, named, mark))


def _found(letters: Sequence[int], view: View, today: date) -> Found:
    return late.defects.if_told(view, letters, today=today), list(telling_cancels(view, letters).values())


def _ask(desk: Desk, pane: SidePane, named: str, mark: Mark, found: Found) -> None:
    records, cancels = found
    about = "\n".join(filter(None, (named, _taken_off(cancels, desk.today()), counted_words(records, desk.today()))))
    draft, title = late.small_drafts.ToldDraft(), tr("Mark as told")
    form = late.forms.DraftForm(title, draft, late.small_drafts.TOLD_FIELDS, title, about=about)
    form.submitted.connect(pane.close_top)
    form.submitted.connect(lambda: mark(late.notices.ToldBy(draft.by), _canceled(cancels)))
    form.closed.connect(pane.close_top)
    pane.show()
    pane.show_form(form)


def _taken_off(cancels: Sequence[TellingCancels], today: date) -> str:
    """What telling takes off whose orders: of one letter with the money, of several how many they are."""
    if len(cancels) < 2:
        return "".join(f"{each.customer}: {telling_words(each, today)}" for each in cancels)
    came = tr("{} of these letters came too late to leave a choice.").replace("{}", f"{len(cancels):,}")
    units = tr("Telling their customers cancels {} units, and what is still owed for them goes back.")
    names = first_names(list(dict.fromkeys(each.customer for each in cancels)), _NAMED)
    return f"{came} {units.replace('{}', f'{_units(cancels):,}')}\n{names}"


def _canceled(cancels: Sequence[TellingCancels]) -> str:
    """What telling them takes off in all, "" for nothing."""
    units = _units(cancels)
    return counted(units, "{} unit that came too late is canceled", "{} units that came too late are canceled") if units else ""


def say_told(desk: Desk, canceled: str, steps: Sequence[Step]) -> None:
    """Of several customers how many they are, and what of all of them is `canceled`; of one what the step says."""
    many = counted(len(steps), "Marked {} as told", "Marked {} as told")
    say_steps(desk, steps, said=" · ".join(filter(None, (many, canceled))) if len(steps) > 1 else "")


def _units(cancels: Collection[TellingCancels]) -> int:
    return sum(each.units for each in cancels)
