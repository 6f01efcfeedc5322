"""What stands around a count in its sentence, and speaks against its being the whole of a table.

The noun of a count says what it counts, and a total may count the same: "Le commerce arrive en tête (61 contrats, 21 %)".
Then other words of its clause must say that it is some of them only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.binding.candidates import Candidate
from mlcheck.binding.vocabulary import Meaning, Stems, bounds, is_verb, neutral, people, sexes, verbs_of
from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import content_words, fold, stem, stems
from mlcheck.model.claim import Claim
from mlcheck.model.facts import Facts
from mlcheck.model.sentence import Token
from mlcheck.model.table import Table
from mlcheck.tables.descriptors import some_months

_ALL = 100  # percent
_LAST = 12  # month
_NEAR = 4  # tokens after a number that say that it is a difference
_PRONOUN = 4  # tokens before a number among which a pronoun stands for what it counts
_COUNTS = ("count", "part", "sum")
_BOUNDARIES = (";", ":", ".", "?", "!")


class Clause(Struct, frozen=True):
    """What the clause of a count says besides its own words.

    `words` are the stems of its content words up to the numbers beside it, `named` those that stand before the parenthesis
    that it opens, `spans` the parts of a year that it names; `some` says that a share of less than 100 % right after it
    makes it some of a whole, `base` with which words; `of_before` that a pronoun stands for what a number before it counts,
    in more words than one. `bounds` tells that it speaks of a class and those below or above: "au plus", `apart` that it
    counts a difference, several things of many, several years together, or all but something; `whole` is what restricts the
    whole that it is a part of, `plain` are its content words in their order.
    """

    words: Stems
    named: Stems
    spans: Stems
    some: bool
    base: Stems
    of_before: bool
    bounds: bool
    apart: bool
    whole: Stems = frozenset()
    plain: tuple[str, ...] = ()

    def may_be(self, meaning: Meaning, candidate: Candidate, labels: Iterable[Stems]) -> bool:
        """Tell whether nothing in it says that the count is some of what a table totals, or of what a line counts.

        `labels` are those of the lines of the tables around that its words say whole.
        """
        if self.of_before or self.apart:
            return False
        if not self.whole <= candidate.everything | candidate.words:
            return False
        over = candidate.everything | stems(candidate.line)
        if any(self._names(own, over, meaning if not candidate.line else None) for own in labels):
            return False
        if candidate.line:
            return not self.bounds or not lexicon().binding.opening.isdisjoint(fold(candidate.line).split())
        if self.some and self.base and self.base <= neutral() | _whole_words():
            return False
        if self.some and self.base <= candidate.everything | people() | neutral():
            own = candidate.words | stems(_before_its_dimension(candidate.table.title)) | {candidate.noun}
            if meaning.restricting.isdisjoint(own - {meaning.noun}):
                return False
        if not self.named <= candidate.everything | neutral() | people() | {meaning.noun}:
            return False
        parts = [line for line in candidate.table.rows if line.role == "part"]
        return self.spans <= candidate.everything or some_months(parts)  # three months make a quarter

    def _names(self, label: Stems, over: Stems, meaning: Meaning | None) -> bool:
        """Tell whether a label that it says whole says more than what is `over` the figure that it may count."""
        return bool(label - over - (meaning.own if meaning is not None else frozenset()))


def labels_of(table: Table) -> Iterator[Stems]:
    """Yield what the labels of the lines of a table say that tells one from another."""
    for line in (*table.rows, *table.columns):
        own = stems(line.label) - lexicon().binding.unsaid - neutral() - (people() - sexes())
        own = frozenset(word for word in own if not is_digits(word))
        if own and line.role in ("part", "of_which"):
            yield own


def clauses(facts: Facts) -> dict[int, Clause]:
    """Return the clause of each exact count, by its figure."""
    found: dict[int, Clause] = {}
    for _, own in groupby(facts.claims, key=lambda claim: claim.sentence.id):
        claims, restricted = list(own), False
        head: Claim | None = None
        for n, claim in enumerate(claims):
            if n and ":" in claim.text[claims[n - 1].end : claim.start]:
                head = claims[n - 1]
            if claim.kind in _COUNTS and claim.quantity.unit in ("count", "€"):
                before = claims[n - 1] if n else None
                after = claims[n + 1] if n + 1 < len(claims) else None
                listed = head is not None and head.kind in _COUNTS and (bool(head.base) or _restricts(head))
                clause = _clause(claim, before, after, restricted=restricted)
                found[claim.figure] = replace(
                    clause, of_before=clause.of_before or listed, whole=_whole_of(facts, claim)
                )
                restricted = _restricts(claim)
    return found


def _whole_of(facts: Facts, claim: Claim) -> Stems:
    """Return the stems of what is said of the whole that "dont" makes a number a part of."""
    whole = facts.claims[claim.of] if claim.kind == "part" and claim.of is not None else None
    restated = bool(claim.subject) and stem(claim.subject[0]) in people()
    if whole is None or whole.kind not in _COUNTS or restated:
        return frozenset()
    return frozenset(map(stem, whole.base)) - neutral() - people() - verbs_of(whole)


def _clause(claim: Claim, before: Claim | None, after: Claim | None, *, restricted: bool) -> Clause:
    """Return the clause of a count between two others of its sentence; `restricted` where more than a noun tells what the last one counts."""
    start = 0 if before is None else max(before.end, before.ends)
    end = claim.ends if claim.ends >= 0 else len(claim.text) if after is None else after.start
    led = [t for t in claim.sentence.tokens if start <= t.start < claim.start]
    left = _since_boundary(led[:-1] if led and led[-1].key == ":" else led)  # "Emploi et alternance : 262"
    right = _to_boundary([t for t in claim.sentence.tokens if claim.end <= t.start < end])
    taken = (*before.subject, *before.base) if before is not None and before.ends < 0 else ()
    caption = claim.text.rstrip(" .").endswith(")") and before is None and after is None
    opens = bool(left) and left[-1].key == "(" and not caption
    some = after is not None and is_its_share(claim, after)
    under = stems(claim.sections[-1]) if claim.sections else frozenset()
    them = before is None and any("part" in t.tags for t in claim.sentence.tokens[:1])
    pronoun = any(t.key in lexicon().sentences.standing_for for t in left[-_PRONOUN:])
    return Clause(
        (_content(left) - set(map(stem, taken))) | _content(right) | under,
        _content(left) if opens else frozenset(),
        frozenset(stem(t.key) for t in (*left, *right) if stem(t.key) in _periods()),
        some,
        _base_of(after) if some and after is not None else frozenset(),
        (pronoun and restricted) or them or _is_among_them(left),
        bounds(claim.text[claim.end : end]),
        _is_apart(left, right, claim)
        or (before is None and _lasts([t for t in claim.sentence.tokens if t.start < claim.start])),
        plain=tuple(
            w for w in content_words(" ".join(t.key for t in left if t.form == "word")) if w not in taken
        ),
    )


def _base_of(share: Claim) -> Stems:
    """Return the stems of what a share is of, a word for all there is or a time included: "12 % de l'année"."""
    after = [t for t in share.sentence.tokens if t.start >= share.end][:_NEAR]
    said = [t for t in after if t.form == "word" and not t.tags.keys() & {"of", "definite"}]
    if share.base or not after or "of" not in after[0].tags or not said:
        return frozenset(map(stem, share.base))
    return frozenset({stem(said[0].key)})


def _is_among_them(left: Sequence[Token]) -> bool:
    """Tell whether a clause counts some of what a pronoun stands for: "Parmi eux, 166 ont …"."""
    return any("among" in t.tags and after.key in _them() for t, after in pairwise(left))


def _is_apart(left: Sequence[Token], right: Sequence[Token], claim: Claim) -> bool:
    """Tell whether a clause counts no line or total of one year.

    That is a difference ("146 emplois d'écart"), several things of many ("les trois premiers thèmes cumulent"), several years
    together ("en cinq ans") or all but something ("hors salaires").
    """
    known = lexicon()
    if not _words_of(known.sentences.differing).isdisjoint(t.key for t in right[:_NEAR]):
        return True
    if any(t.key in _words_of(known.totals.except_) for t in left):
        return True
    if any("month" in t.tags and t.tags["month"] != _LAST and b.form == "number" for b, t in pairwise(left)):
        return True  # "Au 30 juin", of a year that goes on
    several = any(t.tags.get("number", 1) != 1 and after.form == "word" for t, after in pairwise(left))
    return several or _lasts(left)


def _lasts(tokens: Sequence[Token]) -> bool:
    """Tell whether a clause speaks of several years: "en cinq ans", "Sur trois ans (2021-2023) :"."""
    return any(
        "lasting" in t.tags and "age" in years.tags for t, years in zip(tokens, tokens[2:], strict=False)
    )


@cache
def _words_of(phrases: Collection[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in phrases)


@cache
def _them() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon().sentences.them)


def _restricts(before: Claim) -> bool:
    """Tell whether a number counts a thing that more than its noun tells: "les 618 propositions d'emploi"."""
    return len({stem(w) for w in before.subject} - neutral() - people()) > 1


@cache
def _periods() -> Stems:
    return frozenset(stem(fold(word)) for word in lexicon().measures.periods)


def _since_boundary(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens after the last boundary; a parenthesis with words before the number is a clause of its own."""
    ends = (
        n
        for n, t in enumerate(tokens)
        if t.key in _BOUNDARIES or "part" in t.tags or (t.key == "(" and n < len(tokens) - 1)
    )
    return list(tokens[max(ends, default=-1) + 1 :])


def _to_boundary(tokens: Sequence[Token]) -> list[Token]:
    at = next((n for n, t in enumerate(tokens) if t.key in _BOUNDARIES or "part" in t.tags), len(tokens))
    return list(tokens[:at])


def _content(tokens: Sequence[Token]) -> Stems:
    """Return the stems of the words that say something of what is counted: no verbs, months or words of measure."""
    plain = (t for t in tokens if t.form == "word" and not is_verb(t) and not t.tags.keys() & _SAYING_NOTHING)
    days = {id(t) for b, t in pairwise(tokens) if "month" in t.tags and b.form == "number"}  # "31 décembre"
    plain = (t for t in plain if id(t) not in days)
    months = (t for t in tokens if "month" in t.tags and id(t) not in days)
    said = frozenset(stem(word) for word in content_words(" ".join(t.key for t in plain)))
    return said | {stem(t.key) for t in months}


_SAYING_NOTHING = frozenset({"trend", "total", "adverb", "that-is", "mean", "share-verb", "against", "since"})


def is_its_share(claim: Claim, share: Claim) -> bool:
    """Tell whether a share of less than 100 % says what part a count before it is: "61 contrats (21 %)", "61, soit 21 % des contrats"."""
    if share.kind != "share" or share.quantity.unit != "%" or not 0 <= share.quantity.value < _ALL:
        return False
    between = [t for t in claim.sentence.tokens if claim.end <= t.start < share.start]
    if not between or any(t.key in _BOUNDARIES or "part" in t.tags or t.form == "number" for t in between):
        return False
    said = any("that-is" in t.tags for t in between)
    if not (said or between[-1].key in ("(", ",")):
        return False
    after = [t for t in claim.sentence.tokens if t.start >= share.end][:2]
    return said or not after or after[0].form == "mark" or _is_base(after)


def _is_base(after: Sequence[Token]) -> bool:
    """Tell whether a share goes on with its whole, "des contrats", and not with its part, "de femmes"."""
    return "of" in after[0].tags and (
        "partitive" not in after[0].tags or (len(after) > 1 and "definite" in after[1].tags)
    )


@cache
def _whole_words() -> Stems:
    """Return the stems of words for all there is: "67 % du total", "12 % de l'année"."""
    known = lexicon()
    return frozenset(stem(fold(word)) for word in (*known.totals.bare, *known.measures.yearly))


@cache
def _before_its_dimension(title: str) -> str:
    """Return what a title counts, without what it is broken down by: "Jeunes" of "Jeunes par niveau"."""
    words = fold(title).split()
    by = lexicon().measures.by
    at = next((n for n, word in enumerate(words) if word in by), len(words))
    return " ".join(words[:at])
