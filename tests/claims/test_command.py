"""mlcheck claims: every claim with its verdict, in each format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from mlcheck.cli.main import app
from mlcheck.rendering.claims import FORMATS, claims
from mlcheck.rendering.claims.view import LONGEST, quoted
from mlcheck.rendering.view import View
from tests.claims.loading import CONTRACTS, CONTRACTS_2022, YOUNG, claim, plain, report_of
from tests.claims.test_pins import AFTER, BASE, SHARE, TABLE

ENGLISH = View("en", width=110)


@pytest.fixture(scope="module")
def report():
    return report_of(
        [
            "418 contrats ont été signés, contre 463 en 2022.",
            "Le nombre de contrats signés a baissé de 4 %.",
            "12 ateliers ont été organisés.",
        ],
        CONTRACTS, CONTRACTS_2022,
    )  # fmt: skip


def written(name: str, of: object, view: View = ENGLISH) -> str:
    return plain("".join(claims(name, of, view)))  # type: ignore[arg-type]


def test_the_terminal_groups_claims_by_section_and_marks_their_numbers(report):
    text = written("terminal", report)
    lines = text.splitlines()
    assert "Feuille 1" in lines
    assert "  ✓ “[418] contrats ont été signés, contre 463 en 2022.”" in text
    assert "  ✗ “418 contrats ont été signés, contre [463] en 2022.”" in text
    assert "  ? “[12] ateliers ont été organisés.”" in text
    assert "418 / 436 − 1 = -4,13 % (VAR201)" in text and "436 ≠ 463 (VAR207)" in text
    assert "only one of the 101 values that could stand here fits" in text
    assert "words: contrats, signés" in text
    assert "(rapport-2022 · Feuille 1!B5)" in text
    assert "4 claims: 2 verified, 1 false, 1 without a base" in text


def test_the_evidence_of_a_share_is_told_by_its_numerators():
    text = written("terminal", report_of(["49 % des jeunes sont des femmes."], YOUNG))
    assert "49 % of 679 accepts 330 to 336: 7 of 680 whole numbers" in text


def test_pinned_claims_are_counted_apart(tmp_path):
    sentences = ["44 % des signatures sont durables.", "418 contrats ont été signés."]
    pinned = report_of(sentences, TABLE, profile=BASE + SHARE, folder=tmp_path)
    text = written("terminal", pinned)
    assert "2 claims: 1 verified, 0 false, 0 without a base" in text
    assert "pinned by hand: 1 verified, 0 false, 0 not to be checked" in text
    told = json.loads(written("json", pinned))
    assert (told["summary"]["claims_consistent"], told["summary"]["pinned_consistent"]) == (1, 1)
    assert told["claims"][0]["pin"].endswith(f"cas.toml:{AFTER}") and told["claims"][1]["pin"] is None


def test_what_words_may_mean_is_shown():
    two = "Commune  Nombre de contrats\nLille  418\nTotal  418\n\nSecteur  Nombre de contrats\nIndustrie  200\nTotal  200"
    text = written("terminal", report_of(["333 contrats ont été signés."], two))
    assert "may mean: Total · Nombre de contrats 418 (Feuille 1!B3)" in text


def test_the_json_has_the_keys_of_validate_and_what_bound_each_claim(report):
    told = json.loads(written("json", report))
    assert told["schema_version"] == 1 and told["prior"] and told["year"] == 2023
    assert told["summary"] == {
        "claims": 4, "claims_consistent": 2, "claims_inconsistent": 1, "claims_unverifiable": 1,
        "pinned_consistent": 0, "pinned_inconsistent": 0, "pinned_unverifiable": 0,
    }  # fmt: skip
    growth = told["claims"][2]
    assert growth["verdict"] == "consistent" and growth["formula"] == "418 / 436 − 1 = -4,13 %"
    assert growth["evidence"] == {"over": "values", "passing": 1, "possible": 101, "low": 4, "high": 4}
    assert (growth["rule"], growth["words"], growth["span"]) == ("VAR201", ["contrats", "signés"], [41, 44])
    assert [o["location"]["cell"] for o in growth["operands"]] == ["B5", "B5"]
    alone = told["claims"][3]
    assert (alone["verdict"], alone["formula"], alone["evidence"]) == ("unverifiable", None, None)
    assert alone["reason"]


def test_the_csv_is_one_line_a_claim(report):
    first, *rows = csv.reader(io.StringIO(written("csv", report)))
    assert first[:4] == ["verdict", "file", "sheet", "cell"] and len(rows) == 4
    told = dict(zip(first, rows[1], strict=True))
    assert (told["verdict"], told["stated"], told["rule"]) == ("inconsistent", "463", "VAR207")


def test_every_format_tells_every_claim_in_both_languages(report):
    for name in FORMATS:
        for language in ("en", "fr"):
            text = written(name, report, View(language, width=200))
            assert text.count("463") >= 1 and "B5" in text and "-4,13" in text


def test_a_long_sentence_is_cut_around_its_number():
    checked = claim(report_of(["12 ateliers ont été organisés."]), "12")
    long = "Un mot " * 100 + checked.claim.text + " un autre" * 100
    moved = replace(checked.claim, sentence=replace(checked.claim.sentence, text=long), start=700, end=702)
    text = quoted(replace(checked, claim=moved))
    assert (
        "[12] ateliers" in text
        and len(text) <= LONGEST + 10
        and text.startswith("… ")
        and text.endswith(" …")
    )


def test_a_sentence_cannot_smuggle_control_characters(report):
    checked = report.claims[0]
    said = replace(checked.claim.sentence, text=checked.claim.text + "\x1b[2J")
    evil = replace(checked, claim=replace(checked.claim, sentence=said))
    assert "\x1b" not in written("terminal", replace(report, claims=(evil,)))


def test_the_command_lists_the_claims_of_a_file(tmp_path, monkeypatch):
    (tmp_path / "rapport-2023.txt").write_text("335 femmes sur 679 inscrits, soit 59 %.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(app, ["claims", "rapport-2023.txt", "--format", "json", "--lang", "en"])
    assert run.exit_code == 0
    assert [c["verdict"] for c in json.loads(run.stdout)["claims"]][-1] == "inconsistent"


def test_a_file_that_cannot_be_used_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("vide.txt").write_text("Rien.\n", "utf-8")
    run = CliRunner().invoke(app, ["claims", "vide.txt", "--lang", "en"])
    assert run.exit_code == 2 and "holds no figure" in run.output
