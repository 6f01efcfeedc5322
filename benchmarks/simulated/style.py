"""The house style of an agency: all that differs from one report to another but the figures."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from simulated.figures import Form

HERE = Path(__file__).parent
FORMATS = ("xlsx", "xlsx", "xlsx", "docx", "docx", "pptx", "md", "csv", "txt", "pdf", "ods", "odt")
TOTALS = (
    "Total", "TOTAL", "Ensemble", "Total général", "Total {year}", "Ensemble des antennes", "Effectif total",
    "Total Mission locale", "Nombre total de jeunes", "Total :", "Ensemble du territoire", "Total ML",
)  # fmt: skip
COUNTED = {"Effectif total", "Nombre total de jeunes"}  # totals that only persons have
TERRITORY = {"Ensemble des antennes", "Ensemble du territoire"}  # totals that only places have
NBSP, NARROW = "\u00a0", "\u202f"
LATIN = {"csv", "pdf"}  # formats whose characters are few
LATIN_MARKS = {NARROW: NBSP, "−": "-"}


OPTIONS: dict[str, tuple[Any, ...]] = {
    "thousands": (NARROW, NBSP, " ", " ", ""),
    "decimals": (0, 0, 1, 1, 2),
    "sign_in_cell": (True, True, False),
    "space_before_sign": (" ", NBSP, NARROW, ""),
    "growth_plus": (True, True, False),
    "minus": ("-", "-", "−", "–"),
    "cents": (True, False),
    "euro_in_cell": (True, False),
    "nil": ("-", "/", "", "0", "0"),
    "total": TOTALS,
    "total_at": ("end", "end", "end", "end", "top", "none"),
    "comparison": ("one", "one", "two", "two", "reversed", "three", "evolution", "evolution"),
    "year_names": ("{year}", "{year}", "{year}", "Année {year}", "N"),
    "evolution": ("percent", "percent", "number", "both"),
    "antennas": ("none", "none", "before", "after", "headings", "indented"),
    "extra_column": ("", "", "", "code", "rank", "number"),
    "headings": ("1.", "I.", "1)", "plain", "plain"),
    "unit_lines": (True, False),
    "notes": (True, False),
    "stored": ("number", "number", "number", "rounded", "text"),
    "formulas": (True, False, False),
    "sheets": ("each", "each", "one", "tables", "beside"),
    "hidden": (True, False, False, False),
    "blank_rows": (True, False, False, False, False),
    "title_inside": (True, False, False, False, False, False),
    "turned": (0.0, 0.0, 0.7),
    "folded": (0.0, 0.0, 0.7),
    "headless": (0.0, 0.0, 0.6),
    "unknown": (0.0, 0.0, 0.2),
    "in_thousands": (True, False, False),
    "ruled": (True, True, False),
    "prose": ("rich", "rich", "rich", "some"),
}


@cache
def wording() -> dict[str, Any]:
    """Return the words for measures and dimensions."""
    return tomllib.loads((HERE / "wording.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Style:
    """What an agency has chosen for its report; `words` and `phrases` choose among the wordings."""

    format: str
    thousands: str
    decimals: int
    sign_in_cell: bool
    space_before_sign: str
    growth_plus: bool
    minus: str
    cents: bool
    euro_in_cell: bool
    nil: str
    total: str
    total_at: str
    comparison: str
    year_names: str
    evolution: str
    antennas: str
    extra_column: str
    headings: str
    unit_lines: bool
    notes: bool
    stored: str
    formulas: bool
    sheets: str
    hidden: bool
    blank_rows: bool
    title_inside: bool
    turned: float
    folded: float
    headless: float
    unknown: float
    in_thousands: bool
    ruled: bool
    prose: str
    sections: int
    words: int
    phrases: int

    def word(self, options: list[str], salt: str = "") -> str:
        """Return the form of a word that the style keeps to."""
        return options[random.Random(f"{self.words}/{salt}/{options[0]}").randrange(len(options))]

    def total_name(self, year: int, measure: str, dimension: str) -> str:
        """Return what this style calls the total of a measure over a dimension."""
        unfit = (
            (self.total in COUNTED and not wording()["measures"][measure]["persons"])
            or (self.total in TERRITORY and dimension != "commune")
            or ("{year}" in self.total and self.comparison != "one")
        )
        return "Total" if unfit else self.total.format(year=year)

    def count(self) -> Form:
        """Return the form of a count."""
        return Form(thousands=self.thousands, minus=self.minus)

    def percent(self, *, in_cell: bool, places: int | None = None) -> Form:
        """Return the form of a share."""
        after = f"{self.space_before_sign}%" if in_cell else ""
        return Form(
            "%",
            self.decimals if places is None else places,
            self.thousands,
            after=after,
            minus=self.minus,
            rounded=True,
        )

    def growth(self, *, in_cell: bool) -> Form:
        """Return the form of a growth in percent."""
        plus = "+" if self.growth_plus else ""
        after = f"{self.space_before_sign}%" if in_cell else ""
        return Form(
            "%", self.decimals, self.thousands, after=after, plus=plus, minus=self.minus, rounded=True
        )

    def difference(self) -> Form:
        """Return the form of a difference of counts."""
        return Form("count", 0, self.thousands, plus="+" if self.growth_plus else "", minus=self.minus)

    def money(self, *, in_cell: bool, exact: bool = True) -> Form:
        """Return the form of an amount; a mean is rounded, a sum is printed in full."""
        after = f"{NBSP}€" if in_cell else ""
        places = 2 if self.cents else 0
        return Form("€", places, self.thousands, after=after, minus=self.minus, rounded=not exact)

    def thousands_of_euros(self, *, in_cell: bool) -> Form:
        """Return the form of an amount in thousands of euros."""
        after = f"{NBSP}k€" if in_cell else ""
        places = 1 if self.decimals else 0
        return Form("€", places, self.thousands, after=after, minus=self.minus, scale=1000, rounded=True)

    def tenths(self, unit: str = "count") -> Form:
        """Return the form of a mean or of full-time equivalents, with one decimal."""
        return Form(unit, 1, self.thousands, minus=self.minus, rounded=True)


def draw(chance: random.Random, formats: tuple[str, ...] = FORMATS) -> Style:
    """Draw the house style of an agency; a format without all characters keeps to those it has."""
    chosen = chance.choice(formats)
    drawn = {name: chance.choice(options) for name, options in OPTIONS.items()}
    if chosen in LATIN:
        drawn |= {
            name: LATIN_MARKS.get(drawn[name], drawn[name])
            for name in ("thousands", "space_before_sign", "minus")
        }
    return Style(
        format=chosen,
        sections=chance.randint(5, 9),
        words=chance.randrange(10**6),
        phrases=chance.randrange(10**6),
        **drawn,
    )
