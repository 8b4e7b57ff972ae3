"""packaging/run.py as a module, and a small project that it sets up without a network."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

RUN = Path(__file__).parents[2] / "packaging" / "run.py"

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
# The least that pip takes for a build: an editable wheel whose `orderdesk` prints the words it was given.
BACKEND = """
import zipfile


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "orderdesk-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel_directory + "/" + name, "w") as wheel:
        wheel.writestr("tiny_desk.py", "import sys\\n\\ndef main():\\n    print(sys.argv[1:])\\n")
        about = "orderdesk-1.dist-info/"
        wheel.writestr(about + "METADATA", "Metadata-Version: 2.1\\nName: orderdesk\\nVersion: 1\\n")
        wheel.writestr(about + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(about + "entry_points.txt", "[console_scripts]\\norderdesk = tiny_desk:main\\n")
        wheel.writestr(about + "RECORD", "")
    return name
"""


@pytest.fixture(scope="session")
def run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("orderdesk_run", RUN)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tiny_project(tmp_path: Path) -> Path:
    project = tmp_path / "desk"
    (project / "packaging").mkdir(parents=True)
    shutil.copy(RUN, project / "packaging")
    (project / "pyproject.toml").write_text(PYPROJECT)
    (project / "backend.py").write_text(BACKEND)
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (project / lock).write_text("# nothing is needed\n")
    return project
