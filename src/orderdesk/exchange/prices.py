"""What the prices in a file are the price of, where the format leaves that open."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from orderdesk.domain.money import minor_digits
from orderdesk.exchange.records import OrderRecord


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
    """Prices per piece. What does not divide is rounded up, and the excess is discount, so that the total stays the file's."""
    cent = Decimal(1).scaleb(-minor_digits(record.currency or ""))
    excess = Decimal(0)
    for line in record.lines:
        if line.unit_price is not None:
            each = (line.unit_price / line.quantity).quantize(cent, ROUND_CEILING)
            excess += each * line.quantity - line.unit_price
            line.unit_price = each
    if excess:
        record.discount = (record.discount or 0) + excess
