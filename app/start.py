"""How the programs of the folder begin, and how the window of the one that is double-clicked ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")


def start() -> None:
    """Run the command line of mlcheck; what it starts, such as a browser, loads the libraries of the system."""
    for name in LIBRARIES:
        before = os.environ.pop(f"{name}_ORIG", None)
        if before is not None:
            os.environ[name] = before
        else:
            os.environ.pop(name, None)
    from mlcheck.cli.main import main

    main()


@contextmanager
def kept_open() -> Iterator[None]:
    """Where something went wrong, keep the window that Windows opened until it was read: it would close with the program."""
    try:
        yield
    except SystemExit as leaving:
        if leaving.code not in (0, None) and sys.platform == "win32" and os.isatty(0):
            with suppress(EOFError, KeyboardInterrupt):
                input("\n⏎ ")
        raise
