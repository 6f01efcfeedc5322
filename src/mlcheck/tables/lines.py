"""Name the rows and columns of a layout, with the titles above them, their role and their unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from mlcheck.language.lexicon import lexicon
from mlcheck.language.numeral import SPACES, without_marks
from mlcheck.language.roles import (
    breaks_down,
    is_adjective_total,
    is_bare_total,
    is_counting,
    is_total,
    line_role,
    named_unit,
    ratio_of,
    scenario_of,
    statistic_of,
    title_statistic,
    unit_of,
    year_of,
)
from mlcheck.language.words import content_words, fold, stem, stems
from mlcheck.layout.kinds import BODY, is_unit_line, opens_as_unit
from mlcheck.layout.sheet import At, Sheet
from mlcheck.model.quantity import Unit
from mlcheck.model.table import Entry, Line, Role, Statistic
from mlcheck.tables.stub_and_boxhead import Layout, codes_of, column_codes, heads_of, naming, stub_texts

_BRACKET = re.compile(r"\s*\([^()]*\)$")
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
_QUARTILE, _FURTHER = re.compile(r"q[1-3]"), re.compile(r"q(?:[4-9]|[1-9][0-9])")
_BULLET = re.compile(rf"^[{SPACES}]*(?:[-–—―•▪➢◦*]\s+)?")


def column_lines(sheet: Sheet, layout: Layout, entries: Mapping[At, Entry], headnote: str) -> list[Line]:
    """Return the columns of a layout that hold figures, in order."""
    lines: list[Line] = []
    signed = _rows_of_percentages(layout, entries)
    for column in layout.data:
        heads = heads_of(sheet, layout, column)
        label = heads[-1] if heads else ""
        path = tuple(heads[:-1])
        own = [entries[row, column] for row in layout.body if (row, column) in entries]
        over, note = path, headnote
        if _exceed_hundred(own):
            over, note = tuple(t for t in path if not _is_of_percentages(t)), _of_counts(headnote)
        plain = [
            entries[row, column] for row in layout.body if row not in signed and (row, column) in entries
        ]
        unit = unit_of(plain or own, f"{' '.join((*over, label))} {note if _speaks_of_unit(note) else ''}")
        role = line_role(label, " ".join(over), unit)
        unit = _percent_if_share(role, unit, own)
        if (
            role == "part"
            and is_adjective_total(label)
            and sum(x.unit == unit and x.role == "part" for x in lines) > 1
        ):
            role = "total"
        hidden = bool(own) and all(e.hidden for e in own if e.state != "blank") and any(e.hidden for e in own)
        at = next(((r, column) for r in reversed(layout.head) if (r, column) in sheet.kinds), None)
        where = sheet.grid.locate(*at) if at else None
        lines.append(
            Line(
                column, label, role, path, unit, year=year_of(" ".join(heads)), hidden=hidden, locator=where,
                statistic=_statistic((*over, label), role, note, own), scenario=_scenario(heads),
                codes=column_codes(sheet, layout, column),
            )
        )  # fmt: skip
    lines = _numbered([_ratio_of_others(line, lines, headnote) for line in lines])
    lines = _with_counts_beside_rates(lines, headnote, layout, entries)
    return _with_changes_beside_levels(lines, headnote)


def _rows_of_percentages(layout: Layout, entries: Mapping[At, Entry]) -> frozenset[int]:
    """Return the rows that print percentages where each row prints nothing else or none: the sign is theirs, and no column's."""
    units = {
        row: [
            q.unit for c in layout.data if (row, c) in entries and (q := entries[row, c].quantity) is not None
        ]
        for row in layout.body
    }
    signed = frozenset(row for row, own in units.items() if len(own) > 1 and set(own) == {"%"})
    plain = [own for row, own in units.items() if own and row not in signed]
    return signed if plain and not any("%" in own for own in plain) else frozenset()


def _numbered(lines: list[Line]) -> list[Line]:
    """Return the columns with those that only look like quartiles made plain: beside "Q4" or "Q5", "Q1" is a number."""
    further = [_FURTHER.fullmatch(fold(line.label)) for line in lines]
    if not any(further):
        return lines
    return [
        replace(line, role="part", statistic=None)
        if line.statistic == "quantile" and _QUARTILE.fullmatch(fold(line.label))
        else line
        for line in lines
    ]


def _exceed_hundred(own: Sequence[Entry]) -> bool:
    """Tell whether most figures of a column, printed without a sign, are too large for the percentages of a title."""
    printed = [e.quantity for e in own if e.quantity is not None]
    plain = all(q.unit == "count" for q in printed)
    return plain and sum(abs(q.value) > 100 for q in printed) * 2 > len(printed) > 1


def _is_of_percentages(text: str) -> bool:
    return line_role(text, "", named_unit(text)) in ("share", "variation")


def _of_counts(title: str) -> str:
    """Return a title without the parts of it that speak of percentages."""
    return " · ".join(
        part for part in title.split(" · ") if named_unit(part) != "%" and not _is_of_percentages(part)
    )


def _ratio_of_others(line: Line, lines: Sequence[Line], title: str) -> Line:
    """Return a line as a ratio where its label is one taken per what another counts: "Participants par atelier".

    That may be what the title says the table counts: "Participants par atelier" under "Ateliers par thème".
    """
    what, whom = map(stems, ratio_of(line.label))
    if line.statistic is not None or line.role != "part" or not (what and whom):
        return line
    others = [stems(" ".join((*other.path, other.label))) for other in lines if other is not line]
    counted = {stem(words[0]) for part in title.split(" · ") if (words := content_words(part))}
    named = any(whom <= other for other in others) or whom <= counted
    if "/" in line.label and not (named and _are_named_apart(what, whom, others)):
        return line  # "CDD / Intérim", "2009/IV"
    return replace(line, role="mean", statistic="mean") if named else line


def _are_named_apart(what: frozenset[str], whom: frozenset[str], others: Sequence[frozenset[str]]) -> bool:
    """Tell whether one line names what a ratio counts, and another what it is taken per."""
    counted = [other for other in others if what <= other and not whom <= other]
    worded = any(not word.isdigit() for word in what)  # no "2010/02"
    return worded and bool(counted) and any(whom <= other and not what <= other for other in others)


def _with_counts_beside_rates(
    lines: list[Line], title: str, layout: Layout, entries: Mapping[At, Entry]
) -> list[Line]:
    """Return the columns with what a title of rates or means says left to those that say it too, beside whole numbers.

    "Taux d'emploi" over Actifs | Emplois | Taux d'emploi speaks of the last column.
    """
    said = title_statistic(title)
    own = [statistic_of(line.label) == said for line in lines]
    if said is None or said == "variation" or all(own) or not any(own):
        return lines
    return [
        replace(line, statistic=None)
        if line.statistic == said and not is_own and _are_whole(layout, entries, line)
        else line
        for line, is_own in zip(lines, own, strict=True)
    ]


def _are_whole(layout: Layout, entries: Mapping[At, Entry], line: Line) -> bool:
    printed = [q for r in layout.body if (q := entries[r, line.position].quantity) is not None]
    return bool(printed) and all(q.unit == "count" and not q.scale and not q.half for q in printed)


def _with_changes_beside_levels(lines: list[Line], title: str) -> list[Line]:
    """Return the columns with what a title of changes says given to the one column that holds them, if there is one.

    "Évolution en %" over 2022 | 2023 | Évolution speaks of the last column, over sectors of all.
    """
    changes = [line.role == "variation" for line in lines]
    if title_statistic(title) != "variation" or all(changes) or not any(changes):
        return lines
    percent = "%" if named_unit(title) == "%" else None
    return [
        replace(line, unit=percent if percent and line.unit == "count" else line.unit)
        if line.role == "variation"
        else replace(line, statistic=None)
        if line.statistic == "variation"
        else line
        for line in lines
    ]


def _statistic(heads: Sequence[str], role: Role, title: str, own: Sequence[Entry]) -> Statistic | None:
    """Return what a column states that is never added up: by its own words, its spanners', or the title's."""
    if role in ("share", "variation"):
        return "running" if role == "share" and statistic_of(heads[-1]) == "running" else role
    if _are_years(own):
        return "period"
    *spanners, label = heads
    for text in (label, *(t for t in reversed(spanners) if not breaks_down(t))):
        if is_counting(text):
            return None
        if (found := statistic_of(text) or title_statistic(text)) is not None:
            return found
        if line_role(text, "", "count") in ("share", "variation"):
            return "share" if line_role(text, "", "count") == "share" else "variation"
    noted = title.split(" · ")[1:]  # "(Nombre de personnes)" under the title says what is counted
    return None if any(is_counting(part.strip("( ")) for part in noted) else title_statistic(title)


def _are_years(own: Sequence[Entry]) -> bool:
    """Tell whether all figures of a column are years, of which no two are needed to differ."""
    printed = [e for e in own if e.quantity is not None]
    return len(printed) > 1 and all(_YEAR.fullmatch(without_marks(e.printed).strip()) for e in printed)


def _follow_one_another(own: Sequence[Entry]) -> bool:
    """Tell whether a row prints nothing but years, each after the one before, so that it heads the rows under it."""
    printed = [_BRACKET.sub("", e.printed).strip() for e in own if e.quantity is not None]
    years = [int(text) for text in printed if _YEAR.fullmatch(text)]
    return len(years) == len(printed) > 2 and all(b - a == 1 for a, b in pairwise(years))


def _scenario(texts: Sequence[str]) -> str | None:
    return next((found for text in reversed(texts) if (found := scenario_of(text)) is not None), None)


def _percent_if_share(role: Role, unit: Unit, own: Sequence[Entry]) -> Unit:
    """Return "%" for a line of shares printed without a sign ("Part", 49), unless all are fractions of one."""
    if role != "share" or unit != "count":
        return unit
    return "%" if any(e.quantity is not None and abs(e.quantity.value) > 1 for e in own) else unit


def _speaks_of_unit(headnote: str) -> bool:
    """Tell whether a headnote gives one unit to the whole table ("(en %)", "en euros")."""
    plain = headnote.lower()
    unit, never = _headnote_patterns()
    if any(is_unit_line(part) and opens_as_unit(part) for part in headnote.split(" · ")):
        return True
    return len(set(unit.findall(plain))) == 1 and not never.search(plain)


@cache
def _headnote_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what gives a unit to a whole table, and what names a measure with a unit of its own."""
    notes = lexicon().headnotes
    units, marks = ("|".join(map(re.escape, words)) for words in (notes.units, notes.bracketed))
    never = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in notes.never)
    return re.compile(rf"\b(?:{units})|\((?:{marks})\)"), re.compile(never)


_THEMES = 4  # rows of which one may be called as a scenario is


def row_lines(
    sheet: Sheet, layout: Layout, entries: Mapping[At, Entry], columns: Sequence[Line]
) -> list[Line]:
    """Return the rows of a layout that hold figures or a total's label; title rows go into their paths."""
    lines: list[Line] = []
    titles: list[tuple[int, str]] = []
    filled: list[str] = []
    forgotten = _forgotten(sheet, layout, entries, columns)
    for row in layout.body:
        texts = stub_texts(sheet, layout, row)
        label, outer = _label(sheet, layout, row, texts, filled)
        label = label or _name_beside(sheet, layout, row)
        own = [entries[row, c.position] for c in columns]
        depth = _indent(texts[0]) if texts else 0
        empty = all(e.state == "blank" for e in own)
        if empty and (
            not label
            or (row != forgotten and not (is_total(label) and _closes(layout, entries, columns, row)))
        ):
            titles = [t for t in titles if t[0] < depth] + ([(depth, label)] if label else [])
            continue
        back = bool(lines) and lines[-1].depth > depth  # out of the group that a title opened
        titles = [t for t in titles if t[0] < depth or (t[0] == depth and not back)]
        unit = unit_of([e for e in own if e.quantity], label) if _rows_have_units(own) else "count"
        role = line_role(label, "", unit, row=True)
        if role == "share" and unit == "count" and _exceed_hundred(own):
            role = "part"  # "Parts sociales", in euros
        unit = _percent_if_share(role, unit, own)
        if role == "part" and len(lines) > 1 and (is_adjective_total(label) or _opens_as_total(texts)):
            role = "total"
        hidden = any(e.hidden for e in own) and all(e.hidden for e in own if e.state != "blank")
        path = tuple(t for _, t in titles) + outer
        named = naming(sheet, layout, row)
        at = next(((row, c) for c in reversed(named) if (row, c) in sheet.kinds), None)
        where = sheet.grid.locate(*at) if at else None
        year = year_of(label)
        codes = codes_of(sheet, layout, row)
        said = None if codes else statistic_of(label, opening=True)  # a code is that of a member: "02532 Moÿ"
        statistic = role if role in ("share", "variation") else said
        if statistic is None and titles and not is_counting(label):
            statistic = title_statistic(titles[-1][1])
        if statistic is None and _follow_one_another(own):
            statistic = "period"
        lines.append(
            Line(
                row, label, role, path, unit, year=year, hidden=hidden, locator=where, depth=depth,
                statistic=statistic, scenario=scenario_of(label), codes=codes,
            )
        )  # fmt: skip
    return _with_usual_unit(_with_themes(lines), entries, columns)


def _with_themes(lines: list[Line]) -> list[Line]:
    """Return the rows, one named by a word that may be a theme without its scenario where no other row has one or a year."""
    timed = [
        line
        for line in lines
        if line.scenario is not None or (line.year is not None and line.role != "total")
    ]
    if len(timed) != 1 or fold(timed[0].label) not in lexicon().themes or len(lines) < _THEMES:
        return lines
    return [replace(line, scenario=None) if line is timed[0] else line for line in lines]


def _with_usual_unit(lines: list[Line], entries: Mapping[At, Entry], columns: Sequence[Line]) -> list[Line]:
    """Return the rows with the unit of all others given to those that print one figure of that unit, or none."""
    own = [
        [q.unit for c in columns if (q := entries[line.position, c.position].quantity) is not None]
        for line in lines
    ]
    usual = {line.unit for line, units in zip(lines, own, strict=True) if len(units) > 1}
    if len(usual) != 1:
        return lines
    (unit,) = usual
    return [
        replace(line, unit=unit) if line.unit == "count" and len(units) < 2 and set(units) <= {unit} else line
        for line, units in zip(lines, own, strict=True)
    ]


def _name_beside(sheet: Sheet, layout: Layout, row: int) -> str:
    """Return the only text of a row without a label, where it names a total or a mean in a column of another kind."""
    columns = range(layout.region.left, layout.data[-1])
    texts = [c for c in columns if sheet.kinds.get((row, c)) not in (None, *BODY)]
    label = sheet.grid.cells[row, texts[0]].text if len(texts) == 1 else ""
    return _clean(label) if is_total(label) or statistic_of(label, opening=True) is not None else ""


def _opens_as_total(texts: Sequence[str]) -> bool:
    """Tell whether the first of several stub columns names a total with what it is of: "Total Lens | agents | 12"."""
    return len(texts) > 1 and is_total(texts[0]) and not is_bare_total(texts[0])


def _closes(layout: Layout, entries: Mapping[At, Entry], columns: Sequence[Line], row: int) -> bool:
    """Tell whether an empty total stands under lines of figures, so that it is no heading of those that follow."""
    at = layout.body.index(row)
    filled = [any(entries[r, c.position].state != "blank" for c in columns) for r in layout.body]
    return at > 0 and filled[at - 1] and not any(filled[at + 1 :])


def _label(
    sheet: Sheet, layout: Layout, row: int, texts: list[str], filled: list[str]
) -> tuple[str, tuple[str, ...]]:
    """Return the label of a row and the labels of its outer stub columns, filled down where blank."""
    stub = naming(sheet, layout, row)
    if len(stub) < 2:
        return (_clean(texts[0]) if texts else ""), ()
    parts = []
    for index, column in enumerate(stub):
        cell = sheet.cell((row, column))
        text = _clean(cell.text) if cell else ""
        while len(filled) <= index:
            filled.append("")
        if text:
            filled[index:] = [text]
        elif index < len(stub) - 1 and not _clean(" ".join(texts)).startswith(tuple("Tt")):
            text = filled[index] if index < len(filled) else ""
        parts.append(text)
    named = [p for p in parts if p]
    return (named[-1], tuple(named[:-1])) if named else ("", ())


def _forgotten(
    sheet: Sheet, layout: Layout, entries: Mapping[At, Entry], columns: Sequence[Line]
) -> int | None:
    """Return the one empty row among filled ones, which is a forgotten figure rather than a title, if there is one."""
    blanks = [r for r in layout.body if all(entries[r, c.position].state == "blank" for c in columns)]
    if len(blanks) != 1 or len(layout.body) < 4 or blanks[0] == layout.body[-1]:
        return None
    titled = any((blanks[0], c.position) in sheet.kinds for c in columns)  # its boxhead is printed again
    opens = any(text.rstrip().endswith(":") for text in stub_texts(sheet, layout, blanks[0]))
    below = layout.body[layout.body.index(blanks[0]) + 1]
    groups = any(is_total(text) for text in stub_texts(sheet, layout, below)) and blanks[0] == layout.body[0]
    return None if titled or opens or groups else blanks[0]


def _rows_have_units(own: Sequence[Entry]) -> bool:
    """Tell whether the figures of a row agree on a unit, so that the row and not the columns carries it."""
    units = {e.quantity.unit for e in own if e.quantity is not None}
    return len(units) == 1 and len([e for e in own if e.quantity]) > 1


def _clean(text: str) -> str:
    return " ".join(_BULLET.sub("", text, count=1).split())


def _indent(text: str) -> int:
    """Return how far a label is indented: its leading spaces and its bullet."""
    match = _BULLET.match(text)
    return len(match[0].expandtabs(4)) if match else 0


def with_of_which_units(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with a "dont" that has nothing before it made a plain part."""
    return [
        replace(line, role="part") if line.role == "of_which" and not i else line
        for i, line in enumerate(lines)
    ]
