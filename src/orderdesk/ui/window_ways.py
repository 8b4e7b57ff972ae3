"""The ways from page to page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from orderdesk.ui.interior import Interior


class WindowWays(QObject):
    """One method per command of the Go menu, and the ways that pages take by themselves."""

    def __init__(self, window: Interior) -> None:
        super().__init__(window)
        self._window = window

    def go(self, name: str) -> None:
        self._window.show_page(name)

    def go_filtered(self, name: str, filter_key: str) -> None:
        """Show a page with one of its filters."""
        self.go(name)
        if self._window.table_page is not None:
            self._window.table_page.chips.choose(filter_key)

    def page_before(self, name: str) -> str | None:
        """The page that was left for the one of that name."""
        return self._window.trail.before(name)

    def show_order(self, order_id: int) -> None:
        """Show an order on its page."""
        self.go("orders")
        self._window.page("orders").pick_when_there(order_id)

    def show_product(self, product_id: int) -> None:
        """Show a product on its page."""
        self.go("inventory")
        self._window.page("inventory").pick_when_there(product_id)

    def show_count(self, page: str, count: int) -> None:
        """How many things wait on a page, at its name."""
        self._window.sidebar.buttons[page].show_count(count)

    # -- of the File menu

    def words(self) -> None:
        self.go("words")

    def printers(self) -> None:
        self.go("printers")

    def settings(self) -> None:
        self.go("settings")

    # -- the Go menu

    def today(self) -> None:
        self.go("today")

    def orders(self) -> None:
        self.go("orders")

    def inventory(self) -> None:
        self.go("inventory")

    def purchases(self) -> None:
        self.go("purchases")

    def reorder(self) -> None:
        self.go("reorder")

    def customers(self) -> None:
        self.go("customers")

    def coupons(self) -> None:
        self.go("coupons")

    def listings(self) -> None:
        self.go("listings")

    def figures(self) -> None:
        self.go("figures")

    def history(self) -> None:
        self.go("history")

    def back(self) -> None:
        name = self._window.trail.back()
        if name is not None:
            self._window.show_page(name, remember=False)

    def forward(self) -> None:
        name = self._window.trail.forward()
        if name is not None:
            self._window.show_page(name, remember=False)
