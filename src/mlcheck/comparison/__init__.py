"""A document against its workbook: what both state, what they state differently, and what one states alone."""

from __future__ import annotations

from mlcheck.comparison.comparing import compare, compare_facts

__all__ = ["compare", "compare_facts"]
