"""Relations for people and for programs, in each format."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from mlcheck.cli.main import app
from mlcheck.model.document import Locator
from mlcheck.model.finding import Related
from mlcheck.model.relation import CheckedRelation, Evidence, RelationName, RelationVerdict
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.relations import FORMATS, relations
from mlcheck.rendering.view import View
from tests.rendering import cases

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schema" / "relations.schema.json").read_text("utf-8")
)
VALID = Draft202012Validator(SCHEMA)
PRINTED = {
    1: ("A12", "49 %"),
    2: ("C4", "1 410 €"),
    3: ("C5", "8 585 €"),
    4: ("C6", "/"),
    5: ("C15", "10 029 €"),
}
TOTAL = CheckedRelation(
    "TOT101", "sum", 5, tuple((figure, Decimal(1)) for figure in (2, 3, 4)),
    Evidence(("Total",), ("below the lines",), "=SUM(C4:C6)", True), (4, 5), 0.978, "inconsistent",
)  # fmt: skip
SHARE = CheckedRelation(
    "SHR201", "share", 1, ((2, Decimal(1)), (3, Decimal(1))), Evidence(("femmes",)), (0, 0), 0.412, "doubtful", 0
)  # fmt: skip
LAST_YEAR = Locator("report-2022.xlsx", sheet="Aides", cell="C15")


def report(*found, **changes):
    named = {
        figure: Related(cases.at(cell), f"Line {figure} · Montant", text, figure)
        for figure, (cell, text) in PRINTED.items()
    }
    named |= {9: Related(LAST_YEAR, "Total", "9 000 €", 9)}
    return cases.report(**({"relations": found or (TOTAL, SHARE), "related": named} | changes))


def written(form, *reports, language="en"):
    return plain_spaces("".join(relations(form, reports or (report(),), View(language, 100))))


def test_the_terminal_has_a_block_a_table_or_sentence():
    lines = written("terminal").splitlines()
    assert lines[2] == "Aides directes"
    assert lines[3].startswith("  ✗ “Line 5 · Montant” 10 029 €  ") and lines[3].endswith("  Aides!C15")
    assert lines[4:6] == [
        "      sum of C4:C6 (TOT101) · is broken, confidence 98%",
        "      words: Total · layout: below the lines · formula: =SUM(C4:C6) · stated by the profile · in",
    ]
    assert lines[6] == "        other lines: 4 of 5"
    assert lines[8] == "“Line 1 · Montant”"
    assert lines[9].startswith("  ~ 49 %  ")
    assert lines[10:12] == [
        "      share: C4 / C5 (SHR201) · is doubtful, confidence 41%",
        "      words: femmes",
    ]
    assert lines[-1] == "2 relations: 0 hold, 1 broken, 0 unverifiable, 1 doubtful"


@pytest.mark.parametrize(
    ("kind", "operands", "shown"),
    [
        ("difference", {3: 1, 2: -1}, "difference: C5 − C4"),
        ("difference", {2: -1, 3: 1}, "difference: C5 − C4"),
        ("equality", {9: 1}, "equal to report-2022.xlsx · Aides!C15"),
        ("equality", {2: 1, 3: 1}, "sum of C4:C5"),
        ("equality", {2: Decimal("0.5")}, "equal to 0.5 × C4"),
        ("inequality", {4: 1}, "bounded by C6"),
        ("variation", {2: 1, 9: 1}, "variation: C4 / report-2022.xlsx · Aides!C15"),
        ("mean", {2: 1, 4: 1, 9: 1}, "mean: C4, C6, report-2022.xlsx · Aides!C15"),
    ],
)
def test_the_operands_are_summarised(kind, operands, shown):
    held = tuple((figure, Decimal(coefficient)) for figure, coefficient in operands.items())
    one = CheckedRelation("XTB101", kind, 5, held, Evidence(), (0, 0), 1.0, "consistent")
    assert f"      {shown} (XTB101) · holds, confidence 100%\n" in written("terminal", report(one))


def test_figures_of_one_sentence_are_named_by_what_they_print():
    own = {
        n: Related(Locator("r.txt", line=3), "5 et 7 font 12", text, n)
        for n, text in ((1, "12"), (2, "5"), (3, "7"))
    }
    one = CheckedRelation(
        "TOT201", "sum", 1, ((2, Decimal(1)), (3, Decimal(1))), Evidence(), (0, 0), 1.0, "consistent"
    )
    assert "sum of 5, 7 (TOT201)" in written("terminal", report(one, related=own))


def test_the_json_is_as_promised():
    told = json.loads(written("json", report(), cases.unusable()))
    VALID.validate(told)
    first, second = told["reports"][0]["relations"]
    assert first["target"]["cell"] == "C15" and first["operands"][0]["coefficient"] == "1"
    assert first["evidence"] == {
        "words": ["Total"], "layout": ["below the lines"], "formula": "=SUM(C4:C6)", "siblings": {"hold": 4, "of": 5},
    }  # fmt: skip
    assert (first["confidence"], first["verdict"], first["claim"]) == (0.98, "inconsistent", None)
    assert (second["confidence"], second["claim"]) == (0.41, cases.claim().claim.text)
    assert told["reports"][1]["relations"] == [] and told["reports"][1]["unusable"]


def test_its_choices_are_those_of_the_program():
    Draft202012Validator.check_schema(SCHEMA)
    properties = SCHEMA["$defs"]["relation"]["properties"]
    assert properties["kind"]["enum"] == list(get_args(RelationName))
    assert properties["verdict"]["enum"] == list(get_args(RelationVerdict))
    validate = json.loads((Path(__file__).parents[2] / "docs/schema/validate.schema.json").read_text("utf-8"))
    for name in ("location", "crash", "count", "rank"):
        assert SCHEMA["$defs"][name] == validate["$defs"][name]


def test_the_csv_is_one_line_a_relation():
    head, *rows = csv.reader(io.StringIO(written("csv")))
    told = dict(zip(head, rows[0], strict=True))
    assert (told["verdict"], told["confidence"], told["siblings_hold"]) == ("inconsistent", "0.98", "4")
    assert told["operands"] == "1 410 € (Aides!C4) ; 8 585 € (Aides!C5) ; / (Aides!C6)"
    assert told["formula"] == "'=SUM(C4:C6)"  # which a spreadsheet must not run
    assert len(rows) == 2


def test_every_format_says_it_in_both_languages():
    for form in FORMATS:
        french, english = (written(form, language=language) for language in ("fr", "en"))
        assert "Total" in french and "Total" in english
    assert "somme de C4:C6 (TOT101) · est rompue, confiance 98 %" in written("terminal", language="fr")
    assert "dans d’autres lignes : 4 sur 5" in " ".join(written("terminal", language="fr").split())


def test_a_fault_of_mlcheck_is_told():
    told = json.loads(written("json", report(crashes=(cases.CRASH,))))
    VALID.validate(told)
    assert "division by zero" in written("terminal", report(crashes=(cases.CRASH,)))


def test_the_command_lists_the_relations_of_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("Commune;Jeunes\nLompret;3\nLambersart;4\nTotal;8\n", "utf-8")
    Path("b.csv").write_text("Commune;Jeunes\nLompret;3\nLambersart;4\nTotal;7\n", "utf-8")
    run = CliRunner().invoke(app, ["relations", "a.csv", "b.csv", "--format", "json", "-o", "out.json"])
    assert (run.exit_code, run.output) == (0, "")
    told = json.loads(Path("out.json").read_text("utf-8"))
    VALID.validate(told)
    assert [one["relations"][0]["verdict"] for one in told["reports"]] == ["inconsistent", "consistent"]


def test_a_file_that_cannot_be_used_stops_no_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("Commune;Jeunes\nLompret;3\nLambersart;4\nTotal;8\n", "utf-8")
    run = CliRunner().invoke(app, ["relations", "absent.csv", "a.csv", "--lang", "en"])
    assert run.exit_code == 2
    assert "1 relation: 0 hold, 1 broken" in run.stdout
    assert run.stderr.count("\n") == 1 and "absent.csv" in run.stderr
