"""The folder to unzip and double-click: what goes in exists, and nothing that the program reads is left out.

The folder itself takes minutes to build and is tried by make app and make app-test.
"""

from __future__ import annotations

import ast
import os
import re
import stat
import tomllib
import zipfile
from importlib import import_module
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

import pytest

import mlcheck
from app import contents, start
from app.build import TEXTS, archived, told
from mlcheck.network.identity import PROGRAM

PACKAGE = Path(mlcheck.__file__).parent
PROJECT = tomllib.loads((contents.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CODE = {".py", ".pyc", ".pyi", ".typed"}
FOR_PEOPLE = {".md", ".po", ".pot"}  # what no code reads
TREE = ast.parse((contents.ROOT / "app" / "mlcheck.spec").read_text("utf-8"))


def test_every_file_that_code_reads_goes_in():
    read = {path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in CODE | FOR_PEOPLE}
    put = {Path(path) for path, _ in contents.data(PACKAGE)}
    assert len(read) > 20
    assert read - put == set()
    assert put - read == set(contents.PROFILES.glob("*.toml")) != set()


def test_a_file_lies_where_the_code_looks_for_it():
    places = {f"{folder}/{Path(path).name}" for path, folder in contents.data(PACKAGE)}
    assert {
        "mlcheck/data/lexicon/fr.toml",
        "mlcheck/desk/page/desk.js",
        "mlcheck/locale/fr/LC_MESSAGES/mlcheck.mo",
        "mlcheck/schemas/mission-locale.toml",
    } <= places


@pytest.mark.parametrize("name", [*contents.HIDDEN, *contents.WHOLE, *contents.FILES_OF])
def test_what_is_named_can_be_imported(name):
    assert import_module(name)


def test_a_module_that_mypyc_names_by_a_hash_is_found():
    for name in contents.MYPYC:
        code = Path(import_module(f"{name}._parser").__file__ or "")
        found = contents.compiled(name)
        assert len(found) == (0 if code.suffix == ".py" else 1)
        assert all(find_spec(module) for module in found)


def test_the_libraries_of_the_page_go_in():
    extras = PROJECT["optional-dependencies"]
    assert set(extras["ui"]) <= set(extras["app"])
    assert {requirement.partition(">")[0] for requirement in extras["ui"]} == set(contents.METADATA) - {
        "mlcheck"
    }
    assert all(distribution(name) for name in contents.METADATA)


def test_nothing_that_is_needed_is_left_out():
    needed = {
        requirement.split(">")[0].split("[")[0]
        for requirement in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["ui"])
    }
    assert needed & set(contents.LEFT_OUT) == set()


def test_the_spec_takes_all_that_is_named():
    used = {
        node.attr
        for node in ast.walk(TREE)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "contents"
    }
    assert used == {
        "PROGRAMS",
        "HIDDEN",
        "MYPYC",
        "WHOLE",
        "FILES_OF",
        "METADATA",
        "LEFT_OUT",
        "data",
        "compiled",
    }
    assert all((contents.ROOT / "app" / script).is_file() for script in contents.PROGRAMS.values())
    assert all((contents.ROOT / text).is_file() for text in TEXTS)


def test_results_that_are_kept_are_those_of_the_code_that_was_built():
    """The code lies in an archive there: its hash goes in as a file that counts for what the program is."""
    [hashed] = [
        node for node in ast.walk(TREE) if isinstance(node, ast.FunctionDef) and node.name == "sources"
    ]
    [name] = re.findall(r"'(\w+\.\w+)'", ast.unparse(hashed))
    assert Path(name).suffix in PROGRAM


@pytest.mark.parametrize("script", contents.PROGRAMS.values())
def test_a_process_of_a_check_goes_no_further(script):
    """Each program is started again for a check: freeze_support comes before anything of mlcheck."""
    [program] = [
        node
        for node in ast.parse((contents.ROOT / "app" / script).read_text("utf-8")).body
        if isinstance(node, ast.If)
    ]
    assert ast.unparse(program.body[0]) == "freeze_support()"


@pytest.mark.parametrize("page", TEXTS)
def test_the_texts_in_the_folder_are_for_who_uses_it(page):
    text = told((contents.ROOT / page).read_text("utf-8"))
    assert text.count("\n## ") == 3
    assert "mlcheck-page.exe" in text
    assert "SmartScreen" in text
    assert "](" not in text
    assert "make app" not in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither modes nor links there.")
def test_what_is_unpacked_can_be_run(tmp_path):
    program = tmp_path / "mlcheck"
    (program / "_internal").mkdir(parents=True)
    (program / "mlcheck").write_bytes(b"x")
    (program / "mlcheck").chmod(0o755)
    (program / "_internal" / "lib.so").symlink_to("lib.so.1")
    with zipfile.ZipFile(archived(program, tmp_path / "mlcheck.zip")) as archive:
        modes = {info.filename: info.external_attr >> 16 for info in archive.infolist()}
        assert archive.read("mlcheck/_internal/lib.so") == b"lib.so.1"
    assert stat.S_ISLNK(modes["mlcheck/_internal/lib.so"])
    assert stat.S_IMODE(modes["mlcheck/mlcheck"]) == 0o755


@pytest.mark.parametrize("before", [None, "/theirs"])
def test_a_browser_loads_the_libraries_of_the_system(before, monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/of/the/folder")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    if before is not None:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    monkeypatch.setattr("mlcheck.cli.main.main", lambda: None)
    start.start()
    assert os.environ.get("LD_LIBRARY_PATH") == before


@pytest.mark.parametrize(("code", "system", "asks"), [(2, "win32", 1), (0, "win32", 0), (2, "linux", 0)])
def test_the_window_of_what_failed_stays_to_be_read(code, system, asks, monkeypatch):
    asked = []
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("os.isatty", lambda number: True)
    monkeypatch.setattr("builtins.input", asked.append)
    with pytest.raises(SystemExit), start.kept_open():
        raise SystemExit(code)
    assert len(asked) == asks
