"""How far the headings over two tables or sentences say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

from mlcheck.comparison.lines import years_in
from mlcheck.language.characters import is_digits
from mlcheck.language.words import content_words, stem

ENOUGH = Fraction(1, 2)  # the part of the lighter headings that the others must hold


Context = frozenset[str]


class Likeness(Struct, frozen=True):
    """How alike two contexts are.

    `held` is the part of the lighter one that the other holds, `shared` the part of both together that both
    hold; `contrary` says that each is headed by a word that the other file puts elsewhere ("Aides directes", "Aides indirectes").
    """

    held: Fraction
    shared: Fraction
    contrary: bool

    @property
    def score(self) -> Fraction:
        """What orders rivals."""
        return (self.held + self.shared) / 2

    @property
    def enough(self) -> bool:
        """Whether they can be the headings of the same table."""
        return self.held >= ENOUGH and not self.contrary

    @property
    def strong(self) -> bool:
        """Whether they are hardly those of another."""
        return self.shared >= ENOUGH and not self.contrary


class Headings:
    """The words of the headings of two files, each weighing less the more tables stand under it.

    A word over everything in a file, such as the title of the report, weighs and says nothing.
    """

    __slots__ = ("_used", "_weights")

    def __init__(
        self, ours: Sequence[Context], theirs: Sequence[Context], used: tuple[Context, Context]
    ) -> None:
        """`used` are all words of the headings of either file, over tables and sentences alike."""
        self._used = used
        self._weights: dict[str, Fraction] = {}
        for side in (ours, theirs):
            for word, count in Counter(word for context in side for word in context).items():
                everywhere = count == len(side) > 1
                weight = Fraction(0) if everywhere else Fraction(1, count**2)
                self._weights[word] = min(weight, self._weights.get(word, weight))

    def likeness(self, one: Context, other: Context) -> Likeness | None:
        """Return how alike our context and theirs are, None where one of them tells nothing."""
        own, others, shared = self._weight(one), self._weight(other), self._weight(one & other)
        if not own or not others:
            return None
        elsewhere = ((one - other) & self._used[1], (other - one) & self._used[0])
        contrary = all(self._weight(words) for words in elsewhere)
        return Likeness(shared / min(own, others), shared / (own + others - shared), contrary)

    def _weight(self, words: Iterable[str]) -> Fraction:
        return sum((self._weights[word] for word in words), Fraction(0))


def context_of(headings: Iterable[str], shift: int) -> Context:
    """Return the stems of headings, without numbers but for years, which are less `shift`.

    A number in a heading is where it stands in a file ("10) Aides", "Feuille 2"), and the other has its own.
    """
    words = [word for heading in headings for word in content_words(heading)]
    years = {str(int(year) - shift) for year in years_in(tuple(words))}
    return frozenset(stem(word) for word in words if not is_digits(word)) | years
