"""A report in one sentence, for who reads no further."""

from __future__ import annotations

from collections.abc import Iterable

from mlcheck.model.document import Locator
from mlcheck.model.finding import Report
from mlcheck.rendering import summary
from mlcheck.rendering.numbers import with_unit
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

PLACED = N_("{what}, {where}; {share} of the figures are checked.")
ALONE = N_("{what}; {share} of the figures are checked.")
NONE = N_("No error was found")
UNUSABLE = N_("This file could not be checked.")
FAILED = N_("The check is incomplete, by a fault of mlcheck.")
NOTHING = N_("Nothing could be checked: no two figures of this report are known to be related.")
WITH_WARNINGS = N_("{errors} and {warnings}")


def headline(report: Report, wording: Wording) -> str:
    """Return "5 figures to correct, in 3 sheets; 94 % of the figures are checked."."""
    outcome = summary.verdict(report)
    if outcome == "unusable":
        return wording.say(UNUSABLE)
    if outcome == "failed":
        return wording.say(FAILED)
    if outcome == "nothing-checked":
        return wording.say(NOTHING)
    errors = [one for one in report.findings if one.severity == "error"]
    warnings = [one for one in report.findings if one.severity == "warning"]
    values: dict[str, object] = {
        "what": _what(len(errors), len(warnings), wording),
        "share": _share(report, wording),
    }
    where = _where((one.location for one in errors or warnings), wording)
    return wording.say(PLACED if where else ALONE, values | {"where": where})


def _what(errors: int, warnings: int, wording: Wording) -> str:
    wrong = wording.plural("{n} figure to correct", "{n} figures to correct", errors) if errors else ""
    unsure = wording.plural("{n} to look at again", "{n} to look at again", warnings) if warnings else ""
    if not wrong:
        return wording.say(NONE) if not unsure else f"{wording.say(NONE)}, {unsure}"
    return wording.say(WITH_WARNINGS, {"errors": wrong, "warnings": unsure}) if unsure else wrong


def _where(places: Iterable[Locator], wording: Wording) -> str:
    """Return in how many sheets, slides or pages some places lie; nothing where they have no such thing."""
    known = list(places)
    sheets, slides, pages = (
        len({getattr(place, name) for place in known} - {None}) for name in ("sheet", "slide", "page")
    )
    if sheets:
        return wording.plural("in {n} sheet", "in {n} sheets", sheets)
    if slides:
        return wording.plural("in {n} slide", "in {n} slides", slides)
    return wording.plural("on {n} page", "on {n} pages", pages) if pages else ""


def _share(report: Report, wording: Wording) -> str:
    """Return the share of the figures that stand in a check; nothing rounds up to all of them."""
    counts = summary.coverage(report)
    share = 100 * sum(counts[one] for one in summary.CHECKED) // (counts.total() or 1)
    return with_unit(str(share), "%", wording.language)
