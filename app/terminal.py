"""The program `mlcheck` of the folder: what is typed in a terminal."""

from __future__ import annotations

from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()  # a process that a check is made in is this program again: it goes no further than here
    from start import start

    start()
