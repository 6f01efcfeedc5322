"""Reports as one page: a summary of all where there are several, then each in full."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from tempfile import SpooledTemporaryFile

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mlcheck.model.finding import Report
from mlcheck.rendering.html.content import content
from mlcheck.rendering.html.overview import Overview
from mlcheck.rendering.html.text import Anchors, cut, figure, finalized, held, own
from mlcheck.rendering.html.words import words
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

IN_MEMORY = 32 * 1024 * 1024  # characters of a page of several reports before it goes through a file
PIECE = 1024 * 1024
PACKAGE = "mlcheck.rendering.html"

POLICY = (
    "default-src 'none'; style-src {style}; script-src {script}; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def render(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return a whole page; one of several reports opens with a table that leads to each."""
    coming = iter(reports)
    first, second = next(coming, None), next(coming, None)
    if first is None:
        return
    if second is None:
        yield from alone(first, view)
        return
    yield from _several(chain((first, second), coming), Anchors(), view, view.wording(first.language))


def alone(report: Report, view: View, shared: str = "", home: str = "") -> Iterator[str]:
    """Return the page of one report; `shared` leads to the folder of a style and a script that are not on it, `home` back to all."""
    wording = view.wording(report.language)
    body, written = _report(report, 0, Anchors(), wording)
    yield part(
        "head",
        wording,
        title=f"{body.mark} {body.name}",
        reports=(),
        skip="report-top",
        shared=shared,
        home=home,
    )
    yield written
    yield part("foot", wording, shared=shared)


def embedded(report: Report, view: View) -> Markup:
    """Return a report to stand in another page, whose first heading is its own; with the pattern that its bars are drawn with."""
    wording = view.wording(report.language)
    _, written = _report(report, 0, Anchors(), wording, level=2)
    return Markup(part("defs", wording) + written)


def _several(reports: Iterable[Report], anchors: Anchors, view: View, wording: Wording) -> Iterator[str]:
    """Yield the page of several reports; they wait in a file, since the summary that stands first needs them all."""
    summaries = []
    with SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", newline="") as waiting:
        for n, report in enumerate(reports, 1):
            body, written = _report(report, n, anchors, view.wording(report.language))
            summaries.append(body)
            waiting.write(written)
        title = wording.plural("{n} report", "{n} reports", len(summaries))
        yield part("head", wording, title=title, reports=summaries, skip="r1-top", shared="", home="")
        waiting.seek(0)
        while piece := waiting.read(PIECE):
            yield piece
    yield part("foot", wording, shared="")


def _report(
    report: Report, n: int, anchors: Anchors, wording: Wording, level: int = 0
) -> tuple[Overview, str]:  # fmt: skip
    """Return the top of a report and all of it as HTML; `n` counts the reports of a page, 0 is alone on it.

    `level` is that of its first heading, else what its place on the page asks for.
    """
    prefix = f"r{n}-" if n else ""
    body = content(report, prefix, anchors, wording)
    own = "" if report.language == wording.language else report.language
    level = level or (2 if n else 1)
    return body.overview, part("report", wording, body=body, prefix=prefix, level=level, own=own)


def part(name: str, wording: Wording, **values: object) -> str:
    """Return what a template makes of some values, in one language."""
    template = _environment().get_template(f"{name}.html.j2")
    return template.render(w=words(wording), lang=wording.language, say=wording.say, **values)


# The templates of the page, its style and its script, and the policy that lets it run nothing else.


@cache
def _environment() -> Environment:
    """Return the templates: everything they write is escaped, and a name that they lack is a fault."""
    made = Environment(
        loader=PackageLoader(PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"own": own, "figure": figure, "held": held, "cut": cut}
    made.globals |= {"style": asset("style.css"), "script": asset("filter.js"), "policy": _policy()}
    made.globals["policy_of_folder"] = POLICY.format(style="'self'", script="'self'")
    return made


def asset(name: str) -> Markup:
    """Return the style or the script of a page."""
    return Markup(files(PACKAGE).joinpath(name).read_text(encoding="utf-8"))


def _policy() -> str:
    """Return a policy that knows the style and the script by their hashes, so that none that is smuggled in runs."""
    return POLICY.format(style=f"'sha256-{_hash('style.css')}'", script=f"'sha256-{_hash('filter.js')}'")


def _hash(name: str) -> str:
    return b64encode(sha256(asset(name).encode()).digest()).decode()
