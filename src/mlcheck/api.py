"""mlcheck from Python: what the command line itself runs, and what a program needs to read its answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from mlcheck.checking.suppression import Policy
    from mlcheck.configuration import Configuration
    from mlcheck.model.document import Locator
    from mlcheck.model.finding import Finding, Report, Severity, Waiver
    from mlcheck.model.profile import Profile
    from mlcheck.network.cache import Cache
    from mlcheck.network.run import Run

File = str | os.PathLike[str]


def check(
    files: File | Iterable[File], *, prior: File | None = None, profile: Profile | str | None = None,
    year: int | None = None, select: Sequence[str] = (), ignore: Sequence[str] = (), waivers: Sequence[Waiver] = (),
    baseline: File | None = None, severities: Mapping[str, Severity] | None = None,
    tolerances: Mapping[str, Decimal] | None = None, min_confidence: float = 0.0, assumed: bool = False,
    relations: bool = False, facts: bool = False, jobs: int | None = 1, cluster: str | None = None,
    cache: File | None = None, tell: Callable[[Path | None], None] | None = None,
) -> Iterator[Report]:  # fmt: skip
    """Yield the report of each file, in the order of `files`, as soon as it is checked.

    A file that cannot be used gives a report whose `unusable` says why, and the others go on. `prior` is last
    year's report; `profile` the name or the file of what is known beforehand of such reports; `year` that of the
    report, where it does not say. `select` and `ignore` are codes of rules, or their beginnings ("TOT", "SHR101").
    Findings of `waivers` and of the file `baseline` are set apart, those less sure than `min_confidence`, a
    probability, left out. `severities` and `tolerances` are by code or family; a tolerance is the gap, in the unit
    of the figures, that sums and equalities may show.

    An `assumed` profile is left out for a report that has few of its tables. With `relations` the reports hold those
    that were checked, with `facts` all that was read. `jobs` is how many processes check them (1 is this one, None one
    for each core), `cluster` the address of a Dask scheduler whose workers do instead, `cache` a folder that keeps results;
    `tell` is given each file before it is read, where this process reads it.

    Raises MlcheckError, at once, for a code, a profile or a baseline that cannot be used; while the reports come, for
    last year's report or a cluster that cannot be.
    """
    from mlcheck.checking.codes import codes
    from mlcheck.network.processes import processes_for
    from mlcheck.network.reports import reports
    from mlcheck.network.run import Run
    from mlcheck.rules import RULES

    if isinstance(files, str | os.PathLike):
        files = [files]
    paths = [_path(file) for file in files]
    easing = dict(tolerances or {})
    codes([*easing], RULES)
    run = Run(
        None if prior is None else _path(prior), _profile(profile), year, codes(select, RULES), codes(ignore, RULES),
        assumed, easing, relations, facts,
    )  # fmt: skip
    policy = _policy(waivers, baseline, severities or {}, min_confidence, len(paths) == 1)
    kept = None if cache is None else _cache(Path(cache), run)
    return reports(
        run,
        paths,
        processes=processes_for(paths, jobs),
        cluster=cluster,
        cache=kept,
        policy=policy,
        tell=tell,
    )


def _path(file: File) -> Path:
    """Return a path; one that is known by another name than its own stays so."""
    return file if isinstance(file, Path) else Path(file)


def _profile(profile: Profile | str | None) -> Profile | None:
    if not isinstance(profile, str):
        return profile
    from mlcheck.profile import load

    return load(profile, folder=Path.cwd())


def _policy(
    waivers: Sequence[Waiver], baseline: File | None, severities: Mapping[str, Severity], sure: float, alone: bool
) -> Policy:  # fmt: skip
    """Return what was decided of findings beforehand; `alone` tells that one report is checked. Raises MlcheckError."""
    from datetime import date

    from mlcheck.checking.baseline import read_baseline
    from mlcheck.checking.codes import codes
    from mlcheck.checking.suppression import Policy
    from mlcheck.rules import RULES

    codes([waiver.rule for waiver in waivers], RULES)
    codes([*severities], RULES)
    known = None if baseline is None else read_baseline(Path(baseline))
    return Policy(tuple(waivers), known, severities, date.today(), alone=alone, min_confidence=sure)


def _cache(folder: Path, run: Run) -> Cache | None:
    """Return what is kept of such a run; None where last year's report cannot be read, as checking says."""
    from mlcheck.network.cache import Cache
    from mlcheck.network.identity import decided_by

    try:
        return Cache(folder, decided_by(run))
    except OSError:
        return None


def decided(configuration: Configuration) -> dict[str, Any]:
    """Return what mlcheck.toml decides of findings, as the arguments of `check` that say so.

    A waiver that names no report is about the one that mlcheck.toml names, where it names one. Raises MlcheckError for
    a code that no rule has.
    """
    from msgspec.structs import replace

    if configuration.waivers or configuration.severities or configuration.tolerances:
        from mlcheck.checking.codes import require_known
        from mlcheck.rules import RULES

        require_known(configuration, RULES)
    named = configuration.report.name if configuration.report else None
    return {
        "waivers": tuple(replace(one, file=one.file or named) for one in configuration.waivers),
        "severities": cast("Mapping[str, Severity]", configuration.severities),
        "tolerances": configuration.tolerances,
        "min_confidence": configuration.min_confidence or 0.0,
    }


def sentence(finding: Finding, report: Report, language: str | None = None) -> str:
    """Return what a finding says, in "fr" or "en", the language of its report unless one is given."""
    from mlcheck.rendering.view import View

    return View(language).wording(report.language).say(finding.message, finding.values)


def place(location: Locator, report: Report, language: str | None = None) -> str:
    """Return a place as a reader goes there: "Aides!C15", "slide 2, chart 1", "page 3"."""
    from mlcheck.rendering.places import place as written
    from mlcheck.rendering.view import View

    return written(location, View(language).wording(report.language))


def render(reports: Iterable[Report], format: str = "terminal", language: str | None = None) -> str:
    """Return reports in one of the formats of `mlcheck validate --format`. Raises KeyError for another name."""
    from mlcheck.rendering import render as pieces
    from mlcheck.rendering.view import View

    return "".join(pieces(format, reports, View(language)))
