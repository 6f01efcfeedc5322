"""Any table printed flat comes back, or is said to be ambiguous; any text is read in bounded time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.layout.recover import recover
from mlcheck.model.document import Grid, Paragraph
from tests.layout.texts import lines, table

NAMES = ["Lille", "Lompret", "Pérenchies", "La Madeleine", "Lambersart", "Verlinghem", "Wambrechies"]
HEADS = ["Femmes", "Hommes", "Total"]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(*[st.integers(0, 999)] * 3), min_size=3, max_size=7))
def test_numbers_below_a_thousand_always_come_back(figures: list[tuple[int, int, int]]) -> None:
    rows = [f"{name} {' '.join(map(str, row))}" for name, row in zip(NAMES, figures, strict=False)]
    blocks, unclear = recover(lines("Commune Femmes Hommes Total\n" + "\n".join(rows)))
    found = [table(block) for block in blocks if isinstance(block, Grid)]
    assert len(found) == 1 or unclear
    printed = [[name, *map(str, row)] for name, row in zip(NAMES, figures, strict=False)]
    # A group of three digits after one of one to three may also be a thousand: then it is said, or left out.
    if all(value < 100 for row in figures for value in row):
        assert found[0][-len(printed) :] == printed


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(*[st.integers(1_000, 99_999)] * 2), min_size=3, max_size=7))
def test_thousands_come_back_or_are_said_to_be_ambiguous(figures: list[tuple[int, int]]) -> None:
    """The figures of a column are of like size here: where they are not, size may choose a wrong grouping."""
    printed = [[f"{value:,}".replace(",", " ") for value in row] for row in figures]
    text = "\n".join(f"{name} {' '.join(row)}" for name, row in zip(NAMES, printed, strict=False))
    blocks, unclear = recover(lines(f"Commune Femmes Hommes\n{text}"))
    sure = [
        (row[0], row[1:])
        for block in blocks
        if isinstance(block, Grid) and not any(cell.fault for cell in block.cells.values())
        for row in table(block)
        if row[0] in NAMES
    ]
    truth = dict(zip(NAMES, printed, strict=False))
    wrong = [(name, row) for name, row in sure if row != truth[name] and "" not in row]
    assert not wrong or unclear


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(alphabet="LilTota 0123456789/%€\n-.,:()", max_size=400))
def test_any_text_keeps_every_digit(text: str) -> None:
    """What stays open is said, not printed: its lines are left out, and a cell left open shows all its row."""
    blocks, unclear = recover(lines(text))
    kept = "".join(
        "".join(cell.text for _, cell in sorted(block.cells.items()))
        if isinstance(block, Grid)
        else block.text
        for block in blocks
        if isinstance(block, Grid | Paragraph)
    )
    assert unclear or sorted(c for c in kept if c.isdigit()) == sorted(c for c in text if c.isdigit())


def test_lines_of_which_no_fold_can_be_read_are_listed() -> None:
    """A mark on a figure leaves the only row without a reading."""
    _, unclear = recover(lines("i 6 M 5\nr 3 9⁵ % M 7million d’euros 1"))
    assert [one.locator.line for one in unclear] == [1, 2]
