"""Rules of a drafted profile: what holds between its tables now, as relations that the profile can state."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.drafting import wording
from mlcheck.drafting.cells import NamedCell
from mlcheck.drafting.equalities import Equal, Pair, by_member, by_total, member_and_total, parts
from mlcheck.drafting.ids import Taken, joined, slug
from mlcheck.drafting.labels import without_years
from mlcheck.drafting.outline import heading_path
from mlcheck.language.lexicon import lexicon
from mlcheck.model.profile import CrossRule, Profile, Reference, TableDeclaration
from mlcheck.profile.parse import EXACT
from mlcheck.profile.resolve import TOTAL
from mlcheck.rendering.numbers import number
from mlcheck.rendering.wording import Wording

Operator = Literal["=", "<="]
SHOWN = 4  # members whose numbers a comment shows


class Drafted(Struct, frozen=True):
    """A rule with the numbers that it held with."""

    rule: CrossRule
    numbers: str


def rules(
    found: Sequence[NamedCell], profile: Profile, parent: Profile | None, say: Wording
) -> tuple[Drafted, ...]:
    """Return the rules that hold between `found`, without those that the parent states or that follow from others."""
    equal = _inherited(parent)
    taken = Taken(rule.name for rule in (parent.rules if parent else ()))
    known = {_sides(rule) for rule in (parent.rules if parent else ())}
    drafted: list[Drafted] = []

    def add(pairs: Sequence[Pair], operator: Operator, what: str, per: str | None) -> None:
        one, other = (_reference(named_cell, per) for named_cell in pairs[0])
        texts = [reference_text(reference, profile.tables) for reference in (one, other)]
        terms = ((Decimal(1), one), (Decimal(-1), other))
        relation = f"{texts[0]} {operator} {texts[1]}"
        rule = CrossRule("", what, relation, terms, operator, EXACT.create_decimal(0), per)
        if "" in texts or _sides(rule) in known:
            return
        name = taken.first(joined(one.table, *_differing(other.table, one.table)))
        severity: Literal["error", "warning"] = "error" if operator == "=" else "warning"
        drafted.append(
            Drafted(replace(rule, name=name, severity=severity), _numbers(pairs, operator, per, say))
        )

    for per, pairs in by_member(found, equal):
        add(
            pairs,
            "=",
            say.say(wording.SAME_BY_MEMBER, {**_names(pairs[0], profile, say), "dimension": per}),
            per,
        )
    for pair in by_total(found, equal):
        add([pair], "=", say.say(wording.SAME_TOTAL, _names(pair, profile, say)), None)
    for pair in member_and_total(found):
        row = pair[0].reference.row
        add([pair], "=", say.say(wording.MEMBER_TOTAL, {**_names(pair, profile, say), "row": row}), None)
    for per, pairs in parts(found, equal):
        add(pairs, "<=", say.say(wording.AT_MOST, {**_names(pairs[0], profile, say), "dimension": per}), per)
    return tuple(drafted)


def reference_text(reference: Reference, tables: Sequence[TableDeclaration], *cells: str) -> str:
    """Return a reference as the language of relations writes it, "" where a label cannot stand in brackets.

    `cells` are the labels of one cell of a cross table, in place of those of the reference.
    """
    declared = next(table for table in tables if table.name == reference.table)
    named = reference.column is not None and len(declared.columns) > 1
    start = f"{reference.table}.{reference.column}" if named else reference.table
    labels = cells or ((reference.row,) if reference.row is not None else ())
    if any(not label or set(label) & set("[]|") or " ".join(label.split()) != label for label in labels):
        return ""
    return f"{start}[{' | '.join(labels)}]" if labels else start


def _reference(named_cell: NamedCell, per: str | None) -> Reference:
    return replace(named_cell.reference, row=None) if per else named_cell.reference


def _inherited(parent: Profile | None) -> Equal:
    """Return what the rules of the parent already make equal."""
    equal = Equal()
    for rule in parent.rules if parent else ():
        if rule.operator == "=" and not rule.constant and len(rule.terms) == 2:
            (first, one), (second, other) = rule.terms
            if first == -second and one.row == other.row and one.row in (None, TOTAL):
                equal.join((one.table, one.column), (other.table, other.column))
    return equal


def _sides(rule: CrossRule) -> tuple[object, ...]:
    """Return what makes two rules the same: what they compare, and whether as equals."""
    terms = {
        (reference.table, reference.column, reference.row, coefficient < 0)
        for coefficient, reference in rule.terms
    }
    if rule.operator == "=":
        return "=", frozenset((table, column, row) for table, column, row, _ in terms)
    return "<=", frozenset(
        (table, column, row, less ^ (rule.operator == ">=")) for table, column, row, less in terms
    )


def _names(pair: Pair, profile: Profile, say: Wording) -> dict[str, object]:
    """Return what a rule calls its two figures: by their heads, or by their titles where the heads are the same."""
    labels = [_label(named_cell, head=True) for named_cell in pair]
    if labels[0] == labels[1]:
        labels = [_label(named_cell, head=False) for named_cell in pair]
    sections = [_section(named_cell, profile) for named_cell in pair]
    if sections[0] == sections[1]:
        sections[0] = ""
    templates = [wording.OF_SECTION if section else wording.ALONE for section in sections]
    one, other = (
        say.say(template, {"label": label, "section": section})
        for template, label, section in zip(templates, labels, sections, strict=True)
    )
    return {"one": one, "other": other}


def _label(named_cell: NamedCell, *, head: bool) -> str:
    """Return the words over a figure: those of its column, else its title, else the heading next to it."""
    column = next(
        (one for one in named_cell.declaration.columns if one.name == named_cell.reference.column), None
    )
    path = heading_path(named_cell.table)
    texts = [
        column.labels[0] if head and column and column.labels else "",
        named_cell.table.title,
        *reversed(path),
    ]
    return next((without_years(text) for text in texts if without_years(text)), named_cell.declaration.name)


def _section(named_cell: NamedCell, profile: Profile) -> str:
    titles = next(one.titles for one in profile.sections if one.name == named_cell.declaration.section)
    return titles[0].split(" (")[0] if titles else ""


def _numbers(pairs: Sequence[Pair], operator: str, per: str | None, say: Wording) -> str:
    shown = [pair for pair in pairs if pair[1].value][:SHOWN] or pairs[:SHOWN]
    texts = [
        f"{_printed(one, say)} {'≤' if operator == '<=' else operator} {_printed(other, say)}"
        + (f" ({one.reference.row})" if per else "")
        for one, other in shown
    ]
    return "; ".join([*texts, *(["…"] if len(shown) < len(pairs) else [])])


def _printed(named_cell: NamedCell, say: Wording) -> str:
    return named_cell.printed or number(named_cell.value, say.language)


def _differing(name: str, other: str) -> list[str]:
    words = [word for word in name.split("-") if word not in other.split("-")]
    return [slug("-".join(words)) or lexicon().drafting.naming.again]
