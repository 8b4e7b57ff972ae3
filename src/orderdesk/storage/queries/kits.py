"""What kits are put together from, and which kits a product goes into."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orderdesk.storage.queries.paging import as_json
from orderdesk.storage.view import View


class Part(NamedTuple):
    """A product that goes into a kit, and how many of it go into one."""

    product_id: int
    sku: str
    title: str
    quantity: int


def parts_of(view: View, kit_id: int) -> list[Part]:
    """What a kit is put together from; nothing for a product that is no kit."""
    sql = """SELECT p.id, p.sku, p.title, k.quantity FROM kit_part k JOIN product p ON p.id = k.part_id
        WHERE k.kit_id = ? ORDER BY k.id"""
    return [Part(*row) for row in view.all(sql, (kit_id,))]


def kit_ids(view: View) -> set[int]:
    """The ids of all kits."""
    return {key for (key,) in view.all("SELECT kit_id FROM kit_part")}


def kits_with(view: View, part_id: int) -> list[Part]:
    """The kits that a product goes into, and how many of it."""
    sql = """SELECT p.id, p.sku, p.title, k.quantity FROM kit_part k JOIN product p ON p.id = k.kit_id
        WHERE k.part_id = ? ORDER BY p.sku, p.id"""
    return [Part(*row) for row in view.all(sql, (part_id,))]


def counted_units(view: View, product_id: int) -> list[tuple[int, int]]:
    """What one unit takes off the shelf, as (product id, units): itself, or a kit's parts; nothing that is not tracked."""
    sql = """SELECT p.id, k.quantity FROM kit_part k JOIN product p ON p.id = k.part_id WHERE k.kit_id = :product AND p.tracked = 1
        UNION ALL SELECT id, 1 FROM product WHERE id = :product AND tracked = 1 ORDER BY 1"""
    return view.all(sql, {"product": product_id})


def kit_family(view: View, product_ids: Iterable[int]) -> set[int]:
    """Those of the products that are kits or parts of one, and all that share parts with them."""
    sql = """WITH RECURSIVE family AS (
            SELECT j.value AS id FROM json_each(?) j WHERE EXISTS (SELECT 1 FROM kit_part WHERE kit_id = j.value)
                OR EXISTS (SELECT 1 FROM kit_part WHERE part_id = j.value)
            UNION SELECT k.kit_id FROM family f JOIN kit_part k ON k.part_id = f.id
            UNION SELECT k.part_id FROM family f JOIN kit_part k ON k.kit_id = f.id) SELECT id FROM family"""
    return {key for (key,) in view.all(sql, (as_json(list(product_ids)),))}
