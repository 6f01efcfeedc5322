"""Small reports whose pages a person can check: the helps by commune, with one wrong total and one wrong sentence."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from itertools import count

import lxml.html

from mlcheck.model.amount import Amount, Formula, Term
from mlcheck.model.claim import Claim
from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.model.finding import (
    CheckedClaim,
    Crash,
    Finding,
    Passing,
    Related,
    Report,
    Suppressed,
    Suspect,
    Waiver,
)
from mlcheck.model.frames import COVERAGE, FIGURES, frame
from mlcheck.model.quantity import Quantity
from mlcheck.model.sentence import Sentence
from mlcheck.rendering import render
from mlcheck.rendering.view import View

FILE = "report.xlsx"
HELP = "Les aides financières / Fonds ML / Aides directes"
PEOPLE = "Le Public / Les nouveaux accueils"
COMMUNES = {
    "La Madeleine": 1410,
    "Lambersart": 4115,
    "Marcq-en-Barœul": 1620,
    "Pérenchies": 965,
    "Verlinghem": 1885,
}
FINGERPRINT = "e5784d7b3bf0c23c"


def at(cell: str, sheet: str = "Aides", file: str = FILE) -> Locator:
    """A cell of a sheet."""
    return Locator(file, sheet=sheet, cell=cell)


def figure(number: int, **told) -> dict:
    """One figure of FIGURES and COVERAGE, a proven count of 1 unless told otherwise."""
    values = dict.fromkeys(FIGURES | COVERAGE) | {
        "figure": number, "report": 0, "section": HELP, "table": "Aides!B4", "column": "Montant", "role": "part",
        "printed": "1", "state": "number", "mantissa": 1, "half": 0, "scale": 0, "unit": "count", "hidden": False,
        "sheet": "Aides", "coverage": "proven", "constraints": 1,
    }  # fmt: skip
    return values | told


def helps(first: int = 1, table: str = "Aides!B4", column: str = "B", **told) -> list[dict]:
    """The table by commune, its total 10 029 where its lines make 9 995 and a note adds 29."""
    rows = [
        figure(
            first + n, table=table, row=name, row_at=n, column_at=0, printed=f"{value} €", mantissa=value, unit="€",
            cell=f"{column}{4 + n}", **told,
        )
        for n, (name, value) in enumerate(COMMUNES.items())
    ]  # fmt: skip
    total = figure(
        first + 5, table=table, row="Total :", row_at=5, column_at=0, printed="10 029 €", mantissa=10029, unit="€",
        role="total", cell=f"{column}9", coverage="contradicted", constraints=2, **told,
    )  # fmt: skip
    return [*rows, total]


def sentence(text: str, number: str, figure: int, cell: str, **told) -> Claim:
    """A claim about one number of a sentence."""
    start = text.index(number)
    values = {"kind": "count", "quantity": Quantity(number, 1, 0, 0)}
    said = _sentence(text, at(cell, "Public"))
    return Claim(said, start, start + len(number), figure=figure, **(values | told))


@cache
def _sentence(text: str, place: Locator) -> Sentence:
    """Return the sentence of a place, the same for each of its claims."""
    return Sentence(next(_NUMBERS), text, (), place, tuple(PEOPLE.split(" / ")))


_NUMBERS = count()


WOMEN = "49 % des nouveaux inscrits sont des femmes (46 % en 2022)."
NOTE = "(dont 29 € de frais de gestion)"


def claims() -> tuple[CheckedClaim, ...]:
    """A verified share and a false one of the same sentence, and a note that nothing checks."""
    share = sentence(WOMEN, "49 %", 20, "A32", kind="share", quantity=Quantity("49 %", 490, 5, 1, "%"))
    former = sentence(WOMEN, "46 %", 21, "A32", kind="share", quantity=Quantity("46 %", 460, 5, 1, "%"))
    note = sentence(NOTE, "29 €", 22, "A85", kind="part", quantity=Quantity("29 €", 29, 0, 0, "€"))
    proof = Passing("numerators", 7, 680, Fraction(330), Fraction(336))
    operands = (Related(at("B4"), "La Madeleine · Montant", "1410 €", 1),)
    last = (Related(at("B4", file="report-2022.xlsx"), "Femmes · Total", "302", None),)
    return (
        CheckedClaim(
            share,
            "consistent",
            Formula("ratio", (Term("335"),), (Term("679"),), result=Amount(Fraction(33500, 679), "%", 2)),
            operands,
            rule="SHR201",
            evidence=proof,
        ),
        CheckedClaim(
            former,
            "inconsistent",
            Formula("ratio", (Term("302"),), (Term("629"),), result=Amount(Fraction(30200, 629), "%", 2)),
            last,
            rule="VAR202",
        ),
        CheckedClaim(note, "unverifiable", reason="no figure of a table was tied to these words"),
    )


def prose() -> list[dict]:
    """The figures of the sentences."""
    told = {"table": None, "column": None, "role": "claim", "section": PEOPLE, "sheet": "Public"}
    return [
        figure(20, cell="A32", printed="49 %", mantissa=490, half=5, scale=1, unit="%", coverage="bounded", **told),
        figure(21, cell="A32", printed="46 %", mantissa=460, half=5, scale=1, unit="%", coverage="contradicted", **told),
        figure(22, cell="A85", printed="29 €", mantissa=29, unit="€", coverage="unchecked", constraints=0, **told),
    ]  # fmt: skip


def total_finding(**changes) -> Finding:
    """The total that is 5 € too high, with two corrections that nothing tells apart."""
    values = {
        "rule": "TOT101", "name": "total-differs-from-parts", "severity": "error",
        "message": "Printed {stated}; the {count} lines make {sum}, with {note} besides {all}.",
        "values": {"stated": "10 029 €", "count": 5, "sum": Fraction(9995), "note": "29 €", "all": Fraction(10024)},
        "location": at("B9"), "section": HELP, "table": "Aides directes", "label": "Total : · Montant",
        "stated": "10 029 €", "expected": "10\u00a0024\u00a0€", "difference": "5",
        "suspects": (
            Suspect(at("B9"), "Total : · Montant", "10 029 €", "10\u00a0024\u00a0€", 1, "one digit changed", (at("E71"),), True, 6),
            Suspect(at("B4"), "La Madeleine · Montant", "1410 €", "1\u00a0415\u00a0€", 1, "one digit changed", (), True, 1),
            Suspect(at("B5"), "Lambersart · Montant", "4115 €", "4\u00a0120\u00a0€", 1, "", figure=2),
        ),
        "related": (
            *(Related(at(f"B{4 + n}"), f"{name} · Montant", f"{value} €", 1 + n) for n, (name, value) in enumerate(COMMUNES.items())),
            Related(at("A85", "Public"), NOTE, "29 €", 22),
        ),
        "fingerprint": FINGERPRINT, "figure": 6,
    }  # fmt: skip
    return Finding(**(values | changes))


def sentence_finding(**changes) -> Finding:
    """The share of last year that its report does not give."""
    values = {
        "rule": "VAR202", "name": "former-share-wrong", "severity": "warning",
        "message": "Printed {stated} for last year; its report gives {expected}: revised since, or wrong.",
        "values": {"stated": "46 %", "expected": "48\u00a0%"}, "location": at("A32", "Public"), "section": PEOPLE,
        "label": "", "stated": "46 %", "expected": "48\u00a0%", "difference": "2", "fingerprint": "4560eec98bc5e9cb",
        "related": claims()[1].operands, "figure": 21,
    }  # fmt: skip
    return Finding(**(values | changes))


def report(**changes) -> Report:
    """The report of 2023, compared with that of 2022."""
    figures = [*prose(), *helps(), *helps(7, "Aides!F4", "F")]
    values = {
        "source": FILE, "year": 2023, "profile": "mission-locale", "language": "fr",
        "figures": frame(figures, FIGURES | COVERAGE),
        "constraints": {"consistent": 208, "inconsistent": 2, "unverifiable": 1},
        "findings": (sentence_finding(), total_finding()), "claims": claims(), "prior": "report-2022.xlsx",
        "prior_year": 2022, "former": {1: Quantity("1 300 €", 1300, 0, 0, "€")},
        "titles": {"Aides!B4": "Aides directes", "Aides!F4": "Aides indirectes"},
    }  # fmt: skip
    return Report(**(values | changes))


def clean() -> Report:
    """A report with nothing wrong."""
    figures = [row | {"coverage": "proven"} for row in helps()]
    return report(
        figures=frame(figures, FIGURES | COVERAGE),
        findings=(),
        claims=(),
        constraints={"consistent": 3},
        former={},
    )


def unusable() -> Report:
    """A file that could not be read."""
    empty = frame([], FIGURES | COVERAGE)
    return Report(
        FILE, None, None, "fr", empty, {}, unusable="report.xlsx is empty; save the workbook again."
    )


WAIVED = Suppressed(
    total_finding(), "waiver", Waiver("TOT101", "Aides!B9", "rounded by hand", "the team", date(2026, 12, 31))
)
KNOWN = Suppressed(sentence_finding(), "baseline")
CRASH = Crash("TOT101", "ZeroDivisionError: division by zero")
BLOCK = NotUnderstood(at("A40"), "no boxhead above {n} lines", {"n": 3})


def written(*reports: Report, language: str | None = "en") -> str:
    """The page of reports."""
    return "".join(render("html", reports, View(language)))


def page(*reports: Report, language: str | None = "en") -> lxml.html.HtmlElement:
    """The page of reports, parsed."""
    return lxml.html.document_fromstring(written(*reports, language=language).encode())


def text(element: lxml.html.HtmlElement) -> str:
    """The text of an element, with ordinary single spaces."""
    return " ".join(element.text_content().replace("\u00a0", " ").replace("\u202f", " ").split())


class Nesting(HTMLParser):
    """Reads a page as strictly as a person would; `wrong` are the tags that close nothing or stay open."""

    VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"{self.getpos()}: </{tag}>")
