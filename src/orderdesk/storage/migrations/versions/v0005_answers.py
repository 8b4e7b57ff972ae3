"""Answers of customers, and lines that stand in for others."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ALTERED = (
    """ALTER TABLE order_line ADD COLUMN replaces_id INTEGER""",
    """ALTER TABLE order_line ADD COLUMN stand_in TEXT CONSTRAINT ck_order_line_stand_in CHECK (coalesce(stand_in IN ('substitute', 'exchange'), 0) = (replaces_id IS NOT NULL))""",
    """ALTER TABLE order_line ADD COLUMN ship_policy TEXT CONSTRAINT ck_order_line_ship_policy CHECK (ship_policy IN ('partial', 'complete', 'cancel_remainder'))""",
)
REPLACED = (
    "delivery_no_update",
    "order_line_kept_update",
    "order_line_kept_delete",
)
CREATED = (
    """CREATE TABLE marketing_consent (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	customer_id INTEGER NOT NULL,
	given_at TEXT NOT NULL,
	withdrawn_at TEXT,
	CONSTRAINT uq_marketing_consent_customer_id UNIQUE (customer_id),
	CONSTRAINT fk_marketing_consent_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT
)
 STRICT""",
    """CREATE TABLE answer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	order_id INTEGER NOT NULL,
	notice_id INTEGER,
	kind TEXT NOT NULL,
	words TEXT DEFAULT '' NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT ck_answer_kind CHECK (kind IN ('agreed', 'canceled', 'substitute')),
	CONSTRAINT fk_answer_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE RESTRICT,
	CONSTRAINT fk_answer_notice_id_notice FOREIGN KEY(notice_id) REFERENCES notice (id) ON DELETE RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_answer_order_id ON answer (order_id)""",
    """CREATE TABLE shipment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	order_id INTEGER NOT NULL,
	at TEXT NOT NULL,
	carrier TEXT DEFAULT '' NOT NULL,
	tracking TEXT DEFAULT '' NOT NULL,
	CONSTRAINT fk_shipment_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_shipment_order_id ON shipment (order_id)""",
    """CREATE INDEX ix_notice_line_answer_by ON notice_line (answer_by) WHERE silence = 'cancellation'""",
    """CREATE TABLE shipment_line (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	shipment_id INTEGER NOT NULL,
	order_line_id INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	CONSTRAINT ck_shipment_line_quantity CHECK (quantity > 0),
	CONSTRAINT fk_shipment_line_shipment_id_shipment FOREIGN KEY(shipment_id) REFERENCES shipment (id) ON DELETE RESTRICT,
	CONSTRAINT fk_shipment_line_order_line_id_order_line FOREIGN KEY(order_line_id) REFERENCES order_line (id) ON DELETE RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_shipment_line_order_line_id ON shipment_line (order_line_id)""",
    """CREATE INDEX ix_shipment_line_shipment_id ON shipment_line (shipment_id)""",
    """CREATE TRIGGER delivery_no_update BEFORE UPDATE ON delivery WHEN NOT (NEW.detail = '' AND NEW.id = OLD.id AND NEW.notice_id = OLD.notice_id AND NEW.event_id = OLD.event_id AND NEW.way = OLD.way AND NEW.at = OLD.at) BEGIN SELECT RAISE(ABORT, 'delivery is append-only'); END""",
    """CREATE TRIGGER order_line_stands_in_insert BEFORE INSERT ON order_line WHEN NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM order_line WHERE id = NEW.replaces_id AND order_id = NEW.order_id AND id <> NEW.id) BEGIN SELECT RAISE(ABORT, 'a line stands in for another line of its order'); END""",
    """CREATE TRIGGER order_line_stands_in_update BEFORE UPDATE OF replaces_id, order_id ON order_line WHEN NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM order_line WHERE id = NEW.replaces_id AND order_id = NEW.order_id AND id <> NEW.id) BEGIN SELECT RAISE(ABORT, 'a line stands in for another line of its order'); END""",
    """CREATE TRIGGER marketing_consent_kept_insert AFTER INSERT ON marketing_consent BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'marketing_consent', NEW.id, NULL); END""",
    """CREATE TRIGGER marketing_consent_kept_update AFTER UPDATE OF id, customer_id, given_at, withdrawn_at ON marketing_consent WHEN OLD.id IS NOT NEW.id OR OLD.customer_id IS NOT NEW.customer_id OR OLD.given_at IS NOT NEW.given_at OR OLD.withdrawn_at IS NOT NEW.withdrawn_at BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'marketing_consent', OLD.id, json_object('id', OLD.id, 'customer_id', OLD.customer_id, 'given_at', OLD.given_at, 'withdrawn_at', OLD.withdrawn_at)); END""",
    """CREATE TRIGGER marketing_consent_kept_delete AFTER DELETE ON marketing_consent BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'marketing_consent', OLD.id, json_object('id', OLD.id, 'customer_id', OLD.customer_id, 'given_at', OLD.given_at, 'withdrawn_at', OLD.withdrawn_at)); END""",
    """CREATE TRIGGER order_line_kept_update AFTER UPDATE OF id, order_id, position, line_id, product_id, sku, title, ordered, unit_price_minor, shipped, canceled, returned, drop_ship, firm, replaces_id, stand_in, ship_policy ON order_line WHEN OLD.id IS NOT NEW.id OR OLD.order_id IS NOT NEW.order_id OR OLD.position IS NOT NEW.position OR OLD.line_id IS NOT NEW.line_id OR OLD.product_id IS NOT NEW.product_id OR OLD.sku IS NOT NEW.sku OR OLD.title IS NOT NEW.title OR OLD.ordered IS NOT NEW.ordered OR OLD.unit_price_minor IS NOT NEW.unit_price_minor OR OLD.shipped IS NOT NEW.shipped OR OLD.canceled IS NOT NEW.canceled OR OLD.returned IS NOT NEW.returned OR OLD.drop_ship IS NOT NEW.drop_ship OR OLD.firm IS NOT NEW.firm OR OLD.replaces_id IS NOT NEW.replaces_id OR OLD.stand_in IS NOT NEW.stand_in OR OLD.ship_policy IS NOT NEW.ship_policy BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'order_line', OLD.id, json_object('id', OLD.id, 'order_id', OLD.order_id, 'position', OLD.position, 'line_id', OLD.line_id, 'product_id', OLD.product_id, 'sku', OLD.sku, 'title', OLD.title, 'ordered', OLD.ordered, 'unit_price_minor', OLD.unit_price_minor, 'shipped', OLD.shipped, 'canceled', OLD.canceled, 'returned', OLD.returned, 'drop_ship', OLD.drop_ship, 'firm', OLD.firm, 'replaces_id', OLD.replaces_id, 'stand_in', OLD.stand_in, 'ship_policy', OLD.ship_policy)); END""",
    """CREATE TRIGGER order_line_kept_delete AFTER DELETE ON order_line BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'order_line', OLD.id, json_object('id', OLD.id, 'order_id', OLD.order_id, 'position', OLD.position, 'line_id', OLD.line_id, 'product_id', OLD.product_id, 'sku', OLD.sku, 'title', OLD.title, 'ordered', OLD.ordered, 'unit_price_minor', OLD.unit_price_minor, 'shipped', OLD.shipped, 'canceled', OLD.canceled, 'returned', OLD.returned, 'drop_ship', OLD.drop_ship, 'firm', OLD.firm, 'replaces_id', OLD.replaces_id, 'stand_in', OLD.stand_in, 'ship_policy', OLD.ship_policy)); END""",
    """CREATE TRIGGER shipment_kept_insert AFTER INSERT ON shipment BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'shipment', NEW.id, NULL); END""",
    """CREATE TRIGGER shipment_kept_update AFTER UPDATE OF id, order_id, at, carrier, tracking ON shipment WHEN OLD.id IS NOT NEW.id OR OLD.order_id IS NOT NEW.order_id OR OLD.at IS NOT NEW.at OR OLD.carrier IS NOT NEW.carrier OR OLD.tracking IS NOT NEW.tracking BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'shipment', OLD.id, json_object('id', OLD.id, 'order_id', OLD.order_id, 'at', OLD.at, 'carrier', OLD.carrier, 'tracking', OLD.tracking)); END""",
    """CREATE TRIGGER shipment_kept_delete AFTER DELETE ON shipment BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'shipment', OLD.id, json_object('id', OLD.id, 'order_id', OLD.order_id, 'at', OLD.at, 'carrier', OLD.carrier, 'tracking', OLD.tracking)); END""",
    """CREATE TRIGGER shipment_line_kept_insert AFTER INSERT ON shipment_line BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'shipment_line', NEW.id, NULL); END""",
    """CREATE TRIGGER shipment_line_kept_update AFTER UPDATE OF id, shipment_id, order_line_id, quantity ON shipment_line WHEN OLD.id IS NOT NEW.id OR OLD.shipment_id IS NOT NEW.shipment_id OR OLD.order_line_id IS NOT NEW.order_line_id OR OLD.quantity IS NOT NEW.quantity BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'shipment_line', OLD.id, json_object('id', OLD.id, 'shipment_id', OLD.shipment_id, 'order_line_id', OLD.order_line_id, 'quantity', OLD.quantity)); END""",
    """CREATE TRIGGER shipment_line_kept_delete AFTER DELETE ON shipment_line BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'shipment_line', OLD.id, json_object('id', OLD.id, 'shipment_id', OLD.shipment_id, 'order_line_id', OLD.order_line_id, 'quantity', OLD.quantity)); END""",
    """CREATE TRIGGER answer_kept_insert AFTER INSERT ON answer BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'answer', NEW.id, NULL); END""",
    """CREATE TRIGGER answer_kept_update AFTER UPDATE OF id, order_id, notice_id, kind, words, at ON answer WHEN OLD.id IS NOT NEW.id OR OLD.order_id IS NOT NEW.order_id OR OLD.notice_id IS NOT NEW.notice_id OR OLD.kind IS NOT NEW.kind OR OLD.words IS NOT NEW.words OR OLD.at IS NOT NEW.at BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'answer', OLD.id, json_object('id', OLD.id, 'order_id', OLD.order_id, 'notice_id', OLD.notice_id, 'kind', OLD.kind, 'words', OLD.words, 'at', OLD.at)); END""",
    """CREATE TRIGGER answer_kept_delete AFTER DELETE ON answer BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'answer', OLD.id, json_object('id', OLD.id, 'order_id', OLD.order_id, 'notice_id', OLD.notice_id, 'kind', OLD.kind, 'words', OLD.words, 'at', OLD.at)); END""",
)


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    for trigger in REPLACED:
        run(f"DROP TRIGGER {trigger}")
    for statement in (*ALTERED, *CREATED):
        run(statement)
