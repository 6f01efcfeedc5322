"""Labelled examples: what a report tells as it is, and what it tells once a figure is mistyped."""

from __future__ import annotations

import signal
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from random import Random
from typing import Any, TypeVar

from msgspec.structs import replace

from calibrating.documents import Document, Spot
from mlcheck.checking.batch import Batch, lay_out, remark
from mlcheck.checking.coverage import Solved, solved
from mlcheck.checking.findings import main_of
from mlcheck.checking.solution import Group, weighed_groups
from mlcheck.judging.gap import Features
from mlcheck.judging.weights import WARNING
from mlcheck.layout.recover import laid_out
from mlcheck.model.constraints import Constraint, Remark
from mlcheck.model.document import Locator
from mlcheck.model.errors import MlcheckError, StageError
from mlcheck.model.figure import Place
from mlcheck.mutation.mutants import (
    FindingKey,
    Mutant,
    Sound,
    Where,
    figures_of,
    key_of,
    mutant,
    sound,
    where,
)
from mlcheck.mutation.mutation import chosen
from mlcheck.mutation.typing_errors import KINDS, Mistypable, mistypables
from mlcheck.profile import load
from mlcheck.reading import read
from mlcheck.rules import RULES
from mlcheck.solving.solve import decide

FIRST = 5  # suspects that an accusation names
NO_ACCUSATION = ("ORP", "PLA", "RUL", "WAI")  # families whose remarks say of no figure that it is wrong
COPIES = 3  # of so many slips, one copies the number of a figure nearby
FAR = -300  # log-odds of relations that no other weights would make worth telling
Made = TypeVar("Made")


@dataclass(frozen=True)
class Example:
    """Something told, or nearly: what speaks for it, and whether it is true.

    A remark has no features but the code of its rule. `slips` are the slips that made it, none where the
    document is as it was found. Those of one `relation` are one relation in several lines.
    """

    source: str
    document: str
    code: str
    features: Features
    true: bool
    slips: tuple[str, ...] = ()
    remark: bool = False
    place: str = ""
    relation: str = ""


@dataclass(frozen=True)
class Gathered:
    """The examples of a document, the slips planted in it, and a word where it is passed over."""

    document: Document
    examples: tuple[Example, ...] = ()
    slips: tuple[str, ...] = ()
    trouble: str = ""


class OutOfTime(BaseException):
    """A document takes more processor time than it is given; no stage takes it for a fault of its own."""


def within(seconds: float, work: Callable[[], Made]) -> Made:
    """Return what is worked out in so many seconds of processor time. Raises OutOfTime."""

    def stop(*_: Any) -> None:
        raise OutOfTime

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_IGN)  # one may be under way, and would end the program


def gathered(document: Document, slips: int, seconds: float) -> Gathered:
    """Return the examples of a document: as it is, and with up to so many slips, each in seconds of processor time."""
    try:
        checked = within(seconds, lambda: _solved(document))
        if document.clean is not None:
            return within(seconds, lambda: _of_copy(document, checked))
        found = within(seconds, lambda: list(_as_it_is(document, checked)))
    except MlcheckError as error:
        return Gathered(document, trouble=str(error))
    except StageError as error:
        return Gathered(document, trouble=f"{error.stage}: {error}")
    except OutOfTime:
        return Gathered(document, trouble=f"takes more than {seconds:g} s")
    try:
        more, planted = within(seconds, lambda: _with_slips(document, checked, slips))
    except OutOfTime:
        return Gathered(document, tuple(found), trouble=f"slips take more than {seconds:g} s")
    return Gathered(document, (*found, *more), planted)


def _solved(document: Document) -> Solved:
    profile = None if document.profile is None else load(str(document.profile))
    return solved(document.path, prior=document.prior, profile=profile)


# What is told of a batch of reports, and what nearly was.


@dataclass(frozen=True)
class _Told:
    """A group of one report that is weighed: its constraints, its figures, those that it accuses, what speaks for it."""

    constraints: tuple[Constraint, ...]
    figures: frozenset[int]
    accused: frozenset[int]
    features: Features


def _told(batch: Batch) -> tuple[list[list[_Told]], list[list[Constraint]]]:
    """Return what is weighed of each report of a batch, and all its broken constraints.

    What the present weights leave out before it is weighed is added where it stands apart from the rest.
    """
    verdicts = decide(batch.figures, *batch.frames)
    groups = weighed_groups(batch, verdicts, WARNING)
    known = {constraint for group in groups for constraint in group.constraints}
    groups += [group for group in weighed_groups(batch, verdicts, FAR) if known.isdisjoint(group.constraints)]
    told: list[list[_Told]] = [[] for _ in batch.jobs]
    for group in groups:
        n = batch.owner(group.constraints[0])
        one = _as_told(batch, n, group)
        if any(constraint.severity != "info" for constraint in one.constraints):
            told[n].append(one)
    broken = [
        [job.constraints[n] for n, verdict in enumerate(own) if verdict == "inconsistent"]
        for job, offset in zip(batch.jobs, batch.constraint_offsets, strict=True)
        for own in [verdicts["verdict"].slice(offset, len(job.constraints)).to_list()]
    ]
    return told, broken


def _as_told(batch: Batch, n: int, group: Group) -> _Told:
    constraints = tuple(batch.jobs[n].constraints[c - batch.constraint_offsets[n]] for c in group.constraints)
    main = main_of(constraints)
    accused = [row["figure"] for row in group.suspects[:FIRST]]
    if main.stated is not None:
        accused.append(main.stated)
    ties = (figures_of(one) for one in constraints)
    return _Told(constraints, frozenset().union(*ties), frozenset(accused), group.features)


def _keys(constraints: Iterable[Constraint], places: Mapping[int, Place]) -> set[FindingKey]:
    return {key_of(one.rule, figures_of(one), places) for one in constraints}


def _remarks(remarks: Iterable[Remark]) -> Iterator[Remark]:
    return (one for one in remarks if one.severity != "info" and one.rule[:3] not in NO_ACCUSATION)


# A document as it is.


def _as_it_is(document: Document, checked: Solved) -> Iterator[Example]:
    """Yield what a document tells as it was published: true where it accuses a figure that is known to be wrong."""
    places = checked.job.places

    for one in _told(checked.batch)[0][0]:
        cells = _cells(one, places)
        true = cells in document.broken or _accuses(one.accused, document.wrong, places)
        arguable = cells in document.loose or _accuses(one.accused, document.arguable, places)
        if true or not arguable:
            yield _example(document, one, true, (), places)
    for told in _remarks(checked.job.remarks):
        true = _accuses(told.figures, document.wrong, places)
        if true or not _accuses(told.figures, document.arguable, places):
            yield _remarked(document, told, true, (), places)


def _cells(one: _Told, places: Mapping[int, Place]) -> frozenset[str]:
    """Return the cells with a number that the chief constraint of a group ties."""
    own = (places[figure] for figure in figures_of(main_of(one.constraints)))
    return frozenset(place.locator.cell for place in own if place.quantity is not None and place.locator.cell)


def _accuses(figures: Iterable[int], spots: Sequence[Spot], places: Mapping[int, Place]) -> bool:
    return any(spot.prints(places[figure].printed) for figure in figures for spot in spots)


def _example(
    document: Document, one: _Told, true: bool, slips: tuple[str, ...], places: Mapping[int, Place]
) -> Example:
    main = main_of(one.constraints)
    stated = places[main.stated if main.stated is not None else min(one.figures)]
    shown = f"{stated.locator.sheet or ''}!{stated.locator.cell or ''} {stated.label[:50]}: {stated.printed}"
    relation = main.siblings and f"{document.label} {main.rule} {main.siblings}"
    return Example(
        document.source, document.name, main.rule, one.features, true, slips, place=shown, relation=relation
    )


def _remarked(
    document: Document, told: Remark, true: bool, slips: tuple[str, ...], places: Mapping[int, Place]
) -> Example:
    shown = places[told.figures[0]].printed if told.figures else told.table or ""
    relation = f"{document.label} {told.rule} {told.table or ''}"
    return Example(document.source, document.name, told.rule, {}, true, slips, True, shown, relation)


# A copy with slips that somebody planted: what its clean report tells too is no news.


def _of_copy(document: Document, checked: Solved) -> Gathered:
    """Return what a copy tells that its clean report does not: true where a slipped figure has part in it."""
    assert document.clean is not None
    base = _solved(Document(document.source, document.name, document.clean, document.prior, document.profile))
    places = checked.job.places
    now, former = _outlined(checked), _outlined(base)
    known = _keys(_told(base.batch)[1][0], former)
    known |= {key_of(one.rule, one.figures, former) for one in base.job.remarks}
    slips = tuple(f"{document.label} {n}" for n in range(len(document.planted)))

    def by(figures: Iterable[int], other: Locator | None = None) -> tuple[str, ...]:
        spots = [*(places[figure].locator for figure in figures), *filter(None, (other,))]
        printed = [*(places[figure].printed for figure in figures), ""]
        planted = zip(slips, document.planted, strict=True)
        return tuple(slip for slip, own in planted if any(any(map(one.holds, spots, printed)) for one in own))

    found = []
    for one in _told(checked.batch)[0][0]:
        if not (_keys(one.constraints, now) <= known or _accuses(one.accused, document.wrong, places)):
            own = by(one.figures)
            found.append(_example(document, one, bool(own), own or slips, places))
    for told in _remarks(checked.job.remarks):
        if key_of(told.rule, told.figures, now) not in known:
            own = by(told.figures, told.location)
            found.append(_remarked(document, told, bool(own), own or slips, places))
    return Gathered(document, tuple(found), slips)


def _outlined(checked: Solved) -> dict[int, Place]:
    """Return the places of a report as they are in every file of its outline, those of last year's apart."""
    job = checked.job

    def outlined(place: Place) -> Locator:
        named_by_file = job.source.endswith(".csv")  # its only sheet has the name of the file
        sheet = None if named_by_file else place.locator.sheet
        return replace(place.locator, file="" if place.figure >= job.first else "last year's", sheet=sheet)

    return {figure: replace(place, locator=outlined(place)) for figure, place in job.places.items()}


# Slips planted in memory.


def _with_slips(document: Document, checked: Solved, number: int) -> tuple[list[Example], tuple[str, ...]]:
    """Return what is told of a document with one slip at a time, and the slips; they are the same each time."""
    report = sound(checked, laid_out(read(document.path)))
    verdicts = decide(checked.batch.figures, *checked.batch.frames)["verdict"].to_list()
    broken = [
        one
        for one, verdict in zip(checked.job.constraints, verdicts, strict=True)
        if verdict == "inconsistent"
    ]
    drawn = islice(
        _drawn(report, _held(checked, verdicts), Random(zlib.crc32(document.label.encode()))), number
    )
    mutants = [mutant(report, *one) for one in drawn]
    if not mutants:
        return [], ()
    known = report.known | _keys(broken, checked.job.places)
    batch = lay_out([one.job for one in mutants])
    remark(batch, RULES)
    slips = tuple(f"{document.label} {n}" for n in range(len(mutants)))
    found = [
        example
        for one, own, slip in zip(mutants, _told(batch)[0], slips, strict=True)
        for example in _of_mutant(document, one, own, slip, known)
    ]
    return found, slips


def _held(checked: Solved, verdicts: Sequence[str]) -> dict[str, set[Where]]:
    """Return where the figures stand that a rule holds and nothing contradicts, by rule."""
    held: dict[str, set[Where]] = defaultdict(set)
    broken: set[Where] = set()
    for one, verdict in zip(checked.job.constraints, verdicts, strict=True):
        own = {where(checked.job.places[figure]) for figure in figures_of(one)}
        if verdict == "consistent":
            held[one.rule] |= own
        elif verdict == "inconsistent":
            broken |= own
    return {rule: own - broken for rule, own in sorted(held.items())}


def _drawn(
    report: Sound, held: Mapping[str, set[Where]], chance: Random
) -> Iterator[tuple[Mistypable, str, str]]:
    """Yield slips in figures, each figure once: of every rule in turn, so that the rare ones have their share.

    One in COPIES prints the number of a figure beside it, the others a number mistyped.
    """
    spots = mistypables(report.portions, report.places)
    by_rule = [[one for one in spots if where(one.place) in own] for own in held.values()]
    for own in by_rule:
        chance.shuffle(own)
    chance.shuffle(by_rule)
    done: set[Where] = set()
    for spot in (spot for turn in zip_longest(*by_rule) for spot in turn if spot is not None):
        if where(spot.place) in done:
            continue
        copied = _beside(spot, spots) if chance.randrange(COPIES) == 0 else None
        typed = (one for one in chosen([spot], len(KINDS), chance) if one[1] != "emptied")
        slip = next(typed, None) if copied is None else (spot, "copied", copied)
        if slip is not None:
            done.add(where(spot.place))
            yield slip


def _beside(spot: Mistypable, spots: Sequence[Mistypable]) -> str | None:
    """Return the digits of the nearest other number of its table or text that is printed to as many decimals."""
    at = spots.index(spot)
    near = sorted(range(len(spots)), key=lambda n: abs(n - at))
    own = spot.numeral
    return next(
        (
            other.numeral.digits
            for other in (spots[n] for n in near)
            if other.where.portion == spot.where.portion
            and other.numeral.decimals == own.decimals
            and other.numeral.digits != own.digits
        ),
        None,
    )


def _of_mutant(
    document: Document, one: Mutant, told: Sequence[_Told], slip: str, known: frozenset[FindingKey]
) -> Iterator[Example]:
    """Yield what a mistyped report tells that it did not before: true where the mistyped figure has part in it."""
    wrong = where(one.mistypable.place)

    def slipped(figures: Iterable[int]) -> bool:
        return any(where(one.places[figure]) == wrong for figure in figures)

    for group in told:
        if not _keys(group.constraints, one.places) <= known:
            true = slipped(group.figures)
            yield _example(document, group, true, (slip,), one.places)
    for made in _remarks(one.job.remarks):
        if key_of(made.rule, made.figures, one.places) not in known and slipped(made.figures):
            yield _remarked(document, made, True, (slip,), one.places)
