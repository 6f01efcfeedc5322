"""Bind each claim to the figures it speaks of, by its words and never because the numbers fit."""

from __future__ import annotations

from mlcheck.extraction.binding.bind import bind

__all__ = ["bind"]
