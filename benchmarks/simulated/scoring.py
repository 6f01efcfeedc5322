"""What a command says of simulated reports, against what is known of them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Finding = dict[str, Any]
TOLD = ("error", "warning")
SHEETS = {"xlsx", "ods", "csv"}
_BARE = re.compile(r"[^\d,.]")


@dataclass(frozen=True)
class Outcome:
    """What was said of a report; `slip` is None for a clean one."""

    agency: dict[str, Any]
    slip: dict[str, Any] | None
    findings: tuple[Finding, ...]
    trouble: str = ""


def outcomes(command: Sequence[str], folder: Path, jobs: int) -> Iterator[Outcome]:
    """Run the command on each report of a folder, and yield what it says; findings of the clean report are no news."""
    known = json.loads((folder / "truth.json").read_text("utf-8"))
    with ThreadPoolExecutor(jobs) as pool:
        for made in pool.map(lambda agency: list(_of_agency(command, folder, agency)), known):
            yield from made


def _of_agency(command: Sequence[str], folder: Path, agency: dict[str, Any]) -> Iterator[Outcome]:
    place = folder / agency["agency"]
    prior = place / agency["prior"] if agency["prior"] else None
    clean, trouble = _run(command, place / agency["clean"], prior)
    yield Outcome(agency, None, tuple(clean), trouble)
    known = {_signature(finding) for finding in clean}
    for slip in agency["slips"]:
        findings, trouble = _run(command, place / slip["file"], prior)
        news = tuple(finding for finding in findings if _signature(finding) not in known)
        yield Outcome(agency, slip, news, trouble)


def _signature(finding: Finding) -> tuple[Any, ...]:
    """Return what makes two findings the same: rule, message and place, but for the name of the file."""
    place = {name: value for name, value in finding["location"].items() if name != "file"}
    return finding["rule"], finding["severity"], finding["message"], json.dumps(place, sort_keys=True)


def _run(command: Sequence[str], report: Path, prior: Path | None) -> tuple[list[Finding], str]:
    """Return the findings of a report, or what kept it from being checked; no settings but the report's own apply."""
    program = shutil.which(command[0]) or command[0]
    asked = [str(Path(program).absolute()), *command[1:], "validate", report.name, "--format", "json"]
    asked += ["--prior", prior.name] if prior else []
    done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=report.parent)
    try:
        found = json.loads(done.stdout)["reports"][0]
    except (ValueError, KeyError, IndexError):
        return [], f"exit {done.returncode}: {done.stderr.strip()[-200:]}"
    trouble = found.get("unusable") or (str(found["crashes"][0]) if found.get("crashes") else "")
    return found["findings"], trouble


def bare(printed: object) -> str:
    """Return the digits of a printed number with its decimal point, and nothing else."""
    text = _BARE.sub("", str(printed or "")).replace(",", ".").strip(".")
    whole, _, part = text.partition(".")
    return (whole.lstrip("0") or "0") + (f".{part.rstrip('0')}" if part.strip("0") else "")


def is_slipped(entry: dict[str, Any], slip: dict[str, Any], form: str) -> bool:
    """Tell whether a location, a suspect or a related figure is the slipped one."""
    place, location = slip["place"], entry.get("location") or {}
    cell, printed = location.get("cell"), bare(entry.get("stated")) == bare(slip["new"])
    if form in SHEETS:
        sheet = form == "csv" or location.get("sheet") in (None, place.get("sheet"))
        return sheet and cell == place.get("cell") and (printed or slip["where"] == "table")
    if not printed:
        return False
    if slip["where"] == "prose":
        return not cell or bool(location.get("shape"))
    label = str(entry.get("label") or "")
    return cell == place.get("cell") or not label or _alike(slip["row"], label)


def _alike(row: str, label: str) -> bool:
    """Tell whether the label that a report gives a figure holds a word of its row."""
    words = {word for word in re.findall(r"\w+", row.casefold()) if len(word) > 2 or word.isdigit()}
    return not words or bool(words & {*re.findall(r"\w+", label.casefold())})


def named(finding: Finding, slip: dict[str, Any], form: str) -> bool:
    """Tell whether a finding names the slipped figure anywhere."""
    entries = [finding, *(finding.get("suspects") or ()), *(finding.get("related") or ())]
    entries += [
        {**suspect, "location": also}
        for suspect in finding.get("suspects") or ()
        for also in suspect.get("also") or ()
    ]
    return any(is_slipped(entry, slip, form) for entry in entries)


def is_first(finding: Finding, slip: dict[str, Any], form: str) -> bool:
    """Tell whether the slipped figure is the first suspect, or what is accused where there is none."""
    suspects = finding.get("suspects") or []
    return is_slipped(suspects[0] if suspects else finding, slip, form)


class Scores:
    """The counts of a run."""

    def __init__(self, found: list[Outcome]) -> None:
        """Tell the clean reports from those with a slip that they contradict."""
        self.clean = [one for one in found if one.slip is None]
        self.slipped = [one for one in found if one.slip is not None and one.slip["contradicted"]]
        self.silent = [one for one in found if one.slip is not None and not one.slip["contradicted"]]
        self.trouble = [one for one in found if one.trouble]

    def show(self, *, verbose: bool) -> None:
        """Print the counts, and the cases if asked."""
        self._show_clean()
        self._show_slips()
        for one in self.trouble:
            name = one.slip["file"] if one.slip else one.agency["clean"]
            print(f"not checked: {one.agency['agency']}/{name}: {one.trouble}")
        if verbose:
            self._list_accusations()
            self._list_misses()

    def _show_clean(self) -> None:
        errors = [[f for f in one.findings if f["severity"] == "error"] for one in self.clean]
        print(f"clean reports accused: {sum(map(bool, errors))} of {len(self.clean)}")
        for severity in TOLD:
            rules = Counter(
                f["rule"] for one in self.clean for f in one.findings if f["severity"] == severity
            )
            each = rules.total() / max(1, len(self.clean))
            print(f"{severity}s per clean report: {each:.2f}  ({_listed(rules)})")
        for form in sorted({one.agency["format"] for one in self.clean}):
            held = [
                sum(f["severity"] == "error" for f in one.findings)
                for one in self.clean
                if one.agency["format"] == form
            ]
            print(f"  {form:6} accused {sum(map(bool, held)):3} of {len(held):3}, errors {sum(held):4}")

    def _show_slips(self) -> None:
        print(f"slips that the document contradicts: {len(self.slipped)}, others: {len(self.silent)}")
        print(f"  {'all':24} {_rates(self.slipped)}")
        for key, of in (
            ("format", lambda one: one.agency["format"]),
            ("slip", lambda one: one.slip["kind"]),
            ("figure", lambda one: f"{one.slip['figure']} in {one.slip['where']}"),
        ):
            for name in sorted({of(one) for one in self.slipped}):
                print(f"  {key + ' ' + name:24} {_rates([one for one in self.slipped if of(one) == name])}")

    def _list_accusations(self) -> None:
        print("accusations of clean reports:")
        for one in self.clean:
            for finding in one.findings:
                if finding["severity"] in TOLD:
                    print(f"  {one.agency['agency']}/{one.agency['clean']} {_shown(finding)}")

    def _list_misses(self) -> None:
        print("slips that are not told:")
        for one in self.slipped:
            slip = one.slip or {}
            if not told(one):
                print(
                    f"  {one.agency['agency']}/{slip['file']} {slip['kind']} {slip['place']} {slip['row']} · {slip['column']}:"
                    f" {slip['old']} → {slip['new']} breaks {', '.join(slip['breaks'])}"
                )


def told(one: Outcome) -> list[Finding]:
    """Return the findings that name the slipped figure, errors first."""
    slip, form = one.slip or {}, one.agency["format"]
    held = [f for f in one.findings if f["severity"] in TOLD and named(f, slip, form)]
    return sorted(held, key=lambda finding: TOLD.index(finding["severity"]))


def _rates(cases: Sequence[Outcome]) -> str:
    """Return how many slips are told, and in how many the first finding has the slipped figure first."""
    found = [told(one) for one in cases]
    first = sum(
        bool(held) and is_first(held[0], one.slip or {}, one.agency["format"])
        for one, held in zip(cases, found, strict=True)
    )
    number, count = sum(map(bool, found)), len(cases)
    return f"told {number:3} of {count:3} ({number / max(1, count):4.0%}), cell first {first:3} ({first / max(1, count):4.0%})"


def _shown(finding: Finding) -> str:
    place = finding["location"]
    where = " ".join(
        str(place[key]) for key in ("sheet", "slide", "page", "line", "cell") if place.get(key) is not None
    )
    return f"{finding['severity']} {finding['rule']} [{where}] {finding['message']}"


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.most_common()) or "none"
