"""What is said of a rule in the reader's language, with a report that is right and one that is wrong."""

from __future__ import annotations

import inspect
from functools import cache
from pathlib import Path
from typing import Any

import tomli
from msgspec import Struct

from mlcheck.model.constraints import Rule

FILE = Path(__file__).parents[1] / "data" / "examples.toml"
TITLE = "# "  # starts the title of a table in an example


class Example(Struct, frozen=True):
    """A report that a rule finds nothing wrong in, and one where it does, each as its author would see it.

    `prior` is last year's report, `profile` what the profile says; empty where the rule needs none.
    """

    good: str
    bad: str
    prior: str = ""
    profile: str = ""


@cache
def texts() -> dict[str, dict[str, Any]]:
    """Return what data/examples.toml holds, by the code of the rule."""
    return tomli.loads(FILE.read_text("utf-8"))


def explained(rule: Rule, language: str) -> str:
    """Return the explanation of a rule: one line, then what there is to know beyond it.

    In English it is its docstring, unless that speaks for several rules; a rule without a translation is
    explained in English.
    """
    told: str | None = texts().get(rule.code, {}).get(language)
    return told or inspect.getdoc(rule.check) or ""


def example(rule: Rule) -> Example | None:
    """Return the example of a rule, None where it has none."""
    told = texts().get(rule.code, {})
    if "good" not in told:
        return None
    shown = {key: _shown(told[key]) for key in Example.__struct_fields__ if key in told}
    return Example(**shown)


def _shown(text: str) -> str:
    """Return an example as it is printed, without the mark of its titles."""
    return "\n".join(line.removeprefix(TITLE) for line in text.strip("\n").splitlines())
