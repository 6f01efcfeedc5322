"""What validate writes beside its reports: in which formats, the certificate, the summary of a step of GitHub."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from mlcheck import __version__
from mlcheck.cli.output import write
from mlcheck.cli.trouble import warn
from mlcheck.model.errors import MlcheckError
from mlcheck.network.sha256 import sha256_of
from mlcheck.rendering import FOLDERS, SUFFIXES, render
from mlcheck.rendering.view import View
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.finding import Report

TERMINAL, SITE = "terminal", "site"
Outputs = list[tuple[str, Path | None]]  # format and file, None for standard output
SUMMARY = "GITHUB_STEP_SUMMARY"
LIMIT = 1024 * 1024  # bytes; GitHub throws a longer summary away whole
CUT_SHORT = N_("The rest is left out: GitHub shows 1 MiB of a summary.")
NO_FOLDER = N_("A {format} is a folder of pages: name it with --output FOLDER/.")
NO_SUMMARY = N_("{file} cannot be written ({why}): the job has no summary.")


def paired(formats: Sequence[str], outputs: Sequence[str]) -> Outputs:
    """Return the format of each output; with no output, standard output has the format asked for.

    As many formats as outputs are taken in order. One format holds for a single output; otherwise it holds
    for the outputs whose suffix says none. A folder, or a name that ends in a slash, is a site. Raises MlcheckError where nothing says how to write an output.
    """
    if not outputs:
        if len(formats) > 1:
            raise MlcheckError("Several formats need several outputs: give an --output for each --format.")
        if formats and formats[0] in FOLDERS:
            raise MlcheckError(NO_FOLDER, format=formats[0])
        return [(formats[0] if formats else TERMINAL, None)]
    if len(formats) == len(outputs):
        return [(form, Path(output)) for form, output in zip(formats, outputs, strict=True)]
    if len(formats) > 1:
        raise MlcheckError("Give one --format for each --output, or leave it to their suffixes.")
    return [(_format(output, formats), Path(output)) for output in outputs]


def _format(name: str, formats: Sequence[str]) -> str:
    output = Path(name)
    if name.endswith(("/", os.sep)) or _is_folder(output):
        return SITE
    known = SUFFIXES.get(output.suffix.lower())
    if known is None and not formats:
        raise MlcheckError(
            "{file}: its suffix names no format; add --format, or end its name in one of {known}.",
            file=output,
            known=", ".join(SUFFIXES),
        )
    return known or formats[0]


def _is_folder(output: Path) -> bool:
    try:
        return output.is_dir()
    except OSError:  # a name that the system refuses: writing to it says so
        return False


def certify(
    reports: Sequence[Report], output: Path, inputs: Iterable[Path], options: Mapping[str, Any], status: int
) -> None:
    """Write the certificate of `reports`, with the hashes of what was read, into `output`. Raises MlcheckError."""
    from mlcheck.rendering.certificate import certificate

    inputs = [path for path in inputs if os.access(path, os.F_OK)]
    hashes = {path.name if path.is_absolute() else path.as_posix(): _hash(path) for path in inputs}
    write([certificate(reports, hashes, __version__, options, status)], output)


def _hash(path: Path) -> str:
    """Return the SHA-256 of a file, or of a folder. Raises MlcheckError."""
    try:
        return sha256_of(path)
    except OSError as error:
        raise MlcheckError(
            "{file} cannot be read ({reason}): check its name and its permissions.",
            file=path.as_posix(),
            reason=error.strerror or type(error).__name__,
        ) from error


def summary_of(outputs: Outputs) -> Path | None:
    """Return the file that GitHub names for the summary of a step, where one output is for GitHub."""
    name = os.environ.get(SUMMARY)
    return Path(name) if name and any(form == "github" for form, _ in outputs) else None


def summarised(reports: Iterable[Report], summary: Path | None, shown: View) -> Iterator[Report]:
    """Yield the reports, and append each to the summary of the step where there is one.

    A summary that cannot be written is reported on standard error and changes nothing else.
    """
    if summary is None:
        yield from reports
        return
    view, open_ = replace(shown, color=False, seconds=None), True
    for report in reports:
        yield report
        if open_:
            wording = view.wording(report.language)
            note = f"\n{wording.say(CUT_SHORT)}\n"
            try:
                open_ = _append(summary, "".join(render("markdown", [report], view)), note)
            except OSError as error:
                open_ = False
                why = error.strerror or str(error)
                warn(wording.say(NO_SUMMARY, {"file": summary.as_posix(), "why": why}))


def _append(summary: Path, text: str, note: str) -> bool:
    """Append a text; tell whether more may follow, or it had to be cut at the end of a line."""
    before = summary.stat().st_size if summary.exists() else 0
    held, last = f"\n{text}".encode("utf-8", "replace"), note.encode()
    room = LIMIT - before - len(last)
    fits = len(held) <= room
    if not fits:
        held = held[: held.rfind(b"\n", 0, max(room, 0)) + 1] + last if room > 0 else b""
    with summary.open("ab") as file:
        file.write(held)
    return fits
