"""Kits, suppliers and what they offer, tags of orders."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ALTERED = ("""ALTER TABLE orders ADD COLUMN tags TEXT DEFAULT '' NOT NULL""",)
REPLACED = (
    "orders_kept_update",
    "orders_kept_delete",
)
CREATED = (
    """CREATE TABLE supplier (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL,
	email TEXT DEFAULT '' NOT NULL,
	phone TEXT DEFAULT '' NOT NULL,
	site TEXT DEFAULT '' NOT NULL,
	note TEXT DEFAULT '' NOT NULL,
	CONSTRAINT ck_supplier_name CHECK (name <> '')
)
 STRICT""",
    """CREATE UNIQUE INDEX uq_supplier_name ON supplier (name COLLATE NOCASE)""",
    """CREATE TABLE kit_part (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	kit_id INTEGER NOT NULL,
	part_id INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	CONSTRAINT ck_kit_part_quantity CHECK (quantity > 0),
	CONSTRAINT ck_kit_part_not_of_itself CHECK (kit_id <> part_id),
	CONSTRAINT fk_kit_part_kit_id_product FOREIGN KEY(kit_id) REFERENCES product (id) ON DELETE RESTRICT,
	CONSTRAINT fk_kit_part_part_id_product FOREIGN KEY(part_id) REFERENCES product (id) ON DELETE RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_kit_part_part_id ON kit_part (part_id)""",
    """CREATE UNIQUE INDEX uq_kit_part_kit_id_part_id ON kit_part (kit_id, part_id)""",
    """CREATE TABLE supplier_product (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	supplier_id INTEGER NOT NULL,
	product_id INTEGER NOT NULL,
	supplier_sku TEXT DEFAULT '' NOT NULL,
	cost_minor INTEGER,
	currency TEXT,
	lead_time_days INTEGER,
	quantity INTEGER,
	quantity_at TEXT,
	CONSTRAINT ck_supplier_product_numbers CHECK (coalesce(cost_minor, 0) >= 0 AND coalesce(lead_time_days, 0) >= 0 AND coalesce(quantity, 0) >= 0),
	CONSTRAINT ck_supplier_product_cost_in_a_currency CHECK (cost_minor IS NULL OR currency IS NOT NULL),
	CONSTRAINT ck_supplier_product_quantity_at CHECK ((quantity IS NULL) = (quantity_at IS NULL)),
	CONSTRAINT fk_supplier_product_supplier_id_supplier FOREIGN KEY(supplier_id) REFERENCES supplier (id) ON DELETE RESTRICT,
	CONSTRAINT fk_supplier_product_product_id_product FOREIGN KEY(product_id) REFERENCES product (id) ON DELETE RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_supplier_product_product_id ON supplier_product (product_id)""",
    """CREATE UNIQUE INDEX uq_supplier_product_supplier_id_product_id ON supplier_product (supplier_id, product_id)""",
    """CREATE TRIGGER stock_movement_of_no_kit BEFORE INSERT ON stock_movement WHEN EXISTS (SELECT 1 FROM kit_part WHERE kit_id = NEW.product_id) BEGIN SELECT RAISE(ABORT, 'a kit has no stock of its own'); END""",
    """CREATE TRIGGER product_kit_is_not_tracked BEFORE UPDATE OF tracked ON product WHEN NEW.tracked = 1 AND EXISTS (SELECT 1 FROM kit_part WHERE kit_id = NEW.id) BEGIN SELECT RAISE(ABORT, 'a kit has no stock of its own'); END""",
    """CREATE TRIGGER kit_part_insert BEFORE INSERT ON kit_part WHEN (SELECT tracked OR on_hand <> 0 FROM product WHERE id = NEW.kit_id) OR EXISTS (SELECT 1 FROM kit_part WHERE kit_id = NEW.part_id OR part_id = NEW.kit_id) BEGIN SELECT RAISE(ABORT, 'a kit has no stock of its own, and is no part of a kit'); END""",
    """CREATE TRIGGER kit_part_update BEFORE UPDATE OF kit_id, part_id ON kit_part WHEN (SELECT tracked OR on_hand <> 0 FROM product WHERE id = NEW.kit_id) OR EXISTS (SELECT 1 FROM kit_part WHERE kit_id = NEW.part_id OR part_id = NEW.kit_id) BEGIN SELECT RAISE(ABORT, 'a kit has no stock of its own, and is no part of a kit'); END""",
    """CREATE TRIGGER kit_part_kept_insert AFTER INSERT ON kit_part BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'kit_part', NEW.id, NULL); END""",
    """CREATE TRIGGER kit_part_kept_update AFTER UPDATE OF id, kit_id, part_id, quantity ON kit_part WHEN OLD.id IS NOT NEW.id OR OLD.kit_id IS NOT NEW.kit_id OR OLD.part_id IS NOT NEW.part_id OR OLD.quantity IS NOT NEW.quantity BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'kit_part', OLD.id, json_object('id', OLD.id, 'kit_id', OLD.kit_id, 'part_id', OLD.part_id, 'quantity', OLD.quantity)); END""",
    """CREATE TRIGGER kit_part_kept_delete AFTER DELETE ON kit_part BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'kit_part', OLD.id, json_object('id', OLD.id, 'kit_id', OLD.kit_id, 'part_id', OLD.part_id, 'quantity', OLD.quantity)); END""",
    """CREATE TRIGGER supplier_kept_insert AFTER INSERT ON supplier BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'supplier', NEW.id, NULL); END""",
    """CREATE TRIGGER supplier_kept_update AFTER UPDATE OF id, name, email, phone, site, note ON supplier WHEN OLD.id IS NOT NEW.id OR OLD.name IS NOT NEW.name OR OLD.email IS NOT NEW.email OR OLD.phone IS NOT NEW.phone OR OLD.site IS NOT NEW.site OR OLD.note IS NOT NEW.note BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'supplier', OLD.id, json_object('id', OLD.id, 'name', OLD.name, 'email', OLD.email, 'phone', OLD.phone, 'site', OLD.site, 'note', OLD.note)); END""",
    """CREATE TRIGGER supplier_kept_delete AFTER DELETE ON supplier BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'supplier', OLD.id, json_object('id', OLD.id, 'name', OLD.name, 'email', OLD.email, 'phone', OLD.phone, 'site', OLD.site, 'note', OLD.note)); END""",
    """CREATE TRIGGER supplier_product_kept_insert AFTER INSERT ON supplier_product BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'supplier_product', NEW.id, NULL); END""",
    """CREATE TRIGGER supplier_product_kept_update AFTER UPDATE OF id, supplier_id, product_id, supplier_sku, cost_minor, currency, lead_time_days, quantity, quantity_at ON supplier_product WHEN OLD.id IS NOT NEW.id OR OLD.supplier_id IS NOT NEW.supplier_id OR OLD.product_id IS NOT NEW.product_id OR OLD.supplier_sku IS NOT NEW.supplier_sku OR OLD.cost_minor IS NOT NEW.cost_minor OR OLD.currency IS NOT NEW.currency OR OLD.lead_time_days IS NOT NEW.lead_time_days OR OLD.quantity IS NOT NEW.quantity OR OLD.quantity_at IS NOT NEW.quantity_at BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'supplier_product', OLD.id, json_object('id', OLD.id, 'supplier_id', OLD.supplier_id, 'product_id', OLD.product_id, 'supplier_sku', OLD.supplier_sku, 'cost_minor', OLD.cost_minor, 'currency', OLD.currency, 'lead_time_days', OLD.lead_time_days, 'quantity', OLD.quantity, 'quantity_at', OLD.quantity_at)); END""",
    """CREATE TRIGGER supplier_product_kept_delete AFTER DELETE ON supplier_product BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'supplier_product', OLD.id, json_object('id', OLD.id, 'supplier_id', OLD.supplier_id, 'product_id', OLD.product_id, 'supplier_sku', OLD.supplier_sku, 'cost_minor', OLD.cost_minor, 'currency', OLD.currency, 'lead_time_days', OLD.lead_time_days, 'quantity', OLD.quantity, 'quantity_at', OLD.quantity_at)); END""",
    """CREATE TRIGGER orders_kept_update AFTER UPDATE OF id, channel, order_number, customer_id, placed_on, placed_at, currency, placed_printed, external_id, paid, on_credit, paid_on, paid_at, ship_by, hold, hold_reason, priority, ship_policy, shipping_minor, tax_minor, discount_minor, stated_total_minor, coupon_codes, canceled_on, buyer_name, email, phone, username, ship_name, ship_company, ship_line1, ship_line2, ship_city, ship_region, ship_postal_code, ship_country, note, number_key, backordered_since, notice_id, told_at, tags ON orders WHEN OLD.id IS NOT NEW.id OR OLD.channel IS NOT NEW.channel OR OLD.order_number IS NOT NEW.order_number OR OLD.customer_id IS NOT NEW.customer_id OR OLD.placed_on IS NOT NEW.placed_on OR OLD.placed_at IS NOT NEW.placed_at OR OLD.currency IS NOT NEW.currency OR OLD.placed_printed IS NOT NEW.placed_printed OR OLD.external_id IS NOT NEW.external_id OR OLD.paid IS NOT NEW.paid OR OLD.on_credit IS NOT NEW.on_credit OR OLD.paid_on IS NOT NEW.paid_on OR OLD.paid_at IS NOT NEW.paid_at OR OLD.ship_by IS NOT NEW.ship_by OR OLD.hold IS NOT NEW.hold OR OLD.hold_reason IS NOT NEW.hold_reason OR OLD.priority IS NOT NEW.priority OR OLD.ship_policy IS NOT NEW.ship_policy OR OLD.shipping_minor IS NOT NEW.shipping_minor OR OLD.tax_minor IS NOT NEW.tax_minor OR OLD.discount_minor IS NOT NEW.discount_minor OR OLD.stated_total_minor IS NOT NEW.stated_total_minor OR OLD.coupon_codes IS NOT NEW.coupon_codes OR OLD.canceled_on IS NOT NEW.canceled_on OR OLD.buyer_name IS NOT NEW.buyer_name OR OLD.email IS NOT NEW.email OR OLD.phone IS NOT NEW.phone OR OLD.username IS NOT NEW.username OR OLD.ship_name IS NOT NEW.ship_name OR OLD.ship_company IS NOT NEW.ship_company OR OLD.ship_line1 IS NOT NEW.ship_line1 OR OLD.ship_line2 IS NOT NEW.ship_line2 OR OLD.ship_city IS NOT NEW.ship_city OR OLD.ship_region IS NOT NEW.ship_region OR OLD.ship_postal_code IS NOT NEW.ship_postal_code OR OLD.ship_country IS NOT NEW.ship_country OR OLD.note IS NOT NEW.note OR OLD.number_key IS NOT NEW.number_key OR OLD.backordered_since IS NOT NEW.backordered_since OR OLD.notice_id IS NOT NEW.notice_id OR OLD.told_at IS NOT NEW.told_at OR OLD.tags IS NOT NEW.tags BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'orders', OLD.id, json_object('id', OLD.id, 'channel', OLD.channel, 'order_number', OLD.order_number, 'customer_id', OLD.customer_id, 'placed_on', OLD.placed_on, 'placed_at', OLD.placed_at, 'currency', OLD.currency, 'placed_printed', OLD.placed_printed, 'external_id', OLD.external_id, 'paid', OLD.paid, 'on_credit', OLD.on_credit, 'paid_on', OLD.paid_on, 'paid_at', OLD.paid_at, 'ship_by', OLD.ship_by, 'hold', OLD.hold, 'hold_reason', OLD.hold_reason, 'priority', OLD.priority, 'ship_policy', OLD.ship_policy, 'shipping_minor', OLD.shipping_minor, 'tax_minor', OLD.tax_minor, 'discount_minor', OLD.discount_minor, 'stated_total_minor', OLD.stated_total_minor, 'coupon_codes', OLD.coupon_codes, 'canceled_on', OLD.canceled_on, 'buyer_name', OLD.buyer_name, 'email', OLD.email, 'phone', OLD.phone, 'username', OLD.username, 'ship_name', OLD.ship_name, 'ship_company', OLD.ship_company, 'ship_line1', OLD.ship_line1, 'ship_line2', OLD.ship_line2, 'ship_city', OLD.ship_city, 'ship_region', OLD.ship_region, 'ship_postal_code', OLD.ship_postal_code, 'ship_country', OLD.ship_country, 'note', OLD.note, 'number_key', OLD.number_key, 'backordered_since', OLD.backordered_since, 'notice_id', OLD.notice_id, 'told_at', OLD.told_at, 'tags', OLD.tags)); END""",
    """CREATE TRIGGER orders_kept_delete AFTER DELETE ON orders BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'orders', OLD.id, json_object('id', OLD.id, 'channel', OLD.channel, 'order_number', OLD.order_number, 'customer_id', OLD.customer_id, 'placed_on', OLD.placed_on, 'placed_at', OLD.placed_at, 'currency', OLD.currency, 'placed_printed', OLD.placed_printed, 'external_id', OLD.external_id, 'paid', OLD.paid, 'on_credit', OLD.on_credit, 'paid_on', OLD.paid_on, 'paid_at', OLD.paid_at, 'ship_by', OLD.ship_by, 'hold', OLD.hold, 'hold_reason', OLD.hold_reason, 'priority', OLD.priority, 'ship_policy', OLD.ship_policy, 'shipping_minor', OLD.shipping_minor, 'tax_minor', OLD.tax_minor, 'discount_minor', OLD.discount_minor, 'stated_total_minor', OLD.stated_total_minor, 'coupon_codes', OLD.coupon_codes, 'canceled_on', OLD.canceled_on, 'buyer_name', OLD.buyer_name, 'email', OLD.email, 'phone', OLD.phone, 'username', OLD.username, 'ship_name', OLD.ship_name, 'ship_company', OLD.ship_company, 'ship_line1', OLD.ship_line1, 'ship_line2', OLD.ship_line2, 'ship_city', OLD.ship_city, 'ship_region', OLD.ship_region, 'ship_postal_code', OLD.ship_postal_code, 'ship_country', OLD.ship_country, 'note', OLD.note, 'number_key', OLD.number_key, 'backordered_since', OLD.backordered_since, 'notice_id', OLD.notice_id, 'told_at', OLD.told_at, 'tags', OLD.tags)); END""",
)


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    for trigger in REPLACED:
        run(f"DROP TRIGGER {trigger}")
    for statement in (*ALTERED, *CREATED):
        run(statement)
