"""Refunds that were paid back, letters by the day they promise one for, orders found by the numbers of their parcels."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CREATED = (
    """CREATE TABLE refund (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	order_id INTEGER NOT NULL,
	amount_minor INTEGER NOT NULL,
	refunded_on TEXT NOT NULL,
	how TEXT DEFAULT '' NOT NULL,
	CONSTRAINT ck_refund_amount CHECK (amount_minor > 0),
	CONSTRAINT fk_refund_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_refund_order_id ON refund (order_id)""",
    """CREATE INDEX ix_notice_line_refund_by ON notice_line (refund_by) WHERE refund_by IS NOT NULL""",
    """CREATE TRIGGER refund_kept_insert AFTER INSERT ON refund BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'refund', NEW.id, NULL); END""",
    """CREATE TRIGGER refund_kept_update AFTER UPDATE OF id, order_id, amount_minor, refunded_on, how ON refund WHEN OLD.id IS NOT NEW.id OR OLD.order_id IS NOT NEW.order_id OR OLD.amount_minor IS NOT NEW.amount_minor OR OLD.refunded_on IS NOT NEW.refunded_on OR OLD.how IS NOT NEW.how BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'refund', OLD.id, json_object('id', OLD.id, 'order_id', OLD.order_id, 'amount_minor', OLD.amount_minor, 'refunded_on', OLD.refunded_on, 'how', OLD.how)); END""",
    """CREATE TRIGGER refund_kept_delete AFTER DELETE ON refund BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'refund', OLD.id, json_object('id', OLD.id, 'order_id', OLD.order_id, 'amount_minor', OLD.amount_minor, 'refunded_on', OLD.refunded_on, 'how', OLD.how)); END""",
)
# Those of which a parcel has a number; the others' words are as they were.
SEARCH = (
    "DELETE FROM order_search WHERE rowid IN (SELECT order_id FROM shipment WHERE tracking <> '')",
    """INSERT INTO order_search (rowid, words)
SELECT o.id, concat_ws(' ', o.order_number, o.external_id, o.channel, o.ship_name, o.ship_company, o.buyer_name, o.username, o.email, o.ship_city, o.ship_postal_code, o.ship_country, o.tags, c.name, c.company,
    (SELECT group_concat(l.sku || ' ' || l.title, ' ') FROM order_line l WHERE l.order_id = o.id),
    (SELECT group_concat(s.tracking, ' ') FROM shipment s WHERE s.order_id = o.id))
FROM orders o JOIN customer c ON c.id = o.customer_id WHERE o.id IN (SELECT order_id FROM shipment WHERE tracking <> '')""",
)


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    for statement in (*CREATED, *SEARCH):
        run(statement)
