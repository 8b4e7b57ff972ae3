"""Labels and sheets of coupons from a page: made, kept in the shop's folder, and from there to the printer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from orderdesk.documents.labels import LabelForm, usual_form
from orderdesk.domain.errors import InvalidValueError, OrderDeskError, named
from orderdesk.domain.shop import ShopProfile
from orderdesk.services.draft_fields import Draft, Reader, read_units
from orderdesk.services.tasks import Progress
from orderdesk.storage.store import Store
from orderdesk.ui import late
from orderdesk.ui.apologizing import CHOSEN_PRINTER
from orderdesk.ui.desk import Desk
from orderdesk.ui.forms import DraftForm, Field
from orderdesk.ui.left_out import say_left_out
from orderdesk.ui.words import counted, marked, tr

if TYPE_CHECKING:
    from orderdesk.services.printouts import Printout
    from orderdesk.ui.page import TablePage

_FORM_KEY = "labels/form"

MakeLabels = Callable[..., "Printout"]
MakePrintout = Callable[[Store, datetime], "Printout"]


def _read_form(_: Draft, _name: str, text: str) -> LabelForm:
    return LabelForm(text)


def _read_first(draft: Draft, name: str, text: str) -> int:
    first: int | None = read_units(draft, name, text or "1")
    if not first:
        raise InvalidValueError(name, text, tr("the number of a label on the sheet, from 1"))
    return first


@dataclass
class LabelsDraft(Draft):
    """Which sheet of labels, and the first label on it that is still there."""

    form: str
    first: str = "1"

    READERS: ClassVar[Mapping[str, Reader]] = {"form": _read_form, "first": _read_first}


_FIELDS = (
    Field(
        "form",
        marked("Sheet of labels"),
        kind="choice",
        choices=(
            (LabelForm.AVERY_5160.value, marked("Avery 5160 (Letter, 30 labels)")),
            (LabelForm.AVERY_L7160.value, marked("Avery L7160 (A4, 21 labels)")),
        ),
    ),
    Field("first", marked("First free label, counted along the rows"), usual="1"),
)


def show_labels_form(page: TablePage[Any], ids: list[int], make: MakeLabels) -> None:
    """Ask in the pane for the sheet, the one that was used last at first, before `make` makes a label for each id on it."""
    desk = page.desk
    usual = usual_form((desk.profile or ShopProfile()).paper).value
    draft = LabelsDraft(desk.memory.recall(_FORM_KEY, usual))
    many = counted(len(ids), "{} label", "{} labels")
    form = DraftForm(tr("Address labels"), draft, _FIELDS, tr("Make labels"), about=many)

    def made(_: object) -> None:
        desk.memory.keep(_FORM_KEY, draft.form)
        form.closed.emit()

    def submit() -> None:
        make_printout(
            desk,
            lambda store, now: make(
                store, ids, now=now, form=draft.value("form"), first=draft.value("first"), those_that_can=True
            ),
            lambda made: counted(len(ids) - len(made.left_out), "{} label ready", "{} labels ready"),
            made,
            form.refuse,
        )

    form.submitted.connect(submit)
    form.closed.connect(page.pane.close_top)
    page.pane.show_form(form)


def make_printout(
    desk: Desk,
    make: MakePrintout,
    ready: Callable[[Printout], str],
    then: Callable[[object], None] | None = None,
    otherwise: Callable[[Exception], None] | None = None,
) -> None:
    """Make it, keep it in the shop's folder, and say that it is ready with ways to go on."""

    def step(store: Store, now: datetime, _: Progress) -> tuple[Printout, Path]:
        made = make(store, now)
        return made, late.printouts.save_printout(store, made)

    def kept(answer: tuple[Printout, Path]) -> None:
        made, path = answer
        opener = desk.outside.opener
        desk.say(ready(made), [(tr("Print"), lambda: print_made(desk, lambda *_: made)), (tr("Open"), lambda: opener.open(path))])
        say_left_out(desk, made.left_out)
        if then is not None:
            then(answer)

    desk.perform(step, kept, otherwise=otherwise)


def make_slips(page: TablePage[Any], orders: Sequence[tuple[int, str]]) -> None:
    """A packing slip for each order (id, number) that can have one; the others are named, with the reason."""

    def step(store: Store, now: datetime, progress: Progress) -> tuple[list[Path], list[str]]:
        paths, left_out = [], []
        for place, (order_id, number) in enumerate(orders):
            progress.step(place, len(orders))
            try:
                paths.append(late.slips.save_packing_slip(store, order_id, now=now))
            except OrderDeskError as error:
                left_out.append(named(str(error), number, tr("Order {}").replace("{}", number)))
        return paths, left_out

    def made(answer: tuple[list[Path], list[str]]) -> None:
        if answer[0]:
            page.said_files(answer[0], marked("{} packing slip ready"), marked("{} packing slips ready"))
        say_left_out(page.desk, answer[1])

    title = counted(len(orders), "Making {} packing slip", "Making {} packing slips") if len(orders) > 1 else ""
    page.desk.perform(step, made, title=title)


def print_made(desk: Desk, make: MakePrintout, printer_name: str | None = None) -> None:
    """Print it on the printer of that name, else where letters go."""
    _print_each(desk, lambda store, now: [make(store, now)], printer_name)


def print_files(desk: Desk, paths: Sequence[Path]) -> None:
    """Print files that were saved, where letters go."""
    _print_each(desk, lambda *_: [late.printouts.Printout(path.stem, path.read_bytes()) for path in paths], None)


def _print_each(desk: Desk, make: Callable[[Store, datetime], Sequence[Printout]], printer_name: str | None) -> None:
    printer = desk.outside.printer
    name = desk.memory.recall(CHOSEN_PRINTER, "") if printer_name is None else printer_name

    def step(store: Store, now: datetime, _: Progress) -> None:
        for each in make(store, now):
            late.printouts.print_printout(store, each, printer, name=name)

    desk.perform(step, lambda _: desk.say(tr("Sent to the printer.")))
