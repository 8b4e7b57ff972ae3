"""What customers were told of without a letter, on the phone or by a message: the log of the steps has kept it."""

from __future__ import annotations

from orderdesk.storage.queries.given import OF_A_CHOICE

# The step e told the customers of the orders that it changed, and by no letter.
SPOKE = """(e.kind = 'told' AND e.undone_by IS NULL
    AND NOT EXISTS (SELECT 1 FROM row_change w WHERE w.event_id = e.id AND w.table_name = 'notice'))"""
# Of an order o: the last such step, where no letter has told its customer of a wait since.
LAST_SPOKEN = f"""(
SELECT max(e.id) FROM row_change r CROSS JOIN event e ON e.id = r.event_id
WHERE r.table_name = 'orders' AND r.row_id = o.id AND {SPOKE}
AND NOT EXISTS (SELECT 1 FROM order_line y JOIN notice_line x ON x.order_line_id = y.id JOIN notice n ON n.id = x.notice_id
    WHERE y.order_id = o.id AND n.told_at >= e.at AND n.voided_at IS NULL AND n.kind IN {OF_A_CHOICE}))"""
# Of a line l at the step {step} that told its customer without a letter: what was here for it, which that step has kept; of one
# that has not, what it was before the first change since.
_HERE = """coalesce((SELECT a.after FROM allocation_change a WHERE a.order_line_id = l.id AND a.event_id = {step}),
    (SELECT a.before FROM allocation_change a WHERE a.order_line_id = l.id AND a.event_id > {step} ORDER BY a.id LIMIT 1),
    l.allocated)"""
# Of a line l at the step {step}: a sum of its quantities.
_THEN = """coalesce((SELECT iif(r.before IS NULL, 0, {before}) FROM row_change r
    WHERE r.table_name = 'order_line' AND r.row_id = l.id AND r.event_id > {{step}} ORDER BY r.id LIMIT 1), {now})"""
_WANTED = _THEN.format(
    before="(r.before ->> 'ordered') - (r.before ->> 'canceled') - (r.before ->> 'shipped') - (r.before ->> 'drop_ship')",
    now="l.wanted",
)
# Of a line l: the units that waited at the step {step}.
WAITED = f"({_WANTED} - {_HERE})"
# Of a line l: what the shelf had given and was to give at the step {step}: neither canceled nor left to the supplier.
DUE = _THEN.format(
    before="(r.before ->> 'ordered') - (r.before ->> 'canceled') - (r.before ->> 'drop_ship')",
    now="l.ordered - l.canceled - l.drop_ship",
)
# The letter {notice} was made after the step {step}.
MADE_SINCE = """EXISTS (SELECT 1 FROM row_change made WHERE made.table_name = 'notice' AND made.row_id = {notice}
    AND made.before IS NULL AND made.event_id > {step})"""
