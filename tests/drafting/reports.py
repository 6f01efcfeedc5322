"""Small reports written as the rows of their sheets, and the profiles drafted from them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from mlcheck.binding import bind
from mlcheck.checking.facts import read_facts
from mlcheck.drafting import Draft, draft, page, prove, stub_heads
from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Cell, Document, Grid, Locator
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Profile
from mlcheck.profile import load
from mlcheck.rendering.wording import Wording

Sheets = dict[str | None, list[list[str]]]
ENGLISH = Wording("en")


def document(sheets: Sheets, source: str = "report-2023.xlsx") -> Document:
    """Return a document of these sheets; an empty text is an empty cell."""
    return Document(source, tuple(_grid(source, name, rows) for name, rows in sheets.items()))


def facts(sheets: Sheets, profile: Profile | None = None, source: str = "report-2023.xlsx") -> Facts:
    """Return what a report of these sheets states."""
    read = read_facts(laid_out(document(sheets, source)), profile=profile)
    return replace(read, bindings=bind(read))


def drafted(sheets: Sheets, parent: Profile | None = None, extends: str | None = None) -> Draft:
    """Return the profile drafted from a report of these sheets."""
    found = facts(sheets, parent)
    return draft(found, stub_heads(document(sheets), found), ENGLISH, parent, extends)


def written(one: Draft) -> Profile:
    """Return a draft as read back from its file, and proved."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "profile.toml"
        path.write_text(page(one, ENGLISH), "utf-8")
        loaded = load(str(path))
    prove(loaded, one)
    return loaded


def _grid(source: str, sheet: str | None, rows: list[list[str]]) -> Grid:
    cells = {(r, c): Cell(text) for r, row in enumerate(rows) for c, text in enumerate(row) if text}
    return Grid(Locator(source, sheet), cells)
