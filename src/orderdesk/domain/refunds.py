"""What canceling gives back."""

from __future__ import annotations


def refund_due(canceled: int, ordered: int, discount: int, shipping: int) -> int:
    """The price of the canceled units less their share of the discount, plus the shipping to pay back; all in minor units.

    `ordered` is the price of everything ordered, over which the discount is spread; half a unit of its share rounds up.
    """
    share = (2 * discount * canceled + ordered) // (2 * ordered) if ordered else 0
    return max(canceled - share, 0) + shipping
