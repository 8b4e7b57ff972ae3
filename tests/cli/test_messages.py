"""Letters by message on the command line: shown, copied, drafted, sent by a real server, asked about after a crash."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest

from orderdesk.domain.coupons import printed
from orderdesk.storage import outbox
from orderdesk.storage.store import Store
from tests.cli.conftest import PROFILE, Terminal
from tests.services.keyrings import MemoryKeyring, NoKeyring, system_keyring
from tests.services.mail_server import CERTIFICATE, local_server

MESSAGE = {"order_numbers", "customer", "subject", "channel", "text", "copied"}
DRAFT = {"order_numbers", "customer", "subject", "to", "draft"}
SENT = {"order_numbers", "customer", "subject", "to"}
LEFT = {"left", "gained", "lost", "over_allocated"}


@pytest.fixture
def apologized(selling: Terminal, tmp_path: Path) -> Terminal:
    """Order 1002 has its letter; the shop can be written to."""
    selling.answer("shop", "email=help@hollowoak.example", "phone=(800) 555-0142")
    selling.answer("apologize", "1002", "--out", str(tmp_path / "letters"))
    return selling


def history_of(terminal: Terminal) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = terminal.answer("order", "1002")["history"]
    return steps


def told_by(terminal: Terminal) -> Any:
    return terminal.answer("order", "1002")["notices"][0]["told_by"]


def test_the_tone_of_a_message_is_that_of_its_letter_and_its_first_line_apologizes_for_nothing(
    apologized: Terminal, tmp_path: Path
) -> None:
    text = apologized.answer("message", "1002")["text"]
    file = tmp_path / "message.txt"
    file.write_text(text, encoding="utf-8")
    before = apologized.answer("tone", str(file))
    assert [each for each in before if each["level"] == "error"] == []
    _, _, rest = text.partition("\n")
    file.write_text(f"Sorry about your order\n{rest}", encoding="utf-8")
    assert "T02" in {each["id"] for each in apologized.answer("tone", str(file))}
    out = apologized.run("tone", "--help")[1]
    assert "Subject:" in out and "above the greeting" in " ".join(out.split())


def test_message(apologized: Terminal) -> None:
    shown = apologized.answer("message", "1002")
    assert set(shown) == MESSAGE
    assert (shown["channel"], shown["order_numbers"], shown["customer"], shown["copied"]) == (
        "email",
        ["1002", "1003"],
        "Amélie Fortin",
        False,
    )
    assert apologized.text("message", "1002") == shown["text"] + "\n"
    assert "(800) 555-0142" in shown["text"]
    for channel in ("ebay", "etsy", "amazon"):
        text = apologized.answer("message", "1002", "--channel", channel)["text"]
        assert "reply to this message" in text and "(800) 555-0142" not in text
    assert told_by(apologized) is None


def test_a_message_goes_by_default_where_the_order_came_from(selling: Terminal) -> None:
    selling.answer("add", "order", "channel=ebay", "order_number=77-1", "customer=D", "line=LAMP*2@64")
    selling.answer("apologize", "77-1")
    assert selling.answer("message", "77-1")["channel"] == "ebay"


def test_an_e_mail_about_a_marketplaces_order_names_no_other_way_to_reach_the_shop(selling: Terminal) -> None:
    selling.answer("add", "customer", "customer_id=Z", "name=Ann Doe", "email=ab12@marketplace.amazon.com")
    selling.answer("add", "order", "channel=amazon", "order_number=77-1", "customer=Z", "line=LAMP*2@64")
    selling.answer("apologize", "77-1")
    text = selling.answer("message", "77-1", "--channel", "email")["text"]
    assert "reply to this message" in text.lower() and "(800) 555-0142" not in text and "hollowoak.example" not in text


def test_the_coupon_is_in_it_when_asked_for_and_a_note_says_why_it_can_not_be(apologized: Terminal) -> None:
    code = printed(apologized.answer("order", "1002")["notices"][0]["coupon_code"])
    assert code not in apologized.text("message", "1002")
    assert code in apologized.text("message", "1002", "--coupon")
    takes_none = "No coupon goes by Amazon: its messages take none.\n"
    amazon = apologized.answer("message", "1002", "--channel", "amazon", "--coupon", noting=takes_none)
    assert code not in amazon["text"]
    apologized.answer("add", "order", "channel=amazon", "order_number=77-1", "customer=D", "line=LAMP*2@64")
    apologized.answer("apologize", "77-1")
    for words in (("message", "77-1", "--channel", "email"), ("draft", "77-1")):
        apologized.answer(*words, "--coupon", noting="No coupon goes by e-mail: the letter has none.\n")


def test_a_copied_message_is_recorded_and_tells(apologized: Terminal) -> None:
    assert apologized.answer("message", "1002", "--channel", "etsy", "--copied")["copied"]
    assert (history_of(apologized)[0]["kind"], told_by(apologized)) == ("copied", "message")
    assert history_of(apologized)[0]["summary"] == "Letter to Amélie Fortin copied for Etsy"


def test_draft(apologized: Terminal, tmp_path: Path) -> None:
    drafted = apologized.answer("draft", "1002", "--coupon", "--out", str(tmp_path / "drafts"))
    assert (set(drafted), drafted["to"]) == (DRAFT, "a@example.com")
    message = message_from_bytes(Path(drafted["draft"]).read_bytes())
    assert (str(make_header(decode_header(message["To"]))), message["X-Unsent"]) == ("Amélie Fortin <a@example.com>", "1")
    assert [part.get_filename() for part in message.walk() if part.get_filename()] == ["1002-1-letter.pdf", "1002-1-coupon.pdf"]
    assert (history_of(apologized)[0]["kind"], told_by(apologized)) == ("drafted", None)
    assert apologized.text("draft", "1002").strip() == str(tmp_path / "letters" / "1002-1-mail.eml")


def test_send(apologized: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with local_server() as server:
        apologized.answer("shop", "mail_host=127.0.0.1", f"mail_port={server.port}")
        sent = apologized.answer("send", "1002")
        refusal = apologized.refused("send", "1002")
        assert "was e-mailed on November 23, 2026. Send it again only if it did not arrive." in refusal
        assert refusal.endswith("To do it all the same, add --again.")
        assert apologized.text("send", "1002", "--again") == "Letter to Amélie Fortin e-mailed to a@example.com.\n"
    assert (set(sent), sent["to"], len(server.mails)) == (SENT, "a@example.com", 2)
    assert "X-Unsent" not in server.mails[0]
    assert [step["summary"] for step in history_of(apologized)][:2] == ["Letter to Amélie Fortin e-mailed to a@example.com"] * 2
    assert told_by(apologized) == "email"
    assert "can't be undone" in apologized.refused("undo")


def test_what_can_not_be_sent_is_refused_in_one_line(apologized: Terminal) -> None:
    assert "names no mail server" in apologized.refused("send", "1002")
    apologized.answer("shop", "mail_host=127.0.0.1", "mail_port=1")
    assert "127.0.0.1, port 1, can't be reached" in apologized.refused("send", "1002")
    assert "Order 1001 has no letter" in apologized.refused("message", "1001")
    assert "is not on its way out" in apologized.refused("left", "1002", "yes")
    assert told_by(apologized) is None


@pytest.mark.parametrize(("answer", "told"), [("yes", "email"), ("no", None)])
def test_after_a_crash_the_seller_says_whether_the_letter_left(apologized: Terminal, answer: str, told: str | None) -> None:
    store = Store.open(apologized.data)
    with store.bookkeeping() as view:
        outbox.mark_leaving(view, 1, datetime(2026, 11, 23, 19, 0, tzinfo=UTC), "emailed")
    store.close()
    assert set(apologized.answer("left", "1002", answer)) == (LEFT if told else {"left"})
    assert told_by(apologized) == told


def test_a_password_is_read_from_standard_input_and_never_from_the_command(
    selling: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "names no mail server" in selling.refused("mail-password")
    selling.answer("shop", "mail_host=127.0.0.1", "mail_user=june")
    assert "sesame" in selling.misused("mail-password", "sesame")
    for backend in (NoKeyring(), MemoryKeyring()):
        monkeypatch.setattr("sys.stdin", io.StringIO("open sesame\n"))
        with system_keyring(backend):
            if isinstance(backend, MemoryKeyring):
                assert selling.answer("mail-password") == {"mail_host": "127.0.0.1", "mail_user": "june"}
                assert list(backend.kept.values()) == ["open sesame"]
            else:
                assert "keyring can't be used" in selling.refused("mail-password")
    assert b"sesame" not in selling.data.read_bytes()


def test_the_shop_knows_its_mail_server(terminal: Terminal) -> None:
    terminal.answer("shop", *PROFILE)
    profile = terminal.answer("shop", "mail_host=smtp.example.com", "mail_port=465", "mail_user=june")
    assert (profile["mail_host"], profile["mail_port"], profile["mail_user"]) == ("smtp.example.com", "465", "june")
    assert terminal.answer("shop") == profile
