"""Build the tables of a region: lines, entries, and what the layout asserts of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.language.numeral import parse
from mlcheck.language.roles import is_adjective_total, magnitude_of
from mlcheck.layout.kinds import total_line
from mlcheck.layout.sheet import Region, Sheet, Text
from mlcheck.model.document import Locator
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Axis, Entry, Line, Relation, Table
from mlcheck.tables.changes import find_changes
from mlcheck.tables.crossed import Crossed
from mlcheck.tables.distributions import find_distributions, with_shares
from mlcheck.tables.entries import read_entries, under_heading
from mlcheck.tables.formulas import StatedSum, stated_sums
from mlcheck.tables.lines import column_lines, row_lines, with_of_which_units
from mlcheck.tables.matrix import matrix_of
from mlcheck.tables.means import find_means, find_within
from mlcheck.tables.of_which import find_of_which
from mlcheck.tables.orders import find_orders, find_running
from mlcheck.tables.panels import find_panels
from mlcheck.tables.parts_of_runs import find_parts_of_runs
from mlcheck.tables.proposals import Proposal
from mlcheck.tables.quotients import QUOTIENTS, find_quotients
from mlcheck.tables.shares import find_shares
from mlcheck.tables.stocks import find_stocks
from mlcheck.tables.stub_and_boxhead import Layout, same_heads, stub_head, unfold
from mlcheck.tables.sums import find_sums
from mlcheck.tables.whole import with_whole

At = tuple[int, int]


class Frame(Struct, frozen=True):
    """Where a table stands in its report: the headings over it and the texts next to it."""

    sections: tuple[str, ...]
    title: str
    totals: tuple[Text, ...] = ()


Body = tuple[list[Line], list[Line], dict[At, Entry]]


def build_tables(sheet: Sheet, region: Region, frame: Frame, ids: Iterator[int]) -> list[Table]:
    """Return the tables of a region: one, or several where different tables stand side by side."""
    layouts = unfold(sheet, region)
    parts = [_body(sheet, layout, frame, ids) for layout in layouts]
    parts = [p for p in parts if p[0] and p[1]]
    if len(parts) > 1 and same_heads(sheet, layouts):
        parts = [_continued(parts)]
    headnote = next((lay.headnote for lay in layouts if lay.headnote), "")
    stub = next((head for lay in layouts if (head := stub_head(sheet, lay))), "")
    return [_table(sheet, frame, *part, ids, headnote, stub) for part in parts]


def _body(sheet: Sheet, layout: Layout, frame: Frame, ids: Iterator[int]) -> Body:
    """Return the rows, the columns and the entries (by index) of one layout."""
    raw = read_entries(sheet, layout, ids)
    over = frame.title or (frame.sections[-1] if frame.sections else "")
    columns = column_lines(sheet, layout, raw, " · ".join(filter(None, (over, layout.headnote))))
    rows = row_lines(sheet, layout, raw, columns)
    magnitude = magnitude_of(f"{over} {layout.headnote}")
    entries: dict[At, Entry] = {}
    for c, column in enumerate(columns):
        own = magnitude if magnitude > 1 else magnitude_of(" ".join((*column.path, column.label)))
        for r, row in enumerate(rows):
            unit = column.unit if column.unit != "count" else row.unit
            entries[r, c] = under_heading(raw[row.position, column.position], unit, own)  # type: ignore[arg-type]
    return rows, columns, entries


def _continued(parts: list[Body]) -> Body:
    """Return the parts of a folded table as one, the second below the first."""
    rows: list[Line] = []
    entries: dict[At, Entry] = {}
    for lines, _, own in parts:
        entries |= {(r + len(rows), c): e for (r, c), e in own.items()}
        rows += lines
    return rows, parts[0][1], entries


def _table(
    sheet: Sheet,
    frame: Frame,
    rows: list[Line],
    columns: list[Line],
    entries: dict[At, Entry],
    ids: Iterator[int],
    headnote: str,
    stub: str,
) -> Table:
    rows, columns = with_of_which_units(rows), with_of_which_units(columns)
    for text in frame.totals:
        _add_total(sheet, text, rows, columns, entries, ids)
    rows, columns = (
        with_shares(Crossed("row", rows, columns, entries, frame.title)),
        with_shares(Crossed("column", columns, rows, entries, frame.title)),
    )
    rows = with_whole(Crossed("row", rows, columns, entries, frame.title))
    columns = with_whole(Crossed("column", columns, rows, entries, frame.title))
    relations = relations_of(rows, columns, entries, frame.title)
    named = _with_totals("row", rows, relations), _with_totals("column", columns, relations)
    if named != (rows, columns):
        rows, columns = named
        relations = relations_of(rows, columns, entries, frame.title)
    first = next(iter(entries.values())).locator
    return Table(
        name=_name(first),
        title=frame.title,
        sections=frame.sections,
        locator=first,
        rows=tuple(rows),
        columns=tuple(columns),
        entries=entries,
        relations=tuple(relations),
        headnote=headnote,
        stub=stub,
        hidden=sheet.grid.hidden,
        slashes=any(e.state == "nil" and e.printed == "/" for e in entries.values()),
    )


def _with_totals(axis: Axis, lines: list[Line], relations: Sequence[Relation]) -> list[Line]:
    """Return the lines of an axis, those made totals that others add up to and an adjective names: "Effectif total"."""
    made = {one.target for one in relations if one.kind == "sum" and one.axis == axis}
    return [
        replace(line, role="total")
        if n in made and line.role == "part" and is_adjective_total(line.label)
        else line
        for n, line in enumerate(lines)
    ]


def _name(place: Locator) -> str:
    """Return the name of a table in its report: where its first figure stands."""
    parts = (place.slide, place.page, place.shape, place.cell, place.line, place.column, place.box)
    return f"{place.sheet or place.file}!{' '.join(str(part) for part in parts if part is not None)}"


def _add_total(
    sheet: Sheet,
    text: Text,
    rows: list[Line],
    columns: list[Line],
    entries: dict[At, Entry],
    ids: Iterator[int],
) -> None:
    """Add a total that is printed as a line of text: across a single row, else below a single column."""
    label, digits = total_line(text.text)
    number = parse(digits)
    if number is None:
        return
    entry = Entry(next(ids), "number", digits, sheet.grid.locate(*text.at), number)
    if len(rows) == 1 and not any(c.role == "total" for c in columns):
        entries[0, len(columns)] = entry
        columns.append(Line(text.at[1], label, "total", unit=columns[-1].unit))
    elif len(columns) == 1 and not any(r.role == "total" for r in rows):
        entries[len(rows), 0] = entry
        rows.append(Line(text.at[0], label, "total", unit=rows[-1].unit))


def relations_of(
    rows: list[Line], columns: list[Line], entries: dict[At, Entry], title: str = ""
) -> list[Relation]:
    """Return everything the words and the layout of a table assert of its lines."""
    down = matrix_of(entries, rows, columns, transposed=False)
    along = matrix_of(entries, columns, rows, transposed=True)
    computed = stated_sums(rows, columns, entries)
    found = find_sums(rows, down, "row", _agreed(computed, "row"))
    found += find_sums(columns, along, "column", _agreed(computed, "column"))
    found += [*find_panels(rows, down, "row"), *find_panels(columns, along, "column")]
    sums = list(found)
    for crossed in (
        Crossed("row", rows, columns, entries, title),
        Crossed("column", columns, rows, entries, title),
    ):
        found += measures_of(crossed, sums)
        shown = list(find_quotients(crossed, found))
        lines = {(one.axis, one.target) for one in shown}
        found = [one for one in found if one.kind not in QUOTIENTS or (one.axis, one.target) not in lines]
        found += shown
        found += list(find_parts_of_runs(crossed, found))
    return found


def _agreed(computed: Sequence[StatedSum], axis: Axis) -> list[Proposal]:
    """Return the sums of lines that most formulas of their target compute."""
    by_target: dict[int, Counter[tuple[tuple[int, int], ...]]] = {}
    texts = {(one.target, one.sources): one.formula for one in reversed(computed)}
    for one in computed:
        if one.axis == axis:
            by_target.setdefault(one.target, Counter())[one.sources] += 1
    found = []
    for target, counts in by_target.items():
        (sources, count), *_ = counts.most_common()
        if count * 2 > counts.total() and len(sources) > 1 and all(c == 1 for _, c in sources):
            evidence = Evidence((), ("a formula",), texts[target, sources])
            found.append(Proposal(target, tuple(s for s, _ in sources), evidence))
    return found


def measures_of(crossed: Crossed, sums: list[Relation]) -> list[Relation]:
    """Return what ties the lines of one axis that are not summed: shares, changes, means, orders and their kin."""
    return [
        *find_of_which(crossed), *find_shares(crossed, sums), *find_changes(crossed), *find_means(crossed),
        *find_within(crossed, sums), *find_distributions(crossed, sums), *find_orders(crossed),
        *find_running(crossed), *find_stocks(crossed),
    ]  # fmt: skip
