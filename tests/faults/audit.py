"""What must hold of a shop's file and folder after a sudden end, looked for from outside the program."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

from orderdesk.documents.letter import Letter
from orderdesk.documents.render import render_coupon, render_letter
from orderdesk.services.backups import backups
from orderdesk.services.checks import check
from orderdesk.services.deliveries import unanswered
from orderdesk.services.editions import edition
from orderdesk.services.letters import finish_letters
from orderdesk.storage.backup_folder import backup_folder
from orderdesk.storage.store import Store
from tests.faults.seller import NEVER, PER_FILE, Tray, times_recorded

_CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


@dataclass
class Audit:
    """Looks at one shop again and again; what it has read of a file that did not change since is not read again."""

    path: Path
    left_over: int = 0
    finished_later: int = 0
    letters: int = 0
    _codes: dict[str, frozenset[str]] = field(default_factory=dict)

    def after_a_kill(self, acknowledged: int, unacknowledged: int) -> Iterator[str]:
        """Every fault as a sentence. `acknowledged` is the last step that was told as done; at most so many more were begun."""
        store = Store.open(self.path)
        try:
            yield from self._steps(store, acknowledged, unacknowledged)
            yield from self._codes_on_paper(store)
            before = self._files(store.folder)
            with store.read() as view:
                self.finished_later += view.value("SELECT count(*) FROM notice WHERE letter_sha256 IS NULL")
            yield from (f"a letter could not be finished: {error}" for error in finish_letters(store))
            yield from check(store)
            yield from self._letters(store, before)
            yield from self._one_letter_each(store)
            yield from self._printed(store)
            yield from self._whole_imports(store)
            yield from self._codes_on_paper(store)
            yield from self._backups(store)
            self.left_over = sum(path.name.startswith(".") for path in self.path.parent.rglob("*"))
        finally:
            store.close()

    def _steps(self, store: Store, acknowledged: int, unacknowledged: int) -> Iterator[str]:
        with store.read() as view:
            last = view.value("SELECT max(id) FROM event")
        if last < acknowledged:
            yield f"step {acknowledged} was told as done, but the last one kept is {last}"
        if last > acknowledged + unacknowledged:
            yield f"step {last} is there, though only {acknowledged} were told as done and {unacknowledged} begun"

    @staticmethod
    def _files(folder: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.glob("[!.]*.pdf")} if folder.exists() else {}

    def _codes_on_paper(self, store: Store) -> Iterator[str]:
        """No code on any file that the store does not know, hidden and half-written files included."""
        with store.read() as view:
            known = {code for (code,) in view.all("SELECT code FROM coupon")}
        if not store.folder.exists():
            return
        for path in store.folder.iterdir():
            content = path.read_bytes()
            key = hashlib.sha256(content).hexdigest()
            if key not in self._codes:
                self._codes[key] = self._codes_in(content, torn=path.name.startswith("."))
            for code in self._codes[key]:
                if code.replace("-", "") not in known:
                    yield f"{path.name} holds the code {code}, which the store does not know"

    @staticmethod
    def _codes_in(content: bytes, *, torn: bool) -> frozenset[str]:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            if torn:
                return frozenset()
            raise
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        return frozenset(_CODE.findall(text))

    def _letters(self, store: Store, before: dict[str, bytes]) -> Iterator[str]:
        """Files are exactly what the records say, byte for byte; what had been drawn before the end was already so."""
        after = self._files(store.folder)
        expected = set()
        with store.read() as view:
            notices = view.all(
                "SELECT n.id, n.stem, n.letter, n.letter_sha256, n.coupon_sha256, n.voided_at, c.id, "
                "(SELECT count(*) FROM row_change r WHERE r.table_name = 'notice' AND r.row_id = n.id AND r.event_id > "
                "(SELECT min(event_id) FROM row_change WHERE table_name = 'notice' AND row_id = n.id)) "
                "FROM notice n LEFT JOIN coupon c ON c.notice_id = n.id"
            )
        self.letters = len(notices)
        for notice, stem, letter, letter_hash, coupon_hash, voided, coupon, changes in notices:
            if voided:
                continue
            for kind, recorded in (("letter", letter_hash), ("coupon", coupon_hash))[: 2 if coupon else 1]:
                name = f"{stem}-{kind}.pdf"
                expected.add(name)
                content = after.get(name, b"")
                if hashlib.sha256(content).hexdigest() != recorded:
                    yield f"{name} of letter {notice} is not the file that was recorded"
                drawn_now = name not in before or before[name] != content
                draw = render_letter if kind == "letter" else render_coupon
                if drawn_now and content != edition(draw(Letter.from_json(letter)), store.folder, name):
                    yield f"{name} is not what its record draws"
                if name in before and before[name] != content and not changes:
                    yield f"{name} was another file before the end, though its letter never changed"
        unexpected = {name for name in after if not name.startswith("letters-")} - expected
        if unexpected:
            yield f"files of no letter that counts: {', '.join(sorted(unexpected))}"

    @staticmethod
    def _one_letter_each(store: Store) -> Iterator[str]:
        """What can never be filled opens one episode, which is worth one letter and one coupon. Whose coupon was used before its
        letter was recorded as told has that letter, and another is made beside it.
        """
        with store.read() as view:
            for number, letters, coupons in view.all(
                "SELECT o.order_number, count(DISTINCT n.id), count(DISTINCT c.id) FROM orders o "
                "JOIN order_line l ON l.order_id = o.id JOIN notice_line nl ON nl.order_line_id = l.id "
                "JOIN notice n ON n.id = nl.notice_id AND n.voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM coupon u "
                "JOIN redemption r ON r.coupon_id = u.id WHERE u.notice_id = n.id AND n.told_at IS NULL) "
                "LEFT JOIN coupon c ON c.notice_id = n.id AND c.status <> 'voided' "
                "WHERE l.sku = ? GROUP BY o.id HAVING count(DISTINCT n.id) > 1 OR count(DISTINCT c.id) > 1",
                (NEVER,),
            ):
                yield f"order {number} has {letters} letters and {coupons} coupons"

    def _printed(self, store: Store) -> Iterator[str]:
        """What came out is recorded once; of what was on its way it is asked, and only of that."""
        asked, tray = {notice_id for notice_id, _ in unanswered(store)}, Tray(self.path)
        with store.read() as view:
            letters = [notice_id for (notice_id,) in view.all("SELECT id FROM notice")]
        for notice_id in letters:
            out, recorded = tray.times(notice_id), times_recorded(store, notice_id)
            if out != recorded and not (notice_id in asked and out == recorded + 1):
                yield f"letter {notice_id} came out {out} times, of which {recorded} are recorded"

    @staticmethod
    def _whole_imports(store: Store) -> Iterator[str]:
        with store.read() as view:
            for batch, count in view.all(
                "SELECT substr(order_number, 1, instr(order_number, '/')), count(*) FROM orders WHERE order_number LIKE 'F%/%' "
                "GROUP BY 1 HAVING count(*) <> ?",
                (PER_FILE,),
            ):
                yield f"of import {batch} only {count} orders of {PER_FILE} are there"

    @staticmethod
    def _backups(store: Store) -> Iterator[str]:
        folder = backup_folder(store.path)
        visible = {path for path in folder.glob("*") if not path.name.startswith(".")}
        sound = {backup.path for backup in backups(store.path)}
        for path in sorted(visible - sound):
            yield f"the backup {path.name} can't be opened"
