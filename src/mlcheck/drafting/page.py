"""A drafted profile as the text of its file: TOML, with comments for the person who reviews it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from mlcheck.drafting import toml, wording
from mlcheck.drafting.declaring import Declared
from mlcheck.drafting.draft import Draft
from mlcheck.model.document import Locator
from mlcheck.model.profile import ColumnDeclaration, Dimension, SectionDeclaration, TableDeclaration
from mlcheck.rendering.wording import Wording

_RULER = "# " + "-" * (toml.WIDTH - 2)


def page(draft: Draft, say: Wording) -> str:
    """Return the text of a profile; it is the same for the same draft and language."""
    pieces = [_head, _sections, _dimensions, _tables, _left_out, _rules, _claims]
    blocks = ("\n".join(piece(draft, say)) for piece in pieces)
    return "\n\n".join(block.strip("\n") for block in blocks if block) + "\n"


def _head(draft: Draft, say: Wording) -> Iterator[str]:
    profile, parent = draft.profile, draft.parent
    file = PurePath(draft.facts.source).name
    template = wording.DRAFTED_UNDATED if draft.facts.year is None else wording.DRAFTED
    yield from toml.remark(say.say(template, {"file": file, "year": draft.facts.year}))
    yield "#"
    yield from toml.remark(say.say(wording.COMPARED))
    yield ""
    if draft.extends is not None and parent is not None:
        yield toml.pair("extends", draft.extends)
        yield from toml.remark(say.say(wording.EXTENDS, {"parent": parent.name}))
        yield ""
    if parent is None or profile.language != parent.language:
        yield toml.pair("language", profile.language)
    for key, comment in (("non_negative", wording.NON_NEGATIVE), ("integral", wording.INTEGRAL)):
        if parent is None or getattr(profile, key) != getattr(parent, key):
            yield from toml.remark(say.say(comment))
            yield toml.pair(key, getattr(profile, key))
    totals = profile.total_labels[len(parent.total_labels) if parent else 0 :]
    if totals:
        yield from ("", *toml.remark(say.say(wording.TOTALS)), toml.pair("total_labels", totals))


def _rules(draft: Draft, say: Wording) -> Iterator[str]:
    if not draft.rules:
        return
    yield from _heading(say.say(wording.RULES))
    for drafted in draft.rules:
        rule = drafted.rule
        yield from toml.remark(drafted.numbers)
        yield toml.header("rules", rule.name)
        yield toml.pair("what", rule.what)
        if rule.severity != "error":
            yield toml.pair("severity", rule.severity)
        if rule.per:
            yield toml.pair("per", rule.per)
        yield toml.pair("relation", rule.relation)
        yield ""


def _claims(draft: Draft, say: Wording) -> Iterator[str]:
    if not draft.claims:
        return
    yield from _heading(say.say(wording.CLAIMS))
    for claim in draft.claims:
        yield from toml.remark(claim.pattern)
        same = claim.figures.split() == claim.printed.split()
        stated = "" if same else "; " + say.say(wording.STATED, {"printed": claim.printed})
        yield from toml.remark(f"→ {claim.formula} ({claim.figures}{stated})", "  ")


# The sections, dimensions and tables of a drafted profile as the lines of its file.


def _heading(text: str) -> Iterator[str]:
    """Yield the lines that open a part of the file."""
    yield from (_RULER, *toml.remark(text), _RULER, "")


def _sections(draft: Draft, say: Wording) -> Iterator[str]:
    """Yield the sections that the extended profile does not declare."""
    own = draft.profile.sections[len(draft.parent.sections) if draft.parent else 0 :]
    if not own:
        return
    yield from _heading(say.say(wording.SECTIONS, {"example": own[-1].name}))
    yield toml.header("sections")
    for section in own:
        if section.within is None and section is not own[0]:
            yield ""
        yield f"{toml.key(section.name)} = {toml.value(_section(section))}"


def _section(section: SectionDeclaration) -> Mapping[str, object]:
    within = {"within": section.within} if section.within else {}
    return {**within, "titles": section.titles}


def _dimensions(draft: Draft, say: Wording) -> Iterator[str]:
    """Yield the new dimensions, and what the report adds to those of the extended profile."""
    declared = {one.name: one for one in (draft.parent.dimensions if draft.parent else ())}
    changed = [one for one in draft.profile.dimensions if declared.get(one.name) != one]
    if not changed:
        return
    yield from _heading(say.say(wording.DIMENSIONS))
    for one in changed:
        yield from _dimension(one, declared.get(one.name) or Dimension(one.name, {}))
        yield ""


def _dimension(one: Dimension, known: Dimension) -> Iterator[str]:
    keys = [toml.pair("labels", labels)] if (labels := one.labels[len(known.labels) :]) else []
    keys += [
        toml.pair(key, True)
        for key in ("complete", "geographic")
        if getattr(one, key) and not getattr(known, key)
    ]
    members = {
        name: [spelling for spelling in spellings if spelling not in known.members.get(name, ())]
        for name, spellings in one.members.items()
        if known.members.get(name) != spellings
    }
    if keys:
        yield from (toml.header("dimensions", one.name), *keys)
    if keys and members:
        yield ""
    if members:
        yield toml.header("dimensions", one.name, "members")
        yield from (toml.pair(name, spellings) for name, spellings in members.items())


def _tables(draft: Draft, say: Wording) -> Iterator[str]:
    """Yield the tables that can be known again, with their places in the report."""
    kept = [one for one in draft.tables if one.reason is None]
    declared = {one.name: one for one in (draft.parent.tables if draft.parent else ())}
    inherited = [one for one in kept if one.inherited and declared[one.declaration.name] != one.declaration]
    own = [one for one in kept if not one.inherited]
    if not own and not inherited:
        return
    yield from _heading(say.say(wording.TABLES))
    changed = {
        one.declaration.name: _changed(one.declaration, declared[one.declaration.name]) for one in inherited
    }
    short = {name: line for name, keys in changed.items() if len(line := toml.pair(name, keys)) <= toml.WIDTH}
    if short:
        yield from (toml.header("tables"), *short.values(), "")
    for name, keys in changed.items():
        if name not in short:
            yield from (toml.header("tables", name), *(toml.pair(*pair) for pair in keys.items()), "")
    for one in own:
        yield from toml.remark(_place(one))
        yield from _table(one.declaration)
        if one.unnamed:
            yield from toml.remark(say.say(wording.UNNAMED, {"labels": _quoted(one.unnamed)}))
        yield ""


def _changed(own: TableDeclaration, known: TableDeclaration) -> Mapping[str, object]:
    changed: dict[str, object] = {} if known.required else {"required": True}
    return changed if own.rows == known.rows else {**changed, "rows": own.rows}


def _table(one: TableDeclaration) -> Iterator[str]:
    yield toml.header("tables", one.name)
    yield toml.pair("section", one.section)
    for key in ("titles", "dimension", "across", "counts"):
        if getattr(one, key):
            yield toml.pair(key, getattr(one, key))
    if one.required:
        yield toml.pair("required", True)
    if one.rows:
        yield toml.pair("rows", one.rows)
    for column in one.columns:
        yield f"columns.{toml.key(column.name)} = {toml.value(_column(column))}"


def _column(column: ColumnDeclaration) -> Mapping[str, object]:
    unit = None if column.unit == "count" else column.unit
    keys = {"labels": column.labels, "unit": unit, "counts": column.counts, "part_of": column.part_of}
    return {key: value for key, value in keys.items() if value}


def _left_out(draft: Draft, say: Wording) -> Iterator[str]:
    """Yield the comments on the tables that cannot be known again."""
    for one in draft.tables:
        if one.reason is not None:
            values = {
                "place": _where(one.table.locator),
                "reason": say.say(one.reason),
                "title": one.table.title,
                "columns": _quoted(tuple(column.label for column in one.table.columns)),
            }
            yield from toml.remark(say.say(wording.LEFT_OUT, values))


def _place(one: Declared) -> str:
    return f"{_where(one.table.locator)} · {len(one.table.rows)} × {len(one.table.columns)}"


def _where(locator: Locator) -> str:
    """Return a place without the path of its file."""
    sheet = locator.sheet or PurePath(locator.file).name
    return f"{sheet}!{locator.cell}" if locator.cell else sheet


def _quoted(labels: tuple[str, ...]) -> str:
    return ", ".join(f"“{label}”" for label in labels)
