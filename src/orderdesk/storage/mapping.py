"""Which class of the domain lies in which table. The classes know nothing of it."""

from __future__ import annotations

from sqlalchemy import Table
from sqlalchemy.orm import registry, relationship

from orderdesk.domain.cases import CustomerAnswer
from orderdesk.domain.coupons import Coupon
from orderdesk.domain.customers import Customer
from orderdesk.domain.notices import Notice
from orderdesk.domain.orders import Order, OrderLine
from orderdesk.domain.products import Product
from orderdesk.domain.purchases import PurchaseLine, PurchaseOrder
from orderdesk.domain.refunds import Refund
from orderdesk.domain.shipping import Shipment, ShippedUnits
from orderdesk.domain.suppliers import Supplier, SupplierProduct
from orderdesk.storage.parts import metadata
from orderdesk.storage.tables_letters import answer, coupon, notice
from orderdesk.storage.tables_orders import customer, order_line, orders, refund, shipment, shipment_line
from orderdesk.storage.tables_supply import product, purchase_line, purchase_order, supplier, supplier_product

_registry = registry(metadata=metadata)


def _mapped(entity: type, table: Table, **relations: object) -> None:
    wanted = [column.name for column in table.columns if column.name in entity.__dataclass_fields__]  # type: ignore[attr-defined]
    _registry.map_imperatively(entity, table, include_properties=wanted, properties=relations)


class StoredOrder(Order):
    """An order from the file: what becomes of it is watched. A new one is not, as that takes longer than to store it."""


_mapped(Product, product)
_mapped(Supplier, supplier)
_mapped(SupplierProduct, supplier_product)
_mapped(Customer, customer)
_mapped(OrderLine, order_line)
_mapped(
    StoredOrder,
    orders,
    lines=relationship(OrderLine, lazy="selectin", order_by=order_line.c.position, cascade="all, delete-orphan"),
)
_mapped(Notice, notice)
_mapped(Coupon, coupon)
_mapped(CustomerAnswer, answer)
_mapped(Refund, refund)
_mapped(ShippedUnits, shipment_line)
_mapped(Shipment, shipment, units=relationship(ShippedUnits, lazy="selectin", cascade="all, delete-orphan"))
_mapped(PurchaseLine, purchase_line)
_mapped(
    PurchaseOrder,
    purchase_order,
    lines=relationship(PurchaseLine, lazy="selectin", order_by=purchase_line.c.position, cascade="all, delete-orphan"),
)
