"""What letters say of an order: the day they give, or only the refund that the law leaves; and which its customer has had."""

from __future__ import annotations

# Of a line nl: no answer is waited for, and the refund has its day.
REFUNDED = "(nl.silence IS NULL AND nl.refund_by IS NOT NULL)"
# Of lines nl: the last of their days, and no day at all where one of them has none; those that are refunded or never arrive have
# none to give.
GIVEN_ON = f"CASE WHEN count(nl.new_date) = sum(NOT ({REFUNDED} OR nl.never_arrives)) THEN max(nl.new_date) END"
# Of a line nl of the letter about the order o: its customer was told that it is canceled without an answer, and gave none. To wait
# for the others is none about what never arrives.
_ASKED = """nl.silence = 'cancellation' AND NOT EXISTS (
    SELECT 1 FROM answer a WHERE a.order_id = o.id AND a.notice_id = nl.notice_id AND a.kind <> 'none'
    AND NOT (a.kind = 'agreed' AND nl.never_arrives))"""
# The same, by a day that has passed, or one that is still to come.
CANCELED_BY_SILENCE = f"(nl.answer_by < :today AND {_ASKED})"
STILL_ASKED = f"(nl.answer_by >= :today AND {_ASKED})"

# Kinds of letters that leave their customer a choice.
OF_A_CHOICE = "('first', 'renewed', 'date_change')"
# Letters that the customer of an order o has had since it waits.
_HAD = """
FROM order_line ol CROSS JOIN notice_line hl ON hl.order_line_id = ol.id CROSS JOIN notice had ON had.id = hl.notice_id
WHERE ol.order_id = o.id AND had.told_at >= o.backordered_since AND had.voided_at IS NULL
"""
# Of an order o: the last letter about its wait that its customer has had and that left them a choice. That is what they know,
# whatever has been prepared since.
LAST_TOLD = f"(SELECT max(had.id) {_HAD} AND had.kind IN {OF_A_CHOICE})"
# The letter that an answer is to: the last that they have had, or else the one that lies ready.
ANSWERED = f"coalesce({LAST_TOLD}, o.notice_id)"
# Of a line l of the order o: the day that letter gives it, and the one that the seller chose; NULL where it is not about the line.
DAY_TOLD = f"""(SELECT json_array(nl.new_date, nl.chosen_on) FROM notice_line nl
    WHERE nl.order_line_id = l.id AND nl.notice_id = {LAST_TOLD})"""
# When the customer of an order o was told last.
LAST_TOLD_AT = f"coalesce((SELECT told_at FROM notice WHERE id = {LAST_TOLD}), o.told_at)"
# Its letter has still to go out.
LETTER_READY = "EXISTS (SELECT 1 FROM notice ready WHERE ready.id = o.notice_id AND ready.told_at IS NULL)"
# Of a line l of the order o: the line of the letter that lies ready.
READY_LINE = """
FROM notice_line rl JOIN notice ready ON ready.id = rl.notice_id
WHERE rl.order_line_id = l.id AND rl.notice_id = o.notice_id AND ready.told_at IS NULL
"""
# Of a line l of the order o whose customer was told by letter: more of it waits than the last one said, if it spoke of it at all.
MORE_THAN_TOLD = f"""(l.backordered > coalesce((SELECT nl.quantity FROM notice_line nl
        WHERE nl.order_line_id = l.id AND nl.notice_id = {LAST_TOLD} AND NOT {REFUNDED}), 0)
    AND EXISTS (SELECT 1 {_HAD} AND had.kind NOT IN ('good_news', 'cancellation')))"""
# Its customer does not know of the line l.
LINE_NOT_TOLD = f"(o.told_at IS NULL OR {MORE_THAN_TOLD})"
# Its customer does not know of all that waits of it.
NOT_TOLD = f"""(o.told_at IS NULL OR EXISTS (
    SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.backordered > 0 AND {MORE_THAN_TOLD}))"""
# Its customer does not know how it stands: that it waits, that more of it does, or that a date has slipped.
IS_NEWS = f"({NOT_TOLD} OR o.id IN (SELECT j.value FROM json_each(:slipped) j))"
# Of an order o: the letter ready gives a line of it that waits a day of the seller's choice, and its customer knows another, or none.
_OTHER_DAY = f"""EXISTS (
    SELECT 1 FROM notice_line rl JOIN order_line l ON l.id = rl.order_line_id
    WHERE rl.notice_id = ready.id AND l.order_id = o.id AND l.backordered > 0 AND rl.chosen_on >= :today AND rl.chosen_on IS NOT (
        SELECT nl.new_date FROM notice_line nl WHERE nl.order_line_id = l.id AND nl.notice_id = {LAST_TOLD}))"""
# Its customer has to hear of it, where something of it waits: as they don't know how it stands, or by the letter that lies ready,
# which follows a call, gives another day of the seller's choice, or is news of any of its orders.
TO_HEAR = f"""({IS_NEWS} OR o.notice_id IN (
    SELECT ready.id FROM notice ready JOIN orders o ON o.notice_id = ready.id WHERE ready.told_at IS NULL
    AND o.backordered_units > 0 AND ({_OTHER_DAY} OR {LAST_TOLD} IS NULL OR {IS_NEWS})))"""
# Of a line l of the order o: the last letter that its customer has had says that it never arrives.
SAID_NEVER = (
    f"EXISTS (SELECT 1 FROM notice_line n WHERE n.order_line_id = l.id AND n.notice_id = {LAST_TOLD} AND n.never_arrives)"
)
