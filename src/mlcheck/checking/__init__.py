"""Where the stages meet: files and a profile in, reports out."""

from __future__ import annotations

from mlcheck.checking.check import check, extract

__all__ = ["check", "extract"]
