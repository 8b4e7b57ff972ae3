"""The layout of the file: a migrated one is a fresh one, and no migration loses rows, dies half-way or forgets a trigger."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite

from orderdesk.domain.errors import StoreError
from orderdesk.domain.notices import ToldBy
from orderdesk.services.answers import agree_to_wait
from orderdesk.services.apologies import apologize
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.history import undo
from orderdesk.services.letters import files_of
from orderdesk.services.orders import ship_order, track_parcel
from orderdesk.services.shop import shop_profile
from orderdesk.services.telling import mark_order_told
from orderdesk.storage import connect, layout, migrate, opening
from orderdesk.storage.backup import backups
from orderdesk.storage.backup_folder import backup_folder
from orderdesk.storage.layout import differences
from orderdesk.storage.migrations.versions import v0007_refunds
from orderdesk.storage.queries.customers import CustomersView, customer_ids
from orderdesk.storage.queries.orders import OrdersView, order_ids
from orderdesk.storage.queries.products import ProductsView, product_ids
from orderdesk.storage.schema import schema_statements
from orderdesk.storage.store import Store
from tests.builders import NOW, Shop
from tests.reading import text_of


def _fresh() -> sqlite.Connection:
    connection = sqlite.connect(":memory:", isolation_level=None)
    for statement in schema_statements():
        connection.execute(statement)
    return connection


def test_a_migrated_file_is_laid_out_as_a_fresh_one(shop: Shop) -> None:
    with shop.store.read() as view:
        assert differences(view.connection) == {}


def test_every_table_is_strict() -> None:
    loose = [
        row[1]
        for row in _fresh().execute("PRAGMA table_list")
        if row[2] == "table" and not row[5] and not row[1].startswith("sqlite_")
    ]
    assert [name for name in loose if "_search" not in name] == []


def test_every_reference_is_restrictive() -> None:
    connection = _fresh()
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
    actions = {row[6] for table in tables for row in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()}
    assert actions == {"RESTRICT"}


SHELF = "CREATE TABLE shelf (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT"
NEXT = """
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{newest}", None, None

def upgrade():
    run = op.get_bind().exec_driver_sql
    run("{shelf}")
    run("INSERT INTO shelf (name) SELECT DISTINCT sku FROM product")
    {further}
"""


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes the program one version newer, with the given further statements in its migration."""
    folder, fresh = tmp_path / "migrations", layout.fresh_layout()
    newest = f"{connect.SCHEMA_VERSION:04}"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", folder)

    def install(further: str) -> None:
        migration = NEXT.replace("{newest}", newest).replace("{shelf}", SHELF).replace("{further}", further)
        (folder / "versions" / "v9999_shelf.py").write_text(migration, encoding="utf-8")
        monkeypatch.setattr(migrate, "_MIGRATIONS", folder)
        monkeypatch.setattr(layout, "fresh_layout", lambda: {**fresh, ("table", "shelf"): SHELF})
        for module in (connect, migrate, opening):
            monkeypatch.setattr(module, "SCHEMA_VERSION", 9999)

    return install


@pytest.fixture
def older(trading: Shop) -> Iterator[Shop]:
    trading.store.close()
    yield trading
    trading.store.close()


def _rows(path: Path) -> dict[str, list[Any]]:
    connection = sqlite.connect(path)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    connection.close()
    return rows


def test_a_migration_keeps_every_row_and_makes_a_copy_first(older: Shop, newer_program: Any) -> None:
    before = _rows(older.store.path)
    newer_program("pass")
    opened = Store.open(older.store.path)
    assert check(opened) == []
    opened.close()
    after = _rows(older.store.path)
    assert {name: rows for name, rows in after.items() if name not in ("shelf", "alembic_version")} == {
        name: rows for name, rows in before.items() if name != "alembic_version"
    }
    copies = list(backup_folder(older.store.path).iterdir())
    assert [_rows(copy)["orders"] for copy in copies] == [before["orders"]]


@pytest.mark.parametrize(
    ("further", "error"),
    [
        ('run("DELETE FROM stock_movement_that_is_not_there")', Exception),
        ("raise RuntimeError('the power went')", RuntimeError),
        (
            '[run(f"DROP TRIGGER {name}") for name in ("coupon_stays", "coupon_kept_delete")]; run("DELETE FROM coupon")',
            StoreError,
        ),
        ('run("DROP TRIGGER orders_kept_update"); run("UPDATE orders SET customer_id = 999")', StoreError),
    ],
    ids=["a statement fails", "it dies half-way", "rows would be lost", "rows would be orphaned"],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    older: Shop, newer_program: Any, further: str, error: type[Exception]
) -> None:
    before, content = _rows(older.store.path), older.store.path.read_bytes()
    newer_program(further)
    for _ in range(2):  # the next start meets the same file, not a half-made one
        with pytest.raises(error):
            Store.open(older.store.path)
        assert _rows(older.store.path) == before
    assert older.store.path.read_bytes() == content


def test_a_migration_that_failed_once_succeeds_when_mended(older: Shop, newer_program: Any) -> None:
    newer_program("raise RuntimeError('the power went')")
    with pytest.raises(RuntimeError):
        Store.open(older.store.path)
    newer_program("pass")
    opened = Store.open(older.store.path)
    assert check(opened) == []
    assert len(backups(older.store.path)) == 2
    opened.close()


SERVED = "SELECT id, filled_at_once, short_at_once FROM order_line ORDER BY id"


@pytest.fixture
def sixth_layout(older: Shop) -> Callable[[], None]:
    """Take the file back to the layout before the last."""

    def take_back() -> None:
        with closing(sqlite.connect(older.store.path, isolation_level=None)) as connection:
            _unmake_the_last_migration(connection)

    return take_back


def _unmake_the_last_migration(connection: sqlite.Connection) -> None:
    connection.execute("DROP TABLE refund")
    guards = [statement.split()[2] for statement in (*v0007_refunds.GUARDS, *v0007_refunds.UNITS)]
    for trigger in ("coupon_entry_redeemed_once", "coupon_entry_on_an_order", *guards):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("DROP VIEW redemption")
    connection.execute("DROP INDEX ix_order_line_canceled")
    connection.execute("DROP INDEX ix_orders_lowered")
    for table in ("shop", "notice", "notice_line", "orders"):
        for trigger in (f"{table}_kept_update", f"{table}_kept_delete"):
            connection.execute(f"DROP TRIGGER {trigger}")
            connection.execute(f"CREATE TRIGGER {trigger} AFTER DELETE ON shop BEGIN SELECT 1; END")
    listing_triggers = ("listing_kept_update", "listing_kept_delete")
    for trigger in ("supplier_product_kept_update", "supplier_product_kept_delete", *listing_triggers):
        connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(f"CREATE TRIGGER {trigger} AFTER DELETE ON shop BEGIN SELECT 1; END")
    for column in ("next_units", "next_on"):
        connection.execute(f"ALTER TABLE supplier_product DROP COLUMN {column}")
    for column in ("ended_at", "ended_why"):
        connection.execute(f"ALTER TABLE listing DROP COLUMN {column}")
    connection.execute("ALTER TABLE shop DROP COLUMN handling_days")
    for column in ("filled_at_once", "short_at_once"):
        connection.execute(f"ALTER TABLE order_line DROP COLUMN {column}")
    for column in ("home", "update_on", "language"):
        connection.execute(f"ALTER TABLE notice DROP COLUMN {column}")
    connection.execute("ALTER TABLE notice ADD COLUMN new_date TEXT")
    connection.execute("UPDATE notice SET new_date = (SELECT max(chosen_on) FROM notice_line WHERE notice_id = notice.id)")
    connection.execute("ALTER TABLE notice_line DROP COLUMN never_arrives")
    connection.execute("ALTER TABLE notice_line DROP COLUMN chosen_on")
    connection.execute("ALTER TABLE orders DROP COLUMN lowered_minor")
    for column in ("finished", "batch"):
        connection.execute(f"ALTER TABLE event DROP COLUMN {column}")
    connection.execute("UPDATE alembic_version SET version_num = '0006'")
    connection.execute("PRAGMA user_version = 6")


def test_parcels_noted_before_orders_were_found_by_them_are_found(older: Shop, sixth_layout: Callable[[], None]) -> None:
    opened = Store.open(older.store.path)
    with opened.read() as view:
        served = view.all(SERVED)
    ship_order(opened, 1, now=NOW)
    track_parcel(opened, 1, "UPS", "1Z999AA1", now=NOW)
    opened.close()
    sixth_layout()
    with closing(sqlite.connect(older.store.path, isolation_level=None)) as connection:
        connection.execute("UPDATE order_search SET words = 'nothing yet' WHERE rowid = 1")
    opened = Store.open(older.store.path)
    with opened.read() as view:
        assert differences(view.connection) == {}
        assert view.all(SERVED) == served
        assert list(order_ids(view, OrdersView(search="1z999"), today=NOW.date())) == [1]
        assert list(order_ids(view, OrdersView(search="1001"), today=NOW.date())) == [1]
    assert check(opened) == []
    opened.close()


def test_what_is_written_in_letters_that_keyboards_lack_is_found_after_a_migration(
    older: Shop, sixth_layout: Callable[[], None]
) -> None:
    opened = Store.open(older.store.path)
    shop = Shop(opened)
    shop.stock("GROß", 1)
    shop.order("1010", ("GROß", 1), customer="Jürgen Weiß")
    opened.close()
    sixth_layout()
    searches = ("order_search", "product_search", "customer_search")
    with closing(sqlite.connect(older.store.path, isolation_level=None)) as connection:
        for table in searches:
            connection.execute(f"UPDATE {table} SET words = 'nothing yet'")
    opened = Store.open(older.store.path)
    with opened.read() as view:
        orders = order_ids(view, OrdersView(search="weiss 418 alder"), today=NOW.date())
        customers = customer_ids(view, CustomersView(search="weiss alder"), today=NOW.date())
        products = product_ids(view, ProductsView(search="gross"), today=NOW.date())
    assert [len(found) for found in (orders, customers, products)] == [1, 1, 1]
    assert check(opened) == []
    opened.close()


def test_who_was_told_and_had_another_letter_to_come_was_told_all_along(older: Shop, sixth_layout: Callable[[], None]) -> None:
    opened = Store.open(older.store.path)
    shop = Shop(opened)
    shop.stock("BELL", 0)
    order = shop.order("1009", ("BELL", 1), customer="Erin Vale")
    apologize(opened, [order], now=shop.tick())
    mark_order_told(opened, order, ToldBy.PHONE, now=shop.tick())
    (made,) = apologize(opened, [order], wishes=Wishes(new_date=date(2026, 12, 20)), now=shop.tick()).apologies
    agree_to_wait(opened, order, now=shop.tick())
    with opened.read() as view:
        answered = view.value("SELECT notice_id FROM answer")
        told_at, changes = view.record("orders", order)["told_at"], view.value("SELECT count(*) FROM row_change")
    opened.close()
    sixth_layout()
    with closing(sqlite.connect(older.store.path, isolation_level=None)) as connection:
        connection.execute("UPDATE orders SET told_at = NULL WHERE id = ?", (order,))
        connection.execute("UPDATE answer SET notice_id = ?", (made.notice_id,))
    opened = Store.open(older.store.path)
    with opened.read() as view:
        assert view.value("SELECT chosen_on FROM notice_line WHERE notice_id = ?", (made.notice_id,)) == "2026-12-20"
        assert view.record("orders", order)["told_at"] == told_at is not None
        assert view.value("SELECT notice_id FROM answer") == answered != made.notice_id
        assert view.value("SELECT count(*) FROM row_change") == changes + 1, "the answer that the test itself changed"
    assert check(opened) == []
    opened.close()


def test_a_shop_of_the_first_layout_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the letters of that shop lie in "letters"
    path = tmp_path / "shop.orderdesk"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "shop_0001.orderdesk.gz").read_bytes()))
    before = _rows(path)
    opened = Store.open(path)
    with opened.read() as view:
        assert differences(view.connection) == {}
        assert [row[0] for row in view.all("SELECT order_number FROM orders ORDER BY id")] == ["1042", "1043"]
        assert view.all("SELECT kind, told_by, leaving_by FROM notice ORDER BY id") == [
            ("first", "other", None),
            ("first", None, None),
        ]
    words = ("_search_data", "_search_idx")  # how many rows those take is FTS5's own business
    assert {name: len(rows) for name, rows in _rows(path).items() if name in before and not name.endswith(words)} == {
        name: len(rows) for name, rows in before.items() if not name.endswith(words)
    }
    assert check(opened) == []
    files = files_of(opened, 1)
    assert "owl lamp" in text_of(files.letter).lower()
    undo(opened, event_id=1, now=NOW)  # the shop's profile, kept before it had a logo
    profile = shop_profile(opened)
    assert profile is None
    opened.close()
