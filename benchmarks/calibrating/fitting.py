"""Weights that explain labelled examples best, and stay near what was thought of them where the examples say little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

Features = Mapping[str, int]
ENOUGH = 1e-4  # nats: a sweep that moves no weight further is the last
SWEEPS = 500
LONGEST = 1.0  # nats: further than that, the curvature at hand says nothing


@dataclass(frozen=True)
class Prior:
    """What is thought of weights before any example, in hundredths of a nat.

    `means` are what they are likely to be, 0 where it says nothing; `spread` is how far off that may be, `spreads` where
    it is another. Those of `positive` are never below 0, those of `negative` never above.
    """

    means: Mapping[str, int]
    spread: int
    spreads: Mapping[str, int] = field(default_factory=dict)
    positive: frozenset[str] = frozenset()
    negative: frozenset[str] = frozenset()

    def bounds(self, name: str) -> tuple[float, float]:
        """Return between which nats a weight must lie."""
        return 0.0 if name in self.positive else -np.inf, 0.0 if name in self.negative else np.inf


def fitted(examples: Sequence[tuple[Features, bool, float]], prior: Prior) -> dict[str, int]:
    """Return the likeliest weight of each feature, in hundredths of a nat; examples are features, label and weight.

    It is a logistic regression with a normal prior, by one weight after the other: each step is Newton's, cut
    where it would leave its bounds. The same examples give the same weights in any order.
    """
    features, labels, mass = _gathered(examples)
    names = sorted({name for one in features for name, count in one.items() if count})
    rows = {name: np.array([n for n, one in enumerate(features) if one.get(name)]) for name in names}
    counts = {name: np.array([features[n][name] for n in rows[name]], dtype=float) for name in names}
    weights = {name: np.clip(prior.means.get(name, 0) / 100, *prior.bounds(name)) for name in names}
    odds = np.array([sum(weights[name] * count for name, count in one.items() if count) for one in features])
    precision = {name: (100 / prior.spreads.get(name, prior.spread)) ** 2 for name in names}
    for _ in range(SWEEPS):
        moved = 0.0
        for name in names:
            own, count = rows[name], counts[name]
            likely = 1 / (1 + np.exp(-odds[own]))
            pull = precision[name] * (weights[name] - prior.means.get(name, 0) / 100)
            slope = float(np.sum(mass[own] * count * (labels[own] - likely))) - pull
            bend = float(np.sum(mass[own] * count**2 * likely * (1 - likely))) + precision[name]
            to = np.clip(weights[name] + np.clip(slope / bend, -LONGEST, LONGEST), *prior.bounds(name))
            odds[own] += count * (to - weights[name])
            moved, weights[name] = max(moved, abs(to - weights[name])), to
        if moved < ENOUGH:
            break
    return {name: round(100 * float(weight)) for name, weight in weights.items()}


def _gathered(
    examples: Sequence[tuple[Features, bool, float]],
) -> tuple[list[dict[str, int]], np.ndarray, np.ndarray]:
    """Return the examples that differ, in a fixed order, with the weight of all that are alike."""
    alike: dict[tuple[tuple[tuple[str, int], ...], bool], list[float]] = defaultdict(list)
    for features, label, weight in examples:
        alike[tuple(sorted(features.items())), label].append(weight)
    ordered = sorted(alike)
    mass = np.array([sum(sorted(alike[key])) for key in ordered])
    return [dict(features) for features, _ in ordered], np.array([float(label) for _, label in ordered]), mass


def rate(true: float, false: float, thought: int, strength: float) -> int:
    """Return the log-odds of what is true so often, where `strength` examples stand for what was thought, in hundredths."""
    likely = 1 / (1 + np.exp(-thought / 100))
    return round(100 * float(np.log((true + strength * likely) / (false + strength * (1 - likely)))))
