"""What she takes away from the page: the annotated copy, the page, the certificate, and what she accepted."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from mlcheck import __version__
from mlcheck.configuration.writing import NAME
from mlcheck.desk.desk import Desk
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering import render, summary
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

Download = tuple[str, str, bytes]  # its name, its kind, and what it holds
ANNOTATED = N_("annotated")
UNREADABLE = N_("{file} cannot be read ({reason}): check its name and its permissions.")
FAILING = {"error": {"error"}, "warning": {"error", "warning"}}


def copy(desk: Desk, language: str | None) -> Download:
    """Return the annotated copy of the report. Raises MlcheckError."""
    report = desk.last().report
    with TemporaryDirectory(dir=desk.private, prefix="copy-") as folder:
        made = desk.annotate(Path(folder), language)
        word = Wording(language or report.language).say(ANNOTATED)
        name = f"{PurePath(report.source).stem}-{word}{made.suffix}"
        return name, mimetypes.guess_type(made.name)[0] or "application/octet-stream", made.read_bytes()


def page(desk: Desk, language: str | None) -> Download:
    """Return the page of the report, which needs no program. Raises MlcheckError."""
    report = desk.last().report
    text = "".join(render("html", [report], View(language)))
    return f"{PurePath(report.source).stem}.html", "text/html", text.encode("utf-8", "replace")


def certificate(desk: Desk, _: str | None) -> Download:
    """Return what was checked, with what, and the verdict. Raises MlcheckError."""
    from mlcheck.network.sha256 import sha256_of
    from mlcheck.rendering.certificate import certificate as written

    report, said = desk.last().report, desk.configuration
    failing = said.fail_on or "error"
    try:
        hashes = {name: sha256_of(file) for name, file in desk.inputs().items()}
    except OSError as error:
        raise MlcheckError(UNREADABLE, file=report.source, reason=error.strerror or str(error)) from error
    asked = {
        "select": said.select, "ignore": said.ignore, "fail_on": failing, "min_coverage": said.min_coverage,
        "min_confidence": said.min_confidence,
    }  # fmt: skip
    status = summary.status(report, FAILING[failing], said.min_coverage)
    text = written([report], hashes, __version__, asked, status)
    return f"{PurePath(report.source).stem}-mlcheck.json", "application/json", text.encode("utf-8", "replace")


def waivers(desk: Desk, _: str | None) -> Download:
    """Return the waivers that are kept as a mlcheck.toml."""
    return NAME, "application/toml", desk.waivers().encode("utf-8", "replace")


KINDS: dict[str, Callable[[Desk, str | None], Download]] = {
    "copy": copy,
    "page": page,
    "certificate": certificate,
    "waivers": waivers,
}
