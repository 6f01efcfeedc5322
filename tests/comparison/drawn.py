"""Two reports drawn as text, and what their comparison says in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.checking.facts import read_facts
from mlcheck.comparison import compare_facts
from mlcheck.layout.recover import laid_out
from mlcheck.model.comparison import Comparison
from mlcheck.model.facts import Facts
from tests.rules.loading import THIS_YEAR, document_of

Texts = str | Sequence[str]


def facts(tables: Texts = (), sentences: Texts = (), source: str = THIS_YEAR) -> Facts:
    """Return the facts of a report of a few tables, one a sheet, and sentences below the first."""
    return read_facts(laid_out(document_of(_listed(tables), _listed(sentences), source)))


def compared(left: Texts, right: Texts) -> Comparison:
    """Return the comparison of the tables of two reports."""
    return compare_facts(facts(left, source="a-2023"), facts(right, source="b-2023"))


def said(left: Texts, right: Texts) -> Comparison:
    """Return the comparison of the sentences of two reports."""
    return compare_facts(facts((), left, "a-2023"), facts((), right, "b-2023"))


def _listed(texts: Texts) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts)


def told(comparison: Comparison, agreement: str = "different") -> list[str]:
    """Return "Lambersart · CDI: 410 / 401" for each pair that compares so."""
    return [
        f"{one.label}: {_plain(one.left.printed)} / {_plain(one.right.printed)}"
        for one in comparison.compared
        if one.agreement == agreement
    ]


def alone(comparison: Comparison, side: str) -> list[str]:
    """Return "Lambersart · CDI: 410" for each figure that one file states alone."""
    return [f"{one.label}: {_plain(one.stated.printed)}" for one in comparison.alone if one.side == side]


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def mirrored(comparison: Comparison) -> set[tuple[int, int, str]]:
    """Return the pairs with their sides exchanged."""
    return {(one.right.figure, one.left.figure, one.agreement) for one in comparison.compared}


def pairs(comparison: Comparison) -> set[tuple[int, int, str]]:
    """Return the pairs of figures that were compared."""
    return {(one.left.figure, one.right.figure, one.agreement) for one in comparison.compared}
