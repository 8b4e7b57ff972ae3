"""What letters say of an order: the day that they give, or only the refund that the law leaves; and which its customer has had."""

from __future__ import annotations

# Of a line nl: no answer is waited for, and the refund has its day.
REFUNDED = "(nl.silence IS NULL AND nl.refund_by IS NOT NULL)"
# Of lines nl: the last of their days, and no day at all where one of them has none; of those that are refunded there is none to have.
GIVEN_ON = f"CASE WHEN count(nl.new_date) = sum(NOT {REFUNDED}) THEN max(nl.new_date) END"

# Of an order o: the last letter about its wait that its customer has had and that left them a choice. That is what they know,
# whatever has been prepared since.
LAST_TOLD = """
(SELECT max(had.id) FROM order_line ol CROSS JOIN notice_line hl ON hl.order_line_id = ol.id CROSS JOIN notice had ON had.id = hl.notice_id
    WHERE ol.order_id = o.id AND had.told_at >= o.backordered_since AND had.voided_at IS NULL
    AND had.kind IN ('first', 'renewed', 'date_change'))
"""
# The letter that an answer is to: the last that they have had, or else the one that lies ready.
ANSWERED = f"coalesce({LAST_TOLD}, o.notice_id)"
# Its letter has still to go out.
LETTER_READY = "EXISTS (SELECT 1 FROM notice ready WHERE ready.id = o.notice_id AND ready.told_at IS NULL)"
# Its customer has to hear of it, where something of it waits: for the first time, of a date that slipped, or by a letter that lies ready.
TO_HEAR = f"(o.told_at IS NULL OR {LETTER_READY} OR o.id IN (SELECT j.value FROM json_each(:slipped) j))"
