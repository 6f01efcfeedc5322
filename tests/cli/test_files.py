"""No output replaces an input or another output: every command, every option that writes, every way of naming a file."""

from __future__ import annotations

import os
import shutil
from itertools import combinations
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from mlcheck.cli.files import require_apart
from mlcheck.cli.main import app
from mlcheck.model.errors import MlcheckError

ROWS = "Commune;Femmes;Hommes;Total\nLambersart;66;66;132\nLompret;5;4;9\nTotal;71;70;141\n"
FILES = {
    "rapport.csv": ROWS,
    "dernier.csv": ROWS,
    "dossier/ok.csv": ROWS,
    "dossier/lisez-moi.txt": "Deux tableaux.\n",
    "parent.toml": 'language = "fr"\n',
    "profil.toml": 'extends = "parent.toml"\n',
    "mlcheck.toml": "year = 2023\n",
    "connus.json": '{"baseline_version": 1, "findings": []}\n',
}
PROFILE = ("--profile", "profil.toml")
PROFILES = ("profil.toml", "parent.toml", "mlcheck.toml")
COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # each command with what it is given, and the files that it then reads
    "validate": (
        ("rapport.csv", "--prior", "dernier.csv", "--baseline", "connus.json", *PROFILE),
        ("rapport.csv", "dernier.csv", "connus.json", *PROFILES),
    ),
    "compare": (("rapport.csv", "dernier.csv", *PROFILE), ("rapport.csv", "dernier.csv", *PROFILES)),
    "claims": (
        ("rapport.csv", "--prior", "dernier.csv", *PROFILE),
        ("rapport.csv", "dernier.csv", *PROFILES),
    ),
    "coverage": (
        ("rapport.csv", "--prior", "dernier.csv", *PROFILE),
        ("rapport.csv", "dernier.csv", *PROFILES),
    ),
    "relations": (
        ("rapport.csv", "--prior", "dernier.csv", *PROFILE),
        ("rapport.csv", "dernier.csv", *PROFILES),
    ),
    "table": (
        ("rapport", "--report", "rapport.csv", "--prior", "dernier.csv", *PROFILE),
        ("rapport.csv", "dernier.csv", *PROFILES),
    ),
    "figures": (("rapport.csv", *PROFILE), ("rapport.csv", *PROFILES)),
    "init": (("rapport.csv", "--extends", "profil.toml"), ("rapport.csv", *PROFILES)),
    "extract": (("rapport.csv", *PROFILE), ("rapport.csv", *PROFILES)),
    "config": ((), ("mlcheck.toml",)),
}
SUFFIXES = {  # what an output must be called, lest it is refused for its name
    ("validate", "--output"): ".json",
    ("validate", "--annotate"): ".xlsx",
    ("validate", "--write-baseline"): ".json",
    ("validate", "--certificate"): ".json",
    ("compare", "--output"): ".json",
    ("claims", "--output"): ".json",
    ("coverage", "--output"): ".json",
    ("relations", "--output"): ".json",
    ("table", "--output"): ".json",
    ("figures", "--output"): ".json",
    ("init", "--output"): ".toml",
    ("extract", "--output"): ".json",
    ("config", "--output"): ".json",
}
KEEPING = {
    (name, "--cache") for name in ("validate", "relations", "cache")
}  # a folder: tests/network/test_cache.py
INPUT_OPTIONS = {"--prior", "--baseline", "--report", "--profile", "--extends"}


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run mlcheck in English in a folder that holds FILES."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("MLCHECK_DEBUG", raising=False)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return lambda *arguments: CliRunner().invoke(app, [str(one) for one in arguments])


def by_relative_path(file: Path, _: str) -> Path:
    Path("autre").mkdir(exist_ok=True)
    return Path("autre", "..", file)


def by_absolute_path(file: Path, _: str) -> Path:
    return file.absolute()


def by_link(file: Path, suffix: str) -> Path:
    link = Path(f"lien{suffix}")
    link.unlink(missing_ok=True)
    link.symlink_to(file)
    return link


def by_hard_link(file: Path, suffix: str) -> Path:
    link = Path(f"double{suffix}")
    link.unlink(missing_ok=True)
    os.link(file, link)
    return link


def through_a_linked_folder(file: Path, _: str) -> Path:
    if not Path("ici").exists():
        Path("ici").symlink_to(".", target_is_directory=True)
    return Path("ici", file)


def in_another_case(file: Path, _: str) -> Path:
    other = file.with_name(file.name.upper())
    if not other.exists():
        pytest.skip("the file system tells cases apart")
    return other


NAMINGS = [
    lambda file, _: file, by_relative_path, by_absolute_path, by_link, by_hard_link, through_a_linked_folder,
    in_another_case,
]  # fmt: skip


def options_that_write():
    """Every option of every command that takes a path and is not read."""
    group = typer.main.get_command(app)
    commands = [(name, group.get_command(None, name)) for name in group.commands]
    return {
        (name, option)
        for name, command in commands
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option not in INPUT_OPTIONS
        if parameter.type.name == "path" or option == "--output"
    }


def test_no_option_that_writes_is_left_out():
    assert options_that_write() - KEEPING == set(SUFFIXES)


@pytest.mark.parametrize(("command", "option"), SUFFIXES, ids=" ".join)
@pytest.mark.parametrize("naming", NAMINGS)
def test_an_input_is_never_replaced(run, command, option, naming):
    given, read = COMMANDS[command]
    suffix = SUFFIXES[command, option]
    for name in read:
        output = naming(Path(name), suffix)
        result = run(command, *given, option, output)
        assert (result.exit_code, result.stdout) == (2, ""), name
        assert len(result.stderr.splitlines()) == 1
        if output.suffix == suffix and command != "init":  # which never replaces any file
            assert f"{output} is an input: {option} must name another file." in result.stderr
        assert Path(name).read_text("utf-8") == FILES[name]


@pytest.mark.parametrize(("command", "option"), SUFFIXES, ids=" ".join)
def test_any_other_name_is_written(run, command, option):
    given, read = COMMANDS[command]
    output = Path(f"nouveau{SUFFIXES[command, option]}")
    result = run(command, *given, option, output)
    assert result.exit_code == 0, result.output
    assert output.stat().st_size > 0
    assert {name: Path(name).read_text("utf-8") for name in read} == {name: FILES[name] for name in read}


@pytest.mark.parametrize("name", ["ok.csv", "lisez-moi.txt", "nouveau.csv", "nouveau.json", "plus/bas.json"])
@pytest.mark.parametrize("given", [("dossier",), ("rapport.csv", "--prior", "dossier"), ("./ici/dossier/",)])
def test_nothing_is_written_into_a_folder_that_is_read(run, name, given):
    Path("dossier", "plus").mkdir()
    Path("ici").symlink_to(".", target_is_directory=True)
    for output in (f"dossier/{name}", f"ici/dossier/{name}"):
        result = run("validate", *given, "--format", "json", "--output", output)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "is an input: --output must name" in result.stderr
    assert sorted(path.name for path in Path("dossier").iterdir()) == ["lisez-moi.txt", "ok.csv", "plus"]
    assert Path("dossier", "ok.csv").read_text("utf-8") == ROWS


@pytest.mark.parametrize("naming", [by_link, by_hard_link])
def test_a_file_of_a_folder_that_is_read_is_known_from_outside(run, naming):
    result = run("validate", "dossier", "--output", naming(Path("dossier", "ok.csv"), ".json"))
    assert (result.exit_code, "is an input" in result.stderr) == (2, True)


def test_a_link_in_a_folder_that_is_read_protects_what_it_points_to(run):
    Path("dossier", "lien.csv").symlink_to("../rapport.csv")
    result = run("validate", "dossier", "--output", "rapport.csv")
    assert (result.exit_code, Path("rapport.csv").read_text("utf-8")) == (2, ROWS)


def test_a_report_that_does_not_exist_is_not_made_by_its_own_output(run):
    assert run("validate", "absent.json", "--output", "./absent.json").exit_code == 2
    assert not Path("absent.json").exists()


def test_a_pyproject_that_was_looked_into_is_read(run):
    Path("mlcheck.toml").unlink()
    Path("pyproject.toml").write_text("[tool.other]\n", "utf-8")
    assert run("validate", "rapport.csv", "--format", "json", "-o", "pyproject.toml").exit_code == 2
    assert Path("pyproject.toml").read_text("utf-8") == "[tool.other]\n"


def test_the_baseline_of_the_configuration_is_read_unless_another_takes_its_place(run):
    Path("mlcheck.toml").write_text('baseline = "connus.json"\n', "utf-8")
    Path("rapport.csv").write_text(ROWS.replace("141", "151"), "utf-8")
    assert run("validate", "rapport.csv", "--output", "connus.json").exit_code == 2
    given = ("--baseline", "connus.json", "--write-baseline", "connus.json")
    assert run("validate", "rapport.csv", *given).exit_code == 2
    assert Path("connus.json").read_text("utf-8") == FILES["connus.json"]
    assert run("validate", "rapport.csv", "--write-baseline", "connus.json").exit_code == 1  # written again
    assert "TOT" in Path("connus.json").read_text("utf-8")
    assert run("validate", "rapport.csv").exit_code == 0


WRITERS = [("--output", ".json"), ("--output", ".json"), ("--annotate", ".xlsx"), ("--write-baseline", ".json"),
           ("--certificate", ".json")]  # fmt: skip
TWICE = [
    lambda name: name,
    lambda name: by_relative_path(name, ""),
    lambda name: by_absolute_path(name, ""),
    lambda name: through_a_linked_folder(name, ""),
    lambda name: by_link(name, name.suffix),
]


@pytest.mark.parametrize(("one", "other"), [*combinations(WRITERS, 2)], ids=str)
@pytest.mark.parametrize("naming", TWICE)
@pytest.mark.parametrize("exists", [False, True])
def test_two_outputs_never_share_a_file(run, one, other, naming, exists):
    name = Path(f"sortie{one[1] if one[0] == '--annotate' else other[1]}")
    if exists:
        name.write_text("former", "utf-8")
    second = naming(name)
    result = run("validate", "rapport.csv", "--format", "json", one[0], name, other[0], second)
    if one[0] == other[0] == "--output":
        result = run("validate", "rapport.csv", one[0], name, other[0], second)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"is named by {other[0]} and by {one[0]}" in result.stderr
    assert name.read_text("utf-8") == "former" if exists else not name.exists()


def test_the_summary_of_a_step_is_an_output_too(run, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "sortie.md")
    assert run("validate", "rapport.csv", "--format", "github", "--output", "sortie.md").exit_code == 2
    assert not Path("sortie.md").exists()
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "rapport.csv")
    result = run("validate", "rapport.csv", "--format", "github")
    assert "rapport.csv is an input: GITHUB_STEP_SUMMARY must name another file." in result.stderr
    assert Path("rapport.csv").read_text("utf-8") == ROWS


def test_two_outputs_may_go_to_one_device(run):
    result = run("validate", "rapport.csv", "-f", "json", "-o", os.devnull, "--certificate", os.devnull)
    assert result.exit_code == 0


def test_names_that_differ_in_case_are_two_files_only_where_the_system_says_so(tmp_path, monkeypatch):
    outputs = [("--output", tmp_path / "A.json"), ("--certificate", tmp_path / "a.JSON")]
    (tmp_path / "known.txt").touch()
    if not (tmp_path / "KNOWN.TXT").exists():
        require_apart([], outputs)
    monkeypatch.setattr("mlcheck.cli.files._folds", lambda _: True)
    with pytest.raises(MlcheckError, match="each output needs a file of its own"):
        require_apart([], outputs)


def test_an_extract_into_a_folder_replaces_no_file_of_the_run(run):
    Path("extrait").mkdir()
    shutil.copy("rapport.csv", "extrait/figures.csv")
    Path("claims.csv").symlink_to("rapport.csv")
    assert run("extract", "extrait/figures.csv", "-o", "extrait/").exit_code == 2
    assert run("extract", "rapport.csv", "-o", "./").exit_code == 2
    assert Path("extrait", "figures.csv").read_text("utf-8") == Path("rapport.csv").read_text("utf-8") == ROWS
