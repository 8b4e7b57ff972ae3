"""Everything out again: the seller's data belongs to the seller."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta, timezone
from pathlib import Path
from typing import Any

from orderdesk.domain.errors import NotFoundError, StoreError
from orderdesk.domain.orders import PaidStatus
from orderdesk.domain.shop import ShopProfile
from orderdesk.domain.zones import zone_named
from orderdesk.exchange.exports import write_table
from orderdesk.exchange.own_files import OWN_FILES, headers
from orderdesk.services.days import start_of_day
from orderdesk.storage.instants import instant_text, parse_instant
from orderdesk.storage.queries import export as queries
from orderdesk.storage.queries.shop import profile_of
from orderdesk.storage.store import Store

EXPORT_KINDS = tuple(queries.KINDS)
_OWN_HEADERS = {profile.kind: headers(profile) for profile in OWN_FILES}
_YES_NO = ("hold", "on_credit", "discontinued", "tracked")


def export(store: Store, kind: str, path: Path) -> int:
    """Write everything of a kind as CSV or XLSX by the file's ending; the number of rows.

    Products, customers, orders and listings can be imported again as they are. Raises NotFoundError for an unknown kind,
    RefusedError for another ending, StoreError where the disk refuses.
    """
    if kind not in queries.KINDS:
        raise NotFoundError("export of", f"{kind}; there are {', '.join(EXPORT_KINDS)}")
    with store.read() as view:
        profile = profile_of(view)
        columns = _OWN_HEADERS.get(kind) or queries.columns(view, kind)
        rows = [[row.get(column) for column in columns] for row in _rows(queries.exported(view, kind), profile)]
    try:
        write_table(path, columns, rows)
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror}.", "Choose another folder, or free some space.") from error
    return len(rows)


def _rows(rows: Iterator[dict[str, Any]], profile: ShopProfile) -> Iterator[dict[str, Any]]:
    for row in rows:
        for name in _YES_NO:
            if name in row:
                row[name] = "yes" if row[name] else "no"
        if "placed_on" in row:
            row["paid_status"] = (PaidStatus.PAID if row["paid"] else PaidStatus.UNPAID).value
            row["paid_at"] = _moment(row["paid_on"], row["paid_at"], "", profile)
            row["placed_at"] = _moment(row["placed_on"], row["placed_at"], row["placed_printed"], profile)
        yield row


def _moment(day: str | None, instant: str | None, printed: str, profile: ShopProfile) -> str | None:
    """A moment that reads back as the same: a bare day where only that was known, else the instant in its printed offset."""
    if day is None or instant is None:
        return day
    if instant_text(start_of_day(date.fromisoformat(day), profile.time_zone)) == instant:
        return day
    return parse_instant(instant).astimezone(_printed_offset(printed) or zone_named(profile.time_zone)).isoformat()


def _printed_offset(printed: str) -> timezone | None:
    found = re.search(r"([+-])(\d\d):?(\d\d)$", printed)
    if not found:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-offset if found[1] == "-" else offset)
