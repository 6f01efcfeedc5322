"""A sentence that asserts something of figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from mlcheck.model.document import Locator
from mlcheck.model.quantity import Quantity
from mlcheck.model.sentence import Sentence

ClaimKind = Literal[
    "count", "share", "variation", "points", "mean", "ratio", "multiple", "part", "sum", "duration"
]
Direction = Literal["up", "down"]
Verdict = Literal["consistent", "inconsistent", "unverifiable"]


class Claim(Struct, frozen=True, gc=False):
    """What one printed number of a sentence asserts, before it is bound to figures.

    `start` and `end` are the span of the printed quantity in the text of its sentence.
    `subject` are the normalised words that say what is counted or which part is meant, `base` those of
    the whole or of the measure (empty when the sentence leaves it out); `period` is the year the
    number speaks of, `reference` the year it is compared with. `of` is the index, in the same
    list of claims, of the claim that this one qualifies: last year's share in parentheses, a "dont".
    `figure` is its id in the facts of the report, `ends` where in the text the words after it end, if those before the next
    number speak of that one alone.
    """

    sentence: Sentence
    start: int
    end: int
    kind: ClaimKind
    quantity: Quantity
    subject: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    direction: Direction | None = None
    hedge: str | None = None
    period: int | None = None
    reference: int | None = None
    of: int | None = None
    figure: int = -1
    ends: int = -1

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.sentence.text

    @property
    def locator(self) -> Locator:
        """The place of its sentence."""
        return self.sentence.locator

    @property
    def sections(self) -> tuple[str, ...]:
        """The headings above its sentence, outermost first."""
        return self.sentence.sections

    @property
    def block(self) -> int:
        """The number of the paragraph or list that its sentence stands in."""
        return self.sentence.block


class Link(Struct, frozen=True, gc=False):
    """Arithmetic that sentences state among their own printed numbers, without any table.

    `stated` and `operands` are indexes of claims: "42 personnes : 21 jeunes et 21 partenaires" is a
    sum of two operands, "418 contrats, en baisse de 4,1 % contre 436" a variation stated by the rate,
    with (present, former); a share has (part, whole), a mean (total, number), points (present, former),
    "of_which" (part, whole), a distribution the shares that make 100 (stated is the first of them), an
    "order" (the greater, the lesser), a "rise" stated by the rate (present, change), "within" the parts among
    which a whole's mean or rate lies. `signs` are those of the operands of a sum, all + where there are none;
    `limits` what a figure that a "limit" names lies between, or how many are listed of the things whose "length" it gives; what is `loose` is believed less. A "whole" is the count that
    a share is of; a mean is taken `per` so many; what a price makes is `exact`.
    """

    kind: Literal[
        "sum",
        "of_which",
        "share",
        "variation",
        "points",
        "mean",
        "multiple",
        "difference",
        "distribution",
        "equal",
        "rise",
        "within",
        "order",
        "limit",
        "near",
        "whole",
        "length",
    ]
    stated: int
    operands: tuple[int, ...]
    words: tuple[str, ...] = ()
    signs: tuple[int, ...] = ()
    limits: tuple[Decimal | None, Decimal | None] = (None, None)
    loose: bool = False
    per: int = 1
    exact: bool = False


class Binding(Struct, frozen=True):
    """The figures a claim speaks of, or why none could be decided.

    `operands` are figure ids: (a, b) for a share or a mean, (present, former) for a variation, the
    printed places of the same figure for a count. `words` are those that decided; `pin` is the file and
    line of the profile where a person bound it by hand, empty where words did. `compared` are those of the operands
    that several places print alike: with another number in one of them, the claim would not have been bound.
    """

    kind: str
    operands: tuple[tuple[int, ...], ...] = ()
    words: tuple[str, ...] = ()
    reason: str | None = None
    candidates: tuple[int, ...] = ()
    pin: str = ""
    compared: frozenset[int] = frozenset()
