"""A sentence after reading, in its place among the others, and what links ask of its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mlcheck.extraction.prose.lexicon import root
from mlcheck.extraction.prose.reading import Reading
from mlcheck.extraction.prose.sentence import Sentence
from mlcheck.extraction.prose.tokens import Token
from mlcheck.model.claim import Claim

LONGEST = 40
"""Numbers of a sentence past which it is a list of data and no sentence: nothing is read between them."""
_COUNTED = ("count", "sum", "part")


class Passage(Struct, frozen=True):
    """A sentence or list item with what its numbers assert.

    `sentence` is None where it asserts no number; mention k of it is claim `first` + k.
    """

    text: str
    item: bool
    block: int
    sentence: Sentence | None
    readings: tuple[Reading, ...]
    first: int

    @property
    def leads_in(self) -> bool:
        """Whether a list follows."""
        return self.text.endswith(":")

    @property
    def open(self) -> bool:
        """Whether it ends in dots: the list goes on elsewhere."""
        return self.text.endswith("…")


class Told(Struct, frozen=True):
    """A sentence with its claims: what the patterns of links look at; claims are numbered within it.

    `first` is the number of its first claim in the report.
    """

    sentence: Sentence
    readings: Sequence[Reading]
    claims: Sequence[Claim]
    first: int

    def counted(self, k: int) -> bool:
        """Whether claim `k` is a count or an amount of something."""
        return 0 <= k < len(self.claims) and self.claims[k].kind in _COUNTED

    def of(self, k: int) -> int | None:
        """The claim of this sentence that claim `k` qualifies."""
        of = self.claims[k].of
        return None if of is None else of - self.first

    def unit(self, k: int) -> str:
        """The unit of claim `k`."""
        return self.claims[k].quantity.unit

    def noun(self, k: int) -> str | None:
        """The stem of the noun printed right after claim `k`, None if a verb, preposition or mark follows."""
        at = self.sentence.after(k)
        token = self.sentence.token(at)
        if "of" in token.tags and self.sentence.mentions[k].magnitude > 1:  # "1,4 million de jeunes"
            token = self.sentence.token(at + 1)
        plain = token.form == "word" and not token.tags.keys() - {
            "share-verb",
            "calendar",
            "numbered",
            "rest",
        }
        return root(token.key) if plain and "share-verb" not in token.tags else None

    def word(self, k: int) -> str:
        """The word printed right after claim `k`."""
        return self.sentence.token(self.sentence.after(k)).key

    def stems(self, k: int) -> frozenset[str]:
        """The stems of the words of claim `k`."""
        return frozenset(root(w) for w in (*self.claims[k].subject, *self.claims[k].base))

    def gap(self, j: int, k: int) -> Sequence[Token]:
        """The tokens between two claims."""
        return self.sentence.gap(j, k)

    def bracketed(self, k: int) -> bool:
        """Whether claim `k` is the first of a parenthesis that opens after the claim before it."""
        return k > 0 and self.sentence.enclosure(k) > self.sentence.mentions[k - 1].last

    def alone(self, k: int) -> bool:
        """Whether claim `k` fills its parenthesis: "(49 %)", "(57 jeunes)", "(soit 49 %)"."""
        opened = self.sentence.enclosure(k)
        if opened < 0:
            return False
        inside = range(opened + 1, self.sentence.mentions[k].lead)
        after = self.sentence.token(self.sentence.after(k))
        named = self.noun(k) is not None and self.sentence.token(self.sentence.after(k) + 1).key == ")"
        return (after.key == ")" or named) and all(
            "that-is" in self.sentence.tokens[at].tags for at in inside
        )

    def said(self, k: int) -> bool:
        """Whether "soit" introduces claim `k`, or it stands alone in a parenthesis."""
        if "that-is" in self.sentence.token(self.sentence.before(k)).tags or self.alone(k):
            return True
        lead = self.sentence.gap(k - 1, k)[-8:] if k else ()  # "soit un taux d'occupation de 75 %"
        return any("that-is" in t.tags for t in lead) and any("rate" in t.tags for t in lead)

    def open(self) -> bool:
        """Whether a word says that the list is not whole ("notamment", "…")."""
        return any("open" in t.tags for t in self.sentence.tokens)
