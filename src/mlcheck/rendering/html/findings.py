"""A finding with what its reader needs to mend it: the sentence, the arithmetic, the corrections, the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from mlcheck.model.amount import Amount
from mlcheck.model.finding import CheckedClaim, Finding, Related, Severity, Suspect
from mlcheck.rendering import summary
from mlcheck.rendering.confidence import sure
from mlcheck.rendering.html import words
from mlcheck.rendering.html.claims import Group, Operand, Piece, groups, operand, pieces
from mlcheck.rendering.html.index import FigureRow, Index
from mlcheck.rendering.html.tables import Mark, PageTable, ShownTable, shown_table
from mlcheck.rendering.html.text import Anchors, cut, held, place_text
from mlcheck.rendering.numbers import number, with_unit
from mlcheck.rendering.summary import first, head, reason, tied
from mlcheck.rendering.terminal import short
from mlcheck.rendering.wording import Wording

ROWS = 24  # of a table shown with a finding
TABLES = 3  # shown with a finding


class ShownFinding(Struct, frozen=True):
    """A finding as it is written; empty texts are not shown.

    `subject` is the table and the label it is about, `seen` the anchor of its figure; `sentence` the pieces of
    its sentence; `others` are the compared figures that none of its tables shows.
    """

    anchor: str
    rule: str
    name: str
    severity: Severity
    mark: str
    description: str
    sure: str
    subject: str
    where: str
    seen: str
    message: str
    stated: str
    expected: str
    difference: str
    sentence: tuple[Piece, ...]
    arithmetic: tuple[Token, ...]
    review: Review | None
    tables: tuple[ShownTable, ...]
    others: tuple[Operand, ...]
    fingerprint: str


MOST = 24  # terms that are written; the middle of a longer sum is left out
RATIOS = (("part", "base"), ("present", "former"), ("total", "number"))


class Token(Struct, frozen=True):
    """A figure or a sign; `anchor` is where a figure stands and `title` what it is called."""

    text: str
    css: str = ""
    anchor: str = ""
    title: str = ""


SHOWN = 3  # corrections that are seen at once
TIED = 6  # of those that nothing tells apart


class Correction(Struct, frozen=True):
    """A figure that may be wrong with the value that would mend it; `description` says why it is believed."""

    where: str
    anchor: str
    label: str
    stated: str
    suggested: str
    also: str
    description: str


class Review(Struct, frozen=True):
    """The corrections of a finding: those seen at once, and the `others`, whose number `more` tells."""

    head: str
    shown: tuple[Correction, ...]
    others: tuple[Correction, ...]
    more: str


def findings(index: Index, known: Mapping[str, PageTable], anchors: Anchors, wording: Wording) -> list[Group]:
    """Return the findings of a report, section by section, in the order of the document."""
    sections = {
        section: [shown(one, index, known, anchors, wording) for one in own]
        for section, own in summary.by_section(index.report).items()
    }
    return groups(sections, index, wording)


def shown(
    finding: Finding, index: Index, known: Mapping[str, PageTable], anchors: Anchors, wording: Wording
) -> ShownFinding:
    """Return one finding as it is written."""
    own = index.figure(finding.figure)
    claim = index.claim(finding.figure)
    marks, homes = _marks(finding, own, index, wording)
    names = list(dict.fromkeys(homes.values()))
    seen = index.link(own) or index.sentence(finding.location)
    titles = [name for name, table in known.items() if table.title == finding.table]
    if not names and own is not None and own["table"] is not None:
        names = [own["table"]]
    elif not names and finding.table and len(titles) == 1:
        names = titles
    shown_names = names[:TABLES]
    others = [
        operand(one, finding.location, index, wording)
        for one in finding.related
        if (row := index.figure(one.figure)) is None or row["table"] not in {*shown_names, None}
        or (row["table"] is None and index.link(row) != seen)
    ]  # fmt: skip
    subject = (finding.table, finding.label)
    return ShownFinding(
        anchors.take(finding.fingerprint or f"{index.prefix}{finding.rule}"), finding.rule, finding.name, finding.severity,
        words.SEVERITY_MARKS[finding.severity], words.severity(finding.severity, wording), sure(finding, wording),
        cut(" · ".join(part for part in subject if part)), place_text(finding.location, wording), seen,
        held(wording.say(finding.message, finding.values)), wording.value(finding.stated),
        wording.value(finding.expected), wording.value(finding.difference), pieces([claim], wording) if claim else (),
        _arithmetic(finding, own, claim, index, wording), _review(finding, index, wording),
        tuple(shown_table(known[name], marks, ROWS, index, wording) for name in shown_names),
        tuple(others), finding.fingerprint,
    )  # fmt: skip


def _marks(
    finding: Finding, own: FigureRow | None, index: Index, wording: Wording
) -> tuple[dict[int, Mark], dict[int, str]]:
    """Return the marks of the figures of a finding, and the tables of those that stand in one.

    What is found of a whole table, or of a label, is found of none of its figures.
    """
    rows: list[tuple[FigureRow | None, Mark]] = (
        [(own, Mark("wrong"))] if finding.label or not finding.table else []
    )
    rows += [
        (index.figure(one.figure), Mark("suspect", wording.value(one.suggested)))
        for one in _corrected(finding.suspects)
    ]
    rows += [(index.figure(one.figure), Mark("part")) for one in finding.related]
    marks: dict[int, Mark] = {}
    homes: dict[int, str] = {}
    for row, mark in rows:
        if row is None or row["table"] is None:
            continue
        first = marks.get(row["figure"])
        if first is None or (first.kind == "wrong" and mark.note):
            marks[row["figure"]] = Mark(first.kind if first else mark.kind, mark.note)
        homes[row["figure"]] = row["table"]
    return marks, homes


# The arithmetic of a finding written out: 4 115 € + … = 9 995 €, + 29 € = 10 024 € ≠ 10 029 €.


def _arithmetic(
    finding: Finding, own: FigureRow | None, claim: CheckedClaim | None, index: Index, wording: Wording
) -> tuple[Token, ...]:
    """Return the arithmetic of a finding, empty where it has none; nothing is added up that does not make its sum.

    `own` is the figure that the finding holds to account, `claim` that of its sentence.
    """
    values = finding.values
    stated = Token(wording.value(finding.stated), "stated")
    if "sum" in values and isinstance(values.get("count"), int) and values["count"] != 1:
        return tuple(_sum(finding, own, stated, index, wording))
    if claim is not None and claim.formula:
        formula = Token(wording.value(claim.formula))
        if claim.formula.sign in ("≠", ">", "<") or not stated.text:
            return (formula,)
        return formula, Token("≠", "sign"), stated
    if "arithmetic" in values:
        return (Token(wording.value(values["arithmetic"])),)
    if "whole" in values and stated.text:
        return stated, Token(">", "sign"), Token(wording.value(values["whole"]))
    return () if "sum" in values or not stated.text else tuple(_ratio(finding, stated, wording))


def _sum(
    finding: Finding, own: FigureRow | None, stated: Token, index: Index, wording: Wording
) -> Iterator[Token]:
    """Yield a sum and its result, the note beside it if any, and what is printed."""
    values, unit = finding.values, own["unit"] if own else "count"
    figures = [(related, index.figure(related.figure)) for related in finding.related]
    note = next((f for f in figures if _is_note(*f)), None) if "note" in values else None
    if note is not None:
        figures.remove(note)
    whole = finding.stated is None  # a distribution: the figure itself is one of its parts
    if whole and own is not None:
        figures.insert(0, (Related(finding.location, finding.label, own["printed"], own["figure"]), own))
    made = values["sum"]
    parts = _parts(figures, made.value if isinstance(made, Amount) else made)
    if not parts:
        return
    yield from _added([_token(related, row, index) for related, row in parts])
    yield from _result(made, unit, wording)
    if note is not None:
        yield Token("+", "sign")
        yield _token(*note, index)
        yield from _result(values["all"], unit, wording)
    yield Token("≠", "sign")
    yield Token(with_unit("100", "%", wording.language), "stated") if whole else stated


def _is_note(_: Related, row: FigureRow | None) -> bool:
    return row is not None and row["table"] is None


def _parts(
    figures: Sequence[tuple[Related, FigureRow | None]], made: object
) -> list[tuple[Related, FigureRow]]:
    """Return the first figures that add up to what was made of them; those that print nothing are left out."""
    total, parts = Fraction(0), []
    for related, row in figures:
        if row is None or row["mantissa"] is None:
            return []
        total += Fraction(row["mantissa"], 10 ** row["scale"])
        if row["mantissa"]:
            parts.append((related, row))
        if total == made and len(parts) > 1:
            return parts
    return []


def _added(terms: list[Token]) -> Iterator[Token]:
    if len(terms) > MOST:
        half = MOST // 2
        terms = [*terms[:half], Token("…"), *terms[-half:]]
    for n, term in enumerate(terms):
        if n:
            yield Token("+", "sign")
        yield term


def _result(value: object, unit: str, wording: Wording) -> Iterator[Token]:
    yield Token("=", "sign")
    text = wording.value(value)
    yield Token(text if isinstance(value, Amount) else with_unit(text, unit, wording.language), "result")


def _token(related: Related, row: FigureRow | None, index: Index) -> Token:
    return Token(related.stated, "", index.link(row), short(related.label))


def _ratio(finding: Finding, stated: Token, wording: Wording) -> Iterator[Token]:
    """Yield a share, a growth or a mean as it is computed from the numbers of the message."""
    values = finding.values
    for top, base in RATIOS:
        above, below = values.get(top), values.get(base)
        if not (isinstance(above, Fraction | int) and isinstance(below, Fraction | int) and below):
            continue
        exact = Fraction(above) / Fraction(below)
        description, unit = f"{wording.value(above)} / {wording.value(below)}", "count"
        if top != "total":
            per = 1000 if stated.text.endswith("‰") else 100
            exact, unit = (exact - (top == "present")) * per, "‰" if per == 1000 else "%"
            description += " − 1" if top == "present" else ""
        expected = values.get("expected")
        if (
            isinstance(expected, Amount) and expected.magnitude > 1
        ):  # a mean in k€ is not compared with one in €
            result = wording.value(expected)
        else:
            result = with_unit(number(exact, wording.language, 2), unit, wording.language)
        yield Token(description)
        yield Token("=", "sign")
        yield Token(f"+{result}" if top == "present" and exact > 0 else result, "result")
        yield Token("≠", "sign")
        yield stated


# The figures that may be wrong, and what would mend them.


def _review(finding: Finding, index: Index, wording: Wording) -> Review | None:
    """Return the corrections of a finding, None where nothing is suspected."""
    suspects = finding.suspects
    if not suspects:
        return None
    seen = first(suspects, min(tied(suspects), TIED) or SHOWN)
    rest = [suspect for suspect in suspects if suspect not in seen]
    more = wording.plural("{n} other correction", "{n} other corrections", len(rest)) if rest else ""
    description = tied(suspects) > len(seen)  # else the head says it of all that are seen
    return Review(
        head(suspects, wording),
        tuple(_correction(one, finding, index, wording, description) for one in seen),
        tuple(_correction(one, finding, index, wording, description) for one in rest),
        more,
    )


def _corrected(suspects: Sequence[Suspect]) -> Sequence[Suspect]:
    """Return the suspects to mark in the tables: the likeliest, all that are tied with it or only mend together."""
    return first(suspects, max(1, tied(suspects)))


def _correction(suspect: Suspect, finding: Finding, index: Index, wording: Wording, ties: bool) -> Correction:
    """Return a correction as it is written, with its `ties` written where the head does not tell them."""
    also = ", ".join(place_text(other, wording, finding.location) for other in suspect.also)
    mends = wording.plural("mends {n} contradiction", "mends {n} contradictions", suspect.mends)
    why = wording.say(suspect.reason) if suspect.reason else ""
    if ties:
        why = reason(suspect, finding.suspects, wording)
    description = (why, mends if suspect.mends > 1 else "")
    return Correction(
        place_text(suspect.location, wording, finding.location),
        index.link(index.figure(suspect.figure)),
        short(suspect.label), wording.value(suspect.stated), wording.value(suspect.suggested),
        wording.say("(also {places})", {"places": also}) if also else "",
        " · ".join(text for text in description if text),
    )  # fmt: skip
