"""Search as you type: full-text tables (SQLite's FTS5) that the settling keeps up to date."""

from __future__ import annotations

from dataclasses import dataclass

# Letters that FTS5 keeps as they are, since no accent of theirs can be taken off: people type what their keyboards have.
_PLAIN = {
    **dict.fromkeys("ßẞ", "ss"),
    **dict.fromkeys("æÆ", "ae"),
    **dict.fromkeys("œŒ", "oe"),
    **dict.fromkeys("øØ", "o"),
    **dict.fromkeys("łŁ", "l"),
    **dict.fromkeys("đĐðÐ", "d"),
    **dict.fromkeys("þÞ", "th"),
    **dict.fromkeys("ħĦ", "h"),
    "ı": "i",
}
_TYPED = str.maketrans(_PLAIN)


def in_plain_letters(typed: str) -> str:
    """What is searched for, as the full-text tables have it."""
    return typed.translate(_TYPED)


def stored_plain(words: str) -> str:
    """An expression of SQL for words as those tables have them."""
    for letter, plain in _PLAIN.items():
        words = f"replace({words}, '{letter}', '{plain}')"
    return words


@dataclass(frozen=True, slots=True)
class Search:
    """One full-text table: its name, the tables whose facts its words are, the ids of the rows that a step may have reworded,
    and those words with the table that has the ids."""

    name: str
    tables: frozenset[str]
    reworded: str
    words: str
    rows: str

    def delete(self, ids: str) -> str:
        return f"DELETE FROM {self.name} WHERE rowid IN ({ids})"

    def insert(self, ids: str) -> str:
        return f"INSERT INTO {self.name} (rowid, words) SELECT t.id, {stored_plain(self.words)} FROM {self.rows} WHERE t.id IN ({ids})"

    @property
    def let_go(self) -> str:
        """FTS5 keeps the words of deleted rows until it next merges what it has."""
        return f"INSERT INTO {self.name} ({self.name}) VALUES ('optimize')"

    @property
    def create(self) -> str:
        return (
            f"CREATE VIRTUAL TABLE {self.name} USING fts5(words, content='', contentless_delete=1, detail=none, "
            "tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
        )


ORDER_SEARCH = Search(
    "order_search",
    frozenset({"orders", "order_line", "customer", "shipment"}),
    "SELECT id FROM touched_order",
    "concat_ws(' ', t.order_number, t.external_id, t.channel, t.ship_name, t.ship_company, t.buyer_name, t.username, "
    "t.email, t.ship_line1, t.ship_city, t.ship_postal_code, t.ship_country, t.tags, c.name, c.company, "
    "(SELECT group_concat(l.sku || ' ' || l.title, ' ') FROM order_line l WHERE l.order_id = t.id), "
    "(SELECT group_concat(s.tracking, ' ') FROM shipment s WHERE s.order_id = t.id))",
    "orders t JOIN customer c ON c.id = t.customer_id",
)
PRODUCT_SEARCH = Search(
    "product_search",
    frozenset({"product"}),
    "SELECT row_id FROM row_change WHERE event_id = :event AND table_name = 'product'",
    "concat_ws(' ', t.sku, t.title, t.barcode, t.supplier, t.supplier_sku)",
    "product t",
)
CUSTOMER_SEARCH = Search(
    "customer_search",
    frozenset({"customer"}),
    "SELECT id FROM touched_customer",
    "concat_ws(' ', t.customer_id, t.name, t.company, t.email, t.phone, t.username, t.line1, t.city, t.postal_code, t.country)",
    "customer t",
)
SEARCHES = (ORDER_SEARCH, PRODUCT_SEARCH, CUSTOMER_SEARCH)
