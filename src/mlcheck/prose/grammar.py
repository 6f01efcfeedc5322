"""The grammar of statements: what ties the numbers of sentences, as patterns that stand in data.

A pattern is written as a sentence is: words ("au lieu de" is three), tags of the lexicon in angles (`<against>`),
marks, and slots in capitals for the numbers (`NEW`, `PARTS+` for a list, `RATE:percent` for one of a type). `…` passes
over up to fourteen words, `..` over four, neither over a number nor the end of a clause; `…;` passes over the end of a
clause too, `~` and `~;` over changes and durations as well, `¶` over the end of a sentence. `{a | b}` are alternatives, `[a]` may
be left out, `$NAME` is a part of patterns that stands under `parts`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec
import tomli
from msgspec import Struct

from mlcheck.prose.tokens import key_of, phrase_of, root

_FILE = Path(__file__).parents[1] / "data" / "grammar" / "fr.toml"
END = "¶"
"""What the end of a sentence answers to."""
_LONG, _SHORT = 14, 4
_OF_YEARS = frozenset({"dated", "in two years"})


class Word(Struct, frozen=True):
    """One token: by its `names`, a key or a tag of the lexicon in angles, or by how it starts (`stems`)."""

    names: frozenset[str]
    stems: tuple[str, ...] = ()


class Phrases(Struct, frozen=True):
    """One of some words and phrases, by their first word; a word that ends in "*" stands for all that start so."""

    rest: dict[str, tuple[tuple[str, ...], ...]]
    stems: tuple[str, ...] = ()


class Gap(Struct, frozen=True):
    """Up to `most` tokens that are passed over; `numbers` says which numbers may be among them, `wide` that clauses may end."""

    most: int
    numbers: frozenset[str] = frozenset({"duration"})
    wide: bool = False


class Break(Struct, frozen=True):
    """The end of a sentence."""


class Slot(Struct, frozen=True):
    """A number and its role; of a list where it is `many`."""

    role: str
    type: str
    many: bool = False


class Choice(Struct, frozen=True):
    """Alternatives, one of which matches; an empty one may be left out."""

    ways: tuple[tuple[Element, ...], ...]


Element = Word | Phrases | Gap | Break | Slot | Choice


class Pattern(Struct, frozen=True):
    """One wording of a form: its elements, and what must hold of the numbers besides.

    `needs` are sets of tags and keys of which a text must hold one each, `anchors` what it must hold in this order: one of
    some words, or a number of a type; `types` are how many numbers of each type it must hold, `numbers` how many in all;
    `lower` and `upper` bound the figure of a "limit". What is `loose` is believed less; what is `dated` asks for numbers of two
    years, what is `straight` leads from one level to the other by "de … à …" alone.
    """

    form: str
    reads: str
    elements: tuple[Element, ...]
    needs: tuple[frozenset[str], ...]
    anchors: tuple[tuple[frozenset[str], bool], ...]
    types: tuple[tuple[str, int], ...]
    numbers: int
    when: frozenset[str]
    dated: bool
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
    found = []
    for one in stated.statement:
        for reads in one.reads:
            elements = _elements(_expanded(reads, stated.parts), stated)
            lower, upper = (None if bound is None else Decimal(bound) for bound in (one.lower, one.upper))
            found.append(
                Pattern(
                    one.form,
                    reads,
                    elements,
                    _needs(elements),
                    _anchors(elements),
                    (types := _types(elements)),
                    sum(count for _, count in types),
                    frozenset(one.when),
                    not _OF_YEARS.isdisjoint(one.when),
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


def _elements(reads: str, stated: _File) -> tuple[Element, ...]:
    pieces = re.findall(r"<[^>]+>|[\[\]{}|]|[^\s\[\]{}|<>']+'?", reads)
    elements, rest = _sequence(pieces, stated)
    if rest:
        raise ValueError(f"{reads}: {rest[0]} closes nothing")
    return elements


def _sequence(pieces: Sequence[str], stated: _File) -> tuple[tuple[Element, ...], Sequence[str]]:
    found: list[Element] = []
    while pieces and pieces[0] not in ("]", "}", "|"):
        piece, pieces = pieces[0], pieces[1:]
        if piece in ("[", "{"):
            choice, pieces = _choice(piece, pieces, stated)
            found.append(choice)
        else:
            found.append(_element(piece, stated))
    return tuple(found), pieces


def _choice(opened: str, pieces: Sequence[str], stated: _File) -> tuple[Choice, Sequence[str]]:
    ways: list[tuple[Element, ...]] = []
    while True:
        way, pieces = _sequence(pieces, stated)
        ways.append(way)
        closed, pieces = pieces[0], pieces[1:]
        if closed != "|":
            return Choice((*ways, ()) if opened == "[" else tuple(ways)), pieces


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
        return _phrases(said) if said else Word(frozenset(f"<{name}>" for name in names))
    if slot := re.fullmatch(r"([A-Z]+)(\+?)(?::(\w+))?", piece):
        role, many, type_ = slot.groups()
        return Slot(role, type_ or stated.roles[role], bool(many))
    words = [piece] if piece == "/" else piece.split("/")
    return Word(
        frozenset(key_of(w) for w in words if not w.endswith("*")),
        tuple(key_of(w[:-1]) for w in words if w.endswith("*")),
    )


def _phrases(said: Sequence[str]) -> Phrases:
    rest: dict[str, list[tuple[str, ...]]] = {}
    for phrase in said:
        first, *others = phrase_of(phrase)
        if not first.endswith("*"):
            rest.setdefault(first, []).append(tuple(others))
    stems = tuple(key_of(phrase[:-1]) for phrase in said if phrase.endswith("*"))
    return Phrases(
        {first: tuple(sorted(found, key=len, reverse=True)) for first, found in rest.items()}, stems
    )


def _needs(elements: Sequence[Element]) -> tuple[frozenset[str], ...]:
    """Return what a text must hold of each word, of phrases the first word; stems are not looked for."""
    return tuple(need for one in elements if (need := _need(one)))


def _need(one: Element) -> frozenset[str]:
    if isinstance(one, Word) and not one.stems:
        return one.names
    if isinstance(one, Phrases) and not one.stems:
        return frozenset(one.rest)
    if isinstance(one, Break):
        return frozenset({END})
    if isinstance(one, Choice):
        ways = [next((need for part in way if (need := _need(part))), frozenset[str]()) for way in one.ways]
        return frozenset().union(*ways) if all(ways) else frozenset()
    return frozenset()


def _anchors(elements: Sequence[Element]) -> tuple[tuple[frozenset[str], bool], ...]:
    found: list[tuple[frozenset[str], bool]] = []
    for one in elements:
        if isinstance(one, Slot):
            found += [(frozenset({one.type}), True)] * (1 + one.many)
        elif not isinstance(one, Choice) and (need := _need(one)):
            found.append((need, False))
    return tuple(found)


def _types(elements: Sequence[Element]) -> tuple[tuple[str, int], ...]:
    """Return how many numbers of each type a text must hold; a list has two."""
    found: dict[str, int] = {}
    for one in elements:
        if isinstance(one, Slot):
            found[one.type] = found.get(one.type, 0) + 1 + one.many
    return tuple(found.items())
