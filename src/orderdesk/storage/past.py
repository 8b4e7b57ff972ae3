"""What was done and still stands, and what rows were like before, by the changes that were kept of them."""

from __future__ import annotations

# A step e that was not undone, and did not itself only undo another or do it again.
STANDS = "e.undone_by IS NULL AND e.kind NOT IN ('undo', 'redo')"


def was(column: str, of: str, table: str, until: str) -> str:
    """Of a row, which is there: that column before the first change `x` of it that is `until` there; as it is where none is."""
    later = f"""SELECT {{}} FROM row_change x
        WHERE x.table_name = '{table}' AND x.row_id = {of}.id AND {until} ORDER BY x.id LIMIT 1"""
    return f"""iif(EXISTS ({later.format(1)}), ({later.format(f"x.before ->> '{column}'")}), {of}.{column})"""
