"""The options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mlcheck.model.errors import MlcheckError
from mlcheck.rendering import FOLDERS, RENDERERS
from mlcheck.translation import N_


class Language(StrEnum):
    """The languages of the output."""

    FR = "fr"
    EN = "en"


class FailOn(StrEnum):
    """The severities that can make the exit status 1."""

    ERROR = "error"
    WARNING = "warning"


ReportFormat = StrEnum("ReportFormat", {name.upper(): name for name in (*RENDERERS, *FOLDERS)})  # type: ignore[misc]
TERMINAL = ReportFormat("terminal")


class ListFormat(StrEnum):
    """The formats of a table or a list."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[FILE]...", help=N_("Reports; else the one that mlcheck.toml names."), show_default=False
    ),
]
StdinFilename = Annotated[
    str | None,
    typer.Option(
        "--stdin-filename", metavar="NAME", show_default=False,
        help=N_("What to call the report that comes on standard input, named as -."),
    ),
]  # fmt: skip
Prior = Annotated[
    Path | None, typer.Option("--prior", metavar="FILE", help=N_("Last year's report, to compare with."))
]
ProfileName = Annotated[
    str | None,
    typer.Option("--profile", metavar="NAME|FILE", help=N_("What is known beforehand of such reports.")),
]
Year = Annotated[
    int | None,
    typer.Option("--year", min=1, max=9999, help=N_("The year of the report, where it does not say.")),
]
Lang = Annotated[
    Language | None, typer.Option("--lang", help=N_("Language of the output; else the report's."))
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help=N_("Write there instead of on standard output.")),
]
Outputs = Annotated[
    list[str] | None,  # a path would lose the slash at the end of a folder's name
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=N_(
            "Write there; repeat it for several formats, known by suffix; a folder, FOLDER/, gets a page a report."
        ),
        show_default=False,
    ),
]
Formats = Annotated[
    list[ReportFormat] | None,
    typer.Option("--format", "-f", help=N_("How to write it; else as the suffix says."), show_default=False),
]
Baseline = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help=N_("Findings that were known: only what is new fails.")),
]
WriteBaseline = Annotated[
    Path | None,
    typer.Option(
        "--write-baseline", metavar="FILE", help=N_("Write what is found as what is known from now on.")
    ),
]
Certificate = Annotated[
    Path | None,
    typer.Option(
        "--certificate", metavar="FILE", help=N_("Write what was checked, with what, and the verdict.")
    ),
]
Statistics = Annotated[
    bool, typer.Option("--statistics", help=N_("Count the findings of each rule instead of listing them."))
]
ExitZero = Annotated[
    bool,
    typer.Option(
        "--exit-zero", help=N_("Exit 0 where there are findings; trouble still has its own status.")
    ),
]
Delimiter = Annotated[
    str | None,
    typer.Option(
        "--delimiter", metavar="C", callback=lambda given: one_character(given), show_default=False,
        help=N_("What parts the cells of a csv; else ; in French, with the mark that Excel needs, and a comma in English."),
    ),
]  # fmt: skip
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=N_("Write the verdict of each report alone."))]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose", "-v", help=N_("Cut no list short, list what is waived, and say how sure a finding is.")
    ),
]
MinCoverage = Annotated[
    float | None,
    typer.Option(
        metavar="P",
        help=N_("Exit 1 where less than P percent of the figures stand in a check."),
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        metavar="P", help=N_("Leave out the findings that are less sure than P, a probability from 0 to 1.")
    ),
]
Annotate = Annotated[
    Path | None,
    typer.Option(
        "--annotate",
        metavar="FILE",
        help=N_(
            "Write a copy of the report with what is wrong marked in it; FILE ends as the report does, or in .xlsx."
        ),
    ),
]
Tint = Annotated[bool, typer.Option("--tint", help=N_("Tint the verified figures of that copy too."))]
Open = Annotated[bool, typer.Option("--open", help=N_("Open the page of the reports in the browser."))]
Watch = Annotated[
    bool,
    typer.Option(
        "--watch", help=N_("Check again each time a report is saved, and say what is solved and what is new.")
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, metavar="N",
        help=N_("How many processes check the reports; else one on each core."), show_default=False,
    ),
]  # fmt: skip
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster", metavar="ADDRESS", show_default=False,
        help=N_("Check the reports on the workers of a Dask scheduler."),
    ),
]  # fmt: skip
Cache = Annotated[
    Path | None,
    typer.Option(
        "--cache", metavar="DIR", show_default=False,
        help=N_("Keep results in this folder, and check again only what has changed."),
    ),
]  # fmt: skip
NoCache = Annotated[bool, typer.Option("--no-cache", help=N_("Check everything again, and keep nothing."))]
Source = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]", help=N_("A report; else the one that mlcheck.toml names."), show_default=False
    ),
]
Format = Annotated[ListFormat, typer.Option("--format", "-f", help=N_("How to write it."))]


def one_character(given: str | None) -> str | None:
    """Return the delimiter that is given, a tab also as \\t. Raises typer.BadParameter for what cannot part cells."""
    if given is None:
        return None
    character = "\t" if given == "\\t" else given
    if len(character) != 1 or character in '"\r\n\0' or character.isalnum():
        raise typer.BadParameter(f"{given!r} is not one character such as ';'.")
    return character


def within(option: str, given: float | None, configured: float | None, most: int) -> float | None:
    """Return the number that an option gives, else the configured one. Raises MlcheckError outside 0 to `most`."""
    if given is not None and not 0 <= given <= most:  # not a number is neither
        raise MlcheckError("{option} must be a number from 0 to {most}.", option=option, most=most)
    return configured if given is None else given
