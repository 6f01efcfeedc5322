"""What the page shows: its templates, its style and script, and the state that it is told."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mlcheck.desk import words
from mlcheck.desk.desk import Desk, author
from mlcheck.rendering.headline import headline
from mlcheck.rendering.html.page import asset as page_asset
from mlcheck.rendering.html.page import embedded
from mlcheck.rendering.html.text import finalized, own
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

PACKAGE = "mlcheck.desk"
SCRIPT, STYLE = "text/javascript", "text/css"
ASSETS = {"desk.js": SCRIPT, "filter.js": SCRIPT, "desk.css": STYLE, "style.css": STYLE}
IN_SCRIPT = ("accept", "changed", "forgotten", "none_yet", "one", "reading", "sending", "stopped", "unsent")
DOWNLOADS = ("copy", "page", "certificate")


def asset(name: str) -> str:
    """Return one of the files that the page is made of."""
    if name in ("style.css", "filter.js"):
        return page_asset(name)
    return files(PACKAGE).joinpath("page", name).read_text("utf-8")


def page(desk: Desk, wording: Wording) -> str:
    """Return the page itself, to which the rest is told as it comes."""
    said = words.words(wording)
    held = json.dumps({name: said[name] for name in IN_SCRIPT}).replace("<", "\\u003c")
    return _environment().get_template("desk.html.j2").render(
        lang=wording.language, w=said, title=f"{desk.name('report') or said['check']} – mlcheck", watched=desk.watched,
        profiles=desk.profiles(), profile=desk.profile, author=author(), year=desk.year or "", script_words=Markup(held),
    )  # fmt: skip


def result(desk: Desk, language: str | None) -> str:
    """Return what came of the last check: the sentence, what has changed, the report. Raises MlcheckError where there was none."""
    last = desk.last()
    view = View(language)
    wording = view.wording(last.report.language)
    said = words.words(wording)
    return _environment().get_template("result.html.j2").render(
        lang=wording.language, w=said, headline=headline(last.report, wording),
        changes=words.told(last.changes, wording), downloads=[] if last.report.unusable else [(name, said[name]) for name in DOWNLOADS],
        accepted=words.accepted(desk, wording), kept=bool(desk.kept), last=words.last_accepted(desk, wording), report=embedded(last.report, view),
    )  # fmt: skip


def state(desk: Desk, wording: Wording) -> dict[str, Any]:
    """Return what the page needs to know of its desk."""
    trouble = desk.trouble
    return {
        "running": desk.running,
        "files": {"report": desk.name("report"), "prior": desk.name("prior")},
        "result": 0 if desk.result is None else desk.result.number,
        "status": words.status(desk, wording),
        "trouble": "" if trouble is None else wording.say(*trouble),
    }


def wording_of(desk: Desk, language: str | None, otherwise: Wording) -> Wording:
    """Return the words that a page shows its report in."""
    return otherwise if desk.result is None else View(language).wording(desk.result.report.language)


@cache
def _environment() -> Environment:
    """Return the templates: everything they write is escaped, and a name that they lack is a fault."""
    made = Environment(
        loader=PackageLoader(PACKAGE, "page"), autoescape=True, undefined=StrictUndefined, finalize=finalized,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["own"] = own
    return made
