"""What the page says: its labels, and what it tells of a check."""

from __future__ import annotations

from msgspec import Struct

from mlcheck.desk.desk import Desk
from mlcheck.model.changes import Changes
from mlcheck.model.finding import Finding
from mlcheck.rendering.numbers import number
from mlcheck.rendering.places import place
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

LABELS = {
    "accept": N_("It is meant…"),
    "accept_head": N_("This finding is meant"),
    "accept_why": N_("Why it is meant"),
    "accept_who": N_("Who says so"),
    "accept_do": N_("Accept it"),
    "again": N_("Check again"),
    "cancel": N_("Cancel"),
    "changed": N_("This file has changed since it was chosen: choose it again, or drop it here."),
    "changes": N_("Since last time"),
    "check": N_("Check a report"),
    "choose": N_("Choose a file…"),
    "close": N_("Nothing leaves this computer. To stop, close this page."),
    "copy": N_("Annotated copy"),
    "certificate": N_("Certificate"),
    "downloads": N_("Download"),
    "drop": N_("or drop it here"),
    "followed": N_("The page follows this file: it is checked again each time it is saved."),
    "forgotten": N_("The page was loaded again: choose this file again, or drop it here."),
    "formats": N_("Excel, PowerPoint, Word, PDF, LibreOffice, csv, web page or text"),
    "language": N_("Language"),
    "new": N_("New"),
    "no_profile": N_("none: any report"),
    "none_yet": N_("no file yet"),
    "one": N_("Choose one file at a time; a folder cannot be sent."),
    "other": N_("Check another report"),
    "page": N_("This page"),
    "prior": N_("Last year's report"),
    "prior_why": N_("to check what has grown or fallen; it may be left out"),
    "profile": N_("Profile"),
    "profile_why": N_("what is known beforehand of such reports"),
    "remove": N_("Remove"),
    "report": N_("This year's report"),
    "result": N_("Result"),
    "reading": N_("The file is being checked…"),
    "sending": N_("The file is being read…"),
    "skip": N_("Skip to the result"),
    "solved": N_("Solved"),
    "stop": N_("Stop"),
    "stopped": N_("The program has stopped: start mlcheck ui again, and use the page that it opens."),
    "undo": N_("Undo"),
    "unsent": N_("The file could not be read by the browser: choose it again."),
    "year": N_("Year of the report"),
    "year_why": N_("where it does not say it"),
    "waivers": N_("What you accepted (mlcheck.toml)"),
}
KEPT = N_("What you accepted is kept until this page is closed: download it, and keep it beside your report.")
WRITTEN = N_("What you accepted is written in {file}.")
LAST = N_("Accepted last: {about}")
UNCHANGED = N_("Checked again: nothing has changed.")
DONE = N_("Checked.")


def words(wording: Wording) -> dict[str, str]:
    """Return every label of the page in one language."""
    return {name: wording.say(template) for name, template in LABELS.items()}


def status(desk: Desk, wording: Wording) -> str:
    """Return what is said aloud of a check that is done, empty where none is."""
    result = desk.result
    if result is None or desk.running or desk.trouble:
        return ""
    told = result.changes
    if told is None:
        return "" if result.report.unusable else wording.say(DONE)
    parts = (
        wording.plural("{n} solved", "{n} solved", len(told.solved)) if told.solved else "",
        wording.plural("{n} new", "{n} new", len(told.new)) if told.new else "",
        wording.plural("{n} accepted", "{n} accepted", len(told.accepted)) if told.accepted else "",
        wording.plural("{n} no longer accepted", "{n} no longer accepted", len(told.restored))
        if told.restored
        else "",
    )
    said = ", ".join(part for part in parts if part)
    return f"{said}." if said else wording.say(UNCHANGED)


SHOWN = 12  # findings of a list


class Listed(Struct, frozen=True):
    """Findings that are solved, or new: the anchor, the place and the message of the first of them, and what says how many are left."""

    number: str
    shown: list[tuple[str, str, str]]
    more: str


def listed(findings: tuple[Finding, ...], wording: Wording) -> Listed:
    """Return some findings as a list."""
    left = len(findings) - SHOWN
    more = wording.plural("… and {n} other", "… and {n} others", left) if left > 0 else ""
    shown = _told(findings[:SHOWN], wording)
    return Listed(number(len(findings), wording.language), shown, more)


def _told(findings: tuple[Finding, ...], wording: Wording) -> list[tuple[str, str, str]]:
    return [
        (one.fingerprint, place(one.location, wording), wording.say(one.message, one.values))
        for one in findings
    ]


def accepted(desk: Desk, wording: Wording) -> str:
    """Return where the waivers of a page are, empty where it has none."""
    if desk.kept:
        return wording.say(KEPT)
    return "" if desk.written is None else wording.say(WRITTEN, {"file": desk.written})


def last_accepted(desk: Desk, wording: Wording) -> str:
    """Return what was accepted last on a page and can be taken back, empty where that is nothing."""
    return wording.say(LAST, {"about": desk.accepted[-1].note}) if desk.accepted else ""


def told(changes: Changes | None, wording: Wording) -> dict[str, Listed]:
    """Return what is solved and what is new, each where there is any."""
    found = {} if changes is None else {"solved": changes.solved, "new": changes.new}
    return {kind: listed(findings, wording) for kind, findings in found.items() if findings}
