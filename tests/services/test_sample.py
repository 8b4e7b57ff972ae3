"""The sample shop: everything a seller may meet, sound, the same every time, and printable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from orderdesk.documents.compose import compose_apology
from orderdesk.documents.render import check_printable
from orderdesk.domain.customers import Customer
from orderdesk.domain.errors import CanceledError, RefusedError
from orderdesk.domain.money import Money
from orderdesk.domain.notices import ApologyFacts, DelayedLine
from orderdesk.domain.shop import Address, ShopProfile
from orderdesk.services import apologies, customers, history, products
from orderdesk.services.checks import check
from orderdesk.services.drafts import CustomerDraft, ProductDraft
from orderdesk.services.sample import make_sample_shop
from orderdesk.services.shop import save_shop_profile, shop_profile
from orderdesk.services.tasks import NO_PROGRESS, Progress
from orderdesk.storage.queries.customers import customer_counts
from orderdesk.storage.queries.export import UNSORTED if False else None
