"""How far findings can be trusted: examples judged by weights that never saw their document."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from calibrating.examples import Example, Gathered
from calibrating.weighing import learned
from mlcheck.judging.weights import ERROR, WARNING

FOLDS = 5
BANDS = ("sure", "likely", "doubtful")  # at 0.9 and above, at 0.5, below
NAMES = {
    "corpus": "published files", "aggrecol": "annotated tables", "agencies": "simulated reports", "fixtures": "fixtures",
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """An example, and the log-odds that others gave it."""

    example: Example
    odds: int

    @property
    def band(self) -> str:
        """How sure it is."""
        return BANDS[0] if self.odds >= ERROR else BANDS[1] if self.odds >= WARNING else BANDS[2]


def by_folds(examples: Sequence[Example]) -> list[Judged]:
    """Judge each example by the documents of the other folds; all documents of one name are in one fold."""
    names = sorted({(one.source, one.document) for one in examples}, key=_scattered)
    fold = {name: n % FOLDS for n, name in enumerate(names)}
    return list(_held_out(examples, lambda one: fold[one.source, one.document]))


def by_sources(examples: Sequence[Example]) -> list[Judged]:
    """Judge each example by the other sources."""
    return list(_held_out(examples, lambda one: one.source))


def _scattered(name: tuple[str, str]) -> tuple[str, int]:
    return name[0], zlib.crc32(name[1].encode())


def _held_out(examples: Sequence[Example], part: Callable[[Example], object]) -> Iterator[Judged]:
    for held in dict.fromkeys(map(part, examples)):
        known = learned([one for one in examples if part(one) != held])
        yield from (Judged(one, known.odds(one)) for one in examples if part(one) == held)


@dataclass
class Count:
    """What was told of some documents, had each of them one slip; and how many slips were told of how many."""

    documents: int = 0
    told: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    planted: int = 0
    noticed: int = 0

    def cells(self) -> Iterator[str]:
        """Yield the cells of its row."""
        yield str(self.documents)
        for band in BANDS:
            yield share(self.true[band], self.told[band])
        yield share(self.noticed, self.planted)


def share(part: float, whole: float) -> str:
    """Return how many of how many, and the percentage."""
    return f"{part:.0f} of {whole:.0f} ({part / whole:.0%})" if round(whole) else "none"


def counted(judged: Sequence[Judged], everything: Sequence[Gathered]) -> dict[str, Count]:
    """Return the counts by source, and of all."""
    counts: dict[str, Count] = defaultdict(Count)
    for one, weight in zip(judged, weighted(judged, everything), strict=True):
        for name in (one.example.source, "all"):
            counts[name].told[one.band] += weight
            counts[name].true[one.band] += weight * one.example.true
    slips = {(one.document.source, slip) for one in everything for slip in one.slips}
    told = {
        (one.example.source, slip) for one in judged if one.example.true and one.odds >= WARNING
        for slip in one.example.slips
    }  # fmt: skip
    for source in {one.document.source for one in everything}:
        for name in (source, "all"):
            counts[name].documents += sum(
                one.document.source == source and one.document.clean is None for one in everything
            )
            counts[name].planted += sum(of == source for of, _ in slips)
            counts[name].noticed += sum(of == source for of, _ in told & slips)
    return counts


def weighted(judged: Sequence[Judged], everything: Sequence[Gathered]) -> Iterator[float]:
    """Yield how many findings each example stands for, had each document one slip.

    One of a document as it is counts for one, with all others of its relation that are as sure: they are told
    together. What slips make is told counts for one slip in each file, as if a reader had got one of its copies.
    """
    slip = _tried(everything)
    alike = Counter((one.example.relation, one.band) for one in judged if not one.example.slips)
    for one in judged:
        if one.example.slips:
            yield slip.get((one.example.source, one.example.document), 1.0)
        else:
            yield 1 / alike[one.example.relation, one.band] if one.example.relation else 1.0


def _tried(everything: Iterable[Gathered]) -> dict[tuple[str, str], float]:
    """Return what one slip counts for, by the name of its document: for its files as they are, by the slips that were tried."""
    slips: Counter[tuple[str, str]] = Counter()
    files: Counter[tuple[str, str]] = Counter()
    for one in everything:
        at = one.document.source, one.document.name
        slips[at] += len(one.slips)
        files[at] += one.document.clean is None
    return {name: files[name] / number for name, number in slips.items() if number}


def table(folds: dict[str, Count], sources: dict[str, Count] | None = None) -> str:
    """Return the table of reliability, in Markdown."""
    rows = [
        ("documents", "number", "told at 0.9 and above: true", "told at 0.5 to 0.9: true", "not told: true", "slips told"),
        ("---",) * 6,
    ]  # fmt: skip
    order = [name for name in (*NAMES, "all") if name in folds]
    rows += [(NAMES.get(name, "**all**"), *folds[name].cells()) for name in order]
    if sources is not None:
        rows.append(("all, each kind judged by the other kinds alone", *sources["all"].cells()))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def by_rules(judged: Sequence[Judged], everything: Sequence[Gathered]) -> str:
    """Return the file that says of each rule how many findings were told and how many of them were true."""
    told: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for one, weight in zip(judged, weighted(judged, everything), strict=True):
        if one.odds >= WARNING:
            told[one.example.code] += weight
            true[one.example.code] += weight * one.example.true
    lines = ["# Of the findings of each rule on documents held out of the fit, each of them with one slip:"]
    lines += ["# how many were told, and how many of these were true. benchmarks/calibrate.py writes it."]
    for code in sorted(told):
        if round(told[code]):
            lines += ["", f"[rules.{code}]", f"told = {round(told[code])}", f"true = {round(true[code])}"]
    return "\n".join(lines) + "\n"
