"""Labels and heads that contradict what else the report says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from mlcheck.binding.vocabulary import people
from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import content_words, fold, stem, stems
from mlcheck.model.claim import Claim
from mlcheck.model.constraints import Constraint, Remark, Side
from mlcheck.model.facts import Facts
from mlcheck.model.table import Entry, Line, Table
from mlcheck.translation import N_

ONE = N_(
    "The chart draws {drawn}, the workbook behind it holds {stored}: "
    "the chart was not refreshed, or one of the two was edited."
)

SEVERAL = N_(
    "The chart draws {count} values that the workbook behind it does not hold, the first {drawn} for {stored}: "
    "the chart was not refreshed, or one of the two was edited."
)

_FAR = 5  # times that a number announces what is listed beside it, and is no slip
_FEW = 2  # items of a list that may be one thing and what explains it
_SIGNS = "<>≤≥+"  # that make another class of it
_NAME = 5  # words of an item that is no sentence
_QUOTED = re.compile("«[^»]*»|“[^”]*”")


def label_is_spelled_differently(facts: Facts) -> Iterator[Remark]:
    """A label is written in two ways that differ in capitals, accents or punctuation only.

    The more frequent spelling is taken for the usual one.
    """
    spellings: dict[tuple[str, ...], dict[str, list[tuple[Line, int]]]] = {}
    for table in facts.tables:
        for line, figures in _lines(table):
            text = " ".join(line.label.split()).rstrip(" :")
            if line.role == "total" or len(fold(text)) < 4 or not figures:
                continue
            key = fold(text), *(sign for sign in text if sign in _SIGNS)
            spellings.setdefault(key, {}).setdefault(_typed(text), []).append((line, figures[0]))
    for variants in spellings.values():
        usual = max(variants, key=lambda text: len(variants[text]))
        for text, places in variants.items():
            if text != usual:
                yield Remark(
                    "AGR104", "info", '"{label}" is spelled "{usual}" elsewhere in the report.',
                    {"label": text, "usual": usual}, tuple(figure for _, figure in places), expected=usual,
                    stated=text, location=places[0][0].locator,
                )  # fmt: skip


def _typed(text: str) -> str:
    """Return a label with one kind of apostrophe and of hyphen, which no reader tells apart."""
    return text.replace("’", "'").replace("\u2011", "-").replace("\u00a0", " ")


def _lines(table: Table) -> Iterator[tuple[Line, tuple[int, ...]]]:
    """Yield each row and each column with its figures."""
    figures: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
    for at, entry in table.entries.items():
        for axis in (0, 1):
            figures[axis].setdefault(at[axis], []).append(entry.figure)
    for axis, lines in ((0, table.rows), (1, table.columns)):
        for index, line in enumerate(lines):
            yield line, tuple(figures[axis].get(index, ()))


def head_contradicts_count(facts: Facts) -> Iterator[Remark]:
    """A column's head says that it counts events, and its total is the number of persons that had them.

    Reported where a sentence of the same chapter gives both numbers ("468 jeunes ont bénéficié de 678 actions
    de formation") and the column under "nombre d'entrées" totals the 468.
    """
    people = frozenset(stem(fold(w)) for w in lexicon().binding.people)
    heads = frozenset(stem(fold(w)) for w in lexicon().binding.number)
    for persons, events in _pairs(facts, people):
        for table in facts.tables:
            if table.sections[:1] != persons.sections[:1]:
                continue
            for column, total in _totals(table):
                words = stems(column.label)
                named = words and not words & people and not words.isdisjoint(heads)
                if named and total.quantity and total.quantity.value == persons.quantity.value:
                    yield Remark(
                        "AGR103", "warning",
                        '"{head}" totals {total}, the number of {persons}; the section counts {events} {what}.',
                        {
                            "head": column.label, "total": total.printed, "persons": _counted(persons),
                            "events": events.quantity.printed, "what": _counted(events),
                        },
                        (total.figure, persons.figure, events.figure),
                    )  # fmt: skip


def _counted(claim: Claim) -> str:
    """Return the words of the sentence that say what a number counts, up to its verb or a punctuation."""
    after = _end_of_words().split(claim.text[claim.end :], maxsplit=1)[0]
    return " ".join(after.split()[:5])


@cache
def _end_of_words() -> re.Pattern[str]:
    """Return the pattern of what ends the words of what is counted: a punctuation or a verb."""
    verbs = "|".join(map(re.escape, lexicon().binding.auxiliaries))
    return re.compile(rf"[.,;:(«\"]|\b(?:{verbs})\b")


def _pairs(facts: Facts, people: frozenset[str]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the persons and the events that one sentence counts, each pair of numbers once."""
    seen: set[tuple[object, object]] = set()
    for first, second in zip(facts.claims, facts.claims[1:], strict=False):
        same = first.text == second.text and first.locator == second.locator
        counts = first.kind == second.kind == "count" and second.quantity.unit == "count"
        if not (same and counts and first.subject and second.subject):
            continue
        events = stem(second.subject[0]) not in people
        key = (first.quantity.value, second.quantity.value)
        if stem(first.subject[0]) in people and events and key[0] != key[1] and key not in seen:
            seen.add(key)
            yield first, second


def _totals(table: Table) -> Iterator[tuple[Line, Entry]]:
    rows = [i for i, row in enumerate(table.rows) if row.role == "total"]
    for c, column in enumerate(table.columns):
        if (
            rows
            and column.role == "part"
            and (rows[-1], c) in table.entries
            and len(content_words(column.label)) > 1
        ):
            yield column, table.entries[rows[-1], c]


# Sentences that announce what they list.


def list_has_another_length(facts: Facts) -> Iterator[Constraint]:
    """A sentence announces a number of things and lists another number of them.

    Counted by the commas after a colon or in a parenthesis; a last item that holds "et" may be one or two, unless all are
    proper names, or all have an article. Where an item is no name of a few words, the list is unverifiable.
    """
    for link in facts.links:
        if link.kind == "length":
            figure = facts.claims[link.stated].figure
            side = Side(((figure, 1),), *link.limits)
            yield Constraint("TOT203", "relation", (side,), figure, link.stated, "warning")
    for index, claim in enumerate(facts.claims):
        if claim.kind != "count" or claim.quantity.unit != "count" or claim.quantity.half or claim.hedge:
            continue
        items = _enumerated(claim.text[claim.end :])
        persons = frozenset(stem(w) for w in claim.subject) & people()
        if len(items) > 1 or (items and not persons):
            least, most = _lengths(items)
            listed = (
                claim.quantity.value <= _FAR * most
            )  # "262 jeunes sans logement (foyer, tiers, rue)" lists no jeunes
            if listed and (most > _FEW or least == most == _FEW):
                side = Side(((claim.figure, 1),), least, most)
                yield Constraint("TOT203", "relation", (side,), claim.figure, index, "warning")


def _lengths(items: Sequence[str]) -> tuple[int, int]:
    """Return how many things some items are at least and at most: the last two may be one that holds "et"."""
    last = _last_two().split(items[-1])
    if len(last) == 1:
        return (len(items), len(items)) if len(items) > _FEW else (1, len(items))
    several = [*items[:-1], *last]
    alike = len(last) == _FEW and not any(_last_two().search(item) for item in items[:-1])
    alike = alike and all(len(item.split()) < _NAME for item in last) and _named_alike(several)
    return len(several) if alike else len(items), len(items) + 1


def _named_alike(items: Sequence[str]) -> bool:
    """Tell whether all items are proper names, or all open with an article."""
    articles = set(map(fold, lexicon().sentences.cues.definite))
    return all(item[0].isupper() for item in items) or all(
        fold(item).split()[0] in articles for item in items
    )


def _enumerated(text: str) -> list[str]:
    """Return the items that commas part after a colon or in a parenthesis, none where a number or a sentence stands among them.

    Names in quotation marks are the items where there are any; what comes after a word of comparison are examples.
    """
    before, listed = _list_in(text)
    if not listed or any(is_digits(c) for c in before + listed) or "." in listed.strip().rstrip("."):
        return []
    words = fold(before).split()
    if lexicon().binding.examples & set(words[-1:]) or any(mark in before for mark in ",;."):
        return []
    if not set(fold(listed).split()).isdisjoint(map(fold, lexicon().sentences.cues.open)):
        return []  # "(Lens et Douai notamment)"
    if quoted := _QUOTED.findall(listed):
        return quoted
    plain = re.sub(r"\([^)]*\)", "", listed).strip().rstrip(".")
    items = [item.strip() for item in plain.split(",") if item.strip()]
    joined = any(
        not {fold(item).split()[n] for n in (0, -1) if fold(item)}.isdisjoint(lexicon().binding.and_)
        for item in items
    ) or _goes_on_within(items)
    return [] if joined or any(len(item.split()) > _NAME for item in items) else items


def _goes_on_within(items: Sequence[str]) -> bool:
    """Tell whether a list ends with "et" and another goes on within its last item: "orienter et former aux stages, à l'emploi"."""
    articles = set(map(fold, lexicon().sentences.cues.definite))
    opened = [fold(item).split()[:1] for item in items]
    last = next((n for n, item in enumerate(items[:-1]) if _last_two().search(item)), None)
    return last is not None and {*opened[-1]} <= articles and not {*opened[0]} <= articles


def _list_in(text: str) -> tuple[str, str]:
    """Return what stands before a list and the list: in a parenthesis right after a noun, or after a colon."""
    opened = re.match(r"([^(:,;.]*)\(([^)]*)\)", text)
    if opened and "," not in opened[2] and not _last_two().search(opened[2]):
        opened = None
    if opened and len(opened[1].split()) <= _NAME:
        return opened[1], opened[2]
    before, _, listed = text.partition(":")
    return before, listed


@cache
def _last_two() -> re.Pattern[str]:
    """Return the pattern of what joins the last two items of a list."""
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, lexicon().binding.and_))})\s")


# Charts that draw something else than the workbook which stands behind them.


def chart_differs_from_its_workbook(facts: Facts) -> Iterator[Remark]:
    """A chart draws a value, and the workbook embedded behind it holds another.

    PowerPoint draws a chart from a copy of its workbook, which stays as it was where the workbook is changed
    elsewhere, or the chart pasted without it. Both are printed under the same number format, so what rounding
    hides is no difference. Reported once a chart. A chart without a workbook, or linked to one outside the file,
    has nothing to be compared with; nor has a value whose cell is empty or holds a text.
    """
    for table in facts.tables:
        entries = [entry for entry in table.entries.values() if entry.stored is not None]
        if not entries or table.hidden:
            continue
        first = entries[0]
        yield Remark(
            "AGR106", "warning", ONE if len(entries) == 1 else SEVERAL,
            {"drawn": first.printed, "stored": first.stored or "", "count": len(entries)},
            tuple(entry.figure for entry in entries), expected=first.stored,
        )  # fmt: skip
