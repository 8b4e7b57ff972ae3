"""Redeeming, voiding, giving back: one conditional UPDATE each, so that of two that try at once just one succeeds."""

from __future__ import annotations

from datetime import date

from orderdesk.storage.transaction import Transaction

_SPEND = """
UPDATE coupon SET
    balance_minor = CASE WHEN kind = 'gift_card' THEN balance_minor - :amount WHEN value_minor IS NOT NULL THEN 0 END,
    status = CASE WHEN kind = 'gift_card' AND balance_minor > :amount THEN 'issued' ELSE 'redeemed' END
WHERE id = :coupon AND status = 'issued' AND valid_through >= :today
    AND (kind <> 'gift_card' OR balance_minor >= :amount AND :amount > 0)
"""


def spend(transaction: Transaction, coupon_id: int, amount_minor: int | None, today: date) -> bool:
    """Take the amount off a gift card, or use any other coupon up; False where it can't be used any more."""
    values = {"coupon": coupon_id, "amount": amount_minor or 0, "today": today.isoformat()}
    return transaction.execute(_SPEND, values) == 1


def reopen(transaction: Transaction, coupon_id: int, amount_minor: int | None) -> None:
    """The coupon is good again for that amount, None where it has none, as its ledger has to say before."""
    transaction.execute(
        "UPDATE coupon SET status = 'issued', balance_minor = balance_minor + ? WHERE id = ?", (amount_minor, coupon_id)
    )


def was_applied(transaction: Transaction, coupon_id: int, order_id: int) -> bool:
    """Whether the order took from the coupon before, and that was not taken back."""
    found = transaction.view.value("SELECT 1 FROM redemption WHERE coupon_id = ? AND order_id = ?", (coupon_id, order_id))
    return found is not None


def void(transaction: Transaction, coupon_id: int, reason: str) -> bool:
    """False where it was used up or voided before."""
    return (
        transaction.execute(
            "UPDATE coupon SET status = 'voided', void_reason = ? WHERE id = ? AND status = 'issued'", (reason, coupon_id)
        )
        == 1
    )
