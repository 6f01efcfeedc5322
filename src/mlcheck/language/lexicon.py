"""The words of a language, kept as data beside the code and decoded once into typed sections."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec
import tomli

from mlcheck.model.quantity import Unit
from mlcheck.model.table import Statistic

WordSet = frozenset[str]
"""WordSet that are only asked for."""

Phrases = tuple[str, ...]
"""WordSet or phrases in the order of the file."""

_FILE = Path(__file__).parents[1] / "data" / "lexicon" / "fr.toml"


def _key(field: str) -> str:
    """Return the key of a field in the file: hyphens for underscores, and no mark after a word of Python."""
    return field.rstrip("_").replace("_", "-")


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename=_key):
    """A table of the file: each of its keys is required, and no other may stand in it."""


class Marks(Section, frozen=True):
    """What a cell prints that holds no number."""

    nil: WordSet
    unknown: WordSet
    about: Phrases


class Numbers(Section, frozen=True):
    """How numbers are written: the sign in words, and what goes on the digits of a rank."""

    minus: Phrases
    ranks: Phrases
    glued: Phrases
    first: str
    later: str


class Totals(Section, frozen=True):
    """Labels of lines that sum others, whole or by their start, and what is no part of their meaning."""

    exact: WordSet
    starts: WordSet
    some: WordSet
    adjectives: WordSet
    every: WordSet
    bare: WordSet
    never: Phrases
    apart: Phrases
    except_: WordSet


class Measures(Section, frozen=True):
    """WordSet of a label that say what a line of figures states."""

    share: WordSet
    variation: WordSet
    change: WordSet
    short: WordSet
    ratio: str
    out_of: Phrases
    periodic: WordSet
    by: WordSet
    yearly: WordSet
    difference: WordSet
    gap: WordSet
    distribution: WordSet
    overlapping: WordSet
    achievement: WordSet
    per: WordSet
    periods: WordSet
    code: WordSet


class Flows(Section, frozen=True):
    """What opens and closes the account of a stock, and what comes to it and leaves it between."""

    opening: WordSet
    closing: WordSet
    inflow: WordSet
    outflow: WordSet


class StatisticWords(Section, frozen=True):
    """Words that say that a measure is one which is never added up."""

    words: WordSet
    beside: WordSet
    titles: WordSet
    opening: WordSet = frozenset()
    nouns: WordSet = frozenset()
    before_nouns: WordSet = frozenset()


class Headnotes(Section, frozen=True):
    """WordSet over a table that say how its figures are rounded."""

    thousands: Phrases
    millions: Phrases
    billions: Phrases
    units: Phrases
    bracketed: Phrases
    never: Phrases


class UnitWords(Section, frozen=True):
    """What is printed for a unit, what only sentences say for it, and what only heads name it by."""

    words: Phrases
    sentences: Phrases
    heads: Phrases


class Measured(Section, frozen=True):
    """What is printed beside a figure that is counted like any other: "3,5 ETP", "1 200 $"; in cells durations too."""

    words: Phrases
    durations: Phrases


class Magnitude(Section, frozen=True):
    """What is printed for a power of a thousand: in words, with its euros, and what only cells print."""

    words: Phrases
    euros: Phrases
    cells: Phrases


class Notes(Section, frozen=True):
    """WordSet that open a note under a table, and verbs that make a text a sentence."""

    starts: WordSet
    verbs: WordSet


class Hedge(Section, frozen=True):
    """What a hedge allows below and above a number, as parts of its value, and the expressions that say it."""

    below: Decimal
    above: Decimal
    after: bool
    threshold: bool
    words: Phrases


class Without(Section, frozen=True):
    """The word for what a group has not, and the words between which a verb is denied."""

    word: str
    opening: tuple[str, ...]
    closing: tuple[str, ...]


class Headings(Section, frozen=True):
    """WordSet that a heading or label is known without."""

    small: WordSet
    dated: WordSet


class Binding(Section, frozen=True):
    """WordSet by which sentences are bound to tables."""

    neutral: WordSet
    head: WordSet
    turning: WordSet
    opening: WordSet
    indicators: WordSet
    persons: WordSet
    people: WordSet
    sexes: WordSet
    everyone: WordSet
    counting: WordSet
    number: WordSet
    money: WordSet
    bounding: Phrases
    filling: Phrases
    among_whom: WordSet
    unsaid: WordSet
    ages: WordSet
    opposed: Phrases
    represents: Phrases
    predicates: Phrases
    auxiliaries: Phrases
    and_: Phrases
    examples: WordSet
    before_class: WordSet
    targets: WordSet
    last_year: WordSet
    whole_after: WordSet
    whole_before: WordSet
    whole_never: WordSet
    whole_part: WordSet
    same_class: tuple[Phrases, ...]
    synonyms: dict[str, Phrases]


class Scale(Section, frozen=True):
    """Ordered classes, lowest first, and the words for what lies below and above one of them."""

    name: str
    below: Phrases
    above: Phrases
    steps: tuple[Phrases, ...]


class Lines(Section, frozen=True):
    """WordSet that part the lines of a table from those of a text."""

    open: WordSet
    numbered: WordSet
    stub: WordSet
    measured: WordSet
    members: WordSet
    openers: WordSet
    complements: Phrases
    chapters: Phrases
    small_openers: WordSet
    verbs: WordSet
    relative: WordSet
    classes: WordSet
    furniture: WordSet
    reporting: WordSet
    pages: WordSet
    going_on: Phrases


class Communes(Section, frozen=True):
    """Labels among communes that are none, and abbreviations in the names of communes."""

    others: WordSet
    short: dict[str, str]


class Directions(Section, frozen=True):
    """WordSet for more and words for less."""

    up: Phrases
    down: Phrases


class Trend(Directions, frozen=True):
    """WordSet for more, for less, and for a change either way."""

    none: Phrases


class Cues(Section, frozen=True):
    """What the words of a sentence are to its numbers: the key of each field is the tag of its words."""

    partitive: Phrases
    of: Phrases
    to: Phrases
    definite: Phrases
    joint: Phrases
    beside: Phrases
    than: Phrases
    against: Phrases
    out_of: Phrases
    facing: Phrases
    between: Phrases
    until: Phrases
    range: Phrases
    days: Phrases
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
    on_average: Phrases
    yearly: Phrases
    per: Phrases
    rate: Phrases
    portion: Phrases
    ratio: Phrases
    share_verb: Phrases
    reach: Phrases
    adverb: Phrases
    open: Phrases
    rest: Phrases
    breakdown: Phrases
    own_base: Phrases
    with_: Phrases
    above: Phrases
    below: Phrases
    unchanging: Phrases
    clitic: Phrases
    subject_pronoun: Phrases
    denying: Phrases
    only_more: Phrases
    apart: Phrases
    better: Phrases
    demonstrative: Phrases
    that_of: Phrases
    gained: Phrases
    negation: Phrases
    basis: Phrases
    duration: Phrases
    hour: Phrases
    lasting: Phrases
    length: Phrases
    age: Phrases
    calendar: Phrases
    numbered: Phrases
    number_sign: Phrases
    address: Phrases
    cap: Phrases
    after_times: Phrases
    less_times: Phrases
    times: Phrases
    verb: Phrases
    verb_or_noun: Phrases
    contrast: Phrases
    clause: Phrases
    inside: Phrases
    preposition: Phrases
    measured_by: Phrases
    overlapping: Phrases
    objective: Phrases

    def items(self) -> Iterator[tuple[str, Phrases]]:
        """Yield each tag with its words."""
        for field in self.__struct_fields__:
            yield _key(field), getattr(self, field)


class Relations(Section, frozen=True):
    """What stands for the words of a relation that its sentence does not say one by one."""

    of_which: str
    that_is: str
    from_to: str


class Kin(Section, frozen=True):
    """Nouns that name all things of a kind, and nouns that name some of them."""

    all: Phrases
    some: Phrases


class Verbs(Section, frozen=True):
    """How verbs end, and the words that end so and are none."""

    endings: Phrases
    finite: Phrases
    participles: Phrases
    never_endings: Phrases
    never: WordSet


class Sentences(Section, frozen=True):
    """The words of sentences, by what they mean."""

    measure: Phrases
    reporter: Phrases
    recorded: Phrases
    activity: Phrases
    them: Phrases
    differing: Phrases
    lacking: Phrases
    losing: Phrases
    balances: Phrases
    earlier: Phrases
    abbreviations: WordSet
    closing: WordSet
    general: Phrases
    hour_endings: Phrases
    fraction_endings: Phrases
    half: Phrases
    standing_for: WordSet
    variants: dict[str, Phrases]
    number: dict[int, Phrases]
    approximate: dict[int, Phrases]
    fraction: dict[int, Phrases]
    multiple: dict[int, Phrases]
    factor: Directions
    beyond: Directions
    trend: Trend
    more: Directions
    signed: Directions
    month: dict[int, Phrases]
    relative_year: dict[int, Phrases]
    relations: Relations
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
    """What is named where nothing names it, and words of titles that say by what a table is broken down or nothing."""

    list: str
    measure: str
    amount: str
    share: str
    again: str
    by: WordSet
    generic: WordSet


class MeasureNames(Section, frozen=True):
    """WordSet in the names of measures."""

    heads: WordSet
    common: WordSet
    euros: str
    of: WordSet
    part: WordSet


class Drafting(Section, frozen=True):
    """The words by which a profile is drafted."""

    dimensions: tuple[Dimension, ...]
    naming: Naming
    measures: MeasureNames


class Lexicon(Section, frozen=True):
    """All words of one language."""

    parts: WordSet
    years: WordSet
    stop: WordSet
    plurals: Phrases
    accented: WordSet
    filing: WordSet
    files: WordSet
    accents: str
    numbers: Numbers
    functions: dict[str, str]
    marks: Marks
    totals: Totals
    measures: Measures
    statistics: dict[Statistic, StatisticWords]
    scenarios: dict[str, WordSet]
    themes: WordSet
    quantiles: dict[int, WordSet]
    flows: Flows
    balances: tuple[Phrases, ...]
    headnotes: Headnotes
    units: dict[Unit, UnitWords]
    measured: Measured
    magnitudes: dict[int, Magnitude]
    of_euros: str
    stems: dict[str, str]
    notes: Notes
    hedges: dict[str, Hedge]
    without: Without
    bounds: dict[str, tuple[str, ...]]
    headings: Headings
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
