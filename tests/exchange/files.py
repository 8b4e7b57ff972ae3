"""Small files for tests, and records as the sample files' answers spell them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from orderdesk.exchange.reader import read_file
from orderdesk.exchange.records import LineRecord, Moment, OrderRecord, ParsedFile
from tests.shared_data import shared_data


def sample(name: str) -> Path:
    """A sample file; the test is skipped with the file's name where it is absent."""
    return shared_data(f"marketplace-rendered/{name}")


def read_text(folder: Path, content: str | bytes, **answers: Any) -> ParsedFile:
    """What a file of that content says. Its name says nothing of its format."""
    path = folder / "download"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_file(path, **answers)


def table(*rows: Iterable[str]) -> str:
    """Cells, given as lines of text with | between them, as CSV."""
    lines = [",".join(f'"{cell}"' if "," in cell or '"' in cell else cell for cell in row) for row in rows]
    return "\n".join(lines) + "\n"


def grid(text: str) -> str:
    """A table drawn with | as CSV, so that columns can be read in a test."""
    return table(*([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()))


def reasons(parsed: ParsedFile) -> list[tuple[int, str]]:
    """Where rows were skipped."""
    return [(skipped.row, skipped.column) for skipped in parsed.skipped]


def as_answered(record: OrderRecord) -> dict[str, Any]:
    """An order as the sample files' answers spell it."""
    return {
        "channel": record.channel,
        "order_number": record.order_number,
        "order_date": _day(record.placed),
        "paid_date": _day(record.paid),
        "buyer_name": record.buyer_name,
        "buyer_username": record.buyer_username,
        "email": record.email,
        "ship_to": {
            "name": record.ship_to.name,
            "line1": record.ship_to.line1,
            "line2": record.ship_to.line2,
            "city": record.ship_to.city,
            "region": record.ship_to.region,
            "postal": record.ship_to.postal_code,
            "country": record.ship_to.country,
            "phone": record.phone,
        },
        "currency": record.currency,
        "shipping": record.shipping,
        "discount": record.discount,
        "coupon": record.coupon,
        "shipped": record.shipped,
        "cancelled": record.canceled,
        "external_id": record.external_id,
        "lines": [_line(line) for line in record.lines],
    }


def _line(line: LineRecord) -> dict[str, Any]:
    return {
        "line_id": line.line_id,
        "sku": line.sku,
        "title": line.title,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "fulfilled": line.shipped == line.quantity,
    }


def _day(moment: Moment | None) -> str | None:
    return moment.on.isoformat() if moment else None


def column(parsed: ParsedFile, name: str) -> Sequence[Any]:
    return [getattr(record, name) for record in parsed.records]
