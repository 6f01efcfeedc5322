"""mlcheck extract: the tables and claims of a report as data, or as a workbook to correct."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from mlcheck.cli import options
from mlcheck.cli.files import OUTPUT, require_apart
from mlcheck.cli.output import save, view, write, writing_to
from mlcheck.cli.progress import steps
from mlcheck.cli.settings import Settings, configured, settle
from mlcheck.cli.trouble import wording_of
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.facts import Facts

READING = N_("Reading {file}")
FINDING = N_("Finding tables and sentences")
WRITING = N_("Writing {file}")
WRITTEN = N_("{file}: tables {tables}, figures {figures}, claims {claims}, not understood {unclear}.")
OTHER_YEAR = N_("Its name does not tell the year: check it with --year {year}.")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


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
    file: options.Source = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    lang: options.Lang = None,
) -> None:
    """Write the tables and claims of a report as data with their places, or as a workbook to correct."""
    with configured(lang) as (configuration, language):
        from mlcheck.rendering.extraction import LAID_OUT, suffix_of

        out = Path(output)
        with writing_to(out):
            suffix = suffix_of(output)
        settings = settle(
            configuration, files=[file] if file else (), prior=None, profile=profile, year=year,
            outputs=[(OUTPUT, out)],
        )  # fmt: skip
        facts, content = _extracted(settings, suffix, out, language)
        save(content, out)
        summary = _summary(facts, out, wording_of(language))
        if suffix in LAID_OUT and _loses_year(facts, out, asked=settings.year is not None):
            summary += " " + wording_of(language).say(OTHER_YEAR, {"year": facts.year})
        write([summary + "\n"], None)


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
