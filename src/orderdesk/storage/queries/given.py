"""What a letter says of an order: the day that it gives, or that the law leaves only the refund."""

from __future__ import annotations

# Of its lines nl about that order: the last of their days, and no day at all where one of them has none.
GIVEN_ON = "CASE WHEN count(nl.new_date) = count(*) THEN max(nl.new_date) END"
# Of a line nl: no answer is waited for, and the refund has its day.
REFUNDED = "(nl.silence IS NULL AND nl.refund_by IS NOT NULL)"
