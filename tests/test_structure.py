"""The house: no circle of imports, no file that is more than one idea."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import mlcheck

SOURCE = Path(mlcheck.__file__).parent
FILES = {
    ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCE.rglob("*.py")
}
LONGEST = 600  # lines


def imported(name: str) -> set[str]:
    """Return the files of mlcheck that a file imports, for types only or in a function too."""
    found = set()
    for node in ast.walk(ast.parse(FILES[name].read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {one if one in FILES else node.module for one in inner} & FILES.keys()
    return found - {name}


def test_no_file_imports_itself_by_a_circle():
    graph = {name: imported(name) for name in FILES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_a_circle_would_be_seen():
    with pytest.raises(CycleError):
        TopologicalSorter({"a": {"b"}, "b": {"a"}}).prepare()
    assert "mlcheck.model.document" in imported("mlcheck.model.sentence")


def test_no_file_is_longer_than_an_idea():
    lengths = {name: len(path.read_text("utf-8").splitlines()) for name, path in FILES.items()}
    assert {name for name, length in lengths.items() if length > LONGEST} == set()
