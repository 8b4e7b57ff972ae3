"""How thoroughly properties are tried: the same cases on every usual run, fresh and many more with
`--hypothesis-profile=nightly`.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

_ON_A_BUSY_MACHINE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("usual", max_examples=50, derandomize=True, database=None, **_ON_A_BUSY_MACHINE)
settings.register_profile("nightly", max_examples=10_000, print_blob=True, **_ON_A_BUSY_MACHINE)
settings.load_profile("usual")
