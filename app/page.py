"""The program that is double-clicked: it opens the page, which follows the report that is dropped on the program."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()  # a process that a check is made in is this program again: it goes no further than here
    from start import kept_open, start

    sys.argv[1:1] = ["ui"]
    with kept_open():
        start()
