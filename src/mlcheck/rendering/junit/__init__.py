"""Reports as JUnit XML: a test suite a report, a test case a finding or a table that has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from mlcheck.model.finding import Report
from mlcheck.rendering.junit.cases import Case, cases
from mlcheck.rendering.machine import path_of, readable
from mlcheck.rendering.summary import coverage
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording


def render(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return one suite a report, in the dialect that Jenkins and GitLab share; no times, so no two runs differ."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mlcheck">\n'
    for report in reports:
        suite = _suite(report, view.wording(report.language))
        indent(suite, level=1)
        yield f"  {tostring(suite, encoding='unicode')}\n"
    yield "</testsuites>\n"


def _suite(report: Report, wording: Wording) -> Element:
    file = readable(path_of(report.source))
    shown = list(cases(report, wording))
    counts = Counter(case.outcome for case in shown)
    numbers = {
        "tests": len(shown),
        "failures": counts["failure"],
        "errors": counts["error"],
        "skipped": counts["skipped"],
    }
    counted = {key: str(number) for key, number in numbers.items()}
    suite = Element("testsuite", {"name": file, **counted, "file": file})
    _properties(suite, report)
    seen: Counter[tuple[str, str]] = Counter()
    for case in shown:
        classname = f"{_undotted(file)}.{_undotted(case.group)}"
        seen[classname, case.name] += 1
        rank = seen[classname, case.name]
        name = case.name if rank == 1 else f"{case.name} ({rank})"
        _write(case, SubElement(suite, "testcase", {"classname": classname, "name": name}))
    return suite


def _undotted(name: str) -> str:
    """Return a name without full stops, at which readers cut the names of classes into packages."""
    return name.replace(".", "_")


def _properties(suite: Element, report: Report) -> None:
    held = {"year": report.year, "profile": report.profile, "prior": report.prior and path_of(report.prior)}
    held |= {f"figures.{verdict}": count for verdict, count in sorted(coverage(report).items())}
    held |= {f"constraints.{verdict}": count for verdict, count in sorted(report.constraints.items())}
    shown = {name: readable(str(value)) for name, value in held.items() if value is not None}
    if shown:
        properties = SubElement(suite, "properties")
        for name, value in shown.items():
            SubElement(properties, "property", {"name": name, "value": value})


def _write(case: Case, element: Element) -> None:
    """Fill a test case; a case that passes keeps what is to be said of it as its output."""
    if case.outcome == "passed":
        if case.detail:
            SubElement(element, "system-out").text = case.detail
        return
    attributes = {"type": case.kind, "message": case.message}
    SubElement(element, case.outcome, attributes).text = case.detail or None
