"""The grammar of statements: what ties the numbers of sentences, as patterns that stand in data.

A pattern is written as a sentence is: words ("au lieu de" is three), tags of the lexicon in angles (`<against>`),
marks, and slots in capitals for the numbers (`NEW`, `PARTS+` for a list, `RATE:percent` for one of a type). `…` passes
over up to fourteen words, `..` over four, neither over a number nor the end of a clause; `…;` passes over the end of a
clause too, `~` and `~;` over changes and durations as well, `¶` over the end of a sentence. `{a | b}` are alternatives, `[a]` may
be left out, `$NAME` is a part of patterns that stands under `parts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import ClassVar

import msgspec
import tomli
from msgspec import Struct

from mlcheck.prose.tokens import key_of, phrase_of, root

_FILE = Path(__file__).parents[1] / "data" / "grammar" / "fr.toml"
END = "¶"
"""What the end of a sentence answers to."""
_LONG, _SHORT = 14, 4
_OF_YEARS = frozenset({"dated", "in two years"})


class Word(Struct, frozen=True, eq=False):
    """One token, by what it answers to: its key, a tag of the lexicon in angles, how it starts ("rest*")."""

    single: ClassVar[bool] = True
    names: frozenset[str]


class Phrases(Struct, frozen=True, eq=False):
    """One of the words and phrases of some lists, each by its words; one that ends in "*" stands for all that start so."""

    single: ClassVar[bool] = False
    name: str
    said: tuple[tuple[str, ...], ...]


class Gap(Struct, frozen=True, eq=False):
    """Up to `most` tokens that are passed over; `numbers` says which numbers may be among them, `wide` that clauses may end."""

    single: ClassVar[bool] = False
    most: int
    numbers: frozenset[str] = frozenset({"duration"})
    wide: bool = False


class Break(Struct, frozen=True, eq=False):
    """The end of a sentence."""

    single: ClassVar[bool] = False


class Slot(Struct, frozen=True, eq=False):
    """A number and its role; several of a list where it is not `single`."""

    role: str
    type: str
    single: bool = True


class Choice(Struct, frozen=True, eq=False):
    """Alternatives, one of which matches; an empty one may be left out."""

    single: ClassVar[bool] = False
    ways: tuple[tuple[Element, ...], ...]


Element = Word | Phrases | Gap | Break | Slot | Choice
"""One that is `single` matches one word or one number."""
Need = frozenset[str] | tuple[str, int]
"""What a text must hold: one of some keys and tags, or so many numbers of a type."""
Read = Callable[[str], Element]


class Pattern(Struct, frozen=True):
    """One wording of a form: its elements, and what must hold of the numbers besides.

    `needs` are what a sentence must hold, `then` what those after it must where the pattern goes over its end, `either` what
    one of them must; `anchors` are the elements that take a place of their own, each after the one before, `opening` those
    before the end of a sentence.
    `lower` and `upper` bound the figure of a "limit". What is `loose` is believed less; what is `straight` leads from one
    level to the other by "de … à …" alone.
    """

    form: str
    reads: str
    elements: tuple[Element, ...]
    needs: tuple[Need, ...]
    then: tuple[Need, ...]
    either: tuple[Need, ...]
    anchors: tuple[Element, ...]
    opening: tuple[Element, ...]
    when: tuple[str, ...]
    straight: bool
    loose: bool
    lower: Decimal | None
    upper: Decimal | None

    @property
    def crosses(self) -> bool:
        """Whether it goes over the end of a sentence."""
        return END in self.reads


class _Statement(Struct, frozen=True, forbid_unknown_fields=True):
    form: str
    reads: tuple[str, ...]
    when: tuple[str, ...] = ()
    loose: bool = False
    lower: str | None = None
    upper: str | None = None


class _File(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    roles: dict[str, str]
    says: dict[str, tuple[str, ...]]
    parts: dict[str, str]
    conversions: tuple[tuple[str, str, int], ...]
    same_units: dict[str, tuple[str, ...]]
    statement: tuple[_Statement, ...]
    collective: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    possessive: tuple[str, ...] = ()
    latter: tuple[str, ...] = ()
    opposed: tuple[tuple[str, str], ...] = ()


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the patterns of French in the order of the file."""
    return decode(_FILE.read_text("utf-8"))


@cache
def _file() -> _File:
    return msgspec.convert(tomli.loads(_FILE.read_text("utf-8")), _File)


@cache
def _conversions() -> dict[tuple[str, str], int]:
    return {(root(key_of(one)), root(key_of(other))): factor for one, other, factor in _file().conversions}


@cache
def _units() -> frozenset[str]:
    return frozenset(unit for pair in _conversions() for unit in pair)


@cache
def _same_units() -> dict[str, str]:
    return {
        root(key_of(word)): root(key_of(unit)) for unit, words in _file().same_units.items() for word in words
    }


@cache
def collective() -> frozenset[str]:
    """Return the stems of nouns that stand for any whole: "de l'effectif"."""
    return frozenset(root(key_of(word)) for word in _file().collective)


@cache
def elsewhere() -> tuple[str, ...]:
    """Return how words start that say that a whole is one of elsewhere: "de la population régionale"."""
    return tuple(key_of(word.rstrip("*")) for word in _file().elsewhere)


@cache
def gone() -> frozenset[str]:
    """Return the stems of words that say that something is taken away: "partis", "retirés"."""
    return frozenset(root(key_of(word)) for word in _file().says["gone"])


@cache
def flowing() -> frozenset[str]:
    """Return the stems of words that say that something comes or goes: "créés", "partis"."""
    return frozenset(root(key_of(word)) for name in ("come", "gone") for word in _file().says[name])


@cache
def possessive() -> frozenset[str]:
    """Return the words that say whose something is: "de notre public" may be more than a sentence counts."""
    return frozenset(map(key_of, _file().possessive))


@cache
def latter() -> frozenset[str]:
    """Return the words that stand for what was counted last: "45 % de ceux-ci"."""
    return frozenset(map(key_of, _file().latter))


@cache
def opposed() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return the stems of nouns of which one list adds what the other takes away."""
    said = _file().says
    return tuple(
        (frozenset(root(key_of(w)) for w in said[more]), frozenset(root(key_of(w)) for w in said[less]))
        for more, less in _file().opposed
    )


def unit_of(noun: str) -> str:
    """Return the stem that stands for a unit: "h" is "heure"."""
    return _same_units().get(noun, noun)


def conversion(one: str, other: str) -> int | None:
    """Return how many of the stem of one unit make one of another, None where they do not convert."""
    return _conversions().get((one, other))


def is_unit(noun: str) -> bool:
    """Tell whether the stem of a noun is a unit that converts into another."""
    return noun in _units()


def decode(text: str) -> tuple[Pattern, ...]:
    """Return the patterns that a TOML text states; raises `msgspec.ValidationError` or `ValueError` where it is none."""
    stated = msgspec.convert(tomli.loads(text), _File)
    element = cache(partial(_element, stated=stated))  # one object for what many patterns say
    found = []
    for one in stated.statement:
        dated: tuple[Need, ...] = () if _OF_YEARS.isdisjoint(one.when) else (("dated", 1),)
        for reads in one.reads:
            elements = _elements(_expanded(reads, stated.parts), element)
            first = next((n for n, e in enumerate(elements) if isinstance(e, Break)), len(elements))
            lower, upper = (None if bound is None else Decimal(bound) for bound in (one.lower, one.upper))
            found.append(
                Pattern(
                    one.form,
                    reads,
                    elements,
                    _needs(elements[:first]),
                    _needs_of_several(elements[first + 1 :]),
                    dated,
                    _anchors(elements),
                    _anchors(elements[:first]),
                    one.when,
                    "<of> OLD … <to> NEW" in reads,
                    one.loose,
                    lower,
                    upper,
                )
            )
    return tuple(found)


def _expanded(reads: str, parts: dict[str, str]) -> str:
    while match := re.search(r"\$([A-Z-]+)", reads):
        reads = f"{reads[: match.start()]}{parts[match[1]]}{reads[match.end() :]}"
    return reads


def _elements(reads: str, element: Read) -> tuple[Element, ...]:
    pieces = re.findall(r"<[^>]+>|[\[\]{}|]|[^\s\[\]{}|<>']+'?", reads)
    elements, rest = _sequence(pieces, element)
    if rest:
        raise ValueError(f"{reads}: {rest[0]} closes nothing")
    return elements


def _sequence(pieces: Sequence[str], element: Read) -> tuple[tuple[Element, ...], Sequence[str]]:
    found: list[Element] = []
    while pieces and pieces[0] not in ("]", "}", "|"):
        piece, pieces = pieces[0], pieces[1:]
        if piece in ("[", "{"):
            choice, pieces = _choice(piece, pieces, element)
            found.append(choice)
        else:
            found.append(element(piece))
    return tuple(found), pieces


def _choice(opened: str, pieces: Sequence[str], element: Read) -> tuple[Element, Sequence[str]]:
    ways: list[tuple[Element, ...]] = []
    while True:
        way, pieces = _sequence(pieces, element)
        ways.append(way)
        closed, pieces = pieces[0], pieces[1:]
        if closed != "|":
            return _one_of(ways) if opened == "{" else Choice((*ways, ())), pieces


def _one_of(ways: Sequence[tuple[Element, ...]]) -> Element:
    """Return some alternatives; those that are a word each are one word that answers to more."""
    words = [way[0] for way in ways if len(way) == 1 and isinstance(way[0], Word)]
    if len(words) == len(ways):
        return Word(frozenset[str]().union(*(word.names for word in words)))
    return Choice(tuple(ways))


def _element(piece: str, stated: _File) -> Element:
    if piece in ("…", ".."):
        return Gap(_LONG if piece == "…" else _SHORT)
    if piece == "…;":
        return Gap(_LONG * 2, wide=True)
    if piece in ("~", "~;"):
        return Gap(
            _LONG * 2, frozenset({"duration", "change", "rate", "points", "times"}), wide=piece == "~;"
        )
    if piece == END:
        return Break()
    if piece.startswith("<"):
        names = piece[1:-1].split("/")
        said = [phrase for name in names for phrase in stated.says.get(name, ())]
        if said:
            phrases = sorted((tuple(phrase_of(phrase)) for phrase in said), key=len, reverse=True)
            return Phrases(piece, tuple(phrases))
        return Word(frozenset(f"<{name}>" for name in names))
    if slot := re.fullmatch(r"([A-Z]+)(\+?)(?::(\w+))?", piece):
        role, many, type_ = slot.groups()
        return Slot(role, type_ or stated.roles[role], not many)
    words = [piece] if piece == "/" else piece.split("/")
    return Word(frozenset(key_of(w.rstrip("*")) + "*" * w.endswith("*") for w in words))


def _anchors(elements: Sequence[Element]) -> tuple[Element, ...]:
    return tuple(e for e in elements if not isinstance(e, Choice | Gap) or _is_anchor(e))


def _is_anchor(one: Choice | Gap) -> bool:
    return isinstance(one, Choice) and all(way and not isinstance(way[0], Gap) for way in one.ways)


def _needs(elements: Sequence[Element]) -> tuple[Need, ...]:
    """Return what a text must hold: each word, one of some phrases, so many numbers of a type; of a list two."""
    types: dict[str, int] = {}
    for one in elements:
        if isinstance(one, Slot):
            types[one.type] = types.get(one.type, 0) + 2 - one.single
    return (*(need for one in elements if (need := _need(one))), *types.items())


def _needs_of_several(elements: Sequence[Element]) -> tuple[Need, ...]:
    """Return what several sentences must hold, one of them each: no two numbers."""
    return tuple(need for need in _needs(elements) if isinstance(need, frozenset) or need[1] == 1)


def _need(one: Element) -> frozenset[str]:
    if isinstance(one, Word):
        return one.names
    if isinstance(one, Phrases):
        return frozenset({one.name})
    if isinstance(one, Break):
        return frozenset({END})
    if isinstance(one, Choice):
        ways = [next((need for part in way if (need := _need(part))), frozenset[str]()) for way in one.ways]
        return frozenset().union(*ways) if all(ways) else frozenset()
    return frozenset()
