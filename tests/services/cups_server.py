"""A CUPS server of the tests' own, with one queue whose printer writes PDF files (Debian: cups, cups-client, cups-filters,
ghostscript, printer-driver-cups-pdf)."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

QUEUE = "OrderDesk_PDF"
_SERVER = Path("/usr/sbin/cupsd")
_DRIVER = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
_TICK, _TICKS = 0.1, 300

_SETTINGS = """
Listen {home}/socket
Browsing Off
WebInterface No
LogLevel warn
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {home}/root
StateDir {home}/state
CacheDir {home}/cache
RequestRoot {home}/spool
TempDir {home}/temporary
AccessLog {home}/access
ErrorLog {home}/errors
PageLog {home}/pages
"""


def is_here() -> bool:
    """Whether this computer can print to a file: CUPS, its PDF printer, and the rights to start them."""
    return _SERVER.exists() and _DRIVER.exists() and os.geteuid() == 0


@contextmanager
def cups_server() -> Iterator[str]:
    """A running server that ends with the block; what CUPS_SERVER has to say to reach it."""
    home = Path(tempfile.mkdtemp(prefix="cups"))
    # The filters run as another user.
    home.chmod(0o755)
    for name in ("root", "state", "cache", "spool", "temporary"):
        (home / name).mkdir()
    (home / "temporary").chmod(0o1777)
    settings, files = home / "cupsd.conf", home / "cups-files.conf"
    settings.write_text(_SETTINGS.format(home=home), encoding="utf-8")
    files.write_text(_FILES.format(home=home), encoding="utf-8")
    server = subprocess.Popen([_SERVER, "-f", "-c", settings, "-s", files])
    try:
        assert until((home / "socket").exists)
        yield str(home / "socket")
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(home)


def add_pdf_queue() -> None:
    """One whose usual paper is A4; on its way through PostScript only this renderer keeps what the glyphs mean."""
    usual = ["-o", "pdftops-renderer-default=pdftocairo", "-o", "PageSize=A4"]
    words = ["-p", QUEUE, "-E", "-v", "cups-pdf:/", "-P", str(_DRIVER), *usual]
    subprocess.run(["lpadmin", *words], check=True, capture_output=True)


def until(is_so: Callable[[], bool]) -> bool:
    """Whether it came to be so, within half a minute."""
    pause = threading.Event()  # never set: it only lets the other process work
    return any(is_so() or pause.wait(_TICK) for _ in range(_TICKS))
