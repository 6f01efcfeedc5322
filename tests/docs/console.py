"""What the pages of docs/ show of the command line: the files that they write, the commands, what is printed.

- A block of ```console holds commands after "$ ", each followed by what it prints. A line "…" stands for any
  lines; where nothing is shown, nothing is compared. How long a run took is no matter. "$ echo $?" shows the
  exit status; where it is not shown, it is 0 or 1.
- The lines that count figures, claims and constraints are compared without their numbers, which each new check
  changes: python -m tests.docs.refresh writes them again.
- A block of ```toml or ```csv that starts with "# NAME" is that file, from there to the end of the page. The
  first line of a csv is only its name.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from typer.testing import CliRunner

from mlcheck.cli.main import app

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# ((?:[\w-]+/)?[\w-]+\.(?:toml|csv))\n")
NUMBER = re.compile(r"[\d\u00a0 .,]*\d")
BLANKS = re.compile(r"\s+")
COUNTS = re.compile(r"\d.*\b(chiffres|figures|affirmations|claims|contraintes|constraints)\b")
TOOK = re.compile(r"\b(en|in) \d+[.,]\d s\b")
ANYTHING = "…"
STATUS = "echo $?"


class Written(Struct, frozen=True):
    """A file that a page writes."""

    name: str
    text: str

    def write(self) -> None:
        """Write it in the working folder."""
        path = Path(self.name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(self.text, "utf-8")


class Command(Struct, frozen=True):
    """A command line, the lines shown under it (none if there are none), and its exit status if that is shown."""

    line: str
    shown: tuple[str, ...] = ()
    status: int | None = None


def steps(page: str) -> Iterator[Written | Command]:
    """Yield what a page writes and runs, in its order."""
    for kind, text in FENCE.findall(page):
        named = NAMED.match(text)
        if kind in ("toml", "csv") and named:
            yield Written(named[1], text if kind == "toml" else text[named.end() :])
        elif kind == "console":
            yield from _commands(text)


def _commands(text: str) -> Iterator[Command]:
    found: list[Command] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append(Command(line.removeprefix("$ ").strip()))
        elif found:
            last = found[-1]
            found[-1] = Command(last.line, (*last.shown, line))
    for at, command in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        if command.line != STATUS:
            shown = following.shown[0] if following and following.line == STATUS else None
            yield Command(command.line, command.shown, None if shown is None else int(shown))


def run(command: Command) -> tuple[int, list[str]]:
    """Run a command in the working folder; return its exit status and the lines it prints."""
    words = [word for argument in shlex.split(command.line, comments=True) for word in _expanded(argument)]
    assert words[0] == "mlcheck", command.line
    given = Path(words.pop()).read_bytes() if len(words) > 1 and words[-2] == "<" else None
    if given is not None:
        words.pop()
    result = CliRunner().invoke(app, words[1:], prog_name="mlcheck", input=given)
    return result.exit_code, lines_of(result.output)


def _expanded(argument: str) -> list[str]:
    return sorted(map(str, Path().glob(argument))) if "*" in argument else [argument]


def lines_of(text: str) -> list[str]:
    """Return lines without what differs from run to run, and without blank ones at the end."""
    lines = [TOOK.sub(r"\1 0.0 s", line.rstrip()) for line in text.removeprefix("\ufeff").splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Tell whether the printed lines are those shown, where "…" stands for any lines."""
    return (
        matched(shown, printed, lambda one, other: one == other or (counts(one) and alike(one, other)))
        is not None
    )


def counts(line: str) -> bool:
    """Tell whether a line counts the figures, claims or constraints of a report."""
    return bool(COUNTS.match(line))


def alike(one: str, other: str) -> bool:
    """Tell whether two lines differ in their numbers, and in the blanks that these move, alone."""
    one, other = (BLANKS.sub(" ", NUMBER.sub(" #", line)) for line in (one, other))
    return one == other


def matched(shown: list[str], printed: list[str], like: Callable[[str, str], bool]) -> list[str] | None:
    """Return the printed line in the place of each one shown, None where they are not like each other."""
    if not shown:
        return None if printed else []
    if shown[0].strip() == ANYTHING:
        rests = (matched(shown[1:], printed[at:], like) for at in range(len(printed) + 1))
        rest = next((found for found in rests if found is not None), None)
        return None if rest is None else [shown[0], *rest]
    if not printed or not like(shown[0], printed[0]):
        return None
    rest = matched(shown[1:], printed[1:], like)
    return None if rest is None else [printed[0], *rest]
