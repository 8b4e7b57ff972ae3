"""The pages of a window that were made so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, overload

from PySide6.QtWidgets import QStackedWidget, QWidget

from orderdesk.ui.page_shell import PageShell
from orderdesk.ui.pages import build_page
from orderdesk.ui.status_line import StatusLine

if TYPE_CHECKING:
    from orderdesk.ui.coupons_page import CouponsPage
    from orderdesk.ui.customers_page import CustomersPage
    from orderdesk.ui.import_page import ImportPage
    from orderdesk.ui.interior import Interior
    from orderdesk.ui.inventory_page import InventoryPage
    from orderdesk.ui.listings_page import ListingsPage
    from orderdesk.ui.orders_page import OrdersPage
    from orderdesk.ui.purchases_page import PurchasesPage
    from orderdesk.ui.side_pane import SidePane


class MadePages:
    """Each page by its name, made when it is first wanted; those lie in `stack`, and say their summaries in the `status` line."""

    def __init__(self, window: Interior, stack: QStackedWidget, status: StatusLine) -> None:
        self._window = window
        self._stack = stack
        self._status = status
        self._made: dict[str, QWidget] = {}

    @overload
    def named(self, name: Literal["orders"]) -> OrdersPage: ...
    @overload
    def named(self, name: Literal["inventory"]) -> InventoryPage: ...
    @overload
    def named(self, name: Literal["customers"]) -> CustomersPage: ...
    @overload
    def named(self, name: Literal["listings"]) -> ListingsPage: ...
    @overload
    def named(self, name: Literal["purchases"]) -> PurchasesPage: ...
    @overload
    def named(self, name: Literal["coupons"]) -> CouponsPage: ...
    @overload
    def named(self, name: Literal["import"]) -> ImportPage: ...
    @overload
    def named(self, name: str) -> QWidget: ...
    def named(self, name: str) -> QWidget:
        """The page of that name, in front or not."""
        if name not in self._made:
            page = build_page(name, self._window)
            self._made[name] = page
            self._stack.addWidget(page)
            summarized = getattr(page, "summarized", None)
            if summarized is not None:
                summarized.connect(self._status.show_summary)
            pane: SidePane | None = getattr(page, "pane", None)
            if pane is not None:
                pane.discarded.connect(self._window.offer_what_was_typed)
                pane.brought_back.connect(self._window.offer_what_was_typed)
        return self._made[name]

    @property
    def in_front(self) -> QWidget:
        page = self._stack.currentWidget()
        assert page is not None, "the first page is shown before anybody asks"
        return page

    @property
    def table_in_front(self) -> PageShell[Any] | None:
        """The page in front, if it has a table to search and to choose columns for."""
        return self.in_front if isinstance(self.in_front, PageShell) else None

    @property
    def orders_in_front(self) -> OrdersPage | None:
        """The page of orders, if it is in front."""
        return self.named("orders") if self.in_front is self._made.get("orders") else None

    @property
    def with_discarded(self) -> tuple[str, SidePane] | None:
        """The page whose pane has a form to bring back, by name; the one in front before others."""
        panes = [(name, page.pane) for name, page in self._made.items() if hasattr(page, "pane") and page.pane.has_discarded]
        return min(panes, key=lambda each: self._made[each[0]] is not self.in_front, default=None)

    @property
    def with_unsaved(self) -> tuple[str, QWidget] | None:
        """A page with a form in which something is typed, by name, and that form; the one in front before others."""
        forms = [(name, form) for name, page in self._made.items() for form in page.findChildren(QWidget, "form")]
        unsaved = [(name, form) for name, form in forms if _is_unsaved(form)]
        return min(unsaved, key=lambda each: self._made[each[0]] is not self.in_front, default=None)

    def forget(self) -> None:
        """Throw away what was made: nothing of it is shown again."""
        for page in self._made.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._made.clear()


def _is_unsaved(form: QWidget) -> bool:
    """Whether what is typed would be lost; a form that is hidden was closed by the seller."""
    return not form.isHidden() and bool(getattr(form, "unsaved", False))
