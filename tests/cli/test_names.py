"""Names of files that are no reports, and names that are no UTF-8."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "schema" / "validate.schema.json").read_text("utf-8"))
ROWS = "Commune;Femmes;Hommes;Total\nLambersart;66;66;132\nLompret;5;4;9\nTotal;71;70;141\n"
LOCK = b"\x05Marie" + b" " * 49 + b"\x05\x00M\x00a\x00r\x00i\x00e\x00" + b"\x00" * 98  # as Excel writes it
COMPANION = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + b"\x00" * 100
BESIDE = {
    "~$rapport.xlsx": LOCK,
    "._rapport.xlsx": COMPANION,
    "._juste.csv": COMPANION,
    ".~lock.a.ods#": b",m;",
}
ODD = os.fsdecode(b"r\xe9sultats.csv")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with a right report, where mlcheck speaks English."""
    (tmp_path / "juste.csv").write_text(ROWS, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("MLCHECK_DEBUG", raising=False)
    return tmp_path


def mlcheck(*arguments):
    """Run the program; what it says is held to UTF-8."""
    done = subprocess.run([sys.executable, "-m", "mlcheck", *arguments], capture_output=True, check=False)
    done.stdout, done.stderr = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    return done


@pytest.mark.parametrize(("name", "held"), BESIDE.items())
def test_what_a_program_keeps_beside_a_report_is_passed_over_among_others(folder, name, held):
    (folder / name).write_bytes(held)
    done = mlcheck("validate", name, "juste.csv", "--format", "json")
    assert done.returncode == 0
    assert [report["source"] for report in json.loads(done.stdout)["reports"]] == ["juste.csv"]
    assert done.stderr == f"mlcheck: {name} is passed over: it is what a program keeps beside a report.\n"


@pytest.mark.parametrize(("name", "held"), BESIDE.items())
def test_named_alone_it_is_refused(folder, name, held):
    (folder / name).write_bytes(held)
    for arguments in (["validate", name], ["figures", name], ["validate", "juste.csv", "--prior", name]):
        done = mlcheck(*arguments, "--lang", "en")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == (
            f"mlcheck: {name} is no report, but what a program keeps beside one: name the report itself.\n"
        )


def test_in_a_folder_it_is_passed_over_and_said_so(folder):
    (folder / "dossier").mkdir()
    (folder / "juste.csv").rename(folder / "dossier" / "juste.csv")
    (folder / "dossier" / "._juste.csv").write_bytes(COMPANION)
    done = mlcheck("validate", "dossier", "--format", "json", "--lang", "en")
    (report,) = json.loads(done.stdout)["reports"]
    assert (done.returncode, report["summary"]["figures"]) == (0, 9)
    (note,) = report["not_understood"]
    assert (note["location"]["file"], note["reason"]) == (
        "dossier/._juste.csv",
        "It is what a program keeps beside a report, and is passed over.",
    )


@pytest.mark.parametrize("name", ["~$rapport.csv", "._rapport.csv", "~$rapport.xlsx"])
def test_a_report_that_is_named_so_is_read_all_the_same(folder, name):
    if name.endswith("csv"):
        (folder / name).write_text(ROWS, "utf-8")
    else:
        (folder / name).write_bytes((ROOT / "fixtures" / "report-2023.xlsx").read_bytes())
    done = mlcheck("validate", name, "juste.csv", "--format", "json")
    assert len(json.loads(done.stdout)["reports"]) == 2
    assert "passed over" not in done.stderr


@pytest.fixture
def odd(folder):
    """A wrong report under a name that is not UTF-8."""
    try:
        (folder / ODD).write_text(ROWS.replace("141", "151"), "utf-8")
    except OSError:
        pytest.skip("a file system that takes no other names")
    return ODD


@pytest.mark.parametrize(
    "form", ["terminal", "html", "json", "csv", "markdown", "sarif", "junit", "github", "gitlab"]
)
def test_a_report_whose_name_is_not_utf_8(odd, form):
    done = mlcheck("validate", odd, "juste.csv", "--format", form)
    assert (done.returncode, done.stderr) == (1, "")
    assert "151" in done.stdout
    if form == "json":
        answer = json.loads(done.stdout)
        assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(answer)] == []
        assert [report["source"] for report in answer["reports"]] == [odd, "juste.csv"]
    elif form in ("sarif", "gitlab"):
        json.loads(done.stdout)
    elif form in ("terminal", "markdown"):
        assert "\\udce9sultats.csv" in done.stdout


@pytest.mark.parametrize(
    "command",
    ["claims", "coverage", "relations", "figures", "init", "compare juste.csv", "table r\\xe9sultats --report", "extract -o out.json",
     "extract -o out.xlsx", "extract -o out.parquet", "extract -o out/", "validate juste.csv --prior"],
)  # fmt: skip
def test_every_command_reads_it(odd, command):
    done = mlcheck(*command.split(), odd)
    assert "fault of mlcheck" not in done.stderr
    assert done.returncode in (0, 1)


def test_outputs_and_inputs_of_every_kind_may_be_named_so(odd, folder):
    names = [
        os.fsdecode(b"\xff" + suffix) for suffix in (b".json", b"-b.json", b"-c.json", b".xlsx", b".toml")
    ]
    options = ("--output", "--write-baseline", "--certificate", "--annotate")
    done = mlcheck("validate", odd, *(part for pair in zip(options, names, strict=False) for part in pair))
    assert done.returncode == 1
    assert json.loads(Path(names[2]).read_text("utf-8"))["inputs"].keys() == {odd}
    assert Path(names[3]).stat().st_size > 0
    assert mlcheck("init", odd, "-o", names[4]).returncode == 0
    assert mlcheck("validate", odd, "--baseline", names[1], "--profile", names[4]).returncode == 0
    assert mlcheck("validate", odd, "--output", names[0], "--certificate", names[0]).returncode == 2
    assert mlcheck("validate", "absent.csv", odd, "--profile", os.fsdecode(b"\xfe")).returncode == 2


@pytest.mark.parametrize(
    "arguments",
    ["validate {}.csv --format json", "figures {}.csv", "validate juste.csv --prior {}.csv", "validate juste.csv --profile {}",
     "validate juste.csv --profile {}.toml", "validate juste.csv --baseline {}", "validate juste.csv -o {}.json",
     "validate juste.csv --certificate {}", "extract juste.csv -o {}", "extract juste.csv -o {}.json",
     "init juste.csv -o {}.toml", "validate {}.csv --certificate c.json", "validate juste.csv -o boucle/x.json"],
)  # fmt: skip
def test_a_name_that_the_system_refuses_is_one_sentence(folder, arguments):
    (folder / "boucle").symlink_to("boucle")
    done = mlcheck(*arguments.format("a" * 300).split())
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "fault of mlcheck" not in done.stderr


def test_in_a_folder_that_is_the_report(odd, folder):
    (folder / "dossier").mkdir()
    (folder / odd).rename(folder / "dossier" / odd)
    done = mlcheck("validate", "dossier", "--certificate", "c.json", "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    (report,) = json.loads(done.stdout)["reports"]
    assert {figure["location"]["sheet"] for figure in report["figures"]} == {"r\\xe9sultats"}
    assert mlcheck("validate", "dossier", "-o", f"dossier/{odd}", "-f", "json").returncode == 2
