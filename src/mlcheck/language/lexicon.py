"""The words of a language, kept as data beside the code and decoded once into typed sections."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec
import tomli

from mlcheck.model.quantity import Unit

Words = frozenset[str]
"""Words that are only asked for."""

Phrases = tuple[str, ...]
"""Words or phrases in the order of the file."""

_FILE = Path(__file__).parents[1] / "data" / "lexicon" / "fr.toml"


def _key(field: str) -> str:
    """Return the key of a field in the file: hyphens for underscores, and no mark after a word of Python."""
    return field.rstrip("_").replace("_", "-")


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename=_key):
    """A table of the file: each of its keys is required, and no other may stand in it."""


class Marks(Section, frozen=True):
    """What a cell prints that holds no number."""

    nil: Words
    unknown: Words


class Totals(Section, frozen=True):
    """Labels of lines that sum others, whole or by their start."""

    exact: Words
    starts: Words


class Measures(Section, frozen=True):
    """Words of a label that say what a line of figures states."""

    share: Words
    variation: Words
    mean: Words
    difference: Words
    code: Words


class Headnotes(Section, frozen=True):
    """Words over a table that say how its figures are rounded."""

    thousands: Phrases
    millions: Phrases
    billions: Phrases


class UnitWords(Section, frozen=True):
    """What is printed for a unit, and what only sentences say for it."""

    words: Phrases
    sentences: Phrases


class Magnitude(Section, frozen=True):
    """What is printed for a power of a thousand: in words, with its euros, and what only cells print."""

    words: Phrases
    euros: Phrases
    cells: Phrases


class Notes(Section, frozen=True):
    """Words that open a note under a table, and verbs that make a text a sentence."""

    starts: Words
    verbs: Words


class Hedge(Section, frozen=True):
    """What a hedge allows below and above a number, as parts of its value, and the expressions that say it."""

    below: Decimal
    above: Decimal
    words: Phrases


class Binding(Section, frozen=True):
    """Words by which sentences are bound to tables."""

    neutral: Words
    head: Words
    turning: Words
    people: Words
    targets: Words
    last_year: Words
    whole_after: Words
    whole_before: Words
    whole_never: Words
    whole_part: Words
    synonyms: dict[str, Phrases]


class Scale(Section, frozen=True):
    """Ordered classes, lowest first, and the words for what lies below and above one of them."""

    name: str
    below: Phrases
    above: Phrases
    steps: tuple[Phrases, ...]


class Lines(Section, frozen=True):
    """Words that part the lines of a table from those of a text."""

    open: Words
    numbered: Words
    stub: Words
    measured: Words
    members: Words
    openers: Words
    small_openers: Words
    verbs: Words
    relative: Words
    classes: Words
    furniture: Words
    pages: Words


class Communes(Section, frozen=True):
    """Labels among communes that are none, and abbreviations in the names of communes."""

    others: Words
    short: dict[str, str]


class Directions(Section, frozen=True):
    """Words for more and words for less."""

    up: Phrases
    down: Phrases


class Trend(Directions, frozen=True):
    """Words for more, for less, and for a change either way."""

    none: Phrases


class Cues(Section, frozen=True):
    """What the words of a sentence are to its numbers: the key of each field is the tag of its words."""

    of: Phrases
    to: Phrases
    definite: Phrases
    joint: Phrases
    against: Phrases
    facing: Phrases
    since: Phrases
    pass_: Phrases
    part: Phrases
    among: Phrases
    over: Phrases
    that_is: Phrases
    total: Phrases
    together: Phrases
    added: Phrases
    mean: Phrases
    yearly: Phrases
    per: Phrases
    rate: Phrases
    share_verb: Phrases
    reach: Phrases
    adverb: Phrases
    open: Phrases
    rest: Phrases
    breakdown: Phrases
    own_base: Phrases
    negation: Phrases
    basis: Phrases
    duration: Phrases
    age: Phrases
    calendar: Phrases
    numbered: Phrases
    address: Phrases
    cap: Phrases
    after_times: Phrases
    times: Phrases
    verb: Phrases
    clause: Phrases
    preposition: Phrases
    measured_by: Phrases
    overlapping: Phrases
    objective: Phrases

    def items(self) -> Iterator[tuple[str, Phrases]]:
        """Yield each tag with its words."""
        for field in self.__struct_fields__:
            yield _key(field), getattr(self, field)


class Kin(Section, frozen=True):
    """Nouns that name all things of a kind, and nouns that name some of them."""

    all: Phrases
    some: Phrases


class Verbs(Section, frozen=True):
    """How verbs end, and the words that end so and are none."""

    endings: Phrases
    never_endings: Phrases
    never: Words


class Sentences(Section, frozen=True):
    """The words of sentences, by what they mean."""

    measure: Phrases
    variants: dict[str, Phrases]
    number: dict[int, Phrases]
    approximate: dict[int, Phrases]
    fraction: dict[int, Phrases]
    multiple: dict[int, Phrases]
    factor: Directions
    trend: Trend
    more: Directions
    signed: Directions
    month: dict[int, Phrases]
    relative_year: dict[int, Phrases]
    cues: Cues
    complements: dict[str, tuple[Phrases, Phrases]]
    families: dict[str, Phrases]
    kin: dict[str, Kin]
    verbs: Verbs


class Dimension(Section, frozen=True):
    """A usual list of labels: its name, what says that a list is one, and whether it holds places."""

    name: str
    labels: Phrases
    members: Phrases
    endings: Phrases
    geographic: bool


class Naming(Section, frozen=True):
    """Words of titles that say by what a table is broken down, or say nothing of it."""

    by: Words
    generic: Words


class MeasureNames(Section, frozen=True):
    """Words in the names of measures."""

    heads: Words
    common: Words
    euros: str


class Drafting(Section, frozen=True):
    """The words by which a profile is drafted."""

    dimensions: tuple[Dimension, ...]
    naming: Naming
    measures: MeasureNames


class Lexicon(Section, frozen=True):
    """All words of one language."""

    parts: Words
    years: Words
    stop: Words
    marks: Marks
    totals: Totals
    measures: Measures
    headnotes: Headnotes
    units: dict[Unit, UnitWords]
    magnitudes: dict[int, Magnitude]
    of_euros: str
    stems: dict[str, str]
    notes: Notes
    hedges: dict[str, Hedge]
    binding: Binding
    scales: tuple[Scale, ...]
    lines: Lines
    communes: Communes
    sentences: Sentences
    drafting: Drafting


@cache
def lexicon() -> Lexicon:
    """Return the words of French."""
    return decode(_FILE.read_text("utf-8"))


def decode(text: str) -> Lexicon:
    """Return the lexicon that a TOML text states; a key that is missing or unknown raises `msgspec.ValidationError`."""
    return msgspec.convert(tomli.loads(text), Lexicon, str_keys=True)
