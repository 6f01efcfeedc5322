"""Write the numbers of what the pages show again, after they changed: python -m tests.docs.refresh

Lines that differ in more than their numbers are left as they are, and the test of the page tells them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from tests.docs.console import TOOK, Command, Written, alike, lines_of, matched, run, steps
from tests.docs.running import PAGES, ROOT, furnish


def refresh(page: str) -> None:
    """Run what a page shows and write its numbers into it."""
    path = ROOT / page
    text = path.read_text("utf-8")
    with tempfile.TemporaryDirectory() as below, pytest.MonkeyPatch.context() as monkeypatch:
        furnish(Path(below), page, monkeypatch)
        for step in steps(text):
            if isinstance(step, Written):
                step.write()
            elif step.line.startswith("mlcheck "):
                text = text.replace(*refreshed(step), 1)
    path.write_text(text, "utf-8")


def refreshed(command: Command) -> tuple[str, str]:
    """Return what a page shows of a command, and the same with the numbers of now."""
    _, printed = run(command)
    fresh = matched(lines_of("\n".join(command.shown)), printed, alike) if command.shown else None
    shown = "\n".join((f"$ {command.line}", *command.shown))
    if fresh is None:
        return shown, shown
    lines = [timed(line, old) for line, old in zip(fresh, command.shown, strict=False)]
    rest = command.shown[len(fresh) :]
    return shown, "\n".join((f"$ {command.line}", *lines, *rest))


def timed(line: str, old: str) -> str:
    """Return a line with the time that the page showed: how long a run takes is no matter."""
    took = TOOK.search(old)
    return TOOK.sub(took[0], line) if took else line


if __name__ == "__main__":
    for page in sys.argv[1:] or PAGES:
        refresh(page)
