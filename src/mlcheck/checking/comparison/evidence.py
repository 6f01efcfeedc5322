"""Which of two figures that differ the checks of its own file bear out, and how the other may have been mistyped."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from mlcheck.checking.check import Job
from mlcheck.checking.comparison.quantities import cut_off, in_one_unit
from mlcheck.checking.coverage import solved_job
from mlcheck.checking.suspects import SLIPS
from mlcheck.checking.truncation import ONLY_CUT
from mlcheck.model.comparison import Compared, Side
from mlcheck.model.quantity import Quantity
from mlcheck.solving.slips import Slip, slip

STRONG = 1  # the rank of the slips that few pairs of numbers show, beside the sign
LEAST_DIGITS = 3  # of numbers in which the others tell something: a digit of "12" differs by chance


def with_evidence(compared: Iterable[Compared], left: Job, right: Job) -> list[Compared]:
    """Return what was compared, with the verdict of each file's own checks where the two differ."""
    found = list(compared)
    if not any(one.agreement == "different" for one in found):
        return found
    ours, theirs = _coverage(left), _coverage(right)
    return [_told(one, ours, theirs) if one.agreement == "different" else one for one in found]


def _coverage(job: Job) -> dict[int, str]:
    """Map each figure of a report to its verdict."""
    assert job.facts is not None
    frame = solved_job(job, job.facts).solution.coverage
    return dict(zip(frame["figure"].to_list(), frame["coverage"].to_list(), strict=True))


def _told(one: Compared, ours: dict[int, str], theirs: dict[int, str]) -> Compared:
    left, right = ours.get(one.left.figure, "unchecked"), theirs.get(one.right.figure, "unchecked")
    favours = _favours(left, right)
    return replace(
        one,
        left=replace(one.left, coverage=left),
        right=replace(one.right, coverage=right),
        favours=favours,
        hint=hint(one.left.quantity, one.right.quantity, favours),
    )


def _favours(left: str, right: str) -> Side | None:
    """Return the file that is proven where the other is not, or not contradicted where the other is."""
    for verdict, favoured in (("proven", True), ("contradicted", False)):
        if (left == verdict) != (right == verdict):
            return "left" if (left == verdict) == favoured else "right"
    return None


def hint(left: Quantity | None, right: Quantity | None, favours: Side | None) -> str:
    """Return the message of the slip that makes one figure of the other, empty where none is likely."""
    if left is None or right is None:
        return ""
    if cut_off(left, right):
        return ONLY_CUT
    for one, other in in_one_unit(left, right):
        if one.step == other.step:
            return _slip(int(one.value / one.step), int(other.value / other.step), favours)
    return ""


def _slip(left: int, right: int, favours: Side | None) -> str:
    """Return the message of the likeliest slip between two numbers of steps, the favoured one being meant."""
    ways = [(right, left)] if favours == "left" else [(left, right)]
    if favours is None:
        ways.append((right, left))
    slips = [found for old, new in ways if (found := slip(old, new)) and _tells(found, left, right)]
    best = min(slips, key=lambda found: found.rank, default=None)
    return SLIPS[best.kind] if best else ""


def _tells(found: Slip, left: int, right: int) -> bool:
    """Tell whether a slip between two numbers is more than chance."""
    if found.kind == "one off" and abs(left - right) != 1:
        return False
    least = min(len(str(abs(number))) for number in (left, right))
    return found.rank <= STRONG or found.kind == "sign" or least >= LEAST_DIGITS
