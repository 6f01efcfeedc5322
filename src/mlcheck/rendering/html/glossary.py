"""The rules that found something, explained: what a code stands for."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from mlcheck.rendering.html.findings import ShownFinding
from mlcheck.rendering.html.words import FAMILIES
from mlcheck.rendering.wording import Wording


class Entry(Struct, frozen=True):
    """A rule with its name, what its family is about, and the anchors and places of its findings."""

    code: str
    name: str
    family: str
    found: tuple[tuple[str, str], ...]


def glossary(found: Iterable[ShownFinding], wording: Wording) -> list[Entry]:
    """Return the rules of findings, by their codes."""
    rules: dict[str, list[ShownFinding]] = {}
    for finding in found:
        rules.setdefault(finding.rule, []).append(finding)
    return [_entry(code, own, wording) for code, own in sorted(rules.items())]


def _entry(code: str, own: list[ShownFinding], wording: Wording) -> Entry:
    family = FAMILIES.get(code[:3])
    places = tuple((finding.anchor, finding.where) for finding in own)
    return Entry(code, own[0].name.replace("-", " "), wording.say(family) if family else "", places)
