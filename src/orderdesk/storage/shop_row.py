"""Writing the shop's own row."""

from __future__ import annotations

from dataclasses import asdict

from orderdesk.domain.shop import ShopProfile
from orderdesk.storage.transaction import Transaction


def save_profile(transaction: Transaction, profile: ShopProfile) -> None:
    values = asdict(profile)
    columns = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    updates = ", ".join(f"{name} = excluded.{name}" for name in values)
    transaction.execute(f"INSERT INTO shop (id, {columns}) VALUES (1, {places}) ON CONFLICT (id) DO UPDATE SET {updates}", values)
