"""A printed figure: its text, what rounding hides, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction

from simulated.meaning import Meaning

Interval = tuple[Fraction, Fraction]
BOUNDLESS = Fraction(10**15)
NEAR = Fraction(10, 100)  # how far from "près de" the value may lie


@dataclass(frozen=True)
class Form:
    """How a number is written: its unit and decimals, what groups its thousands, what stands around it.

    One unit of the print is `scale` of what is meant: 1000 in thousands, -1 where a fall is printed without its sign.
    """

    unit: str = "count"
    places: int = 0
    thousands: str = " "
    point: str = ","
    before: str = ""
    after: str = ""
    plus: str = ""
    minus: str = "-"
    scale: int = 1
    rounded: bool = False

    def rounded_value(self, exact: Fraction) -> Fraction:
        """Return a value as it is printed, half a unit away from zero, in units of the print."""
        shifted = exact / self.scale * 10**self.places
        whole = int(abs(shifted) + Fraction(1, 2))
        return Fraction(whole if shifted >= 0 else -whole, 10**self.places)

    def text(self, value: Fraction) -> str:
        """Return the printed text of a value that is rounded already."""
        digits = f"{int(abs(value) * 10**self.places):0{self.places + 1}}"
        whole, part = (digits[: -self.places], digits[-self.places :]) if self.places else (digits, "")
        groups = f"{int(whole):,}".replace(",", self.thousands)
        sign = self.minus if value < 0 else self.plus if value > 0 else ""
        return f"{self.before}{sign}{groups}{self.point + part if part else ''}{self.after}"

    @property
    def half(self) -> Fraction:
        """Return what rounding may hide, in the unit of the meaning."""
        return Fraction(abs(self.scale), 2 * 10**self.places) if self.rounded else Fraction(0)


@dataclass(eq=False)
class Figure:
    """A number on the page; `block` is the table or paragraph it stands in, `place` where a writer put it."""

    meaning: Meaning
    exact: Fraction
    form: Form
    block: int = 0
    row: str = ""
    column: str = ""
    hedge: str = ""
    value: Fraction = Fraction(0)
    printed: str = ""
    nil: bool = False
    slipped: bool = False
    place: dict[str, str | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Round and print the value, unless a hedge has chosen another one."""
        if not self.printed:
            self.value = self.form.rounded_value(self.exact)
            self.printed = self.form.text(self.value)

    def interval(self, value: Fraction | None = None) -> Interval:
        """Return what the printed number, or another in its place, lets be true."""
        middle = (self.value if value is None else value) * self.form.scale
        if self.hedge == "over":
            return middle, BOUNDLESS
        if self.hedge == "under":
            return -BOUNDLESS, middle
        if self.hedge == "near":
            return middle - abs(middle) * NEAR, middle + abs(middle) * NEAR
        return middle - self.form.half, middle + self.form.half


def printable(exact: Fraction, form: Form) -> bool:
    """Tell whether a form prints a value in full."""
    return form.rounded_value(exact) * form.scale == exact


def hedged(meaning: Meaning, exact: Fraction, form: Form, hedge: str) -> Figure | None:
    """Return a round number near a value with the side that its hedge names, or None where there is none."""
    number = int(abs(exact) / form.scale)
    if number < 60:
        return None
    step = 10 ** (len(str(number)) - 2)
    if hedge != "over":
        step = max(5, step // 2)
    value = Fraction(number // step * step + (0 if hedge == "over" else step))
    if value * form.scale == exact:
        return None
    whole = replace(form, places=0)
    return Figure(meaning, exact, whole, hedge=hedge, value=value, printed=whole.text(value))


@contextmanager
def in_place(figure: Figure, value: Fraction) -> Iterator[str]:
    """Print another value in the place of a figure for a while."""
    held = figure.value, figure.printed
    figure.value, figure.printed, figure.slipped = value, figure.form.text(value), True
    try:
        yield figure.printed
    finally:
        figure.value, figure.printed = held
        figure.slipped = False
