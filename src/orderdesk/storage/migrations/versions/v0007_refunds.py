"""Refunds that were paid back, answers that did not come, days for packing, lines with units to pay back, by when there is word
of an unknown date, what suppliers expect, whose folders letters lie in, what lines got at first, when and why listings ended,
orders found by the numbers of their parcels, redemptions that can be taken back, orders that wait for a supplier alone, since
when customers know, which steps were done at one go.
"""

import re

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ALTERED = (
    """ALTER TABLE shop ADD COLUMN handling_days INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_shop_handling_days CHECK (handling_days BETWEEN 0 AND 60)""",
    """ALTER TABLE notice ADD COLUMN home TEXT DEFAULT '' NOT NULL""",
    """ALTER TABLE notice ADD COLUMN update_on TEXT CONSTRAINT ck_notice_update_on_is_a_day CHECK (update_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')""",
    """ALTER TABLE notice ADD COLUMN language TEXT DEFAULT '' NOT NULL""",
    """ALTER TABLE notice_line ADD COLUMN never_arrives INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_notice_line_never_arrives CHECK (never_arrives IN (0, 1))""",
    """ALTER TABLE notice_line ADD COLUMN chosen_on TEXT CONSTRAINT ck_notice_line_chosen_on_is_a_day CHECK (chosen_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')""",
    "UPDATE notice_line SET chosen_on = (SELECT new_date FROM notice WHERE id = notice_id)",
    "ALTER TABLE notice DROP COLUMN new_date",
    "UPDATE row_change SET before = json_remove(before, '$.new_date') WHERE table_name = 'notice' AND before IS NOT NULL",
    """ALTER TABLE supplier_product ADD COLUMN next_units INTEGER CONSTRAINT ck_supplier_product_next_units CHECK (next_units >= 0)""",
    """ALTER TABLE supplier_product ADD COLUMN next_on TEXT CONSTRAINT ck_supplier_product_next_on_is_a_day CHECK (next_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')""",
    """ALTER TABLE listing ADD COLUMN ended_at TEXT CONSTRAINT ck_listing_ended_at_is_an_instant CHECK (ended_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z')""",
    """ALTER TABLE listing ADD COLUMN ended_why TEXT DEFAULT '' NOT NULL""",
    """ALTER TABLE event ADD COLUMN finished INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_event_finished CHECK (finished IN (0, 1))""",
    """ALTER TABLE orders ADD COLUMN lowered_minor INTEGER DEFAULT '0' NOT NULL""",
    """CREATE INDEX ix_orders_lowered ON orders (id) WHERE lowered_minor > 0""",
    "UPDATE event SET finished = 1",
    "ALTER TABLE event ADD COLUMN batch INTEGER",
    "ALTER TABLE order_line ADD COLUMN filled_at_once INTEGER",
    "ALTER TABLE order_line ADD COLUMN short_at_once INTEGER",
)
# As far as the log tells: what a line had before its allocation first moved, with what had left by then. Where it moved because
# the line itself did (it was paid, released, counted, asked for more), what it had then.
FIRST_SERVED = (
    """
UPDATE order_line AS l SET filled_at_once = coalesce((
    SELECT min(l.ordered - l.canceled, l.drop_ship + iif(EXISTS (
        SELECT 1 FROM row_change r WHERE r.event_id = c.event_id AND (
            r.table_name = 'orders' AND r.row_id = l.order_id AND (r.before ->> 'paid' = 0 OR r.before ->> 'hold' = 1)
            OR r.table_name = 'order_line' AND r.row_id = l.id AND r.before ->> 'ordered' <> l.ordered
            OR r.table_name = 'product' AND r.row_id = l.product_id AND r.before ->> 'stock_known' = 0)), c.after, c.before)
        + coalesce((SELECT sum(u.quantity) FROM shipment_line u JOIN shipment s ON s.id = u.shipment_id
            WHERE u.order_line_id = l.id AND s.at < e.at), 0))
    FROM allocation_change c JOIN event e ON e.id = c.event_id
    WHERE c.id = (SELECT min(id) FROM allocation_change WHERE order_line_id = l.id)), l.ordered - l.canceled - l.backordered)
WHERE l.eligible = 1
""",
    "UPDATE order_line SET short_at_once = ordered - canceled - filled_at_once",
)
REPLACED = (
    "shop_kept_update",
    "shop_kept_delete",
    "notice_kept_update",
    "notice_kept_delete",
    "notice_line_kept_update",
    "notice_line_kept_delete",
    "supplier_product_kept_update",
    "supplier_product_kept_delete",
    "listing_kept_update",
    "listing_kept_delete",
    "orders_kept_update",
    "orders_kept_delete",
)
CREATED = (
    """CREATE TRIGGER supplier_product_kept_update AFTER UPDATE OF id, supplier_id, product_id, supplier_sku, cost_minor, currency, lead_time_days, quantity, quantity_at, next_units, next_on ON supplier_product WHEN OLD.id IS NOT NEW.id OR OLD.supplier_id IS NOT NEW.supplier_id OR OLD.product_id IS NOT NEW.product_id OR OLD.supplier_sku IS NOT NEW.supplier_sku OR OLD.cost_minor IS NOT NEW.cost_minor OR OLD.currency IS NOT NEW.currency OR OLD.lead_time_days IS NOT NEW.lead_time_days OR OLD.quantity IS NOT NEW.quantity OR OLD.quantity_at IS NOT NEW.quantity_at OR OLD.next_units IS NOT NEW.next_units OR OLD.next_on IS NOT NEW.next_on BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'supplier_product', OLD.id, json_object('id', OLD.id, 'supplier_id', OLD.supplier_id, 'product_id', OLD.product_id, 'supplier_sku', OLD.supplier_sku, 'cost_minor', OLD.cost_minor, 'currency', OLD.currency, 'lead_time_days', OLD.lead_time_days, 'quantity', OLD.quantity, 'quantity_at', OLD.quantity_at, 'next_units', OLD.next_units, 'next_on', OLD.next_on)); END""",
    """CREATE TRIGGER supplier_product_kept_delete AFTER DELETE ON supplier_product BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'supplier_product', OLD.id, json_object('id', OLD.id, 'supplier_id', OLD.supplier_id, 'product_id', OLD.product_id, 'supplier_sku', OLD.supplier_sku, 'cost_minor', OLD.cost_minor, 'currency', OLD.currency, 'lead_time_days', OLD.lead_time_days, 'quantity', OLD.quantity, 'quantity_at', OLD.quantity_at, 'next_units', OLD.next_units, 'next_on', OLD.next_on)); END""",
    """CREATE TRIGGER listing_kept_update AFTER UPDATE OF id, channel, listing_id, product_id, format, quantity, bids, price_minor, currency, ends_at, ended_at, ended_why ON listing WHEN OLD.id IS NOT NEW.id OR OLD.channel IS NOT NEW.channel OR OLD.listing_id IS NOT NEW.listing_id OR OLD.product_id IS NOT NEW.product_id OR OLD.format IS NOT NEW.format OR OLD.quantity IS NOT NEW.quantity OR OLD.bids IS NOT NEW.bids OR OLD.price_minor IS NOT NEW.price_minor OR OLD.currency IS NOT NEW.currency OR OLD.ends_at IS NOT NEW.ends_at OR OLD.ended_at IS NOT NEW.ended_at OR OLD.ended_why IS NOT NEW.ended_why BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'listing', OLD.id, json_object('id', OLD.id, 'channel', OLD.channel, 'listing_id', OLD.listing_id, 'product_id', OLD.product_id, 'format', OLD.format, 'quantity', OLD.quantity, 'bids', OLD.bids, 'price_minor', OLD.price_minor, 'currency', OLD.currency, 'ends_at', OLD.ends_at, 'ended_at', OLD.ended_at, 'ended_why', OLD.ended_why)); END""",
    """CREATE TRIGGER listing_kept_delete AFTER DELETE ON listing BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'listing', OLD.id, json_object('id', OLD.id, 'channel', OLD.channel, 'listing_id', OLD.listing_id, 'product_id', OLD.product_id, 'format', OLD.format, 'quantity', OLD.quantity, 'bids', OLD.bids, 'price_minor', OLD.price_minor, 'currency', OLD.currency, 'ends_at', OLD.ends_at, 'ended_at', OLD.ended_at, 'ended_why', OLD.ended_why)); END""",
    """CREATE TRIGGER shop_kept_update AFTER UPDATE OF id, name, line1, line2, city, region, postal_code, country, email, phone, site, owner, currency, paper, time_zone, accent, queue, reply_slip, register, logo, signature, mail_host, mail_user, mail_port, handling_days ON shop WHEN OLD.id IS NOT NEW.id OR OLD.name IS NOT NEW.name OR OLD.line1 IS NOT NEW.line1 OR OLD.line2 IS NOT NEW.line2 OR OLD.city IS NOT NEW.city OR OLD.region IS NOT NEW.region OR OLD.postal_code IS NOT NEW.postal_code OR OLD.country IS NOT NEW.country OR OLD.email IS NOT NEW.email OR OLD.phone IS NOT NEW.phone OR OLD.site IS NOT NEW.site OR OLD.owner IS NOT NEW.owner OR OLD.currency IS NOT NEW.currency OR OLD.paper IS NOT NEW.paper OR OLD.time_zone IS NOT NEW.time_zone OR OLD.accent IS NOT NEW.accent OR OLD.queue IS NOT NEW.queue OR OLD.reply_slip IS NOT NEW.reply_slip OR OLD.register IS NOT NEW.register OR OLD.logo IS NOT NEW.logo OR OLD.signature IS NOT NEW.signature OR OLD.mail_host IS NOT NEW.mail_host OR OLD.mail_user IS NOT NEW.mail_user OR OLD.mail_port IS NOT NEW.mail_port OR OLD.handling_days IS NOT NEW.handling_days BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'shop', OLD.id, json_object('id', OLD.id, 'name', OLD.name, 'line1', OLD.line1, 'line2', OLD.line2, 'city', OLD.city, 'region', OLD.region, 'postal_code', OLD.postal_code, 'country', OLD.country, 'email', OLD.email, 'phone', OLD.phone, 'site', OLD.site, 'owner', OLD.owner, 'currency', OLD.currency, 'paper', OLD.paper, 'time_zone', OLD.time_zone, 'accent', OLD.accent, 'queue', OLD.queue, 'reply_slip', OLD.reply_slip, 'register', OLD.register, 'logo', OLD.logo, 'signature', OLD.signature, 'mail_host', OLD.mail_host, 'mail_user', OLD.mail_user, 'mail_port', OLD.mail_port, 'handling_days', OLD.handling_days)); END""",
    """CREATE TRIGGER shop_kept_delete AFTER DELETE ON shop BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'shop', OLD.id, json_object('id', OLD.id, 'name', OLD.name, 'line1', OLD.line1, 'line2', OLD.line2, 'city', OLD.city, 'region', OLD.region, 'postal_code', OLD.postal_code, 'country', OLD.country, 'email', OLD.email, 'phone', OLD.phone, 'site', OLD.site, 'owner', OLD.owner, 'currency', OLD.currency, 'paper', OLD.paper, 'time_zone', OLD.time_zone, 'accent', OLD.accent, 'queue', OLD.queue, 'reply_slip', OLD.reply_slip, 'register', OLD.register, 'logo', OLD.logo, 'signature', OLD.signature, 'mail_host', OLD.mail_host, 'mail_user', OLD.mail_user, 'mail_port', OLD.mail_port, 'handling_days', OLD.handling_days)); END""",
    """CREATE TRIGGER notice_kept_update AFTER UPDATE OF id, customer_id, kind, letter, concern, reserved_at, folder, stem, told_at, told_by, voided_at, home, update_on, language ON notice WHEN OLD.id IS NOT NEW.id OR OLD.customer_id IS NOT NEW.customer_id OR OLD.kind IS NOT NEW.kind OR OLD.letter IS NOT NEW.letter OR OLD.concern IS NOT NEW.concern OR OLD.reserved_at IS NOT NEW.reserved_at OR OLD.folder IS NOT NEW.folder OR OLD.stem IS NOT NEW.stem OR OLD.told_at IS NOT NEW.told_at OR OLD.told_by IS NOT NEW.told_by OR OLD.voided_at IS NOT NEW.voided_at OR OLD.home IS NOT NEW.home OR OLD.update_on IS NOT NEW.update_on OR OLD.language IS NOT NEW.language BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'notice', OLD.id, json_object('id', OLD.id, 'customer_id', OLD.customer_id, 'kind', OLD.kind, 'letter', OLD.letter, 'concern', OLD.concern, 'reserved_at', OLD.reserved_at, 'folder', OLD.folder, 'stem', OLD.stem, 'told_at', OLD.told_at, 'told_by', OLD.told_by, 'voided_at', OLD.voided_at, 'home', OLD.home, 'update_on', OLD.update_on, 'language', OLD.language)); END""",
    """CREATE TRIGGER notice_kept_delete AFTER DELETE ON notice BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'notice', OLD.id, json_object('id', OLD.id, 'customer_id', OLD.customer_id, 'kind', OLD.kind, 'letter', OLD.letter, 'concern', OLD.concern, 'reserved_at', OLD.reserved_at, 'folder', OLD.folder, 'stem', OLD.stem, 'told_at', OLD.told_at, 'told_by', OLD.told_by, 'voided_at', OLD.voided_at, 'home', OLD.home, 'update_on', OLD.update_on, 'language', OLD.language)); END""",
    """CREATE TRIGGER notice_line_kept_update AFTER UPDATE OF id, notice_id, order_line_id, quantity, new_date, silence, answer_by, refund_by, never_arrives, chosen_on ON notice_line WHEN OLD.id IS NOT NEW.id OR OLD.notice_id IS NOT NEW.notice_id OR OLD.order_line_id IS NOT NEW.order_line_id OR OLD.quantity IS NOT NEW.quantity OR OLD.new_date IS NOT NEW.new_date OR OLD.silence IS NOT NEW.silence OR OLD.answer_by IS NOT NEW.answer_by OR OLD.refund_by IS NOT NEW.refund_by OR OLD.never_arrives IS NOT NEW.never_arrives OR OLD.chosen_on IS NOT NEW.chosen_on BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'notice_line', OLD.id, json_object('id', OLD.id, 'notice_id', OLD.notice_id, 'order_line_id', OLD.order_line_id, 'quantity', OLD.quantity, 'new_date', OLD.new_date, 'silence', OLD.silence, 'answer_by', OLD.answer_by, 'refund_by', OLD.refund_by, 'never_arrives', OLD.never_arrives, 'chosen_on', OLD.chosen_on)); END""",
    """CREATE TRIGGER notice_line_kept_delete AFTER DELETE ON notice_line BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'notice_line', OLD.id, json_object('id', OLD.id, 'notice_id', OLD.notice_id, 'order_line_id', OLD.order_line_id, 'quantity', OLD.quantity, 'new_date', OLD.new_date, 'silence', OLD.silence, 'answer_by', OLD.answer_by, 'refund_by', OLD.refund_by, 'never_arrives', OLD.never_arrives, 'chosen_on', OLD.chosen_on)); END""",
    """CREATE TRIGGER orders_kept_update AFTER UPDATE OF id, channel, order_number, customer_id, placed_on, placed_at, currency, placed_printed, external_id, paid, on_credit, paid_on, paid_at, ship_by, hold, hold_reason, priority, ship_policy, shipping_minor, tax_minor, discount_minor, stated_total_minor, coupon_codes, canceled_on, buyer_name, email, phone, username, ship_name, ship_company, ship_line1, ship_line2, ship_city, ship_region, ship_postal_code, ship_country, note, number_key, backordered_since, notice_id, told_at, tags, lowered_minor ON orders WHEN OLD.id IS NOT NEW.id OR OLD.channel IS NOT NEW.channel OR OLD.order_number IS NOT NEW.order_number OR OLD.customer_id IS NOT NEW.customer_id OR OLD.placed_on IS NOT NEW.placed_on OR OLD.placed_at IS NOT NEW.placed_at OR OLD.currency IS NOT NEW.currency OR OLD.placed_printed IS NOT NEW.placed_printed OR OLD.external_id IS NOT NEW.external_id OR OLD.paid IS NOT NEW.paid OR OLD.on_credit IS NOT NEW.on_credit OR OLD.paid_on IS NOT NEW.paid_on OR OLD.paid_at IS NOT NEW.paid_at OR OLD.ship_by IS NOT NEW.ship_by OR OLD.hold IS NOT NEW.hold OR OLD.hold_reason IS NOT NEW.hold_reason OR OLD.priority IS NOT NEW.priority OR OLD.ship_policy IS NOT NEW.ship_policy OR OLD.shipping_minor IS NOT NEW.shipping_minor OR OLD.tax_minor IS NOT NEW.tax_minor OR OLD.discount_minor IS NOT NEW.discount_minor OR OLD.stated_total_minor IS NOT NEW.stated_total_minor OR OLD.coupon_codes IS NOT NEW.coupon_codes OR OLD.canceled_on IS NOT NEW.canceled_on OR OLD.buyer_name IS NOT NEW.buyer_name OR OLD.email IS NOT NEW.email OR OLD.phone IS NOT NEW.phone OR OLD.username IS NOT NEW.username OR OLD.ship_name IS NOT NEW.ship_name OR OLD.ship_company IS NOT NEW.ship_company OR OLD.ship_line1 IS NOT NEW.ship_line1 OR OLD.ship_line2 IS NOT NEW.ship_line2 OR OLD.ship_city IS NOT NEW.ship_city OR OLD.ship_region IS NOT NEW.ship_region OR OLD.ship_postal_code IS NOT NEW.ship_postal_code OR OLD.ship_country IS NOT NEW.ship_country OR OLD.note IS NOT NEW.note OR OLD.number_key IS NOT NEW.number_key OR OLD.backordered_since IS NOT NEW.backordered_since OR OLD.notice_id IS NOT NEW.notice_id OR OLD.told_at IS NOT NEW.told_at OR OLD.tags IS NOT NEW.tags OR OLD.lowered_minor IS NOT NEW.lowered_minor BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'orders', OLD.id, json_object('id', OLD.id, 'channel', OLD.channel, 'order_number', OLD.order_number, 'customer_id', OLD.customer_id, 'placed_on', OLD.placed_on, 'placed_at', OLD.placed_at, 'currency', OLD.currency, 'placed_printed', OLD.placed_printed, 'external_id', OLD.external_id, 'paid', OLD.paid, 'on_credit', OLD.on_credit, 'paid_on', OLD.paid_on, 'paid_at', OLD.paid_at, 'ship_by', OLD.ship_by, 'hold', OLD.hold, 'hold_reason', OLD.hold_reason, 'priority', OLD.priority, 'ship_policy', OLD.ship_policy, 'shipping_minor', OLD.shipping_minor, 'tax_minor', OLD.tax_minor, 'discount_minor', OLD.discount_minor, 'stated_total_minor', OLD.stated_total_minor, 'coupon_codes', OLD.coupon_codes, 'canceled_on', OLD.canceled_on, 'buyer_name', OLD.buyer_name, 'email', OLD.email, 'phone', OLD.phone, 'username', OLD.username, 'ship_name', OLD.ship_name, 'ship_company', OLD.ship_company, 'ship_line1', OLD.ship_line1, 'ship_line2', OLD.ship_line2, 'ship_city', OLD.ship_city, 'ship_region', OLD.ship_region, 'ship_postal_code', OLD.ship_postal_code, 'ship_country', OLD.ship_country, 'note', OLD.note, 'number_key', OLD.number_key, 'backordered_since', OLD.backordered_since, 'notice_id', OLD.notice_id, 'told_at', OLD.told_at, 'tags', OLD.tags, 'lowered_minor', OLD.lowered_minor)); END""",
    """CREATE TRIGGER orders_kept_delete AFTER DELETE ON orders BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'orders', OLD.id, json_object('id', OLD.id, 'channel', OLD.channel, 'order_number', OLD.order_number, 'customer_id', OLD.customer_id, 'placed_on', OLD.placed_on, 'placed_at', OLD.placed_at, 'currency', OLD.currency, 'placed_printed', OLD.placed_printed, 'external_id', OLD.external_id, 'paid', OLD.paid, 'on_credit', OLD.on_credit, 'paid_on', OLD.paid_on, 'paid_at', OLD.paid_at, 'ship_by', OLD.ship_by, 'hold', OLD.hold, 'hold_reason', OLD.hold_reason, 'priority', OLD.priority, 'ship_policy', OLD.ship_policy, 'shipping_minor', OLD.shipping_minor, 'tax_minor', OLD.tax_minor, 'discount_minor', OLD.discount_minor, 'stated_total_minor', OLD.stated_total_minor, 'coupon_codes', OLD.coupon_codes, 'canceled_on', OLD.canceled_on, 'buyer_name', OLD.buyer_name, 'email', OLD.email, 'phone', OLD.phone, 'username', OLD.username, 'ship_name', OLD.ship_name, 'ship_company', OLD.ship_company, 'ship_line1', OLD.ship_line1, 'ship_line2', OLD.ship_line2, 'ship_city', OLD.ship_city, 'ship_region', OLD.ship_region, 'ship_postal_code', OLD.ship_postal_code, 'ship_country', OLD.ship_country, 'note', OLD.note, 'number_key', OLD.number_key, 'backordered_since', OLD.backordered_since, 'notice_id', OLD.notice_id, 'told_at', OLD.told_at, 'tags', OLD.tags, 'lowered_minor', OLD.lowered_minor)); END""",
    """CREATE TABLE refund (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	order_id INTEGER NOT NULL,
	amount_minor INTEGER NOT NULL,
	settles_minor INTEGER NOT NULL,
	refunded_on TEXT NOT NULL CONSTRAINT ck_refund_refunded_on_is_a_day CHECK (refunded_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	how TEXT DEFAULT '' NOT NULL,
	CONSTRAINT ck_refund_amount CHECK (amount_minor > 0),
	CONSTRAINT ck_refund_settles CHECK (settles_minor BETWEEN 0 AND amount_minor),
	CONSTRAINT fk_refund_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_refund_order_id ON refund (order_id)""",
    """CREATE INDEX ix_order_line_canceled ON order_line (order_id) WHERE canceled > 0""",
    """CREATE TRIGGER refund_kept_insert AFTER INSERT ON refund BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'refund', NEW.id, NULL); END""",
    """CREATE TRIGGER refund_kept_update AFTER UPDATE OF id, order_id, amount_minor, settles_minor, refunded_on, how ON refund WHEN OLD.id IS NOT NEW.id OR OLD.order_id IS NOT NEW.order_id OR OLD.amount_minor IS NOT NEW.amount_minor OR OLD.settles_minor IS NOT NEW.settles_minor OR OLD.refunded_on IS NOT NEW.refunded_on OR OLD.how IS NOT NEW.how BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'refund', OLD.id, json_object('id', OLD.id, 'order_id', OLD.order_id, 'amount_minor', OLD.amount_minor, 'settles_minor', OLD.settles_minor, 'refunded_on', OLD.refunded_on, 'how', OLD.how)); END""",
    """CREATE TRIGGER refund_kept_delete AFTER DELETE ON refund BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'refund', OLD.id, json_object('id', OLD.id, 'order_id', OLD.order_id, 'amount_minor', OLD.amount_minor, 'settles_minor', OLD.settles_minor, 'refunded_on', OLD.refunded_on, 'how', OLD.how)); END""",
)
# Answers that were not given can be noted too. One is to the letter that the customer had had by then, whatever lay ready.
ANSWERS = (
    "ALTER TABLE answer RENAME TO old_answer",
    """CREATE TABLE answer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	order_id INTEGER NOT NULL,
	notice_id INTEGER,
	kind TEXT NOT NULL,
	words TEXT DEFAULT '' NOT NULL,
	at TEXT NOT NULL CONSTRAINT ck_answer_at_is_an_instant CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'),
	open_ended INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_answer_open_ended CHECK (open_ended IN (0, 1)),
	CONSTRAINT ck_answer_kind CHECK (kind IN ('none', 'silence', 'agreed', 'canceled', 'substitute')),
	CONSTRAINT fk_answer_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE RESTRICT,
	CONSTRAINT fk_answer_notice_id_notice FOREIGN KEY(notice_id) REFERENCES notice (id) ON DELETE RESTRICT
)
 STRICT""",
    """INSERT INTO answer (id, order_id, notice_id, kind, words, at)
SELECT a.id, a.order_id, coalesce((
    SELECT max(n.id) FROM orders o JOIN order_line l ON l.order_id = o.id JOIN notice_line nl ON nl.order_line_id = l.id
    JOIN notice n ON n.id = nl.notice_id
    WHERE o.id = a.order_id AND n.told_at BETWEEN o.backordered_since AND a.at AND n.voided_at IS NULL
    AND n.kind IN ('first', 'renewed', 'date_change')), a.notice_id), a.kind, a.words, a.at
FROM old_answer a""",
    "DELETE FROM sqlite_sequence WHERE name = 'answer'",
    "UPDATE sqlite_sequence SET name = 'answer' WHERE name = 'old_answer'",
    "DROP TABLE old_answer",
    """CREATE INDEX ix_answer_order_id ON answer (order_id)""",
    """CREATE TRIGGER answer_kept_insert AFTER INSERT ON answer BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'answer', NEW.id, NULL); END""",
    """CREATE TRIGGER answer_kept_update AFTER UPDATE OF id, order_id, notice_id, kind, words, at, open_ended ON answer WHEN OLD.id IS NOT NEW.id OR OLD.order_id IS NOT NEW.order_id OR OLD.notice_id IS NOT NEW.notice_id OR OLD.kind IS NOT NEW.kind OR OLD.words IS NOT NEW.words OR OLD.at IS NOT NEW.at OR OLD.open_ended IS NOT NEW.open_ended BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'answer', OLD.id, json_object('id', OLD.id, 'order_id', OLD.order_id, 'notice_id', OLD.notice_id, 'kind', OLD.kind, 'words', OLD.words, 'at', OLD.at, 'open_ended', OLD.open_ended)); END""",
    """CREATE TRIGGER answer_kept_delete AFTER DELETE ON answer BEGIN INSERT INTO row_change (event_id, table_name, row_id, before) VALUES ((SELECT max(id) FROM event), 'answer', OLD.id, json_object('id', OLD.id, 'order_id', OLD.order_id, 'notice_id', OLD.notice_id, 'kind', OLD.kind, 'words', OLD.words, 'at', OLD.at, 'open_ended', OLD.open_ended)); END""",
)
# A redemption that was taken back stays in the ledger, even where its order is gone.
COUPON_ENTRIES = (
    "DROP TRIGGER coupon_used_up_stays",
    "ALTER TABLE coupon_entry RENAME TO old_coupon_entry",
    """CREATE TABLE coupon_entry (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	coupon_id INTEGER NOT NULL,
	event_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	amount_minor INTEGER,
	order_id INTEGER,
	at TEXT NOT NULL CONSTRAINT ck_coupon_entry_at_is_an_instant CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'),
	CONSTRAINT ck_coupon_entry_kind CHECK (kind IN ('issued', 'redeemed', 'voided', 'restored', 'changed')),
	CONSTRAINT ck_coupon_entry_redeemed_takes CHECK (kind <> 'redeemed' OR coalesce(amount_minor, 0) <= 0),
	CONSTRAINT ck_coupon_entry_redeemed_on_order CHECK ((kind = 'redeemed') = (order_id IS NOT NULL)),
	CONSTRAINT fk_coupon_entry_coupon_id_coupon FOREIGN KEY(coupon_id) REFERENCES coupon (id) ON DELETE RESTRICT,
	CONSTRAINT fk_coupon_entry_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE RESTRICT
)
 STRICT""",
    (
        "INSERT INTO coupon_entry (id, coupon_id, event_id, kind, amount_minor, order_id, at) "
        "SELECT id, coupon_id, event_id, kind, amount_minor, order_id, at FROM old_coupon_entry"
    ),
    "DELETE FROM sqlite_sequence WHERE name = 'coupon_entry'",
    "UPDATE sqlite_sequence SET name = 'coupon_entry' WHERE name = 'old_coupon_entry'",
    "DROP TABLE old_coupon_entry",
    """CREATE INDEX ix_coupon_entry_coupon_id ON coupon_entry (coupon_id)""",
    """CREATE INDEX ix_coupon_entry_order_id ON coupon_entry (order_id) WHERE kind = 'redeemed'""",
    """CREATE VIEW redemption AS SELECT e.coupon_id, e.event_id, e.amount_minor, e.order_id, e.at FROM coupon_entry e JOIN event s ON s.id = e.event_id WHERE e.kind = 'redeemed' AND s.undone_by IS NULL""",
    """CREATE TRIGGER coupon_entry_no_update BEFORE UPDATE ON coupon_entry BEGIN SELECT RAISE(ABORT, 'coupon_entry is append-only'); END""",
    """CREATE TRIGGER coupon_entry_no_delete BEFORE DELETE ON coupon_entry BEGIN SELECT RAISE(ABORT, 'coupon_entry is append-only'); END""",
    """CREATE TRIGGER coupon_used_up_stays BEFORE UPDATE OF status ON coupon WHEN OLD.status = 'redeemed' AND NEW.status <> 'redeemed' AND NOT (NEW.status = 'issued' AND EXISTS (SELECT 1 FROM coupon_entry WHERE coupon_id = NEW.id AND kind = 'restored' AND event_id = (SELECT max(id) FROM event))) BEGIN SELECT RAISE(ABORT, 'a redeemed coupon stays redeemed, unless its ledger says that it was taken back'); END""",
    """CREATE TRIGGER coupon_entry_redeemed_once BEFORE INSERT ON coupon_entry WHEN NEW.kind = 'redeemed' AND EXISTS (SELECT 1 FROM redemption WHERE coupon_id = NEW.coupon_id AND order_id = NEW.order_id) BEGIN SELECT RAISE(ABORT, 'a coupon is redeemed on an order once'); END""",
    """CREATE TRIGGER coupon_entry_on_an_order BEFORE INSERT ON coupon_entry WHEN NEW.kind = 'redeemed' AND NOT EXISTS (SELECT 1 FROM orders WHERE id = NEW.order_id) BEGIN SELECT RAISE(ABORT, 'a coupon is redeemed on an order'); END""",
)
# What a step did stays on record; only a step changes facts, moves stock and gives it out; what customers have in hand stays what it was.
GUARDS = (
    """CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the history stays'); END""",
    """CREATE TRIGGER event_finished_stays BEFORE UPDATE OF id, kind, at, undoable, undoes, finished, batch ON event WHEN OLD.finished = 1 AND (OLD.id IS NOT NEW.id OR OLD.kind IS NOT NEW.kind OR OLD.at IS NOT NEW.at OR OLD.undoable IS NOT NEW.undoable OR OLD.undoes IS NOT NEW.undoes OR OLD.finished IS NOT NEW.finished OR OLD.batch IS NOT NEW.batch) BEGIN SELECT RAISE(ABORT, 'a finished step stays as it was'); END""",
    """CREATE TRIGGER event_finished_says_the_same BEFORE UPDATE OF summary ON event WHEN OLD.finished = 1 AND NOT EXISTS (SELECT 1 FROM event WHERE id = (SELECT max(id) FROM event) AND finished = 0 AND kind = 'erase') BEGIN SELECT RAISE(ABORT, 'a finished step stays as it was'); END""",
    """CREATE TRIGGER event_undone_by_a_step BEFORE UPDATE OF undone_by ON event WHEN NOT EXISTS (SELECT 1 FROM event WHERE id = (SELECT max(id) FROM event) AND finished = 0) BEGIN SELECT RAISE(ABORT, 'a step is undone by another'); END""",
    """CREATE TRIGGER row_change_no_update BEFORE UPDATE ON row_change WHEN NOT EXISTS (SELECT 1 FROM event WHERE id = (SELECT max(id) FROM event) AND finished = 0 AND kind = 'erase') OR OLD.id IS NOT NEW.id OR OLD.event_id IS NOT NEW.event_id OR OLD.table_name IS NOT NEW.table_name OR OLD.row_id IS NOT NEW.row_id BEGIN SELECT RAISE(ABORT, 'row_change is append-only'); END""",
    """CREATE TRIGGER row_change_no_delete BEFORE DELETE ON row_change WHEN NOT EXISTS (SELECT 1 FROM event WHERE id = (SELECT max(id) FROM event) AND finished = 0 AND kind = 'erase') BEGIN SELECT RAISE(ABORT, 'row_change is append-only'); END""",
    """CREATE TRIGGER row_change_of_a_step BEFORE INSERT ON row_change WHEN NOT EXISTS (SELECT 1 FROM event WHERE id = (SELECT max(id) FROM event) AND finished = 0) BEGIN SELECT RAISE(ABORT, 'facts are changed by a step'); END""",
    """CREATE TRIGGER order_line_given_by_a_step BEFORE UPDATE OF allocated ON order_line WHEN NEW.allocated > OLD.allocated AND NOT EXISTS (SELECT 1 FROM event WHERE id = (SELECT max(id) FROM event) AND finished = 0) BEGIN SELECT RAISE(ABORT, 'units are given out by a step'); END""",
    """CREATE TRIGGER coupon_is_what_it_was BEFORE UPDATE OF code, notice_id, currency, issued_at ON coupon WHEN OLD.code IS NOT NEW.code OR OLD.notice_id IS NOT NEW.notice_id OR OLD.currency IS NOT NEW.currency OR OLD.issued_at IS NOT NEW.issued_at BEGIN SELECT RAISE(ABORT, 'a coupon stays what it was'); END""",
    """CREATE TRIGGER coupon_used_keeps_its_worth BEFORE UPDATE OF kind, value_minor, rate, gift, minimum_order_minor, valid_through ON coupon WHEN (OLD.kind IS NOT NEW.kind OR OLD.value_minor IS NOT NEW.value_minor OR OLD.rate IS NOT NEW.rate OR OLD.gift IS NOT NEW.gift OR OLD.minimum_order_minor IS NOT NEW.minimum_order_minor OR OLD.valid_through IS NOT NEW.valid_through) AND (OLD.status <> 'issued' OR EXISTS (SELECT 1 FROM redemption WHERE coupon_id = OLD.id)) BEGIN SELECT RAISE(ABORT, 'a coupon that was used or voided keeps its worth'); END""",
    """CREATE TRIGGER coupon_entry_within_worth BEFORE INSERT ON coupon_entry WHEN NEW.amount_minor <> 0 AND EXISTS (SELECT 1 FROM coupon c WHERE c.id = NEW.coupon_id AND c.value_minor IS NOT NULL AND NOT (SELECT coalesce(sum(amount_minor), 0) + NEW.amount_minor FROM coupon_entry WHERE coupon_id = c.id) BETWEEN 0 AND c.value_minor) BEGIN SELECT RAISE(ABORT, 'a coupon gives no more than it is worth'); END""",
    """CREATE TRIGGER coupon_entry_of_a_voided_coupon BEFORE INSERT ON coupon_entry WHEN NEW.kind = 'redeemed' AND (SELECT status FROM coupon WHERE id = NEW.coupon_id) = 'voided' BEGIN SELECT RAISE(ABORT, 'a voided coupon is worth nothing'); END""",
    """CREATE TRIGGER orders_keep_their_currency BEFORE UPDATE OF currency ON orders WHEN NEW.currency <> OLD.currency BEGIN SELECT RAISE(ABORT, 'an order stays in its currency'); END""",
    """CREATE TRIGGER notice_told_stays_told BEFORE UPDATE OF told_at, told_by ON notice WHEN OLD.told_at IS NOT NULL AND (OLD.told_at IS NOT NEW.told_at OR OLD.told_by IS NOT NEW.told_by) AND NOT EXISTS (SELECT 1 FROM event WHERE id = (SELECT max(id) FROM event) AND finished = 0 AND kind IN ('undo', 'redo')) BEGIN SELECT RAISE(ABORT, 'a letter that was told stays as it was'); END""",
    """CREATE TRIGGER notice_told_says_the_same BEFORE UPDATE OF letter ON notice WHEN OLD.told_at IS NOT NULL AND OLD.letter <> NEW.letter AND NOT EXISTS (SELECT 1 FROM event WHERE id = (SELECT max(id) FROM event) AND finished = 0 AND kind = 'erase') BEGIN SELECT RAISE(ABORT, 'a letter that was told stays as it was'); END""",
    """CREATE TRIGGER notice_line_told_update BEFORE UPDATE ON notice_line WHEN (SELECT told_at FROM notice WHERE id = OLD.notice_id) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event WHERE id = (SELECT max(id) FROM event) AND finished = 0 AND kind IN ('undo', 'redo')) BEGIN SELECT RAISE(ABORT, 'a letter that was told stays as it was'); END""",
    """CREATE TRIGGER notice_line_told_delete BEFORE DELETE ON notice_line WHEN (SELECT told_at FROM notice WHERE id = OLD.notice_id) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event WHERE id = (SELECT max(id) FROM event) AND finished = 0 AND kind IN ('undo', 'redo')) BEGIN SELECT RAISE(ABORT, 'a letter that was told stays as it was'); END""",
    """CREATE TRIGGER stock_movement_of_a_product BEFORE INSERT ON stock_movement WHEN NOT EXISTS (SELECT 1 FROM product WHERE id = NEW.product_id) BEGIN SELECT RAISE(ABORT, 'only units of a product are moved'); END""",
    """CREATE TRIGGER stock_movement_by_a_step BEFORE INSERT ON stock_movement WHEN NOT EXISTS (SELECT 1 FROM event WHERE id = (SELECT max(id) FROM event) AND finished = 0 AND id = NEW.event_id) BEGIN SELECT RAISE(ABORT, 'units are moved by the step that is under way'); END""",
    """CREATE TRIGGER stock_movement_that_way BEFORE INSERT ON stock_movement WHEN NEW.kind = 'shipped' AND NEW.quantity > 0 OR NEW.kind IN ('received', 'returned') AND NEW.quantity < 0 BEGIN SELECT RAISE(ABORT, 'what is shipped leaves the shelf, what is received or returned comes to it'); END""",
    """CREATE TRIGGER purchase_line_for_its_product_insert BEFORE INSERT ON purchase_line WHEN (SELECT product_id FROM order_line WHERE id = NEW.order_line_id) <> NEW.product_id BEGIN SELECT RAISE(ABORT, 'units are bought for a line of their product'); END""",
    """CREATE TRIGGER purchase_line_for_its_product_update BEFORE UPDATE OF product_id, order_line_id ON purchase_line WHEN (SELECT product_id FROM order_line WHERE id = NEW.order_line_id) <> NEW.product_id BEGIN SELECT RAISE(ABORT, 'units are bought for a line of their product'); END""",
)
# Words of all: an order is found by its parcels' numbers too and by its street, and each letter by what keyboards have for it.
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
_WORDS = {
    "order_search": """SELECT o.id, concat_ws(' ', o.order_number, o.external_id, o.channel, o.ship_name, o.ship_company, o.buyer_name, o.username,
    o.email, o.ship_line1, o.ship_city, o.ship_postal_code, o.ship_country, o.tags, c.name, c.company,
    (SELECT group_concat(l.sku || ' ' || l.title, ' ') FROM order_line l WHERE l.order_id = o.id),
    (SELECT group_concat(s.tracking, ' ') FROM shipment s WHERE s.order_id = o.id)) AS words
FROM orders o JOIN customer c ON c.id = o.customer_id""",
    "product_search": "SELECT id, concat_ws(' ', sku, title, barcode, supplier, supplier_sku) AS words FROM product",
    "customer_search": """SELECT id, concat_ws(' ', customer_id, name, company, email, phone, username, line1, city, postal_code, country) AS words
FROM customer""",
}
# Units that were shipped lie in parcels.
UNITS = (
    """CREATE TRIGGER order_line_shipped_in_parcels BEFORE UPDATE OF shipped ON order_line WHEN NEW.shipped < OLD.shipped AND NEW.shipped < (SELECT coalesce(sum(quantity), 0) FROM shipment_line WHERE order_line_id = NEW.id) BEGIN SELECT RAISE(ABORT, 'parcels hold no more of a line than was shipped'); END""",
    """CREATE TRIGGER shipment_line_of_shipped_insert BEFORE INSERT ON shipment_line WHEN NEW.quantity + (SELECT coalesce(sum(quantity), 0) FROM shipment_line WHERE order_line_id = NEW.order_line_id AND id <> NEW.id) > (SELECT shipped FROM order_line WHERE id = NEW.order_line_id) BEGIN SELECT RAISE(ABORT, 'parcels hold no more of a line than was shipped'); END""",
    """CREATE TRIGGER shipment_line_of_shipped_update BEFORE UPDATE OF order_line_id, quantity ON shipment_line WHEN NEW.quantity + (SELECT coalesce(sum(quantity), 0) FROM shipment_line WHERE order_line_id = NEW.order_line_id AND id <> NEW.id) > (SELECT shipped FROM order_line WHERE id = NEW.order_line_id) BEGIN SELECT RAISE(ABORT, 'parcels hold no more of a line than was shipped'); END""",
)

# Who was told stays told while another letter is only prepared, since they heard of the wait first.
TOLD = """
UPDATE orders AS o SET told_at = min(coalesce(o.told_at, had.at), had.at)
FROM (SELECT w.id, min(n.told_at) AS at FROM orders w JOIN order_line l ON l.order_id = w.id
    JOIN notice_line nl ON nl.order_line_id = l.id JOIN notice n ON n.id = nl.notice_id
    WHERE n.told_at >= w.backordered_since AND n.voided_at IS NULL AND n.kind IN ('first', 'renewed', 'date_change')
    GROUP BY w.id) had
WHERE o.id = had.id
"""

# What columns that were there before are to look like: the end of the rule's name, the rule, the columns by table.
_LOOKS = (
    (
        "_is_a_day",
        "GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'",
        {
            "notice_line": ("new_date", "answer_by", "refund_by"),
            "coupon": ("valid_through",),
            "orders": ("placed_on", "paid_on", "ship_by", "canceled_on"),
            "product": ("on_order_expected_on",),
            "purchase_order": ("placed_on", "expected_on", "sent_on", "canceled_on"),
        },
    ),
    (
        "_is_an_instant",
        "GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'",
        {
            "event": ("at",),
            "notice": ("reserved_at", "leaving_since", "told_at", "voided_at"),
            "delivery": ("at",),
            "coupon": ("issued_at",),
            "marketing_consent": ("given_at", "withdrawn_at"),
            "orders": ("placed_at", "paid_at", "backordered_since", "told_at"),
            "shipment": ("at",),
            "supplier_product": ("quantity_at",),
            "listing": ("ends_at",),
        },
    ),
    ("", "GLOB '[A-Z][A-Z][A-Z]'", dict.fromkeys(("coupon", "orders", "purchase_order", "shop"), ("currency",))),
    ("", ">= 0", {"order_line": ("unit_price_minor",), "listing": ("quantity", "bids")}),
)
# An order of which only a supplier has something to send is not ready.
_STATUS = ("0 THEN 'ready'", "0 THEN iif(allocated_units = 0, 'awaiting_supplier', 'ready')")
_INDEX_OF_STATUS = "CREATE INDEX ix_orders_status ON orders (status, placed_at DESC, id DESC)"


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run("DROP INDEX ix_orders_status")
    _change_layouts()
    run(_INDEX_OF_STATUS)
    for trigger in REPLACED:
        run(f"DROP TRIGGER {trigger}")
    for statement in (*ALTERED, *CREATED, *ANSWERS, *COUPON_ENTRIES, *GUARDS, *UNITS, *FIRST_SERVED):
        run(statement)
    _keep_told()
    for table, words in _WORDS.items():
        _reword(table, words)


def _reword(table: str, words: str) -> None:
    run, plain = op.get_bind().exec_driver_sql, "words"
    for letter, letters in _PLAIN.items():
        plain = f"replace({plain}, '{letter}', '{letters}')"
    run(f"DELETE FROM {table}")
    run(f"INSERT INTO {table} (rowid, words) SELECT id, {plain} FROM ({words})")


def _keep_told() -> None:
    """No step of the shop did it, so that none is on record for it."""
    run = op.get_bind().exec_driver_sql
    kept = run("SELECT sql FROM sqlite_schema WHERE name = 'orders_kept_update'").scalar_one()
    run("DROP TRIGGER orders_kept_update")
    run(TOLD)
    run(kept)


def _change_layouts() -> None:
    """A CHECK and a generated column change no row: they are written into the layout, as SQLite's page on ALTER TABLE has it."""
    run = op.get_bind().exec_driver_sql
    run("PRAGMA writable_schema = ON")
    _give_looks()
    run("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'orders'", _STATUS)
    run("PRAGMA writable_schema = RESET")


def _give_looks() -> None:
    """Each rule, once every row is seen to pass it."""
    run = op.get_bind().exec_driver_sql
    for ending, looks, columns in _LOOKS:
        for table, column in ((table, column) for table, names in columns.items() for column in names):
            if run(f"SELECT 1 FROM {table} WHERE NOT {column} {looks} LIMIT 1").fetchone():
                raise ValueError(f"{table}.{column} is to be {looks}")
            layout = run("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)).scalar_one()
            rule = f" CONSTRAINT ck_{table}_{column.removesuffix('_minor')}{ending} CHECK ({column} {looks})"
            plain = rf"\b{column} (TEXT|INTEGER)( DEFAULT '\w*')?( NOT NULL)?(?=\s*[,)])"
            layout = re.sub(f"({plain})", rf"\1{rule}", layout, count=1)
            run("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", (layout, table))
