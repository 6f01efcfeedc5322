"""Weights learned from examples: what they make of an example, and the file that the program reads them from."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from calibrating.balance import balanced, within_documents
from calibrating.examples import Example
from calibrating.fitting import Prior, fitted, rate
from mlcheck.judging.weights import RULE, SENTENCE, Weights

THOUGHT = Path(__file__).with_name("prior.toml")
SPREAD = 100  # hundredths of a nat: how far off what was thought may be
STRENGTH = 2.0  # remarks that what was thought of their rule counts for
BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Learned:
    """What examples say: the weights of features, the log-odds of remarks by code, and what was thought of the others."""

    weights: Mapping[str, int]
    remarks: Mapping[str, int]
    thought: Weights

    def odds(self, one: Example) -> int:
        """Return the log-odds that an example is true."""
        if one.remark:
            return self.remarks.get(one.code, self.thought.remark(one.code))
        return sum(count * self._worth(name) for name, count in one.features.items())

    def _worth(self, name: str) -> int:
        return self.weights.get(name, self.thought.worth(name))


def thought() -> Weights:
    """Return the weights before any example."""
    return Weights(**{key: values for key, values in _file().items() if key in Weights.__struct_fields__})


def prior(names: Iterable[str]) -> Prior:
    """Return what is thought of the weights of features before any example."""
    known, held = thought(), _file()
    signs, firm = held["signs"], held["firm"]
    means = {name: known.worth(name) for name in names}
    spreads = {name: firm["spread"] for name in means if name.startswith(tuple(firm["names"]))}
    return Prior(means, SPREAD, spreads, frozenset(signs["positive"]), frozenset(signs["negative"]))


@cache
def _file() -> dict[str, dict[str, Any]]:
    return tomllib.loads(THOUGHT.read_text("utf-8"))


def learned(examples: Sequence[Example]) -> Learned:
    """Return what examples say."""
    known = thought()
    relations = [one for one in examples if not one.remark]
    weights = balanced(relations)
    labelled = [(one.features, one.true, weight) for one, weight in zip(relations, weights, strict=True)]
    names = {name for one in relations for name in one.features}
    return Learned(fitted(labelled, prior(names)), _remarks(examples, known), known)


def _remarks(examples: Sequence[Example], known: Weights) -> dict[str, int]:
    """Return the log-odds of remarks by code: how often they were true, in documents with one slip each."""
    sums: Counter[tuple[str, bool]] = Counter()
    for one, weight in zip(examples, within_documents(examples), strict=True):
        if one.remark:
            sums[one.code, one.true] += weight
    codes = sorted({code for code, _ in sums})
    return {code: rate(sums[code, True], sums[code, False], known.remark(code), STRENGTH) for code in codes}


# The file of the weights, each section in the order it had.


def with_learned(text: str, known: Learned) -> str:
    """Return the text of the file of weights with what was learned, its first comments kept."""
    header = text[: text.index("[rules]")]
    return header + "\n".join(_section(name, values) for name, values in sections(known).items())


def sections(known: Learned) -> dict[str, dict[str, int]]:
    """Return the weights by section; a rule whose weight is that of its family is not named."""
    before = known.thought
    rules = dict(before.rules)
    evidence, gap, claims = dict(before.evidence), dict(before.gap), dict(before.claims)
    for name, weight in known.weights.items():
        if name.startswith(RULE):
            code = name.removeprefix(RULE)
            if code in rules or weight != before.rule(code):
                rules[code] = weight
        elif name.startswith(SENTENCE):
            claims[name.removeprefix(SENTENCE)] = weight
        elif name in gap:
            gap[name] = weight
        else:
            evidence[name] = weight
    remarks = {**before.remarks, **known.remarks}
    own = {"rules": rules, "evidence": evidence, "gap": gap, "claims": claims, "remarks": remarks}
    return own | {"slips": dict(before.slips), "most": dict(before.most)}


def _section(name: str, values: Mapping[str, int]) -> str:
    lines = [f"{key if BARE.fullmatch(key) else _quoted(key)} = {value}" for key, value in values.items()]
    return "\n".join([f"[{name}]", *lines]) + "\n"


def _quoted(key: str) -> str:
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'
