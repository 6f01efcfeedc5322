"""The trouble that stops a report: unusable input, and a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from mlcheck.model.document import Locator
from mlcheck.translation import N_

OWN_FAULT = N_("This is a fault of mlcheck, not of the report: {error} (set MLCHECK_DEBUG=1 to see where)")
Stage = Literal["reading", "layout", "tables", "prose", "binding", "rules", "solving", "process"]


class MlcheckError(Exception):
    """Input, profile or command line that cannot be used (exit 2).

    `template` is one English sentence that names the file, the place and what to do, with named
    places filled from `values`; it is looked up in the catalogue of the reader's language.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values = values


class StageError(Exception):
    """A fault of mlcheck in one stage of one report (exit 3); `locator` is the place it was at, where known."""

    def __init__(self, stage: Stage, locator: Locator | None, error: str) -> None:
        super().__init__(error)
        self.stage = stage
        self.locator = locator


@contextmanager
def at_stage(stage: Stage, locator: Locator | None = None) -> Iterator[None]:
    """Name the stage and the place of whatever goes wrong within; unusable input goes through as it is.

    Raises StageError.
    """
    try:
        yield
    except (MlcheckError, StageError):
        raise
    except Exception as error:
        raise StageError(stage, locator, f"{type(error).__name__}: {error}") from error
