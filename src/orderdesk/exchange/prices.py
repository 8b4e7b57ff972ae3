"""What the prices in a file are the price of, where the format leaves that open."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from orderdesk.exchange.records import OrderRecord

_FINEST = Decimal("0.0001")


def reconcile_prices(record: OrderRecord, collected_tax: Decimal | None) -> None:
    """Settle by the order's total whether prices are per piece or per line, and whether it has the tax the marketplace collects.

    Where nothing adds up, prices stay per piece, and the tax is the seller's alone.
    """
    prices = [(line.unit_price, line.quantity) for line in record.lines]
    if record.total is None or any(price is None for price, _ in prices):
        return
    per_piece = sum((price * quantity for price, quantity in prices if price is not None), Decimal(0))
    per_line = sum((price for price, _ in prices if price is not None), Decimal(0))
    tax = record.tax or Decimal(0)
    for goods in (per_piece, per_line):
        for more_tax in (Decimal(0), collected_tax or Decimal(0)):
            if goods + (record.shipping or 0) + tax + more_tax - (record.discount or 0) != record.total:
                continue
            if more_tax:
                record.tax = tax + more_tax
            if goods is per_line and goods != per_piece:
                _divide(record)
            return


def _divide(record: OrderRecord) -> None:
    for line in record.lines:
        if line.unit_price is not None:
            line.unit_price = (line.unit_price / line.quantity).quantize(_FINEST, ROUND_HALF_UP).normalize()
