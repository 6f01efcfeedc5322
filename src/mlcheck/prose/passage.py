"""A sentence after reading, and what links ask of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property, lru_cache

from msgspec import Struct

from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold, stop_words, without
from mlcheck.model.claim import Claim
from mlcheck.model.sentence import Token
from mlcheck.prose.sentence import Parse, Reading
from mlcheck.prose.tokens import root, words

LONGEST = 40
"""Numbers of a sentence past which it is a list of data and no sentence: nothing is read between them."""
_COUNTED = ("count", "sum", "part")


_NAMING = frozenset({"share-verb", "calendar", "numbered", "rest"})


class Statement(Struct, frozen=True, dict=True):
    """A sentence with its claims: what the patterns of links look at; claims are numbered within it.

    `first` is the number of its first claim in the report. The claims of `durations` are numbered after the others; they
    are told only where something is stated of them.
    """

    sentence: Parse
    readings: Sequence[Reading]
    claims: Sequence[Claim]
    first: int
    durations: Sequence[Claim] = ()

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
        return self._nouns[k]

    @cached_property
    def _nouns(self) -> list[str | None]:
        return [noun_after(self.sentence, k) for k in range(len(self.claims))]

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
        opened = self.sentence.enclosure(k) if k < len(self.claims) else -1
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


def noun_after(sentence: Parse, k: int) -> str | None:
    """Return the stem of the noun printed right after number `k`, None if a verb, preposition or mark follows."""
    at = sentence.after(k)
    token = sentence.token(at)
    if "of" in token.tags and sentence.mentions[k].magnitude > 1:  # "1,4 million de jeunes"
        token = sentence.token(at + 1)
    plain = token.form == "word" and token.tags.keys() <= _NAMING
    plain = plain or ("overlapping" in token.tags and paired(root(token.key)))  # "18 titulaires"
    return root(token.key) if plain and "share-verb" not in token.tags else None


_OPENING = 4  # tokens of a part in which a word of overlap counts


# Say by words whether the parts of a list exclude each other and leave nothing out.


def complementary(parts: Sequence[frozenset[str]]) -> bool:
    """Return whether two sets of stems stand on the two sides of a pair that leaves nothing out (femmes, hommes)."""
    if len(parts) != 2:
        return False
    for left, right in words().complements:
        sides = [(bool(p & left), bool(p & right)) for p in parts]
        if sides in ([(True, False), (False, True)], [(False, True), (True, False)]):
            return True
    return False


@lru_cache(4096)
def akin(left: str, right: str) -> bool:
    """Return whether two nouns count things of one kind, or are the two sides of a pair."""
    nouns = {root(left), root(right)}
    if complementary([frozenset({root(left)}), frozenset({root(right)})]):
        return True
    return any(nouns <= special for _, special in words().kin)


def names_all(head: str | None, nouns: Sequence[str | None]) -> bool:
    """Return whether a noun names all of some others: "personnes" the jeunes and the partenaires."""
    return any(
        head in general and set(nouns) <= (general | special) - {head} for general, special in words().kin
    )


def may_be_kind(noun: str | None, head: str | None) -> bool:
    """Return whether a noun may name some of what another names: both are of one kind, or of none that is known."""
    own, known = _kinds(noun), _kinds(head)
    return not own or not known or bool(own & known)


def of_several_kinds(nouns: Sequence[str | None]) -> bool:
    """Return whether one noun is of a kind that another is not of: "6 écoles et 240 élèves" make nothing together."""
    kinds = [*map(_kinds, nouns)]
    return len(nouns) > 1 and None not in nouns and any(kinds) and not frozenset.intersection(*kinds)


def is_of_a_kind(noun: str) -> bool:
    """Return whether the stem of a noun counts persons or things done of a known kind."""
    return bool(_kinds(noun))


@lru_cache(4096)
def _kinds(noun: str | None) -> frozenset[int]:
    """Return the kinds of persons or things that the stem of a noun is of, or names all of."""
    return frozenset(n for n, (all_, some) in enumerate(words().kin) if noun in all_ or noun in some)


def paired(noun: str | None) -> bool:
    """Return whether a noun is one side of some pair: "refusées"."""
    return noun in words().paired


def same_family(parts: Sequence[frozenset[str]]) -> bool:
    """Return whether each of some labels has a word of one family whose members exclude each other."""
    return len(parts) > 1 and any(all(p & family for p in parts) for family in _families())


@cache
def _families() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(root(w) for w in family) for family in words().families.values())


def partition(statement: Statement, whole: int | None, parts: Sequence[int]) -> bool:
    """Return whether the words of some parts make them exclude each other and exhaust the whole.

    Either they are the two sides of a pair, or one is the opposite of the other, or the last one is "les autres", or all
    carry the noun of the whole, or the noun of the whole names theirs, or all open with one preposition.
    """
    aged = [any(at in statement.sentence.ages for at in statement.sentence.tail(k)) for k in parts]
    if any(aged) and not all(aged):
        return False  # "335 femmes et 344 hommes de moins de 25 ans"
    stems = [own_stems(statement, k) for k in parts]
    if complementary(stems) or _opposed(statement, parts) or rest(statement, parts[-1]):
        return True
    if whole is None or any(overlaps(statement, k) for k in parts):
        return False
    nouns = [statement.noun(k) for k in parts]
    head = statement.noun(whole)
    if all(n is not None and n == head for n in nouns):
        return len(set(stems)) > 1
    if all(n is not None for n in nouns):
        return len(set(nouns)) == len(nouns) and names_all(head, nouns)
    if any(n not in (None, head) for n in nouns):
        return False
    opened = [
        statement.sentence.token(statement.sentence.after(k) + (noun is not None))
        for k, noun in zip(parts, nouns, strict=True)
        if noun is None or k != parts[0]
    ]
    openings = {"to" if "to" in t.tags else "of" if "of" in t.tags else t.key for t in opened}
    token = opened[-1]
    persons = head is not None and any(head in general | special for general, special in words().kin[:1])
    placed = "to" in token.tags or "inside" not in token.tags  # one person can do two things
    return len(openings) == 1 and bool(token.tags.keys() & {"preposition", "to"}) and (placed or not persons)


def rest(statement: Statement, k: int) -> bool:
    """Return whether a part says that it is what is left: "les autres", "restants"."""
    return any("rest" in statement.sentence.token(at).tags for at in list(statement.sentence.tail(k))[:6])


def own_stems(statement: Statement, k: int) -> frozenset[str]:
    """Return the stems of the words between a number and the next."""
    return frozenset(
        root(w)
        for t in (statement.sentence.token(at) for at in statement.sentence.tail(k))
        if t.form == "word"
        for w in t.key.split("-")
    )


def overlaps(statement: Statement, k: int) -> bool:
    """Return whether a word of a part says that others may be of it too: "sans diplôme"."""
    return any(
        "overlapping" in statement.sentence.token(at).tags
        for at in list(statement.sentence.tail(k))[:_OPENING]
    )


def _opposed(statement: Statement, parts: Sequence[int]) -> bool:
    """Return whether one of two parts denies the other: "78 ont abouti et 26 n'ont pas abouti", "en ville", "hors de la ville"."""
    if len(parts) != 2:
        return False
    one, other = (own_stems(statement, k) for k in parts)
    return _denies(one, other) or _denies(other, one)


def _denies(said: frozenset[str], denied: frozenset[str]) -> bool:
    denial = {w for w in denied - said if "negation" in words().tags(w) or w in _outside()}
    content = said - _stop_roots()
    if denial and content and content <= denied:
        return True
    lacking = denied - {without()} - _stop_roots()  # "14 titulaires du permis B", "9 sans permis"
    having = {w for w in content - _holding() if len(w) > 1}
    return without() in denied and bool(lacking) and lacking == having


@cache
def _holding() -> frozenset[str]:
    return frozenset(root(fold(w)) for w in lexicon().sentences.cues.overlapping)


@cache
def _stop_roots() -> frozenset[str]:
    return frozenset(map(root, stop_words()))


@cache
def _outside() -> frozenset[str]:
    return frozenset(root(fold(w)) for w in lexicon().totals.except_)


def open_between(statement: Statement, parts: Sequence[int]) -> bool:
    """Return whether a word or dots between or after the parts leave the list open."""
    first, last = statement.sentence.mentions[parts[0]].lead - 2, statement.sentence.mentions[parts[-1]].last
    end = statement.sentence.tail(parts[-1]).stop
    comma = False
    for at in range(max(0, first), end):
        token = statement.sentence.token(at)
        closed = (
            token.key == "…" and at < last and "joint" in statement.sentence.token(at + 1).tags
        )  # dots of a quotation
        if "open" in token.tags and not closed:
            return True
        if at > last and ("part" in token.tags or ("rest" in token.tags and comma)):
            return True  # "…, le reste est en cours"
        comma = comma or (at > last and token.key == ",")
    return False
