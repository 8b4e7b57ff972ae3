"""The ways from page to page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from orderdesk.ui.interior import Interior


class WindowWays(QObject):
    """One method per command that leads to a page, and the ways that pages take by themselves."""

    def __init__(self, window: Interior) -> None:
        super().__init__(window)
        self._window = window

    def go(self, name: str) -> None:
        self._window.show_page(name)

    def go_filtered(self, name: str, filter_key: str) -> None:
        """Show a page with one of its filters."""
        self.go(name)
        page = self._window.pages.table_in_front
        if page is not None:
            page.chips.choose(filter_key)

    def page_before(self, name: str) -> str | None:
        """The page that was left for the one of that name."""
        return self._window.trail.before(name)

    def show_order(self, order_id: int) -> None:
        """Show an order on its page."""
        self.go("orders")
        self._window.pages.named("orders").pick_when_there(order_id)

    def show_product(self, product_id: int) -> None:
        """Show a product on its page."""
        self.go("inventory")
        self._window.pages.named("inventory").pick_when_there(product_id)

    def show_listing(self, listing_id: int) -> None:
        """Show a listing on its page."""
        self.go("listings")
        self._window.pages.named("listings").pick_when_there(listing_id)

    def show_purchase(self, purchase_id: int) -> None:
        """Show a purchase order on its page."""
        self.go("purchases")
        self._window.pages.named("purchases").pick_when_there(purchase_id)

    def show_count(self, page: str, count: int) -> None:
        """How many things wait on a page, at its name."""
        self._window.sidebar.buttons[page].show_count(count)

    # -- what begins on its page

    def new_customer(self) -> None:
        self.go("customers")
        self._window.pages.named("customers").new()

    def find(self) -> None:
        page = self._window.pages.table_in_front
        if page is None:
            self.go("orders")
            page = self._window.pages.named("orders")
        search = page.search
        search.setFocus()
        search.selectAll()

    def void_coupon(self) -> None:
        self.go("coupons")
        self._window.pages.named("coupons").void_code("")

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
