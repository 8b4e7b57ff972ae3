"""Since when units stay with an order."""

from __future__ import annotations

from orderdesk.storage.past import STANDS

# The kind of the last step by which more units of an order line stay with it; what an undo gives back stays for the same reason.
KEPT_SINCE = f"""(
    SELECT e.kind FROM row_change r CROSS JOIN event e ON e.id = r.event_id
    WHERE r.table_name = 'order_line' AND r.row_id = {{line}} AND {STANDS} AND r.before ->> 'firm' < coalesce(
        (SELECT n.before ->> 'firm' FROM row_change n
            WHERE n.table_name = 'order_line' AND n.row_id = r.row_id AND n.id > r.id ORDER BY n.id LIMIT 1),
        (SELECT firm FROM order_line WHERE id = r.row_id))
    ORDER BY r.id DESC LIMIT 1)
"""
