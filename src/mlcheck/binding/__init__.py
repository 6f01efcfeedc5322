"""Bind each claim to the figures it speaks of, by its words and never because the numbers fit."""

from __future__ import annotations

from mlcheck.binding.bind import bind, bind_and_record, former_figures

__all__ = ["bind", "bind_and_record", "former_figures"]
