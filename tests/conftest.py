"""How thoroughly properties are tried: the same cases on every usual run, fresh and many more with
`--hypothesis-profile=nightly`. And where the tests' shops lie.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

_ON_A_BUSY_MACHINE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("usual", max_examples=50, derandomize=True, database=None, **_ON_A_BUSY_MACHINE)
settings.register_profile("nightly", max_examples=10_000, print_blob=True, **_ON_A_BUSY_MACHINE)
settings.load_profile("usual")

_MEMORY_DISK, _ROOM = Path("/dev/shm"), 4 * 2**30
if _MEMORY_DISK.is_dir() and shutil.disk_usage(_MEMORY_DISK).free > _ROOM:
    tempfile.tempdir = str(_MEMORY_DISK)  # thousands of small shops wait for the disk at every commit otherwise
