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
from orderdesk.storage import tables
from orderdesk.storage.parts import metadata

_registry = registry(metadata=metadata)


def _mapped(entity: type, table: Table, **relations: object) -> None:
    wanted = [column.name for column in table.columns if column.name in entity.__dataclass_fields__]  # type: ignore[attr-defined]
    _registry.map_imperatively(entity, table, include_properties=wanted, properties=relations)


_mapped(Product, tables.product)
_mapped(Supplier, tables.supplier)
_mapped(SupplierProduct, tables.supplier_product)
_mapped(Customer, tables.customer)
_mapped(OrderLine, tables.order_line)
_mapped(
    Order,
    tables.orders,
    lines=relationship(OrderLine, lazy="selectin", order_by=tables.order_line.c.position, cascade="all, delete-orphan"),
)
_mapped(Notice, tables.notice)
_mapped(Coupon, tables.coupon)
_mapped(CustomerAnswer, tables.answer)
_mapped(Refund, tables.refund)
_mapped(ShippedUnits, tables.shipment_line)
_mapped(Shipment, tables.shipment, units=relationship(ShippedUnits, lazy="selectin", cascade="all, delete-orphan"))
_mapped(PurchaseLine, tables.purchase_line)
_mapped(
    PurchaseOrder,
    tables.purchase_order,
    lines=relationship(PurchaseLine, lazy="selectin", order_by=tables.purchase_line.c.position, cascade="all, delete-orphan"),
)
