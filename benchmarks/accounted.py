"""Count the figures that a document prints, as another library opens it, and those that mlcheck accounts for.

    python benchmarks/accounted.py [FOLDER] [-v]

A figure is accounted for where it stands in a table or a passage of prose, or is told as not understood. In a sheet
every cell that stores a number is one and is known by its place; elsewhere every run of digits is one, and is known by
itself. For each file of FOLDER (`fixtures/`) what is missing is told, and in the last line how many were accounted for. Numbers of pages and what
is printed at the head or foot of most pages of a PDF are no figures.
"""

from __future__ import annotations

import argparse
import csv
import io
import itertools
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pypdfium2
import xlrd
from docx import Document as WordDocument
from docx.oxml.ns import qn
from lxml import html
from markdown_it import MarkdownIt

from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Grid, LaidOut, Locator, Paragraph, column_letters
from mlcheck.model.errors import MlcheckError
from mlcheck.model.table import Table
from mlcheck.reading import read
from mlcheck.tables.walk import Walk, walk

Numbers = Counter[str]
At = tuple[int, int]
DIGITS = re.compile(r"[0-9]+")
NUMBERED = re.compile(r"^\s*[0-9]{1,2}(?:\s?\)|(?:\.[0-9]{1,2})+\.?)\s")
"""A heading with its number, which is none that is checked."""
FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n---\s*\n", re.DOTALL)
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SHOWN = 12  # missing figures printed of a file


def main() -> None:
    """Tell what is missing, file by file."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", type=Path, nargs="?", default=Path("fixtures"))
    options.add_argument("-v", action="store_true", help="name every missing figure")
    asked = options.parse_args()
    printed = missing = 0
    for path in sorted(path for path in asked.folder.rglob("*") if path.suffix.lower() in PRINTED):
        try:
            whole, lost = counted(path)
        except MlcheckError as error:
            print(f"{path.name}: {error}")
            continue
        printed, missing = printed + whole.total(), missing + lost.total()
        if lost:
            names = sorted(lost.elements())
            shown = names if asked.v else names[:SHOWN]
            more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
            print(f"{path.name}: {len(names)} of {whole.total()} missing: {' '.join(shown)}{more}")
    print(
        f"figures: {printed - missing} of {printed} accounted for, {100 - 100 * missing / (printed or 1):.2f} %"
    )


def counted(path: Path) -> tuple[Numbers, Numbers]:
    """Return the figures of a file, and those of them that nothing accounts for."""
    document = laid_out(read(path))
    found = walk(document, itertools.count())
    printed = PRINTED[path.suffix.lower()](path)
    suffix = path.suffix.lower()
    if suffix in SHEETS:
        return printed, printed - places(document, found)
    kept = list(kept_texts(document, found))
    if suffix == ".pdf":
        return printed, _lost(printed, _by_page(kept))
    return printed, printed - numbers(text for _, text in kept)


def _lost(printed: Numbers, kept: Numbers) -> Numbers:
    """Return what is missing page by page; a paragraph that goes on overleaf stands where it starts."""
    lost, spare = printed - kept, kept - printed
    before = Counter({_overleaf(figure): count for figure, count in spare.items()})
    return lost - before


def _overleaf(figure: str) -> str:
    page, _, run = figure.partition(":")
    return f"{int(page) + 1}:{run}"


def numbers(texts: Iterable[str]) -> Numbers:
    """Return the runs of digits of some texts."""
    return Counter(run for text in texts for run in DIGITS.findall(NUMBERED.sub("", text, count=1)))


def _by_page(texts: Iterable[tuple[int, str]]) -> Numbers:
    """Return the runs of digits of some texts, each with its page."""
    return Counter(f"{page}:{run}" for page, text in texts for run in numbers([text]).elements())


# What mlcheck keeps of a document.


def places(document: LaidOut, found: Walk) -> Numbers:
    """Return the places of the cells that are in a table, in prose or told."""
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return Counter(
        {f"{grid.locator.sheet}!{grid.locate(*at).cell}": 1 for grid in grids for at in _cells(grid, found)}
    )


def kept_texts(document: LaidOut, found: Walk) -> Iterator[tuple[int, str]]:
    """Yield all that is kept of a document, each in its own place, with its page or 0."""
    inside: set[Locator] = set()
    for block in document.blocks:
        if isinstance(block, Grid):
            inside |= {block.locate(*at) for at in block.cells}
            yield from ((block.locate(*at).page or 0, block.cells[at].text) for at in _cells(block, found))
    for entry in (entry for table in found.tables for entry in table.entries.values()):
        if entry.locator not in inside:  # a total printed under its table
            yield entry.locator.page or 0, entry.printed
    said = [
        one for one in (*found.passages, *(title for title, _ in found.titles)) if one.locator not in inside
    ]
    yield from ((one.locator.page or 0, one.text) for one in said)
    told = {one.locator for one in found.not_understood} - {one.locator for one in said}
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.locator in told:
            yield block.locator.page or 0, block.text
    for one in found.not_understood:
        yield from ((one.locator.page or 0, str(value)) for value in one.values.values())


def _cells(grid: Grid, found: Walk) -> list[At]:
    """Return the cells of a grid that are kept: by their place, or as titles that lie over several lines."""
    told = {one.locator for one in (*found.passages, *found.not_understood)}
    told |= {place for _, place, _ in found.notes}
    words: set[str] = set()
    for table in found.tables:
        lines = (*table.rows, *table.columns)
        told |= {entry.locator for entry in table.entries.values()}
        told |= {line.locator for line in lines if line.locator}
        words |= {text for line in lines for text in (*line.path, line.label, *line.codes)}
        words |= {
            part for text in (table.title, table.headnote, *table.sections) for part in text.split(" · ")
        }
    corners = set(_corners(grid, found.tables))
    return [
        at
        for at, cell in grid.cells.items()
        if at in corners or grid.locate(*at) in told or " ".join(cell.text.split()) in words
    ]


def _corners(grid: Grid, tables: Iterable[Table]) -> Iterator[At]:
    """Yield what stands over the row labels of the tables of a grid, beside the labels of their columns."""
    at_place = {grid.locate(*at): at for at in grid.cells}
    for table in tables:
        heads = {at_place[line.locator][0] for line in table.columns if line.locator in at_place}
        stubs = {at_place[line.locator][1] for line in table.rows if line.locator in at_place}
        yield from itertools.product(heads, stubs)


# What a file prints, as another library opens it.


def _workbook(path: Path) -> Numbers:
    book = openpyxl.load_workbook(path, data_only=True)
    return Counter(
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "n" and isinstance(cell.value, int | float) and cell.number_format != ";;;"
    )


def _old_workbook(path: Path) -> Numbers:
    book = xlrd.open_workbook(path)
    return Counter(
        f"{sheet.name}!{column_letters(column)}{row + 1}"
        for sheet in book.sheets()
        for row in range(sheet.nrows)
        for column in range(sheet.ncols)
        if sheet.cell_type(row, column) == xlrd.XL_CELL_NUMBER
    )


def _open_text(path: Path) -> Numbers:
    with zipfile.ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("content.xml")).find(f"{OFFICE}body")
    assert body is not None
    texts = (one for one in body.iter() if one.tag in (f"{TEXT}p", f"{TEXT}h"))
    return numbers("".join(one.itertext()) for one in texts)


def _separated(path: Path) -> Numbers:
    rows = csv.reader(io.StringIO(_decoded(path)), csv.Sniffer().sniff(_decoded(path)[:4000], ";,\t"))
    return numbers(cell for row in rows for cell in row)


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _markdown(path: Path) -> Numbers:
    """Count the figures of a Markdown file without what its head says of it to programs."""
    text = FRONT_MATTER.sub("", _decoded(path), count=1)
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(text)
    return numbers(
        "".join(part.content for part in token.children or () if part.type in ("text", "code_inline"))
        for token in tokens
        if token.type == "inline"
    )


def _page(path: Path) -> Numbers:
    tree = html.document_fromstring(path.read_bytes())
    for hidden in list(tree.iter("script", "style", "head", "noscript", "nav", "svg", "button")):
        hidden.drop_tree()
    return numbers(text for text in tree.itertext() if isinstance(text, str))


def _word(path: Path) -> Numbers:
    document = WordDocument(str(path))
    paragraphs = document.element.body.iter(qn("w:p"))
    return numbers("".join(text.text or "" for text in one.iter(qn("w:t"))) for one in paragraphs)


def _pages(path: Path) -> Numbers:
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range().splitlines() for page in document]
    repeated = Counter(line for page in pages for line in {DIGITS.sub("0", line.strip()) for line in page})
    running = {line for line, count in repeated.items() if count > len(pages) / 2 and len(pages) > 2}
    return _by_page(
        (number, line)
        for number, page in enumerate(pages, 1)
        for line in page
        if DIGITS.sub("0", line.strip()) not in running
    )


PRINTED: dict[str, Callable[[Path], Numbers]] = {
    ".xlsx": _workbook,
    ".xls": _old_workbook,
    ".ods": _open_text,
    ".odt": _open_text,
    ".csv": _separated,
    ".md": _markdown,
    ".txt": lambda path: numbers(_decoded(path).splitlines()),
    ".html": _page,
    ".docx": _word,
    ".pdf": _pages,
}
SHEETS = (".xlsx", ".xls")

if __name__ == "__main__":
    main()
