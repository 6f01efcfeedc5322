"""What two files that tell the same report state both, state differently, or state alone."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.model.finding import Crash
from mlcheck.model.quantity import Quantity

Side = Literal["left", "right"]
Agreement = Literal["equal", "rounded", "nil", "different"]


class Stated(Struct, frozen=True):
    """One printed figure of one of the files.

    `quantity` is None for a nil mark. `coverage` is the verdict of the file's own checks on it (proven,
    bounded, contradicted, unchecked), known only where the two files differ.
    """

    figure: int
    location: Locator
    printed: str
    quantity: Quantity | None = None
    coverage: str | None = None


class Compared(Struct, frozen=True):
    """A figure that both files state.

    `section`, `table` and `label` are the words of the left file; `table` is empty for a sentence, whose
    label is its text. "rounded" agrees within the rounding of the coarser print, "nil" is two ways of
    printing nothing to report. `favours` is the file whose own checks bear its figure out where those of the
    other do not; `hint` is the message of how the other may have been mistyped, empty where nothing tells.
    """

    agreement: Agreement
    section: str
    table: str
    label: str
    left: Stated
    right: Stated
    favours: Side | None = None
    hint: str = ""


class Alone(Struct, frozen=True):
    """A figure that one file states alone.

    `beside` is what the other file prints in its place ("nd", an error of the spreadsheet), None where it
    has no such place. `home` is the place of its table, `whole` says that no figure of that table was compared.
    """

    side: Side
    section: str
    table: str
    label: str
    stated: Stated
    home: Locator
    beside: str | None = None
    whole: bool = False


class TablePair(Struct, frozen=True):
    """Two tables that were compared; `transposed` where the rows of one are the columns of the other."""

    title: str
    left: Locator
    right: Locator
    compared: int
    different: int
    transposed: bool = False


class TableAlone(Struct, frozen=True):
    """A table of one file that was compared with none of the other.

    `reason` is the message that says why where the other has tables that it may be, `candidates`.
    """

    side: Side
    section: str
    title: str
    location: Locator
    figures: int
    reason: str = ""
    candidates: tuple[Locator, ...] = ()


class Source(Struct, frozen=True):
    """One of the two files; `figures` counts its printed numbers, in tables and sentences."""

    source: str
    year: int | None
    profile: str | None
    language: str
    figures: int
    tables: int
    not_understood: tuple[NotUnderstood, ...] = ()
    crashes: tuple[Crash, ...] = ()


class Comparison(Struct, frozen=True):
    """Two files compared, in the reading order of the left one."""

    left: Source
    right: Source
    compared: tuple[Compared, ...] = ()
    alone: tuple[Alone, ...] = ()
    tables: tuple[TablePair, ...] = ()
    tables_alone: tuple[TableAlone, ...] = field(default=())

    @property
    def figures(self) -> tuple[Compared, ...]:
        """The pairs in which a number is printed: two nil marks are alike, but no figure."""
        return tuple(one for one in self.compared if one.left.quantity or one.right.quantity)

    @property
    def differences(self) -> tuple[Compared, ...]:
        """The figures that the two files state differently."""
        return tuple(one for one in self.compared if one.agreement == "different")
