"""Every table of an invented report, printed flat, comes back with each figure in its row and column."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlcheck.language.words import fold
from mlcheck.layout.recover import recover
from mlcheck.model.document import Grid
from tests.layout.texts import lines, table, tables

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
    text = flat(truth[: len(truth) - len(body)])
    text += "\n" + apart.join(" ".join(row).strip() for row in body)
    (found,) = tables(text)
    printed = [[cell for cell in row if cell] for row in found]
    assert printed[-len(body) :] == [[cell for cell in row if cell] for row in body]
    if len(found) > len(body) and len(printed[0]) > 1:
        assert [fold(cell) for cell in printed[0]] == [fold(cell) for cell in truth[0] if cell]


def flat(rows: list[list[str]]) -> str:
    return "\n".join(" ".join(row).strip() for row in rows)


def falsified(text: str, at: int) -> str:
    """Return the text of a cell with another digit in one place; a leading one stays above zero."""
    digit = int(text[at])
    return text[:at] + str(digit % 9 + 1 if digit else 4) + text[at + 1 :]


def digits_of(rows: list[list[str]], head: int) -> Iterator[tuple[int, int, int]]:
    for r, row in enumerate(rows[head:], start=head):
        for c, cell in enumerate(row[1:], start=1):
            yield from ((r, c, at) for at, char in enumerate(cell) if char.isdigit())


@pytest.mark.parametrize("block", BLOCKS, ids=[block["table"] for block in BLOCKS])
def test_a_wrong_digit_anywhere_stays_where_it_is_printed(block: dict) -> None:
    """Whatever the totals would like: the row comes back as it is printed, or is said to be ambiguous."""
    truth = rows_of(block)
    for r, c, at in digits_of(truth, block.get("boxhead", 1)):
        row = [*truth[r][:c], falsified(truth[r][c], at), *truth[r][c + 1 :]]
        printed = [cell for cell in row if cell]
        blocks, unclear = recover(lines(flat([*truth[:r], row, *truth[r + 1 :]])))
        found = [[cell for cell in line if cell] for b in blocks if isinstance(b, Grid) for line in table(b)]
        assert printed in found or unclear, (printed, found)
