"""mlcheck extract: the tables and claims of a report as data or as a workbook to correct, and many reports as a store."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from mlcheck.api import decided
from mlcheck.cli import options
from mlcheck.cli.checked import checked, reports_among
from mlcheck.cli.files import OUTPUT, require_apart, require_outside
from mlcheck.cli.output import save, view, write, writing_to
from mlcheck.cli.progress import steps
from mlcheck.cli.settings import Settings, configured, settle
from mlcheck.cli.statuses import Passing, rendered, usability
from mlcheck.cli.trouble import spoken, warn, wording_of
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.facts import Facts
    from mlcheck.model.finding import Report

READING = N_("Reading {file}")
FINDING = N_("Finding tables and sentences")
WRITING = N_("Writing {file}")
WRITTEN = N_("{file}: tables {tables}, figures {figures}, claims {claims}, not understood {unclear}.")
OTHER_YEAR = N_("Its name does not tell the year: check it with --year {year}.")
SEVERAL = N_(
    "Several reports make a store: name a folder and add --format parquet, or extract them one by one."
)
SAME = N_(
    "{file} takes the place of {other}: an agency has one report of a name; name it with --agency, or rename it."
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Form(StrEnum):
    """The format of a store of many reports."""

    PARQUET = "parquet"


def extract(
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help=N_("OUT.xlsx, OUT.json, OUT.parquet, or OUT/ for a folder of csv files."),
            show_default=False,
        ),
    ],
    files: options.Files = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", "-f", help=N_("Write many reports, checked, into the store OUT/.")),
    ] = None,
    agency: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help=N_("Whose reports they are, in a store; else as their folders say.")
        ),
    ] = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    stdin_filename: options.StdinFilename = None,
    lang: options.Lang = None,
) -> None:
    """Write the tables and claims of a report as data with their places, or as a workbook to correct."""
    with configured(lang) as (configuration, language):
        from mlcheck.rendering.store.folder import is_store

        out = Path(output)
        single = not output.endswith(("/", os.sep)) and out.suffix.lower() == f".{Form.PARQUET}"
        many = is_store(out) or (form is not None and not single)
        settings = settle(
            configuration, files=reports_among(files or (), language), prior=None, profile=profile, year=year,
            outputs=[(OUTPUT, out)], stdin_filename=stdin_filename,
        )  # fmt: skip
        if many:
            raise typer.Exit(_store(settings, out, agency, language))
        if len(settings.files) > 1:
            raise MlcheckError(SEVERAL)
        from mlcheck.rendering.extraction import LAID_OUT, suffix_of

        with writing_to(out):
            suffix = suffix_of(output)
        facts, content = _extracted(settings, suffix, out, language)
        save(content, out)
        say = wording_of(spoken(language, facts.language))
        summary = _summary(facts, out, say)
        if suffix in LAID_OUT and _loses_year(facts, out, asked=settings.year is not None):
            summary += " " + say.say(OTHER_YEAR, {"year": facts.year})
        write([summary + "\n"], None)


def _store(settings: Settings, out: Path, agency: str | None, language: str | None) -> int:
    """Put the rows of every report into a store, each as soon as it is checked; return the exit status."""
    from mlcheck.rendering.origin import origin
    from mlcheck.rendering.store.folder import Store
    from mlcheck.rendering.store.rows import content

    store, shown, say = Store(out), view(language, out), wording_of(language)
    sources: dict[str, str] = {}
    with writing_to(out):
        require_outside(settings.inputs, out)
        store.open()
        passing = Passing(_checked(settings, language), usability)
        for report in rendered(passing, shown, True):
            known = origin(report, agency)
            if known.key in sources:
                warn(say.say(SAME, {"file": report.source, "other": sources[known.key]}))
            sources[known.key] = report.source
            store.put(known, content(report, known.key, shown.wording(report.language)))
    write([say.plural("{n} report", "{n} reports", len(sources)) + f" → {out.as_posix()}/\n"], None)
    return passing.status


def _checked(settings: Settings, language: str | None) -> Iterator[Report]:
    """Yield the reports with all that was read of them; what the team accepts is set apart as `validate` does."""
    wanted = decided(settings.configuration) | {"baseline": settings.baseline}
    return checked(settings, language, throughout=True, decided=wanted, relations=True, facts=True)


def _extracted(
    settings: Settings, suffix: str, out: Path, language: str | None
) -> tuple[Facts, Mapping[str, bytes]]:
    """Return what was read, and what is to be written of it. Raises MlcheckError where that is nothing."""
    from mlcheck.checking.facts import read_facts
    from mlcheck.layout.paging import sheets_of
    from mlcheck.layout.recover import laid_out
    from mlcheck.reading import read
    from mlcheck.rendering.extraction import LAID_OUT, extracted

    source, say = settings.files[0], wording_of(language)
    with steps(3) as step:
        step(say.say(READING, {"file": source}))
        document = laid_out(read(source))
        step(say.say(FINDING))
        facts = read_facts(document, profile=settings.profile, year=settings.year)
        if not any(e.quantity for t in facts.tables for e in t.entries.values()) and not facts.claims:
            raise MlcheckError(
                "{file} holds no figure: name a report with tables or sentences.", file=source.as_posix()
            )
        step(say.say(WRITING, {"file": out}))
        sheets = sheets_of(document) if suffix in LAID_OUT else ()
        content = extracted(suffix, facts, sheets, view(language, None).wording(facts.language))
    require_apart(settings.inputs, [(OUTPUT, out / name) for name in content])
    return facts, content


def _summary(facts: Facts, out: Path, say: Wording) -> str:
    """Return how much was written."""
    figures = sum(len(table.entries) + len(table.notes) for table in facts.tables)
    values = {"file": out, "tables": len(facts.tables), "figures": figures, "claims": len(facts.claims)}
    return say.say(WRITTEN, values | {"unclear": len(facts.not_understood)})


def _loses_year(facts: Facts, out: Path, *, asked: bool) -> bool:
    """Tell whether a workbook would be read as of another year: its name says one, or only the report's did."""
    years = _YEAR.findall(out.name)
    if years or facts.year is None:
        return bool(years) and years[-1] != str(facts.year)
    return asked or bool(_YEAR.search(PurePath(facts.source).name))
