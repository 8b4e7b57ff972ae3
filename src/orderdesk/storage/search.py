"""Search as you type: full-text tables (SQLite's FTS5) that the settling keeps up to date."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Search:
    """One full-text table: its name, the tables whose facts its words are, the ids of the rows that a step may have reworded,
    and those words (id, words)."""

    name: str
    tables: frozenset[str]
    reworded: str
    words: str

    def delete(self, ids: str) -> str:
        return f"DELETE FROM {self.name} WHERE rowid IN ({ids})"

    def insert(self, ids: str) -> str:
        return f"INSERT INTO {self.name} (rowid, words) {self.words} ({ids})"

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
    "SELECT o.id, concat_ws(' ', o.order_number, o.external_id, o.channel, o.ship_name, o.ship_company, o.buyer_name, o.username, "
    "o.email, o.ship_city, o.ship_postal_code, o.ship_country, o.tags, c.name, c.company, "
    "(SELECT group_concat(l.sku || ' ' || l.title, ' ') FROM order_line l WHERE l.order_id = o.id), "
    "(SELECT group_concat(s.tracking, ' ') FROM shipment s WHERE s.order_id = o.id)) "
    "FROM orders o JOIN customer c ON c.id = o.customer_id WHERE o.id IN",
)
PRODUCT_SEARCH = Search(
    "product_search",
    frozenset({"product"}),
    "SELECT row_id FROM row_change WHERE event_id = :event AND table_name = 'product'",
    "SELECT p.id, concat_ws(' ', p.sku, p.title, p.barcode, p.supplier, p.supplier_sku) FROM product p WHERE p.id IN",
)
CUSTOMER_SEARCH = Search(
    "customer_search",
    frozenset({"customer"}),
    "SELECT id FROM touched_customer",
    "SELECT c.id, concat_ws(' ', c.customer_id, c.name, c.company, c.email, c.phone, c.username, c.city, c.postal_code, c.country) "
    "FROM customer c WHERE c.id IN",
)
SEARCHES = (ORDER_SEARCH, PRODUCT_SEARCH, CUSTOMER_SEARCH)
