"""The 132 claims of the report of 2023: how many are bound and verified, and that each turns with what it stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from mlcheck.language.words import fold
from mlcheck.model.document import Cell, Document, Grid
from mlcheck.model.finding import CheckedClaim
from mlcheck.reading import read
from tests.checking.fixture import BEFORE, NOW, Place, claims_by_id, lines_of, plain, profile, report_of
from tests.rules.loading import checked

WHICH = [(False, False), (False, True), (True, False), (True, True)]  # with the profile, with 2022
FORMER = [line["id"] for line in lines_of("claims.csv") if line["against"] == "prior"]
COUNTS = {  # claims verified, and false
    (False, False): (59, 1),
    (False, True): (73, 1),
    (True, False): (68, 1),
    (True, True): (82, 1),
}


@pytest.mark.parametrize(("profiled", "compared"), WHICH)
def test_how_many_of_the_132_are_verified(profiled, compared):
    report = report_of(prior=BEFORE if compared else None, profiled=profiled)
    counts = Counter(c.verdict for c in report.claims)
    verified, false = COUNTS[profiled, compared]
    assert counts.total() == 132
    assert counts["consistent"] >= verified and counts["inconsistent"] == false
    assert all(c.reason for c in report.claims if c.verdict == "unverifiable")
    assert all(c.formula and c.rule for c in report.claims if c.verdict != "unverifiable")
    assert not any(c.pin for c in report.claims), "nothing is bound by hand"


@pytest.mark.parametrize(("profiled", "compared"), WHICH)
def test_no_verdict_is_wrong(profiled, compared):
    found = claims_by_id(report_of(prior=BEFORE if compared else None, profiled=profiled))
    for line in lines_of("claims.csv"):
        wanted = line["with_prior" if compared else "verdict"]
        assert found[line["id"]].verdict in (wanted, "unverifiable"), line["id"]


def test_59_of_the_69_that_agree_need_no_profile():
    found = claims_by_id(report_of(profiled=False))
    agreeing = [line["id"] for line in lines_of("claims.csv") if line["verdict"] == "consistent"]
    assert len(agreeing) == 69
    assert sum(found[name].verdict == "consistent" for name in agreeing) >= 59


def test_the_words_that_bound_a_claim_stand_in_its_sentence():
    bound = [c for c in report_of(prior=BEFORE).claims if c.rule in ("AGR101", "SHR201", "VAR201")]
    assert len(bound) > 40
    for one in bound:
        assert one.words
        assert set(one.words) <= set(fold(one.claim.text).split()), one.claim.text


def test_all_14_claims_of_last_year_are_settled():
    assert len(FORMER) == 14
    found = claims_by_id(report_of(prior=BEFORE))
    assert {found[name].verdict for name in FORMER} == {"consistent"}
    alone = claims_by_id(report_of())
    assert {alone[name].verdict for name in FORMER} == {"unverifiable"}


def test_each_operand_of_2022_that_is_altered_turns_its_claim():
    now, then = replace(read(NOW), source=NOW.name), replace(read(BEFORE), source=BEFORE.name)
    found = claims_by_id(report_of(prior=BEFORE))
    wanted = {name: operands(found[name]) for name in FORMER}
    assert all(wanted.values())
    for cells in rounds(wanted):
        report = checked(now, altered(then, cells), profile()).report
        told = claims_by_id(report)
        for name, own in wanted.items():
            if own & cells:
                assert told[name].verdict == "inconsistent", (name, own & cells)


def operands(claim: CheckedClaim) -> frozenset[Place]:
    """Return the cells of last year's report that a claim was held against; "/" is left as it is."""
    return frozenset(
        (o.location.sheet, o.location.cell)
        for o in claim.operands
        if o.location.file.endswith(BEFORE.name) and any(c.isdigit() for c in o.stated)
    )


def rounds(wanted: dict[str, frozenset[Place]]) -> Iterable[frozenset[Place]]:
    """Yield sets of cells to alter together: each cell once, and of each claim one at a time."""
    left = sorted(frozenset().union(*wanted.values()))
    while left:
        taken: set[Place] = set()
        for cell in list(left):
            claims = [own for own in wanted.values() if cell in own]
            if not any(own & taken for own in claims):
                taken.add(cell)
                left.remove(cell)
        yield frozenset(taken)


def altered(document: Document, cells: frozenset[Place]) -> Document:
    """Return a report in which some cells print another number."""
    blocks = []
    for block in document.blocks:
        if isinstance(block, Grid):
            changed = {
                at: other(cell) for at, cell in block.cells.items()
                if (block.locator.sheet, block.locate(*at).cell) in cells
            }  # fmt: skip
            block = replace(block, cells={**block.cells, **changed})
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def other(cell: Cell) -> Cell:
    """Return a cell that prints a third more; of a sentence, its first percentage."""
    if cell.number is not None:
        number = cell.number + int(cell.number) // 3 + 20
        return replace(cell, number=number, text=str(number))
    digits = next(word for word in plain(cell.text).split() if word.isdigit())
    return replace(cell, text=plain(cell.text).replace(digits, str(int(digits) + 9), 1))
