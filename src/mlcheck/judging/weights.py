"""The weights of evidence: log-odds in hundredths of a nat, so that sums of them are whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp
from pathlib import Path

import msgspec
import tomli
from msgspec import Struct

from mlcheck.model.constraints import Constraint

_FILE = Path(__file__).parent.parent / "data" / "judging" / "weights.toml"
ERROR = 220  # log-odds of nine in ten
WARNING = 0  # of one in two


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """What each feature of a relation, of its gap and of its suspects is worth; one that is not named is worth nothing.

    `rules` are the log-odds of each rule before any evidence, `remarks` those of remarks that no arithmetic makes,
    both by code or family; `claims` is what a gap is worth where a sentence is held to account.
    """

    rules: dict[str, int]
    evidence: dict[str, int]
    gap: dict[str, int]
    claims: dict[str, int]
    remarks: dict[str, int]

    def rule(self, code: str) -> int:
        """Return the log-odds of a rule, by its code, else by its family."""
        return self.rules.get(code, self.rules.get(code[:3], 0))

    def of_gap(self, one: Constraint) -> Mapping[str, int]:
        """Return what the features of a gap are worth for a constraint."""
        return self.gap if one.claim is None else self.claims

    def remark(self, code: str) -> int:
        """Return the log-odds of a remark, by its code, else by its family."""
        return self.remarks.get(code, self.remarks.get(code[:3], 400))


@cache
def weights() -> Weights:
    """Return the weights that were fitted."""
    return msgspec.convert(tomli.loads(_FILE.read_text("utf-8")), Weights)


def total(features: Mapping[str, int], worth: Mapping[str, int]) -> int:
    """Return the log-odds of some features: Σ count · weight."""
    return sum(count * worth.get(name, 0) for name, count in features.items())


def probability(log_odds: int) -> float:
    """Return the probability of log-odds in hundredths of a nat, with two decimals that are never 0 or 1."""
    return min(max(round(1 / (1 + exp(-log_odds / 100)), 2), 0.01), 0.99)
