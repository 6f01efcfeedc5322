"""What one page works on: its files and profile, the check that runs, and what came of the last one."""

from __future__ import annotations

import getpass
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from mlcheck.checking.changes import changes
from mlcheck.configuration import Configuration, find
from mlcheck.configuration.writing import Added, Whole, add_waiver, take_out, waiver_text
from mlcheck.desk.apart import Apart, StoppedError
from mlcheck.desk.work import Asked, annotated, checked
from mlcheck.model.changes import Changes
from mlcheck.model.errors import OWN_FAULT, MlcheckError, StageError
from mlcheck.model.finding import Finding, Report, Waiver
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.rendering.wording import Wording

Role = Literal["report", "prior"]
ROLES: tuple[Role, ...] = ("report", "prior")
LONGEST = 2000  # characters of a reason
NO_REPORT = N_("Choose a report first.")
NO_RESULT = N_("Nothing was checked yet: choose a report first.")
NO_PROFILE = N_("This profile is not known here: choose one of the list.")
GONE = N_("This finding is no longer there: look at the page again.")
NOT_ACCEPTED = N_("Nothing was accepted on this page that could be undone.")
ABOUT = N_("{place}: {told}")
NO_YEAR = N_("The year must be a whole number from 1 to 9999.")
NO_REASON = N_("Say why it is meant, and who says so.")
FOLLOWED = N_("This page follows {file}: open another page for another report.")


class Result(Struct, frozen=True):
    """What a check came to: the report, and what has changed since the one before, None where that is not known."""

    report: Report
    asked: Asked
    changes: Changes | None
    number: int
    at: float


class Accepted(Struct, frozen=True):
    """A waiver that this page wrote, with what it is about, and where: `added` is None where it is only kept."""

    waiver: Waiver
    note: str
    added: Added | None = None


class Desk:
    """The files of one page and their check; used from the threads of a server, each of its methods whole in itself.

    `folder` is where the path of its report starts, `private` holds what was sent to it. A report that was named on the command line is `watched`, and the waivers of
    it are written; of one that was sent they are `kept`.
    """

    def __init__(
        self, private: Path, configuration: Configuration, *, report: Path | None = None, prior: Path | None = None,
        profile: str | None = None, year: int | None = None, whole: Whole,
    ) -> None:  # fmt: skip
        self.private, self.configuration, self._year, self._whole = private, configuration, year, whole
        self.accepted: list[Accepted] = []
        self.folder = private / "report" if report is None else Path.cwd()
        self.files: dict[Role, Path | None] = {"report": report, "prior": prior}
        self.watched = report is not None
        self.profile = profile or configuration.profile
        self._chosen = profile is not None
        self.kept: list[tuple[Waiver, str]] = []
        self.written: Path | None = None
        self.result: Result | None = None
        self.trouble: tuple[str, dict[str, Any]] | None = None
        self.revision = 0
        self.since: float | None = None
        self._usable: Result | None = None
        self._apart: Apart | None = None
        self._again = self._halt = False
        self._lock = threading.RLock()

    @property
    def running(self) -> bool:
        """Whether a check is going on."""
        return self.since is not None

    def name(self, role: Role) -> str | None:
        """Return the name of a file, None where there is none."""
        file = self.files[role]
        return None if file is None else file.name or str(file)

    def expect(self, role: Role) -> None:
        """Make ready for another file: what runs is stopped. Raises MlcheckError for another report than the one watched."""
        if role == "report" and self.watched:
            raise MlcheckError(FOLLOWED, file=self.name("report"))
        self.stop()

    def give(self, role: Role, file: Path | None) -> None:
        """Take a file for this year's report or last year's, None for none. Raises MlcheckError as `expect` does."""
        with self._lock:
            self.expect(role)
            self.files[role] = file
            self.trouble = None
            self.revision += 1

    @property
    def year(self) -> int | None:
        """The year of the report as it was asked for, None where the report says it."""
        return self._year

    def choose(self, profile: str | None, year: str = "") -> None:
        """Take a profile by its name, None for none, and the year of the report, empty where the report says it.

        Raises MlcheckError for a profile that is not known here, and for what is no year.
        """
        if profile is not None and profile not in self.profiles():
            raise MlcheckError(NO_PROFILE)
        if year and not (year.isascii() and year.isdecimal() and len(year) <= 4 and int(year)):
            raise MlcheckError(NO_YEAR)
        self._year = int(year) if year else None
        if profile != self.profile:
            self.profile, self._chosen = profile, True

    def profiles(self) -> tuple[str, ...]:
        """Return the names of the profiles that can be chosen."""
        from mlcheck.profile.find import names

        known = names((self.configuration.folder,))
        return known if self.profile is None or self.profile in known else (self.profile, *known)

    # The check, and what comes of it.

    def begin(self) -> None:
        """Check the report, from the start where a check is going on. Raises MlcheckError where there is none."""
        with self._lock:
            if self.files["report"] is None:
                raise MlcheckError(NO_REPORT)
            self._again = True
            if self.running:
                self._stop_process()
                return
            self.since = time.monotonic()
            self.revision += 1
            threading.Thread(target=self._run, daemon=True).start()

    def stop(self) -> None:
        """End the check that is going on."""
        with self._lock:
            self._again, self._halt = False, True
            self._stop_process()

    def _stop_process(self) -> None:
        if self._apart is not None:
            self._apart.stop()

    def _run(self) -> None:
        """Check until nothing is asked for any more; what was stopped leaves no result."""
        while True:
            with self._lock:
                if not self._again:
                    self.since = None
                    self.revision += 1
                    return
                self._again, self._halt, self.since = False, False, time.monotonic()
            try:
                asked = self._asked()
                self._set(self._checked(asked), asked)
            except StoppedError:
                pass
            except MlcheckError as error:
                self._refuse(error)
            except Exception as error:  # of ours: the page says so, and the next check may go well
                self._refuse(MlcheckError(OWN_FAULT, error=f"{type(error).__name__}: {error}"))

    def _asked(self) -> Asked:
        """Return what to check, by what mlcheck.toml says now. Raises MlcheckError where that cannot be used."""
        from mlcheck.api import decided

        with self._lock:
            report = self.files["report"]
            if report is None:
                raise MlcheckError(NO_REPORT)
            if self.watched:
                self.configuration = configuration_of(self.folder / report)
            said = self.configuration
            more = decided(said)
            more["waivers"] = (*more["waivers"], *(waiver for waiver, _ in self.kept))
            more |= {
                "select": said.select,
                "ignore": said.ignore,
                "baseline": said.baseline,
                "year": self._year,
            }
            more["assumed"] = not self._chosen
            return Asked(report, self.files["prior"], self.profile, said.folder, more)

    def _checked(self, asked: Asked) -> Report:
        """Return the report; where a fault of ours ended its process, the one that says so."""
        from mlcheck.network.chunks import failed
        from mlcheck.network.run import Run

        with self._lock:
            if self._again or self._halt:
                raise StoppedError
            self._apart = apart = Apart(self.folder, checked, asked)
        try:
            report: Report = apart.result()
        except StageError as error:
            report = failed(asked.report.as_posix(), Run(asked.prior), str(error))
        finally:
            with self._lock:
                self._apart = None
        return report

    def _set(self, report: Report, asked: Asked) -> None:
        with self._lock:
            if asked.report != self.files["report"]:
                return
            changed = self._changes(report, asked)
            number = 1 if self.result is None else self.result.number + 1
            self.result = Result(report, asked, changed, number, time.time())
            if report.unusable is None and not report.crashes:
                self._usable = self.result
            self.trouble = None

    def _changes(self, report: Report, asked: Asked) -> Changes | None:
        """Return what has changed since the last report that was checked against the same."""
        before = self._usable
        if before is None or _compared(before.asked) != _compared(asked):
            return None
        return changes(before.report, report)

    def _refuse(self, error: MlcheckError) -> None:
        """Keep the sentence of what cannot be used; a file of the private folder is called by its name."""
        place = f"{(self.private / 'prior').as_posix()}/"
        values = {
            name: Path(value).as_posix().removeprefix(place) if isinstance(value, Path) else value.removeprefix(place)
            if isinstance(value, str) else value
            for name, value in error.values.items()
        }  # fmt: skip
        with self._lock:
            self.trouble = (error.template, values)

    # What she accepts, and what she takes away.

    def accept(self, fingerprint: str, reason: str, author: str, wording: Wording) -> None:
        """Write, or keep, the waiver of a finding, and check again.

        Raises MlcheckError where the finding is gone, a reason or an author is missing, or nothing can be written; the
        waiver is kept then.
        """
        reason, author = reason.strip()[:LONGEST], author.strip()[:LONGEST]
        with self._lock:
            finding = self._finding(fingerprint)
            if not reason or not author:
                raise MlcheckError(NO_REASON)
            named = escape(self.name("report") or "")
            waiver, note = (
                Waiver(finding.rule, fingerprint, reason, author, file=named),
                _note(finding, wording),
            )
            added = None
            try:
                added = self._write(waiver, note)
            finally:
                if added is None:
                    self.kept.append((waiver, note))
                self.accepted.append(Accepted(waiver, note, added))
                self.begin()

    def _write(self, waiver: Waiver, note: str) -> Added | None:
        """Write a waiver of the report that is watched, and return what was written; None where none is. Raises MlcheckError."""
        if not self.watched:
            return None
        report = (self.folder / (self.files["report"] or "")).absolute()
        self.configuration = configuration_of(report)
        added = add_waiver(self.configuration, report.parent, waiver, note, self._whole)
        self.written = added.file
        return added

    def undo(self) -> None:
        """Take back what this page accepted last, and check again.

        Raises MlcheckError where there is nothing to take back, or the file cannot be written; then it is for her to do.
        """
        with self._lock:
            if not self.accepted:
                raise MlcheckError(NOT_ACCEPTED)
            last = self.accepted.pop()
            try:
                if last.added is None:
                    self.kept.remove((last.waiver, last.note))
                else:
                    take_out(last.added, self._whole)
            finally:
                if not any(one.added for one in self.accepted):
                    self.written = None
                self.begin()

    def _finding(self, fingerprint: str) -> Finding:
        found = () if self.result is None else self.result.report.findings
        for finding in found:
            if finding.fingerprint and finding.fingerprint == fingerprint:
                return finding
        raise MlcheckError(GONE)

    def waivers(self) -> str:
        """Return a mlcheck.toml of the waivers that are kept."""
        return "\n".join(waiver_text(waiver, note) for waiver, note in self.kept)

    def annotate(self, folder: Path, language: str | None) -> Path:
        """Write the annotated copy of the report that was checked into a folder, and return it. Raises MlcheckError."""
        result = self.last()
        stem = Path(result.report.source).stem
        try:
            copy: Path = Apart(self.folder, annotated, result.report, folder, stem, language).result()
        except StageError as error:
            raise MlcheckError(OWN_FAULT, error=str(error)) from error
        return copy

    def last(self) -> Result:
        """Return what came of the last check. Raises MlcheckError where there was none."""
        if self.result is None:
            raise MlcheckError(NO_RESULT)
        return self.result

    def inputs(self) -> Mapping[str, Path]:
        """Return the files that the last check read, by the names that a certificate calls them by."""
        from mlcheck.profile import load

        asked = self.last().asked
        said = self.configuration
        files = [said.baseline, *said.read, asked.report]
        if asked.profile is not None:
            with suppress(MlcheckError):
                files += [Path(file) for file in load(asked.profile, folder=asked.folder).files]
        read = {file.name: self.folder / file for file in files if file is not None}
        if asked.prior is not None:
            name = asked.prior.name
            read[f"prior/{name}" if name in read else name] = self.folder / asked.prior
        return {name: file for name, file in read.items() if file.exists()}


def _compared(asked: Asked) -> tuple[object, ...]:
    """Return what two checks must have in common for their findings to be held against each other."""
    return asked.prior, asked.profile, asked.more.get("year")


def configuration_of(report: Path) -> Configuration:
    """Return what mlcheck.toml says of a report: that of the working folder, else of the report's. Raises MlcheckError."""
    here = find(Path.cwd())
    return here if here.file is not None else find(report.absolute().parent)


def author() -> str:
    """Return the name that the system knows the user by, empty where it knows none."""
    with suppress(Exception):  # Windows and containers may know no user at all
        return getpass.getuser()
    return ""


def _note(finding: Finding, wording: Wording) -> str:
    from mlcheck.rendering.places import place

    told = wording.say(finding.message, finding.values)
    return wording.say(ABOUT, {"place": place(finding.location, wording), "told": told})
