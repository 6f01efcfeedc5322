"""The libraries of the page, which come with the extra `ui` only."""

from __future__ import annotations

from importlib.util import find_spec

from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

MISSING = N_(
    "{library} is not installed, which the page and the watch over files need: "
    "python -m pip install starlette uvicorn watchfiles"
)


def required(*libraries: str) -> None:
    """Raise MlcheckError, which says what to install, where a library is not there."""
    for library in libraries:
        if find_spec(library) is None:
            raise MlcheckError(MISSING, library=library)
