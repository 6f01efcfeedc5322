"""Output files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from mlcheck.cli.output import view, write
from mlcheck.model.errors import MlcheckError


def failing():
    yield "half"
    raise RuntimeError


def test_a_file_is_written(tmp_path):
    write(["a", "b"], tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text() == "ab"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_a_run_that_fails_leaves_the_former_file_and_nothing_else(tmp_path):
    (tmp_path / "out.txt").write_text("former")
    with pytest.raises(RuntimeError):
        write(failing(), tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text() == "former"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.txt").write_text("former")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write(["new"], tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_device_is_written_to_and_not_replaced():
    write(["text"], Path(os.devnull))
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("name", ["missing/out.txt", "."])
def test_a_path_that_cannot_be_written_is_told_before_anything_is_checked(tmp_path, name):
    pieces = iter(["text"])
    with pytest.raises(MlcheckError, match="cannot be written"):
        write(pieces, tmp_path / name)
    assert next(pieces) == "text"


@pytest.mark.parametrize(
    ("variables", "colored"),
    [({"FORCE_COLOR": "1"}, True), ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False), ({}, False)],
)
def test_colours_without_a_terminal(monkeypatch, variables, colored):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    assert view("fr", None).color is colored


def test_without_a_terminal_lines_have_a_hundred_columns(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    assert view("fr", None).width == 100
    monkeypatch.setenv("COLUMNS", "72")
    assert view("fr", None).width == 72
