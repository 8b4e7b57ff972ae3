"""Remakes requirements.lock (what runs OrderDesk) and requirements-dev.lock (what checks it too) from pyproject.toml.

Needs uv on the PATH, in UV or beside this Python. Versions that are locked stay unless `--upgrade` or
`--upgrade-package NAME` is passed on; no address of a registry and no path of a machine is written.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
RUNTIME = ("requirements.lock", "--group", "build")
DEVELOPMENT = ("requirements-dev.lock", "--group", "dev", "--constraint", "requirements.lock")
OPTIONS = ("--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "--quiet")


def find_uv() -> str | None:
    beside = shutil.which("uv", path=str(Path(sys.executable).parent))
    return os.environ.get("UV") or shutil.which("uv") or beside


def main(arguments: list[str]) -> int:
    uv = find_uv()
    if uv is None:
        print("uv was not found: install it (pip install uv), or name it in the environment variable UV.", file=sys.stderr)
        return 1
    for lock, *options in (RUNTIME, DEVELOPMENT):
        command = [uv, "pip", "compile", "pyproject.toml", *options, *OPTIONS, *arguments, "--output-file", lock]
        if subprocess.run(command, check=False, cwd=PROJECT, stdout=subprocess.DEVNULL).returncode != 0:
            return 1
        print(f"{lock} is up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
