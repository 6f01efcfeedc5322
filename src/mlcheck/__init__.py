"""Check that the figures of a published report agree with one another.

From Python: `check`, `sentence`, `place` and `render`, with the types of what they give. Each is loaded when it is
first asked for.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "mlcheck.api": ("check", "place", "render", "sentence"),
    "mlcheck.model.claim": ("Verdict",),
    "mlcheck.model.document": ("Locator",),
    "mlcheck.model.errors": ("MlcheckError",),
    "mlcheck.model.finding": ("CheckedClaim", "Finding", "Report", "Severity", "Suspect", "Waiver"),
    "mlcheck.model.profile": ("Profile",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
__all__ = ["__version__", *_HOME]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    """Load what a program asks for. Raises AttributeError for a name that is none of `__all__`."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOME[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
