"""validate --open: the page of what was checked, in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from tempfile import mkdtemp

from mlcheck.cli.output import write, writing_to
from mlcheck.cli.outputs import SITE, Outputs
from mlcheck.cli.trouble import warn
from mlcheck.model.finding import Report
from mlcheck.rendering import render
from mlcheck.rendering.html.site import INDEX
from mlcheck.rendering.view import View
from mlcheck.translation import N_

NO_BROWSER = N_("No browser can be opened here: open {file} in one.")
HTML = "html"


def open_reports(reports: Sequence[Report], outputs: Outputs, shown: View) -> None:
    """Open the page that is among the outputs, or else one in the folder of the system for what may be thrown away.

    Where no report could be checked there is nothing to open. Raises MlcheckError where the page cannot be written.
    """
    from mlcheck.desk.browser import open_page

    if all(report.unusable is not None for report in reports):
        return
    page = _page(outputs) or _written(reports, shown)
    if not open_page(page.absolute().as_uri()):
        wording = shown.wording(reports[0].language)
        warn(wording.say(NO_BROWSER, {"file": page.as_posix()}))


def _page(outputs: Outputs) -> Path | None:
    for form, output in outputs:
        if output is not None and form in (HTML, SITE):
            return output / INDEX if form == SITE else output
    return None


def _written(reports: Sequence[Report], shown: View) -> Path:
    """Write the page into a folder that nobody else may look into; the browser reads it after this program has ended."""
    name = Path(f"{PurePath(reports[0].source).stem.strip('-') or 'report'}.html")
    with writing_to(name):
        page = Path(mkdtemp(prefix="mlcheck-")) / name
    write(render(HTML, reports, shown), page)
    return page
