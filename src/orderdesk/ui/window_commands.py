"""The window's own commands, menu by menu."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from orderdesk.ui.commands import Command
from orderdesk.ui.words import marked

_Keys = QKeySequence.StandardKey

FILE = (
    Command("file.new_shop", marked("New shop…"), "store"),
    Command("file.open_shop", marked("Open shop…"), "folder-open"),
    Command("file.sample_shop", marked("Sample shop"), "store"),
    Command("file.import_files", marked("Import…"), "file-up", "Ctrl+I", separated=True),
    Command("file.export", marked("Export…"), "download", "Ctrl+Shift+E"),
    Command("file.new_customer", marked("New customer"), "user-plus", "Ctrl+Shift+N"),
    Command("file.back_up", marked("Back up now"), "database-backup", "Ctrl+B", separated=True),
    Command("file.restore", marked("Restore…"), "archive-restore"),
    Command("file.print_selection", marked("Print letters"), "printer", separated=True),
    Command("file.words", marked("Words of letters"), "pencil", separated=True),
    Command("file.printers", marked("Printers"), "printer"),
    Command("file.settings", marked("Settings"), "settings", "Ctrl+,"),
    Command("file.quit", marked("Quit"), "", _Keys.Quit, separated=True),
)
EDIT = (
    Command("edit.undo", marked("Undo"), "undo-2", _Keys.Undo),
    Command("edit.redo", marked("Redo"), "redo-2", "Ctrl+Shift+Z", also="Ctrl+Y"),
    Command("edit.bring_back", marked("Bring back what was typed"), "clipboard-pen"),
    Command("edit.take_offer", marked("Do what the message offers"), "circle-check", "Ctrl+M"),
    Command("edit.find", marked("Search"), "search", _Keys.Find, separated=True),
    Command("edit.find_command", marked("Find a command…"), "keyboard", "Ctrl+K"),
    Command("edit.redeem_coupon", marked("Redeem coupon…"), "ticket-check", "Ctrl+R", separated=True),
    Command("edit.void_coupon", marked("Void coupon…"), "ticket-x"),
)
GO = (
    Command("go.today", marked("Today"), "sun", "Ctrl+1"),
    Command("go.orders", marked("Orders"), "shopping-cart", "Ctrl+2"),
    Command("go.inventory", marked("Inventory"), "boxes", "Ctrl+3"),
    Command("go.purchases", marked("Purchases"), "truck", "Ctrl+7"),
    Command("go.reorder", marked("Reorder"), "package-plus", "Ctrl+0"),
    Command("go.customers", marked("Customers"), "users", "Ctrl+4"),
    Command("go.listings", marked("Listings"), "gavel", "Ctrl+5"),
    Command("go.coupons", marked("Coupons"), "ticket", "Ctrl+6"),
    Command("go.figures", marked("Figures"), "chart-column", "Ctrl+8"),
    Command("go.history", marked("History"), "history", "Ctrl+9"),
    Command("go.back", marked("Back"), "chevron-left", "Alt+Left", separated=True),
    Command("go.forward", marked("Forward"), "chevron-right", "Alt+Right"),
)
VIEW = (
    Command("view.system", marked("Theme: as the system"), "monitor"),
    Command("view.light", marked("Theme: light"), "sun"),
    Command("view.dark", marked("Theme: dark"), "moon"),
    Command("view.columns", marked("Columns…"), "columns-3", separated=True),
    Command("view.refresh", marked("Look again"), "refresh-cw", "F5"),
)
HELP = (
    Command("help.shortcuts", marked("Shortcuts"), "keyboard", "F1"),
    Command("help.log_folder", marked("Log folder"), "folder-open", separated=True),
    Command("help.copy_report", marked("Copy report"), "copy"),
    Command("help.about", marked("About OrderDesk"), "info", separated=True),
)
MENUS = ((marked("File"), FILE), (marked("Edit"), EDIT), (marked("Go"), GO), (marked("View"), VIEW), (marked("Help"), HELP))
