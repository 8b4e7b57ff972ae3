"""The locks hold all that is asked for, with hashes, and nothing of the machine that made them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PYPROJECT: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(lock: str) -> dict[str, list[str]]:
    """Requirement as written -> its hashes."""
    joined = (PROJECT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split(" --hash=") for line in joined.splitlines() if not line.startswith("#")]
    return {words[0].strip(): [word.strip() for word in words[1:]] for words in lines}


def versions(lock: str) -> dict[str, str]:
    pinned = [Requirement(requirement) for requirement in locked(lock)]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pinned}


def group(name: str) -> list[str]:
    """A dependency group's requirements, those of the groups it includes too."""
    found: list[str] = []
    for entry in PYPROJECT["dependency-groups"][name]:
        found += group(entry["include-group"]) if isinstance(entry, dict) else [entry]
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry_and_no_folder(lock: str) -> None:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=)|(^|\s)/\w", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_sha256_hashes(lock: str) -> None:
    for requirement, hashes in locked(lock).items():
        assert re.fullmatch(r"==[\w.+!]+", str(Requirement(requirement).specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes), requirement


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("requirements.lock", PYPROJECT["project"]["dependencies"] + group("build")),
        ("requirements-dev.lock", PYPROJECT["project"]["dependencies"] + group("dev")),
    ],
)
def test_what_pyproject_asks_for_is_locked_in_a_version_it_allows(lock: str, asked: list[str]) -> None:
    pinned = versions(lock)
    for requirement in map(Requirement, asked):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_the_tests_run_with_the_versions_that_the_seller_gets() -> None:
    assert versions("requirements.lock").items() <= versions("requirements-dev.lock").items()
