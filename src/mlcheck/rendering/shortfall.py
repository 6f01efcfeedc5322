"""What is said of a report in which too few figures are checked."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from mlcheck.model.finding import Report
from mlcheck.rendering import summary
from mlcheck.rendering.numbers import number, with_unit
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

BELOW = N_(
    "{file}: {share} of its {figures} figures stand in a check, less than the {least} asked for;"
    " without any: {most}."
)
SECTIONS = 4  # named in the sentence


def shortfall(report: Report, least: float, wording: Wording) -> str | None:
    """Return a sentence on what no check covers, None where `least` percent of the figures are checked.

    The comparison is exact; the share is told rounded down.
    """
    counts = summary.coverage(report)
    asked = Fraction(str(least))
    checked, figures = sum(counts[verdict] for verdict in summary.CHECKED), counts.total()
    if 100 * checked >= asked * figures:
        return None
    values = {
        "file": report.source,
        "share": _percent(Fraction(1000 * checked // figures, 10), wording),
        "figures": figures,
        "least": _percent(asked, wording),
        "most": _sections(report, wording),
    }
    return wording.say(BELOW, values)


def _percent(value: Fraction, wording: Wording) -> str:
    return with_unit(number(value, wording.language), "%", wording.language)


def _sections(report: Report, wording: Wording) -> str:
    """Return the sections with most figures in no check, by their innermost heading."""
    frame = report.figures
    left = frame.filter((frame["state"] == "number") & (frame["coverage"] == "unchecked"))
    counts = Counter(left["section"].fill_null("").to_list()).most_common()
    told = [
        f"{section.rpartition(' / ')[2] or wording.say('Outside any section')} ({n})"
        for section, n in counts[:SECTIONS]
    ]
    rest = sum(n for _, n in counts[SECTIONS:])
    if rest:
        told.append(wording.plural("… and {n} other", "… and {n} others", rest))
    return ", ".join(told)
