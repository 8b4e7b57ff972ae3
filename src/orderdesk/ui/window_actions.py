"""What the window's own commands do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from orderdesk.ui import late
from orderdesk.ui.desk import Desk
from orderdesk.ui.theme import Mode
from orderdesk.ui.window_ways import WindowWays
from orderdesk.ui.words import tr

if TYPE_CHECKING:
    from orderdesk.ui.import_page import ImportPage
    from orderdesk.ui.interior import Interior
    from orderdesk.ui.keeping import Keeping
    from orderdesk.ui.shops import ShopFiles
    from orderdesk.ui.starting import Starting


_LOOK_ROUND_AFTER_MS = 60


class WindowActions(WindowWays):
    """One method per command of window_commands; those that go from page to page are among the ways."""

    def __init__(self, window: Interior, desk: Desk) -> None:
        super().__init__(window)
        self._desk = desk
        self._keeping: Keeping | None = None
        self._starting: Starting | None = None

    @property
    def keeping(self) -> Keeping:
        """Backups and exports."""
        if self._keeping is None:
            self._keeping = late.keeping.Keeping(self._window, self._desk)
        return self._keeping

    @property
    def starting(self) -> Starting:
        """The first minutes."""
        if self._starting is None:
            self._starting = late.starting.Starting(self._window, self._desk, self)
        return self._starting

    @cached_property
    def _shops(self) -> ShopFiles:
        return late.shops.ShopFiles(self, self._desk)

    # -- File

    def new_shop(self) -> None:
        self._shops.ask_for_new()

    def open_shop(self) -> None:
        self._shops.ask_for_other()

    def sample_shop(self) -> None:
        self._shops.open_sample()

    def import_files(self) -> None:
        self._import_page().choose_files()

    def preview_files(self, paths: Sequence[str]) -> None:
        """Show what an import of these files would do."""
        self._import_page().preview([Path(path) for path in paths])

    def export(self) -> None:
        self.keeping.export()

    def back_up(self) -> None:
        self.keeping.back_up()

    def restore(self) -> None:
        self.keeping.restore()

    def print_selection(self) -> None:
        page = self._window.pages.orders_in_front
        letters = page.letters_picked() if page is not None else []
        if letters:
            late.apologizing.print_notices(self._desk, letters)
        else:
            self._desk.say(tr("Select orders with letters first, on the Orders page."))

    def quit(self) -> None:
        self._window.main.close()

    # -- Edit

    def undo(self) -> None:
        self._window.history.undo()

    def redo(self) -> None:
        self._window.history.redo()

    def bring_back(self) -> None:
        """Show the form again that was closed with something typed, on its page."""
        found = self._window.pages.with_discarded
        if found is not None:
            name, pane = found
            self.go(name)
            pane.bring_back()

    def take_offer(self) -> None:
        self._window.toast.take_first()

    def find_command(self) -> None:
        page_set = self._window.page_commands()
        sets = [*self._window.command_sets.values(), *([page_set] if page_set else [])]
        late.overlays.CommandPalette(self._window.main, [action for each in sets for action in each.actions]).open()

    def redeem_coupon(self) -> None:
        """Ask for a code, to be used on the order that is picked, if one is."""
        page = self._window.pages.orders_in_front
        picked = page.picked_rows() if page is not None else []
        number = picked[0].number if len(picked) == 1 else ""
        self.go("coupons")
        late.coupon_forms.ask_to_redeem(self._window.pages.named("coupons"), "", number)

    # -- View

    def system(self) -> None:
        self._choose_theme(Mode.SYSTEM)

    def light(self) -> None:
        self._choose_theme(Mode.LIGHT)

    def dark(self) -> None:
        self._choose_theme(Mode.DARK)

    def columns(self) -> None:
        page = self._window.pages.table_in_front
        if page is not None:
            page.show_columns_menu()

    def refresh(self) -> None:
        self._window.show_page(self._window.current_page.objectName().removeprefix("page."), remember=False)

    # -- Help

    def shortcuts(self) -> None:
        page_set = self._window.page_commands()
        late.overlays.ShortcutSheet(self._window.main, self._window.command_sets, page_set).open()

    def log_folder(self) -> None:
        folder = late.places.log_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._desk.outside.opener.open(folder)

    def copy_report(self) -> None:
        QApplication.clipboard().setText(self._desk.reports.text())
        self._desk.say(tr("Report copied: versions and what went wrong, nothing of your customers."))

    def about(self) -> None:
        late.overlays.AboutSheet(self._window.main).open()

    # -- from elsewhere

    def greet(self) -> None:
        """The shop is open: its rows first, everything else once they are painted."""
        self.refresh()
        QTimer.singleShot(_LOOK_ROUND_AFTER_MS, self, self._look_round)

    def _look_round(self) -> None:
        self.starting.look_round()

    def _choose_theme(self, mode: Mode) -> None:
        self._desk.theme.choose(mode)
        self._desk.memory.keep("window/theme", mode.value)

    def _import_page(self) -> ImportPage:
        self.go("import")
        return self._window.pages.named("import")
