"""The tables and claims of a report as tidy data, one writer a format, and as a workbook to correct."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.document import Grid
    from mlcheck.model.facts import Facts
    from mlcheck.rendering.wording import Wording

FOLDER = ""
WRITERS = {
    ".xlsx": "mlcheck.rendering.extraction.workbook:workbook",
    ".json": "mlcheck.rendering.extraction.json:json_object",
    ".parquet": "mlcheck.rendering.extraction.parquet:parquet",
    FOLDER: "mlcheck.rendering.extraction.delimited:csv_files",
}
"""Each suffix with the function (facts, sheets, wording) -> content, by the name of each file in a folder."""

LAID_OUT = (".xlsx",)
"""The suffixes whose writers need the sheets of the document."""

UNKNOWN = N_(
    "{file} is no name for what is extracted: end it in .xlsx, .json or .parquet, or in / for a folder of csv files."
)
Content = Mapping[str, bytes]


def suffix_of(output: str) -> str:
    """Return the suffix that decides how to write `output`: a key of WRITERS.

    A name without a suffix, one that ends in a slash and a folder that exists are a folder of csv files.
    Raises MlcheckError for any other suffix.
    """
    suffix = Path(output).suffix.lower()
    if output.endswith(("/", os.sep)) or Path(output).is_dir() or suffix in ("", "."):
        return FOLDER
    if suffix not in WRITERS:
        raise MlcheckError(UNKNOWN, file=output)
    return suffix


def extracted(suffix: str, facts: Facts, sheets: Sequence[Grid], wording: Wording) -> Content:
    """Return what is extracted of a report, by the name of each file in the folder; "" is the file itself."""
    module, _, function = WRITERS[suffix].partition(":")
    write: Callable[[Facts, Sequence[Grid], Wording], Content] = getattr(import_module(module), function)
    return write(facts, sheets, wording)
