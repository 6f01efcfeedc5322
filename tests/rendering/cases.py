"""One small report that the tests of the renderers share: the helps of a report, with one wrong total."""

from __future__ import annotations

from fractions import Fraction

from mlcheck.model.amount import Amount, Formula, Term
from mlcheck.model.claim import Claim
from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.model.finding import CheckedClaim, Crash, Finding, Related, Report, Suspect
from mlcheck.model.frames import COVERAGE, FIGURES, frame
from mlcheck.model.quantity import Quantity
from mlcheck.model.sentence import Sentence

FILE = "report.xlsx"
TRAINING = "3) Formation"
HELP = "10) Aides financières"


def figures():
    """Three euros of a table, one blank of it, and one percentage of a sentence."""
    rows = [
        _figure(1, TRAINING, None, "A12", "49 %", 490, 5, 1, "%", "claim", "bounded"),
        _figure(
            2, HELP, "Aides directes", "C4", "1 410 €", 1410, 0, 0, "€", "part", "proven", row="La Madeleine"
        ),
        _figure(
            3, HELP, "Aides directes", "C5", "8 585 €", 8585, 0, 0, "€", "part", "unchecked", row="Lambersart"
        ),
        _figure(
            4, HELP, "Aides directes", "C6", "/", None, None, None, "€", "part", "unchecked", row="Lompret"
        ),
        _figure(
            5,
            HELP,
            "Aides directes",
            "C15",
            "10 029 €",
            10029,
            0,
            0,
            "€",
            "total",
            "contradicted",
            row="Total",
        ),
    ]
    return frame(rows, FIGURES | COVERAGE)


def _figure(number, section, table, cell, printed, mantissa, half, scale, unit, role, coverage, row=None):
    values = dict.fromkeys(FIGURES | COVERAGE)
    values |= {
        "figure": number,
        "report": 0,
        "section": section,
        "table": table,
        "row": row,
        "column": "Montant",
    }
    values |= {"role": role, "printed": printed, "state": "nil" if mantissa is None else "number"}
    values |= {
        "mantissa": mantissa,
        "half": half,
        "scale": scale,
        "unit": unit,
        "hidden": False,
        "year": 2023,
    }
    values |= {
        "sheet": "Aides",
        "cell": cell,
        "coverage": coverage,
        "constraints": 0 if coverage == "unchecked" else 1,
    }
    return values


def at(cell: str) -> Locator:
    """A cell of the sheet Aides."""
    return Locator(FILE, sheet="Aides", cell=cell)


def finding(**changes) -> Finding:
    """The total that is 5 € too high."""
    values = {
        "rule": "TOT101",
        "name": "total-differs-from-parts",
        "severity": "error",
        "message": "the {n} lines make {sum} €, and {printed} is printed",
        "values": {"n": 10, "sum": Fraction(10024), "printed": "10 029 €"},
        "location": at("C15"),
        "section": HELP,
        "table": "Aides directes",
        "label": "Montant",
        "stated": "10\u202f029",
        "expected": "10\u00a0024",
        "difference": "5",
        "suspects": (Suspect(at("C15"), "Total", "10 029", "10 024", 2, "one digit differs", (at("A20"),)),),
        "related": (Related(at("C4"), "La Madeleine", "1 410"),),
    }
    return Finding(**(values | changes))


def claim() -> CheckedClaim:
    """The share that the sentence states, and that holds."""
    text = "49 % des nouveaux inscrits sont des femmes"
    said = Claim(Sentence(0, text, (), at("A12")), 0, 4, "share", Quantity("49 %", 490, 5, 1, "%"))
    return CheckedClaim(
        said,
        "consistent",
        Formula("ratio", (Term("335"),), (Term("679"),), result=Amount(Fraction(33500, 679), "%", 2)),
        (Related(at("B4"), "Femmes · Total", "335"),),
    )


def report(**changes) -> Report:
    """The whole report."""
    values = {
        "source": FILE,
        "year": 2023,
        "profile": "mission-locale",
        "language": "fr",
        "figures": figures(),
        "constraints": {"consistent": 208, "inconsistent": 1, "unverifiable": 1},
        "findings": (finding(),),
        "claims": (claim(),),
        "not_understood": (NotUnderstood(at("A40"), "no boxhead above {n} lines", {"n": 3}),),
        "prior": "report-2022.xlsx",
    }
    return Report(**(values | changes))


def unusable() -> Report:
    """A file that could not be read."""
    empty = frame([], FIGURES | COVERAGE)
    sentence = "report.xlsx is empty; save the workbook again."
    return Report(FILE, None, None, "fr", empty, {}, unusable=sentence)


CRASH = Crash("TOT101", "ZeroDivisionError: division by zero")
