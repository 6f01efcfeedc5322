"""What the folder of the program holds beside the code that an import names: what PyInstaller cannot see by itself."""

from __future__ import annotations

from importlib.metadata import files
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROFILES = ROOT / "schemas"

# Program, and the script that it runs.
PROGRAMS = {"mlcheck": "terminal.py", "mlcheck-page": "page.py"}

# Files that code of the package reads, whatever folder they lie in.
DATA = ("*.toml", "*.tsv.gz", "*.mo", "*.j2", "*.css", "*.js")

# Packages of which modules are imported by names made at run time: all of them.
WHOLE = ("mlcheck", "uvicorn.lifespan", "uvicorn.loops", "uvicorn.protocols")

# Modules that only compiled code, or a name in a string, imports.
HIDDEN = (
    "_polars_runtime_32",
    "lxml._elementpath",
    "lxml.etree",
    "msgspec._core",
    "pandera.polars",
    "pypdf",
    "pypdfium2",
    "pypdfium2_raw",
    "python_calamine",
    "tomli._parser",
    "watchfiles._rust_notify",
    "xlrd",
    "xlsxwriter",
)

# Compiled by mypyc, which puts the code into a module that is named by a hash and by no import.
MYPYC = ("tomli",)

# Libraries of which files are read at run time: the library of pdfium with its version, the templates of slides.
FILES_OF = ("pptx", "pypdfium2", "pypdfium2_raw")

# Distributions whose metadata goes along with that of all they need: versions that are asked at run time, and licences.
METADATA = ("mlcheck", "starlette", "uvicorn", "watchfiles")

# What libraries would take along where it happens to be installed, and the program never loads.
LEFT_OUT = (
    "IPython", "dask", "distributed", "fastapi", "hypothesis", "matplotlib", "mypy", "pandas", "pyspark", "pytest",
    "setuptools", "tkinter",
)  # fmt: skip


def data(package: Path) -> list[tuple[str, str]]:
    """Return the files that code of the package reads, and the profiles, each with the folder that it is put into."""
    found = sorted(path for pattern in DATA for path in package.rglob(pattern))
    profiles = [(str(path), "mlcheck/schemas") for path in sorted(PROFILES.glob("*.toml"))]
    own = [(str(path), (Path("mlcheck") / path.parent.relative_to(package)).as_posix()) for path in found]
    return sorted({*own, *profiles})


def compiled(distribution: str) -> list[str]:
    """Return the modules of a distribution that mypyc named by a hash."""
    return [path.name.partition(".")[0] for path in files(distribution) or () if "__mypyc." in path.name]
