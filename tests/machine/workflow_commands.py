"""How the runner of GitHub Actions reads a line of output, written from what it does and not from what we write.

A line that begins with "::" and a known name, after spaces, is a command up to the next "::"; else a "##[name]"
anywhere in it is one of the old kind. What follows is data, in which only percent escapes mean anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

COMMANDS = (
    "error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "add-path", "set-env", "set-output",
    "save-state", "add-matcher", "remove-matcher", "stop-commands", "echo",
)  # fmt: skip
SHOWN = 10  # annotations of each kind in a step


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def commands(text: str) -> Iterator[Command]:
    """Yield the command of each line; a line without one is told as such."""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line:
            yield _new(line) or _old(line) or Command("", {}, line)


def annotations(read: Iterable[Command]) -> list[Command]:
    """Return the commands that GitHub shows beside the files: the first ten of each kind."""
    seen: Counter[str] = Counter()
    shown = []
    for command in read:
        seen[command.name] += 1
        if command.name in ("error", "warning", "notice") and seen[command.name] <= SHOWN:
            shown.append(command)
    return shown


def _new(line: str) -> Command | None:
    stripped = line.lstrip()
    if not stripped.startswith("::"):
        return None
    head, separator, data = stripped[2:].partition("::")
    name, _, listed = head.partition(" ")
    if not separator or name.lower() not in COMMANDS:
        return None
    pairs = (pair.split("=", 1) for pair in listed.strip().split(",") if pair)
    properties = {pair[0]: _unescape(pair[1], ":,") for pair in pairs if len(pair) == 2 and pair[1]}
    return Command(name.lower(), properties, _unescape(data, ""))


def _old(line: str) -> Command | None:
    _, start, rest = line.partition("##[")
    head, end, data = rest.partition("]")
    name = head.partition(" ")[0].lower()
    return Command(name, {}, data) if start and end and name in COMMANDS else None


def _unescape(text: str, also: str) -> str:
    for character in (*"\r\n", *also, "%"):
        text = text.replace(f"%{ord(character):02X}", character)
    return text
