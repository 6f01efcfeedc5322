"""Reports that the tests of the machine formats share: real ones, and ones whose every text is hostile."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from mlcheck.checking import check
from mlcheck.model.document import NotUnderstood
from mlcheck.model.finding import Crash, Related, Report, Suppressed, Suspect, Waiver
from mlcheck.rendering import render
from mlcheck.rendering.view import View
from tests.rendering import cases

ROOT = Path(__file__).parents[2]
SUFFIXES = ("xlsx", "txt", "md", "html", "docx", "pptx", "pdf")
HOSTILE = {
    "html": "<script>alert(1)</script>",
    "markup": "[bold red]x[/bold red]",
    "command": "::error::pwned",
    "command after a newline": "a\r\n::stop-commands::x\n::error::y",
    "command of the old kind": "##[add-mask]secret",
    "encoded newline": "100%0A::error::x",
    "properties": "a,line=9:: b=c;d",
    "control characters": "a\x00\x07\x1b[31mb\x85\u2028c\u2029d",
    "directions": "abc\u202edcb\u2066a\u200f",
    "no-break spaces": "10\u202f029\u00a0€",
    "half of a pair": "a\ud800b",
    "no character": "a\uffff\ufffeb",
    "end of data": "]]><failure/>&amp;\"'",
    "link": "[click](https://example.org)",
    "places": "{0} {label} {{x}}",
    "nothing but breaks": "\n\n",
    "beyond the plane": "📈 𝟙",
    "long": "é" * 100_000,
}
WAIVER = Waiver("TOT101", "Aides!C15", "printed so", "the agency", date(2027, 1, 31), source="mlcheck.toml")


@cache
def real(name: str) -> tuple[Report, ...]:
    """Check a file of fixtures/, named as a person at the root of the project would name it."""
    return tuple(check([ROOT / "fixtures" / name]))


def written(form: str, *reports: Report, language: str | None = None) -> str:
    """Return reports in a format."""
    return "".join(render(form, reports, View(language)))


def waived(**changes: object) -> Suppressed:
    """The total that is 5 € too high, accepted for a reason."""
    return Suppressed(cases.finding(**changes), "waiver", WAIVER)


def known(**changes: object) -> Suppressed:
    """The same, known before."""
    return Suppressed(cases.finding(**changes), "baseline")


def hostile(text: str) -> Report:
    """A report in which every text that a file, a waiver or an error can bring is `text`."""
    place = cases.at("C15")
    finding = cases.finding(
        message="{label} is wrong",
        values={"label": text},
        section=text,
        table=text,
        label=text,
        stated=text,
        expected=text,
        difference=text,
        suspects=(Suspect(place, text, text, text, 1, "", (cases.at("A1"),)),),
        related=(Related(place, text, text),),
        fingerprint="0123456789abcdef",
    )
    waiver = Waiver("TOT101", text, text, text, source="mlcheck.toml")
    return cases.report(
        findings=(finding,),
        suppressed=(Suppressed(finding, "waiver", waiver),),
        crashes=(Crash("TOT101", text),),
        not_understood=(NotUnderstood(place, "no boxhead above {n} lines", {"n": text}),),
    )
