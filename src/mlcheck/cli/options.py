"""The options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mlcheck.rendering import RENDERERS


class Language(StrEnum):
    """The languages of the output."""

    FR = "fr"
    EN = "en"


class FailOn(StrEnum):
    """The severities that can make the exit status 1."""

    ERROR = "error"
    WARNING = "warning"


ReportFormat = StrEnum("ReportFormat", {name.upper(): name for name in RENDERERS})  # type: ignore[misc]
TERMINAL = ReportFormat("terminal")


class ListFormat(StrEnum):
    """The formats of a table or a list."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


Prior = Annotated[
    Path | None, typer.Option("--prior", metavar="FILE", help="Last year's report, to compare with.")
]
ProfileName = Annotated[
    str | None,
    typer.Option("--profile", metavar="NAME|FILE", help="What is known beforehand of such reports."),
]
Year = Annotated[int | None, typer.Option("--year", help="The year of the report, where it does not say.")]
Lang = Annotated[Language | None, typer.Option("--lang", help="Language of the output; else the report's.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write there instead of on standard output."),
]
MinCoverage = Annotated[
    float | None,
    typer.Option(
        min=0, max=100, metavar="P", help="Exit 1 where less than P percent of the figures stand in a check."
    ),
]
Annotate = Annotated[
    Path | None,
    typer.Option(
        "--annotate", metavar="FILE", help="Write a copy of the workbook with what is wrong marked in it."
    ),
]
Tint = Annotated[bool, typer.Option("--tint", help="Tint the verified figures of that copy too.")]
Source = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]", help="A report; else the one that mlcheck.toml names.", show_default=False
    ),
]
Format = Annotated[ListFormat, typer.Option("--format", "-f", help="How to write it.")]
