"""documents + profile → Report: the one place where the stages meet, and where a fault of ours is caught."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mlcheck.checking.hidden import asks_of_hidden, is_hidden
from mlcheck.checking.job import Job
from mlcheck.checking.suppression import eased
from mlcheck.model.constraints import Constraint, Remark, Rule
from mlcheck.model.document import Grid, LaidOut
from mlcheck.model.errors import MlcheckError, StageError, at_stage
from mlcheck.model.facts import Facts
from mlcheck.model.figure import Place, places_of
from mlcheck.model.finding import Crash, Report
from mlcheck.model.profile import Profile

if TYPE_CHECKING:
    from mlcheck.checking.suppression import Policy

BATCH = 8  # reports solved in one query; memory grows with it, time hardly shrinks


def check(
    files: Sequence[Path], *, prior: Path | Facts | None = None, profile: Profile | None = None,
    year: int | None = None, select: tuple[str, ...] = (), ignore: tuple[str, ...] = (), assumed: bool = False,
    policy: Policy | None = None, tolerances: Mapping[str, Decimal] | None = None,
    tell: Callable[[Path | None], None] | None = None, relations: bool = False,
) -> Iterator[Report]:  # fmt: skip
    """Yield the report of each file, in order; reports are solved by batches.

    A file that cannot be used gives a report that says so, and the others go on. `select` and `ignore`
    are prefixes of rule codes. An `assumed` profile was not asked for: it is left out for a report that
    has few of its tables. `policy` tells the findings that the team accepts; `tolerances` are gaps that sums
    and equalities may show, by code or family of rules; `tell` is given each file before it is read, and None when none is;
    with `relations` the reports hold those that were checked. `prior` is last year's report, or what was read of it.
    Raises MlcheckError where the prior report cannot be used.
    """
    from mlcheck.checking.suppression import settled
    from mlcheck.rules import RULES

    rules = [r for r in RULES if _wanted(r.code, select, ignore)]
    tell = tell or (lambda _: None)
    if isinstance(prior, Path):
        tell(prior)
        prior = former_facts(prior, profile, year)
    for start in range(0, len(files), BATCH):
        jobs = []
        for file in files[start : start + BATCH]:
            tell(file)
            jobs.append(read_job(file, prior, profile, year, assumed))
        tell(None)
        for job in jobs:
            for reads in ("facts", "constraints"):
                apply_rules(job, [rule for rule in RULES if rule.reads == reads])
            _keep(job, {rule.code for rule in rules})
            job.constraints = [eased(one, tolerances or {}) for one in job.constraints]
        reports = _reports(jobs, rules, relations)
        yield from (settled(r, policy) for r in reports) if policy else reports


def _reports(jobs: list[Job], rules: list[Rule], relations: bool) -> list[Report]:
    """Return the reports of a batch; where solving it fails, each is solved alone."""
    from mlcheck.checking.report import reports_of

    try:
        with at_stage("solving"):
            return list(reports_of(jobs, rules, relations))
    except StageError as error:
        if len(jobs) > 1:
            return [report for job in jobs for report in _reports([job], rules, relations)]
        failed = Job(jobs[0].source, prior=jobs[0].prior)
        failed.crashes.append(Crash("", str(error), error.stage, error.locator))
        return list(reports_of([failed], rules))


def _keep(job: Job, codes: set[str]) -> None:
    """Keep what the wanted rules made: all ran, since a table is alone only if no rule at all uses it."""
    job.constraints = [one for one in job.constraints if one.rule in codes]
    job.remarks = [one for one in job.remarks if one.rule in codes]
    job.crashes = [one for one in job.crashes if not one.rule or one.rule in codes]


def extract(
    file: Path, *, profile: Profile | None = None, year: int | None = None, prior: Path | None = None
) -> Facts:
    """Return the tables and claims of one file, bound to their figures. Raises MlcheckError."""
    former = None if prior is None else former_facts(prior, profile, year)
    return _facts(file, former, profile, year)


def _wanted(code: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    return (not select or code.startswith(select)) and not (ignore and code.startswith(ignore))


def former_facts(path: Path, profile: Profile | None, year: int | None) -> Facts:
    """Return the facts of last year's report; `year` is that of this year's. Raises MlcheckError."""
    from mlcheck.checking.facts import read_facts

    return read_facts(_laid_out(path), profile=profile, year=None if year is None else year - 1)


def _facts(
    path: Path, former: Facts | None, profile: Profile | None, year: int | None, assumed: bool = False
) -> Facts:
    from mlcheck.binding import bind, former_figures
    from mlcheck.checking.facts import read_facts

    first = 0 if former is None else 1 + max(places_of(former), default=0)
    document = _laid_out(path)
    facts = read_facts(document, profile=profile, year=year, first_figure=first)
    _require_computed(document, facts)
    if assumed and profile is not None and not _fits(facts):
        facts = read_facts(document, year=year, first_figure=first)
    _require_last_year(facts, former)
    facts = replace(facts, prior=former)
    with at_stage("binding"):
        return replace(facts, bindings=bind(facts), former=former_figures(facts))


def _laid_out(path: Path) -> LaidOut:
    from mlcheck.layout.recover import laid_out
    from mlcheck.reading import read

    with at_stage("reading"):
        document = read(path)
    with at_stage("layout"):
        return laid_out(document)


def _require_last_year(facts: Facts, former: Facts | None) -> None:
    """Raise MlcheckError where both reports tell their year, and they are not a year apart."""
    if former is None or former.year is None or facts.year is None or former.year == facts.year - 1:
        return
    raise MlcheckError(
        "{prior} is a report of {then}, not of {expected}: give last year's report, or say the year with --year.",
        prior=former.source, then=str(former.year), expected=str(facts.year - 1),
    )  # fmt: skip


def _fits(facts: Facts) -> bool:
    """Tell whether a report is of the profile's family: it has several of its tables, or mostly them."""
    known = sum(table.identity is not None for table in facts.tables)
    return known >= 5 or 0 < len(facts.tables) <= 2 * known


def read_job(
    path: Path, former: Facts | None, profile: Profile | None, year: int | None, assumed: bool = False
) -> Job:
    """Return the job of a file, unusable where it cannot be read or holds no figure.

    A fault of ours in a stage is kept as its crash, and leaves it without facts.
    """
    job = Job(path.as_posix(), prior=former.source if former else None)
    try:
        facts = _facts(path, former, profile, year, assumed)
        if not _has_figures(facts):
            raise MlcheckError(
                "{file} holds no figure: name a report with tables or sentences.", file=job.source
            )
    except MlcheckError as error:
        job.unusable, job.values = error.template, dict(error.values)
        return job
    except StageError as error:
        job.crashes.append(Crash("", str(error), error.stage, error.locator))
        return job
    job.facts = facts
    job.first = min(places_of(facts))
    job.places = {**(places_of(former) if former else {}), **places_of(facts)}
    return job


def _has_figures(facts: Facts) -> bool:
    return bool(facts.claims) or any(e.quantity for t in facts.tables for e in t.entries.values())


def _require_computed(document: LaidOut, facts: Facts) -> None:
    """Raise MlcheckError for a workbook whose figures are all formulas that no program has computed."""
    if _has_figures(facts):
        return
    grids = (block for block in document.blocks if isinstance(block, Grid))
    count = sum(cell.fault == "uncomputed" for grid in grids for cell in grid.cells.values())
    if count:
        raise MlcheckError(
            "{file}: its {count} formulas have no stored result: open it in a spreadsheet program, save it, "
            "then check it again.",
            file=facts.source, count=count,
        )  # fmt: skip


def apply_rules(job: Job, rules: Iterable[Rule]) -> None:
    """Run rules on the facts of a report; one that fails is named, and the others go on.

    What they ask of figures that the report hides is left out.
    """
    done: set[object] = set()
    for rule in rules:
        if job.facts is None or rule.check in done:
            continue
        done.add(rule.check)
        try:
            made = list(
                rule.check(job.facts, job.constraints)
                if rule.reads == "constraints"
                else rule.check(job.facts)
            )
        except Exception as error:
            job.crashes.append(Crash(rule.code, f"{type(error).__name__}: {error}"))
            continue
        job.constraints += [
            one for one in made if isinstance(one, Constraint) and not asks_of_hidden(one, job.places)
        ]
        job.remarks += [one for one in made if isinstance(one, Remark) and not _of_hidden(one, job.places)]


def _of_hidden(remark: Remark, places: Mapping[int, Place]) -> bool:
    """Tell whether a remark is about a figure that is not published."""
    return bool(remark.figures) and remark.figures[0] in places and is_hidden(places[remark.figures[0]])
