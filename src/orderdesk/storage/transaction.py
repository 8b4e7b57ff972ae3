"""A write to the shop's file: one event, one commit, everything that follows settled within."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select

from orderdesk.domain.cases import CustomerAnswer
from orderdesk.domain.changes import AllocationShift, Changes
from orderdesk.domain.coupons import Coupon
from orderdesk.domain.customers import Customer
from orderdesk.domain.errors import NotFoundError
from orderdesk.domain.notices import Notice
from orderdesk.domain.orders import Order, OrderLine
from orderdesk.domain.products import Product
from orderdesk.domain.purchases import PurchaseOrder
from orderdesk.domain.refunds import Refund
from orderdesk.domain.shipping import Shipment
from orderdesk.domain.suppliers import Supplier, SupplierProduct
from orderdesk.storage.first_served import keep_first_served
from orderdesk.storage.inserting import insert_order
from orderdesk.storage.late_session import LateSession
from orderdesk.storage.mapping import StoredOrder
from orderdesk.storage.nobody import require_nothing_open_for_nobody
from orderdesk.storage.settle import rows_touched, settle
from orderdesk.storage.tables_letters import coupon
from orderdesk.storage.tables_orders import orders
from orderdesk.storage.undo import apply_inverse
from orderdesk.storage.view import View

Entity = TypeVar(
    "Entity", Product, Customer, StoredOrder, OrderLine, Notice, Coupon, PurchaseOrder, Shipment, Supplier, SupplierProduct
)
Storable = (
    Product
    | Customer
    | OrderLine
    | Notice
    | Coupon
    | PurchaseOrder
    | CustomerAnswer
    | Refund
    | Shipment
    | Supplier
    | SupplierProduct
)


class Transaction:
    """What a use case may do inside `with store.begin(...)`. Entities must not be kept beyond it.

    Once the block has ended, `gained` and `lost` hold the lines whose allocation moved, and `over_allocated`
    the firm units of the touched products beyond what is on hand. `kept` is False for an edit that changed nothing.
    """

    def __init__(self, view: View, session: LateSession, event_id: int, at: datetime, undoable: bool) -> None:
        self._session = session
        self._summary: str | None = None
        self.event_id = event_id
        self.undoable = undoable
        self.kept = True
        self.at = at
        self.view = view
        self.changes = Changes()
        self.shifts: tuple[AllocationShift, ...] = ()
        self.over_allocated = 0

    def add(self, entity: Storable) -> int:
        """Store a new entity; its id."""
        self._session.opened.add(entity)
        self._session.flush()
        return entity.id

    def add_order(self, order: Order) -> int:
        """Store a new order with its lines; its id, by which to ask for it if it is to be changed further."""
        self._session.flush()
        return insert_order(self.view.connection, order)

    def product(self, product_id: int) -> Product:
        return self._get(Product, product_id, "product")

    def customer(self, customer_id: int) -> Customer:
        return self._get(Customer, customer_id, "customer")

    def order(self, order_id: int) -> Order:
        return self._get(StoredOrder, order_id, "order")

    def orders(self, order_ids: Sequence[int]) -> dict[int, Order]:
        """Many orders by id, with their lines, asked for together."""
        found = self._session.opened.scalars(select(StoredOrder).where(orders.c.id.in_(order_ids)))
        return {order.id: order for order in found}

    def forget(self, order: Order) -> None:
        """Let go of what was changed of an order since it was last written."""
        self._session.opened.expire(order)

    def order_line(self, line_id: int) -> OrderLine:
        return self._get(OrderLine, line_id, "order line")

    def notice(self, notice_id: int) -> Notice:
        return self._get(Notice, notice_id, "letter")

    def purchase(self, purchase_id: int) -> PurchaseOrder:
        return self._get(PurchaseOrder, purchase_id, "purchase order")

    def supplier(self, supplier_id: int) -> Supplier:
        return self._get(Supplier, supplier_id, "supplier")

    def supplier_product(self, key: int) -> SupplierProduct:
        return self._get(SupplierProduct, key, "supplier's product")

    def shipment(self, shipment_id: int) -> Shipment:
        return self._get(Shipment, shipment_id, "parcel")

    def coupon_of(self, notice_id: int) -> Coupon | None:
        return self._session.opened.scalars(select(Coupon).where(coupon.c.notice_id == notice_id)).one_or_none()

    def move_stock(
        self, product_id: int, kind: str, quantity: int, *, reason: str = "", order_line_id: int | None = None
    ) -> None:
        """Add a movement to the ledger: received and returned > 0, shipped < 0, adjusted either way, with a reason."""
        self._session.flush()
        self.view.connection.execute(
            "INSERT INTO stock_movement (product_id, event_id, kind, quantity, reason, order_line_id) VALUES (?, ?, ?, ?, ?, ?)",
            (product_id, self.event_id, kind, quantity, reason, order_line_id),
        )

    def execute(self, sql: str, parameters: Any = ()) -> int:
        """Run one statement on this transaction's connection; the number of rows it changed."""
        self._session.flush()
        return int(self.view.connection.execute(sql, parameters).rowcount)

    def execute_many(self, sql: str, rows: Iterable[Any]) -> None:
        self._session.flush()
        self.view.connection.executemany(sql, rows)

    def flush(self) -> None:
        """Write what was changed of entities, for a query that is to find it."""
        self._session.flush()

    def savepoint(self) -> AbstractContextManager[object]:
        """A block that takes back all of its own changes, and only those, when it raises."""
        self._session.flush()
        return self._session.opened.begin_nested()

    def describe(self, summary: str) -> None:
        """What the history says of this step, where it is known only now."""
        self._summary = summary

    def undo(self, event_id: int) -> None:
        """Take back what that event changed, as part of this one. RefusedError where later steps stand in the way."""
        self._session.flush()
        apply_inverse(self.view.connection, event_id, self.event_id)
        self._session.expire_all()

    def link_undo(self, event_id: int) -> None:
        """Mark that step as undone by this one."""
        self.execute("UPDATE event SET undone_by = ? WHERE id = ?", (self.event_id, event_id))
        self.execute("UPDATE event SET undoes = ? WHERE id = ?", (event_id, self.event_id))

    def close_undo(self, undo_event_id: int) -> None:
        """That undo has itself been taken back by this step: what it took back stands again."""
        self.execute("UPDATE event SET undone_by = NULL WHERE undone_by = ?", (undo_event_id,))
        self.execute("UPDATE event SET undone_by = ? WHERE id = ?", (self.event_id, undo_event_id))

    def settle(self) -> None:
        """Bring everything derived up to date with the changes so far, for a step that builds on it."""
        self._settle()
        self._session.expire_all()

    def changes_something(self) -> bool:
        """Whether any fact is other than before the step."""
        self._session.flush()
        return rows_touched(self.view.connection, self.event_id) > 0

    def finish(self) -> None:
        """Settle, keep what did nothing out of the way of undo, and close the step: the history stays as it is from now on."""
        self._settle()
        require_nothing_open_for_nobody(self.view.connection, self.event_id)
        keep_first_served(self.view.connection, self.event_id)
        touched = self.changes_something()
        self.undoable = self.undoable and touched
        close = "UPDATE event SET summary = coalesce(?, summary), undoable = undoable AND ?, finished = 1 WHERE id = ?"
        self.execute(close, (self._summary, int(touched), self.event_id))

    def _settle(self) -> None:
        self._session.flush()
        settled = settle(self.view.connection, self.event_id)
        self.changes, self.shifts, self.over_allocated = settled.changes, settled.shifts, settled.over_allocated

    @property
    def gained(self) -> tuple[AllocationShift, ...]:
        return tuple(shift for shift in self.shifts if shift.gained)

    @property
    def lost(self) -> tuple[AllocationShift, ...]:
        return tuple(shift for shift in self.shifts if not shift.gained)

    def _get(self, entity: type[Entity], key: int, what: str) -> Entity:
        found = self._session.opened.get(entity, key)
        if found is None:
            raise NotFoundError(what, f"with the number {key}")
        return found
