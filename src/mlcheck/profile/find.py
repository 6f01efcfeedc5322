"""Where profiles lie: next to the user, or shipped with mlcheck."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mlcheck.model.errors import MlcheckError
from mlcheck.profile.messages import NO_PROFILE, nearest

_NOT_PROFILES = {"mlcheck", "pyproject"}


def shipped() -> Path:
    """Return the folder of the profiles that come with mlcheck.

    A wheel carries them inside the package; a checkout keeps them at its top.
    """
    package = Path(__file__).resolve().parents[1]
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parents[1] / "schemas"


def names(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the names of the profiles in `folders` and among the shipped, in alphabetical order."""
    return tuple(
        sorted({path.stem for place in _places(folders) for path in place.glob("*.toml")} - _NOT_PROFILES)
    )


def find(name_or_path: str, folders: Sequence[Path], without: Sequence[Path] = ()) -> Path:
    """Return the file of a profile.

    What ends in ".toml" or holds a "/" is a path, taken from each of `folders` in turn. Anything else is
    a name: in each of `folders`, NAME.toml is looked for under schemas/ and then beside it, and last
    among the shipped. Files of `without` are passed over where another is found, so that a profile may
    extend the shipped one of its own name. Raises MlcheckError naming the nearest profile.
    """
    if is_path(name_or_path):
        candidates = [folder / name_or_path for folder in folders]
    else:
        candidates = [place / f"{name_or_path}.toml" for place in _places(folders)]
    files = [path for path in candidates if _is_file(path)]
    if files:
        return next((path for path in files if path.resolve() not in without), files[0])
    known = names(folders)
    raise MlcheckError(
        NO_PROFILE,
        name=name_or_path,
        nearest=nearest(name_or_path, known),
        known=", ".join(known) or "—",
    )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for the system
        return False


def is_path(name_or_path: str) -> bool:
    """Return whether a profile is given as a path and not as a name."""
    return name_or_path.endswith(".toml") or "/" in name_or_path or "\\" in name_or_path


def _places(folders: Sequence[Path]) -> tuple[Path, ...]:
    return (*(place for folder in folders for place in (folder / "schemas", folder)), shipped())
