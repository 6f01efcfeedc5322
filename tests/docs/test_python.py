"""What docs/python.md shows is what Python answers, and importing mlcheck costs nothing until it is used."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import mlcheck
from mlcheck import api
from tests.docs.running import ROOT, settle

PAGE = ROOT / "docs" / "python.md"
FILES = ("report-2022.xlsx", "report-2023.xlsx", "report-2023.docx")


def failures(text: str) -> tuple[int, int]:
    """Return how many examples of a page fail, and how many there are."""
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    done = runner.run(parser.get_doctest(text, {}, PAGE.name, str(PAGE), 0))
    return done.failed, done.attempted


def test_the_page_shows_what_python_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path, monkeypatch, FILES)
    failed, attempted = failures(PAGE.read_text("utf-8"))
    assert failed == 0
    assert attempted > 10


def test_an_example_that_is_wrong_would_be_seen(capsys: pytest.CaptureFixture[str]) -> None:
    assert failures(">>> 1 + 1\n3\n") == (1, 1)


def test_the_page_names_every_argument() -> None:
    code = api.check.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    assert [name for name in names if f"`{name}`" not in PAGE.read_text("utf-8")] == ["assumed"]


def test_every_name_is_there_and_in_the_types() -> None:
    types = Path(mlcheck.__file__).with_suffix(".pyi").read_text("utf-8")
    for name in mlcheck.__all__:
        assert getattr(mlcheck, name) is not None
        assert f" as {name}\n" in types or f"{name}: " in types
    with pytest.raises(AttributeError, match="no attribute 'chek'"):
        mlcheck.chek  # noqa: B018


def test_importing_it_loads_nothing_of_its_own() -> None:
    program = (
        "import sys, mlcheck; print([one for one in sys.modules if 'mlcheck.' in one or one == 'polars'])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_waivers_and_tolerances_ask_for_rules_that_there_are() -> None:
    for asked in (
        {"waivers": [mlcheck.Waiver("TOT999", "A1", "so", "me")]},
        {"severities": {"XXX": "info"}},
        {"tolerances": {"XXX": 1}},
        {"profile": "no-such"},
        {"baseline": "missing.json"},
    ):
        with pytest.raises(mlcheck.MlcheckError):
            mlcheck.check("report.xlsx", **asked)
