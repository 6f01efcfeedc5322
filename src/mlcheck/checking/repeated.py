"""One finding where a total breaks in most of its lines, since one thing is wrong and not many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from mlcheck.model.amount import Amount
from mlcheck.model.constraints import Constraint
from mlcheck.model.finding import Finding, Related
from mlcheck.translation import N_

EVERYWHERE = N_(
    "Printed {stated}; the {count} parts make {sum}. So it is in {broken} of the {decided} lines of this total."
)
LEAST = 3  # lines of one total that break, below which each is told by itself


def without_repeats(
    found: Sequence[tuple[Finding, Constraint]],
    verdicts: Mapping[int, str],
    constraints: Sequence[Constraint],
) -> Iterator[Finding]:
    """Yield findings, each with the constraint that speaks for it; those of one total that breaks in most lines as one."""
    decided: dict[str, list[int]] = {}
    for index, one in enumerate(constraints):
        if one.kind == "sum" and one.siblings and verdicts[index] in ("consistent", "inconsistent"):
            counts = decided.setdefault(one.siblings, [0, 0])
            counts[0] += 1
            counts[1] += verdicts[index] == "inconsistent"
    together: dict[str, list[Finding]] = {}
    for finding, main in found:
        total, broken = decided.get(main.siblings, (0, 0)) if main.kind == "sum" else (0, 0)
        if broken < LEAST or broken * 2 <= total:
            yield finding
        else:
            together.setdefault(main.siblings, []).append(finding)
    for key, findings in together.items():
        yield findings[0] if len(findings) == 1 else _one(findings, *decided[key])


def _one(findings: Sequence[Finding], decided: int, broken: int) -> Finding:
    """Return the surest of the findings of one total, which names the places of the others."""
    best = max(findings, key=lambda one: one.confidence)
    others = tuple(
        Related(one.location, one.label, _printed(one), one.figure) for one in findings if one is not best
    )
    values = {**best.values, "broken": broken, "decided": decided}
    return replace(best, message=EVERYWHERE, values=values, related=(*best.related, *others))


def _printed(finding: Finding) -> str:
    stated = finding.stated
    return stated.printed or "" if isinstance(stated, Amount) else stated or ""
