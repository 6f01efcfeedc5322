"""What every format says of two files: how they are called, how many figures they share, what speaks for which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from mlcheck.model.comparison import Compared, Comparison, Side, Stated, TableAlone
from mlcheck.model.document import Locator
from mlcheck.rendering.places import place
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

PRINTS = N_("{left} prints {stated}; {right} prints {other}")
PROVEN = N_("{stated} is proven by the other figures of {file}")
CONTRADICTED = N_("{stated} contradicts other figures of {file}")
NOTHING = N_("no figure stands in both {left} and {right}: nothing could be compared.")
ONLY_IN = N_("Only in {file}")
WHOLE = N_("{table}: the whole table, {figures}")
SIDES: tuple[Side, Side] = ("left", "right")


def name(comparison: Comparison, side: Side) -> str:
    """Return what a file is called: its name, or its path where the other has the same name."""
    own, other = comparison.left.source, comparison.right.source
    if side == "right":
        own, other = other, own
    short = PurePath(own).name
    return own if short == PurePath(other).name else short


def spot_at(comparison: Comparison, side: Side, locator: Locator, wording: Wording) -> str:
    """Return a place with its file: "report.xlsx, Aides!C15"."""
    file, where = name(comparison, side), place(locator, wording)
    return file if where in ("", locator.file) else f"{file}, {where}"


def printed(stated: Stated, wording: Wording) -> str:
    """Return what a file prints, a blank being named."""
    return stated.printed or wording.say("nothing")


def subject(one: Compared, wording: Wording) -> str:
    """Return what a figure is called: its table and label, or its sentence."""
    label = wording.say("“{label}”", {"label": one.label}) if one.label else ""
    return ", ".join(part for part in (one.table, label) if part)


def evidence(one: Compared, comparison: Comparison, wording: Wording) -> list[str]:
    """Return how a figure may have been mistyped, and what the checks of both files say of it."""
    shown = [wording.say(one.hint)] if one.hint else []
    if one.favours is None:
        return shown
    for side, stated in (("left", one.left), ("right", one.right)):
        says = {"proven": PROVEN if one.favours == side else "", "contradicted": CONTRADICTED}
        if template := says.get(stated.coverage or "", ""):
            values = {"stated": printed(stated, wording), "file": name(comparison, side)}  # type: ignore[arg-type]
            shown.append(wording.say(template, values))
    return shown


def counts(comparison: Comparison) -> Counter[str]:
    """Count the figures that both files state by how they compare, nil marks as alike, and those of one alone."""
    found = Counter("equal" if one.agreement == "nil" else one.agreement for one in comparison.figures)
    return found + Counter(one.side for one in comparison.alone)


def summary(comparison: Comparison, wording: Wording) -> list[str]:
    """Return "519 figures in both: 516 alike, 0 rounded differently, 3 different", then those of one file alone."""
    found = counts(comparison)
    parts = (
        wording.plural("{n} alike", "{n} alike", found["equal"]),
        wording.plural("{n} rounded differently", "{n} rounded differently", found["rounded"]),
        wording.plural("{n} different", "{n} different", found["different"]),
    )
    both = len(comparison.figures)
    head = wording.plural("{n} figure in both:", "{n} figures in both:", both)
    own = [
        wording.say(
            "only in {file}: {figures}",
            {
                "file": name(comparison, side),
                "figures": wording.plural("{n} figure", "{n} figures", found[side]),
            },
        )
        for side in SIDES
    ]
    return [f"{head} {', '.join(parts)}", " · ".join(own)]


def verdict(comparison: Comparison, wording: Wording) -> tuple[str, str]:
    """Return the last line, such as "✗ 3 differences", and its style."""
    if not comparison.figures:
        return f"? {nothing(comparison, wording)}", "bold yellow"
    if different := len(comparison.differences):
        shown = wording.plural("{n} difference", "{n} differences", different)
        return f"✗ {shown}", "bold red"
    shown = wording.say("all that both state agrees")
    return f"✓ {shown}", "bold green"


def whole(table: str, figures: int, wording: Wording) -> str:
    """Return what is said of a table that only one file has."""
    counted = wording.plural("{n} figure", "{n} figures", figures)
    return wording.say(WHOLE, {"table": table, "figures": counted})


def nothing(comparison: Comparison, wording: Wording) -> str:
    """Return the sentence that says that the two files have no figure in common."""
    return wording.say(NOTHING, {"left": name(comparison, "left"), "right": name(comparison, "right")})


def by_section(found: Sequence[Compared]) -> dict[str, list[Compared]]:
    """Return figures by the headings they stand under, in order: a section's tables, then its sentences."""
    sections: dict[str, list[Compared]] = {}
    for one in found:
        sections.setdefault(one.section, []).append(one)
    return sections


def reason(one: TableAlone, wording: Wording) -> str:
    """Return why a table was compared with none, and those of the other file that it may be."""
    if not one.reason:
        return ""
    where = ", ".join(place(locator, wording) for locator in one.candidates)
    return f"{wording.say(one.reason)} ({where})"


def held(text: str) -> str:
    """Keep a printed figure on one line."""
    return text.replace(" ", "\u00a0")
