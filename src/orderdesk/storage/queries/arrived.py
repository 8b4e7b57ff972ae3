"""What customers were told to wait for and is here for them now, in the house still."""

from __future__ import annotations

from orderdesk.storage.queries.given import CANCELED_BY_SILENCE, OF_A_CHOICE, REFUNDED
from orderdesk.storage.queries.spoken import DUE, LAST_SPOKEN, WAITED
from orderdesk.storage.queries.unblocking import WAITS_TO_BE_COMPLETE

# Of an order o: the last letter about any wait of it that its customer has had and that left them a choice.
_LAST_LETTER = f"""(
SELECT max(n.id) FROM order_line y CROSS JOIN notice_line x ON x.order_line_id = y.id CROSS JOIN notice n ON n.id = x.notice_id
WHERE y.order_id = o.id AND n.told_at IS NOT NULL AND n.voided_at IS NULL AND n.kind IN {OF_A_CHOICE})"""
# The step by which the customer had that letter.
_HAD_AT = "(SELECT max(r.event_id) FROM row_change r WHERE r.table_name = 'notice' AND r.row_id = {letter} AND r.before ->> 'told_at' IS NULL)"
# Of the order {order}: the last step that told its customer of a wait, and the letter where it was by one.
LAST_TOLD_STEP = f"""
SELECT coalesce(spoken, {_HAD_AT.format(letter="letter")}) AS step, iif(spoken IS NULL, letter, NULL) AS letter
FROM (SELECT {LAST_SPOKEN} AS spoken, {_LAST_LETTER} AS letter FROM orders o WHERE o.id = {{order}})"""
# By line of the order {order} what came in for it since, of what its customer was told that waits. What was here for it by then
# leaves first; what was canceled, or is sent by its supplier, never comes in. `waits`: it may not leave before the rest is here;
# `silent_by`: the day until which its customer might answer, and did not, so that what they were told cancels it.
ARRIVED = f"""
SELECT line, step, letter, min(waited, waited + sent + here - due, here) AS units, waits, silent_by FROM (
    SELECT l.id AS line, told.step, told.letter, l.shipped AS sent, l.allocated AS here,
        CASE WHEN told.letter IS NULL THEN {WAITED.format(step="told.step")} ELSE nl.quantity END AS waited,
        {DUE.format(step="told.step")} AS due, {WAITS_TO_BE_COMPLETE} AS waits,
        CASE WHEN {CANCELED_BY_SILENCE} THEN nl.answer_by END AS silent_by
    FROM ({LAST_TOLD_STEP}) told CROSS JOIN orders o ON o.id = {{order}} CROSS JOIN order_line l ON l.order_id = o.id
    LEFT JOIN notice_line nl ON nl.notice_id = told.letter AND nl.order_line_id = l.id AND NOT {REFUNDED}
    WHERE told.step IS NOT NULL AND l.allocated > 0 AND (told.letter IS NULL OR nl.id IS NOT NULL))"""
