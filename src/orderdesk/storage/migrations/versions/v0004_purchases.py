"""Purchase orders."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CREATED = (
    """CREATE TABLE purchase_order (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	number TEXT NOT NULL,
	supplier TEXT NOT NULL,
	currency TEXT NOT NULL,
	placed_on TEXT NOT NULL,
	expected_on TEXT,
	sent_on TEXT,
	canceled_on TEXT,
	CONSTRAINT ck_purchase_order_supplier CHECK (supplier <> ''),
	CONSTRAINT uq_purchase_order_number UNIQUE (number)
)
 STRICT""",
    """CREATE TABLE purchase_line (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	purchase_order_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	product_id INTEGER NOT NULL,
	order_line_id INTEGER,
	quantity INTEGER NOT NULL,
	received INTEGER DEFAULT '0' NOT NULL,
	canceled INTEGER DEFAULT '0' NOT NULL,
	cost_minor INTEGER,
	CONSTRAINT ck_purchase_line_quantity CHECK (quantity > 0),
	CONSTRAINT ck_purchase_line_within_quantity CHECK (received >= 0 AND canceled >= 0 AND received + canceled <= quantity),
	CONSTRAINT ck_purchase_line_cost CHECK (coalesce(cost_minor, 0) >= 0),
	CONSTRAINT fk_purchase_line_purchase_order_id_purchase_order FOREIGN KEY(purchase_order_id) REFERENCES purchase_order (id) ON DELETE RESTRICT,
	CONSTRAINT fk_purchase_line_product_id_product FOREIGN KEY(product_id) REFERENCES product (id) ON DELETE RESTRICT,
	CONSTRAINT fk_purchase_line_order_line_id_order_line FOREIGN KEY(order_line_id) REFERENCES order_line (id) ON DELETE RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_purchase_line_order_line_id ON purchase_line (order_line_id)""",
    """CREATE INDEX ix_purchase_line_product_id ON purchase_line (product_id)""",
    """CREATE UNIQUE INDEX uq_purchase_line_purchase_order_id_position ON purchase_line (purchase_order_id, position)""",
    """CREATE TRIGGER purchase_order_kept_insert AFTER INSERT ON purchase_order BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'purchase_order', NEW.id, NULL); END""",
    """CREATE TRIGGER purchase_order_kept_update AFTER UPDATE OF id, number, supplier, currency, placed_on, expected_on, sent_on, canceled_on ON purchase_order WHEN OLD.id IS NOT NEW.id OR OLD.number IS NOT NEW.number OR OLD.supplier IS NOT NEW.supplier OR OLD.currency IS NOT NEW.currency OR OLD.placed_on IS NOT NEW.placed_on OR OLD.expected_on IS NOT NEW.expected_on OR OLD.sent_on IS NOT NEW.sent_on OR OLD.canceled_on IS NOT NEW.canceled_on BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'purchase_order', OLD.id, json_object('id', OLD.id, 'number', OLD.number, 'supplier', OLD.supplier, 'currency', OLD.currency, 'placed_on', OLD.placed_on, 'expected_on', OLD.expected_on, 'sent_on', OLD.sent_on, 'canceled_on', OLD.canceled_on)); END""",
    """CREATE TRIGGER purchase_order_kept_delete AFTER DELETE ON purchase_order BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'purchase_order', OLD.id, json_object('id', OLD.id, 'number', OLD.number, 'supplier', OLD.supplier, 'currency', OLD.currency, 'placed_on', OLD.placed_on, 'expected_on', OLD.expected_on, 'sent_on', OLD.sent_on, 'canceled_on', OLD.canceled_on)); END""",
    """CREATE TRIGGER purchase_line_kept_insert AFTER INSERT ON purchase_line BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'purchase_line', NEW.id, NULL); END""",
    """CREATE TRIGGER purchase_line_kept_update AFTER UPDATE OF id, purchase_order_id, position, product_id, order_line_id, quantity, received, canceled, cost_minor ON purchase_line WHEN OLD.id IS NOT NEW.id OR OLD.purchase_order_id IS NOT NEW.purchase_order_id OR OLD.position IS NOT NEW.position OR OLD.product_id IS NOT NEW.product_id OR OLD.order_line_id IS NOT NEW.order_line_id OR OLD.quantity IS NOT NEW.quantity OR OLD.received IS NOT NEW.received OR OLD.canceled IS NOT NEW.canceled OR OLD.cost_minor IS NOT NEW.cost_minor BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'purchase_line', OLD.id, json_object('id', OLD.id, 'purchase_order_id', OLD.purchase_order_id, 'position', OLD.position, 'product_id', OLD.product_id, 'order_line_id', OLD.order_line_id, 'quantity', OLD.quantity, 'received', OLD.received, 'canceled', OLD.canceled, 'cost_minor', OLD.cost_minor)); END""",
    """CREATE TRIGGER purchase_line_kept_delete AFTER DELETE ON purchase_line BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'purchase_line', OLD.id, json_object('id', OLD.id, 'purchase_order_id', OLD.purchase_order_id, 'position', OLD.position, 'product_id', OLD.product_id, 'order_line_id', OLD.order_line_id, 'quantity', OLD.quantity, 'received', OLD.received, 'canceled', OLD.canceled, 'cost_minor', OLD.cost_minor)); END""",
)


def upgrade() -> None:
    for statement in CREATED:
        op.get_bind().exec_driver_sql(statement)
