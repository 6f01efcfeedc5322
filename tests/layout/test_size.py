"""Text made to be heavy is read all the same, and guesses nothing."""

from __future__ import annotations

import pytest

from mlcheck.layout.recover import recover
from mlcheck.model.document import Grid
from tests.layout.texts import lines


@pytest.mark.parametrize(
    "text",
    [
        " ".join(["123"] * 100_000),
        "Lille " + " ".join(["123"] * 60),
        "1 1 1 1 1 1 1 1\n" * 3_000,
        "Lille 123 456 789 123 456\n" * 3_000,
        "Lille (12\n" * 3_000,
        "Lille\n12\n" * 3_000,
        "Une phrase assez longue pour en être une      Une autre phrase, longue elle aussi\n" * 500,
        "(" * 20_000,
    ],
)
def test_heavy_text_is_read(text: str) -> None:
    blocks, _ = recover(lines(text))
    assert isinstance(blocks, list)


def test_a_row_with_too_many_readings_is_left_open() -> None:
    figures = " ".join(["123"] * 40)
    text = "Commune " + " ".join(f"Année {n}" for n in range(12)) + "\n" + f"Lille {figures}\nLens {figures}"
    blocks, unclear = recover(lines(text))
    assert unclear or not any(isinstance(block, Grid) for block in blocks)
