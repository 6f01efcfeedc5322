"""Reports as one page of HTML that fetches nothing, for the author who reads it in a browser or on paper."""

from __future__ import annotations

from mlcheck.rendering.html.page import render

__all__ = ["render"]
