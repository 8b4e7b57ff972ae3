"""Which pages the window has, and who makes them. Each is made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from orderdesk.ui.customers_page import CustomersPage
from orderdesk.ui.first_run import FirstRunPage
from orderdesk.ui.import_page import ImportPage
from orderdesk.ui.inventory_page import InventoryPage
from orderdesk.ui.orders_page import OrdersPage
from orderdesk.ui.settings_page import SettingsPage
from orderdesk.ui.today_page import TodayPage
from orderdesk.ui.words import marked

if TYPE_CHECKING:
    from orderdesk.ui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page's name, icon and maker."""

    title: str
    icon: str
    build: Callable[[MainWindow], QWidget]
    in_sidebar: bool = True


PAGES = {
    "today": PageEntry(marked("Today"), "sun", lambda window: TodayPage(window.desk, window.actions_of_window)),
    "orders": PageEntry(marked("Orders"), "shopping-cart", lambda window: OrdersPage(window.desk)),
    "inventory": PageEntry(marked("Inventory"), "boxes", lambda window: InventoryPage(window.desk, window.actions_of_window)),
    "customers": PageEntry(marked("Customers"), "users", lambda window: CustomersPage(window.desk, window.actions_of_window)),
    "import": PageEntry(marked("Import"), "file-up", lambda window: ImportPage(window.desk, window.actions_of_window), False),
    "settings": PageEntry(marked("Settings"), "settings", lambda window: SettingsPage(window.desk, window.actions_of_window), False),
    "first-run": PageEntry(marked("Welcome"), "store", lambda window: FirstRunPage(window.actions_of_window), False),
}


def build_page(name: str, window: MainWindow) -> QWidget:
    """Make the page of that name."""
    return PAGES[name].build(window)
