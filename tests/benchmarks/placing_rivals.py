"""An order of three lines placed by other programs, as their own documentation does it; each in a process of its own.

`prepare` sets up a shop with so many products in stock and returns what places one order and allocates to it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

PRODUCTS, LINES = 50, 3

Place = Callable[[int], object]


def oscar() -> Place:
    """django-oscar on SQLite: a basket filled, then its own order creator, which allocates stock."""
    import django
    from django.conf import settings

    base = Path(tempfile.mkdtemp())
    _configure_oscar(settings, base)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from oscar.core.loading import get_class, get_model
    from oscar.test import factories

    products = [factories.create_product(price=Decimal(9), num_in_stock=10**6) for _ in range(PRODUCTS)]
    user = factories.UserFactory()
    factories.CountryFactory(iso_3166_1_a2="US")
    address = factories.ShippingAddressFactory()
    basket_model, strategy = get_model("basket", "Basket"), get_class("partner.strategy", "Default")()
    creator, free = get_class("order.utils", "OrderCreator")(), get_class("shipping.methods", "Free")()
    total = get_class("checkout.calculators", "OrderTotalCalculator")()

    def place(number: int) -> object:
        basket = basket_model.objects.create(owner=user)
        basket.strategy = strategy
        for line in range(LINES):
            basket.add_product(products[(number * LINES + line) % PRODUCTS], quantity=2)
        charge = free.calculate(basket)
        return creator.place_order(
            basket=basket,
            total=total.calculate(basket, charge),
            shipping_method=free,
            shipping_charge=charge,
            user=user,
            shipping_address=address,
            order_number=f"N{number}",
            status="Pending",
        )

    return place


def _configure_oscar(settings: Any, base: Path) -> None:
    from oscar import defaults

    apps = """
        oscar.config.Shop oscar.apps.analytics.apps.AnalyticsConfig oscar.apps.checkout.apps.CheckoutConfig
        oscar.apps.address.apps.AddressConfig oscar.apps.shipping.apps.ShippingConfig oscar.apps.catalogue.apps.CatalogueConfig
        oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig oscar.apps.communication.apps.CommunicationConfig
        oscar.apps.partner.apps.PartnerConfig oscar.apps.basket.apps.BasketConfig oscar.apps.payment.apps.PaymentConfig
        oscar.apps.offer.apps.OfferConfig oscar.apps.order.apps.OrderConfig oscar.apps.customer.apps.CustomerConfig
        oscar.apps.search.apps.SearchConfig oscar.apps.voucher.apps.VoucherConfig oscar.apps.wishlists.apps.WishlistsConfig
        oscar.apps.dashboard.apps.DashboardConfig widget_tweaks haystack treebeard sorl.thumbnail django_tables2
    """
    dashboards = "reports users orders catalogue offers partners pages ranges reviews vouchers communications shipping"
    django_apps = ("admin", "auth", "contenttypes", "sessions", "sites", "messages", "staticfiles", "flatpages")
    settings.configure(
        **{name: value for name, value in vars(defaults).items() if name.startswith("OSCAR")},
        SECRET_KEY="benchmark",
        SITE_ID=1,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(base / "oscar.sqlite"), "ATOMIC_REQUESTS": True}
        },
        HAYSTACK_CONNECTIONS={"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
        INSTALLED_APPS=[
            *(f"django.contrib.{name}" for name in django_apps),
            *apps.split(),
            *(f"oscar.apps.dashboard.{name}.apps.{name.capitalize()}DashboardConfig" for name in dashboards.split()),
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    )


def tryton() -> Place:
    """trytond with sale, stock and sale_supply by proteus: the sale quoted and confirmed, its moves assigned from stock."""
    from proteus import Model
    from trytond.modules.account.tests.tools import create_chart, get_accounts
    from trytond.modules.company.tests.tools import create_company
    from trytond.tests.tools import activate_modules

    activate_modules(["sale_supply", "sale", "stock"], create_company, create_chart)
    accounts = get_accounts()
    party = Model.get("party.party")(name="Dana Whitfield")
    party.save()
    category = Model.get("product.category")(name="Goods", accounting=True)
    category.account_expense, category.account_revenue = accounts["expense"], accounts["revenue"]
    category.save()
    (unit,) = Model.get("product.uom").find([("name", "=", "Unit")])
    products = [_tryton_product(Model, f"Product {place}", unit, category) for place in range(PRODUCTS)]
    _fill_tryton_shelf(Model, products)
    sales, assignment = Model.get("sale.sale"), "assign_try"

    def place(number: int) -> object:
        sale = sales()
        sale.party, sale.invoice_method = party, "manual"
        for each in range(LINES):
            line = sale.lines.new()
            line.product, line.quantity = products[(number * LINES + each) % PRODUCTS], 2
        sale.click("quote")
        sale.click("confirm")
        (shipment,) = sale.shipments
        shipment.click(assignment)
        return sale

    return place


def _tryton_product(model: Any, name: str, unit: Any, category: Any) -> Any:
    template = model.get("product.template")()
    template.name, template.default_uom, template.type = name, unit, "goods"
    template.salable, template.list_price = True, Decimal(9)
    template.account_category = category
    template.save()
    return template.products[0]


def _fill_tryton_shelf(model: Any, products: list[Any]) -> None:
    locations = model.get("stock.location")
    (shelf,) = locations.find([("code", "=", "STO")])
    inventory = model.get("stock.inventory")()
    inventory.location = shelf
    for product in products:
        line = inventory.lines.new(product=product)
        line.quantity = 10**6
    inventory.click("confirm")
