"""A table after extraction: its lines, their figures, and what its layout says of them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from mlcheck.model.document import Locator
from mlcheck.model.formula import CellFormula
from mlcheck.model.quantity import Quantity
from mlcheck.model.relation import Evidence

Axis = Literal["row", "column"]
State = Literal["number", "nil", "blank", "unknown", "error"]
Role = Literal["part", "total", "of_which", "title", "share", "variation", "mean", "other"]
Statistic = Literal[
    "mean", "median", "minimum", "maximum", "quantile", "rate", "price", "index", "age", "duration", "running", "rank", "period",
    "variation", "share",
]  # fmt: skip
RelationKind = Literal[
    "sum", "of_which", "share", "variation", "mean", "difference", "distribution", "running", "product", "average", "within",
    "ordered", "stock",
]  # fmt: skip
Belief = Literal["words", "layout", "arithmetic"]


class Line(Struct, frozen=True):
    """A row or a column of a table.

    Lines are known by their index in `Table.rows` or `Table.columns`; `position` is the 0-based row or
    column of the sheet. `label` is the printed label, `path` the titles or spanners above it
    (outermost first). `dimension` and `member`, or else
    `measure` and what it `counts`, are names of the profile, or None. `locator` is the place of its label,
    `depth` how far it is indented, and `declared` says that the profile names it a total. `statistic` is what its
    measure is where it is never added up, `scenario` what it states beside others of the same thing, `codes` the numbers
    of a nomenclature that columns beside its label give it.
    """

    position: int
    label: str
    role: Role = "part"
    path: tuple[str, ...] = ()
    unit: str = "count"
    dimension: str | None = None
    member: str | None = None
    measure: str | None = None
    counts: str | None = None
    year: int | None = None
    hidden: bool = False
    locator: Locator | None = None
    declared: bool = False
    depth: int = 0
    statistic: Statistic | None = None
    scenario: str | None = None
    codes: tuple[str, ...] = ()


class Entry(Struct, frozen=True):
    """One body cell: a number, or why there is none. `quantity` is None unless state is "number".

    `figure` is its id in the facts of the report; `stored` is what the workbook behind a chart holds,
    printed alike, where the chart draws something else. `formula` is the relation by which its author computes
    it, with the cells of the sheet.
    """

    figure: int
    state: State
    printed: str
    locator: Locator
    quantity: Quantity | None = None
    hidden: bool = False
    stored: str | None = None
    formula: CellFormula | None = None


class Relation(Struct, frozen=True):
    """What the layout says of the lines of one axis: for each crossing, target = Σ coefficient · source.

    For "of_which" the target is the whole and the sources are parts of it; for "share" the target is a
    percentage, the first source its numerator and the second its base, or all others together; for "variation" the sources are
    the present and the former line; for "distribution" the sources make 100 and target is -1; for "mean" and
    "product" the target is the mean or the price, and the sources the amount and the number; a target "within"
    lies between the least and the greatest source, an "average" is their mean, and those "ordered" rise from the first source to the target.
    `crossings` are the positions on the other axis where it is to hold; a share of a total has one source
    and, in `base`, the crossing at which the source prints its total, or in `wholes` those at which it prints all that
    makes it. A change with one source, and a "running"
    total, lead from each crossing to the next. Where the choice of the sources would be another one without a
    crossing, that is none of the `firm` ones; None is all of them.
    """

    kind: RelationKind
    axis: Axis
    target: int
    sources: tuple[tuple[int, int], ...]
    crossings: tuple[int, ...]
    belief: Belief = "words"
    base: int = -1
    evidence: Evidence = Evidence()
    firm: frozenset[int] | None = None
    wholes: tuple[int, ...] = ()


class Note(Struct, frozen=True):
    """A quantity in a note under or beside a table, such as "(dont 29 € de frais de gestion)".

    `target` is the (row, column) index of the total it stands under, None if it has none.
    """

    figure: int
    text: str
    quantity: Quantity
    locator: Locator
    target: tuple[int, int] | None = None


class Table(Struct, frozen=True):
    """A table of a report.

    `name` is unique in its report (sheet and top-left cell unless the profile names it `identity`);
    `sections` are the headings above it, outermost first; `entries` maps (row, column) indexes;
    `stub` is what stands over the row labels.
    """

    name: str
    title: str
    sections: tuple[str, ...]
    locator: Locator
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    entries: dict[tuple[int, int], Entry]
    relations: tuple[Relation, ...] = ()
    notes: tuple[Note, ...] = ()
    headnote: str = ""
    stub: str = ""
    identity: str | None = None
    hidden: bool = False
    slashes: bool = field(default=False)
