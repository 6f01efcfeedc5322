"""The rules that the results of a run refer to, numbered as they first speak."""

from __future__ import annotations

from typing import Any

from mlcheck.model.finding import Finding, Report
from mlcheck.rendering.machine import readable
from mlcheck.rendering.rules_page import texts
from mlcheck.rendering.wording import Wording

LEVELS = {"error": "error", "warning": "warning", "info": "note"}


class Rules:
    """Reporting descriptors that grow with the results, since a run is written as its reports come."""

    __slots__ = ("_descriptors", "_help_uri")

    def __init__(self, help_uri: str | None = None) -> None:
        self._help_uri = help_uri
        self._descriptors: dict[str, dict[str, Any]] = {}

    def index(self, finding: Finding, report: Report, wording: Wording) -> int:
        """Return the place of the rule of a finding among the descriptors; its ordinary severity is its level."""
        if finding.rule not in self._descriptors:
            level = LEVELS[report.rules.get(finding.rule, finding.severity)]
            self._descriptors[finding.rule] = _descriptor(finding, level, wording) | self._help(
                finding, wording.language
            )
        return list(self._descriptors).index(finding.rule)

    def _help(self, finding: Finding, language: str) -> dict[str, str]:
        """Return where the page of a rule is published, an absolute address; nothing where nobody said so."""
        if self._help_uri is None:
            return {}
        anchor = (
            f"{finding.rule}-{finding.name}".lower()
        )  # that of its heading in docs/rules.md, as GitHub and GitLab make it
        known = {"{code}": finding.rule, "{anchor}": anchor, "{language}": language}
        address = self._help_uri
        for name, value in known.items():
            address = address.replace(name, value)
        return {"helpUri": address}

    def descriptors(self) -> list[dict[str, Any]]:
        """Return the rules in the order of their places."""
        return list(self._descriptors.values())


_BRACES = str.maketrans({"{": "{{", "}": "}}"})


def _descriptor(finding: Finding, level: str, wording: Wording) -> dict[str, Any]:
    paragraphs = _paragraphs(finding, wording.language)
    return {
        "id": finding.rule,
        "name": finding.name,
        "shortDescription": message(paragraphs[0]),
        "fullDescription": message(*paragraphs),
        "help": message(*paragraphs, f"mlcheck explain {finding.rule}"),
        "defaultConfiguration": {"level": level},
    }


def _paragraphs(finding: Finding, language: str) -> list[str]:
    """Return what is said of a rule in a language, what is wrong first; without that, its name in words."""
    shown: str | None = texts().get(finding.rule, {}).get(language)
    if shown is None:
        return [f"{finding.name.replace('-', ' ').capitalize()}."]
    return [" ".join(paragraph.split()) for paragraph in shown.strip().split("\n\n")]


# Sentences as SARIF messages: what the standard would read as a placeholder or a link is only text.


def message(*sentences: str) -> dict[str, str]:
    """Return a message object of a line a sentence; braces are doubled and "](", the middle of a link, is parted."""
    text = "\n".join(map(readable, sentences))
    return {"text": text.translate(_BRACES).replace("](", "] (")}
