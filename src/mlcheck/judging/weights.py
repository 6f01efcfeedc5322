"""The weights of evidence: log-odds in hundredths of a nat, so that sums of them are whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp
from pathlib import Path

import msgspec
import tomli
from msgspec import Struct, field

_FILE = Path(__file__).parent.parent / "data" / "judging" / "weights.toml"
ERROR = 220  # log-odds of nine in ten
WARNING = 0  # of one in two
RULE = "rule "  # starts the feature that names the rule of a relation
SENTENCE = "sentence: "  # starts the features of a break where a sentence is held to account


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """What each feature of a relation, of its gap and of its suspects is worth; one that is not named is worth nothing.

    `rules` are the log-odds of each rule before any evidence, `remarks` those of remarks that no arithmetic makes,
    both by code or family; `claims` is what a gap is worth where a sentence is held to account; `slips` is what each
    kind of slip costs. `most` is what a break may be worth at most that has a feature, whatever else speaks for it.
    `known` keeps what was looked up.
    """

    rules: dict[str, int]
    evidence: dict[str, int]
    gap: dict[str, int]
    claims: dict[str, int]
    remarks: dict[str, int]
    slips: dict[str, int]
    most: dict[str, int]
    known: dict[str, int] = field(default_factory=dict)

    def rule(self, code: str) -> int:
        """Return the log-odds of a rule, by its code, else by its family."""
        return self.rules.get(code, self.rules.get(code[:3], 0))

    def log_odds(self, features: Mapping[str, int]) -> int:
        """Return the log-odds of some features: Σ count · weight, or the most that one of them allows."""
        made, known = 0, self.known
        for name, count in features.items():
            worth = known.get(name)
            made += count * (self.worth(name) if worth is None else worth)
        for name, limit in self.most.items():
            if limit < made and name in features:
                made = limit
        return made

    def worth(self, name: str) -> int:
        """Return the weight of a feature."""
        if name not in self.known:
            self.known[name] = self._looked_up(name)
        return self.known[name]

    def _looked_up(self, name: str) -> int:
        if name.startswith(RULE):
            return self.rule(name.removeprefix(RULE))
        if name.startswith(SENTENCE):
            return self.claims.get(name.removeprefix(SENTENCE), 0)
        return self.evidence.get(name, self.gap.get(name, 0))

    def remark(self, code: str) -> int:
        """Return the log-odds of a remark, by its code, else by its family."""
        return self.remarks.get(code, self.remarks.get(code[:3], 400))


@cache
def weights() -> Weights:
    """Return the weights in force."""
    return msgspec.convert(tomli.loads(_FILE.read_text("utf-8")), Weights)


def probability(log_odds: int) -> float:
    """Return the probability of log-odds in hundredths of a nat, with two decimals that are never 0 or 1."""
    return min(max(round(1 / (1 + exp(-log_odds / 100)), 2), 0.01), 0.99)
