"""Bind the claims that the profile pins by hand."""

from __future__ import annotations

import re

from mlcheck.binding.former import NO_PRIOR, Former
from mlcheck.language.words import fold
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Pin, Reference
from mlcheck.profile.pins import MARK, is_expression
from mlcheck.profile.resolve import figures_of
from mlcheck.translation import N_

NOT_PRINTED = N_("the profile takes it from figures that this report does not print")
LONGEST = 5_000  # characters of a sentence that a regular expression is tried on
_SPACES = {0xA0: " ", 0x202F: " ", 0x2009: " "}  # one for one, so that places stay
KINDS = {
    "share": ("share", "points"),
    "growth": ("variation",),
    "mean": ("mean", "ratio", "count"),
    "count": ("count", "part", "sum", "ratio"),
}


def pins_of(facts: Facts) -> dict[int, Pin]:
    """Map the claims that are pinned to their pins; of several, the first is taken."""
    pins = facts.profile.pins if facts.profile else ()
    found: dict[int, Pin] = {}
    if not pins:
        return found
    sentences: dict[int, list[int]] = {}
    for index, claim in enumerate(facts.claims):
        sentences.setdefault(claim.sentence.id, []).append(index)
    for pin in pins:
        for indexes in sentences.values():
            for index in _claims(pin, [(i, facts.claims[i]) for i in indexes]):
                found.setdefault(index, pin)
    return found


def bind_pinned(
    facts: Facts, former: Former | None, index: int, pin: Pin, found: dict[int, Binding]
) -> Binding:
    """Return the binding that a pin gives a claim; one of last year is bound to last year's places."""
    claim, place = facts.claims[index], f"{pin.file}:{pin.line}"
    if pin.kind == "unverifiable":
        return Binding(claim.kind, reason=pin.reason, pin=place)
    kind = {"growth": "variation"}.get(pin.kind, pin.kind)
    sides = [_figures(facts, side) for side in pin.sides]
    operands = tuple(side for side in sides if side is not None)
    if len(operands) < len(sides):
        return Binding(kind, reason=NOT_PRINTED, pin=place)
    if kind == "share" and len(operands) == 1:
        kind = "equal"
    earlier = claim.period is not None and facts.year is not None and claim.period < facts.year
    if not earlier and kind != "variation":
        return Binding(kind, operands, pin=place)
    name = kind if kind == "variation" else f"former {kind}"
    if former is None:
        return Binding(name, operands, reason=NO_PRIOR, candidates=operands[0], pin=place)
    before = tuple(figures for o in operands if (figures := former.figures(o)) is not None)
    if len(before) < len(operands):
        return Binding(name, reason=former.missing, candidates=operands[0], pin=place)
    return Binding(name, (*operands, *before) if kind == "variation" else before, pin=place)


def _figures(facts: Facts, side: tuple[Reference, ...]) -> tuple[int, ...] | None:
    """Return the figures that one side of a pin adds up, None where one is not in the report."""
    tables = {table.identity: table for table in facts.tables if table.identity}
    found: list[int] = []
    for reference in side:
        table = tables.get(reference.table)
        figures = figures_of(table, reference, None) if table is not None else None
        if not figures:
            return None
        found += figures
    return tuple(dict.fromkeys(found))


def _claims(pin: Pin, claims: list[tuple[int, Claim]]) -> list[int]:
    """Return the claims of one sentence that a pin is about."""
    text = claims[0][1].text
    fitting = [(i, c) for i, c in claims if pin.kind == "unverifiable" or _is_of(pin.kind, c)]
    if is_expression(pin.sentence):
        match = re.search(pin.sentence[1:-1], text.translate(_SPACES)) if len(text) <= LONGEST else None
        if match is None:
            return []
        start, end = match.span(1 if match.lastindex else 0)
        inside = [i for i, c in fitting if start <= c.start and c.end <= end]
        return inside if pin.kind == "unverifiable" else inside[:1] or _nearest(fitting, end)
    before, mark, after = _parted(pin.sentence)
    if mark:
        return [i for i, c in fitting if _ends(text[: c.start], before) and _starts(text[c.end :], after)][:1]
    if not _holds(fold(text), before):
        return []
    if pin.kind == "unverifiable":
        return [i for i, _ in fitting]
    return _nearest(fitting, text.casefold().find(pin.sentence.split("…")[0].strip().casefold()))


def _is_of(kind: str, claim: Claim) -> bool:
    unit = claim.quantity.unit
    if kind in ("share", "growth"):
        return claim.kind in KINDS[kind] and unit in ("%", "‰")
    return claim.kind in KINDS[kind] and unit not in ("%", "‰", "points")


def _nearest(claims: list[tuple[int, Claim]], at: int) -> list[int]:
    """Return the last claim that starts before a place of the sentence, else the first after it."""
    earlier = [i for i, c in claims if c.start < at]
    return earlier[-1:] or [i for i, _ in claims[:1]]


def _parted(sentence: str) -> tuple[list[str], bool, list[str]]:
    """Return the folded words before and after the mark of a pin's sentence, parted by its gaps."""
    before, *after = MARK.split(sentence)
    return _gaps(before), bool(after), _gaps(after[0]) if after else []


def _gaps(text: str) -> list[str]:
    return [fold(part) for part in text.split("…")]


def _holds(text: str, parts: list[str]) -> bool:
    """Tell whether a folded text has some words, with anything in the gaps between them."""
    at = 0
    for part in parts:
        found = f" {text} ".find(f" {part} ", at) if part else at
        if found < 0:
            return False
        at = found + len(part)
    return True


def _ends(text: str, parts: list[str]) -> bool:
    """Tell whether what stands before a number ends with the words before the mark, gaps included."""
    plain, last = f" {fold(text)}", parts[-1]
    if last and not plain.endswith(f" {last}"):
        return False
    return _holds(plain[: len(plain) - len(last)], parts[:-1])


def _starts(text: str, parts: list[str]) -> bool:
    """Tell whether what stands after a number starts with the words after the mark, gaps included."""
    plain, first = f"{fold(text)} ", parts[0]
    if first and not plain.startswith(f"{first} "):
        return False
    return _holds(plain[len(first) :], parts[1:])
