"""A total is known after the code or the number that opens its label."""

from __future__ import annotations

import pytest

from mlcheck.language.roles import is_bare_total, is_total


@pytest.mark.parametrize(
    "label",
    ["64 - Total des charges", "012 Total charges", "II. TOTAL", "B) Sous-total", "3.2 Total des produits"],
)
def test_a_code_before_a_total(label: str) -> None:
    assert is_total(label)


@pytest.mark.parametrize("label", ["64 - Charges", "C. Autres", "2 jeunes au total", "A total"])
def test_a_code_before_anything_else(label: str) -> None:
    assert not is_total(label)


def test_nothing_but_a_total_after_its_number() -> None:
    assert is_bare_total("7. Total")
    assert not is_bare_total("7. Total des ventes")
