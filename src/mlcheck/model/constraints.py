"""What rules make: constraints that are linear in the figures, and remarks that need no arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from mlcheck.model.relation import Evidence

if TYPE_CHECKING:
    from mlcheck.model.document import Locator
    from mlcheck.model.finding import Severity, Stated, Value

ConstraintKind = Literal[
    "sum", "bound", "within", "share", "variation", "points", "mean", "equal", "distribution", "relation"
]
BOUNDS = (
    "bound",
    "within",
)  # what is at most something; "within" where the least or the greatest of several is meant
Number = int | Decimal


FEWEST_PARTS = 3  # figures of a sum, beyond which one of its parts can be missing


class Side(Struct, frozen=True):
    """Σ coefficient · figure lies within [lower, upper]; None is unbounded.

    `positive` is a figure that must be above zero for the side to mean anything (a base).
    """

    terms: tuple[tuple[int, Number], ...]
    lower: Number | None = None
    upper: Number | None = None
    positive: int | None = None


class Constraint(Struct, frozen=True):
    """What figures must satisfy together, counted once whatever its number of sides.

    `stated` is the figure held to account (a total, a percentage), `claim` the index of the claim it
    comes from. An `adaptive` sum learns its tolerance from the other sums of its `group`.
    `name` is the rule of the profile that states it, `evidence` why it is believed; constraints with the same
    `siblings` (a table, then what parts its relations) are one relation in several lines. One that is `firm` would be
    held to a wrong number as well: only such a one proves anything. A mean is taken `per` so many: "4 pour 1 000".
    """

    rule: str
    kind: ConstraintKind
    sides: tuple[Side, ...]
    stated: int | None = None
    claim: int | None = None
    severity: Severity = "error"
    adaptive: bool = False
    group: str = ""
    name: str = ""
    evidence: Evidence = Evidence()
    siblings: str = ""
    firm: bool = True
    per: int = 1

    def is_sum_of_several(self) -> bool:
        """Tell whether it is a sum that still compares something without one of its parts; a mean of fewer is another."""
        terms: dict[int | None, Number] = (
            dict(self.sides[0].terms) if self.kind == "sum" and self.sides else {}
        )
        return len(terms) > FEWEST_PARTS and abs(terms.get(self.stated, 1)) == 1


class Remark(Struct, frozen=True):
    """Something wrong or odd that no arithmetic decides: a missing row, a variant spelling.

    `message` is an English template filled from `values`; `figures` are the places it speaks of (the
    first is the main one), `table` the name of the table when it has no figure. `location` and `stated`
    are those of the label that is wrong, where it is one. An error speaks for the violated constraints that hold a
    figure it `explains` to account; what is less is not told where such a figure is in a violated constraint. One that
    only `doubts` its figure is not told of one that is proven.
    """

    rule: str
    severity: Severity
    message: str
    values: dict[str, Value] = field(default_factory=dict)
    figures: tuple[int, ...] = ()
    table: str | None = None
    expected: Stated | None = None
    stated: Stated | None = None
    location: Locator | None = None
    explains: tuple[int, ...] = ()
    doubts: bool = False


class Rule(Struct, frozen=True):
    """A rule of the tuple RULES.

    `check` is a pure function of the facts of one report; the first line of its docstring says what is
    wrong as the reader of the report sees it.
    `message` is the English template of its findings, empty where it writes remarks of its own. A rule
    that reads "figures" is given their frame and the profile, one that reads "constraints" the facts and
    all constraints of the other rules, one that reads "waivers" those that have expired and those that nothing needs.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[..., Iterable[Constraint | Remark]]
    message: str = ""
    reads: Literal["facts", "figures", "constraints", "waivers"] = "facts"

    @property
    def family(self) -> str:
        """The three letters that start its code."""
        return self.code[:3]
