"""Profiles: what is known beforehand of a family of reports, read from TOML."""

from __future__ import annotations

from mlcheck.profile.loading import load

__all__ = ["load"]
