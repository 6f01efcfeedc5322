"""How often Python looks for what nothing reaches any more."""

from __future__ import annotations

import atexit
import gc

OBJECTS_BETWEEN_COLLECTIONS = 500_000  # 700 unless said otherwise


def collect_seldom() -> None:
    """Have Python seldom look for unreachable cycles, and never at the end of the process.

    A run makes next to none, and most of what it makes lives until its end: the usual search through it all,
    again and again while modules load and once more at exit, costs a fifth of the check of one report.
    """
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    atexit.unregister(gc.freeze)  # not twice
    atexit.register(gc.freeze)


def collect() -> None:
    """Free the cycles that the reports before left, so that memory does not grow with their number.

    What is loaded by then stays: it is looked at once.
    """
    gc.collect()
    if not gc.get_freeze_count():
        gc.freeze()
