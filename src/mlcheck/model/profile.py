"""What is known beforehand of a family of reports."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct, field


class Dimension(Struct, frozen=True):
    """A named list of members, such as the communes.

    `members` maps the canonical label of each member to its other spellings; `derived` maps words of
    the prose ("inférieur au BAC") to the members that they sum. `complete` says that a table of this
    dimension has every member as a row; `geographic` that its members are communes.
    """

    name: str
    members: dict[str, tuple[str, ...]]
    derived: dict[str, tuple[str, ...]] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    complete: bool = False
    geographic: bool = False


class ColumnDeclaration(Struct, frozen=True):
    """A measure of a table: its printed labels, its unit, and what it counts ("jeunes", "contrats")."""

    name: str
    labels: tuple[str, ...] = ()
    unit: str = "count"
    counts: str | None = None
    part_of: str | None = None


class TableDeclaration(Struct, frozen=True):
    """A table that the family of reports prints.

    It is found by its section, its dimension and its `titles`; `rows` are the members it must have.
    `across` names the dimension of its columns where they are members and not measures.
    """

    name: str
    section: str
    titles: tuple[str, ...]
    dimension: str | None
    across: str | None = None
    columns: tuple[ColumnDeclaration, ...] = ()
    required: bool = False
    rows: tuple[str, ...] = ()
    counts: str | None = None
    total: str | None = None
    file: str = ""
    line: int = 0


class SectionDeclaration(Struct, frozen=True):
    """A chapter or a part of one: its id on the command line and the words of its heading."""

    name: str
    titles: tuple[str, ...]
    within: str | None = None


class Reference(Struct, frozen=True):
    """Figures named in a rule: `table.column[row]`; row None means "each member of `per`"."""

    table: str
    column: str | None = None
    row: str | None = None


class CrossRule(Struct, frozen=True):
    """A relation between tables: Σ coefficient · reference (+ constant) compared with zero.

    `relation` is as written; `terms` has the right side negated; `per` is the dimension whose members
    it is repeated for, None for one relation in total. `required` says that a report in which it cannot
    be checked is told so, whichever of its tables the report must have.
    """

    name: str
    what: str
    relation: str
    terms: tuple[tuple[Decimal, Reference], ...]
    operator: Literal["=", "<=", ">="]
    constant: Decimal = Decimal(0)
    per: str | None = None
    severity: Literal["error", "warning", "info"] = "error"
    required: bool = True
    file: str = ""
    line: int = 0


class Pin(Struct, frozen=True):
    """A claim that a person binds by hand, or says cannot be checked.

    `sentence` is the pattern of the sentences it speaks of: a regular expression between slashes, else
    words, in which ‹n› or ‹%› stands for the number it is about and … for anything. `sides` are what is
    added up: the printed places of a count, the part and the whole of a share, this year's figures of a
    growth, the total and the number of a mean. `reason` is why a claim that is `unverifiable` is.
    """

    sentence: str
    kind: Literal["share", "count", "growth", "mean", "unverifiable"]
    sides: tuple[tuple[Reference, ...], ...] = ()
    reason: str = ""
    file: str = ""
    line: int = 0


class Profile(Struct, frozen=True):
    """A loaded profile, with everything that it extends; `agency` is whose reports it is about, empty where it is several's.

    `synonyms` maps words of sentences to words of tables; `non_negative` and `integral` hold of counts.
    """

    name: str
    language: str = "fr"
    sections: tuple[SectionDeclaration, ...] = ()
    tables: tuple[TableDeclaration, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    rules: tuple[CrossRule, ...] = ()
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    total_labels: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()
    non_negative: bool = True
    integral: bool = True
    agency: str = ""
