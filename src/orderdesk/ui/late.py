"""The one place where the window meets what is slow to load: the store, the use cases, and the parts of itself shown later.

`late.apologies.apologize(...)` reads like a plain import; the module loads when it is first named. Use cases are named only in
work that a TaskRunner runs, so that their libraries load in the worker, after the first paint.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orderdesk.domain import notices
    from orderdesk.services import (
        answers,
        apologies,
        apology_letter,
        backups,
        coupons,
        cups,
        customer_data,
        customers,
        days,
        deliveries,
        drafts,
        drop_ship,
        endings,
        exports,
        figure_files,
        firm,
        history,
        import_results,
        imports,
        letters,
        listings,
        messages,
        offer_rules,
        order_entry,
        orders,
        passwords,
        places,
        printing,
        printouts,
        priority,
        products,
        purchase_edits,
        purchases,
        refunds,
        returns,
        sample,
        sending,
        shop,
        shop_pictures,
        slips,
        steps,
        suppliers,
        telling,
        wordings,
    )
    from orderdesk.storage import store
    from orderdesk.storage.queries import decisions, defects, events, order_detail
    from orderdesk.storage.queries import shop as shop_queries
    from orderdesk.ui import (
        apologizing,
        boxes,
        coupon_forms,
        decision_card,
        forms,
        interior,
        keeping,
        letter_pane,
        line_questions,
        moving_in,
        order_editor,
        order_questions,
        order_sheet,
        overlays,
        paper,
        printing_out,
        purchase_forms,
        reports,
        small_drafts,
        starting,
        versions,
    )

__all__ = [
    "answers",
    "apologies",
    "apologizing",
    "apology_letter",
    "backups",
    "boxes",
    "coupon_forms",
    "coupons",
    "cups",
    "customer_data",
    "customers",
    "days",
    "decision_card",
    "decisions",
    "defects",
    "deliveries",
    "drafts",
    "drop_ship",
    "endings",
    "events",
    "exports",
    "figure_files",
    "firm",
    "forms",
    "history",
    "import_results",
    "imports",
    "interior",
    "keeping",
    "letter_pane",
    "letters",
    "line_questions",
    "listings",
    "load_all",
    "messages",
    "moving_in",
    "notices",
    "offer_rules",
    "order_detail",
    "order_editor",
    "order_entry",
    "order_questions",
    "order_sheet",
    "orders",
    "overlays",
    "paper",
    "passwords",
    "places",
    "printing",
    "printing_out",
    "printouts",
    "priority",
    "products",
    "purchase_edits",
    "purchase_forms",
    "purchases",
    "refunds",
    "reports",
    "returns",
    "sample",
    "sending",
    "shop",
    "shop_pictures",
    "shop_queries",
    "slips",
    "small_drafts",
    "starting",
    "steps",
    "store",
    "suppliers",
    "telling",
    "versions",
    "wordings",
]
_WINDOW = (
    "apologizing",
    "boxes",
    "coupon_forms",
    "decision_card",
    "forms",
    "interior",
    "keeping",
    "letter_pane",
    "line_questions",
    "moving_in",
    "order_editor",
    "order_questions",
    "order_sheet",
    "overlays",
    "paper",
    "printing_out",
    "purchase_forms",
    "reports",
    "small_drafts",
    "starting",
    "versions",
)
_ELSEWHERE = {
    "store": "orderdesk.storage.store",
    "decisions": "orderdesk.storage.queries.decisions",
    "defects": "orderdesk.storage.queries.defects",
    "events": "orderdesk.storage.queries.events",
    "notices": "orderdesk.domain.notices",
    "order_detail": "orderdesk.storage.queries.order_detail",
    "shop_queries": "orderdesk.storage.queries.shop",
}


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(name)
    room = "ui" if name in _WINDOW else "services"
    return importlib.import_module(_ELSEWHERE.get(name, f"orderdesk.{room}.{name}"))


def load_all() -> None:
    """Load everything that a click will need, so that the first click is as fast as the second."""
    for name in __all__:
        if name != load_all.__name__:
            __getattr__(name)
