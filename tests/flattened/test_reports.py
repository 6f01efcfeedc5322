"""Every table of an invented report, printed flat, comes back with each figure in its row and column."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mlcheck.words import fold
from tests.flattened.texts import tables

SOURCE = Path(__file__).parents[2] / "fixtures" / "source" / "report-2022.toml"
SHEETS = tomllib.loads(SOURCE.read_text("utf-8"))["sheet"]
BLOCKS = [block for sheet in SHEETS for block in sheet["block"] if "table" in block]


def rows_of(block: dict) -> list[list[str]]:
    lines = block["grid"].strip("\n").split("\n")
    cells = [[cell.split(" = ")[0].replace("⏎", " ").strip() for cell in line.split("|")] for line in lines]
    return [[" ".join(cell.split()) for cell in row] for row in cells]


@pytest.mark.parametrize("apart", ["\n", "\n\n"])
@pytest.mark.parametrize("block", BLOCKS, ids=[block["table"] for block in BLOCKS])
def test_a_table_printed_flat_comes_back(block: dict, apart: str) -> None:
    truth = rows_of(block)
    body = truth[block.get("boxhead", 1) :]
    text = "\n".join([" ".join(row).strip() for row in truth[: len(truth) - len(body)]])
    text += "\n" + apart.join(" ".join(row).strip() for row in body)
    (found,) = tables(text)
    printed = [[cell for cell in row if cell] for row in found]
    assert printed[-len(body) :] == [[cell for cell in row if cell] for row in body]
    if len(found) > len(body) and len(printed[0]) > 1:
        assert [fold(cell) for cell in printed[0]] == [fold(cell) for cell in truth[0] if cell]
