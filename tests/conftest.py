"""What holds for every test: hypothesis sets no time limit, since a busy machine is no failure."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("mlcheck", deadline=None)
settings.load_profile("mlcheck")
