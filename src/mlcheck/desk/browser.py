"""The browser of the person who waits, where there is one."""

from __future__ import annotations

import os
import sys
import webbrowser
from contextlib import suppress


def open_page(address: str) -> bool:
    """Open an address in the browser; tell whether one was there.

    Without a screen there is none: what a terminal has for one would take the terminal.
    """
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("BROWSER")
    if sys.platform not in ("win32", "darwin") and not screen:
        return False
    with suppress(webbrowser.Error, OSError):
        return webbrowser.open(address)
    return False
