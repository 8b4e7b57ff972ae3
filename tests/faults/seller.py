"""A tireless seller in a process of its own, who can be killed at any moment.

It tells over a pipe what it begins and, once that is committed, what is done: `done` and the number of the last step.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite
from typing_extensions import override

from orderdesk.domain.errors import OrderDeskError
from orderdesk.domain.notices import ToldBy
from orderdesk.domain.printers import PrinterSettings, Queue
from orderdesk.services import history, orders, products
from orderdesk.services.apologies import apologize, orders_to_tell
from orderdesk.services.backups import back_up, restore
from orderdesk.services.coupons import redeem_coupon
from orderdesk.services.deliveries import answer_handed_over, unanswered
from orderdesk.services.imports import import_files
from orderdesk.services.letters import finish_letters
from orderdesk.services.ports import Printer
from orderdesk.services.printing import letters_to_print, print_letters
from orderdesk.services.telling import mark_told
from orderdesk.storage.store import Store
from tests.builders import NOW, Shop

NEVER, PLENTY, LATE = "NEVER", "PLENTY", "LATE"
PER_FILE = 5
PER_JOB = 3
OPENING_STEPS = 5  # the profile, three products, one order
_HEADER = (
    "order_number,channel,placed_at,paid_at,currency,customer_name,ship_name,ship_line1,ship_city,ship_postal_code,ship_country,"
    "sku,title,quantity,unit_price,shipped\n"
)


class SuddenEnd:
    """Ends this very process, as kill -9 does, when a countdown of things that reach the disk is over."""

    def __init__(self, countdown: int) -> None:
        self._left = countdown
        sync = os.fsync

        def synced(descriptor: int) -> None:
            self.pass_point()
            sync(descriptor)
            self.pass_point()

        os.fsync = synced  # type: ignore[assignment]
        sys.addaudithook(self._hear)

    def watch(self, store: Store) -> None:
        with store.bookkeeping() as view:
            view.connection.set_trace_callback(lambda _: self.pass_point())

    def pass_point(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def _hear(self, event: str, _: tuple[Any, ...]) -> None:
        if event in ("open", "os.rename", "os.remove", "os.mkdir"):
            self.pass_point()


class Tray(Printer):
    """A printer beside the shop whose sheets outlive the program: of each job it keeps which letters it was of."""

    def __init__(self, path: Path) -> None:
        self._folder = path.parent / "tray"
        self._folder.mkdir(exist_ok=True)
        self._next: list[int] = []

    def print_letters(self, store: Store, notice_ids: list[int], now: datetime) -> None:
        self._next = notice_ids
        print_letters(store, notice_ids, self, now=now, name="Tray")

    @override
    def queues(self) -> list[Queue]:
        return []

    @override
    def print_pdf(self, path: Path, title: str, settings: PrinterSettings) -> None:
        """Taken whole or not at all."""
        jobs, coming = len(self._jobs()), self._folder / "coming"
        coming.write_bytes(path.read_bytes())
        coming.rename(self._folder / f"{jobs} of {' '.join(map(str, self._next))}")

    def times(self, notice_id: int) -> int:
        """How often a letter has come out."""
        return sum(str(notice_id) in job.partition(" of ")[2].split() for job in self._jobs())

    def _jobs(self) -> list[str]:
        return [path.name for path in self._folder.iterdir() if " of " in path.name]


def times_recorded(store: Store, notice_id: int) -> int:
    """How often a letter has come out by the store."""
    with store.read() as view:
        return int(view.value("SELECT count(*) FROM delivery WHERE notice_id = ? AND way = 'printed'", (notice_id,)))


class Seller:
    """Does one thing after the other, as the seed has it."""

    def __init__(self, path: Path, seed: int, say: Callable[[str], None], end: SuddenEnd | None) -> None:
        self._draw, self._say, self._end = random.Random(seed), say, end
        self._mark = f"{seed % 100_000}"
        store = self._open(path)
        finish_letters(store)
        self.shop, self._tray = Shop(store, now=self._latest(store)), Tray(path)
        for sku in (NEVER, PLENTY, LATE):
            self.shop.products[sku] = products.find_product(store, sku)
        self._made = 0

    def work(self) -> None:
        """Until somebody puts an end to it."""
        acts: dict[str, tuple[Callable[[], object], int]] = {
            "order": (self._order, 4),
            "import": (self._import, 3),
            "apologize": (self._apologize, 8),
            "batch": (self._batch, 1),
            "told": (self._told, 2),
            "print": (self._print, 3),
            "answer": (self._answer, 2),
            "receive": (lambda: self.shop.receive(LATE, self._draw.randint(1, 4)), 2),
            "ship": (lambda: orders.ship_order(self.shop.store, self._any_order(), now=self.shop.tick()), 2),
            "redeem": (self._redeem, 2),
            "undo": (self._undo, 3),
            "redo": (lambda: history.redo(self.shop.store, now=self.shop.tick()), 1),
            "backup": (lambda: back_up(self.shop.store), 1),
            "restore": (self._restore, 1),
        }
        names = [name for name, (_, weight) in acts.items() for _ in range(weight)]
        while True:
            name = self._draw.choice(names)
            self._say(f"begin {name}")
            try:
                acts[name][0]()
            except OrderDeskError:
                self._say(f"refused {name}")
            else:
                self._say(f"done {self._value('SELECT max(id) FROM event')}")

    def _open(self, path: Path) -> Store:
        store = Store.open(path)
        if self._end:
            self._end.watch(store)
        return store

    def _latest(self, store: Store) -> datetime:
        with store.read() as view:
            return NOW + timedelta(minutes=int(view.value("SELECT max(id) FROM event")))

    def _value(self, sql: str, parameters: tuple[object, ...] = ()) -> Any:
        with self.shop.store.read() as view:
            return view.value(sql, parameters)

    def _some(self, sql: str) -> Any:
        with self.shop.store.read() as view:
            rows = view.all(sql)
        if not rows:
            raise OrderDeskError("There is none.")
        return self._draw.choice(rows)[0]

    def _any_order(self) -> int:
        return int(self._some("SELECT id FROM orders ORDER BY id DESC LIMIT 30"))

    def _number(self) -> str:
        self._made += 1
        return f"{self._mark}-{self._made}"

    def _order(self) -> None:
        short = self._draw.choice([NEVER, NEVER, LATE])
        lines = ((short, self._draw.randint(1, 3)), (PLENTY, 1))
        self.shop.order(self._number(), *lines, customer=self._customer())

    def _customer(self) -> str:
        return f"Buyer {self._draw.choice('ABCDEFGHKLMN')} {self._draw.randint(1, 40)}"

    def _import(self) -> None:
        batch = self._number()
        path = self.shop.store.path.parent / f"incoming {batch}.csv"
        rows = [
            f"F{batch}/{place},own,2026-11-01,2026-11-01,USD,{name},{name},{place} Lane,Hull,97031,US,{NEVER},Never,1,9.00,0\n"
            for place in range(1, PER_FILE + 1)
            for name in (self._customer(),)
        ]
        path.write_text(_HEADER + "".join(rows), encoding="utf-8")
        import_files(self.shop.store, [path], now=self.shop.tick())

    def _apologize(self) -> None:
        apologize(self.shop.store, [self._some("SELECT id FROM orders WHERE backordered_units > 0")], now=self.shop.tick())

    def _batch(self) -> None:
        apologize(self.shop.store, orders_to_tell(self.shop.store, now=self.shop.now)[:4], now=self.shop.tick(), batch=True)

    def _told(self) -> None:
        waiting = "SELECT n.id FROM notice n JOIN orders o ON o.notice_id = n.id WHERE n.told_at IS NULL AND n.voided_at IS NULL"
        mark_told(self.shop.store, self._some(waiting), ToldBy.PRINT, now=self.shop.tick())

    def _print(self) -> None:
        waiting = letters_to_print(self.shop.store, now=self.shop.now).notice_ids
        self._tray.print_letters(self.shop.store, waiting[: self._draw.randint(1, PER_JOB)], self.shop.tick())

    def _answer(self) -> None:
        """Whether a letter left that was on its way when the program ended: the tray shows it."""
        asked = unanswered(self.shop.store)
        if not asked:
            raise OrderDeskError("Nothing is asked.")
        notice_id = asked[0][0]
        left = self._tray.times(notice_id) > times_recorded(self.shop.store, notice_id)
        answer_handed_over(self.shop.store, notice_id, left, now=self.shop.tick())

    def _undo(self) -> None:
        steps = "SELECT max(id) FROM event WHERE undone_by IS NULL AND undoable = 1 AND kind NOT IN ('undo', 'redo')"
        if self._value(steps) <= OPENING_STEPS:
            raise OrderDeskError("Without its products there is no shop.")
        history.undo(self.shop.store, now=self.shop.tick())

    def _restore(self) -> None:
        """Back to a moment ago, at which nothing else had happened."""
        path = self.shop.store.path
        backup = back_up(self.shop.store)
        self.shop.store.close()
        try:
            restore(path, backup)
        finally:
            self.shop.store = self._open(path)

    def _redeem(self) -> None:
        code = self._some("SELECT code FROM coupon WHERE status = 'issued'")
        number = self._some("SELECT order_number FROM orders ORDER BY id DESC LIMIT 30")
        redeem_coupon(self.shop.store, code, number, now=self.shop.tick())


def sell(path: Path, seed: int, pipe: int, countdown: int | None) -> None:
    """Work on the shop at `path`, telling `pipe`; with a countdown, end suddenly when it is over."""

    def say(words: str) -> None:
        os.write(pipe, f"{words}\n".encode())

    end = SuddenEnd(countdown) if countdown else None
    seller = Seller(path, seed, say, end)
    say("ready")
    seller.work()


def print_two(path: Path, countdown: int) -> None:
    """Print the first two letters, and end suddenly when the countdown is over."""
    end = SuddenEnd(countdown)
    store = Store.open(path)
    end.watch(store)
    Tray(path).print_letters(store, [1, 2], NOW + timedelta(days=1, minutes=countdown))


def make(path: Path, countdown: int) -> None:
    """Begin a new shop, or bring an old one up to this version, and end suddenly when the countdown is over."""
    end_suddenly(countdown)
    Store.open(path).close()


def end_suddenly(countdown: int) -> None:
    """Whatever follows in this process, whichever connection it opens."""
    end = SuddenEnd(countdown)
    connect = sqlite.connect

    def watched(*arguments: Any, **options: Any) -> sqlite.Connection:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(lambda _: end.pass_point())
        return connection

    sqlite.connect = watched
