"""What a letter says of an order: the day that it gives, or that the law leaves only the refund."""

from __future__ import annotations

# Of a line nl: no answer is waited for, and the refund has its day.
REFUNDED = "(nl.silence IS NULL AND nl.refund_by IS NOT NULL)"
# Of a line l of the order o: the letter about it says that it never arrives.
SAID_NEVER = "EXISTS (SELECT 1 FROM notice_line n WHERE n.order_line_id = l.id AND n.notice_id = o.notice_id AND n.never_arrives)"
# Of lines nl: the last of their days, and no day at all where one of them has none; those that are refunded or never arrive have none to give.
GIVEN_ON = f"CASE WHEN count(nl.new_date) = sum(NOT ({REFUNDED} OR nl.never_arrives)) THEN max(nl.new_date) END"
# Of a line nl of the letter about the order o: its customer was told that it is canceled without an answer by a day that has
# passed, and gave none. To wait for the others is none about what never arrives.
CANCELED_BY_SILENCE = """nl.silence = 'cancellation' AND nl.answer_by < :today AND NOT EXISTS (
    SELECT 1 FROM answer a WHERE a.order_id = o.id AND a.notice_id = nl.notice_id AND a.kind <> 'none'
    AND NOT (a.kind = 'agreed' AND nl.never_arrives))"""
