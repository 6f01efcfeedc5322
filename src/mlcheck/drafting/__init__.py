"""A profile drafted from a report: the shape that next year's report is held to, for a person to review."""

from __future__ import annotations

from mlcheck.drafting.draft import Draft, draft, prove
from mlcheck.drafting.page import page
from mlcheck.drafting.row_heads import stub_heads

__all__ = ["Draft", "draft", "page", "prove", "stub_heads"]
