"""Several programs with one shop: they wait for each other, nothing is lost, and each hears of the others."""

from __future__ import annotations

import os
import threading
from contextlib import ExitStack

import pytest

from orderdesk.domain.errors import InvalidValueError, NothingToDoError, StoreError
from orderdesk.services import backups, history
from orderdesk.services.apologies import apologize
from orderdesk.services.checks import check
from orderdesk.services.letters import finish_letters
from tests.builders import Shop
from tests.storage.processes import another_program, hear, tell

HOLD = """
from pysqlite3 import dbapi2 as sqlite
connection = sqlite.connect(path, isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
say("held")
wait()
connection.execute("ROLLBACK")
say("released")
wait()
"""
RECEIVE = """
from orderdesk.services import products
from orderdesk.storage.store import Store
from tests.builders import NOW
store = Store.open(path)
product, times = int(sys.argv[2]), int(sys.argv[3])
say("open")
wait()
for _ in range(times):
    products.receive_stock(store, product, 1, now=NOW)
store.close()
say("done")
"""


def _wait_at_most(shop: Shop, milliseconds: int) -> None:
    """The usual five seconds would make the test as long."""
    with shop.store.bookkeeping() as view:
        view.connection.execute(f"PRAGMA busy_timeout = {milliseconds}")


def test_a_lock_that_is_not_let_go_is_told_and_nothing_changes(shop: Shop) -> None:
    shop.stock("LAMP", 1)
    _wait_at_most(shop, 50)
    with another_program(HOLD, shop.store.path) as other:
        assert hear(other) == "held"
        with pytest.raises(StoreError, match="The shop is busy") as refusal:
            shop.receive("LAMP", 1)
        assert "Try again" in refusal.value.remedy
        with shop.store.read() as view:  # reading goes on meanwhile
            assert view.value("SELECT on_hand FROM product") == 1
        tell(other)
        assert hear(other) == "released"
        shop.receive("LAMP", 1)
    with shop.store.read() as view:
        assert view.value("SELECT on_hand FROM product") == 2


def test_a_letter_left_half_made_that_can_not_be_finished_yet_speaks_of_itself_alone(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1001", ("LAMP", 1))
    made = apologize(shop.store, [shop.orders["1001"]], now=shop.tick()).apologies[0]
    with shop.store.bookkeeping() as view:
        view.connection.execute("UPDATE notice SET letter_sha256 = NULL")
    _wait_at_most(shop, 50)
    with another_program(HOLD, shop.store.path) as other:
        assert hear(other) == "held"
        (failure,) = finish_letters(shop.store)
        assert f"That the letter 1001-{made.notice_id} is finished can't be noted yet: The shop is busy" in str(failure)
        assert failure.remedy == "It is made again, the same, at the next start."
        tell(other)
        assert hear(other) == "released"
    assert finish_letters(shop.store) == []


def test_a_lock_that_is_let_go_in_time_is_waited_for(shop: Shop) -> None:
    shop.stock("LAMP", 1)
    with another_program(HOLD, shop.store.path) as other:
        assert hear(other) == "held"
        received: list[object] = []
        writer = threading.Thread(target=lambda: received.append(shop.receive("LAMP", 1)))
        writer.start()
        assert received == []
        tell(other)
        assert hear(other) == "released"
        writer.join()
    assert len(received) == 1


def test_two_programs_writing_at_once_lose_nothing(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 350))
    times = 200
    with ExitStack() as stack:
        programs = [
            stack.enter_context(another_program(RECEIVE, shop.store.path, str(shop.products["LAMP"]), str(times)))
            for _ in range(2)
        ]
        assert [hear(program) for program in programs] == ["open", "open"]
        for program in programs:
            tell(program)
        assert [hear(program) for program in programs] == ["done", "done"]
    with shop.store.read() as view:
        assert view.value("SELECT on_hand FROM product") == 2 * times
        assert view.value("SELECT count(*) FROM event WHERE kind = 'receive'") == 2 * times
    assert shop.quantities("1", "LAMP") == (350, 0)
    assert check(shop.store) == []


def test_what_another_program_commits_is_noticed_once(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    assert not shop.store.watch.changed_elsewhere()
    with another_program(RECEIVE, shop.store.path, str(shop.products["LAMP"]), "1") as other:
        assert hear(other) == "open"
        shop.receive("LAMP", 1)
        assert not shop.store.watch.changed_elsewhere()
        tell(other)
        assert hear(other) == "done"
    shop.receive("LAMP", 1)
    assert shop.store.watch.changed_elsewhere()
    assert not shop.store.watch.changed_elsewhere()


def test_threads_of_one_program_take_turns(shop: Shop) -> None:
    shop.stock("LAMP", 0)
    workers = [threading.Thread(target=lambda: [shop.receive("LAMP", 1) for _ in range(15)]) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with shop.store.read() as view:
        assert view.value("SELECT on_hand FROM product") == 60


def test_listeners_hear_of_each_commit_and_of_no_refusal(shop: Shop) -> None:
    heard: list[frozenset[int]] = []
    shop.stock("LAMP", 1)
    shop.store.subscribe(lambda changes: heard.append(changes.products))
    shop.receive("LAMP", 1)
    with pytest.raises(InvalidValueError):
        shop.receive("LAMP", 0)
    with pytest.raises(NothingToDoError):
        history.redo(shop.store, now=shop.tick())
    assert heard == [frozenset({shop.products["LAMP"]})]


@pytest.mark.parametrize("has_looked", [False, True])
def test_a_backup_that_another_program_restores_is_noticed(shop: Shop, has_looked: bool) -> None:
    earlier = backups.back_up(shop.store)
    shop.stock("LAMP", 1)
    if has_looked:
        shop.store.watch.changed_elsewhere()
    assert not shop.store.watch.was_replaced()
    backups.restore(shop.store.path, earlier)
    assert shop.store.watch.was_replaced()


def test_nothing_is_written_to_a_file_that_is_no_longer_the_shop(shop: Shop) -> None:
    shop.stock("LAMP", 1)
    earlier = backups.back_up(shop.store)
    os.replace(earlier, shop.store.path)
    assert shop.store.watch.was_replaced()
    for write in (lambda: shop.receive("LAMP", 1), lambda: _wait_at_most(shop, 50)):
        with pytest.raises(StoreError, match="Another file lies in the place"):
            write()
    shop.store.path.unlink()
    with pytest.raises(StoreError, match="is gone"):
        shop.receive("LAMP", 1)
