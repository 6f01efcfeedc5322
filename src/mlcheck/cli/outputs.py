"""Where the outputs of a run go, and in which format each is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mlcheck.model.errors import MlcheckError
from mlcheck.rendering import SUFFIXES

TERMINAL = "terminal"
Outputs = list[tuple[str, Path | None]]  # format and file, None for standard output


def paired(formats: Sequence[str], outputs: Sequence[Path]) -> Outputs:
    """Return the format of each output; with no output, standard output has the format asked for.

    As many formats as outputs are taken in order. One format holds for a single output; otherwise it holds
    for the outputs whose suffix says none. Raises MlcheckError where nothing says how to write an output.
    """
    if not outputs:
        if len(formats) > 1:
            raise MlcheckError("Several formats need several outputs: give an --output for each --format.")
        return [(formats[0] if formats else TERMINAL, None)]
    if len(formats) == len(outputs):
        return list(zip(formats, outputs, strict=True))
    if len(formats) > 1:
        raise MlcheckError("Give one --format for each --output, or leave it to their suffixes.")
    return [(_format(output, formats), output) for output in outputs]


def _format(output: Path, formats: Sequence[str]) -> str:
    known = SUFFIXES.get(output.suffix.lower())
    if known is None and not formats:
        raise MlcheckError(
            "{file}: its suffix names no format; add --format, or end its name in one of {known}.",
            file=output,
            known=", ".join(SUFFIXES),
        )
    return known or formats[0]
