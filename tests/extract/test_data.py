"""The tables and claims as data: every figure once, exactly, with its place."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from mlcheck.checking.facts import read_facts
from mlcheck.cli.main import app
from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Cell, Document, Grid, Locator, NotUnderstood
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.extraction import extracted
from mlcheck.rendering.extraction.records import exact, written
from mlcheck.rendering.wording import Wording
from tests.extract.verdicts import extract

REPORT = Path(__file__).parents[2] / "fixtures" / "report-2023.xlsx"
FRENCH = Wording("fr")
ROWS = (
    ("Contrats par commune", "", "", ""),
    ("Commune", "Nombre", "Part", "Montant"),
    ("Lambersart", "1 234", "60,2 %", "12,50 €"),
    ("Lompret", "/", "nd", "2,1 M€"),
    ("Total", "1 234", "60,2 %", ""),
)


def document(rows=ROWS, *sentences: str) -> Document:
    cells = {(i, j): Cell(text) for i, row in enumerate(rows) for j, text in enumerate(row) if text}
    cells |= {(len(rows) + 2 + n, 0): Cell(text) for n, text in enumerate(sentences)}
    return Document("rapport-2023.xlsx", (Grid(Locator("rapport-2023.xlsx", sheet="Emploi"), cells),))


def files(suffix: str, rows=ROWS, *sentences: str) -> dict[str, bytes]:
    return dict(extracted(suffix, read_facts(laid_out(document(rows, *sentences))), (), FRENCH))


def frame(rows=ROWS, *sentences: str) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(files(".parquet", rows, *sentences)[""]))


def listed(command: str) -> list[dict]:
    """Return what `mlcheck figures` or `mlcheck claims` tells of the report."""
    done = CliRunner().invoke(app, [command, str(REPORT), "--format", "json"])
    return json.loads(done.output)[command]


@pytest.mark.parametrize("suffix", [".json", ".parquet", ""])
def test_there_are_as_many_figures_and_claims_as_the_other_commands_list(suffix, tmp_path):
    output = tmp_path / f"extract{suffix}"
    extract(REPORT, output)
    figures, claims = len(listed("figures")), len(listed("claims"))
    if suffix == ".json":
        whole = json.loads(output.read_text("utf-8"))
        found = (sum(len(table["figures"]) for table in whole["tables"]), len(whole["claims"]))
    elif suffix == ".parquet":
        data = pl.read_parquet(output)
        found = (data["table"].is_not_null().sum(), data["kind"].is_not_null().sum())
    else:
        found = tuple(pl.read_csv(output / f"{name}.csv").height for name in ("figures", "claims"))
    assert found == (figures, claims)


def test_the_values_of_csv_parquet_and_json_are_those_that_were_read(tmp_path):
    for suffix in (".json", ".parquet", "/"):
        extract(REPORT, f"{tmp_path / 'extract'}{suffix}")
    told = {
        (figure["location"]["sheet"], figure["location"]["cell"]): figure["value"]
        for figure in listed("figures")
        if figure["role"] != "note"
    }
    exactly = {place: None if value is None else Decimal(str(value)) for place, value in told.items()}
    tables = json.loads((tmp_path / "extract.json").read_text("utf-8"))["tables"]
    for rows in (
        pl.read_parquet(tmp_path / "extract.parquet").to_dicts(),
        pl.read_csv(tmp_path / "extract" / "figures.csv", infer_schema=False).to_dicts(),
        [figure | figure["location"] for table in tables for figure in table["figures"]],
    ):
        numbers = {
            (row["sheet"], row["cell"]): None if row["value"] is None else Decimal(row["value"])
            for row in rows
            if row["role"] not in ("note", "claim")
        }
        assert numbers == exactly


def test_a_figure_has_its_labels_value_and_place():
    (row,) = frame().filter(row="Lambersart", column="Part").to_dicts()
    assert (row["printed"], row["value"], row["half_unit"], row["unit"]) == (
        "60,2 %", Decimal("60.2"), Decimal("0.05"), "%",
    )  # fmt: skip
    assert (row["section"], row["title"], row["year"]) == ("Emploi", "Contrats par commune", 2023)
    assert (row["file"], row["sheet"], row["cell"]) == ("rapport-2023.xlsx", "Emploi", "C3")
    assert (row["role"], row["state"], row["hidden"], row["kind"]) == ("share", "number", False, None)


def test_what_is_no_number_has_its_state_and_no_value():
    told = {(r["row"], r["column"]): (r["state"], r["value"], r["printed"]) for r in frame().to_dicts()}
    assert told["Lompret", "Nombre"] == ("nil", None, "/")
    assert told["Lompret", "Part"] == ("unknown", None, "nd")
    assert told["Total", "Montant"] == ("blank", None, "")


def test_a_magnitude_is_in_the_value_and_the_text_is_as_printed():
    (row,) = frame().filter(row="Lompret", column="Montant").to_dicts()
    assert (row["printed"], row["value"], row["half_unit"]) == ("2,1 M€", Decimal(2_100_000), Decimal(50_000))


def test_a_claim_has_its_sentence_and_what_it_asserts():
    (row,) = frame(ROWS, "Le nombre de contrats a augmenté de 8 % en 2023.").filter(role="claim").to_dicts()
    assert (row["kind"], row["value"], row["unit"], row["direction"]) == ("variation", Decimal(8), "%", "up")
    assert row["sentence"][row["start"] : row["end"]] == "8 %" == row["printed"]
    assert (row["table"], row["cell"]) == (None, "A8")


def test_a_claim_names_the_claim_that_it_qualifies():
    rows = frame(ROWS, "49 % des jeunes sont des femmes (48 % en 2022).").filter(role="claim").to_dicts()
    first, second = sorted(rows, key=lambda row: row["start"])
    assert (first["of"], second["of"], second["period"]) == (None, first["id"], 2022)


def test_a_note_under_a_table_is_one_row_with_its_claim():
    rows = [*ROWS, ("(dont 29 € de frais)", "", "", "")]
    (note,) = frame(rows).filter(role="note").to_dicts()
    assert (note["table"], note["kind"], note["value"]) == ("Emploi!B3", "part", Decimal(29))
    assert frame(rows)["id"].is_unique().all()


def test_json_has_the_lines_of_each_table():
    (table,) = json.loads(files(".json")[""])["tables"]
    assert [(row["label"], row["role"]) for row in table["rows"]][-1] == ("Total", "total")
    assert [column["label"] for column in table["columns"]] == ["Nombre", "Part", "Montant"]
    assert table["section"] == ["Emploi"]
    assert table["figures"][1]["value"] == "60.2"


def test_what_was_not_understood_is_told_in_the_language_asked_for():
    facts = read_facts(laid_out(document()))
    unclear = NotUnderstood(
        Locator("rapport-2023.xlsx", sheet="Graphiques"), "a figure stands alone, without a label"
    )
    facts = type(facts)(facts.source, facts.year, facts.tables, not_understood=(unclear,))
    lines = list(
        csv.DictReader(io.StringIO(dict(extracted("", facts, (), FRENCH))["not_understood.csv"].decode()))
    )
    assert [(line["sheet"], line["cell"]) for line in lines] == [("Graphiques", "")]
    assert lines[0]["reason"] != unclear.reason
    told = json.loads(dict(extracted(".json", facts, (), Wording("en")))[""])["not_understood"]
    assert told[0]["reason"] == unclear.reason


@pytest.mark.parametrize(
    ("mantissa", "scale", "text"),
    [(490, 1, "49"), (125, 1, "12.5"), (-5, 3, "-0.005"), (0, 2, "0"), (10**17 + 1, 0, "100000000000000001")],
)
def test_numbers_are_written_in_digits_without_loss(mantissa, scale, text):
    assert written(exact(mantissa, scale)) == text


def test_seventeen_digits_are_kept_in_every_format():
    rows = [ROWS[1], ("Lambersart", "12345678901234567", "", ""), ("Lompret", "1", "", "")]
    assert frame(rows)["value"].to_list()[0] == Decimal(12345678901234567)
    assert "12345678901234567" in files("", rows)["figures.csv"].decode()
    assert files(".json", rows)[""].count(b'"12345678901234567"') == 2  # printed, and its value


def test_more_decimals_than_parquet_holds_are_refused_and_not_cut():
    rows = [ROWS[1], ("Lambersart", "0,0000000000000000001", "", ""), ("Lompret", "1", "", "")]
    with pytest.raises(MlcheckError, match="more than 18 decimals at Emploi!B2"):
        files(".parquet", rows)
    assert b"0.0000000000000000001" in files("", rows)["figures.csv"]


@pytest.mark.parametrize("suffix", [".json", ".parquet", ""])
def test_the_bytes_are_the_same_each_time(suffix):
    assert files(suffix, ROWS, "8 % des jeunes.") == files(suffix, ROWS, "8 % des jeunes.")
