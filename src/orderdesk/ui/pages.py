"""Which pages the window has. Each is loaded and made when it is first wanted, so that the first is there at once."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from orderdesk.ui.words import marked

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from orderdesk.ui.interior import Interior


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page's title and icon, and the class that is the page, as `module:Class` below orderdesk.ui."""

    title: str
    icon: str
    made_by: str
    in_sidebar: bool = True


PAGES = {
    "first-run": PageEntry(marked("Welcome"), "store", "first_run:FirstRunPage"),
    "today": PageEntry(marked("Today"), "sun", "today_page:TodayPage"),
    "orders": PageEntry(marked("Orders"), "shopping-cart", "orders_page:OrdersPage"),
    "inventory": PageEntry(marked("Inventory"), "boxes", "inventory_page:InventoryPage"),
    "purchases": PageEntry(marked("Purchases"), "truck", "purchases_page:PurchasesPage"),
    "reorder": PageEntry(marked("Reorder"), "package-plus", "reorder_page:ReorderPage"),
    "customers": PageEntry(marked("Customers"), "users", "customers_page:CustomersPage"),
    "listings": PageEntry(marked("Listings"), "gavel", "listings_page:ListingsPage"),
    "coupons": PageEntry(marked("Coupons"), "ticket", "coupons_page:CouponsPage"),
    "figures": PageEntry(marked("Figures"), "chart-column", "figures_page:FiguresPage"),
    "history": PageEntry(marked("History"), "history", "history_page:HistoryPage"),
    "offers": PageEntry(marked("Rules for offers"), "settings", "offers_page:OffersPage", False),
    "import": PageEntry(marked("Import"), "file-up", "import_page:ImportPage", False),
    "words": PageEntry(marked("Words of letters"), "pencil", "words_page:WordsPage", False),
    "printers": PageEntry(marked("Printers"), "printer", "printers_page:PrintersPage", False),
    "settings": PageEntry(marked("Settings"), "settings", "settings_page:SettingsPage", False),
}


def build_page(name: str, window: Interior) -> QWidget:
    """Make the page of that name."""
    module, _, page_class = PAGES[name].made_by.partition(":")
    page: QWidget = getattr(import_module(f"orderdesk.ui.{module}"), page_class)(window.desk, window.actions_of_window)
    return page
