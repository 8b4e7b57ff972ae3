"""The day that a letter gives for an order."""

from __future__ import annotations

# Of its lines nl about that order: the last of their days, and no day at all where one of them has none.
GIVEN_ON = "CASE WHEN count(nl.new_date) = count(*) THEN max(nl.new_date) END"
