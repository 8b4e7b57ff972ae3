"""What a letter says of an order: the day that it gives, or that the law leaves only the refund."""

from __future__ import annotations

# Of a line nl: no answer is waited for, and the refund has its day.
REFUNDED = "(nl.silence IS NULL AND nl.refund_by IS NOT NULL)"
# Of lines nl: the last of their days, and no day at all where one of them has none; of those that are refunded there is none to have.
GIVEN_ON = f"CASE WHEN count(nl.new_date) = sum(NOT {REFUNDED}) THEN max(nl.new_date) END"
