"""A letter that goes by e-mail or by a channel's messages, from the buttons of its pane."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import Message

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QInputDialog, QLineEdit, QPushButton, QWidget

from orderdesk.domain.coupons import printed
from orderdesk.services.shop import save_shop_profile, shop_profile
from orderdesk.storage.queries.orders import OrderRow
from orderdesk.ui.letter_pane import LetterPane
from orderdesk.ui.settings_page import SettingsPage
from tests.services.mail_server import CERTIFICATE, PASSWORD, USER, local_server
from tests.ui.conftest import Seller

pytestmark = pytest.mark.timeout(60)
WITHOUT = "The coupon is not in e-mails and copied text: the printed letter brings it."


def letter_to_a_customer_of(seller: Seller, channel: str) -> LetterPane:
    orders = seller.page("orders")
    orders.chips.choose("not_told")
    seller.until(lambda: orders.wanted.filter == "not_told" and 0 < len(orders.model.ids) < 30)
    places = [
        place
        for place in range(len(orders.model.ids))
        if isinstance(row := orders.model.row(place), OrderRow) and row.channel == channel
    ]
    orders.table.pick_place(places[-1])
    orders.commands.action("orders.apologize").trigger()
    seller.until(lambda: isinstance(orders.pane.top, LetterPane) and bool(orders.pane.top.pages.pages))
    assert isinstance(orders.pane.top, LetterPane)
    return orders.pane.top


def answer_the_question() -> None:
    """Type the password into the dialog that has opened."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QInputDialog)
    assert dialog.textEchoMode() is QLineEdit.EchoMode.Password
    dialog.setTextValue(PASSWORD)
    dialog.accept()


def press(seller: Seller, where: QWidget, name: str) -> None:
    button = where.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    seller.bot.mouseClick(button, Qt.MouseButton.LeftButton)


def is_told(letter: LetterPane) -> bool:
    return letter.contents is not None and letter.contents.row.told_at is not None


def said_in(letter: LetterPane) -> str:
    return " ".join(str(each.property("text")) for each in letter.findChildren(QWidget) if each.isVisible())


def test_a_draft_opens_in_the_mail_program_and_nobody_is_told_yet(seller: Seller) -> None:
    letter = letter_to_a_customer_of(seller, "own")
    press(seller, letter, "letter.draft")
    seller.until(lambda: bool(seller.opener.opened))
    (draft,) = seller.opener.opened
    mail = message_from_bytes(draft.read_bytes())
    assert len(attachments(mail)) == 1
    assert WITHOUT in seller.toast()
    assert not is_told(letter)
    seller.until(lambda: "Draft made; mark as told once it is sent" in said_in(letter))
    (folder,) = (each for each in seller.window.findChildren(QPushButton, "toast.Folder") if each.isVisible())
    seller.bot.mouseClick(folder, Qt.MouseButton.LeftButton)
    assert seller.opener.opened == [draft, draft.parent]


def attachments(mail: Message) -> list[str]:
    return [str(part.get_filename()) for part in mail.walk() if part.get_content_type() == "application/pdf"]


def tick(letter: LetterPane, name: str) -> QCheckBox:
    box = letter.findChild(QCheckBox, name)
    assert isinstance(box, QCheckBox)
    assert box.isVisible()
    box.click()
    return box


def test_the_coupon_goes_with_a_draft_where_the_seller_wants_it(seller: Seller) -> None:
    letter = letter_to_a_customer_of(seller, "own")
    tick(letter, "letter.with_coupon")
    press(seller, letter, "letter.draft")
    seller.until(lambda: bool(seller.opener.opened))
    assert len(attachments(message_from_bytes(seller.opener.opened[0].read_bytes()))) == 2
    assert "coupon is not in" not in seller.toast()


@pytest.mark.parametrize(("channel", "goes"), [("own", True), ("etsy", False)])
def test_the_coupon_goes_with_copied_text_where_the_seller_wants_it_and_the_channel_takes_it(
    seller: Seller, channel: str, goes: bool
) -> None:
    letter = letter_to_a_customer_of(seller, channel)
    tick(letter, "letter.with_coupon")
    press(seller, letter, "letter.copy")
    seller.until_toast("copied")
    assert letter.contents is not None
    assert letter.contents.row.coupon is not None
    assert (printed(letter.contents.row.coupon.code) in QGuiApplication.clipboard().text()) is goes
    assert ("Etsy takes no coupons in messages" in seller.toast()) is not goes


def test_the_text_for_the_channel_lies_on_the_clipboard_and_the_customer_is_told(seller: Seller) -> None:
    letter = letter_to_a_customer_of(seller, "etsy")
    press(seller, letter, "letter.copy")
    seller.until_toast("Text for Etsy copied")
    assert letter.contents is not None
    coupon = letter.contents.row.coupon
    assert coupon is not None
    assert coupon.code not in QGuiApplication.clipboard().text() != ""
    assert WITHOUT in seller.toast()
    seller.until(lambda: is_told(letter))
    texts = {name: letter.findChild(QPushButton, f"letter.{name}").text().strip() for name in ("print", "send")}
    assert texts == {"print": "Print", "send": "Send"}
    (undo,) = (each for each in seller.window.findChildren(QPushButton, "toast.Undo") if each.isVisible())
    seller.bot.mouseClick(undo, Qt.MouseButton.LeftButton)
    seller.until(lambda: not is_told(letter))


def test_the_letter_that_brings_the_coupon_is_printed_from_what_is_said_of_the_copied_text(seller: Seller) -> None:
    letter = letter_to_a_customer_of(seller, "etsy")
    press(seller, letter, "letter.copy")
    seller.until_toast("Text for Etsy copied")
    (paper,) = (each for each in seller.window.findChildren(QPushButton, "toast.Print") if each.isVisible())
    seller.bot.mouseClick(paper, Qt.MouseButton.LeftButton)
    seller.until(lambda: len(seller.printer.printed) == 1)
    seller.until(lambda: "Print again" in said_in(letter))


def test_what_amazon_gets_has_no_coupon_and_says_nothing_of_one(seller: Seller) -> None:
    letter = letter_to_a_customer_of(seller, "amazon")
    press(seller, letter, "letter.copy")
    seller.until_toast("Text for Amazon copied")
    assert "coupon is not in" not in seller.toast()
    assert "Coupon in e-mails" not in said_in(letter)


def test_sending_without_a_mail_server_says_what_is_missing(seller: Seller) -> None:
    letter = letter_to_a_customer_of(seller, "own")
    press(seller, letter, "letter.send")
    banner = seller.window.interior.banner
    seller.until(banner.isVisible)
    assert banner.text == (
        "The shop's profile names no mail server to send letters with. Name one under Settings, or make a draft instead."
    )
    assert not is_told(letter)
    letter_to_a_customer_of(seller, "etsy")
    assert not banner.isVisible()
    letter = letter_to_a_customer_of(seller, "own")
    press(seller, letter, "letter.send")
    seller.until(banner.isVisible)
    (settings,) = (each for each in banner.findChildren(QPushButton) if each.text() == "Settings" and each.isVisible())
    seller.bot.mouseClick(settings, Qt.MouseButton.LeftButton)
    assert seller.window.current_page.objectName() == "page.settings"


def test_a_letter_is_sent_by_the_shops_mail_server_with_the_password_of_the_keyring(
    seller: Seller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with local_server() as server:
        profile = shop_profile(seller.desk.store)
        assert profile is not None
        with_server = replace(profile, mail_host="127.0.0.1", mail_port=server.port, mail_user=USER)
        save_shop_profile(seller.desk.store, with_server, now=seller.desk.now())
        seller.desk.reload_profile()
        settings = seller.window.show_page("settings")
        assert isinstance(settings, SettingsPage)
        seller.until(lambda: settings.form is not None and bool(settings.pages.pages))
        assert settings.form is not None
        QTimer.singleShot(0, answer_the_question)
        press(seller, settings.form, "shop.password")
        seller.until_toast("keyring")
        letter = letter_to_a_customer_of(seller, "own")
        press(seller, letter, "letter.send")
        seller.until(lambda: is_told(letter))
    assert len(server.accepted) == 1
    assert letter.contents is not None
    with seller.desk.store.read() as view:
        assert view.all("SELECT way FROM delivery WHERE notice_id = ?", (letter.notice_id,)) == [("emailed",)]
